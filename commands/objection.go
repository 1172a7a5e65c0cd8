package commands

import (
	"fmt"
	"strings"

	"themeday"
	"themeday/commands/fold"
)

var object = Command{
	Words: []string{"异议"}, Usage: "异议 %s 我到会了", Help: "对自己的记录有不同意见；书记答复用：异议 成立 张三 说明，异议 不成立 张三 说明；答复不成立的可请机关党委复核：异议 上级 理由",
	Who: Member, Month: true, Behind: true, Everyday: true, Aside: true, Run: runObject,
}

// runObject takes a member's objection, or the answer to one when the secretary, the deputy or the committee says 成立 or 不成立 and a name.
func runObject(c *Call) (themeday.Reply, error) {
	upheld, rest, judged := c.verdict()
	switch {
	case judged && (c.judge() || c.Actor.Branch != c.Branch.ID):
		return c.judgeObjection(upheld, rest)
	case judged && c.names(rest):
		return themeday.Reply{}, themeday.Refuse(themeday.Forbidden, themeday.R33, "异议由书记答复；书记自己的，由副书记或机关党委答复")
	}
	if word, reason := cutWord(c.Args); fold.Command(word) == aboveWord {
		return c.objectAbove(reason)
	}
	if c.Args == "" {
		return themeday.Reply{}, c.usage()
	}
	if err := c.inBranchThen(); err != nil {
		return themeday.Reply{}, err
	}
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.current)
	if c.Month == nil && themeday.CodeOf(err) != "" {
		a, err = c.Planned(c.Tx, c.Branch.ID, c.Message.At)
	}
	if code := themeday.CodeOf(err); code == themeday.TooEarly || code == themeday.NotFound || err == nil && !a.Dated() {
		return themeday.Reply{}, themeday.Refuse(themeday.NotFound, themeday.R33, "还没有可以提异议的记录，活动之后再发：%s", c.form())
	}
	if err != nil {
		return themeday.Reply{}, err
	}
	o, err := c.Object(c.Tx, c.Cause, a, c.Actor, c.Args)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return themeday.Reply{Text: c.objectionTaken(a, o), Short: "异议已转书记"}, nil
}

// aboveWord takes an objection up to the committee: 异议 上级 3月 理由.
const aboveWord = "上级"

func (c *Call) objectAbove(reason string) (themeday.Reply, error) {
	if c.Month == nil {
		c.Month, reason = c.monthOff(reason, Secretary)
	}
	if err := c.inBranchThen(); err != nil {
		return themeday.Reply{}, err
	}
	a, err := c.ObjectAbove(c.Tx, c.Cause, c.Branch.ID, c.Month, c.Actor, reason)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return themeday.Reply{Text: fmt.Sprintf("对%s记录的异议已请机关党委复核，由原答复人以外的同志答复，双方的话都留在台账里", a.Month.Chinese()), Short: "已请机关党委复核"}, nil
}

func (c *Call) objectionTaken(a themeday.Activity, o themeday.Objection) string {
	to := "书记"
	secretary, there := c.Roster.Secretary()
	switch deputy, ok := c.Roster.Deputy(); {
	case c.secretary(c.Actor) && ok && deputy.ID != c.Actor.ID:
		to = "副书记" + deputy.Name + "和机关党委"
	case c.secretary(c.Actor):
		to = "机关党委"
	case there && o.Against == secretary.ID:
		to = "书记和机关党委" // it is against what he entered
	}
	text := fmt.Sprintf("对%s记录的异议已转%s，双方的话都留在台账里", a.Month.Chinese(), to)
	if o.Late {
		text += fmt.Sprintf("。告知后已过%s，照样受理，台账注明", themeday.Hours(c.Rules.ObjectWithin))
	}
	return text
}

