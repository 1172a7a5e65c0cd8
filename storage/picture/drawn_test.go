package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/draw"
)

// The pictures of these tests are drawn: what stands in a photo is chance, but the same in every run.

func dice(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 21)) }

func shade(r *rand.Rand) color.RGBA {
	return color.RGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255}
}

// scene is a photo of something: a sky that grows darker, round and square things, and the grain of the film.
func scene(seed uint64, w, h int) *image.RGBA {
	r := dice(seed)
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	slope, turn := 40+r.Float64()*120, r.Float64()*2*math.Pi
	base := 60 + r.Float64()*130
	for y := range h {
		for x := range w {
			v := base + slope*(math.Cos(turn)*(float64(x)/float64(w)-0.5)+math.Sin(turn)*(float64(y)/float64(h)-0.5)) + r.Float64()*12
			g := uint8(max(0, min(255, v)))
			m.SetRGBA(x, y, color.RGBA{g, g, uint8(min(255, int(g)+10)), 255})
		}
	}
	for range 6 + r.IntN(14) {
		thing(m, r)
	}
	return m
}

// thing puts a box or a ball into a picture.
func thing(m *image.RGBA, r *rand.Rand) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	cx, cy, rx, ry := r.IntN(w), r.IntN(h), w/30+r.IntN(w/6), h/30+r.IntN(h/6)
	c, round := shade(r), r.IntN(2) == 0
	for y := max(0, cy-ry); y < min(h, cy+ry); y++ {
		for x := max(0, cx-rx); x < min(w, cx+rx); x++ {
			dx, dy := float64(x-cx)/float64(rx), float64(y-cy)/float64(ry)
			if !round || dx*dx+dy*dy <= 1 {
				m.SetRGBA(x, y, c)
			}
		}
	}
}

// room is the same meeting room from the same chair on another day: walls, screen and table stand, the people have changed their seats.
func room(place, day uint64, w, h int) *image.RGBA {
	m, r := scene(place, w, h), dice(day<<20|place)
	for range 8 {
		thing(m, r)
	}
	return m
}

// page is a photographed page: dark lines of words on white.
func page(seed uint64, w, h int) *image.RGBA {
	r := dice(seed)
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(m, m.Rect, image.NewUniform(color.RGBA{240, 238, 230, 255}), image.Point{}, draw.Src)
	for y := h / 12; y < h*11/12; y += h / 40 {
		if r.IntN(6) == 0 {
			continue
		}
		for x := w / 10; x < w*9/10; {
			n := w/60 + r.IntN(w/12)
			draw.Draw(m, image.Rect(x, y, min(x+n, w*9/10), y+h/90+1), image.NewUniform(color.RGBA{40, 40, 50, 255}), image.Point{}, draw.Src)
			if x += n + w/80; r.IntN(14) == 0 {
				break
			}
		}
	}
	return m
}

// jpegOf writes a picture as a camera would.
func jpegOf(t testing.TB, m image.Image, quality int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What may have happened to a picture before it is sent again.

func scaledTo(m *image.RGBA, percent int) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, m.Rect.Dx()*percent/100, m.Rect.Dy()*percent/100))
	draw.BiLinear.Scale(out, out.Rect, m, m.Rect, draw.Src, nil)
	return out
}

func brighter(m *image.RGBA, by int) *image.RGBA {
	out := image.NewRGBA(m.Rect)
	for i, v := range m.Pix {
		if i%4 != 3 {
			v = uint8(max(0, min(255, int(v)+by)))
		}
		out.Pix[i] = v
	}
	return out
}

// cropped cuts so many thousandths of the width and height off at the left and at the top.
func cropped(m *image.RGBA, left, top int) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, m.Rect.Dx()*(1000-left)/1000, m.Rect.Dy()*(1000-top)/1000))
	draw.Draw(out, out.Rect, m, image.Pt(m.Rect.Dx()*left/1000, m.Rect.Dy()*top/1000), draw.Src)
	return out
}

// trimmed cuts so many thousandths off on every side.
func trimmed(m *image.RGBA, each int) *image.RGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	r := image.Rect(w*each/1000, h*each/1000, w*(1000-each)/1000, h*(1000-each)/1000)
	out := image.NewRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	draw.Draw(out, out.Rect, m, r.Min, draw.Src)
	return out
}
