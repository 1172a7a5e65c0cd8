package templates

import (
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"
)

// say renders one template with one value.
func say(t testing.TB, markdown string, value any) string {
	t.Helper()
	f, err := parseFile("x", source{"x.md", markdown})
	if err != nil {
		t.Fatal(err)
	}
	got, err := (&Set{map[string]file{"x": f}}).Text("x", value)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// places are templates with a value in every sort of place, and what the chat shows there for the value V.
var places = []struct{ markdown, want string }{
	{"{{.}}", "V"},
	{"# {{.}}", "【V】"},
	{"- {{.}}\n- x", "· V\n· x"},
	{"1. {{.}}", "1. V"},
	{"> {{.}}", "　V"},
	{"{{.}}\n{{.}}", "V\nV"},
	{"前{{.}}后", "前V后"},
	{"**{{.}}**说", "V说"},
	{"说*{{.}}*", "说V"},
	{"`{{.}}`", "V"},
	{"```\n{{.}}\n```", "V"},
	{"    {{.}}", "V"},
	{"<b>{{.}}</b>", "<b>V</b>"},
	{"<div>\n{{.}}\n</div>", "<div>\nV\n</div>"},
	{"[{{.}}](http://a)", "V（http://a）"},
	{"[详情]({{.}})", "详情（V）"},
	{"|a|b|\n|-|-|\n|{{.}}|x|", "V：x"},
	{"|a|{{.}}|\n|-|-|\n|{{.}}|x|", "a：V\nV：x"},
	{"|a|{{.}}|c|\n|-|-|-|\n|x|y|{{.}}|", "a：x；V：y；c：V"},
	{"{{.}}. x", "V. x"},
	{"[{{.}}]: x", "[V]: x"},
	{"{{define \"d\"}}{{.}}{{end}}{{with $v := .}}{{template \"d\" $v}}{{end}}", "V"},
	{"{{print .}}", "V"},
	{"{{printf \"%s\" .}}", "V"},
	{"{{if .}}{{with .}}{{.}}{{end}}{{else}}x{{end}}", "V"},
	{"{{lines .}}", "V"},
}

func TestANastyNameIsShownAsItIsWritten(t *testing.T) {
	for _, name := range []string{
		"张三", "*张三*", "**张三**", "_张_三_", "~~张三~~", "`张三`", "``", "[x](http://a.b)", "![x](y)", "[x]: y", "# 头", "#", "1. a", "1) a", "12",
		"<b>", "</div>", "<!--", "&amp;", "&lt", "| a |", "|-|-|", "|", "{{", "{{.}}", "}}", "- a", "+ a", "> a", "---", "===", "***", "\\", "\\\\", "\\*", "a\\",
		"（张三）", "“张三”", "张　三", "a  b", "```", "~~~", "https://a.b/c?d=e&f=g#h", "a@b.c", "'", "\"", "👨‍👩‍👧", "<nil>", "%s%!d", "_escape", "0", "😀️",
	} {
		shown := collapsed(name)
		for _, place := range places {
			want := strings.ReplaceAll(place.want, "V", shown)
			if got := say(t, place.markdown, name); got != want {
				t.Errorf("%q in %q:\ngot  %q\nwant %q", name, place.markdown, got, want)
			}
		}
	}
}

func TestAnyPrintableStringIsShownAsItIsWritten(t *testing.T) {
	alphabet := []rune("*_~`[]()<>#+-=|\\!&;:.{}\"'/@ 019aZ张三，。（）“”　́😀é\u00a0")
	rnd := rand.New(rand.NewPCG(12, 8))
	for range 4000 {
		name := make([]rune, 1+rnd.IntN(12))
		for i := range name {
			name[i] = alphabet[rnd.IntN(len(alphabet))]
			if rnd.IntN(8) == 0 {
				name[i] = printable(rnd)
			}
		}
		shown := collapsed(string(name))
		if shown == "" {
			continue
		}
		place := places[rnd.IntN(len(places))]
		if got, want := say(t, place.markdown, string(name)), strings.ReplaceAll(place.want, "V", shown); got != want {
			t.Fatalf("%q in %q:\ngot  %q\nwant %q", string(name), place.markdown, got, want)
		}
	}
}

func printable(rnd *rand.Rand) rune {
	for {
		if r := rune(rnd.IntN(0x20000)); unicode.IsPrint(r) {
			return r
		}
	}
}

// collapsed is s without what cannot be seen, its runs of spaces one space, except that the full-width space stays within it.
func collapsed(s string) string {
	s = strings.NewReplacer("\u200d", "", "\u00a0", " ").Replace(s)
	for strings.Contains(s, "  ") {
		s = strings.ReplaceAll(s, "  ", " ")
	}
	return strings.Trim(s, " 　")
}

func TestWhatCannotBeSeenIsRemovedFromValues(t *testing.T) {
	for value, want := range map[string]string{
		"张\u200b三\u202e李\u2066四\ufeff": "张三李四",
		"张\x00三\x1b[31m\x7f":           "张三[31m",
		"张\n三\r\n\n李\t四\u2028五":        "张 三 李 四 五",
		"  \n张三\n":                     "张三",
		"\U0010FE2A张三\U0010FE0A":       "张三",
		"张\xff三":                       "张\uFFFD三",
	} {
		if got := say(t, "「{{.}}」", value); got != "「"+want+"」" {
			t.Errorf("%q: got %q, want %q", value, got, want)
		}
	}
}

func TestLinesKeepsLineBreaksButNoMarkup(t *testing.T) {
	value := "\n# 一\r\n- 二\n\n\n*三*\n"
	for markdown, want := range map[string]string{
		"{{lines .}}":                   "# 一\n- 二\n\n*三*",
		"- {{. | lines}}":               "· # 一\n  - 二\n\n  *三*",
		"> {{lines .}}":                 "　# 一\n　- 二\n\n　*三*",
		"# {{lines .}}":                 "【# 一 - 二   *三*】",
		"|a|b|\n|-|-|\n|x|{{lines .}}|": "x：# 一 - 二   *三*",
		"{{print (lines .)}}":           "# 一 - 二 *三*",
	} {
		if got := say(t, markdown, value); got != want {
			t.Errorf("%q:\ngot  %q\nwant %q", markdown, got, want)
		}
	}
}

func TestAnEmptyValueLeavesNoMarks(t *testing.T) {
	for markdown, want := range map[string]string{
		"**{{.}}**完":              "完",
		"`{{.}}`完":                "完",
		"# {{.}}":                 "",
		"- {{.}}":                 "·",
		"甲{{\" \"}}乙":             "甲 乙",
		"|a|b|\n|-|-|\n|x|{{.}}|": "x：",
	} {
		if got := say(t, markdown, ""); got != want {
			t.Errorf("%q: got %q, want %q", markdown, got, want)
		}
	}
}

func TestValuesThatNobodyShouldReadAreRefused(t *testing.T) {
	var none *string
	for name, value := range map[string]any{
		"nothing": nil, "nil pointer": none, "time": time.Unix(0, 0), "pointer to a time": new(time.Unix(0, 0)), "function": func() {}, "channel": make(chan int),
	} {
		fsys := fstest.MapFS{"a.md": {Data: []byte("甲\n{{.X}}")}}
		_, err := Load(fsys, "", map[string]any{"a": map[string]any{"X": value}})
		if err == nil || !strings.HasPrefix(err.Error(), "a.md:2: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNumbersAndNamesWithTheirOwnTextAreShown(t *testing.T) {
	eighty, text := 80, "甲*"
	for want, value := range map[string]any{"80": &eighty, "甲*": &text, "March": time.March, "true": true, "1m0s": time.Minute} {
		if got := say(t, "{{.}}", value); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
