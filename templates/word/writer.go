package word

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // the size of a picture
	_ "image/png"
	"strings"
)

// writer gathers the XML of the body, and the pictures and charts in it. It remembers the first error.
type writer struct {
	body     strings.Builder
	pictures []packed
	charts   []string // their files
	err      error
}

// packed is a picture in the file.
type packed struct {
	name  string // in word/media
	bytes []byte
}

func (w *writer) add(format string, args ...any) { fmt.Fprintf(&w.body, format, args...) }

func (w *writer) fail(format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf("word: "+format, args...)
	}
}

var looks = map[Look]string{Body: "a", Title: "title", Heading: "heading", Label: "label", Small: "small", Lacking: "lacking"}

var aligns = map[Align]string{Left: "left", Centre: "center", Right: "right"}

func (p Paragraph) write(w *writer) {
	w.add(`<w:p><w:pPr><w:pStyle w:val="%s"/>`, looks[p.Look])
	if p.Keep {
		w.add(`<w:keepNext/>`)
	}
	if p.Fresh {
		w.add(`<w:pageBreakBefore/>`)
	}
	if p.Before > 0 || p.After > 0 {
		w.add(`<w:spacing w:before="%d" w:after="%d"/>`, p.Before*20, p.After*20)
	}
	if p.Align != ByLook {
		w.add(`<w:jc w:val="%s"/>`, aligns[p.Align])
	}
	w.add(`</w:pPr>`)
	if p.Picture != nil {
		p.Picture.write(w)
	}
	if p.Text != "" {
		w.add(`<w:r>`)
		for i, line := range strings.Split(Clean(p.Text), "\n") {
			if i > 0 {
				w.add(`<w:br/>`)
			}
			w.add(`<w:t xml:space="preserve">%s</w:t>`, escape(line))
		}
		w.add(`</w:r>`)
	}
	w.add(`</w:p>`)
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func escape(s string) string { return escaper.Replace(s) }

// emu is how many of Word's units of drawing are in a millimetre.
const emu = 36000

func (p *Picture) write(w *writer) {
	size, format, err := image.DecodeConfig(bytes.NewReader(p.Bytes))
	if err != nil || size.Width <= 0 || size.Height <= 0 {
		w.fail("a picture cannot be read: %v", err)
		return
	}
	width, height := p.Width*emu, p.Height*emu
	if width*size.Height < height*size.Width {
		height = max(width*size.Height/size.Width, 1)
	} else {
		width = max(height*size.Width/size.Height, 1)
	}
	n := len(w.pictures) + 1
	w.pictures = append(w.pictures, packed{fmt.Sprintf("image%d.%s", n, format), p.Bytes})
	id := n + len(w.charts)
	w.add(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="图片%d" descr="%s"/>`,
		width, height, id, n, escape(line(p.Alt)))
	w.add(`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="图片%d"/><pic:cNvPicPr/></pic:nvPicPr>`, n, n)
	w.add(`<pic:blipFill><a:blip r:embed="picture%d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`, n)
	w.add(`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		width, height)
}
