package themeday

import (
	"fmt"
	"strings"
	"time"
)

// figured are the rules whose words hold figures that are settings.
var figured = map[Rule]func(Rules) string{
	R02: func(r Rules) string { return "每次活动不少于" + Hours(r.HalfDay) },
	R04: func(r Rules) string {
		return fmt.Sprintf("年度计划%d月%d日前报机关党委备案", r.FilingMonth, r.FilingDay)
	},
	R06: func(r Rules) string { return fmt.Sprintf("提前%d天公示活动安排", r.NoticeDays) },
	R10: func(r Rules) string {
		return fmt.Sprintf("领导干部每季度到联系支部指导不少于%d次", r.GuideVisits)
	},
	R12: func(r Rules) string {
		return fmt.Sprintf("参加人数达到党员总数的%d%%以上", r.QuorumPercent)
	},
	R20: func(r Rules) string { return fmt.Sprintf("请假和缺席的%d天内补学", r.MakeupDays) },
	R22: func(r Rules) string { return fmt.Sprintf("活动结束后%d日内上报纪实表", r.RecordDays) },
	R23: func(r Rules) string { return "会前检查：" + strings.Join(r.Checklist, "、") },
	R25: func(r Rules) string {
		if r.NoEvaluation {
			return "不安排测评"
		}
		return fmt.Sprintf("活动后当即测评，%s内可评，四项平均%d分以上为满意", Hours(r.EvaluationOpen), r.SatisfiedFrom)
	},
	R27: func(r Rules) string {
		return fmt.Sprintf("联系领导现场点评，活动后%d天内可补", r.CommentDays)
	},
	R28: func(r Rules) string {
		return fmt.Sprintf("年内%d次满意率低于%d%%的不得评先选优", r.Strikes, r.SatisfactionFloor)
	},
	R32: func(r Rules) string {
		return fmt.Sprintf("连续%d次或一年%d次无正当理由不参加的要批评教育", r.AbsentInRow, r.AbsentInYear)
	},
	R33: func(r Rules) string {
		return fmt.Sprintf("不得弄虚作假，记录不得私改；代签、补签告知后%s内提异议，%d天没有答复提醒书记，%d天告诉机关党委", Hours(r.ObjectWithin), r.ObjectionRemind, r.ObjectionCommittee)
	},
}

// Asks is what a rule asks, with the figures that are set.
func (r Rules) Asks(rule Rule) string {
	if words, ok := figured[rule]; ok {
		return words(r)
	}
	return rule.Gist()
}

// Figured are the rules whose figures are settings, in their order.
func Figured() []Rule {
	var out []Rule
	for r := range AllRules() {
		if _, ok := figured[r]; ok {
			out = append(out, r)
		}
	}
	return out
}

// AllRules gives R01 to R33 in their order.
func AllRules() func(yield func(Rule) bool) {
	return func(yield func(Rule) bool) {
		for i := 1; i <= len(clauses); i++ {
			if !yield(Rule(fmt.Sprintf("R%02d", i))) {
				return
			}
		}
	}
}

// RuleStand is a rule as it stands on a day.
type RuleStand struct {
	Rule  Rule
	Text  string
	Since Date   // from which day it has been so; zero: since ever
	From  Date   // from which later day it will be otherwise; zero: none is set
	Then  string // what it asks then
}

// RuleStands says how a rule stands on a day, since when, and what is set to change.
func (d Desk) RuleStands(rule Rule, on Date) RuleStand {
	s := RuleStand{Rule: rule, Text: d.Rules.Asks(rule)}
	for i, one := range d.Book {
		text := one.Rules.Asks(rule)
		changed := i == 0 || text != d.Book[i-1].Rules.Asks(rule)
		switch {
		case one.From == (Date{}) || !on.Before(one.From):
			if s.Text = text; changed {
				s.Since = one.From
			}
		case changed && s.Then == "":
			s.From, s.Then = one.From, text
		}
	}
	return s
}

// Hours writes a span as people say it: 4小时, 30分钟, 3小时30分.
func Hours(t time.Duration) string {
	h, m := int(t/time.Hour), int(t%time.Hour/time.Minute)
	switch {
	case m == 0 && h > 0:
		return fmt.Sprintf("%d小时", h)
	case h == 0:
		return fmt.Sprintf("%d分钟", m)
	}
	return fmt.Sprintf("%d小时%d分", h, m)
}
