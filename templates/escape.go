package templates

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode"
)

// A value must come out of Markdown as it went in, wherever the template's author has put it. Backslashes do not do that:
// in `code` they are printed, `\\|` at the end of a cell still joins two cells in goldmark, and **（张三）**说 keeps its asterisks.
// So what could be taken for a mark is moved into a private part of Unicode, where no parser has an opinion, and Chat moves it back.
const (
	concealed      = 0x10FE00      // U+10FE00 + c stands for the ASCII character c
	edge      rune = concealed     // stands at both ends of a value, printed as nothing: a letter to the parser
	seam      rune = concealed + 1 // the same, between a mark of emphasis and a full-width character
)

// multiline is a value whose line breaks are kept.
type multiline string

// escape is what every {{…}} goes through: the value as text, on one line, in which nothing is Markdown.
func escape(value any) (string, error) {
	s, err := plain(value)
	if err != nil {
		return "", err
	}
	if _, keep := value.(multiline); keep {
		return concealLines(s), nil
	}
	return conceal(s), nil
}

// plain is the value as text/template would print it, but for what nobody should have to read in a chat.
func plain(value any) (string, error) {
	v := reflect.ValueOf(value)
	for v.Kind() == reflect.Pointer && !v.IsNil() && !speaks(v.Interface()) {
		v = v.Elem()
	}
	if !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return "", errors.New("there is no value here: put {{if}} or {{with}} round it")
	}
	switch v.Interface().(type) {
	case time.Time, *time.Time:
		return "", errors.New("a time needs date, day, clock or when")
	}
	if v.Kind() == reflect.Func || v.Kind() == reflect.Chan {
		return "", fmt.Errorf("cannot print a %s", v.Type())
	}
	return fmt.Sprint(v.Interface()), nil
}

// speaks tells whether a value has its own way to be printed.
func speaks(value any) bool {
	switch value.(type) {
	case fmt.Stringer, error:
		return true
	}
	return false
}

// conceal hides the ASCII marks and the ends of one line from a Markdown parser.
func conceal(s string) string {
	var b strings.Builder
	b.WriteRune(edge)
	for _, r := range visible(s) {
		if r <= unicode.MaxASCII && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			r += concealed
		}
		b.WriteRune(r)
	}
	b.WriteRune(edge)
	return b.String()
}

// concealLines does the same for several lines.
func concealLines(s string) string {
	lines := strings.Split(strings.Trim(newlines.Replace(s), "\n"), "\n")
	for i, line := range lines {
		lines[i] = conceal(line)
	}
	return strings.Join(lines, string(rune(concealed+'\n')))
}

// reveal undoes conceal.
func reveal(s string) string {
	return strings.Map(func(r rune) rune {
		switch c := r - concealed; {
		case c < 0 || c > unicode.MaxASCII:
			return r
		case c == '\n' || ' ' <= c && c <= '~':
			return c
		}
		return -1
	}, s)
}

// visible is s on one line, without control, zero-width and bidirectional characters, every run of spaces one space and none at the ends.
// Only spaces are one space: a template says {{" "}} for that. The full-width space within a name (张　三) stays.
func visible(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '　':
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf), r >= concealed && r <= concealed+unicode.MaxASCII:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	words := strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
	if words = strings.Trim(words, " 　"); words == "" && s != "" {
		return " "
	}
	return words
}
