// Package tencent is a fake of the servers of Web WeChat, for tests and for development: it speaks over TLS, on loopback, what
// github.com/eatmoreapple/openwechat v1.4.10 speaks with wx.qq.com, and misbehaves on request as ../shared/wechat.md says that the real ones do.
// It reads the clock of the wall unless it is given another; what a name of its own (a Person's or Group's Name) stands for on the wire changes
// with every login, as there.
package tencent

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

// Server is all of Tencent that a bot meets. Its methods may be called from any goroutine, before and after Start.
type Server struct {
	now       func() time.Time
	hold      time.Duration // of synccheck
	loginHold time.Duration // of the wait for a scan
	qrLife    time.Duration
	life      time.Duration // of the cookies
	domain    string
	page      int // contacts in a page
	batch     int // messages in an answer of webwxsync
	anyMode   bool
	keepMiss  bool
	addr      string
	onSent    func(Sent)
	rateN     int
	ratePer   time.Duration

	ca     *authority
	api    *http.Server
	front  *http.Server
	apiLn  net.Listener
	proxLn net.Listener
	tunnel *tunnel
	serve  sync.WaitGroup // the listeners and the requests in hand
	closed chan struct{}

	mu      sync.Mutex
	changed chan struct{} // closed and replaced at every change
	ended   bool
	conns   map[net.Conn]struct{}
	timers  []*time.Timer

	world      world
	events     []*event
	lastID     int64
	epoch      int
	session    *session
	old        map[string]int // what an ended session is told, by sid
	kept       int            // how far the last session had come
	dropIn     time.Duration  // how long a login lasts that is Dropped
	authTicket string         // by which the last login may be pushed
	logins     map[string]*qr
	lastQR     *qr
	uploads    map[string][]byte
	media      map[string]media
	sent       []Sent
	denied     []Sent
	sendings   []time.Time
	calls      []Call
	faults     map[Fault]*trouble
	spans      bool
	english    bool
}

// Option is a setting of New.
type Option func(*Server)

// WithClock gives the time of messages, sessions and records; expiry dates of cookies are always of the wall's clock, as those who store them read it.
func WithClock(now func() time.Time) Option { return func(s *Server) { s.now = now } }

// WithHold sets how long synccheck waits for news (25 s).
func WithHold(d time.Duration) Option { return func(s *Server) { s.hold = d } }

// WithLoginHold sets how long the question whether the code was scanned waits (25 s).
func WithLoginHold(d time.Duration) Option { return func(s *Server) { s.loginHold = d } }

// WithQRLife sets after how long a code expires (5 min).
func WithQRLife(d time.Duration) Option { return func(s *Server) { s.qrLife = d } }

// WithCookieLife sets how long cookies last that no webwxsync renews (12 h).
func WithCookieLife(d time.Duration) Option { return func(s *Server) { s.life = d } }

// WithDomain sends whoever logs in to another base host than wx.qq.com, such as wx2.qq.com.
func WithDomain(domain string) Option { return func(s *Server) { s.domain = domain } }

// WithPage sets how many contacts are in a page of webwxgetcontact (1000).
func WithPage(n int) Option { return func(s *Server) { s.page = n } }

// WithBatch sets how many messages an answer of webwxsync holds at most (50).
func WithBatch(n int) Option { return func(s *Server) { s.batch = n } }

// WithNormalMode lets the account log in by the browser's door too; else that is refused with 1203.
func WithNormalMode() Option { return func(s *Server) { s.anyMode = true } }

// WithMissed delivers to a new session what was said while there was none; the real servers drop it.
func WithMissed() Option { return func(s *Server) { s.keepMiss = true } }

// WithRate answers 1205 to more than n sends within that time.
func WithRate(n int, per time.Duration) Option {
	return func(s *Server) { s.rateN, s.ratePer = n, per }
}

// WithListen sets the address of the proxy (127.0.0.1:0).
func WithListen(addr string) Option { return func(s *Server) { s.addr = addr } }

// WithWorld fills the world.
func WithWorld(w World) Option { return func(s *Server) { s.world.fill(w) } }

// OnSent is called after every send that was accepted.
func OnSent(f func(Sent)) Option { return func(s *Server) { s.onSent = f } }

