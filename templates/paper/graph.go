package paper

import (
	"fmt"
	"strings"

	"themeday/templates/word"
)

// graph shows whole percents by name, such as of the months, and perhaps a limit across. Percents under the limit are drawn hollow, so that
// they stand out in grey too.
type graph struct {
	title, values string // values: what a column is called
	names         []string
	percents      []int // unknown: nothing is drawn
	limit         int   // 0: none
	limitName     string
}

// unknown is a percent that there is not: a gap.
const unknown = -1

// The size of a graph in Word, in millimetres.
const graphWidth, graphHeight = 156, 66

// alt says what the graph shows, for who cannot see it.
func (g *graph) alt() string {
	var out []string
	for i, p := range g.percents {
		if p == unknown {
			out = append(out, g.names[i]+"无数据")
		} else {
			out = append(out, fmt.Sprintf("%s%d%%", g.names[i], p))
		}
	}
	s := g.title + "：" + strings.Join(out, "，")
	if g.limit > 0 {
		s += fmt.Sprintf("；%s%d%%", g.limitName, g.limit)
	}
	return s
}

func (g *graph) low(percent int) bool { return percent < g.limit }

func (g *graph) word() word.Chart {
	columns := word.Series{Name: g.values, Hollow: func(v float64) bool { return g.low(int(v)) }}
	limit := word.Series{Name: fmt.Sprintf("%s%d%%", g.limitName, g.limit), Line: true}
	for _, p := range g.percents {
		v := float64(p)
		if p == unknown {
			v = word.Gap()
		}
		columns.Values, limit.Values = append(columns.Values, v), append(limit.Values, float64(g.limit))
	}
	c := word.Chart{
		Title: g.title, Categories: g.names, Series: []word.Series{columns}, Max: 110, Step: 20, Format: `0"%"`, Alt: g.alt(), Width: graphWidth, Height: graphHeight,
	}
	if g.limit > 0 {
		c.Title += fmt.Sprintf("（空心柱：低于%s%d%%）", g.limitName, g.limit) // the legend of Word shows no hollow column
		c.Series = append(c.Series, limit)
	}
	return c
}

// What the HTML template draws: everything is reckoned here, in the units of the view box.
type (
	htmlGraph struct {
		Title, Alt            string
		Width, Height, Middle int
		Left, Right, Bottom   int
		Grid                  []htmlTick
		Bars                  []htmlBar
		Limit                 *htmlTick
		Keys                  []htmlKey
	}
	htmlTick struct {
		X1, Y1, X2, Y2, TextX, TextY int
		Text                         string
	}
	htmlBar struct {
		Known, Low           bool
		X, Y, Width, Height  int
		Middle, Above, Below int
		Name, Value          string
	}
	htmlKey struct {
		Line, Low       bool
		X, Y, X2, LineY int
		TextX, TextY    int
		Text            string
	}
)

// The places of a graph on a page: narrow enough that its letters stay readable on a phone.
const (
	svgWidth, svgHeight         = 440, 216
	svgLeft, svgRight           = 38, 436
	svgTop, svgBottom, svgNames = 38, 172, 187 // of 100 %, of 0 %, and of the names below
	svgKeys                     = 207
)

// level is where a percentage is drawn.
func level(percent int) int { return svgBottom - percent*(svgBottom-svgTop)/100 }

func (g *graph) html() *htmlGraph {
	out := &htmlGraph{
		Title: word.Clean(g.title), Alt: word.Clean(g.alt()), Width: svgWidth, Height: svgHeight, Middle: (svgLeft + svgRight) / 2,
		Left: svgLeft, Right: svgRight, Bottom: svgBottom,
	}
	for p := 0; p <= 100; p += 20 {
		out.Grid = append(out.Grid, htmlTick{X1: svgLeft, X2: svgRight, Y1: level(p), Y2: level(p), TextX: svgLeft - 4, TextY: level(p) + 4, Text: fmt.Sprintf("%d%%", p)})
	}
	n := len(g.percents)
	for i, p := range g.percents {
		from, to := svgLeft+i*(svgRight-svgLeft)/n, svgLeft+(i+1)*(svgRight-svgLeft)/n
		b := htmlBar{Name: word.Clean(g.names[i]), Middle: (from + to) / 2, Below: svgNames}
		if p != unknown {
			thick := (to - from) * 6 / 10
			b.Known, b.Low, b.Value = true, g.low(p), fmt.Sprintf("%d%%", p)
			b.X, b.Width, b.Y, b.Height, b.Above = b.Middle-thick/2, thick, level(p), svgBottom-level(p), level(p)-4
		}
		out.Bars = append(out.Bars, b)
	}
	if g.limit > 0 {
		out.Limit = &htmlTick{X1: svgLeft, X2: svgRight, Y1: level(g.limit), Y2: level(g.limit)}
		out.Keys = g.keys()
	}
	return out
}

// keys tell what the limit and the hollow columns are.
func (g *graph) keys() []htmlKey {
	at := func(k htmlKey, x int) htmlKey {
		k.X, k.X2, k.Y, k.LineY, k.TextX, k.TextY = x, x+26, svgKeys-9, svgKeys-4, x+14, svgKeys
		if k.Line {
			k.TextX = x + 31
		}
		return k
	}
	limit := fmt.Sprintf("%s%d%%", g.limitName, g.limit)
	return []htmlKey{
		at(htmlKey{Text: "不低于" + limit}, 80), at(htmlKey{Low: true, Text: "低于" + limit}, 205), at(htmlKey{Line: true, Text: limit}, 320),
	}
}
