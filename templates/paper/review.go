package paper

import (
	"fmt"
	"io"
	"strings"
	"time"

	"themeday"
)

// ReviewWord writes the yearly review (述职报告, R31) as a Word document: the same review, the same bytes.
func ReviewWord(w io.Writer, r themeday.YearReview) error { return review(r).word(w) }

// ReviewHTML writes the yearly review for print from a browser and for reading on a phone.
func ReviewHTML(w io.Writer, r themeday.YearReview) error { return review(r).html(w) }

func review(r themeday.YearReview) page {
	p := page{title: fmt.Sprintf("%s%d年度主题党日述职报告", r.Branch, r.Year), above: period(r)}
	for _, parts := range [][]part{
		reviewOverall(r), {reviewMonths(r)}, reviewAttendance(r), {reviewEvaluation(r)}, {reviewTime(r)}, {reviewLeaders(r)}, {reviewProblems(r)}, {reviewPlans()}, {reviewSigns()},
	} {
		p.parts = append(p.parts, parts...)
	}
	return p
}

// period says what the figures cover; of a year that is still running, up to when.
func period(r themeday.YearReview) string {
	if r.Running {
		return fmt.Sprintf("截至%s %s（本年度尚未结束，数字以此时为准）", dayOf(r.Made), clock(r.Made))
	}
	return fmt.Sprintf("统计期间：%d年1月1日至12月31日　制表：%s %s", r.Year, dayOf(r.Made), clock(r.Made))
}

func dayOf(t time.Time) string {
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}

// para is a paragraph of running text.
func para(format string, args ...any) line { return text("　　" + fmt.Sprintf(format, args...)) }

// blank is what only a person can write.
func blank(what string) line { return line{text: "　　【待填：" + what + "】", missing: true} }

func listed(findings []themeday.Finding) []line {
	var out []line
	for i, f := range findings {
		s := f.Text
		if len(f.Months) > 0 {
			s += "：" + months(f.Months)
		}
		out = append(out, para("%d．%s（%s）。", i+1, s, f.Rule.Clause()))
	}
	return out
}

// months is 3月、5月, and 1月至4月 where three or more follow one another.
func months(all []themeday.YearMonth) string {
	var out []string
	for i := 0; i < len(all); {
		j := i
		for j+1 < len(all) && all[j+1] == all[j].Next() {
			j++
		}
		switch {
		case j-i >= 2:
			out = append(out, all[i].Chinese()+"至"+all[j].Chinese())
		case j > i:
			out = append(out, all[i].Chinese(), all[j].Chinese())
		default:
			out = append(out, all[i].Chinese())
		}
		i = j + 1
	}
	return strings.Join(out, "、")
}

func percent(n int) string { return fmt.Sprintf("%d%%", n) }

// reviewOverall is 一: the year in a paragraph and a table, and what was done well.
func reviewOverall(r themeday.YearReview) []part {
	s, a := r.Sum, r.Sum.Attendance
	p := part{heading: "一、总体情况", columns: []int{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}}
	p.paras = []line{para("%s现有党员%d人。%d年排定主题党日%d次，已开展%d次%s；应到%d人次，参加%d人次，出席率%s。%s",
		r.Branch, r.Members, r.Year, r.Plan.Dated, s.Held, notHeld(s), a.Due, a.Present+a.Remote, rateOf(a), satisfaction(s))}
	p.rows = []row{
		pair("年度计划备案", planFiled(r.Plan), "排定月份", text(fmt.Sprintf("%d个月", r.Plan.Dated))),
		pair("开展次数", text(fmt.Sprintf("%d次", s.Held)), "没有开展", text(fmt.Sprintf("未开展%d个月，无记录%d个月", s.Missed, s.NoTrace))),
		pair("出席率", text(rateOf(a)), fmt.Sprintf("达到%d%%", r.Rules.QuorumPercent), text(ofHeld(s.MetMonths, s))),
		pair("合计满意率", text(ratedOf(s)), fmt.Sprintf("低于%d%%", r.Rules.SatisfactionFloor), text(fmt.Sprintf("%d次", s.Strikes))),
		pair("按期公示", text(ofHeld(s.NoticedInTime, s)), "改期", text(fmt.Sprintf("%d次，涉及%d个月", s.Moves, s.MovedMonths))),
		pair("纪实表上报", text(fmt.Sprintf("%d份，按期%d份", s.Filed, s.FiledOnTime)), "逾期未报", text(fmt.Sprintf("%d份", s.Unfiled))),
		pair("补学", text(fmt.Sprintf("应补%d人次，已补%d人次", s.Makeup.Owed, s.Makeup.Done)), "逾期未补", text(fmt.Sprintf("%d人次", s.Makeup.Overdue))),
		pair("九步齐全", text(ofHeld(s.AllSteps, s)), "活动照片", text(fmt.Sprintf("%d张，2张以上%d次", s.Photos, s.Photographed))),
		wide("活动内容", text(contents(r.Contents))),
		wide("结合内容", text(contents(r.Links))),
		wide("同时计入", text(contents(r.Meetings))),
	}
	good := part{paras: append([]line{text("　　主要成效（由数据得出）：")}, listed(r.Strengths)...)}
	if len(r.Strengths) == 0 {
		good.paras = []line{para("主要成效：数据中没有全年都做到的项目。")}
	}
	good.paras = append(good.paras, blank("特色做法、典型事例"))
	return []part{p, good}
}

