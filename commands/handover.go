package commands

import (
	"fmt"
	"strings"

	"themeday"
	"themeday/commands/fold"
	"themeday/templates"
)

var handOver = Command{
	Words: []string{"移交"}, Usage: "移交 李四", Help: "把书记移交给本支部的同志，由机关党委同意；机关党委：移交 同意 第一支部", Who: Secretary, Everyday: true, Aside: true, Anywhere: true, Run: runHandOver,
}

// runHandOver asks for the office to go to somebody, takes it back, and takes the committee's word on it.
func runHandOver(c *Call) (themeday.Reply, error) {
	word, rest := cutWord(c.Args)
	switch fold.Command(word) {
	case "":
		return c.handovers()
	case "同意", "不同意":
		return c.decideHandover(rest, fold.Command(word) == "不同意")
	case "取消":
		return c.withdrawHandover()
	}
	if c.Branch.ID == "" {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R18, "请写明是哪个支部，例如：移交 第一支部 李四，移交 同意 第一支部")
	}
	said, rest := fold.Command(rest), ""
	if said != "" && said != "确认" {
		if !c.Message.Private() {
			return themeday.Reply{}, nil // talk of handing something over
		}
		return themeday.Reply{}, c.usage()
	}
	who, err := c.Roster.Named(word)
	if err != nil {
		if !c.Message.Private() {
			return themeday.Reply{}, nil
		}
		return themeday.Reply{}, err
	}
	if said == "" {
		return c.askWhether(who)
	}
	h, err := c.AskHandover(c.Tx, c.Cause, c.Branch, who, c.appoints())
	if err != nil {
		return themeday.Reply{}, err
	}
	if h.State == themeday.HandoverAgreed {
		return c.handedOver(h, who)
	}
	c.replan()
	return private1(fmt.Sprintf("已报机关党委：%s书记移交给%s。机关党委同意的当天生效，在此之前仍由您负责。不移交了请发：移交 取消", c.Branch.Name, who.Name)), nil
}

// appoints tells whether the speaker acts for the committee and not as the branch's secretary.
func (c *Call) appoints() bool { return c.Actor.Committee && !c.secretary(c.Actor) }

// askWhether shows what is open before the office goes over.
func (c *Call) askWhether(who themeday.Comrade) (themeday.Reply, error) {
	if err := c.CanHandOver(c.Tx, c.Cause, c.Branch, who); err != nil {
		return themeday.Reply{}, err
	}
	open, err := c.Duties(c.Tx, c.Branch, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	typed := "移交 " + who.Name + " 确认"
	if c.appoints() {
		typed = "移交 " + c.Branch.Name + " " + who.Name + " 确认"
	}
	text, err := c.Texts.HandoverAsk(templates.HandoverAskView{
		Branch: c.Branch.Name, To: who.Name, Type: typed, Committee: c.appoints(), Duties: templates.DutyLines(open, !c.appoints()),
	})
	return private1(text), err
}

func (c *Call) withdrawHandover() (themeday.Reply, error) {
	h, ok, err := themeday.OpenHandover(c.Tx, c.Branch.ID)
	switch {
	case err != nil:
		return themeday.Reply{}, err
	case !ok || c.Branch.ID == "":
		return themeday.Reply{}, themeday.Refuse(themeday.NotFound, themeday.R18, "没有在等同意的移交，不用取消。已经生效的要换回，请现任书记发：移交 姓名")
	case !c.secretary(c.Actor):
		return themeday.Reply{}, themeday.Refuse(themeday.Forbidden, themeday.R18, "移交由书记本人取消；机关党委不同意请发：移交 不同意 %s 事由", c.Branch.Name)
	}
	_, err = c.WithdrawHandover(c.Tx, c.Cause, h)
	return private1("已取消移交，您仍是书记"), err
}

// decideHandover takes the committee's word: 移交 同意 第一支部.
func (c *Call) decideHandover(rest string, against bool) (themeday.Reply, error) {
	if !c.Actor.Committee {
		return themeday.Reply{}, themeday.Refuse(themeday.Forbidden, themeday.R18, "书记移交由机关党委同意，您可以请他们发：移交 同意 %s", c.Branch.Name)
	}
	branches, err := c.Tx.Branches()
	if err != nil {
		return themeday.Reply{}, err
	}
	b, why, ok := cutBranch(branches, rest, c.Day(c.Message.At))
	if !ok {
		b, why = c.Branch, rest
	}
	if b.ID == "" {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R18, "请写明是哪个支部，例如：移交 同意 第一支部")
	}
	c.Branch, c.Cause.Branch = b, b.ID
	h, open, err := themeday.OpenHandover(c.Tx, b.ID)
	if err == nil && !open {
		err = themeday.Refuse(themeday.NotFound, themeday.R18, "%s没有等同意的移交。要更换书记请发：移交 %s 姓名", b.Name, b.Name)
	}
	if err != nil {
		return themeday.Reply{}, err
	}
	if against {
		if _, err := c.RefuseHandover(c.Tx, c.Cause, b, h, why); err != nil {
			return themeday.Reply{}, err
		}
		return private1(b.Name + "的书记移交没有同意，事由已告诉书记"), nil
	}
	if strings.TrimSpace(why) != "" {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R18, "同意不用写别的，请发：移交 同意 %s", b.Name)
	}
	roster, err := c.Tx.Roster(b.ID, c.Day(c.Message.At))
	if err != nil {
		return themeday.Reply{}, err
	}
	who, _ := roster.Find(h.To)
	if h, err = c.AgreeHandover(c.Tx, c.Cause, b, h); err != nil {
		return themeday.Reply{}, err
	}
	return c.handedOver(h, who)
}

