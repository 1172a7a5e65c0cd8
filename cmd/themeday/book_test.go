package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"themeday/templates/sheet"
)

// planned makes a database with the small roster and the plan of a sheet in it, and gives its path.
func planned(t *testing.T) (db string) {
	t.Helper()
	db = filepath.Join(t.TempDir(), "book.db")
	if code, _, errs := start(t, "import", "roster", sheetOf(t, smallRoster), "--db", db); code != exitDone {
		t.Fatal(errs)
	}
	return db
}

const planSheet = "支部,月份,日期,开始,结束,地点,主题,内容\n第一支部,4月,2026-04-10,14:00,18:00,会议室,=学习党章,政治学习\n"

func TestAPlanGoesOutAndComesBackAndOnlyABadRowStopsIt(t *testing.T) {
	db := planned(t)
	file := written(t, "plan.csv", planSheet)
	if code, out, errs := start(t, "import", "plan", file, "--dry-run", "--db", db); code != exitDone || !strings.Contains(out, "1 months dated") || !strings.Contains(out, "Nothing was changed") {
		t.Fatal(code, out, errs)
	}
	bad := written(t, "bad.csv", planSheet+"第一支部,11月,下周,14:00,15:00,,,\n别的,,2026-11-13,14:00,18:00,,,\n")
	code, _, errs := start(t, "import", "plan", bad, "--db", db)
	if code != exitFailed || !strings.Contains(errs, "第3行 日期：“下周”不是日期") || !strings.Contains(errs, "nothing was imported") {
		t.Error(code, errs)
	}
	if code, out, errs := start(t, "import", "plan", file, "--db", db); code != exitDone || !strings.Contains(out, "1 months dated") {
		t.Fatal("the dry run or the bad sheet left something:", code, out, errs)
	}
	for _, name := range []string{"out.xlsx", "out.ics"} {
		out := filepath.Join(t.TempDir(), name)
		if code, _, errs := start(t, "export", "plan", "--db", db, "--year", "2026", "-o", out); code != exitDone {
			t.Fatal(errs)
		}
		if st, err := os.Stat(out); err != nil || st.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", name, st, err)
		}
		if name == "out.xlsx" {
			if code, said, errs := start(t, "import", "plan", out, "--db", db); code != exitDone || !strings.Contains(said, "0 months dated, 0 moved, 0 otherwise changed, 12 as they were") {
				t.Error("what was exported is no longer the same:", code, said, errs)
			}
		}
	}
}

func TestTheLedgerOfABranchAndOfAllAreWritten(t *testing.T) {
	db := planned(t)
	for _, c := range []struct{ name, branch, header string }{{"one.xlsx", "第一支部", "月份"}, {"all.xlsx", "", "支部"}} {
		out := filepath.Join(t.TempDir(), c.name)
		args := []string{"export", "ledger", "--db", db, "--year", "2026", "-o", out}
		if c.branch != "" {
			args = append(args, "--branch", c.branch)
		}
		if code, said, errs := start(t, args...); code != exitDone || said+errs != "" {
			t.Fatal(code, said, errs)
		}
		rows, err := sheet.Read(out, nil)
		if err != nil || len(rows) != 14 || rows[1].Cells[0] != c.header {
			t.Errorf("%s: %d rows, %v", c.name, len(rows), err)
		}
	}
	page := filepath.Join(t.TempDir(), "page.html")
	if code, _, errs := start(t, "export", "ledger", "--db", db, "--branch", "第一支部", "-o", page); code != exitDone {
		t.Fatal(errs)
	}
	if text, err := os.ReadFile(page); err != nil || !strings.Contains(string(text), "年度统计") {
		t.Error(err)
	}
}

func TestADocumentIsWrittenWholeOrNotAtAll(t *testing.T) {
	db := planned(t)
	dir := t.TempDir()
	link := filepath.Join(dir, "link.xlsx")
	if err := os.Symlink(db, link); err != nil {
		t.Skip(err)
	}
	for _, c := range []struct {
		args string
		code int
		errs string
	}{
		{"export ledger -o " + filepath.Join(dir, "x.txt"), exitUsage, "ends in .xlsx or .html"},
		{"export plan -o " + filepath.Join(dir, "x.html"), exitUsage, "ends in .xlsx or .ics"},
		{"export ledger -o " + link, exitFailed, "it is a link"},
		{"export ledger -o " + filepath.Join(dir, "nowhere", "x.xlsx"), exitFailed, "its folder does not exist"},
		{"export plan --branch 别的 -o " + filepath.Join(dir, "x.xlsx"), exitFailed, `no branch "别的"; there are: 第一支部`},
	} {
		if code, _, errs := start(t, append(strings.Fields(c.args), "--db", db)...); code != c.code || !strings.Contains(errs, c.errs) {
			t.Errorf("%s: exit %d, %q", c.args, code, errs)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Error("something was left behind:", left, err)
	}
}

func TestDocumentsAreOfYearsThatThereCanBe(t *testing.T) {
	db := planned(t)
	dir := t.TempDir()
	const next = 2027 // start runs the program in 2026
	for _, c := range []struct {
		year string
		code int
	}{{"1", exitUsage}, {"1999", exitUsage}, {"-5", exitUsage}, {"9999", exitUsage}, {fmt.Sprint(next + 1), exitUsage}, {"2000", exitDone}, {fmt.Sprint(next), exitDone}} {
		for _, out := range []string{"ledger x.xlsx", "plan x.xlsx", "review x.docx", "evidence x.zip"} {
			what, file, _ := strings.Cut(out, " ")
			path := filepath.Join(dir, c.year+what+file)
			code, _, errs := start(t, "export", what, "--db", db, "--year="+c.year, "-o", path)
			if code != c.code || code == exitUsage && !strings.Contains(errs, "name a year from 2000 to "+fmt.Sprint(next)) {
				t.Errorf("export %s --year %s: exit %d, %q", what, c.year, code, errs)
			}
			if _, err := os.Stat(path); (err == nil) != (c.code == exitDone) {
				t.Errorf("export %s --year %s: the file: %v", what, c.year, err)
			}
		}
	}
}
