// Package many lets one house serve on several networks at once: a branch on one, another on the other. It only keeps them together; every network
// has a sender of its own, so that one that is away or in its pace holds up no other.
package many

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"themeday"
	"themeday/bot"
)

// Transport is several transports, in the order in which they are preferred.
type Transport struct {
	parts []bot.Transport
	ended func(themeday.Account, error)
}

var _ bot.Transport = (*Transport)(nil)

// New keeps transports of different accounts together. ended hears of one that was closed for good while others go on; it may be nil.
func New(ended func(themeday.Account, error), parts ...bot.Transport) *Transport {
	if ended == nil {
		ended = func(themeday.Account, error) {}
	}
	return &Transport{parts: parts, ended: ended}
}

// Parts are the transports that one consists of: itself, where it is no several.
func Parts(t bot.Transport) []bot.Transport {
	if m, ok := t.(*Transport); ok {
		return m.parts
	}
	return []bot.Transport{t}
}

// Of is the part of an account; that itself where there is none.
func Of(t bot.Transport, a themeday.Account) bot.Transport {
	for _, p := range Parts(t) {
		if p.Account() == a {
			return p
		}
	}
	return t
}

// Account is that of the first; messages bear that of their own.
func (t *Transport) Account() themeday.Account { return t.parts[0].Account() }

// Directory is that of the first; whoever asks for another's takes its part.
func (t *Transport) Directory() themeday.Directory { return t.parts[0].Directory() }

// State is the best of all.
func (t *Transport) State() bot.State {
	state := bot.Closed
	for _, p := range t.parts {
		switch p.State() {
		case bot.Online:
			return bot.Online
		case bot.Offline:
			state = bot.Offline
		}
	}
	return state
}

// Send says something on the network whose chat it is.
func (t *Transport) Send(ctx context.Context, out bot.Outgoing) error {
	for _, p := range t.parts {
		if has(p.Directory(), out) {
			return p.Send(ctx, out)
		}
	}
	return fmt.Errorf("no network has this chat: %w", bot.ErrRefused)
}

func has(d themeday.Directory, out bot.Outgoing) bool {
	if out.Private {
		for _, f := range d.Friends() {
			if themeday.ChatID(f.ID) == out.Chat {
				return true
			}
		}
		return false
	}
	for _, g := range d.Groups() {
		if g.Chat == out.Chat {
			return true
		}
	}
	return false
}

// Run receives on all of them, one message at a time, until ctx ends or every one is closed for good. One that is closed earlier leaves the others at
// work.
func (t *Transport) Run(ctx context.Context, take func(context.Context, themeday.Message) error) error {
	var (
		all  sync.WaitGroup
		turn sync.Mutex
		mu   sync.Mutex
		errs error
	)
	one := func(ctx context.Context, m themeday.Message) error {
		turn.Lock()
		defer turn.Unlock()
		return take(ctx, m)
	}
	for _, p := range t.parts {
		all.Go(func() {
			err := p.Run(ctx, one)
			if ctx.Err() == nil {
				t.ended(p.Account(), err)
			}
			mu.Lock()
			defer mu.Unlock()
			errs = errors.Join(errs, err)
		})
	}
	all.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return errs
}
