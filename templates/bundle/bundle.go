// Package bundle packs documents into one zip file with a list of their SHA-256 sums at its end. The same documents at the same instant give
// the same bytes.
package bundle

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"
)

// Manifest is the name of the list of sums: a line for each other file, as sha256sum writes and checks them.
const Manifest = "SHA256SUMS.txt"

// Entry is one file of the bundle. Write may be called once.
type Entry struct {
	Name  string // with slashes, each part as Name makes it
	Write func(io.Writer) error
}

// Pack writes the entries in their order and then the manifest, piece by piece. done, which may be nil, hears how many are written.
func Pack(w io.Writer, made time.Time, entries []Entry, done func(n int)) error {
	if err := check(entries); err != nil {
		return err
	}
	z := zip.NewWriter(w)
	made = made.Truncate(2 * time.Second) // as exactly as a zip holds it
	var sums strings.Builder
	for i, e := range entries {
		sum, err := pack(z, made, e)
		if err != nil {
			return fmt.Errorf("pack %s: %w", e.Name, err)
		}
		fmt.Fprintf(&sums, "%s  %s\n", sum, e.Name)
		if done != nil {
			done(i + 1)
		}
	}
	_, err := pack(z, made, Entry{Name: Manifest, Write: func(w io.Writer) error {
		_, err := io.WriteString(w, sums.String())
		return err
	}})
	if err != nil {
		return fmt.Errorf("pack %s: %w", Manifest, err)
	}
	return z.Close()
}

func pack(z *zip.Writer, made time.Time, e Entry) (sum string, err error) {
	out, err := z.CreateHeader(&zip.FileHeader{Name: e.Name, Method: zip.Deflate, Modified: made})
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	if err := e.Write(io.MultiWriter(out, hash)); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// check refuses names that lead out of the folder into which somebody unpacks, that some system cannot write, or that stand there twice.
func check(entries []Entry) error {
	seen := map[string]bool{strings.ToLower(Manifest): true}
	for _, e := range entries {
		for part := range strings.SplitSeq(e.Name, "/") {
			if part != clean(part) || len(part) > mostBytes {
				return fmt.Errorf("pack %q: this is no name for a file", e.Name)
			}
		}
		folded := strings.ToLower(e.Name)
		if !fs.ValidPath(e.Name) || seen[folded] {
			return fmt.Errorf("pack %q: no path, or one that is there already", e.Name)
		}
		seen[folded] = true
	}
	return nil
}
