package commands

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"themeday"
	"themeday/commands/fold"
	"themeday/templates"
)

var requireTopic = Command{
	Words: []string{"必选主题"}, Usage: "必选主题 %s 学习全会精神", Help: "给各支部定必选主题；看谁没列入：必选主题 2026；撤回：必选主题 %s 撤回 学习全会精神",
	Who: Committee, Month: true, NoBranch: true, Branches: true, Aside: true, Run: runRequireTopic,
}

var topicMenu = Command{
	Words: []string{"主题菜单"}, Usage: "主题菜单", Help: "看四类主题；机关党委可加可删：主题菜单 加 党员素质 学习党章", Who: Member, NoBranch: true, Aside: true, Run: runTopicMenu,
}

// runRequireTopic reads 必选主题 3月 [第一支部、第二支部] 学习… [截止3月5日], 必选主题 3月 撤回 学习…, and 必选主题 2026, which lists.
func runRequireTopic(c *Call) (themeday.Reply, error) {
	this := c.Day(c.Message.At).Year
	if year, rest := cutYear(c.Args, this); c.Month == nil && rest == "" {
		return c.listRequired(themeday.YearMonth{Year: year, Month: 1}, themeday.YearMonth{Year: year, Month: 12}, fmt.Sprintf("%d年", year))
	}
	if c.Month == nil {
		return themeday.Reply{}, c.usage()
	}
	if c.Args == "" {
		return c.listRequired(*c.Month, *c.Month, c.month(*c.Month))
	}
	if word, rest := cutWord(c.Args); fold.Command(word) == "撤回" {
		return c.withdrawTopic(rest)
	}
	n, err := c.newRequired()
	if err != nil {
		return themeday.Reply{}, err
	}
	t, err := c.RequireTopic(c.Tx, c.Cause, n)
	if err != nil {
		return themeday.Reply{}, err
	}
	text := fmt.Sprintf("已定%s必选主题：%s，%s前列入，已告诉%s的书记。要撤回请发：必选主题 %s 撤回 %s",
		c.month(t.Month), t.Text, c.day(t.Due), c.only(t, "各支部"), c.month(t.Month), t.Text)
	return themeday.Reply{Text: text, Short: "已定，已告诉书记"}, nil
}

func (c *Call) withdrawTopic(text string) (themeday.Reply, error) {
	if text == "" {
		return themeday.Reply{}, c.usage()
	}
	t, err := c.WithdrawTopic(c.Tx, c.Cause, *c.Month, text)
	if err != nil {
		return themeday.Reply{}, err
	}
	return themeday.Reply{Text: fmt.Sprintf("已撤回%s必选主题：%s，已告诉书记", c.month(t.Month), t.Text), Short: "已撤回，已告诉书记"}, nil
}

var (
	dueWord  = regexp.MustCompile(`[,，;；(（\s]*截止(?:日期|日)?[到于至:：\s]*((?:20\d\d年)?\d{1,2}月\d{1,2}[日号]|\d{1,2}[日号])前?[)）]?`)
	noBranch = regexp.MustCompile(`^第?[一二三四五六七八九十\d]+(?:党)?支部$`)
)

// newRequired reads branches, topic and deadline.
func (c *Call) newRequired() (themeday.NewRequired, error) {
	n := themeday.NewRequired{Month: *c.Month}
	args := fold.Text(c.Args)
	if hit := dueWord.FindStringSubmatchIndex(args); hit != nil {
		said := args[hit[2]:hit[3]]
		day, _, ok := cutDay(said, *c.Month)
		if !ok {
			day, _, ok = cutDayOf(said, *c.Month)
		}
		if !ok {
			return n, themeday.Refuse(themeday.Invalid, themeday.R16, "没有%s这一天，请核对截止日", said)
		}
		n.Due, args = day, args[:hit[0]]+" "+args[hit[1]:]
	} else if strings.Contains(args, "截止") {
		return n, themeday.Refuse(themeday.Invalid, themeday.R16, "截止日请写成“截止%s5日”，例如：必选主题 %s 学习全会精神 截止%s5日", c.Month.Chinese(), c.Month.Chinese(), c.Month.Chinese())
	}
	branches, rest, err := c.cutBranches(args)
	n.Branches, n.Text = branches, strings.Join(strings.Fields(strings.Trim(rest, " ,，、:：。；;")), " ")
	return n, err
}

// cutBranches cuts the names of branches off the front: 第一支部、第二支部 学习….
func (c *Call) cutBranches(args string) ([]themeday.BranchID, string, error) {
	all, err := c.Tx.Branches()
	if err != nil {
		return nil, args, err
	}
	today := c.Day(c.Message.At)
	var out []themeday.BranchID
	for {
		args = strings.TrimLeft(args, " ,，、和及:：\n")
		word := args
		if i := strings.IndexAny(args, " ,，、和及:：\n"); i >= 0 {
			word = args[:i]
		}
		b, rest, ok := cutBranch(all, args, today)
		if !ok {
			b, _, ok = cutBranch(all, word, today)
			rest = args[len(word):]
		}
		switch {
		case ok && b.Gone(today):
			return nil, args, themeday.Refuse(themeday.Conflict, themeday.R16, "%s已撤销，请写别的支部。只发“支部”看全部名称", b.Name)
		case ok:
			if !slices.Contains(out, b.ID) {
				out = append(out, b.ID)
			}
			args = rest
		case noBranch.MatchString(fold.Command(word)), strings.TrimSpace(args[len(word):]) != "" && strings.HasSuffix(fold.Command(word), "支部"):
			return nil, args, c.noSuchBranch(word, "必选主题 "+c.Month.Chinese()+" 第一支部 学习全会精神")
		default:
			return out, args, nil
		}
	}
}

