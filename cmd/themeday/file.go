package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// readFile reads an ordinary file of at most so many bytes; what never ends, and what waits for a writer, is refused.
func readFile(path string, most int64) ([]byte, error) {
	st, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !st.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no ordinary file: name one", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	switch {
	case err != nil:
		return nil, err
	case int64(len(data)) > most:
		return nil, fmt.Errorf("%s is larger than %d MB: that cannot be right, look at it", path, most>>20)
	}
	return data, nil
}

// writeFile puts a document in its place, as streamFile does.
func writeFile(path string, document []byte) error {
	return streamFile(path, func(w io.Writer) error {
		_, err := w.Write(document)
		return err
	})
}

// ofDatabase says whether a file is a database, or the log of one: no document may take its place.
func ofDatabase(path string) bool {
	for _, beside := range []string{"-wal", "-shm", ".lock"} {
		if base, ok := strings.CutSuffix(path, beside); ok {
			return ofDatabase(base)
		}
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close() //nolint:errcheck // it was only read
	const magic = "SQLite format 3\x00"
	head := make([]byte, len(magic))
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == magic
}
