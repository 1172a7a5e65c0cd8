package simnet

import (
	"fmt"
	"slices"
	"time"

	"themeday"
)

// group gives the group of a name; one that nobody named before appears.
func (n *Network) group(name string) *group {
	for _, g := range n.groups {
		if g.name == name {
			return g
		}
	}
	n.seen = nil
	g := &group{name: name, chat: n.chatID()}
	n.groups = append(n.groups, g)
	return g
}

func (g *group) find(p *person) *member {
	for _, m := range g.members {
		if m.person == p {
			return m
		}
	}
	return nil
}

// admit lets somebody into the group, under his 群昵称 of the roster or else his nickname; who is in it already stays as he is.
func (g *group) admit(p *person) *member {
	if m := g.find(p); m != nil {
		return m
	}
	m := &member{person: p, card: p.nick}
	if card := p.cards[g.name]; card != "" {
		m.card = card
	}
	g.members = append(g.members, m)
	return m
}

// whom gives the person that a script means, and lets a stranger appear.
func (n *Network) whom(in, name string) (*person, error) {
	p, err := n.resolve(in, name)
	if p == nil && err == nil {
		p = n.appear(name)
	}
	return p, err
}

// Join lets somebody into a group; a name that nobody bears is a stranger's. It fails when the name fits several people of the roster.
func (n *Network) Join(in, name string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	p, err := n.whom(in, name)
	if err != nil {
		return err
	}
	n.group(in).admit(p)
	n.seen = nil
	return nil
}

// Leave takes somebody out of a group. It fails when he is not in it.
func (n *Network) Leave(in, name string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	m, err := n.member(in, name)
	if err != nil {
		return err
	}
	g := n.group(in)
	n.seen = nil
	g.members = slices.DeleteFunc(g.members, func(other *member) bool { return other == m })
	return nil
}

// Rename changes somebody's card in a group; the script goes on calling him by the old name. It fails when he is not in the group.
func (n *Network) Rename(in, name, card string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	m, err := n.member(in, name)
	if err != nil {
		return err
	}
	m.card, n.seen = card, nil
	return nil
}

func (n *Network) member(in, name string) (*member, error) {
	p, err := n.resolve(in, name)
	if err != nil {
		return nil, err
	}
	if p != nil {
		if m := n.group(in).find(p); m != nil {
			return m, nil
		}
	}
	return nil, fmt.Errorf("nobody called %s is in group [%s]: let him join first, or look at the spelling of both names", name, in)
}

// Directory is a copy of what the account sees now: groups with their members, and its friends. It is made anew only when somebody came, went or
// changed his name: every message and every post asks for it.
func (n *Network) Directory() themeday.Directory {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.seen == nil {
		n.seen = n.look()
	}
	return n.seen
}

func (n *Network) look() *directory {
	d := &directory{session: n.session + "-" + n.since.UTC().Format(time.RFC3339)}
	for _, g := range n.groups {
		seen := themeday.GroupSeen{Chat: g.chat, Name: g.name}
		for _, m := range g.members {
			seen.Members = append(seen.Members, m.sighting(m.card))
		}
		d.groups = append(d.groups, seen)
	}
	for _, p := range n.people {
		if p.reachable() {
			d.friends = append(d.friends, p.sighting(p.nick))
		}
	}
	return d
}

type directory struct {
	session string
	groups  []themeday.GroupSeen
	friends []themeday.Sighting
}

// Session implements themeday.Directory.
func (d directory) Session() string { return d.session }

// Groups implements themeday.Directory.
func (d directory) Groups() []themeday.GroupSeen { return d.groups }

// Friends implements themeday.Directory.
func (d directory) Friends() []themeday.Sighting { return d.friends }
