package main

import (
	"context"
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"themeday"
	"themeday/bot"
	"themeday/bot/many"
)

// Live runs a house by the wall's clock: messages as they come, posts as they fall due.
type Live struct {
	House  *House
	Now    bot.Clock
	Hangup <-chan os.Signal       // asks to read configuration and templates anew; may be nil
	Load   func() (Config, error) // reads the configuration; nil: there is none to read anew
	Loaded func(Config)           // hears of a configuration that holds from now on; may be nil
	Alert  func(what string)      // tells the operator; may be nil

	// InTurn lets what a message made due be said before the next one is heard: for a terminal, where one line comes after the other.
	InTurn bool

	mu    sync.RWMutex // held for writing while the configuration changes
	begin sync.Once
	wake  chan struct{}

	advancing sync.Mutex

	posted atomic.Int64 // the store's count of planned posts when the loop was woken last

	looks   sync.Mutex                  // over what follows
	counted map[themeday.Account]string // the sessions whose members were counted last
	recount time.Time                   // when they are counted again
	tidy    time.Time                   // when old documents are taken away again
	backups *schedule                   // nil: none are made
	purges  *purges                     // nil: nothing is purged
	proofs  *prover                     // nil: the ledger is not walked
}

// idle is how long the live loop sleeps at most: a clock that was set, or another process on the database, is noticed by then.
const idle = time.Minute

// everyMinute lets a chore look whether its time has come, until ctx ends; one that was begun is given up then, and goes on at the next start.
func (l *Live) everyMinute(ctx context.Context, look func(context.Context, *House, time.Time)) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		look(ctx, l.House, l.Now())
		timer.Reset(idle)
	}
}

// Wake lets the live loop look at once; the transport says it when it has come or gone.
func (l *Live) Wake() {
	l.begin.Do(func() { l.wake = make(chan struct{}, 1) })
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// Serve takes up the work and goes on until ctx ends or the transport is closed.
func (l *Live) Serve(ctx context.Context) error {
	l.begin.Do(func() { l.wake = make(chan struct{}, 1) })
	if err := l.House.begin(ctx, l.Now()); err != nil {
		return err
	}
	if l.InTurn {
		l.advance(ctx)
	}
	ctx, stop := context.WithCancel(ctx)
	var clock sync.WaitGroup
	clock.Go(func() { l.keepTime(ctx) })
	if l.backups != nil {
		clock.Go(func() { l.everyMinute(ctx, l.backups.look) })
	}
	if l.purges != nil {
		clock.Go(func() { l.everyMinute(ctx, l.purges.look) })
	}
	if l.proofs != nil {
		clock.Go(func() { l.everyMinute(ctx, l.proofs.look) })
	}
	taken := make(chan error, 1)
	clock.Go(func() { l.everyMinute(ctx, watch(taken)) })
	heard := make(chan error, 1)
	go func() { heard <- l.House.Transport.Run(ctx, l.take) }()
	var err error
	select {
	case err = <-heard:
	case err = <-taken:
		l.House.Log.Error("the database was taken away", "err", err)
		if l.Alert != nil {
			l.Alert("the database or its lock was taken away from under the bot, which has ended: see the log")
		}
	case <-ctx.Done(): // a transport that waits for a line of the terminal does not hear of it
	}
	stop()
	clock.Wait()
	l.mu.Lock() // what is being handled is handled to its end
	defer l.mu.Unlock()
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// take hears a message; several goroutines may call it. What became due by it the live loop says.
func (l *Live) take(ctx context.Context, m themeday.Message) error {
	l.mu.RLock()
	defer l.mu.RUnlock()
	l.census(ctx)
	err := l.House.Hear(context.WithoutCancel(ctx), m, l.Now())
	if err != nil {
		l.House.Log.Error("message not handled", "message", m.ID, "err", err)
	}
	if n := l.House.Store.Posted(); l.posted.Swap(n) == n && !l.House.answering() {
		return err
	}
	if l.InTurn {
		l.due(ctx)
	} else {
		l.Wake()
	}
	return err
}

// keepTime does what falls due until ctx ends.
func (l *Live) keepTime(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		case <-l.wake:
		case <-l.Hangup:
			l.reload(ctx)
		}
		timer.Reset(l.advance(ctx))
	}
}

// advance does what is due and gives the pause until the next look.
func (l *Live) advance(ctx context.Context) time.Duration {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.due(ctx)
}

// due is advance for who holds mu.
func (l *Live) due(ctx context.Context) time.Duration {
	l.advancing.Lock()
	defer l.advancing.Unlock()
	if ctx.Err() != nil {
		return idle
	}
	l.census(ctx)
	if err := l.House.Advance(context.WithoutCancel(ctx), l.Now()); err != nil {
		l.House.Log.Error("posts not delivered; tried again in a minute", "err", err)
		return idle
	}
	next := l.House.Next()
	if next.IsZero() {
		return idle
	}
	return min(max(next.Sub(l.Now()), time.Millisecond), idle)
}

// censusPause is how often the members of the groups are looked through.
const censusPause = time.Hour

// census remembers who is who in the groups, at the beginning of a session and now and then, before anything is done on the strength of a card.
func (l *Live) census(ctx context.Context) {
	now := l.Now()
	l.looks.Lock()
	defer l.looks.Unlock()
	for _, next := range []*time.Time{&l.tidy, &l.recount} {
		if next.Sub(now) > censusPause {
			*next = time.Time{} // the clock was set back
		}
	}
	if !now.Before(l.tidy) {
		l.House.dropOldDocuments(now)
		l.tidy = now.Add(censusPause)
	}
	for _, t := range many.Parts(l.House.Transport) {
		l.countIn(ctx, t, now)
	}
}

// countIn looks through the members of the groups of one network.
func (l *Live) countIn(ctx context.Context, t bot.Transport, now time.Time) {
	dir := t.Directory()
	if len(dir.Groups()) == 0 || dir.Session() == l.counted[t.Account()] && now.Before(l.recount) {
		return
	}
	err := l.House.Store.Update(context.WithoutCancel(ctx), func(tx themeday.Tx) error {
		return l.House.Desk.Census(tx, t.Account(), dir, now)
	})
	if err != nil {
		l.House.Log.Error("the members of the groups were not looked through", "err", err)
		return
	}
	if l.counted == nil {
		l.counted = map[themeday.Account]string{}
	}
	l.counted[t.Account()], l.recount = dir.Session(), now.Add(censusPause)
}
