package themeday

import "fmt"

// Finding is a strength or a problem that follows from the figures: a plain sentence, the rule behind it, and its months where it has some.
type Finding struct {
	Rule   Rule
	Text   string
	Months []YearMonth
}

// monthsWhere are the months of which something is true.
func (r *YearReview) monthsWhere(is func(ReviewMonth) bool) []YearMonth {
	var out []YearMonth
	for _, m := range r.Months {
		if is(m) {
			out = append(out, m.Month)
		}
	}
	return out
}

// heldWhere are the months with an activity that was held and of which something is true.
func (r *YearReview) heldWhere(is func(ReviewMonth) bool) []YearMonth {
	return r.monthsWhere(func(m ReviewMonth) bool { return m.Held() && is(m) })
}

func (r *YearReview) strength(is bool, rule Rule, format string, args ...any) {
	if is {
		r.Strengths = append(r.Strengths, Finding{Rule: rule, Text: fmt.Sprintf(format, args...)})
	}
}

// strengths states what was kept throughout; of a year without activities there is nothing to praise.
func (r *YearReview) strengths() {
	s, n := r.Sum, r.Sum.Held
	if n == 0 {
		return
	}
	r.strength(s.Missed+s.NoTrace == 0, R01, "到期的月份都按月开展了主题党日，共%d次", n)
	r.strength(r.Plan.Filed && !r.Plan.Late, R04, "年度计划按期报机关党委备案")
	r.strength(s.MetMonths == n, R12, "%d次活动参加人数都达到党员总数的%d%%以上，全年出席率%d%%", n, r.Rules.QuorumPercent, s.Attendance.RatePercent())
	r.strength(s.Attendance.Absent == 0, R32, "没有党员无故缺席")
	r.strength(s.NoticedInTime == n, R06, "%d次活动都提前%d天以上公示", n, r.Rules.NoticeDays)
	r.strength(s.Moves == 0, R05, "没有改期，都在原定日期开展")
	r.strength(s.AllSteps == n, R18, "%d次活动九个步骤都齐全", n)
	r.strength(s.FiledOnTime == n, R22, "%d份纪实表都按期上报", n)
	r.strength(s.Rated == n && s.Strikes == 0, R25, "%d次活动都公布了测评结果，合计满意率%d%%，没有低于%d%%的", n, s.Evaluation.RatePercent(), r.Rules.SatisfactionFloor)
	r.strength(r.Honours.text() != "", R29, "%s", r.Honours.text())
	r.strength(r.Inspections.Visits() > 0 && len(r.Inspections.Findings) == 0, R30, "机关党委巡查%d次，没有发现问题", r.Inspections.Visits())
	r.strength(s.Makeup.Owed > 0 && s.Makeup.Done == s.Makeup.Owed, R20, "应补学%d人次，全部补学完毕", s.Makeup.Owed)
	r.strength(s.Proxy() == 0, R33, "签到没有代签、补签")
	r.strength(s.Leaders.Due > 0 && s.Leaders.Came == s.Leaders.Due, R09, "领导干部以普通党员身份参加%d人次，没有缺席", s.Leaders.Came)
}

// Proxy is how many sign-ins were entered by somebody else on his word (R33).
func (s ReviewSum) Proxy() int { return s.Ways.Proxy + s.Ways.After }

// problem states a fault when it happened in some month.
func (r *YearReview) problem(rule Rule, months []YearMonth, format string, args ...any) {
	if len(months) > 0 {
		r.Problems = append(r.Problems, Finding{Rule: rule, Text: fmt.Sprintf(format, args...), Months: months})
	}
}

// fault states a fault that has no month.
func (r *YearReview) fault(is bool, rule Rule, format string, args ...any) {
	if is {
		r.Problems = append(r.Problems, Finding{Rule: rule, Text: fmt.Sprintf(format, args...)})
	}
}

