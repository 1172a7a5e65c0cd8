package commands

import (
	"fmt"
	"strings"

	"themeday"
)

var commentOn = Command{
	Words: []string{"点评"}, Usage: "点评 支部名 %s 优点……；不足……；方向……", Help: "到场的联系领导、机关党委点评活动；书记代录：点评 %s 姓名 内容",
	Who: Member, Month: true, Everyday: true, Aside: true, Visitor: isAbove, Run: runComment,
}

// runComment takes the comment of somebody who came, or what the secretary writes down of one that was spoken (R27). Where leaders are and what
// they said is told in private; the record has it.
func runComment(c *Call) (themeday.Reply, error) {
	if c.Branch.ID == "" {
		return themeday.Reply{}, c.usage()
	}
	if err := c.ofAnotherBranch(); err != nil {
		return themeday.Reply{}, c.quiet(err, c.Actor)
	}
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.current)
	if err != nil {
		return themeday.Reply{}, err
	}
	who, text := c.Actor, c.Args
	if c.holds(Secretary) || c.ofSecretary() && c.Actor.Offices.Has(themeday.Deputy) {
		if err := c.office(true, ""); err != nil {
			return themeday.Reply{}, err
		}
		if who, text, err = c.spoken(); err != nil {
			return themeday.Reply{}, err
		}
	} else if !c.Message.Private() && who.Counts() && len(c.Args) == 0 {
		return themeday.Reply{}, nil // a word of ordinary talk
	}
	k, err := c.Comment(c.Tx, c.Cause, a, who, text)
	if err != nil {
		return themeday.Reply{}, c.quiet(err, who)
	}
	reply := themeday.Reply{Text: fmt.Sprintf("已记下%s%s主题党日的点评，写入纪实表。上报前可再发一次改写", c.Branch.Name, c.month(a.Month)), Short: "已收到。这类内容以后请私信我发"}
	if k.Dictated() {
		reply.Text = fmt.Sprintf("已代录%s对%s主题党日的点评，纪实表注明书记代录", who.Name, c.month(a.Month))
	}
	return reply, nil
}

// ofAnotherBranch refuses a comment that names another branch than the one in whose group it is said: it is nothing for this group, and must
// not be taken for one on its own activity. The refusal names neither branch nor month.
func (c *Call) ofAnotherBranch() error {
	if c.Message.Private() {
		return nil
	}
	all, err := c.Tx.Branches()
	if err != nil {
		return err
	}
	said := c.Args
	if _, after := cutMonth(said, c.Day(c.Message.At).MonthOf(), Member); after != "" {
		said = after
	}
	for _, text := range []string{c.Args, said} {
		if b, _, ok := cutBranch(all, text, c.Day(c.Message.At)); ok && b.ID != c.Branch.ID {
			return themeday.Refuse(themeday.Forbidden, themeday.R27, "别的支部的点评不在这个群里发，没有记。请私信我发：点评 支部名 月份 优点……；不足……；方向……")
		}
	}
	return nil
}

// quiet: in a group 点评 is a word of ordinary talk to those whose comment is not taken.
func (c *Call) quiet(err error, who themeday.Comrade) error {
	if !c.Message.Private() && themeday.CodeOf(err) == themeday.Forbidden && !isAbove(who.Person) {
		return themeday.Refuse(themeday.Forbidden, "", "")
	}
	return err
}

// spoken cuts the name of who spoke off the front.
func (c *Call) spoken() (themeday.Comrade, string, error) {
	name, text := cutWord(c.Args)
	if name == "" {
		return themeday.Comrade{}, "", themeday.Refuse(themeday.Invalid, themeday.R27, "代录点评请写姓名和内容，例如：点评 %s 姓名 优点……；不足……；方向……", c.month(c.Day(c.Message.At).MonthOf()))
	}
	who, err := c.came(name)
	return who, text, err
}

// correctComment writes a comment into a form that was filed.
func correctComment(c *Call, a themeday.Activity) error {
	who, text, err := c.spoken()
	if err == nil {
		_, err = c.Comment(c.Tx, c.Cause, a, who, text)
	}
	return err
}

// cameTo tells whether the last activity of a branch is one that the speaker came to and can still comment on.
func (c *Call) cameTo(b themeday.BranchID) (bool, error) {
	a, err := c.Held(c.Tx, b, c.Message.At)
	if c.Month != nil {
		a, err = c.OfMonth(c.Tx, b, *c.Month)
	}
	if ok, err := yes(err); !ok || !a.Dated() {
		return false, err
	}
	all, err := c.Tx.SignIns(a.ID)
	for _, s := range all {
		if s.Person == c.Cause.By && s.Guest {
			return true, err
		}
	}
	if err != nil {
		return false, err
	}
	guests, err := c.Tx.Guests(a.ID)
	for _, g := range guests {
		if g.Person == c.Cause.By {
			return true, err
		}
	}
	return false, err
}

// joined puts words between which a comma belongs into one.
func joined(words []string) string { return strings.Join(words, "、") }
