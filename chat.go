package themeday

import "time"

// Account names the bot's account on a network, such as wechat or console; message ids are unique within one.
type Account string

// ChatID is the session id of a group or private chat. A transport makes it and alone may look inside; it dies with the session.
type ChatID string

// SightingID is the session id of somebody a transport saw. A transport makes it and alone may look inside.
type SightingID string

// MessageID is the network's id of a message, unique within an account and the same when the message is delivered again.
type MessageID string

// Sighting is what a transport saw of somebody: names that others gave or he chose himself, none of them proof.
type Sighting struct {
	ID     SightingID
	Card   string // the name shown in the group of the message: group card, else nickname
	Nick   string // the nickname that he chose
	Remark string // the name set for him on the bot's own phone; friends only
	Friend bool   // private messages reach him
	Stable bool   // the id is the same in every session
	Mark   string // something of the network's that stays over sessions but is not unique: it refutes, never confirms
}

// File is a picture or document that came with a message or goes out with a reply.
type File struct {
	Name  string // as shown to people; never used as a path
	Path  string // where its bytes lie
	Note  string // of a note that is kept sealed, its id: whoever sends it puts it where Path says
	Image bool
}

// Message is one thing that somebody said where the bot could hear it.
type Message struct {
	ID      MessageID
	Account Account
	At      time.Time // the server's time, by which deadlines go
	Chat    ChatID
	Group   string // the group's name; empty in a private chat
	From    Sighting
	Text    string
	Quoted  bool // the text quotes another message
	Files   []File
	Chain   *Chain // the parsed #接龙, when the transport had its structure
	Relayed string // who pasted it in relay mode; empty otherwise
	Tapped  bool   // it was not typed: somebody tapped a Choice
}

// Private tells whether the message was said to the bot alone.
func (m Message) Private() bool { return m.Group == "" }

// Reply is the direct answer to a message; an empty one means silence.
type Reply struct {
	Text      string
	Aside     bool // answer in private if the person can be reached there; Short goes to the group otherwise
	Short     string
	Files     []File
	Documents []Document // are made from the facts and go with it
	Data      any        // the figures behind the text
	Offer     Offer      // what may be tapped instead of typing
}

// Directory is what a transport sees of its groups and people in the present session.
type Directory interface {
	Session() string // changes with every new session
	Groups() []GroupSeen
	Friends() []Sighting
}

// GroupSeen is a group as the transport sees it now.
type GroupSeen struct {
	Chat     ChatID
	Name     string
	Members  []Sighting
	Unlisted bool // the network does not show who is in it
}
