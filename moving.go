package themeday

import (
	"fmt"
	"time"
)

// NewDate is what 改期 asks for.
type NewDate struct {
	Day       Date
	From      TimeOfDay
	To        TimeOfDay // equal to From: the activity keeps its length
	Why       string
	Confirmed bool // said a second time, over a blackout (R07)
}

// ChangeDate moves an activity within its month (R05): with a reason, into the future, at least half a day. The change is filed with
// the committee, and the notice is due anew. Who had signed in already did so for a day that is not held: that is cancelled.
func (d Desk) ChangeDate(tx Tx, c Cause, a Activity, n NewDate) (next Activity, cancelled int, err error) {
	if err := d.open(a, c.At); err != nil {
		return a, 0, err
	}
	if next, err = d.moved(a, n); err != nil {
		return a, 0, err
	}
	if err := d.canMove(tx, c, a, next, n); err != nil {
		return a, 0, err
	}
	if cancelled, err = d.cancelDay(tx, c, a); err != nil {
		return a, 0, err
	}
	ch := DateChange{Activity: a.ID, Version: next.Version, From: a.Starts, To: next.Starts, Why: n.Why, At: c.At, By: c.By}
	if err := tx.PutChange(ch); err != nil {
		return a, 0, err
	}
	if err := putActivity(tx, c, a, next, n.Why); err != nil {
		return a, 0, err
	}
	return next, cancelled, d.tellMove(tx, c, a, next)
}

// cancelDay takes back what belongs to the day that is not held: its sign-ins, each with an entry, its ticks, and what was to be said of them.
// Claims of that day are older than the new one's sign-in and no longer count.
func (d Desk) cancelDay(tx Tx, c Cause, a Activity) (int, error) {
	signins, err := tx.SignIns(a.ID)
	if err != nil {
		return 0, err
	}
	for _, s := range signins {
		if err := note(tx, c, a.ID, nounSignIn, key(a.ID, s.Person), s, nil, s.withdrawn()); err != nil {
			return 0, err
		}
		if err := tx.DeleteSignIn(a.ID, s.Person); err != nil {
			return 0, err
		}
	}
	checks, err := tx.Checks(a.ID)
	if err != nil {
		return 0, err
	}
	for _, k := range checks {
		if err := note(tx, c, a.ID, nounCheck, string(a.ID)+"/"+k.Item, k, nil, ""); err != nil {
			return 0, err
		}
		if err := tx.DeleteCheck(a.ID, k.Item); err != nil {
			return 0, err
		}
	}
	return len(signins), d.silence(tx, a, SignInProgress, ClaimsPost)
}

// silence drops the posts of some kinds that have not been said yet.
func (d Desk) silence(tx Tx, a Activity, kinds ...Kind) error {
	for _, k := range kinds {
		posts, err := tx.ActivityPosts(a.ID, k)
		if err != nil {
			return err
		}
		for _, p := range posts {
			if p.State != Waiting {
				continue
			}
			p.State, p.Note = Dropped, "the day is not held"
			if err := tx.PutPost(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// moved is the activity at its new time, its notice and call due anew, without a code or a sign-in.
func (d Desk) moved(a Activity, n NewDate) (Activity, error) {
	next := a
	next.Version++
	next.Starts = n.Day.At(n.From, d.Zone)
	span := d.For(a).Rules.HalfDay
	if a.Dated() {
		span = a.Ends.Sub(a.Starts)
	}
	if n.To != n.From {
		span = time.Duration(n.To-n.From) * time.Minute
	}
	next.Ends = next.Starts.Add(span)
	next.Steps[Noticing-1], next.Steps[Convening-1], next.Steps[SigningIn-1] = StepDone{}, StepDone{}, StepDone{}
	next.Code, next.Began = "", time.Time{}
	if d.Day(next.Ends) != n.Day {
		return a, Refuse(Invalid, R02, "活动要在当天结束，请写起止时间，例如 14:00-18:00")
	}
	if err := CanLast(span, d.For(a).Rules.HalfDay); err != nil {
		return a, err
	}
	return next, nil
}

func (d Desk) canMove(tx Tx, c Cause, a, next Activity, n NewDate) error {
	if err := tooLong(R05, "改期事由", n.Why, reasonMost); err != nil {
		return err
	}
	if err := CanChangeDate(a.Month.First(), n.Day, n.Why); err != nil {
		return err
	}
	if a.Starts.Equal(next.Starts) && a.Ends.Equal(next.Ends) {
		return Refuse(Conflict, R05, "已经是%s，不用改", d.When(a.Starts))
	}
	if !next.Starts.After(c.At) {
		return Refuse(Invalid, R05, "%s已经过去，请选%s之后的日子", d.When(next.Starts), d.Day(c.At).Chinese())
	}
	return d.undisturbed(tx, a.Branch, n.Day, n.Confirmed)
}

// undisturbed asks for a confirmation on a day that the branch keeps for business (R07).
func (d Desk) undisturbed(tx Tx, b BranchID, day Date, confirmed bool) error {
	kept, err := tx.Blackouts(b)
	if err != nil || confirmed {
		return err
	}
	for _, k := range kept {
		if k.Covers(day) {
			return Refuse(Confirm, R07, "%s是业务忙时（%s）。仍要定在这天，请在原话末尾加“确认”再发一次", day.Chinese(), k.Why)
		}
	}
	return nil
}

// tellMove files the change with the committee and, when the group has ever read a date of this activity, tells the group; where the new
// notice comes at once, that post has nothing to say and is dropped when it is due.
func (d Desk) tellMove(tx Tx, c Cause, a, next Activity) error {
	id := fmt.Sprintf("%s/%d", next.ID, next.Version)
	filed := Post{Key: fmt.Sprintf("%s/%s", ChangeFiled, id), Kind: ChangeFiled, Branch: a.Branch, Activity: a.ID, Arg: fmt.Sprint(next.Version)}
	if err := d.tellCommittee(tx, c, filed); err != nil {
		return err
	}
	told, err := d.toldDate(tx, a)
	if err != nil || !told {
		return err
	}
	return tx.PutPost(d.post(c, Post{
		Key: fmt.Sprintf("%s/%s", DateChanged, id), Kind: DateChanged, Branch: a.Branch, Activity: a.ID,
		To: ToGroup, Arg: fmt.Sprint(next.Version), Expires: next.Starts,
	}))
}

// toldDate tells whether the group has read a date of an activity, the present one or one before it.
func (d Desk) toldDate(tx Tx, a Activity) (bool, error) {
	for _, k := range []Kind{Notice, DateChanged, Reminder, SignInOpen} {
		posts, err := tx.ActivityPosts(a.ID, k)
		if err != nil {
			return false, err
		}
		for _, p := range posts {
			if p.State == Sent || p.State == Sending || p.State == Unknown {
				return true, nil
			}
		}
	}
	return a.Done(Noticing), nil
}
