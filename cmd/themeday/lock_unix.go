//go:build !windows

package main

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// lock takes the exclusive lock of a file, which it makes; the system gives it up when the process ends in whatever way.
func lock(path string) (*os.File, error) {
	for {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|unix.O_NOFOLLOW, 0o600)
		if err != nil {
			return nil, err
		}
		if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
			_ = f.Close()
			if errors.Is(err, unix.EWOULDBLOCK) {
				return nil, errHeld
			}
			return nil, err
		}
		if same, err := still(f, path); same || err != nil {
			return f, err
		}
		_ = f.Close() // whoever held it took it away in the meantime
	}
}

// still tells whether a locked file is the one that lies at the path.
func still(f *os.File, path string) (bool, error) {
	held, err := f.Stat()
	if err != nil {
		return false, err
	}
	there, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && os.SameFile(held, there), err
}

// unlock takes the file away while it is still locked, and gives the lock up.
func unlock(f *os.File) error { return errors.Join(os.Remove(f.Name()), f.Close()) }
