package book

import (
	"bufio"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/http"

	"themeday"
)

//go:embed ledger.html index.html
var pages embed.FS

var ledgerPage = template.Must(template.ParseFS(pages, "ledger.html"))

// HTML writes the ledger as a page for print, A4 landscape, that needs nothing else: no script, no other file.
func (l Ledger) HTML(w io.Writer, years Yearbooks) error {
	out := bufio.NewWriterSize(w, 64<<10)
	if err := ledgerPage.ExecuteTemplate(out, "head", map[string]any{"Title": plain(l.Title), "Made": shown(l.Made, themeday.CellInstant), "Head": l.Head}); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	branch := 0
	err := l.each(years, func(y themeday.Yearbook) error {
		branch++
		if err := ledgerPage.ExecuteTemplate(out, "branch", l.page(y, branch)); err != nil {
			return fmt.Errorf("write the page: %w", err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := ledgerPage.ExecuteTemplate(out, "foot", nil); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return out.Flush()
}

// pageBranch is a branch's ledger as the template reads it.
type pageBranch struct {
	Heading string // of which branch, in a ledger of several
	First   bool
	Parts   []pagePart
}

type pagePart struct {
	Number  int
	Name    string
	Columns []themeday.Column
	Rows    [][]pageCell
}

type pageCell struct {
	Text    string
	Class   string       // prose, or tight where a line may not be broken
	Picture template.URL // a data: address made of a thumbnail
}

var classes = map[themeday.CellKind]string{
	themeday.CellProse: "prose", themeday.CellNumber: "tight", themeday.CellPercent: "tight", themeday.CellMean: "tight", themeday.CellDate: "tight",
	themeday.CellClock: "tight", themeday.CellInstant: "tight",
}

func (l Ledger) page(y themeday.Yearbook, number int) pageBranch {
	p := pageBranch{First: number == 1}
	if l.Several {
		p.Heading = plain(fmt.Sprintf("%s %d年度", y.Branch.Name, y.Year))
	}
	for i, part := range themeday.YearParts() {
		pp := pagePart{Number: i + 1, Name: part.Name, Columns: part.Columns}
		for _, row := range y.Rows[i] {
			pp.Rows = append(pp.Rows, l.pageRow(part.Columns, row))
		}
		p.Parts = append(p.Parts, pp)
	}
	return p
}

func (l Ledger) pageRow(columns []themeday.Column, row []any) []pageCell {
	cells := make([]pageCell, len(columns))
	for i, c := range columns {
		if c.Kind != themeday.CellPicture {
			cells[i] = pageCell{Text: shown(row[i], c.Kind), Class: classes[c.Kind]}
			continue
		}
		if id, ok := row[i].(string); ok && l.Thumb != nil {
			if small := l.Thumb(id); small != nil {
				cells[i].Picture = template.URL("data:" + http.DetectContentType(small) + ";base64," + base64.StdEncoding.EncodeToString(small)) //nolint:gosec // our own bytes
			}
		}
	}
	return cells
}
