// Package paper lays out what is printed and filed on paper: the record form and the sign-in sheet, for Word and for print from a browser.
// Both are drawn from one page, so that they say the same, field by field.
package paper

import (
	"io"

	"themeday/templates/word"
)

// page is a document before it is known whether it becomes Word or HTML.
type page struct {
	title string
	above string // a line above the first table
	parts []part
}

// part is a table with a heading before it and a remark after it; either may be empty.
type part struct {
	heading string
	columns []int // their shares of the width
	head    int   // so many rows stand again on every page
	rows    []row
	remark  string
	fresh   bool // begins on a new page; it has a heading
}

type row struct {
	height int // at least, in millimetres
	cells  []cell
}

type cell struct {
	right, down int
	label       bool
	centred     bool
	lines       []line
	photo       []byte // a JPEG
}

// line is a line of a cell; what is missing stands out.
type line struct {
	text    string
	missing bool
}

// The box of a photo in a cell, in millimetres.
const photoWidth, photoHeight = 70, 52

// lacking is how something prints that the facts do not give.
func lacking(name string) line { return line{text: "【缺：" + name + "】", missing: true} }

func label(text string) cell { return cell{right: 2, label: true, lines: []line{{text: text}}} }

func value(right int, lines ...line) cell { return cell{right: right, lines: lines} }

func text(s string) line { return line{text: s} }

// or is the text, or that it is missing.
func or(s, name string) line {
	if s == "" {
		return lacking(name)
	}
	return text(s)
}

func cells(c ...cell) row { return row{cells: c} }

// widths shares the width of the text among columns.
func widths(shares []int) []int {
	total, left := 0, word.TextWidth
	for _, s := range shares {
		total += s
	}
	out := make([]int, len(shares))
	for i, s := range shares {
		out[i] = word.TextWidth * s / total
		left -= out[i]
	}
	out[len(out)-1] += left
	return out
}

// word writes the page as a Word document.
func (p page) word(w io.Writer) error {
	d := word.Document{Title: p.title, Blocks: []word.Block{word.Paragraph{Look: word.Title, Text: p.title}}}
	if p.above != "" {
		d.Blocks = append(d.Blocks, word.Paragraph{Look: word.Small, Align: word.Centre, Text: p.above, Keep: true})
	}
	for _, part := range p.parts {
		if part.heading != "" {
			d.Blocks = append(d.Blocks, word.Paragraph{Look: word.Heading, Text: part.heading, Fresh: part.fresh})
		}
		d.Blocks = append(d.Blocks, part.word())
		if part.remark != "" {
			d.Blocks = append(d.Blocks, word.Paragraph{Look: word.Small, Text: part.remark})
		}
	}
	return d.Write(w)
}

func (p part) word() word.Table {
	t := word.Table{Columns: widths(p.columns), Head: p.head}
	for _, r := range p.rows {
		out := word.Row{Height: r.height}
		for _, c := range r.cells {
			out.Cells = append(out.Cells, c.word())
		}
		t.Rows = append(t.Rows, out)
	}
	return t
}

func (c cell) word() word.Cell {
	out := word.Cell{Right: c.right, Down: c.down, Shaded: c.label}
	align := word.ByLook
	if c.centred {
		align = word.Centre
	}
	if c.photo != nil {
		out.Blocks = append(out.Blocks, word.Paragraph{Align: word.Centre, Picture: &word.Picture{Bytes: c.photo, Width: photoWidth, Height: photoHeight}})
	}
	for _, l := range c.lines {
		look := word.Body
		switch {
		case c.label:
			look = word.Label
		case l.missing:
			look = word.Lacking
		}
		out.Blocks = append(out.Blocks, word.Paragraph{Look: look, Align: align, Text: l.text})
	}
	return out
}

// long tells whether a row may have to be split over two pages.
func (r row) long() bool {
	for _, c := range r.cells {
		n := 0
		for _, l := range c.lines {
			n += len([]rune(l.text)) + 20
		}
		if n > 400 {
			return true
		}
	}
	return false
}
