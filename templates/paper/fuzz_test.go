package paper

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
)

// FuzzFillOwnForm takes any text for the body of a committee's own form: it is filled or refused, never a panic, and what comes out can be opened.
func FuzzFillOwnForm(f *testing.F) {
	const head = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>`
	for _, s := range []string{
		head + `{支部}{年月}</w:t></w:r></w:p></w:body></w:document>`, head + `{支</w:t></w:r><w:r><w:t>部}</w:t></w:r></w:p></w:body></w:document>`, head + `{{{{}}}}{</w:t></w:r></w:p></w:body></w:document>`,
		head + `}{支部</w:t></w:r></w:p>`, "{支部}", "<w:t>{支部", "<w:p/><w:t/>{", "", head + `{没有}</w:t></w:r></w:p></w:body></w:document>`, "<w:r><w:t>{</w:t><w:r><w:t>支部}</w:t></w:r></w:r>",
	} {
		f.Add([]byte(s))
	}
	whole := committeeForm(f, "{支部}")
	f.Fuzz(func(t *testing.T, body []byte) {
		if len(body) > 64<<10 {
			return // slow, not wrong
		}
		files, err := unfold(whole)
		if err != nil {
			t.Fatal(err)
		}
		for i := range files {
			if files[i].name == "word/document.xml" {
				files[i].data = body
			}
		}
		form, err := fold(files)
		if err != nil {
			t.Fatal(err)
		}
		filled, err := FillOwnForm(form, march())
		if err != nil {
			return
		}
		z, err := zip.NewReader(bytes.NewReader(filled), int64(len(filled)))
		if err != nil {
			t.Fatalf("what was filled cannot be opened: %v", err)
		}
		for _, part := range z.File {
			r, err := part.Open()
			if err == nil {
				_, err = io.Copy(io.Discard, r)
			}
			if err != nil {
				t.Errorf("%s: %v", part.Name, err)
			}
		}
	})
}

// FuzzOpenOwnForm takes any bytes for a committee's own form.
func FuzzOpenOwnForm(f *testing.F) {
	form := committeeForm(f, "{支部}", "{讨论}")
	f.Add(form)
	f.Add(form[:len(form)/2])
	f.Add([]byte("PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(_ *testing.T, data []byte) { _, _ = FillOwnForm(data, march()) })
}
