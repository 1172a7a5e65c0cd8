package wechat

import (
	"html"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"themeday"
)

// wire is a document as Web WeChat sends it.
func wire(doc string) string { return strings.ReplaceAll(html.EscapeString(doc), "\n", "<br/>") }

func appOf(inner string) string {
	return `<?xml version="1.0"?>` + "\n<msg>\n\t" + `<appmsg appid="" sdkver="0">` + inner + "</appmsg>\n<fromusername>wxid_a</fromusername></msg>\n"
}

func readAppMessage(doc string) (Incoming, bool) {
	return Read(Raw{MsgID: "1", MsgType: 49, FromUserName: "@@g", Content: anna + ":<br/>" + wire(doc), CreateTime: 1772000000}, "@me")
}

func TestAFileIsNotedWithItsNameAndSize(t *testing.T) {
	in, ok := Read(Raw{
		MsgID: "1", MsgType: 49, AppMsgType: 6, FromUserName: "@@g", FileName: "心得.docx", FileSize: "7", MediaID: "@crypt_1", EncryFileName: "%E5",
		Content: anna + ":<br/>" + wire(appOf("<title>心得 &amp; 体会.docx</title><type>6</type><appattach><totallen>20480</totallen><attachid>@cdn_1</attachid></appattach>")),
	}, "@me")
	want := Media{Kind: DocumentMedia, Name: "心得 & 体会.docx", Size: 20480, MediaID: "@crypt_1", Sealed: "%E5", From: "@@g"}
	if !ok || in.Media != want || in.Sender != anna || in.Text != "" {
		t.Errorf("got %+v %v", in, ok)
	}
	in, ok = Read(Raw{MsgID: "1", MsgType: 49, AppMsgType: 6, FromUserName: "@b", FileName: "a.pdf", FileSize: "7", MediaID: "m", Content: "&lt;msg"}, "@me")
	if want := (Media{Kind: DocumentMedia, Name: "a.pdf", Size: 7, MediaID: "m", From: "@b"}); !ok || in.Media != want {
		t.Errorf("broken XML beside whole fields: got %+v %v", in, ok)
	}
	in, _ = readAppMessage(appOf("<title></title><type>6</type><appattach><totallen>-5</totallen><attachid>@cdn_1</attachid></appattach>"))
	if want := (Media{Kind: DocumentMedia, Name: "文件", MediaID: "@cdn_1", From: "@@g"}); in.Media != want {
		t.Errorf("a file without a name: got %+v", in.Media)
	}
}

func TestAFileNameIsNoPath(t *testing.T) {
	for name, want := range map[string]string{
		"心得.docx": "心得.docx", "../../etc/passwd": "passwd", `C:\temp\a.doc`: "a.doc", "..": "", "a/": "", "a\nb.txt": "a b.txt",
		"cod\u202e.exe":                    "cod.exe",
		strings.Repeat("长", 200) + ".docx": strings.Repeat("长", 115) + ".docx",
		"a." + strings.Repeat("x", 200):    "a." + strings.Repeat("x", 118),
	} {
		if got := fileName(name); got != want {
			t.Errorf("%q gives %q, want %q", name, got, want)
		}
	}
}

func TestAQuotedReplyIsItsOwnWords(t *testing.T) {
	refer := "<refermsg><type>1</type><svrid>42</svrid><displayname>李四</displayname><title>别的</title><content>签到\n&lt;msg&gt;&lt;appmsg&gt;&lt;title&gt;请假&lt;/title&gt;&lt;/appmsg&gt;&lt;/msg&gt;</content></refermsg>"
	for _, doc := range []string{
		appOf("<title>补签 堵车\n刚到</title><type>57</type>" + refer),
		appOf(refer + "<type>57</type><title>补签 堵车\n刚到</title><title>签到</title>"),
		appOf("<title><![CDATA[补签 堵车\n刚到]]></title><type> 57 </type>" + refer + "<url>http://x/?a=1&b=2</url>"),
	} {
		in, ok := readAppMessage(doc)
		if !ok || in.Text != "补签 堵车\n刚到" || !in.Quoted || in.Chain != nil || in.Sender != anna {
			t.Errorf("%s\ngives %+v %v", doc, in, ok)
		}
	}
	in, _ := Read(Raw{MsgID: "1", MsgType: 49, FromUserName: "@@g", Content: anna + `:<br/>&lt;msg&gt;&lt;appmsg&gt;&lt;title&gt;收到<span class="emoji emoji1f44d"></span> 1 &amp;lt; 2&lt;/title&gt;&lt;type&gt;57&lt;/type&gt;&lt;/appmsg&gt;&lt;/msg&gt;`}, "@me")
	if in.Text != "收到👍 1 < 2" {
		t.Errorf("got %q", in.Text)
	}
}

