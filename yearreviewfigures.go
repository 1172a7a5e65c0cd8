package themeday

import (
	"fmt"
	"strings"
)

// ReviewFigure is a figure of the yearly review and from what it follows: its months, mostly.
type ReviewFigure struct {
	Name string // with the figure: 开展7次
	From []string
}

// Figures are the figures of the review that are no rates, each with the months or facts behind it; what is zero is left out.
func (r YearReview) Figures() []ReviewFigure {
	f := figures{r: r}
	s := r.Sum
	f.plan()
	f.months(fmt.Sprintf("开展%d次", s.Held), func(m ReviewMonth) string { return yes(m.Held(), shortDay(m), "") })
	f.months(fmt.Sprintf("排定而没有开展%d次", s.Missed), func(m ReviewMonth) string { return yes(m.State == ReviewMissed, shortDay(m)+"没有签到", "") })
	f.months(fmt.Sprintf("没有活动记录%d个月", s.NoTrace), func(m ReviewMonth) string { return yes(m.State == ReviewNoTrace, "没有日期", "") })
	f.held(fmt.Sprintf("到会达到%d%%的%d次", r.Rules.QuorumPercent, s.MetMonths), func(m ReviewMonth) string { return yes(m.Attendance.Met, came(m), "") })
	f.held(fmt.Sprintf("没有达到的%d次", s.Held-s.MetMonths), func(m ReviewMonth) string { return yes(m.Attendance.Met, "", came(m)) })
	f.counted("请假%d人次", s.Attendance.Leave, func(m ReviewMonth) int { return m.Attendance.Leave })
	f.counted("未请假缺席%d人次", s.Attendance.Absent, func(m ReviewMonth) int { return m.Attendance.Absent })
	f.counted("列席%d人次", s.Attendance.Guests, func(m ReviewMonth) int { return m.Attendance.Guests })
	f.members()
	f.ways()
	f.counted("应补学%d人次", s.Makeup.Owed, func(m ReviewMonth) int { return m.Makeup.Owed })
	f.counted("已补学%d人次", s.Makeup.Done, func(m ReviewMonth) int { return m.Makeup.Done })
	f.counted("逾期没有补学%d人次", s.Makeup.Overdue, func(m ReviewMonth) int { return m.Makeup.Overdue })
	f.held(fmt.Sprintf("满意率低于%d%%的%d次", r.Rules.SatisfactionFloor, s.Strikes), func(m ReviewMonth) string {
		return yes(m.Evaluation.Under, fmt.Sprintf("%d÷%d", m.Evaluation.Satisfied, m.Evaluation.Raters), "")
	})
	f.consequences()
	f.held(fmt.Sprintf("提前%d天以上预告的%d次", r.Rules.NoticeDays, s.NoticedInTime), func(m ReviewMonth) string {
		return yes(m.NoticedInTime, fmt.Sprintf("提前%d天", m.DaysAhead), "")
	})
	f.held(fmt.Sprintf("没有提前的%d次", s.Held-s.NoticedInTime), func(m ReviewMonth) string {
		return yes(m.NoticedInTime, "", yes(m.Noticed.IsZero(), "没有预告", fmt.Sprintf("提前%d天", m.DaysAhead)))
	})
	f.months(fmt.Sprintf("改期%d次", s.Moves), func(m ReviewMonth) string { return yes(m.Moves > 0, fmt.Sprintf("%d次", m.Moves), "") })
	f.held(fmt.Sprintf("纪实表上报%d份，按期%d份", s.Filed, s.FiledOnTime), func(m ReviewMonth) string {
		return yes(m.Record.Filed.IsZero(), "", yes(m.Record.DaysLate > 0, fmt.Sprintf("逾期%d天", m.Record.DaysLate), "按期"))
	})
	f.held(fmt.Sprintf("纪实表逾期没有上报%d份", s.Unfiled), func(m ReviewMonth) string {
		return yes(m.Record.PastDue, fmt.Sprintf("逾期%d天", m.Record.DaysLate), "")
	})
	f.held(fmt.Sprintf("不足半天%d次", s.Short), func(m ReviewMonth) string {
		return yes(m.Short, yes(m.Lasted > 0, Hours(m.Lasted), "时长不够"), "")
	})
	f.held(fmt.Sprintf("九个步骤齐全%d次", s.AllSteps), func(m ReviewMonth) string { return yes(m.Steps == len(steps), "齐全", "") })
	f.held(fmt.Sprintf("步骤不齐全%d次", s.Held-s.AllSteps), func(m ReviewMonth) string { return yes(m.Steps < len(steps), fmt.Sprintf("%d步", m.Steps), "") })
	f.counted("照片%d张", s.Photos, func(m ReviewMonth) int { return m.Photos })
	for _, kind := range []struct {
		name string
		all  []ReviewContent
	}{{"内容", r.Contents}, {"结合", r.Links}, {"同时计入", r.Meetings}} {
		for _, c := range kind.all {
			f.add(fmt.Sprintf("%s“%s”%d次", kind.name, c.Name, len(c.Months)), monthNames(c.Months))
		}
	}
	f.leaders()
	return f.out
}

// figures gathers them.
type figures struct {
	r   YearReview
	out []ReviewFigure
}

func (f *figures) add(name string, from []string) {
	if len(from) > 0 {
		f.out = append(f.out, ReviewFigure{Name: name, From: from})
	}
}

// months adds a figure of which each month says something or nothing.
func (f *figures) months(name string, says func(ReviewMonth) string) {
	var from []string
	for _, m := range f.r.Months {
		if s := says(m); s != "" {
			from = append(from, m.Month.Chinese()+"（"+s+"）")
		}
	}
	f.add(name, from)
}

