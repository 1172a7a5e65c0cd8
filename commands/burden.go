package commands

import (
	"fmt"

	"themeday"
	"themeday/templates"
)

var burden = Command{
	Words: []string{"负担"}, Usage: "负担 %s", Help: "看一个月发了多少消息、请大家发了多少，有没有重复要的", Who: Secretary, Month: true, Bare: true, Everyday: true, Aside: true, Run: runBurden,
}

// runBurden shows how much the bot asked of a branch in a month.
func runBurden(c *Call) (themeday.Reply, error) {
	now := c.Day(c.Message.At).MonthOf()
	m := now
	if c.Month != nil {
		m = *c.Month
	}
	if m.After(now) {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R33, "%s还没有到，请发：负担 %s", c.month(m), now.Chinese())
	}
	b, err := c.BurdenOf(c.Tx, c.Branch.ID, m)
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.BurdenView{
		Branch: c.Branch.Name, Month: c.month(m), Group: b.Group, Private: b.Private, Above: b.Above, Members: b.Members, Signed: b.Signed, Rated: b.Rated,
		Office: b.Office, Answers: b.Answers(), Twice: b.Twice, What: b.TwiceWhat, Head: len(c.Roster.Members()),
	}
	text, err := c.Texts.Burden(v)
	r := private1(text)
	r.Data = map[string]any{
		"month": m.String(), "group_posts": b.Group, "private_posts": b.Private, "committee_posts": b.Above, "answers": b.Answers(), "asked_of_members": b.Members, "asked_twice": b.Twice,
	}
	return r, err
}

// whyReview answers 为什么 述职 2026 with the formulas of its figures and the months from which they are reckoned.
func (c *Call) whyReview(args string) (themeday.Reply, error) {
	b, rest, err := c.whyBranch(args, "述职", themeday.R31)
	if err != nil {
		return themeday.Reply{}, err
	}
	year, rest := cutYear(rest, c.Day(c.Message.At).Year)
	if this := c.Day(c.Message.At).Year; rest != "" || year > this || year < 2000 {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R31, "请这样写：为什么 述职 %s %d", b.Name, this)
	}
	y, err := c.YearReview(c.Tx, b.ID, year, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.ReviewWhyView{Branch: b.Name, Year: year, From: c.Rules.SatisfiedFrom, Few: max(c.Rules.ResultBallots, 1), Attended: "—", Satisfied: "—", Punctual: "—"}
	judged, kept := 0, 0
	for _, m := range y.Months {
		if !m.Held() {
			continue
		}
		month := m.Month.Chinese()
		v.Attendance = append(v.Attendance, fmt.Sprintf("%s：（%d+%d）÷%d=%d%%", month, m.Attendance.Present, m.Attendance.Remote, m.Attendance.Due, m.Attendance.RatePercent()))
		v.Satisfaction = append(v.Satisfaction, month+"："+c.satisfaction(m.Month, m.Evaluation))
		p := m.Punctual()
		judged, kept = judged+p.Judged, kept+p.Kept
		v.Punctuality = append(v.Punctuality, fmt.Sprintf("%s：%s；%d÷%d=%d%%", month, joined(p.Words), p.Kept, p.Judged, themeday.Percent(p.Kept, p.Judged)))
	}
	if s := y.Sum.Attendance; s.Due > 0 {
		v.Attended = fmt.Sprintf("（%d+%d）÷%d=%d%%", s.Present, s.Remote, s.Due, s.RatePercent())
	}
	if s := y.Sum.Evaluation; s.Raters > 0 {
		v.Satisfied = fmt.Sprintf("%d÷%d=%d%%", s.Satisfied, s.Raters, s.RatePercent())
	}
	if judged > 0 {
		v.Punctual = fmt.Sprintf("%d÷%d=%d%%", kept, judged, themeday.Percent(kept, judged))
	}
	text, err := c.Texts.ReviewWhy(v)
	return private1(text), err
}

func (c *Call) satisfaction(m themeday.YearMonth, e themeday.ReviewEvaluation) string {
	switch {
	case e.Shown:
		return fmt.Sprintf("%d÷%d=%d%%", e.Satisfied, e.Raters, e.RatePercent())
	case !e.Out:
		return c.untold(m)
	}
	return fmt.Sprintf("收回%d票，不足%d票，不算结果", e.Raters, max(c.Rules.ResultBallots, 1))
}
