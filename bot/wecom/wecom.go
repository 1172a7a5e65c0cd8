// Package wecom is the transport of WeCom (企业微信): its AI bot (智能机器人) over the long connection.
//
// One connection a bot, JSON frames on a WebSocket; the library is github.com/coder/websocket. What is known of that network and survived
// here stands in the files: run.go (subscribe, come back, end when another one took over), link.go (one connection: heartbeat, answers by
// req_id), callback.go and event.go (what people say and tap), secret.go and fetch.go (files from people), upload.go (files to people), send.go
// (what became of a send), card.go (what can be tapped), refusal.go (the codes), markdown.go, rate.go.
package wecom

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"themeday"
	"themeday/bot"
)

// Endpoint is the official server; private deployments have their own.
const Endpoint = "wss://openws.work.weixin.qq.com"

// Known is what the house knows of this network: it shows neither names nor members.
type Known struct {
	Groups map[themeday.ChatID]string // the branches' groups: the names under which the house has them
	People []themeday.SightingID      // those who are bound to somebody
}

// Options are what a Transport needs from outside. BotID and Secret are required.
type Options struct {
	BotID, Secret string
	Endpoint      string   // empty: Endpoint
	Names         []string // the bot's names in WeCom: what people put behind the @ in a group
	Files         string   // folder for what people send; it is emptied as it is handled
	StatusFile    string   // what doctor reads; empty: none

	HTTP    http.RoundTripper                          // nil: the network, by HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE
	Known   func(context.Context) (Known, error)       // nil: nothing
	Show    func(string)                               // a line for whoever runs the program
	Alert   func(what string)                          // tells the operator; no names
	Active  func(at time.Time) bool                    // an activity is near
	Changed func()                                     // hears every change of phase
	Log     *slog.Logger                               // ids and counts only
	Now     func() time.Time                           // nil: the wall's clock
	Wait    func(context.Context, time.Duration) error // nil: by the wall's clock
	Rand    *rand.Rand
}

// Transport is the bot on WeCom. It implements bot.Transport.
type Transport struct {
	opt  Options
	http *http.Client
	in   *inbox

	talk sync.Mutex // held while something is said: the pieces of one post stay together

	mu     sync.Mutex
	status Status
	link   *link         // nil while there is no subscription
	up     chan struct{} // closed when the next subscription stands
	known  Known
	direct map[string]bool // who has written in a direct chat since the start
	shut   map[string]bool // direct chats that refused a push since
	asked  map[themeday.MessageID]*question
	order  []themeday.MessageID // of asked, oldest first
	cards  map[string]sentCard  // by task id, those of this process
	tasks  []string             // of cards, oldest first
	plain  map[string]time.Time // chats that take no cards, since when
	rates  map[string]*rate
	mute   muteness
	lost   time.Time // since when there is no subscription
	told   bool      // the operator knows of this outage
}

var _ bot.Transport = (*Transport)(nil)

// New makes a transport; it does nothing before Run.
func New(o Options) *Transport {
	if o.Endpoint == "" {
		o.Endpoint = Endpoint
	}
	if o.HTTP == nil {
		o.HTTP = http.DefaultTransport.(*http.Transport).Clone()
	}
	if o.Known == nil {
		o.Known = func(context.Context) (Known, error) { return Known{}, nil }
	}
	if o.Show == nil {
		o.Show = func(string) {}
	}
	if o.Alert == nil {
		o.Alert = func(string) {}
	}
	if o.Active == nil {
		o.Active = func(time.Time) bool { return false }
	}
	if o.Changed == nil {
		o.Changed = func() {}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	if o.Rand == nil {
		o.Rand = rand.New(rand.NewPCG(uint64(o.Now().UnixNano()), 2))
	}
	t := &Transport{
		opt: o, http: &http.Client{Transport: o.HTTP}, in: newInbox(), up: make(chan struct{}),
		direct: map[string]bool{}, shut: map[string]bool{}, asked: map[themeday.MessageID]*question{},
		cards: map[string]sentCard{}, plain: map[string]time.Time{}, rates: map[string]*rate{},
	}
	t.status.Phase, t.status.Since = Starting, o.Now()
	return t
}

// wait lets time go by.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// after is a channel that is closed when a time has gone by; stop ends the waiting earlier.
func (t *Transport) after(ctx context.Context, d time.Duration) (over <-chan struct{}, stop func()) {
	ctx, stop = context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		if t.opt.Wait(ctx, d) == nil {
			close(done)
		}
	}()
	return done, stop
}

// Account is wecom.
func (t *Transport) Account() themeday.Account { return themeday.WeCom }

// State tells whether sending makes sense now: a subscription was answered; an open socket alone says nothing.
func (t *Transport) State() bot.State {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.link != nil && t.link.alive():
		return bot.Online
	case t.status.Phase == TakenOver || t.status.Phase == Refused:
		return bot.Closed
	}
	return bot.Offline
}

// current is the connection by which can be sent now; nil: none.
func (t *Transport) current() *link {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.link == nil || !t.link.alive() {
		return nil
	}
	return t.link
}

// chance is a text of random letters, of which none repeats.
func (t *Transport) chance() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789"
	out := make([]byte, 12)
	for i := range out {
		out[i] = letters[t.opt.Rand.IntN(len(letters))]
	}
	return string(out)
}
