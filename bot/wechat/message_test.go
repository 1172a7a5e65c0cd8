package wechat

import (
	"strings"
	"testing"
	"time"

	"github.com/eatmoreapple/openwechat"
)

func TestAMessageBelongsToItsChatAndItsSender(t *testing.T) {
	for _, c := range []struct {
		name               string
		raw                Raw
		chat, sender, text string
		group              bool
	}{
		{"of a group", Raw{FromUserName: "@@g", ToUserName: "@me", Content: anna + ":<br/>签到"}, "@@g", anna, "签到", true},
		{"of a friend", Raw{FromUserName: "@b", ToUserName: "@me", Content: "签到"}, "@b", "@b", "签到", false},
		{"of a friend, who writes what looks like a sender", Raw{FromUserName: "@b", ToUserName: "@me", Content: "@c:<br/>签到"}, "@b", "@b", "@c:\n签到", false},
		{"of the bot's phone to a group", Raw{FromUserName: "@me", ToUserName: "@@g", Content: "开始签到"}, "@@g", "@me", "开始签到", true},
		{"of the bot's phone, which writes what looks like a sender", Raw{FromUserName: "@me", ToUserName: "@@g", Content: "@c:<br/>签到"}, "@@g", "@me", "@c:\n签到", true},
		{"of the bot's phone to a friend", Raw{FromUserName: "@me", ToUserName: "@b", Content: "好"}, "@b", "@me", "好", false},
		{"of the bot's phone to itself", Raw{FromUserName: "@me", ToUserName: "@me", Content: "状态"}, "@me", "@me", "状态", false},
	} {
		c.raw.MsgID, c.raw.MsgType, c.raw.CreateTime = "7032570294236529159", 1, 1772000000
		in, ok := Read(c.raw, "@me")
		if !ok || in.ID != "7032570294236529159" || in.Chat != c.chat || in.Sender != c.sender || in.Text != c.text || in.Group != c.group || in.Quoted || in.Media.Kind != NoMedia {
			t.Errorf("%s: %+v %v", c.name, in, ok)
		}
		if want := time.Date(2026, 2, 25, 6, 13, 20, 0, time.UTC); in.At != want {
			t.Errorf("%s: at %v, want %v", c.name, in.At, want)
		}
	}
}

func TestWhatIsNoneOfOursSaysWhy(t *testing.T) {
	for _, c := range []struct {
		raw  Raw
		want Reason
	}{
		{Raw{MsgType: 34}, Voice},
		{Raw{MsgType: 47, Content: anna + ":<br/>&lt;msg&gt;"}, Sticker},
		{Raw{MsgType: 51}, PhoneStatus},
		{Raw{MsgType: 51, FromUserName: "@me", ToUserName: "filehelper"}, PhoneStatus},
		{Raw{MsgType: 1, URL: "http://apis.map.qq.com/uri/v1/geocoder?coord=1,2", Content: anna + ":<br/>签到:<br/>/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?pictype=location"}, Location},
		{Raw{MsgType: 48}, Location},
		{Raw{MsgType: 37, FromUserName: "fmessage"}, NoPerson},
		{Raw{MsgType: 1, FromUserName: "weixin", Content: "签到"}, NoPerson},
		{Raw{MsgType: 1, FromUserName: "newsapp", Content: "签到"}, NoPerson},
		{Raw{MsgType: 49, FromUserName: "gh_3dfda90e39d6", Content: "签到"}, NoPerson},
		{Raw{MsgType: 1, FromUserName: "@me", ToUserName: "filehelper", Content: "签到"}, NoPerson},
		{Raw{MsgType: 42}, "type 42"},
		{Raw{MsgType: 50}, "type 50"},
		{Raw{MsgType: 0}, "type 0"},
		{Raw{MsgType: -7}, "type -7"},
		{Raw{MsgType: 1, Content: "签到"}, NoSender},
		{Raw{MsgType: 1, Content: "@张三:<br/>签到"}, NoSender},
		{Raw{MsgType: 1, Content: anna + ":<br/>\u200b<span class=\"emoji emojixx\"></span>"}, Empty},
		{Raw{MsgType: 1, Content: anna + ":<br/>" + strings.Repeat("签到", 100000)}, TooLong},
		{Raw{MsgType: 49, Content: anna + ":<br/>签到"}, Broken},
	} {
		c.raw.MsgID = "1"
		if c.raw.FromUserName == "" {
			c.raw.FromUserName, c.raw.ToUserName = "@@g", "@me"
		}
		if in, ok := Read(c.raw, "@me"); ok || in.Ignored != c.want {
			t.Errorf("type %d %.40q: taken %v, reason %q, want %q", c.raw.MsgType, c.raw.Content, ok, in.Ignored, c.want)
		}
	}
}

