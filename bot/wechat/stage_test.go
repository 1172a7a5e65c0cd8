package wechat

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"themeday"
	"themeday/bot"
	"themeday/bot/wechat/tencent"
)

// stage is an account of the fake servers with its group 第一支部, and a transport for it. Its pauses pass at once; they are written down.
type stage struct {
	t      *testing.T
	server *tencent.Server
	dir    string
	log    *syncBuffer

	mu     sync.Mutex
	heard  []themeday.Message
	taken  map[themeday.MessageID]int
	refuse int // so many messages are not taken
	pauses []time.Duration
	shown  []string
	alerts []string
	asked  int
	clock  time.Duration // added to the wall's
	active bool          // an activity is near
	wanted []string
	twist  func(endpoint, body string) string // changes the answers of the servers
}

// twisted is the network to the servers, whose answers a test may change on the way.
type twisted struct {
	s *stage
	*http.Transport
}

func (w twisted) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := w.Transport.RoundTrip(req)
	w.s.mu.Lock()
	twist := w.s.twist
	w.s.mu.Unlock()
	if err != nil || twist == nil {
		return resp, err
	}
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	resp.Body = io.NopCloser(strings.NewReader(twist(path.Base(req.URL.Path), string(body))))
	return resp, err
}

// twistWith changes the answers from now on; nil leaves them as they are.
func (s *stage) twistWith(twist func(endpoint, body string) string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.twist = twist
}

// set changes something of the stage that a transport may be reading.
func (s *stage) set(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

const branchGroup = "第一支部"

func village() tencent.World {
	return tencent.World{
		People: []tencent.Person{
			{Name: "王强", RemarkName: "王强", Friend: true},
			{Name: "张三", NickName: "老张😀", RemarkName: "张三", Friend: true},
			{Name: "李四"},
			{Name: "王五"},
			{Name: "服务号", Official: true, Friend: true},
		},
		Groups: []tencent.Group{
			{Name: branchGroup, Saved: true, Members: []tencent.Member{{Name: "王强", Card: "王强"}, {Name: "张三", Card: "张三"}, {Name: "李四", Card: "李四"}, {Name: "王五", Card: "王<五>"}}},
			{Name: "闲聊", Saved: true, Members: []tencent.Member{{Name: "李四"}}},
		},
	}
}

func newStage(t *testing.T, options ...tencent.Option) *stage {
	t.Helper()
	hold := 20 * time.Millisecond
	options = append([]tencent.Option{tencent.WithWorld(village()), tencent.WithHold(hold), tencent.WithLoginHold(hold)}, options...)
	s := &stage{t: t, server: tencent.New(options...), dir: t.TempDir(), log: &syncBuffer{}, taken: map[themeday.MessageID]int{}, wanted: []string{branchGroup}}
	if err := s.server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.server.Close)
	return s
}

func (s *stage) session() string { return filepath.Join(s.dir, "session.json") }

// transport makes a transport; someone says whether a person is there to scan.
func (s *stage) transport(someone bool) *Transport {
	o := Options{
		SessionFile: s.session(), Files: filepath.Join(s.dir, "files"), QRFile: filepath.Join(s.dir, "qr.png"), HTTP: twisted{s, s.server.Transport()},
		Wanted: func() ([]string, error) { s.mu.Lock(); defer s.mu.Unlock(); return s.wanted, nil },
		Active: func(time.Time) bool { s.mu.Lock(); defer s.mu.Unlock(); return s.active },
		Show:   func(text string) { s.note(&s.shown, text) }, Alert: func(text string) { s.note(&s.alerts, text) },
		Log: slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Now: func() time.Time { s.mu.Lock(); defer s.mu.Unlock(); return time.Now().Add(s.clock) },
		Wait: func(ctx context.Context, d time.Duration) error {
			s.mu.Lock()
			s.pauses = append(s.pauses, d)
			s.clock += d
			s.mu.Unlock()
			return wait(ctx, time.Millisecond)
		},
		Zone: time.FixedZone("CST", 8*3600),
	}
	if someone {
		o.Ask = func(context.Context) bool {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.asked++
			return s.asked <= 2
		}
	}
	return New(o)
}

func (s *stage) note(list *[]string, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*list = append(*list, text)
}

func (s *stage) read(list *[]string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(*list, "\n")
}

// take takes a message as a house would: once by its id.
func (s *stage) take(_ context.Context, m themeday.Message) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuse > 0 {
		s.refuse--
		return errors.New("the database is busy")
	}
	s.taken[m.ID]++
	if s.taken[m.ID] == 1 {
		if len(m.Files) > 0 { // what lies there is gone afterwards
			data, err := os.ReadFile(m.Files[0].Path)
			m.Text += "〔" + m.Files[0].Name + " " + string(data[:min(len(data), 4)]) + "〕"
			if err != nil {
				return err
			}
		}
		s.heard = append(s.heard, m)
	}
	return nil
}

// running runs a transport until the test or stop ends it.
func (s *stage) running(tr *Transport) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- tr.Run(ctx, s.take) }()
	stop = sync.OnceFunc(func() {
		cancel()
		select {
		case <-done:
		case <-time.After(20 * time.Second):
			s.t.Error("Run does not end")
		}
	})
	s.t.Cleanup(stop)
	return stop
}

// until waits until something holds.
func (s *stage) until(what string, holds func() bool) {
	s.t.Helper()
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); {
		if holds() {
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
	log := s.log.String()
	s.t.Fatalf("%s: not in 15 seconds; log:\n%s", what, log[max(0, len(log)-3000):])
}

// online logs in by a QR code and waits until everything is ready.
func (s *stage) online(tr *Transport) (stop func()) {
	s.t.Helper()
	stop = s.running(tr)
	if !s.server.WaitCode(s.t.Context()) {
		s.t.Fatal("nobody asked for a code")
	}
	s.server.Scan()
	s.server.Confirm()
	s.until("online", func() bool { return tr.State() == bot.Online })
	return stop
}

// texts are what was heard, as [group] card: text; what was said in private stands last, for chats go at a time.
func (s *stage) texts() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	slices.SortStableFunc(s.heard, func(a, b themeday.Message) int { return cmp.Compare(b.Group, a.Group) })
	var out []string
	for _, m := range s.heard {
		where := "(" + m.From.Remark + ")"
		if !m.Private() {
			where = "[" + m.Group + "] " + m.From.Card
		}
		quoted := ""
		if m.Quoted {
			quoted = "引用 "
		}
		out = append(out, where+": "+quoted+m.Text)
	}
	return out
}

func (s *stage) hears(want ...string) {
	s.t.Helper()
	s.until("hears "+strings.Join(want, " | "), func() bool { return len(s.texts()) >= len(want) })
	if got := s.texts(); !slices.Equal(got, want) {
		s.t.Errorf("heard\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// chat is the id of a group or person now.
func (s *stage) chat(name string) themeday.ChatID { return themeday.ChatID(s.server.UserName(name)) }
