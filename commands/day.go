package commands

import (
	"fmt"
	"strings"
	"time"

	"themeday"
	"themeday/commands/fold"
)

var tick = Command{
	Words: []string{"检查"}, Usage: "检查 全部", Help: "会前检查打勾，例如：检查 党旗 徽章", Who: Host, Everyday: true, Run: runTick,
}

var dayCode = Command{
	Words: []string{"签到码"}, Usage: "签到码", Help: "设当天的签到码，写在会场屏幕上", Who: Host, Bare: true, Aside: true, Run: runDayCode,
}

var proxy = Command{
	Words: []string{"代签"}, Usage: "代签 张三 事由", Help: "活动结束前替人签到，写明事由", Who: Host, Run: func(c *Call) (themeday.Reply, error) { return runProxy(c, false) },
}

var proxyAfter = Command{
	Words: []string{"补签"}, Usage: "补签 张三 事由", Help: "活动结束后补签，写明事由", Who: Secretary, Month: true, Behind: true, Run: func(c *Call) (themeday.Reply, error) { return runProxy(c, true) },
}

var remote = Command{
	Words: []string{"送学"}, Usage: "送学 张三 上门", Help: "记年老体弱同志的参加方式", Who: Host, Month: true, Run: runRemote,
}

var paper = Command{
	Words: []string{"纸"}, Usage: "纸 1-12,15", Help: "按名单编号录入纸质签到，没有编号的列席同志写姓名", Who: Host, Month: true, Everyday: true, Run: runPaper,
}

var begin = Command{
	Words: []string{"开始"}, Usage: "开始", Help: "活动开始，通报到会", Who: Host, Bare: true, Everyday: true, Run: runBegin,
}

var end = Command{
	Words: []string{"结束"}, Usage: "结束", Help: "活动结束，开始测评", Who: Host, Bare: true, Everyday: true, Run: runEnd,
}

func runTick(c *Call) (themeday.Reply, error) {
	a, err := c.Today(c.Tx, c.Branch.ID, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	items := splitList(fold.Text(c.Args), "、，,；;\n ")
	if len(items) == 0 {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R23, "请写检查了哪几项：%s；都好了发：检查 全部", strings.Join(c.Rules.Checklist, "、"))
	}
	if len(items) == 1 && fold.Command(items[0]) == "全部" {
		items = nil
	}
	for i, said := range items {
		for _, item := range c.Rules.Checklist {
			if fold.Command(item) == fold.Command(said) {
				items[i] = item // 黨旗 is 党旗
			}
		}
	}
	open, err := c.Tick(c.Tx, c.Cause, a, items)
	if err != nil {
		return themeday.Reply{}, err
	}
	if len(open) > 0 {
		return say("已打勾，还差：" + strings.Join(open, "、")), nil
	}
	return say("会前检查已全部完成"), nil
}

func runDayCode(c *Call) (themeday.Reply, error) {
	a, err := c.Today(c.Tx, c.Branch.ID, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	if a, err = c.SetCode(c.Tx, c.Cause, a); err != nil {
		return themeday.Reply{}, err
	}
	return themeday.Reply{Text: fmt.Sprintf("今天的签到码：%s。请写在会场屏幕上，到会的同志发：签到 %s", a.Code, a.Code), Short: "签到码已设，请私信我查看"}, nil
}

func runProxy(c *Call, after bool) (themeday.Reply, error) {
	pick := c.Today
	if after {
		pick = c.current
	}
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, pick)
	if err != nil {
		return themeday.Reply{}, err
	}
	who, why, err := c.comer()
	if err != nil {
		return themeday.Reply{}, err
	}
	why, confirmed := cutConfirmed(why)
	if !confirmed && why != "" {
		if asks, err := c.proxyOfOneOnLeave(a, who, why); err != nil || asks.Text != "" {
			return asks, err
		}
	}
	done, err := c.SignInProxy(c.Tx, c.Cause, a, who, why, after)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	if done.Again {
		return say(fmt.Sprintf("%s已经签到过了", who.Name)), nil
	}
	return say(fmt.Sprintf("已为%s%s，签到册会注明，并告诉本人", who.Name, c.Command.Words[0])), nil
}

