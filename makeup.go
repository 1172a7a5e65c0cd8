package themeday

import "time"

// MakeupState says where a make-up study stands.
type MakeupState string

// The states of a make-up study.
const (
	MakeupOwed      MakeupState = "owed"
	MakeupHanded    MakeupState = "handed"
	MakeupConfirmed MakeupState = "confirmed"
)

// Chinese is how a list names it.
func (s MakeupState) Chinese() string {
	return map[MakeupState]string{MakeupOwed: "待补学", MakeupHanded: "待确认", MakeupConfirmed: "已补学"}[s]
}

// Makeup is the study that somebody on leave or absent owes (补学, R20). The absence stays one.
type Makeup struct {
	Activity ActivityID
	Person   PersonID
	State    MakeupState
	Due      time.Time
	Text     string `json:"-"` // what was handed in; stands here only
	Picture  string
	Handed   time.Time
	Decided  time.Time
	By       PersonID
	Why      string // why it was sent back
}
