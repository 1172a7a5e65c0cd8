package templates

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

type notice struct {
	Branch string
	Starts time.Time
	Topics []string
	Text   string
}

var (
	beijing = time.FixedZone("CST", 8*60*60)
	sample  = notice{"第一支部", time.Date(2026, 3, 13, 14, 30, 0, 0, beijing), []string{"学习*党章*", "缅怀先烈"}, "甲\n乙"}
)

const noticeText = `# {{.Branch}} {{date .Starts}}主题党日

**时间：**{{when .Starts}}
**主题：**{{join .Topics}}
{{range $i, $t := .Topics}}
{{inc $i}}. {{$t}}
{{- end}}

{{lines .Text}}
`

func embedded() fstest.MapFS {
	return fstest.MapFS{
		"text/notice.md": {Data: []byte(noticeText)},
		"text/hello.md":  {Data: []byte("您好，{{.}}")},
		"text/other.txt": {Data: []byte("{{")},
	}
}

func samples() map[string]any { return map[string]any{"notice.md": sample, "hello": "张三"} }

func TestANoticeReadsAsItShouldInTheChat(t *testing.T) {
	s, err := Load(embedded(), "", samples())
	if err != nil {
		t.Fatal(err)
	}
	want := `【第一支部 3月13日主题党日】

时间：3月13日 周五 14:30
主题：学习*党章*、缅怀先烈

1. 学习*党章*
2. 缅怀先烈

甲
乙`
	for _, name := range []string{"notice", "notice.md"} {
		if got, err := s.Text(name, sample); err != nil || got != want {
			t.Errorf("got %v %q\nwant %q", err, got, want)
		}
	}
	if _, err := s.Text("nosuch", nil); err == nil {
		t.Error("a template that is not there was filled")
	}
}

func TestTimesAreShownInTheirOwnZone(t *testing.T) {
	for markdown, want := range map[string]string{
		"{{date .}}": "3月8日", "{{day .}}": "3月8日 周日", "{{clock .}}": "09:05", "{{when .}}": "3月8日 周日 09:05",
	} {
		at := time.Date(2026, 3, 8, 1, 5, 0, 0, time.UTC).In(beijing)
		if got := say(t, markdown, at); got != want {
			t.Errorf("%s: got %q, want %q", markdown, got, want)
		}
	}
}

func TestAFileOfTheOperatorsFolderReplacesTheEmbeddedOne(t *testing.T) {
	dir := folder(t, map[string]string{"hello.md": "\ufeff同志{{.}}，\r\n您好", ".DS_Store": "\xff"})
	s, err := Load(embedded(), dir, samples())
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := s.Text("hello", "李四"); got != "同志李四，\n您好" {
		t.Errorf("got %q", got)
	}
	if got, _ := s.Text("notice", sample); !strings.HasPrefix(got, "【第一支部") {
		t.Errorf("the other template is gone: %q", got)
	}
}

func TestAWrongFileIsRefusedWithItsPathAndLine(t *testing.T) {
	deep := `{{define "d"}}{{template "d" .}}{{end}}` + "\n" + `{{template "d" .}}`
	for _, c := range []struct{ name, file, text, want string }{
		{"misspelt name", "helo.md", "x", ":1: replaces no template; there are hello, notice"},
		{"other ending", "hello.MD", "x", ":1: replaces no template"},
		{"not UTF-8", "hello.md", "甲\n乙\xb0\xa1", ":2: is not UTF-8"},
		{"too big", "hello.md", strings.Repeat("x", 64<<10+1), ":1: is over 64 KB"},
		{"does not parse", "hello.md", "甲\n{{if .}}", ":2: unexpected EOF"},
		{"says nothing", "hello.md", "{{if eq . \"李四\"}}您好{{end}}\n", ":1: says nothing"},
		{"unknown function", "hello.md", "甲\n\n{{upper .}}", `:3: function "upper" not defined`},
		{"the escaper is not for templates", "hello.md", "{{_escape .}}", `:1: function "_escape" not defined`},
		{"unknown field", "notice.md", "{{.Branch}}\n{{.Nope}}", ":2: at <.Nope>: can't evaluate field Nope"},
		{"unknown template", "hello.md", `{{template "no"}}`, ":1: "},
		{"wrong list", "hello.md", "{{join .}}", ":1: at <join .>: error calling join: join wants a list, not string"},
		{"endless recursion", "hello.md", deep, ":1: more than 10000 rounds"},
		{"doubling recursion", "hello.md", strings.ReplaceAll(deep, "{{end}}", `{{template "d" .}}{{end}}`), ":1: more than 10000 rounds"},
		{"silent loop", "hello.md", "\n{{range 2000000000}}{{range 2000000000}}{{end}}{{end}}", ":2: more than 10000 rounds"},
		{"long loop", "hello.md", "\n{{range 9000}}一二三四{{end}}", ":2: the text grows over 64 KB"},
		{"doubling string", "hello.md", `{{$x := "a"}}{{range 60}}{{$x = print $x $x}}{{end}}`, ":1: at <print $x $x>: error calling print: a text grows over 64 KB"},
		{"a wide number", "hello.md", `{{printf "%[1]999999d%[1]999999d" 1}}`, "printf takes widths of at most three digits"},
		{"a width of an argument", "hello.md", `{{printf "%*d" 999999 1}}`, "printf takes widths of at most three digits"},
		{"doubling backslash", "hello.md", `{{$x := "\\"}}{{range 60}}{{$x = js $x}}{{end}}`, "a text grows over 64 KB"},
	} {
		dir := folder(t, map[string]string{c.file: c.text})
		_, err := Load(embedded(), dir, samples())
		if err == nil || !strings.HasPrefix(err.Error(), filepath.Join(dir, c.file)+":") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want …%s", c.name, err, c.want)
		}
	}
}

func TestATextThatIsSilentForTheCommitteeIsRefused(t *testing.T) {
	dir := folder(t, map[string]string{"plan_missing.md": "{{if not .Committee}}{{.Branch}}还没有计划{{end}}"})
	if _, err := LoadPosts(dir); err == nil || !strings.HasPrefix(err.Error(), filepath.Join(dir, "plan_missing.md")+":1: says nothing") {
		t.Errorf("got %v", err)
	}
}

func TestAMissingKeyIsRefused(t *testing.T) {
	fsys := fstest.MapFS{"a.md": {Data: []byte("甲\n\n{{.X}}")}}
	if _, err := Load(fsys, "", map[string]any{"a": map[string]any{"Y": 1}}); err == nil || !strings.HasPrefix(err.Error(), "a.md:3: ") {
		t.Errorf("got %v", err)
	}
}

func TestTwoEmbeddedFilesOfOneNameAreRefused(t *testing.T) {
	if _, err := Load(fstest.MapFS{"a/x.md": {}, "b/x.md": {}}, "", nil); err == nil {
		t.Error("the second replaced the first")
	}
}

func TestAFolderThatIsNotThereAndAFolderInTheFolderAreRefused(t *testing.T) {
	if _, err := Load(embedded(), filepath.Join(t.TempDir(), "no"), samples()); err == nil {
		t.Error("a missing folder was taken for an empty one")
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "hello.md"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(embedded(), dir, samples()); err == nil || !strings.Contains(err.Error(), "hello.md:1: is no file") {
		t.Errorf("got %v", err)
	}
}

// folder is a new folder with these files.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
