package paper

import (
	"fmt"
	"strings"
	"time"

	"themeday"
)

// reviewEvaluation is 四: ballots and rates, as far as they may be told, and what follows from low ones.
func reviewEvaluation(r themeday.YearReview) part {
	floor, s := r.Rules.SatisfactionFloor, r.Sum
	p := part{
		heading: "四、测评", columns: []int{12, 14, 14, 14, 14, 16, 36}, head: 1,
		graph: byMonth(r, graph{title: "各月满意率", values: "满意率", limit: floor, limitName: "规定下限"}, satisfied),
		rows:  []row{heads("月份", "可测评", "收回", "满意", "满意率", fmt.Sprintf("低于%d%%", floor), "说明")},
		remark: fmt.Sprintf("可测评为到会、送学和列席的人数。一票四项平均%d分以上为满意，满意率＝满意票÷收回份数。收回不足%d份的只列份数。",
			r.Rules.SatisfiedFrom, max(r.Rules.ResultBallots, 1)),
	}
	for _, m := range held(r) {
		e, a := m.Evaluation, m.Attendance
		cells := []string{m.Month.Chinese(), number(a.Present + a.Remote + a.Guests), number(e.Raters), "—", "—", "—", ""}
		switch {
		case e.Shown:
			cells[3], cells[4], cells[5] = number(e.Satisfied), percent(e.RatePercent()), yes(e.Under, "是", "否")
		case !e.Out && e.Raters == 0:
			cells[6] = "没有测评"
		case !e.Out:
			cells[6] = "结果未公布"
		case e.Raters == 0:
			cells[6] = "没有收回"
		default:
			cells[6] = fmt.Sprintf("不足%d份，不列", max(r.Rules.ResultBallots, 1))
		}
		p.rows = append(p.rows, centred(cells...))
	}
	p.rows = append(p.rows, centred("合计", "", number(s.Evaluation.Raters), number(s.Evaluation.Satisfied), ratedShort(s), fmt.Sprintf("%d次", s.Strikes), fmt.Sprintf("只计已公布的%d次", s.Rated)))
	p.paras = []line{para("满意率低于%d%%的活动全年%d次%s。按规定，一年内达到%d次的，支部及其班子成员不得评先选优，并限期整改；%s",
		floor, s.Strikes, strikes(r), r.Rules.Strikes, barred(r))}
	for _, x := range r.Rectifications {
		p.paras = append(p.paras, para("整改第%d号（%s，%s提出，限%s）：%s。%s。", x.Number, x.Source, shortDate(x.Opened), deadline(x.Due), x.Text, rectified(x)))
	}
	p.paras = append(p.paras, inspected(r.Inspections)...)
	p.paras = append(p.paras, burden(r.Burden)...)
	return p
}

// inspected says how often the committee came and what it found (R30); nothing of a year without either.
func inspected(x themeday.ReviewInspections) []line {
	if x.Visits() == 0 && len(x.Findings) == 0 {
		return nil
	}
	out := []line{para("机关党委全年巡查%d次（其中随机抽查%d次），发现问题%d个，已销号%d个。", x.Visits(), x.Drawn, len(x.Findings), len(x.Findings)-x.Open())}
	for _, f := range x.Findings {
		state := f.State.Chinese()
		if !f.Ended.IsZero() {
			state += "（" + shortDate(f.Ended) + "）"
		}
		out = append(out, para("巡查问题第%d号（%s，%s提出）：%s%s，%s。", f.Number, f.Kind, shortDate(f.Found), f.Month.Chinese(), f.Text, state))
	}
	return out
}

// burden says how much was asked of the members, so that the work does not become a load (减负); nothing of a year in which nothing was posted.
func burden(b themeday.Burden) []line {
	if b.Group+b.Private == 0 {
		return nil
	}
	return []line{para("减负：全年群内发消息%d条、私信%d条，请党员报签到、请假、补学、测评等%d次，已经报过又重复要的%d次。", b.Group, b.Private, b.Members, b.Twice)}
}

