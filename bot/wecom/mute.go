package wecom

import "time"

// muteness watches for groups that are not heard any more after a connection was made anew, while everything else works.
type muteness struct {
	since time.Time // of the connection
	group time.Time // when a group was heard last
	tried time.Time // when that was last a reason to connect anew
}

// The spans after which a silence is suspicious while an activity is near.
const (
	muteAfter = 20 * time.Minute
	muteAgain = 2 * time.Hour
)

func (m *muteness) connected(now time.Time) { m.since = now }

func (m *muteness) spoke(now time.Time) { m.group = now }

// suspicious tells whether groups that used to speak have not been heard on this connection.
func (m *muteness) suspicious(now time.Time) bool {
	return !m.group.IsZero() && m.group.Before(m.since) && now.Sub(m.since) >= muteAfter && now.Sub(m.tried) >= muteAgain
}

// look ends a connection over which groups seem to be mute.
func (t *Transport) look(l *link) {
	now := t.opt.Now()
	active := t.opt.Active(now)
	t.mu.Lock()
	mute := active && t.mute.suspicious(now)
	if mute {
		t.mute.tried = now
	}
	t.mu.Unlock()
	if mute {
		t.opt.Log.Warn("wecom: no group was heard since the connection was made; connected anew")
		l.end(errSuspicious)
	}
	t.keepStatus()
}
