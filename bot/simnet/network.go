// Package simnet is the network of a rehearsal: people, groups, friends and session ids behind bot.Transport, without goroutines and
// without the wall's clock. The same seed and the same calls give the same ids.
package simnet

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"themeday"
	"themeday/bot"
)

// Network is a simulated network. It outlives the restarts of the program that talks through it. Its methods may be called from several goroutines.
type Network struct {
	// OnSend hears every accepted send at the network's present instant. It is set before the first send and not changed after.
	OnSend func(at time.Time, out bot.Outgoing)

	mu      sync.Mutex
	rnd     *rand.Rand
	now     time.Time
	away    time.Time // out of reach before this instant
	session string
	since   time.Time // when the session began; a second rehearsal on the same database is another session
	people  []*person // in the order in which they appeared
	groups  []*group
	said    int
	last    delivered
	heard   []delivered // the last ones, oldest first
	seen    *directory  // nil: it has changed
}

// group is a group that the bot's account is in.
type group struct {
	name    string
	chat    themeday.ChatID
	members []*member // in the order in which they joined
}

// member is somebody in a group, with the name that the group shows.
type member struct {
	*person
	card string
}

var _ bot.Transport = (*Network)(nil)

// New makes an empty network whose ids come from seed.
func New(seed int64) *Network {
	n := &Network{rnd: rand.New(rand.NewPCG(uint64(seed), 0x7468656d65646179))}
	n.session = n.hex()
	return n
}

// Count begins to count messages behind the first n, so that a later rehearsal on the same database repeats no id.
func (n *Network) Count(first int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.said = first
}

// Tick sets the network's present instant.
func (n *Network) Tick(at time.Time) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.now = at
	if n.since.IsZero() {
		n.since = at
	}
}

// Offline puts the network out of reach until an instant, at which it is reachable again.
func (n *Network) Offline(until time.Time) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.away = until
}

// Relogin begins a new session: every session id of groups and people is new, and the old ones are refused.
func (n *Network) Relogin() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.session, n.since, n.seen = n.hex(), n.now, nil
	for _, p := range n.people {
		p.id = n.sightingID()
	}
	for _, g := range n.groups {
		g.chat = n.chatID()
	}
}

// Account is rehearsal.
func (n *Network) Account() themeday.Account { return "rehearsal" }

// Run waits until ctx ends and never calls take: whoever plays the rehearsal hands over by itself what Say and Repeat give.
func (n *Network) Run(ctx context.Context, _ func(context.Context, themeday.Message) error) error {
	<-ctx.Done()
	return ctx.Err()
}

// Send hands an accepted post to OnSend. It fails with bot.ErrOffline while the network is out of reach, and with bot.ErrRefused for a chat
// of an earlier session, a chat that never was, and a private chat with somebody who is no friend.
func (n *Network) Send(_ context.Context, out bot.Outgoing) error {
	n.mu.Lock()
	at, err := n.now, n.refuse(out)
	n.mu.Unlock()
	if err != nil {
		return err
	}
	if n.OnSend != nil {
		n.OnSend(at, out)
	}
	return nil
}

func (n *Network) refuse(out bot.Outgoing) error {
	if n.offline() {
		return fmt.Errorf("until %s: %w", n.away.Format(time.RFC3339), bot.ErrOffline)
	}
	if !out.Private {
		for _, g := range n.groups {
			if g.chat == out.Chat {
				return nil
			}
		}
		return fmt.Errorf("no such group in this session: %w", bot.ErrRefused)
	}
	for _, p := range n.people {
		if themeday.ChatID(p.id) != out.Chat {
			continue
		}
		if !p.reachable() {
			return fmt.Errorf("no friend of the account: %w", bot.ErrRefused)
		}
		return nil
	}
	return fmt.Errorf("no such person in this session: %w", bot.ErrRefused)
}

// State is bot.Offline while the network is out of reach, else bot.Online.
func (n *Network) State() bot.State {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.offline() {
		return bot.Offline
	}
	return bot.Online
}

func (n *Network) offline() bool { return n.now.Before(n.away) }

// hex is what session ids are made of.
func (n *Network) hex() string { return fmt.Sprintf("%016x%016x", n.rnd.Uint64(), n.rnd.Uint64()) }

func (n *Network) sightingID() themeday.SightingID { return themeday.SightingID("@" + n.hex()) }

func (n *Network) chatID() themeday.ChatID { return themeday.ChatID("@@" + n.hex()) }
