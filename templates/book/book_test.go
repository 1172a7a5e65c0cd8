package book

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"themeday"
	sheetfile "themeday/templates/sheet"
)

var beijing = time.FixedZone("Asia/Shanghai", 8*60*60)

var made = time.Date(2026, 12, 31, 9, 30, 0, 0, beijing)

// hostile are texts that somebody could type to have a program calculate, run, hide or break something.
var hostile = []string{
	`=cmd|' /C calc'!A0`, "+1+1", "-2+3", "@SUM(1)", "<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "../../etc/passwd", "a\x00b\x1bc\x07",
	"\u202egnp.exe\u202c", "_x0041_", "{{.Title}}", "'", "&amp;", "]]>", "第一行\n第二行", strings.Repeat("长", 10_000), "𠮷👨‍👩‍👧", "\xff\xfe",
}

// oneYear is a ledger with one row of every kind of value in every part, and a hostile text for every text.
func oneYear(text string) themeday.Yearbook {
	y := themeday.Yearbook{Branch: themeday.Branch{ID: "一", Name: "第一支部"}, Year: 2026, Made: made}
	for i, part := range themeday.YearParts() {
		row := make([]any, len(part.Columns))
		for j, c := range part.Columns {
			row[j] = map[themeday.CellKind]any{
				themeday.CellText: text, themeday.CellProse: text, themeday.CellNumber: 12, themeday.CellPercent: 83, themeday.CellMean: 4.5,
				themeday.CellDate: themeday.Date{Year: 2026, Month: 3, Day: 13}, themeday.CellClock: themeday.TimeOfDay(14*60 + 30),
				themeday.CellInstant: time.Date(2026, 3, 13, 23, 59, 0, 0, beijing), themeday.CellPicture: "photo",
			}[c.Kind]
		}
		y.Rows[i] = [][]any{row}
	}
	return y
}

func sequence(years ...themeday.Yearbook) Yearbooks {
	return func(yield func(themeday.Yearbook, error) bool) {
		for _, y := range years {
			if !yield(y, nil) {
				return
			}
		}
	}
}

