package tencent

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// event is something that the servers have to tell, in names; what goes over the wire is made of it for each session.
type event struct {
	id      string
	second  int64
	chat    string // the group, or the person
	from    string // who says it; empty: the system
	own     bool   // from the account's own phone
	kind    int    // MsgType
	sub     int    // AppMsgType
	content string // escaped, without the sender
	url     string
	file    string
	size    int
	media   string
	notify  int      // of the phone's status
	names   []string // of the phone's status
	mod     string   // not a message: a chat whose details have changed
}

// message is an event as it travels.
type message struct {
	MsgId                string
	FromUserName         string
	ToUserName           string
	MsgType              int
	Content              string
	Status               int
	ImgStatus            int
	CreateTime           int64
	VoiceLength          int
	PlayLength           int
	FileName             string
	FileSize             string
	MediaId              string
	Url                  string
	AppMsgType           int
	StatusNotifyCode     int
	StatusNotifyUserName string
	RecommendInfo        struct{}
	ForwardFlag          int
	AppInfo              struct {
		AppID string
		Type  int
	}
	HasProductId  int
	Ticket        string
	ImgHeight     int
	ImgWidth      int
	SubMsgType    int
	NewMsgId      int64
	OriContent    string
	EncryFileName string
}

// add takes an event in and returns its MsgId. s.mu is held.
func (s *Server) add(e *event) string {
	if e.id == "" {
		s.lastID += 7_919
		e.id = strconv.FormatInt(s.lastID, 10)
	}
	if e.second == 0 {
		e.second = s.now().Unix()
	}
	if e.kind != 51 && e.mod == "" {
		s.world.touch(e.chat)
	}
	s.events = append(s.events, e)
	s.notify()
	return e.id
}

// render makes a message of an event for the session of now. s.mu is held.
func (s *Server) render(e *event) message {
	self, chat := s.world.userName(s.epoch, s.world.self.Name), s.world.userName(s.epoch, e.chat)
	m := message{
		MsgId: e.id, FromUserName: chat, ToUserName: self, MsgType: e.kind, AppMsgType: e.sub, Content: e.content, Status: 3, ImgStatus: 1,
		CreateTime: e.second, FileName: e.file, MediaId: e.media, Url: e.url, StatusNotifyCode: e.notify,
	}
	m.NewMsgId, _ = strconv.ParseInt(e.id, 10, 64)
	if e.own {
		m.FromUserName, m.ToUserName = self, chat
	} else if s.world.groups[e.chat] != nil && e.from != "" {
		m.Content = s.world.userName(s.epoch, e.from) + ":<br/>" + e.content
	}
	if e.sub == 6 {
		m.FileSize, m.EncryFileName = strconv.Itoa(e.size), url.QueryEscape(e.file)
	}
	if e.kind == 51 {
		var ids []string
		for _, name := range e.names {
			ids = append(ids, s.world.userName(s.epoch, name))
		}
		m.StatusNotifyUserName = strings.Join(ids, ",")
		m.Content = "&lt;msg&gt;<br/>&lt;op id='4'&gt;<br/>&lt;username&gt;" + m.StatusNotifyUserName + "&lt;/username&gt;<br/>&lt;/op&gt;<br/>&lt;/msg&gt;"
	}
	return m
}

// speak adds what a member says in a group, or, without a group, a person in private; the account's own name speaks from its own phone.
func (s *Server) speak(group, who string, e event) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.speakLocked(group, who, e)
}

func (s *Server) speakLocked(group, who string, e event) string {
	p := s.world.person(who)
	e.from, e.own = who, p == s.world.self
	e.chat = who
	if group != "" {
		g := s.world.group(group)
		if !e.own && g.member(who) == nil {
			panic(fmt.Sprintf("tencent: %q is no member of %q", who, group))
		}
		e.chat = group
	}
	return s.add(&e)
}

// text escapes what is said, with emoji as spans where that is asked for.
func (s *Server) text(said string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.spans {
		return spans(escape(said))
	}
	return escape(said)
}

// EmojiSpans lets texts carry emoji as spans from now on. Names always do.
func (s *Server) EmojiSpans(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.spans = on
}

// English lets system notices be in English from now on.
func (s *Server) English(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.english = on
}

// Say is a text in a group. It returns the MsgId, as everything that is said does; it panics where there is no such group or member, as they all do.
// Said in the account's own name, it comes from its own phone.
func (s *Server) Say(group, member, text string) string {
	return s.speak(group, member, event{kind: 1, content: s.text(text)})
}

// SayPrivate is a text to the account alone.
func (s *Server) SayPrivate(person, text string) string {
	return s.speak("", person, event{kind: 1, content: s.text(text)})
}

// SayRaw is a message of that type whose content is not touched; without a group, in private.
func (s *Server) SayRaw(group, member string, msgType int, content string) string {
	return s.speak(group, member, event{kind: msgType, content: content})
}

// Phone is a text that the account's owner types on the phone, to a group or to a person.
func (s *Server) Phone(chat, text string) string {
	content := s.text(text)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.world.groups[chat] == nil && chat != "filehelper" {
		s.world.person(chat)
	}
	return s.add(&event{kind: 1, chat: chat, from: s.world.self.Name, own: true, content: content})
}

// PhoneStatus is the message 51 by which the phone tells that it has opened a chat.
func (s *Server) PhoneStatus(chat string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.add(&event{kind: 51, own: true, chat: chat, notify: 5, names: []string{chat}})
}

