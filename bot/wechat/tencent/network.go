package tencent

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
)

// gate is a listener that slams its door while the network is down.
type gate struct {
	net.Listener
	s *Server
}

func (g *gate) Accept() (net.Conn, error) {
	for {
		c, err := g.Listener.Accept()
		if err != nil || !g.s.strikes(Down, "dial") {
			return c, err
		}
		tear(c)
	}
}

// tunnel is the listener of the connections that came through the proxy.
type tunnel struct {
	conns  chan net.Conn
	closed chan struct{}
	addr   net.Addr
}

func (t *tunnel) Accept() (net.Conn, error) {
	select {
	case c := <-t.conns:
		return c, nil
	case <-t.closed:
		return nil, net.ErrClosed
	}
}

func (t *tunnel) Close() error   { return nil }
func (t *tunnel) Addr() net.Addr { return t.addr }

// connect is the proxy: it is Tencent for Tencent's names and knows no others.
func (s *Server) connect(w http.ResponseWriter, r *http.Request) {
	if !s.enter() {
		return
	}
	defer s.serve.Done()
	host := r.URL.Hostname()
	if r.Method != http.MethodConnect || !ours(host) {
		s.count("stranger", r.Host, "")
		http.Error(w, "this proxy leads to Tencent's servers only", http.StatusForbidden)
		return
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if _, err = io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		_ = conn.Close()
		return
	}
	select {
	case s.tunnel.conns <- tls.Server(conn, s.api.TLSConfig):
	case <-s.closed:
		_ = conn.Close()
	}
}

func ours(host string) bool {
	for _, domain := range []string{"qq.com", "weixin.qq.com", "wechat.com"} {
		if host == domain || strings.HasSuffix(host, "."+domain) {
			return true
		}
	}
	return false
}

// track keeps the open connections, so that they can be cut.
func (s *Server) track(c net.Conn, state http.ConnState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch state {
	case http.StateNew:
		s.conns[c] = struct{}{}
	case http.StateClosed, http.StateHijacked:
		delete(s.conns, c)
		s.notify()
	}
}

// cut tears every open connection.
func (s *Server) cut() {
	s.mu.Lock()
	open := make([]net.Conn, 0, len(s.conns))
	for c := range s.conns {
		open = append(open, c)
	}
	s.mu.Unlock()
	for _, c := range open {
		tear(c)
	}
}

// tear ends a connection by a reset.
func tear(c net.Conn) {
	under := c
	if t, ok := c.(*tls.Conn); ok {
		under = t.NetConn()
	}
	if t, ok := under.(*net.TCPConn); ok {
		_ = t.SetLinger(0)
	}
	_ = under.Close()
}

func (s *Server) refuse(network string) error {
	return &net.OpError{Op: "dial", Net: network, Addr: s.apiLn.Addr(), Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
}

func quietLog() *log.Logger { return log.New(io.Discard, "", 0) }
