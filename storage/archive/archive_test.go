package archive

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const quick Work = 4

var made = time.Date(2026, 3, 1, 3, 0, 0, 0, time.UTC)

type headOf struct{ Says string }

var picture = Pictures + "/" + strings.Repeat("0a", 32)

// written is an archive of a database and a picture.
func written(t *testing.T, passphrase string) []byte {
	t.Helper()
	dir := t.TempDir()
	var out bytes.Buffer
	w, err := NewWriter(&out, passphrase, quick, made, headOf{"一支部"})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{Database: strings.Repeat("事实", 5000), picture: "a picture"} {
		file := filepath.Join(dir, filepath.Base(name))
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := w.Add(Part{name, file}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func readAll(data []byte, passphrase string) (headOf, map[string]string, error) {
	var h headOf
	files := map[string]string{}
	err := Read(bytes.NewReader(data), passphrase, &h, func(name string, size int64, r io.Reader) error {
		text, err := io.ReadAll(r)
		files[name] = string(text)
		return err
	})
	return h, files, err
}

func TestWhatWasPutInComesOut(t *testing.T) {
	for _, passphrase := range []string{"", "正确的口令"} {
		data := written(t, passphrase)
		h, files, err := readAll(data, passphrase)
		if err != nil || h.Says != "一支部" || len(files) != 2 || files[picture] != "a picture" || files[Database] != strings.Repeat("事实", 5000) {
			t.Errorf("passphrase %q: %v, %v, %d files", passphrase, err, h, len(files))
		}
		if sealed, err := Encrypted(bytes.NewReader(data)); err != nil || sealed != (passphrase != "") {
			t.Errorf("encrypted: %v, %v", sealed, err)
		}
		if passphrase != "" && bytes.Contains(data, []byte("一支部")) {
			t.Error("the head can be read without the passphrase")
		}
	}
}

func TestWithoutItsPassphraseABackupIsNotRead(t *testing.T) {
	data := written(t, "正确的口令")
	for passphrase, want := range map[string]error{"": ErrNone, "另一个": ErrPassphrase} {
		if _, files, err := readAll(data, passphrase); !errors.Is(err, want) || len(files) > 0 {
			t.Errorf("%q: %v, want %v; %d files", passphrase, err, want, len(files))
		}
	}
}

func TestEveryCutAndEveryChangedByteIsSeen(t *testing.T) {
	for _, passphrase := range []string{"", "口令"} {
		data := written(t, passphrase)
		for n := 0; n < len(data); n += 1 + len(data)/60 {
			if _, _, err := readAll(data[:n], passphrase); err == nil {
				t.Errorf("cut at %d of %d: read to its end", n, len(data))
			}
			if n < 10 {
				continue // what gzip says of the system and the time, which nothing hangs on
			}
			spoilt := bytes.Clone(data)
			spoilt[n] ^= 0x20
			_, files, err := readAll(spoilt, passphrase)
			if err == nil && (files[picture] != "a picture" || files[Database] != strings.Repeat("事实", 5000)) {
				t.Errorf("byte %d of %d changed: other facts are read", n, len(data))
			}
		}
	}
}

// forged is an archive as somebody else could write one.
func forged(t *testing.T, headers ...tar.Header) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	w := tar.NewWriter(z)
	for _, h := range headers {
		body := []byte(`{"format":1,"head":{}}`)
		if h.Typeflag == 0 {
			h.Typeflag, h.Size = tar.TypeReg, int64(len(body))
		}
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if h.Size > 0 {
			if _, err := w.Write(body); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := errors.Join(w.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAForgedBackupLeadsNowhereElse(t *testing.T) {
	head := tar.Header{Name: Head}
	for name, data := range map[string][]byte{
		"nothing":            nil,
		"a text":             []byte("hello, this is no backup"),
		"a tar of strangers": forged(t, tar.Header{Name: "readme.txt"}),
		"without a head":     forged(t, tar.Header{Name: Database}),
		"a way out":          forged(t, head, tar.Header{Name: "../themeday.db"}),
		"a way out below":    forged(t, head, tar.Header{Name: Settings + "/../../x"}),
		"an absolute path":   forged(t, head, tar.Header{Name: "/etc/passwd"}),
		"another picture":    forged(t, head, tar.Header{Name: Pictures + "/x.jpg"}),
		"a drive":            forged(t, head, tar.Header{Name: Settings + "/c:x"}),
		"a link":             forged(t, head, tar.Header{Name: Database, Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}),
		"without an end":     forged(t, head, tar.Header{Name: Database}),
		"a wrong end":        forged(t, head, tar.Header{Name: end}),
		"a second head":      forged(t, head, head),
	} {
		if _, _, err := readAll(data, ""); !errors.Is(err, ErrForeign) && !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHalfWrittenFilesStayOutside(t *testing.T) {
	id := strings.Repeat("0a", 32)
	for base, want := range map[string]bool{id: true, id + ".thumb": true, id + ".docx": true, id + ".new": false, "new-123": false, ".doctor-1": false} {
		if Fits(Pictures, base) != want {
			t.Errorf("%s: %v", base, !want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("age-encryption.org/v1\n-> scrypt AAAA 4\n"))
	f.Add([]byte{0x1f, 0x8b, 8, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 || bytes.HasPrefix(data, []byte(sealed)) && bytes.Contains(data, []byte("scrypt")) {
			return // stretching a passphrase takes its time
		}
		_, _, _ = readAll(data, "x")
	})
}
