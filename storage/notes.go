package storage

import (
	"bytes"
	"context"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"themeday"
	"themeday/storage/picture"
)

// Album is the folder of pictures of a database, whose keys seal the notes in it: a photo of a leave note tells the reason of the leave.
type Album struct {
	Pictures
	store *Store
}

// Album gives the pictures in a folder beside the database.
func (s *Store) Album(dir string) Album { return Album{Pictures: Pictures{Dir: dir}, store: s} }

// noteMark begins the file of a sealed note; the id of the key, the nonce and the sealed picture follow.
const noteMark = "themeday note 1\n"

const keyIDLength = 8

// KeepNote keeps the picture of a leave note or of notes of a make-up study, sealed and without a thumbnail. Its name tells nothing of it.
// Without a key it is kept as any picture.
func (a Album) KeepNote(path string) (themeday.Kept, error) {
	v := a.store.vault
	if len(v.ids) == 0 {
		return a.Keep(path)
	}
	shot, _, err := drawn(path)
	if err != nil {
		return themeday.Kept{}, err
	}
	id := v.name(shot.JPEG)
	return themeday.Kept{ID: id}, a.write(id, v.sealNote(id, shot.JPEG))
}

// Note is the picture of a note, a JPEG.
func (a Album) Note(id string) ([]byte, error) {
	if err := named(id); err != nil {
		return nil, err
	}
	data, err := read(filepath.Join(a.Dir, id))
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(data, []byte(noteMark)) {
		return a.Shown(id)
	}
	return a.store.vault.openNote(id, data)
}

// NoteMarked tells whether a file begins as a sealed note does.
func NoteMarked(data []byte) bool { return bytes.HasPrefix(data, []byte(noteMark)) }

// NoteHolds tells whether a sealed note is as it was kept; that is not known without its key.
func NoteHolds(id string, data []byte, keys ...Key) (holds, known bool) {
	_, err := newVault(keys).openNote(id, data)
	return err == nil, !errors.Is(err, errUnreadable)
}

// SealNotes seals the notes that still stand in the open, and those sealed with another key than the first. It tells how many there were.
func (a Album) SealNotes(ctx context.Context) (int, error) {
	v := a.store.vault
	if len(v.ids) == 0 {
		return 0, nil
	}
	ids, err := a.notes(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, id := range ids {
		data, err := read(filepath.Join(a.Dir, id))
		switch {
		case errors.Is(err, fs.ErrNotExist), err == nil && bytes.HasPrefix(data, []byte(noteMark+v.ids[0])):
			continue
		case err != nil:
			return n, err
		}
		plain, err := a.Note(id)
		if errors.Is(err, picture.ErrFormat) || errors.Is(err, picture.ErrBroken) {
			plain, err = data, nil // nobody can look at it; it is kept as it came
		}
		if err != nil {
			return n, err
		}
		if err := errors.Join(a.replace(id, v.sealNote(id, plain)), gone(filepath.Join(a.Dir, id+thumb))); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// notes are the ids of pictures that are notes and nothing else.
func (a Album) notes(ctx context.Context) (ids []string, err error) {
	err = a.store.View(ctx, func(tx themeday.Tx) error {
		shown := map[string]bool{}
		for _, use := range []string{"activity", "leave", "makeup"} {
			all, err := tx.PicturesOf(use)
			if err != nil {
				return err
			}
			for _, p := range all {
				if use != "activity" && !shown[p.ID] {
					ids = append(ids, p.ID)
				}
				shown[p.ID] = true
			}
		}
		return nil
	})
	return ids, err
}

func gone(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("take away a thumbnail: %w", err)
	}
	return nil
}

// replace puts other bytes under a name.
func (p Pictures) replace(name string, data []byte) error {
	fresh := name + ".new"
	if err := errors.Join(gone(filepath.Join(p.Dir, fresh)), p.write(fresh, data)); err != nil {
		return err
	}
	return os.Rename(filepath.Join(p.Dir, fresh), filepath.Join(p.Dir, name))
}

// name is the id of a note: the same for the same picture, and telling nothing of it to whoever has no key.
func (v vault) name(data []byte) string {
	mac := hmac.New(sha256.New, v.naming[:])
	mac.Write(data)
	return hex.EncodeToString(mac.Sum(nil))
}

func (v vault) sealNote(id string, plain []byte) []byte {
	door := v.doors[v.ids[0]]
	nonce := make([]byte, door.NonceSize())
	_, _ = rand.Read(nonce) // never fails
	return door.Seal(append([]byte(noteMark+v.ids[0]), nonce...), nonce, plain, []byte(id))
}

// openNote gives a sealed note; its error says whether the key or the picture is wrong.
func (v vault) openNote(id string, data []byte) ([]byte, error) {
	rest := data[len(noteMark):]
	var door cipher.AEAD
	if len(rest) > keyIDLength {
		door = v.doors[string(rest[:keyIDLength])]
	}
	if door == nil || len(rest) < keyIDLength+door.NonceSize() {
		return nil, fmt.Errorf("open a note: %w", errUnreadable)
	}
	rest = rest[keyIDLength:]
	plain, err := door.Open(nil, rest[:door.NonceSize()], rest[door.NonceSize():], []byte(id))
	if err != nil {
		return nil, errors.New("open a note: it was changed from outside")
	}
	return plain, nil
}
