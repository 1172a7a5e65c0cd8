package book

import (
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"themeday"
)

// styles are the workbook's cell styles.
type styles struct {
	title, head int
	byKind      map[themeday.CellKind]int
}

// Formats of numbers: excelize's 49 is text, in which a cell stays text even when somebody edits it.
var formats = map[themeday.CellKind]string{
	themeday.CellText: "@", themeday.CellProse: "@", themeday.CellNumber: "0", themeday.CellPercent: "0%", themeday.CellMean: "0.0", themeday.CellDate: "yyyy-mm-dd",
	themeday.CellClock: "hh:mm", themeday.CellInstant: "yyyy-mm-dd hh:mm", themeday.CellPicture: "@", themeday.CellSign: "@",
}

func newStyles(f *excelize.File) (styles, error) {
	line := func(side string) excelize.Border { return excelize.Border{Type: side, Color: "808080", Style: 1} }
	box := []excelize.Border{line("left"), line("right"), line("top"), line("bottom")}
	s := styles{byKind: map[themeday.CellKind]int{}}
	var err error
	s.title, err = f.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Family: "黑体", Size: 14, Bold: true},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center"},
	})
	if err != nil {
		return s, err
	}
	s.head, err = f.NewStyle(&excelize.Style{
		Border: box, Font: &excelize.Font{Family: "黑体", Size: 10, Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2E6E6"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
	})
	for kind := themeday.CellText; kind <= themeday.CellSign; kind++ { // in a fixed order, so that the same rows give the same bytes
		if err != nil {
			return s, err
		}
		format := formats[kind]
		align := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
		if kind == themeday.CellProse {
			align.Horizontal = "left"
		}
		s.byKind[kind], err = f.NewStyle(&excelize.Style{Border: box, Font: &excelize.Font{Family: "宋体", Size: 10}, CustomNumFmt: &format, Alignment: align})
	}
	return s, err
}

// widths are those of the columns by what stands in them, in characters of which a Chinese one takes two.
var widths = map[themeday.CellKind]float64{
	themeday.CellText: 10, themeday.CellProse: 22, themeday.CellNumber: 6, themeday.CellPercent: 8, themeday.CellMean: 8, themeday.CellDate: 11, themeday.CellClock: 7,
	themeday.CellInstant: 16, themeday.CellPicture: 36, themeday.CellSign: 12,
}

// ownWidths are those of columns whose texts are shorter or longer than others of their kind.
var ownWidths = map[string]float64{
	"月份": 7, "星期": 7, "编号": 7, "地点": 16, "身份": 16, "方式": 13, "主题": 28, "议程": 32, "委托事由": 16, "发出内容": 60, "纪实内容": 70, "学习心得": 50, "指纹（SHA-256）": 36,
	"事项": 18, "相似": 20, "请假条": 18, "计划备案": 10, "情况": 8, "纪实表": 14, "发现问题": 36, "整改情况": 36, "点评": 50,
	"参加方式": 30, "年度计划/月份": 12, "更正与异议/说明": 60, "更正与异议/事项": 20,
	"条款": 40, "证据": 70, "文件": 44,
}

// meanMark stands at the end of the headers of means, on a line of its own.
const meanMark = "（均分）"

// headline is a header as it is written.
func headline(name string) string { return strings.Replace(name, meanMark, "\n"+meanMark, 1) }

// width leaves room for the header, which may take two lines, and for the button of the filter. A column may have another width on one sheet.
func width(sheet string, c themeday.Column) float64 {
	w, own := ownWidths[sheet+"/"+c.Name]
	if !own {
		w, own = ownWidths[c.Name]
	}
	if !own {
		w = widths[c.Kind]
	}
	if name, mean := strings.CutSuffix(c.Name, meanMark); mean {
		return max(w, float64(utf8.RuneCountInString(name)*2+3))
	}
	return max(w, float64((utf8.RuneCountInString(c.Name)+1)/2*2+3))
}

// Heights of rows, in points; higher than the last one no row may be.
const (
	lineHeight, padding, mostHeight = 14.5, 4, 409
	oneLine                         = lineHeight + padding // 18.5
)

// height is how high a row has to be for a text in a column. Rows that are written straight to the file are not measured by every program, so
// they say it themselves.
func height(text string, width float64) float64 {
	lines, room := 0, max(int(width)-1, 1)
	for line := range strings.SplitSeq(text, "\n") {
		taken := 0
		for _, r := range line {
			taken += 1 + boolInt(r >= 0x1100) // East Asian letters and marks are twice as wide
		}
		lines += max(1, (taken+room-1)/room)
	}
	return min(max(oneLine, float64(lines)*lineHeight+padding), mostHeight)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