func TestASolitaireIsReadWithItsStructure(t *testing.T) {
	title := "#接龙\n主题党日签到👍\n\n1. 张三\n2. 李四 请假\n\n请大家接龙"
	structure := "<solitaire><tt>0-12</tt><s>.</s><tl>30-5</tl><au>wxid_a</au><content><s>2</s><i><u>wxid_a</u><h>0</h><s>.</s><t>1772000000</t><r>17-2</r></i><i><u>wxid_b</u><t>1772000060</t><r>23-5</r></i></content></solitaire>"
	in, ok := readAppMessage(appOf("<title>" + title + "</title><type>53</type><extinfo><solitaire_info><![CDATA[" + structure + "]]></solitaire_info></extinfo>"))
	want := []themeday.ChainItem{
		{Number: 1, Text: "张三", Adder: "wxid_a", At: time.Unix(1772000000, 0).UTC()},
		{Number: 2, Text: "李四 请假", Adder: "wxid_b", At: time.Unix(1772000060, 0).UTC()},
	}
	if !ok || in.Chain == nil || !reflect.DeepEqual(in.Chain.Items, want) || in.Text != title || in.Quoted {
		t.Fatalf("got %+v %v", in, ok)
	}
}

func TestASolitaireWithoutStructureIsItsTitle(t *testing.T) {
	for _, structure := range []string{"", "<![CDATA[]]>", "<![CDATA[<solitaire><content>]]>", "<![CDATA[" + strings.Repeat("<a>", 100) + "]]>"} {
		in, ok := readAppMessage(appOf("<title>#接龙\n签到\n\n1. 张三\n2. 李四</title><type>53</type><extinfo><solitaire_info>" + structure + "</solitaire_info></extinfo>"))
		if !ok || in.Chain == nil || len(in.Chain.Items) != 2 || in.Chain.Items[1].Text != "李四" {
			t.Errorf("%q: got %+v %v", structure, in, ok)
		}
	}
	long := "#接龙\n" + strings.Repeat("1. 张三\n", 2000)
	if in, ok := readAppMessage(appOf("<title>" + long + "</title><type>53</type>")); !ok || in.Chain != nil || !themeday.IsChain(in.Text) {
		t.Error("a chain that is refused is still heard as a text, so that its sender is told")
	}
}

func TestOtherAppMessagesAreIgnoredByNumber(t *testing.T) {
	for kind, want := range map[string]Reason{"5": "app 5", "33": "app 33", "2000": "app 2000", "2001": "app 2001", "17": "app 17", "": Broken, "x": Broken} {
		if in, ok := readAppMessage(appOf("<title>签到</title><type>" + kind + "</type>")); ok || in.Ignored != want || in.Text != "" {
			t.Errorf("type %q: %+v %v", kind, in, ok)
		}
	}
}

var hostile = map[string]string{
	"an entity bomb":    `<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><msg><appmsg><title>&b;</title><type>57</type></appmsg></msg>`,
	"an outer entity":   `<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><msg><appmsg><title>&x;</title><type>57</type></appmsg></msg>`,
	"too deep":          strings.Repeat("<msg>", 10000),
	"too deep, closed":  strings.Repeat("<msg>", 30) + strings.Repeat("</msg>", 30),
	"too many comments": appOf("<title>" + strings.Repeat("签<!---->", 6000) + "</title><type>57</type>"),
	"too many elements": appOf("<title>签到</title><type>57</type>" + strings.Repeat("<a/>", 6000)),
	"huge":              appOf("<title>" + strings.Repeat("签", 200000) + "</title><type>57</type>"),
	"cut off":           `<msg><appmsg><title>签到</title><type>57</type>`,
	"cut off in a tag":  `<msg><appmsg><title>签到</title><type>57</type></appm`,
	"no XML":            `签到`,
	"nothing":           ``,
	"another root":      `<x><appmsg><title>签到</title><type>57</type></appmsg></x>`,
	"no app message":    `<msg><title>签到</title><type>57</type></msg>`,
	"only closed":       `</msg></appmsg>`,
}

func TestHostileXMLIsIgnored(t *testing.T) {
	for name, doc := range hostile {
		if in, ok := readAppMessage(doc); ok || in.Text != "" || in.Ignored != Broken && in.Ignored != TooLong {
			t.Errorf("%s: %+v %v", name, in, ok)
		}
	}
}

func FuzzApp(f *testing.F) {
	for _, doc := range hostile {
		if len(doc) < 4000 {
			f.Add(doc)
		}
	}
	f.Add(appOf("<title>心得.docx</title><type>6</type><appattach><totallen>20480</totallen><attachid>@cdn_1</attachid></appattach>"))
	f.Add(appOf("<title>收到</title><type>57</type><refermsg><content>签到</content></refermsg>"))
	f.Add(appOf("<title>#接龙\n签到\n\n1. 张三</title><type>53</type><extinfo><solitaire_info><![CDATA[<solitaire><tt>0-6</tt><content><i><u>a</u><t>1772000000</t><r>11-2</r></i></content></solitaire>]]></solitaire_info></extinfo>"))
	f.Fuzz(func(t *testing.T, doc string) {
		for _, content := range []string{doc, wire(doc)} {
			in, ok := Read(Raw{MsgID: "1", MsgType: 49, FromUserName: "@b", Content: content}, "@me")
			if ok && in.Text == "" && in.Media.Kind == NoMedia {
				t.Fatal("taken, and nothing in it")
			}
			if !utf8.ValidString(in.Text) || !utf8.ValidString(in.Media.Name) || in.Media.Size < 0 || strings.ContainsAny(in.Media.Name, "/\\\n") {
				t.Fatalf("%+v is not clean", in)
			}
		}
	})
}
