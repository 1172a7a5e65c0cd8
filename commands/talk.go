package commands

import (
	"unicode/utf8"

	"themeday"
	"themeday/commands/fold"
)

// The ideographs of everyday writing.
const (
	firstHan = 0x4e00
	lastHan  = 0x9fff
)

// learn notes with which ideographs a command may begin.
func (r *Router) learn() {
	firsts := map[rune]bool{}
	for w := range r.byWord {
		first, _ := utf8.DecodeRuneInString(w)
		firsts[first] = true
	}
	for c := rune(firstHan); c <= lastHan; c++ {
		for first := range firsts {
			if r.begins[c-firstHan] = fold.Begin(c, first); r.begins[c-firstHan] {
				break
			}
		}
	}
}

// talk tells, without reading further than its first letter, that a message is ordinary talk of a group: most are, and they cost nothing. What it
// does not know for sure is read.
func (r *Router) talk(m *themeday.Message) bool {
	if m.Private() || m.Chain != nil || len(m.Files) > 0 || len(m.Text) > maxText {
		return false
	}
	first, _ := utf8.DecodeRuneInString(m.Text)
	return first >= firstHan && first <= lastHan && !r.begins[first-firstHan] && !r.captions.awaitsAny(m.At)
}
