package word

// reach is a cell from above that still reaches down into the next rows.
type reach struct {
	right int // how many columns it covers
	down  int // how many rows are still to come
	cell  Cell
}

func (t Table) write(w *writer) {
	total := 0
	for _, c := range t.Columns {
		total += c
	}
	w.add(`<w:tbl><w:tblPr><w:tblStyle w:val="ruled"/><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, total)
	for _, c := range t.Columns {
		w.add(`<w:gridCol w:w="%d"/>`, c)
	}
	w.add(`</w:tblGrid>`)
	above := map[int]reach{} // by the column where it begins
	for i, r := range t.Rows {
		t.row(w, i, r, above)
	}
	for _, r := range above {
		if r.down > 0 {
			w.fail("a cell reaches %d rows below the table", r.down)
		}
	}
	w.add(`</w:tbl>`)
}

func (t Table) row(w *writer, i int, r Row, above map[int]reach) {
	w.add(`<w:tr><w:trPr>`)
	if short(r) {
		w.add(`<w:cantSplit/>`)
	}
	if r.Height > 0 {
		w.add(`<w:trHeight w:val="%d" w:hRule="atLeast"/>`, r.Height*1440*10/254)
	}
	if i < t.Head {
		w.add(`<w:tblHeader/>`)
	}
	w.add(`</w:trPr>`)
	next := 0
	for column := 0; column < len(t.Columns); {
		if a, reaches := above[column]; reaches && a.down > 0 {
			a.down--
			above[column] = a
			t.cell(w, column, Cell{Right: a.right, Shaded: a.cell.Shaded}, "continue")
			column += a.right
			continue
		}
		if next >= len(r.Cells) {
			w.fail("row %d has too few cells", i+1)
			break
		}
		c := r.Cells[next]
		next++
		c.Right = max(c.Right, 1)
		if column+c.Right > len(t.Columns) {
			w.fail("row %d is too wide", i+1)
			break
		}
		merge := ""
		if c.Down > 1 {
			merge = "restart"
			above[column] = reach{right: c.Right, down: c.Down - 1, cell: c}
		}
		t.cell(w, column, c, merge)
		column += c.Right
	}
	if next < len(r.Cells) {
		w.fail("row %d has too many cells", i+1)
	}
	w.add(`</w:tr>`)
}

func (t Table) cell(w *writer, column int, c Cell, merge string) {
	width := 0
	for _, one := range t.Columns[column : column+c.Right] {
		width += one
	}
	w.add(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
	if c.Right > 1 {
		w.add(`<w:gridSpan w:val="%d"/>`, c.Right)
	}
	if merge != "" {
		w.add(`<w:vMerge w:val="%s"/>`, merge)
	}
	if c.Shaded {
		w.add(`<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>`)
	}
	w.add(`<w:vAlign w:val="center"/></w:tcPr>`)
	if len(c.Blocks) == 0 {
		w.add(`<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr></w:p>`)
	}
	for _, p := range c.Blocks {
		p.write(w)
	}
	w.add(`</w:tc>`)
}

// short tells whether a row surely fits on a page, so that it need not be split over two.
func short(r Row) bool {
	for _, c := range r.Cells {
		n := 0
		for _, p := range c.Blocks {
			n += len([]rune(p.Text)) + 20
		}
		if n > 400 {
			return false
		}
	}
	return true
}
