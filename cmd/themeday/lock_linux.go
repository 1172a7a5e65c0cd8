package main

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// lockItself takes a lock on the database file itself, which holds under every name of it and whatever becomes of the lock file beside it. SQLite's
// own locks are of another sort. It must not be closed before the database is: that would give SQLite's locks up.
func lockItself(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		err = errHeld
	}
	return f, err
}
