package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// scanFormulas finds the cells of a sheet that hold a formula: their indexes by line. It reads the sheet to its end and refuses one that is
// broken, at which excelize's rows would end quietly. excelize.GetCellFormula is no way: it fills each row up to its last cell, so that
// a few cells in the last column take up all memory.
func scanFormulas(book *excelize.File, sheet string) (map[int][]int, error) {
	part, ok := book.Pkg.Load(partOf(book, sheet))
	if !ok {
		return nil, errors.New("a sheet is missing in it")
	}
	in := xml.NewDecoder(bytes.NewReader(part.([]byte)))
	in.CharsetReader = book.CharsetReader
	found, at := map[int][]int{}, cursor{}
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		if element, ok := token.(xml.StartElement); ok && at.enter(element) {
			found[at.line] = append(found[at.line], at.column-1)
		}
	}
}

// cursor is where in a sheet a reader stands; both count from 1.
type cursor struct{ line, column int }

// enter moves to the element and tells whether it is a formula. Rows and cells without an address follow the one before.
func (c *cursor) enter(e xml.StartElement) (isFormula bool) {
	switch e.Name.Local {
	case "row":
		c.line, c.column = c.line+1, 0
		if line, err := strconv.Atoi(address(e)); err == nil {
			c.line = line
		}
	case "c":
		c.column++
		if column, _, err := excelize.CellNameToCoordinates(address(e)); err == nil {
			c.column = column
		}
	}
	return e.Name.Local == "f" && c.column > 0
}

func address(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "r" {
			return a.Value
		}
	}
	return ""
}

// partOf gives the path of a sheet inside the workbook, or nothing.
func partOf(book *excelize.File, sheet string) string {
	for _, s := range book.WorkBook.Sheets.Sheet {
		if s.Name == sheet {
			return relations(book)[s.ID]
		}
	}
	return ""
}

// relations gives the paths of the workbook's parts by their ids.
func relations(book *excelize.File) map[string]string {
	targets := map[string]string{}
	book.Pkg.Range(func(key, value any) bool {
		name := key.(string)
		dir, file := path.Split(name)
		if path.Base(dir) != "_rels" || !strings.HasPrefix(file, "workbook") {
			return true
		}
		var list struct {
			Relationship []struct {
				ID     string `xml:"Id,attr"`
				Target string `xml:",attr"`
			}
		}
		if xml.Unmarshal(value.([]byte), &list) != nil {
			return true
		}
		for _, r := range list.Relationship {
			if strings.HasPrefix(r.Target, "/") {
				targets[r.ID] = strings.TrimPrefix(r.Target, "/")
			} else {
				targets[r.ID] = path.Join(path.Dir(path.Clean(dir)), r.Target)
			}
		}
		return false
	})
	return targets
}
