package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"themeday"
	"themeday/storage"
)

// keeps puts a picture and a filed form of an activity beside the scene's database, and gives their paths.
func (s *scene) keeps() (picture, form string) {
	s.t.Helper()
	sum := func(text string) string {
		h := sha256.Sum256([]byte(text))
		return hex.EncodeToString(h[:])
	}
	h, _ := s.house("database: " + s.path("d.db") + "\n")
	if err := h.Store.Update(context.Background(), func(tx themeday.Tx) error {
		if err := tx.PutPicture(themeday.Picture{ID: sum("a picture"), Activity: "x-2026-03", Person: 1, Use: "activity", At: s.at("2026-03-05 11:00")}); err != nil {
			return err
		}
		return tx.PutFiledForm(themeday.FiledForm{Activity: "x-2026-03", Version: 1, SHA256: sum("a form"), At: s.at("2026-03-05 11:00"), By: 1})
	}); err != nil {
		s.t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		s.t.Fatal(err)
	}
	s.write(configFile, "database: d.db\n")
	for _, dir := range []string{"d-pictures", "d-filed"} {
		if err := os.MkdirAll(s.path(dir), 0o700); err != nil {
			s.t.Fatal(err)
		}
	}
	picture, form = filepath.Join("d-pictures", sum("a picture")), filepath.Join("d-filed", sum("a form")+".docx")
	s.write(picture, "a picture")
	s.write(form, "a form")
	return picture, form
}

func TestAPictureOrAFormThatIsNotAsItWasKeptIsNamedWithItsActivity(t *testing.T) {
	s := newScene(t)
	s.planned()
	picture, form := s.keeps()
	whole := s.path("whole.gz")
	if out := s.does("2026-03-05 12:00", "backup", whole); strings.Contains(out, "CAUTION") {
		t.Fatal(out)
	}
	if out := s.does("2026-03-05 12:00", "doctor"); !strings.Contains(out, "pictures  1, as they were kept") || !strings.Contains(out, "filed forms 1, as they were filed") {
		t.Error(out)
	}
	for _, c := range []struct {
		name  string
		spoil func() error
		want  string
		about string
	}{
		{"a picture of other bytes", func() error { return os.WriteFile(s.path(picture), []byte("A picture"), 0o600) }, "pictures/" + filepath.Base(picture) + " is altered (x-2026-03)", "mend  pictures"},
		{"no picture", func() error { return os.Remove(s.path(picture)) }, "pictures/" + filepath.Base(picture) + " is gone (x-2026-03)", "mend  pictures"},
		{"a form of other bytes", func() error { return os.WriteFile(s.path(form), []byte("A form"), 0o600) }, "filed/" + filepath.Base(form) + " is altered (x-2026-03 version 1)", "mend  filed forms"},
		{"no form", func() error { return os.Remove(s.path(form)) }, "filed/" + filepath.Base(form) + " is gone (x-2026-03 version 1)", "mend  filed forms"},
	} {
		s.write(picture, "a picture")
		s.write(form, "a form")
		if err := c.spoil(); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "b.gz")
		for _, args := range [][]string{{"backup", file}, {"backup", "--verify", file}, {"restore", file, "--db", filepath.Join(t.TempDir(), "other.db")}} {
			if out := s.does("2026-03-05 12:00", args...); !strings.Contains(out, "CAUTION") || !strings.Contains(out, c.want) {
				t.Errorf("%s: %v says\n%s, want %q", c.name, args, out, c.want)
			}
		}
		code, out, _ := s.run("2026-03-05 12:00", "doctor")
		if code != exitFailed || !strings.Contains(out, c.about) || !strings.Contains(out, c.want) {
			t.Errorf("%s: the doctor (%d) says\n%s", c.name, code, out)
		}
	}
}

func TestARestoreLeavesAWholeFileWhereTheBackupsIsAltered(t *testing.T) {
	s := newScene(t)
	s.planned()
	picture, _ := s.keeps()
	s.write(picture, "A picture")
	s.does("2026-03-05 12:00", "backup", s.path("b.gz"))
	s.write(picture, "a picture")
	s.does("2026-03-05 12:00", "restore", "--force", s.path("b.gz"))
	if have, err := os.ReadFile(s.path(picture)); err != nil || string(have) != "a picture" {
		t.Errorf("%q, %v", have, err)
	}
}

func TestASealedNoteIsHeldAgainstItsSealAsFarAsTheKeyIsThere(t *testing.T) {
	s := newScene(t)
	s.planned()
	var file bytes.Buffer
	if err := jpeg.Encode(&file, image.NewGray(image.Rect(0, 0, 40, 30)), nil); err != nil {
		t.Fatal(err)
	}
	s.write("note.jpg", file.String())
	config, err := LoadConfig(s.path(configFile))
	if err != nil {
		t.Fatal(err)
	}
	config.Database = s.path("d.db")
	store, err := storage.Open(config.Database, storage.Sealed(config.keysAtHand()...))
	if err != nil {
		t.Fatal(err)
	}
	kept, err := store.Album(s.path("d-pictures")).KeepNote(s.path("note.jpg"))
	if err == nil {
		err = store.Update(context.Background(), func(tx themeday.Tx) error {
			return tx.PutPicture(themeday.Picture{ID: kept.ID, Activity: "x-2026-03", Person: 1, Use: "leave", At: s.at("2026-03-05 11:00")})
		})
	}
	if err := errors.Join(err, store.Close()); err != nil {
		t.Fatal(err)
	}
	s.does("2026-03-05 12:00", "backup", s.path("whole.gz"))
	if out := s.does("2026-03-05 12:00", "backup", "--verify", s.path("whole.gz")); strings.Contains(out, "CAUTION") || strings.Contains(out, "sealed notes") {
		t.Error(out)
	}
	sealed, err := os.ReadFile(s.path("d-pictures/" + kept.ID))
	if err != nil {
		t.Fatal(err)
	}
	sealed[len(sealed)-1] ^= 1
	s.write("d-pictures/"+kept.ID, string(sealed))
	for _, args := range [][]string{{"backup", s.path("altered.gz")}, {"backup", "--verify", s.path("altered.gz")}} {
		if out := s.does("2026-03-05 12:00", args...); !strings.Contains(out, "pictures/"+kept.ID+" is altered (x-2026-03)") {
			t.Errorf("%v says\n%s", args, out)
		}
	}
	if err := os.Rename(s.path("d.key"), s.path("elsewhere.key")); err != nil {
		t.Fatal(err)
	}
	if out := s.does("2026-03-05 12:00", "backup", "--verify", s.path("altered.gz")); !strings.Contains(out, "of them 1 are sealed notes whose key is not here") {
		t.Error(out)
	}
}
