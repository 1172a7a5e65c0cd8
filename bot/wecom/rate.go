package wecom

import (
	"errors"
	"slices"
	"time"
)

// What one chat takes: 30 in a minute and 1000 in an hour. The bot stays below.
const (
	perMinute = 25
	perHour   = 900
)

// errPaced means that a chat has had enough for now; nothing was sent.
var errPaced = errors.New("enough said in this chat for now")

// rate counts what was said in a chat.
type rate struct {
	said   []time.Time // within the last hour
	until  time.Time   // the network said that it is too much
	warned int
}

// allow tells whether so many more may be said in a chat now.
func (t *Transport) allow(chat string, n int) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	now, r := t.opt.Now(), t.rates[chat]
	if r == nil {
		return nil
	}
	r.said = slices.DeleteFunc(r.said, func(at time.Time) bool { return now.Sub(at) >= time.Hour })
	minute := 0
	for _, at := range r.said {
		if now.Sub(at) < time.Minute {
			minute++
		}
	}
	n = min(n, perMinute) // what is longer than that goes when nothing else does
	if r.until.After(now) || minute+n > perMinute || len(r.said)+n > perHour {
		return errPaced
	}
	return nil
}

// count notes something that was said, or may have been.
func (t *Transport) count(chat string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.rates[chat]
	if r == nil {
		r = &rate{}
		t.rates[chat] = r
	}
	r.said = append(r.said, t.opt.Now())
}

// hold keeps silent in a chat for a while: a minute, then longer.
func (t *Transport) hold(chat string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.rates[chat]
	if r == nil {
		r = &rate{}
		t.rates[chat] = r
	}
	if now := t.opt.Now(); now.Sub(r.until) > time.Hour {
		r.warned = 0
	}
	r.until = t.opt.Now().Add(min(time.Minute<<min(r.warned, 4), 15*time.Minute))
	r.warned++
	t.opt.Log.Warn("wecom: the network says that it is too much in a chat", "times", r.warned)
}
