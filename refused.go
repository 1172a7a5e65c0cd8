package themeday

import (
	"fmt"
	"time"
)

// Attempt is something that was refused and is remembered (R33): who tried which verb in which branch. What he typed is no part of it.
type Attempt struct {
	Cause
	Certain bool // that it was he
	Ballot  bool // it concerns an evaluation
}

// refusedAttempt is what an entry of a refusal tells.
type refusedAttempt struct {
	Rule    Rule
	Code    Code
	Certain bool // that it was the person of the entry; false also for a stranger, who is nobody (0)
}

// NoteRefusal remembers a refused attempt: one entry a person, verb and hour, so that whoever tries a thousand times does not fill the ledger.
// Who tried to vote a second time is known to the hour and without the message, for the hour alone must not lead to his first ballot.
func (d Desk) NoteRefusal(tx Tx, try Attempt, e *Error) error {
	c := try.Cause
	c.Happened = time.Time{}
	if try.Ballot { // the words are ballots themselves: 满意, 不满意
		c.Verb, c.Message, c.At = verbEvaluation, "", c.At.Truncate(time.Hour)
	}
	key := fmt.Sprintf("%d/%s/%s", c.By, c.Verb, d.Local(c.At).Format("2006-01-02T15"))
	before, err := tx.EntriesAbout(nounRefused, key)
	if err != nil || len(before) > 0 {
		return err
	}
	return note(tx, c, "", nounRefused, key, nil, refusedAttempt{Rule: e.Rule, Code: e.Code, Certain: try.Certain && try.By != Bot}, "")
}
