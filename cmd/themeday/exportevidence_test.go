package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
	"themeday/storage"
	"themeday/templates/bundle"
	"themeday/templates/sheet"
)

// afterMarch runs the program on the morning of 1 April.
func afterMarch(t *testing.T, args ...string) (code int, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	p := Program{In: strings.NewReader(""), Out: &o, Err: &e, Now: func() time.Time { return time.Date(2026, 4, 1, 1, 0, 0, 0, time.UTC) }}
	code = p.Run(context.Background(), args)
	return code, e.String()
}

// evidenceOf packs a database's evidence and opens it.
func evidenceOf(t *testing.T, db string, more ...string) (*zip.Reader, []byte) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "evidence.zip")
	if code, errs := afterMarch(t, append([]string{"export", "evidence", "--db", db, "--year", "2026", "-o", out}, more...)...); code != exitDone || errs != "" {
		t.Fatal(code, errs)
	}
	whole := read(t, out)
	z, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	return z, whole
}

// inside is the text of a file of a zip.
func inside(t *testing.T, z *zip.Reader, name string) string {
	t.Helper()
	data, err := fs.ReadFile(z, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var links = regexp.MustCompile(`href="([^"#]+)`)

// linked are the files to which the index leads.
func linked(t *testing.T, z *zip.Reader) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, hit := range links.FindAllStringSubmatch(inside(t, z, "00-目录.html"), -1) {
		name, err := url.PathUnescape(html.UnescapeString(hit[1]))
		if err != nil {
			t.Fatal(err)
		}
		out[name] = true
	}
	return out
}

// sound holds the index and the list of sums of a zip against its files.
func sound(t *testing.T, z *zip.Reader) {
	t.Helper()
	sums := map[string]string{}
	for line := range strings.Lines(inside(t, z, bundle.Manifest)) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !ok {
			t.Errorf("the list of sums: %q", line)
		}
		sums[name] = sum
	}
	index := linked(t, z)
	for _, f := range z.File {
		if !filepath.IsLocal(f.Name) || strings.Contains(f.Name, "..") || strings.ContainsAny(f.Name, "\\:*?\"<>|\u202e") {
			t.Errorf("%q is no name", f.Name)
		}
		if f.Name == bundle.Manifest {
			continue
		}
		if got := fmt.Sprintf("%x", sha256.Sum256([]byte(inside(t, z, f.Name)))); got != sums[f.Name] {
			t.Errorf("%s: sum %s, listed %s", f.Name, got, sums[f.Name])
		}
		if !index[f.Name] && !strings.HasPrefix(f.Name, indexFile) {
			t.Errorf("%s stands nowhere in the index", f.Name)
		}
		delete(sums, f.Name)
		delete(index, f.Name)
	}
	if len(sums)+len(index) > 0 {
		t.Errorf("not in the zip: %v %v", sums, index)
	}
	if last := z.File[len(z.File)-1].Name; last != bundle.Manifest {
		t.Errorf("%s is last", last)
	}
}

