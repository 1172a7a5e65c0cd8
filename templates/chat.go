package templates

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Chat turns Markdown into the plain text of a chat message: 【headings】, "· " and "1. " items, tables as a line a row, no marks.
// Blank lines stand where the Markdown has them, at most one in a row; nothing a reader could need is dropped, HTML stays as it was typed.
func Chat(markdown []byte) string {
	source := newlines.Replace(string(bytes.ToValidUTF8(markdown, []byte("\uFFFD"))))
	source = afterFullWidth.ReplaceAllString(source, "${1}"+string(seam)+"${2}")
	source = beforeFullWidth.ReplaceAllString(source, "${1}"+string(seam)+"${2}")
	p := &chatPrinter{source: []byte(source)}
	p.blocks(chatParser().Parse(text.NewReader(p.source)))
	return tidy(p.lines)
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// CommonMark sees no emphasis in **时间：**三点, because a full-width mark stands inside the asterisks and a letter outside.
// A seam between the two, which counts as a letter and is never printed, mends it.
var (
	afterFullWidth  = regexp.MustCompile(`([^\x00-\x7F\pL\pN])(\*+|~~)`)
	beforeFullWidth = regexp.MustCompile(`(\*+|~~)([^\x00-\x7F\pL\pN])`)
)

// chatParser is goldmark's parser with tables and strikethrough, but without link reference definitions:
// a line such as "[通知]: 明天开会" is one, and would not be printed at all.
func chatParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithInlineParsers(util.Prioritized(extension.NewStrikethroughParser(), 500)),
		parser.WithParagraphTransformers(util.Prioritized(extension.NewTableParagraphTransformer(), 200)),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
}

// maxIndent is how many levels of lists and quotes are shown; a deeper one looks like the last.
const maxIndent = 8

// chatPrinter collects the lines of one text.
type chatPrinter struct {
	source []byte
	lines  []string
	indent []string // what every line begins with, a level each
	bullet string   // what the next line begins with instead of the innermost level
}

func (p *chatPrinter) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if p.blankBefore(n) {
			p.blank()
		}
		p.block(n)
	}
}

func (p *chatPrinter) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		if title := oneLine(p.inline(n)); title != "" {
			p.print("【" + title + "】")
		}
	case *ast.Paragraph, *ast.TextBlock:
		p.print(p.inline(n))
	case *ast.List:
		p.list(n)
	case *ast.Blockquote:
		p.within("　", func() { p.blocks(n) })
	case *ast.ThematicBreak:
		p.blank()
	case *extast.Table:
		p.table(n)
	default:
		p.literal(n)
	}
}

// literal prints code and HTML blocks as they were typed, and whatever blocks a later goldmark may bring.
func (p *chatPrinter) literal(n ast.Node) {
	if lines := n.Lines(); lines.Len() > 0 {
		p.print(strings.TrimRight(string(lines.Value(p.source)), "\n"))
	}
	if html, ok := n.(*ast.HTMLBlock); ok && html.HasClosure() {
		p.print(strings.TrimRight(string(html.ClosureLine.Value(p.source)), "\n"))
	}
	p.blocks(n)
}

// within prints what do prints one level further in.
func (p *chatPrinter) within(level string, do func()) {
	p.indent = append(p.indent, level)
	do()
	p.indent = p.indent[:len(p.indent)-1]
}

// print adds a line, or several where s has line breaks.
func (p *chatPrinter) print(s string) {
	for line := range strings.SplitSeq(reveal(s), "\n") {
		levels := p.indent[:min(len(p.indent), maxIndent)]
		if p.bullet != "" {
			levels = p.indent[:min(len(p.indent)-1, maxIndent)]
		}
		p.lines = append(p.lines, strings.Join(levels, "")+p.bullet+line)
		p.bullet = ""
	}
}

// blank adds a blank line, except between a bullet and its text.
func (p *chatPrinter) blank() {
	if p.bullet == "" {
		p.lines = append(p.lines, "")
	}
}

// blankBefore tells whether a blank line stands before n in the source.
func (p *chatPrinter) blankBefore(n ast.Node) bool {
	if table, ok := n.(*extast.Table); ok {
		return n.PreviousSibling() != nil && p.blankBeforeTable(table)
	}
	return n.PreviousSibling() != nil && n.HasBlankPreviousLines()
}

// tidy joins lines without trailing spaces, with at most one blank line in a row and none at the ends.
func tidy(lines []string) string {
	var kept []string
	for _, line := range lines {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if line == "" && (len(kept) == 0 || kept[len(kept)-1] == "") {
			continue
		}
		kept = append(kept, line)
	}
	return strings.TrimRight(strings.Join(kept, "\n"), "\n")
}
