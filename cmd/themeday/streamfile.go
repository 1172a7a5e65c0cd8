package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
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
	} else if err == nil && strings.HasSuffix(path, ".key") {
		return fmt.Errorf("write %s: it looks like the key of a database: name another file", path)
	}
	return replaceFile(path, write)
}

// replaceFile is streamFile for what may take any ordinary file's place.
func replaceFile(path string, write func(io.Writer) error) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(path), ".themeday-*")
	if err != nil {
		return unwritten(path, err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temp.Name())
			err = unwritten(path, err)
		}
	}()
	err = buffered(temp, write)
	if closing := temp.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}

// unwritten says in a line why a file could not be written, and what to do.
func unwritten(path string, err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("write %s: the disk is full: make room and try again", path)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("write %s: its folder does not exist: make it, or name another", path)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("write %s: the folder may not be written: look at its owner and mode", path)
	}
	return fmt.Errorf("write %s: %w", path, err)
}
