package templates

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// The most that one post may hold.
const (
	PostRunes = 600  // characters
	PostBytes = 1800 // bytes of UTF-8
)

// Split cuts a text into posts of at most so many characters and bytes each, at ends of lines where it can; more than one are numbered （1/3）.
// The number counts; the line breaks at a cut and at the ends are gone, nothing else. An empty text makes no post.
// Limits too small for the number and one character are passed over by that much.
func Split(text string, runes int, bytes int) []string {
	text = strings.Trim(text, "\n")
	if text == "" {
		return nil
	}
	if fits(text, runes, bytes) {
		return []string{text}
	}
	for digits := 1; ; digits++ {
		widest := number(strings.Repeat("9", digits), strings.Repeat("9", digits))
		parts := cut(text, max(runes-utf8.RuneCountInString(widest), 1), max(bytes-len(widest), utf8.UTFMax))
		if len(strconv.Itoa(len(parts))) <= digits {
			return numbered(parts)
		}
	}
}

func fits(s string, runes, bytes int) bool {
	return len(s) <= bytes && utf8.RuneCountInString(s) <= runes
}

func number(i, n string) string { return fmt.Sprintf("（%s/%s）", i, n) }

func numbered(parts []string) []string {
	if len(parts) == 1 {
		return parts
	}
	for i := range parts {
		parts[i] = number(strconv.Itoa(i+1), strconv.Itoa(len(parts))) + parts[i]
	}
	return parts
}

// cut gives the parts of a text, without numbers.
func cut(text string, runes, bytes int) []string {
	var parts []string
	for text != "" {
		room := prefix(text, runes, bytes)
		at := room
		if room < len(text) {
			at = border(text, room)
		}
		parts = append(parts, strings.TrimRight(text[:at], "\n"))
		text = strings.TrimLeft(text[at:], "\n")
	}
	return parts
}

// border is where to cut a text of which the first room bytes fit: at the last end of a line, else after the last 。；， within, else at room.
func border(text string, room int) int {
	if i := strings.LastIndexByte(text[:room+1], '\n'); i > 0 {
		return i
	}
	if i := strings.LastIndexAny(text[:room], "。；，"); i >= 0 {
		return i + len("。")
	}
	return room
}

// prefix is the length in bytes of the longest beginning of text that fits, whole characters as a reader sees them:
// an emoji of several runes is not taken apart unless it alone is too long.
func prefix(text string, runes, bytes int) int {
	length, count, state := 0, 0, -1
	for rest := text; rest != ""; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		n := utf8.RuneCountInString(cluster)
		if count+n > runes || length+len(cluster) > bytes {
			break
		}
		count, length = count+n, length+len(cluster)
	}
	if length == 0 {
		return runePrefix(text, runes, bytes)
	}
	return length
}

// runePrefix is the same by single runes.
func runePrefix(text string, runes, bytes int) int {
	length := 0
	for count := 0; count < runes && length < len(text); count++ {
		_, n := utf8.DecodeRuneInString(text[length:])
		if length+n > bytes {
			break
		}
		length += n
	}
	return length
}
