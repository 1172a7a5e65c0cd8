package main

import (
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
	"time"

	"themeday/storage"
	"themeday/storage/archive"
)

// backupHead is what a backup says of itself before everything else.
type backupHead struct {
	Made     time.Time         `json:"made"`
	Program  string            `json:"program"`
	Holds    storage.Inventory `json:"holds"`
	Keys     []string          `json:"keys"` // the ids of the keys that sealed reasons; the keys themselves are never here
	Session  bool              `json:"session"`
	Settings bool              `json:"settings"`
}

// backuper makes backups of one house and looks through them.
type backuper struct {
	store  *storage.Store
	config Config
	work   archive.Work // of the passphrase; 0: the usual one
}

// to makes a backup at path and looks through it before it gets that name: where it is, it is whole. Others may go on writing meanwhile.
func (b backuper) to(ctx context.Context, path string, at time.Time, session bool) (seen backupSeen, err error) {
	passphrase, err := b.config.passphrase()
	if err != nil {
		return seen, err
	}
	if _, err := os.Lstat(path); err == nil {
		return seen, fmt.Errorf("write %s: it is there already: name another file, or a folder (then the name tells the instant)", path)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return seen, unwritten(path, err)
	}
	full, err := realPath(b.config.Database)
	if err != nil {
		return seen, err
	}
	held, err := lock(full + ".backup.lock")
	if errors.Is(err, errHeld) {
		return seen, fmt.Errorf("another backup of %s is being made: wait for that one", b.config.Database)
	}
	if err != nil {
		return seen, fmt.Errorf("begin the backup: %w", err)
	}
	defer func() { err = errors.Join(err, unlock(held)) }()
	name := workName("backup", full)
	clearWork(filepath.Dir(full), name)
	clearWork(filepath.Dir(path), name)
	work, err := os.MkdirTemp(filepath.Dir(full), name+"*")
	if err != nil {
		return seen, unwritten(full, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	head, err := b.head(ctx, filepath.Join(work, archive.Database), at, session)
	if err != nil {
		return seen, err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), name+"*")
	if err != nil {
		return seen, unwritten(path, err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temp.Name())
		}
	}()
	err = b.write(ctx, temp, passphrase, at, head, filepath.Join(work, archive.Database))
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return seen, unwritten(path, err)
	}
	if err := os.Remove(filepath.Join(work, archive.Database)); err != nil {
		return seen, unwritten(full, err)
	}
	if seen, err = examineBackup(ctx, temp.Name(), passphrase, work, filepath.Base(full), b.config.keysAtHand(), false); err != nil {
		return seen, fmt.Errorf("the backup was written, but cannot be read back: %w", err)
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return seen, unwritten(path, err)
	}
	return seen, syncFolder(filepath.Dir(path))
}

// head copies the database and tells what the copy holds.
func (b backuper) head(ctx context.Context, into string, at time.Time, session bool) (backupHead, error) {
	h := backupHead{Made: at.UTC(), Program: programVersion(), Session: session, Settings: b.config.path != ""}
	var err error
	if h.Holds, err = b.store.Copy(ctx, into); err != nil {
		return h, err
	}
	h.Keys, err = storage.KeysOf(ctx, into)
	return h, err
}

// write puts everything into the archive: the database first, for what it names is in the folders since before it was copied.
func (b backuper) write(ctx context.Context, out io.Writer, passphrase string, at time.Time, head backupHead, database string) error {
	w, err := archive.NewWriter(out, passphrase, b.work, at, head)
	if err != nil {
		return err
	}
	if err := w.Add(archive.Part{Name: archive.Database, File: database}); err != nil {
		return err
	}
	parts, err := b.config.beside(head.Session)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.Add(p); err != nil && !errors.Is(err, fs.ErrNotExist) { // taken away meanwhile
			return err
		}
	}
	return w.Close()
}

// beside are the files besides the database that another machine needs to go on: pictures, filed forms, and the settings. Documents that were
// asked for in the chat are made anew; the login on WeChat belongs to one device.
func (c Config) beside(session bool) ([]archive.Part, error) {
	var parts []archive.Part
	for _, f := range []struct{ name, dir string }{{archive.Pictures, picturesBeside(c.Database)}, {archive.Filed, filedBeside(c.Database)}} {
		err := eachFile(f.dir, func(base string) {
			if archive.Fits(f.name, base) {
				parts = append(parts, archive.Part{Name: f.name + "/" + base, File: filepath.Join(f.dir, base)})
			}
		})
		if err != nil {
			return nil, err
		}
	}
	if c.path != "" {
		parts = append(parts, archive.Part{Name: archive.Settings + "/" + configFile, File: c.path})
	}
	if c.Templates != "" {
		err := eachFile(c.Templates, func(base string) {
			if ext := filepath.Ext(base); ext == ".md" || ext == ".docx" {
				parts = append(parts, archive.Part{Name: archive.Settings + "/templates/" + base, File: filepath.Join(c.Templates, base)})
			}
		})
		if err != nil {
			return nil, err
		}
	}
	if session {
		if _, err := os.Stat(c.WeChat.Session); err != nil {
			return nil, fmt.Errorf("there is no login on WeChat to put into the backup: leave --session out (%w)", err)
		}
		parts = append(parts, archive.Part{Name: archive.Session, File: c.WeChat.Session})
	}
	return parts, nil
}

// eachFile goes through the ordinary files of a folder by name; a folder that is not there has none.
func eachFile(dir string, do func(base string)) error {
	all, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look through %s: %w", dir, err)
	}
	for _, e := range all {
		if e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") {
			do(e.Name())
		}
	}
	return nil
}

// workName begins the names of what lies about while something is being done with a whole database; no other database has it.
func workName(doing, full string) string {
	sum := sha256.Sum256([]byte(full))
	return ".themeday-" + doing + "-" + hex.EncodeToString(sum[:4]) + "-"
}

// clearWork takes away what a killed process left in a folder; nobody else does the same with this database.
func clearWork(dir, work string) {
	all, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range all {
		if strings.HasPrefix(e.Name(), work) {
			_ = os.RemoveAll(filepath.Join(dir, e.Name()))
		}
	}
}

// realPath is where a database really lies; one that is not there yet lies where it is named.
func realPath(database string) (string, error) {
	full, err := filepath.Abs(database)
	if err != nil {
		return "", fmt.Errorf("find the database: %w", err)
	}
	there, err := filepath.EvalSymlinks(full)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return full, nil
	case err != nil:
		return "", fmt.Errorf("find the database: %w", err)
	}
	return there, nil
}

// syncFolder makes new names in a folder survive a power cut; Windows has no such thing.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return nil
	}
	_ = f.Sync()
	return f.Close()
}
