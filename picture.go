package themeday

import (
	"fmt"
	"time"
)

// Keeper keeps the bytes of a picture and gives its id, the SHA-256 in hex; the same bytes give the same id.
// One that cannot be read, is empty or too large is a refusal.
type Keeper interface {
	Keep(path string) (id string, err error)
}

// TakePictures keeps the pictures of a message and says, in Chinese, as what; empty when there was no use for them. In private a picture is
// the note of a leave that waits for one or was asked without a reason, else of a make-up study that is owed; in the group, while the
// activity is on or just over, it is a photo of it (R13, R20, R21).
func (d Desk) TakePictures(tx Tx, c Cause, b BranchID, who Comrade, m Message) (string, error) {
	if !m.Private() {
		return "", d.activityPictures(tx, c, b, who, m)
	}
	id, err := d.Pictures.Keep(m.Files[0].Path)
	if err != nil {
		return "", err
	}
	owed, err := d.owedBy(tx, b, who.ID)
	if err != nil {
		return "", err
	}
	a, err := d.LeaveTarget(tx, b, who.ID, c.At)
	if len(owed) > 0 && owed[0].State == MakeupOwed && (err != nil || a.Starts.After(c.At.Add(7*24*time.Hour))) {
		if _, err := d.HandIn(tx, c, b, who.ID, nil, "", id); err != nil {
			return "", err
		}
		return "补学笔记已收到，等书记确认", d.keepPicture(tx, c, Picture{ID: id, Activity: owed[0].Activity, Person: who.ID, Use: "makeup", At: c.At})
	}
	if err != nil {
		return "", err
	}
	if _, err := d.AskLeave(tx, c, a, who, "", id); err != nil {
		return "", err
	}
	return fmt.Sprintf("请假条已收到，%s主题党日的请假已转给书记，等他批准", a.Month.Chinese()),
		d.keepPicture(tx, c, Picture{ID: id, Activity: a.ID, Person: who.ID, Use: "leave", At: c.At})
}

// activityPictures keeps photos sent to the group from the opening of sign-in until a day after the end.
func (d Desk) activityPictures(tx Tx, c Cause, b BranchID, who Comrade, m Message) error {
	for _, find := range []func(Tx, BranchID, time.Time) (Activity, bool, error){d.Next, d.Last} {
		a, ok, err := find(tx, b, c.At)
		if err != nil {
			return err
		}
		if !ok || c.At.Before(a.SignInOpens(d.Rules)) || c.At.After(a.EndAt().Add(24*time.Hour)) || !a.Filed.IsZero() {
			continue
		}
		for _, f := range m.Files {
			id, err := d.Pictures.Keep(f.Path)
			if err != nil {
				return err
			}
			if err := d.keepPicture(tx, c, Picture{ID: id, Activity: a.ID, Person: who.ID, Use: "activity", At: c.At}); err != nil {
				return err
			}
		}
		return nil
	}
	return nil
}

func (d Desk) keepPicture(tx Tx, c Cause, p Picture) error {
	if err := note(tx, c, p.Activity, nounPicture, string(p.Activity)+"/"+p.ID, nil, p, ""); err != nil {
		return err
	}
	return tx.PutPicture(p)
}