// only names the branches that are to plan a topic, or says what is said of all.
func (c *Call) only(t themeday.RequiredTopic, every string) string {
	branches, err := c.Tx.Branches()
	if err != nil || len(t.Branches) == 0 {
		return every
	}
	var names []string
	for _, b := range branches {
		if t.For(b.ID) {
			names = append(names, b.Name)
		}
	}
	return strings.Join(names, "、")
}

func (c *Call) listRequired(from, to themeday.YearMonth, of string) (themeday.Reply, error) {
	all, err := c.RequiredBook(c.Tx, from, to)
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.RequiredView{Title: of + "必选主题", Example: c.Day(c.Message.At).MonthOf().Next().Chinese()}
	for _, t := range all {
		l := templates.RequiredLine{Month: t.Month.Chinese(), Topic: t.Text, Due: t.Due.Chinese(), Of: t.Of}
		if only := c.only(t.RequiredTopic, ""); only != "" {
			l.Only = "只要" + only
		}
		for _, b := range t.Open {
			l.Open = append(l.Open, b.Name)
		}
		v.Items = append(v.Items, l)
	}
	text, err := c.Texts.RequiredTopics(v)
	return themeday.Reply{Text: text, Short: "请私信我查看"}, err
}

// runTopicMenu shows the menu to who has an office in a branch and to the committee, who may change it.
func runTopicMenu(c *Call) (themeday.Reply, error) {
	committee := c.Actor.Person.Committee
	if ok, err := c.officer(); err != nil || !ok && !committee {
		if err == nil {
			err = c.office(false, "支部班子和机关党委")
		}
		return themeday.Reply{}, err
	}
	word, rest := cutWord(c.Args)
	switch fold.Command(word) {
	case "":
		menu, err := c.TopicMenu(c.Tx)
		if err != nil {
			return themeday.Reply{}, err
		}
		text, err := c.Texts.TopicMenu(templates.MenuView{Categories: menu, Month: c.Day(c.Message.At).MonthOf().Chinese()})
		return themeday.Reply{Text: text, Short: "请私信我查看"}, err
	case "加", "删":
	default:
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R16, "看菜单请发：主题菜单。机关党委加主题请发：主题菜单 加 党员素质 学习党章")
	}
	if err := c.office(committee, "机关党委"); err != nil {
		return themeday.Reply{}, err
	}
	if fold.Command(word) == "删" {
		t, err := c.DropMenuTopic(c.Tx, c.Cause, rest)
		return private1(fmt.Sprintf("已从主题菜单删去：%s（%s）", themeday.Shown(t.Text), t.Category)), err
	}
	category, topic := cutWord(rest)
	t, err := c.AddMenuTopic(c.Tx, c.Cause, category, topic)
	return private1(fmt.Sprintf("已加进主题菜单：%s（%s）", themeday.Shown(t.Text), t.Category)), err
}

// officer tells whether the speaker has an office in any branch today.
func (c *Call) officer() (bool, error) {
	all, err := c.Tx.Memberships()
	for _, m := range all {
		if m.Person != c.Actor.ID || !m.On(c.Day(c.Message.At)) {
			continue
		}
		for _, o := range m.Offices {
			if o != themeday.Member {
				return true, err
			}
		}
	}
	return false, err
}

// compulsoryTopics reads 主题 3月 必选 学习讨论[；自选 缅怀先烈]. One topic alone comes in front of those that there are; several are all.
func (c *Call) compulsoryTopics() (themeday.SaidTopics, bool) {
	var said themeday.SaidTopics
	parts, found := splitList(c.Args, "；;\n"), false
	for _, p := range parts {
		kind, rest := cutWord(p)
		switch fold.Command(kind) {
		case "必选":
			found = true
			if rest != "" {
				said.Compulsory = append(said.Compulsory, rest)
			}
		case "自选":
			said.Own = append(said.Own, rest)
		default:
			said.Own = append(said.Own, p)
		}
	}
	said.Whole = len(parts) > 1
	return said, found
}

// lacking names the compulsory topics that an activity does not plan, and how; empty when it plans all.
func (c *Call) lacking(a themeday.Activity) (string, error) {
	all, err := c.LackingTopics(c.Tx, a)
	if err != nil || len(all) == 0 {
		return "", err
	}
	var texts []string
	for _, t := range all {
		texts = append(texts, t.Text)
	}
	return fmt.Sprintf("\n还没有列入必选主题：%s。请发：主题 %s 必选 %s", strings.Join(texts, "；"), c.month(a.Month), all[0].Text), nil
}
