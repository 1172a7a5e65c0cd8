package fold

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Skeleton is how a name looks: two names of one skeleton are easily taken for each other, by a person, and must never be by the bot. It joins
// scripts, widths, the ideographs of other standards, Latin letters with the Cyrillic and Greek ones that look like them, and what stands between.
func Skeleton(name string) string {
	return strings.Map(func(r rune) rune {
		if to, ok := twins[r]; ok {
			return to
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return r
	}, canonical(Text(norm.NFKC.String(name))))
}

// twins are small letters that look like Latin ones.
var twins = map[rune]rune{
	'а': 'a', 'в': 'b', 'е': 'e', 'ё': 'e', 'к': 'k', 'м': 'm', 'н': 'h', 'о': 'o', 'р': 'p', 'с': 'c', 'т': 't', 'у': 'y', 'х': 'x', 'і': 'i', 'ї': 'i', 'ј': 'j', 'ѕ': 's', 'ԁ': 'd', 'һ': 'h', 'ո': 'n',
	'α': 'a', 'β': 'b', 'ε': 'e', 'η': 'h', 'ι': 'i', 'κ': 'k', 'μ': 'm', 'ν': 'v', 'ο': 'o', 'ρ': 'p', 'τ': 't', 'υ': 'y', 'χ': 'x', 'ζ': 'z', 'ı': 'i', '0': 'o', '1': 'l',
}
