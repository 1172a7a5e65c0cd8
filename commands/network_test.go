package commands

import "themeday"

// network is a small hand-written Directory: its groups, and the friends with their remarks.
type network struct {
	session string
	order   []string // keys of the groups
	groups  map[string][]themeday.Sighting
	people  map[string]themeday.Sighting // by key
	keys    []string
}

func newNetwork() *network {
	return &network{session: "s1", groups: map[string][]themeday.Sighting{}, people: map[string]themeday.Sighting{}}
}

func (n *network) Session() string { return n.session }

func (n *network) Groups() []themeday.GroupSeen {
	var out []themeday.GroupSeen
	for _, g := range n.order {
		out = append(out, themeday.GroupSeen{Chat: themeday.ChatID("@@" + g), Name: g, Members: n.groups[g]})
	}
	return out
}

func (n *network) Friends() []themeday.Sighting {
	var out []themeday.Sighting
	for _, k := range n.keys {
		if n.people[k].Friend {
			out = append(out, n.people[k])
		}
	}
	return out
}

// friend puts somebody on the network; a remark makes him a friend of the account.
func (n *network) friend(key, remark string) {
	n.keys = append(n.keys, key)
	n.people[key] = themeday.Sighting{ID: themeday.SightingID("@" + key), Nick: "昵称" + key, Remark: remark, Friend: remark != ""}
}

func (n *network) stranger(key string) { n.friend(key, "") }

// join puts somebody into a group under a card.
func (n *network) join(group, key, card string) {
	if _, there := n.groups[group]; !there {
		n.order = append(n.order, group)
	}
	s := n.people[key]
	s.Card = card
	n.groups[group] = append(n.groups[group], s)
}

// sighting is how somebody is seen in a group, or in private. Who is not in the group is seen under his key.
func (n *network) sighting(key, group string) themeday.Sighting {
	s := n.people[key]
	for _, m := range n.groups[group] {
		if m.ID == s.ID {
			return m
		}
	}
	if s.Card = s.Nick; group != "" {
		s.Card = key
	}
	return s
}