func workbook(t *testing.T, l Ledger, years Yearbooks) *excelize.File {
	t.Helper()
	var out bytes.Buffer
	if err := l.XLSX(&out, years); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func cell(t *testing.T, f *excelize.File, sheet, address string) string {
	t.Helper()
	s, err := f.GetCellValue(sheet, address)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheWorkbookHasFourteenSheetsMadeForPrint(t *testing.T) {
	f := workbook(t, Ledger{Title: "第一支部 2026年度主题党日台账", Made: made}, sequence(oneYear("字")))
	var want []string
	for _, p := range themeday.YearParts() {
		want = append(want, p.Name)
	}
	if got := f.GetSheetList(); !slices.Equal(got, want) {
		t.Fatal(got)
	}
	for _, name := range want {
		layout, err := f.GetPageLayout(name)
		if err != nil || *layout.Orientation != "landscape" || *layout.Size != 9 || *layout.FitToWidth != 1 {
			t.Errorf("%s: layout %+v %v", name, layout, err)
		}
		panes, err := f.GetPanes(name)
		if err != nil || !panes.Freeze || panes.YSplit != 2 {
			t.Errorf("%s: panes %+v %v", name, panes, err)
		}
	}
	for _, name := range want {
		if size, err := f.GetSheetDimension(name); err != nil || size == "A1" {
			t.Errorf("%s says that it is %q, which readers believe: %v", name, size, err)
		}
	}
	names := map[string]int{}
	for _, n := range f.GetDefinedName() {
		names[n.Name]++
	}
	if fmt.Sprint(names) != "map[_xlnm.Print_Area:14 _xlnm.Print_Titles:14 _xlnm._FilterDatabase:14]" {
		t.Error(names)
	}
}

func TestValuesAreDatesTimesAndSharesNotTexts(t *testing.T) {
	f := workbook(t, Ledger{Title: "台账", Made: made}, sequence(oneYear("字")))
	for _, c := range []struct{ sheet, cell, shown, raw string }{
		{"年度计划及备案", "B3", "2026-03-13", "46094"},
		{"年度计划及备案", "D3", "14:30", "0.604166666"},
		{"年度计划及备案", "N3", "2026-03-13 23:59", "46094.999305555"},
		{"年度计划及备案", "E3", "14:30", "0.60416666"},
		{"年度统计", "D3", "12", "12"},
		{"年度统计", "J3", "83%", "0.83"},
		{"测评汇总", "G3", "4.5", "4.5"},
	} {
		raw, err := f.GetCellValue(c.sheet, c.cell, excelize.Options{RawCellValue: true})
		if got := cell(t, f, c.sheet, c.cell); got != c.shown || !strings.HasPrefix(raw, c.raw) || err != nil {
			t.Errorf("%s %s shows %q, holds %q; want %q, %q %v", c.sheet, c.cell, got, raw, c.shown, c.raw, err)
		}
	}
}

func TestHostileTextStaysTextInAWorkbook(t *testing.T) {
	for _, text := range hostile {
		f := workbook(t, Ledger{Title: text, Made: made}, sequence(oneYear(text)))
		for _, p := range themeday.YearParts() {
			for j, c := range p.Columns {
				at := address(j+1, 3)
				formula, err := f.GetCellFormula(p.Name, at)
				if err != nil || formula != "" {
					t.Errorf("%q became the formula %q %v", text, formula, err)
				}
				if c.Kind != themeday.CellText && c.Kind != themeday.CellProse {
					continue
				}
				if got := cell(t, f, p.Name, at); got != plain(text) {
					t.Errorf("%s %s holds %.60q, want %.60q", p.Name, at, got, plain(text))
				}
			}
		}
	}
}

func TestHostileTextStaysTextOnAPage(t *testing.T) {
	for _, text := range hostile {
		var out strings.Builder
		if err := (Ledger{Title: text, Made: made}).HTML(&out, sequence(oneYear(text))); err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"<script", "<img", "\u202e", "\x00", "\x1b"} {
			if strings.Contains(out.String(), bad) {
				t.Errorf("%.60q: the page holds %q", text, bad)
			}
		}
	}
}

func TestPlainTextKeepsWhatPeopleRead(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"第一行\n第二行", "第一行\n第二行"},
		{"a\tb\rc", "a b c"},
		{"\u202eabc\u2066", "abc"},
		{"\x00\x1b[31m红", "[31m红"},
		{"𠮷👨‍👩‍👧", "𠮷👨‍👩‍👧"},
		{"\xff", "\ufffd"},
		{strings.Repeat("字", 32_000), strings.Repeat("字", 32_000)},
		{strings.Repeat("字", 32_001), strings.Repeat("字", 32_000) + "……（太长，其余从略）"},
		{strings.Repeat("𠮷", 16_001), strings.Repeat("𠮷", 16_000) + "……（太长，其余从略）"},
	} {
		if got := plain(c.text); got != c.want {
			t.Errorf("%.40q: %.40q (%d), want %.40q (%d)", c.text, got, len(got), c.want, len(c.want))
		}
	}
}

