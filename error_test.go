package themeday_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"themeday"
)

func TestARefusalNamesItsClauseAndRule(t *testing.T) {
	for _, row := range []struct {
		rule themeday.Rule
		want string
	}{
		{themeday.R05, "须在当月完成（第二条·R05）"},
		{themeday.R12, "须在当月完成（第三条·R12）"},
		{themeday.R18, "须在当月完成（第六条·R18）"},
		{themeday.R25, "须在当月完成（第七条·R25）"},
		{themeday.R32, "须在当月完成（第八条·R32）"},
		{"", "须在当月完成"},
	} {
		if got := themeday.Refuse(themeday.Invalid, row.rule, "须在%s完成", "当月").Error(); got != row.want {
			t.Errorf("a refusal by %q reads %q, want %q", row.rule, got, row.want)
		}
	}
}

func TestACodeIsFoundUnderWhatWasBeingDone(t *testing.T) {
	refusal := themeday.Refuse(themeday.TooLate, themeday.R22, "已上报")
	for _, row := range []struct {
		err  error
		want themeday.Code
	}{
		{refusal, themeday.TooLate},
		{fmt.Errorf("file record: %w", refusal), themeday.TooLate},
		{errors.New("disk full"), ""},
		{nil, ""},
	} {
		if got := themeday.CodeOf(row.err); got != row.want {
			t.Errorf("code of %v is %q, want %q", row.err, got, row.want)
		}
	}
}

// The clause of each rule is the one that rules.md names.
func TestEveryRuleHasItsClauseAndAGist(t *testing.T) {
	for clause, rules := range map[string]string{
		"第二条": "R01 R02 R03 R04 R05 R06 R07",
		"第三条": "R08 R09 R10 R11 R12 R13 R14 R15",
		"第四条": "R16",
		"第五条": "R17",
		"第六条": "R18 R19 R20 R21 R22 R23 R24",
		"第七条": "R25 R26 R27 R28 R29",
		"第八条": "R30 R31 R32 R33",
	} {
		for _, id := range strings.Fields(rules) {
			if r := themeday.Rule(id); r.Clause() != clause || r.Gist() == "" {
				t.Errorf("%s: %s %q, want %s", id, r.Clause(), r.Gist(), clause)
			}
		}
	}
	if r := themeday.Rule("R99"); r.Clause() != "R99" || r.Gist() != "" {
		t.Errorf("an unknown rule is called %q %q", r.Clause(), r.Gist())
	}
}

// The defaults are the figures of rules.md.
func TestTheDefaultFiguresAreThoseOfTheRegulation(t *testing.T) {
	r := themeday.DefaultRules()
	for _, row := range []struct {
		rule      string
		got, want any
	}{
		{"R01 warned on day 10 and 20, and 5 days before the end", fmt.Sprint(r.PlanWarnDays, r.PlanWarnBeforeEnd, r.PlanCommitteeDay), "[10 20] 5 20"},
		{"R02 half of an 8-hour day", r.HalfDay.Hours(), 4.0},
		{"R04 filed by 31 January", fmt.Sprint(r.FilingMonth, r.FilingDay), "1 31"},
		{"R06 noticed 5 days ahead", r.NoticeDays, 5},
		{"R12 80 percent", r.QuorumPercent, 80},
		{"R20 make-up study in 14 days", r.MakeupDays, 14},
		{"R22 the form in 2 days", r.RecordDays, 2},
		{"R23 the checklist", fmt.Sprint(r.Checklist), "[党旗 徽章]"},
		{"R25 satisfied from 4, open for 24 h", fmt.Sprint(r.SatisfiedFrom, r.EvaluationOpen.Hours()), "4 24"},
		{"R28 three under 60 percent", fmt.Sprint(r.Strikes, r.SatisfactionFloor), "3 60"},
		{"R32 2 in a row or 3 a year", fmt.Sprint(r.AbsentInRow, r.AbsentInYear), "2 3"},
	} {
		if row.got != row.want {
			t.Errorf("%s: %v, want %v", row.rule, row.got, row.want)
		}
	}
}