func strikes(r themeday.YearReview) string {
	var out []themeday.YearMonth
	for _, m := range held(r) {
		if m.Evaluation.Under {
			out = append(out, m.Month)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "（" + months(out) + "）"
}

func barred(r themeday.YearReview) string {
	if r.Barred() {
		return "本支部已达到。"
	}
	return "本支部未达到。"
}

// rectified says how far a rectification has come.
func rectified(x themeday.ReviewRectification) string {
	s := fmt.Sprintf("交措施%d次", x.Measures)
	if x.SecondTries > 0 {
		s += fmt.Sprintf("，退回%d次", x.SecondTries)
	}
	s += "，" + x.State.Chinese()
	switch {
	case !x.Ended.IsZero():
		s += "（" + shortDate(x.Ended) + "）"
	case x.Overdue:
		s += "，已逾期"
	}
	return s
}

func shortDate(t time.Time) string { return fmt.Sprintf("%d月%d日", int(t.Month()), t.Day()) }

func ratedShort(s themeday.ReviewSum) string {
	if !s.Evaluation.Shown {
		return "—"
	}
	return percent(s.Evaluation.RatePercent())
}

// reviewTime is 五: what was done on time, and what was changed.
func reviewTime(r themeday.YearReview) part {
	p := part{
		heading: "五、按期与变更", columns: []int{12, 20, 20, 11, 19, 31, 29, 12, 13}, head: 1, dense: true,
		graph: byMonth(r, graph{title: "各月按期率", values: "按期率"}, onTime),
		rows:  []row{heads("月份", "原定", "实际", "改期", "预告提前", "纪实表上报", "时长", "照片", "按期率")},
		remark: fmt.Sprintf("按期率＝已做到的项数÷可判断的项数，三项为：提前%d天以上公示、在最初排定的日子开展、活动后%d天内上报纪实表（未到期的不计）。没有开展的月份不计按期率，另列于第七部分。时长由“开始”“结束”得出，没有记录的为“—”。",
			r.Rules.NoticeDays, r.Rules.RecordDays),
	}
	for _, m := range r.Months {
		if m.Held() || m.Moves > 0 {
			p.rows = append(p.rows, timeRow(m))
		}
	}
	s := r.Sum
	p.rows = append(p.rows, centred("合计", "", "", fmt.Sprintf("%d次", s.Moves), fmt.Sprintf("按期%d次", s.NoticedInTime), fmt.Sprintf("按期%d份", s.FiledOnTime),
		fmt.Sprintf("不足半天%d次", s.Short), fmt.Sprintf("%d张", s.Photos), ""))
	return p
}

func timeRow(m themeday.ReviewMonth) row {
	moves := "无"
	if m.Moves > 0 {
		moves = fmt.Sprintf("%d次", m.Moves)
	}
	actual := shortDay(m)
	if !m.Held() {
		actual = string(m.State)
	}
	out := []string{m.Month.Chinese(), fmt.Sprintf("%d月%d日", int(m.Planned.Month()), m.Planned.Day()), actual, moves, "—", "—", "—", "—", "—"}
	if m.Held() {
		out[4], out[5], out[6], out[7], out[8] = ahead(m), filing(m.Record), length(m), number(m.Photos), rate(m, onTime)
	}
	return centred(out...)
}

func ahead(m themeday.ReviewMonth) string {
	if m.Noticed.IsZero() {
		return "未预告"
	}
	s := fmt.Sprintf("%d天", m.DaysAhead)
	if !m.NoticedInTime {
		s += "，逾期"
	}
	return s
}

func filing(r themeday.ReviewRecord) string {
	switch {
	case r.PastDue:
		return fmt.Sprintf("未报，逾期%d天", r.DaysLate)
	case r.Filed.IsZero():
		return "未到期"
	case r.DaysLate > 0:
		return fmt.Sprintf("%d月%d日，逾期%d天", int(r.Filed.Month()), r.Filed.Day(), r.DaysLate)
	}
	return fmt.Sprintf("%d月%d日，按期", int(r.Filed.Month()), r.Filed.Day())
}

func length(m themeday.ReviewMonth) string {
	if m.Lasted == 0 {
		return "—"
	}
	s := fmt.Sprintf("%d小时", int(m.Lasted/time.Hour))
	if minutes := int(m.Lasted % time.Hour / time.Minute); minutes > 0 {
		s += fmt.Sprintf("%d分", minutes)
	}
	if m.Short {
		s += "，不足半天"
	}
	return s
}

// reviewLeaders is 六: leaders as members of the branch (R09), and those who came to guide it (R10).
func reviewLeaders(r themeday.YearReview) part {
	l := r.Sum.Leaders
	p := part{heading: "六、领导参加与指导"}
	if l.Due == 0 {
		p.paras = append(p.paras, para("本支部党员中没有登记为机关党委或联系领导的领导干部。"))
	} else {
		p.paras = append(p.paras, para("领导干部以普通党员身份参加所在支部活动：应参加%d人次，参加%d人次，参加率%d%%。", l.Due, l.Came, themeday.Percent(l.Came, l.Due)))
	}
	switch {
	case len(r.Visits) == 0 && r.Guides == 0:
		p.paras = append(p.paras, para("没有登记联系指导本支部的领导，也没有联系领导到会的记录。"))
	case len(r.Visits) == 0:
		p.paras = append(p.paras, para("登记联系指导本支部的领导%d人，没有到会指导的记录。", r.Guides))
	default:
		var who []string
		quarters := map[int]bool{}
		for _, v := range r.Visits {
			who = append(who, v.Name+"（"+months(v.Months)+"）")
			for _, m := range v.Months {
				quarters[(int(m.Month)-1)/3] = true
			}
		}
		p.paras = append(p.paras, para("联系领导到会指导：%s；全年四个季度中有%d个季度有联系领导到会。", strings.Join(who, "、"), len(quarters)))
	}
	if len(r.Comments) == 0 {
		p.paras = append(p.paras, blank("领导点评意见及落实情况"))
		return p
	}
	head := para("领导点评%d条：", len(r.Comments))
	head.keep = true
	p.paras = append(p.paras, head)
	for _, c := range r.Comments {
		p.paras = append(p.paras, para("%s%s：%s", c.Month.Chinese(), c.Name, partsOf(c)))
	}
	p.paras = append(p.paras, blank("点评意见落实情况"))
	return p
}

// partsOf is a comment in one line.
func partsOf(c themeday.ReviewComment) string {
	var out []string
	for _, p := range c.Parts {
		if p.Name != "" {
			p.Text = p.Name + "：" + p.Text
		}
		out = append(out, strings.ReplaceAll(p.Text, "\n", "　"))
	}
	return strings.Join(out, "；")
}
