package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"themeday"
	"themeday/bot"
	"themeday/bot/many"
)

// senders makes the sender of every network. Where there are several, each sees the posts of its own alone.
func (h *House) senders(c Config, t bot.Transport, rnd io.Reader, log *slog.Logger) []*bot.Sender {
	parts := many.Parts(t)
	var out []*bot.Sender
	for _, p := range parts {
		s := &bot.Sender{Store: h.facts, Transport: p, Renderer: renderer{h}, Desk: h.Desk, Pace: c.paceOn(p, rnd), Log: log}
		if len(parts) > 1 {
			s.Store = laneStore{Store: h.facts, mine: func(tx themeday.Tx, post themeday.Post) (bool, error) {
				whose, err := h.whose(tx, post)
				return whose == p.Account(), err
			}}
		}
		out = append(out, s)
	}
	return out
}

// paceOn is the pace on a network: personal WeChat has one of its own, WeCom's transport keeps that of each chat.
func (c Config) paceOn(t bot.Transport, rnd io.Reader) bot.Pace {
	if t != nil && t.Account() == themeday.WeCom {
		return bot.Pace{}
	}
	return c.pace(rnd)
}

// senderOf speaks on the network of an account.
func (h *House) senderOf(a themeday.Account) *bot.Sender {
	for _, s := range h.lanes {
		if s.Transport.Account() == a {
			return s
		}
	}
	return h.Sender
}

// answering tells whether answers wait to be sent.
func (h *House) answering() bool {
	return slices.ContainsFunc(h.lanes, (*bot.Sender).Answering)
}

// deliver says what is due on every network, and gives when to look next.
func (h *House) deliver(ctx context.Context, at time.Time) (next time.Time, err error) {
	for _, s := range h.lanes {
		soon, err := s.Deliver(ctx, at)
		if !soon.IsZero() && (next.IsZero() || soon.Before(next)) {
			next = soon
		}
		if err != nil {
			return next, err
		}
	}
	return next, nil
}

// recover marks what a killed process was sending.
func (h *House) recover(ctx context.Context, at time.Time) ([]string, error) {
	var all []string
	for _, s := range h.lanes {
		keys, err := s.Recover(ctx, at)
		if err != nil {
			return nil, fmt.Errorf("recover posts: %w", err)
		}
		all = append(all, keys...)
	}
	return all, nil
}

// refresh lets transports that know no names ask the house anew what it knows.
func (h *House) refresh(ctx context.Context) {
	for _, p := range many.Parts(h.Transport) {
		if r, ok := p.(interface{ Refresh(context.Context) }); ok {
			r.Refresh(ctx)
		}
	}
}

// whose is the network of a post. A branch is where its group was claimed, else where the first network shows a group of its name; a person is where he can be
// reached, best on the network of his branch.
func (h *House) whose(tx themeday.Tx, p themeday.Post) (themeday.Account, error) {
	parts := many.Parts(h.Transport)
	home, err := h.homeOf(tx, p.Branch)
	if err != nil || p.To == themeday.ToGroup {
		return home, err
	}
	order := []bot.Transport{many.Of(h.Transport, home)}
	for _, t := range parts {
		if t.Account() != home {
			order = append(order, t)
		}
	}
	who := p.Person
	if p.To == themeday.ToSecretary {
		roster, err := tx.Roster(p.Branch, h.Desk.Day(p.Due))
		if err != nil {
			return home, err
		}
		who = 0
		if s, ok := roster.Secretary(); ok {
			who = s.ID
		}
	}
	if p.Kind == themeday.IdentityDoubt && p.To == themeday.ToPerson { // to whoever was seen, not to who he is
		for _, t := range order {
			for _, f := range t.Directory().Friends() {
				if string(f.ID) == p.Arg {
					return t.Account(), nil
				}
			}
		}
		return home, nil
	}
	for _, t := range order {
		scene, err := h.Desk.SceneOf(tx, t.Account(), t.Directory(), p.Due)
		if err != nil {
			return home, err
		}
		if _, ok := scene.Find(who, p.Assured()); ok {
			return t.Account(), nil
		}
	}
	return home, nil
}

// homeOf is the network of a branch.
func (h *House) homeOf(tx themeday.Tx, b themeday.BranchID) (themeday.Account, error) {
	parts := many.Parts(h.Transport)
	claimed, err := themeday.GroupChats(tx, themeday.WeCom)
	if err != nil {
		return parts[0].Account(), err
	}
	for _, whose := range claimed {
		if whose == b {
			return themeday.WeCom, nil
		}
	}
	for _, t := range parts {
		if t.Account() != themeday.WeCom {
			return t.Account(), nil
		}
	}
	return parts[0].Account(), nil
}

// laneStore is a store in which the posts of other networks do not stand.
type laneStore struct {
	themeday.Store
	mine func(themeday.Tx, themeday.Post) (bool, error)
}

// View implements themeday.Store.
func (l laneStore) View(ctx context.Context, do func(themeday.Tx) error) error {
	return l.Store.View(ctx, func(tx themeday.Tx) error { return do(laneTx{tx, l.mine}) })
}

// Update implements themeday.Store.
func (l laneStore) Update(ctx context.Context, do func(themeday.Tx) error) error {
	return l.Store.Update(ctx, func(tx themeday.Tx) error { return do(laneTx{tx, l.mine}) })
}

type laneTx struct {
	themeday.Tx
	mine func(themeday.Tx, themeday.Post) (bool, error)
}

// Nested implements themeday.Tx.
func (l laneTx) Nested(do func(themeday.Tx) error) error {
	return l.Tx.Nested(func(tx themeday.Tx) error { return do(laneTx{tx, l.mine}) })
}

func (l laneTx) own(all []themeday.Post, err error) ([]themeday.Post, error) {
	var out []themeday.Post
	for _, p := range all {
		if err != nil {
			return nil, err
		}
		var mine bool
		if mine, err = l.mine(l.Tx, p); mine {
			out = append(out, p)
		}
	}
	return out, err
}

// DuePosts implements themeday.Tx.
func (l laneTx) DuePosts(at time.Time, limit int) ([]themeday.Post, error) {
	for most := limit; ; most *= 4 {
		all, err := l.Tx.DuePosts(at, most)
		own, err := l.own(all, err)
		if err != nil || len(own) >= limit || len(all) < most {
			return own[:min(len(own), limit)], err
		}
	}
}

// farAway is behind everything that is planned.
var farAway = time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC)

// NextDue implements themeday.Tx.
func (l laneTx) NextDue() (time.Time, bool, error) {
	own, err := l.PlannedPosts(farAway)
	if err != nil || len(own) == 0 {
		return time.Time{}, false, err
	}
	return own[0].Due, true, nil
}

// PlannedPosts implements themeday.Tx.
func (l laneTx) PlannedPosts(until time.Time) ([]themeday.Post, error) {
	return l.own(l.Tx.PlannedPosts(until))
}

// StuckPosts implements themeday.Tx.
func (l laneTx) StuckPosts() ([]themeday.Post, error) { return l.own(l.Tx.StuckPosts()) }
