package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"themeday/storage"
	"themeday/storage/archive"
)

// amiss is a file beside the database that is not as it was kept.
type amiss struct {
	storage.Named
	how string // gone or altered
}

// What is known of a sealed note instead of the SHA-256 of its file.
const (
	noteHolds  = "a note that opens"
	noteClosed = "a note without its key"
)

// amissOf holds files against their names; sum gives what is known of one, empty where there is none. Of closed ones nothing can be told: their key
// is not there.
func amissOf(named []storage.Named, sum func(storage.Named) string) (out []amiss, closed int) {
	for _, n := range named {
		switch have := sum(n); {
		case have == n.SHA256, n.Note && have == noteHolds:
		case n.Note && have == noteClosed:
			closed++
		case have == "":
			out = append(out, amiss{n, "gone"})
		default:
			out = append(out, amiss{n, "altered"})
		}
	}
	return out, closed
}

// sumOf is what is known of a file that has a name: the SHA-256 of its bytes, or whether it is a sealed note.
func sumOf(name string, r io.Reader, keys []storage.Key) (string, error) {
	sum := sha256.New()
	in := bufio.NewReader(io.TeeReader(r, sum))
	if first, _ := in.Peek(64); !storage.NoteMarked(first) {
		_, err := io.Copy(io.Discard, in)
		return hex.EncodeToString(sum.Sum(nil)), err
	}
	data, err := io.ReadAll(io.LimitReader(in, storage.MaxPicture+1<<10))
	if err != nil {
		return "", err
	}
	if n, err := io.Copy(io.Discard, in); err != nil || n > 0 {
		return hex.EncodeToString(sum.Sum(nil)), err // far too long for a note
	}
	switch holds, known := storage.NoteHolds(name, data, keys...); {
	case !known:
		return noteClosed, nil
	case holds:
		return noteHolds, nil
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// keysAtHand are the keys of sealed notes that are at hand.
func (c Config) keysAtHand() []storage.Key {
	r, err := c.keys()
	if err != nil {
		return nil // the doctor tells
	}
	return r.keys
}

// String names the file, what is the matter with it, and whose it is.
func (a amiss) String() string {
	return fmt.Sprintf("%s/%s is %s (%s)", a.Folder, a.File, a.how, strings.Join(a.Activities, ", "))
}

// mostAmiss is how many files are named one by one.
const mostAmiss = 20

// amissWords names the files, a line for each.
func amissWords(all []amiss) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d files beside the database are gone or were changed from outside; put them back from an older backup:", len(all))
	for i, a := range all {
		if i == mostAmiss {
			fmt.Fprintf(&b, "\n... and %d more", len(all)-i)
			break
		}
		b.WriteString("\n" + a.String())
	}
	return b.String()
}

// besideFindings look through the pictures and the filed forms of the house.
func (h *House) besideFindings(ctx context.Context) []finding {
	named, err := h.Store.Beside(ctx)
	if err != nil {
		return []finding{{"mend", "files", err.Error()}}
	}
	var unread error
	keys := h.Config.keysAtHand()
	bad, closed := amissOf(named, func(n storage.Named) string {
		sum, err := sumAt(ctx, fileBeside(h.Config.Database, n), n.SHA256, keys)
		unread = errors.Join(unread, err)
		return sum
	})
	var out []finding
	for _, f := range []struct{ folder, about, well string }{
		{archive.Pictures, "pictures", "%d, as they were kept"},
		{archive.Filed, "filed forms", "%d, as they were filed"},
	} {
		n := 0
		for _, one := range named {
			if one.Folder == f.folder {
				n++
			}
		}
		var names []string
		for _, a := range bad {
			if a.Folder == f.folder {
				names = append(names, a.String())
			}
		}
		switch {
		case unread != nil:
			out = append(out, finding{"mend", f.about, unread.Error()})
		case len(names) > 0:
			out = append(out, finding{"mend", f.about, fmt.Sprintf("%d of %d are gone or were changed from outside, put them back from a backup: %s",
				len(names), n, strings.Join(names[:min(len(names), 5)], "; "))})
		default:
			text := fmt.Sprintf(f.well, n)
			if f.folder == archive.Pictures && closed > 0 {
				text = fmt.Sprintf("%d; %d are sealed notes whose key is not here: of them nothing can be told", n, closed)
			}
			out = append(out, finding{"ok", f.about, text})
		}
	}
	return out
}

// fileBeside is where a file lies that belongs to a database.
func fileBeside(database string, n storage.Named) string {
	if n.Folder == archive.Filed {
		return filepath.Join(filedBeside(database), n.File)
	}
	return filepath.Join(picturesBeside(database), n.File)
}

// sumAt is sumOf of a file that lies beside a database; empty where there is none.
func sumAt(ctx context.Context, path, name string, keys []storage.Key) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // it was only read
	return sumOf(name, f, keys)
}
