package themeday

import (
	"errors"
	"fmt"
	"time"
)

// Keeper keeps pictures; the same bytes are kept once. What cannot be read, is no picture or is too large is a refusal.
type Keeper interface {
	Keep(path string) (Kept, error)
	// KeepNote keeps the picture of a leave note or of notes of a make-up study so that only few can look at it.
	KeepNote(path string) (Kept, error)
}

// Kept is a picture that is kept: its id, the SHA-256 of the bytes as they came, both in hex, and what it looks like.
type Kept struct{ ID, Received, Look string }

// What pictures are used for.
const (
	forLeave    = "leave"
	forMakeup   = "makeup"
	forActivity = "activity"
)

// picture is one use of what was kept.
func (k Kept) picture(a ActivityID, who PersonID, use string, at time.Time) Picture {
	return Picture{ID: k.ID, Received: k.Received, Look: k.Look, Activity: a, Person: who, Use: use, At: at}
}

// TakePictures keeps the pictures of a message and says, in Chinese, as what; empty when there was no use for them. In private a picture is
// the note of a leave that was asked for and waits, else of a make-up study that is owed, else of a leave for the activity that was
// announced and has not begun; within the hour after a bare 请假 it is the note that was asked for. Where it can be none of these he is asked. In the group, while the activity is on or just over, it is a
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
	said, serr := d.saidLeave(tx, c, who.ID)
	if serr != nil {
		return "", serr
	}
	switch {
	case err == nil && (waiting || said):
		return d.leaveNote(tx, c, a, who, m)
	case len(owed) > 0:
		return d.makeupNote(tx, c, b, who, owed[0], m)
	case err == nil && a.Done(Noticing) && c.At.Before(a.BeginAt()):
		return d.leaveNote(tx, c, a, who, m)
	}
	return "", Refuse(Invalid, "", "图片收到了，但不知道是做什么用的，没有保存。请假请发：请假 事由；补学请发：补学 心得")
}

// noteSlot is how finely it is remembered when somebody asked for leave without a reason.
const noteSlot = 20 * time.Minute

func noteKey(p PersonID, at time.Time) string {
	return fmt.Sprintf("note/%d/%d", p, at.Unix()/int64(noteSlot.Seconds()))
}

// AwaitNote remembers that somebody asked for leave without a reason: a picture that he sends within the hour is the note.
func (d Desk) AwaitNote(tx Tx, c Cause, p PersonID) error {
	_, err := tx.CountTry(noteKey(p, c.At), d.Day(c.At))
	return err
}

// saidLeave tells whether somebody asked for leave without a reason about an hour ago or less.
func (d Desk) saidLeave(tx Tx, c Cause, p PersonID) (bool, error) {
	for back := time.Duration(0); back <= time.Hour; back += noteSlot {
		at := c.At.Add(-back)
		if n, err := tx.Tries(noteKey(p, at), d.Day(at)); err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}

func (d Desk) leaveNote(tx Tx, c Cause, a Activity, who Comrade, m Message) (string, error) {
	kept, err := d.Pictures.KeepNote(m.Files[0].Path)
	if err != nil {
		return "", err
	}
	if _, err := d.AskLeave(tx, c, a, who, "", kept.ID); err != nil {
		return "", err
	}
	to := "书记"
	if _, ok, err := d.insteadOf(tx, c, who); err != nil || ok {
		to = "副书记和机关党委"
	}
	return fmt.Sprintf("请假条已收到，%s主题党日的请假已转给%s，等批准", a.Month.Chinese(), to),
		keepPicture(tx, c, kept.picture(a.ID, who.ID, forLeave, c.At))
}

func (d Desk) makeupNote(tx Tx, c Cause, b BranchID, who Comrade, owed Makeup, m Message) (string, error) {
	kept, err := d.Pictures.KeepNote(m.Files[0].Path)
	if err != nil {
		return "", err
	}
	if _, err := d.HandIn(tx, c, b, who.ID, nil, "", kept.ID); err != nil {
		return "", err
	}
	return "补学笔记已收到，等书记确认", keepPicture(tx, c, kept.picture(owed.Activity, who.ID, forMakeup, c.At))
}

func keepPicture(tx Tx, c Cause, p Picture) error {
	if err := note(tx, c, p.Activity, nounPicture, pictureKey(p), nil, p, ""); err != nil {
		return err
	}
	return tx.PutPicture(p)
}

func pictureKey(p Picture) string { return string(p.Activity) + "/" + p.ID }
