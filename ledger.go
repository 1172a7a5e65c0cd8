package themeday

import (
	"encoding/json"
	"fmt"
	"time"
)

// Entry is one change of a fact (R33): who, when it happened, when it was entered, what, why, by which message. Entries are never changed.
type Entry struct {
	Seq      int64 // the store makes it
	Happened time.Time
	Entered  time.Time
	By       PersonID
	Verb     string
	Branch   BranchID
	Activity ActivityID
	Noun     string // what kind of fact
	Key      string // which one
	Before   json.RawMessage
	After    json.RawMessage
	Why      string
	Message  MessageID
	Undoes   int64 // the entry that this one takes back, or 0
}

// Cause is who does something and by which message: what every entry of one use case shares.
type Cause struct {
	By       PersonID
	At       time.Time // now
	Happened time.Time // zero: now
	Verb     string
	Branch   BranchID
	Message  MessageID

	Correcting bool // what was filed is corrected on purpose (更正, R33)
}

// whyCorrected stands in entries of a correction that has no reason of its own.
const whyCorrected = "纪实表上报后更正"

// Nouns of facts, as they stand in entries.
const (
	nounActivity      = "activity"
	nounSignIn        = "signin"
	nounLeave         = "leave"
	nounMakeup        = "makeup"
	nounCheck         = "check"
	nounMinute        = "minute"
	nounGuest         = "guest"
	nounClaim         = "claim"
	nounEvaluation    = "evaluation"
	nounFixedDay      = "fixedday"
	nounFiling        = "filing"
	nounRequired      = "required"
	nounMenu          = "menu"
	nounChange        = "change"
	nounBlackout      = "blackout"
	nounObjection     = "objection"
	nounRoster        = "roster"
	nounPicture       = "picture"
	nounBinding       = "binding"
	nounForm          = "form"
	nounOutsiders     = "outsiders"
	nounRefused       = "refused"
	nounBar           = "bar"
	nounRectification = "rectification"
	nounComment       = "comment"
	nounInspection    = "inspection"
	nounFinding       = "finding"
	nounDraw          = "draw"
	nounCase          = "case"
	nounShared        = "shared"
	nounBorrowing     = "borrowing"
	nounPraise        = "praise"
	nounBranch        = "branch"
	nounHandover      = "handover"
)

// note writes the entry of a change; before or after may be nil. It runs in the transaction of the change.
func note(tx Tx, c Cause, a ActivityID, noun, key string, before, after any, why string) error {
	e := Entry{Happened: c.Happened, Entered: c.At, By: c.By, Verb: c.Verb, Branch: c.Branch, Activity: a, Noun: noun, Key: key, Why: why, Message: c.Message}
	if e.Happened.IsZero() {
		e.Happened = c.At
	}
	if c.Correcting && e.Why == "" {
		e.Why = whyCorrected
	}
	var err error
	if e.Before, err = encode(before); err == nil {
		e.After, err = encode(after)
	}
	if err != nil {
		return fmt.Errorf("encode %s %s: %w", noun, key, err)
	}
	if err := tx.AddEntry(e); err != nil {
		return fmt.Errorf("add entry %s %s: %w", noun, key, err)
	}
	return nil
}

func encode(v any) (json.RawMessage, error) {
	if v == nil {
		return nil, nil
	}
	return json.Marshal(v)
}
