package paper

import (
	"bytes"
	"strings"
	"testing"

	"themeday"
	"themeday/templates/word"
)

// committeeForm is a Word form with a picture and these lines.
func committeeForm(t testing.TB, lines ...string) []byte {
	t.Helper()
	picture, err := photo("")
	if err != nil {
		t.Fatal(err)
	}
	d := word.Document{Blocks: []word.Block{word.Paragraph{Picture: &word.Picture{Bytes: picture, Width: 20, Height: 20}}}}
	for _, l := range lines {
		d.Blocks = append(d.Blocks, word.Paragraph{Text: l})
	}
	var out bytes.Buffer
	if err := d.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestACommitteesOwnFormIsFilled(t *testing.T) {
	form := committeeForm(t, "{支部}{年月}", "时间：{时间}", "应到{应到}实到{实到}，{共识}", "{讨论}", "没有括号")
	filled, err := FillOwnForm(form, march())
	if err != nil {
		t.Fatal(err)
	}
	said := texts(t, filled)
	for _, want := range []string{"[图]", "第一支部2026年3月", "时间：实际14:01—18:06 / 计划14:00—18:00", "应到6实到4，【缺：共识】", "王强谈体会（陈静 14:40） / 李敏谈体会（陈静 3月22日 14:50 补记）", "没有括号"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in %s", want, said)
		}
	}
	again, err := FillOwnForm(form, march())
	if err != nil || !bytes.Equal(filled, again) {
		t.Errorf("the same form is not the same bytes: %v", err)
	}
}

func TestEveryFieldCanBeFilled(t *testing.T) {
	var lines []string
	for _, name := range FieldNames() {
		lines = append(lines, "<"+name+">{"+name+"}")
	}
	filled, err := FillOwnForm(committeeForm(t, lines...), march())
	if err != nil {
		t.Fatal(err)
	}
	said := texts(t, filled)
	for _, name := range FieldNames() {
		if strings.Contains(said, "{"+name+"}") || strings.Contains(said, "<"+name+"> ") {
			t.Errorf("%s is empty:\n%s", name, said)
		}
	}
}

func TestEveryFormBearsTheHeadOfTheLedger(t *testing.T) {
	f := march()
	f.Head = themeday.Head{Hash: strings.Repeat("3fa291c077de", 6)[:64], Entry: 2150}
	const head = "台账链首 3fa2-91c0-77de · 第 2150 条"
	for _, c := range []struct {
		lines []string
		want  string
	}{
		{[]string{"{支部}", "{链首}"}, head},
		{[]string{"{支部}", "表尾"}, "制表时" + head + "。"},
	} {
		filled, err := FillOwnForm(committeeForm(t, c.lines...), f)
		if err != nil {
			t.Fatal(err)
		}
		if said := texts(t, filled); strings.Count(said, head) != 1 || !strings.HasSuffix(strings.TrimSpace(said), c.want) {
			t.Errorf("%q: %s", c.lines, said)
		}
	}
}

func TestTheLastLineStandsBehindTablesAndBeforeTheSection(t *testing.T) {
	for _, c := range []struct{ document, want string }{
		{"<w:body><w:p>a</w:p><w:sectPr/></w:body>", "<w:body><w:p>a</w:p>LINE<w:sectPr/></w:body>"},
		{"<w:body><w:p>a</w:p><w:tbl><w:p>b</w:p></w:tbl></w:body>", "<w:body><w:p>a</w:p><w:tbl><w:p>b</w:p></w:tbl>LINE</w:body>"},
		{"<w:body><w:sdt><w:p>b</w:p></w:sdt><w:sectPr/></w:body>", "<w:body><w:sdt><w:p>b</w:p></w:sdt>LINE<w:sectPr/></w:body>"},
		{"<w:body></w:body>", "<w:body>LINE</w:body>"},
	} {
		got, err := withLine([]byte(c.document), "x")
		want := strings.Replace(c.want, "LINE", `<w:p><w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>x</w:t></w:r></w:p>`, 1)
		if err != nil || string(got) != want {
			t.Errorf("%s: %s, %v", c.document, got, err)
		}
	}
	if _, err := withLine([]byte("<x/>"), "x"); err == nil {
		t.Error("a document without a body takes a line")
	}
}

func TestAFieldThatDoesNotExistIsNamed(t *testing.T) {
	_, err := FillOwnForm(committeeForm(t, "{支部}", "{书记签名}{温度}"), march())
	if err == nil || !strings.Contains(err.Error(), "{书记签名} {温度}") || !strings.Contains(err.Error(), "{支部}") {
		t.Errorf("got %v", err)
	}
}

func TestHostileTextStaysTextInACommitteesForm(t *testing.T) {
	f := march()
	f.Place = "<w:t>{主题}</w:t>&\x00\u202e"
	filled, err := FillOwnForm(committeeForm(t, "{地点}、{主题}"), f)
	if err != nil {
		t.Fatal(err)
	}
	if said := texts(t, filled); !strings.Contains(said, "<w:t>｛主题｝</w:t>&、学习党章") {
		t.Error(said)
	}
}

func TestAFormThatIsNoneIsRefused(t *testing.T) {
	whole := committeeForm(t, "{支部}")
	for name, form := range map[string][]byte{"nothing": nil, "no zip": []byte("hello"), "half a file": whole[:len(whole)/2]} {
		t.Run(name, func(t *testing.T) {
			if _, err := FillOwnForm(form, march()); err == nil || !strings.Contains(err.Error(), "纪实表.docx") {
				t.Errorf("got %v", err)
			}
		})
	}
}
