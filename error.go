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

	format string // of a text that names a branch by its id, with what goes into it: see Named
	args   []any
}

// Error is the sentence, with the clause and the id of the rule behind it where there is one: …（第二条·R05）.
func (e *Error) Error() string {
	if e.Rule == "" {
		return e.Text
	}
	return e.Text + "（" + e.Rule.Clause() + "·" + string(e.Rule) + "）"
}

// ErrPassing means that nothing is wrong with what was said or done: the store cannot take it now, because the disk is full or another program keeps it
// to itself. The same may come again later.
var ErrPassing = errors.New("the store cannot take anything now")

// Refuse makes an Error; rule may be empty.
func Refuse(code Code, rule Rule, format string, args ...any) *Error {
	e := &Error{Code: code, Rule: rule, Text: fmt.Sprintf(format, args...)}
	for _, a := range args {
		if _, ok := a.(BranchID); ok {
			e.format, e.args = format, args
		}
	}
	return e
}

// Named is the refusal with the names that its branches bear now: those who make it know a branch by its id, which is its first name.
func (e *Error) Named(name func(BranchID) string) *Error {
	if e.format == "" {
		return e
	}
	args := make([]any, len(e.args))
	for i, a := range e.args {
		if id, ok := a.(BranchID); ok {
			a = name(id)
		}
		args[i] = a
	}
	return &Error{Code: e.Code, Rule: e.Rule, Text: fmt.Sprintf(e.format, args...)}
}

// NamesNow gives the names that branches bear now, for Named; of an unknown id the id.
func NamesNow(tx Tx) (func(BranchID) string, error) {
	all, err := tx.Branches()
	return func(id BranchID) string {
		for _, b := range all {
			if b.ID == id && b.Name != "" {
				return b.Name
			}
		}
		return string(id)
	}, err
}

// CodeOf gives the code of the refusal in err, or "" when err is none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
