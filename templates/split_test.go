package templates

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestALongTextIsCutIntoNumberedPosts(t *testing.T) {
	for _, c := range []struct {
		name, text   string
		runes, bytes int
		want         []string
	}{
		{"nothing", "", 10, 99, nil},
		{"fits exactly", "一二三四五六七八九十", 10, 30, []string{"一二三四五六七八九十"}},
		{"ends of lines", "一二三\n四五\n六七八九十", 11, 99, []string{"（1/2）一二三\n四五", "（2/2）六七八九十"}},
		{"a line that ends at the limit", "一二三四五六\n七八九十甲", 11, 99, []string{"（1/2）一二三四五六", "（2/2）七八九十甲"}},
		{"blank line at the cut", "一二三四\n\n\n五六七八", 9, 99, []string{"（1/2）一二三四", "（2/2）五六七八"}},
		{"full stop", "一二。三四五六七，八九十甲", 11, 99, []string{"（1/3）一二。", "（2/3）三四五六七，", "（3/3）八九十甲"}},
		{"nowhere better", "一二三四五六七八九十甲乙", 11, 99, []string{"（1/2）一二三四五六", "（2/2）七八九十甲乙"}},
		{"bytes", "一二三四五六七八九十甲乙", 99, 9 + 12, []string{"（1/3）一二三四", "（2/3）五六七八", "（3/3）九十甲乙"}},
		{"a family stays together", "一二👨\u200d👩\u200d👧三四五六七", 5 + 6, 99, []string{"（1/3）一二", "（2/3）👨\u200d👩\u200d👧三", "（3/3）四五六七"}},
		{"a family too big for any post", "👨\u200d👩\u200d👧好一二三", 5 + 3, 99, []string{"（1/3）👨\u200d👩", "（2/3）\u200d👧好", "（3/3）一二三"}},
		{"blank lines too many", "\n\n\n一二三\n", 5, 99, []string{"一二三"}},
		{"one character too big", "一", 1, 1, []string{"一"}},
		{"limits too small", "一二", 1, 1, []string{"（1/2）一", "（2/2）二"}},
	} {
		if got := Split(c.text, c.runes, c.bytes); !slices.Equal(got, c.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestTenPostsLeaveRoomForTwoDigits(t *testing.T) {
	got := Split(strings.Repeat("一", 57), 11, 99)
	if len(got) != 15 || got[0] != "（1/15）一一一一" || got[14] != "（15/15）一" {
		t.Errorf("got %d posts, %q", len(got), got)
	}
}

var numbering = regexp.MustCompile(`^（(\d+)/(\d+)）`)

func TestNoPostIsTooLongAndNothingIsLost(t *testing.T) {
	pieces := []string{"一", "签到", "。", "；", "，", "\n", "\n\n", " ", "a", "é", "👨\u200d👩\u200d👧", "🇨🇳", "（1/2）", "第一支部三月主题党日", "\xff"}
	rnd := rand.New(rand.NewPCG(3, 13))
	for range 3000 {
		var b strings.Builder
		for range rnd.IntN(300) {
			b.WriteString(pieces[rnd.IntN(len(pieces))])
		}
		text, runes, bytes := b.String(), 20+rnd.IntN(100), 40+rnd.IntN(200)
		parts := Split(text, runes, bytes)
		rest := strings.Trim(text, "\n")
		for i, part := range parts {
			if !fits(part, runes, bytes) {
				t.Fatalf("%q: over %d characters or %d bytes", part, runes, bytes)
			}
			if len(parts) > 1 {
				if !strings.HasPrefix(part, number(strconv.Itoa(i+1), strconv.Itoa(len(parts)))) {
					t.Fatalf("%q is not numbered %d/%d", part, i+1, len(parts))
				}
				part, rest = numbering.ReplaceAllString(part, ""), strings.TrimLeft(rest, "\n")
			}
			if part == "" || !strings.HasPrefix(rest, part) {
				t.Fatalf("%q: %q is not what follows: %q", text, part, rest)
			}
			rest = rest[len(part):]
		}
		if rest != "" {
			t.Fatalf("%q: %q is lost", text, rest)
		}
	}
}

func TestAPostOfTheChatHoldsSixHundredCharacters(t *testing.T) {
	got := Split(strings.Repeat("主题党日活动\n", 200), PostRunes, PostBytes)
	if len(got) != 3 {
		t.Errorf("got %d posts", len(got))
	}
	for _, part := range got {
		if utf8.RuneCountInString(part) > 600 || len(part) > 1800 {
			t.Errorf("%d characters, %d bytes", utf8.RuneCountInString(part), len(part))
		}
	}
}
