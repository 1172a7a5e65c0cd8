package themeday

import "slices"

// AsGuest is somebody who comes to a branch without being of it.
func (p Person) AsGuest(b BranchID) Comrade {
	c := Comrade{Person: p, Membership: Membership{Branch: b, Person: p.ID, Card: p.Name, Category: Masses}}
	if k := p.aboveKind(); k != "" {
		c.Category = Category(k)
	}
	return c
}

// aboveKind is as what somebody above the branches comes to one as a guest (R10); empty for everybody else.
func (p Person) aboveKind() string {
	switch {
	case p.Liaison:
		return kindLeader
	case p.Committee:
		return kindCommittee
	}
	return ""
}

// Visitors are the leaders who may be met in a branch's group beside its roster (R10): those who guide it, and the others who do. A name that
// somebody of the roster bears is left to him, and one that several bear in the house to those who are certain; of the branch's own
// leaders only the roster counts.
func (d Desk) Visitors(tx Tx, b BranchID, roster BranchRoster, standing func(PersonID) bool) (BranchRoster, error) {
	people, err := tx.People()
	if err != nil {
		return nil, err
	}
	guides, err := tx.Guides()
	if err != nil {
		return nil, err
	}
	var out BranchRoster
	for _, p := range people {
		if !p.Liaison {
			continue
		}
		if _, here := roster.Find(p.ID); here || roster.bears(p.Name) {
			continue
		}
		bearers, guiding := 0, 0
		for _, q := range people {
			if q.Name == p.Name {
				bearers += boolInt(standing(q.ID))
				guiding += boolInt(slices.Contains(guides, Guide{q.ID, b}))
			}
		}
		his := slices.Contains(guides, Guide{p.ID, b}) && guiding == 1
		if his || bearers == 1 {
			out = append(out, p.AsGuest(b))
		}
	}
	return out, nil
}

// bears tells whether somebody of the roster has a name, on his card or off it.
func (r BranchRoster) bears(name string) bool {
	return slices.ContainsFunc(r, func(c Comrade) bool { return c.Name == name || CleanName(c.Card) == name })
}

// Above finds the leader or the committee member of a name who stands above the branches; of several the one who guides the branch. Only
// leaders when the kind says so.
func (d Desk) Above(tx Tx, b BranchID, name, kind string) (Person, error) {
	people, err := tx.People()
	if err != nil {
		return Person{}, err
	}
	guides, err := tx.Guides()
	if err != nil {
		return Person{}, err
	}
	var hits, his []Person
	for _, p := range people {
		fits := p.Liaison && kind != kindCommittee || p.Committee && kind != kindLeader
		if p.Name != name || !fits {
			continue
		}
		hits = append(hits, p)
		if slices.Contains(guides, Guide{p.ID, b}) {
			his = append(his, p)
		}
	}
	switch {
	case len(his) == 1:
		return his[0], nil
	case len(hits) == 1:
		return hits[0], nil
	case len(hits) > 1:
		return Person{}, Refuse(Conflict, R10, "有%d位领导叫%s，请先在名册里区别姓名", len(hits), Shown(name))
	}
	office := kindLeader + "或" + kindCommittee
	if kind != "" {
		office = kind
	}
	return Person{}, Refuse(NotFound, R10, "名册上没有叫“%s”的%s，请核对姓名，或请机关党委在名册里补上", Shown(name), office)
}

// Guided are the branches that somebody guides (R10).
func Guided(tx Tx, p PersonID) ([]BranchID, error) {
	all, err := tx.Guides()
	var out []BranchID
	for _, g := range all {
		if g.Person == p {
			out = append(out, g.Branch)
		}
	}
	return out, err
}

// seat writes down as what a leader came who signs in without having been invited, so that the record can tell later when he has other offices.
func (d Desk) seat(tx Tx, c Cause, a Activity, who Comrade) error {
	kind := who.aboveKind()
	if kind == "" || who.Counts() {
		return nil
	}
	roster, err := d.RosterOf(tx, a)
	if err != nil {
		return err
	}
	if _, here := roster.Find(who.ID); here {
		return nil
	}
	guests, err := tx.Guests(a.ID)
	if err != nil || slices.ContainsFunc(guests, func(g Guest) bool { return g.Person == who.ID }) {
		return err
	}
	g := Guest{Activity: a.ID, Person: who.ID, Name: who.Name, Kind: kind}
	if err := note(tx, c, a.ID, nounGuest, key(a.ID, who.ID), nil, g, ""); err != nil {
		return err
	}
	return tx.PutGuest(g)
}
