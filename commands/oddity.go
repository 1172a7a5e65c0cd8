package commands

import (
	"themeday"
	"themeday/templates"
)

var oddities = Command{
	Words: []string{"疑点"}, Usage: "疑点 第一支部", Help: "看一个支部近12个月值得看一眼的地方，只是提问", Who: Committee, NoBranch: true, Everyday: true, Aside: true, Run: runOddities,
}

// runOddities asks what is worth a look: of the branch that is named, or how much there is of each.
func runOddities(c *Call) (themeday.Reply, error) {
	named := c.branchNamed()
	switch {
	case c.Args != "" && !c.Message.Private():
		return themeday.Reply{}, nil
	case c.Args != "":
		return themeday.Reply{}, c.noSuchBranch(c.Args, "疑点 第一支部")
	case named:
		all, err := c.Oddities(c.Tx, c.Branch.ID, c.Message.At)
		if err != nil {
			return themeday.Reply{}, err
		}
		text, err := c.Texts.Oddities(templates.OdditiesView{Branch: c.Branch.Name, Items: oddLines(all)})
		return private1(text), err
	}
	branches, err := c.OpenBranches(c.Tx, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	var ids []themeday.BranchID
	for _, b := range branches {
		ids = append(ids, b.ID)
	}
	all, err := c.OdditiesOf(c.Tx, ids, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.OdditiesView{All: true}
	for _, b := range branches {
		if n := len(all[b.ID]); n > 0 {
			v.Counts = append(v.Counts, templates.OddCount{Branch: b.Name, Count: n})
		}
	}
	text, err := c.Texts.Oddities(v)
	return private1(text), err
}

func oddLines(all []themeday.Oddity) []templates.OddLine {
	var out []templates.OddLine
	for _, o := range all {
		out = append(out, templates.OddLine{What: o.What, This: o.This, That: o.That})
	}
	return out
}
