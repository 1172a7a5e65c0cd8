package themeday

import (
	"encoding/xml"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// solitaire is the structure that travels with app message 53. Places are offset-length into the title, in UTF-16 units.
type solitaire struct {
	Header  string `xml:"tt"`
	Example string `xml:"ex"`
	Tail    string `xml:"tl"`
	Items   []struct {
		Adder   string `xml:"u"`
		Head    string `xml:"h"`
		Seconds string `xml:"t"`
		Place   string `xml:"r"`
		Literal string `xml:"c"`
	} `xml:"content>i"`
}

// maxItemBytes bounds an item, so that a thousand places cannot each name the whole title.
const maxItemBytes = 2 << 10

// ParseSolitaire reads app message 53: the visible title and the structure behind it, which tells who added what. Where the structure is empty
// or broken, the title alone is read.
func ParseSolitaire(title, structure string) (Chain, error) {
	plain, err := ParseChain(title)
	if err != nil {
		return plain, err
	}
	var s solitaire
	if len(structure) > 4*maxChainBytes || xml.Unmarshal([]byte(structure), &s) != nil || len(s.Items) == 0 || len(s.Items) > maxChainLines {
		return plain, nil
	}
	units := utf16.Encode([]rune(title))
	c := Chain{Header: strings.TrimSpace(chainStart.ReplaceAllString(visible(place(units, s.Header)), "")), Example: place(units, s.Example), Tail: place(units, s.Tail)}
	if blank(c.Header) {
		c.Header = plain.Header
	}
	for n, i := range s.Items {
		text := i.Literal
		if i.Place != "" {
			text = place(units, i.Place)
		}
		if len(text) > maxItemBytes {
			return plain, nil
		}
		if text = strings.TrimSpace(visible(text)); text == "" || i.Head == "1" && !blank(c.Header) {
			continue
		}
		item := ChainItem{Number: n + 1, Text: text, Adder: i.Adder}
		if sec, err := strconv.ParseInt(i.Seconds, 10, 64); err == nil && sec > 0 && sec < 1<<33 {
			item.At = time.Unix(sec, 0).UTC()
		}
		c.Items = append(c.Items, item)
	}
	if len(c.Items) == 0 {
		return plain, nil
	}
	return c, nil
}

// place gives what a place names: offset-length within the title; anything else is taken as it stands.
func place(units []uint16, s string) string {
	from, length, ok := strings.Cut(s, "-")
	a, err1 := strconv.Atoi(from)
	n, err2 := strconv.Atoi(length)
	if !ok || err1 != nil || err2 != nil {
		return s
	}
	if a < 0 || n < 0 || a > len(units) || n > len(units)-a {
		return ""
	}
	return string(utf16.Decode(units[a : a+n]))
}
