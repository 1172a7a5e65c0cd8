package word

import (
	"archive/zip"
	"compress/flate"
	"fmt"
	"io"
	"strings"
	"time"
)

// written is the time of every file in the zip: a document tells nothing of when it was made, and the same document is the same bytes.
var written = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	names       = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
		`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
		`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	contents  = "application/vnd.openxmlformats-officedocument.wordprocessingml"
	packages  = "http://schemas.openxmlformats.org/package/2006"
)

// section is A4 with the margins of official papers: 37 mm above, 35 mm below, 28 mm left, 26 mm right.
const section = `<w:sectPr><w:footerReference w:type="default" r:id="footer"/><w:pgSz w:w="11906" w:h="16838"/>` +
	`<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1417" w:gutter="0"/></w:sectPr>`

func (w *writer) pack(out io.Writer, title string) error {
	z := zip.NewWriter(out)
	z.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, flate.BestCompression) })
	put := func(name, content string) error {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: written})
		if err == nil {
			_, err = io.WriteString(f, content)
		}
		if err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		return nil
	}
	files := []struct{ name, content string }{
		{"[Content_Types].xml", w.contentTypes()},
		{"_rels/.rels", packageRelations},
		{"docProps/core.xml", fmt.Sprintf(core, escape(strings.ReplaceAll(Clean(title), "\n", " ")))},
		{"word/document.xml", declaration + `<w:document ` + names + `><w:body>` + w.body.String() + section + `</w:body></w:document>`},
		{"word/styles.xml", styles},
		{"word/fontTable.xml", fontTable},
		{"word/settings.xml", settings},
		{"word/footer1.xml", footer},
		{"word/_rels/document.xml.rels", w.relations()},
	}
	for _, p := range w.pictures {
		files = append(files, struct{ name, content string }{"word/media/" + p.name, string(p.bytes)})
	}
	for i, c := range w.charts {
		files = append(files, struct{ name, content string }{fmt.Sprintf("word/charts/chart%d.xml", i+1), c})
	}
	for _, f := range files {
		if err := put(f.name, f.content); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write the document: %w", err)
	}
	return nil
}

func (w *writer) relations() string {
	var b strings.Builder
	b.WriteString(declaration + `<Relationships xmlns="` + packages + `/relationships">`)
	for _, r := range []struct{ id, kind, target string }{
		{"styles", "styles", "styles.xml"}, {"fonts", "fontTable", "fontTable.xml"}, {"settings", "settings", "settings.xml"}, {"footer", "footer", "footer1.xml"},
	} {
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s/%s" Target="%s"/>`, r.id, relations, r.kind, r.target)
	}
	for i, p := range w.pictures {
		fmt.Fprintf(&b, `<Relationship Id="picture%d" Type="%s/image" Target="media/%s"/>`, i+1, relations, p.name)
	}
	for i := range w.charts {
		fmt.Fprintf(&b, `<Relationship Id="chart%d" Type="%s/chart" Target="charts/chart%d.xml"/>`, i+1, relations, i+1)
	}
	return b.String() + `</Relationships>`
}

func (w *writer) contentTypes() string {
	var b strings.Builder
	b.WriteString(contentTypes)
	for i := range w.charts {
		fmt.Fprintf(&b, `<Override PartName="/word/charts/chart%d.xml" ContentType="%s"/>`, i+1, chartContent)
	}
	return b.String() + `</Types>`
}

const contentTypes = declaration + `<Types xmlns="` + packages + `/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
	`<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>` +
	`<Override PartName="/word/document.xml" ContentType="` + contents + `.document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="` + contents + `.styles+xml"/>` +
	`<Override PartName="/word/fontTable.xml" ContentType="` + contents + `.fontTable+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="` + contents + `.settings+xml"/>` +
	`<Override PartName="/word/footer1.xml" ContentType="` + contents + `.footer+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`

const packageRelations = declaration + `<Relationships xmlns="` + packages + `/relationships">` +
	`<Relationship Id="document" Type="` + relations + `/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="core" Type="` + packages + `/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

const core = declaration + `<cp:coreProperties xmlns:cp="` + packages + `/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>%s</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>`
