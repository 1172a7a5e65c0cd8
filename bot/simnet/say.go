package simnet

import (
	"fmt"
	"time"

	"themeday"
)

// Said is something that somebody says.
type Said struct {
	At     time.Time
	Group  string // the group's name; empty in private
	Name   string // as the script calls him
	Text   string
	Quoted bool
	Files  []themeday.File
}

// delivered is a message with whom and where it came from, so that it can come again in another session.
type delivered struct {
	message themeday.Message
	from    *person
	group   *group
}

// Say gives the message that the bot's account receives, with an id that no other has. Who is not in the group of his message joins it by it;
// a stranger who speaks in private becomes a friend
// without a remark, so that he can be answered. It fails when the name fits several people of the roster.
func (n *Network) Say(s Said) (themeday.Message, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	p, err := n.whom(s.Group, s.Name)
	if err != nil {
		return themeday.Message{}, err
	}
	n.said++
	m := themeday.Message{
		ID:      themeday.MessageID(fmt.Sprintf("%d%06d", s.At.Unix(), n.said)),
		Account: n.Account(), At: s.At, Group: s.Group, Text: s.Text, Quoted: s.Quoted, Files: s.Files,
	}
	if s.Group == "" && !p.friend {
		p.friend, n.seen = true, nil
	}
	said := delivered{message: m, from: p}
	said.message.From = p.sighting(p.nick)
	if s.Group != "" {
		said.group = n.group(s.Group)
		if said.group.find(p) == nil {
			n.seen = nil
		}
		said.message.From = p.sighting(said.group.admit(p).card)
	}
	if n.last = said; len(n.heard) == kept {
		n.heard = n.heard[1:]
	}
	n.heard = append(n.heard, said)
	return said.now(), nil
}

// kept is how many messages can still be given again.
const kept = 256

// Repeat gives the last message once more, with the same id and the session ids of today; false when nothing was said yet.
func (n *Network) Repeat() (themeday.Message, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.last.message.ID == "" {
		return themeday.Message{}, false
	}
	return n.last.now(), true
}

// Again gives one of the last messages once more, as Repeat does; false when it is not kept any more.
func (n *Network) Again(id themeday.MessageID) (themeday.Message, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, said := range n.heard {
		if said.message.ID == id {
			return said.now(), true
		}
	}
	return themeday.Message{}, false
}

// Heard are the ids of the last messages, oldest first.
func (n *Network) Heard() []themeday.MessageID {
	n.mu.Lock()
	defer n.mu.Unlock()
	all := make([]themeday.MessageID, len(n.heard))
	for i, said := range n.heard {
		all[i] = said.message.ID
	}
	return all
}

// now is the message with the ids of the present session.
func (d delivered) now() themeday.Message {
	m := d.message
	m.From.ID, m.Chat = d.from.id, themeday.ChatID(d.from.id)
	if d.group != nil {
		m.Chat = d.group.chat
	}
	return m
}
