package themeday

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// PlanLine is a month of one branch's year plan, as a line of the sheet gives it (R04).
type PlanLine struct {
	Line    int // in the file, from 1
	Branch  string
	Month   YearMonth
	Date    Date // zero: the line sets no date
	From    TimeOfDay
	To      TimeOfDay
	Place   string // empty: as it was
	Topics  []string
	Content []string
	Why     string // why a date that was filed is changed (R05)
}

// The columns of the plan sheet, besides those that the roster has too.
const (
	columnMonth   = "月份"
	columnDate    = "日期"
	columnFrom    = "开始"
	columnTo      = "结束"
	columnPlace   = "地点"
	columnTopics  = "主题"
	columnContent = "内容"
	columnWhy     = "事由"
)

// planColumns are the columns in the order in which a row is checked.
var planColumns = []string{columnBranch, columnMonth, columnDate, columnFrom, columnTo, columnPlace, columnTopics, columnContent, columnWhy}

// planHeaders gives the column of every header that is understood.
var planHeaders = map[string]string{
	"支部": columnBranch, "党支部": columnBranch, "月份": columnMonth, "月": columnMonth, "日期": columnDate, "活动日期": columnDate,
	"开始": columnFrom, "开始时间": columnFrom, "结束": columnTo, "结束时间": columnTo, "地点": columnPlace, "活动地点": columnPlace,
	"主题": columnTopics, "活动主题": columnTopics, "内容": columnContent, "活动内容": columnContent, "事由": columnWhy, "改期事由": columnWhy,
}

// PlanColumns are the columns that an exported plan has. ReadPlan reads them back but the last, which follows from the compulsory topics.
func PlanColumns() []Column {
	return []Column{
		{columnBranch, CellText},
		{columnMonth, CellText},
		{columnDate, CellDate},
		{columnFrom, CellClock},
		{columnTo, CellClock},
		{columnPlace, CellText},
		{columnTopics, CellProse},
		{columnContent, CellProse},
		{"必选自选", CellProse},
	}
}

// planSheet is a plan while it is being read.
type planSheet struct {
	columns map[string]int
	lines   []PlanLine
	faults  []RowError
}

func (s *planSheet) fault(line int, column, format string, args ...any) {
	s.faults = append(s.faults, RowError{Line: line, Column: column, Text: fmt.Sprintf(format, args...)})
}

// ReadPlan reads a plan sheet. All faults are reported at once, by line; where there is one it gives no lines.
func ReadPlan(rows []SheetRow) ([]PlanLine, []RowError) {
	s := &planSheet{columns: map[string]int{}}
	header := s.header(rows)
	if len(s.faults) > 0 {
		return nil, s.faults
	}
	for _, row := range rows[header+1:] {
		s.read(row)
	}
	if len(s.lines) == 0 && len(s.faults) == 0 {
		s.fault(rows[header].Line, "", "表头下面没有计划，请每月填一行")
	}
	s.twice()
	if len(s.faults) > 0 {
		slices.SortStableFunc(s.faults, func(a, b RowError) int { return a.Line - b.Line })
		return nil, s.faults
	}
	return s.lines, nil
}

// header finds the row with the most known headers and learns the columns from it.
func (s *planSheet) header(rows []SheetRow) int {
	at, most := 0, 0
	for i, row := range rows[:min(titleRows, len(rows))] {
		known := 0
		for _, cell := range row.Cells {
			known += boolInt(planHeaders[headerWord(cell)] != "")
		}
		if known > most {
			at, most = i, known
		}
	}
	if most == 0 {
		s.fault(0, "", "没有找到表头，第一行请写：%s", strings.Join(planColumns[:8], "、"))
		return 0
	}
	for i, cell := range rows[at].Cells {
		column := planHeaders[headerWord(cell)]
		if first, twice := s.columns[column]; twice && column != "" {
			s.fault(rows[at].Line, column, "第%d列和第%d列都是“%s”，请只留一列", first+1, i+1, column)
		} else if column != "" {
			s.columns[column] = i
		}
	}
	for _, column := range []string{columnBranch, columnDate, columnFrom, columnTo} {
		if _, ok := s.columns[column]; !ok {
			s.fault(rows[at].Line, "表头", "缺少“%s”列，请补上", column)
		}
	}
	return at
}

// read adds a row to the lines; one that is empty in every known column is passed over.
func (s *planSheet) read(row SheetRow) {
	before := len(s.faults)
	cells, any := s.cells(row)
	if !any {
		return
	}
	l := PlanLine{
		Line: row.Line, Branch: joinHan(oneLine(cells[columnBranch])), Place: oneLine(cells[columnPlace]), Why: oneLine(cells[columnWhy]),
		Topics: planList(cells[columnTopics], "；;\n"), Content: planList(cells[columnContent], "、,，；;\n"),
	}
	if l.Branch == "" {
		s.fault(row.Line, columnBranch, "支部为空，请填写（合并的单元格请先取消合并、逐行填满）")
	}
	if len([]rune(l.Place)) > 60 {
		s.fault(row.Line, columnPlace, "地点太长，请写60字以内")
	}
	for column, list := range map[string][]string{columnTopics: l.Topics, columnContent: l.Content} {
		if len([]rune(strings.Join(list, ""))) > 500 {
			s.fault(row.Line, column, "太长，请写500字以内")
		}
	}
	s.when(&l, cells)
	if len(s.faults) == before {
		s.lines = append(s.lines, l)
	}
}

