package templates

import (
	"testing"
	"time"
)

// FuzzOwnTemplate reads any text as a committee's own template and fills it: it ends soon, within its limits, and says why where it is refused.
func FuzzOwnTemplate(f *testing.F) {
	for _, s := range []string{
		"您好，{{.Name}}", "{{range .List}}{{.}}、{{else}}无{{end}}", `{{define "d"}}{{template "d" .}}{{end}}{{template "d" .}}`, "{{range 2000000000}}{{end}}",
		`{{$x := "a"}}{{range 60}}{{$x = print $x $x}}{{end}}{{$x}}`, `{{printf "%[1]999d" 1}}`, "{{when .At}} {{join .List \"；\"}}", "{{with .Name}}{{len .}}{{slice . 0 1}}{{end}}", "{{html .Name | js | urlquery}}",
		"{{range $i, $x := .List}}{{inc $i}}{{break}}{{end}}", "# 标题\n**粗** `码` [链](http://x) | 表 |", "{{index .List 9}}", "{{call .Name}}",
	} {
		f.Add(s)
	}
	data := map[string]any{"Name": "王\u202e强", "List": []string{"甲", "*乙*"}, "At": time.Date(2026, 3, 13, 14, 0, 0, 0, time.UTC)}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > maxBytes {
			return // refused when it is read
		}
		parsed, err := parseFile("own", source{path: "own.md", text: text})
		if err != nil {
			return
		}
		s := &Set{files: map[string]file{"own": parsed}}
		out, err := s.Text("own", data)
		if err == nil && len(out) > 4*maxBytes {
			t.Errorf("%d bytes came of %q", len(out), text)
		}
	})
}
