package bundle

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"io/fs"
	"regexp"
	"slices"
)

// Sorted writes an Office document, such as a workbook, with its parts in the order of their names, and so their types: some writers put them
// in a new order every time.
func Sorted(w io.Writer, write func(io.Writer) error) error {
	var whole bytes.Buffer
	if err := write(&whole); err != nil {
		return err
	}
	in, err := zip.NewReader(bytes.NewReader(whole.Bytes()), int64(whole.Len()))
	if err != nil {
		return err
	}
	slices.SortFunc(in.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, f := range in.File {
		if f.Name == typesPart {
			err = sortTypes(out, in)
		} else {
			err = out.Copy(f)
		}
		if err != nil {
			return err
		}
	}
	return out.Close()
}

// typesPart lists what the parts of an Office document are; the order of its elements means nothing.
const typesPart = "[Content_Types].xml"

var typeElement = regexp.MustCompile(`<(?:Default|Override) [^<>]*(?:/>|></(?:Default|Override)>)`)

func sortTypes(out *zip.Writer, in *zip.Reader) error {
	text, err := fs.ReadFile(in, typesPart)
	if err != nil {
		return err
	}
	types := typeElement.FindAll(text, -1)
	slices.SortFunc(types, bytes.Compare)
	n := -1
	text = typeElement.ReplaceAllFunc(text, func([]byte) []byte {
		n++
		return types[n]
	})
	w, err := out.Create(typesPart)
	if err == nil {
		_, err = w.Write(text)
	}
	return err
}
