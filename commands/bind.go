package commands

import (
	"fmt"

	"themeday"
	"themeday/commands/fold"
)

var bind = Command{
	Words: []string{"绑定"}, Usage: "绑定 六位数字", Help: "用书记给的绑定码确认身份", Who: Anyone, NoBranch: true, Figures: true, Aside: true, Run: runBind,
}

var bindingCode = Command{
	Words: []string{"绑定码"}, Usage: "绑定码 张三", Help: "给同志发绑定码，24小时有效，只能用一次", Who: Secretary, Aside: true, Anywhere: true, Run: runBindingCode,
}

// runBind joins the speaker to a person. A wrong code is a refusal that takes nothing back: the try must count.
func runBind(c *Call) (themeday.Reply, error) {
	code := fold.Command(c.Args)
	if !isDigits(code) {
		if !c.Message.Private() {
			return themeday.Reply{}, nil
		}
		return themeday.Reply{}, c.usage()
	}
	p, err := c.Bind(c.Tx, c.Cause, c.Message, themeday.Recognition{Person: c.Actor.ID, Level: c.Level}, c.Scene, code)
	if err != nil {
		return themeday.Reply{}, keep(err)
	}
	return themeday.Reply{Text: fmt.Sprintf("已绑定：%s。发“帮助”看能用的话", p.Name), Short: "已绑定"}, nil
}

func runBindingCode(c *Call) (themeday.Reply, error) {
	who, where, err := c.vouched()
	if err != nil {
		return themeday.Reply{}, err
	}
	code, err := c.IssueCode(c.Tx, c.Cause, c.Scene, who.ID)
	if err != nil {
		return themeday.Reply{}, err
	}
	return themeday.Reply{Text: fmt.Sprintf("%s%s的绑定码：%s（24小时内有效，只能用一次）。请当面或电话告诉本人，让他发：绑定 %s", who.Name, where, code, code), Short: "绑定码请私信我索取"}, nil
}

// vouched is for whom a code is asked: somebody of the branch; for the committee anybody in the house, and then where he stands is said as well.
func (c *Call) vouched() (themeday.Person, string, error) {
	who, _, err := c.person()
	name, _ := cutWord(c.Args)
	if err != nil && themeday.CodeOf(err) != themeday.NotFound || !c.Actor.Committee || name == "" {
		return who.Person, "", err
	}
	p := who.Person
	if err != nil {
		if p, err = c.Anybody(c.Tx, c.Cause, themeday.CleanName(name), ""); err != nil {
			return p, "", err
		}
	}
	where, err := c.Whereabouts(c.Tx, c.Cause, p)
	return p, "（" + where + "）", err
}
