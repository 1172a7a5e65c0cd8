package templates

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
)

// list prints the items of a list, a nested list two spaces further in.
func (p *chatPrinter) list(list *ast.List) {
	number := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if p.blankBefore(item) {
			p.blank()
		}
		p.item(item, itemBullet(list, number))
		number++
	}
}

func itemBullet(list *ast.List, number int) string {
	if list.IsOrdered() {
		return strconv.Itoa(number) + ". "
	}
	return "· "
}

// item prints one item behind its bullet; the bullet of an empty item and of an item in an item is shown too.
func (p *chatPrinter) item(item ast.Node, bullet string) {
	p.within("  ", func() {
		if p.bullet != "" { // "- - text": the outer bullet stands on the line before
			p.outerBullet()
		}
		p.bullet = bullet
		p.blocks(item)
		if p.bullet != "" {
			p.print("")
		}
	})
}

// outerBullet prints the bullet that waits for a text when a nested item comes first.
func (p *chatPrinter) outerBullet() {
	inner := p.indent[len(p.indent)-1]
	p.indent = p.indent[:len(p.indent)-1]
	p.print("")
	p.indent = append(p.indent, inner)
}