func TestALedgerOfSeveralBranchesSaysOfWhichEveryRowIs(t *testing.T) {
	second := oneYear("字")
	second.Branch.Name = "=第二支部"
	heard := 0
	f := workbook(t, Ledger{Title: "台账", Several: true, Made: made, Done: func(n int) { heard = n }}, sequence(oneYear("字"), second))
	for at, want := range map[string]string{"A2": "支部", "A3": "第一支部", "A4": "=第二支部", "B2": "月份"} {
		if got := cell(t, f, "签到册", at); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
	if heard != 2 {
		t.Error(heard, "branches were told")
	}
}

func TestAnErrorOfTheRowsIsTheErrorOfTheDocument(t *testing.T) {
	broken := errors.New("broken")
	years := func(yield func(themeday.Yearbook, error) bool) { yield(themeday.Yearbook{}, broken) }
	var out bytes.Buffer
	if err := (Ledger{}).XLSX(&out, years); !errors.Is(err, broken) {
		t.Error(err)
	}
	if err := (Ledger{}).HTML(&out, years); !errors.Is(err, broken) {
		t.Error(err)
	}
}

func TestAPartWithoutRowsSaysSo(t *testing.T) {
	f := workbook(t, Ledger{Title: "台账", Made: made}, sequence(themeday.Yearbook{}))
	if got := cell(t, f, "巡查抽查与整改", "A3"); got != "无" {
		t.Error(got)
	}
}

func photo(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for x := range w {
		for y := range h {
			img.Set(x, y, color.RGBA{R: 200, A: 255})
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestPicturesAreDrawnSmall(t *testing.T) {
	thumb := photo(t, 320, 240)
	f := workbook(t, Ledger{Title: "台账", Made: made, Thumb: func(id string) []byte {
		if id != "photo" {
			return nil
		}
		return thumb
	}}, sequence(oneYear("字")))
	drawn, err := f.GetPictures("照片", "C3")
	if err != nil || len(drawn) != 1 || !bytes.Equal(drawn[0].File, thumb) {
		t.Errorf("%d pictures, %v", len(drawn), err)
	}
	var out strings.Builder
	if err := (Ledger{Thumb: func(string) []byte { return thumb }}).HTML(&out, sequence(oneYear("字"))); err != nil || !strings.Contains(html.UnescapeString(out.String()), base64.StdEncoding.EncodeToString(thumb)) {
		t.Error("the page lacks the picture", err)
	}
}

func TestAThumbnailThatIsNoPictureIsNotShown(t *testing.T) {
	f := workbook(t, Ledger{Title: "台账", Made: made, Thumb: func(string) []byte { return []byte("hello") }}, sequence(oneYear("字")))
	if drawn, err := f.GetPictures("照片", "C3"); err != nil || len(drawn) != 0 {
		t.Errorf("%d pictures, %v", len(drawn), err)
	}
}

func TestAThumbnailStaysInItsCell(t *testing.T) {
	for size, high := range map[[2]int]float64{{320, 240}: 126, {320, 80}: 51, {80, 320}: 126, {30, 20}: 21} {
		f := workbook(t, Ledger{Title: "台账", Made: made, Thumb: func(string) []byte { return photo(t, size[0], size[1]) }}, sequence(oneYear("字")))
		if got, err := f.GetRowHeight("照片", 3); err != nil || got < high-0.1 || got > max(high, 33)+0.1 {
			t.Errorf("%v: a row of %.1f points, want %.1f, %v", size, got, high, err)
		}
	}
}

func TestRowsAreHighEnoughForTheirText(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		want  float64
	}{
		{"", 10, 18.5},
		{"字", 10, 18.5},
		{"四个汉字", 10, 18.5},
		{"五个汉字了", 10, 33},
		{"abcdefghi", 10, 18.5},
		{"一\n二\n三", 10, 47.5},
		{strings.Repeat("长", 10_000), 30, 409},
	} {
		if got := height(c.text, c.width); got != c.want {
			t.Errorf("%.20q in %v: %v, want %v", c.text, c.width, got, c.want)
		}
	}
}

// planOf is a plan of March and of a month without a date.
func planOf(version int, starts time.Time, topics ...string) Plan {
	march := themeday.Activity{
		ID: "第一支部/2026-03", Month: themeday.YearMonth{Year: 2026, Month: 3}, Version: version, Starts: starts.UTC(), Ends: starts.Add(4 * time.Hour).UTC(),
		Place: "党员活动室", Topics: topics, Content: []string{"政治学习", "党性锻炼"},
	}
	may := themeday.Activity{ID: "第一支部/2026-05", Month: themeday.YearMonth{Year: 2026, Month: 5}, Topics: []string{"劳动"}}
	return Plan{Title: "第一支部 2026年度主题党日计划", Zone: beijing, Made: made, Months: []PlanMonth{{Branch: "第一支部", Activity: march, Sequence: version - 1}, {Branch: "第一支部", Activity: may}}}
}

var marchStart = time.Date(2026, 3, 13, 14, 0, 0, 0, beijing)

func TestAnExportedPlanIsReadBackAsItWas(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.xlsx")
	var out bytes.Buffer
	if err := planOf(1, marchStart, "学习党章", "=誓词").XLSX(&out); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	rows, err := sheetfile.Read(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	lines, bad := themeday.ReadPlan(rows)
	want := "[{3 第一支部 2026-03 2026-03-13 14:00 18:00 党员活动室 [学习党章 =誓词] [政治学习 党性锻炼] } {4 第一支部 2026-05 0000-00-00 00:00 00:00  [劳动] [] }]"
	if got := strings.ReplaceAll(fmt.Sprint(lines), "-0001-11-30", "0000-00-00"); len(bad) > 0 || got != want {
		t.Errorf("%s %v\nwant %s", got, bad, want)
	}
}

func calendarOf(t *testing.T, p Plan) string {
	t.Helper()
	var out strings.Builder
	if err := p.ICS(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestACalendarIsWrittenByTheBook(t *testing.T) {
	got := calendarOf(t, planOf(1, marchStart, `学习"党章"；重温,誓词;\路径`))
	want := strings.Join([]string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//themeday//themeday//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
		"X-WR-CALNAME:第一支部 2026年度主题党日计划", "X-WR-TIMEZONE:Asia/Shanghai",
		"BEGIN:VTIMEZONE", "TZID:Asia/Shanghai", "BEGIN:STANDARD", "DTSTART:19910915T010000", "TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "TZNAME:CST", "END:STANDARD", "END:VTIMEZONE",
		"BEGIN:VEVENT", "UID:9cc46fc0b2d4044a681a7cf0a3754631@themeday", "DTSTAMP:20261231T013000Z", "SEQUENCE:0",
		"DTSTART;TZID=Asia/Shanghai:20260313T140000", "DTEND;TZID=Asia/Shanghai:20260313T180000",
		`SUMMARY:第一支部主题党日：学习"党章"；重温\,誓词\;\\路`, " 径",
		"LOCATION:党员活动室", "DESCRIPTION:内容：政治学习、党性锻炼", "STATUS:TENTATIVE", "TRANSP:OPAQUE", "END:VEVENT", "END:VCALENDAR", "",
	}, "\r\n")
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestAChangedDateKeepsItsUIDAndGoesUpInSequence(t *testing.T) {
	first, moved := calendarOf(t, planOf(1, marchStart)), calendarOf(t, planOf(3, marchStart.AddDate(0, 0, 7)))
	property := func(c, name string) string {
		_, rest, _ := strings.Cut(c, "BEGIN:VEVENT")
		_, rest, _ = strings.Cut(rest, "\r\n"+name)
		value, _, _ := strings.Cut(rest, "\r\n")
		return value
	}
	for _, c := range []struct{ name, first, moved string }{
		{"UID", ":9cc46fc0b2d4044a681a7cf0a3754631@themeday", ":9cc46fc0b2d4044a681a7cf0a3754631@themeday"},
		{"SEQUENCE", ":0", ":2"},
		{"DTSTART", ";TZID=Asia/Shanghai:20260313T140000", ";TZID=Asia/Shanghai:20260320T140000"},
	} {
		if f, m := property(first, c.name), property(moved, c.name); f != c.first || m != c.moved {
			t.Errorf("%s: %q, then %q; want %q, then %q", c.name, f, m, c.first, c.moved)
		}
	}
}

func TestNoLineOfACalendarIsTooLongOrBroken(t *testing.T) {
	for _, text := range hostile {
		c := calendarOf(t, planOf(1, marchStart, text))
		if !strings.HasSuffix(c, "END:VCALENDAR\r\n") || strings.Count(c, "BEGIN:VEVENT") != 1 {
			t.Errorf("%.40q breaks the calendar", text)
		}
		for line := range strings.SplitSeq(strings.TrimSuffix(c, "\r\n"), "\r\n") {
			if len(line) > 75 || strings.ContainsAny(line, "\r\n\x00\x1b") || strings.ToValidUTF8(line, "") != line {
				t.Errorf("%.40q: a line of %d octets: %q", text, len(line), line)
			}
		}
		unfolded := strings.ReplaceAll(c, "\r\n ", "")
		if want := "SUMMARY:第一支部主题党日：" + escaped.Replace(plain(text)) + "\r\n"; !strings.Contains(unfolded, want) {
			t.Errorf("%.40q is not told", text)
		}
	}
}

func TestAnotherZoneIsWrittenInUTC(t *testing.T) {
	p := planOf(1, marchStart)
	p.Zone = time.FixedZone("Elsewhere", 9*60*60)
	if c := calendarOf(t, p); !strings.Contains(c, "\r\nDTSTART:20260313T060000Z\r\n") || strings.Contains(c, "VTIMEZONE") {
		t.Error(c)
	}
}

func TestHeadersAndNamesOfMonthsStandOnOneLine(t *testing.T) {
	for _, c := range []struct {
		sheet, column string
		kind          themeday.CellKind
		want          float64
	}{
		{"年度计划", "月份", themeday.CellText, float64(len("2026")) + 2*4}, // 2026年12月
		{"领导参加与指导", "参加方式", themeday.CellText, 28},                    // 本支部党员：应参加12次，
		{"测评汇总", "主题特色鲜明（均分）", themeday.CellMean, 15},
	} {
		if got := width(c.sheet, themeday.Column{Name: c.column, Kind: c.kind}); got < c.want {
			t.Errorf("%s %s is %v wide, want %v", c.sheet, c.column, got, c.want)
		}
	}
	f := workbook(t, Ledger{Title: "台账", Made: made}, sequence(oneYear("字")))
	if got := cell(t, f, "测评汇总", "G2"); got != "主题特色鲜明\n（均分）" {
		t.Errorf("%q", got)
	}
}
