package commands

import (
	"fmt"

	"themeday"
)

var signIn = Command{
	Words: []string{"签到", "到"}, Usage: "签到", Help: "活动当天签到，也可只发“到”；设了签到码时发：签到 4821",
	Who: Member, Everyday: true, Figures: true, Visitor: isLeader, Run: runSignIn,
}

// runSignIn signs the speaker in. In the group the gathered progress is the answer; in private he is told at once.
func runSignIn(c *Call) (themeday.Reply, error) {
	code, ok := c.signInCode()
	if !ok {
		return themeday.Reply{}, nil
	}
	how := themeday.Self
	if c.Message.Relayed != "" {
		how = themeday.Relayed
	}
	done, err := c.SignInSelf(c.Tx, c.Cause, c.Branch.ID, c.Actor, how, code)
	switch {
	case err != nil && c.plainTalk(err):
		return themeday.Reply{}, nil
	case err != nil:
		return themeday.Reply{}, keep(err) // a wrong code must count
	case !c.Message.Private():
		return themeday.Reply{}, nil
	}
	return say(c.signedIn(done)), nil
}

// signInCode reads what stands behind 签到: nothing, his own name, or the day's code. In a group anything else is ordinary talk.
func (c *Call) signInCode() (string, bool) {
	word, rest := cutWord(c.Args)
	if word == c.Actor.Name || word == c.Actor.Card {
		word, rest = cutWord(rest)
	}
	if word == "" || isDigits(word) && rest == "" {
		return word, true
	}
	return "", c.Message.Private()
}

func isDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return len(s) >= 4 && len(s) <= 6
}

// plainTalk: a bare 到 on a day without an activity is ordinary talk in a group.
func (c *Call) plainTalk(err error) bool {
	if c.Message.Private() || themeday.CodeOf(err) == "" || isWord(c, "签到") {
		return false
	}
	_, none := c.Today(c.Tx, c.Branch.ID, c.Message.At)
	return none != nil
}

func (c *Call) signedIn(done themeday.SignInDone) string {
	when := c.WhenFrom(done.SignIn.Entered, c.Message.At)
	if done.Again {
		return fmt.Sprintf("您已于%s签到，不用再签", when)
	}
	text := fmt.Sprintf("%s，已签到（%s）", c.Actor.Name, when)
	if done.Returned {
		text += "，请假已销"
	}
	return text
}

// takeChain reads a #接龙 in the group. Chains about other things, and chains outside the time of signing in, are ordinary talk.
func takeChain(c *Call, sp speaker, chain themeday.Chain) (themeday.Reply, error) {
	if !chain.Concerns() || sp.known.Level == themeday.Nobody || c.Actor.Branch != c.Branch.ID {
		return themeday.Reply{}, nil
	}
	if _, err := c.Signable(c.Tx, c.Branch.ID, c.Message.At); err != nil {
		return themeday.Reply{}, nil
	}
	c.Cause.Verb = "接龙"
	done, err := c.TakeChain(c.Tx, c.Cause, c.Branch.ID, c.Actor, c.inOurScript(chain))
	if err != nil {
		return themeday.Reply{}, err
	}
	if done.NeedCode {
		return c.codeForChain(done)
	}
	if done.NoReason {
		return themeday.Reply{Aside: true, Text: "请假要写事由，请私信我：请假 事由（事由只给书记看）", Short: "请假要写事由，请加机器人好友后私信：请假 事由"}, nil
	}
	return themeday.Reply{}, nil
}

// codeForChain tells him whose line does not sign him in what to type; once, for every later copy of the chain has his line as well.
func (c *Call) codeForChain(done themeday.ChainDone) (themeday.Reply, error) {
	times, err := c.Tx.CountTry(fmt.Sprintf("chain/%s/%d", done.Activity.ID, c.Actor.ID), c.Day(c.Message.At))
	if err != nil || times > 1 {
		return themeday.Reply{}, err
	}
	text := "今天签到要带签到码，接龙不算签到。请发：签到 四位数字，见会场屏幕"
	all, err := c.Tx.CountTry(fmt.Sprintf("chain/%s", done.Activity.ID), c.Day(c.Message.At))
	if all > 1 { // the group has read it
		return themeday.Reply{Text: text, Aside: true}, err
	}
	return themeday.Reply{Text: text, Aside: true, Short: text}, err
}
