package book

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // thumbnails
	"time"

	"github.com/xuri/excelize/v2"

	"themeday"
)

// sheet is one sheet while it is being written: title, header, rows.
type sheet struct {
	file    *excelize.File
	out     *excelize.StreamWriter
	styles  styles
	name    string
	columns []themeday.Column
	last    int   // the last row written
	cells   []any // of the row at hand, used again
	thumb   func(id string) []byte
}

// Rows 1 and 2 are the title and the header; they stay in sight and stand on every page.
const headRows = 2

// newSheet begins a sheet. What stands before its rows in the file has to be said before the first of them.
func newSheet(f *excelize.File, st styles, index int, name, title string, columns []themeday.Column) (*sheet, error) {
	if index == 0 {
		if err := f.SetSheetName("Sheet1", name); err != nil {
			return nil, err
		}
	} else if _, err := f.NewSheet(name); err != nil {
		return nil, err
	}
	if err := pageSetup(f, name); err != nil {
		return nil, err
	}
	if err := f.SetSheetDimension(name, ""); err != nil { // A1 would stand there, which some readers believe
		return nil, err
	}
	out, err := f.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	s := &sheet{file: f, out: out, styles: st, name: name, columns: columns, cells: make([]any, len(columns))}
	return s, s.begin(title)
}

// pageSetup makes it A4, landscape, as wide as a page.
func pageSetup(f *excelize.File, name string) error {
	yes, landscape, a4, one, any := true, "landscape", 9, 1, 0
	if err := f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	if err := f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &one, FitToHeight: &any}); err != nil {
		return err
	}
	side, top, foot := 0.4, 0.6, 0.3
	return f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &top, Footer: &foot, Header: &foot, Horizontally: &yes})
}

func (s *sheet) begin(title string) error {
	for i, c := range s.columns {
		if err := s.out.SetColWidth(i+1, i+1, width(s.name, c)); err != nil {
			return err
		}
	}
	if err := s.out.SetPanes(&excelize.Panes{Freeze: true, YSplit: headRows, TopLeftCell: "A3", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := s.out.SetRow("A1", []any{excelize.Cell{StyleID: s.styles.title, Value: plain(title)}}, excelize.RowOpts{Height: 30}); err != nil {
		return err
	}
	if err := s.out.MergeCell("A1", s.corner(1)); err != nil {
		return err
	}
	for i, c := range s.columns {
		s.cells[i] = excelize.Cell{StyleID: s.styles.head, Value: headline(c.Name)}
	}
	s.last = headRows
	return s.out.SetRow("A2", s.cells, excelize.RowOpts{Height: 30})
}

// corner is the address of the last column in a row.
func (s *sheet) corner(row int) string { return address(len(s.columns), row) }

func address(column, row int) string {
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(err) // beyond the limits of a sheet, which add keeps
	}
	return cell
}

// add writes a row.
func (s *sheet) add(row []any) error {
	if len(row) != len(s.columns) {
		return fmt.Errorf("a row of %d cells where there are %d columns", len(row), len(s.columns))
	}
	if s.last == excelize.TotalRows {
		return fmt.Errorf("more than %d rows: export fewer branches at a time", excelize.TotalRows)
	}
	s.last++
	high := float64(oneLine)
	for i, c := range s.columns {
		value := cellValue(row[i], c.Kind)
		if text, ok := value.(string); ok {
			high = max(high, height(text, width(s.name, c)))
		}
		if c.Kind == themeday.CellPicture {
			drawn, err := s.picture(i+1, row[i])
			if err != nil {
				return err
			}
			high, value = max(high, drawn), nil
		}
		s.cells[i] = excelize.Cell{StyleID: s.styles.byKind[c.Kind], Value: value}
	}
	return s.out.SetRow(address(1, s.last), s.cells, excelize.RowOpts{Height: high})
}

// boxWidth and boxHeight are how large a thumbnail is shown at most, in pixels; its bytes go in as they are.
const boxWidth, boxHeight = 240, 160

// picture draws the thumbnail of a picture into a cell and tells how high the row has to be for it, in points.
func (s *sheet) picture(column int, id any) (float64, error) {
	name, ok := id.(string)
	if !ok || s.thumb == nil {
		return 0, nil
	}
	small := s.thumb(name)
	size, format, err := image.DecodeConfig(bytes.NewReader(small))
	if err != nil {
		return 0, nil // none to show
	}
	const inset = 4
	scale := min(1, boxWidth/float64(size.Width), boxHeight/float64(size.Height))
	return (float64(size.Height)*scale + 2*inset) * 0.75, s.file.AddPictureFromBytes(s.name, address(column, s.last), &excelize.Picture{
		Extension: "." + format, File: small,
		Format: &excelize.GraphicOptions{Positioning: "oneCell", OffsetX: inset, OffsetY: inset, ScaleX: scale, ScaleY: scale},
	})
}

// finish writes what stands behind the rows: filter, what is printed, page numbers.
func (s *sheet) finish(made time.Time) error {
	if s.last == headRows {
		row := make([]any, len(s.columns))
		row[0] = "无"
		if err := s.add(row); err != nil {
			return err
		}
	}
	all := "A2:" + s.corner(s.last)
	if err := s.file.AutoFilter(s.name, all, nil); err != nil {
		return err
	}
	for _, d := range []struct{ name, area string }{
		{"_xlnm.Print_Area", fmt.Sprintf("'%s'!$A$1:%s", s.name, fixed(len(s.columns), s.last))},
		{"_xlnm.Print_Titles", fmt.Sprintf("'%s'!$1:$%d", s.name, headRows)},
	} {
		if err := s.file.SetDefinedName(&excelize.DefinedName{Name: d.name, RefersTo: d.area, Scope: s.name}); err != nil {
			return err
		}
	}
	footer := "&L&9导出时间 " + made.Format("2006-01-02 15:04") + "&C&9第 &P 页，共 &N 页"
	if err := s.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: footer}); err != nil {
		return err
	}
	return s.out.Flush()
}

func fixed(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row, true)
	if err != nil {
		panic(err)
	}
	return name
}
