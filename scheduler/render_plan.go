package scheduler

import (
	"strconv"
	"strings"
	"time"

	"themeday"
	"themeday/templates"
)

func (j job) planMissing() (Rendered, error) {
	if j.post.Branch == "" {
		return j.ofAllBranches()
	}
	m, err := themeday.ParseYearMonth(j.post.Arg)
	if err != nil {
		return Rendered{}, err
	}
	a, err := j.Desk.OfMonth(j.tx, j.post.Branch, m)
	if err != nil {
		return Rendered{}, err
	}
	if a.Dated() {
		return nothing("the month has a date")
	}
	j.head.Month = m.Chinese()
	return say(j, j.Texts.PlanMissing, templates.PlanMissingView{Head: j.head, ID: j.post.Branch, MonthID: m.String()})
}

// filingOf is the receipt of the year that the post is about.
func (j job) filingOf() (year int, f themeday.Filing, filed bool, err error) {
	word, _, _ := strings.Cut(j.post.Arg, " ") // a version may follow
	if year, err = strconv.Atoi(word); err != nil {
		return year, f, false, err
	}
	all, err := j.tx.Filings(year)
	for _, each := range all {
		if each.Branch == j.post.Branch {
			f, filed = each, true
		}
	}
	return year, f, filed, err
}

func (j job) filingDue() (Rendered, error) {
	year, _, filed, err := j.filingOf()
	if err != nil {
		return Rendered{}, err
	}
	_, fixed, err := j.tx.FixedDay(j.post.Branch)
	switch {
	case err != nil:
		return Rendered{}, err
	case filed:
		return nothing("the plan is filed")
	case !fixed:
		return nothing("there is no fixed day, so no plan")
	}
	r := j.Desk.Rules
	due := themeday.PlanFilingDue(year, time.Month(r.FilingMonth), r.FilingDay, j.Desk.Zone)
	last := j.lastDay(due)
	return say(j, j.Texts.FilingDue, templates.FilingDueView{Head: j.head, ID: j.post.Branch, Year: year, Due: j.local(due), Last: last, Days: j.daysTo(last)})
}

func (j job) planFiled() (Rendered, error) {
	year, f, filed, err := j.filingOf()
	if err != nil || !filed {
		return Rendered{Why: "the plan is not filed"}, err
	}
	v := templates.PlanFiledView{Head: j.head, ID: j.post.Branch, Year: year, Late: f.Late}
	version := 1
	if _, again, ok := strings.Cut(j.post.Arg, " "); ok {
		if version, err = strconv.Atoi(again); err != nil {
			return Rendered{}, err
		}
	}
	all, err := j.tx.PlanVersions(f.Branch, year)
	for i, x := range all {
		if x.Version == version {
			v.Receipt, v.Version = x.Receipt(), version
			if i > 0 {
				v.Changed = j.Desk.Since(x, all[i-1])
			}
		}
	}
	if err != nil {
		return Rendered{}, err
	}
	return say(j, j.Texts.PlanFiled, v)
}

// waiting tells whether the activity lies with the committee.
func waiting(a themeday.Activity) bool {
	return !a.Submitted.IsZero() && !a.Returned.After(a.Submitted)
}

func (j job) approvalDue() (Rendered, error) {
	if j.post.Branch == "" {
		return j.approvalsDue()
	}
	a := j.a
	if a.Approved() {
		return nothing(noLongerWanted)
	}
	v := templates.ApprovalDueView{
		Head: j.head, Activity: a.ID, Step: int(themeday.Approving), Topics: a.Topics, Submitted: waiting(a),
		Notice: j.local(noticeLook(a, j.Desk.Rules, j.Schedule, j.Desk.Zone)),
	}
	if len(a.Topics) == 0 {
		v.Step = int(themeday.Deciding)
	}
	if a.Returned.After(a.Submitted) {
		v.Returned = a.ReturnWhy
	}
	if len(a.Content) == 0 {
		a.Content = themeday.ContentOf(a.Topics)
	}
	v.NoContent = themeday.CanSubmit(a) != nil
	return say(j, j.Texts.ApprovalDue, v)
}

func (j job) approvalAsked() (Rendered, error) {
	a := j.a
	switch {
	case a.Approved():
		return nothing("approved meanwhile")
	case !waiting(a):
		return nothing("sent back meanwhile")
	case a.Submitted.After(j.post.Planned):
		return nothing("asked anew meanwhile")
	}
	return say(j, j.Texts.ApprovalAsked, templates.ApprovalAskedView{
		Head: j.head, Activity: a.ID, Starts: j.local(a.Starts), Ends: j.local(a.Ends),
		Place: a.Place, Topics: list(a.Topics), Content: list(a.Content),
	})
}

func (j job) approvalGiven() (Rendered, error) {
	if !j.a.Approved() {
		return nothing("sent back meanwhile")
	}
	due, err := j.NoticeAt(j.tx, j.a)
	if err != nil {
		return Rendered{}, err
	}
	return say(j, j.Texts.ApprovalGiven, templates.ApprovalGivenView{Head: j.head, Activity: j.a.ID, Notice: j.local(due), Now: !due.After(j.at)})
}

func (j job) approvalReturned() (Rendered, error) {
	if j.a.Approved() || waiting(j.a) {
		return nothing("asked anew meanwhile")
	}
	return say(j, j.Texts.ApprovalReturned, templates.ApprovalReturnedView{Head: j.head, Activity: j.a.ID, Reason: j.a.ReturnWhy})
}

// change is the change of date that the post is about.
func (j job) change() (themeday.DateChange, bool, error) {
	version, err := strconv.Atoi(j.post.Arg)
	if err != nil {
		return themeday.DateChange{}, false, err
	}
	return changeOf(j.tx, j.a.ID, version)
}

func (j job) dateChanged() (Rendered, error) {
	c, ok, err := j.change()
	if err != nil {
		return Rendered{}, err
	}
	if !ok || c.Version != j.a.Version {
		return nothing("changed again meanwhile")
	}
	if comes, err := j.noticeComes(); err != nil || comes {
		return Rendered{Why: "the notice says it"}, err
	}
	a, _, err := j.Desk.ForGroup(j.tx, j.a, j.at)
	if err != nil {
		return Rendered{}, err
	}
	return say(j, j.Texts.DateChanged, templates.DateChangedView{
		Head: j.head, Activity: j.a.ID, From: j.local(c.From), To: j.local(c.To),
		Ends: j.local(j.a.Ends), Place: a.Place,
	})
}

// noticeComes tells whether the notice of the date as it is now has gone out, or goes out at once.
func (j job) noticeComes() (bool, error) {
	if !j.a.Approved() || j.a.Done(themeday.Noticing) {
		return j.a.Approved(), nil
	}
	due, err := j.NoticeAt(j.tx, j.a)
	return !due.IsZero() && !due.After(j.at), err
}

func (j job) changeFiled() (Rendered, error) {
	c, ok, err := j.change()
	if err != nil || !ok {
		return Rendered{Why: "no such change"}, err
	}
	v := templates.ChangeFiledView{Head: j.head, Activity: j.a.ID, To: j.local(c.To), Reason: c.Why}
	if !c.From.IsZero() {
		from := j.local(c.From)
		v.From = &from
	}
	return say(j, j.Texts.ChangeFiled, v)
}
