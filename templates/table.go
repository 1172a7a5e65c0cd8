package templates

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// table prints a line a row: 甲：乙 with two columns, 列一：甲；列二：乙 with more.
// The header of two columns is a label for the template's author, and shown only when a value stands in it.
func (p *chatPrinter) table(table *extast.Table) {
	header, rows := table.FirstChild(), table.ChildCount()-1
	titles := p.cells(header)
	switch {
	case len(titles) == 1, p.holdsValue(header) && (len(titles) == 2 || rows == 0):
		p.print(row(nil, titles))
	}
	for r := header.NextSibling(); r != nil; r = r.NextSibling() {
		p.print(row(titles, p.cells(r)))
	}
}

func (p *chatPrinter) cells(row ast.Node) []string {
	var cells []string
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		cells = append(cells, oneLine(p.inline(c)))
	}
	return cells
}

// holdsValue tells whether something that came out of {{…}} stands in a cell of the row.
func (p *chatPrinter) holdsValue(row ast.Node) bool {
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		if bytes.ContainsRune(c.Lines().Value(p.source), edge) {
			return true
		}
	}
	return false
}

// row is one line of a table; cells that are empty are left out when there are more than two.
func row(titles, cells []string) string {
	if len(cells) == 2 {
		return pair(cells[0], cells[1])
	}
	var parts []string
	for i, cell := range cells {
		switch {
		case cell == "":
		case i < len(titles) && len(titles) > 1:
			parts = append(parts, pair(titles[i], cell))
		default:
			parts = append(parts, cell)
		}
	}
	return strings.Join(parts, "；")
}

func pair(title, value string) string {
	if title == "" {
		return value
	}
	return title + "：" + value
}

// blankBeforeTable looks at the line above the header, because goldmark does not tell it of tables.
func (p *chatPrinter) blankBeforeTable(table *extast.Table) bool {
	first := table.FirstChild().FirstChild()
	if first == nil || first.Lines().Len() == 0 {
		return true
	}
	above := p.source[:first.Lines().At(0).Start]
	above = above[:max(bytes.LastIndexByte(above, '\n'), 0)]
	above = above[bytes.LastIndexByte(above, '\n')+1:]
	return len(bytes.Trim(above, "> \t")) == 0
}
