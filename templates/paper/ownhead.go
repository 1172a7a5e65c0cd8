package paper

import (
	"bytes"
	"errors"

	"themeday"
	"themeday/templates/word"
)

// headField is the field of the ledger's head. A committee's own form that does not name it bears the head all the same, in a last line: without it
// the paper proves nothing (R33).
const headField = "链首"

func ownHead(f themeday.RecordForm) string {
	if f.Head.Hash == "" {
		return "—"
	}
	return f.Head.String()
}

// withLine puts a paragraph behind the last one, table or control of a document's body.
func withLine(document []byte, text string) ([]byte, error) {
	body := bytes.LastIndex(document, []byte("</w:body>"))
	if body < 0 {
		return nil, &OwnFormError{Chinese: "文件没有正文", err: errors.New("the Word form has no body that a last line could be put into")}
	}
	at := 0
	for _, end := range []string{"</w:p>", "</w:tbl>", "</w:sdt>"} {
		if i := bytes.LastIndex(document[:body], []byte(end)); i >= 0 {
			at = max(at, i+len(end))
		}
	}
	if at == 0 {
		at = body
	}
	var out bytes.Buffer
	out.Write(document[:at])
	out.WriteString(`<w:p><w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>` + word.Clean(text) + `</w:t></w:r></w:p>`)
	out.Write(document[at:])
	return out.Bytes(), nil
}
