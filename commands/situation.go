package commands

import (
	"fmt"
	"slices"

	"themeday"
	"themeday/commands/fold"
	"themeday/templates"
)

var situation = Command{
	Words: []string{"情况"}, Usage: "情况", Help: "看要办的事：期限、依据、要发的话；机关党委看各支部的例外，写支部名看一个支部", Who: Secretary, Everyday: true, Aside: true, Anywhere: true, Run: runSituation,
}

// runSituation shows a secretary what needs him, the committee the exceptions of all branches, and both what is open in a branch that they name.
func runSituation(c *Call) (themeday.Reply, error) {
	if c.Args != "" {
		if !c.Message.Private() {
			return themeday.Reply{}, nil // talk of how things are
		}
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R33, "“情况”后面只写支部名，例如：情况 %s", c.anyBranch())
	}
	all := c.Actor.Person.Committee && !c.namesBranch()
	branches := []themeday.Branch{c.Branch}
	var v templates.SituationView
	if all {
		var err error
		if branches, err = c.OpenBranches(c.Tx, c.Message.At); err != nil {
			return themeday.Reply{}, err
		}
	} else {
		v.Branch = c.Branch.Name
	}
	open, err := c.WaitingIn(c.Tx, branches, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	place := map[string]int{}
	for _, p := range open {
		shown, above, err := c.concerns(p, all)
		if err != nil {
			return themeday.Reply{}, err
		}
		if !shown {
			continue
		}
		i, there := place[p.Branch.Name]
		if !there {
			i, place[p.Branch.Name] = len(v.Groups), len(v.Groups)
			v.Groups = append(v.Groups, templates.SituationGroup{Branch: p.Branch.Name})
		}
		v.Groups[i].Lines = append(v.Groups[i].Lines, templates.LineOf(p, above, c.Message.At))
	}
	v.Why = "为什么 情况"
	if all {
		v.Quiet = len(branches) - len(v.Groups)
		if len(v.Groups) > 0 {
			v.Why += " " + v.Groups[0].Branch
		}
	} else if !c.secretary(c.Actor) {
		v.Why += " " + c.Branch.Name
	}
	text, err := c.Texts.Situation(v)
	r := private1(text)
	r.Data = situationData(v)
	return r, err
}

// situationData are the figures of the answer, a line each.
func situationData(v templates.SituationView) map[string]any {
	items := []templates.DigestLine{}
	for _, g := range v.Groups {
		items = append(items, g.Lines...)
	}
	return map[string]any{"items": items}
}

// concerns tells whether the speaker is shown something, and whether he reads what the committee types.
func (c *Call) concerns(p themeday.Pending, all bool) (shown, above bool, err error) {
	roster, err := c.Tx.Roster(p.Branch.ID, c.Day(c.Message.At))
	s, ok := roster.Secretary()
	if ok && s.Person.ID == c.Actor.Person.ID {
		return p.Secretary, false, err
	}
	if !c.Actor.Person.Committee || slices.Contains(p.NotFor, c.Actor.Person.ID) {
		return false, false, err
	}
	return !all || p.Committee, true, err
}

// namesBranch tells whether the message itself names a branch, in front or behind the word.
func (c *Call) namesBranch() bool {
	line := fold.Parse(c.Message.Text)
	return line.Word != c.name() || line.Rest != ""
}

// anyBranch is a name for an example.
func (c *Call) anyBranch() string {
	if c.Branch.Name != "" {
		return c.Branch.Name
	}
	return "第一支部"
}

// whySituation answers 为什么 情况 第一支部 with the facts behind every line.
func (c *Call) whySituation(args string) (themeday.Reply, error) {
	if args == "" && c.Actor.Committee && !c.Named && c.Level == themeday.Certain {
		return c.whyAll()
	}
	b, rest, err := c.whyBranch(args, "情况", themeday.R33)
	if err != nil {
		return themeday.Reply{}, err
	}
	if rest != "" {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R33, "请这样写：为什么 情况 %s", b.Name)
	}
	open, err := c.WaitingIn(c.Tx, []themeday.Branch{b}, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.SituationWhyView{Branch: b.Name}
	for _, p := range open {
		if shown, _, err := c.concerns(p, false); err != nil || !shown {
			if err != nil {
				return themeday.Reply{}, err
			}
			continue
		}
		l := templates.WhyLine{What: p.What, Rule: p.Rule.Clause() + "·" + string(p.Rule), Gist: c.Rules.Asks(p.Rule), Stand: p.Stand(c.Message.At), Facts: p.Facts}
		if entry, err := c.entryOf(p); err != nil {
			return themeday.Reply{}, err
		} else if entry > 0 {
			l.Facts = append(l.Facts, fmt.Sprintf("台账第%d条", entry))
		}
		v.Lines = append(v.Lines, l)
	}
	text, err := c.Texts.SituationWhy(v)
	return private1(text), err
}

// whyAll says of which branches 情况 names something, how much, and why it is silent about the others.
func (c *Call) whyAll() (themeday.Reply, error) {
	branches, err := c.OpenBranches(c.Tx, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	open, err := c.WaitingIn(c.Tx, branches, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	count := map[themeday.BranchID]int{}
	for _, p := range open {
		shown, _, err := c.concerns(p, true)
		if err != nil {
			return themeday.Reply{}, err
		}
		if shown {
			count[p.Branch.ID]++
		}
	}
	v := templates.SituationAllView{Quiet: len(branches) - len(count)}
	for _, b := range branches {
		if n := count[b.ID]; n > 0 {
			v.Lines = append(v.Lines, fmt.Sprintf("%s%d件，请发：为什么 情况 %s", b.Name, n, b.Name))
		}
	}
	text, err := c.Texts.SituationAll(v)
	return private1(text), err
}

// entryOf is the number of the entry from which on something waits; 0 where it began by itself.
func (c *Call) entryOf(p themeday.Pending) (int64, error) {
	if p.Activity == "" {
		return 0, nil
	}
	all, err := c.Tx.ActivityEntries(p.Activity)
	for _, e := range all {
		if e.Entered.Equal(p.Since) && e.By != themeday.Bot {
			return e.Seq, err
		}
	}
	return 0, err
}

// whyBranch is the branch of which 为什么 asks something: the committee names any, a secretary asks of his own.
func (c *Call) whyBranch(args, word string, rule themeday.Rule) (themeday.Branch, string, error) {
	branches, err := c.Tx.Branches()
	if err != nil {
		return themeday.Branch{}, "", err
	}
	b, rest, ok := cutBranch(branches, args, c.Day(c.Message.At))
	if !ok {
		b, rest = c.Branch, args
	}
	if typed := likeBranch(args); !ok && typed != "" && c.Actor.Person.Committee && c.Level == themeday.Certain && c.Message.Private() {
		return b, rest, c.unknownBranch(typed, "为什么 "+word+" "+branches[0].Name, rule)
	}
	own := b.ID == c.Branch.ID && c.secretary(c.Actor)
	switch {
	case !own && !c.Actor.Person.Committee:
		return b, rest, themeday.Refuse(themeday.Forbidden, rule, "“%s”的依据由机关党委查，支部书记只能查自己支部的", word)
	case c.Level < themeday.Certain:
		return b, rest, c.office(true, "")
	case b.ID == "":
		return b, rest, themeday.Refuse(themeday.Invalid, rule, "请写明是哪个支部，例如：为什么 %s %s", word, branches[0].Name)
	}
	return b, rest, nil
}
