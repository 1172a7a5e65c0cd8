package scheduler

import (
	"fmt"
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
		items, err := open.Items(tx, h)
		if err != nil {
			return err
		}
		post := hearerPost(themeday.Digest, h, p.Desk.Day(due))
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
	committee := map[themeday.PersonID]bool{}
	for _, h := range hearers {
		if h.Branch == "" {
			committee[h.Person] = true
		}
	}
	for _, h := range hearers {
		if h.Branch != "" && committee[h.Person] {
			continue
		}
		post := hearerPost(themeday.Weekly, h, p.Desk.Day(due))
		post.State, post.Due, post.Planned, post.Expires = themeday.Waiting, due, due, due.Add(24*time.Hour)
		if err := p.once(tx, post); err != nil {
			return err
		}
	}
	return nil
}

// hearers are the secretaries, in order of the branches, and the committee.
func (p *Planner) hearers(tx themeday.Tx, at time.Time) ([]themeday.Hearer, error) {
	branches, err := tx.Branches()
	if err != nil {
		return nil, err
	}
	secretaries, err := themeday.Secretaries(tx, p.Desk.Day(at))
	if err != nil {
		return nil, err
	}
	var out []themeday.Hearer
	for _, b := range branches {
		if s, ok := secretaries[b.ID]; ok && !b.Gone(p.Desk.Day(at)) {
			out = append(out, themeday.Hearer{Branch: b.ID, Person: s})
		}
	}
	members, err := themeday.Committees(tx)
	for _, m := range members {
		out = append(out, themeday.Hearer{Person: m.ID})
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
func (j job) hearer() (themeday.Hearer, bool, error) {
	if j.post.Branch != "" {
		roster, err := j.tx.Roster(j.post.Branch, j.Desk.Day(j.at))
		s, ok := roster.Secretary()
		return themeday.Hearer{Branch: j.post.Branch, Person: s.Person.ID}, ok, err
	}
	members, err := themeday.Committees(j.tx)
	for _, m := range members {
		if m.ID == j.post.Person {
			return themeday.Hearer{Person: m.ID}, true, err
		}
	}
	return themeday.Hearer{}, false, err
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
	items, err := open.Items(j.tx, h)
	if err != nil {
		return Rendered{}, err
	}
	items = themeday.Among(items, j.post.Arg)
	if len(items) == 0 {
		return nothing("nothing needs him any more")
	}
	j.head.Committee = h.Branch == ""
	v := templates.DigestView{Head: j.head, ID: h.Branch, Date: j.local(j.at)}
	for _, p := range items {
		v.Items = append(v.Items, templates.LineOf(p, j.head.Committee, j.at))
	}
	return say(j, j.Texts.Digest, v)
}

// weekly says that the bot lives, and what it did.
func (j job) weekly() (Rendered, error) {
	h, ok, err := j.hearer()
	if err != nil || !ok {
		return Rendered{Why: "nobody to tell"}, err
	}
	branches, err := j.tx.Branches()
	if err != nil {
		return Rendered{}, err
	}
	if h.Branch != "" {
		b, err := j.Desk.Branch(j.tx, h.Branch)
		if err != nil {
			return Rendered{}, err
		}
		branches = []themeday.Branch{b}
	}
	w, err := j.Desk.WeekOf(j.tx, branches, j.planned)
	if err != nil {
		return Rendered{}, err
	}
	open, err := j.waiting(j.tx, j.at)
	if err != nil {
		return Rendered{}, err
	}
	v := templates.WeeklyView{
		Head: j.head, ID: h.Branch, Branches: w.Branches, Posts: w.Posts(), SignIns: w.SignIns, Leaves: w.Leaves, Forms: w.Forms,
		Approved: w.Approved, Hours: int((w.ApprovalTook + 30*time.Minute) / time.Hour), Slow: w.Slow,
	}
	v.Committee = h.Branch == ""
	for _, p := range open.Open() {
		if !p.Past && h.Concerns(p) {
			v.Open++
		}
	}
	return say(j, j.Texts.Weekly, v)
}
