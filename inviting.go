package themeday

import (
	"strings"
)

// Delegate lets a deputy or a branch committee member host, with a reason (R19).
func (d Desk) Delegate(tx Tx, c Cause, a Activity, who Comrade, why string) (Activity, error) {
	if err := tooLong(R19, "委托事由", why, reasonMost); err != nil {
		return a, err
	}
	switch {
	case strings.TrimSpace(why) == "":
		return a, Refuse(Invalid, R19, "委托主持要写事由，例如：委托主持 %s %s 书记外出开会", a.Month.Chinese(), who.Name)
	case !who.Offices.Has(Deputy) && !who.Offices.Has(CommitteeMember):
		return a, Refuse(Forbidden, R19, "只能委托副书记或支委主持，%s不是", who.Name)
	}
	return d.change(tx, c, a, why, func(n *Activity) error {
		n.Host, n.HostWhy = who.ID, why
		if n.Over(c.At) {
			return d.open(*n, c.At)
		}
		return nil
	})
}

// NameRecorder names who writes the minutes of one activity (R11).
func (d Desk) NameRecorder(tx Tx, c Cause, a Activity, who Comrade) (Activity, error) {
	return d.change(tx, c, a, "", func(n *Activity) error {
		n.Recorder = who.ID
		if !n.Filed.IsZero() {
			return Refuse(TooLate, R22, "%s纪实表已上报，不能再换记录员", n.Month.Chinese())
		}
		return nil
	})
}

// Invite invites somebody who is no member to one activity (列席, R14).
func (d Desk) Invite(tx Tx, c Cause, a Activity, name, kind string) (Guest, error) {
	roster, err := d.RosterOf(tx, a)
	if err != nil {
		return Guest{}, err
	}
	if kind, err = d.invitedAs(tx, a, name, kind); err != nil {
		return Guest{}, err
	}
	p, err := d.invited(tx, a, roster, name, kind)
	if err != nil {
		return Guest{}, err
	}
	g := Guest{Activity: a.ID, Person: p.ID, Name: p.Name, Kind: kind}
	if err := note(tx, c, a.ID, nounGuest, key(a.ID, p.ID), nil, g, ""); err != nil {
		return Guest{}, err
	}
	return g, tx.PutGuest(g)
}

// invitedAs is the kind of a guest; a leader or one of the committee needs none to be named.
func (d Desk) invitedAs(tx Tx, a Activity, name, kind string) (string, error) {
	if kind != "" {
		return GuestKind(kind)
	}
	p, err := d.Above(tx, a.Branch, name, "")
	if CodeOf(err) == NotFound {
		return "", Refuse(Invalid, R14, "请写列席身份，例如：列席 %s %s 积极分子", a.Month.Chinese(), name)
	}
	return p.aboveKind(), err
}

// invited finds who is meant. A leader or one of the committee is he himself, whoever else bears the name, unless he is a member of the branch.
func (d Desk) invited(tx Tx, a Activity, roster BranchRoster, name, kind string) (Person, error) {
	ordinary := func(p Person) error { return Refuse(Conflict, R14, "%s是本支部党员，不用列席", p.Name) }
	if kind == kindLeader || kind == kindCommittee {
		p, err := d.Above(tx, a.Branch, name, kind)
		if c, here := roster.Find(p.ID); err == nil && here && c.Counts() {
			return p, ordinary(p)
		}
		return p, err
	}
	who, err := roster.Named(name)
	if err != nil && kind == kindOtherBranch {
		if p, ok, err := d.ofAnotherBranch(tx, a, name); err != nil || ok {
			return p, err
		}
	}
	if err != nil {
		return d.outsider(tx, name)
	}
	if who.Counts() {
		return who.Person, ordinary(who.Person)
	}
	return who.Person, nil
}

// ofAnotherBranch finds the one member of another branch of the house who bears a name: as a guest he is himself, and not a namesake. Where
// several bear it, it cannot be told which is meant; where nobody does, he is of a branch outside the house.
func (d Desk) ofAnotherBranch(tx Tx, a Activity, name string) (Person, bool, error) {
	people, err := tx.People()
	if err != nil {
		return Person{}, false, err
	}
	places, err := tx.Memberships()
	if err != nil {
		return Person{}, false, err
	}
	hits := map[PersonID]Person{}
	for _, m := range places {
		for _, p := range people {
			if p.ID == m.Person && p.Name == name && m.Branch != a.Branch && m.Category.Counts() && m.On(d.Day(a.Starts)) {
				hits[p.ID] = p
			}
		}
	}
	if len(hits) > 1 {
		return Person{}, false, Refuse(Conflict, R14, "其他支部有%d位同志叫%s，分不清是哪一位，请先在名册里区别姓名", len(hits), Shown(name))
	}
	for _, p := range hits {
		return p, true, nil
	}
	return Person{}, false, nil
}

// outsider finds a guest of earlier activities by his name, or makes one. Whoever is or was on a roster or has an office above the branches is
// not meant: he keeps what is his, and his namesake begins anew.
func (d Desk) outsider(tx Tx, name string) (Person, error) {
	people, err := tx.People()
	if err != nil {
		return Person{}, err
	}
	places, err := tx.Memberships()
	if err != nil {
		return Person{}, err
	}
	rostered := map[PersonID]bool{}
	for _, m := range places {
		rostered[m.Person] = true
	}
	for _, p := range people {
		if p.Name == name && !rostered[p.ID] && !p.Committee && !p.Liaison {
			return p, nil
		}
	}
	p := Person{Name: name}
	p.ID, err = tx.AddPerson(p)
	return p, err
}
