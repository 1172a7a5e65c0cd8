package main

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// inApril runs the program when the demo's March is over.
func inApril(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	var out bytes.Buffer
	p := Program{In: strings.NewReader(""), Out: &out, Err: &out, Now: func() time.Time { return time.Date(2026, 4, 1, 2, 0, 0, 0, time.UTC) }}
	code = p.Run(context.Background(), args)
	return code, out.String()
}

func TestTheReviewOfTheDemosYearIsExported(t *testing.T) {
	dir := t.TempDir()
	if code, _, errs := start(t, "demo", "--out", dir); code != exitDone {
		t.Fatal(errs)
	}
	db := filepath.Join(dir, demoDatabase)
	for _, args := range [][]string{{"one.docx"}, {"again.docx", "--branch", "第一支部", "--year", "2026"}, {"one.html"}} {
		path := filepath.Join(dir, args[0])
		if code, said := inApril(t, append([]string{"export", "review", "--db", db, "-o", path}, args[1:]...)...); code != exitDone || said != "" {
			t.Fatal(code, said)
		}
		if st, err := os.Stat(path); err != nil || st.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", path, st, err)
		}
	}
	if !bytes.Equal(read(t, filepath.Join(dir, "one.docx")), read(t, filepath.Join(dir, "again.docx"))) {
		t.Error("the only branch and this year are not what is taken without a word")
	}
	z, err := zip.OpenReader(filepath.Join(dir, "one.docx"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close() //nolint:errcheck // it was only read
	charts := 0
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, "word/charts/") {
			charts++
		}
	}
	said, page := document(t, filepath.Join(dir, "one.docx")), string(read(t, filepath.Join(dir, "one.html")))
	if charts != 3 || strings.Count(page, "<svg") != 3 {
		t.Errorf("%d charts in Word, %d in the page, want attendance, satisfaction, punctuality", charts, strings.Count(page, "<svg"))
	}
	for _, want := range []string{"第一支部2026年度主题党日述职报告", "截至2026年4月1日 10:00（本年度尚未结束", "应到12人次，参加10人次，出席率83%", "八、下一步打算", "【待填：下一步打算】"} {
		if !strings.Contains(said, want) || !strings.Contains(page, want) {
			t.Errorf("%q is not in both", want)
		}
	}
	for _, private := range []string{"周大伟", "孙丽", "孩子发烧", "讨论时间再长些"} { // absent, on leave, why, and what a ballot said
		if strings.Contains(said, private) || strings.Contains(page, private) {
			t.Errorf("%q is read out before the committee", private)
		}
	}
}

func TestAReviewIsOfOneBranch(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "two.db")
	if code, _, errs := start(t, "import", "roster", sheetOf(t, smallRoster), "--db", db); code != exitDone {
		t.Fatal(errs)
	}
	if code, _, errs := start(t, "import", "roster", written(t, "second.csv", "支部,姓名,职务,类别\n第二支部,赵兰,书记,正式\n"), "--db", db); code != exitDone {
		t.Fatal(errs)
	}
	for _, c := range []struct {
		args string
		code int
		errs string
	}{
		{"-o x.docx", exitUsage, "name one with --branch; there are: 第一支部, 第二支部"},
		{"--branch 第九支部 -o x.docx", exitFailed, `no branch "第九支部"; there are: 第一支部, 第二支部`},
		{"--branch 第二支部 -o x.pdf", exitUsage, "ends in .docx or .html"},
		{"--branch 第二支部 -o nowhere/x.docx", exitFailed, "its folder does not exist"},
		{"--branch 第二支部 -o x.docx", exitDone, ""},
	} {
		args := strings.Fields(strings.Replace(c.args, "-o ", "-o "+dir+"/", 1))
		code, _, errs := start(t, append([]string{"export", "review", "--db", db}, args...)...)
		if code != c.code || !strings.Contains(errs, c.errs) || strings.Count(errs, "\n") > 1 {
			t.Errorf("export review %s: exit %d, %q; want %d, one line with %q", c.args, code, errs, c.code, c.errs)
		}
	}
}
