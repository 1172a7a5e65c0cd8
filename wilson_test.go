package themeday_test

import (
	"math"
	"testing"

	"themeday"
)

// The values are published ones: 81 of 263 and 15 of 148 and 0 of 20 and 1 of 29 are the examples of R. G. Newcombe, Statistics in Medicine 17 (1998),
// table I, method 3; the others can be worked out by hand, as n of n gives n/(n+z²) with z² = 3.8415.
func TestTheLowerBoundIsWilsons(t *testing.T) {
	for _, c := range []struct {
		part, whole int
		want        float64
	}{
		{81, 263, 0.2553},
		{15, 148, 0.0624},
		{0, 20, 0},
		{1, 29, 0.0061},
		{1, 1, 0.2065},
		{10, 10, 0.7225},
		{100, 100, 0.9630},
		{5, 10, 0.2366},
		{0, 0, 0},
	} {
		if got := themeday.WilsonLower(c.part, c.whole); math.Abs(got-c.want) > 0.00005 {
			t.Errorf("%d of %d: %.5f, want %.4f", c.part, c.whole, got, c.want)
		}
	}
}

func TestOfTheSameShareTheManyStandBeforeTheFew(t *testing.T) {
	for _, c := range [][4]int{{9, 10, 90, 100}, {3, 3, 95, 100}, {4, 5, 40, 50}} {
		if few, many := themeday.WilsonLower(c[0], c[1]), themeday.WilsonLower(c[2], c[3]); few >= many {
			t.Errorf("%d of %d gives %.3f, %d of %d gives %.3f", c[0], c[1], few, c[2], c[3], many)
		}
	}
}
