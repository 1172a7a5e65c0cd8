// Package archive is one file of a database and of what lies beside it: tar, gzip, and age where there is a passphrase, so that it can be
// opened without this program too (age -d FILE | tar xz). It is written and read piece by piece.
package archive

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"filippo.io/age"
)

// The names of what stands in an archive: the head first, the end last.
const (
	Head     = "backup.json"
	Database = "themeday.db"
	Session  = "wechat-session.json"
	Pictures = "pictures"
	Filed    = "filed"
	Settings = "settings" // the configuration and the folder of templates
	end      = "end.json"
)

// format is the number of this way of writing archives.
const format = 1

// jsonLimit is more than any head or end takes.
const jsonLimit = 1 << 20

// Part is a file, or what it is called in the archive.
type Part struct{ Name, File string }

// total is what an archive says at its end of everything before it: who finds it has found the rest.
type total struct {
	Files  int64  `json:"files"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"` // over name, size and bytes of each file
}

// summing adds up what goes by.
type summing struct {
	total
	sum hash.Hash
}

func newSumming() *summing { return &summing{sum: sha256.New()} }

func (s *summing) begin(name string, size int64) {
	s.Files++
	s.Bytes += size
	fmt.Fprintf(s.sum, "%s\x00%d\x00", name, size)
}

func (s *summing) done() total {
	t := s.total
	t.SHA256 = hex.EncodeToString(s.sum.Sum(nil))
	return t
}

// The errors of an archive that cannot be read.
var (
	ErrPassphrase = errors.New("the backup is encrypted, and this is not its passphrase")
	ErrNone       = errors.New("the backup is encrypted: give its passphrase")
	ErrForeign    = errors.New("this is no backup of themeday")
	ErrDamaged    = errors.New("the backup is damaged or cut short: take an older one")
	ErrNewer      = errors.New("the backup was made by a newer themeday: use that one")
)

// Work is the strength with which a passphrase is stretched: about 2^Work steps and as many kilobytes of memory. The default takes a second
// and 256 MB; only tests set it.
type Work int

// Writer writes an archive.
type Writer struct {
	layers []io.Closer // the innermost first
	tar    *tar.Writer
	sums   *summing
	at     time.Time
}

// NewWriter begins an archive with its head; without a passphrase it is not encrypted.
func NewWriter(out io.Writer, passphrase string, work Work, at time.Time, head any) (*Writer, error) {
	w := &Writer{sums: newSumming(), at: at.UTC().Truncate(time.Second)}
	if passphrase != "" {
		r, err := age.NewScryptRecipient(passphrase)
		if err != nil {
			return nil, fmt.Errorf("encrypt the backup: %w", err)
		}
		if work > 0 {
			r.SetWorkFactor(int(work))
		}
		sealed, err := age.Encrypt(out, r)
		if err != nil {
			return nil, fmt.Errorf("encrypt the backup: %w", err)
		}
		w.layers = append(w.layers, sealed)
		out = sealed
	}
	packed, err := gzip.NewWriterLevel(out, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	w.tar = tar.NewWriter(packed)
	w.layers = append([]io.Closer{w.tar, packed}, w.layers...)
	return w, w.json(Head, struct {
		Format int `json:"format"`
		Head   any `json:"head"`
	}{format, head})
}

func (w *Writer) json(name string, v any) error {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return w.put(name, int64(len(data)), bytes.NewReader(data))
}

func (w *Writer) put(name string, size int64, r io.Reader) error {
	h := tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: w.at, Format: tar.FormatPAX}
	if err := w.tar.WriteHeader(&h); err != nil {
		return err
	}
	w.sums.begin(name, size)
	_, err := io.CopyN(io.MultiWriter(w.tar, w.sums.sum), r, size)
	return err
}

// Add puts a file into the archive.
func (w *Writer) Add(p Part) (err error) {
	f, err := os.Open(p.File)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	st, err := f.Stat()
	if err != nil {
		return err
	}
	if !st.Mode().IsRegular() {
		return fmt.Errorf("%s is no ordinary file", p.File)
	}
	if err := w.put(p.Name, st.Size(), f); err != nil {
		return fmt.Errorf("put %s into the backup: %w", filepath.Base(p.File), err)
	}
	return nil
}

// Close ends the archive; without it nobody can read it.
func (w *Writer) Close() error {
	err := w.json(end, w.sums.done())
	for _, l := range w.layers {
		err = errors.Join(err, l.Close())
	}
	return err
}

// sealed begins every file that age encrypted.
const sealed = "age-encryption.org/v1"

