package paper

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// mostUnpacked is how large a committee's own form may be when it is unpacked.
const mostUnpacked = 64 << 20

// folded is a file of a zip.
type folded struct {
	name string
	data []byte
}

// apart takes the pictures out of a form: the library would look for fields in them.
func apart(form []byte) (rest []byte, pictures []folded, err error) {
	files, err := unfold(form)
	if err != nil {
		return nil, nil, err
	}
	var kept []folded
	for _, f := range files {
		if strings.HasPrefix(f.name, "word/media/") {
			pictures = append(pictures, f)
		} else {
			kept = append(kept, f)
		}
	}
	rest, err = fold(kept)
	return rest, pictures, err
}

// whole puts the pictures back, and a last line behind the text where there is one. Its files bear no time, so that the same form is the same bytes.
func whole(form []byte, pictures []folded, last string) ([]byte, error) {
	files, err := unfold(form)
	if err != nil {
		return nil, err
	}
	for i := range files {
		if files[i].name == "word/document.xml" && last != "" {
			if files[i].data, err = withLine(files[i].data, last); err != nil {
				return nil, err
			}
		}
	}
	return fold(append(files, pictures...))
}

func unfold(form []byte) ([]folded, error) {
	z, err := zip.NewReader(bytes.NewReader(form), int64(len(form)))
	if err != nil {
		return nil, err
	}
	var out []folded
	left := int64(mostUnpacked)
	for _, f := range z.File {
		data, err := read(f, left)
		if err != nil {
			return nil, err
		}
		if left -= int64(len(data)); left <= 0 {
			return nil, errors.New("it is larger than 64 MB when unpacked")
		}
		out = append(out, folded{f.Name, data})
	}
	return out, nil
}

func read(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	defer r.Close() //nolint:errcheck // it was only read
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	return data, nil
}

func fold(files []folded) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range files {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = w.Write(f.data)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("write the form: %w", err)
	}
	return out.Bytes(), nil
}
