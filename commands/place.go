package commands

import (
	"slices"
	"strings"

	"themeday"
	"themeday/commands/fold"
)

// settle finds which branch a call is about: the group's; the one named first; else the only one where the speaker can mean it.
func (c *Call) settle(sp speaker) error {
	c.cutMonth()
	if c.Command.Branches {
		c.Actor = c.actor(sp)
		return nil
	}
	if other, rest, ok := c.namedBranch(sp); ok && sp.group != nil && c.ofCommittee(sp) {
		c.Branch, c.Args, c.Named = other, rest, true // the committee may name another branch than the group's
	} else if b, rest, ok := c.namedBranch(sp); ok && sp.group == nil {
		c.Branch, c.Args, c.Named = b, rest, true
	} else if err := c.noBranchMeant(sp); err != nil {
		return err
	} else if sp.group != nil {
		c.Branch = *sp.group
	} else if err := c.onlyBranch(sp); err != nil {
		return err
	}
	if c.Branch.ID != "" {
		var err error
		if c.Roster, err = withGuests(c.Desk, c.Tx, c.Branch, c.Message.At); err != nil {
			return err
		}
		c.Cause.Branch = c.Branch.ID
	}
	c.Actor = c.actor(sp)
	c.cutMonth()
	return nil
}

// cutMonth takes the month off the arguments, whether it stands before the branch or behind it; the first one counts.
func (c *Call) cutMonth() {
	if c.Command.Month && c.Month == nil {
		c.Month, c.Args = c.monthOff(c.Args, c.Command.Who)
	}
}

// monthOff cuts a month off the front of a text, as the command means it.
func (c *Call) monthOff(said string, who Who) (*themeday.YearMonth, string) {
	now := c.Day(c.Message.At).MonthOf()
	m, rest := cutMonth(said, now, who)
	if m != nil && c.Command.Behind && !yearNamed(said) {
		behind := lastMonth(now, m.Month)
		m = &behind
	}
	return m, rest
}

// namedBranch cuts a branch's name off the front of the arguments.
func (c *Call) namedBranch(sp speaker) (themeday.Branch, string, bool) {
	return cutBranch(sp.branches, c.Args, c.Day(c.Message.At))
}

// cutBranch cuts the name of one of the branches off the front of a text: that of today, else one that it had before and that is understood.
func cutBranch(branches []themeday.Branch, args string, today themeday.Date) (themeday.Branch, string, bool) {
	if args == "" {
		return themeday.Branch{}, "", false
	}
	first := fold.Parse(args)
	for _, b := range branches {
		if rest, ok := cutName(b.Name, args, first); ok {
			return b, rest, true
		}
	}
	for _, b := range branches {
		for _, f := range b.Former {
			if rest, ok := cutName(f.Name, args, first); ok && today.Before(f.Until) {
				return b, rest, true
			}
		}
	}
	for _, b := range branches { // its first name, which stands in ids
		if string(b.ID) == b.Name {
			continue
		}
		if rest, ok := cutName(string(b.ID), args, first); ok {
			return b, rest, true
		}
	}
	return themeday.Branch{}, "", false
}

// noSuchBranch refuses a word that stands in the place of a branch and is none.
func (c *Call) noSuchBranch(word, typed string) error {
	return c.unknownBranch(word, typed, c.rule())
}

// unknownBranch refuses it under a rule, and names the branches that are called most like it.
func (c *Call) unknownBranch(word, typed string, rule themeday.Rule) error {
	all, err := c.Tx.Branches()
	if err != nil {
		return err
	}
	var like []string
	for _, b := range all {
		if !b.Gone(c.Day(c.Message.At)) {
			like = append(like, b.Name)
		}
	}
	said := fold.Command(word)
	slices.SortStableFunc(like, func(x, y string) int { return near(said, fold.Command(x)) - near(said, fold.Command(y)) })
	if len(like) > 3 {
		like = like[:3]
	}
	if len(like) == 0 {
		return themeday.Refuse(themeday.NotFound, rule, "没有“%s”这个支部，请先导入名册", themeday.Shown(word))
	}
	return themeday.Refuse(themeday.NotFound, rule, "没有“%s”这个支部，相近的有：%s。请写名单上的名称，例如：%s。只发“支部”看全部名称", themeday.Shown(word), strings.Join(like, "、"), typed)
}

