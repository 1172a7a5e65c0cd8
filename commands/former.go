package commands

import (
	"slices"

	"themeday"
)

// What is recorded of somebody in the branch that he has left stays his to read and to object to (我的, 异议).

// everOn are all of the speaker's places on lists, also those that are over.
func (c *Call) everOn(p themeday.PersonID) ([]themeday.Membership, error) {
	all, err := c.Tx.Memberships()
	return slices.DeleteFunc(slices.Clone(all), func(m themeday.Membership) bool { return m.Person != p }), err
}

// wasThere tells whether one of the places was on the list of an activity's day.
func (c *Call) wasThere(places []themeday.Membership, a themeday.Activity) bool {
	return a.Dated() && slices.ContainsFunc(places, func(m themeday.Membership) bool { return m.Branch == a.Branch && m.On(c.Day(a.Starts)) })
}

// ownPast tells whether the speaker asks for his own record of a branch on whose list he once was.
func (c *Call) ownPast(sp speaker) (bool, error) {
	if c.name() != showMine.Words[0] && c.name() != object.Words[0] || sp.known.Level < themeday.Strong || !c.Message.Private() {
		return false, nil
	}
	places, err := c.everOn(sp.person.ID)
	return slices.ContainsFunc(places, func(m themeday.Membership) bool { return m.Branch == c.Branch.ID }), err
}

// leftBranches are the branches besides the call's on whose lists the places were, unless a branch was named.
func (c *Call) leftBranches(places []themeday.Membership) (out []themeday.BranchID) {
	for _, m := range places {
		if m.Branch != c.Branch.ID && !c.Named && c.Message.Private() && !slices.Contains(out, m.Branch) {
			out = append(out, m.Branch)
		}
	}
	return out
}

// inBranchThen makes the call one about the branch on whose list the speaker was on the day of the activity that he means. The branch stays as it
// is where it is named, where he was on its list, and where there is no other.
func (c *Call) inBranchThen() error {
	places, err := c.everOn(c.Actor.ID)
	if err != nil {
		return err
	}
	of := func(b themeday.BranchID) (bool, error) {
		a, err := c.Choose(c.Tx, b, c.Month, c.Message.At, c.current)
		if themeday.CodeOf(err) != "" {
			return false, nil
		}
		return c.wasThere(places, a), err
	}
	left := c.leftBranches(places)
	if was, err := of(c.Branch.ID); err != nil || was || len(left) == 0 {
		return err
	}
	for _, b := range left {
		was, err := of(b)
		if err != nil {
			return err
		}
		if was {
			return c.turnTo(b)
		}
	}
	return nil
}

// turnTo makes the call one about another branch.
func (c *Call) turnTo(b themeday.BranchID) error {
	branch, err := c.Desk.Branch(c.Tx, b)
	if err != nil {
		return err
	}
	c.Branch, c.Cause.Branch = branch, b
	c.Roster, err = withGuests(c.Desk, c.Tx, branch, c.Message.At)
	return err
}

// objector is whoever has objected in the branch by a name, though he may have left it since.
func (c *Call) objector(name string) (themeday.Comrade, error) {
	who, err := c.called(name)
	if themeday.CodeOf(err) != themeday.NotFound {
		return who, err
	}
	all, failed := c.Tx.Objections(c.Branch.ID)
	people, alsoFailed := c.Tx.People()
	if failed != nil || alsoFailed != nil {
		return who, err
	}
	for _, p := range people {
		if p.Name == themeday.CleanName(name) && slices.ContainsFunc(all, func(o themeday.Objection) bool { return o.Person == p.ID }) {
			return themeday.Comrade{Person: p}, nil
		}
	}
	return who, err
}
