package commands

import (
	"fmt"
	"strings"

	"themeday"
	"themeday/templates"
)

var next = Command{
	Words: []string{"下一步"}, Usage: "下一步", Help: "现在该做什么：期限、依据、要发的话", Who: Secretary, Bare: true, Aside: true, Run: runNext,
}

// runNext names the one next action, its deadline, its rule and what to type.
func runNext(c *Call) (themeday.Reply, error) {
	v, closed, err := c.closedNext()
	if err == nil && closed {
		return private1(v.What + "（" + v.Rule + "）"), nil
	}
	if err == nil {
		v, err = c.nextAction()
	}
	if err != nil {
		return themeday.Reply{}, err
	}
	if c.secretary(c.Actor) {
		if v, err = c.withRectification(v); err != nil {
			return themeday.Reply{}, err
		}
		if v, err = c.withFinding(v); err != nil {
			return themeday.Reply{}, err
		}
		if v, err = c.withTopic(v); err != nil {
			return themeday.Reply{}, err
		}
	}
	if !c.secretary(c.Actor) { // the committee sees how things stand, and what is for others to type is not for it
		v.Type = v.Committee
	}
	if _, id, ok := strings.Cut(v.Rule, "·"); ok {
		v.Gist = c.Rules.Asks(themeday.Rule(id))
	}
	text, err := c.Texts.Next(v)
	return themeday.Reply{Text: text, Short: "下一步请私信我查看"}, err
}

func action(what, deadline string, rule themeday.Rule, command string) templates.NextView {
	return templates.NextView{What: what, Deadline: deadline, Rule: rule.Clause() + "·" + string(rule), Type: command}
}

func (c *Call) nextAction() (templates.NextView, error) {
	if c.secretary(c.Actor) {
		if v, ok, err := c.waitingForHim(); err != nil || ok {
			return v, err
		}
	}
	a, err := c.going(c.Tx, c.Branch.ID, c.Message.At)
	if err != nil {
		return templates.NextView{}, err
	}
	m := c.month(a.Month)
	if !a.Dated() {
		return action("定下每月的固定日", "越早越好", themeday.R03, fixedDay.Usage), nil
	}
	step, open := themeday.NextStep(a)
	if !open {
		return c.afterNine(a)
	}
	switch step {
	case themeday.Deciding:
		return action(m+"主题党日还没有主题", c.approvalBy(a), themeday.R18, "主题 "+m+" 学习党章；重温入党誓词"), nil
	case themeday.Approving:
		return c.approvalNext(a, m), nil
	case themeday.Noticing:
		at, err := c.NoticeAt(c.Tx, a)
		if at.IsZero() {
			return waitFor(m+"预告", "", themeday.R06), err
		}
		return waitFor(m+"预告", c.WhenFrom(at, c.Message.At), themeday.R06), err
	case themeday.Convening, themeday.SigningIn:
		return c.dayNext(a)
	case themeday.Reporting:
		return action("人到齐了就开始，我来通报到会；不发的话"+c.WhenFrom(a.AttendanceAt(c.For(a).Rules), c.Message.At)+"自动通报", c.WhenFrom(a.AttendanceAt(c.For(a).Rules), c.Message.At), themeday.R18, "开始"), nil
	case themeday.Holding:
		return action("活动结束时告诉我，我来发测评；不发的话按计划"+c.WhenFrom(a.Ends, c.Message.At)+"发", c.WhenFrom(a.Ends, c.Message.At), themeday.R25, "结束"), nil
	case themeday.Evaluating:
		return waitFor("大家测评", c.WhenFrom(a.ClosesAt(c.For(a).Rules), c.Message.At), themeday.R25), nil
	}
	return action("写"+m+"总结", c.Deadline(c.RecordDueAt(a)), themeday.R18, "总结 "+m+" 成效……不足……下步……"), nil
}

func waitFor(what, when string, rule themeday.Rule) templates.NextView {
	v := action(what, when, rule, "")
	v.Wait = true
	return v
}

// waitingForHim: leaves to decide and make-up studies to confirm come first.
func (c *Call) waitingForHim() (templates.NextView, bool, error) {
	leaves, err := c.LeavesOpen(c.Tx, c.Branch.ID, c.Message.At)
	if err != nil {
		return templates.NextView{}, false, err
	}
	for _, l := range leaves {
		who, ok := c.Roster.Find(l.Person)
		if s, there := c.Roster.Secretary(); there && l.Person == s.ID {
			continue // nobody decides on his own: it is the deputy's or the committee's
		}
		if l.State != themeday.LeaveAsked || !ok {
			continue
		}
		a, _, err := c.Tx.Activity(l.Activity)
		return action(who.Name+"请假等您批", c.WhenFrom(a.Starts, c.Message.At), themeday.R13, "准假 "+who.Name), true, err
	}
	return c.makeupNext()
}