// proxyOfOneOnLeave asks the secretary once more before somebody is signed in whose leave was granted: it would end with it.
func (c *Call) proxyOfOneOnLeave(a themeday.Activity, who themeday.Comrade, why string) (themeday.Reply, error) {
	leaves, err := c.Tx.Leaves(a.ID)
	if err != nil {
		return themeday.Reply{}, err
	}
	for _, l := range leaves {
		if l.Person == who.ID && l.State == themeday.LeaveGranted {
			month := ""
			if c.Month != nil {
				month = c.Month.Chinese() + " "
			}
			return private1(fmt.Sprintf("%s%s的请假%s准了，还没有签到。确实到会了请发：%s %s%s %s 确认（请假随之作废，签到册注明，并告诉本人）",
				who.Name, c.month(a.Month), c.WhenFrom(l.Decided, c.Message.At), c.name(), month, who.Name, oneLine(why))), nil
		}
	}
	return themeday.Reply{}, nil
}

func runRemote(c *Call) (themeday.Reply, error) {
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.current)
	if err != nil {
		return themeday.Reply{}, err
	}
	who, way, err := c.person()
	if err != nil {
		return themeday.Reply{}, err
	}
	done, err := c.SignInRemote(c.Tx, c.Cause, a, who, way)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	if done.Again {
		return say(fmt.Sprintf("%s已经记过了", who.Name)), nil
	}
	if !c.Message.Private() {
		return say(fmt.Sprintf("已记：%s，计入到会", who.Name)), nil // in what way is not the group's
	}
	return say(fmt.Sprintf("已记：%s送学（%s），计入到会", who.Name, themeday.Shown(way))), nil
}

func runPaper(c *Call) (themeday.Reply, error) {
	ns, guests, err := c.onPaper()
	if err != nil {
		if !c.Message.Private() {
			return themeday.Reply{}, nil
		}
		return themeday.Reply{}, err
	}
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.current)
	if err != nil {
		return themeday.Reply{}, err
	}
	done, err := c.SignInPaper(c.Tx, c.Cause, a, ns, guests...)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	text := fmt.Sprintf("纸质签到录入%d人", len(done.New))
	if c.Message.Private() && len(done.New) > 0 { // so that a number that was misread is seen at once
		text += "：" + names(done.New)
	}
	if len(done.Again) > 0 {
		text += fmt.Sprintf("，另有%d人此前已签到：%s", len(done.Again), names(done.Again))
	}
	return say(text), nil
}

// onPaper reads the numbers of the list and, behind or between them, the names of those who have none.
func (c *Call) onPaper() (ns []int, guests []themeday.Comrade, err error) {
	var plain []string
	for _, word := range splitList(fold.Text(c.Args), ",，、 ;；\n") {
		if strings.ContainsAny(word, "0123456789") {
			plain = append(plain, word)
			continue
		}
		who, err := c.came(word)
		if err == nil && who.Counts() { // members have numbers
			_, err = numbers(word)
		}
		if err != nil {
			return nil, nil, err
		}
		guests = append(guests, who)
	}
	if len(plain) > 0 || len(guests) == 0 {
		ns, err = numbers(strings.Join(plain, ","))
	}
	return ns, guests, err
}

// current is the activity of today, else the last one that was held.
func (c *Call) current(tx themeday.Tx, b themeday.BranchID, at timeAt) (themeday.Activity, error) {
	a, none := c.Today(tx, b, at)
	if none == nil {
		return a, nil
	}
	if a, err := c.Held(tx, b, at); err == nil {
		return a, nil
	}
	return a, none
}

func runBegin(c *Call) (themeday.Reply, error) {
	a, err := c.Today(c.Tx, c.Branch.ID, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	if _, err = c.Begin(c.Tx, c.Cause, a); err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	if !c.Message.Private() {
		return themeday.Reply{}, nil // the report of attendance is the answer
	}
	return say("活动开始，到会情况已通报到群里"), nil
}

func runEnd(c *Call) (themeday.Reply, error) {
	a, err := c.current(c.Tx, c.Branch.ID, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	opened := !a.Evaluated.IsZero()
	if a, err = c.End(c.Tx, c.Cause, a); err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	switch {
	case opened && !c.Message.Private() && c.Day(a.Ended) == c.Day(a.Ends) && a.Ended.Sub(a.Ends) < time.Minute:
		return themeday.Reply{}, nil // the group has just read that it ended
	case opened:
		return say(fmt.Sprintf("结束时间改记为%s，测评照常进行", c.Local(a.Ended).Format("15:04"))), nil
	case !c.Message.Private():
		return themeday.Reply{}, nil // the opening of the evaluation is the answer
	}
	if c.For(a).Rules.NoEvaluation {
		return say(fmt.Sprintf("活动结束，请写总结：总结 %s 成效……不足……下步……", a.Month.Chinese())), nil
	}
	return say("活动结束，测评通知已发到群里"), nil
}
