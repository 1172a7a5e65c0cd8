package fakewecom

// faults are what goes wrong from now on.
type faults struct {
	away    bool
	noPong  bool
	dirty   bool
	twice   bool
	flat    bool
	zombie  bool
	noCards bool // in groups
	noPush  bool // in groups
	mute    map[string]int
	drops   map[string]int
	losses  map[string]int
	refuse  map[string][]int
}

// How a connection is dropped at a frame.
const (
	staysUp = iota
	beforeTaking
	beforeAnswering
)

// silent tells what becomes of a frame of a command. s.mu is held.
func (f *faults) silent(cmd string) (silent bool, drop int) {
	switch {
	case f.mute[cmd] > 0:
		f.mute[cmd]--
		return true, staysUp
	case f.drops[cmd] > 0:
		f.drops[cmd]--
		return false, beforeAnswering
	case f.losses[cmd] > 0:
		f.losses[cmd]--
		return false, beforeTaking
	}
	return false, staysUp
}

func (s *Server) set(change func(*faults)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.faults)
}

// Away puts the server out of reach, or back; connections that stand are dropped.
func (s *Server) Away(away bool) {
	s.set(func(f *faults) { f.away = away })
	if away {
		s.Drop()
	}
}

// Drop cuts the connection without a word.
func (s *Server) Drop() {
	s.mu.Lock()
	l := s.line
	s.line = nil
	s.mu.Unlock()
	if l != nil {
		_ = l.conn.CloseNow()
	}
}

// NoPong leaves heartbeats unanswered.
func (s *Server) NoPong(on bool) { s.set(func(f *faults) { f.noPong = on }) }

// Dirty puts bare control characters into every frame.
func (s *Server) Dirty(on bool) { s.set(func(f *faults) { f.dirty = on }) }

// Twice delivers every callback a second time.
func (s *Server) Twice(on bool) { s.set(func(f *faults) { f.twice = on }) }

// Flat puts the details of an event beside its name, as the SDK's types have them, instead of under it.
func (s *Server) Flat(on bool) { s.set(func(f *faults) { f.flat = on }) }

// Zombie leaves the socket of a connection open that was thrown out.
func (s *Server) Zombie(on bool) { s.set(func(f *faults) { f.zombie = on }) }

// NoCards refuses cards in groups.
func (s *Server) NoCards(on bool) { s.set(func(f *faults) { f.noCards = on }) }

// NoPush refuses pushes to groups: they take answers alone.
func (s *Server) NoPush(on bool) { s.set(func(f *faults) { f.noPush = on }) }

// Mute takes the next so many frames of a command and does not answer them.
func (s *Server) Mute(cmd string, times int) {
	s.set(func(f *faults) { f.mute = with(f.mute, cmd, times) })
}

// DropAfter takes the next frame of a command and cuts the connection instead of answering.
func (s *Server) DropAfter(cmd string) {
	s.set(func(f *faults) { f.drops = with(f.drops, cmd, 1) })
}

// DropBefore cuts the connection at the next frame of a command, which is lost.
func (s *Server) DropBefore(cmd string) {
	s.set(func(f *faults) { f.losses = with(f.losses, cmd, 1) })
}

// Refuse answers the next frames of a command with these codes; 0 lets one pass.
func (s *Server) Refuse(cmd string, codes ...int) {
	s.set(func(f *faults) { f.refuse[cmd] = append(f.refuse[cmd], codes...) })
}

func with(m map[string]int, cmd string, times int) map[string]int {
	if m == nil {
		m = map[string]int{}
	}
	m[cmd] = times
	return m
}
