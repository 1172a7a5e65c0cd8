package paper

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"themeday"
)

// Photos gives a photo by its id: a JPEG that may go into a document as it is. An error, and what is no JPEG, print as a line that says so.
type Photos func(id string) ([]byte, error)

// RecordFormWord writes the record form (纪实表, R22) as a Word document: the same form, the same bytes.
func RecordFormWord(w io.Writer, f themeday.RecordForm, photos Photos) error {
	return recordForm(f, photos).word(w)
}

// RecordFormHTML writes the record form for print from a browser.
func RecordFormHTML(w io.Writer, f themeday.RecordForm, photos Photos) error {
	return recordForm(f, photos).html(w)
}

func recordForm(f themeday.RecordForm, photos Photos) page {
	p := page{title: formTitle(f), above: "编号：" + string(f.Activity) + "　" + version(f)}
	p.parts = append(p.parts, form(f), signInBook(f))
	if len(f.Photos) > 0 {
		p.parts = append(p.parts, album(f, photos))
	}
	return p
}

func formTitle(f themeday.RecordForm) string {
	return fmt.Sprintf("%s%d年%d月主题党日活动纪实表", f.Branch, f.Month.Year, int(f.Month.Month))
}

// version names the version, and every one that was filed with its time.
func version(f themeday.RecordForm) string {
	var filed []string
	for _, v := range f.Filings {
		filed = append(filed, fmt.Sprintf("第%d版 %s", v.Version, stamp(v.At)))
	}
	out := strings.Join(filed, "、") + " 上报"
	switch {
	case len(filed) == 0:
		return themeday.VersionName(f.Version, false)
	case f.Frozen():
		return out
	}
	return themeday.VersionName(f.Version, false) + "；已有" + out
}

// form is the table of section 6: twelve columns, so that a row holds one, two or three pairs of label and value.
func form(f themeday.RecordForm) part {
	p := part{columns: []int{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}}
	for _, rows := range [][]row{planRows(f), dayRows(f), attendanceRows(f), courseRows(f), afterRows(f), signRows(f)} {
		p.rows = append(p.rows, rows...)
	}
	p.remark = "数字均由记录生成：应到＝到会＋送学＋请假＋缺席；出席率＝（到会＋送学）÷应到，舍去小数。请假和代签的事由及请假条由支部保存，不列入本表。“□”和签字栏手填。"
	if f.Head.Hash != "" {
		p.remark += "制表时" + f.Head.String() + "。"
	}
	return p
}

func wide(name string, lines ...line) row { return cells(label(name), value(10, lines...)) }

func pair(a string, x line, b string, y line) row {
	return cells(label(a), value(4, x), label(b), value(4, y))
}

func planRows(f themeday.RecordForm) []row {
	var rows []row
	if len(f.Missing) > 0 {
		rows = append(rows, wide("待补项目", line{text: fmt.Sprintf("共%d项：%s", len(f.Missing), strings.Join(f.Missing, "、")), missing: true}))
	}
	rows = append(rows,
		pair("支部名称", text(f.Branch), "党员总数", text(fmt.Sprintf("%d人（活动当日）", f.Tally.Due))),
		wide("活动主题", or(strings.Join(f.Topics, "；"), "主题")),
		pair("活动内容", or(strings.Join(f.Content, "、"), "内容"), "必选自选", text(box(f.Compulsory)+"必选　"+box(f.Own)+"自选")),
		pair("计划日期", text(day(f.Planned)), "实际日期", realDay(f)),
	)
	if len(f.Moves) > 0 {
		rows = append(rows, wide("变更报备", moves(f)...))
	}
	return append(rows,
		pair("支委会定题", step(f, themeday.Deciding, true), "党委审定", step(f, themeday.Approving, true)),
		pair("预告", notice(f), "召集", step(f, themeday.Convening, false)),
	)
}

// realDay is the day on which it was held; of an activity that was not, there is none.
func realDay(f themeday.RecordForm) line {
	out := lacking("实际日期")
	switch {
	case f.Held():
		return text(day(f.Starts))
	case f.NotHeld():
		out.text += "未开展"
	}
	return out
}

func moves(f themeday.RecordForm) []line {
	var out []line
	for _, m := range f.Moves {
		out = append(out, text(fmt.Sprintf("%s→%s，事由：%s（%s报备）", stamp(m.From), stamp(m.To), m.Why, stamp(m.At))))
	}
	return out
}

// step is when a step was taken and by whom.
func step(f themeday.RecordForm, s themeday.Step, by bool) line {
	done := f.Steps[s-1]
	switch {
	case done.At.IsZero():
		return lacking(s.Row().Name)
	case by:
		return text(stamp(done.At) + " " + done.By)
	}
	return text(stamp(done.At))
}

func notice(f themeday.RecordForm) line {
	done := step(f, themeday.Noticing, false)
	if !done.missing {
		late := ""
		if f.NoticeLate {
			late = "，逾期"
		}
		done.text += fmt.Sprintf("（提前%d天%s）", f.DaysAhead, late)
	}
	return done
}

func dayRows(f themeday.RecordForm) []row {
	return []row{
		cells(label("起止时间"), value(4, timesOf(f)...), label("时长"), value(4, lasted(f))),
		cells(label("地点"), value(4, or(f.Place, "地点")), label("现场布置"), value(4, site(f)...)),
		cells(label("主持人"), value(4, hosts(f)...), label("记录人"), value(4, or(f.Recorder, "记录人"))),
	}
}

// timesOf are the real times, and those that were planned.
func timesOf(f themeday.RecordForm) []line {
	real := func(t time.Time) string {
		if t.IsZero() {
			return "？"
		}
		return clock(t)
	}
	out := []line{text("实际" + real(f.Began) + "—" + real(f.Ended)), text("计划" + clock(f.Starts) + "—" + clock(f.Ends))}
	if f.Began.IsZero() {
		out = append(out, lacking("实际开始时间"))
	}
	if f.Ended.IsZero() {
		out = append(out, lacking("实际结束时间"))
	}
	return out
}

func site(f themeday.RecordForm) []line {
	var out []line
	for _, c := range f.Checklist {
		if c.Ticked {
			out = append(out, text(c.Item+"　√"))
		} else {
			out = append(out, lacking(c.Item))
		}
	}
	return out
}

func hosts(f themeday.RecordForm) []line {
	if f.Host == "" {
		return []line{lacking("主持人")}
	}
	out := []line{text(f.Host + "（" + f.HostOffice + "）")}
	if f.HostWhy != "" {
		out = append(out, text("受委托主持，事由："+f.HostWhy))
	}
	return out
}

func lasted(f themeday.RecordForm) line {
	t, known := f.Lasted()
	if !known {
		return lacking("时长")
	}
	s := strconv.Itoa(int(t/time.Hour)) + "小时"
	if m := int(t % time.Hour / time.Minute); m > 0 {
		s += strconv.Itoa(m) + "分"
	}
	if f.Short {
		return text(s + "（不足半天）")
	}
	return text(s)
}
