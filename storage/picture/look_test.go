package picture

import (
	"image"
	"testing"

	"themeday"
)

// opened is what is kept of a picture that comes.
func opened(t testing.TB, data []byte) Shot {
	t.Helper()
	shot, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return shot
}

func TestAPictureIsKnownAgainAfterWhatHappensToPictures(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*image.RGBA) []byte{
		"scaled to 30 %":           func(m *image.RGBA) []byte { return jpegOf(t, scaledTo(m, 30), 85) },
		"compressed hard":          func(m *image.RGBA) []byte { return jpegOf(t, m, 30) },
		"brightened":               func(m *image.RGBA) []byte { return jpegOf(t, brighter(m, 40), 80) },
		"darkened":                 func(m *image.RGBA) []byte { return jpegOf(t, brighter(m, -30), 80) },
		"2 % cut off all around":   func(m *image.RGBA) []byte { return jpegOf(t, trimmed(m, 10), 85) },
		"3 % cut off all around":   func(m *image.RGBA) []byte { return jpegOf(t, trimmed(m, 15), 85) },
		"3 % cut off at one side":  func(m *image.RGBA) []byte { return jpegOf(t, cropped(m, 30, 0), 85) },
		"turned by its EXIF":       func(m *image.RGBA) []byte { return withEXIF(jpegOf(t, lying(m, 6), 85), 6) },
		"a little of all together": func(m *image.RGBA) []byte { return jpegOf(t, brighter(scaledTo(trimmed(m, 10), 40), 20), 40) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(12) {
				for _, m := range []*image.RGBA{scene(seed, 400, 300), room(seed, 1, 300, 400), page(seed, 300, 420)} {
					before, after := opened(t, jpegOf(t, m, 92)), opened(t, change(m))
					if !themeday.Alike(before.Look, after.Look) {
						t.Errorf("picture %d of %v is not known again", seed, m.Rect)
					}
				}
			}
		})
	}
}

// A few hundred pictures, each held against every other: photos of different things, the same room on other days, pages of text.
func TestDifferentPicturesAreNotTakenForOne(t *testing.T) {
	t.Parallel()
	var names, looks []string
	for seed := range uint64(100) {
		for name, m := range map[string]*image.RGBA{
			"scene": scene(seed, 200, 150), "room": room(1000+seed/5, seed%5+1, 200, 150), "page": page(seed, 210, 300),
		} {
			names, looks = append(names, name), append(looks, look(m))
		}
	}
	for i := range looks {
		if looks[i] == "" {
			t.Errorf("a %s has no look", names[i])
		}
		for j := range i {
			if themeday.Alike(looks[i], looks[j]) {
				t.Errorf("a %s and a %s are taken for one", names[i], names[j])
			}
		}
	}
}

func TestAPictureThatShowsNothingIsLikeNone(t *testing.T) {
	blank := image.NewRGBA(image.Rect(0, 0, 300, 200))
	for i := range blank.Pix {
		blank.Pix[i] = 250
	}
	line := scaledTo(blank, 100)
	for x := range 300 {
		line.Pix[line.PixOffset(x, 100)] = 0
	}
	for name, m := range map[string]*image.RGBA{"blank": blank, "one faint line": line} {
		if shot := opened(t, jpegOf(t, m, 90)); shot.Look != "" {
			t.Errorf("%s: has a look", name)
		}
	}
	if themeday.Alike("", "") {
		t.Error("two blank pages are taken for one")
	}
}