// New makes a server whose world holds the account alone, called 主题党日小助手.
func New(options ...Option) *Server {
	s := &Server{
		now: time.Now, hold: 25 * time.Second, loginHold: 25 * time.Second, qrLife: 5 * time.Minute, life: 12 * time.Hour,
		domain: "wx.qq.com", page: 1000, batch: 50, addr: "127.0.0.1:0",
		closed: make(chan struct{}), changed: make(chan struct{}), conns: map[net.Conn]struct{}{},
		old: map[string]int{}, logins: map[string]*qr{}, uploads: map[string][]byte{}, media: map[string]media{},
		faults: map[Fault]*trouble{}, lastID: 1_000_000_000_000_000_000, dropIn: 3 * time.Second,
	}
	s.world.fill(World{Self: Person{Name: "主题党日小助手"}})
	for _, o := range options {
		o(s)
	}
	return s
}

// Start opens the two doors on loopback: TLS for Transport, a proxy for HTTPS_PROXY.
func (s *Server) Start() error {
	ca, err := newAuthority()
	if err != nil {
		return err
	}
	apiLn, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	proxLn, err := net.Listen("tcp", s.addr)
	if err != nil {
		return errors.Join(err, apiLn.Close())
	}
	s.ca, s.apiLn, s.proxLn = ca, apiLn, proxLn
	s.tunnel = &tunnel{conns: make(chan net.Conn), closed: s.closed, addr: proxLn.Addr()}
	quiet := quietLog()
	s.api = &http.Server{
		Handler: s.routes(), ErrorLog: quiet, ConnState: s.track, ReadHeaderTimeout: time.Minute,
		TLSConfig:    &tls.Config{GetCertificate: ca.certificate, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}},
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){}, // a connection that is to be torn must be one's own
	}
	s.front = &http.Server{Handler: http.HandlerFunc(s.connect), ErrorLog: quiet, ConnState: s.track, ReadHeaderTimeout: time.Minute}
	for _, run := range []func() error{
		func() error { return s.api.ServeTLS(&gate{apiLn, s}, "", "") },
		func() error { return s.api.Serve(s.tunnel) },
		func() error { return s.front.Serve(&gate{proxLn, s}) },
	} {
		s.serve.Go(func() { _ = run() })
	}
	return nil
}

// Close ends everything and returns when no goroutine of the server is left.
func (s *Server) Close() {
	s.mu.Lock()
	if s.ended {
		s.mu.Unlock()
		return
	}
	s.ended = true
	close(s.closed)
	for _, t := range s.timers {
		t.Stop()
	}
	s.mu.Unlock()
	if s.api == nil {
		return
	}
	_ = s.front.Close()
	_ = s.api.Close()
	s.cut()
	s.serve.Wait()
	for {
		s.mu.Lock()
		left, changed := len(s.conns), s.changed
		s.mu.Unlock()
		if left == 0 {
			return
		}
		<-changed
	}
}

// enter counts a request in hand, which Close waits for; it says no when the server is closing.
func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return false
	}
	s.serve.Add(1)
	return true
}

// ProxyURL is what HTTPS_PROXY is to be set to.
func (s *Server) ProxyURL() string { return "http://" + s.proxLn.Addr().String() }

// Domain is the base host of whoever logs in.
func (s *Server) Domain() string { return s.domain }

// Transport reaches the server whatever host is asked for. Whoever takes it closes its idle connections.
func (s *Server) Transport() *http.Transport {
	dialer := &net.Dialer{}
	return &http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			if s.strikes(Down, "dial") {
				return nil, s.refuse(network)
			}
			return dialer.DialContext(ctx, network, s.apiLn.Addr().String())
		},
		TLSClientConfig: &tls.Config{RootCAs: s.ca.pool(), MinVersion: tls.VersionTLS12},
		MaxIdleConns:    16, MaxIdleConnsPerHost: 4, IdleConnTimeout: 30 * time.Second,
	}
}

// Client is a client with that transport, which follows no redirect and waits 30 s, as the library's.
func (s *Server) Client() *http.Client {
	return &http.Client{
		Transport: s.Transport(), Timeout: 30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// WriteCA writes the certificate that SSL_CERT_FILE is to name.
func (s *Server) WriteCA(path string) error { return s.ca.write(path) }

// notify wakes whoever waits. s.mu is held.
func (s *Server) notify() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// until waits for a state of the server, or for the time, the caller or the server to end; it says whether the state was reached.
// ready is called with s.mu held.
func (s *Server) until(ctx context.Context, d time.Duration, ready func() bool) bool {
	var late <-chan time.Time
	if d >= 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		late = timer.C
	}
	for {
		s.mu.Lock()
		ok, changed := ready(), s.changed
		s.mu.Unlock()
		if ok {
			return true
		}
		select {
		case <-changed:
		case <-late:
			return false
		case <-ctx.Done():
			return false
		case <-s.closed:
			return false
		}
	}
}
