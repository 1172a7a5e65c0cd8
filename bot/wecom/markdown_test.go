package wecom

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWhatMembersWriteMeansNothingInMarkdown(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"3月13日 14:00-18:00 党员活动室", "3月13日 14:00-18:00 党员活动室"},
		{"[点我](http://evil)", "[点我]（http://evil)"},
		{"# 标题", "＃ 标题"},
		{"> 引用", "＞ 引用"},
		{"**粗**", "＊＊粗＊＊"},
		{"`x`", "｀x｀"},
		{"<@zhangsan> <font color=red>", "＜@zhangsan> ＜font color=red>"},
		{"3 < 5", "3 < 5"},
		{`\[x\]`, `＼[x\]`},
		{"_x_ a_b.docx", "＿x＿ a_b.docx"},
		{"一\n---\n二", "一\n－－－\n二"},
		{"| a | b |", "｜ a ｜ b ｜"},
		{"    缩进", "　　缩进"},
		{"[a]: http://evil", "[a]： http://evil"},
	} {
		if got := markdown(c.text); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.text, got, c.want)
		}
	}
}

func TestATextIsSplitBetweenLinesAndNeverWithinALetter(t *testing.T) {
	for _, text := range []string{"", "短", strings.Repeat("字", 100), strings.Repeat("一行\n", 50), strings.Repeat("a", 45) + "\n" + strings.Repeat("b", 10)} {
		all := ""
		for _, part := range split(text, 50) {
			if len(part) > 50 || !utf8.ValidString(part) {
				t.Errorf("%q", part)
			}
			all += part
		}
		if strings.ReplaceAll(all, "\n", "") != strings.ReplaceAll(text, "\n", "") {
			t.Errorf("%q becomes %q", text, all)
		}
	}
}
