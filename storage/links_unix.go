//go:build !windows

package storage

import (
	"io/fs"
	"syscall"
)

// hardNames is under how many names a file lies on the disk.
func hardNames(file fs.FileInfo) uint64 {
	if st, ok := file.Sys().(*syscall.Stat_t); ok {
		return uint64(st.Nlink)
	}
	return 1
}