// held adds one of the months whose activity was held.
func (f *figures) held(name string, says func(ReviewMonth) string) {
	f.months(name, func(m ReviewMonth) string {
		if !m.Held() {
			return ""
		}
		return says(m)
	})
}

// counted adds a sum over the months.
func (f *figures) counted(name string, sum int, of func(ReviewMonth) int) {
	f.held(fmt.Sprintf(name, sum), func(m ReviewMonth) string { return yes(of(m) > 0, fmt.Sprint(of(m)), "") })
}

func shortDay(m ReviewMonth) string {
	if !m.Dated() {
		return ""
	}
	return DateOf(m.Starts, m.Starts.Location()).Chinese()
}

// came are who came of whom, as a share: 10÷12.
func came(m ReviewMonth) string {
	return fmt.Sprintf("%d÷%d", m.Attendance.Present+m.Attendance.Remote, m.Attendance.Due)
}

func monthNames(all []YearMonth) []string {
	out := make([]string, len(all))
	for i, m := range all {
		out[i] = m.Chinese()
	}
	return out
}

func (f *figures) plan() {
	p := f.r.Plan
	when := "还没有报备"
	if p.Filed {
		when = DateOf(p.At, p.At.Location()).Chinese() + "报备"
	}
	f.add(fmt.Sprintf("年度计划备案，排定%d个月", p.Dated), []string{when, "应在" + DateOf(p.Due.Add(-1), p.Due.Location()).Chinese() + "前"})
}

// members are the bands and who was absent too often: by how it is reckoned, for the review names nobody.
func (f *figures) members() {
	var bands []string
	for _, b := range f.r.Bands {
		if b.Members > 0 && b.From < b.Below {
			bands = append(bands, fmt.Sprintf("%s的%d人", yes(b.From == 100, "100%", fmt.Sprintf("%d%%到%d%%", b.From, b.Below-1)), b.Members))
		}
	}
	if len(bands) > 0 {
		bands = append(bands, "每人按参加次数÷应参加次数算")
	}
	f.add("个人出席率分档", bands)
	if f.r.Often > 0 {
		rules := f.r.Rules
		f.add(fmt.Sprintf("多次无故缺席%d人", f.r.Often), []string{fmt.Sprintf("连续%d次或一年%d次，请假、送学不算", rules.AbsentInRow, rules.AbsentInYear)})
	}
}

// ways are the kinds of sign-ins (R33).
func (f *figures) ways() {
	for _, w := range []struct {
		name string
		of   func(ReviewWays) int
	}{
		{"本人签到（含接龙）%d人次", func(w ReviewWays) int { return w.Self + w.Chain }},
		{"迟到签到%d人次", func(w ReviewWays) int { return w.Late }},
		{"代签%d人次", func(w ReviewWays) int { return w.Proxy }},
		{"补签%d人次", func(w ReviewWays) int { return w.After }},
		{"纸质签到%d人次", func(w ReviewWays) int { return w.Paper }},
		{"送学%d人次", func(w ReviewWays) int { return w.Remote }},
		{"转贴%d人次", func(w ReviewWays) int { return w.Relayed }},
	} {
		f.counted(w.name, w.of(f.r.Sum.Ways), func(m ReviewMonth) int { return w.of(m.Ways) })
	}
}

// consequences are rectifications, inspections, best cases and praise.
func (f *figures) consequences() {
	var mending, found []string
	for _, x := range f.r.Rectifications {
		mending = append(mending, fmt.Sprintf("第%d号（%s）%s", x.Number, x.Source, x.State.Chinese()))
	}
	f.add(fmt.Sprintf("整改%d项", len(mending)), mending)
	for _, x := range f.r.Inspections.Findings {
		found = append(found, fmt.Sprintf("第%d号（%s）%s", x.Number, x.Kind, x.State.Chinese()))
	}
	if n := f.r.Inspections.Visits(); n > 0 {
		f.add(fmt.Sprintf("巡查%d次", n), []string{fmt.Sprintf("定期%d次、随机抽查%d次", n-f.r.Inspections.Drawn, f.r.Inspections.Drawn)})
	}
	f.add(fmt.Sprintf("巡查问题%d个", len(found)), found)
	f.add(fmt.Sprintf("最佳案例%d个", len(f.r.Honours.Chosen)), monthNames(f.r.Honours.Chosen))
	for _, g := range f.r.Honours.Praised {
		f.add(fmt.Sprintf("表扬%d次", g.Times), []string{g.Name})
	}
}

// leaders are those who came as members (R09), those who came to guide (R10), and what was said (R27).
func (f *figures) leaders() {
	l := f.r.Sum.Leaders
	f.held(fmt.Sprintf("领导干部以普通党员身份参加%d人次，应参加%d人次", l.Came, l.Due), func(m ReviewMonth) string {
		return yes(m.Leaders.Due > 0, fmt.Sprintf("%d/%d", m.Leaders.Came, m.Leaders.Due), "")
	})
	for _, v := range f.r.Visits {
		f.add(fmt.Sprintf("联系领导%s到会%d次", v.Name, len(v.Months)), monthNames(v.Months))
	}
	var said []string
	for _, c := range f.r.Comments {
		said = append(said, c.Month.Chinese()+c.Name)
	}
	f.add(fmt.Sprintf("点评%d条", len(said)), said)
}

// String is the figure as a line: 开展2次＝1月（1月10日）、2月（2月10日）.
func (f ReviewFigure) String() string { return f.Name + "＝" + strings.Join(f.From, "、") }
