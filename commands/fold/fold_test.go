package fold

import (
	"slices"
	"strings"
	"testing"
)

func TestOneWordIsReadHoweverItIsTyped(t *testing.T) {
	for said, want := range map[string]string{
		"签到": "签到", "簽到": "签到", " 签到 ": "签到", "　簽到　": "签到", "签到！": "签到", "签到。": "签到", "签\u200b到": "签到",
		"@党建助手\u2005签到": "签到", "@党建 助手\u2005签到": "签到", "@bot 簽到": "签到", "👍签到👍": "签到", "到🙋‍♂️": "到", "／签到": "签到", "\ufeff到": "到",
		"滿意": "满意", "基本滿意": "基本满意", "簽到表在哪": "签到表在哪", "签 到": "签",
	} {
		if got := Parse(said).Word; got != want {
			t.Errorf("Parse(%q).Word = %q, want %q", said, got, want)
		}
	}
}

func TestWhatStandsBehindAWordKeepsItsWriting(t *testing.T) {
	for said, want := range map[string][2]string{
		"請假 發燒，請准":         {"请假", "發燒，請准"},
		"请假：\n事由：发烧":       {"请假", "事由：发烧"},
		"请假，发烧":            {"请假", "发烧"},
		"代簽 張三 手機沒電":       {"代签", "張三 手機沒電"},
		"签到　４８２１":          {"签到", "4821"},
		"评分5 5 5 5":        {"评分5", "5 5 5"},
		"议程 3月 1.学习\n2.讨论": {"议程", "3月 1.学习\n2.讨论"},
	} {
		if got := Parse(said); got.Word != want[0] || got.Rest != want[1] {
			t.Errorf("Parse(%q) = %q + %q, want %q", said, got.Word, got.Rest, want)
		}
	}
}

func TestSimplifyTakesTheLongestMatch(t *testing.T) {
	for from, to := range map[string]string{"乾淨": "干净", "乾坤": "乾坤", "幹部": "干部", "頭髮": "头发", "黨員": "党员", "簽到": "签到", "没有繁体": "没有繁体"} {
		if got := Simplify(from); got != to {
			t.Errorf("Simplify(%q) = %q, want %q", from, got, to)
		}
	}
}

func TestAMegabyteIsReadToItsEnd(t *testing.T) {
	l := Parse(strings.Repeat("簽到 ", 1<<17))
	if l.Word != "签到" || !strings.HasSuffix(l.Rest, "簽到") || len(l.Plain) != len(l.Rest)+len("签到 ") {
		t.Errorf("read %q… of %d and %d bytes", l.Word, len(l.Rest), len(l.Plain))
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"签到", "@bot\u2005請假 發燒", "＠", "\xff到", "／／", "到🙋‍♂️ ", "1. \n", "請假：\n事由"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l := Parse(s)
		if strings.ContainsAny(l.Word, " \n") {
			t.Errorf("%q has a word with a blank: %q", s, l.Word)
		}
		if again := Text(Text(s)); again != Text(s) {
			t.Errorf("Text is not stable on %q: %q, %q", s, Text(s), again)
		}
		if s2 := Simplify(l.Plain); len(s2) > 4*len(l.Plain)+4 {
			t.Errorf("%q grew to %q", l.Plain, s2)
		}
	})
}

func TestMentionsAreKeptAsTheyWereWritten(t *testing.T) {
	for said, want := range map[string][]string{
		"签到": nil, "@张三 签到": {"张三"}, "@李 四\u2005签到": {"李 四"}, "＠党建助手\u2005@张三\u2005 签到": {"党建助手", "张三"}, "@张三": {"张三"},
	} {
		if got := Parse(said).Mentions; !slices.Equal(got, want) {
			t.Errorf("%q mentions %q, want %q", said, got, want)
		}
	}
}
