// Package book writes what a branch files in tables: its yearly ledger (台账) as a workbook or a printable page, its year plan as a workbook or a
// calendar. It asks nobody: rows come in, bytes go out, and what people typed stays text.
package book

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/xuri/excelize/v2"

	"themeday"
)

// Ledger is what a yearly ledger is called and how it is written.
type Ledger struct {
	Title   string // such as 第一支部 2026年度主题党日台账
	Several bool   // of several branches: every row says of which
	Made    time.Time
	Head    string // of the ledger's chain, as it is printed; may be empty
	// Thumb gives a small JPEG of a picture's id that may go into a document as it is, or nil where there is none to show. It may be nil itself.
	Thumb func(id string) []byte
	// Done, which may be nil, hears how many branches are written.
	Done func(branches int)
}

// Yearbooks are ledgers that come one after the other; the sequence ends at an error.
type Yearbooks = iter.Seq2[themeday.Yearbook, error]

// heading stands above a sheet.
func (l Ledger) heading(part string) string {
	out := l.Title + " · " + part
	if l.Head != "" {
		out += " · " + l.Head
	}
	return out
}

// each hands every ledger on and stops at the first error.
func (l Ledger) each(years Yearbooks, do func(themeday.Yearbook) error) error {
	n := 0
	for y, err := range years {
		if err == nil {
			err = do(y)
		}
		if err != nil {
			return err
		}
		if n++; l.Done != nil {
			l.Done(n)
		}
	}
	return nil
}

// XLSX writes the ledger as a workbook of fourteen sheets. Rows go straight to the sheets' own files: what is in memory is one branch and a
// buffer a sheet, however many branches there are.
func (l Ledger) XLSX(w io.Writer, years Yearbooks) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	styles, err := newStyles(f)
	if err != nil {
		return err
	}
	var sheets [14]*sheet
	for i, part := range themeday.YearParts() {
		columns := part.Columns
		if l.Several {
			columns = append([]themeday.Column{{Name: "支部", Kind: themeday.CellText}}, columns...)
		}
		if sheets[i], err = newSheet(f, styles, i, part.Name, l.heading(part.Name), columns); err != nil {
			return fmt.Errorf("sheet %s: %w", part.Name, err)
		}
		sheets[i].thumb = l.Thumb
	}
	if err := l.each(years, func(y themeday.Yearbook) error { return l.fill(&sheets, y) }); err != nil {
		return err
	}
	for _, s := range sheets {
		if err := s.finish(l.Made); err != nil {
			return fmt.Errorf("sheet %s: %w", s.name, err)
		}
	}
	return f.Write(w)
}

func (l Ledger) fill(sheets *[14]*sheet, y themeday.Yearbook) error {
	for i, rows := range y.Rows {
		for _, row := range rows {
			if l.Several {
				row = append([]any{y.Branch.Name}, row...)
			}
			if err := sheets[i].add(row); err != nil {
				return fmt.Errorf("sheet %s: %w", sheets[i].name, err)
			}
		}
	}
	return nil
}