func TestAPictureAndAVideoAreNoted(t *testing.T) {
	img := anna + `:<br/>&lt;?xml version="1.0"?&gt;<br/>&lt;msg&gt;<br/>&lt;img aeskey="00" hdlength="9" length="51741" /&gt;<br/>&lt;/msg&gt;<br/>`
	video := anna + `:<br/>&lt;msg&gt;&lt;videomsg length="300000" playlength="12" /&gt;&lt;/msg&gt;`
	for _, c := range []struct {
		kind    int
		content string
		want    Media
	}{
		{3, img, Media{Kind: ImageMedia, Name: "图片", Size: 51741}},
		{3, anna + ":<br/>", Media{Kind: ImageMedia, Name: "图片"}},
		{43, video, Media{Kind: VideoMedia, Name: "视频", Size: 300000}},
		{62, video, Media{Kind: VideoMedia, Name: "视频", Size: 300000}},
		{43, anna + ":<br/>&lt;msg", Media{Kind: VideoMedia, Name: "视频"}},
	} {
		in, ok := Read(Raw{MsgID: "1", MsgType: c.kind, FromUserName: "@@g", Content: c.content}, "@me")
		if !ok || in.Media != c.want || in.Sender != anna || in.Text != "" {
			t.Errorf("type %d: %+v %v", c.kind, in, ok)
		}
	}
	if in, ok := Read(Raw{MsgID: "1", MsgType: 3, FromUserName: "@@g", Content: img[len(anna):]}, "@me"); ok || in.Ignored != NoSender {
		t.Errorf("a picture of nobody: %+v", in)
	}
}

func TestAQuotingTextAndATypedSolitaireAreTexts(t *testing.T) {
	in, _ := Read(Raw{MsgID: "1", MsgType: 1, FromUserName: "@@g", Content: anna + ":<br/>「小助手：请签到」<br/>- - - - - - - - - - - - - - -<br/>签到"}, "@me")
	if in.Text != "签到" || !in.Quoted {
		t.Errorf("got %+v", in)
	}
	in, _ = Read(Raw{MsgID: "1", MsgType: 1, FromUserName: "@@g", Content: anna + ":<br/>#接龙<br/>签到<br/><br/>1. 张三<br/>2. 李四"}, "@me")
	if in.Text != "#接龙\n签到\n\n1. 张三\n2. 李四" || in.Chain != nil {
		t.Errorf("got %+v", in)
	}
}

func TestAnIDIsUniqueOrThereIsNoMessage(t *testing.T) {
	if in, ok := Read(Raw{MsgType: 1, NewMsgID: 42, FromUserName: "@b", Content: "签到"}, "@me"); !ok || in.ID != "42" {
		t.Errorf("got %+v", in)
	}
	if in, ok := Read(Raw{MsgType: 1, FromUserName: "@b", Content: "签到"}, "@me"); ok || in.Ignored != NoID {
		t.Errorf("got %+v", in)
	}
	if in, ok := Read(Raw{}, ""); ok {
		t.Errorf("got %+v", in)
	}
}

func TestCreateTimeIsSecondsAndNothingElse(t *testing.T) {
	for n, zero := range map[int64]bool{1772000000: false, 0: true, -1: true, 1772000000000: true, 1<<63 - 1: true} {
		in, _ := Read(Raw{MsgID: "1", MsgType: 1, FromUserName: "@b", Content: "签到", CreateTime: n}, "@me")
		if in.At.IsZero() != zero || in.At.Nanosecond() != 0 || in.At.Location() != time.UTC {
			t.Errorf("%d gives %v", n, in.At)
		}
	}
}

func TestARawMessageHoldsNothingOfTheLibrary(t *testing.T) {
	got := RawOf(&openwechat.Message{
		MsgId: "1", NewMsgId: 1, MsgType: openwechat.MsgTypeApp, AppMsgType: openwechat.AppMsgTypeAttach, FromUserName: "@@g", ToUserName: "@me", Content: "c",
		Url: "u", FileName: "f", FileSize: "2", MediaId: "m", EncryFileName: "e", CreateTime: 3,
	})
	want := Raw{
		MsgID: "1", NewMsgID: 1, MsgType: 49, AppMsgType: 6, FromUserName: "@@g", ToUserName: "@me", Content: "c",
		URL: "u", FileName: "f", FileSize: "2", MediaID: "m", EncryFileName: "e", CreateTime: 3,
	}
	if got != want {
		t.Errorf("got %+v", got)
	}
}
