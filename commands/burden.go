package commands

import (
	"fmt"
	"strings"

	"themeday"
	"themeday/templates"
)

var burden = Command{
	Words: []string{"负担"}, Usage: "负担 %s", Help: "看一个月发了多少消息、请大家发了多少，有没有重复要的；看全年写年份", Who: Secretary, Month: true, Everyday: true, Aside: true, Run: runBurden,
}

// runBurden shows how much the bot asked of a branch in a month.
func runBurden(c *Call) (themeday.Reply, error) {
	now := c.Day(c.Message.At).MonthOf()
	m, year, err := c.burdenSpan(now)
	if err != nil {
		return themeday.Reply{}, err
	}
	if m == nil && year == 0 {
		return themeday.Reply{}, nil // talk of burdens
	}
	var b themeday.Burden
	period, of := fmt.Sprintf("%d年", year), fmt.Sprint(year)
	if year != 0 {
		b, err = c.YearBurden(c.Tx, c.Branch.ID, year, c.Message.At)
	} else {
		period, of = c.month(*m), m.String()
		b, err = c.BurdenOf(c.Tx, c.Branch.ID, *m)
	}
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.BurdenView{
		Branch: c.Branch.Name, Month: period, Group: b.Group, Private: b.Private, Above: b.Above, Members: b.Members, Signed: b.Signed, Rated: b.Rated,
		Office: b.Office, Answers: b.Answers(), Twice: b.Twice, What: c.askedTwice(b), Head: len(c.Roster.Members()),
	}
	if year != 0 { // the members of the year were not always those of today
		v.Head = 0
	}
	text, err := c.Texts.Burden(v)
	r := private1(text)
	r.Data = map[string]any{
		"month": of, "group_posts": b.Group, "private_posts": b.Private, "committee_posts": b.Above, "answers": b.Answers(), "asked_of_members": b.Members, "asked_twice": b.Twice,
	}
	return r, err
}

// burdenSpan is the month or the year that is asked for, this month without either; neither of what is ordinary talk in a group.
func (c *Call) burdenSpan(now themeday.YearMonth) (*themeday.YearMonth, int, error) {
	year, rest := cutYear(c.Args, 0)
	switch {
	case c.Month == nil && year != 0 && rest == "" && year >= 2000 && year <= now.Year:
		return nil, year, nil
	case c.Month == nil && year != 0 && rest == "":
		return nil, 0, themeday.Refuse(themeday.Invalid, themeday.R33, "没有%d年的数字，请发：负担 %d", year, now.Year)
	case c.Args != "" && !c.Message.Private():
		return nil, 0, nil
	case c.Args != "":
		return nil, 0, themeday.Refuse(themeday.Invalid, themeday.R33, "请这样写：负担 %s；看全年：负担 %d", now.Chinese(), now.Year)
	case c.Month == nil:
		return &now, 0, nil
	case c.Month.After(now):
		return nil, 0, themeday.Refuse(themeday.Invalid, themeday.R33, "%s还没有到，请发：负担 %s", c.month(*c.Month), now.Chinese())
	}
	return c.Month, 0, nil
}

// whyBurden answers 为什么 负担 第一支部 3月 with the posts by kind and the messages by what they entered; with a year behind it, of that year.
func (c *Call) whyBurden(args string) (themeday.Reply, error) {
	b, rest, err := c.whyBranch(args, "负担", themeday.R31)
	if err != nil {
		return themeday.Reply{}, err
	}
	now := c.Day(c.Message.At).MonthOf()
	month, left := cutMonth(rest, now, Secretary)
	year := 0
	if month == nil {
		year, left = cutYear(rest, 0)
	}
	if left != "" || month != nil && month.After(now) || year > now.Year || year != 0 && year < 2000 {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R31, "请这样写：为什么 负担 %s %s；看全年：为什么 负担 %s %d", b.Name, now.Chinese(), b.Name, now.Year)
	}
	if month == nil {
		month = &now
	}
	v := templates.BurdenWhyView{Branch: b.Name, Period: c.month(*month)}
	var total themeday.Burden
	if year != 0 {
		v.Period = fmt.Sprintf("%d年", year)
		total, err = c.YearBurden(c.Tx, b.ID, year, c.Message.At)
	} else {
		total, err = c.BurdenOf(c.Tx, b.ID, *month)
	}
	if err != nil {
		return themeday.Reply{}, err
	}
	for _, w := range []struct {
		name  string
		where themeday.Audience
		count int
	}{{"群里", themeday.ToGroup, total.Group}, {"私信", themeday.ToSecretary, total.Private}, {"向机关党委", themeday.ToPerson, total.Above}} {
		p := templates.BurdenWhyPosts{Name: w.name, Count: w.count}
		for _, k := range total.Kinds(w.where) {
			p.Lines = append(p.Lines, fmt.Sprintf("%d条：%s", k.Posts, strings.TrimSuffix(c.Explain(k.Kind), "。")))
		}
		v.Posts = append(v.Posts, p)
	}
	v.Members, v.Office, v.Answers, v.Twice = total.Members, total.Office, total.Answers(), total.Twice
	v.Gave, v.Handled = total.Given(false), total.Given(true)
	if total.Rated > 0 {
		v.Gave = append(v.Gave, fmt.Sprintf("测评%d", total.Rated))
	}
	v.What = c.askedTwice(total)
	roster, err := c.Tx.Roster(b.ID, c.Day(c.Message.At))
	if n := len(roster.Members()); n > 0 && year == 0 {
		v.Each = fmt.Sprintf("每人平均%.1f条＝%d÷%d", float64(total.Members)/float64(n), total.Members, n)
	}
	if err != nil {
		return themeday.Reply{}, err
	}
	text, err := c.Texts.BurdenWhy(v)
	return private1(text), err
}

// askedTwice are the posts that asked for what had been given, by day.
func (c *Call) askedTwice(b themeday.Burden) (out []string) {
	for _, t := range b.TwiceWhat {
		day, kind, _ := strings.Cut(t, " ")
		out = append(out, day+"："+strings.TrimSuffix(c.Explain(themeday.Kind(kind)), "。"))
	}
	return out
}
