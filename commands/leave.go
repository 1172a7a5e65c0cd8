package commands

import (
	"fmt"

	"themeday"
)

var askLeave = Command{
	Words: []string{"请假"}, Usage: "请假 事由", Help: "向书记请假，请写事由；私信我，事由只给书记看", Who: Member, Month: true, Aside: true, Run: runAskLeave,
}

var cancelLeave = Command{
	Words: []string{"销假"}, Usage: "销假", Help: "能来了，取消请假", Who: Member, Bare: true, Aside: true, Run: runCancelLeave,
}

var grant = Command{
	Words: []string{"准假"}, Usage: "准假 张三", Help: "批准请假", Who: Secretary, Aside: true, Run: func(c *Call) (themeday.Reply, error) { return runDecide(c, true) },
}

var refuse = Command{
	Words: []string{"不准", "不准假"}, Usage: "不准 张三 事由", Help: "不批准请假，写明事由", Who: Secretary, Aside: true, Run: func(c *Call) (themeday.Reply, error) { return runDecide(c, false) },
}

func runAskLeave(c *Call) (themeday.Reply, error) {
	a, err := c.leaveTarget()
	if err != nil {
		return themeday.Reply{}, err
	}
	l, err := c.AskLeave(c.Tx, c.Cause, a, c.Actor, c.Args, "")
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return themeday.Reply{Text: c.leaveTaken(a, l), Short: "请假已转给书记。事由请以后私信我，群里不用写"}, nil
}

func (c *Call) leaveTarget() (themeday.Activity, error) {
	if c.Month != nil {
		return c.OfMonth(c.Tx, c.Branch.ID, *c.Month)
	}
	return c.LeaveTarget(c.Tx, c.Branch.ID, c.Actor.ID, c.Message.At)
}

func (c *Call) leaveTaken(a themeday.Activity, l themeday.Leave) string {
	text := fmt.Sprintf("%s主题党日（%s）的请假已转给书记，等他批准", a.Month.Chinese(), c.When(a.Starts))
	if l.Late {
		text = fmt.Sprintf("%s主题党日已经开始，按事后请假记下，由书记决定", a.Month.Chinese())
	}
	if c.Actor.Offices.Has(themeday.Secretary) && !l.Late {
		text = fmt.Sprintf("%s主题党日（%s）您的请假已记下。您是书记，请再发：准假 %s", a.Month.Chinese(), c.When(a.Starts), c.Actor.Name)
	}
	if !c.Message.Private() {
		text += "。下次可直接私信我，事由群里不用写"
	}
	return text
}

func runCancelLeave(c *Call) (themeday.Reply, error) {
	a, err := c.CancelLeave(c.Tx, c.Cause, c.Branch.ID, c.Actor.ID)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return themeday.Reply{Text: fmt.Sprintf("已销假，%s见", c.When(a.Starts)), Short: "已销假"}, nil
}

func runDecide(c *Call, granted bool) (themeday.Reply, error) {
	who, why, err := c.person()
	if err != nil {
		return themeday.Reply{}, err
	}
	l, err := c.DecideLeave(c.Tx, c.Cause, c.Branch.ID, who, granted, why)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return themeday.Reply{Text: fmt.Sprintf("%s的请假：%s，已告诉本人", who.Name, l.State.Chinese()), Short: "已办理，已告诉本人"}, nil
}
