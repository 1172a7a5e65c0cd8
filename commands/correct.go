package commands

import (
	"fmt"
	"strings"

	"themeday"
	"themeday/commands/fold"
)

var correct = Command{
	Words: []string{"更正"}, Usage: "更正 %s 补签 张三 事由", Help: "纪实表上报后更正：后面接补签、送学、记录、共识、任务、总结、检查或结合，再报更正稿", Who: Secretary, Month: true, Behind: true, Everyday: true, Run: runCorrect,
}

// corrections are the verbs that may stand behind 更正, with what they do to the activity.
var corrections = map[string]func(*Call, themeday.Activity) error{
	"补签": correctSignIn, "送学": correctRemote, "记录": correctMinute(themeday.Noted), "共识": correctMinute(themeday.Agreed), "任务": correctMinute(themeday.Assigned),
	"总结": correctSummary, "检查": correctTick, "点评": correctComment, "结合": correctLinks,
}

// runCorrect changes on purpose what was filed; every such change is told in the next version of the form (R33).
func runCorrect(c *Call) (themeday.Reply, error) {
	verb, rest := cutWord(c.Args)
	do, ok := corrections[fold.Command(verb)]
	if !ok && !c.Message.Private() {
		return themeday.Reply{}, nil
	}
	if !ok || rest == "" {
		return themeday.Reply{}, c.usage()
	}
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.Held)
	if err != nil {
		return themeday.Reply{}, err
	}
	m := a.Month.Chinese()
	if a.Filed.IsZero() {
		return themeday.Reply{}, themeday.Refuse(themeday.TooEarly, themeday.R22, "%s纪实表还没有上报，去掉“更正 %s”直接发就行", m, m)
	}
	if c.Roster, err = c.RosterOf(c.Tx, a); err != nil {
		return themeday.Reply{}, err
	}
	c.Args, c.Cause.Correcting, c.Cause.Verb = rest, true, fold.Command(verb)
	if err := do(c, a); err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return say(fmt.Sprintf("已更正%s：%s。请发：上报 %s，把更正稿报机关党委", c.month(a.Month), fold.Command(verb), m)), nil
}

func correctSignIn(c *Call, a themeday.Activity) error {
	who, why, err := c.comer()
	if err != nil {
		return err
	}
	return already(who)(c.SignInProxy(c.Tx, c.Cause, a, who, why, true))
}

func correctRemote(c *Call, a themeday.Activity) error {
	who, way, err := c.person()
	if err != nil {
		return err
	}
	return already(who)(c.SignInRemote(c.Tx, c.Cause, a, who, way))
}

// already refuses a correction that changes nothing.
func already(who themeday.Comrade) func(themeday.SignInDone, error) error {
	return func(done themeday.SignInDone, err error) error {
		if err == nil && done.Again {
			return themeday.Refuse(themeday.Conflict, themeday.R33, "%s已有签到记录，不用更正", who.Name)
		}
		return err
	}
}

func correctMinute(kind themeday.MinuteKind) func(*Call, themeday.Activity) error {
	return func(c *Call, a themeday.Activity) error {
		_, err := c.Write(c.Tx, c.Cause, a, kind, c.Args)
		return err
	}
}

func correctSummary(c *Call, a themeday.Activity) error {
	_, err := c.Summarise(c.Tx, c.Cause, a, c.Args)
	return err
}

func correctLinks(c *Call, a themeday.Activity) error {
	l, err := c.linksSaid()
	if err != nil {
		return err
	}
	_, err = c.SetLinks(c.Tx, c.Cause, a, l)
	return err
}

func correctTick(c *Call, a themeday.Activity) error {
	var items []string
	if all := fold.Command(c.Args); all != "全部" {
		items = strings.FieldsFunc(c.Args, func(r rune) bool { return strings.ContainsRune(" ,，、", r) })
	}
	_, err := c.Tick(c.Tx, c.Cause, a, items)
	return err
}
