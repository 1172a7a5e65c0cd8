package simnet

import (
	"fmt"
	"maps"
	"slices"

	"themeday"
)

// Person is somebody of the roster as he is put on the network.
type Person struct {
	ID     string            // tells people of one name apart; the same at every enrolment
	Name   string            // his name on the roster, by which the script calls him
	Remark string            // the name set for him on the bot's phone; empty: no friend of the account
	Cards  map[string]string // his 群昵称 by the name of the group
}

// person is somebody on the network.
type person struct {
	key    string // the ID of his enrolment; empty for a stranger
	name   string // as the script calls him
	nick   string
	remark string
	friend bool              // he has spoken to the account in private, so that it can answer; without a remark that tells nobody who he is
	cards  map[string]string // as enrolled last; the script may call him by them even after he renamed himself
	id     themeday.SightingID
}

func (p *person) reachable() bool { return p.remark != "" || p.friend }

func (p *person) enrolled() bool { return p.key != "" }

// sighting is the person as seen under a card.
func (p *person) sighting(card string) themeday.Sighting {
	return themeday.Sighting{ID: p.id, Card: card, Nick: p.nick, Remark: p.remark, Friend: p.reachable()}
}

// Enrol puts somebody of the roster on the network and into the groups of his cards; a stranger whom the script called by his name is he.
// The second time only what is new in the roster counts: what he did himself since, renaming and leaving, stays.
func (n *Network) Enrol(who Person) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.seen = nil
	p := n.enrolledAs(who)
	before := p.cards
	p.key, p.name, p.remark, p.cards = who.ID, who.Name, who.Remark, maps.Clone(who.Cards)
	for _, name := range slices.Sorted(maps.Keys(who.Cards)) {
		g, card := n.group(name), who.Cards[name]
		old, known := before[name]
		if !known {
			g.admit(p)
		} else if m := g.find(p); m != nil && old != card {
			m.card = card
		}
	}
}

func (n *Network) enrolledAs(who Person) *person {
	for _, p := range n.people {
		if p.key == who.ID {
			return p
		}
	}
	if p := n.stranger(who.Name); p != nil {
		return p
	}
	return n.appear(who.Name)
}

// appear adds a stranger.
func (n *Network) appear(name string) *person {
	n.seen = nil
	p := &person{name: name, nick: name, id: n.sightingID()}
	n.people = append(n.people, p)
	return p
}

func (n *Network) stranger(name string) *person {
	for _, p := range n.people {
		if !p.enrolled() && p.name == name {
			return p
		}
	}
	return nil
}

// resolve gives whom a script means by a name in a group, or in a private chat when the group is empty; nil when nobody is known by it.
// A name of the roster goes first, then a 群昵称 of that group, then the name of a stranger.
func (n *Network) resolve(in, name string) (*person, error) {
	if p, err := n.byName(in, name); p != nil || err != nil {
		return p, err
	}
	if in != "" {
		if p, err := n.byCard(in, name); p != nil || err != nil {
			return p, err
		}
		return n.stranger(name), nil
	}
	if p := n.stranger(name); p != nil {
		return p, nil
	}
	return n.byCard("", name)
}

// byName finds people of the roster; those of one name are told apart by the group that they are in, then by their card there.
func (n *Network) byName(in, name string) (*person, error) {
	named := n.those(func(p *person) bool { return p.name == name })
	if len(named) < 2 {
		return first(named), nil
	}
	if in != "" {
		g := n.group(in)
		for _, is := range []func(*person) bool{
			func(p *person) bool { return g.find(p) != nil },
			func(p *person) bool { return g.find(p) != nil && p.cards[in] == name },
			func(p *person) bool { return p.cards[in] != "" }, // he was in it
		} {
			if hits := slices.DeleteFunc(slices.Clone(named), func(p *person) bool { return !is(p) }); len(hits) == 1 {
				return hits[0], nil
			}
		}
	}
	return nil, several(in, name, len(named))
}

// byCard finds people of the roster by their 群昵称 as enrolled in a group; in any group when none is given.
func (n *Network) byCard(in, name string) (*person, error) {
	hits := n.those(func(p *person) bool {
		if in != "" {
			return p.cards[in] == name
		}
		return slices.Contains(slices.Collect(maps.Values(p.cards)), name)
	})
	if len(hits) > 1 {
		return nil, several(in, name, len(hits))
	}
	return first(hits), nil
}

// those are the people of the roster for whom something holds.
func (n *Network) those(is func(*person) bool) []*person {
	var out []*person
	for _, p := range n.people {
		if p.enrolled() && is(p) {
			out = append(out, p)
		}
	}
	return out
}

func first(of []*person) *person {
	if len(of) == 0 {
		return nil
	}
	return of[0]
}

func several(in, name string, count int) error {
	where := "a private chat"
	if in != "" {
		where = "group [" + in + "]"
	}
	return fmt.Errorf("%d people of the roster are called %s and in %s nothing tells them apart: give them different 群昵称 in the roster and call them by these", count, name, where)
}
