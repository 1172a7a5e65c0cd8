package commands

import (
	"fmt"

	"themeday"
	"themeday/templates"
)

var showMine = Command{
	Words: []string{"我的"}, Usage: "我的", Help: "看自己今年的到会、请假、补学", Who: Member, Bare: true, Everyday: true, Aside: true, Run: runMine,
}

var object = Command{
	Words: []string{"异议"}, Usage: "异议 %s 我到会了", Help: "对自己的记录有不同意见", Who: Member, Month: true, Everyday: true, Aside: true, Run: runObject,
}

func runMine(c *Call) (themeday.Reply, error) {
	now := c.Day(c.Message.At).MonthOf()
	all, err := c.Tx.Activities(c.Branch.ID, themeday.YearMonth{Year: now.Year, Month: 1}, now)
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.MineView{Name: c.Actor.Name, Branch: c.Branch.Name, Year: now.Year}
	for _, a := range all {
		if !a.Dated() || a.BeginAt().After(c.Message.At) || !a.Done(themeday.SigningIn) {
			continue
		}
		line, err := c.myMonth(a)
		if err != nil {
			return themeday.Reply{}, err
		}
		v.Months, v.Last = append(v.Months, line), line.Month
	}
	if v.Coming, err = c.myNext(); err != nil {
		return themeday.Reply{}, err
	}
	text, err := c.Texts.Mine(v)
	return themeday.Reply{Text: text, Short: "请私信我“我的”查看"}, err
}

func (c *Call) myMonth(a themeday.Activity) (templates.MineLine, error) {
	line := templates.MineLine{Month: a.Month.Chinese(), State: "缺席"}
	if !a.Over(c.Message.At) {
		line.State = "未签到"
	}
	states, err := c.states(a)
	if err != nil {
		return line, err
	}
	if s, ok := states[c.Actor.ID]; ok {
		line.State = s
	}
	ins, err := c.Tx.SignIns(a.ID)
	if err != nil {
		return line, err
	}
	for _, s := range ins {
		if s.Person == c.Actor.ID && s.By != c.Actor.ID {
			if by, ok := c.Roster.Find(s.By); ok {
				line.By = by.Name
			}
		}
	}
	mine, err := c.Tx.MakeupsOf(c.Actor.ID)
	for _, m := range mine {
		if m.Activity == a.ID {
			line.Makeup = m.State.Chinese()
			line.Due = c.Day(m.Due.Add(-1)).Chinese()
		}
	}
	return line, err
}

// myNext says how the speaker stands with the next activity.
func (c *Call) myNext() (string, error) {
	a, ok, err := c.Next(c.Tx, c.Branch.ID, c.Message.At)
	if err != nil || !ok {
		return "", err
	}
	text := fmt.Sprintf("下一次：%s %s", c.When(a.Starts), a.Place)
	states, err := c.states(a)
	if s, there := states[c.Actor.ID]; there {
		text += "，" + s
	}
	return text, err
}

func runObject(c *Call) (themeday.Reply, error) {
	if c.Args == "" {
		return themeday.Reply{}, c.usage()
	}
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.current)
	if c.Month == nil && themeday.CodeOf(err) != "" {
		a, err = c.Planned(c.Tx, c.Branch.ID, c.Message.At)
	}
	if code := themeday.CodeOf(err); code == themeday.TooEarly || code == themeday.NotFound || err == nil && !a.Dated() {
		return themeday.Reply{}, themeday.Refuse(themeday.NotFound, themeday.R33, "还没有可以提异议的记录，活动之后再发：%s", c.form())
	}
	if err != nil {
		return themeday.Reply{}, err
	}
	if err := c.Object(c.Tx, c.Cause, a, c.Actor, c.Args); err != nil {
		return themeday.Reply{}, err
	}
	return themeday.Reply{Text: fmt.Sprintf("对%s记录的异议已转书记，双方的话都留在台账里", a.Month.Chinese()), Short: "异议已转书记"}, nil
}
