package many

import (
	"context"
	"errors"
	"sync"
	"testing"

	"themeday"
	"themeday/bot"
)

// wire is a network that says what a test tells it.
type wire struct {
	account themeday.Account
	state   bot.State
	chat    themeday.ChatID
	says    []string
	fails   error // ends it for good
	sent    []string
}

type seen struct{ w *wire }

func (d seen) Session() string { return string(d.w.account) }
func (d seen) Groups() []themeday.GroupSeen {
	return []themeday.GroupSeen{{Chat: d.w.chat, Name: string(d.w.chat)}}
}

func (d seen) Friends() []themeday.Sighting {
	return []themeday.Sighting{{ID: themeday.SightingID("friend of " + d.w.account), Friend: true}}
}

func (w *wire) Account() themeday.Account     { return w.account }
func (w *wire) State() bot.State              { return w.state }
func (w *wire) Directory() themeday.Directory { return seen{w} }
func (w *wire) Send(_ context.Context, out bot.Outgoing) error {
	w.sent = append(w.sent, out.Text)
	return nil
}

func (w *wire) Run(ctx context.Context, take func(context.Context, themeday.Message) error) error {
	for _, text := range w.says {
		if err := take(ctx, themeday.Message{Account: w.account, Text: text}); err != nil {
			return err
		}
	}
	if w.fails != nil {
		return w.fails
	}
	<-ctx.Done()
	return ctx.Err()
}

func TestWhatIsSaidGoesToTheNetworkThatHasTheChat(t *testing.T) {
	a, b := &wire{account: "wechat", chat: "@@1"}, &wire{account: "wecom", chat: "wr1"}
	m := New(nil, a, b)
	for _, out := range []bot.Outgoing{{Chat: "wr1", Text: "群"}, {Chat: "@@1", Text: "微信群"}, {Chat: "friend of wecom", Private: true, Text: "私"}} {
		if err := m.Send(t.Context(), out); err != nil {
			t.Error(err)
		}
	}
	if len(a.sent) != 1 || len(b.sent) != 2 {
		t.Errorf("%q and %q", a.sent, b.sent)
	}
	if err := m.Send(t.Context(), bot.Outgoing{Chat: "friend of wecom", Text: "x"}); !errors.Is(err, bot.ErrRefused) {
		t.Error("a person is no group:", err)
	}
	if Of(m, "wecom") != bot.Transport(b) || len(Parts(a)) != 1 {
		t.Error("the parts are not found")
	}
}

func TestTheBestStateCounts(t *testing.T) {
	for _, c := range []struct{ a, b, want bot.State }{
		{bot.Online, bot.Closed, bot.Online}, {bot.Closed, bot.Offline, bot.Offline}, {bot.Closed, bot.Closed, bot.Closed},
	} {
		if got := New(nil, &wire{state: c.a}, &wire{state: c.b}).State(); got != c.want {
			t.Errorf("%s and %s are %s", c.a, c.b, got)
		}
	}
}

func TestOneThatIsClosedForGoodLeavesTheOthersAtWork(t *testing.T) {
	over := errors.New("taken over")
	a, b := &wire{account: "wechat", says: []string{"一", "二"}}, &wire{account: "wecom", says: []string{"三"}, fails: over}
	ctx, stop := context.WithCancel(t.Context())
	var (
		mu    sync.Mutex
		heard int
		gone  []themeday.Account
	)
	enough := func() {
		if heard == 3 && len(gone) == 1 {
			stop()
		}
	}
	m := New(func(who themeday.Account, err error) {
		mu.Lock()
		defer mu.Unlock()
		if !errors.Is(err, over) {
			t.Error(err)
		}
		gone = append(gone, who)
		enough()
	}, a, b)
	err := m.Run(ctx, func(context.Context, themeday.Message) error {
		mu.Lock()
		defer mu.Unlock()
		heard++
		enough()
		return nil
	})
	if !errors.Is(err, context.Canceled) || heard != 3 || gone[0] != "wecom" {
		t.Errorf("%v, %d heard, %v gone", err, heard, gone)
	}
	if err := New(nil, &wire{fails: over}).Run(t.Context(), nil); !errors.Is(err, over) {
		t.Error("all are closed:", err)
	}
}
