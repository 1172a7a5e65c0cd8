package relay

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"themeday"
	"themeday/bot"
)

// screen is what is shown, and a way to type.
type screen struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *screen) waitFor(t *testing.T, words string) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		s.mu.Lock()
		shown := strings.Contains(s.text.String(), words)
		s.mu.Unlock()
		if shown {
			return
		}
	}
	t.Fatalf("%q is not shown", words)
}

func TestAPostCountsAsSentOnlyWhenItWasPasted(t *testing.T) {
	keys, typed := io.Pipe()
	out := &screen{}
	tr := &Transport{
		In: keys, Out: out, Now: time.Now, Zone: time.UTC, Me: Member{ID: 1, Name: "王强"}, Code: func() string { return "4711" },
		Groups: func() []Group {
			return []Group{{Name: "一支部群", Members: []Member{{1, "王强", "王强"}, {2, "赵六", "老赵"}}}}
		},
	}
	heard := make(chan themeday.Message, 10)
	done := make(chan error, 1)
	tr.Listen()
	go func() {
		done <- tr.Run(context.Background(), func(_ context.Context, m themeday.Message) error { heard <- m; return nil })
	}()
	type typing struct {
		keys string
		want error
	}
	for _, c := range []typing{{"ok 4711\n", nil}, {"no\n", bot.ErrOffline}, {"OK  4711\n", nil}} {
		sent := make(chan error, 1)
		words := "通知 " + c.keys
		go func() {
			sent <- tr.Send(context.Background(), bot.Outgoing{Name: "一支部群", Text: words, Kind: themeday.Notice})
		}()
		out.waitFor(t, words)
		time.Sleep(10 * time.Millisecond)
		_, _ = io.WriteString(typed, "老赵: 到\nok\n") // chat may be pasted meanwhile, and it may hold the bare word
		_, _ = io.WriteString(typed, c.keys)
		if err := <-sent; !errors.Is(err, c.want) || c.want == nil && err != nil {
			t.Errorf("typed %q: %v, want %v", c.keys, err, c.want)
		}
		m := <-heard
		if m.Relayed != "王强" || m.From.Card != "老赵" || m.From.Friend || m.Group != "一支部群" {
			t.Errorf("heard %+v", m)
		}
	}
	if err := tr.Send(context.Background(), bot.Outgoing{Name: "一支部群", Text: "已签到", Kind: themeday.ReplyKind}); err != nil {
		t.Errorf("an answer waits for a word: %v", err)
	}
	sent := make(chan error, 1)
	go func() {
		sent <- tr.Send(context.Background(), bot.Outgoing{Name: "一支部群", Text: "最后一条", Kind: themeday.Notice})
	}()
	out.waitFor(t, "最后一条")
	_ = typed.Close()
	if err := <-sent; !errors.Is(err, bot.ErrOffline) {
		t.Errorf("nobody is there any more: %v", err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	if tr.State() != bot.Closed {
		t.Error("it is open still")
	}
}
