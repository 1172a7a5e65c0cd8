package sheet

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// table gathers rows within the limits.
type table struct {
	rows     []Row
	progress func(done int)
}

// add appends a row unless neither text nor a formula stands in it; empty cells at its end are cut off, those with a formula stay.
func (t *table) add(row Row) error {
	last := len(row.Cells) - 1
	for last >= 0 && !hasText(row.Cells[last]) && !slices.Contains(row.Formulas, last) {
		last--
	}
	if row.Cells = row.Cells[:last+1]; last < 0 && len(row.Formulas) == 0 {
		return nil
	}
	switch {
	case len(t.rows) == maxRows:
		return fmt.Errorf("line %d: there are more than %d rows; split the table", row.Line, maxRows)
	case len(row.Cells) > maxColumns:
		return fmt.Errorf("line %d: there are more than %d columns; remove what stands at the far right", row.Line, maxColumns)
	}
	for i, cell := range row.Cells {
		if utf8.RuneCountInString(cell) > maxRunes {
			return fmt.Errorf("line %d, column %d: the text is longer than %d characters; shorten it, or mend a missing quotation mark before it", row.Line, i+1, maxRunes)
		}
	}
	t.rows = append(t.rows, row)
	t.progress(len(t.rows))
	return nil
}

// all gives the rows, of which there must be some.
func (t *table) all() ([]Row, error) {
	if len(t.rows) == 0 {
		return nil, errors.New("the table holds no text; fill it in and save it again")
	}
	return t.rows, nil
}

// hasText tells whether anything but blanks and byte order marks stands in a cell.
func hasText(cell string) bool { return strings.Trim(cell, " \t\r\n\u00a0\u3000\ufeff\u200b") != "" }
