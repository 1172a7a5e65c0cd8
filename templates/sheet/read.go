// Package sheet reads table files (CSV and Excel workbooks) into rows. It knows files and encodings, not what stands in them.
package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"themeday"
)

// Row is a row of a table file; rows with neither text nor a formula are left out.
type Row = themeday.SheetRow

// The limits of a table file. A roster of thousands is far below them.
const (
	maxBytes   = 20 << 20
	maxRows    = 20_000
	maxColumns = 64
	maxRunes   = 2_000 // in a cell
)

// Read reads the rows of a .csv or .xlsx file that hold text; progress, which may be nil, hears how many are done.
// Errors are for the operator: one English sentence that begins with the file's name and says how to mend it.
func Read(path string, progress func(done int)) ([]Row, error) {
	name := filepath.Base(path)
	data, err := load(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, explain(err))
	}
	rows, err := readTable(name, data, progress)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return rows, nil
}

// load takes a whole file into memory, if it is one and not too large.
func load(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errors.New("this is a folder; name the .xlsx or .csv file in it")
	case !info.Mode().IsRegular():
		return nil, errors.New("this is no ordinary file; save the table as .xlsx or .csv and name that")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err == nil && len(data) > maxBytes {
		err = fmt.Errorf("the file is larger than %d MB; remove pictures and unused sheets, or split it", maxBytes>>20)
	}
	return data, err
}

// explain says in words what the system's error means and what to do.
func explain(err error) error {
	var system *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("there is no such file; check the name and the folder")
	case errors.Is(err, fs.ErrPermission):
		return errors.New("the file may not be read; give this user the right to read it")
	case errors.As(err, &system):
		return fmt.Errorf("the file cannot be read (%w); close it in other programs and try again", system.Err)
	}
	return err
}

// readTable reads a table by what it holds; its name's ending must be one that promises a table.
func readTable(name string, data []byte, progress func(done int)) ([]Row, error) {
	if progress == nil {
		progress = func(int) {}
	}
	ending := strings.ToLower(filepath.Ext(name))
	isOLE := bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	isZip := bytes.HasPrefix(data, []byte("PK\x03\x04"))
	switch {
	case len(data) == 0:
		return nil, errors.New("the file is empty; save the table again")
	case isOLE:
		return nil, errors.New("this is an old .xls workbook or one with a password; save it as .xlsx without a password")
	case ending == ".xls" && !isZip:
		return nil, errors.New("old .xls files are not read; save it as .xlsx")
	case ending != ".csv" && ending != ".xlsx" && ending != ".xls":
		return nil, fmt.Errorf("files that end in %q are not read; save the table as .xlsx or .csv", ending)
	case isZip:
		return readWorkbook(data, progress)
	case ending == ".xlsx":
		return nil, errors.New("the name ends in .xlsx but this is no Excel workbook; save it as .xlsx again, or rename it to .csv if it is text")
	}
	return readCSV(data, progress)
}
