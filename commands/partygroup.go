package commands

import (
	"fmt"

	"themeday"
	"themeday/templates"
)

var partyGroups = Command{
	Words: []string{"党小组"}, Usage: "党小组 2026", Help: "看各党小组的同志和全年到会", Who: Secretary, Everyday: true, Aside: true, Run: runPartyGroups,
}

// runPartyGroups shows the party groups with their attendance of the year (R29, R30).
func runPartyGroups(c *Call) (themeday.Reply, error) {
	this := c.Day(c.Message.At).Year
	year, rest := cutYear(c.Args, this)
	if rest != "" || c.Branch.ID == "" || year > this {
		if !c.Message.Private() {
			return themeday.Reply{}, nil
		}
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R30, "请这样写：党小组 %d；机关党委写支部名：党小组 第一支部", this)
	}
	groups, err := c.PartyGroups(c.Tx, c.Branch.ID, year, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.PartyGroupsView{Branch: c.Branch.Name, Year: year}
	for _, g := range groups {
		l := templates.PartyGroupLine{Name: g.Name, Members: g.Members, Came: g.Came(), Due: g.Due()}
		if l.Name == "" {
			l.Name = "未分组"
		}
		for _, m := range g.Months {
			l.Months = append(l.Months, fmt.Sprintf("%s%d/%d", m.Month.Chinese(), m.Came, m.Due))
		}
		v.Groups = append(v.Groups, l)
	}
	text, err := c.Texts.PartyGroups(v)
	return private1(text), err
}
