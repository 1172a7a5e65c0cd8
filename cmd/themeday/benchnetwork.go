package main

import (
	"context"
	"sync"
	"sync/atomic"

	"themeday"
	"themeday/bot"
)

// benchNetwork is a network that hands over what the benchmark says, from as many goroutines as it likes, and takes every answer.
type benchNetwork struct {
	directory *benchDirectory
	taking    chan func(context.Context, themeday.Message) error // by Run, once
	answers   atomic.Int64
	posts     atomic.Int64

	mu    sync.Mutex
	heard map[themeday.ChatID]chan struct{} // closed by the first answer in a chat
}

var _ bot.Transport = (*benchNetwork)(nil)

func newBenchNetwork(d *benchDirectory) *benchNetwork {
	return &benchNetwork{directory: d, taking: make(chan func(context.Context, themeday.Message) error, 1), heard: map[themeday.ChatID]chan struct{}{}}
}

func (n *benchNetwork) Account() themeday.Account { return benchAccount }

// Run gives the handler to whoever sends messages.
func (n *benchNetwork) Run(ctx context.Context, take func(context.Context, themeday.Message) error) error {
	n.taking <- take
	<-ctx.Done()
	return ctx.Err()
}

// answered is closed when the chat gets an answer.
func (n *benchNetwork) answered(c themeday.ChatID) <-chan struct{} {
	n.mu.Lock()
	defer n.mu.Unlock()
	done := make(chan struct{})
	n.heard[c] = done
	return done
}

func (n *benchNetwork) Send(_ context.Context, out bot.Outgoing) error {
	if out.Kind != themeday.ReplyKind {
		n.posts.Add(1)
		return nil
	}
	n.answers.Add(1)
	n.mu.Lock()
	defer n.mu.Unlock()
	if done, there := n.heard[out.Chat]; there {
		close(done)
		delete(n.heard, out.Chat)
	}
	return nil
}

func (n *benchNetwork) State() bot.State { return bot.Online }

func (n *benchNetwork) Directory() themeday.Directory { return n.directory }

// benchDirectory are the groups of all branches, with everybody in them, and everybody as a friend.
type benchDirectory struct {
	groups  []themeday.GroupSeen
	friends []themeday.Sighting
}

func (d *benchDirectory) Session() string              { return "bench" }
func (d *benchDirectory) Groups() []themeday.GroupSeen { return d.groups }
func (d *benchDirectory) Friends() []themeday.Sighting { return d.friends }
