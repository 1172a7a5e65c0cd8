// Package paper lays out what is printed and filed on paper: the record form, the sign-in sheet and the yearly review, for Word and for print from a browser.
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

// part is a heading, paragraphs, a graph, a table and a remark after it; each may be empty.
type part struct {
	heading string
	paras   []line
	graph   *graph
	columns []int // their shares of the width
	head    int   // so many rows stand again on every page
	rows    []row
	remark  string
	kept    bool // stays together, on the page of what stands before it
	fresh   bool // begins on a new page; it has a heading
	dense   bool // many columns: small letters, and on a phone the table keeps its width and scrolls in its box
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
	keep    bool // of a paragraph: it stays on the page of the next one
}

// space is the space between paragraphs and tables, in points.
const space = 4

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
		for i, l := range part.paras {
			para := l.word(word.ByLook)
			para.Keep = l.keep || part.kept || part.graph != nil || len(part.rows) > 0
			if i == 0 && part.heading == "" {
				para.Before = space
			}
			if i == len(part.paras)-1 {
				para.After = space
			}
			d.Blocks = append(d.Blocks, para)
		}
		if part.graph != nil {
			d.Blocks = append(d.Blocks, part.graph.word())
		}
		if len(part.rows) > 0 {
			d.Blocks = append(d.Blocks, part.word())
		}
		if part.remark != "" {
			d.Blocks = append(d.Blocks, word.Paragraph{Look: word.Small, Text: part.remark})
		}
	}
	return d.Write(w)
}

func (p part) word() word.Table {
	t := word.Table{Columns: widths(p.columns), Head: p.head}
	for i, r := range p.rows {
		out := word.Row{Height: r.height}
		for _, c := range r.cells {
			out.Cells = append(out.Cells, c.word(p.dense))
		}
		for _, c := range out.Cells {
			for j := range c.Blocks {
				c.Blocks[j].Keep = p.kept && i < len(p.rows)-1
			}
		}
		t.Rows = append(t.Rows, out)
	}
	return t
}

func (c cell) word(dense bool) word.Cell {
	out := word.Cell{Right: c.right, Down: c.down, Shaded: c.label}
	align := word.ByLook
	if c.centred {
		align = word.Centre
	}
	if c.photo != nil {
		out.Blocks = append(out.Blocks, word.Paragraph{Align: word.Centre, Picture: &word.Picture{Bytes: c.photo, Width: photoWidth, Height: photoHeight}})
	}
	for _, l := range c.lines {
		p := l.word(align)
		switch {
		case c.label && dense:
			p.Look, p.Align = word.Small, word.Centre
		case c.label:
			p.Look = word.Label
		case dense && !l.missing:
			p.Look = word.Small
		}
		out.Blocks = append(out.Blocks, p)
	}
	return out
}

func (l line) word(align word.Align) word.Paragraph {
	p := word.Paragraph{Look: word.Body, Align: align, Text: l.text}
	if l.missing {
		p.Look = word.Lacking
	}
	return p
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
