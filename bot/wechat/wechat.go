// Package wechat is the transport of personal WeChat, by the protocol of Web WeChat as github.com/eatmoreapple/openwechat v1.4.10 speaks it.
//
// The library's Caller makes the calls; its Bot, whose loop loses messages, spins and panics, is not used. What is known of that network
// and survived here stands in the files: login.go (hot, push, scan, refusals), loop.go (polling, at least once), directory.go (who is in
// which group), take.go (what a message says), send.go (what became of a send).
package wechat

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/eatmoreapple/openwechat"

	"themeday"
	"themeday/bot"
)

// Options are what a Transport needs from outside. Only SessionFile is required.
type Options struct {
	SessionFile string // keeps the login, mode 0600
	Web         bool   // the plain web door instead of the desktop one
	Files       string // folder for what people send; it is emptied as it is handled
	QRFile      string // where the QR code is also written as a PNG; empty: nowhere

	HTTP    http.RoundTripper                          // nil: the network, by HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE
	Wanted  func() ([]string, error)                   // the names of the groups that matter; nil: all
	Ask     func(context.Context) bool                 // waits for a person who wants to scan a QR code; nil: nobody is there
	Show    func(string)                               // a line, or the QR code, for that person
	Alert   func(what string)                          // tells the operator; no names
	Active  func(at time.Time) bool                    // an activity is near: silence of the network is suspicious sooner
	Changed func()                                     // hears every change of phase
	Log     *slog.Logger                               // ids and counts only
	Now     func() time.Time                           // nil: the wall's clock
	Wait    func(context.Context, time.Duration) error // nil: by the wall's clock
	Rand    *rand.Rand
	Zone    *time.Location // of day and night; nil: UTC
}

// Transport is the account on WeChat. It implements bot.Transport.
type Transport struct {
	opt      Options
	requests atomic.Int64
	base     http.RoundTripper
	answerIn time.Duration // how long one request may take
	sendIn   time.Duration // how long a send may take before its outcome counts as unknown

	mu       sync.Mutex
	status   Status
	client   *client
	people   *directory
	healthAt time.Time
	said     map[string]time.Time       // ids and texts of our own sends, which come back from the phone
	missed   map[themeday.MessageID]int // how often a picture or file could not be fetched
	near     time.Time                  // since when an activity has been near; zero: none is
	warned   time.Time                  // last inbound message when the operator was told of a deaf session
}

var _ bot.Transport = (*Transport)(nil)

// client is one login: the library's caller with our jar behind it.
type client struct {
	caller *openwechat.Caller
	trip   *tripper
	jar    *jar
	s      *session
	self   *openwechat.User
	recent openwechat.Members // the chats that the servers told of at the beginning
	begun  time.Time
	quiet  time.Duration // after how long without new cookies a line keeps the session alive
}

// New makes a transport; it does nothing before Run.
func New(o Options) *Transport {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	if o.Show == nil {
		o.Show = func(string) {}
	}
	if o.Alert == nil {
		o.Alert = func(string) {}
	}
	if o.Changed == nil {
		o.Changed = func() {}
	}
	if o.Active == nil {
		o.Active = func(time.Time) bool { return false }
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Rand == nil {
		o.Rand = rand.New(rand.NewPCG(uint64(o.Now().UnixNano()), 1))
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	t := &Transport{
		opt: o, base: o.HTTP, answerIn: answerFor, sendIn: sendFor,
		said: map[string]time.Time{}, missed: map[themeday.MessageID]int{}, people: newDirectory(""),
	}
	if t.base == nil {
		t.base = network()
	}
	if old, err := ReadStatus(o.SessionFile); err == nil {
		t.status.RefusedUntil, t.status.RefusedCode = old.RefusedUntil, old.RefusedCode
	}
	t.status.Phase, t.status.Since, t.status.Process = Starting, o.Now(), os.Getpid()
	return t
}

// answerFor is how long one request may take: a long poll holds 25 s.
const answerFor = 45 * time.Second

// network is the way out, with bounds on every step of it but the answer itself, which the client bounds.
func network() http.RoundTripper {
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.ResponseHeaderTimeout = 40 * time.Second // a long poll holds 25 s
	base.MaxIdleConnsPerHost = 2
	return base
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

// newClient makes a fresh caller for a login, with the cookies of an earlier one where there is one.
func (t *Transport) newClient(s *session) *client {
	b := openwechat.NewBot(context.Background()) // only for its Caller: the mode of one can be set through a Bot alone
	if !t.opt.Web {
		openwechat.Desktop.Prepare(b)
	}
	c := &client{caller: b.Caller, s: s, begun: t.opt.Now(), quiet: t.jitter(2 * time.Hour)}
	var cookies []cookie
	if s != nil {
		cookies = s.Cookies
		c.caller.Client.Domain = openwechat.WechatDomain(s.Domain)
	}
	c.jar = newJar(cookies)
	c.trip = &tripper{base: counted{t}, jar: c.jar, now: t.opt.Now}
	if s != nil {
		c.trip.setCheckKey(s.CheckKey)
	}
	c.caller.Client.MaxRetryTimes = 1 // it repeats sends as well
	c.caller.Client.SetCookieJar(c.jar.library)
	h := c.caller.Client.HTTPClient()
	h.Transport, h.Timeout = c.trip, t.answerIn
	return c
}

// counted counts requests.
type counted struct{ t *Transport }

// RoundTrip implements http.RoundTripper.
func (c counted) RoundTrip(req *http.Request) (*http.Response, error) {
	c.t.requests.Add(1)
	return c.t.base.RoundTrip(req)
}

// Account is wechat.
func (t *Transport) Account() themeday.Account { return "wechat" }

// State tells whether sending makes sense now.
func (t *Transport) State() bot.State {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch t.status.Phase {
	case Up, Deaf:
		return bot.Online
	case Down, Opening, Starting:
		return bot.Offline
	}
	return bot.Closed
}

// Directory is what the account sees of groups and people now.
func (t *Transport) Directory() themeday.Directory {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.people.snapshot()
}

// Status is where the transport stands.
func (t *Transport) Status() Status {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.status
}

// enter notes a new phase, on disk as well, and tells the operator of those in which he is needed.
func (t *Transport) enter(p Phase, alert string) {
	t.mu.Lock()
	changed := t.status.Phase != p
	if changed {
		t.status.Phase, t.status.Since = p, t.opt.Now()
	}
	t.mu.Unlock()
	if !changed {
		return
	}
	t.keepStatus()
	t.opt.Log.Info("wechat", "phase", string(p))
	t.opt.Changed()
	if alert != "" {
		t.opt.Alert(alert)
	}
}

func (t *Transport) keepStatus() {
	t.mu.Lock()
	t.status.Requests = t.requests.Load()
	s := t.status
	t.mu.Unlock()
	if err := writeStatus(t.opt.SessionFile, s); err != nil {
		t.opt.Log.Warn("wechat: status not kept", "err", err)
	}
}

// errPanic marks a panic of the library.
var errPanic = errors.New("the library panicked")

// guarded makes one call of the library; its panic is an error.
func guarded[T any](call func() (T, error)) (v T, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("%w: %v", errPanic, broken)
		}
	}()
	return call()
}
