package main

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// lock takes the exclusive lock of a file, which it makes; the system gives it up when the process ends in whatever way.
func lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lockBytes(f, windows.Overlapped{}); err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

func lockBytes(f *os.File, where windows.Overlapped) error {
	flags := uint32(windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY)
	err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, &where)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return errHeld
	}
	return err
}

// lockItself takes a lock on the database file itself, far behind its end, where SQLite neither reads nor locks: it holds under every name of the file.
func lockItself(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	return f, lockBytes(f, windows.Overlapped{OffsetHigh: 1 << 30})
}

// still tells whether a locked file is the one that lies at the path: nobody can take it away there.
func still(*os.File, string) (bool, error) { return true, nil }

// unlock gives the lock up; the file stays, for somebody else may be waiting with it open.
func unlock(f *os.File) error { return f.Close() }
