package scheduler

import (
	"fmt"
	"slices"
	"time"

	"themeday"
	"themeday/templates"
)

// waitingNow remembers what waits in the house at an instant, so that the digests of one hour are not each reckoned anew.
type waitingNow struct {
	at    time.Time
	entry int64
	*themeday.Digester
}

// waiting is everything that needs somebody at an instant, as of the last entry of the ledger.
func (p *Planner) waiting(tx themeday.Tx, at time.Time) (*themeday.Digester, error) {
	last, _, err := tx.LastEntry(0)
	if err != nil {
		return nil, err
	}
	if now := p.now.Load(); now != nil && now.at.Equal(at) && now.entry == last.Seq {
		return now.Digester, nil
	}
	open, err := p.Desk.Waiting(tx, at)
	if err != nil {
		return nil, err
	}
	now := &waitingNow{at: at, entry: last.Seq, Digester: p.Desk.NewDigester(open, at)}
	p.now.Store(now)
	return now.Digester, nil
}

// digests plans today's digests: one for every secretary and everybody of the committee whom something needs, with what it is going to name.
// What is settled until its hour falls away, what comes up until then has a post of its own.
func (p *Planner) digests(tx themeday.Tx, at time.Time) error {
	due := p.Schedule.Next(LookDigest, at)
	if due.IsZero() || due.After(p.Schedule.Next(LookPlan, at)) {
		return nil
	}
	p.now.Store(nil) // what waits is reckoned anew every day
	open, err := p.waiting(tx, due)
	if err != nil {
		return err
	}
	hearers, err := p.hearers(tx, at)
	if err != nil {
		return err
	}
	for _, h := range hearers {
		items, err := h.items(tx, open)
		if err != nil {
			return err
		}
		post := hearerPost(themeday.Digest, h.Hearer, p.Desk.Day(due))
		old, there, err := tx.Post(post.Key)
		if err != nil || there && old.State != themeday.Waiting || len(items) == 0 && !there {
			if err != nil {
				return err
			}
			continue
		}
		post.Arg, post.State = themeday.Keys(items), themeday.Waiting
		post.Due, post.Planned, post.Expires = due, due, p.Desk.Day(due).AddDays(1).Start(p.Desk.Zone)
		if err := tx.PutPost(post); err != nil {
			return err
		}
	}
	if now := p.now.Load(); now != nil { // until the hour other posts may go out: they are read anew
		p.now.Store(&waitingNow{at: now.at, entry: now.entry, Digester: p.Desk.NewDigester(now.Open(), now.at)})
	}
	return nil
}

// weeklies plans the next weekly line for every secretary and everybody of the committee; who is both hears it once.
func (p *Planner) weeklies(tx themeday.Tx, at time.Time) error {
	due := p.Schedule.Next(LookWeekly, at)
	if due.IsZero() {
		return nil
	}
	hearers, err := p.hearers(tx, at)
	if err != nil {
		return err
	}
	for _, h := range hearers {
		post := hearerPost(themeday.Weekly, h.Hearer, p.Desk.Day(due))
		post.State, post.Due, post.Planned, post.Expires = themeday.Waiting, due, due, due.Add(24*time.Hour)
		if err := p.once(tx, post); err != nil {
			return err
		}
	}
	return nil
}

// ear is a private chat: of a branch's secretary, or of somebody of the committee, who hears there as well of the branches that he leads himself.
type ear struct {
	themeday.Hearer
	own []themeday.Hearer
}

