package commands

import (
	"fmt"

	"themeday"
	"themeday/templates"
)

// whyReview answers 为什么 述职 2026 with the formulas of its figures and the months from which they are reckoned.
func (c *Call) whyReview(args string) (themeday.Reply, error) {
	b, rest, err := c.whyBranch(args, "述职", themeday.R31)
	if err != nil {
		return themeday.Reply{}, err
	}
	year, rest := cutYear(rest, c.Day(c.Message.At).Year)
	others := rest == "其余" || rest == "其他"
	if others {
		rest = ""
	}
	if this := c.Day(c.Message.At).Year; rest != "" || year > this || year < 2000 {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R31, "请这样写：为什么 述职 %s %d", b.Name, this)
	}
	y, err := c.YearReview(c.Tx, b.ID, year, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	if others {
		return c.reviewFigures(b, y)
	}
	v := templates.ReviewWhyView{Rest: fmt.Sprintf("为什么 述职 %s %d 其余", b.Name, year), Branch: b.Name, Year: year, From: c.Rules.SatisfiedFrom, Few: max(c.Rules.ResultBallots, 1), Attended: "—", Satisfied: "—", Punctual: "—"}
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

// reviewFigures answers 为什么 述职 2026 其余 with every figure that is no rate, and its months.
func (c *Call) reviewFigures(b themeday.Branch, y themeday.YearReview) (themeday.Reply, error) {
	v := templates.ReviewFiguresView{Branch: b.Name, Year: y.Year, Burden: fmt.Sprintf("为什么 负担 %s %d", b.Name, y.Year)}
	for _, f := range y.Figures() {
		v.Lines = append(v.Lines, f.String())
	}
	text, err := c.Texts.ReviewFigures(v)
	return private1(text), err
}