// problems states what the figures show to be wanting, in the order of the regulation.
func (r *YearReview) problems() {
	s, rules := r.Sum, r.Rules
	r.problem(R01, r.monthsWhere(func(m ReviewMonth) bool { return m.State == ReviewMissed }), "有%d个月排定了活动而没有开展", s.Missed)
	r.problem(R01, r.monthsWhere(func(m ReviewMonth) bool { return m.State == ReviewNoTrace }), "有%d个月没有活动记录", s.NoTrace)
	r.problem(R02, r.heldWhere(func(m ReviewMonth) bool { return m.Short }), "有%d次活动实际不足半天", s.Short)
	r.fault(r.Plan.Filed && r.Plan.Late, R04, "年度计划逾期报备")
	r.fault(r.Plan.PastDue, R04, "年度计划没有报机关党委备案")
	r.problem(R05, r.monthsWhere(func(m ReviewMonth) bool { return m.Moves > 0 }), "改期%d次", s.Moves)
	r.problem(R06, r.heldWhere(func(m ReviewMonth) bool { return !m.NoticedInTime }), "有%d次活动没有提前%d天公示", s.Held-s.NoticedInTime, rules.NoticeDays)
	r.problem(R12, r.heldWhere(func(m ReviewMonth) bool { return !m.Attendance.Met }), "有%d次活动参加人数没有达到党员总数的%d%%", s.Held-s.MetMonths, rules.QuorumPercent)
	r.problem(R16, r.heldWhere(func(m ReviewMonth) bool { return len(m.Content) == 0 }), "有活动没有登记内容类别")
	r.problem(R18, r.heldWhere(func(m ReviewMonth) bool { return m.Steps < len(steps) }), "有%d次活动九个步骤不齐全", s.Held-s.AllSteps)
	r.problem(R20, r.heldWhere(func(m ReviewMonth) bool { return m.Makeup.Overdue > 0 }), "有%d人次逾期没有补学", s.Makeup.Overdue)
	r.problem(R21, r.heldWhere(func(m ReviewMonth) bool { return m.Photos < 2 }), "有%d次活动留存照片不足2张", s.Held-s.Photographed)
	r.problem(R22, r.heldWhere(func(m ReviewMonth) bool { return !m.Record.Filed.IsZero() && m.Record.DaysLate > 0 }), "有%d份纪实表逾期上报", s.Filed-s.FiledOnTime)
	r.problem(R22, r.heldWhere(func(m ReviewMonth) bool { return m.Record.PastDue }), "有%d份纪实表逾期没有上报", s.Unfiled)
	r.problem(R25, r.heldWhere(func(m ReviewMonth) bool { return m.Evaluation.Out && !m.Evaluation.Shown }), "有活动收回的测评不足%d票，没有公布满意率", max(rules.ResultBallots, 1))
	r.problem(R28, r.heldWhere(func(m ReviewMonth) bool { return m.Evaluation.Under }), "有%d次活动满意率低于%d%%", s.Strikes, rules.SatisfactionFloor)
	r.fault(r.Barred(), R28, "满意率低于%d%%的达到%d次，支部及其班子成员本年度不得评先选优", rules.SatisfactionFloor, rules.Strikes)
	r.fault(r.unrectified() > 0, R28, "有%d项整改没有完成", r.unrectified())
	r.fault(len(r.Inspections.Findings) > 0, R30, "巡查发现问题%d个，%d个没有销号", len(r.Inspections.Findings), r.Inspections.Open())
	r.problem(R32, r.heldWhere(func(m ReviewMonth) bool { return m.Attendance.Absent > 0 }), "未请假缺席共%d人次", s.Attendance.Absent)
	r.fault(r.Often > 0, R32, "有%d名党员连续%d次或全年%d次以上未请假缺席", r.Often, rules.AbsentInRow, rules.AbsentInYear)
	r.problem(R33, r.heldWhere(func(m ReviewMonth) bool { return m.Ways.Proxy+m.Ways.After > 0 }), "代签、补签共%d人次", s.Proxy())
}