// items are what a digest tells him, of both sides.
func (e ear) items(tx themeday.Tx, open *themeday.Digester) ([]themeday.Pending, error) {
	var out []themeday.Pending
	for _, h := range append([]themeday.Hearer{e.Hearer}, e.own...) {
		some, err := open.Items(tx, h)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// hearers are the secretaries, in order of the branches, and the committee; who is both stands among the committee alone.
func (p *Planner) hearers(tx themeday.Tx, at time.Time) ([]ear, error) {
	leading, err := p.leading(tx, at)
	if err != nil {
		return nil, err
	}
	members, err := themeday.Committees(tx)
	var out, above []ear
	for _, m := range members {
		e := ear{Hearer: themeday.Hearer{Person: m.ID}}
		leading = slices.DeleteFunc(leading, func(h themeday.Hearer) bool {
			if h.Person == m.ID {
				e.own = append(e.own, h)
			}
			return h.Person == m.ID
		})
		above = append(above, e)
	}
	for _, h := range leading {
		out = append(out, ear{Hearer: h})
	}
	return append(out, above...), err
}

// leading are the secretaries of the open branches, in order of the branches.
func (p *Planner) leading(tx themeday.Tx, at time.Time) ([]themeday.Hearer, error) {
	branches, err := p.Desk.OpenBranches(tx, at)
	if err != nil {
		return nil, err
	}
	secretaries, err := themeday.Secretaries(tx, p.Desk.Day(at))
	var out []themeday.Hearer
	for _, b := range branches {
		if s, ok := secretaries[b.ID]; ok {
			out = append(out, themeday.Hearer{Branch: b.ID, Person: s})
		}
	}
	return out, err
}

// hearerPost is the post of a day to a secretary or to somebody of the committee.
func hearerPost(k themeday.Kind, h themeday.Hearer, day themeday.Date) themeday.Post {
	if h.Branch != "" {
		return themeday.Post{Key: fmt.Sprintf("%s/%s/%s", k, day, h.Branch), Kind: k, Branch: h.Branch, To: themeday.ToSecretary}
	}
	return themeday.Post{Key: fmt.Sprintf("%s/%s/%d", k, day, h.Person), Kind: k, To: themeday.ToPerson, Person: h.Person}
}

// hearer is to whom a digest or weekly line goes; false: he is of the committee no longer, or there is no secretary.
func (j job) hearer() (ear, bool, error) {
	if j.post.Branch != "" {
		roster, err := j.tx.Roster(j.post.Branch, j.Desk.Day(j.at))
		s, ok := roster.Secretary()
		return ear{Hearer: themeday.Hearer{Branch: j.post.Branch, Person: s.Person.ID}}, ok, err
	}
	all, err := j.hearers(j.tx, j.at)
	for _, h := range all {
		if h.Branch == "" && h.Person == j.post.Person {
			return h, true, err
		}
	}
	return ear{}, false, err
}

// digest names what needs the reader, as far as it still does.
func (j job) digest() (Rendered, error) {
	h, ok, err := j.hearer()
	if err != nil || !ok {
		return Rendered{Why: "nobody to tell"}, err
	}
	open, err := j.waiting(j.tx, j.at)
	if err != nil {
		return Rendered{}, err
	}
	j.head.Committee = h.Branch == ""
	lines := func(h themeday.Hearer) ([]templates.DigestLine, error) {
		items, err := open.Items(j.tx, h)
		out := []templates.DigestLine{}
		for _, p := range themeday.Among(items, j.post.Arg) {
			out = append(out, templates.LineOf(p, h.Branch == "", j.at))
		}
		return out, err
	}
	v := templates.DigestView{Head: j.head, ID: h.Branch, Date: j.local(j.at)}
	if v.Items, err = lines(h.Hearer); err != nil {
		return Rendered{}, err
	}
	for _, own := range h.own {
		items, err := lines(own)
		if err != nil {
			return Rendered{}, err
		}
		if len(items) > 0 {
			v.Own = append(v.Own, templates.DigestView{Head: templates.Head{Branch: items[0].Branch}, ID: own.Branch, Items: items})
		}
	}
	if len(v.Items)+len(v.Own) == 0 {
		return nothing("nothing needs him any more")
	}
	return say(j, j.Texts.Digest, v)
}

// weekly says that the bot lives, and what it did.
func (j job) weekly() (Rendered, error) {
	h, ok, err := j.hearer()
	if err != nil || !ok {
		return Rendered{Why: "nobody to tell"}, err
	}
	v, err := j.week(h.Hearer)
	if err != nil {
		return Rendered{}, err
	}
	for _, own := range h.own {
		one, err := j.week(own)
		if err != nil {
			return Rendered{}, err
		}
		v.Own = append(v.Own, one)
	}
	if v.Committee {
		head, err := j.tx.Head()
		if err != nil {
			return Rendered{}, err
		}
		v.Ledger, v.Entry = head.Short(), head.Entry
	}
	return say(j, j.Texts.Weekly, v)
}

// week are the figures of a week for a secretary, or for somebody of the committee.
func (j job) week(h themeday.Hearer) (v templates.WeeklyView, err error) {
	branches, err := j.tx.Branches()
	if err != nil {
		return v, err
	}
	v.Head, v.ID, v.Committee = j.head, h.Branch, h.Branch == ""
	if h.Branch != "" {
		branches = slices.DeleteFunc(slices.Clone(branches), func(b themeday.Branch) bool { return b.ID != h.Branch })
		for _, b := range branches {
			v.Head.Branch = b.Name
		}
	}
	w, err := j.Desk.WeekOf(j.tx, branches, j.planned)
	if err != nil {
		return v, err
	}
	open, err := j.waiting(j.tx, j.at)
	if err != nil {
		return v, err
	}
	v.Branches, v.Posts, v.SignIns, v.Leaves, v.Forms = w.Branches, w.Posts(), w.SignIns, w.Leaves, w.Forms
	v.Approved, v.Hours, v.Slow = w.Approved, int((w.ApprovalTook+30*time.Minute)/time.Hour), w.Slow
	for _, p := range open.Open() {
		if !p.Past && h.Concerns(p) {
			v.Open++
		}
	}
	return v, nil
}
