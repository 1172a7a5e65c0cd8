package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// streamFile is writeFile for a document that is written piece by piece: beside its place, readable by its owner only, and moved there when it
// is whole. An error, a full disk too, leaves what was there before.
func streamFile(path string, write func(io.Writer) error) (err error) {
	if st, err := os.Lstat(path); err == nil && !st.Mode().IsRegular() {
		return fmt.Errorf("write %s: it is a link, a folder or a device: name an ordinary file", path)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write %s: %w", path, err)
	} else if err == nil && ofDatabase(path) {
		return fmt.Errorf("write %s: it is a database: name another file", path)
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".themeday-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temp.Name())
			err = fmt.Errorf("write %s: %w", path, err)
		}
	}()
	if err = errors.Join(buffered(temp, write), temp.Close()); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}
