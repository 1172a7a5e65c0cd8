package fakewecom

import (
	"encoding/json"
	"time"
)

// reason is why a bot was told something.
type reason int

const (
	onMessage reason = iota
	onEnter
	onTap
)

// request is a callback that may be answered.
type request struct {
	what       reason
	chat, user string
	task       string
	line       *line
	at         time.Time
	used       bool
	stream     string // the id of the stream by which it is answered
}

// Sent is something that became visible in a chat.
type Sent struct {
	At     time.Time
	Chat   string
	Group  bool
	Kind   string // markdown, template_card, file, image, stream, text
	Text   string
	Card   *Card
	Media  Media
	Reply  bool // by the req_id of a callback
	Cmd    string
	TaskID string
}

// message is the body of anything that is said.
type message struct {
	ChatID   string          `json:"chatid"`
	ChatType int             `json:"chat_type"`
	MsgType  string          `json:"msgtype"`
	Markdown *content        `json:"markdown"`
	Text     *content        `json:"text"`
	Stream   *stream         `json:"stream"`
	Card     json.RawMessage `json:"template_card"`
	File     *mediaRef       `json:"file"`
	Image    *mediaRef       `json:"image"`
	Voice    *mediaRef       `json:"voice"`
	Video    *mediaRef       `json:"video"`

	ResponseType string   `json:"response_type"`
	UserIDs      []string `json:"userids"`
}

type content struct {
	Content string `json:"content"`
}

type mediaRef struct {
	MediaID string `json:"media_id"`
}

type stream struct {
	ID      string            `json:"id"`
	Finish  bool              `json:"finish"`
	Content string            `json:"content"`
	Items   []json.RawMessage `json:"msg_item"`
}

const (
	mostText  = 20480
	perMinute = 30
	perHour   = 1000
)

// claim takes the one answer of a callback. s.mu is held.
func (s *Server) claim(l *line, req string, what reason, window time.Duration) (*request, bool) {
	r := s.reqs[req]
	if r == nil || r.line != l || r.what != what || s.Now().Sub(r.at) > window {
		return nil, false
	}
	return r, !r.used
}

func (s *Server) respond(l *line, f frame, req string) (int, string) {
	var m message
	if json.Unmarshal(f.Body, &m) != nil {
		return 40058, "no body"
	}
	r, ok := s.claim(l, req, onMessage, 24*time.Hour)
	if r != nil && m.Stream != nil && r.stream == m.Stream.ID && r.stream != "" {
		ok = true // a stream is refreshed by the same req_id
	}
	if !ok {
		return 846605, "invalid req_id"
	}
	if m.MsgType == "text" {
		return 40008, "msgtype: text is for the welcome alone"
	}
	group := r.chat != r.user
	code, text := s.show(m, r.chat, group, "aibot_respond_msg")
	if code == 0 {
		r.used = true
		if m.Stream != nil {
			r.stream = m.Stream.ID
		}
	}
	return code, text
}

func (s *Server) welcome(l *line, f frame, req string) (int, string) {
	var m message
	if json.Unmarshal(f.Body, &m) != nil {
		return 40058, "no body"
	}
	r, ok := s.claim(l, req, onEnter, 5*time.Second)
	if !ok {
		return 846605, "invalid req_id"
	}
	if m.MsgType != "text" && m.MsgType != "template_card" {
		return 40008, "msgtype"
	}
	code, text := s.show(m, r.user, false, "aibot_respond_welcome_msg")
	r.used = code == 0
	return code, text
}

func (s *Server) push(f frame) (int, string) {
	var m message
	if json.Unmarshal(f.Body, &m) != nil {
		return 40058, "no body"
	}
	if m.MsgType == "stream" || m.MsgType == "text" {
		return 40008, "msgtype: not for a push"
	}
	if !s.chats[m.ChatID] {
		return 93006, "invalid chatid"
	}
	group := isGroup(m.ChatID)
	if m.ChatType == 1 && group || m.ChatType == 2 && !group {
		return 93006, "invalid chatid: of the other type"
	}
	if group && s.faults.noPush {
		return 93006, "invalid chatid: no push to groups"
	}
	return s.show(m, m.ChatID, group, "aibot_send_msg")
}

// isGroup tells by its beginning whether a chat id is a group's.
func isGroup(chat string) bool {
	return len(chat) > 2 && (chat[:2] == "wr" || chat[:2] == "wc")
}

// show checks a message and makes it visible.
func (s *Server) show(m message, chat string, group bool, cmd string) (int, string) {
	if code := s.tooMuch(chat); code != 0 {
		return code, "api freq out of limit"
	}
	out := Sent{At: s.Now(), Chat: chat, Group: group, Kind: m.MsgType, Reply: cmd != "aibot_send_msg", Cmd: cmd}
	ref := map[string]*mediaRef{"file": m.File, "image": m.Image, "voice": m.Voice, "video": m.Video}
	switch m.MsgType {
	case "markdown":
		if m.Markdown == nil || m.Markdown.Content == "" || len(m.Markdown.Content) > mostText {
			return 40058, "markdown.content"
		}
		out.Text = m.Markdown.Content
	case "text":
		if m.Text == nil || m.Text.Content == "" {
			return 40058, "text.content"
		}
		out.Text = m.Text.Content
	case "stream":
		if m.Stream == nil || m.Stream.ID == "" || len(m.Stream.Content) > mostText || len(m.Stream.Items) > 0 {
			return 40058, "stream"
		}
		out.Text = m.Stream.Content
	case "template_card":
		if group && s.faults.noCards {
			return 40058, "template_card: not in groups"
		}
		card, code, text := s.readCard(m.Card, "")
		if code != 0 {
			return code, text
		}
		card.Chat = chat
		if card.TaskID != "" {
			s.tasks[card.TaskID] = true
			s.cards[card.TaskID] = card
		}
		out.Card, out.Text, out.TaskID = card, card.Title+"\n"+card.Text, card.TaskID
	case "file", "image", "voice", "video":
		r := ref[m.MsgType]
		if r == nil {
			return 40058, m.MsgType
		}
		media, ok := s.media[r.MediaID]
		if !ok || media.Kind != m.MsgType || s.Now().Sub(media.at) > 72*time.Hour {
			return 40007, "invalid media_id"
		}
		out.Media = media
	default:
		return 40008, "invalid message type"
	}
	s.rates[chat] = append(s.rates[chat], s.Now())
	s.sent = append(s.sent, out)
	if s.OnSent != nil {
		go s.OnSent(out)
	}
	return 0, "ok"
}

// tooMuch tells whether a chat has had enough.
func (s *Server) tooMuch(chat string) int {
	now, minute, hour := s.Now(), 0, 0
	for _, at := range s.rates[chat] {
		if now.Sub(at) < time.Minute {
			minute++
		}
		if now.Sub(at) < time.Hour {
			hour++
		}
	}
	if minute >= perMinute || hour >= perHour {
		return 45009
	}
	return 0
}

// Sent is everything that became visible, in order.
func (s *Server) Sent() []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Sent(nil), s.sent...)
}
