package word

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Chart is a native chart: a column for every category, and lines across. What has no value is a gap.
type Chart struct {
	Title         string
	Categories    []string
	Series        []Series
	Max, Step     float64 // of the axis of values; 0 is left to the program that shows it
	Format        string  // of the values, as spreadsheets write it: 0"%"; empty: General
	Alt           string  // what the chart shows, for who cannot see it
	Width, Height int     // millimetres
}

// Series are the values of the categories; NaN is a gap. Hollow tells which columns are drawn without filling, so that they stand out in grey too.
type Series struct {
	Name   string
	Values []float64
	Line   bool // drawn as a line, without the values beside it
	Hollow func(value float64) bool
}

// Gap is no value.
func Gap() float64 { return math.NaN() }

const (
	chartNames = `xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	chartContent = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
)

func (c Chart) write(w *writer) {
	for _, s := range c.Series {
		if len(s.Values) != len(c.Categories) {
			w.fail("series %q of a chart has %d values for %d categories", s.Name, len(s.Values), len(c.Categories))
			return
		}
	}
	w.charts = append(w.charts, c.part())
	n, id := len(w.charts), len(w.charts)+len(w.pictures)
	w.add(`<w:p><w:pPr><w:pStyle w:val="a"/><w:jc w:val="center"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">`+
		`<wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="图表%d" descr="%s"/><wp:cNvGraphicFramePr/>`+
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">`+
		`<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="chart%d"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
		c.Width*emu, c.Height*emu, id, n, escape(line(c.Alt)), n)
}

// line is a text as one line.
func line(s string) string { return strings.ReplaceAll(Clean(s), "\n", " ") }

// part is the chart's own file. Elements stand in the order that the schema demands (ECMA-376 part 1, 21.2).
func (c Chart) part() string {
	var b strings.Builder
	add := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	add(`%s<c:chartSpace %s><c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/><c:chart>`, declaration, chartNames)
	add(`<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1050" b="0"/></a:pPr><a:r><a:rPr lang="zh-CN" sz="1050" b="0">%s</a:rPr><a:t>%s</a:t></a:r></a:p></c:rich></c:tx>`,
		chartFont("黑体"), escape(line(c.Title)))
	add(`<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>`)
	columns, lines := "", ""
	for i, s := range c.Series {
		if s.Line {
			lines += c.series(i, s)
		} else {
			columns += c.series(i, s)
		}
	}
	if columns != "" {
		add(`<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>%s<c:gapWidth val="60"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>`, columns)
	}
	if lines != "" {
		add(`<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>%s<c:marker val="1"/><c:axId val="1001"/><c:axId val="1002"/></c:lineChart>`, lines)
	}
	add(`%s</c:plotArea>`, c.axes())
	if len(c.Series) > 1 {
		add(`<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>`)
	}
	add(`<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>`)
	add(`<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>`)
	add(`<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900">%s</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr></c:chartSpace>`, chartFont("宋体"))
	return b.String()
}

// chartFont is black text in a Chinese font.
func chartFont(name string) string {
	return `<a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:latin typeface="Times New Roman"/><a:ea typeface="` + name + `"/>`
}

func (c Chart) format() string {
	if c.Format == "" {
		return "General"
	}
	return c.Format
}

func (c Chart) series(i int, s Series) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx><c:v>%s</c:v></c:tx>`, i, i, escape(line(s.Name)))
	if s.Line {
		b.WriteString(`<c:spPr><a:ln w="15875"><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:prstDash val="dash"/></a:ln></c:spPr><c:marker><c:symbol val="none"/></c:marker>`)
	} else {
		fmt.Fprintf(&b, `<c:spPr><a:solidFill><a:srgbClr val="B03A2E"/></a:solidFill>%s</c:spPr><c:invertIfNegative val="0"/>`, outline)
		for k, v := range s.Values {
			if s.Hollow != nil && !math.IsNaN(v) && s.Hollow(v) {
				fmt.Fprintf(&b, `<c:dPt><c:idx val="%d"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>%s</c:spPr></c:dPt>`, k, outline)
			}
		}
		fmt.Fprintf(&b, `<c:dLbls><c:numFmt formatCode="%s" sourceLinked="0"/><c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr><c:dLblPos val="outEnd"/><c:showLegendKey val="0"/>`+
			`<c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`, escape(c.format()))
	}
	fmt.Fprintf(&b, `<c:cat><c:strLit><c:ptCount val="%d"/>`, len(c.Categories))
	for k, name := range c.Categories {
		fmt.Fprintf(&b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, k, escape(line(name)))
	}
	fmt.Fprintf(&b, `</c:strLit></c:cat><c:val><c:numLit><c:formatCode>%s</c:formatCode><c:ptCount val="%d"/>`, escape(c.format()), len(s.Values))
	for k, v := range s.Values {
		if !math.IsNaN(v) {
			fmt.Fprintf(&b, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, k, decimal(v))
		}
	}
	b.WriteString(`</c:numLit></c:val>`)
	if s.Line {
		b.WriteString(`<c:smooth val="0"/>`)
	}
	return b.String() + `</c:ser>`
}

const outline = `<a:ln w="9525"><a:solidFill><a:srgbClr val="641E16"/></a:solidFill></a:ln>`

func (c Chart) axes() string {
	top, step := "", ""
	if c.Max > 0 {
		top = `<c:max val="` + decimal(c.Max) + `"/><c:min val="0"/>`
	}
	if c.Step > 0 {
		step = `<c:majorUnit val="` + decimal(c.Step) + `"/>`
	}
	const frame = `<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></c:spPr>`
	return `<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>` +
		`<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>` + frame + `<c:crossAx val="1002"/><c:crosses val="autoZero"/>` +
		`<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>` +
		`<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/>` + top + `</c:scaling><c:delete val="0"/><c:axPos val="l"/>` +
		`<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>` +
		`<c:numFmt formatCode="` + escape(c.format()) + `" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>` + frame +
		`<c:crossAx val="1001"/><c:crosses val="autoZero"/><c:crossBetween val="between"/>` + step + `</c:valAx>`
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