// verdict cuts 成立 or 不成立 off the front of the arguments; the month may stand behind it as well.
func (c *Call) verdict() (upheld bool, rest string, ok bool) {
	word, rest := cutWord(c.Args)
	switch fold.Command(word) {
	case themeday.ObjectionUpheld.Chinese():
		upheld = true
	case themeday.ObjectionRejected.Chinese():
	default:
		return false, "", false
	}
	if c.Month == nil {
		c.Month, rest = c.monthOff(rest, Secretary)
	}
	return upheld, rest, true
}

// judges tells whether the line answers an objection, which the committee may do in any branch.
func (c *Call) judges() bool {
	word, _ := cutWord(c.Args)
	word = fold.Command(word)
	return c.name() == object.Words[0] && (word == themeday.ObjectionUpheld.Chinese() || word == themeday.ObjectionRejected.Chinese())
}

// judge tells whether the speaker may answer objections in the branch.
func (c *Call) judge() bool {
	return c.Actor.Committee || c.Actor.Offices.Has(themeday.Secretary) || c.Actor.Offices.Has(themeday.Deputy)
}

func (c *Call) judgeObjection(upheld bool, rest string) (themeday.Reply, error) {
	if err := c.office(c.judge(), "书记"); err != nil {
		return themeday.Reply{}, err
	}
	if c.Branch.ID == "" {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R33, "请先写支部名，例如：异议 第一支部 %s 成立 张三 说明", c.Day(c.Message.At).MonthOf().Chinese())
	}
	name, why := cutWord(rest)
	if name == "" {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R33, "请这样写：异议 成立 张三 说明，或：异议 不成立 张三 说明")
	}
	who, err := c.objector(name)
	if err != nil {
		return themeday.Reply{}, err
	}
	if c.Month == nil {
		c.Month, why = c.monthOff(why, Secretary)
	}
	if err := c.deputyMay(who); err != nil {
		return themeday.Reply{}, err
	}
	j, err := c.JudgeObjection(c.Tx, c.Cause, c.Branch.ID, c.Month, who, upheld, c.Actor.Committee, why)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return themeday.Reply{Text: c.judgedText(who, j), Short: "已答复，已告诉本人"}, nil
}

// deputyMay: the deputy answers in the secretary's place only what is the secretary's own matter.
func (c *Call) deputyMay(who themeday.Comrade) error {
	if c.Actor.Committee || c.secretary(c.Actor) || c.secretary(who) {
		return nil
	}
	secretary, ok := c.Roster.Secretary()
	all, err := c.Tx.Objections(c.Branch.ID)
	for _, o := range all {
		if ok && o.Person == who.ID && o.Open() && o.Against == secretary.ID {
			return err
		}
	}
	if err == nil {
		err = themeday.Refuse(themeday.Forbidden, themeday.R33, "%s的异议由书记答复；对书记自己录入的，副书记才能答复", who.Name)
	}
	return err
}

func (c *Call) judgedText(who themeday.Comrade, j themeday.Judged) string {
	month := j.Activity.Month.Chinese()
	text := fmt.Sprintf("%s%s的异议：%s，已告诉本人", who.Name, month, j.Objection.State.Chinese())
	if j.Committee {
		text += "和机关党委（这条是您自己录入的）"
	}
	filed, upheld := !j.Activity.Filed.IsZero(), j.Objection.State.Upheld()
	please := "请发"
	if !c.secretary(c.Actor) {
		please = "请" + c.Branch.Name + "书记发"
	}
	if j.Back {
		text += "。签到已撤销，按未到会登记"
	}
	if j.Rated {
		text += "；本人已参加测评，评分不记名，找不出来，照旧计入，台账已注明"
	}
	switch {
	case j.Back && filed:
		text += fmt.Sprintf("；纪实表已上报，%s：上报 %s", strings.Replace(please, "请发", "请再发", 1), month)
	case j.Absent && filed && upheld:
		text += fmt.Sprintf("。确实到会的%s：更正 %s 补签 %s 事由", please, month, who.Name)
	case j.Absent && upheld:
		text += fmt.Sprintf("。确实到会的%s：补签 %s %s 事由", please, month, who.Name)
	}
	return text
}
