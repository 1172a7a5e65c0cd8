package storage

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"themeday"
)

// noteKeys are two keys of a test.
func noteKeys() (first, second Key) {
	first[0], second[0] = 1, 2
	return first, second
}

// photographed writes a picture of a leave note, and gives its path.
func photographed(t *testing.T, shade uint8) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 60, 40))
	for i := range 60 {
		img.Set(i, int(shade)%40, color.RGBA{shade, 100, 200, 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "note.jpg")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheNoteOfALeaveIsSealedAndOpensWithTheKeyAlone(t *testing.T) {
	s := opened(t)
	first, second := noteKeys()
	s.UseKeys(first)
	a := s.Album(t.TempDir())
	kept, err := a.KeepNote(photographed(t, 7))
	if err != nil {
		t.Fatal(err)
	}
	again, err := a.KeepNote(photographed(t, 7))
	if err != nil || again != kept || kept.Look != "" || kept.Received != "" {
		t.Errorf("%+v, then %+v, %v", kept, again, err)
	}
	files, err := os.ReadDir(a.Dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("%d files, %v; want the sealed one alone", len(files), err)
	}
	raw, err := os.ReadFile(filepath.Join(a.Dir, kept.ID))
	if err != nil || bytes.Contains(raw, []byte{0xff, 0xd8, 0xff}) {
		t.Errorf("the picture lies in the open: %v", err)
	}
	if plain, err := a.Note(kept.ID); err != nil || !bytes.HasPrefix(plain, []byte{0xff, 0xd8, 0xff}) {
		t.Errorf("the note does not open: %v", err)
	}
	if _, err := a.Shown(kept.ID); err == nil {
		t.Error("a document may show the note")
	}
	s.UseKeys(second)
	if _, err := a.Note(kept.ID); err == nil || !strings.Contains(err.Error(), "key") {
		t.Errorf("opened with another key: %v", err)
	}
	s.UseKeys(first)
	raw[len(raw)-1] ^= 1
	if err := os.WriteFile(filepath.Join(a.Dir, kept.ID), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Note(kept.ID); err == nil || !strings.Contains(err.Error(), "changed") {
		t.Errorf("a changed note opens: %v", err)
	}
}

func TestNotesInTheOpenAreSealedAndARotatedKeyOpensThem(t *testing.T) {
	s := house(t)
	a := s.Album(t.TempDir())
	note, err := a.KeepNote(photographed(t, 9)) // without a key: as any picture
	if err != nil {
		t.Fatal(err)
	}
	photo, err := a.Keep(photographed(t, 11))
	if err != nil {
		t.Fatal(err)
	}
	update(t, s, func(tx themeday.Tx) error {
		for _, p := range []themeday.Picture{{ID: note.ID, Use: "leave"}, {ID: photo.ID, Use: "leave"}, {ID: photo.ID, Use: "activity"}} {
			p.Activity, p.Person, p.At = march, zhang, start
			if err := tx.PutPicture(p); err != nil {
				return err
			}
		}
		return nil
	})
	first, second := noteKeys()
	for _, round := range []struct {
		keys   []Key
		sealed int
	}{{[]Key{first}, 1}, {[]Key{first}, 0}, {[]Key{second, first}, 1}, {[]Key{second}, 0}} {
		s.UseKeys(round.keys...)
		n, err := a.SealNotes(context.Background())
		if err != nil || n != round.sealed {
			t.Errorf("sealed %d, %v; want %d", n, err, round.sealed)
		}
		if plain, err := a.Note(note.ID); err != nil || !bytes.HasPrefix(plain, []byte{0xff, 0xd8, 0xff}) {
			t.Errorf("the note does not open: %v", err)
		}
	}
	if _, err := os.Stat(filepath.Join(a.Dir, note.ID+thumb)); !os.IsNotExist(err) {
		t.Errorf("its thumbnail is still there: %v", err)
	}
	if _, err := a.Shown(photo.ID); err != nil {
		t.Errorf("a photo of the activity was sealed: %v", err)
	}
}
