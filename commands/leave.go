package commands

import (
	"errors"
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
	Words: []string{"准假"}, Usage: "准假 张三", Help: "批准请假", Who: Secretary, Month: true, Aside: true, Run: func(c *Call) (themeday.Reply, error) { return runDecide(c, true) },
}

var refuse = Command{
	Words: []string{"不准", "不准假"}, Usage: "不准 张三 事由", Help: "不批准请假，写明事由", Who: Secretary, Month: true, Aside: true, Run: func(c *Call) (themeday.Reply, error) { return runDecide(c, false) },
}

func runAskLeave(c *Call) (themeday.Reply, error) {
	a, err := c.leaveTarget()
	if err != nil {
		return themeday.Reply{}, err
	}
	if c.Args == "" && (c.Message.Private() || c.Message.Tapped) {
		return c.leaveWithout(a)
	}
	l, err := c.AskLeave(c.Tx, c.Cause, a, c.Actor, c.Args, "")
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	text, err := c.leaveTaken(a, l)
	return themeday.Reply{Text: text, Short: "请假已转给书记。事由请以后私信我，群里不用写"}, err
}

// leaveWithout answers a request without a reason, and remembers that the note may follow as a picture: an answer, for a refusal would take
// that back.
func (c *Call) leaveWithout(a themeday.Activity) (themeday.Reply, error) {
	_, err := c.AskLeave(c.Tx, c.Cause, a, c.Actor, "", "")
	var refusal *themeday.Error
	if !errors.As(err, &refusal) {
		return themeday.Reply{}, err
	}
	reply := refused(refusal, heard{command: c.Command})
	reply.Offer = leaveReasons(c.Named, c.Branch.Name)
	if c.Message.Tapped && !c.Message.Private() {
		reply.Short = "请假请单独发给我：请假 事由"
	}
	return reply, c.AwaitNote(c.Tx, c.Cause, c.Actor.ID)
}

// leaveReasons are what most leaves are asked for; every other reason is typed.
func leaveReasons(named bool, branch string) themeday.Offer {
	o := themeday.Offer{Ask: "请假事由", Listed: true}
	for _, why := range []string{"生病", "因公出差", "值班", "家中有急事", "休假探亲"} {
		command := "请假 " + why
		if named {
			command = "请假 " + branch + " " + why
		}
		o.Choices = append(o.Choices, themeday.Choice{Label: why, Command: command})
	}
	return o
}

func (c *Call) leaveTarget() (themeday.Activity, error) {
	if c.Month != nil {
		return c.OfMonth(c.Tx, c.Branch.ID, *c.Month)
	}
	return c.LeaveTarget(c.Tx, c.Branch.ID, c.Actor.ID, c.Message.At)
}

func (c *Call) leaveTaken(a themeday.Activity, l themeday.Leave) (string, error) {
	text := fmt.Sprintf("%s主题党日（%s）的请假已转给书记，等他批准", a.Month.Chinese(), c.When(a.Starts))
	if l.Late {
		text = fmt.Sprintf("%s主题党日已经开始，按事后请假记下，由书记决定", a.Month.Chinese())
	}
	if c.secretary(c.Actor) {
		to, err := c.leaveGoesTo()
		if err != nil {
			return "", err
		}
		text = fmt.Sprintf("%s主题党日（%s）您的请假%s", a.Month.Chinese(), c.When(a.Starts), to)
	}
	if !c.Message.Private() {
		text += "。下次可直接私信我，事由群里不用写"
	}
	return text, nil
}

// leaveGoesTo says who decides on the leave of the secretary who speaks.
func (c *Call) leaveGoesTo() (string, error) {
	switch deputy, committee, err := c.LeaveDeciders(c.Tx, c.Cause, c.Actor); {
	case err != nil:
		return "", err
	case deputy != "" && committee:
		return "已转给副书记" + deputy + "和机关党委，等他们批准", nil
	case deputy != "":
		return "已转给副书记" + deputy + "，等他批准", nil
	case committee:
		return "已转给机关党委其他同志，等他们批准", nil
	}
	return "已记为待批：自己的假不能自己准，现在没有副书记，机关党委也没有别的同志可批", nil
}

func (c *Call) secretary(who themeday.Comrade) bool { return who.Offices.Has(themeday.Secretary) }

// ofSecretary tells whether a leave of the secretary himself is decided on, which is not his: the deputy's, or the committee's.
func (c *Call) ofSecretary() bool {
	if c.name() != grant.Words[0] && c.name() != refuse.Words[0] {
		return false
	}
	name, _ := cutWord(c.Args)
	who, err := c.called(name)
	return err == nil && c.secretary(who)
}

func runCancelLeave(c *Call) (themeday.Reply, error) {
	a, err := c.CancelLeave(c.Tx, c.Cause, c.Branch.ID, c.Actor.ID)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	if !c.Message.At.Before(a.Starts) {
		return themeday.Reply{Text: "已销假。到场后请发：签到", Short: "已销假"}, nil
	}
	return themeday.Reply{Text: fmt.Sprintf("已销假，%s见", c.When(a.Starts)), Short: "已销假"}, nil
}

func runDecide(c *Call, granted bool) (themeday.Reply, error) {
	who, why, err := c.person()
	if err != nil {
		return themeday.Reply{}, err
	}
	l, err := c.DecideLeave(c.Tx, c.Cause, c.Branch.ID, c.Month, who, granted, why)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return themeday.Reply{Text: fmt.Sprintf("%s%s的请假：%s，已告诉本人", who.Name, c.monthOf(l.Activity), l.State.Chinese()), Short: "已办理，已告诉本人"}, nil
}
