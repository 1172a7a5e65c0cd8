// Package fakewecom is a fake of WeCom's server for AI bots on the long connection, for tests and for development: on loopback, with the faults that
// the real one shows. It keeps to what is known of that server and is strict: what the real one is said to refuse it refuses.
package fakewecom

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// Server is the fake. Its methods may be called from several goroutines.
type Server struct {
	BotID, Secret string
	Now           func() time.Time // nil: the wall's clock
	OnSent        func(Sent)       // hears everything that became visible; may be nil

	listener net.Listener
	http     *http.Server
	done     sync.WaitGroup
	ctx      context.Context
	end      context.CancelFunc

	mu      sync.Mutex
	line    *line
	lines   int // subscriptions so far
	tries   int // of a subscription, good or bad
	reqs    map[string]*request
	chats   map[string]bool // in which somebody has written
	sent    []Sent
	cards   map[string]*Card
	tasks   map[string]bool
	uploads map[string]*upload
	media   map[string]Media
	stored  map[string]stored
	rates   map[string][]time.Time
	faults  faults
	log     []string
}

// line is a connection.
type line struct {
	conn       *websocket.Conn
	write      sync.Mutex
	subscribed bool
	number     int
}

// frame is what goes either way.
type frame struct {
	Cmd     string          `json:"cmd,omitempty"`
	Headers map[string]any  `json:"headers"`
	Body    json.RawMessage `json:"body,omitempty"`
}

// New makes a server for one bot.
func New(botID, secret string) *Server {
	return &Server{
		BotID: botID, Secret: secret, Now: time.Now, reqs: map[string]*request{}, chats: map[string]bool{}, cards: map[string]*Card{}, tasks: map[string]bool{},
		uploads: map[string]*upload{}, media: map[string]Media{}, stored: map[string]stored{}, rates: map[string][]time.Time{},
		faults: faults{refuse: map[string][]int{}},
	}
}

// Start listens on an address of loopback, such as 127.0.0.1:0.
func (s *Server) Start(address string) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	s.listener = l
	s.ctx, s.end = context.WithCancel(context.Background())
	mux := http.NewServeMux()
	mux.HandleFunc("/media/", s.serveMedia)
	mux.HandleFunc("/", s.serveLine)
	s.http = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	s.done.Go(func() { _ = s.http.Serve(l) })
	return nil
}

// Close ends the server and every connection.
func (s *Server) Close() {
	s.end()
	s.Drop()
	_ = s.http.Close()
	s.done.Wait()
}

// URL is where bots connect.
func (s *Server) URL() string { return "ws://" + s.listener.Addr().String() }

func (s *Server) serveLine(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	away := s.faults.away
	s.mu.Unlock()
	if away {
		http.Error(w, "bad gateway", http.StatusBadGateway)
		return
	}
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		return
	}
	conn.SetReadLimit(2 << 20)
	l := &line{conn: conn}
	defer conn.CloseNow() //nolint:errcheck // it is over
	for {
		_, data, err := conn.Read(s.ctx)
		if err != nil {
			break
		}
		var f frame
		if json.Unmarshal(data, &f) != nil {
			_ = conn.Close(websocket.StatusPolicyViolation, "no JSON")
			break
		}
		s.take(l, f)
	}
	s.mu.Lock()
	if s.line == l {
		s.line = nil
	}
	s.mu.Unlock()
}

// take does what a frame asks for and answers it.
func (s *Server) take(l *line, f frame) {
	req, _ := f.Headers["req_id"].(string)
	s.mu.Lock()
	s.log = append(s.log, f.Cmd)
	silent, drop := s.faults.silent(f.Cmd)
	if drop == beforeTaking {
		s.mu.Unlock()
		_ = l.conn.CloseNow()
		return
	}
	body, code, text := s.do(l, f, req)
	s.mu.Unlock()
	if drop == beforeAnswering {
		_ = l.conn.CloseNow()
		return
	}
	if silent || code == noAnswer {
		return
	}
	s.write(l, map[string]any{"headers": map[string]any{"req_id": req}, "errcode": code, "errmsg": text, "body": body})
}

// noAnswer is no code: the server says nothing.
const noAnswer = 1 << 30

