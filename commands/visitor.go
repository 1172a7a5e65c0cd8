package commands

import (
	"slices"
	"strings"

	"themeday"
	"themeday/commands/fold"
)

// visitors are the leaders who may be met in the group beside its roster.
func (sp *speaker) visitors(d themeday.Desk, tx themeday.Tx) (err error) {
	if sp.group == nil {
		return nil
	}
	people, err := d.Visitors(tx, sp.group.ID, sp.roster, sp.scene.Standing)
	sp.scene.Roster = append(sp.roster[:len(sp.roster):len(sp.roster)], people...)
	return err
}

// guidedBy are the branches that the speaker guides.
func (sp *speaker) guidedBy(tx themeday.Tx) (err error) {
	if sp.person.Liaison {
		sp.guided, err = themeday.Guided(tx, sp.person.ID)
	}
	return err
}

// guest is the speaker as a guest of the call's branch: a leader is one in a branch that he guides, in whose group he speaks, or where he says
// that he came (R10).
func (c *Call) guest(sp speaker) (themeday.Comrade, bool) {
	if sp.known.Level == themeday.Nobody || c.Branch.ID == "" {
		return themeday.Comrade{}, false
	}
	who := sp.person.AsGuest(c.Branch.ID)
	if c.Command.Who > Member {
		return who, false // as one of the committee he may see more than a guest
	}
	if c.Command.Ballot && !c.Command.NoBranch {
		if came, err := c.mayRate(c.Branch.ID); err == nil && came {
			return who, true
		}
	}
	if c.Command.Visitor != nil && c.Command.Visitor(sp.person) {
		return who, true
	}
	if !sp.person.Liaison {
		return who, false
	}
	for _, b := range sp.guided {
		if b == c.Branch.ID {
			return who, true
		}
	}
	return who, sp.group != nil && sp.group.ID == c.Branch.ID
}

// The words before a name that tell two of one name apart.
const (
	leaderWord = "联系领导"
	ownWord    = "本支部"
)

// comer cuts the name of somebody who came off the front: of the roster and its guests, else a leader or one of the committee. Where a member
// and a leader who guides the branch bear one name, it has to be said who is meant.
func (c *Call) comer() (themeday.Comrade, string, error) {
	name, rest := cutWord(c.Args)
	if name == "" {
		return themeday.Comrade{}, "", c.usage()
	}
	who, err := c.came(name)
	if err != nil {
		return who, rest, err
	}
	if second, _ := cutWord(rest); second != "" && c.names(second) {
		return who, rest, themeday.Refuse(themeday.Invalid, "", "一次只写一位同志，请分开发：%s", c.form())
	}
	return who, rest, nil
}

func (c *Call) came(name string) (themeday.Comrade, error) {
	plain := fold.Command(name)
	if leader, ok := strings.CutPrefix(plain, leaderWord); ok && leader != "" {
		return c.above(leader, leaderWord)
	}
	own, said := strings.CutPrefix(plain, ownWord)
	if said && own != "" {
		return c.called(own)
	}
	who, err := c.called(name)
	if themeday.CodeOf(err) == themeday.NotFound {
		if p, hit := c.above(themeday.CleanName(name), ""); hit == nil || themeday.CodeOf(hit) != themeday.NotFound {
			return p, hit
		}
		return who, err
	}
	if err != nil || who.Liaison || who.Person.Committee {
		return who, err
	}
	other, hit := c.above(who.Name, leaderWord)
	if hit != nil || other.ID == who.ID || !c.guides(other.ID) {
		return who, nil
	}
	return who, themeday.Refuse(themeday.Conflict, themeday.R10, "有两位%s：本支部的写“%s%s”，联系领导写“%s%s”", who.Name, ownWord, who.Name, leaderWord, who.Name)
}

// above is somebody above the branches as a guest, or as the roster has him. His name may be written in either script.
func (c *Call) above(name, kind string) (themeday.Comrade, error) {
	people, err := c.Tx.People()
	if err != nil {
		return themeday.Comrade{}, err
	}
	for _, p := range people {
		if (p.Liaison || p.Committee) && fold.Command(p.Name) == fold.Command(name) {
			name = p.Name
		}
	}
	p, err := c.Above(c.Tx, c.Branch.ID, name, kind)
	if who, here := c.Roster.Find(p.ID); err == nil && here {
		return who, nil
	}
	return p.AsGuest(c.Branch.ID), err
}

func (c *Call) guides(p themeday.PersonID) bool {
	guided, err := themeday.Guided(c.Tx, p)
	for _, b := range guided {
		if b == c.Branch.ID {
			return err == nil
		}
	}
	return false
}

func isLeader(p themeday.Person) bool { return p.Liaison }

func isAbove(p themeday.Person) bool { return p.Liaison || p.Committee }

// rated settles which branch's evaluation a ballot is for that names none: the one where the speaker is signed in and it is open, be it as a
// guest. Of several he has to say which.
func (c *Call) rated(sp speaker) (bool, error) {
	var all []themeday.BranchID
	for _, b := range sp.branches {
		all = append(all, b.ID)
	}
	hits, err := c.meanings(all)
	switch {
	case err != nil || len(hits) == 0:
		return false, err
	case len(hits) > 1:
		return false, themeday.Refuse(themeday.Invalid, themeday.R25, "您有%d个支部的活动可以测评，请先写支部名，例如：%s %s", len(hits), c.name(), branchOf(sp.branches, hits[0]).Name)
	}
	c.Branch = branchOf(sp.branches, hits[0])
	return true, nil
}

// visited settles of which branch a leader speaks who names none: the one where his words can mean something, be it his own or one that he
// guides. Where they can mean several he has to say which; where they can mean none they are about his own.
func (c *Call) visited(sp speaker, mine []themeday.BranchID) (bool, error) {
	if len(sp.guided) == 0 || c.Command.Who > Member || c.Command.NoBranch || len(c.Command.Words) == 0 {
		return false, nil
	}
	all := mine[:len(mine):len(mine)]
	for _, b := range sp.guided {
		if !slices.Contains(all, b) {
			all = append(all, b)
		}
	}
	hits, err := c.meanings(all)
	switch {
	case err != nil || len(hits) == 0 && len(mine) > 0:
		return false, err
	case len(hits) == 1:
		c.Branch = branchOf(sp.branches, hits[0])
		return true, nil
	case len(hits) > 1 && c.name() != showActivity.Words[0]:
		return true, themeday.Refuse(themeday.Invalid, "", "请先写支部名，例如：%s %s", c.name(), hits[0])
	}
	return false, nil
}
