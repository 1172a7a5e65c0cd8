package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"themeday"
)

const roster = "支部,姓名,职务\n第一支部,王强,书记\n第一支部,龘靐,党员\n"

var rosterTable = []Row{
	{Line: 1, Cells: []string{"支部", "姓名", "职务"}},
	{Line: 2, Cells: []string{"第一支部", "王强", "书记"}},
	{Line: 3, Cells: []string{"第一支部", "龘靐", "党员"}},
}

func encoded(t *testing.T, e encoding.Encoding, text string) []byte {
	t.Helper()
	out, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(out)
}

func file(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// workbook writes a book with one sheet of rows, then lets change alter it.
func workbook(t testing.TB, rows [][]any, change func(*excelize.File)) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if change != nil {
		change(book)
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

var rosterBook = [][]any{{"支部", "姓名", "职务"}, {"第一支部", "王强", "书记"}, {"第一支部", "龘靐", "党员"}}

func TestATableReadsTheSameInEveryEncodingAndFormat(t *testing.T) {
	for _, c := range []struct {
		what, name string
		data       []byte
	}{
		{"UTF-8", "a.csv", []byte(roster)},
		{"UTF-8 with byte order mark", "a.csv", []byte("\ufeff" + roster)},
		{"UTF-16 little endian", "a.csv", encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), roster)},
		{"UTF-16 big endian", "a.CSV", encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), roster)},
		{"GB18030", "a.csv", encoded(t, simplifiedchinese.GB18030, roster)},
		{"GBK", "a.csv", encoded(t, simplifiedchinese.GBK, roster)},
		{"semicolons", "a.csv", []byte(strings.ReplaceAll(roster, ",", ";"))},
		{"tabs", "a.csv", []byte(strings.ReplaceAll(roster, ",", "\t"))},
		{"lines of Windows", "a.csv", []byte(strings.ReplaceAll(roster, "\n", "\r\n"))},
		{"lines of an old Mac", "a.csv", []byte(strings.ReplaceAll(roster, "\n", "\r"))},
		{"empty cells at the end", "a.csv", []byte(strings.ReplaceAll(roster, "\n", ", ,,\n"))},
		{"workbook", "a.xlsx", workbook(t, rosterBook, nil)},
		{"workbook with the wrong ending", "a.csv", workbook(t, rosterBook, nil)},
		{"workbook with the old ending", "a.xls", workbook(t, rosterBook, nil)},
		{"workbook with an empty and a hidden sheet before it", "a.xlsx", workbook(t, nil, func(f *excelize.File) {
			f.NewSheet("隐藏")
			f.SetSheetRow("隐藏", "A1", &[]any{"选项"})
			f.SetSheetVisible("隐藏", false)
			f.NewSheet("名册")
			for i, row := range rosterBook {
				f.SetSheetRow("名册", fmt.Sprintf("A%d", i+1), &row)
			}
		})},
	} {
		t.Run(c.what, func(t *testing.T) {
			var heard []int
			rows, err := Read(file(t, c.name, c.data), func(done int) { heard = append(heard, done) })
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(rows, rosterTable) {
				t.Errorf("got %+v", rows)
			}
			if !reflect.DeepEqual(heard, []int{1, 2, 3}) {
				t.Errorf("progress heard %v", heard)
			}
		})
	}
}

