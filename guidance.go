package themeday

import (
	"slices"
	"time"
)

// LeaderYear is a leader's two lives in a year (R09, R10): as an ordinary member of his own branch, and with those that he guides.
type LeaderYear struct {
	Person    Person
	Own       []OwnYear
	Guided    []GuidedYear
	Elsewhere int // visits of branches that he does not guide
	Comments  int // R27
}

// OwnYear is his attendance in a branch of which he is a member, of the activities that were held while he was on its roster.
type OwnYear struct {
	Branch    Branch
	Months    []OwnMonth
	Came, Due int
}

// OwnMonth is where he stood in one month.
type OwnMonth struct {
	Month    YearMonth
	Standing Standing
}

// GuidedYear are his visits of a branch that he guides, by quarter.
type GuidedYear struct {
	Branch   Branch
	Visits   [4]int
	Comments int
}

// Unvisited is a guided branch that was not visited as often as a quarter asks, and what it does next.
type Unvisited struct {
	Branch Branch
	Guides []Person
	Next   Activity // undated: none is planned
}

// visited is an activity of the year and who was there.
type visited struct {
	Activity
	roster   BranchRoster
	held     bool
	in       map[PersonID]SignIn
	leave    map[PersonID]bool
	comments map[PersonID]bool
}

// came tells whether somebody who is no member was there: signed in, or he has commented.
func (v visited) came(p PersonID) bool {
	if c, here := v.roster.Find(p); here && c.Counts() {
		return false
	}
	_, in := v.in[p]
	return in || v.comments[p]
}

func (d Desk) visits(tx Tx, from, to YearMonth, at time.Time) ([]visited, error) {
	all, err := tx.AllActivities(from, to)
	if err != nil {
		return nil, err
	}
	var out []visited
	for _, a := range all {
		if !a.Dated() || at.Before(a.SignInOpens(d.For(a).Rules)) {
			continue
		}
		v, err := d.visit(tx, a, at)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func (d Desk) visit(tx Tx, a Activity, at time.Time) (visited, error) {
	v := visited{Activity: a, in: map[PersonID]SignIn{}, leave: map[PersonID]bool{}, comments: map[PersonID]bool{}}
	var err error
	if v.roster, err = d.RosterOf(tx, a); err != nil {
		return v, err
	}
	signins, err := tx.SignIns(a.ID)
	if err != nil {
		return v, err
	}
	for _, s := range signins {
		v.in[s.Person] = s
	}
	v.held = a.Over(at) && (len(signins) > 0 || a.Done(SigningIn))
	leaves, err := tx.Leaves(a.ID)
	if err != nil {
		return v, err
	}
	for _, l := range leaves {
		v.leave[l.Person] = l.Excuses()
	}
	comments, err := tx.Comments(a.ID)
	for _, k := range comments {
		v.comments[k.Person] = true
	}
	return v, err
}

// standing is where a member stands.
func (v visited) standing(p PersonID) Standing {
	s, in := v.in[p]
	switch {
	case in && s.How == Remote:
		return StandsRemote
	case in:
		return StandsPresent
	case v.leave[p]:
		return StandsLeave
	}
	return StandsAbsent
}

// LeaderYears are the leaders and the committee with a year's attendance, visits and comments as they stand at an instant, by id.
func (d Desk) LeaderYears(tx Tx, year int, at time.Time) ([]LeaderYear, error) {
	people, err := tx.People()
	if err != nil {
		return nil, err
	}
	branches, err := tx.Branches()
	if err != nil {
		return nil, err
	}
	guides, err := tx.Guides()
	if err != nil {
		return nil, err
	}
	all, err := d.visits(tx, YearMonth{year, time.January}, YearMonth{year, time.December}, at)
	if err != nil {
		return nil, err
	}
	var out []LeaderYear
	for _, p := range people {
		if !p.Liaison && !p.Committee {
			continue
		}
		l := LeaderYear{Person: p}
		for _, b := range branches {
			l.branch(b, slices.Contains(guides, Guide{p.ID, b.ID}), all)
		}
		out = append(out, l)
	}
	return out, nil
}

// branch adds what he did in one branch.
func (l *LeaderYear) branch(b Branch, guided bool, all []visited) {
	own, g, visits := OwnYear{Branch: b}, GuidedYear{Branch: b}, 0
	for _, v := range all {
		if v.Branch != b.ID {
			continue
		}
		if c, here := v.roster.Find(l.Person.ID); here && c.Counts() {
			own.add(v, l.Person.ID)
			continue
		}
		if v.came(l.Person.ID) {
			visits++
			g.Visits[v.Month.Quarter().N-1]++
		}
		g.Comments += boolInt(v.comments[l.Person.ID])
	}
	if own.Due > 0 {
		l.Own = append(l.Own, own)
	}
	l.Comments += g.Comments
	if guided {
		l.Guided = append(l.Guided, g)
	} else {
		l.Elsewhere += visits
	}
}

func (o *OwnYear) add(v visited, p PersonID) {
	if !v.held {
		return
	}
	s := v.standing(p)
	o.Due++
	o.Came += boolInt(s == StandsPresent || s == StandsRemote)
	o.Months = append(o.Months, OwnMonth{v.Month, s})
}

// Unvisited are the guided branches that none of their leaders has visited as often as a quarter asks (R10), in order of the branches.
func (d Desk) Unvisited(tx Tx, q Quarter, at time.Time) ([]Unvisited, error) {
	people, err := tx.People()
	if err != nil {
		return nil, err
	}
	branches, err := d.OpenBranches(tx, at)
	if err != nil {
		return nil, err
	}
	guides, err := tx.Guides()
	if err != nil || d.Rules.GuideVisits == 0 {
		return nil, err
	}
	all, err := d.visits(tx, q.First().MonthOf(), q.Last().MonthOf(), at)
	if err != nil {
		return nil, err
	}
	var out []Unvisited
	for _, b := range branches {
		u := Unvisited{Branch: b}
		for _, p := range people {
			if p.Liaison && slices.Contains(guides, Guide{p.ID, b.ID}) {
				u.Guides = append(u.Guides, p)
			}
		}
		if len(u.Guides) == 0 || u.visits(all) >= d.Rules.GuideVisits {
			continue
		}
		if u.Next, _, err = d.Next(tx, b.ID, at); err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return out, nil
}

func (u Unvisited) visits(all []visited) int {
	n := 0
	for _, v := range all {
		n += boolInt(v.Branch == u.Branch.ID && slices.ContainsFunc(u.Guides, func(p Person) bool { return v.came(p.ID) }))
	}
	return n
}
