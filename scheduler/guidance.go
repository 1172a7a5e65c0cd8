package scheduler

import (
	"fmt"
	"strings"
	"time"

	"themeday"
	"themeday/templates"
)

// committeeArg begins the argument of the collected line for the committee; the quarter follows.
const committeeArg = "committee "

// guidance plans the looks at the running quarter, some days before its end: one for every leader who guides branches and one for everybody
// of the committee (R10). Whether there is anything to say is seen when they are due. They belong to no single branch.
func (p *Planner) guidance(tx themeday.Tx, at time.Time) error {
	if p.Desk.Rules.GuideVisits == 0 {
		return nil
	}
	guides, err := tx.Guides()
	if err != nil || len(guides) == 0 {
		return err
	}
	people, err := tx.People()
	if err != nil {
		return err
	}
	guiding := map[themeday.PersonID]bool{}
	for _, g := range guides {
		guiding[g.Person] = true
	}
	q := themeday.QuarterOf(p.Desk.Day(at))
	due, end := p.Schedule.On(LookGuidance, q.Last().AddDays(-p.Desk.Rules.GuideWarnDays)), q.Last().AddDays(1).Start(p.Desk.Zone)
	if due.IsZero() || !due.Before(end) {
		return nil
	}
	for _, who := range people {
		for _, arg := range guidanceArgs(who, guiding[who.ID], q) {
			post := themeday.Post{
				Key: fmt.Sprintf("%s/%s/%d", themeday.GuidanceDue, strings.ReplaceAll(arg, " ", "/"), who.ID), Kind: themeday.GuidanceDue, To: themeday.ToPerson, Person: who.ID, Arg: arg,
				Due: due, Planned: due, Expires: end, State: themeday.Waiting,
			}
			if err := p.once(tx, post); err != nil {
				return err
			}
		}
	}
	return nil
}

// guidanceArgs are as what somebody is told: as a leader, as one of the committee, or as both.
func guidanceArgs(who themeday.Person, guiding bool, q themeday.Quarter) []string {
	var out []string
	if who.Liaison && guiding {
		out = append(out, q.String())
	}
	if who.Committee {
		out = append(out, committeeArg+q.String())
	}
	return out
}

// once adds a post that never was, and lets one that waits follow the schedule.
func (p *Planner) once(tx themeday.Tx, post themeday.Post) error {
	old, there, err := tx.Post(post.Key)
	switch {
	case err != nil:
		return err
	case !there:
		return tx.PutPost(post)
	case old.State == themeday.Waiting:
		return move(tx, old, post)
	}
	return nil
}

// guidanceDue names the guided branches that were not visited in the quarter: to a leader his own, with what they do next; to the committee
// all of them in one line.
func (j job) guidanceDue() (Rendered, error) {
	people, err := j.tx.People()
	if err != nil {
		return Rendered{}, err
	}
	q := themeday.QuarterOf(j.Desk.Day(j.planned))
	open, err := j.Desk.Unvisited(j.tx, q, j.at)
	if err != nil {
		return Rendered{}, err
	}
	v := templates.GuidanceDueView{Head: j.head, Quarter: q.Chinese(), Days: q.Last().Sub(j.Desk.Day(j.at)), Target: j.Desk.Rules.GuideVisits}
	for _, who := range people {
		if who.ID == j.post.Person && !who.Committee && j.head.Committee {
			return nothing("no longer of the committee")
		}
	}
	for _, u := range open {
		j.unvisited(&v, u, q)
	}
	if len(v.Open) == 0 {
		return nothing("every guided branch was visited")
	}
	return say(j, j.Texts.GuidanceDue, v)
}

// unvisited adds a branch that the reader is to hear of.
func (j job) unvisited(v *templates.GuidanceDueView, u themeday.Unvisited, q themeday.Quarter) {
	his := j.head.Committee
	var names []string
	for _, p := range u.Guides {
		names = append(names, p.Name)
		his = his || p.ID == j.post.Person
	}
	if !his {
		return
	}
	v.Open = append(v.Open, templates.OpenLine{Branch: u.Branch.Name, Guides: strings.Join(names, "、")})
	if j.head.Committee {
		return
	}
	n := templates.NextVisit{Branch: u.Branch.Name, Approved: u.Next.Approved(), Place: u.Next.Place, Topic: strings.Join(u.Next.Topics, "；")}
	if u.Next.Dated() {
		n.Later = j.Desk.Day(u.Next.Starts).After(q.Last())
		n.When = j.Desk.When(u.Next.Starts) + j.Desk.Local(u.Next.Ends).Format("-15:04")
	}
	v.Next = append(v.Next, n)
}

// commentGiven tells the secretary what a leader who came said (R27).
func (j job) commentGiven() (Rendered, error) {
	all, err := j.tx.Comments(j.a.ID)
	if err != nil {
		return Rendered{}, err
	}
	for _, k := range all {
		if k.Person != j.post.Person {
			continue
		}
		name, err := j.name(k.Person)
		if err != nil {
			return Rendered{}, err
		}
		return say(j, j.Texts.CommentGiven, templates.CommentGivenView{Head: j.head, Activity: j.a.ID, Leader: name, Text: k.Text, At: j.local(k.At)})
	}
	return nothing("it was taken back")
}
