package storage

import (
	"slices"

	"themeday"
)

const (
	branchColumns     = "id, name, chat_group, closed, closed_why, merged_into"
	personColumns     = "id, name, phone, committee, liaison"
	membershipColumns = "branch, person, since, until, number, offices, category, party_group, frail, card"
)

func (t *tx) People() ([]themeday.Person, error) {
	return recall(t, "people", everybody{}, t.readPeople)
}

func (t *tx) readPeople() ([]themeday.Person, error) {
	return list(t, "people", func(r row, p *themeday.Person) error {
		return r.Scan(&p.ID, &p.Name, &p.Phone, &p.Committee, &p.Liaison)
	}, "SELECT "+personColumns+" FROM people ORDER BY id")
}

// AddPerson makes an id that nobody ever had; the one in p is not looked at.
func (t *tx) AddPerson(p themeday.Person) (themeday.PersonID, error) {
	id, err := t.add("people", "name, phone, committee, liaison", "id", p.Name, p.Phone, p.Committee, p.Liaison)
	return themeday.PersonID(id), err
}

func (t *tx) PutPerson(p themeday.Person) error {
	return t.put("people", personColumns, p.ID, p.Name, p.Phone, p.Committee, p.Liaison)
}

func (t *tx) Memberships() ([]themeday.Membership, error) {
	return recall(t, "memberships", everybody{}, t.readMemberships)
}

func (t *tx) readMemberships() ([]themeday.Membership, error) {
	all, err := list(t, "memberships", func(r row, m *themeday.Membership) error { return r.Scan(placeOf(m)...) },
		"SELECT "+qualified("m", membershipColumns)+` FROM memberships m JOIN branches b ON b.id = m.branch
		ORDER BY b.position, m.number, m.person, m.since`)
	for i := range all {
		all[i].Offices = slices.Clip(all[i].Offices) // several may hold them
	}
	return all, err
}

func (t *tx) PutMembership(m themeday.Membership) error {
	return t.put("memberships", membershipColumns, m.Branch, m.Person, dayText(m.Since), dayText(m.Until), m.Number,
		asJSON(m.Offices), m.Category, m.PartyGroup, m.Frail, m.Card)
}

func placeOf(m *themeday.Membership) []any {
	return []any{&m.Branch, &m.Person, fromText(&m.Since), fromText(&m.Until), &m.Number, fromJSON(&m.Offices), &m.Category, &m.PartyGroup, &m.Frail, &m.Card}
}

// Roster lists a branch by the numbers of its printed list.
func (t *tx) Roster(b themeday.BranchID, on themeday.Date) (themeday.BranchRoster, error) {
	people, err := recall(t, "people", everybody{}, t.readPeople)
	if err != nil {
		return nil, err
	}
	places, err := t.placesIn(b)
	var out themeday.BranchRoster
	for _, m := range places {
		if !m.On(on) {
			continue
		}
		if p, there := personOf(people, m.Person); there {
			out = append(out, themeday.Comrade{Person: p, Membership: m})
		}
	}
	return out, err
}

// span is where a branch's places stand among all.
type span struct{ from, to int }

// placesIn are the places of a branch, of all times.
func (t *tx) placesIn(b themeday.BranchID) ([]themeday.Membership, error) {
	all, err := recall(t, "memberships", everybody{}, t.readMemberships)
	if err != nil {
		return nil, err
	}
	spans, err := recall(t, "memberships", span{}, func() ([]map[themeday.BranchID]span, error) {
		out := map[themeday.BranchID]span{}
		for i, m := range all {
			s, there := out[m.Branch]
			if !there {
				s.from = i
			}
			s.to = i + 1
			out[m.Branch] = s
		}
		return []map[themeday.BranchID]span{out}, nil
	})
	if err != nil {
		return nil, err
	}
	s := spans[0][b]
	return all[s.from:s.to], nil
}

// Guides come by person, then in the order of the branches.
func (t *tx) Guides() ([]themeday.Guide, error) {
	return recall(t, "guides", everybody{}, func() ([]themeday.Guide, error) {
		return list(t, "guides", func(r row, g *themeday.Guide) error { return r.Scan(&g.Person, &g.Branch) },
			"SELECT g.person, g.branch FROM guides g JOIN branches b ON b.id = g.branch ORDER BY g.person, b.position")
	})
}

// PutGuides replaces all branches that a person guides; none takes them from him.
func (t *tx) PutGuides(p themeday.PersonID, branches []themeday.BranchID) error {
	if err := t.drop("guides", "person = ?", p); err != nil {
		return err
	}
	for _, b := range branches {
		if err := t.put("guides", "person, branch", p, b); err != nil {
			return err
		}
	}
	return nil
}