func TestTheEvidenceOfTheDemoHoldsWhatItsIndexSays(t *testing.T) {
	dir := t.TempDir()
	if code, _, errs := start(t, "demo", "--out", dir); code != exitDone {
		t.Fatal(errs)
	}
	db := filepath.Join(dir, demoDatabase)
	z, whole := evidenceOf(t, db)
	sound(t, z)
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	for _, want := range []string{
		"00-目录.html", "00-目录.xlsx", "01-年度计划/第一支部2026年度计划.xlsx", "01-年度计划/第一支部2026年度计划.ics", "02-台账/第一支部2026台账.xlsx",
		"02-台账/第一支部2026台账.html", "03-纪实表/2026-03-纪实表-第1版-0314.docx", "03-纪实表/2026-03-纪实表-第2版-0314.docx", "03-纪实表/2026-03-纪实表-第3版-草稿.docx", "04-签到册/2026-03.docx", "07-事实/facts.json",
	} {
		if !slices.Contains(names, want) {
			t.Errorf("%s is not in %v", want, names)
		}
	}
	page := inside(t, z, "00-目录.html")
	for _, want := range []string{"3月照片不足2张", "年度计划未备案", "12人", "83%（10/12）", "本系统暂无记录，请附纸质材料", "参会11人，参测8人，满意率87%"} {
		if !strings.Contains(page, want) {
			t.Errorf("the index does not say %q", want)
		}
	}
	for _, f := range z.File {
		if text := inside(t, z, f.Name); strings.Contains(text, "孩子发烧") || strings.Contains(text, "讨论时间再长些") {
			t.Errorf("%s tells what is private", f.Name)
		}
	}
	if _, again := evidenceOf(t, db, "--branch", "第一支部"); !bytes.Equal(whole, again) {
		t.Error("the same facts at the same instant are not the same bytes")
	}
	own, _ := evidenceOf(t, db, "--own")
	if !strings.Contains(inside(t, own, "02-台账/第一支部2026台账.html"), "孩子发烧") || strings.Contains(inside(t, own, "00-目录.html"), "孩子发烧") {
		t.Error("the branch's own copy: reasons belong into its ledger and nowhere else")
	}
}

func TestTheIndexIsASheetToo(t *testing.T) {
	dir := t.TempDir()
	if code, _, errs := start(t, "demo", "--out", dir); code != exitDone {
		t.Fatal(errs)
	}
	z, _ := evidenceOf(t, filepath.Join(dir, demoDatabase))
	file := filepath.Join(dir, "index.xlsx")
	if err := os.WriteFile(file, []byte(inside(t, z, "00-目录.xlsx")), 0o600); err != nil {
		t.Fatal(err)
	}
	rows, err := sheet.Read(file, nil)
	if err != nil || len(rows) < 3 {
		t.Fatal(err, rows)
	}
	if got := strings.Join(rows[1].Cells, "|"); got != "状态|月份|条款|证据|文件" {
		t.Error(got)
	}
	if got := strings.Join(rows[2].Cells, "|"); !strings.HasPrefix(got, "缺口|全年|第二条 R04 年度计划报机关党委备案|年度计划未备案。") {
		t.Error(got)
	}
	short := 0
	for _, r := range rows {
		switch {
		case r.Cells[0] == "有，不达标":
			short++
		case r.Cells[0] == "有" && strings.Contains(strings.Join(r.Cells, "|"), "照片，1张"):
			t.Error("one photo is on record as if it were enough")
		}
	}
	if short == 0 {
		t.Error("no figure of the demo breaches its rule")
	}
}

func TestWhatSomebodyTypedMakesNoPathAndNoFormula(t *testing.T) {
	dir := t.TempDir()
	if code, _, errs := start(t, "demo", "--out", dir); code != exitDone {
		t.Fatal(errs)
	}
	db := filepath.Join(dir, demoDatabase)
	const hostile = "=cmd|'/c calc'!A1 ../../<script>alert(1)</script>\u202e%2e%2e#x"
	store, err := storage.Open(db)
	if err != nil {
		t.Fatal(err)
	}
	err = store.Update(context.Background(), func(tx themeday.Tx) error {
		a, _, err := tx.Activity("第一支部/2026-03")
		if err != nil {
			return err
		}
		a.Topics = []string{hostile, strings.Repeat("长", 10_000)}
		pictures, err := tx.Pictures(a.ID)
		for _, p := range pictures {
			p.Caption = hostile
			err = errors.Join(err, tx.PutPicture(p))
		}
		branches, berr := tx.Branches()
		branches[0].Name = hostile
		return errors.Join(err, berr, tx.PutActivity(a), tx.PutBranch(branches[0]),
			tx.PutPicture(themeday.Picture{ID: "../../demo.db", Activity: a.ID, Use: "activity", At: a.Starts, Caption: "/etc/passwd"}))
	})
	if err := errors.Join(err, store.Close()); err != nil {
		t.Fatal(err)
	}
	z, whole := evidenceOf(t, db)
	sound(t, z)
	page := inside(t, z, "00-目录.html")
	if strings.Contains(page, "<script") || strings.Contains(page, "\u202e") || !strings.Contains(page, "&lt;script&gt;") {
		t.Error("a name is no longer text in the index")
	}
	if !strings.Contains(page, "的文件缺失") || bytes.Contains(whole, []byte("SQLite format 3")) {
		t.Error("a picture's id led out of the folder of pictures")
	}
	sheetXML := ""
	book, err := zip.NewReader(strings.NewReader(inside(t, z, "00-目录.xlsx")), int64(len(inside(t, z, "00-目录.xlsx"))))
	if err == nil {
		sheetXML = inside(t, book, "xl/worksheets/sheet1.xml")
	}
	if sheetXML == "" || strings.Contains(sheetXML, "<f>") {
		t.Error(err, "a formula stands in the index")
	}
}

