package wecom

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"themeday"
)

// ErrTakenOver ends Run: another instance of the bot has subscribed, and two would throw each other out for ever.
var ErrTakenOver = errors.New("another connection of this WeCom bot took over; this one has ended and does not come back by itself")

// Run subscribes and receives until ctx ends or another instance takes over. Everything else that ends a connection is followed by a new one.
func (t *Transport) Run(ctx context.Context, hand func(context.Context, themeday.Message) error) error {
	defer t.closeIdle()
	t.Refresh(ctx)
	working, stop := context.WithCancel(ctx)
	var work sync.WaitGroup
	work.Go(func() { t.work(working, hand) })
	defer func() { stop(); work.Wait() }()
	for fails, refusals := 0, 0; ; {
		began := t.opt.Now()
		err := t.once(ctx)
		var r *Refusal
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, errTakenOver):
			t.enter(TakenOver)
			t.opt.Show(ErrTakenOver.Error())
			t.opt.Alert("another connection of the WeCom bot took over; this one has ended: run one instance only")
			t.finish(working)
			return ErrTakenOver
		case errors.As(err, &r) && credentials[r.Code]:
			refusals++
			t.setCode(r.Code)
			t.enter(Refused)
			t.opt.Log.Error("wecom: the bot id or the secret is refused", "code", r.Code, "times", refusals)
			t.opt.Alert(fmt.Sprintf("WeCom refuses the bot id or the secret (%d): mend them and start anew", r.Code))
			if err := t.opt.Wait(ctx, refusedPause(refusals)); err != nil {
				return err
			}
			continue
		}
		refusals = 0
		if t.opt.Now().Sub(began) >= steady {
			fails = 0
		}
		t.enter(Down)
		t.opt.Log.Warn("wecom: connected anew", "fails", fails, "err", secretless(err))
		if err := t.opt.Wait(ctx, t.backoff(fails)); err != nil {
			return err
		}
		t.tellOutage()
		fails++
	}
}

// steady is how long a connection lasts that was no failure.
const steady = 10 * time.Second

// backoff is the pause after so many failures: up to 1, 2, 4 … 30 s, at least half of it, so that a thousand bots do not come back at once.
func (t *Transport) backoff(fails int) time.Duration {
	d := min(time.Second<<min(fails, 5), 30*time.Second)
	t.mu.Lock()
	defer t.mu.Unlock()
	return d/2 + time.Duration(t.opt.Rand.Int64N(int64(d/2)+1))
}

// once lives one connection to its end.
func (t *Transport) once(ctx context.Context) error {
	l, err := t.dial(ctx)
	if err != nil {
		return err
	}
	defer l.end(context.Canceled)
	if _, err := l.call(ctx, cmdSubscribe, "", map[string]any{"bot_id": t.opt.BotID, "secret": t.opt.Secret}); err != nil {
		if cause := context.Cause(l.ctx); errors.Is(cause, errTakenOver) {
			return cause
		}
		return fmt.Errorf("subscribe: %w", err)
	}
	gap := t.stand(l)
	t.enter(Up)
	if gap >= longGap {
		t.apologise(ctx, l, gap)
	}
	err = l.live()
	t.mu.Lock()
	if t.link == l {
		t.link, t.lost = nil, t.opt.Now()
		t.up = make(chan struct{})
	}
	t.mu.Unlock()
	return err
}

// stand makes a subscribed connection the one that is used, and tells for how long there was none.
func (t *Transport) stand(l *link) (gap time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.opt.Now()
	if !t.lost.IsZero() {
		gap = now.Sub(t.lost)
	}
	t.link, t.lost, t.told = l, time.Time{}, false
	t.mute.connected(now)
	close(t.up)
	return gap
}

// again waits for a new subscription after one that turned out to be none.
func (t *Transport) again(ctx context.Context, old *link) *link {
	t.mu.Lock()
	if t.link == old {
		t.link, t.lost = nil, t.opt.Now()
		t.up = make(chan struct{})
	}
	up := t.up
	t.mu.Unlock()
	old.end(errUnserved)
	late, calm := t.after(context.WithoutCancel(ctx), answerFor)
	defer calm()
	select {
	case <-up:
		return t.current()
	case <-late:
	case <-ctx.Done():
	}
	return nil
}

// What an outage is worth.
const (
	longGap  = 2 * time.Minute  // people who spoke meanwhile may not have been heard
	alertGap = 10 * time.Minute // the operator hears of it
)

// tellOutage tells the operator once of an outage that lasts.
func (t *Transport) tellOutage() {
	t.mu.Lock()
	if t.lost.IsZero() && t.link == nil {
		t.lost = t.opt.Now()
	}
	tell := !t.told && !t.lost.IsZero() && t.opt.Now().Sub(t.lost) >= alertGap
	t.told = t.told || tell
	t.mu.Unlock()
	if tell {
		t.opt.Alert("WeCom has been out of reach for ten minutes; the bot goes on trying")
	}
}

// apologise says in the groups, while an activity is near, that words may have been lost: nobody says that the network keeps them.
func (t *Transport) apologise(ctx context.Context, l *link, gap time.Duration) {
	if !t.opt.Active(t.opt.Now()) {
		return
	}
	for _, g := range t.Directory().Groups() {
		body := markdownBody(fmt.Sprintf("刚才有%d分钟连不上，那时发给我的话可能没有收到。没有得到答复的同志请再发一次", int(gap.Minutes())))
		if err := t.push(ctx, l, string(g.Chat), false, body); err != nil {
			t.opt.Log.Warn("wecom: the outage was not told", "err", secretless(err))
		}
	}
}

// finish handles what was received before the end.
func (t *Transport) finish(ctx context.Context) { t.in.drained(ctx) }

// closeIdle leaves no connection behind, nor the goroutines that hold it.
func (t *Transport) closeIdle() { t.http.CloseIdleConnections() }

// enter notes a new phase, on disk as well.
func (t *Transport) enter(p Phase) {
	t.mu.Lock()
	changed := t.status.Phase != p
	if changed {
		t.status.Phase, t.status.Since, t.status.Process = p, t.opt.Now(), os.Getpid()
	}
	if p == Up {
		t.status.Code = 0
	}
	t.mu.Unlock()
	if !changed {
		return
	}
	t.keepStatus()
	t.opt.Log.Info("wecom", "phase", string(p))
	t.opt.Changed()
}

func (t *Transport) setCode(code int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.status.Code = code
}
