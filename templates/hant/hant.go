// Package hant turns the bot's own words into traditional characters. It changes the script and never the vocabulary; what people wrote
// themselves is named by the caller and stays as it is.
package hant

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Convert writes a text in traditional characters, by the longest match, and leaves every string in keep untouched wherever it occurs. Where
// two of them overlap the first counts, where two begin together the longer one.
func Convert(text string, keep []string) string {
	kept := occurring(text, keep)
	if len(kept) == 0 {
		return load().convert(text)
	}
	var out strings.Builder
	out.Grow(len(text))
	done := 0
	for i := 0; i < len(text); {
		k := slices.IndexFunc(kept, func(k string) bool { return strings.HasPrefix(text[i:], k) })
		if k < 0 {
			_, size := utf8.DecodeRuneInString(text[i:])
			i += size
			continue
		}
		out.WriteString(load().convert(text[done:i]))
		out.WriteString(kept[k])
		i += len(kept[k])
		done = i
	}
	out.WriteString(load().convert(text[done:]))
	return out.String()
}

// occurring are the strings that a text holds, the longest first.
func occurring(text string, keep []string) []string {
	var out []string
	for _, k := range keep {
		if k != "" && strings.Contains(text, k) {
			out = append(out, k)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}
