// Package picture opens what people send as a photo and draws it anew: small enough to keep, upright, and with nothing in it but what is to be
// seen. It knows no database and no chat.
package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // the first frame of an animation
	"image/jpeg"
	_ "image/png"
	"slices"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"
)

// The longest edges of the picture that is kept and of its thumbnail, and how they are written.
const (
	longest, longestThumb = 1600, 320
	quality, qualityThumb = 85, 80
)

// How many pixels a picture may have that is opened at all: a file of a few kilobytes may unfold to gigabytes. A progressive JPEG takes three
// times the memory of another.
const (
	MaxPixels       = 40_000_000
	mostProgressive = 16_000_000
)

// Why a picture is not taken.
var (
	ErrFormat = errors.New("no JPEG, PNG, GIF or WebP")
	ErrPixels = errors.New("too many pixels")
	ErrBroken = errors.New("the picture breaks off or is damaged")
)

// Shot is a picture drawn anew: as it is kept, as a thumbnail, and what it looks like.
type Shot struct {
	JPEG  []byte
	Thumb []byte
	Look  string // a fingerprint of what is to be seen; empty for a picture that shows next to nothing
}

// Open draws a picture anew from the bytes that came. Where it was taken, when and with what stays behind.
func Open(data []byte) (Shot, error) {
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	most := MaxPixels
	if progressive(data) {
		most = mostProgressive
	}
	switch {
	case errors.Is(err, image.ErrFormat):
		return Shot{}, ErrFormat
	case err != nil:
		return Shot{}, fmt.Errorf("%w: %w", ErrBroken, err)
	case size.Width <= 0 || size.Height <= 0:
		return Shot{}, ErrBroken
	case size.Width > most/size.Height, size.Width*size.Height > mostBytes/bytesOf(size.ColorModel):
		return Shot{}, ErrPixels
	}
	full, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return Shot{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	kept := upright(shrink(full, longest), orientation(data))
	shot := Shot{Look: look(kept)}
	if shot.JPEG, err = encode(kept, quality); err == nil {
		shot.Thumb, err = encode(shrink(kept, longestThumb), qualityThumb)
	}
	return shot, err
}

func encode(m image.Image, quality int) ([]byte, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("write JPEG: %w", err)
	}
	return slices.Clip(out.Bytes()), nil
}

// mostBytes is how much memory the pixels of one picture may take.
const mostBytes = 130 << 20

// bytesOf is how many bytes a pixel of a kind of picture takes.
func bytesOf(m color.Model) int {
	switch m {
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	case color.RGBAModel, color.NRGBAModel, color.CMYKModel:
		return 4
	case color.YCbCrModel, color.NYCbCrAModel:
		return 3
	case color.Gray16Model:
		return 2
	}
	return 1
}

// shrink draws a picture on white with no edge longer than so many pixels; a small one keeps its size. A huge one is halved coarsely first:
// the fine way alone would take gigabytes.
func shrink(src image.Image, edge int) *image.RGBA {
	b := src.Bounds()
	if max(b.Dx(), b.Dy()) > 3*edge {
		return shrink(scaled(src, 2*edge, draw.ApproxBiLinear), edge)
	}
	return scaled(src, edge, draw.CatmullRom)
}

func scaled(src image.Image, edge int, how draw.Scaler) *image.RGBA {
	b := src.Bounds()
	w, h := fit(b.Dx(), b.Dy(), edge)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	if w == b.Dx() && h == b.Dy() {
		draw.Draw(out, out.Bounds(), src, b.Min, draw.Over)
	} else {
		how.Scale(out, out.Bounds(), src, b, draw.Over, nil)
	}
	return out
}

// fit is the size of a picture whose longer edge is at most so long.
func fit(w, h, edge int) (int, int) {
	long := max(w, h)
	if long <= edge {
		return w, h
	}
	return max(1, w*edge/long), max(1, h*edge/long)
}
