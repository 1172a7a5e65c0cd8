package themeday

import (
	"fmt"
	"time"
)

// MinuteKind is the kind of a line of the minutes.
type MinuteKind string

// The kinds of lines.
const (
	Noted    MinuteKind = "记录"
	Agreed   MinuteKind = "共识"
	Assigned MinuteKind = "任务"
)

// Minute is a line of the minutes, as somebody said it (R11, R21).
type Minute struct {
	Activity ActivityID
	Seq      int64
	Kind     MinuteKind
	Text     string
	By       PersonID
	At       time.Time
}

// Check is a ticked item of the checklist (R23).
type Check struct {
	Activity ActivityID
	Item     string
	By       PersonID
	At       time.Time
}

// Picture is a photo that was sent to the bot: a leave note, or a picture of the activity (R21).
type Picture struct {
	ID       string // SHA-256 of its bytes, hex; its file's name in the store of pictures
	Activity ActivityID
	Person   PersonID
	Use      string // leave, makeup or activity
	At       time.Time
}

// Objection is a member's word against what is recorded of him (异议, R33).
type Objection struct {
	ID       int64
	Branch   BranchID
	Activity ActivityID
	Person   PersonID
	Text     string
	At       time.Time
}

// Object takes a member's word against what is recorded of him (异议, R33); the secretary hears it.
func (d Desk) Object(tx Tx, c Cause, a Activity, who Comrade, text string) error {
	o := Objection{Branch: c.Branch, Activity: a.ID, Person: who.ID, Text: text, At: c.At}
	if err := note(tx, c, a.ID, nounObjection, key(a.ID, who.ID), nil, o, ""); err != nil {
		return err
	}
	if err := tx.AddObjection(o); err != nil {
		return err
	}
	return d.tellSecretary(tx, c, Post{Key: fmt.Sprintf("%s/%s/%d/%d", ObjectionRaised, a.ID, who.ID, c.At.Unix()), Kind: ObjectionRaised, Branch: a.Branch, Activity: a.ID, Person: who.ID})
}
