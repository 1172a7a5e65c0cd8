package word

import (
	"strings"
	"unicode"
)

// Clean makes any text fit to be shown on paper: valid UTF-8, \n as the only control character, and none of the invisible characters
// that turn the direction of writing.
func Clean(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\u00A0':
			return ' '
		case unicode.IsControl(r), r == 0xFFFE, r == 0xFFFF, r == 0xFEFF, r&0xFFFE == 0xFFFE:
			return -1
		case r == 0x061C, r == 0x200E, r == 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
}
