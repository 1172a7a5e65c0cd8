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

// maxTags is how many tags all XML parts may have together: each costs much more memory than bytes, and empty ones pack to nothing. A roster of
// 20,000 people has about two million.
const maxTags = 4_000_000

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
	left, tags := uint64(maxUnzipped), 0
	for _, f := range archive.File {
		if f.UncompressedSize64 > left {
			return fmt.Errorf("the workbook unfolds to more than %d MB; copy the table into a new workbook", maxUnzipped>>20)
		}
		if isXML := strings.HasSuffix(strings.ToLower(f.Name), ".xml"); isXML && f.UncompressedSize64 > maxPart {
			return fmt.Errorf("a sheet unfolds to more than %d MB; copy the table into a new workbook", maxPart>>20)
		}
		left -= f.UncompressedSize64
		n, err := readThrough(f)
		if err != nil {
			return damaged(err)
		}
		if tags += n; tags > maxTags {
			return errors.New("the workbook holds millions of empty cells or texts; copy the table into a new workbook")
		}
	}
	return nil
}

// readThrough reads a part to its end and counts its tags.
func readThrough(f *zip.File) (tags int, err error) {
	part, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer part.Close()
	piece := make([]byte, 32<<10)
	for {
		n, err := part.Read(piece)
		tags += bytes.Count(piece[:n], []byte{'<'})
		if errors.Is(err, io.EOF) {
			return tags, nil
		}
		if err != nil || tags > maxTags {
			return tags, err
		}
	}
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
