package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// How many bytes a workbook and each of its XML parts may unfold to; beyond them lies a bomb. excelize would put a larger sheet into a
// temporary file, where scanFormulas does not look.
const (
	maxUnzipped = 200 << 20
	maxPart     = 64 << 20
)

// readWorkbook reads the first visible sheet with text.
func readWorkbook(data []byte, progress func(done int)) ([]Row, error) {
	if err := checkArchive(data); err != nil {
		return nil, err
	}
	// The dates of a plan come out as 2026-03-13 whatever the writer's region shows.
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxPart, ShortDatePattern: "yyyy-mm-dd",
	})
	if err != nil {
		return nil, damaged(err)
	}
	defer book.Close()
	t := table{progress: progress}
	for _, name := range book.GetSheetList() {
		if visible, err := book.GetSheetVisible(name); err != nil || !visible || !strings.Contains(partOf(book, name), "worksheets/") {
			continue
		}
		if err := readSheet(book, name, &t); err != nil {
			return nil, err
		}
		if len(t.rows) > 0 {
			break
		}
	}
	return t.all()
}

// checkArchive reads every part once: excelize takes a part that breaks off for one that ends there, which would lose rows unsaid.
func checkArchive(data []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return damaged(err)
	}
	if !slices.ContainsFunc(archive.File, func(f *zip.File) bool { return strings.HasPrefix(strings.ToLower(f.Name), "xl/") }) {
		return errors.New("this is a zip archive but no Excel workbook; save the table as .xlsx or .csv")
	}
	left := uint64(maxUnzipped)
	for _, f := range archive.File {
		if f.UncompressedSize64 > left {
			return fmt.Errorf("the workbook unfolds to more than %d MB; copy the table into a new workbook", maxUnzipped>>20)
		}
		if isXML := strings.HasSuffix(strings.ToLower(f.Name), ".xml"); isXML && f.UncompressedSize64 > maxPart {
			return fmt.Errorf("a sheet unfolds to more than %d MB; copy the table into a new workbook", maxPart>>20)
		}
		left -= f.UncompressedSize64
		if err := readThrough(f); err != nil {
			return damaged(err)
		}
	}
	return nil
}

func readThrough(f *zip.File) error {
	part, err := f.Open()
	if err != nil {
		return err
	}
	defer part.Close()
	_, err = io.Copy(io.Discard, part)
	return err
}

func damaged(err error) error {
	return fmt.Errorf("the workbook is damaged or no .xlsx (%w); open it in Excel or WPS and save it again", err)
}

func readSheet(book *excelize.File, name string, t *table) error {
	formulas, err := scanFormulas(book, name)
	if err != nil {
		return damaged(err)
	}
	rows, err := book.Rows(name)
	if err != nil {
		return damaged(err)
	}
	defer rows.Close()
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			return damaged(err)
		}
		if err := t.add(Row{Line: line, Cells: cells, Formulas: formulas[line]}); err != nil {
			return err
		}
	}
	return rows.Error()
}
