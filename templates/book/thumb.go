package book

import (
	"bytes"
	"image"
	"image/color"
	_ "image/gif" // for pictures of the chat
	"image/jpeg"
	_ "image/png"
)

// The size of a thumbnail, and the largest picture that one is made of, in pixels: a small file may unfold to gigabytes.
const (
	thumbWidth, thumbHeight = 240, 160
	mostPixels              = 50_000_000
)

// Thumb makes a thumbnail of a picture's bytes, as JPEG; nil where they are no picture that can be read, or one too large. Nothing of the
// picture but its pixels goes over.
func Thumb(data []byte) []byte {
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || size.Width <= 0 || size.Height <= 0 || size.Width > mostPixels/size.Height {
		return nil
	}
	full, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, scale(full), &jpeg.Options{Quality: 75}); err != nil {
		return nil
	}
	return out.Bytes()
}

// scale makes a picture small enough by the mean of up to sixteen points under each of its new ones; one that is small stays as large as it is.
func scale(full image.Image) image.Image {
	b := full.Bounds()
	w, h := b.Dx(), b.Dy()
	if w > thumbWidth {
		w, h = thumbWidth, max(1, b.Dy()*thumbWidth/b.Dx())
	}
	if h > thumbHeight {
		w, h = max(1, b.Dx()*thumbHeight/b.Dy()), thumbHeight
	}
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			small.Set(x, y, mean(full, b, x, y, w, h))
		}
	}
	return small
}

func mean(full image.Image, b image.Rectangle, x, y, w, h int) color.Color {
	const points = 4
	var red, green, blue uint32
	for j := range points {
		for i := range points {
			px, py := b.Min.X+(x*points+i)*b.Dx()/(w*points), b.Min.Y+(y*points+j)*b.Dy()/(h*points)
			r, g, bl, a := full.At(px, py).RGBA()
			white := 0xffff - a // what shows through is paper
			red, green, blue = red+r+white, green+g+white, blue+bl+white
		}
	}
	const n = points * points
	return color.RGBA64{R: uint16(red / n), G: uint16(green / n), B: uint16(blue / n), A: 0xffff}
}
