package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestADocumentIsItsOwnersAloneWhateverLayThere(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "facts.json")
	if err := os.WriteFile(path, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(path, []byte("new")); err != nil {
		t.Fatal(err)
	}
	st, err := os.Stat(path)
	data, readErr := os.ReadFile(path)
	if err != nil || readErr != nil || st.Mode().Perm() != 0o600 || string(data) != "new" {
		t.Errorf("%v %v %v %q", err, readErr, st.Mode(), data)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestADocumentNeverGoesThroughALinkOrIntoADevice(t *testing.T) {
	dir := t.TempDir()
	victim, link := filepath.Join(dir, "victim.txt"), filepath.Join(dir, "facts.json")
	if err := os.WriteFile(victim, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(victim, link); err != nil {
		t.Skip(err)
	}
	for _, path := range []string{link, os.DevNull, dir} {
		if err := writeFile(path, []byte("x")); err == nil || !strings.Contains(err.Error(), "name an ordinary file") {
			t.Errorf("%s: %v", path, err)
		}
	}
	if data, err := os.ReadFile(victim); err != nil || string(data) != "mine" {
		t.Errorf("%q %v", data, err)
	}
}

func TestWhatNeverEndsIsNotRead(t *testing.T) {
	big := filepath.Join(t.TempDir(), "big.yaml")
	if err := os.WriteFile(big, make([]byte, configLimit+1), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ args, want string }{
		{"rehearse /dev/zero", "is no ordinary file"},
		{"agenda --config /dev/zero", "is no ordinary file"},
		{"agenda --config " + big, "is larger than 1 MB"},
	} {
		if _, err := os.Stat("/dev/zero"); err != nil {
			t.Skip(err)
		}
		code, _, errs := start(t, strings.Fields(c.args)...)
		if code != exitFailed || !strings.Contains(errs, c.want) {
			t.Errorf("themeday %s: exit %d, %q", c.args, code, errs)
		}
	}
}

func TestNoDocumentTakesThePlaceOfTheDatabase(t *testing.T) {
	db := written(t, "d.db", "SQLite format 3\x00 and all that was ever noted")
	log := db + "-wal"
	if err := os.WriteFile(log, []byte("the last notes"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{db, log} {
		if err := writeFile(path, []byte("{}")); err == nil {
			t.Errorf("%s is overwritten", path)
		}
	}
}
