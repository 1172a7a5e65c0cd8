package scheduler

import (
	"strconv"
	"strings"

	"themeday"
	"themeday/templates"
)

// handover is the one that the post is about.
func (j job) handover(named bool) (h themeday.Handover, v templates.HandoverView, err error) {
	number, err := strconv.Atoi(j.post.Arg)
	if err != nil {
		return h, v, err
	}
	all, err := j.tx.Handovers(j.post.Branch)
	if err != nil {
		return h, v, err
	}
	for _, each := range all {
		if each.Number == number {
			h = each
		}
	}
	v = templates.HandoverView{
		Head: j.head, ID: j.post.Branch, Number: number, State: h.State, Why: h.Why, Days: -j.daysTo(h.Asked), New: j.post.Person == h.To,
		Day: j.Desk.Day(h.Decided).Chinese(),
	}
	if v.To, err = j.name(h.To); err != nil {
		return h, v, err
	}
	if h.From != 0 {
		if v.From, err = j.name(h.From); err != nil {
			return h, v, err
		}
	}
	b, err := j.Desk.Branch(j.tx, j.post.Branch)
	if err != nil {
		return h, v, err
	}
	open, err := j.Desk.Duties(j.tx, b, j.at)
	v.Duties, v.Open = templates.DutyLines(open, named), len(open)
	return h, v, err
}

func (j job) handoverAsked() (Rendered, error) {
	h, v, err := j.handover(false)
	if err != nil || h.State != themeday.HandoverOpen {
		return Rendered{Why: "it is decided"}, err
	}
	if j.post.Person == h.From || j.post.Person == h.To {
		return nothing("he may not decide on it")
	}
	if j.post.Kind == themeday.HandoverAsked {
		v.Days = 0
	}
	return say(j, j.Texts.HandoverAsked, v)
}

func (j job) handoverTold() (Rendered, error) {
	_, v, err := j.handover(false)
	if err != nil {
		return Rendered{}, err
	}
	return say(j, j.Texts.HandoverTold, v)
}

// handoverDone gives the new secretary everything that is open, as long as he is it.
func (j job) handoverDone() (Rendered, error) {
	h, v, err := j.handover(true)
	if err != nil {
		return Rendered{}, err
	}
	roster, err := j.tx.Roster(j.post.Branch, j.Desk.Day(j.at))
	if s, _ := roster.Secretary(); err != nil || s.ID != h.To {
		return Rendered{Why: "he is not the secretary any more"}, err
	}
	return say(j, j.Texts.Handover, v)
}

func (j job) branchChanged() (Rendered, error) {
	b, err := j.Desk.Branch(j.tx, j.post.Branch)
	if err != nil {
		return Rendered{}, err
	}
	what, by, _ := strings.Cut(j.post.Arg, " ")
	v := templates.BranchChangedView{Head: j.head, ID: b.ID, What: what, Why: b.ClosedWhy}
	if id, err := strconv.ParseInt(by, 10, 64); err == nil {
		if v.By, err = j.name(themeday.PersonID(id)); err != nil {
			return Rendered{}, err
		}
	}
	var until themeday.Date
	for _, f := range b.Former { // the last one is what it was called until now
		if !f.Until.Before(until) {
			v.Old, until = f.Name, f.Until
		}
	}
	if b.Into != "" {
		into, err := j.Desk.Branch(j.tx, b.Into)
		if err != nil {
			return Rendered{}, err
		}
		v.Into = into.Name
	}
	return say(j, j.Texts.BranchChanged, v)
}
