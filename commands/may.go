package commands

import "themeday"

// may tells whether the speaker may run the command here. A word of ordinary talk from somebody who may not is not answered in a group.
func (c *Call) may(sp speaker) error {
	if c.Command.Who == Anyone {
		return nil
	}
	err := c.allowed(sp)
	if err == nil {
		err = c.stillOpen()
	}
	if err != nil && c.Command.Everyday && !c.Message.Private() {
		return themeday.Refuse(themeday.Forbidden, "", "")
	}
	return err
}

func (c *Call) allowed(sp speaker) error {
	if c.verifies() && (sp.person.Committee || sp.person.Liaison || len(sp.places) > 0) {
		return c.office(true, "")
	}
	if c.Command.Who == Committee {
		return c.office(sp.person.Committee, "机关党委")
	}
	if c.Command.NoBranch && (len(sp.places) > 0 || sp.person.Committee || sp.person.Liaison) {
		return nil // what is his own he may do wherever he says it
	}
	if c.Command.Anywhere && sp.person.Committee && (c.Command.Who > Member || c.Actor.Branch == "") {
		return c.office(true, "")
	}
	if c.name() == showMine.Words[0] && c.Branch.ID == "" && c.Message.Private() {
		return nil // what is stored of him is his to see, wherever he stands
	}
	if c.judges() && sp.person.Committee {
		return c.office(true, "")
	}
	if c.Branch.ID == "" {
		if sp.person.Committee {
			return themeday.Refuse(themeday.Forbidden, themeday.R08, "您不在任何支部的名单上，%s由支部的同志来发", c.Command.Words[0])
		}
		return themeday.Refuse(themeday.Forbidden, themeday.R08, "您不在任何支部的名单上，请联系书记")
	}
	if c.Actor.Branch != c.Branch.ID {
		if own, err := c.ownPast(sp); err != nil || own {
			return err
		}
		if c.Command.Who >= Host && sp.person.Committee && (readable[c.Command.Words[0]] || c.ofSecretary()) {
			return c.office(true, "")
		}
		return themeday.Refuse(themeday.Forbidden, themeday.R08, "您不在%s的名单上，不能办这件事", c.Branch.Name)
	}
	return c.officeHere()
}

// readable are the secretary's commands that only show, and the binding codes: the committee may use them for any branch.
var readable = map[string]bool{"进度": true, "下一步": true, "年度计划": true, "计划": true, "结合": true, "体检": true, "绑定码": true, "纪实表": true, "签到册": true, "台账": true, "述职": true, "迎检": true, "整改": true, "最佳案例": true, "案例": true, "移交": true, "党小组": true, "情况": true, "负担": true}

// lasting are the commands that a closed branch still answers: what shows, and what finishes what was held.
var lasting = map[string]bool{
	"进度": true, "下一步": true, "年度计划": true, "计划": true, "绑定码": true, "纪实表": true, "签到册": true, "台账": true, "述职": true, "迎检": true, "整改": true,
	"我的": true, "名单": true, "总结": true, "上报": true, "更正": true, "异议": true, "补学": true, "党小组": true, "情况": true, "负担": true, "巡查": true, "移交": true,
}

// stillOpen refuses what is new in a branch that was closed.
func (c *Call) stillOpen() error {
	if c.Branch.ID == "" || c.Command.NoBranch || lasting[c.name()] || c.ofYear() || !c.Branch.Gone(c.Day(c.Message.At)) {
		return nil
	}
	return themeday.Refuse(themeday.Conflict, themeday.R08, "%s已于%s撤销，不再办新的事；以前的记录仍可查。要恢复请机关党委发：支部 恢复 %s", c.Branch.Name, c.day(c.Branch.Closed), c.Branch.Name)
}

// ofCommittee tells whether the speaker says the command as one of the committee, for whom no branch is his own.
func (c *Call) ofCommittee(sp speaker) bool {
	return c.Command.Who == Committee || sp.person.Committee && readable[c.name()]
}

// officeHere checks the office that the command needs in its branch.
func (c *Call) officeHere() error {
	switch has := c.holds(c.Command.Who); c.Command.Who {
	case Member:
		return nil
	case Writer:
		return c.office(has, "记录员、主持人或书记")
	case Host:
		return c.office(has, "主持人或书记")
	default:
		return c.office(has || c.ofSecretary() && (c.Actor.Offices.Has(themeday.Deputy) || c.Actor.Committee), "书记")
	}
}

// holds tells whether the speaker is of a circle in the call's branch: by his office, or named for the activity.
func (c *Call) holds(circle Who) bool {
	switch {
	case c.Actor.Offices.Has(themeday.Secretary):
		return true
	case circle == Writer:
		return c.Actor.Offices.Has(themeday.Recorder) || c.named(func(a themeday.Activity) bool { return a.Recorder == c.Actor.ID || a.Host == c.Actor.ID })
	case circle == Host:
		return c.named(func(a themeday.Activity) bool { return a.Host == c.Actor.ID })
	}
	return false
}

// named asks the activity of the month that was typed, of today, or the last one, whether it names the speaker.
func (c *Call) named(is func(themeday.Activity) bool) bool {
	if c.Actor.ID == 0 {
		return false
	}
	if c.Month != nil {
		if a, err := c.OfMonth(c.Tx, c.Branch.ID, *c.Month); err == nil && is(a) {
			return true
		}
	}
	a, err := c.Today(c.Tx, c.Branch.ID, c.Message.At)
	if err == nil && is(a) {
		return true
	}
	if c.name() == list.Words[0] { // shows who comes, which whoever hosts the next one has to know
		if a, err := c.Planned(c.Tx, c.Branch.ID, c.Message.At); err == nil && is(a) {
			return true
		}
	}
	a, ok, err := c.Last(c.Tx, c.Branch.ID, c.Message.At)
	return err == nil && ok && is(a)
}

// office: offices need somebody who is certainly he.
func (c *Call) office(has bool, name string) error {
	if !has {
		return themeday.Refuse(themeday.Forbidden, c.rule(), "“%s”由%s来办，您可以请他们操作", c.Command.Words[0], name)
	}
	if c.Level < themeday.Certain {
		return themeday.Refuse(themeday.Forbidden, themeday.R33, "为防冒名，请先绑定身份：向书记、机关党委或机器人的管理员要绑定码，再发“绑定 六位数字”")
	}
	return nil
}
