package main

import (
	"math"
	"slices"
	"strconv"
)

// benchRounds is how often everything is measured; what takes minutes is measured once.
const benchRounds = 3

// benchFigure is one number beside its yardstick.
type benchFigure struct {
	Name      string  `json:"name"`
	Value     float64 `json:"value"`
	Unit      string  `json:"unit"`
	Yardstick string  `json:"yardstick,omitempty"`
	Against   float64 `json:"against,omitempty"` // the yardstick's value
	Ratio     float64 `json:"ratio,omitempty"`   // the median of the rounds' ratios
	Target    string  `json:"target,omitempty"`
	Met       *bool   `json:"met,omitempty"`
	Rounds    int     `json:"rounds,omitempty"`
	Skipped   string  `json:"skipped,omitempty"` // why there is no value
}

// benchTarget is what the issue asks: of the ratio where there is a yardstick, of the value where there is none.
type benchTarget struct {
	limit float64
	least bool
}

func atLeast(limit float64) *benchTarget { return &benchTarget{limit, true} }
func atMost(limit float64) *benchTarget  { return &benchTarget{limit, false} }

func (t benchTarget) String() string {
	if t.least {
		return "at least " + short(t.limit)
	}
	return "at most " + short(t.limit)
}

func (t benchTarget) met(v float64) bool { return t.least && v >= t.limit || !t.least && v <= t.limit }

// series are the values of one thing, a round each.
type series []float64

func (s *series) add(v float64) { *s = append(*s, v) }

func (s series) median() float64 {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	return sorted[len(sorted)/2]
}

// over are the rounds' ratios: the median of them meets a target where two rounds of three do.
func (s series) over(yard series) series {
	var out series
	for i := range min(len(s), len(yard)) {
		out.add(s[i] / yard[i])
	}
	return out
}

// tell adds a figure without a yardstick.
func (b *bench) tell(name, unit string, of series, target *benchTarget) {
	b.beside(name, unit, of, "", nil, target)
}

// beside adds a figure with its yardstick.
func (b *bench) beside(name, unit string, of series, yardstick string, yard series, target *benchTarget) {
	f := benchFigure{Name: name, Unit: unit, Value: of.median(), Yardstick: yardstick, Against: yard.median(), Rounds: len(of)}
	judged := f.Value
	if yardstick != "" {
		f.Ratio = of.over(yard).median()
		judged = f.Ratio
	}
	if target != nil {
		met := target.met(judged)
		f.Target, f.Met = target.String(), &met
	}
	b.figures = append(b.figures, f)
}

// skip says why a figure is not there.
func (b *bench) skip(name, unit, why string) {
	b.figures = append(b.figures, benchFigure{Name: name, Unit: unit, Skipped: why})
}

// cells is the figure as a line of the table.
func (f benchFigure) cells() []string {
	if f.Skipped != "" {
		return []string{f.Name, "-", f.Unit, f.Skipped, "", "", "", ""}
	}
	out := []string{f.Name, short(f.Value), f.Unit, f.Yardstick, "", "", f.Target, ""}
	if f.Yardstick != "" {
		out[4], out[5] = short(f.Against), short(f.Ratio)
	}
	if f.Met != nil {
		out[7] = map[bool]string{true: "yes", false: "NO"}[*f.Met]
	}
	return out
}

// short is a number with three digits that count.
func short(v float64) string {
	if v == 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	digits := 2 - int(math.Floor(math.Log10(math.Abs(v))))
	return strconv.FormatFloat(v, 'f', min(max(digits, 0), 6), 64)
}
