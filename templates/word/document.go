// Package word writes Word documents (.docx) from scratch: A4, ruled tables whose cells may span both ways, pictures, charts, page numbers.
// The same document always gives the same bytes. Whatever text is given stays text: see Clean.
package word

import "io"

// Document is what is written: a title for the file's properties, and the blocks of the page from top to bottom.
type Document struct {
	Title  string
	Blocks []Block
}

// Block is a Paragraph, a Table or a Chart.
type Block interface{ write(w *writer) }

// Look is how a paragraph looks.
type Look int

// The looks: of official papers, by the fonts that GB/T 9704 names.
const (
	Body    Look = iota // 仿宋, 10.5 pt
	Title               // 小标宋, 18 pt, centred
	Heading             // 黑体, 12 pt
	Label               // 黑体, 10.5 pt, centred
	Small               // 宋体, 9 pt
	Lacking             // 黑体, 10.5 pt: something to be filled in
)

// Align is where the lines of a paragraph stand.
type Align int

// The alignments; ByLook is the look's own.
const (
	ByLook Align = iota
	Left
	Centre
	Right
)

// Paragraph is text of one look, whose newlines are line breaks, or a picture.
type Paragraph struct {
	Look    Look
	Align   Align
	Text    string
	Picture *Picture
	Keep    bool // stays on the page of the next one
	Fresh   bool // begins on a new page

	Before, After int // space, in points
}

// Picture is a PNG or JPEG, drawn as large as fits into the box, in millimetres, without being distorted.
type Picture struct {
	Bytes         []byte
	Width, Height int
	Alt           string
}

// TextWidth is the width between the margins in twips (1/1440 inch): 156 mm.
const TextWidth = 8844

// Table is ruled. Its columns are in twips; its first Head rows stand again on every page.
type Table struct {
	Columns []int
	Head    int
	Rows    []Row
}

// Row is a row of cells from left to right; the places that a cell from above reaches down to are left out, as in HTML.
type Row struct {
	Height int // at least, in millimetres; 0: as the text needs
	Cells  []Cell
}

// Cell covers so many columns to the right and rows down; 0 is 1.
type Cell struct {
	Right, Down int
	Shaded      bool
	Blocks      []Paragraph
}

// Write writes the document; a table whose cells do not fill its grid and a picture that is none are errors.
func (d Document) Write(out io.Writer) error {
	w := &writer{}
	for _, b := range d.Blocks {
		b.write(w)
	}
	if _, table := last(d.Blocks).(Table); table || len(d.Blocks) == 0 {
		w.add(`<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>`) // Word wants a paragraph at the end
	}
	if w.err != nil {
		return w.err
	}
	return w.pack(out, d.Title)
}

func last(blocks []Block) Block {
	if len(blocks) == 0 {
		return nil
	}
	return blocks[len(blocks)-1]
}
