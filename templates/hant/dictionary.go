package hant

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed" // the dictionary
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed s2tw.txt.gz
var packed []byte

// dictionary maps simplified words to traditional ones; longest is the length in bytes of the longest word that begins with a rune.
type dictionary struct {
	words   map[string]string
	longest map[rune]int
}

// load unpacks the dictionary when a text is converted for the first time; a house that writes simplified never does.
var load = sync.OnceValue(unpack)

func unpack() dictionary {
	d := dictionary{words: make(map[string]string, 54000), longest: make(map[rune]int, 6000)}
	unzip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return d // the test of the package fails then
	}
	for lines := bufio.NewScanner(unzip); lines.Scan(); {
		from, to, ok := strings.Cut(lines.Text(), " ")
		if !ok {
			continue
		}
		d.add(from, to)
	}
	for from, to := range own {
		d.add(from, to)
	}
	return d
}

func (d dictionary) add(from, to string) {
	head, _ := utf8.DecodeRuneInString(from)
	d.words[from] = to
	d.longest[head] = max(d.longest[head], len(from))
}

func (d dictionary) convert(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	for len(s) > 0 {
		to, n := d.match(s)
		out.WriteString(to)
		s = s[n:]
	}
	return out.String()
}

// match is what the longest word at the beginning of s becomes, and that word's length; a rune of no word stays.
func (d dictionary) match(s string) (string, int) {
	head, size := utf8.DecodeRuneInString(s)
	for n := min(d.longest[head], len(s)); n > 0; n-- {
		if n < len(s) && !utf8.RuneStart(s[n]) {
			continue
		}
		if to, ok := d.words[s[:n]]; ok {
			return to, n
		}
	}
	return s[:size], size
}