func TestRowsKeepTheLineOnWhichTheyBegin(t *testing.T) {
	csv, err := Read(file(t, "a.csv", []byte("支部,姓名\n\n一支部,\"王\n强\"\n  ,\n二支部,\"李,四\"\n")), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []Row{{Line: 1, Cells: []string{"支部", "姓名"}}, {Line: 3, Cells: []string{"一支部", "王\n强"}}, {Line: 6, Cells: []string{"二支部", "李,四"}}}
	if !reflect.DeepEqual(csv, want) {
		t.Errorf("csv: got %+v", csv)
	}
	book, err := Read(file(t, "a.xlsx", workbook(t, [][]any{{"支部", "姓名"}, {}, {"一支部", "王\n强"}, {}, {}, {"二支部", "李,四"}}, nil)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(book, want) {
		t.Errorf("workbook: got %+v", book)
	}
}

func TestAFormulaInAWorkbookIsMarked(t *testing.T) {
	data := workbook(t, [][]any{{"支部", "姓名", "手机"}, {"一支部", "王强", 13800138000}, {"一支部"}, {"一支部", "=A1", 8613800138000}}, func(f *excelize.File) {
		f.SetCellFormula("Sheet1", "B3", `"李"&"四"`)
		f.SetCellFormula("Sheet1", "C3", "C2+1")
	})
	rows, err := Read(file(t, "a.xlsx", data), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []Row{
		{Line: 1, Cells: []string{"支部", "姓名", "手机"}},
		{Line: 2, Cells: []string{"一支部", "王强", "13800138000"}},
		{Line: 3, Cells: []string{"一支部", "", ""}, Formulas: []int{1, 2}},
		{Line: 4, Cells: []string{"一支部", "=A1", "8613800138000"}},
	}
	if !reflect.DeepEqual(rows, want) {
		t.Errorf("got %+v", rows)
	}
	_, bad := themeday.ReadRoster(rows)
	if len(bad) != 3 || bad[0].Line != 3 || bad[0].Column != "姓名" || bad[1].Column != "手机" || bad[2].Line != 4 {
		t.Errorf("faults %v", bad)
	}
}

func TestARowOfNothingButFormulasIsNotLost(t *testing.T) {
	data := workbook(t, [][]any{{"支部", "姓名"}, {"一支部", "王强"}}, func(f *excelize.File) {
		f.SetCellFormula("Sheet1", "A3", "A2") // as programs write it, without the result
		f.SetCellFormula("Sheet1", "B3", `"李"&"四"`)
	})
	rows, err := Read(file(t, "a.xlsx", data), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 || !reflect.DeepEqual(rows[2].Formulas, []int{0, 1}) {
		t.Fatalf("got %+v", rows)
	}
	if _, bad := themeday.ReadRoster(rows); len(bad) != 2 || bad[0].Line != 3 || bad[0].Column != "支部" || bad[1].Column != "姓名" {
		t.Errorf("faults %v", bad)
	}
}

func TestADateInAWorkbookReadsAsYearMonthDay(t *testing.T) {
	data := workbook(t, [][]any{{"日期"}, {46094}}, func(f *excelize.File) {
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			t.Fatal(err)
		}
		f.SetCellStyle("Sheet1", "A2", "A2", style)
	})
	rows, err := Read(file(t, "a.xlsx", data), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := rows[1].Cells[0]; got != "2026-03-13" {
		t.Errorf("got %q", got)
	}
}

func TestEveryFileThatCannotBeReadIsRefusedWithAWayOut(t *testing.T) {
	good := workbook(t, rosterBook, nil)
	for _, c := range []struct {
		what, name string
		data       []byte
		want       string
	}{
		{"empty", "a.csv", nil, "the file is empty"},
		{"empty workbook file", "a.xlsx", nil, "the file is empty"},
		{"blank lines", "a.csv", []byte("\ufeff\n \n,,\n\u3000\n"), "the table holds no text"},
		{"workbook without text", "a.xlsx", workbook(t, nil, nil), "the table holds no text"},
		{"old workbook", "a.xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), "save it as .xlsx without a password"},
		{"workbook with a password", "a.xlsx", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), "save it as .xlsx without a password"},
		{"text that calls itself an old workbook", "a.xls", []byte(roster), "old .xls files are not read; save it as .xlsx"},
		{"text that calls itself a workbook", "a.xlsx", []byte(roster), "rename it to .csv if it is text"},
		{"unknown ending", "a.pdf", []byte("%PDF-1.7"), `files that end in ".pdf" are not read; save the table as .xlsx or .csv`},
		{"no ending", "roster", []byte(roster), "save the table as .xlsx or .csv"},
		{"a workbook with an unknown ending", "a.ods", good, "save the table as .xlsx or .csv"},
		{"another zip archive", "a.xlsx", zipOf(t, map[string]string{"word/document.xml": "<w/>"}), "no Excel workbook"},
		{"workbook cut in half", "a.xlsx", good[:len(good)/2], "the workbook is damaged"},
		{"workbook with a damaged part", "a.xlsx", damagedPart(t, good), "the workbook is damaged"},
		{"workbook with a sheet that breaks off", "a.xlsx", rezip(t, good, "xl/worksheets/sheet1.xml", func(s string) string { return s[:len(s)*2/3] }), "the workbook is damaged"},
		{"bomb", "a.xlsx", claiming(t, "xl/media/a.png", maxUnzipped+1), "the workbook unfolds to more than 200 MB"},
		{"bomb of a sheet", "a.xlsx", claiming(t, "xl/worksheets/sheet1.xml", maxPart+1), "a sheet unfolds to more than 64 MB"},
		{"bomb that lies about its size", "a.xlsx", claiming(t, "xl/media/a.png", 10), "the workbook is damaged"},
		{"neither UTF-8 nor GB18030", "a.csv", []byte("a,b\n\xff\xff,c\n"), "save the table as .xlsx, or as CSV in UTF-8"},
		{"binary", "a.csv", []byte("a,\x00b\n"), "save the table as .xlsx, or as CSV in UTF-8"},
		{"open quote", "a.csv", []byte("支部,姓名\n一支部,\"王强\n一支部,李四\n"), "line 2: a quotation mark"},
		{"stray quote", "a.csv", []byte("支部,姓名\n一支部,王\"强\n"), "line 2: a quotation mark"},
		{"too many rows", "a.csv", []byte(strings.Repeat("a\n", maxRows+1)), "line 20001: there are more than 20000 rows"},
		{"too many columns", "a.csv", []byte("a" + strings.Repeat(",", maxColumns) + "b\n"), "line 1: there are more than 64 columns"},
		{"too many columns in a workbook", "a.xlsx", workbook(t, [][]any{{"a"}}, func(f *excelize.File) { f.SetCellValue("Sheet1", "XFD2", "b") }), "line 2: there are more than 64 columns"},
		{"too long a text", "a.csv", []byte("a\na," + strings.Repeat("长", maxRunes+1)), "line 2, column 2: the text is longer than 2000 characters"},
		{"too large a file", "a.csv", bytes.Repeat([]byte("a"), maxBytes+1), "the file is larger than 20 MB"},
	} {
		t.Run(c.what, func(t *testing.T) {
			rows, err := Read(file(t, c.name, c.data), nil)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), c.name+": ") {
				t.Errorf("%d rows, error %v\nwant %s", len(rows), err, c.want)
			}
		})
	}
}

func TestALimitItselfIsStillRead(t *testing.T) {
	text := strings.Repeat("a\n", maxRows-1) + strings.Repeat("长", maxRunes) + strings.Repeat(",", maxColumns-1) + "b\n"
	rows, err := Read(file(t, "a.csv", []byte(text)), nil)
	if err != nil || len(rows) != maxRows || len(rows[maxRows-1].Cells) != maxColumns {
		t.Errorf("%d rows, error %v", len(rows), err)
	}
}

func TestEmptyCellsInTheLastColumnDoNotFillMemory(t *testing.T) {
	var cells strings.Builder
	for line := 1; line <= 100_000; line++ {
		fmt.Fprintf(&cells, `<row r="%d"><c r="A%d" t="inlineStr"><is><t>a</t></is></c><c r="XFD%d"/></row>`, line, line, line)
	}
	data := rezip(t, workbook(t, nil, nil), "xl/worksheets/sheet1.xml", func(string) string {
		return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + cells.String() + `</sheetData></worksheet>`
	})
	if _, err := Read(file(t, "a.xlsx", data), nil); err == nil || !strings.Contains(err.Error(), "more than 20000 rows") {
		t.Errorf("error %v", err)
	}
}

func TestWhatIsNoFileIsRefusedWithAWayOut(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]string{
		dir:                              "this is a folder; name the .xlsx or .csv file in it",
		filepath.Join(dir, "roster.csv"): "there is no such file; check the name and the folder",
		os.DevNull:                       "this is no ordinary file",
	} {
		if _, err := Read(path, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %s", path, err, want)
		}
	}
}

func TestAnErrorOfTheSystemIsExplained(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{&fs.PathError{Op: "open", Path: "/a", Err: fs.ErrPermission}, "give this user the right to read it"},
		{&fs.PathError{Op: "read", Path: "/a", Err: io.ErrUnexpectedEOF}, "the file cannot be read (unexpected EOF); close it"},
		{errors.New("this is a folder"), "this is a folder"},
	} {
		if got := explain(c.err).Error(); !strings.Contains(got, c.want) || strings.Contains(got, "/a") {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestFiveThousandPeopleAreReadQuickly(t *testing.T) {
	var text strings.Builder
	text.WriteString("支部,姓名,职务,手机,群昵称\n")
	for i := range 5000 {
		office := "党员"
		if i%50 == 0 {
			office = "书记"
		}
		fmt.Fprintf(&text, "第%d支部,同志%d,%s,138%08d,\n", i/50+1, i, office, i)
	}
	rows, err := Read(file(t, "a.csv", []byte(text.String())), nil)
	if err != nil {
		t.Fatal(err)
	}
	r, bad := themeday.ReadRoster(rows)
	if len(bad) != 0 || len(r.Notes) != 0 || len(r.Lines) != 5000 || len(r.People()) != 5000 {
		t.Errorf("%d lines, notes %v, faults %v", len(r.Lines), r.Notes, bad)
	}
}

func BenchmarkFiveThousandPeople(b *testing.B) {
	text := "支部,姓名,职务\n" + strings.Repeat("第一支部,王强,党员\n", 5000) // all of one name: the worst case
	for b.Loop() {
		rows, err := readTable("a.csv", []byte(text), nil)
		if err != nil {
			b.Fatal(err)
		}
		if _, bad := themeday.ReadRoster(rows); len(bad) != 4999 {
			b.Fatalf("%d faults", len(bad))
		}
	}
}

func zipOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range parts {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(part, text)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// claiming gives an archive with one part that is said to unfold to so many bytes; in truth it is a kilobyte.
func claiming(t testing.TB, name string, size uint64) []byte {
	t.Helper()
	text := make([]byte, 1024)
	var packed, out bytes.Buffer
	deflate, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	deflate.Write(text)
	deflate.Close()
	w := zip.NewWriter(&out)
	part, err := w.CreateRaw(&zip.FileHeader{
		Name: name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(text),
		CompressedSize64: uint64(packed.Len()), UncompressedSize64: size,
	})
	if err != nil {
		t.Fatal(err)
	}
	part.Write(packed.Bytes())
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// rezip gives an archive in which one part, perhaps a new one, has other text.
func rezip(t testing.TB, data []byte, name string, change func(string) string) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{name: ""}
	for _, f := range archive.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(text)
	}
	parts[name] = change(parts[name])
	return zipOf(t, parts)
}

// damagedPart alters a byte of the sheet inside the archive.
func damagedPart(t testing.TB, data []byte) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		if f.Name == "xl/worksheets/sheet1.xml" {
			at, err := f.DataOffset()
			if err != nil {
				t.Fatal(err)
			}
			out := bytes.Clone(data)
			out[at+int64(f.CompressedSize64)/2] ^= 0xff
			return out
		}
	}
	t.Fatal("the workbook has no sheet1.xml")
	return nil
}
