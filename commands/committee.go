package commands

import (
	"fmt"
	"strings"
	"time"

	"themeday"
	"themeday/commands/fold"
	"themeday/templates"
)

var pending = Command{
	Words: []string{"待审"}, Usage: "待审", Help: "看哪些支部在等审定", Who: Committee, Bare: true, NoBranch: true, Aside: true, Run: runPending,
}

var approve = Command{
	Words: []string{"审定"}, Usage: "审定 第一支部 %s", Help: "审定支部当月安排", Who: Committee, Month: true, Aside: true, Run: runApprove,
}

var sendBack = Command{
	Words: []string{"退回"}, Usage: "退回 第一支部 %s 事由", Help: "退回支部当月安排，写明事由", Who: Committee, Month: true, Aside: true, Run: runSendBack,
}

var filings = Command{
	Words: []string{"备案"}, Usage: "备案 2026", Help: "看各支部年度计划备案和改期报备", Who: Committee, NoBranch: true, Aside: true, Run: runFilings,
}

func runPending(c *Call) (themeday.Reply, error) {
	now := c.Day(c.Message.At).MonthOf()
	all, err := c.Tx.AllActivities(now, now.Add(12))
	if err != nil {
		return themeday.Reply{}, err
	}
	branches, err := c.OpenBranches(c.Tx, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	var v templates.PendingView
	for _, a := range all {
		b := branchOf(branches, a.Branch)
		if b.ID == "" {
			continue // it was closed
		}
		if a.Approved() || a.Submitted.IsZero() || a.Returned.After(a.Submitted) || !a.Starts.After(c.Message.At) {
			continue
		}
		v.Items = append(v.Items, templates.PendingLine{
			Branch: b.Name, Month: c.month(a.Month), When: c.When(a.Starts),
			Topic: a.Topic(), Content: strings.Join(a.Content, "、"), Days: themeday.DaysAhead(c.Message.At, a.Starts, c.Zone),
		})
	}
	if len(v.Items) == 0 {
		return say("没有待审的"), nil
	}
	text, err := c.Texts.Pending(v)
	return say(text), err
}

// waiting is the activity of a branch that waits for approval: of the named month, else the only one.
func (c *Call) waiting(tx themeday.Tx, b themeday.BranchID, at time.Time) (themeday.Activity, error) {
	now := c.Day(at).MonthOf()
	all, err := tx.Activities(b, now, now.Add(12))
	if err != nil {
		return themeday.Activity{}, err
	}
	var open []themeday.Activity
	for _, a := range all {
		if !a.Approved() && !a.Submitted.IsZero() && !a.Returned.After(a.Submitted) {
			open = append(open, a)
		}
	}
	switch len(open) {
	case 1:
		return open[0], nil
	case 0:
		return c.Planned(tx, b, at)
	}
	return themeday.Activity{}, themeday.Refuse(themeday.Invalid, "", "%s有几个月在等审定，请写月份，例如：审定 %s %s", c.Branch.Name, c.Branch.Name, open[0].Month.Chinese())
}

func runApprove(c *Call) (themeday.Reply, error) {
	still := fold.Command(c.Args) == "仍审"
	if c.Branch.ID == "" || c.Args != "" && !still { // what is left over may name a branch that there is not
		return themeday.Reply{}, c.usage()
	}
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.waiting)
	if err != nil {
		return themeday.Reply{}, err
	}
	if a, err = c.Approve(c.Tx, c.Cause, a, still); err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return themeday.Reply{Text: fmt.Sprintf("已审定%s%s主题党日（%s），已告诉书记", c.Branch.Name, c.month(a.Month), c.When(a.Starts)), Short: "已审定，已告诉书记"}, nil
}

func runSendBack(c *Call) (themeday.Reply, error) {
	if c.Branch.ID == "" {
		return themeday.Reply{}, c.usage()
	}
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.waiting)
	if err != nil {
		return themeday.Reply{}, err
	}
	if a, err = c.SendBack(c.Tx, c.Cause, a, c.Args); err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return themeday.Reply{Text: fmt.Sprintf("已退回%s%s主题党日，事由已告诉书记", c.Branch.Name, c.month(a.Month)), Short: "已退回，已告诉书记"}, nil
}

func runFilings(c *Call) (themeday.Reply, error) {
	year, _ := cutYear(c.Args, c.Day(c.Message.At).Year)
	branches, err := c.OpenBranches(c.Tx, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	done, err := c.Tx.Filings(year)
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.FilingsView{Year: year}
	for _, b := range branches {
		l := templates.FilingLine{Branch: b.Name}
		for _, f := range done {
			if f.Branch == b.ID {
				last, _, err := themeday.LatestPlan(c.Tx, f)
				if err != nil {
					return themeday.Reply{}, err
				}
				l.At, l.Late, l.Receipt = c.Day(f.At).Chinese(), f.Late, last.Receipt()
			}
		}
		if l.Changes, l.Months, err = c.changesOf(b.ID, year); err != nil {
			return themeday.Reply{}, err
		}
		v.Lines = append(v.Lines, l)
	}
	text, err := c.Texts.Filings(v)
	return say(text), err
}

// changesOf counts a branch's changes of date in a year, and in which months they were (R05).
func (c *Call) changesOf(b themeday.BranchID, year int) (n int, months []string, err error) {
	all, err := c.Tx.Activities(b, themeday.YearMonth{Year: year, Month: 1}, themeday.YearMonth{Year: year, Month: 12})
	for _, a := range all {
		changes, err := c.Tx.Changes(a.ID)
		if err != nil {
			return 0, nil, err
		}
		switch n += len(changes); {
		case len(changes) == 1:
			months = append(months, a.Month.Chinese())
		case len(changes) > 1:
			months = append(months, fmt.Sprintf("%s%d次", a.Month.Chinese(), len(changes)))
		}
	}
	return n, months, err
}