func (s *Server) write(l *line, v map[string]any) {
	if v["body"] == nil {
		delete(v, "body")
	}
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	s.mu.Lock()
	if s.faults.dirty {
		data = dirtied(data)
	}
	s.mu.Unlock()
	l.write.Lock()
	defer l.write.Unlock()
	ctx, cancel := context.WithTimeout(s.ctx, 5*time.Second)
	defer cancel()
	_ = l.conn.Write(ctx, websocket.MessageText, data)
}

// dirtied puts bare control characters into a frame, as they have been seen.
func dirtied(data []byte) []byte {
	out := []byte{0x01}
	for i, b := range data {
		out = append(out, b)
		if i%17 == 5 {
			out = append(out, 0x0b)
		}
	}
	return append(out, 0x1f)
}

// do does what a frame asks for. s.mu is held.
func (s *Server) do(l *line, f frame, req string) (body map[string]any, code int, text string) {
	if req == "" {
		return nil, 40058, "req_id is missing"
	}
	if codes := s.faults.refuse[f.Cmd]; len(codes) > 0 {
		s.faults.refuse[f.Cmd] = codes[1:]
		if codes[0] != 0 {
			return nil, codes[0], "fault"
		}
	}
	if f.Cmd == "aibot_subscribe" {
		return s.subscribe(l, f)
	}
	if f.Cmd == "ping" && s.faults.noPong {
		return nil, noAnswer, ""
	}
	if !l.subscribed || s.line != l {
		return nil, 846609, "not subscribed"
	}
	switch f.Cmd {
	case "ping":
		return nil, 0, "ok"
	case "aibot_respond_msg":
		code, text = s.respond(l, f, req)
	case "aibot_respond_welcome_msg":
		code, text = s.welcome(l, f, req)
	case "aibot_respond_update_msg":
		code, text = s.update(l, f, req)
	case "aibot_send_msg":
		code, text = s.push(f)
	case "aibot_upload_media_init":
		return s.uploadInit(f)
	case "aibot_upload_media_chunk":
		code, text = s.uploadChunk(f)
	case "aibot_upload_media_finish":
		return s.uploadFinish(f)
	default:
		return nil, 40058, "unknown cmd"
	}
	return nil, code, text
}

func (s *Server) subscribe(l *line, f frame) (map[string]any, int, string) {
	s.tries++
	var b struct {
		BotID  string `json:"bot_id"`
		Secret string `json:"secret"`
	}
	_ = json.Unmarshal(f.Body, &b)
	switch {
	case b.BotID != s.BotID:
		return nil, 93019, "invalid bot id"
	case b.Secret != s.Secret:
		return nil, 853000, "invalid secret"
	case l.subscribed:
		return nil, 45009, "subscribed already: frequency protection"
	}
	l.subscribed = true
	s.lines++
	l.number = s.lines
	if old := s.line; old != nil {
		go s.throwOut(old)
	}
	s.line = l
	return nil, 0, "ok"
}

// throwOut tells an old connection that a new one took over, and closes it.
func (s *Server) throwOut(l *line) {
	s.write(l, s.event(map[string]any{"eventtype": "disconnected_event"}, nil))
	s.mu.Lock()
	zombie := s.faults.zombie
	s.mu.Unlock()
	if !zombie {
		_ = l.conn.Close(websocket.StatusNormalClosure, "")
	}
}

func (s *Server) event(e map[string]any, more map[string]any) map[string]any {
	body := map[string]any{"msgid": s.id("evt"), "create_time": s.Now().Unix(), "aibotid": s.BotID, "msgtype": "event", "event": e}
	for k, v := range more {
		body[k] = v
	}
	return map[string]any{"cmd": "aibot_event_callback", "headers": map[string]any{"req_id": s.id("req")}, "body": body}
}

// id is one that no other has.
func (s *Server) id(prefix string) string {
	b := make([]byte, 8)
	_, _ = rand.Read(b)
	return fmt.Sprintf("%s%s", prefix, hex.EncodeToString(b))
}

// Online tells whether a bot is subscribed.
func (s *Server) Online() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.line != nil
}

// Subscriptions counts those that were accepted, and all that were tried.
func (s *Server) Subscriptions() (accepted, tried int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lines, s.tries
}

// Commands counts the frames of a command.
func (s *Server) Commands(cmd string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, c := range s.log {
		if c == cmd {
			n++
		}
	}
	return n
}
