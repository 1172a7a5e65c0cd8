package commands

import (
	"strings"

	"themeday"
	"themeday/commands/fold"
)

// ofMonth cuts a month off the front of a ballot (评分 3月 5 5 5 5), where it is no remark. It has to be that of the evaluation that is open.
func (c *Call) ofMonth(args string) (string, error) {
	word, rest := cutWord(args)
	if !strings.Contains(fold.Text(word), "月") {
		return args, nil
	}
	m, more := cutMonth(word, c.Day(c.Message.At).MonthOf(), Host)
	if m == nil || more != "" {
		return args, nil
	}
	a, err := c.EvaluationOpen(c.Tx, c.Branch.ID, c.Message.At)
	if themeday.CodeOf(err) != "" {
		return rest, nil // whoever takes the ballot says so
	}
	if err == nil && a.Month.Month != m.Month {
		err = themeday.Refuse(themeday.TooLate, themeday.R25, "现在测评的是%s的主题党日，%s的不在测评。请发：评分 5 4 5 5", a.Month.Chinese(), m.Chinese())
	}
	return rest, err
}