func TestAFiledFormIsPackedAsItWasFiledAndOneThatWasTouchedIsNamed(t *testing.T) {
	dir := t.TempDir()
	if code, _, errs := start(t, "demo", "--out", dir); code != exitDone {
		t.Fatal(errs)
	}
	db := filepath.Join(dir, demoDatabase)
	kept, err := filepath.Glob(filepath.Join(filedBeside(db), "*.docx"))
	if err != nil || len(kept) == 0 {
		t.Fatal(kept, err)
	}
	z, _ := evidenceOf(t, db)
	for n := 1; n <= 2; n++ {
		form := inside(t, z, fmt.Sprintf("03-纪实表/2026-03-纪实表-第%d版-0314.docx", n))
		if !slices.ContainsFunc(kept, func(path string) bool { return string(read(t, path)) == form }) {
			t.Errorf("version %d is none of those that were filed", n)
		}
	}
	for _, path := range kept {
		if err := os.WriteFile(path, []byte("touched"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	z, _ = evidenceOf(t, db)
	sound(t, z)
	page := inside(t, z, "00-目录.html")
	for n := 1; n <= 2; n++ {
		if !strings.Contains(page, fmt.Sprintf("3月上报的纪实表第%d版文件缺失或被改动", n)) {
			t.Errorf("version %d was touched, and the index does not say so", n)
		}
	}
	for _, f := range z.File {
		if strings.Contains(inside(t, z, f.Name), "touched") || strings.Contains(f.Name, "-0314") {
			t.Errorf("%s: a form that was touched went out as the one that was filed", f.Name)
		}
	}
}

func TestEvidenceThatCannotBePackedLeavesNothing(t *testing.T) {
	db := planned(t)
	dir := t.TempDir()
	for _, c := range []struct {
		args string
		code int
		errs string
	}{
		{"export evidence -o " + filepath.Join(dir, "x.tar"), exitUsage, "ends in .zip"},
		{"export evidence --branch 别的 -o " + filepath.Join(dir, "x.zip"), exitFailed, "there is no branch"},
		{"export evidence -o " + filepath.Join(dir, "nowhere", "x.zip"), exitFailed, "its folder does not exist"},
	} {
		if code, errs := afterMarch(t, append(strings.Fields(c.args), "--db", db)...); code != c.code || !strings.Contains(errs, c.errs) {
			t.Errorf("%s: exit %d, %q", c.args, code, errs)
		}
	}
	more := written(t, "more.csv", "支部,姓名,职务,类别\n第二支部,李敏,书记,正式\n")
	if code, errs := afterMarch(t, "import", "roster", more, "--db", db); code != exitDone {
		t.Fatal(errs)
	}
	if code, errs := afterMarch(t, "export", "evidence", "-o", filepath.Join(dir, "x.zip"), "--db", db); code != exitUsage || !strings.Contains(errs, "第一支部, 第二支部") {
		t.Error(code, errs)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Error("something was left behind:", left, err)
	}
}
