package commands

import (
	"fmt"

	"themeday"
	"themeday/commands/fold"
)

var makeup = Command{
	Words: []string{"补学"}, Usage: "补学 我学习了……体会是……", Help: "没到会的，交学习心得；书记确认用：补学 过 张三 3月，补学 退 张三 3月 事由",
	Who: Member, Month: true, Behind: true, Aside: true, Run: runMakeup,
}

// runMakeup hands in a member's study, or decides on one when the secretary says 过 or 退 and a name.
func runMakeup(c *Call) (themeday.Reply, error) {
	word, rest := cutWord(c.Args)
	switch verb := fold.Command(word); {
	case (verb == "过" || verb == "退") && c.Actor.Offices.Has(themeday.Secretary):
		return c.decideMakeup(verb == "过", rest)
	case (verb == "过" || verb == "退") && c.names(rest):
		return themeday.Reply{}, themeday.Refuse(themeday.Forbidden, themeday.R20, "补学由书记确认")
	}
	m, err := c.HandIn(c.Tx, c.Cause, c.Branch.ID, c.Actor.ID, c.Month, c.Args, "")
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return themeday.Reply{Text: fmt.Sprintf("%s的补学已收到，等书记确认", c.monthOf(m.Activity)), Short: "补学已收到，等书记确认"}, nil
}

// names tells whether a text is just somebody's name on the roster.
func (c *Call) names(rest string) bool {
	name, _ := cutWord(rest)
	_, err := c.called(name)
	return err == nil
}

func (c *Call) decideMakeup(accept bool, rest string) (themeday.Reply, error) {
	if err := c.office(true, "书记"); err != nil {
		return themeday.Reply{}, err
	}
	name, why := cutWord(rest)
	if name == "" {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, "", "请这样写：补学 过 张三 3月，或：补学 退 张三 3月 事由")
	}
	who, err := c.called(name)
	if err != nil {
		return themeday.Reply{}, err
	}
	if c.Month == nil {
		c.Month, why = c.monthOff(why, Member)
	}
	m, err := c.DecideMakeup(c.Tx, c.Cause, c.Branch.ID, c.Month, who, accept, why)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return themeday.Reply{Text: fmt.Sprintf("%s%s的补学：%s，已告诉本人", who.Name, c.monthOf(m.Activity), m.State.Chinese()), Short: "已办理，已告诉本人"}, nil
}

// monthOf is the month of an activity id, for a sentence.
func (c *Call) monthOf(id themeday.ActivityID) string {
	a, ok, err := c.Tx.Activity(id)
	if err != nil || !ok {
		return ""
	}
	return a.Month.Chinese()
}
