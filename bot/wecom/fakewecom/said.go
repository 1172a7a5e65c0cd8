package fakewecom

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Said is something that somebody says to the bot.
type Said struct {
	Group string // the chat id; empty in a direct chat
	From  string // the user id
	Body  map[string]any
	Quote map[string]any
	At    time.Time // zero: now
}

// Text is the body of a text.
func Text(text string) map[string]any {
	return map[string]any{"msgtype": "text", "text": map[string]any{"content": text}}
}

// Voice is the body of a recording: what was recognised.
func Voice(text string) map[string]any {
	return map[string]any{"msgtype": "voice", "voice": map[string]any{"content": text}}
}

// Mixed is the body of a text with pictures.
func Mixed(items ...map[string]any) map[string]any {
	return map[string]any{"msgtype": "mixed", "mixed": map[string]any{"msg_item": items}}
}

// KeyForm is how the key of a file is written.
type KeyForm int

// The forms in which keys have been seen.
const (
	Padded KeyForm = iota
	Unpadded
	URLAlphabet
)

// File is the body of an image, file or video, whose bytes lie on the server's storage, encrypted.
func (s *Server) File(kind, name string, data []byte, form KeyForm) map[string]any {
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	id := s.id("m")
	s.mu.Lock()
	s.stored[id] = stored{data: encrypted(key, data), name: name, at: s.Now()}
	s.mu.Unlock()
	text := base64.StdEncoding.EncodeToString(key)
	switch form {
	case Unpadded:
		text = strings.TrimRight(text, "=")
	case URLAlphabet:
		text = base64.RawURLEncoding.EncodeToString(key)
	}
	return map[string]any{"msgtype": kind, kind: map[string]any{"url": fmt.Sprintf("http://%s/media/%s?sign=secret", s.listener.Addr(), id), "aeskey": text}}
}

// encrypted pads to a multiple of 32 and encrypts.
func encrypted(key, data []byte) []byte {
	pad := 32 - len(data)%32
	plain := append(append([]byte(nil), data...), []byte(strings.Repeat(string(rune(pad)), pad))...)
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	out := make([]byte, len(plain))
	cipher.NewCBCEncrypter(block, key[:16]).CryptBlocks(out, plain)
	return out
}

type stored struct {
	data []byte
	name string
	at   time.Time
	gone int // so many requests fail
}

// LoseFiles lets the next request for every stored file fail so many times.
func (s *Server) LoseFiles(times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, f := range s.stored {
		f.gone = times
		s.stored[id] = f
	}
}

func (s *Server) serveMedia(w http.ResponseWriter, r *http.Request) {
	id := strings.TrimPrefix(r.URL.Path, "/media/")
	s.mu.Lock()
	f, ok := s.stored[id]
	if ok && f.gone > 0 {
		f.gone--
		s.stored[id] = f
		ok = false
	}
	expired := s.Now().Sub(f.at) > 5*time.Minute
	s.mu.Unlock()
	if !ok || expired || r.URL.Query().Get("sign") != "secret" {
		http.Error(w, "no such file", http.StatusForbidden)
		return
	}
	if f.name != "" {
		w.Header().Set("Content-Disposition", `attachment; filename="`+url.QueryEscape(f.name)+`"`)
	}
	_, _ = w.Write(f.data)
}

// Say lets somebody say something and gives its id; empty when no bot is there to hear it: the server keeps nothing.
func (s *Server) Say(said Said) string {
	id := s.id("msg")
	if !s.Deliver(id, said) {
		return ""
	}
	return id
}

// Deliver is Say with an id, so that the same can come again.
func (s *Server) Deliver(id string, said Said) bool {
	chat, kind := said.From, "single"
	body := map[string]any{"msgid": id, "aibotid": s.BotID, "from": map[string]any{"userid": said.From}}
	if said.Group != "" {
		chat, kind = said.Group, "group"
		body["chatid"] = said.Group
	}
	body["chattype"] = kind
	at := said.At
	if at.IsZero() {
		at = s.Now()
	}
	body["create_time"] = at.Unix()
	for k, v := range said.Body {
		body[k] = v
	}
	if said.Quote != nil {
		body["quote"] = said.Quote
	}
	return s.callback("aibot_msg_callback", chat, said.From, body, onMessage)
}

// Enter lets somebody open the direct chat for the first time that day.
func (s *Server) Enter(user string) bool {
	e := s.event(map[string]any{"eventtype": "enter_chat"}, map[string]any{"chattype": "single", "from": map[string]any{"userid": user}})
	return s.callback("aibot_event_callback", "", user, e["body"].(map[string]any), onEnter)
}

// Tap lets somebody tap a button of a card, or send off what he picked by option ids; it gives the id of the event, empty when no bot hears it.
func (s *Server) Tap(task, user, key string, picked ...string) string {
	s.mu.Lock()
	card := s.cards[task]
	flat := s.faults.flat
	s.mu.Unlock()
	if card == nil {
		return ""
	}
	details := map[string]any{"card_type": card.Type, "event_key": key, "task_id": task}
	if len(picked) > 0 {
		details["selected_items"] = map[string]any{"selected_item": []any{map[string]any{"question_key": card.Question, "option_ids": map[string]any{"option_id": picked}}}}
	}
	e := map[string]any{"eventtype": "template_card_event"}
	if flat {
		for k, v := range details {
			e[k] = v
		}
	} else {
		e["template_card_event"] = details
	}
	more := map[string]any{"chattype": "single", "from": map[string]any{"userid": user}}
	if card.Chat != user {
		more["chattype"], more["chatid"] = "group", card.Chat
	}
	body := s.event(e, more)["body"].(map[string]any)
	if !s.callbackFor(task, "aibot_event_callback", "", user, body, onTap) {
		return ""
	}
	return body["msgid"].(string)
}

// Feedback lets somebody judge an answer, which no bot has to care about.
func (s *Server) Feedback(user string) bool {
	e := s.event(map[string]any{"eventtype": "feedback_event", "feedback_event": map[string]any{"id": "f", "type": 1}}, map[string]any{"chattype": "single", "from": map[string]any{"userid": user}})
	return s.callback("aibot_event_callback", "", user, e["body"].(map[string]any), onMessage)
}

func (s *Server) callback(cmd, chat, user string, body map[string]any, what reason) bool {
	return s.callbackFor("", cmd, chat, user, body, what)
}

func (s *Server) callbackFor(task, cmd, chat, user string, body map[string]any, what reason) bool {
	req := s.id("cb")
	s.mu.Lock()
	if chat != "" {
		s.chats[chat] = true
	}
	l, twice := s.line, s.faults.twice
	if l == nil {
		s.mu.Unlock()
		return false
	}
	if chat == "" && what != onTap {
		chat = user
	}
	s.reqs[req] = &request{what: what, chat: chat, user: user, task: task, line: l, at: s.Now()}
	s.mu.Unlock()
	f := map[string]any{"cmd": cmd, "headers": map[string]any{"req_id": req}, "body": body}
	s.write(l, f)
	if twice {
		s.write(l, f)
	}
	return true
}
