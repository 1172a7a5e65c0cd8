package themeday

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Undone says what 撤销 took back.
type Undone struct {
	What    string // in Chinese
	Count   int
	Private bool // about leave or make-up study: nothing for a group
}

// private tells whether an entry is about what a group must not hear of.
func private(e Entry) bool { return e.Noun == nounLeave || e.Noun == nounMakeup }

// changedSince refuses to take back what others have built on. What is private is not named.
func changedSince(e Entry) error {
	what := "“" + e.Verb + "”"
	if private(e) {
		what = "这一步"
	}
	return Refuse(Conflict, R33, "%s之后记录又有变化，不能撤销", what)
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
	u := Undone{What: last[0].Verb, Private: private(last[0])}
	for i := len(last) - 1; i >= 0; i-- {
		e := last[i]
		if later, err := tx.LaterEntry(e.Noun, e.Key, e.Seq); err != nil {
			return u, err
		} else if later && e.Noun != nounActivity && e.Noun != nounPicture { // of an activity only what this entry changed has to be as it left it; of a picture, only its sender changes anything
			return u, changedSince(e)
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
		if e.Undoes != 0 || gone[e.Seq] || e.Noun == nounRefused {
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
	why, err := withdrawnWhy(tx, e)
	if err != nil {
		return err
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
	case nounComment:
		err = backComment(tx, e)
	case nounClaim:
		return nil // what was seen in a chain was seen
	case nounActivity:
		err = d.backActivity(tx, c, a, e)
	case nounFixedDay:
		err = d.backFixedDay(tx, c, e)
	case nounBlackout:
		err = backBlackout(tx, e)
	case nounBorrowing:
		err = backInto(e.After, tx.DeleteBorrowing)
	case nounPicture:
		err = backPicture(tx, e)
	default:
		err = Refuse(Forbidden, R33, "“%s”已经生效，不能撤销；需要更正请再发一次正确的内容", e.Verb)
	}
	if err != nil {
		return err
	}
	if err := d.tellCorrected(tx, c, a, e); err != nil {
		return err
	}
	back := e
	back.Seq, back.Undoes, back.Verb = 0, e.Seq, "撤销"
	if why != "" {
		back.Why = why
	}
	back.Before, back.After = e.After, e.Before
	back.By, back.Entered, back.Happened, back.Message = c.By, c.At, c.At, c.Message
	return tx.AddEntry(back)
}

// withdrawnWhy is why somebody was signed in whose sign-in an entry made, before it is taken back.
func withdrawnWhy(tx Tx, e Entry) (string, error) {
	if e.Noun != nounSignIn || len(e.After) == 0 {
		return "", nil
	}
	var gone SignIn
	if err := json.Unmarshal(e.After, &gone); err != nil {
		return "", fmt.Errorf("read entry: %w", err)
	}
	all, err := tx.SignIns(gone.Activity)
	for _, s := range all {
		if s.Person == gone.Person {
			return s.withdrawn(), err
		}
	}
	return "", err
}

// tellCorrected tells a member that what somebody else entered about him, and what he was told of, has been taken back (R33); once, however
// many facts the message had changed.
func (d Desk) tellCorrected(tx Tx, c Cause, a Activity, e Entry) error {
	if e.Noun != nounSignIn && e.Noun != nounLeave && e.Noun != nounMakeup {
		return nil
	}
	if len(e.After) == 0 { // a make-up study that was forgiven is owed again: he hears of the sign-in by which it was
		return nil
	}
	var about struct {
		Person PersonID
		How    How
	}
	if err := json.Unmarshal(e.After, &about); err != nil {
		return fmt.Errorf("read entry: %w", err)
	}
	told := e.Noun != nounSignIn || about.How == Proxy || about.How == Late
	if about.Person == c.By || about.Person == 0 || !told || len(e.Before) == 0 && e.Noun == nounMakeup {
		return nil
	}
	return d.tellPerson(tx, c, about.Person, Post{
		Key: fmt.Sprintf("%s/%s/%d/%s", Corrected, a.ID, c.At.Unix(), c.Message), Kind: Corrected, Branch: a.Branch, Activity: a.ID,
		Arg: fmt.Sprintf("%d %s", c.By, e.Verb),
	})
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
	return d.signInGone(tx, c, a)
}

// signInGone puts in order what followed from a sign-in that was taken back: step ⑤, and who owes make-up study (R20).
func (d Desk) signInGone(tx Tx, c Cause, a Activity) error {
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
	if len(e.Before) == 0 { // owed because the activity ended
		return backInto(e.After, func(m Makeup) error { return tx.DeleteMakeup(m.Activity, m.Person) })
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

// backActivity restores an activity's planning, its beginning or its end; dates and approval have been read by others and stay.
func (d Desk) backActivity(tx Tx, c Cause, now Activity, e Entry) error {
	var before, after Activity
	if err := json.Unmarshal(e.Before, &before); err != nil {
		return fmt.Errorf("read entry: %w", err)
	}
	if err := json.Unmarshal(e.After, &after); err != nil {
		return fmt.Errorf("read entry: %w", err)
	}
	m := after.Month.Chinese()
	switch {
	case !before.Ended.Equal(after.Ended):
		return d.unend(tx, c, now, before)
	case !before.Began.Equal(after.Began):
		return d.unbegin(tx, now)
	case !before.Dated() && e.Verb == verbFixedDay:
		return d.putBack(tx, now, before, after, e)
	case before.Version != after.Version:
		return Refuse(Forbidden, R05, "日期已经报备，不能撤销。要改回请发：改期 %s 日期 时间 事由", m)
	case !before.Submitted.Equal(after.Submitted) && after.Submitted.After(before.Submitted):
		return Refuse(Forbidden, R18, "报审已经送到机关党委，不能撤销。要改请再发：主题 %s 新主题，然后重新报审", m)
	case before.Approved() != after.Approved() || !before.Returned.Equal(after.Returned):
		return Refuse(Forbidden, R18, "结果已经告诉书记，不能撤销。要改请发：退回 %s %s 事由", after.Branch, m)
	case !before.Filed.Equal(after.Filed):
		return Refuse(Forbidden, R22, "%s纪实表已经上报，不能撤销", m)
	}
	return d.putBack(tx, now, before, after, e)
}

// putBack restores what an entry changed in an activity, and nothing else: sign-ins, ballots and the bot bring steps on meanwhile. What was
// changed again since, and topics that have been approved, stay.
func (d Desk) putBack(tx Tx, now, before, after Activity, e Entry) error {
	if now.Approved() && !(slices.Equal(before.Topics, after.Topics) && slices.Equal(before.Content, after.Content)) {
		return changedSince(e)
	}
	n := now
	if !restore(&n, before, after) {
		return changedSince(e)
	}
	return tx.PutActivity(n)
}

// restore puts back the fields in which after differs from before; false where one of them is no longer as after has it.
func restore(n *Activity, before, after Activity) bool {
	same := func(a, b time.Time) bool { return a.Equal(b) }
	equal := func(a, b StepDone) bool { return a.At.Equal(b.At) && a.By == b.By }
	ok := back(&n.Topics, before.Topics, after.Topics, slices.Equal) && back(&n.Content, before.Content, after.Content, slices.Equal) &&
		back(&n.Agenda, before.Agenda, after.Agenda, slices.Equal) && back(&n.Compulsory, before.Compulsory, after.Compulsory, slices.Equal) &&
		back(&n.Links, before.Links, after.Links, slices.Equal) && back(&n.Meetings, before.Meetings, after.Meetings, slices.Equal) &&
		backPlain(&n.Host, before.Host, after.Host) && backPlain(&n.HostWhy, before.HostWhy, after.HostWhy) &&
		backPlain(&n.Recorder, before.Recorder, after.Recorder) && backPlain(&n.Code, before.Code, after.Code) &&
		backPlain(&n.Summary, before.Summary, after.Summary) && backPlain(&n.Place, before.Place, after.Place) &&
		backPlain(&n.Version, before.Version, after.Version) &&
		back(&n.Starts, before.Starts, after.Starts, same) && back(&n.Ends, before.Ends, after.Ends, same) &&
		back(&n.Submitted, before.Submitted, after.Submitted, same)
	for i := range n.Steps {
		ok = ok && back(&n.Steps[i], before.Steps[i], after.Steps[i], equal)
	}
	return ok
}

func backPlain[T comparable](now *T, before, after T) bool {
	return back(now, before, after, func(a, b T) bool { return a == b })
}

// back restores one field.
func back[T any](now *T, before, after T, same func(a, b T) bool) bool {
	if same(before, after) {
		return true
	}
	if !same(*now, after) {
		return false
	}
	*now = before
	return true
}

// The verbs of the entries that are taken back as a whole.
const verbFixedDay = "固定日"

// unbegin takes 开始 back: attendance is reported anew at its time.
func (d Desk) unbegin(tx Tx, a Activity) error {
	if !a.Ended.IsZero() {
		return Refuse(Conflict, R33, "活动已经结束，不能撤销开始")
	}
	a.Began, a.Steps[Reporting-1] = time.Time{}, StepDone{}
	a.Undone++
	return tx.PutActivity(a)
}

// unend takes 结束 back, as long as nobody has rated: the activity goes on, and the group hears that the evaluation was called too early.
func (d Desk) unend(tx Tx, c Cause, a, before Activity) error {
	ballots, err := tx.Ballots(a.ID)
	switch {
	case err != nil:
		return err
	case len(ballots) > 0:
		return Refuse(Conflict, R25, "已经有同志测评，结束不能撤销。时间记错了请写进记录，例如：记录 实际到18:00结束")
	case !before.Ended.IsZero():
		a.Ended, a.Steps[Holding-1] = before.Ended, before.Steps[Holding-1] // only its time was corrected
		return tx.PutActivity(a)
	}
	told := !a.Evaluated.IsZero()
	a.Ended, a.Evaluated, a.Closes = time.Time{}, time.Time{}, time.Time{}
	a.Steps[Holding-1], a.Steps[Evaluating-1] = StepDone{}, StepDone{}
	a.Undone++
	if err := tx.PutActivity(a); err != nil || !told {
		return err
	}
	return d.tell(tx, c, Post{Key: fmt.Sprintf("%s/%s/%d", EvaluationWithdrawn, a.ID, a.Undone), Kind: EvaluationWithdrawn, Branch: a.Branch, Activity: a.ID, To: ToGroup, Expires: a.Ends})
}

// backFixedDay restores the rule that held before.
func (d Desk) backFixedDay(tx Tx, c Cause, e Entry) error {
	if len(e.Before) == 0 {
		return tx.DeleteFixedDay(BranchID(e.Key))
	}
	return backInto(e.Before, func(f FixedDay) error { return tx.PutFixedDay(BranchID(e.Key), f, c.At) })
}

// backPicture takes a photo of the activity out of the record, or its caption off it. A note of a leave or of make-up study is kept.
func backPicture(tx Tx, e Entry) error {
	return backInto(e.After, func(p Picture) error {
		if p.Use != forActivity {
			return nil
		}
		if len(e.Before) == 0 {
			return tx.DeletePicture(p)
		}
		all, err := tx.Pictures(p.Activity)
		for _, now := range all {
			if now.ID == p.ID && now.Person == p.Person && now.Use == p.Use {
				now.Caption = ""
				return tx.PutPicture(now)
			}
		}
		return err
	})
}

// backBlackout forgets days that were to be kept clear, or restores why.
func backBlackout(tx Tx, e Entry) error {
	if len(e.Before) == 0 {
		return backInto(e.After, tx.DeleteBlackout)
	}
	return backInto(e.Before, tx.PutBlackout)
}
