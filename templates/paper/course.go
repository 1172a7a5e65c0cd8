package paper

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"themeday"
)

func agenda(f themeday.RecordForm) []line {
	var out []line
	for i, item := range f.Agenda {
		out = append(out, text(strconv.Itoa(i+1)+"．"+item))
	}
	if len(out) == 0 {
		return []line{lacking("议程")}
	}
	return out
}

// comments are what leaders and the committee who came said (R27), each with who, when, and by whom it was written down.
func comments(f themeday.RecordForm) []line {
	if len(f.Comments) == 0 {
		if f.Lacks("领导点评") {
			return []line{lacking("领导点评")}
		}
		return []line{text("签到册上没有联系领导")}
	}
	var out []line
	for _, c := range f.Comments {
		who := c.Name
		if c.Office != "" {
			who += "（" + c.Office + "）"
		}
		who += "　" + stamp(c.At)
		if c.Dictated != "" {
			who += "　" + c.Dictated + "代录"
		}
		out = append(out, text(who))
		for _, p := range c.Parts {
			if p.Name != "" {
				p.Text = p.Name + "：" + p.Text
			}
			out = append(out, text(p.Text))
		}
	}
	return out
}

// courseRows are what happened: the agenda, and every line of the minutes with who wrote it and when.
func courseRows(f themeday.RecordForm) []row {
	rows := []row{wide("结合内容", text(tags(f.Links)), text("同时计入："+tags(f.Meetings))), wide("议程", agenda(f)...)}
	for _, k := range []struct {
		kind          themeday.MinuteKind
		name, missing string
	}{{themeday.Noted, "讨论发言", "讨论发言"}, {themeday.Agreed, "形成共识", "共识"}, {themeday.Assigned, "议定事项", "议定事项"}} {
		said := f.Said(k.kind)
		if len(said) == 0 {
			rows = append(rows, wide(k.name, lacking(k.missing)))
		}
		rows = append(rows, minuteRows(k.name, said)...)
	}
	return append(rows, wide("领导点评", comments(f)...))
}

// box is a box to tick.
func box(ticked bool) string {
	if ticked {
		return "☑"
	}
	return "□"
}

func tags(all []themeday.FormTag) string {
	var out []string
	for _, t := range all {
		out = append(out, box(t.Ticked)+t.Name)
	}
	return strings.Join(out, "　")
}

// minuteRows are the lines of one kind, each with who wrote it and when. Each has its own label, numbered where there are several, so that
// the label stands on every page.
func minuteRows(name string, said []themeday.FormMinute) []row {
	var rows []row
	for i, m := range said {
		title := name
		if len(said) > 1 {
			title += strconv.Itoa(i + 1)
		}
		rows = append(rows, cells(label(title), value(8, text(m.Text)), cell{right: 2, centred: true, lines: append([]line{text(m.Speaker)}, written(m)...)}))
	}
	return rows
}

// written is when a line was written down, by the clock where it was on the day itself.
func written(m themeday.FormMinute) []line {
	if m.Later {
		return []line{text(stamp(m.At)), text("补记")}
	}
	return []line{text(clock(m.At))}
}

func afterRows(f themeday.RecordForm) []row {
	summary := row{height: 12, cells: wide("总结提升", or(f.Summary, "总结")).cells}
	rows := []row{wide("测评", evaluation(f.Evaluation)...), summary, wide("附件清单", text(annexes(f)))}
	if len(f.Corrections) > 0 {
		rows = append(rows, wide("上报后更正", corrections(f)...))
	}
	return rows
}

func corrections(f themeday.RecordForm) []line {
	var out []line
	for _, c := range f.Corrections {
		out = append(out, text(fmt.Sprintf("第%d版　%s　%s（%s）", c.Version, stamp(c.At), c.What, c.By)))
	}
	return out
}

func evaluation(e themeday.FormEvaluation) []line {
	out := append(ownEvaluation(e), outsiders(e)...)
	if e.Shown || e.Outside != nil {
		out = append(out, text(fmt.Sprintf("满意＝四项平均%d分以上；满意率＝满意÷参加测评。", e.SatisfiedFrom)))
	}
	return out
}

