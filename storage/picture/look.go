package picture

import (
	"encoding/hex"
	"image"
	"math"

	"golang.org/x/image/draw"
)

// A look is a picture as somebody sees it who squints: grey, blurred to a few fields, and for every two fields that touch whether the second is
// clearly brighter, clearly darker, or much the same. Size, brightness and the losses of compression hardly change it.
const (
	fields = 16                        // in a row, and rows
	pairs  = 2 * fields * (fields - 1) // beside and below one another
)

// How clearly two fields have to differ, by the mean of all differences; how much there has to be in a picture (of 65535); how many pairs.
const (
	clearly  = 0.35
	noDetail = 250
	fewPairs = pairs / 8
)

// look is the fingerprint in hex: a bit for every pair that grows brighter, then one for every pair that grows darker. Empty for a picture
// that shows next to nothing: blank pages are all alike.
func look(src image.Image) string {
	grey := image.NewGray16(image.Rect(0, 0, fields, fields))
	blurred.Scale(grey, grey.Bounds(), src, src.Bounds(), draw.Src, nil)
	steps := make([]float64, 0, pairs)
	at := func(x, y int) float64 { return float64(grey.Gray16At(x, y).Y) }
	for y := range fields {
		for x := range fields - 1 {
			steps = append(steps, at(x+1, y)-at(x, y))
		}
	}
	for y := range fields - 1 {
		for x := range fields {
			steps = append(steps, at(x, y+1)-at(x, y))
		}
	}
	mean := 0.0
	for _, s := range steps {
		mean += math.Abs(s) / pairs
	}
	if mean < noDetail {
		return ""
	}
	var bits [2 * pairs / 8]byte
	seen := 0
	for i, s := range steps {
		if math.Abs(s) < clearly*mean {
			continue
		}
		seen++
		if s < 0 {
			i += pairs
		}
		bits[i/8] |= 1 << (i % 8)
	}
	if seen < fewPairs {
		return ""
	}
	return hex.EncodeToString(bits[:])
}

// blurred weighs what lies within a field and about it by a bell.
var blurred = draw.Kernel{Support: 1.5, At: func(t float64) float64 { return math.Exp(-2 * t * t) }}
