package wechat

import (
	"strconv"
	"strings"
	"time"

	"github.com/eatmoreapple/openwechat"

	"themeday"
)

// Raw is a message as the wire brought it: what of the library's Message is read, copied so that none of those is kept. Content is
// untouched.
type Raw struct {
	MsgID, FromUserName, ToUserName, Content        string
	URL, FileName, FileSize, MediaID, EncryFileName string
	MsgType, AppMsgType                             int
	NewMsgID, CreateTime                            int64
}

// RawOf copies a message that the library has not worked on, as Caller hands it out.
func RawOf(m *openwechat.Message) Raw {
	return Raw{
		MsgID: m.MsgId, FromUserName: m.FromUserName, ToUserName: m.ToUserName, Content: m.Content,
		URL: m.Url, FileName: m.FileName, FileSize: m.FileSize, MediaID: m.MediaId, EncryFileName: m.EncryFileName,
		MsgType: int(m.MsgType), AppMsgType: int(m.AppMsgType), NewMsgID: m.NewMsgId, CreateTime: m.CreateTime,
	}
}

// Incoming is a message that was read. The UserNames in it die with the session.
type Incoming struct {
	ID      themeday.MessageID
	At      time.Time // the server's, whole seconds, UTC; zero when it named none
	Chat    string    // UserName of the group or of the person
	Group   bool
	Sender  string // UserName of who wrote it, the bot's own for what its phone wrote; empty for notices
	Text    string
	Quoted  bool            // the text answers a message that it quotes
	Chain   *themeday.Chain // of a #接龙 that came with its structure
	Media   Media
	Notice  Notice
	Revoked themeday.MessageID // which message was taken back
	Ignored Reason             // why it is none of ours
}

// Reason says in a few words, fit for a log, why a message is ignored. An app message or a type without a name of its own is named by
// its number: app 5, type 9999.
type Reason string

// The reasons.
const (
	NoID        Reason = "no id"
	NoPerson    Reason = "no person" // neither a group nor a person: weixin, filehelper, fmessage, newsapp, gh_…
	NoSender    Reason = "no sender" // a group's message that does not say whose it is
	TooLong     Reason = "too long"
	Empty       Reason = "empty"
	Broken      Reason = "broken"
	Voice       Reason = "voice"
	Sticker     Reason = "sticker"
	Location    Reason = "location"
	PhoneStatus Reason = "phone status" // what the phone has opened or read
)

// MediaKind is what came with a message.
type MediaKind string

// The kinds of media. A video is only noted: nothing here wants one, and it is never fetched.
const (
	NoMedia       MediaKind = ""
	ImageMedia    MediaKind = "image"
	DocumentMedia MediaKind = "file"
	VideoMedia    MediaKind = "video"
)

// Media is a picture, file or video that lies on the servers. Name and Size are what the sender says: for people to read and for an early
// refusal, never a path and never the proof.
type Media struct {
	Kind MediaKind
	Name string
	Size int64 // bytes; 0 when unknown

	// What webwxgetmedia asks for a file. A picture is asked for by the message's id alone.
	MediaID, Sealed, From string
}

// The message types of the wire.
const (
	textType       = 1
	imageType      = 3
	voiceType      = 34
	videoType      = 43
	stickerType    = 47
	locationType   = 48
	appType        = 49
	statusType     = 51
	shortVideoType = 62
	noticeType     = 10000
	revokeType     = 10002
)

// Read makes sense of a message to or from self, the bot's own UserName in this session. It is false for what is to be ignored, with
// the reason in Ignored. The same message read again gives the same.
func Read(raw Raw, self string) (Incoming, bool) {
	in := Incoming{ID: idOf(raw), At: secondsOf(raw.CreateTime)}
	in.Ignored = in.take(raw, self)
	return in, in.Ignored == ""
}

func (in *Incoming) take(raw Raw, self string) Reason {
	own := raw.FromUserName == self
	in.Chat = raw.FromUserName
	if own {
		in.Chat = raw.ToUserName
	}
	in.Group = strings.HasPrefix(in.Chat, "@@")
	switch {
	case in.ID == "":
		return NoID
	case raw.MsgType == statusType:
		return PhoneStatus
	case !strings.HasPrefix(in.Chat, "@"):
		return NoPerson
	case len(raw.Content) > maxContent:
		return TooLong
	}
	body := raw.Content
	in.Sender = raw.FromUserName
	if in.Group && !own {
		in.Sender, body = cutSender(raw.Content)
	}
	if raw.MsgType == noticeType || raw.MsgType == revokeType {
		_, body = cutSender(raw.Content) // those that are not from the group itself have one
		in.Sender = ""
		return in.takeNotice(body)
	}
	if reason := in.takeSaid(raw, body); reason != "" {
		return reason
	}
	switch {
	case in.Sender == "":
		return NoSender
	case in.Text == "" && in.Media.Kind == NoMedia:
		return Empty
	}
	return ""
}

// takeSaid reads what somebody sent.
func (in *Incoming) takeSaid(raw Raw, body string) Reason {
	switch raw.MsgType {
	case textType:
		if raw.URL != "" {
			return Location
		}
		in.Text, in.Quoted = unquote(Text(body))
	case imageType:
		in.Media = Media{Kind: ImageMedia, Name: "图片", Size: sizeIn(body, "msg/img@length")}
	case videoType, shortVideoType:
		in.Media = Media{Kind: VideoMedia, Name: "视频", Size: sizeIn(body, "msg/videomsg@length")}
	case appType:
		return in.takeApp(raw, body)
	case voiceType:
		return Voice
	case stickerType:
		return Sticker
	case locationType:
		return Location
	default:
		return Reason("type " + strconv.Itoa(raw.MsgType))
	}
	return ""
}

// sizeIn reads the size that a picture's or video's document names; 0 when it names none.
func sizeIn(body, place string) int64 {
	found, _ := leaves(unwire(body), place)
	return bytesIn(found[place])
}

func idOf(raw Raw) themeday.MessageID {
	switch {
	case raw.MsgID != "":
		return themeday.MessageID(raw.MsgID)
	case raw.NewMsgID != 0:
		return themeday.MessageID(strconv.FormatInt(raw.NewMsgID, 10))
	}
	return ""
}

// secondsOf reads CreateTime, which is in seconds. What no clock of today can say is no time.
func secondsOf(n int64) time.Time {
	if n <= 0 || n >= 1<<33 {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}
