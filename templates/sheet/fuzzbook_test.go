package sheet

import (
	"strings"
	"testing"
	"time"

	"themeday"
)

// FuzzReadWorkbook reads any bytes as a workbook, and what is in it as a roster and as a plan: nothing panics, and it stays within the limits.
func FuzzReadWorkbook(f *testing.F) {
	book := workbook(f, rosterBook, nil)
	f.Add(book)
	f.Add(book[:len(book)/2])
	f.Add(rezip(f, book, "xl/worksheets/sheet1.xml", func(s string) string { return s[:len(s)*2/3] }))
	f.Add(rezip(f, book, "xl/worksheets/sheet1.xml", func(string) string {
		return `<worksheet><sheetData><row r="1048576"><c r="XFD1048576" t="s"><v>99999999</v></c><c t="inlineStr"><is><t>a</t></is></c></row><row r="-1"><c r="A0"><f>1</f></c></row></sheetData></worksheet>`
	}))
	f.Add(claiming(f, "xl/worksheets/sheet1.xml", 10))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := readTable("a.xlsx", data, nil)
		if err != nil {
			return
		}
		checkRows(t, rows)
	})
}

// FuzzReadBookSheet reads any text as the one sheet of a workbook, which the fuzzer could not pack itself.
func FuzzReadBookSheet(f *testing.F) {
	for _, s := range []string{
		`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>支部</t></is></c><c r="B1" t="inlineStr"><is><t>姓名</t></is></c></row></sheetData></worksheet>`,
		`<worksheet><sheetData><row r="9999999"><c r="ZZZZ9" t="s"><v>-1</v></c></row></sheetData></worksheet>`,
		`<worksheet><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData><row><c><f t="shared" si="0" ref="A1:XFD9">A1</f><v>1e308</v></c><c t="d"><v>x</v></c><c t="b"><v>1</v></c></row></sheetData></worksheet>`,
		`<worksheet><sheetData><row r="0"/><row r="2" spans="1:99999"><c s="4294967295"><v>1</v></c></row></sheetData></worksheet>`,
	} {
		f.Add(s)
	}
	blank := workbook(f, nil, nil)
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := readTable("a.xlsx", rezip(t, blank, "xl/worksheets/sheet1.xml", func(string) string { return text }), nil)
		if err != nil {
			return
		}
		checkRows(t, rows)
	})
}

// FuzzReadPlan reads any text as the sheet of a year's plan: nothing panics, and what is accepted has real days and one line a month.
func FuzzReadPlan(f *testing.F) {
	const head = "支部,月份,日期,开始,结束,地点,主题,内容,事由\n"
	for _, s := range []string{
		head + "一支部,3月,2026-03-13,14:00,18:00,会议室,学习党章；缅怀先烈,政治学习,",
		head + "一支部,2026年3月,3月13日,14点,18点,,,,\n一支部,3月,2026/3/13,0.5,0.75,,,,\n", head + "一支部,13月,2026-02-30,25:00,9:99,,,,\n", head + "一支部,,46094,14:00,24:00,,,,",
		"月份,支部\n三月,一支部\n", "支部,日期,开始,结束\n\"一\n支部\",９９９９-１２-３１,00:00,24:00\n", head + "=1+1,@a,-1,+1,,,,,\n", head + "一支部,99999999999999999999月,9999999-99-99,99999999999:1,1,,,,",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := readCSV(data, func(int) {})
		if err != nil {
			return
		}
		checkRows(t, rows)
		lines, bad := themeday.ReadPlan(rows)
		if len(bad) > 0 != (len(lines) == 0) {
			t.Fatalf("%d faults and %d lines", len(bad), len(lines))
		}
		for _, l := range lines {
			if l.Date != (themeday.Date{}) && (l.Date.MonthOf() != l.Month || l.Date != l.Date.AddDays(0) || l.From >= l.To) {
				t.Errorf("line %d: %v of %v, %v-%v", l.Line, l.Date, l.Month, l.From, l.To)
			}
			if l.Branch == "" || l.Month.Month < time.January || l.Month.Month > time.December {
				t.Errorf("line %d: branch %q, month %v", l.Line, l.Branch, l.Month)
			}
		}
	})
}

// checkRows holds rows against the limits, and reads them as whatever they may be.
func checkRows(t *testing.T, rows []Row) {
	t.Helper()
	if len(rows) > maxRows {
		t.Errorf("%d rows", len(rows))
	}
	for _, r := range rows {
		if len(r.Cells) > maxColumns || r.Line < 1 {
			t.Errorf("line %d has %d cells", r.Line, len(r.Cells))
		}
	}
	roster, _ := themeday.ReadRoster(rows)
	for _, l := range roster.Lines {
		if l.Name != themeday.CleanName(l.Name) || strings.ContainsAny(l.Name, "=@\n") {
			t.Errorf("the name %q was taken", l.Name)
		}
	}
	themeday.ReadPlan(rows)
}
