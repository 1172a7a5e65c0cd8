package storage

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"

	"themeday"
)

// came writes a file as a transport would and gives its path.
func came(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "came.jpg")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// shot is a photo of chequers with the camera's notes before it: where it was taken, and that it lies on its side.
func shot(t *testing.T) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 800, 600))
	for y := range 600 {
		for x := range 800 {
			m.SetRGBA(x, y, color.RGBA{uint8((x / 100 * 77) ^ (y / 100 * 31)), uint8(x / 4), uint8(y / 3), 255})
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, nil); err != nil {
		t.Fatal(err)
	}
	notes := "\xff\xd8\xff\xe1\x00\x27Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00GPS39.90N"
	return append([]byte(notes), out.Bytes()[2:]...)
}

func TestAPictureIsKeptOnceWithItsThumbnailUnderTheHashOfWhatIsKept(t *testing.T) {
	p := Pictures{Dir: filepath.Join(t.TempDir(), "new", "pictures")}
	data := shot(t)
	first, err := p.Keep(came(t, data))
	if err != nil {
		t.Fatal(err)
	}
	again, err := p.Keep(came(t, data))
	if err != nil || again != first {
		t.Errorf("again: %+v, %v; want %+v", again, err, first)
	}
	if first.Received != sum(data) || first.Look == "" {
		t.Errorf("%+v", first)
	}
	large, err := p.Shown(first.ID)
	if err != nil || sum(large) != first.ID {
		t.Errorf("what is kept is not what it is named for: %v", err)
	}
	names, err := filepath.Glob(filepath.Join(p.Dir, "*"))
	if err != nil || len(names) != 2 {
		t.Errorf("%v: want the picture and its thumbnail, and nothing half written", names)
	}
	for path, mode := range map[string]os.FileMode{p.Dir: 0o700, filepath.Join(p.Dir, first.ID): 0o600, filepath.Join(p.Dir, first.ID+".thumb"): 0o600} {
		if f, err := os.Stat(path); err != nil || f.Mode().Perm() != mode {
			t.Errorf("%s: %v; want %v", path, err, mode)
		}
	}
	upright(t, p, first.ID)
}

// upright looks at what documents get of the shot: turned, and without the camera's notes.
func upright(t *testing.T, p Pictures, id string) {
	t.Helper()
	for want, read := range map[image.Point]func(string) ([]byte, error){{X: 600, Y: 800}: p.Shown, {X: 240, Y: 320}: p.Thumb} {
		data, err := read(id)
		size, _ := jpeg.DecodeConfig(bytes.NewReader(data))
		if err != nil || image.Pt(size.Width, size.Height) != want || bytes.Contains(data, []byte("GPS")) || bytes.Contains(data, []byte("Exif")) {
			t.Errorf("%dx%d, %v; want %v, and nothing of the camera", size.Width, size.Height, err, want)
		}
	}
}

func TestAPictureThatAnOlderVersionKeptAsItCameIsShownCleanly(t *testing.T) {
	p := Pictures{Dir: t.TempDir()}
	data := shot(t)
	id := sum(data)
	if err := os.WriteFile(filepath.Join(p.Dir, id), data, 0o600); err != nil {
		t.Fatal(err)
	}
	upright(t, p, id)
}

func TestWhatIsNoPictureInTheFolderIsNotShown(t *testing.T) {
	p := Pictures{Dir: t.TempDir()}
	text := sum([]byte("text"))
	for name, data := range map[string]string{text: "text", "../secret": "", "secret": "x"} {
		_ = os.WriteFile(filepath.Join(p.Dir, filepath.Base(name)), []byte(data), 0o600)
	}
	for _, id := range []string{text, "../secret", "secret", "", sum(nil)} {
		for name, read := range map[string]func(string) ([]byte, error){"picture": p.Shown, "thumbnail": p.Thumb} {
			if data, err := read(id); err == nil || len(data) > 0 {
				t.Errorf("%s of %q: %d bytes, %v", name, id, len(data), err)
			}
		}
	}
}

func TestWhatCannotBeKeptIsRefusedInWords(t *testing.T) {
	p := Pictures{Dir: filepath.Join(t.TempDir(), "pictures")}
	whole := shot(t)
	bomb := "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x75\x30\x00\x00\x75\x30\x08\x06\x00\x00\x00\x66\x27\xf8\xba"
	for name, c := range map[string]struct{ path, want string }{
		"missing":        {filepath.Join(t.TempDir(), "none.jpg"), "图片没有收到，请再发一次"},
		"empty":          {came(t, nil), "图片没有收到，请再发一次"},
		"too many bytes": {came(t, append(bytes.Clone(whole), make([]byte, MaxPicture)...)), "图片超过20兆，没有收，请压缩后再发一次"},
		"a text":         {came(t, []byte("请假条")), "这个文件不是照片，没有收，请发JPG或PNG照片"},
		"half a picture": {came(t, whole[:len(whole)/2]), "图片不完整，打不开，请再发一次"},
		"a bomb":         {came(t, []byte(bomb)), "图片尺寸太大，没有收，请缩小后再发一次"},
	} {
		kept, err := p.Keep(c.path)
		if themeday.CodeOf(err) != themeday.Invalid || err.Error() != c.want || kept != (themeday.Kept{}) {
			t.Errorf("%s: %+v, %v; want %s", name, kept, err, c.want)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(p.Dir, "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
