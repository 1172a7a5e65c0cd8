package themeday

import (
	"hash/fnv"
	"slices"
	"unicode"
	"unicode/utf8"
)

// Two texts that have most of their short runs of words in common are nearly one text (R33). A word is one Chinese character, or letters and
// digits that stand together; marks and blanks count for nothing.
const (
	shingleWords = 3  // words of a run
	similarFrom  = 80 // percent of the runs of both that they have in common (Jaccard)
	similarLeast = 40 // characters of a text that is compared at all
)

// Shingles are the runs of words of a text, as sorted numbers, each once; none of a text too short to be compared.
func Shingles(text string) []uint64 {
	if utf8.RuneCountInString(text) < similarLeast {
		return nil
	}
	words := wordsIn(text)
	var out []uint64
	for i := 0; i+shingleWords <= len(words); i++ {
		h := fnv.New64a()
		for _, w := range words[i : i+shingleWords] {
			h.Write([]byte(w))
			h.Write([]byte{0})
		}
		out = append(out, h.Sum64())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func wordsIn(text string) []string {
	var out []string
	run := ""
	flush := func() {
		if run != "" {
			out, run = append(out, run), ""
		}
	}
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			flush()
			out = append(out, string(r))
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			run += string(unicode.ToLower(r))
		default:
			flush()
		}
	}
	flush()
	return out
}

// Similar tells whether two texts, given by their shingles, are nearly one.
func Similar(a, b []uint64) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 || 100*len(a) < similarFrom*len(b) { // even if all of the shorter one stood in the longer one
		return false
	}
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			common, i, j = common+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return 100*common >= similarFrom*(len(a)+len(b)-common)
}
