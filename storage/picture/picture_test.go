package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"strings"
	"testing"
)

// quarters are a picture of four colours: red and green above, blue and white below.
func quarters(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, [2][2]color.RGBA{{{200, 0, 0, 255}, {0, 200, 0, 255}}, {{0, 0, 200, 255}, {255, 255, 255, 255}}}[2*y/h][2*x/w])
		}
	}
	return m
}

// corners names the colours of a picture's corners, row by row.
func corners(t *testing.T, data []byte) string {
	t.Helper()
	m, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	b := m.Bounds()
	name := func(x, y int) string {
		r, g, bl, _ := m.At(b.Min.X+b.Dx()*x/4, b.Min.Y+b.Dy()*y/4).RGBA()
		switch {
		case r > 0xc000 && g > 0xc000:
			return "W"
		case r > g && r > bl:
			return "R"
		case g > bl:
			return "G"
		}
		return "B"
	}
	return name(1, 1) + name(3, 1) + "/" + name(1, 3) + name(3, 3)
}

// lying is a picture as a camera stores it that notes an orientation: turned back by it, it is upright.
func lying(upright *image.RGBA, orientation int) *image.RGBA {
	w, h := upright.Rect.Dx(), upright.Rect.Dy()
	lw, lh := w, h
	if orientation >= 5 {
		lw, lh = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, lw, lh))
	for y := range h {
		for x := range w {
			fx, fy := from(orientation, x, y, lw, lh)
			out.SetRGBA(fx, fy, upright.RGBAAt(x, y))
		}
	}
	return out
}

// exif is an EXIF block with an orientation, a maker's name and a place.
func exif(order binary.AppendByteOrder, orientation int) []byte {
	out := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		out = []byte("MM\x00*")
	}
	out = order.AppendUint32(out, 8)
	out = order.AppendUint16(out, 3)
	for _, e := range [][3]uint32{{0x010f, 2, 50}, {0x0112, 3, 0}, {0x8825, 4, 50}} {
		out = order.AppendUint16(out, uint16(e[0]))
		out = order.AppendUint16(out, uint16(e[1]))
		out = order.AppendUint32(out, 1)
		if e[0] == 0x0112 {
			out = order.AppendUint16(order.AppendUint16(out, uint16(orientation)), 0)
			continue
		}
		out = order.AppendUint32(out, e[2])
	}
	return append(out, "\x00\x00\x00\x00SecretMaker GPS 39.9042N 116.4074E"...)
}

// withEXIF puts an EXIF block and a comment into a JPEG.
func withEXIF(data []byte, orientation int) []byte {
	block := append([]byte("Exif\x00\x00"), exif(binary.LittleEndian, orientation)...)
	out := append([]byte("\xff\xd8\xff\xe1"), binary.BigEndian.AppendUint16(nil, uint16(len(block)+2))...)
	out = append(out, block...)
	return append(append(out, "\xff\xfe\x00\x0dSecretWords"...), data[2:]...)
}

// turned is what the camera's notes 1 to 8 do with a picture whose corners are RG/BW, by the standard.
var turned = map[int]string{1: "RG/BW", 2: "GR/WB", 3: "WB/GR", 4: "BW/RG", 5: "RB/GW", 6: "BR/WG", 7: "WG/BR", 8: "GW/RB"}

func TestEveryOrientationIsTurnedUpright(t *testing.T) {
	for orientation, want := range turned {
		shot := opened(t, withEXIF(jpegOf(t, quarters(120, 80), 90), orientation))
		if got := corners(t, shot.JPEG); got != want {
			t.Errorf("%d: %s, want %s", orientation, got, want)
		}
		size, err := jpeg.DecodeConfig(bytes.NewReader(shot.Thumb))
		if wide := orientation < 5; err != nil || wide != (size.Width == 120) || wide != (size.Height == 80) {
			t.Errorf("%d: thumbnail of %dx%d, %v", orientation, size.Width, size.Height, err)
		}
		if got := corners(t, opened(t, withEXIF(jpegOf(t, lying(quarters(120, 80), orientation), 90), orientation)).JPEG); got != "RG/BW" {
			t.Errorf("%d, as a camera stores it: %s", orientation, got)
		}
	}
}

