package paper

import (
	"fmt"
	"strconv"
	"strings"

	"themeday"
)

// held are the months whose activity was held.
func held(r themeday.YearReview) []themeday.ReviewMonth {
	var out []themeday.ReviewMonth
	for _, m := range r.Months {
		if m.Held() {
			out = append(out, m)
		}
	}
	return out
}

// centred is a row of short values.
func centred(values ...string) row {
	var r row
	for _, v := range values {
		r.cells = append(r.cells, cell{centred: true, lines: []line{text(v)}})
	}
	return r
}

// byMonth is a graph of the twelve months.
func byMonth(r themeday.YearReview, g graph, of func(themeday.ReviewMonth) (int, bool)) *graph {
	for _, m := range r.Months {
		p, known := of(m)
		if !known {
			p = unknown
		}
		g.names, g.percents = append(g.names, m.Month.Chinese()), append(g.percents, p)
	}
	return &g
}

func attended(m themeday.ReviewMonth) (int, bool) {
	return m.Attendance.RatePercent(), m.Held() && m.Attendance.Due > 0
}

func satisfied(m themeday.ReviewMonth) (int, bool) {
	return m.Evaluation.RatePercent(), m.Evaluation.Shown
}

func onTime(m themeday.ReviewMonth) (int, bool) { return m.Punctuality() }

// rate is a percentage, or a dash where there is none.
func rate(m themeday.ReviewMonth, of func(themeday.ReviewMonth) (int, bool)) string {
	if p, known := of(m); known {
		return percent(p)
	}
	return "—"
}

func number(n int) string { return strconv.Itoa(n) }

// reviewMonths is 二: the twelve months at a glance.
func reviewMonths(r themeday.YearReview) part {
	p := part{
		heading: "二、逐月情况", columns: []int{12, 20, 40, 18, 10, 10, 13, 13, 13, 10}, head: 1, dense: true,
		rows:   []row{heads("月份", "日期", "主题", "情况", "应到", "参加", "出席率", "满意率", "按期率", "步骤")},
		remark: "“—”为无数据：没有开展，或测评结果未公布、份数太少不公布。出席率＝（到会＋送学）÷应到；满意率＝满意票÷收回份数；按期率见第五部分；步骤为九个步骤中已完成的个数。百分数都舍去小数。",
	}
	for _, m := range r.Months {
		out := row{cells: centred(m.Month.Chinese(), shortDay(m), "", string(m.State)).cells}
		out.cells[2] = cell{lines: []line{text(topic(m))}}
		figures := []string{"—", "—", "—", "—", "—", "—"}
		if a := m.Attendance; m.Held() {
			figures = []string{number(a.Due), number(a.Present + a.Remote), rate(m, attended), rate(m, satisfied), rate(m, onTime), fmt.Sprintf("%d/9", m.Steps)}
		}
		out.cells = append(out.cells, centred(figures...).cells...)
		p.rows = append(p.rows, out)
	}
	return p
}

func shortDay(m themeday.ReviewMonth) string {
	if !m.Dated() {
		return "—"
	}
	return fmt.Sprintf("%d月%d日", int(m.Starts.Month()), m.Starts.Day())
}

func topic(m themeday.ReviewMonth) string {
	if len(m.Topics) == 0 {
		return "—"
	}
	return strings.Join(m.Topics, "；")
}

// reviewAttendance is 三: who came, how they signed in, and what was studied afterwards.
func reviewAttendance(r themeday.YearReview) []part {
	quorum := r.Rules.QuorumPercent
	p := part{
		heading: "三、出席与补学", columns: []int{12, 10, 10, 10, 10, 10, 10, 12, 12}, head: 1,
		graph:  byMonth(r, graph{title: "各月出席率", values: "出席率", limit: quorum, limitName: "规定下限"}, attended),
		rows:   []row{heads("月份", "应到", "到会", "送学", "请假", "缺席", "列席", "出席率", fmt.Sprintf("达%d%%", quorum))},
		remark: fmt.Sprintf("应到＝到会＋送学＋请假＋缺席。参加人数达到应到的%d%%为达标（含本数）；请假不减少应到，送学计入参加，列席不计入。", quorum),
	}
	line := func(name string, a themeday.ReviewAttendance, met string) {
		p.rows = append(p.rows, centred(name, number(a.Due), number(a.Present), number(a.Remote), number(a.Leave), number(a.Absent), number(a.Guests), rateOf(a), met))
	}
	for _, m := range held(r) {
		line(m.Month.Chinese(), m.Attendance, yes(m.Attendance.Met, "是", "否"))
	}
	line("合计", r.Sum.Attendance, fmt.Sprintf("%d次", r.Sum.MetMonths))
	return []part{p, bands(r), signedIn(r)}
}

func yes(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

// bands are the members by their own attendance, without names.
func bands(r themeday.YearReview) part {
	p := part{paras: []line{para("党员个人出席率分档（按本人应参加的次数，只列人数）：")}, columns: []int{12}, rows: []row{heads("个人出席率"), centred("人数")}}
	total := 0
	for _, b := range r.Bands {
		if b.From >= b.Below {
			continue // the limits of the settings left nothing between
		}
		name := fmt.Sprintf("%d%%—%d%%", b.From, b.Below-1)
		switch {
		case b.From == 100:
			name = "100%"
		case b.From == 0:
			name = fmt.Sprintf("低于%d%%", b.Below)
		}
		p.columns = append(p.columns, 10)
		p.rows[0].cells = append(p.rows[0].cells, heads(name).cells...)
		p.rows[1].cells = append(p.rows[1].cells, centred(fmt.Sprintf("%d人", b.Members)).cells...)
		total += b.Members
	}
	p.columns = append(p.columns, 10)
	p.rows[0].cells = append(p.rows[0].cells, heads("合计").cells...)
	p.rows[1].cells = append(p.rows[1].cells, centred(fmt.Sprintf("%d人", total)).cells...)
	return p
}

// signedIn is how the members were signed in (R33) and what make-up study came of it (R20).
func signedIn(r themeday.YearReview) part {
	p := part{
		paras:   []line{para("签到方式和补学（人次）：")},
		columns: []int{12, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10}, head: 1, dense: true,
		rows:   []row{heads("月份", "本人签到", "迟到签到", "代签", "补签", "纸质", "送学", "转贴", "应补学", "已补学", "逾期未补")},
		remark: fmt.Sprintf("本人签到含接龙。代签为会中由书记代录，补签为会后补录，均注明事由存支部。请假和缺席的都要在%d天内补学；补学后缺席仍记缺席。", r.Rules.MakeupDays),
	}
	line := func(name string, n themeday.ReviewWays, k themeday.ReviewMakeup) {
		p.rows = append(p.rows, centred(name, number(n.Self+n.Chain), number(n.Late), number(n.Proxy), number(n.After), number(n.Paper), number(n.Remote), number(n.Relayed),
			number(k.Owed), number(k.Done), number(k.Overdue)))
	}
	for _, m := range held(r) {
		line(m.Month.Chinese(), m.Ways, m.Makeup)
	}
	line("合计", r.Sum.Ways, r.Sum.Makeup)
	return p
}
