package themeday

import (
	"testing"
	"time"
)

func TestWhatAPhotoResemblesIsSaidWithoutNamingAnotherBranch(t *testing.T) {
	for _, c := range []struct {
		like ActivityID
		want string
	}{
		{"", ""},
		{"第一支部/2026-02", "与本支部2026年2月的照片相似"},
		{"第二支部/2025-12", "与其他支部2025年12月的照片相似"},
		{"第一支部/分部/2026-02", "与其他支部2026年2月的照片相似"},
	} {
		p := Picture{Activity: "第一支部/2026-03", LikeActivity: c.like}
		if c.like != "" {
			p.LikeID = "aa"
		}
		if got := p.likeness(); got != c.want {
			t.Errorf("%q: %q, want %q", c.like, got, c.want)
		}
	}
}

func TestThePhotoThatIsNamedIsTheSameFileRatherThanALikeOneAndOnesOwnRatherThanAnothers(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, time.March, day, 15, 0, 0, 0, time.UTC) }
	const look, other = "0f00", "f000"
	sent := Picture{ID: "new", Received: "raw", Look: look, Activity: "一/2026-03", At: at(20)}
	foreign := Picture{ID: "foreign", Look: look, Activity: "二/2026-03", At: at(1)}
	own := Picture{ID: "own", Look: look, Activity: "一/2026-02", At: at(2)}
	sameFile := Picture{ID: "same", Received: "raw", Activity: "二/2026-02", At: at(3)}
	oldFile := Picture{ID: "raw", Activity: "一/2026-01", At: at(4)} // of a version that named pictures for what came
	for name, c := range map[string]struct {
		all  []Picture
		want string
	}{
		"nothing was there":          {nil, ""},
		"another's photo":            {[]Picture{foreign}, "foreign"},
		"his own branch's too":       {[]Picture{foreign, own}, "own"},
		"the same file of another's": {[]Picture{foreign, own, sameFile}, "same"},
		"the same file, kept before": {[]Picture{sameFile, oldFile, own}, "raw"},
		"the first of several":       {[]Picture{own, {ID: "later", Look: look, Activity: "一/2026-01", At: at(5)}}, "own"},
		"one that looks different":   {[]Picture{{ID: "x", Look: other, Activity: "一/2026-02", At: at(1)}}, ""},
		"one of the same activity":   {[]Picture{{ID: "x", Look: look, Activity: "一/2026-03", At: at(1)}}, ""},
		"one that came after it":     {[]Picture{{ID: "x", Look: look, Activity: "一/2026-02", At: at(21)}}, ""},
		"a blank page":               {[]Picture{{ID: "x", Activity: "一/2026-02", At: at(1)}}, ""},
	} {
		if got, ok := lookedAlike(c.all, sent); got.ID != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q, want %q", name, got.ID, c.want)
		}
	}
}

func TestLooksThatAreNoneAreAlikeToNone(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"0f00", "0f00", true},
		{"0f00", "000f", false}, // where one grows brighter the other grows darker
		{"ff00", "fe00", true},  // 7 of 8
		{"ff00", "1f00", false}, // 5 of 8
		{"0f00", "0f", false},
		{"", "", false},
		{"0000", "0000", false},
		{"zz00", "zz00", false},
		{"0f0", "0f0", false},
	} {
		if got := Alike(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}