func TestTheOrientationIsReadFromEveryKindOfFile(t *testing.T) {
	var plain bytes.Buffer
	if err := png.Encode(&plain, quarters(12, 8)); err != nil {
		t.Fatal(err)
	}
	tiff := exif(binary.BigEndian, 6)
	chunk := func(order binary.AppendByteOrder, name string, swap bool) []byte {
		size := order.AppendUint32(nil, uint32(len(tiff)))
		if swap {
			return append(append([]byte(name), size...), tiff...)
		}
		return append(append(append(size, name...), tiff...), 0, 0, 0, 0)
	}
	head := plain.Bytes()[:33] // signature and IHDR
	for name, c := range map[string]struct {
		data []byte
		want int
	}{
		"PNG":                       {append(append(bytes.Clone(head), chunk(binary.BigEndian, "eXIf", false)...), plain.Bytes()[33:]...), 6},
		"WebP":                      {append([]byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x08\x00\x00\x00\x01\x00\x00\x01\x00\x00"), chunk(binary.LittleEndian, "EXIF", true)...), 6},
		"JPEG":                      {withEXIF(jpegOf(t, quarters(12, 8), 90), 8), 8},
		"a PNG without":             {plain.Bytes(), 1},
		"a JPEG without":            {jpegOf(t, quarters(12, 8), 90), 1},
		"a number that is none":     {withEXIF(jpegOf(t, quarters(12, 8), 90), 9), 1},
		"a chunk that never ends":   {append(bytes.Clone(head), "\xff\xff\xff\xffeXIf"...), 1},
		"a segment that never ends": {[]byte("\xff\xd8\xff\xe1\xff\xffExif\x00\x00II*\x00"), 1},
		"a directory far outside":   {[]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00\xff\xff\xff\xff"), 1},
		"nothing":                   {nil, 1},
	} {
		if got := orientation(c.data); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func TestNothingOfTheCameraIsKept(t *testing.T) {
	shot := opened(t, withEXIF(jpegOf(t, quarters(120, 80), 90), 6))
	for _, data := range [][]byte{shot.JPEG, shot.Thumb} {
		for _, word := range []string{"Exif", "Secret", "GPS"} {
			if bytes.Contains(data, []byte(word)) {
				t.Errorf("%q is kept", word)
			}
		}
	}
}

func TestAPictureIsKeptSmallAndNeverDrawnLarger(t *testing.T) {
	for _, c := range []struct{ name, size, kept, thumb string }{
		{"wide", "4000x1000", "1600x400", "320x80"},
		{"high", "300x2400", "200x1600", "40x320"},
		{"small", "30x20", "30x20", "30x20"},
		{"a line", "9000x1", "1600x1", "320x1"},
	} {
		var in bytes.Buffer
		w, h := sizeOf(t, c.size)
		if err := png.Encode(&in, image.NewRGBA(image.Rect(0, 0, w, h))); err != nil {
			t.Fatal(err)
		}
		shot := opened(t, in.Bytes())
		for want, data := range map[string][]byte{c.kept: shot.JPEG, c.thumb: shot.Thumb} {
			ww, wh := sizeOf(t, want)
			if size, err := jpeg.DecodeConfig(bytes.NewReader(data)); err != nil || size.Width != ww || size.Height != wh {
				t.Errorf("%s: %dx%d, %v; want %s", c.name, size.Width, size.Height, err, want)
			}
		}
	}
}

func sizeOf(t *testing.T, s string) (w, h int) {
	t.Helper()
	for i, field := range strings.Split(s, "x") {
		n := 0
		for _, c := range field {
			n = n*10 + int(c-'0')
		}
		if i == 0 {
			w = n
		} else {
			h = n
		}
	}
	return w, h
}

func TestWhatShowsThroughIsWhite(t *testing.T) {
	var in bytes.Buffer
	if err := png.Encode(&in, image.NewNRGBA(image.Rect(0, 0, 20, 20))); err != nil {
		t.Fatal(err)
	}
	if got := corners(t, opened(t, in.Bytes()).JPEG); got != "WW/WW" {
		t.Error(got)
	}
}

func TestTheFirstFrameOfAnAnimationIsKept(t *testing.T) {
	frame := func(c color.Color) *image.Paletted {
		m := image.NewPaletted(image.Rect(0, 0, 40, 30), color.Palette{color.White, c})
		for i := range m.Pix {
			m.Pix[i] = 1
		}
		return m
	}
	var in bytes.Buffer
	moving := &gif.GIF{Image: []*image.Paletted{frame(color.RGBA{200, 0, 0, 255}), frame(color.RGBA{0, 0, 200, 255})}, Delay: []int{1, 1}}
	if err := gif.EncodeAll(&in, moving); err != nil {
		t.Fatal(err)
	}
	if got := corners(t, opened(t, in.Bytes()).JPEG); got != "RR/RR" {
		t.Error(got)
	}
}

func TestAWebPIsOpened(t *testing.T) {
	for _, path := range []string{"testdata/lossless.webp", "testdata/lossy.webp"} {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if size, err := jpeg.DecodeConfig(bytes.NewReader(opened(t, data).JPEG)); err != nil || size.Width != 64 || size.Height != 48 {
			t.Error(path, size.Width, size.Height, err)
		}
	}
}

// bomb is a PNG of a few kilobytes that says it is so large, and of which so many rows are there.
func bomb(w, h uint32, rows int) []byte {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	line := make([]byte, w/8+2)
	for range rows {
		_, _ = z.Write(line)
	}
	_ = z.Close()
	out := []byte("\x89PNG\r\n\x1a\n")
	add := func(name string, data []byte) {
		out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
		body := append([]byte(name), data...)
		out = binary.BigEndian.AppendUint32(append(out, body...), crc32.ChecksumIEEE(body))
	}
	add("IHDR", append(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h), 1, 0, 0, 0, 0))
	add("IDAT", packed.Bytes())
	add("IEND", nil)
	return out
}

func TestWhatIsNoPictureIsRefused(t *testing.T) {
	whole := jpegOf(t, quarters(120, 80), 90)
	large := bomb(30000, 30000, 200)
	if len(large) > 8<<10 {
		t.Fatalf("the bomb has %d bytes", len(large))
	}
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"nothing":                          {nil, ErrFormat},
		"a text":                           {[]byte("请假条：因事请假一天"), ErrFormat},
		"a page of HTML":                   {[]byte("<html><img src=x></html>"), ErrFormat},
		"900 million pixels":               {large, ErrPixels},
		"one row of two thousand million":  {bomb(2_000_000_000, 1, 0), ErrPixels},
		"a progressive JPEG of 17 million": {[]byte("\xff\xd8\xff\xfe\x00\x04hi\xff\xff\xc2\x00\x11\x08\x10\x00\x10\x40\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00\xff\xda\x00\x0c"), ErrPixels},
		"half a JPEG":                      {whole[:len(whole)/2], ErrBroken},
		"the head of a JPEG":               {whole[:4], ErrBroken},
		"half a PNG":                       {bomb(100, 100, 3), ErrBroken},
		"a WebP without anything":          {[]byte("RIFF\x04\x00\x00\x00WEBPVP8 "), ErrBroken},
	} {
		if _, err := Open(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(withEXIF(jpegOf(f, quarters(24, 16), 80), 6))
	f.Add(bomb(8, 8, 8))
	if data, err := os.ReadFile("testdata/lossless.webp"); err == nil {
		f.Add(data)
	}
	f.Add([]byte("RIFF\x04\x00\x00\x00WEBPVP8X"))
	f.Fuzz(func(t *testing.T, data []byte) {
		orientation(data)
		if size, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil && size.Width > 4096/max(1, size.Height)*64 {
			return // slow, not wrong
		}
		shot, err := Open(data)
		if err != nil {
			return
		}
		for _, drawn := range [][]byte{shot.JPEG, shot.Thumb} {
			if size, err := jpeg.DecodeConfig(bytes.NewReader(drawn)); err != nil || max(size.Width, size.Height) > longest {
				t.Errorf("%v of %dx%d", err, size.Width, size.Height)
			}
		}
	})
}
