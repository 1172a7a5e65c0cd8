package main

import (
	"bytes"
	"encoding/base64"
	"html"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// pictured plays the rehearsal with photos and gives the database that it leaves.
func pictured(t *testing.T) string {
	t.Helper()
	db := filepath.Join(t.TempDir(), "themeday.db")
	if code, _, errs := start(t, "rehearse", "--db", db, "testdata/rehearsals/photos.txt"); code != exitDone {
		t.Fatal(errs)
	}
	return db
}

func exported(t *testing.T, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "out"+args[0])
	if code, _, errs := start(t, append(append([]string{"export"}, args[1:]...), "-o", path)...); code != exitDone {
		t.Fatal(args, errs)
	}
	return path
}

// embedded are the pictures of a page.
func embedded(t *testing.T, page string) (all [][]byte) {
	t.Helper()
	for _, part := range strings.Split(page, "data:image/jpeg;base64,")[1:] {
		code, _, _ := strings.Cut(part, `"`)
		data, err := base64.StdEncoding.DecodeString(html.UnescapeString(code))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, data)
	}
	return all
}

func TestPhotosStandInTheDocumentsWithWhatWasSaidOfThem(t *testing.T) {
	db := pictured(t)
	page := string(read(t, exported(t, ".html", "record", "--db", db, "--activity", "第一支部/2026-03")))
	form := document(t, exported(t, ".docx", "record", "--db", db, "--activity", "第一支部/2026-03"))
	for where, said := range map[string]string{"page": page, "form": form} {
		if !strings.Contains(said, "今天的会场") || strings.Count(said, "校验码") != 2 || strings.Contains(said, "孙八　") {
			t.Errorf("%s: the photos are not those that were sent", where)
		}
	}
	if n := len(embedded(t, page)); n != 2 {
		t.Errorf("%d pictures in the page, want 2", n)
	}
	f, err := excelize.OpenFile(exported(t, ".xlsx", "ledger", "--db", db, "--branch", "第一支部", "--year", "2026"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	rows, err := f.GetRows("照片")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows[2:] {
		got = append(got, strings.Join([]string{r[0], r[1], r[3], r[4], r[6]}, "|"))
	}
	want := []string{"2月|1|会前布置会场|张三|", "2月|2||陈静|", "3月|1||赵六|", "3月|2|今天的会场|李敏|与本支部2026年2月的照片相似"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the ledger says\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if drawn, err := f.GetPictures("照片", "C3"); err != nil || len(drawn) != 1 || bytes.Contains(drawn[0].File, []byte("Exif")) {
		t.Errorf("%d thumbnails, %v", len(drawn), err)
	}
}

// A picture as an older version kept it, with the camera's notes: no document shows them.
func TestAPictureOfAnOlderVersionTellsNothingMoreInADocument(t *testing.T) {
	db := pictured(t)
	thumbs, err := filepath.Glob(filepath.Join(picturesBeside(db), "*.thumb"))
	if err != nil || len(thumbs) == 0 {
		t.Fatal(thumbs, err)
	}
	raw := read(t, "testdata/rehearsals/photos/hall.jpg")
	if !bytes.Contains(raw, []byte("GPS")) {
		t.Fatal("the photo tells no place")
	}
	for _, path := range thumbs {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(strings.TrimSuffix(path, ".thumb"), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{
		{".html", "record", "--db", db, "--activity", "第一支部/2026-03"},
		{".html", "ledger", "--db", db, "--branch", "第一支部", "--year", "2026"},
	} {
		all := embedded(t, string(read(t, exported(t, args...))))
		for _, data := range all {
			if size, err := jpeg.DecodeConfig(bytes.NewReader(data)); err != nil || size.Width != 320 || bytes.Contains(data, []byte("GPS")) || bytes.Contains(data, []byte("Exif")) {
				t.Errorf("%s: %v, or it tells the place", args[1], err)
			}
		}
		if len(all) == 0 {
			t.Errorf("%s: no picture", args[1])
		}
	}
}
