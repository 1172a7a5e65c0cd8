package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"themeday/storage"
	"themeday/storage/archive"
)

// backupSeen is what was found in a backup that can be restored.
type backupSeen struct {
	backupHead
	Pictures, Forms int   // files
	Bytes           int64 // of everything, unpacked
	Amiss           []amiss
	Closed          int // sealed notes of which nothing can be told without their key
	Chain           string
}

// unpacked is where what is in a backup comes to lie under a folder, beside a database of that name.
func unpacked(name, database string) string {
	base := strings.TrimSuffix(database, filepath.Ext(database))
	folder, rest, _ := strings.Cut(name, "/")
	switch folder {
	case archive.Database:
		return database
	case archive.Pictures:
		return filepath.Join(picturesBeside(database), rest)
	case archive.Filed:
		return filepath.Join(filedBeside(database), rest)
	case archive.Settings:
		return filepath.Join(base+"-settings", filepath.FromSlash(rest))
	}
	return base + "-session.json"
}

// examineBackup restores a backup into a folder that nobody uses, beside a database of that name, and looks through it: that it is whole,
// undamaged, holds what it says, and that its ledger is as it was written. Without all only the database is unpacked; the rest is read.
func examineBackup(ctx context.Context, file, passphrase, dir, database string, keys []storage.Key, all bool) (backupSeen, error) {
	var seen backupSeen
	in, err := os.Open(file)
	if err != nil {
		return seen, fmt.Errorf("read the backup: %w", err)
	}
	defer in.Close() //nolint:errcheck // it was only read
	if st, err := in.Stat(); err != nil || !st.Mode().IsRegular() {
		return seen, fmt.Errorf("%s is no ordinary file: name a backup", file)
	}
	restored := filepath.Join(dir, database)
	have := map[string]string{}
	err = archive.Read(in, passphrase, &seen.backupHead, func(name string, size int64, r io.Reader) error {
		seen.count(name, size)
		if err := ctx.Err(); err != nil {
			return err
		}
		if !all && name != archive.Database {
			have[name], err = sumOf(path.Base(name), r, keys)
			return err
		}
		into := filepath.Join(dir, unpacked(name, database))
		if err := unpack(into, r); err != nil {
			return err
		}
		have[name], err = sumAt(ctx, into, path.Base(name), keys)
		return err
	})
	if err != nil {
		return seen, readable(file, err)
	}
	if have[archive.Database] == "" {
		return seen, readable(file, archive.ErrForeign)
	}
	holds, err := storage.Sound(ctx, restored)
	if err != nil {
		return seen, err
	}
	if !sameInventory(holds, seen.Holds) {
		return seen, readable(file, errors.New("the database in it does not hold what the backup says"))
	}
	return seen, seen.open(ctx, restored, have)
}

// count counts a file of a backup.
func (s *backupSeen) count(name string, size int64) {
	s.Bytes += size
	switch {
	case strings.HasPrefix(name, archive.Pictures) && !strings.HasSuffix(name, ".thumb"):
		s.Pictures++
	case strings.HasPrefix(name, archive.Filed):
		s.Forms++
	}
}

// open opens the restored database as this program would, and looks at what only it can tell.
func (s *backupSeen) open(ctx context.Context, path string, have map[string]string) (err error) {
	store, err := storage.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	named, err := store.Beside(ctx)
	if err != nil {
		return err
	}
	s.Amiss, s.Closed = amissOf(named, func(n storage.Named) string { return have[n.Folder+"/"+n.File] })
	s.Chain, err = verifiedChain(ctx, store)
	return err
}

// unpack writes a file of a backup, readable by its owner only.
func unpack(path string, r io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return unwritten(path, err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return unwritten(path, err)
	}
	_, err = io.Copy(f, r)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return unwritten(path, err)
	}
	return nil
}

// readable words why a backup cannot be used.
func readable(file string, err error) error {
	if errors.Is(err, archive.ErrNone) {
		return fmt.Errorf("%s: %w in %s, or in the file that backup.passphrase_file names", file, err, passphraseVariable)
	}
	return fmt.Errorf("%s: %w", file, err)
}

func sameInventory(a, b storage.Inventory) bool {
	same := a.Schema == b.Schema && a.Entry == b.Entry && len(a.Rows) == len(b.Rows)
	for table, n := range a.Rows {
		have, there := b.Rows[table]
		same = same && there && have == n
	}
	return same
}
