package fold

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed" // the dictionary
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed t2s.txt.gz
var dictionary []byte

// table maps traditional words, the longest of so many runes, to simplified ones; heads are the runes that begin any of them.
type table struct {
	words   map[string]string
	heads   map[rune]int    // the longest word in runes that begins with it
	becomes map[rune]string // with what the words that begin with a rune may begin afterwards
	minHead rune
}

var load = sync.OnceValue(func() table {
	t := table{words: map[string]string{}, heads: map[rune]int{}, becomes: map[rune]string{}, minHead: utf8.MaxRune}
	unzip, err := gzip.NewReader(bytes.NewReader(dictionary))
	if err != nil {
		return t // the test of the package fails then
	}
	lines := bufio.NewScanner(unzip)
	for lines.Scan() {
		from, to, ok := strings.Cut(lines.Text(), " ")
		if !ok {
			continue
		}
		head, _ := utf8.DecodeRuneInString(from)
		t.words[from] = strings.Fields(to)[0]
		t.heads[head] = max(t.heads[head], utf8.RuneCountInString(from))
		t.minHead = min(t.minHead, head)
		if first, _ := utf8.DecodeRuneInString(to); !strings.ContainsRune(t.becomes[head], first) {
			t.becomes[head] += string(first)
		}
	}
	return t
})

// Simplify turns traditional writing into simplified, by the longest match.
func Simplify(s string) string {
	t := load()
	if strings.IndexFunc(s, func(r rune) bool { return r >= t.minHead && t.heads[r] > 0 }) < 0 {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		to, n := t.match(s, t.heads[r])
		if n == 0 {
			out.WriteString(s[:size])
			s = s[size:]
			continue
		}
		out.WriteString(to)
		s = s[n:]
	}
	return out.String()
}

// match is the longest word of at most so many runes with which s begins.
func (t table) match(s string, runes int) (string, int) {
	ends := make([]int, 0, runes)
	for i := 0; len(ends) < runes && i < len(s); {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
		ends = append(ends, i)
	}
	for i := len(ends) - 1; i >= 0; i-- {
		if to, ok := t.words[s[:ends[i]]]; ok {
			return to, ends[i]
		}
	}
	return "", 0
}

// Begin tells whether a word that begins with one ideograph, in either script, may begin with another once it is simplified.
func Begin(with, simplified rune) bool {
	return with == simplified || strings.ContainsRune(load().becomes[with], simplified)
}
