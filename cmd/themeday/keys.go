package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	mathrand "math/rand/v2"
	"path/filepath"
	"strings"

	"themeday/storage"
)

// keyVariable is the environment variable with the keys: base64 of 32 bytes, several with commas; the first seals, all of them open.
const keyVariable = "THEMEDAY_KEY"

// keyLimit is more than any file of keys takes.
const keyLimit = 1 << 16

// ring is the keys of a database and where they are from.
type ring struct {
	keys []storage.Key
	file string // where they stand, or would; empty: in the environment, or nowhere
}

// keyBeside is the file of keys that belongs to a database file.
func keyBeside(database string) string {
	return strings.TrimSuffix(database, filepath.Ext(database)) + ".key"
}

// keys are those of the environment, else those of the file beside the database; a database that is thrown away has one of its own.
func (c Config) keys() (ring, error) {
	if c.scratch { // the same after a restart
		k, err := storage.NewKey(mathrand.NewChaCha8([32]byte{2}))
		return ring{keys: []storage.Key{k}}, err
	}
	if c.env != "" {
		keys, err := storage.ParseKeys(c.env)
		if err != nil {
			return ring{}, fmt.Errorf("the environment's %s: %w", keyVariable, err)
		}
		return ring{keys: keys}, nil
	}
	r := ring{file: keyBeside(c.Database)}
	data, err := readFile(r.file, keyLimit)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return r, fmt.Errorf("read the keys: %w", err)
	}
	if r.keys, err = storage.ParseKeys(string(data)); err != nil {
		return r, fmt.Errorf("%s: %w", r.file, err)
	}
	return r, nil
}

func (c Config) chanceOfKeys() io.Reader {
	if c.chance == nil {
		return rand.Reader
	}
	return c.chance
}

// sealUp gives a database that serves its first key, unless something in it is sealed with one that is not there, and seals what still stands
// in the open.
func (h *House) sealUp(ctx context.Context, r ring) error {
	if len(r.keys) == 0 {
		k, err := h.Config.makeKey(ctx, h.Store, r)
		if err != nil || k == nil {
			if err == nil {
				h.Log.Error("the key of the sealed reasons is missing, they cannot be read; see themeday doctor")
			}
			return err
		}
		h.Store.UseKeys(*k)
	}
	n, err := h.Store.SealOpen(ctx)
	if err != nil && n == 0 {
		return err
	}
	if pictures, err := h.Store.Album(picturesBeside(h.Config.Database)).SealNotes(ctx); err != nil {
		h.Log.Error("pictures of notes still stand in the open", "sealed", pictures, "err", err)
	}
	if n > 0 {
		h.Log.Info("sealed what stood in the open", "count", n)
	}
	if err != nil {
		h.Log.Warn("old pages of the database are not cleared yet", "err", err)
	}
	return nil
}

// makeKey writes a new key into its file; nil where something is sealed already.
func (c Config) makeKey(ctx context.Context, store *storage.Store, r ring) (*storage.Key, error) {
	have, err := store.Secrets(ctx)
	if err != nil || have.Sealed > 0 {
		return nil, err
	}
	if r.file == "" {
		return nil, fmt.Errorf("the environment's %s holds no key: put base64 of 32 bytes there (openssl rand -base64 32), or unset it", keyVariable)
	}
	k, err := storage.NewKey(c.chanceOfKeys())
	if err != nil {
		return nil, err
	}
	return &k, writeKeys(r.file, k)
}

// keyRemark stands above the keys of a file.
const keyRemark = "# The keys of the sealed reasons in the database beside this file: the first seals, all of them open. Keep a copy elsewhere:\n# without it those reasons are lost.\n"

// writeKeys puts keys into their file, readable by its owner alone, in one go.
func writeKeys(file string, keys ...storage.Key) error {
	var text strings.Builder
	text.WriteString(keyRemark)
	for _, k := range keys {
		fmt.Fprintln(&text, k.Text())
	}
	if err := replaceFile(file, func(w io.Writer) error {
		_, err := io.WriteString(w, text.String())
		return err
	}); err != nil {
		return fmt.Errorf("write the keys: %w", err)
	}
	return nil
}

// firstKey makes an empty database with its key and says where that is.
func (s *session) firstKey(database string) (said string, err error) {
	c := defaultConfig()
	c.Database = database
	if s.Env != nil {
		c.env = s.Env(keyVariable)
	}
	r, err := c.keys()
	if err != nil {
		return "", err
	}
	store, err := storage.Open(database, storage.Sealed(r.keys...))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if len(r.keys) > 0 && r.file == "" {
		return "Reasons of leaves are sealed with the key of " + keyVariable + ".", nil
	}
	if len(r.keys) == 0 {
		if _, err := c.makeKey(s.ctx, store, r); err != nil {
			return "", err
		}
	}
	return "Reasons of leaves are sealed with the key in " + r.file + ": keep a copy of it elsewhere, apart from the backups.", nil
}

// secrets looks at whether what is sealed can be read, for the doctor.
func (h *House) secrets(ctx context.Context) finding {
	r, err := h.Config.keys()
	if err != nil {
		return finding{"mend", "key", err.Error()}
	}
	have, err := h.Store.Secrets(ctx)
	where := keyVariable
	if r.file != "" {
		where = r.file
	}
	switch {
	case err != nil:
		return finding{"mend", "key", err.Error()}
	case len(have.Missing) > 0:
		return finding{"mend", "key", fmt.Sprintf("%d of %d sealed reasons cannot be read: the key %s is missing; put it behind the others into %s (they are kept as they are)",
			have.Unread, have.Sealed, strings.Join(have.Missing, ", "), where)}
	case have.Unread > 0:
		return finding{"mend", "key", fmt.Sprintf("%d of %d sealed reasons were changed from outside and cannot be read: put a backup in the database's place", have.Unread, have.Sealed)}
	case len(r.keys) == 0:
		return finding{"note", "key", "none yet; the first start makes " + where}
	}
	if f := private(r.file); r.file != "" && f.state != "ok" {
		return finding{f.state, "key", f.text}
	}
	if have.Open > 0 || have.Unclean {
		return finding{"note", "key", fmt.Sprintf("%d reasons stand in the open; the next start of run, chat or relay seals them", have.Open)}
	}
	return finding{"ok", "key", fmt.Sprintf("%s, %d sealed", where, have.Sealed)}
}
