package storage

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"themeday"
	"themeday/storage/picture"
)

// MaxPicture is the largest picture that is taken, in bytes.
const MaxPicture = 20 << 20

// Pictures is a folder of pictures, drawn anew as they came in: each named for the SHA-256 of what is kept of it, with its thumbnail beside it.
// Files are 0600. A picture without a thumbnail beside it was kept by an older version, as its sender sent it: it may tell where it was taken.
type Pictures struct{ Dir string }

// Keep draws a picture anew and puts it into the folder, once. It implements themeday.Keeper.
func (p Pictures) Keep(path string) (themeday.Kept, error) {
	shot, data, err := drawn(path)
	if err != nil {
		return themeday.Kept{}, err
	}
	kept := themeday.Kept{ID: sum(shot.JPEG), Received: sum(data), Look: shot.Look}
	if err := p.write(kept.ID, shot.JPEG); err != nil {
		return themeday.Kept{}, err
	}
	return kept, p.write(kept.ID+thumb, shot.Thumb) // last: where it is, the picture beside it is clean
}

// drawn draws a picture anew, and gives the bytes that came; what cannot be taken is a refusal.
func drawn(path string) (picture.Shot, []byte, error) {
	data, err := read(path)
	switch {
	case err != nil || len(data) == 0:
		return picture.Shot{}, nil, themeday.Refuse(themeday.Invalid, "", "图片没有收到，请再发一次")
	case len(data) > MaxPicture:
		return picture.Shot{}, nil, themeday.Refuse(themeday.Invalid, "", "图片超过20兆，没有收，请压缩后再发一次")
	}
	shot, err := picture.Open(data)
	if err != nil {
		return shot, nil, unopened(err)
	}
	return shot, data, nil
}

// unopened tells the sender why his picture was not taken, and what to do.
func unopened(err error) error {
	switch {
	case errors.Is(err, picture.ErrFormat):
		return themeday.Refuse(themeday.Invalid, "", "这个文件不是照片，没有收，请发JPG或PNG照片")
	case errors.Is(err, picture.ErrPixels):
		return themeday.Refuse(themeday.Invalid, "", "图片尺寸太大，没有收，请缩小后再发一次")
	case errors.Is(err, picture.ErrBroken):
		return themeday.Refuse(themeday.Invalid, "", "图片不完整，打不开，请再发一次")
	}
	return fmt.Errorf("open picture: %w", err)
}

// thumb ends the name of a thumbnail.
const thumb = ".thumb"

// Thumb is the thumbnail of a picture, a JPEG.
func (p Pictures) Thumb(id string) ([]byte, error) {
	if err := named(id); err != nil {
		return nil, err
	}
	small, err := read(filepath.Join(p.Dir, id+thumb))
	if errors.Is(err, fs.ErrNotExist) {
		shot, err := p.anew(id)
		return shot.Thumb, err
	}
	return small, err
}

// Shown is a picture as documents show it, a JPEG with nothing in it but what is to be seen.
func (p Pictures) Shown(id string) ([]byte, error) {
	if err := named(id); err != nil {
		return nil, err
	}
	_, err := os.Stat(filepath.Join(p.Dir, id+thumb))
	if errors.Is(err, fs.ErrNotExist) {
		shot, err := p.anew(id)
		return shot.JPEG, err
	}
	if err != nil {
		return nil, fmt.Errorf("look for picture: %w", err)
	}
	return read(filepath.Join(p.Dir, id))
}

// anew draws a picture that an older version kept as it came.
func (p Pictures) anew(id string) (picture.Shot, error) {
	data, err := read(filepath.Join(p.Dir, id))
	if err != nil {
		return picture.Shot{}, err
	}
	return picture.Open(data)
}

// named refuses what is no name of a picture.
func named(id string) error {
	if raw, err := hex.DecodeString(id); err != nil || len(raw) != sha256.Size {
		return fmt.Errorf("%q is no name of a picture", id)
	}
	return nil
}

func sum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// read reads a file, and one byte more than is taken.
func read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read picture: %w", err)
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, MaxPicture+1))
}

// write puts the bytes under their name by a temporary file, so that a half-written one is never found. What lies there already stays when it
// is the same, and goes when somebody put other bytes there.
func (p Pictures) write(name string, data []byte) error {
	final := filepath.Join(p.Dir, name)
	if there, err := os.ReadFile(final); err == nil && bytes.Equal(there, data) {
		return nil
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
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
