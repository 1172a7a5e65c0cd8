package commands

import (
	"time"

	"themeday"
)

type timeAt = time.Time

// speaker is who sent a message and where, before any command is looked at.
type speaker struct {
	known    themeday.Recognition
	person   themeday.Person
	places   []themeday.Membership // today's, of all branches
	branches []themeday.Branch
	guided   []themeday.BranchID
	group    *themeday.Branch // of the group's message
	roster   themeday.BranchRoster
	foreign  bool // a group that is no branch's
	session  string
	scene    themeday.Scene
}

// speaker recognises who sent the message and remembers him for this session.
func (r *Router) speaker(tx themeday.Tx, m themeday.Message) (speaker, error) {
	sp := speaker{}
	var err error
	if sp.branches, err = tx.Branches(); err != nil {
		return sp, err
	}
	if !m.Private() {
		if sp.group = groupBranch(sp.branches, m.Group, r.Desk.Day(m.At)); sp.group == nil {
			sp.foreign = true
			return sp, nil
		}
		if sp.roster, err = withGuests(r.Desk, tx, *sp.group, m.At); err != nil {
			return sp, err
		}
	}
	scene, err := r.Desk.SceneOf(tx, m.Account, r.Directory(m.Account), m.At)
	if err != nil {
		return sp, err
	}
	scene.Roster, scene.Chat, scene.Private = sp.roster, m.Chat, m.Private()
	sp.scene, sp.session = scene, scene.Directory.Session()
	if sp.group != nil {
		if g, ok := scene.GroupOf(sp.group.Group, sp.roster); !ok || g.Chat != m.Chat { // a group that only bears the name
			sp.foreign = true
			return sp, nil
		}
	}
	if err := sp.visitors(r.Desk, tx); err != nil {
		return sp, err
	}
	sp.known = themeday.Recognise(m.From, sp.scene)
	if m.Relayed != "" { // anybody may have put the name into a text that was pasted
		sp.known.Level = min(sp.known.Level, themeday.Strong)
	}
	if sp.known.Level == themeday.Nobody {
		return sp, nil
	}
	sp.person, _ = scene.Person(sp.known.Person)
	if err := sp.guidedBy(tx); err != nil {
		return sp, err
	}
	for p := range scene.Places(sp.person.ID) {
		if p.On(r.Desk.Day(m.At)) {
			sp.places = append(sp.places, *p)
		}
	}
	return sp, remember(tx, m, sp)
}

// remember writes down how somebody was recognised, when this session has not seen him so sure before.
func remember(tx themeday.Tx, m themeday.Message, sp speaker) error {
	for b := range sp.scene.Bonds(sp.known.Person) {
		if b.Session == sp.session && b.Sighting == m.From.ID && b.Level >= sp.known.Level {
			return nil
		}
	}
	return tx.PutBinding(themeday.Binding{
		Account: m.Account, Session: sp.session, Sighting: m.From.ID, Person: sp.known.Person,
		Level: sp.known.Level, Name: themeday.CleanName(m.From.Card), At: m.At, Nick: m.From.Nick, Mark: m.From.Mark,
	})
}

// groupBranch is the branch of a group; a closed one only where no other has the group now.
func groupBranch(all []themeday.Branch, group string, today themeday.Date) (found *themeday.Branch) {
	for i := range all {
		if all[i].Group == group && (found == nil || found.Gone(today)) {
			found = &all[i]
		}
	}
	return found
}

// withGuests is a branch's roster together with the guests of its last and next activities.
func withGuests(d themeday.Desk, tx themeday.Tx, b themeday.Branch, at time.Time) (themeday.BranchRoster, error) {
	roster, err := tx.Roster(b.ID, d.Day(at))
	if err != nil {
		return nil, err
	}
	for _, find := range []func(themeday.Tx, themeday.BranchID, time.Time) (themeday.Activity, bool, error){d.Last, d.Next} {
		a, ok, err := find(tx, b.ID, at)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		if roster, err = addGuests(tx, roster, a); err != nil {
			return nil, err
		}
	}
	return roster, nil
}

func addGuests(tx themeday.Tx, roster themeday.BranchRoster, a themeday.Activity) (themeday.BranchRoster, error) {
	guests, err := tx.Guests(a.ID)
	if err != nil {
		return nil, err
	}
	people, err := tx.People()
	for _, g := range guests {
		if _, there := roster.Find(g.Person); there {
			continue
		}
		roster = append(roster, themeday.Comrade{
			Person:     personOf(people, g),
			Membership: themeday.Membership{Branch: a.Branch, Person: g.Person, Card: g.Name, Category: themeday.Masses},
		})
	}
	return roster, err
}

// personOf is the guest as the house knows him.
func personOf(people []themeday.Person, g themeday.Guest) themeday.Person {
	for _, p := range people {
		if p.ID == g.Person {
			return p
		}
	}
	return themeday.Person{ID: g.Person, Name: g.Name}
}
