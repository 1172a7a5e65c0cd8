package word

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

func charted() Document {
	limit := Series{Name: "下限80%", Values: []float64{80, 80, 80}, Line: true}
	return Document{Title: "图", Blocks: []Block{
		Paragraph{Picture: &Picture{Bytes: dot(), Width: 70, Height: 52}},
		Chart{
			Title: "出席率", Categories: []string{"1月", "2月", "<3月>"}, Max: 110, Step: 20, Format: `0"%"`, Alt: `一"二`, Width: 150, Height: 60,
			Series: []Series{{Name: "率", Values: []float64{91, Gap(), 75}, Hollow: func(v float64) bool { return v < 80 }}, limit},
		},
		Chart{Title: "甲", Categories: []string{"a"}, Series: []Series{{Name: "b", Values: []float64{1.5}}}, Width: 10, Height: 10},
		Paragraph{Picture: &Picture{Bytes: dot(), Width: 70, Height: 52}},
	}}
}

func TestAChartIsAPartOfItsOwn(t *testing.T) {
	document := written1(t, charted())
	body, rels, types := part(t, document, "word/document.xml"), part(t, document, "word/_rels/document.xml.rels"), part(t, document, "[Content_Types].xml")
	for _, want := range []struct{ in, text string }{
		{body, `<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="chart2"/>`},
		{body, `descr="一&quot;二"`},
		{rels, `Id="chart1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart" Target="charts/chart1.xml"`},
		{types, `<Override PartName="/word/charts/chart2.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/></Types>`},
	} {
		if !strings.Contains(want.in, want.text) {
			t.Errorf("%s is not in %s", want.text, want.in)
		}
	}
	for _, id := range []string{`<wp:docPr id="1" `, `<wp:docPr id="2" `, `<wp:docPr id="3" `, `<wp:docPr id="4" `} {
		if strings.Count(body, id) != 1 {
			t.Errorf("%s stands there %d times: Word wants every drawing's own", id, strings.Count(body, id))
		}
	}
}

func TestAMissingValueIsLeftOutOfTheChart(t *testing.T) {
	chart := part(t, written1(t, charted()), "word/charts/chart1.xml")
	for _, want := range []string{
		`<c:ptCount val="3"/><c:pt idx="0"><c:v>91</c:v></c:pt><c:pt idx="2"><c:v>75</c:v></c:pt>`, `<c:dispBlanksAs val="gap"/>`,
		`<c:dPt><c:idx val="2"/>`, `<c:v>&lt;3月&gt;</c:v>`, `<c:max val="110"/><c:min val="0"/>`, `formatCode="0&quot;%&quot;"`,
	} {
		if !strings.Contains(chart, want) {
			t.Errorf("%s is not in %s", want, chart)
		}
	}
	if strings.Count(chart, "<c:dPt>") != 1 {
		t.Error("a column over the limit is hollow too")
	}
}

// order is what the schema says of the elements that a chart is made of: their children, in this order (ECMA-376 part 1, 21.2).
var order = map[string]string{
	"chartSpace": "date1904 lang roundedCorners style clrMapOvr chart spPr txPr externalData",
	"chart":      "title autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs",
	"title":      "tx layout overlay spPr txPr",
	"plotArea":   "layout barChart lineChart catAx valAx spPr",
	"barChart":   "barDir grouping varyColors ser dLbls gapWidth overlap axId",
	"lineChart":  "grouping varyColors ser dLbls marker smooth axId",
	"ser":        "idx order tx spPr invertIfNegative marker dPt dLbls cat val smooth",
	"dPt":        "idx invertIfNegative marker bubble3D spPr",
	"dLbls":      "numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize",
	"strLit":     "ptCount pt",
	"numLit":     "formatCode ptCount pt",
	"scaling":    "orientation max min",
	"catAx":      "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses auto lblAlgn lblOffset noMultiLvlLbl",
	"valAx":      "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses crossBetween majorUnit",
	"legend":     "legendPos layout overlay",
	"inline":     "extent effectExtent docPr cNvGraphicFramePr graphic",
	"ln":         "noFill solidFill prstDash",
	"defRPr":     "solidFill latin ea",
	"rPr":        "solidFill latin ea",
}

func TestTheElementsOfAChartStandInTheOrderOfTheSchema(t *testing.T) {
	document := written1(t, charted())
	for _, name := range []string{"word/charts/chart1.xml", "word/charts/chart2.xml", "word/document.xml"} {
		type open struct {
			name string
			at   int
		}
		var path []open
		d := xml.NewDecoder(strings.NewReader(part(t, document, name)))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(name, err)
			}
			switch token := token.(type) {
			case xml.StartElement:
				if n := len(path); n > 0 && order[path[n-1].name] != "" && (path[n-1].name != "chart" || name != "word/document.xml") {
					above := &path[n-1]
					at := slices.Index(strings.Fields(order[above.name]), token.Name.Local)
					if at < above.at {
						t.Errorf("%s: %s in %s is unknown or comes too late", name, token.Name.Local, above.name)
					}
					above.at = at
				}
				path = append(path, open{name: token.Name.Local})
			case xml.EndElement:
				path = path[:len(path)-1]
			}
		}
	}
}

func TestAChartWhoseValuesDoNotFitItsCategoriesIsRefused(t *testing.T) {
	err := Document{Blocks: []Block{Chart{Categories: []string{"a", "b"}, Series: []Series{{Values: []float64{1}}}}}}.Write(io.Discard)
	if err == nil || !strings.Contains(err.Error(), "1 values for 2 categories") {
		t.Error(err)
	}
}

func TestSpaceAroundAParagraphComesBeforeItsAlignment(t *testing.T) {
	xml := part(t, written1(t, Document{Blocks: []Block{Paragraph{Text: "一", Align: Right, Keep: true, Before: 4}}}), "word/document.xml")
	if want := `<w:keepNext/><w:spacing w:before="80" w:after="0"/><w:jc w:val="right"/>`; !strings.Contains(xml, want) {
		t.Errorf("%s is not in %s", want, xml)
	}
}
