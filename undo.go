package themeday

import (
	"encoding/json"
	"fmt"
)

// Undone says what 撤销 took back.
type Undone struct {
	What  string // in Chinese
	Count int
}

// Undo takes back somebody's own last step of the last ten minutes (撤销); that it was taken back is an entry of its own. What has had
// consequences that others have read stays: the refusal says what to do instead.
func (d Desk) Undo(tx Tx, c Cause) (Undone, error) {
	mine, err := tx.EntriesBy(c.By, c.At.Add(-d.Rules.UndoWithin))
	if err != nil {
		return Undone{}, err
	}
	last := lastStep(mine)
	if len(last) == 0 {
		return Undone{}, Refuse(NotFound, R33, "近%d分钟内没有可撤销的操作", int(d.Rules.UndoWithin.Minutes()))
	}
	u := Undone{What: last[0].Verb}
	for i := len(last) - 1; i >= 0; i-- {
		e := last[i]
		if later, err := tx.LaterEntry(e.Noun, e.Key, e.Seq); err != nil {
			return u, err
		} else if later {
			return u, Refuse(Conflict, R33, "“%s”之后记录又有变化，不能撤销", e.Verb)
		}
		if err := d.takeBack(tx, c, e); err != nil {
			return u, err
		}
		if e.Noun == nounSignIn || e.Noun == nounMinute || e.Noun == nounCheck {
			u.Count++
		}
	}
	return u, nil
}

// lastStep are the entries of the last message that has not been taken back yet and takes nothing back itself.
func lastStep(mine []Entry) []Entry {
	gone := map[int64]bool{}
	for _, e := range mine {
		gone[e.Undoes] = true
	}
	var last []Entry
	for i := len(mine) - 1; i >= 0; i-- {
		e := mine[i]
		if e.Undoes != 0 || gone[e.Seq] {
			continue
		}
		if len(last) > 0 && e.Message != last[0].Message {
			break
		}
		last = append([]Entry{e}, last...)
	}
	return last
}

// takeBack restores the fact as it was before an entry.
func (d Desk) takeBack(tx Tx, c Cause, e Entry) error {
	a, _, err := tx.Activity(e.Activity)
	if err != nil {
		return err
	}
	if e.Activity != "" && !a.Filed.IsZero() {
		return Refuse(TooLate, R22, "%s纪实表已上报，不能撤销", a.Month.Chinese())
	}
	switch e.Noun {
	case nounSignIn:
		err = d.backSignIn(tx, c, a, e)
	case nounLeave:
		err = backLeave(tx, e)
	case nounCheck:
		err = backInto(e.After, func(k Check) error { return tx.DeleteCheck(k.Activity, k.Item) })
	case nounMinute:
		err = backInto(e.After, func(m Minute) error { return tx.DeleteMinute(m.Activity, m.Seq) })
	case nounGuest:
		err = backInto(e.After, func(g Guest) error { return tx.DeleteGuest(g.Activity, g.Person) })
	case nounMakeup:
		err = backMakeup(tx, e)
	case nounClaim:
		return nil // what was seen in a chain was seen
	case nounActivity:
		err = backActivity(tx, e)
	default:
		err = Refuse(Forbidden, R33, "“%s”已经生效，不能撤销；需要更正请再发一次正确的内容", e.Verb)
	}
	if err != nil {
		return err
	}
	back := e
	back.Seq, back.Undoes, back.Verb = 0, e.Seq, "撤销"
	back.Before, back.After = e.After, e.Before
	back.By, back.Entered, back.Happened, back.Message = c.By, c.At, c.At, c.Message
	return tx.AddEntry(back)
}

func backInto[T any](raw json.RawMessage, do func(T) error) error {
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		return fmt.Errorf("read entry: %w", err)
	}
	return do(v)
}

// backSignIn removes a sign-in; who is gone from an activity that has ended owes make-up study again (R20).
func (d Desk) backSignIn(tx Tx, c Cause, a Activity, e Entry) error {
	err := backInto(e.After, func(s SignIn) error {
		if _, voted, err := d.hasVoted(tx, s); err != nil || voted {
			if err == nil {
				err = Refuse(Conflict, R25, "已经参加测评，签到不能再撤销")
			}
			return err
		}
		return tx.DeleteSignIn(s.Activity, s.Person)
	})
	if err != nil {
		return err
	}
	left, err := tx.SignIns(a.ID)
	if err != nil {
		return err
	}
	if len(left) == 0 && !a.Done(Reporting) {
		a.Steps[SigningIn-1] = StepDone{}
		if err := tx.PutActivity(a); err != nil {
			return err
		}
	}
	if a.Ended.IsZero() {
		return nil
	}
	return d.oweMakeups(tx, Cause{By: Bot, At: c.At, Verb: "撤销", Branch: a.Branch, Message: c.Message}, a)
}

func (d Desk) hasVoted(tx Tx, s SignIn) (SignIn, bool, error) {
	voted, err := tx.Voted(s.Activity, s.Person)
	return s, voted, err
}

// backLeave restores the state of a leave; its reason stands in the leave alone and is kept.
func backLeave(tx Tx, e Entry) error {
	var before, after Leave
	if err := json.Unmarshal(e.After, &after); err != nil {
		return fmt.Errorf("read entry: %w", err)
	}
	leaves, err := tx.Leaves(after.Activity)
	if err != nil {
		return err
	}
	for _, l := range leaves {
		if l.Person != after.Person {
			continue
		}
		if len(e.Before) == 0 {
			l.State = LeaveCancelled
			return tx.PutLeave(l)
		}
		if err := json.Unmarshal(e.Before, &before); err != nil {
			return fmt.Errorf("read entry: %w", err)
		}
		l.State, l.Decided, l.By, l.Late = before.State, before.Decided, before.By, before.Late
		return tx.PutLeave(l)
	}
	return nil
}

// backMakeup restores the state of a make-up study; what was handed in stands there alone and is kept.
func backMakeup(tx Tx, e Entry) error {
	if len(e.Before) == 0 {
		return nil // owed by the rule, not by him
	}
	return backInto(e.Before, func(before Makeup) error {
		now, err := tx.Makeups(before.Activity)
		if err != nil {
			return err
		}
		for _, m := range now {
			if m.Person == before.Person {
				before.Text, before.Picture = m.Text, m.Picture
			}
		}
		return tx.PutMakeup(before)
	})
}

// backActivity restores an activity's planning; dates, approval, beginning and end have been read by others and stay.
func backActivity(tx Tx, e Entry) error {
	var before, after Activity
	if err := json.Unmarshal(e.Before, &before); err != nil {
		return fmt.Errorf("read entry: %w", err)
	}
	if err := json.Unmarshal(e.After, &after); err != nil {
		return fmt.Errorf("read entry: %w", err)
	}
	if before.Version != after.Version {
		return Refuse(Forbidden, R05, "日期已经报备，不能撤销。请再发一次：改期 %s 日期 时间 事由", after.Month.Chinese())
	}
	if !before.Began.Equal(after.Began) || !before.Ended.Equal(after.Ended) || before.Approved() != after.Approved() ||
		!before.Filed.Equal(after.Filed) || !before.Submitted.Equal(after.Submitted) || !before.Returned.Equal(after.Returned) {
		return Refuse(Forbidden, R33, "“%s”已经通知大家，不能撤销", e.Verb)
	}
	return tx.PutActivity(before)
}
