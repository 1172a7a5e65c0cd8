package commands

import (
	"fmt"

	"themeday"
)

var claimGroup = Command{
	Words: []string{"绑定群"}, Usage: "绑定群 第一支部", Help: "企业微信：在支部的群里@我发，以后通知发到这个群", Who: Secretary, Anywhere: true, Run: runClaimGroup,
}

// runClaimGroup says whose a group is, on a network whose groups have no names.
func runClaimGroup(c *Call) (themeday.Reply, error) {
	switch {
	case c.Message.Account != themeday.WeCom:
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R33, "微信群按群名认，不用绑定；群名要和名册里的“群名”一样。“绑定群”是企业微信用的")
	case c.Message.Private():
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R33, "请到要绑定的群里@我，后面写：绑定群 支部名")
	case c.Branch.ID == "":
		return themeday.Reply{}, themeday.Refuse(themeday.Missing, themeday.R33, "请写明支部，例如：绑定群 第一支部")
	}
	if err := c.ClaimGroup(c.Tx, c.Cause, c.Message.Account, c.Message.Chat, c.Branch); err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return say(fmt.Sprintf("本群已绑定为%s的群，以后的通知和签到都在这里。在群里跟我说话请先@我；请假、补学和照片请单独发给我", c.Branch.Name)), nil
}

// unclaimed is what is said in a group that is no branch's, where it is known that it was said to the bot: on a network whose groups have no names
// only what begins with @ arrives.
func (r *Router) unclaimed(h heard) themeday.Reply {
	if h.unknown || h.picture || h.chain != nil || h.long {
		return themeday.Reply{}
	}
	return say("这个群还没有绑定支部。请书记或机关党委在这里@我，后面写：绑定群 支部名（先单独发给我：绑定 六位数字）")
}

// claiming tells whether a message is about whose its group is.
func claiming(m themeday.Message, h heard) bool {
	return m.Account == themeday.WeCom && !m.Private() && len(h.command.Words) > 0 && h.command.Words[0] == claimGroup.Words[0]
}

// claimant is who claims a group that is no branch's: he is recognised as if he had said it in private, by his id alone.
func (r *Router) claimant(tx themeday.Tx, m themeday.Message) (speaker, error) {
	m.Group = ""
	return r.speaker(tx, m)
}