// likeBranch is the first word of a text that can only be meant for a branch's name, or empty.
func likeBranch(args string) string {
	word, _ := cutWord(args)
	if noBranch.MatchString(fold.Command(word)) {
		return word
	}
	return ""
}

// noBranchMeant refuses what the committee says of a branch that there is not, which must not be taken for one of another.
func (c *Call) noBranchMeant(sp speaker) error {
	word := likeBranch(c.Args)
	if word == "" || c.Named || c.Command.NoBranch || !c.Message.Private() && c.Command.Everyday || !sp.person.Committee || !c.ofCommittee(sp) {
		return nil
	}
	return c.noSuchBranch(word, c.name()+" "+c.anyBranch())
}

// cutName cuts a branch's name off the front of a text, of which the first word is given.
func cutName(name, args string, first fold.Line) (string, bool) {
	rest, ok := strings.CutPrefix(args, name)
	if !ok {
		return first.Rest, first.Word == fold.Command(name)
	}
	trimmed := strings.TrimLeft(rest, " ,，、:：\n")
	return trimmed, rest == "" || trimmed != rest
}

// onlyBranch: the one branch where the speaker has the office that the command needs, or any place at all.
func (c *Call) onlyBranch(sp speaker) error {
	var mine []themeday.BranchID
	for _, p := range c.openPlaces(sp) {
		if c.Command.Who < Writer || p.Offices.Has(themeday.Secretary) {
			mine = append(mine, p.Branch)
		}
	}
	if len(mine) == 0 {
		for _, p := range c.openPlaces(sp) {
			mine = append(mine, p.Branch)
		}
	}
	if c.Command.Ballot && !c.Command.NoBranch {
		rated, err := c.rated(sp)
		if err != nil || rated {
			return err
		}
	}
	if done, err := c.visited(sp, mine); done || err != nil {
		return err
	}
	if len(mine) == 0 && c.Command.Who <= Member && !c.Command.NoBranch {
		mine = sp.guided
	}
	if len(mine) == 0 && !c.ofCommittee(sp) {
		return nil // he belongs nowhere, and to name a branch would not help him
	}
	if len(mine) == 0 && len(sp.branches) == 1 {
		mine = []themeday.BranchID{sp.branches[0].ID}
	}
	if len(mine) == 1 {
		for _, b := range sp.branches {
			if b.ID == mine[0] {
				c.Branch = b
			}
		}
		return nil
	}
	if c.Command.Words == nil || c.Command.NoBranch || sp.known.Level == themeday.Nobody || len(sp.branches) == 0 {
		return nil
	}
	if c.Command.Anywhere && c.ofCommittee(sp) {
		return nil
	}
	if b, ok, err := c.meant(mine); err != nil || ok {
		c.Branch = branchOf(sp.branches, b)
		return err
	}
	names := make([]string, 0, len(sp.branches))
	for _, b := range sp.branches {
		for _, id := range mine {
			if len(names) < 5 && b.ID == id {
				names = append(names, b.Name)
			}
		}
	}
	if len(names) == 0 {
		names = []string{sp.branches[0].Name}
	}
	return themeday.Refuse(themeday.Invalid, "", "请先写支部名，例如：%s %s", c.Command.Words[0], names[0])
}

// openPlaces are the speaker's places in branches that are not closed; those in closed ones where he has no other.
func (c *Call) openPlaces(sp speaker) []themeday.Membership {
	var open []themeday.Membership
	for _, p := range sp.places {
		if !branchOf(sp.branches, p.Branch).Gone(c.Day(c.Message.At)) {
			open = append(open, p)
		}
	}
	if len(open) == 0 {
		return sp.places
	}
	return open
}

// actor is the speaker as the branch's roster knows him.
func (c *Call) actor(sp speaker) themeday.Comrade {
	if who, ok := c.Roster.Find(sp.person.ID); ok && sp.known.Level > themeday.Nobody {
		return who
	}
	if who, ok := c.guest(sp); ok {
		return who
	}
	return themeday.Comrade{Person: sp.person}
}
