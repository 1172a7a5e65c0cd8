package commands

import (
	"fmt"
	"strings"

	"themeday"
	"themeday/commands/fold"
	"themeday/templates"
)

var help = Command{
	Words: []string{"帮助", "菜单"}, Usage: "帮助", Help: "看能用的话", Who: Anyone, NoBranch: true, Everyday: true, Run: runHelp,
}

var why = Command{
	Words: []string{"为什么"}, Usage: "为什么", Help: "问我上一条为什么发；后面写评先、排名、述职、情况、负担，看数字的依据", Who: Member, Bare: true, Everyday: true, Anywhere: true, Run: runWhy,
}

// runHelp shows what the speaker may type; with a word behind it, that one in full.
func runHelp(c *Call) (themeday.Reply, error) {
	this := c.Day(c.Message.At).MonthOf()
	if c.Args != "" {
		word := fold.Parse(c.Args).Word
		for _, cmd := range c.Menu {
			if has(cmd.Words, word) {
				return say(fmt.Sprintf("%s\n写法：%s", month(cmd.Help, this), month(cmd.Usage, this))), nil
			}
		}
		if !c.Message.Private() {
			return themeday.Reply{}, nil
		}
	}
	v := templates.HelpView{Group: !c.Message.Private()}
	for _, cmd := range c.Menu {
		if !c.shows(cmd) {
			continue
		}
		l := templates.HelpLine{Type: month(cmd.Usage, this), Help: month(cmd.Help, this)}
		switch cmd.Who {
		case Anyone, Member:
			v.Member = append(v.Member, l)
		case Committee:
			v.Committee = append(v.Committee, l)
		default:
			v.Secretary = append(v.Secretary, l)
		}
	}
	if !v.Group && c.Actor.Committee {
		for _, l := range helpAbove {
			v.Committee = append(v.Committee, templates.HelpLine{Type: month(l.Type, this), Help: month(l.Help, this)})
		}
	}
	text, err := c.Texts.Help(v)
	return say(text), err
}

// shows: in a group only what members use; in private what the speaker's offices allow.
func (c *Call) shows(cmd Command) bool {
	switch cmd.Who {
	case Anyone, Member:
		return true
	case Committee:
		return c.Message.Private() && c.Actor.Committee
	case Writer, Host:
		return c.Message.Private() && c.Branch.ID != "" && c.holds(cmd.Who)
	}
	return c.Message.Private() && c.Actor.Offices.Has(themeday.Secretary)
}

// runWhy explains the last post in this chat: its rule, why it came, and the facts behind it where it goes by figures; or the line of 评先.
func runWhy(c *Call) (themeday.Reply, error) {
	if word, rest := cutWord(c.Args); word != "" {
		for _, a := range asked {
			if has(a.words, fold.Command(word)) {
				return a.answer(c, rest)
			}
		}
		if c.Message.Private() {
			return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R31, "“为什么”后面可写：评先、排名、述职、情况、负担，例如：为什么 述职 %d；问上一条消息只发：为什么", c.Day(c.Message.At).Year)
		}
	}
	posts, err := c.heard()
	if err != nil {
		return themeday.Reply{}, err
	}
	var last *themeday.Post
	for i, p := range posts {
		mine := p.To == themeday.ToPerson && p.Person == c.Actor.ID || p.To == themeday.ToSecretary && c.Actor.Offices.Has(themeday.Secretary)
		if (p.To == themeday.ToGroup) == c.Message.Private() || c.Message.Private() && !mine {
			continue
		}
		if last == nil || p.SentAt.After(last.SentAt) {
			last = &posts[i]
		}
	}
	if last == nil {
		return say("我还没有在这里主动发过消息"), nil
	}
	facts, err := c.because(*last)
	return say(c.Explain(last.Kind) + facts), err
}

// heard are the posts of the call's branch that went out; the committee hears of all branches.
func (c *Call) heard() ([]themeday.Post, error) {
	all, err := c.Tx.PostsOf("", themeday.Sent) // of no single branch
	if err != nil {
		return nil, err
	}
	if !c.Actor.Committee || !c.Message.Private() {
		posts, err := c.Tx.PostsOf(c.Branch.ID, themeday.Sent)
		return append(all, posts...), err
	}
	branches, err := c.Tx.Branches()
	for _, b := range branches {
		posts, err := c.Tx.PostsOf(b.ID, themeday.Sent)
		if err != nil {
			return nil, err
		}
		for _, p := range posts {
			if p.To == themeday.ToPerson || b.ID == c.Branch.ID {
				all = append(all, p)
			}
		}
	}
	return all, err
}

// nearest answers a private line that is no command with the nearest one.
func (c *Call) nearest(said string) themeday.Reply {
	best, distance := "", 3
	word, _ := cutWord(said)
	for _, cmd := range c.Menu {
		if !c.shows(cmd) && cmd.Who != Anyone {
			continue
		}
		for _, w := range cmd.Words {
			if d := near(word, w); d < distance {
				best, distance = month(cmd.Usage, c.Day(c.Message.At).MonthOf()), d
			}
		}
	}
	if best == "" && c.Level == themeday.Nobody {
		return say("没有看懂，也还没有认出您。请向书记要绑定码，再发：绑定 六位数字")
	}
	if best == "" {
		return say("没有看懂。发“帮助”看能用的话")
	}
	return say("没有看懂。您是不是要发：" + best + "\n发“帮助”看全部")
}

// near is how far a text is from a word: 0 when it begins with it, 1 when it holds it, else the letters to change, or 9 when all would.
func near(said, word string) int {
	switch {
	case strings.HasPrefix(said, word):
		return 0
	case strings.Contains(said, word):
		return 1
	}
	a, b := []rune(said), []rune(word)
	if len(a) > 8 {
		return 9
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		last := row[0]
		row[0] = i + 1
		for j := range b {
			cost := last
			if a[i] != b[j] {
				cost = min(last, row[j], row[j+1]) + 1
			}
			last, row[j+1] = row[j+1], cost
		}
	}
	if row[len(b)] >= len(b) {
		return 9
	}
	return row[len(b)]
}

func has(words []string, w string) bool {
	for _, x := range words {
		if x == w {
			return true
		}
	}
	return false
}

// isWord tells whether the message's command word is this one.
func isWord(c *Call, w string) bool { return fold.Parse(c.Message.Text).Word == w }
