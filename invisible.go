package themeday

import (
	"strings"
	"unicode"
)

// Invisible tells whether a character shows nothing of its own: controls, zero-width and bidirectional marks, variation selectors, tags and
// fillers. Blanks are none of them.
func Invisible(r rune) bool {
	switch {
	case unicode.IsSpace(r):
		return false
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
		return true
	}
	return false
}

// blankLike is a character that looks like a blank and is none to the library: the empty pattern of Braille.
const blankLike = '\u2800'

// Upright drops from a text of several lines what could make it read otherwise than it is written: the marks that turn a line round and those of
// no width. Emoji keep what joins them.
func Upright(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) || r == '\u200b' || r >= '\u2060' && r <= '\u2064' || r == '\ufeff' || r == '\u00ad' {
			return -1
		}
		return r
	}, s)
}

// nameMost is more than any name on a network has, in characters; of what is longer no more is kept.
const nameMost = 128

// clipped is a text of at most so many characters.
func clipped(s string, most int) string {
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i]
		}
	}
	return s
}

// Clipped is a sighting of which no name is longer than a name can be.
func (s Sighting) Clipped() Sighting {
	s.Card, s.Nick, s.Remark = clipped(s.Card, nameMost), clipped(s.Nick, nameMost), clipped(s.Remark, nameMost)
	return s
}

// lookalikeHan tells whether a character looks like a common one of Chinese and is another: radicals and the ideographs of other standards, which come out of
// PDF files and old systems (⽟ for 玉).
func lookalikeHan(r rune) bool {
	switch {
	case r >= 0x2e80 && r <= 0x2fd5:
		return true
	case r >= 0xf900 && r <= 0xfaff:
		return !strings.ContainsRune("\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29", r) // these have no other
	}
	return r >= 0x2f800 && r <= 0x2fa1f
}

// mixedAlphabets tells whether a name has Cyrillic or Greek letters beside Chinese or Latin ones, so that it reads like another.
func mixedAlphabets(name string) bool {
	in := func(tables ...*unicode.RangeTable) bool {
		return strings.ContainsFunc(name, func(r rune) bool { return unicode.In(r, tables...) })
	}
	return in(unicode.Cyrillic, unicode.Greek) && in(unicode.Han, unicode.Latin)
}