// handedOver says that the office went over, and how the new one comes to use it.
func (c *Call) handedOver(h themeday.Handover, who themeday.Comrade) (themeday.Reply, error) {
	c.replan()
	scene, err := c.SceneOf(c.Tx, c.Message.Account, c.Scene.Directory, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	text := fmt.Sprintf("%s书记已移交给%s，%s起生效；待办清单已发给本人", c.Branch.Name, who.Name, c.day(c.Day(h.Decided)))
	if _, ok := scene.Find(who.ID, themeday.Certain); !ok {
		text = fmt.Sprintf("%s书记已移交给%s，%s起生效。书记的指令要先绑定身份（第八条·R33），本人还没有绑定，请发：绑定码 %s %s，把六位数字当面交给本人；绑定后待办清单发给本人",
			c.Branch.Name, who.Name, c.day(c.Day(h.Decided)), c.Branch.Name, who.Name)
	}
	return private1(text), nil
}

// handovers shows what waits for the committee, or how the office is handed over.
func (c *Call) handovers() (themeday.Reply, error) {
	if !c.Message.Private() {
		return themeday.Reply{}, nil
	}
	if c.secretary(c.Actor) {
		h, ok, err := themeday.OpenHandover(c.Tx, c.Branch.ID)
		if err != nil {
			return themeday.Reply{}, err
		}
		if who, there := c.Roster.Find(h.To); ok && there {
			return private1(fmt.Sprintf("移交给%s已于%s报机关党委，在等同意。不移交了请发：移交 取消", who.Name, c.WhenFrom(h.Asked, c.Message.At))), nil
		}
		if !c.Actor.Committee {
			return themeday.Reply{}, c.usage()
		}
	}
	all, err := c.Tx.Handovers("")
	if err != nil {
		return themeday.Reply{}, err
	}
	people, err := c.Tx.People()
	if err != nil {
		return themeday.Reply{}, err
	}
	branches, err := c.Tx.Branches()
	if err != nil {
		return themeday.Reply{}, err
	}
	var lines []string
	for _, h := range all {
		if h.State != themeday.HandoverOpen {
			continue
		}
		b := branchOf(branches, h.Branch)
		lines = append(lines, fmt.Sprintf("%s：%s → %s，%s提出。请发：移交 同意 %s，或 移交 不同意 %s 事由", b.Name, calledOf(people, h.From), calledOf(people, h.To), c.day(c.Day(h.Asked)), b.Name, b.Name))
	}
	if len(lines) == 0 {
		return private1("没有等同意的移交。要更换书记请发：移交 支部名 姓名"), nil
	}
	return private1(strings.Join(lines, "\n")), nil
}

// calledOf is somebody's name.
func calledOf(people []themeday.Person, id themeday.PersonID) string {
	for _, p := range people {
		if p.ID == id {
			return p.Name
		}
	}
	return "（无）"
}
