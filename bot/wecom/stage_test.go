package wecom

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"themeday"
	"themeday/bot"
	"themeday/bot/wecom/fakewecom"
)

const (
	group  = "wrGROUP"
	office = "第一支部"
	name   = "主题党日 助手"
)

// clock stands still until a test moves it.
type clock struct {
	mu      sync.Mutex
	now     time.Time
	waiters []*waiter
	waited  []time.Duration // every wait that was begun
}

type waiter struct {
	until time.Time
	done  chan struct{}
	of    time.Duration
}

func newClock() *clock { return &clock{now: time.Date(2026, 3, 13, 6, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Wait(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	w := &waiter{until: c.now.Add(d), done: make(chan struct{}), of: d}
	c.waiters = append(c.waiters, w)
	c.waited = append(c.waited, d)
	c.mu.Unlock()
	select {
	case <-w.done:
		return nil
	case <-ctx.Done():
		c.mu.Lock()
		c.waiters = slices.DeleteFunc(c.waiters, func(o *waiter) bool { return o == w })
		c.mu.Unlock()
		return ctx.Err()
	}
}

// waiting counts those who wait for so long.
func (c *clock) waiting(of time.Duration) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, w := range c.waiters {
		if w.of == of {
			n++
		}
	}
	return n
}

// advance moves the clock and wakes whoever waited until then.
func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	c.waiters = slices.DeleteFunc(c.waiters, func(w *waiter) bool {
		if w.until.After(c.now) {
			return false
		}
		close(w.done)
		return true
	})
}

// pauses are the waits of a connection that is made anew: whole fractions of a second and more, and none of the fixed ones.
func (c *clock) pauses() []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []time.Duration
	for _, d := range c.waited {
		if d != dialFor && d != answerFor && d != chunkFor && d != beat && d != guardAfter && d != fetchFor {
			out = append(out, d)
		}
	}
	return out
}

// stage is a bot of the fake server and a transport for it, on a clock that the test moves.
type stage struct {
	t      *testing.T
	server *fakewecom.Server
	clock  *clock
	bot    *Transport
	ended  chan error
	stop   context.CancelFunc

	mu     sync.Mutex
	heard  []themeday.Message
	files  map[themeday.MessageID][]byte
	alerts []string
	shown  []string
	known  Known
	active bool
	react  func(themeday.Message) error // what the house does with a message
	log    bytes.Buffer
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{
		t: t, server: fakewecom.New("bot-1", "secret-1"), clock: newClock(), files: map[themeday.MessageID][]byte{},
		known: Known{Groups: map[themeday.ChatID]string{group: office}, People: []themeday.SightingID{"zhangsan"}},
	}
	s.server.Now = s.clock.Now
	if err := s.server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.server.Close)
	return s
}

func (s *stage) options() Options {
	return Options{
		BotID: "bot-1", Secret: "secret-1", Endpoint: s.server.URL(), Names: []string{name}, Files: s.t.TempDir(),
		Known:  func(context.Context) (Known, error) { s.mu.Lock(); defer s.mu.Unlock(); return s.known, nil },
		Show:   func(text string) { s.mu.Lock(); defer s.mu.Unlock(); s.shown = append(s.shown, text) },
		Alert:  func(text string) { s.mu.Lock(); defer s.mu.Unlock(); s.alerts = append(s.alerts, text) },
		Active: func(time.Time) bool { s.mu.Lock(); defer s.mu.Unlock(); return s.active },
		Log:    slog.New(slog.NewTextHandler(&locked{s: s}, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Now:    s.clock.Now, Wait: s.clock.Wait, Rand: rand.New(rand.NewPCG(1, 2)),
	}
}

type locked struct{ s *stage }

func (l *locked) Write(p []byte) (int, error) {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	return l.s.log.Write(p)
}

// run starts a transport.
func (s *stage) run(o Options) {
	s.t.Helper()
	s.bot = New(o)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	s.stop, s.ended = stop, ended
	go func() { ended <- s.bot.Run(ctx, s.take) }()
	s.t.Cleanup(func() { stop(); <-s.over(ended) })
}

// over gives a channel that is closed when Run has ended, also when its error was taken already.
func (s *stage) over(ended chan error) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		select {
		case err := <-ended:
			ended <- err
		case <-time.After(10 * time.Second):
		}
		close(done)
	}()
	return done
}

// online starts the usual transport and waits until it is subscribed.
func (s *stage) online() *stage {
	s.t.Helper()
	s.run(s.options())
	s.until("online", func() bool { return s.bot.State() == bot.Online })
	return s
}

func (s *stage) take(_ context.Context, m themeday.Message) error {
	s.mu.Lock()
	react := s.react
	s.mu.Unlock()
	data := readAll(m.Files)
	if react != nil {
		if err := react(m); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.heard = append(s.heard, m)
	s.files[m.ID] = data
	return nil
}

func readAll(files []themeday.File) []byte {
	var all []byte
	for _, f := range files {
		data, err := readFile(f.Path)
		if err == nil {
			all = append(all, data...)
		}
	}
	return all
}

func (s *stage) messages() []themeday.Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.heard)
}

func (s *stage) until(what string, holds func() bool) {
	s.t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	late := time.After(10 * time.Second)
	for !holds() {
		select {
		case <-tick.C:
		case <-late:
			s.mu.Lock()
			defer s.mu.Unlock()
			s.t.Fatalf("%s: not in ten seconds; alerts %q, log:\n%s", what, s.alerts, s.log.String())
		}
	}
}

// hears waits for the next so many messages.
func (s *stage) hears(n int) []themeday.Message {
	s.t.Helper()
	s.until(fmt.Sprintf("%d messages", n), func() bool { return len(s.messages()) >= n })
	return s.messages()
}

// say sends and gives the outcome; while it waits for what does not come the clock goes on.
func (s *stage) send(out bot.Outgoing) error {
	s.t.Helper()
	done := make(chan error, 1)
	go func() { done <- s.bot.Send(context.Background(), out) }()
	return s.finished(done)
}

// finished waits for something while the clock goes on.
func (s *stage) finished(done chan error) error {
	s.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for range 500 {
		select {
		case err := <-done:
			return err
		case <-tick.C:
			s.clock.advance(time.Second)
		}
	}
	s.t.Fatal("it does not end")
	return nil
}

// outcomeOf names what became of a send.
func outcomeOf(err error) string {
	for name, is := range map[string]error{"offline": bot.ErrOffline, "refused": bot.ErrRefused, "unknown": bot.ErrUnknown, "too often": bot.ErrTooOften} {
		if errors.Is(err, is) {
			return name
		}
	}
	if err != nil {
		return err.Error()
	}
	return "sent"
}

// texts are what became visible in a chat.
func (s *stage) texts(chat string) []string {
	var out []string
	for _, m := range s.server.Sent() {
		if m.Chat == chat {
			out = append(out, strings.TrimSpace(m.Kind+" "+m.Text+m.Media.Name))
		}
	}
	return out
}

func (s *stage) told() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.alerts)
}

func toGroup(text string) bot.Outgoing { return bot.Outgoing{Chat: group, Name: office, Text: text} }

func toPerson(id, text string) bot.Outgoing {
	return bot.Outgoing{Chat: themeday.ChatID(id), Private: true, Text: text}
}

func pixels(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
