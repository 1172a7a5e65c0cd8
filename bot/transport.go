// Package bot is the way between the networks and the rest: the port that every transport fills, and the one sender of posts.
package bot

import (
	"context"
	"errors"
	"time"

	"themeday"
)

// State says whether a transport can be used now.
type State string

// The states of a transport.
const (
	Online  State = "online"
	Offline State = "offline" // out of reach; it may come back by itself
	Closed  State = "closed"  // logged out or refused; a person has to do something
)

// The outcomes of a send, besides nil (accepted).
var (
	// ErrOffline means that nothing was sent: the network is out of reach.
	ErrOffline = errors.New("the network is out of reach")
	// ErrUnknown means that nobody knows whether it was sent; it is not repeated blindly.
	ErrUnknown = errors.New("sent or not: unknown")
	// ErrRefused means that this chat takes nothing from the bot: no friend, no such group.
	ErrRefused = errors.New("refused by the network")
	// ErrTooOften means that nothing was sent because the account has said too much; it has to be quiet for a while.
	ErrTooOften = errors.New("said too much for now")
)

// Outgoing is one thing to be said in one chat.
type Outgoing struct {
	Chat    themeday.ChatID
	Private bool
	Name    string // the group's name, or the person's; for the transcript
	Text    string
	Files   []themeday.File
	Kind    themeday.Kind
	Data    any // the figures that the text was rendered from; marshals to the contract's keys

	Answers themeday.MessageID // the message that this answers; empty for a post
	Offer   themeday.Offer     // what may be tapped instead of typing; a transport without cards passes it over
}

// Transport is a network as the bot uses it. Its methods may be called from several goroutines.
type Transport interface {
	// Account names the bot's account; message ids are unique within it.
	Account() themeday.Account
	// Run receives until ctx ends or the network is closed for good. take is called once a message, of one chat in the order in which they
	// were said; of several chats it may be called at a time. The transport forgets a message only when take returned nil, and otherwise
	// delivers it again.
	Run(ctx context.Context, take func(context.Context, themeday.Message) error) error
	// Send says one thing now. Its error wraps one of the outcomes above.
	Send(ctx context.Context, out Outgoing) error
	// State tells whether sending makes sense now.
	State() State
	// Directory is what the transport sees of groups and people now.
	Directory() themeday.Directory
}

// Clock gives the present instant; only `run` and `chat` use the wall's.
type Clock func() time.Time
