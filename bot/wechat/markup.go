package wechat

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

// The limits of a document. Those of clients nest 6 deep and have some 60 elements; what a #接龙 holds is text in one of them.
const (
	maxDepth  = 24
	maxTokens = 4000
)

// leaves reads the text at the named places of an XML document, such as msg/appmsg/title or msg/img@length; the first at a place counts.
// Nothing but that is kept. A broken document, one with a DOCTYPE, or one too deep or too large is refused as a whole.
func leaves(doc string, places ...string) (map[string]string, bool) {
	r := leafReader{wanted: places, found: map[string]string{}, filled: map[string]bool{}}
	d := xml.NewDecoder(strings.NewReader(doc))
	d.Strict = false // a bare & in an address
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for len(doc) <= maxContent {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return r.found, r.rooted
		}
		if err != nil || !r.read(token) {
			break
		}
	}
	return nil, false
}

// leafReader walks a document.
type leafReader struct {
	wanted []string
	found  map[string]string
	filled map[string]bool // the first element at the place has ended
	path   []string
	rooted bool
	tokens int
}

// read takes one token and tells whether to go on.
func (r *leafReader) read(token xml.Token) bool {
	r.tokens++
	switch t := token.(type) {
	case xml.Directive:
		return false
	case xml.StartElement:
		r.path = append(r.path, t.Name.Local)
		r.rooted = true
		for _, a := range t.Attr {
			r.take(r.place()+"@"+a.Name.Local, a.Value)
		}
	case xml.EndElement:
		if place := r.place(); slices.Contains(r.wanted, place) {
			r.filled[place] = true
		}
		r.path = r.path[:max(0, len(r.path)-1)]
	case xml.CharData:
		r.take(r.place(), string(t))
	}
	return len(r.path) <= maxDepth && r.tokens <= maxTokens
}

// take adds text to a place that is asked for.
func (r *leafReader) take(place, text string) {
	if slices.Contains(r.wanted, place) && !r.filled[place] {
		r.found[place] += text
	}
}

func (r *leafReader) place() string { return strings.Join(r.path, "/") }