func notHeld(s themeday.ReviewSum) string {
	out := ""
	if s.Missed > 0 {
		out += fmt.Sprintf("，排定而未开展%d次", s.Missed)
	}
	if s.NoTrace > 0 {
		out += fmt.Sprintf("，无活动记录%d个月", s.NoTrace)
	}
	return out
}

func satisfaction(s themeday.ReviewSum) string {
	if !s.Evaluation.Shown {
		return "没有可以公布的测评结果。"
	}
	return fmt.Sprintf("公布测评结果%d次，合计满意率%d%%。", s.Rated, s.Evaluation.RatePercent())
}

func rateOf(a themeday.ReviewAttendance) string {
	if a.Due == 0 {
		return "—"
	}
	return percent(a.RatePercent())
}

func ratedOf(s themeday.ReviewSum) string {
	if !s.Evaluation.Shown {
		return "—"
	}
	return fmt.Sprintf("%d%%（%d÷%d票，%d次）", s.Evaluation.RatePercent(), s.Evaluation.Satisfied, s.Evaluation.Raters, s.Rated)
}

func ofHeld(n int, s themeday.ReviewSum) string { return fmt.Sprintf("%d次（共%d次）", n, s.Held) }

func planFiled(p themeday.ReviewPlan) line {
	switch {
	case p.Filed && p.Late:
		return text(fmt.Sprintf("%s报备，逾期", stamp(p.At)))
	case p.Filed:
		return text(fmt.Sprintf("%s报备，按期", stamp(p.At)))
	case p.PastDue:
		return text("未备案，已逾期")
	}
	return text("未备案，限" + deadline(p.Due))
}

func contents(all []themeday.ReviewContent) string {
	var out []string
	for _, c := range all {
		out = append(out, fmt.Sprintf("%s%d次", c.Name, len(c.Months)))
	}
	if len(out) == 0 {
		return "没有登记"
	}
	return strings.Join(out, "、") + "（一次活动可有几类）"
}

// reviewProblems is 七.
func reviewProblems(r themeday.YearReview) part {
	p := part{heading: "七、存在的问题", paras: listed(r.Problems)}
	if len(r.Problems) == 0 {
		p.paras = []line{para("从记录的数据看，没有发现违反规定的情形。")}
	}
	p.paras = append(p.paras, blank("数据以外的问题及原因分析"))
	return p
}

// reviewPlans is 八: nothing in it follows from figures.
func reviewPlans() part {
	return part{heading: "八、下一步打算", kept: true, paras: []line{blank("下一步打算"), blank("对存在问题的整改措施、责任人和时限")}}
}

func reviewSigns() part {
	return part{
		kept:    true,
		columns: []int{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
		rows: []row{
			{height: 14, cells: pair("支部书记签字", text(""), "日期", text("　　　年　　月　　日")).cells},
			{height: 20, cells: wide("支部党员大会评议意见", text("")).cells},
			{height: 20, cells: wide("机关党委意见", text("")).cells},
		},
		remark: "本报告数字均由活动记录生成；“【待填】”和签字栏由本人填写。缺席人员姓名、请假事由、单张测评和意见不列入本报告。",
	}
}