// Encrypted tells whether an archive is, by its first bytes.
func Encrypted(in io.Reader) (bool, error) {
	first := make([]byte, len(sealed))
	n, err := io.ReadFull(in, first)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return false, err
	}
	return string(first[:n]) == sealed, nil
}

// Read goes through an archive from its head to its end, which must be there. head is filled first; each is given every file after it and
// reads of it what it likes. Nothing that each did counts before Read has ended well.
func Read(in io.Reader, passphrase string, head any, each func(name string, size int64, r io.Reader) error) error {
	plain, err := opened(bufio.NewReaderSize(in, 1<<16), passphrase)
	if err != nil {
		return err
	}
	packed, err := gzip.NewReader(plain)
	if err != nil {
		return damaged(err)
	}
	entries, sums := tar.NewReader(packed), newSumming()
	for first := true; ; first = false {
		h, err := entries.Next()
		if err != nil {
			return damaged(err) // the end is missing
		}
		if err := sane(h, first); err != nil {
			return err
		}
		if h.Name == end {
			if err := ended(entries, sums.done()); err != nil {
				return err
			}
			_, err := entries.Next()
			if !errors.Is(err, io.EOF) {
				return ErrDamaged
			}
			_, err = io.Copy(io.Discard, packed) // to its very end, where its sum stands
			return damaged(err)
		}
		sums.begin(h.Name, h.Size)
		content := &watched{r: io.TeeReader(entries, sums.sum)}
		if first {
			err = begun(content, head)
		} else {
			err = each(h.Name, h.Size, content)
		}
		if content.err != nil {
			return damaged(content.err)
		}
		if err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, content); err != nil {
			return damaged(err)
		}
	}
}

// watched remembers that it could not be read, whatever its reader makes of that.
type watched struct {
	r   io.Reader
	err error
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}

func opened(in *bufio.Reader, passphrase string) (io.Reader, error) {
	first, _ := in.Peek(len(sealed))
	switch {
	case string(first) == sealed && passphrase == "":
		return nil, ErrNone
	case string(first) == sealed:
		id, err := age.NewScryptIdentity(passphrase)
		if err != nil {
			return nil, fmt.Errorf("read the backup: %w", err)
		}
		plain, err := age.Decrypt(in, id)
		var no *age.NoIdentityMatchError
		if errors.As(err, &no) {
			return nil, ErrPassphrase
		}
		return plain, damaged(err)
	case len(first) < 2 || first[0] != 0x1f || first[1] != 0x8b:
		return nil, ErrForeign
	}
	return in, nil
}

// damaged words why an archive could not be read to its end.
func damaged(err error) error {
	if err == nil {
		return nil
	}
	var p *os.PathError
	if errors.As(err, &p) {
		return err // the disk's
	}
	return fmt.Errorf("%w (%v)", ErrDamaged, err)
}

// plainName is how the files of pictures and forms are called.
var plainName = regexp.MustCompile(`^(pictures|filed)/[0-9a-f]{64}(\.thumb|\.docx)?$`)

// Fits tells whether a file of a folder belongs into an archive: half-written ones do not.
func Fits(folder, base string) bool { return plainName.MatchString(folder + "/" + base) }

// sane refuses what this program never wrote: links, devices, and names that lead elsewhere.
func sane(h *tar.Header, first bool) error {
	name := h.Name
	known := name == Head || name == Database || name == Session || name == end || plainName.MatchString(name) ||
		strings.HasPrefix(name, Settings+"/") && path.Clean(name) == name && filepath.IsLocal(filepath.FromSlash(name)) && !strings.ContainsAny(name, "\\:\x00")
	if !known || h.Typeflag != tar.TypeReg || h.Size < 0 || first != (name == Head) {
		return ErrForeign
	}
	return nil
}

// begun reads the head.
func begun(r io.Reader, head any) error {
	var h struct {
		Format int             `json:"format"`
		Head   json.RawMessage `json:"head"`
	}
	data, err := io.ReadAll(io.LimitReader(r, jsonLimit))
	if err == nil {
		err = json.Unmarshal(data, &h)
	}
	switch {
	case err != nil || h.Format < 1:
		return ErrForeign
	case h.Format > format:
		return ErrNewer
	}
	if err := json.Unmarshal(h.Head, head); err != nil {
		return ErrForeign
	}
	return nil
}

// ended holds the end against what went before.
func ended(r io.Reader, have total) error {
	var want total
	data, err := io.ReadAll(io.LimitReader(r, jsonLimit))
	if err != nil {
		return damaged(err)
	}
	if err := json.Unmarshal(data, &want); err != nil || want != have {
		return ErrDamaged
	}
	return nil
}
