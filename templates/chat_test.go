package templates

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMarkdownBecomesPlainChatText(t *testing.T) {
	for _, c := range []struct{ name, markdown, want string }{
		{"heading", "# 三月主题党日\n\n请准时参加。\n", "【三月主题党日】\n\n请准时参加。"},
		{"heading close to its text", "## 安排\n14:30 开始", "【安排】\n14:30 开始"},
		{"underlined heading", "安排\n===\n学习", "【安排】\n学习"},
		{"heading with emphasis", "# **三月** `预告`", "【三月 预告】"},
		{"soft and hard line breaks", "甲\n乙\\\n丙  \n丁", "甲\n乙\n丙\n丁"},
		{"unordered list", "- 甲\n* 乙\n+ 丙", "· 甲\n· 乙\n· 丙"},
		{"ordered list", "3. 甲\n4. 乙", "3. 甲\n4. 乙"},
		{"nested lists", "- 甲\n  1. 子\n     - 孙\n- 乙\n  第二行", "· 甲\n  1. 子\n    · 孙\n· 乙\n  第二行"},
		{"list of lists", "- - 甲\n  - 乙", "·\n  · 甲\n  · 乙"},
		{"empty item", "-\n- 乙", "·\n· 乙"},
		{"loose list", "- 甲\n\n- 乙", "· 甲\n\n· 乙"},
		{"emphasis", "*一* _二_ **三** ~~四~~ `五` ***六***", "一 二 三 四 五 六"},
		{"emphasis that ends in a full-width mark", "**时间：**三点，说**“好”**了", "时间：三点，说“好”了"},
		{"link", "[报名](https://example.org/a_b?x=1&y=2)", "报名（https://example.org/a_b?x=1&y=2）"},
		{"link that is its own text", "[https://example.org](https://example.org) <https://example.org>", "https://example.org https://example.org"},
		{"link with a title", `[报名](http://a "张三")`, "报名（http://a 张三）"},
		{"link without one half", "[报名]() [](http://a)", "报名 http://a"},
		{"picture", "![合影](a.jpg)", "合影（a.jpg）"},
		{"what looks like a definition is text", "[通知]: 明天开会", "[通知]: 明天开会"},
		{"table of two columns", "| 项目 | 内容 |\n|---|---|\n| 时间 | 14:30 |\n| 地点 | 活动室 |", "时间：14:30\n地点：活动室"},
		{"table of three columns", "|姓名|签到|方式|\n|-|:-:|-:|\n|张三|14:10|本人|\n|李四||请假|", "姓名：张三；签到：14:10；方式：本人\n姓名：李四；方式：请假"},
		{"table without titles", "| | |\n|-|-|\n| |14:30|\n|地点| |", "14:30\n地点："},
		{"table of one column", "|姓名|\n|-|\n|张三|", "姓名\n张三"},
		{"table after text", "名单\n\n|a|b|\n|-|-|\n|1|2|\n\n完", "名单\n\n1：2\n\n完"},
		{"table close to its heading", "# 名单\n|a|b|\n|-|-|\n|1|2|", "【名单】\n1：2"},
		{"pipe in a cell", "|a|b|\n|-|-|\n|x\\|y|2|", "x|y：2"},
		{"quote", "> 甲\n> 乙\n>\n> - 丙", "　甲\n　乙\n\n　· 丙"},
		{"thematic break", "甲\n\n---\n\n乙", "甲\n\n乙"},
		{"code block", "```go\n*a*  \n\n\n  b\n```\n\n    c\\*", "*a*\n\n  b\n\nc\\*"},
		{"code span", "`` a`\\* ``", "a`\\*"},
		{"HTML stays", "<div>\n张三\n</div>\n\n说 <b>好</b>", "<div>\n张三\n</div>\n\n说 <b>好</b>"},
		{"HTML comment stays", "<!-- 张三\n-->\n\n李四", "<!-- 张三\n-->\n\n李四"},
		{"backslashes and entities", `\*甲\* &lt;b&gt; &amp;amp; \&amp; &copy 1\. x`, "*甲* <b> &amp; &amp; &copy 1. x"},
		{"blank lines", "\n\n\n甲\n\n\n\n乙   \n\n\n", "甲\n\n乙"},
		{"lines of Windows", "甲\r\n乙\r\n\r\n丙", "甲\n乙\n\n丙"},
		{"nothing", "", ""},
		{"bytes that are no text", "甲\xff乙", "甲\uFFFD乙"},
	} {
		if got := Chat([]byte(c.markdown)); got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestDeepNestingIsShownNoDeeperThanEightLevels(t *testing.T) {
	got := Chat([]byte(strings.Repeat(">", 2000) + "甲\n乙"))
	if want := strings.Repeat("　", 8) + "甲\n" + strings.Repeat("　", 8) + "乙"; got != want {
		t.Errorf("got %q", got)
	}
}

func FuzzChat(f *testing.F) {
	for _, s := range []string{
		"# 甲\n\n- 乙\n  1. 丙", "|a|b|\n|-|-|\n|`x\\|y`|", "**时间：**三点", "> - - >\n```", "<!-- -->\n<b>", "[a](b \"c\")![d](<e f>)",
		"\U0010FE2A\U0010FE0A\U0010FE0D", "* \t\n*\n\n", "a\n===\n\n---\n", "&#0;&#x10FE0A;\x00\r\v", "|a|\n|-|\n\n-\n\n  b",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, markdown []byte) {
		got := Chat(markdown)
		if !utf8.ValidString(got) {
			t.Fatalf("not UTF-8: %q", got)
		}
		for _, bad := range []string{" \n", "\n\n\n", "\r"} {
			if strings.Contains(got, bad) {
				t.Fatalf("%q in %q", bad, got)
			}
		}
		if strings.TrimRight(got, " \n") != got || strings.HasPrefix(got, "\n") {
			t.Fatalf("space at an end of %q", got)
		}
	})
}
