package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"themeday/templates"
	"themeday/templates/word"
)

// document is the text part of a Word file.
func document(t *testing.T, path string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close() //nolint:errcheck // it was only read
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestTheDemosFormAndSheetAreExported(t *testing.T) {
	dir := t.TempDir()
	if code, _, errs := start(t, "demo", "--out", dir); code != exitDone {
		t.Fatal(errs)
	}
	db := filepath.Join(dir, demoDatabase)
	export := func(what, file string, more ...string) (int, string) {
		args := append([]string{"export", what, "--db", db, "--activity", "第一支部/2026-03", "-o", filepath.Join(dir, file)}, more...)
		code, _, errs := start(t, args...)
		return code, errs
	}
	for _, c := range []struct{ what, file string }{{"record", "form.docx"}, {"record", "form.html"}, {"record", "again.docx"}, {"signin-sheet", "sheet.docx"}} {
		if code, errs := export(c.what, c.file); code != exitDone {
			t.Fatal(c, errs)
		}
		if st, err := os.Stat(filepath.Join(dir, c.file)); err != nil || st.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", c.file, st, err)
		}
	}
	form, again := read(t, filepath.Join(dir, "form.docx")), read(t, filepath.Join(dir, "again.docx"))
	if !bytes.Equal(form, again) {
		t.Error("the same form is not the same bytes")
	}
	said, page := document(t, filepath.Join(dir, "form.docx")), string(read(t, filepath.Join(dir, "form.html")))
	for _, want := range []string{"第一支部2026年3月主题党日活动纪实表", "每季度到社区开展一次志愿服务", "本人5人，接龙3人，迟到1人，代签0人，补签0人，送学1人", "孙丽：请假", "周大伟：缺席，未请假", "【缺：实际结束时间】", "第3版"} {
		if !strings.Contains(said, want) || !strings.Contains(page, want) {
			t.Errorf("%q is not in both forms", want)
		}
	}
	for _, private := range []string{"孩子发烧", "讨论时间再长些"} {
		if strings.Contains(said, private) || strings.Contains(page, private) {
			t.Errorf("%q went to the committee", private)
		}
	}
	if sheet := document(t, filepath.Join(dir, "sheet.docx")); !strings.Contains(sheet, "许宁") || strings.Contains(sheet, "请假") {
		t.Error("the sheet for the table lacks somebody or tells too much")
	}
}

func TestACommitteesOwnFormIsTakenFromTheTemplates(t *testing.T) {
	dir := t.TempDir()
	if code, _, errs := start(t, "demo", "--out", dir); code != exitDone {
		t.Fatal(errs)
	}
	own := func(text string) {
		var b bytes.Buffer
		if err := (word.Document{Blocks: []word.Block{word.Paragraph{Text: text}}}).Write(&b); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "texts", templates.OwnRecordForm), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	config, out := filepath.Join(dir, configFile), filepath.Join(dir, "own.docx")
	if err := os.Mkdir(filepath.Join(dir, "texts"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(config, []byte("templates: texts\ndatabase: demo.db\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"export", "record", "--config", config, "--activity", "第一支部/2026-03", "-o", out}
	own("{支部}应到{应到}")
	if code, _, errs := start(t, args...); code != exitDone || !strings.Contains(document(t, out), "第一支部应到12") {
		t.Error(code, errs)
	}
	own("{温度}")
	before := read(t, out)
	if code, _, errs := start(t, args...); code != exitFailed || !strings.Contains(errs, "{温度}") || strings.Count(errs, "\n") != 1 {
		t.Error(code, errs)
	}
	if !bytes.Equal(before, read(t, out)) {
		t.Error("a form that could not be filled took the place of the one before")
	}
}

func TestAnExportThatCannotBeSaysWhy(t *testing.T) {
	db := filepath.Join(t.TempDir(), "demo.db")
	if code, _, errs := start(t, "demo", "--out", filepath.Dir(db)); code != exitDone {
		t.Fatal(errs)
	}
	for _, c := range []struct {
		args string
		code int
		errs string
	}{
		{"export record --activity 第一支部/2026-03 -o form.pdf", exitUsage, ".docx or .html"},
		{"export signin-sheet --activity 第一支部/2026-03 -o sheet.html", exitUsage, ".docx"},
		{"export record --activity 第九支部/2026-03 -o " + db + ".docx", exitFailed, "no activity of"},
		{"export record -o form.docx", exitUsage, "--activity"},
		{"export record --activity 第一支部/2026-03 -o " + db + "/nowhere/form.docx", exitFailed, "write"},
	} {
		code, _, errs := start(t, append(strings.Fields(c.args), "--db", db)...)
		if code != c.code || !strings.Contains(errs, c.errs) || strings.Count(errs, "\n") != 1 {
			t.Errorf("themeday %s: exit %d, %q; want %d, one line with %q", c.args, code, errs, c.code, c.errs)
		}
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
