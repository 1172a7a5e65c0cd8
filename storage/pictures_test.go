package storage

import (
	"os"
	"path/filepath"
	"testing"

	"themeday"
)

// file writes a file as a transport would and gives its path.
func file(t *testing.T, size int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "came.jpg")
	if err := os.WriteFile(path, make([]byte, size), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAPictureIsKeptOnceUnderTheHashOfItsBytes(t *testing.T) {
	p := Pictures{Dir: filepath.Join(t.TempDir(), "new", "pictures")}
	const want = "374708fff7719dd5979ec875d56cd2286f6d3cf7ec317a3b25632aab28ec37bb" // sha256 of 16 zero bytes
	for range 2 {
		id, err := p.Keep(file(t, 16))
		if err != nil || id != want {
			t.Errorf("%s, %v; want %s", id, err, want)
		}
	}
	left, err := os.ReadDir(p.Dir)
	if err != nil || len(left) != 1 {
		t.Fatalf("%v, %v: want the one picture and nothing half written", left, err)
	}
	for path, mode := range map[string]os.FileMode{p.Dir: 0o700, filepath.Join(p.Dir, want): 0o600} {
		f, err := os.Stat(path)
		if err != nil || f.Mode().Perm() != mode {
			t.Errorf("%s: %v, %v; want %v", path, f.Mode().Perm(), err, mode)
		}
	}
}

func TestAPictureThatIsMissingEmptyOrTooLargeIsRefusedInWords(t *testing.T) {
	p := Pictures{Dir: filepath.Join(t.TempDir(), "pictures")}
	for _, path := range []string{filepath.Join(t.TempDir(), "none.jpg"), file(t, 0), file(t, MaxPicture+1)} {
		if id, err := p.Keep(path); themeday.CodeOf(err) != themeday.Invalid {
			t.Errorf("%s: %q, %v", path, id, err)
		}
	}
	if _, err := p.Keep(file(t, MaxPicture)); err != nil {
		t.Errorf("the largest picture allowed: %v", err)
	}
}
