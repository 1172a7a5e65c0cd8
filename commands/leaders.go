package commands

import (
	"fmt"
	"strings"

	"themeday"
	"themeday/templates"
)

var leaders = Command{
	Words: []string{"领导", "指导"}, Usage: "领导 2026", Help: "联系领导看自己的双重组织生活、联系支部的下一次活动；机关党委看全部",
	Who: Member, Everyday: true, NoBranch: true, Aside: true, Run: runLeaders,
}

// runLeaders shows a leader his own two lives and what the branches that he guides do next, and the committee everybody's (R09, R10). Only in
// private: where leaders have been and where they may go is nothing for a group.
func runLeaders(c *Call) (themeday.Reply, error) {
	year, rest := cutYear(c.Args, c.Day(c.Message.At).Year)
	if rest != "" || !c.Actor.Liaison && !c.Actor.Person.Committee {
		return themeday.Reply{}, c.notLeaders(rest)
	}
	if err := c.office(true, ""); err != nil {
		return themeday.Reply{}, err
	}
	all, err := c.LeaderYears(c.Tx, year, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	now := themeday.QuarterOf(c.Day(c.Message.At))
	open, err := c.Unvisited(c.Tx, now, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.LeadersView{Year: year, Target: c.Rules.GuideVisits}
	v.All = c.Actor.Person.Committee && !(c.Actor.Liaison && isWord(c, "指导"))
	if now.Year == year {
		v.Quarter, v.Days = now.Chinese(), now.Last().Sub(c.Day(c.Message.At))
	}
	for _, l := range all {
		if !v.All && l.Person.ID != c.Actor.ID {
			continue
		}
		if line := leaderLine(l); !v.All || line.Told() {
			v.Leaders = append(v.Leaders, line)
		}
	}
	if v.Quarter != "" {
		c.unvisited(&v, open)
	}
	if !v.All {
		if v.Next, err = c.nextGuided(); err != nil {
			return themeday.Reply{}, err
		}
	}
	text, err := c.Texts.Leaders(v)
	return themeday.Reply{Text: text, Short: "请私信我查看"}, err
}

// notLeaders answers who is no leader, and in a group nobody.
func (c *Call) notLeaders(rest string) error {
	switch {
	case !c.Message.Private():
		return themeday.Refuse(themeday.Forbidden, "", "")
	case !c.Actor.Liaison && !c.Actor.Person.Committee:
		return themeday.Refuse(themeday.Forbidden, themeday.R10, "“%s”由联系领导看自己的，机关党委看全部。看您自己的记录请发：我的", c.name())
	}
	return themeday.Refuse(themeday.Invalid, themeday.R10, "“%s”后面只写年份，例如：领导 %d", c.name(), c.Day(c.Message.At).Year)
}

func leaderLine(l themeday.LeaderYear) templates.LeaderLine {
	line := templates.LeaderLine{Name: l.Person.Name, Elsewhere: l.Elsewhere, Comments: l.Comments}
	for _, o := range l.Own {
		own := templates.OwnLine{Branch: o.Branch.Name, Came: o.Came, Due: o.Due}
		for _, m := range o.Months {
			own.Months = append(own.Months, m.Month.Chinese()+string(m.Standing))
		}
		line.Own = append(line.Own, own)
	}
	for _, g := range l.Guided {
		line.Guided = append(line.Guided, templates.GuidedLine{Branch: g.Branch.Name, Visits: g.Visits, Comments: g.Comments})
	}
	return line
}

// unvisited adds what is still open in this quarter, as far as the speaker sees it.
func (c *Call) unvisited(v *templates.LeadersView, open []themeday.Unvisited) {
	for _, u := range open {
		var names []string
		his := v.All
		for _, p := range u.Guides {
			names = append(names, p.Name)
			his = his || p.ID == c.Actor.ID
		}
		if his {
			v.Open = append(v.Open, templates.OpenLine{Branch: u.Branch.Name, Guides: joined(names)})
		}
	}
}

// nextGuided is what the branches that the speaker guides do next, so that he can choose.
func (c *Call) nextGuided() ([]templates.NextVisit, error) {
	guided, err := themeday.Guided(c.Tx, c.Actor.ID)
	if err != nil {
		return nil, err
	}
	branches, err := c.Tx.Branches()
	if err != nil {
		return nil, err
	}
	var out []templates.NextVisit
	for _, b := range guided {
		a, ok, err := c.Next(c.Tx, b, c.Message.At)
		if err != nil {
			return nil, err
		}
		n := templates.NextVisit{Branch: branchOf(branches, b).Name}
		if ok {
			n.When, n.Place, n.Topic = fmt.Sprintf("%s-%s", c.When(a.Starts), c.Local(a.Ends).Format("15:04")), a.Place, strings.Join(a.Topics, "；")
			n.Approved = a.Approved()
			n.Later = themeday.QuarterOf(c.Day(a.Starts)) != themeday.QuarterOf(c.Day(c.Message.At))
		}
		out = append(out, n)
	}
	return out, nil
}
