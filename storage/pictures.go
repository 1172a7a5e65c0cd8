package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"themeday"
)

// MaxPicture is the largest picture that is kept, in bytes.
const MaxPicture = 20 << 20

// Pictures is a folder of pictures, each named for the SHA-256 of its bytes; files are 0600.
type Pictures struct{ Dir string }

// Keep copies a picture into the folder, once, and gives its id. It implements themeday.Keeper.
func (p Pictures) Keep(path string) (string, error) {
	unread := themeday.Refuse(themeday.Invalid, "", "图片没有收到或超过20兆，请压缩后再发一次")
	src, err := os.Open(path)
	if err != nil {
		return "", unread
	}
	defer func() { _ = src.Close() }()
	data, err := io.ReadAll(io.LimitReader(src, MaxPicture+1))
	if err != nil || len(data) == 0 || len(data) > MaxPicture {
		return "", unread
	}
	sum := sha256.Sum256(data)
	id := hex.EncodeToString(sum[:])
	return id, p.write(id, data)
}

// write puts the bytes under their name by a temporary file, so that a half-written one is never found.
func (p Pictures) write(id string, data []byte) error {
	final := filepath.Join(p.Dir, id)
	if _, err := os.Stat(final); err == nil {
		return nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look for picture: %w", err)
	}
	if err := os.MkdirAll(p.Dir, 0o700); err != nil {
		return fmt.Errorf("make folder of pictures: %w", err)
	}
	tmp, err := os.CreateTemp(p.Dir, "new-*")
	if err != nil {
		return fmt.Errorf("keep picture: %w", err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	_, err = tmp.Write(data)
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err != nil {
		return fmt.Errorf("keep picture: %w", err)
	}
	return os.Rename(tmp.Name(), final)
}
