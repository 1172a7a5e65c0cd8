package commands

import (
	"fmt"
	"time"

	"themeday"
	"themeday/commands/fold"
)

// unrecognised answers somebody who was not recognised, once a day and group, and tells the secretary once of a name that is somebody else's.
func (c *Call) unrecognised(sp speaker) (themeday.Reply, error) {
	if c.Message.Private() && c.Command.Ballot {
		return say("还没有认出您。受邀来评的请把评分码写在前面，例如：评分 84213765 5 4 5 5；支部的同志请向书记要绑定码，再发：绑定 六位数字"), nil
	}
	if c.Message.Private() {
		return say("还没有认出您。请向书记或机关党委要绑定码，再发：绑定 六位数字"), nil
	}
	if c.Command.Everyday {
		if _, err := c.Signable(c.Tx, c.Branch.ID, c.Message.At); err != nil {
			return themeday.Reply{}, nil
		}
	}
	name := themeday.CleanName(c.Message.From.Card)
	if name == "" { // a network that shows no names
		return say("还没有认出您，这条没有记。请向书记要绑定码，再单独发给我：绑定 六位数字"), nil
	}
	text, rule := "名单上没有“"+themeday.Shown(name)+"”，这条没有记。请把群昵称改成姓名，或向书记要绑定码", themeday.R08
	like := c.looksLike(name)
	switch {
	case like != "" && sp.known.Doubt != themeday.SameName:
		text, rule = "“"+themeday.Shown(name)+"”和名单上一位同志的写法相像，但不是同一个名字，没法确认是哪一位，这条没有记。是本人请把群昵称改成名单上的写法，或向书记要绑定码", themeday.R33
		if err := c.tellDoubt(name + "\n" + like); err != nil {
			return themeday.Reply{}, err
		}
	case sp.known.Doubt == themeday.SameName:
		text, rule = c.twice(name)+"，没法确认是哪一位，这条没有记。本人请向书记或机关党委要绑定码，私信我：绑定 六位数字", themeday.R33
		if err := c.tellDoubt(name); err != nil {
			return themeday.Reply{}, err
		}
	}
	times, err := c.Tx.CountTry(fmt.Sprintf("doubt/%s/%s/%s", c.Message.Account, c.Message.Chat, c.Message.From.ID), c.Day(c.Message.At))
	if err != nil || times > 1 {
		return themeday.Reply{}, err
	}
	e := themeday.Refuse(themeday.Forbidden, rule, "%s", text)
	reply := refused(e, heard{})
	reply.Short = reply.Text // who is not known cannot be answered in private
	return reply, nil
}

// twice says what is doubtful about a name: two in the group bear it, or somebody else is known by it.
func (c *Call) twice(name string) string {
	bear := 0
	for _, g := range c.Scene.Directory.Groups() {
		for _, m := range g.Members {
			if g.Chat == c.Message.Chat && themeday.CleanName(m.Card) == name {
				bear++
			}
		}
	}
	if bear > 1 {
		return fmt.Sprintf("群里有%s个“%s”", counted(bear), themeday.Shown(name))
	}
	return "“" + themeday.Shown(name) + "”这个名字另有人用"
}

// counted is a small number in words: 两个.
func counted(n int) string {
	if n == 2 {
		return "两"
	}
	return fmt.Sprint(n)
}

// tellDoubt tells the secretary of a doubtful name, once a session; behind a line break may stand whose it reads like.
func (c *Call) tellDoubt(name string) error {
	key := fmt.Sprintf("%s/%s/%s/%s", themeday.IdentityDoubt, c.Message.Account, c.Session, c.Message.From.ID)
	_, there, err := c.Tx.Post(key)
	if err != nil || there {
		return err
	}
	at := c.Message.At
	return c.Tx.PutPost(themeday.Post{
		Key: key, Kind: themeday.IdentityDoubt, Branch: c.Branch.ID, To: themeday.ToSecretary, Arg: name,
		Due: at, Planned: at, Expires: at.Add(24 * time.Hour), State: themeday.Waiting,
	})
}

// looksLike gives the name of the branch's roster that a name reads like without being it: 王强 for 王強, or for one with a Cyrillic letter.
func (c *Call) looksLike(name string) string {
	skeleton := fold.Skeleton(name)
	for _, one := range c.Roster {
		for _, theirs := range []string{one.Name, themeday.CleanName(one.Card)} {
			if skeleton != "" && theirs != name && fold.Skeleton(theirs) == skeleton {
				return one.Name
			}
		}
	}
	return ""
}
