package tencent

import (
	"context"
	"maps"
	"slices"
	"time"
)

// Sent is what the bot has sent.
type Sent struct {
	At       time.Time
	MsgID    string
	ClientID string // by which a repetition of the library's is known
	To       string // the name of the group or of the person; filehelper
	Group    bool
	Kind     string // text, image, file, video or emoticon
	Text     string
	FileName string
	Data     []byte // of the image or the file
	Ret      int    // 0: accepted
	Revoked  bool
}

// Call is a request that came in. A connection that was refused is a call of "dial".
type Call struct {
	At       time.Time
	Endpoint string // the last element of the path
	Host     string
	SyncKey  string // of synccheck
}

// Sent lists what was accepted, in order.
func (s *Server) Sent() []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sent)
}

// Denied lists what was not accepted, with what it was told.
func (s *Server) Denied() []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.denied)
}

// Calls lists the requests, in order.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// Requests counts the requests by endpoint.
func (s *Server) Requests() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	counts := map[string]int{}
	for _, c := range s.calls {
		counts[c.Endpoint]++
	}
	return maps.Clone(counts)
}

// Forget clears the records of requests and sends; what was sent before can no longer be revoked.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent, s.denied, s.calls = nil, nil, nil
}

func (s *Server) count(endpoint, host, syncKey string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, Call{At: s.now(), Endpoint: endpoint, Host: host, SyncKey: syncKey})
	s.notify()
}

// WaitSent returns when n sends have been accepted, or with what there is when ctx or the server ends.
func (s *Server) WaitSent(ctx context.Context, n int) ([]Sent, bool) {
	ok := s.until(ctx, -1, func() bool { return len(s.sent) >= n })
	return s.Sent(), ok
}

// WaitTaken returns when the client has acknowledged, by its SyncKey, everything that was said.
func (s *Server) WaitTaken(ctx context.Context) bool {
	return s.until(ctx, -1, func() bool { return s.session != nil && s.session.taken >= len(s.events) })
}

// WaitOnline returns when a session has been initialised.
func (s *Server) WaitOnline(ctx context.Context) bool {
	return s.until(ctx, -1, func() bool { return s.session != nil && s.session.first })
}

// WaitCode returns when a code waits to be scanned or confirmed.
func (s *Server) WaitCode(ctx context.Context) bool {
	return s.until(ctx, -1, func() bool { return s.lastQR != nil && s.lastQR.state < qrConfirmed })
}

// WaitRequests returns when an endpoint has been asked n times.
func (s *Server) WaitRequests(ctx context.Context, endpoint string, n int) bool {
	return s.until(ctx, -1, func() bool {
		count := 0
		for _, c := range s.calls {
			if c.Endpoint == endpoint {
				count++
			}
		}
		return count >= n
	})
}
