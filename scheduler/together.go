package scheduler

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"themeday"
	"themeday/templates"
)

// The committee hears exceptions once a day: of what concerns many branches alike it is told in one post for each kind and day, and which
// branches it names is seen when it is due.

// gather takes the committee's posts of such kinds out of what a branch calls for and plans the day's post of all branches for them.
func (p *Planner) gather(tx themeday.Tx, wanted []themeday.Post, at time.Time) ([]themeday.Post, error) {
	month := p.Desk.Day(at).MonthOf()
	day := map[string]themeday.Post{}
	var own []themeday.Post
	for _, w := range wanted {
		if !w.Kind.OfAll() || w.To != themeday.ToPerson {
			own = append(own, w)
			continue
		}
		if !timely(w, month, at) {
			continue
		}
		each := themeday.Post{
			Key: themeday.OfAllKey(w.Kind, p.Desk.Day(w.Due), w.Person), Kind: w.Kind, To: themeday.ToPerson, Person: w.Person,
			State: themeday.Waiting, Due: w.Due, Planned: w.Due, Expires: w.Expires,
		}
		if old, there := day[each.Key]; !there || old.Expires.Before(each.Expires) {
			day[each.Key] = each
		}
	}
	keys := slices.Sorted(maps.Keys(day))
	if len(keys) == 0 {
		return own, nil
	}
	have, err := tx.PostsByKey(keys)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		if _, there := have[key]; there {
			continue
		}
		if err := tx.PutPost(day[key]); err != nil {
			return nil, err
		}
	}
	return own, nil
}

// ofBranch tells whether a waiting post is one to the committee of a single branch, as they were planned before the day's post told of all.
func ofBranch(p themeday.Post) bool {
	return p.Kind.OfAll() && p.To == themeday.ToPerson && p.Branch != "" && (p.Kind != themeday.Violation || p.Activity == "")
}

// ofAllBranches says what concerns each branch as its own post would: alone in the words of that, of several in a line each.
func (j job) ofAllBranches() (Rendered, error) {
	if why, err := j.committeeOfAll(); err != nil || why != "" {
		return Rendered{Why: why}, err
	}
	if today := j.Desk.Day(j.at); today != j.Desk.Day(j.planned) && j.post.Kind != themeday.Violation { // it comes late
		newer, there, err := j.tx.Post(themeday.OfAllKey(j.post.Kind, today, j.post.Person))
		if err != nil || there && newer.State == themeday.Waiting {
			return Rendered{Why: "today's says it"}, err
		}
	}
	parts, err := j.parts()
	if err != nil {
		return Rendered{}, err
	}
	var said []Rendered
	silent := "no branch calls for it any more"
	for _, part := range parts {
		part.Kind, part.To, part.Person = j.post.Kind, themeday.ToPerson, j.post.Person
		one := job{Planner: j.Planner, tx: j.tx, post: part, at: j.at, planned: j.planned}
		why, err := one.load()
		if err != nil {
			return Rendered{}, err
		}
		if why != "" {
			silent = why
			continue
		}
		r, err := one.ofOneBranch()
		if err != nil {
			return Rendered{}, err
		}
		if len(r.Texts) > 0 {
			said = append(said, r)
		}
	}
	switch len(said) {
	case 0:
		return nothing(silent)
	case 1:
		return said[0], nil
	}
	v := templates.TogetherView{Kind: string(j.post.Kind)}
	for _, r := range said {
		line, _, _ := strings.Cut(strings.Join(r.Texts, " "), "\n（本条应于")
		v.Lines, v.Items = append(v.Lines, strings.ReplaceAll(line, "\n", " ")), append(v.Items, r.Data)
	}
	return say(j, j.Texts.Together, v)
}

// ofOneBranch is what the committee would read of one branch.
func (j job) ofOneBranch() (Rendered, error) {
	switch j.post.Kind {
	case themeday.PlanMissing:
		return j.planMissing()
	case themeday.RecordOverdue:
		return j.recordOverdue()
	case themeday.RectifyOverdue:
		return j.rectifyOverdue()
	case themeday.Violation:
		return j.violation()
	}
	return nothing("no such kind")
}

// parts are the posts of single branches for which the day's post stands, in order of the branches.
func (j job) parts() ([]themeday.Post, error) {
	branches, err := j.Desk.OpenBranches(j.tx, j.at)
	if err != nil {
		return nil, err
	}
	switch j.post.Kind {
	case themeday.PlanMissing:
		return eachOf(branches, themeday.Post{Arg: j.Desk.Day(j.planned).MonthOf().String()}), nil
	case themeday.RecordOverdue:
		return j.formsOverdue(branches)
	case themeday.RectifyOverdue:
		return j.rectifyingLate(branches)
	}
	return j.broken(branches)
}

func eachOf(branches []themeday.Branch, p themeday.Post) []themeday.Post {
	var out []themeday.Post
	for _, b := range branches {
		p.Branch = b.ID
		out = append(out, p)
	}
	return out
}

// formsOverdue are the activities whose record form is overdue, for as many days as one is reminded of it.
func (j job) formsOverdue(branches []themeday.Branch) ([]themeday.Post, error) {
	all, err := j.tx.AllActivities(j.from(j.at), j.Desk.Day(j.at).MonthOf())
	var out []themeday.Post
	for _, b := range branches {
		for _, a := range all {
			if a.Branch != b.ID || !a.Dated() || !a.Filed.IsZero() {
				continue
			}
			d := j.Desk.For(a)
			if n := themeday.RecordOverdueDays(j.at, d.RecordDueAt(a), d.Zone); n >= 1 && n <= d.Rules.RecordOverdueMax {
				out = append(out, themeday.Post{Branch: b.ID, Activity: a.ID})
			}
		}
	}
	return out, err
}

// rectifyingLate are the rectifications for which the time is over.
func (j job) rectifyingLate(branches []themeday.Branch) ([]themeday.Post, error) {
	var out []themeday.Post
	for _, b := range branches {
		open, err := j.Desk.OpenRectificationsOf(j.tx, b.ID)
		if err != nil {
			return nil, err
		}
		for _, r := range open {
			if n := themeday.RecordOverdueDays(j.at, r.Due, j.Desk.Zone); n >= 1 && n <= j.Desk.Rules.RectifyOverdueMax {
				out = append(out, themeday.Post{Branch: b.ID, Arg: strconv.Itoa(r.Number)})
			}
		}
	}
	return out, nil
}

// broken are the rules that were broken by activities, and on the first of a month the branches that held none in the last one; those alone
// that had been planned before it was over.
func (j job) broken(branches []themeday.Branch) ([]themeday.Post, error) {
	var out []themeday.Post
	for _, b := range themeday.BrokenRules(j.post.Arg) {
		branch, _ := b.Activity.Parts()
		out = append(out, themeday.Post{Branch: branch, Activity: b.Activity, Arg: string(b.Rule)})
	}
	day := j.Desk.Day(j.planned)
	if day != day.MonthOf().First() || strings.HasSuffix(j.post.Key, "/more") {
		return out, nil
	}
	m := day.MonthOf().Prev()
	for _, p := range eachOf(branches, themeday.Post{Arg: notHeldArg + m.String()}) {
		_, planned, err := j.tx.Post(notHeldKey(p.Branch, m) + "/secretary")
		if err != nil {
			return nil, err
		}
		if planned {
			out = append(out, p)
		}
	}
	return out, nil
}
