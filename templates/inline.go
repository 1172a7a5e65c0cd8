package templates

import (
	"bufio"
	stdhtml "html"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer/html"
)

// inline is the text within n: no marks of emphasis or code, links as 文字（address）, line breaks kept.
func (p *chatPrinter) inline(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		b.WriteString(p.span(c))
	}
	return b.String()
}

func (p *chatPrinter) span(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Text:
		return p.words(n)
	case *ast.String:
		return string(n.Value)
	case *ast.CodeSpan:
		return strings.ReplaceAll(p.code(n), "\n", " ")
	case *ast.Link:
		return link(p.inline(n), n.Destination, n.Title)
	case *ast.Image:
		return link(p.inline(n), n.Destination, n.Title)
	case *ast.AutoLink:
		return string(n.Label(p.source))
	case *ast.RawHTML:
		return string(n.Segments.Value(p.source))
	}
	return p.inline(n)
}

// words is a run of text, with the line break that may follow it.
func (p *chatPrinter) words(n *ast.Text) string {
	s := string(n.Value(p.source))
	if !n.IsRaw() {
		s = unescape(s)
	}
	if n.SoftLineBreak() || n.HardLineBreak() {
		s += "\n"
	}
	return s
}

// code is the text of a code span, in which backslashes and entities mean themselves.
func (p *chatPrinter) code(span *ast.CodeSpan) string {
	var b strings.Builder
	for c := span.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Value(p.source))
		}
	}
	return b.String()
}

// link is 文字（address）, or one of the two when they are the same or the other is empty; a title stands behind the address.
func link(label string, destination, title []byte) string {
	address := unescape(string(destination))
	behind := address
	if len(title) > 0 {
		behind = strings.TrimSpace(address + " " + unescape(string(title)))
	}
	switch {
	case behind == "" || reveal(label) == reveal(behind):
		return label
	case reveal(label) == "":
		return behind
	}
	return label + "（" + behind + "）"
}

// unescape resolves backslashes and entities as goldmark does, by way of its HTML, whose own four escapes are then undone.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var b strings.Builder
	w := bufio.NewWriter(&b)
	html.DefaultWriter.Write(w, []byte(s))
	_ = w.Flush() // a strings.Builder takes everything
	return stdhtml.UnescapeString(b.String())
}

// oneLine is s with its line breaks made spaces, for a heading or a cell of a table.
func oneLine(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(reveal(s), "\n", " "))
}