// SendImage is a picture; without a group, in private. webwxgetmsgimg gives the bytes.
func (s *Server) SendImage(group, member string, data []byte) string {
	content := escape(fmt.Sprintf(`<?xml version="1.0"?>`+"\n<msg>\n\t<img aeskey=\"00\" encryver=\"1\" length=\"%d\" md5=\"\" />\n</msg>\n", len(data)))
	return s.speakMedia(group, member, event{kind: 3, content: content}, data)
}

// SendVideo is a film, 43; webwxgetvideo gives the bytes.
func (s *Server) SendVideo(group, member string, data []byte) string {
	return s.speakMedia(group, member, event{kind: 43, content: escape(`<msg><videomsg length="1" /></msg>`)}, data)
}

// SendVoice is a voice message, 34; webwxgetvoice gives the bytes.
func (s *Server) SendVoice(group, member string, data []byte) string {
	return s.speakMedia(group, member, event{kind: 34, content: escape(`<msg><voicemsg length="1" /></msg>`)}, data)
}

// Sticker is a picture of the sort that is collected, 47.
func (s *Server) Sticker(group, member string) string {
	return s.speakMedia(group, member, event{kind: 47, content: escape(`<msg><emoji md5="00" len="3" /></msg>`)}, []byte("GIF"))
}

// Location is a place: a text that has a Url.
func (s *Server) Location(group, member, place string) string {
	return s.speak(group, member, event{kind: 1, url: "http://apis.map.qq.com/uri/v1/geocoder?coord=39.9,116.4", content: escape(place + ":\n" + cgi + "webwxgetpubliclinkimg?url=xxx&pictype=location")})
}

// SendFile is a file, 49/6; webwxgetmedia gives the bytes.
func (s *Server) SendFile(group, member, name string, data []byte) string {
	d := digest("media", name, string(data))
	id := fmt.Sprintf("@crypt_%x", d)
	rest := fmt.Sprintf("<appattach><totallen>%d</totallen><attachid>%s</attachid><fileext>%s</fileext></appattach>", len(data), id, strings.TrimPrefix(extension(name), "."))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.media[id] = media{data: data, kind: "application/octet-stream"}
	return s.speakLocked(group, member, event{kind: 49, sub: 6, file: name, size: len(data), media: id, content: escape(appXML(name, 6, rest))})
}

func extension(name string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return name[i:]
	}
	return ""
}

func (s *Server) speakMedia(group, member string, e event, data []byte) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.speakLocked(group, member, e)
	s.media[id] = media{data: data, kind: http.DetectContentType(data)}
	return id
}

// SendChain is a 接龙 as the phone sends it, 49/53: the member has sent the whole list again.
func (s *Server) SendChain(group, member string, c Chain) string {
	text, structure := c.write()
	info := "<extinfo><solitaire_info></solitaire_info></extinfo>"
	if structure != "" {
		info = "<extinfo><solitaire_info><![CDATA[" + structure + "]]></solitaire_info></extinfo>"
	}
	return s.speak(group, member, event{kind: 49, sub: 53, file: text, content: escape(appXML(text, 53, info))})
}

// SayChain is a 接龙 as a plain text that begins with #接龙.
func (s *Server) SayChain(group, member string, c Chain) string {
	return s.Say(group, member, c.Text())
}

// SendQuote is a reply that quotes, 49/57: the words are the title.
func (s *Server) SendQuote(group, member, words, quoted, quotedBy string) string {
	rest := fmt.Sprintf("<refermsg><type>1</type><svrid>0</svrid><fromusr>%s</fromusr><displayname>%s</displayname><content>%s</content></refermsg>",
		wxid(quotedBy), inXML(quotedBy), inXML(quoted))
	return s.speak(group, member, event{kind: 49, sub: 57, file: words, content: escape(appXML(words, 57, rest))})
}

// SendApp is any other app message, such as a link (5) or a mini programme (33).
func (s *Server) SendApp(group, member, title string, sub int) string {
	return s.speak(group, member, event{kind: 49, sub: sub, file: title, content: escape(appXML(title, sub, ""))})
}

// Notice is a system message, 10000, whose content is not touched.
func (s *Server) Notice(group, content string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.group(group)
	return s.add(&event{kind: 10000, chat: group, content: content})
}

// Revoke takes back what somebody said, by its MsgId: 10002.
func (s *Server) Revoke(msgID string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.said(msgID)
	who := s.world.person(e.from).NickName
	notice := fmt.Sprintf(`"%s" 撤回了一条消息`, who)
	if s.english {
		notice = fmt.Sprintf(`"%s" has recalled a message.`, who)
	}
	xml := fmt.Sprintf(`<sysmsg type="revokemsg"><revokemsg><session>%s</session><oldmsgid>%d</oldmsgid><msgid>%s</msgid><replacemsg><![CDATA[%s]]></replacemsg></revokemsg></sysmsg>`,
		wxid(e.chat), len(s.events), msgID, notice)
	return s.add(&event{kind: 10002, chat: e.chat, from: e.from, own: e.own, content: escape(xml)})
}

// Again delivers a message once more under the same MsgId.
func (s *Server) Again(msgID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := *s.said(msgID)
	s.add(&e)
}

func (s *Server) said(msgID string) *event {
	i := slices.IndexFunc(s.events, func(e *event) bool { return e.id == msgID })
	if i < 0 {
		panic(fmt.Sprintf("tencent: nothing was said under %q", msgID))
	}
	return s.events[i]
}
