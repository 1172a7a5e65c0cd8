package scheduler

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"themeday"
	"themeday/templates"
)

// Planner keeps the stored posts of the branches in step with the facts, and renders them when they are due. Its methods work within the
// transaction that they are given.
type Planner struct {
	Desk     themeday.Desk
	Schedule Schedule
	Texts    *templates.Posts
	now      *atomic.Pointer[waitingNow]
	looked   *atomic.Pointer[lastLook]
}

// New makes a Planner.
func New(desk themeday.Desk, schedule Schedule, texts *templates.Posts) *Planner {
	return &Planner{Desk: desk, Schedule: schedule, Texts: texts, now: &atomic.Pointer[waitingNow]{}, looked: &atomic.Pointer[lastLook]{}}
}

// on is the planner with the rules that hold at an instant.
func (p *Planner) on(at time.Time) *Planner {
	now := *p
	now.Desk = p.Desk.At(at)
	return &now
}

// about is the planner with the rules by which an activity is judged.
func (p *Planner) about(a themeday.Activity) *Planner {
	its := *p
	its.Desk = p.Desk.For(a)
	return &its
}

// noLongerWanted is the note of a post that the facts no longer call for; only such a post comes back when they do again.
const noLongerWanted = "no longer wanted"

// Plan brings a branch's posts in step with its facts: missing ones are added, planned ones moved or dropped. What was sent, is being sent
// or may have been sent stays as it is, and so do the posts that use cases made.
func (p *Planner) Plan(tx themeday.Tx, b themeday.BranchID, at time.Time) error {
	if b == "" { // what concerns no single branch is planned daily
		return nil
	}
	p = p.on(at)
	branch, err := p.Desk.Branch(tx, b)
	if err == nil && branch.Gone(p.Desk.Day(at)) {
		return themeday.DropPosts(tx, b)
	}
	if err != nil && themeday.CodeOf(err) == "" {
		return err
	}
	shared, err := p.shared(tx, at)
	if err != nil {
		return err
	}
	return p.plan(tx, b, at, shared)
}

// Daily is the daily look at every branch, in one transaction: it dates the coming months (R03), ends activities that were over an hour ago and
// nobody ended, so that make-up study is owed (R20), and plans.
func (p *Planner) Daily(tx themeday.Tx, at time.Time) error {
	return p.DailyBy(func(do func(themeday.Tx) error) error { return do(tx) }, at)
}

// branchesAtOnce is how many branches are looked at in one transaction: who signs in meanwhile waits for no more.
const branchesAtOnce = 16

