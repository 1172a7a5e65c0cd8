package wechat

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// tripper stands between the library and the network: it keeps the cookies, bounds what is read, asks synccheck with the key that the
// servers want there, and notes whether a send left this machine.
type tripper struct {
	base http.RoundTripper
	jar  *jar
	now  func() time.Time

	mu       sync.Mutex
	checkKey string // for synccheck; empty: what the library sends
	ret      string // of the last answer to a login page
}

// answerLimit bounds every answer; the largest are pictures and contact lists.
const answerLimit = 32 << 20

var loginRet = regexp.MustCompile(`<ret>\s*(-?\d+)\s*</ret>`)

// RoundTrip implements http.RoundTripper.
func (t *tripper) RoundTrip(req *http.Request) (*http.Response, error) {
	if strings.HasSuffix(req.URL.Path, "/synccheck") {
		req = t.withCheckKey(req)
	}
	if left, ok := req.Context().Value(leftKey{}).(*atomic.Bool); ok && strings.Contains(req.URL.Path, "/webwxsend") {
		trace := &httptrace.ClientTrace{ // a try that wrote nothing may be followed by another, which has no connection yet
			GetConn: func(string) { left.Store(false) },
			GotConn: func(httptrace.GotConnInfo) { left.Store(true) },
		}
		req = req.WithContext(httptrace.WithClientTrace(req.Context(), trace))
	}
	resp, err := t.base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	t.jar.take(req.URL, resp.Cookies(), t.now())
	resp.Header.Del("Set-Cookie") // the library's jar would write its map without a lock
	resp.Body = &bounded{ReadCloser: resp.Body, left: answerLimit}
	if strings.HasSuffix(req.URL.Path, "/webwxnewloginpage") {
		if err := t.noteRet(resp); err != nil {
			return nil, err
		}
	}
	return resp, nil
}

// withCheckKey puts the SyncCheckKey where the library sends the SyncKey, because of which the servers answer at once and for ever that
// there is something new. No longer needed when Client.SyncCheck of the library sends WebWxSyncResponse.SyncCheckKey.
func (t *tripper) withCheckKey(req *http.Request) *http.Request {
	t.mu.Lock()
	key := t.checkKey
	t.mu.Unlock()
	if key == "" {
		return req
	}
	out := req.Clone(req.Context())
	q := out.URL.Query()
	q.Set("synckey", key)
	out.URL.RawQuery = q.Encode()
	return out
}

func (t *tripper) setCheckKey(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.checkKey = key
}

// noteRet keeps the code of a login page: the library hands on only its text.
func (t *tripper) noteRet(resp *http.Response) error {
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	_ = resp.Body.Close()
	if err != nil {
		return err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ret = ""
	if hit := loginRet.FindSubmatch(body); hit != nil {
		t.ret = string(hit[1])
	}
	return nil
}

func (t *tripper) lastRet() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.ret
}

// leftKey is under which a context carries whether a send left this machine.
type leftKey struct{}

// watchLeaving gives a context whose send tells whether it came as far as a connection; without one nothing can have been sent.
func watchLeaving(ctx context.Context) (context.Context, *atomic.Bool) {
	left := new(atomic.Bool)
	return context.WithValue(ctx, leftKey{}, left), left
}

// bounded ends an answer that is too long with an error.
type bounded struct {
	io.ReadCloser
	left int64
}

// Read implements io.Reader.
func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, fmt.Errorf("the answer is longer than %d MB", answerLimit>>20)
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.ReadCloser.Read(p)
	b.left -= int64(n)
	return n, err
}
