package paper

import (
	_ "embed" // the page
	"encoding/base64"
	"html/template"
	"io"

	"themeday/templates/word"
)

//go:embed page.html
var pageHTML string

var printed = template.Must(template.New("page").Parse(pageHTML))

// What the HTML template reads.
type (
	htmlPage struct {
		Title, Above string
		Parts        []htmlPart
	}
	htmlPart struct {
		Heading, Remark string
		Fresh, Dense    bool
		Kept            bool
		Paras           []htmlLine
		Graph           *htmlGraph
		Columns         []float64 // percent
		Head, Rows      []htmlRow
	}
	htmlRow struct {
		Height int
		Long   bool
		Cells  []htmlCell
	}
	htmlCell struct {
		Right, Down    int
		Label, Centred bool
		Lines          []htmlLine
		Photo          template.URL
	}
	htmlLine struct {
		Text          string
		Missing, Keep bool
	}
)

// html writes the page for print from a browser: A4, no script, nothing from elsewhere.
func (p page) html(w io.Writer) error {
	out := htmlPage{Title: word.Clean(p.title), Above: word.Clean(p.above)}
	for _, part := range p.parts {
		out.Parts = append(out.Parts, part.html())
	}
	return printed.Execute(w, out)
}

func (p part) html() htmlPart {
	out := htmlPart{Heading: word.Clean(p.heading), Remark: word.Clean(p.remark), Fresh: p.fresh, Dense: p.dense, Kept: p.kept}
	for _, l := range p.paras {
		out.Paras = append(out.Paras, l.html())
	}
	if p.graph != nil {
		out.Graph = p.graph.html()
	}
	if len(p.rows) == 0 {
		return out
	}
	for _, w := range widths(p.columns) {
		out.Columns = append(out.Columns, float64(w*10000/word.TextWidth)/100)
	}
	for i, r := range p.rows {
		h := htmlRow{Height: r.height, Long: r.long()}
		for _, c := range r.cells {
			h.Cells = append(h.Cells, c.html())
		}
		if i < p.head {
			out.Head = append(out.Head, h)
		} else {
			out.Rows = append(out.Rows, h)
		}
	}
	return out
}

func (c cell) html() htmlCell {
	out := htmlCell{Right: max(c.right, 1), Down: max(c.down, 1), Label: c.label, Centred: c.centred}
	for _, l := range c.lines {
		out.Lines = append(out.Lines, l.html())
	}
	if c.photo != nil {
		out.Photo = template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(c.photo)) //nolint:gosec // our own JPEG
	}
	return out
}

func (l line) html() htmlLine { return htmlLine{word.Clean(l.text), l.missing, l.keep} }
