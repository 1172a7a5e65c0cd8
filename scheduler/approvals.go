package scheduler

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"themeday"
	"themeday/templates"
)

// approvalsAhead is how many days ahead the committee's reminders are planned; what comes later is by the daily look.
const approvalsAhead = 31

// approvals plans the committee's reminders of activities that are not approved (R18 ②): for everybody one a day, of all branches together.
// Which branches wait is seen when it is due.
func (p *Planner) approvals(tx themeday.Tx, f Facts, at time.Time) error {
	wanted := map[string]themeday.Post{}
	last := p.Desk.Day(at).AddDays(approvalsAhead)
	for _, a := range f.Activities {
		if !a.Dated() || a.Approved() {
			continue
		}
		for _, n := range p.Desk.For(a).Rules.ApprovalDays {
			day := p.Desk.Day(a.Starts).AddDays(-n)
			due := p.Schedule.On(LookApproval, day)
			if last.Before(day) || due.IsZero() || due.Before(at) || !due.Before(a.Starts) {
				continue
			}
			for _, who := range f.Committee {
				post := approvalPost(day, who)
				post.State, post.Due, post.Planned, post.Expires = themeday.Waiting, due, due, due.AddDate(0, 0, 2)
				wanted[post.Key] = post
			}
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	keys := slices.Sorted(maps.Keys(wanted))
	have, err := tx.PostsByKey(keys)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if _, there := have[key]; there {
			continue
		}
		if err := tx.PutPost(wanted[key]); err != nil {
			return err
		}
	}
	return nil
}

// approvalPost is the post of a day to somebody of the committee.
func approvalPost(day themeday.Date, who themeday.PersonID) themeday.Post {
	return themeday.Post{Key: fmt.Sprintf("%s/committee/%s/%d", themeday.ApprovalDue, day, who), Kind: themeday.ApprovalDue, To: themeday.ToPerson, Person: who}
}

// approvalsDue names every branch that waits, where the day calls for it: what was submitted, and what ought to be by now.
func (j job) approvalsDue() (Rendered, error) {
	if why, err := j.committeeOfAll(); err != nil || why != "" {
		return Rendered{Why: why}, err
	}
	day := j.Desk.Day(j.planned)
	if today := j.Desk.Day(j.at); today != day { // it comes late
		newer, there, err := j.tx.Post(approvalPost(today, j.post.Person).Key)
		if err != nil || there && newer.State == themeday.Waiting {
			return Rendered{Why: "today's says it"}, err
		}
	}
	open, err := j.unapproved()
	if err != nil {
		return Rendered{}, err
	}
	v := templates.ApprovalsDueView{}
	called := -1
	for _, a := range open {
		days := downward(j.Desk.For(a.Activity).Rules.ApprovalDays)
		left := j.Desk.Day(a.Starts).Sub(day)
		if !waiting(a.Activity) && left > slices.Max(append(days, 0)) {
			continue
		}
		if called < 0 && slices.Contains(days, left) {
			called = len(v.Waiting)
		}
		v.Waiting = append(v.Waiting, j.about(a.Activity).approvalView(a))
	}
	if called < 0 {
		return nothing("every arrangement of these days is approved")
	}
	v.ApprovalDueView = v.Waiting[called]
	if len(v.Waiting) == 1 {
		v.Waiting = nil
		return say(j, j.Texts.ApprovalDue, v.ApprovalDueView)
	}
	return say(j, j.Texts.ApprovalsDue, v)
}

// namedActivity is an activity and the name of its branch.
type namedActivity struct {
	themeday.Activity
	branch string
}

// unapproved are the activities of open branches that are still ahead and not approved, by time; not of a branch that the reader leads himself.
func (j job) unapproved() ([]namedActivity, error) {
	branches, err := j.Desk.OpenBranches(j.tx, j.at)
	if err != nil {
		return nil, err
	}
	secretaries, err := themeday.Secretaries(j.tx, j.Desk.Day(j.at))
	if err != nil {
		return nil, err
	}
	month := j.Desk.Day(j.planned).MonthOf()
	all, err := j.tx.AllActivities(month, month.Add(2))
	var out []namedActivity
	for _, b := range branches {
		for _, a := range all {
			if a.Branch == b.ID && a.Dated() && !a.Approved() && a.Starts.After(j.at) && secretaries[b.ID] != j.post.Person {
				out = append(out, namedActivity{a, b.Name})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b namedActivity) int { return a.Starts.Compare(b.Starts) })
	return out, err
}

// approvalView is what the committee reads of one activity.
func (p *Planner) approvalView(a namedActivity) templates.ApprovalDueView {
	v := templates.ApprovalDueView{
		Head:     templates.Head{Branch: a.branch, Month: a.Month.Chinese(), When: p.Desk.Local(a.Starts), Committee: true},
		Activity: a.ID, Step: int(themeday.Approving), Topics: a.Topics, Submitted: waiting(a.Activity), Notice: p.Desk.Local(noticeLook(a.Activity, p.Desk.Rules, p.Schedule, p.Desk.Zone)),
	}
	if len(a.Topics) == 0 {
		v.Step = int(themeday.Deciding)
	}
	return v
}

// committeeOfAll says why somebody who has left the committee is not told what concerns many branches.
func (j job) committeeOfAll() (why string, err error) {
	people, err := themeday.Committees(j.tx)
	if !slices.ContainsFunc(people, func(p themeday.Person) bool { return p.ID == j.post.Person }) {
		why = "no longer of the committee"
	}
	return why, err
}
