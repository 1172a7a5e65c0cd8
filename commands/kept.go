package commands

import (
	"fmt"
	"strings"

	"themeday"
)

// kept answers what was planned. Where a leader is named in it, the secretary hears in private that the group will not (R10).
func (c *Call) kept(a themeday.Activity, text string) (themeday.Reply, error) {
	_, names, err := c.ForGroup(c.Tx, a, c.Message.At)
	if err != nil || len(names) == 0 {
		return say(text), err
	}
	return themeday.Reply{Text: text + "\n" + withheldWords(names), Aside: true, Short: fmt.Sprintf("%s的安排已记下，请看我私信的说明", c.month(a.Month))}, nil
}

// leadersIn are the leaders who are named in an activity to come, or in what else was typed of it.
func (c *Call) leadersIn(a themeday.Activity, typed ...string) ([]string, error) {
	a.Branch, a.Topics = c.Branch.ID, append(append([]string{}, a.Topics...), typed...)
	_, names, err := c.ForGroup(c.Tx, a, c.Message.At)
	return names, err
}

func withheldWords(names []string) string {
	return fmt.Sprintf("提醒：里面写了领导同志（%s）。领导的行程不在群里预告（%s·R10），开始前发到群里的预告、提醒和“活动”会略去；开始后和纪实表照原文", strings.Join(names, "、"), themeday.R10.Clause())
}
