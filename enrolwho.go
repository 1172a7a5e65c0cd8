package themeday

import "slices"

// above tells whether a sheet names anybody of the committee or any guiding leader.
func (r Roster) above() bool {
	return slices.ContainsFunc(r.Lines, func(l RosterLine) bool { return l.Offices.Has(Committee) || l.Offices.Has(Liaison) })
}

// match finds for every person of the sheet whom the house knows by him; nil is somebody new. An equal phone goes before all. Then the name
// within the same branch, or among those above the branches: a new number makes nobody another; then somebody who left a branch of this very
// sheet for another. Else a name alone, in another branch, is another person, and so is a guest who was never on a list.
func (e *enrolment) match(rows []RosterPerson) ([]*Person, error) {
	them, taken := make([]*Person, len(rows)), map[PersonID]bool{}
	take := func(i int, p Person) { them[i], taken[p.ID] = &p, true }
	for i, r := range rows {
		for _, p := range e.people[r.Name] {
			if them[i] == nil && r.Phone != "" && p.Phone == r.Phone && !e.onlyGuest(p) && !taken[p.ID] {
				take(i, p)
			}
		}
	}
	for _, fits := range []func(RosterPerson, Person) bool{e.fitsToday, e.fitsBefore} {
		for i, r := range rows {
			if them[i] != nil {
				continue
			}
			hits := slices.DeleteFunc(slices.Clone(e.people[r.Name]), func(p Person) bool { return taken[p.ID] || !fits(r, p) })
			if len(hits) > 1 {
				return nil, Refuse(Conflict, R08, "“%s”在系统里是%d位同志，名册里分不清是哪一位，请在这几行填手机", r.Name, len(hits))
			}
			if len(hits) == 1 {
				take(i, hits[0])
			}
		}
	}
	e.movers(rows, them, taken)
	for i, r := range rows {
		e.noteMatch(r, them[i])
	}
	return them, nil
}

// movers takes who stands on the list of branches of this sheet, and by the sheet in none of them any more, for the one row of his name in
// another branch: he has moved, and his history goes with him.
func (e *enrolment) movers(rows []RosterPerson, them []*Person, taken map[PersonID]bool) {
	for i, r := range rows {
		if them[i] != nil || len(r.Memberships) == 0 || slices.ContainsFunc(rows[i+1:], named(r.Name)) || slices.ContainsFunc(rows[:i], named(r.Name)) {
			continue
		}
		var hits []Person
		for _, p := range e.people[r.Name] {
			places := e.places[p.ID]
			if taken[p.ID] || len(places) == 0 || r.Phone != "" && p.Phone != "" && r.Phone != p.Phone {
				continue
			}
			if !slices.ContainsFunc(places, func(m Membership) bool { return !e.sheet[m.Branch] }) {
				hits = append(hits, p)
			}
		}
		if len(hits) != 1 {
			continue
		}
		them[i], taken[hits[0].ID] = &hits[0], true
		e.note("%s从%s移到%s，按同一人处理，以前的记录跟着走；若是另一人，请先从名册上去掉原来的%s导入一次，再加新的", r.Name,
			e.known[e.places[hits[0].ID][0].Branch].Name, e.known[BranchID(r.Memberships[0].Branch)].Name, r.Name)
	}
}

func named(name string) func(RosterPerson) bool {
	return func(r RosterPerson) bool { return r.Name == name }
}

// onlyGuest: he was never on a list and has no office.
func (e *enrolment) onlyGuest(p Person) bool {
	return len(e.places[p.ID]) == 0 && len(e.past[p.ID]) == 0 && !p.Committee && !p.Liaison
}

// fitsToday: he stands in a branch of the row, or above the branches as the row does.
func (e *enrolment) fitsToday(r RosterPerson, p Person) bool {
	return r.Committee && p.Committee || r.Liaison && p.Liaison || shares(r, e.places[p.ID])
}

// fitsBefore: he stood in a branch of the row, and no other phone speaks against him.
func (e *enrolment) fitsBefore(r RosterPerson, p Person) bool {
	return (r.Phone == "" || p.Phone == "") && shares(r, e.past[p.ID])
}

func shares(r RosterPerson, places []Membership) bool {
	return slices.ContainsFunc(r.Memberships, func(l RosterLine) bool {
		return slices.ContainsFunc(places, func(m Membership) bool { return m.Branch == BranchID(l.Branch) })
	})
}

// noteMatch says what is worth a look: a new number, or namesakes who are taken for two.
func (e *enrolment) noteMatch(r RosterPerson, p *Person) {
	switch {
	case p != nil && r.Phone != "" && p.Phone != "" && r.Phone != p.Phone:
		e.note("%s的手机号换了，姓名和支部相同，按同一人处理；若是另一人，请先从名册上去掉原来的%s再导入", r.Name, r.Name)
	case p == nil && len(e.people[r.Name]) > 0:
		e.note("%s与系统里已有的同名同志不是同一支部，手机号也不相同，按两人处理；若是一人请填相同的手机号", r.Name)
	}
}

