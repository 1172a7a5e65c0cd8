// Package fold brings what people type into one form: full-width and half-width, traditional and simplified, with and without
// what cannot be seen. Commands are matched in that form; names and reasons keep the writer's own script.
package fold

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"themeday"
)

// Line is a text as a command is read from it.
type Line struct {
	Word  string // the keyword: simplified, half-width, lower case
	Rest  string // what stands behind it, folded, in the writer's own script, with its line breaks
	Plain string // the whole text in the keyword's form

	Mentions []string // the leading @names, as they were written, without the @
}

// Text drops what cannot be seen, folds blanks and full-width letters, digits and signs, and trims. Words and the marks of a
// Chinese sentence (，：；！？（）) stay as they were written.
func Text(s string) string {
	return strings.TrimSpace(strings.Map(narrow, strings.Map(visible, strings.ReplaceAll(s, "\r\n", "\n"))))
}

// narrow folds a full-width letter, digit or sign.
func narrow(r rune) rune {
	if strings.ContainsRune("，：；！？（）", r) {
		return r
	}
	if n := width.LookupRune(r).Narrow(); n != 0 && n < 0x7f {
		return n
	}
	return r
}

// visible drops invisible characters and folds every blank but the line break to a space.
func visible(r rune) rune {
	switch {
	case r == '\n':
		return r
	case r == '\r':
		return '\n'
	case unicode.IsSpace(r), r == 0x2800:
		return ' '
	case themeday.Invisible(r), r == unicode.ReplacementChar:
		return -1
	}
	return r
}

// unmention cuts leading @names off and gives them. A mention ends at U+2005 where there is one in its line, else at the first blank; a text
// that is nothing but a mention is empty.
func unmention(s string) (rest string, names []string) {
	for {
		s = strings.TrimLeftFunc(s, unicode.IsSpace)
		if !strings.HasPrefix(s, "@") && !strings.HasPrefix(s, "＠") {
			return s, names
		}
		_, s, _ = cutRune(s)
		line, _, _ := strings.Cut(s, "\n")
		end := strings.IndexRune(line, '\u2005')
		if end < 0 {
			end = strings.IndexFunc(s, unicode.IsSpace)
		}
		if end < 0 {
			return "", append(names, s)
		}
		names, s = append(names, s[:end]), s[end:]
	}
}

// cutRune cuts the first letter off.
func cutRune(s string) (first rune, rest string, ok bool) {
	for i, r := range s {
		if i > 0 {
			return first, s[i:], true
		}
		first, ok = r, true
	}
	return first, "", ok
}

// decoration tells whether a rune is an emoji or a mark that people put around a word.
func decoration(r rune) bool {
	return unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r) || r >= 0x1f000 && r <= 0x1faff || r == '/' || r == ' ' || r == '\n'
}

// keywordEnd are the marks that part a keyword from what stands behind it.
const keywordEnd = " \n,，:：、;；"

// lastMarks may end a text that is one word.
const lastMarks = "。.!！~～"

// Parse reads a text as a command. It never fails: a text that is none has a word that no command has.
func Parse(s string) Line {
	bare, mentions := unmention(s)
	text := strings.TrimFunc(Text(bare), decoration)
	i := strings.IndexAny(text, keywordEnd)
	if i < 0 {
		word := keyword(strings.TrimRight(text, lastMarks))
		return Line{Word: word, Plain: word, Mentions: mentions}
	}
	return Line{Word: keyword(text[:i]), Rest: strings.TrimSpace(strings.Trim(text[i:], keywordEnd)), Plain: canonical(text), Mentions: mentions}
}

// keyword is a word without the blanks that folding may have left in it.
func keyword(s string) string { return strings.Join(strings.Fields(canonical(s)), "") }

// Command is a word in the form in which commands are matched.
func Command(s string) string { return canonical(Text(s)) }

func canonical(s string) string {
	return strings.ToLower(Simplify(norm.NFKC.String(s)))
}