// DailyBy is Daily in as many transactions as it takes, each begun by update. What one of them did stays when a later one fails; the next look
// sees every branch again.
func (p *Planner) DailyBy(update func(func(themeday.Tx) error) error, at time.Time) error {
	p = p.on(at)
	var news news
	var todo []themeday.BranchID
	err := update(func(tx themeday.Tx) error {
		branches, err := p.Desk.OpenBranches(tx, at)
		if err != nil {
			return err
		}
		if err := p.settle(tx, at); err != nil {
			return fmt.Errorf("settle a branch: %w", err)
		}
		news, err = p.news(tx, at)
		todo = todo[:0]
		for _, b := range branches {
			if news.of(b.ID) {
				todo = append(todo, b.ID)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	for some := range slices.Chunk(todo, branchesAtOnce) {
		if err := update(func(tx themeday.Tx) error { return p.some(tx, some, at) }); err != nil {
			return err
		}
	}
	err = update(func(tx themeday.Tx) error {
		if err := p.commitment(tx, at); err != nil {
			return fmt.Errorf("commit to a draw: %w", err)
		}
		return errors.Join(p.guidance(tx, at), p.digests(tx, at), p.weeklies(tx, at), p.topics(tx, at))
	})
	if err == nil {
		p.looked.Store(&news.now)
	}
	return err
}

// some looks at some branches.
func (p *Planner) some(tx themeday.Tx, branches []themeday.BranchID, at time.Time) error {
	shared, err := p.shared(tx, at)
	if err != nil {
		return err
	}
	for _, b := range branches {
		c := themeday.Cause{By: themeday.Bot, At: at, Verb: "plan", Branch: b}
		if _, err := p.Desk.DateMonths(tx, c, b, false); err != nil {
			return fmt.Errorf("date the months of a branch: %w", err)
		}
		if err := p.Desk.ReckonBars(tx, b, at); err != nil {
			return fmt.Errorf("reckon the bars of a branch: %w", err)
		}
		if err := p.plan(tx, b, at, shared); err != nil {
			return fmt.Errorf("plan a branch: %w", err)
		}
	}
	return nil
}

// NoticeAt is when an activity's notice can be posted (R06): by the schedule, but not before the approval nor before its date was changed.
func (p *Planner) NoticeAt(tx themeday.Tx, a themeday.Activity) (time.Time, error) {
	moved, err := lastMove(tx, a)
	return noticeDue(a, moved, p.Desk.For(a).Rules, p.Schedule, p.Desk.Zone), err
}

// settle ends the activities of open branches whose end nobody told.
func (p *Planner) settle(tx themeday.Tx, at time.Time) error {
	branches, err := p.Desk.OpenBranches(tx, at)
	if err != nil {
		return err
	}
	all, err := tx.AllActivities(p.from(at), p.Desk.Day(at).MonthOf())
	if err != nil {
		return err
	}
	open := make(map[themeday.BranchID]bool, len(branches))
	for _, b := range branches {
		open[b.ID] = true
	}
	for _, a := range all {
		if !a.Dated() || !open[a.Branch] || !a.Over(at.Add(-time.Hour)) {
			continue
		}
		if _, err := p.Desk.Settle(tx, a, at); err != nil {
			return err
		}
	}
	return nil
}

func (p *Planner) plan(tx themeday.Tx, b themeday.BranchID, at time.Time, s shared) error {
	f, err := p.facts(tx, b, at, s)
	if err != nil {
		return err
	}
	f.Judged = func(a themeday.Activity) themeday.Rules { return p.Desk.For(a).Rules }
	if err := p.approvals(tx, f, at); err != nil {
		return err
	}
	wanted, err := p.gather(tx, Plan(f, at, p.Desk.Rules, p.Schedule, p.Desk.Zone), at)
	if err != nil {
		return err
	}
	return sync(tx, b, wanted, p.Desk.Day(at).MonthOf(), at)
}

// sync writes what differs between the wanted posts and the planned ones.
func sync(tx themeday.Tx, b themeday.BranchID, wanted []themeday.Post, month themeday.YearMonth, at time.Time) error {
	have, err := tx.PostsOf(b, themeday.Waiting)
	if err != nil {
		return err
	}
	waiting := make(map[string]themeday.Post, len(have))
	for _, old := range have {
		waiting[old.Key] = old
	}
	var missing []themeday.Post
	for _, w := range wanted {
		old, there := waiting[w.Key]
		delete(waiting, w.Key)
		if !there && timely(w, month, at) {
			missing = append(missing, w)
		}
		if !there {
			continue
		}
		if err := move(tx, old, w); err != nil {
			return err
		}
	}
	if err := insert(tx, missing, at); err != nil {
		return err
	}
	for _, old := range have {
		if _, unwanted := waiting[old.Key]; !unwanted || (!ours(old.Kind) || old.Activity == "") && !ofBranch(old) || !old.SentAt.IsZero() {
			continue // nobody knew whether it had gone out, and the operator wants it sent: what follows from it was drawn already
		}
		old.State, old.Note = themeday.Dropped, noLongerWanted
		if err := tx.MarkPost(old); err != nil {
			return err
		}
	}
	return nil
}

// move follows a change of the time. A post that was put off keeps its new time as long as it is planned for the same one.
func move(tx themeday.Tx, old, w themeday.Post) error {
	if old.Planned.Equal(w.Planned) && old.Expires.Equal(w.Expires) {
		return nil
	}
	if !old.Planned.Equal(w.Planned) {
		old.Due, old.Planned = w.Due, w.Planned
	}
	old.Expires = w.Expires
	return tx.PutPost(old)
}

// comesBack tells whether a post that is wanted again was dropped for a reason that is gone: the facts did not call for it, or the clock was ahead
// of the time, by which it was of no use before it was due.
func comesBack(old themeday.Post, at time.Time) bool {
	return old.State == themeday.Dropped && (old.Note == noLongerWanted || strings.HasPrefix(old.Note, themeday.ExpiredNote) && at.Before(old.Planned))
}

// insert adds posts that never were, and brings back those that were dropped for nothing.
func insert(tx themeday.Tx, missing []themeday.Post, at time.Time) error {
	keys := make([]string, len(missing))
	for i, w := range missing {
		keys[i] = w.Key
	}
	have, err := tx.PostsByKey(keys)
	for _, w := range missing {
		old, there := have[w.Key]
		if err != nil || there && !comesBack(old, at) {
			continue
		}
		err = tx.PutPost(w)
	}
	return err
}

// timely tells whether a post may still be planned: what is past only where the meeting cannot do without, and a month is never reported as
// missed that was over before the branch was first planned.
func timely(w themeday.Post, month themeday.YearMonth, at time.Time) bool {
	if m, ok := strings.CutPrefix(w.Arg, notHeldArg); ok && w.Kind == themeday.Violation && m < month.String() {
		return false
	}
	if !w.Due.Before(at) {
		return true
	}
	switch w.Kind {
	case themeday.Notice, themeday.SignInOpen, themeday.Attendance, themeday.Absent, themeday.EvaluationOpened, themeday.EvaluationResult:
		return at.Before(w.Expires)
	}
	return false
}

// ours tells whether posts of a kind, about an activity, are planned here and nowhere else.
func ours(k themeday.Kind) bool {
	switch k {
	case themeday.ApprovalDue, themeday.Notice, themeday.ForecastPost, themeday.Reminder, themeday.ChecklistPost, themeday.SignInOpen,
		themeday.Attendance, themeday.Absent, themeday.EvaluationOpened, themeday.EvaluationResult, themeday.RecordDuePost,
		themeday.RecordOverdue, themeday.AbsencePost, themeday.MakeupDuePost, themeday.ObjectionDue:
		return true
	}
	return false
}
