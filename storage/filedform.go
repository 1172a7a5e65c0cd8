package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"themeday"
)

const filedFormColumns = "activity, version, sha256, filed_at, filed_by"

// FiledForms come by version.
func (t *tx) FiledForms(id themeday.ActivityID) ([]themeday.FiledForm, error) {
	return remember(t, "filed_forms", id, func() ([]themeday.FiledForm, error) {
		return list(t, "filed forms", func(r row, f *themeday.FiledForm) error {
			return r.Scan(&f.Activity, &f.Version, &f.SHA256, when(&f.At), &f.By)
		}, "SELECT "+filedFormColumns+" FROM filed_forms WHERE activity = ? ORDER BY version", id)
	})
}

func (t *tx) PutFiledForm(f themeday.FiledForm) error {
	return t.put("filed_forms", filedFormColumns, f.Activity, f.Version, f.SHA256, at(f.At), f.By)
}

// Forms is a folder of record forms as they were filed, each named for the SHA-256 of its bytes; files are 0600.
type Forms struct{ Dir string }

// Keep puts a form into the folder, once, and gives the SHA-256 of its bytes in hex.
func (f Forms) Keep(form []byte) (string, error) {
	sum := sha256.Sum256(form)
	id := hex.EncodeToString(sum[:])
	return id, Pictures(f).write(id+".docx", form)
}

// Read gives the bytes of a kept form; ErrAltered when they are not those that were kept, or gone.
func (f Forms) Read(id string) ([]byte, error) {
	form, err := os.ReadFile(f.File(id))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAltered, err)
	}
	if sum := sha256.Sum256(form); hex.EncodeToString(sum[:]) != id {
		return nil, ErrAltered
	}
	return form, nil
}

// ErrAltered means that a filed form is not there any more as it was filed.
var ErrAltered = errors.New("a filed form is gone or was changed from outside: put it back from a backup")

// File is where the bytes of a kept form lie.
func (f Forms) File(sha256 string) string { return filepath.Join(f.Dir, sha256+".docx") }
