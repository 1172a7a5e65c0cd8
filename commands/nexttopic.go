package commands

import (
	"fmt"

	"themeday"
	"themeday/templates"
)

// withTopic names the compulsory topic that is due first and not in the plan (R16): instead of waiting or of a step that its month cannot take
// without it, else beside the next action.
func (c *Call) withTopic(v templates.NextView) (templates.NextView, error) {
	t, a, ok, err := c.lackingTopic()
	if err != nil || !ok {
		return v, err
	}
	m := c.month(t.Month)
	own := action(fmt.Sprintf("%s计划里还没有必选主题“%s”", m, themeday.Shown(t.Text)), c.day(t.Due)+"前", themeday.R16, fmt.Sprintf("主题 %s 必选 %s", m, t.Text))
	if going, err := c.going(c.Tx, c.Branch.ID, c.Message.At); err != nil {
		return v, err
	} else if step, open := themeday.NextStep(going); v.Wait || going.ID == a.ID && open && step <= themeday.Approving && !c.forPeople(v) {
		return own, nil
	}
	if v.Also == "" {
		v.Also = fmt.Sprintf("另有%s，%s列入。请发：%s", own.What, own.Deadline, own.Type)
	}
	return v, nil
}

// forPeople tells whether the action is about somebody who waits: a leave, a make-up study.
func (c *Call) forPeople(v templates.NextView) bool {
	for _, r := range []themeday.Rule{themeday.R13, themeday.R20} {
		if v.Rule == r.Clause()+"·"+string(r) {
			return true
		}
	}
	return false
}

// lackingTopic is the compulsory topic of the coming months that is due first and that the branch has not planned; what is approved is no
// longer changed.
func (c *Call) lackingTopic() (first themeday.RequiredTopic, of themeday.Activity, found bool, err error) {
	now := c.Day(c.Message.At).MonthOf()
	all, err := c.Tx.RequiredTopics(now, now.Add(12))
	seen := map[themeday.YearMonth]bool{}
	for _, t := range all {
		if err != nil || seen[t.Month] || !t.Holds() || !t.For(c.Branch.ID) {
			continue
		}
		seen[t.Month] = true
		var a themeday.Activity
		if a, err = c.OfMonth(c.Tx, c.Branch.ID, t.Month); err != nil || a.Approved() || a.Dated() && !c.Message.At.Before(a.Starts) {
			continue
		}
		var lacking []themeday.RequiredTopic
		lacking, err = c.LackingTopics(c.Tx, a)
		for _, l := range lacking {
			if !found || l.Due.Before(first.Due) {
				first, of, found = l, a, true
			}
		}
	}
	return first, of, found, err
}

// closedNext is what is left in a branch that was closed: the record form of what was held, else nothing.
func (c *Call) closedNext() (v templates.NextView, closed bool, err error) {
	if !c.Branch.Gone(c.Day(c.Message.At)) {
		return v, false, nil
	}
	a, err := c.going(c.Tx, c.Branch.ID, c.Message.At)
	if err != nil || a.Dated() && a.Filed.IsZero() && a.Done(themeday.Convening) {
		return v, false, err
	}
	v = action(fmt.Sprintf("%s已于%s撤销，没有要办的事；以前的记录仍可查", c.Branch.Name, c.day(c.Branch.Closed)), "", themeday.R08, "")
	return v, true, nil
}
