//go:build !windows && !linux

package main

import "os"

// lockItself takes no lock: there, one on the file itself would be in SQLite's way. That the file has no second name is seen by the storage; that the
// lock file is taken away, by the watch.
func lockItself(path string) (*os.File, error) { return os.OpenFile(path, os.O_RDWR, 0) }
