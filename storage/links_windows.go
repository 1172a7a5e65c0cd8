package storage

import "io/fs"

// hardNames is not told there; the lock on the file itself holds under each of its names.
func hardNames(fs.FileInfo) uint64 { return 1 }