// makeupNext is a make-up study of the last months that waits for his confirmation; his own waits for somebody else's.
func (c *Call) makeupNext() (templates.NextView, bool, error) {
	now := c.Day(c.Message.At).MonthOf()
	all, err := c.Tx.Activities(c.Branch.ID, now.Add(-3), now)
	if err != nil {
		return templates.NextView{}, false, err
	}
	for _, a := range all {
		makeups, err := c.Tx.Makeups(a.ID)
		if err != nil {
			return templates.NextView{}, false, err
		}
		for _, m := range makeups {
			who, ok := c.Roster.Find(m.Person)
			if ok && m.State == themeday.MakeupHanded && m.Person != c.Actor.ID {
				return action(who.Name+"交了补学，等您确认", "收到后尽快", themeday.R20, "补学 过 "+who.Name+" "+c.monthOf(m.Activity)), true, nil
			}
		}
	}
	return templates.NextView{}, false, nil
}

func (c *Call) approvalBy(a themeday.Activity) string {
	return c.day(c.noticeDay(a).AddDays(-1)) + "前审定，才能按时预告"
}

func (c *Call) noticeDay(a themeday.Activity) themeday.Date {
	return themeday.NoticeDay(a.Starts, c.For(a).Rules.NoticeDays, c.Zone)
}

func (c *Call) approvalNext(a themeday.Activity, m string) templates.NextView {
	switch {
	case a.Returned.After(a.Submitted) || a.Submitted.IsZero() && !a.Returned.IsZero():
		return action(m+"安排被退回："+themeday.Shown(a.ReturnWhy)+"。改好后再报审", c.approvalBy(a), themeday.R18, "报审 "+m)
	case a.Submitted.IsZero() && themeday.CanSubmit(a) != nil && len(themeday.ContentOf(a.Topics)) == 0:
		return action("写"+m+"活动内容", c.approvalBy(a), themeday.R16, "内容 "+m+" 政治学习、党性锻炼")
	case a.Submitted.IsZero():
		return action("把"+m+"安排报机关党委审定", c.approvalBy(a), themeday.R18, "报审 "+m)
	}
	v := waitFor("机关党委审定"+m+"安排", c.approvalBy(a), themeday.R18)
	v.Committee = "审定 " + c.Branch.Name + " " + m
	return v
}

// dayNext is what is left between the notice and the meeting.
func (c *Call) dayNext(a themeday.Activity) (templates.NextView, error) {
	if !c.Message.At.Before(a.Starts) && !a.Done(themeday.SigningIn) {
		return c.nobodySignedIn(a)
	}
	if _, ok := c.Roster.Recorder(); !ok && a.Recorder == 0 {
		return action("指定记录员", c.WhenFrom(a.Starts, c.Message.At), themeday.R11, "记录员 "+a.Month.Chinese()+" 姓名"), nil
	}
	if c.Day(c.Message.At) == c.Day(a.Starts) {
		open, err := c.Unticked(c.Tx, a)
		if err != nil || len(open) > 0 {
			return action("会前检查："+strings.Join(open, "、"), c.WhenFrom(a.Starts, c.Message.At), themeday.R23, "检查 全部"), err
		}
	}
	return waitFor("签到", c.WhenFrom(a.SignInOpens(c.For(a).Rules), c.Message.At), themeday.R18), nil
}

// nobodySignedIn is what is left of a meeting that has begun without a single sign-in: the sheet on paper, numbered as the list is.
func (c *Call) nobodySignedIn(a themeday.Activity) (templates.NextView, error) {
	t, err := c.Tally(c.Tx, a)
	until := c.WhenFrom(a.EndAt(), c.Message.At)
	if a.Over(c.Message.At) {
		until = c.Deadline(c.RecordDueAt(a)) + "前"
	}
	sheet := "纸 1"
	if t.Due > 1 {
		sheet = fmt.Sprintf("纸 1-%d", t.Due)
	}
	return action(c.month(a.Month)+"还没有人签到。可按纸质签到册录入，编号见“名单”", until, themeday.R18, sheet), err
}

// afterNine is what is left after the nine steps: the form, then the next month.
func (c *Call) afterNine(a themeday.Activity) (templates.NextView, error) {
	if a.Filed.IsZero() {
		return action("上报"+a.Month.Chinese()+"纪实表", c.Deadline(c.RecordDueAt(a))+"前", themeday.R22, "上报 "+a.Month.Chinese()), nil
	}
	corrected, err := c.Unfiled(c.Tx, a)
	if err != nil {
		return templates.NextView{}, err
	}
	if len(corrected) > 0 {
		return action(a.Month.Chinese()+"纪实表上报后有更正："+corrected[len(corrected)-1].What+"。请报更正稿", "尽快", themeday.R33, "上报 "+a.Month.Chinese()), nil
	}
	return waitFor(fmt.Sprintf("%s的事都办完了，下个月", a.Month.Chinese()), "", themeday.R01), nil
}
