package wechat

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

const anna = "@9abcdb1f46f547ddddd16c5b76270106b05af1d40affcd65d7c0f57bb2f051e6"

func TestTheSenderIsCutOnceAndOnlyWhereThereIsOne(t *testing.T) {
	for _, c := range []struct{ content, sender, text string }{
		{anna + ":<br/>签到", anna, "签到"},
		{anna + ":<br/>请假:<br/>事由:<br/>发烧", anna, "请假:\n事由:\n发烧"},
		{"请假:<br/>事由:<br/>发烧", "", "请假:\n事由:\n发烧"},
		{"@a1B2:<br/>@c3d4:<br/>签到", "@a1B2", "@c3d4:\n签到"},
		{"@张三:<br/>签到", "", "@张三:\n签到"},
		{"@:<br/>签到", "", "@:\n签到"},
		{"@@a1b2:<br/>签到", "", "@@a1b2:\n签到"},
		{"@a1b2 :<br/>签到", "", "@a1b2 :\n签到"},
		{"我是@a1b2:<br/>签到", "", "我是@a1b2:\n签到"},
		{anna + ":<br/>", anna, ""},
		{anna + ":签到", "", anna + ":签到"},
		{"", "", ""},
	} {
		sender, body := cutSender(c.content)
		if text := Text(body); sender != c.sender || text != c.text {
			t.Errorf("%q: from %q %q, want from %q %q", c.content, sender, text, c.sender, c.text)
		}
	}
}

func TestATextReadsAsItWasTyped(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"lines", "请假<br/>事由：发烧<br>时间：今天<br />完", "请假\n事由：发烧\n时间：今天\n完"},
		{"other line ends", "a\r\nb\rc\u2028d", "a\nb\nc\nd"},
		{"signs", "1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;x&quot; &#39;y&#39;", `1 < 2 && 3 > 2 "x" 'y'`},
		{"an entity that somebody typed", "&amp;lt;b&amp;gt; &amp;amp;", "&lt;b&gt; &amp;"},
		{"markup that somebody typed", `a&lt;br/&gt;b &lt;span class=&quot;emoji emoji1f44d&quot;&gt;&lt;/span&gt;`, `a<br/>b <span class="emoji emoji1f44d"></span>`},
		{"an address", "https://x.cn/?a=1&amp;copy=2", "https://x.cn/?a=1&copy=2"},
		{"an address that was not escaped", "https://x.cn/?a=1&copy=2&lt=3", "https://x.cn/?a=1&copy=2&lt=3"},
		{"entities of nothing", "a&#0;b&#xD800;c&#x110000;d", "abcd"},
		{"emoji", `好<span class="emoji emoji1f44d"></span>的<span class="emoji emoji1f1e81f1f3"></span>`, "好👍的🇨🇳"},
		{"an emoji that is none", `好<span class="emoji emojizzz"></span>的`, "好的"},
		{"a mention", "@党日小助手\u2005签到", "@党日小助手 签到"},
		{"a mention of a name with blanks", "@党日 小助手（二\u3000支部）\u2005签到", "@党日小助手（二支部） 签到"},
		{"two mentions", "@党日 小助手\u2005@张 三\u2005签到", "@党日小助手 @张三 签到"},
		{"a mention inside", "请 @张 三\u2005签到", "请 @张 三 签到"},
		{"a mention above", "@张三\n签到\u2005到", "@张三\n签到 到"},
		{"blanks", "签到\u00a0张三\u3000到\u2005了\u2002！\t好&nbsp;", "签到 张三 到 了 ！ 好"},
		{"zero-width", "\ufeff签\u200b到\u200d\u2060\u202e\u00ad", "签到"},
		{"Hangul fillers", "\u3164签到\u115f", "签到"},
		{"controls", "签\x00到\x14\x7f", "签到"},
		{"invalid UTF-8", "签\xff到\xe7\xad", "签到"},
		{"trimmed", " \n签到\n\u3000", "签到"},
		{"Chinese signs and letters", "請假：“發燒”（３８．５℃），《心得》——第①条……", "請假：“發燒”（３８．５℃），《心得》——第①条……"},
		{"inner line and blanks", "第一行  两格\n\n第三行", "第一行  两格\n\n第三行"},
		{"a face of the client", "收到[强][玫瑰]", "收到[强][玫瑰]"},
		{"nothing", "\u200b\u3000", ""},
	} {
		if got := Text(c.body); got != c.want {
			t.Errorf("%s: %q gives %q, want %q", c.name, c.body, got, c.want)
		}
	}
}

func TestAReplyOfAnOldClientIsTheWordsBelowTheDashes(t *testing.T) {
	dashes := "- - - - - - - - - - - - - - -"
	for _, c := range []struct {
		text, want string
		quoted     bool
	}{
		{"「小助手：请签到」\n" + dashes + "\n签到", "签到", true},
		{"「小助手：通知\n1. 带书」\n" + dashes + "\n请假 发烧\n明天好", "请假 发烧\n明天好", true},
		{"「李四：「王五：几点」\n" + dashes + "\n两点」\n" + dashes + "\n收到", "收到", true},
		{"「签到」", "「签到」", false},
		{"签到\n" + dashes + "\n到", "签到\n" + dashes + "\n到", false},
	} {
		if got, quoted := unquote(c.text); got != c.want || quoted != c.quoted {
			t.Errorf("%q gives %q %v, want %q %v", c.text, got, quoted, c.want, c.quoted)
		}
	}
}

func FuzzContent(f *testing.F) {
	for _, s := range []string{
		anna + ":<br/>请假:<br/>事由:<br/>发烧", "签到", `<span class="emoji emoji2320e3"></span>`, "&amp;lt;&#0;&#xD800;", "@党日 小助手\u2005@b\u2005签到\u3000",
		"<br/><br><br />\r\n\u2028", "\xff\xfe&", "「a：b」\n- - - - - - -\nc", strings.Repeat("@\u2005", 50), `<span class="emoji emoji3c"></span>br/>`, "@:<br/>",
	} {
		f.Add(s, 1)
	}
	f.Add(`&lt;msg&gt;&lt;img length="12"/&gt;&lt;/msg&gt;`, 3)
	f.Add(`"A"邀请"B"加入了群聊`, 10000)
	f.Add(`&lt;sysmsg type="revokemsg"&gt;&lt;revokemsg&gt;&lt;msgid&gt;1&lt;/msgid&gt;&lt;/revokemsg&gt;&lt;/sysmsg&gt;`, 10002)
	f.Fuzz(func(t *testing.T, content string, kind int) {
		text := Text(content)
		for _, r := range text {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Zs, r) && r != ' ') {
				t.Fatalf("%q holds %U", text, r)
			}
		}
		if !utf8.ValidString(text) || strings.TrimSpace(text) != text {
			t.Fatalf("%q is not clean", text)
		}
		if strings.Count(text, "\uFFFD") > strings.Count(content, "\uFFFD") {
			t.Fatalf("%q: a letter was lost", text)
		}
		in, ok := Read(Raw{MsgID: "1", FromUserName: "@@g", Content: content, MsgType: kind, CreateTime: 1772000000}, "@me")
		if ok != (in.Ignored == "") {
			t.Fatalf("taken %v and %q", ok, in.Ignored)
		}
		if in.Sender != "" && !userName.MatchString(in.Sender) {
			t.Fatalf("sender %q", in.Sender)
		}
	})
}
