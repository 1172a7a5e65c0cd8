package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"themeday"
	"themeday/storage"
)

// A note is sealed where it is kept. It is taken out for the moment in which it is sent to whoever decides on it.

// takenOut is where the note of a post lies while it is being sent.
func (h *House) takenOut(p themeday.Post) string {
	return filepath.Join(documentsBeside(h.Config.Database), fmt.Sprintf("%x.jpg", sha256.Sum256([]byte(p.Key))))
}

// keeping keeps pictures. What keeps one from being written is the operator's to mend; the sender hears that it was not taken, and the bot goes on.
type keeping struct {
	storage.Album
	log *slog.Logger
}

// Keep implements themeday.Keeper.
func (k keeping) Keep(path string) (themeday.Kept, error) { return k.told(k.Album.Keep(path)) }

// KeepNote implements themeday.Keeper.
func (k keeping) KeepNote(path string) (themeday.Kept, error) { return k.told(k.Album.KeepNote(path)) }

func (k keeping) told(kept themeday.Kept, err error) (themeday.Kept, error) {
	if err == nil || themeday.CodeOf(err) != "" {
		return kept, err
	}
	k.log.Error("a picture cannot be kept", "err", err)
	return kept, themeday.Refuse(themeday.Conflict, "", "机器的磁盘写不进去，图片没有收。请告诉机器人的管理员，再发一次")
}

// readied are the files of a post as they can be sent: under names that every system takes, notes taken out. What cannot be shown is left out.
func (h *House) readied(files []themeday.File, p themeday.Post) (out []themeday.File) {
	for _, f := range files {
		if err := h.takeOut(&f, p); err != nil {
			h.Log.Error("a note cannot be shown; the post goes without it", "kind", p.Kind, "key", p.Key, "err", err)
			continue
		}
		f.Name = fileName(f.Name)
		out = append(out, f)
	}
	return out
}

// takeOut puts the note of a post where it can be sent from.
func (h *House) takeOut(f *themeday.File, p themeday.Post) error {
	if f.Note == "" {
		return nil
	}
	f.Path = h.takenOut(p)
	data, err := h.Store.Album(picturesBeside(h.Config.Database)).Note(f.Note)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(f.Path), 0o700); err != nil {
		return fmt.Errorf("make the folder of documents: %w", err)
	}
	return writeFile(f.Path, data)
}

// putAway takes it away again once it was sent; what was not sent goes with the old documents.
func (h *House) putAway(p themeday.Post) {
	switch p.Kind {
	case themeday.LeaveAskedPost, themeday.MakeupHandedPost:
		if err := os.Remove(h.takenOut(p)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			h.Log.Warn("a note that was sent is still in the folder of documents", "key", p.Key, "err", err)
		}
	}
}
