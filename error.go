package themeday

import (
	"errors"
	"fmt"
)

// Code says what sort of refusal an Error is, for programs and tests.
type Code string

// The codes of refusals.
const (
	Invalid   Code = "invalid"   // what was typed cannot be read or breaks a rule
	Forbidden Code = "forbidden" // the person may not do this
	NotFound  Code = "not_found" // nobody and nothing of that name
	TooEarly  Code = "too_early" // not yet: the text says from when
	TooLate   Code = "too_late"  // no longer: the text says what is left to do
	Missing   Code = "missing"   // an earlier step has to come first
	Confirm   Code = "confirm"   // allowed, but only when said a second time
	Conflict  Code = "conflict"  // contradicts what is already recorded
)

// Error is a refusal that a person may read: a short Chinese sentence with the way out, and the rule behind it.
// Every other error is the operator's and is shown to people as 系统出错.
type Error struct {
	Code Code
	Rule Rule   // the rule behind it, or empty
	Text string // Chinese, one or two sentences, with the way out
}

// Error is the sentence, with the clause and the id of the rule behind it where there is one: …（第二条·R05）.
func (e *Error) Error() string {
	if e.Rule == "" {
		return e.Text
	}
	return e.Text + "（" + e.Rule.Clause() + "·" + string(e.Rule) + "）"
}

// Refuse makes an Error; rule may be empty.
func Refuse(code Code, rule Rule, format string, args ...any) *Error {
	return &Error{Code: code, Rule: rule, Text: fmt.Sprintf(format, args...)}
}

// CodeOf gives the code of the refusal in err, or "" when err is none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
