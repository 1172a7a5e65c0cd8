package paper

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // photos come as JPEG or PNG
)

// The longest edge of a printed photo, and how many pixels one may have that is opened at all: a small file may hold huge pixels.
const (
	longestEdge = 1200
	mostPixels  = 50_000_000
)

// thumbnail draws a picture anew, small enough for print, as a JPEG: what else the file told, such as the place, is dropped.
func thumbnail(data []byte) ([]byte, error) {
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read picture: %w", err)
	}
	if size.Width <= 0 || size.Height <= 0 || size.Width > mostPixels/size.Height {
		return nil, errors.New("read picture: too many pixels")
	}
	src, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read picture: %w", err)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, shrink(src), &jpeg.Options{Quality: 82}); err != nil {
		return nil, fmt.Errorf("draw picture: %w", err)
	}
	return out.Bytes(), nil
}

// shrink draws a picture on white at no more than longestEdge, each pixel the mean of those that it stands for.
func shrink(src image.Image) image.Image {
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	if long := max(w, h); long > longestEdge {
		w, h = max(w*longestEdge/long, 1), max(h*longestEdge/long, 1)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			box := image.Rect(b.Min.X+x*b.Dx()/w, b.Min.Y+y*b.Dy()/h, b.Min.X+(x+1)*b.Dx()/w, b.Min.Y+(y+1)*b.Dy()/h)
			out.SetRGBA(x, y, mean(src, box))
		}
	}
	return out
}

func mean(src image.Image, box image.Rectangle) color.RGBA {
	var r, g, b, n uint64
	for y := box.Min.Y; y < max(box.Max.Y, box.Min.Y+1); y++ {
		for x := box.Min.X; x < max(box.Max.X, box.Min.X+1); x++ {
			cr, cg, cb, ca := src.At(x, y).RGBA()
			white := uint64(0xffff - ca)
			r, g, b, n = r+uint64(cr)+white, g+uint64(cg)+white, b+uint64(cb)+white, n+1
		}
	}
	return color.RGBA{uint8(r / n >> 8), uint8(g / n >> 8), uint8(b / n >> 8), 255} //nolint:gosec // a mean of 16 bits
}