// identify takes the row of a person over, or adds him. Who gains an office has to be vouched for anew by the committee or the operator.
func (e *enrolment) identify(r RosterPerson, old *Person) (Person, error) {
	want := Person{Name: r.Name, Phone: r.Phone, Committee: r.Committee, Liaison: r.Liaison}
	if old == nil {
		id, err := e.tx.AddPerson(want)
		want.ID = id
		e.out.People++
		e.out.New = append(e.out.New, id)
		e.noteOffices(Person{}, want)
		return want, err
	}
	want.ID = old.ID
	if want.Phone == "" {
		want.Phone = old.Phone
	}
	if !e.above {
		want.Committee, want.Liaison = old.Committee, old.Liaison
	}
	e.noteOffices(*old, want)
	if e.rises(r, *old) {
		if err := e.unvouch(want); err != nil {
			return want, err
		}
	}
	if want == *old {
		return want, nil
	}
	return want, e.tx.PutPerson(want)
}

// rises tells whether a row gives somebody an office that he does not have yet.
func (e *enrolment) rises(r RosterPerson, old Person) bool {
	if r.Committee && !old.Committee || r.Liaison && !old.Liaison {
		return true
	}
	for _, l := range r.Memberships {
		var had Offices
		for _, m := range e.places[old.ID] {
			if m.Branch == BranchID(l.Branch) {
				had = m.Offices
			}
		}
		for _, o := range l.Offices {
			if o != Member && o != Committee && o != Liaison && !had.Has(o) {
				return true
			}
		}
	}
	return false
}

// unvouch drops how somebody was recognised so far, and says so.
func (e *enrolment) unvouch(p Person) error {
	dropped, err := e.desk.unvouch(e.tx, e.c, p)
	if dropped {
		e.note("%s有了新的职务，原来的绑定不再算数；微信备注不是他的姓名的，请机关党委重新发绑定码", p.Name)
	}
	return err
}

// unvouch drops how somebody was recognised so far and the open codes for him, but not what the committee or the operator vouched for.
func (d Desk) unvouch(tx Tx, c Cause, p Person) (dropped bool, err error) {
	codes, err := tx.Codes(p.ID)
	if err != nil {
		return false, err
	}
	weighty := map[int64]bool{} // when such a code was used: the binding has the same instant
	for _, b := range codes {
		ok, err := d.weighty(tx, b)
		if err != nil {
			return dropped, err
		}
		if ok {
			weighty[b.Used.UnixNano()] = !b.Used.IsZero()
			continue
		}
		if b.Used.IsZero() && c.At.Before(b.Expires) {
			b.Expires, dropped = c.At, true
			if err := tx.PutCode(b); err != nil {
				return dropped, err
			}
		}
	}
	bound, err := tx.BindingsOf(p.ID)
	if err != nil {
		return dropped, err
	}
	for _, b := range bound {
		if weighty[b.At.UnixNano()] || b.imported() {
			continue
		}
		dropped = dropped || b.Level == Certain
		if err := tx.DropBinding(b); err != nil {
			return dropped, err
		}
	}
	return dropped, nil
}

// dismissed takes the offices above the branches from those whom a sheet with such offices no longer names.
func (e *enrolment) dismissed(them []*Person) error {
	if !e.above {
		return nil
	}
	named := map[PersonID]bool{}
	for _, p := range them {
		if p != nil {
			named[p.ID] = true
		}
	}
	people, err := e.tx.People()
	if err != nil {
		return err
	}
	left := false
	for _, p := range people {
		if named[p.ID] || slices.Contains(e.out.New, p.ID) || !p.Committee && !p.Liaison {
			left = left || p.Committee
			continue
		}
		now := p
		now.Committee, now.Liaison = false, false
		e.noteOffices(p, now)
		if err := e.tx.PutGuides(p.ID, nil); err != nil {
			return err
		}
		if err := e.tx.PutPerson(now); err != nil {
			return err
		}
	}
	if !left {
		e.note("现在没有机关党委，计划没有人审定，请确认")
	}
	return nil
}

func (e *enrolment) noteOffices(old, now Person) {
	for _, o := range []struct {
		office   Office
		had, has bool
	}{{Committee, old.Committee, now.Committee}, {Liaison, old.Liaison, now.Liaison}} {
		switch {
		case !o.had && o.has:
			e.note("%s 成为%s", now.Name, o.office)
		case o.had && !o.has:
			e.note("%s 不再是%s", now.Name, o.office)
		}
	}
}