// cells cleans the cells of a row by column and refuses formulas; any tells whether something stands in one of them.
func (s *planSheet) cells(row SheetRow) (cells map[string]string, any bool) {
	cells = map[string]string{}
	for _, column := range planColumns {
		i, ok := s.columns[column]
		if !ok {
			continue
		}
		if slices.Contains(row.Formulas, i) {
			s.fault(row.Line, column, "这一格是公式，请改成文字（公式可复制后选择性粘贴为“数值”）")
			any = true
		} else if i < len(row.Cells) {
			cells[column] = cellText(row.Cells[i])
			any = any || cells[column] != ""
		}
	}
	return cells, any
}

var (
	fullDate = regexp.MustCompile(`^(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:0?0:00(?::00)?)?$`)
	bareDate = regexp.MustCompile(`^(\d{1,2})[-/.月](\d{1,2})日?$`)
	planYear = regexp.MustCompile(`^(20\d\d)[-/.年](\d{1,2})(?:月(?:份)?|[-/.月]\d{1,2}日?)?$`)
	bareYear = regexp.MustCompile(`^(\d{1,2})(?:月份?)?$`)
	planTime = regexp.MustCompile(`^(上午|下午)?(\d{1,2}):(\d{2})(?::\d{2})?([AaPp][Mm])?$`)
)

// when reads month, date and times, which have to agree. The date may lack its year where the month has it, and the month may be left out.
func (s *planSheet) when(l *PlanLine, cells map[string]string) {
	said := func(column string) string { return sheetWord(cells[column]) }
	month, year := 0, 0
	if hit := planYear.FindStringSubmatch(said(columnMonth)); hit != nil {
		year, month = number(hit[1]), number(hit[2])
	} else if hit := bareYear.FindStringSubmatch(said(columnMonth)); hit != nil {
		month = number(hit[1])
	} else if cells[columnMonth] != "" {
		s.fault(l.Line, columnMonth, "“%s”不是月份，请写 2026年3月 或 3月", Shown(cells[columnMonth]))
		return
	}
	if cells[columnMonth] != "" && (month < 1 || month > 12) {
		s.fault(l.Line, columnMonth, "没有%d月，请写1月到12月", month)
		return
	}
	l.Month = YearMonth{year, time.Month(month)}
	if cells[columnDate] == "" {
		s.undated(l, cells)
		return
	}
	s.date(l, said(columnDate), year, month)
	l.From, l.To = s.clock(l.Line, columnFrom, said(columnFrom)), s.clock(l.Line, columnTo, said(columnTo))
	if l.From >= 0 && l.To >= 0 && l.To <= l.From {
		s.fault(l.Line, columnTo, "结束时间要在开始之后，例如 14:00 和 18:00")
	}
}

// undated is a line that sets topics alone.
func (s *planSheet) undated(l *PlanLine, cells map[string]string) {
	switch {
	case l.Month.Year == 0:
		s.fault(l.Line, columnDate, "日期为空，请填写，例如 2026-03-13；只填主题时请把月份写全：2026年3月")
	case cells[columnFrom] != "" || cells[columnTo] != "":
		s.fault(l.Line, columnDate, "写了时间，没有写日期，请填写，例如 2026-03-13")
	}
}

func (s *planSheet) date(l *PlanLine, said string, year, month int) {
	var day Date
	if hit := fullDate.FindStringSubmatch(said); hit != nil {
		day = Date{number(hit[1]), time.Month(number(hit[2])), number(hit[3])}
	} else if hit := bareDate.FindStringSubmatch(said); hit != nil && year > 0 {
		day = Date{year, time.Month(number(hit[1])), number(hit[2])}
	}
	switch {
	case day.Year == 0:
		s.fault(l.Line, columnDate, "“%s”不是日期，请写成 2026-03-13", Shown(said))
	case day.AddDays(0) != day:
		s.fault(l.Line, columnDate, "没有%s这一天，请改正", day.Chinese())
	case month != 0 && int(day.Month) != month || year != 0 && day.Year != year:
		s.fault(l.Line, columnDate, "%d年%s不在本行的月份里：须在当月开展（第二条·R05），请改正", day.Year, day.Chinese())
	default:
		l.Date, l.Month = day, day.MonthOf()
	}
}

func (s *planSheet) clock(line int, column, said string) TimeOfDay {
	if hit := planTime.FindStringSubmatch(said); hit != nil {
		hour, half := number(hit[2]), strings.ToLower(hit[1]+hit[4])
		switch {
		case (half == "下午" || half == "pm") && hour < 12:
			hour += 12
		case (half == "上午" || half == "am") && hour == 12:
			hour = 0
		}
		if t, err := ParseTimeOfDay(fmt.Sprintf("%d:%s", hour, hit[3])); err == nil {
			return t
		}
	}
	s.fault(line, column, "“%s”不是时间，请写成 14:00", Shown(said))
	return -1
}

// twice refuses two lines for one month of a branch (R01: one activity each month).
func (s *planSheet) twice() {
	type place struct {
		branch string
		month  YearMonth
	}
	seen := map[place]int{}
	for _, l := range s.lines {
		p := place{l.Branch, l.Month}
		if first, ok := seen[p]; ok {
			s.fault(l.Line, columnMonth, "与第%d行都是%s%d年%s：每月一次（第二条·R01），请只留一行", first, l.Branch, l.Month.Year, l.Month.Chinese())
			continue
		}
		seen[p] = l.Line
	}
}

func planList(cell, marks string) []string {
	var out []string
	for _, s := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(marks, r) }) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// number reads digits that a pattern has already found to be some.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
