package word

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/png"
	"io"
	"strings"
	"testing"
)

func written1(t *testing.T, d Document) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := d.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// part is one file of a document.
func part(t *testing.T, document []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(document), int64(len(document)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func dot() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 20))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func sample() Document {
	cell := func(right, down int, text string) Cell {
		return Cell{Right: right, Down: down, Blocks: []Paragraph{{Text: text}}}
	}
	return Document{Title: "表", Blocks: []Block{
		Paragraph{Look: Title, Text: "纪实表"},
		Table{Columns: []int{1000, 2000, 3000}, Head: 1, Rows: []Row{
			{Cells: []Cell{cell(3, 1, "一行")}},
			{Cells: []Cell{cell(2, 2, "两行两列"), cell(1, 1, "甲")}},
			{Height: 20, Cells: []Cell{cell(1, 1, "乙")}},
			{Cells: []Cell{{}, cell(2, 1, ""), {}}[:2]},
		}},
		Paragraph{Picture: &Picture{Bytes: dot(), Width: 70, Height: 52, Alt: `旗"<>`}},
	}}
}

func TestEveryPartOfADocumentIsWellFormed(t *testing.T) {
	document := written1(t, sample())
	z, err := zip.NewReader(bytes.NewReader(document), int64(len(document)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".xml") && !strings.HasSuffix(f.Name, ".rels") {
			continue
		}
		d := xml.NewDecoder(strings.NewReader(part(t, document, f.Name)))
		for err = nil; err == nil; {
			_, err = d.Token()
		}
		if !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

func TestTheSameDocumentIsTheSameBytes(t *testing.T) {
	if !bytes.Equal(written1(t, sample()), written1(t, sample())) {
		t.Error("the bytes differ")
	}
}

func TestCellsReachToTheRightAndDown(t *testing.T) {
	xml := part(t, written1(t, sample()), "word/document.xml")
	for want, count := range map[string]int{
		`<w:gridSpan w:val="3"/>`: 1,
		`<w:tcW w:w="3000" w:type="dxa"/><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>`:  1,
		`<w:tcW w:w="3000" w:type="dxa"/><w:gridSpan w:val="2"/><w:vMerge w:val="continue"/>`: 1,
		`<w:tblHeader/>`: 1,
		`<w:trHeight w:val="1133" w:hRule="atLeast"/>`: 1,
		`<wp:extent cx="2520000" cy="1260000"/>`:       1, // 70 mm wide, half as high
		`descr="旗&quot;&lt;&gt;"`:                      1,
	} {
		if got := strings.Count(xml, want); got != count {
			t.Errorf("%s stands there %d times, want %d", want, got, count)
		}
	}
}

func TestATableThatDoesNotFillItsGridIsRefused(t *testing.T) {
	for _, c := range []struct {
		name string
		rows []Row
		want string
	}{
		{"a cell too few", []Row{{Cells: []Cell{{}}}}, "too few"},
		{"a cell too many", []Row{{Cells: []Cell{{}, {}, {}}}}, "too many"},
		{"a cell too wide", []Row{{Cells: []Cell{{}, {Right: 2}}}}, "too wide"},
		{"a cell that reaches out of the table", []Row{{Cells: []Cell{{Down: 2}, {}}}}, "below the table"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := Document{Blocks: []Block{Table{Columns: []int{1, 1}, Rows: c.rows}}}.Write(io.Discard)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func TestAPictureThatIsNoneIsRefused(t *testing.T) {
	err := Document{Blocks: []Block{Paragraph{Picture: &Picture{Bytes: []byte("no picture"), Width: 1, Height: 1}}}}.Write(io.Discard)
	if err == nil {
		t.Error("it was written")
	}
}

func TestHostileTextStaysText(t *testing.T) {
	long := strings.Repeat("长", 10000)
	for _, c := range []struct{ name, text, want string }{
		{"markup", "<script>alert(1)</script>&amp;", "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"},
		{"a formula", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"},
		{"control characters", "a\x00\x01\x1b\x7f\u0085b", "ab"},
		{"marks that turn the direction", "张\u202e三\u2066\u200f李", "张三李"},
		{"broken UTF-8", "a\xffb", "a\uFFFDb"},
		{"noncharacters", "a\uFFFE\U0001FFFFb", "ab"},
		{"ten thousand characters", long, long},
		{"an end of the document", "]]></w:t></w:document>", "]]&gt;&lt;/w:t&gt;&lt;/w:document&gt;"},
	} {
		t.Run(c.name, func(t *testing.T) {
			xml := part(t, written1(t, Document{Blocks: []Block{Paragraph{Text: c.text}}}), "word/document.xml")
			if want := `<w:t xml:space="preserve">` + c.want + `</w:t>`; !strings.Contains(xml, want) {
				t.Errorf("%.300s does not hold %.100s", xml[strings.Index(xml, "<w:body>"):], want)
			}
		})
	}
}

func TestLinesOfATextAreLinesOfTheParagraph(t *testing.T) {
	xml := part(t, written1(t, Document{Blocks: []Block{Paragraph{Text: "一\r\n二\r三"}}}), "word/document.xml")
	if strings.Count(xml, "<w:br/>") != 2 {
		t.Error(xml)
	}
}
