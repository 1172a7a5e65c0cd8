package themeday_test

import (
	"fmt"
	"strings"
	"testing"

	"themeday"
)

func TestACommentIsSplitWhereItsWordsBeginAClause(t *testing.T) {
	for said, want := range map[string]string{
		"优点：准备充分；不足：讨论少；方向：多联系工作":     "优点=准备充分|不足=讨论少|方向=多联系工作",
		"优点是发言踊跃，气氛好。不足之处：时间短。建议增加实践": "优点=发言踊跃，气氛好|不足=时间短|方向=增加实践",
		"總的不錯。優點：準備好；改進方向：多走訪":        "=總的不錯|优点=準備好|方向=多走訪",
		"活动很好，材料准备不足，方向明确":            "=活动很好，材料准备不足|方向=明确",
		"优点：甲\n优点：乙":                  "优点=甲；乙",
		"活动组织得很好":                     "=活动组织得很好",
		"优点：":                         "",
	} {
		var got []string
		for _, p := range (themeday.Comment{Text: said}).Parts() {
			got = append(got, p.Name+"="+p.Text)
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q: %s, want %s", said, s, want)
		}
	}
}

func TestAQuarterBeginsAndEndsAsTheCalendarHasIt(t *testing.T) {
	for _, c := range []struct{ day, want string }{
		{"2026-01-01", "2026-Q1 2026-01-01 2026-03-31"},
		{"2026-03-31", "2026-Q1 2026-01-01 2026-03-31"},
		{"2026-04-01", "2026-Q2 2026-04-01 2026-06-30"},
		{"2026-12-31", "2026-Q4 2026-10-01 2026-12-31"},
	} {
		d, err := themeday.ParseDate(c.day)
		if err != nil {
			t.Fatal(err)
		}
		q := themeday.QuarterOf(d)
		if got := fmt.Sprint(q, " ", q.First(), " ", q.Last()); got != c.want {
			t.Errorf("%s: %s, want %s", c.day, got, c.want)
		}
	}
}

func TestAGuestComesAsOneOfTheKindsThereAre(t *testing.T) {
	for word, want := range map[string]string{
		"积极分子": "积极分子", "入党积极分子": "积极分子", "共青团员": "团员", "领导": "联系领导", "机关党委": "机关党委", "其他": "其他", "其它社区居民": "其他（社区居民）",
	} {
		if got, err := themeday.GuestKind(word); err != nil || got != want {
			t.Errorf("%s: %q %v, want %q", word, got, err, want)
		}
	}
	for _, word := range []string{"路过", "朋友", ""} {
		_, err := themeday.GuestKind(word)
		if themeday.CodeOf(err) != themeday.Invalid || !strings.Contains(err.Error(), "积极分子、发展对象") || !strings.Contains(err.Error(), "联系领导") {
			t.Errorf("%q: %v, want a refusal that names the kinds", word, err)
		}
	}
}