// ownEvaluation is what those say who took part.
func ownEvaluation(e themeday.FormEvaluation) []line {
	head := fmt.Sprintf("应参测%d人，发出%d份，收回%d份，有效%d份", e.Participants, e.Participants, e.Raters, e.Raters)
	switch {
	case e.Result.IsZero() && e.Raters == 0:
		return []line{lacking("测评")}
	case e.Result.IsZero() && e.Closes.IsZero():
		return []line{text(head + "，尚未截止，结果未出。")}
	case e.Result.IsZero():
		return []line{text(head + "，" + stamp(e.Closes) + "截止，结果未出。")}
	case e.Raters == 0:
		return []line{lacking("测评"), text("到截止时没有收回测评。")}
	case !e.Shown:
		return []line{text(head + "。份数太少，为保证不记名，结果不列。")}
	}
	out := []line{text(fmt.Sprintf("%s，满意%d份，满意率%d%%。", head, e.Satisfied, e.RatePercent))}
	if len(e.Means) == 0 {
		return append(out, text("份数较少，各项平均分不列。"))
	}
	var means []string
	for i, m := range e.Means {
		share := ""
		if i < len(e.Shares) {
			share = fmt.Sprintf("、满意率%d%%", e.Shares[i])
		}
		means = append(means, fmt.Sprintf("%s%.1f分%s", themeday.Dimensions[i], m, share))
	}
	return append(out, text(strings.Join(means, "；")+fmt.Sprintf("（均分满分5分；单项%d分以上为满意）。", e.SatisfiedFrom)))
}

// outsiders is 扩大参评: invited outsiders, apart and together with the others (R26).
func outsiders(e themeday.FormEvaluation) []line {
	if e.Outside == nil {
		return nil
	}
	out := fmt.Sprintf("扩大参评另列：%s。", figures(*e.Outside))
	if e.Together != nil {
		out += fmt.Sprintf("合计：%s。", figures(*e.Together))
	}
	return []line{text(out)}
}

func figures(f themeday.RateFigures) string {
	return fmt.Sprintf("收回%d份，满意%d份，满意率%d%%", f.Raters, f.Satisfied, f.RatePercent)
}

// annexes are what belongs to the form: bound in it, or kept by the branch.
func annexes(f themeday.RecordForm) string {
	var slips []string
	for _, m := range f.Members {
		if m.Leave != nil && m.Leave.State != themeday.LeaveCancelled {
			slips = append(slips, m.Leave.Number)
		}
	}
	plan := "年度计划（未备案）"
	if !f.PlanFiled.IsZero() {
		plan = "年度计划（" + stamp(f.PlanFiled) + "备案）"
	}
	out := []string{plan}
	if at := f.Steps[themeday.Noticing-1].At; !at.IsZero() {
		out = append(out, "预告（"+stamp(at)+"）")
	}
	if len(f.Moves) > 0 {
		out = append(out, fmt.Sprintf("变更报备%d次", len(f.Moves)))
	}
	out = append(out, "签到册（附一）")
	if n := len(f.Photos); n > 0 {
		out = append(out, fmt.Sprintf("照片%d张（附二）", n))
	}
	if len(slips) > 0 {
		slices.Sort(slips)
		out = append(out, fmt.Sprintf("请假条%d份：%s（存支部）", len(slips), strings.Join(slips, "、")))
	}
	return strings.Join(out, "、")
}

func signRows(f themeday.RecordForm) []row {
	return []row{
		wide("上报时间", filed(f)),
		{height: 14, cells: pair("记录人签字", text(""), "支部书记签字", text("")).cells},
		{height: 18, cells: wide("支部意见", text("")).cells},
		{height: 18, cells: wide("机关党委意见", text("")).cells},
	}
}

// filed are all filed versions; by the first it is judged whether the form came in time.
func filed(f themeday.RecordForm) line {
	if f.Filed.IsZero() {
		return text("未上报，限" + deadline(f.Due))
	}
	var all []string
	for _, v := range f.Filings {
		all = append(all, fmt.Sprintf("第%d版 %s（%s）", v.Version, stamp(v.At), v.By))
	}
	out := strings.Join(all, "、") + "，限" + deadline(f.Due)
	if f.DaysLate > 0 {
		return text(out + fmt.Sprintf("，逾期%d天", f.DaysLate))
	}
	return text(out + "，按时")
}
