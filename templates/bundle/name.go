package bundle

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longest is how many characters of a text go into a name: with its folders it stays well under what Windows takes. mostBytes is what file
// systems take.
const longest, mostBytes = 48, 255

// unnamed stands for a text of which nothing is left.
const unnamed = "未命名"

// Name makes a text that somebody typed fit to be the name of a file on every system, in one folder. It may be applied again and changes
// nothing then.
func Name(text string) string {
	name := clean(text)
	if rs := []rune(name); len(rs) > longest {
		name = clean(string(rs[:longest]))
	}
	return name
}

// clean is Name of any length.
func clean(text string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r), unicode.Is(unicode.Cs, r), unicode.IsControl(r):
			return -1
		case strings.ContainsRune(`/\:*?"<>|`, r):
			return '_'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	for strings.Contains(name, "..") {
		name = strings.ReplaceAll(name, "..", ".")
	}
	name = ends(name)
	if stem, _, _ := strings.Cut(name, "."); device(stem) {
		name = "_" + name
	}
	if name == "" {
		return unnamed
	}
	return name
}

// ends takes away what Windows drops at the end of a name and what hides one elsewhere at its beginning.
func ends(name string) string { return strings.TrimRight(strings.TrimLeft(name, " .~-"), " .") }

// device tells whether Windows takes a name for a device.
func device(stem string) bool {
	switch s := strings.ToUpper(strings.TrimSpace(stem)); {
	case s == "CON", s == "PRN", s == "AUX", s == "NUL":
		return true
	default:
		rest, ok := strings.CutPrefix(s, "COM")
		if !ok {
			rest, ok = strings.CutPrefix(s, "LPT")
		}
		return ok && utf8.RuneCountInString(rest) == 1 && strings.ContainsAny(rest, "0123456789¹²³")
	}
}
