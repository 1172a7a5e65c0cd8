package storage

import (
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// walIsSafe tells whether a version of SQLite has the fix of the WAL-reset bug: 3.53.0, and 3.51.3 of its line.
func walIsSafe(t *testing.T, version string) bool {
	t.Helper()
	var a, b, c int
	if _, err := fmt.Sscanf(version, "%d.%d.%d", &a, &b, &c); err != nil {
		t.Fatal(err)
	}
	return a > 3 || b >= 53 || b == 51 && c >= 3
}

func TestAPathThatCannotBeOpenedSaysWhatToDo(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database at all\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link.db")
	if err := os.Symlink(filepath.Join(dir, "target.db"), link); err != nil {
		t.Skip(err)
	}
	for _, c := range []struct{ path, says string }{
		{link, "is a link to a file that is not there"},
		{"", "no database named"},
		{filepath.Join(dir, "none", "themeday.db"), "does not exist: make it first"},
		{dir, "is a folder: name a file in it"},
		{text, "is no database: name another"},
		{filepath.Join(text, "themeday.db"), "reach the database"},
		{os.DevNull, "is no ordinary file"},
	} {
		s, err := Open(c.path)
		if err == nil {
			s.Close()
			t.Errorf("Open(%q) went well", c.path)
			continue
		}
		if !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), c.path) || strings.Contains(err.Error(), "\n") {
			t.Errorf("Open(%q) says %q, want one line with %q and the path", c.path, err, c.says)
		}
	}
}

func TestTheLogOfALinkedDatabaseLiesBesideTheFile(t *testing.T) {
	dir, far := t.TempDir(), t.TempDir()
	target, link := filepath.Join(far, "real.db"), filepath.Join(dir, "link.db")
	if err := os.WriteFile(target, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Skip(err)
	}
	s, err := Open(link)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := os.Stat(target + "-wal"); err != nil {
		t.Error(err)
	}
}

func TestAPlaceThatMayNotBeWrittenSaysSo(t *testing.T) {
	err := placeError("a/b.db", &fs.PathError{Op: "open", Path: "a/b.db", Err: fs.ErrPermission})
	if !strings.Contains(err.Error(), "may not be written: check the owner") {
		t.Error(err)
	}
}

func TestOddNamesOfFilesAreTakenAsTheyAre(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"党 日?mode=memory.db", "100%25#1.db", ":memory:"} {
		s, err := Open(filepath.Join(dir, name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		s.Close()
		if f, err := os.Stat(filepath.Join(dir, name)); err != nil || f.Size() == 0 {
			t.Errorf("%s does not hold the database: %v", name, err)
		}
	}
}

// rawly runs SQL on a file without going through a Store.
func rawly(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
}

func TestADatabaseOfANewerProgramIsRefused(t *testing.T) {
	s := opened(t)
	s.Close()
	rawly(t, s.Path(), "PRAGMA user_version = 99")
	_, err := Open(s.Path())
	want := fmt.Sprintf("the database %s has schema 99, this program knows %d: use a newer themeday", s.Path(), len(migrations))
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestADatabaseOfAnotherProgramIsRefusedAndLeftAlone(t *testing.T) {
	for _, made := range []string{"CREATE TABLE songs (title TEXT)", "CREATE TABLE songs (title TEXT); PRAGMA user_version = 1", "PRAGMA user_version = 1"} {
		path := filepath.Join(t.TempDir(), "songs.db")
		rawly(t, path, made)
		if _, err := Open(path); err == nil || !strings.Contains(err.Error(), "belongs to another program") {
			t.Errorf("after %q: %v", made, err)
		}
	}
}
