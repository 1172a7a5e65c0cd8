package themeday

import (
	"errors"
	"fmt"
	"time"
)

// Keeper keeps the bytes of a picture and gives its id, the SHA-256 in hex; the same bytes give the same id.
// One that cannot be read, is empty or too large is a refusal.
type Keeper interface {
	Keep(path string) (id string, err error)
}

// TakePictures keeps the pictures of a message and says, in Chinese, as what; empty when there was no use for them. In private a picture is
// the note of a leave that was asked for and waits, else of a make-up study that is owed, else of a leave for the activity that was
// announced and has not begun; where it can be none of these he is asked. In the group, while the activity is on or just over, it is a
// photo of it (R13, R20, R21).
func (d Desk) TakePictures(tx Tx, c Cause, b BranchID, who Comrade, m Message) (string, error) {
	if !m.Private() {
		return "", d.activityPictures(tx, c, b, who, m)
	}
	a, err := d.LeaveTarget(tx, b, who.ID, c.At)
	if CodeOf(err) == "" && err != nil {
		return "", err
	}
	_, waiting, lerr := d.leaveOf(tx, a.ID, who.ID)
	owed, oerr := d.owedBy(tx, b, who.ID)
	if err := errors.Join(lerr, oerr); err != nil {
		return "", err
	}
	switch {
	case err == nil && waiting:
		return d.leaveNote(tx, c, a, who, m)
	case len(owed) > 0:
		return d.makeupNote(tx, c, b, who, owed[0], m)
	case err == nil && a.Done(Noticing) && c.At.Before(a.BeginAt()):
		return d.leaveNote(tx, c, a, who, m)
	}
	return "", Refuse(Invalid, "", "图片收到了，但不知道是做什么用的，没有保存。请假请发：请假 事由；补学请发：补学 心得")
}

func (d Desk) leaveNote(tx Tx, c Cause, a Activity, who Comrade, m Message) (string, error) {
	id, err := d.Pictures.Keep(m.Files[0].Path)
	if err != nil {
		return "", err
	}
	if _, err := d.AskLeave(tx, c, a, who, "", id); err != nil {
		return "", err
	}
	return fmt.Sprintf("请假条已收到，%s主题党日的请假已转给书记，等他批准", a.Month.Chinese()),
		d.keepPicture(tx, c, Picture{ID: id, Activity: a.ID, Person: who.ID, Use: "leave", At: c.At})
}

func (d Desk) makeupNote(tx Tx, c Cause, b BranchID, who Comrade, owed Makeup, m Message) (string, error) {
	id, err := d.Pictures.Keep(m.Files[0].Path)
	if err != nil {
		return "", err
	}
	if _, err := d.HandIn(tx, c, b, who.ID, nil, "", id); err != nil {
		return "", err
	}
	return "补学笔记已收到，等书记确认", d.keepPicture(tx, c, Picture{ID: id, Activity: owed.Activity, Person: who.ID, Use: "makeup", At: c.At})
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
