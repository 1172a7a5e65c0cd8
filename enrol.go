package themeday

import "fmt"

// Enrolled counts what an import of a roster changed.
type Enrolled struct {
	Branches, People, Memberships, Left int
	Bound                               int `json:",omitempty"` // user ids in WeCom that were joined to somebody
	New                                 []PersonID
	Notes                               []string `json:"-"` // Chinese: who gained or lost an office above the branches, and who was taken for whom
}

// Enrol takes a read roster over (R08): new branches and people are added, changed places replaced, and who is no longer on a branch's list
// leaves it on the day of the import. Branches that the sheet does not name stay as they are.
func (d Desk) Enrol(tx Tx, c Cause, r Roster, progress func(done int)) (Enrolled, error) {
	e := &enrolment{desk: d, tx: tx, c: c, today: d.Day(c.At), seen: map[string]bool{}, above: r.above()}
	if err := e.load(); err != nil {
		return e.out, err
	}
	r, err := e.asKnown(r)
	if err != nil {
		return e.out, err
	}
	if err := e.branches(r); err != nil {
		return e.out, err
	}
	e.sheet = map[BranchID]bool{}
	for _, l := range r.Lines {
		e.sheet[BranchID(l.Branch)] = true
	}
	rows := r.People()
	them, err := e.match(rows)
	if err != nil {
		return e.out, err
	}
	for i, p := range rows {
		if err := e.person(p, them[i]); err != nil {
			return e.out, err
		}
		if progress != nil {
			progress(i + 1)
		}
	}
	if err := e.leavers(r); err != nil {
		return e.out, err
	}
	if err := e.dismissed(them); err != nil {
		return e.out, err
	}
	return e.out, note(tx, c, "", nounRoster, d.Day(c.At).String(), nil, e.out, "")
}

type enrolment struct {
	desk   Desk
	tx     Tx
	c      Cause
	today  Date
	people map[string][]Person
	places map[PersonID][]Membership // today's
	past   map[PersonID][]Membership // those that are over
	known  map[BranchID]Branch
	fresh  map[BranchID]bool
	number map[BranchID]int              // the last one that was given
	held   map[BranchID]map[int]PersonID // whose a number is
	sheet  map[BranchID]bool             // the branches of this sheet
	seen   map[string]bool               // branch/person of this sheet
	above  bool                          // the sheet tells of offices above the branches
	out    Enrolled
}

func (e *enrolment) load() error {
	people, err := e.tx.People()
	if err != nil {
		return err
	}
	places, err := e.tx.Memberships()
	if err != nil {
		return err
	}
	branches, err := e.tx.Branches()
	if err != nil {
		return err
	}
	e.people, e.places, e.past = map[string][]Person{}, map[PersonID][]Membership{}, map[PersonID][]Membership{}
	e.known, e.fresh, e.number = map[BranchID]Branch{}, map[BranchID]bool{}, map[BranchID]int{}
	for _, p := range people {
		e.people[p.Name] = append(e.people[p.Name], p)
	}
	for _, m := range places {
		if m.On(e.today) {
			e.places[m.Person] = append(e.places[m.Person], m)
		} else {
			e.past[m.Person] = append(e.past[m.Person], m)
		}
	}
	for _, b := range branches {
		e.known[b.ID] = b
	}
	e.numbered(places)
	return nil
}

func (e *enrolment) branches(r Roster) error {
	for _, l := range r.Lines {
		if l.Branch == "" {
			continue
		}
		b, ok := e.known[BranchID(l.Branch)]
		if ok && b.Group == l.Group {
			continue
		}
		b.Group = l.Group
		if !ok {
			b.ID, b.Name = BranchID(l.Branch), l.Branch
			e.fresh[b.ID] = true
			e.out.Branches++
		}
		e.known[b.ID] = b
		if err := e.tx.PutBranch(b); err != nil {
			return err
		}
	}
	return nil
}

func (e *enrolment) person(p RosterPerson, old *Person) error {
	now, err := e.identify(p, old)
	if err != nil {
		return err
	}
	if err := e.bindWeCom(now, p.WeCom); err != nil {
		return err
	}
	var guides []BranchID
	for _, g := range p.Guides {
		guides = append(guides, BranchID(g))
	}
	if e.above || len(guides) > 0 {
		if err := e.tx.PutGuides(now.ID, guides); err != nil {
			return err
		}
	}
	for _, l := range p.Memberships {
		if err := e.place(now, l); err != nil {
			return err
		}
	}
	return nil
}

func (e *enrolment) place(p Person, l RosterLine) error {
	b := BranchID(l.Branch)
	e.seen[fmt.Sprintf("%s/%d", b, p.ID)] = true
	m := Membership{Branch: b, Person: p.ID, Number: e.numberOf(p.ID, b), Offices: l.Offices, Category: l.Category, PartyGroup: l.PartyGroup, Frail: l.Frail, Card: l.Card}
	for _, old := range e.places[p.ID] {
		if old.Branch != b {
			continue
		}
		m.Since = old.Since
		if m.Number == old.Number && m.Offices.String() == old.Offices.String() && m.Category == old.Category && m.PartyGroup == old.PartyGroup && m.Frail == old.Frail && m.Card == old.Card {
			return nil
		}
		e.out.Memberships++
		if m.Offices.String() == old.Offices.String() && m.Category == old.Category && m.PartyGroup == old.PartyGroup {
			return e.tx.PutMembership(m)
		}
		return changePlace(e.tx, old, m, e.today) // what activities are judged by holds from today on
	}
	if !e.fresh[b] {
		m.Since = e.today
	}
	e.out.Memberships++
	return e.tx.PutMembership(m)
}

// leavers: who stood on the list of a branch of this sheet and no longer does.
func (e *enrolment) leavers(r Roster) error {
	named := map[BranchID]bool{}
	for _, l := range r.Lines {
		named[BranchID(l.Branch)] = true
	}
	all, err := e.tx.Memberships()
	if err != nil {
		return err
	}
	for _, m := range all {
		if !named[m.Branch] || !m.On(e.today) || e.seen[fmt.Sprintf("%s/%d", m.Branch, m.Person)] {
			continue
		}
		if m.Until, err = e.desk.lastDay(e.tx, m.Branch, e.c.At); err != nil {
			return err
		}
		e.out.Left++
		if err := e.tx.PutMembership(m); err != nil {
			return err
		}
	}
	return nil
}

func (e *enrolment) note(format string, args ...any) {
	e.out.Notes = append(e.out.Notes, fmt.Sprintf(format, args...))
}
