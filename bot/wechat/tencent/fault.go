package tencent

import (
	"slices"
	"time"
)

// Fault is one way to misbehave.
type Fault string

const (
	Down        Fault = "down"       // connections are refused, and those that are open torn
	Reset       Fault = "reset"      // the request is read, the connection reset
	Hang        Fault = "hang"       // nothing is done and nothing answered until the client gives up
	HTTP500     Fault = "http500"    // an error page
	BrokenJSON  Fault = "brokenjson" // half an answer
	NoSyncKey   Fault = "nosynckey"  // webwxsync answers without SyncKey, nor messages
	EmptyNews   Fault = "emptynews"  // synccheck tells of news at once, and there are none
	Check1100   Fault = "1100"       // synccheck answers that; the session lives on
	Check1101   Fault = "1101"
	Check1102   Fault = "1102"
	Refused1203 Fault = "1203"       // the login is refused
	Dropped     Fault = "dropped"    // the next login is ended by 1102 after a while: see DropAfter
	LostAnswer  Fault = "lostanswer" // a send is accepted, the connection reset instead of an answer
	SlowAnswer  Fault = "slowanswer" // a send is accepted, the answer never comes
	TooOften    Fault = "1205"       // sends are refused
	Crowded     Fault = "crowded"    // webwxbatchgetcontact is refused with 1205
	Duplicates  Fault = "duplicates" // webwxsync gives every message twice
	Deaf        Fault = "deaf"       // nothing arrives any more, sends work
	NoRenewal   Fault = "norenewal"  // webwxsync renews no cookie, nor the life of the session
)

// Faults are all there are.
var Faults = []Fault{
	Down, Reset, Hang, HTTP500, BrokenJSON, NoSyncKey, EmptyNews, Check1100, Check1101, Check1102,
	Refused1203, Dropped, LostAnswer, SlowAnswer, TooOften, Crowded, Duplicates, Deaf, NoRenewal,
}

// Always is a number of times.
const Always = -1

// trouble is a fault that is switched on.
type trouble struct {
	left      int // how many times more; negative: always
	endpoints []string
}

// Fault switches a fault on for the next n requests that it can strike, or for Always, or off with 0. With endpoints, such as "webwxsync", it
// strikes no others. Deaf and NoRenewal count the calls of webwxsync; they are best on for Always.
func (s *Server) Fault(f Fault, n int, endpoints ...string) {
	s.mu.Lock()
	if n == 0 {
		delete(s.faults, f)
	} else {
		s.faults[f] = &trouble{left: n, endpoints: endpoints}
	}
	s.notify()
	s.mu.Unlock()
	if f == Down && n != 0 && s.api != nil {
		s.cut()
	}
}

// Heal switches every fault off.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.faults)
	s.notify()
}

// DropAfter lets the next login be ended by 1102 after that time of the wall's clock.
func (s *Server) DropAfter(d time.Duration) {
	s.mu.Lock()
	s.dropIn = d
	s.mu.Unlock()
	s.Fault(Dropped, 1)
}

// strikes tells whether a fault strikes there now, and takes one from what is left of it.
func (s *Server) strikes(f Fault, endpoint string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.on(f, endpoint) {
		return false
	}
	if f == Down {
		s.calls = append(s.calls, Call{At: s.now(), Endpoint: endpoint})
	}
	if t := s.faults[f]; t.left > 0 {
		if t.left--; t.left == 0 {
			delete(s.faults, f)
		}
	}
	return true
}

// on tells whether a fault is on there. s.mu is held.
func (s *Server) on(f Fault, endpoint string) bool {
	t := s.faults[f]
	return t != nil && (len(t.endpoints) == 0 || slices.Contains(t.endpoints, endpoint))
}
