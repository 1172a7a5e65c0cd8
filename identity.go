package themeday

import "strings"

// Recognition is the answer to who somebody is.
type Recognition struct {
	Person PersonID
	Level  Level
	Doubt  Doubt // why the level is Nobody
}

// Doubt says why somebody was not recognised.
type Doubt string

// The doubts.
const (
	Stranger Doubt = "stranger" // no such name is known here
	SameName Doubt = "same"     // the name belongs to somebody else who is seen elsewhere, or several bear it
)

// Scene is all that recognising somebody needs: what the network shows and what the house knows.
type Scene struct {
	Directory Directory
	Account   Account
	People    []Person
	Roster    BranchRoster // of the group's branch with its guests; empty in a private chat
	Chat      ChatID
	Private   bool
	Bindings  []Binding
}

// Recognise tells who a sighting is. Nobody gains anything from a doubt: collisions are never resolved by guess.
func Recognise(s Sighting, sc Scene) Recognition {
	if p, ok := sc.certain(s); ok {
		return Recognition{Person: p, Level: Certain}
	}
	if b, ok := sc.bound(s.ID); ok && !sc.elsewhere(b.Person, s.ID) {
		return Recognition{Person: b.Person, Level: b.Level}
	}
	r := sc.byCard(s)
	if r.Level == Nobody && r.Doubt != SameName {
		r = sc.byMemory(s)
	}
	if sc.remarkRefutes(s, r.Person) || r.Level > Nobody && sc.memoryRefutes(s, r.Person) {
		return Recognition{Doubt: SameName}
	}
	return r
}

// certain: a one-time code or a lasting id in this session, or the remark that the bot's owner set for a friend.
func (sc Scene) certain(s Sighting) (PersonID, bool) {
	if b, ok := sc.bound(s.ID); ok && b.Level == Certain {
		return b.Person, true
	}
	return sc.byRemark(s)
}

// byRemark gives the one person whose name is the friend's remark, when no other friend has the same one.
func (sc Scene) byRemark(s Sighting) (PersonID, bool) {
	if !s.Friend || s.Remark == "" {
		return 0, false
	}
	for _, f := range sc.Directory.Friends() {
		if f.ID != s.ID && f.Remark == s.Remark {
			return 0, false
		}
	}
	var hit PersonID
	for _, p := range sc.People {
		if p.Name == s.Remark {
			if hit != 0 {
				return 0, false
			}
			hit = p.ID
		}
	}
	return hit, hit != 0
}

// bound is the binding of a session id in the present session.
func (sc Scene) bound(id SightingID) (Binding, bool) {
	session := sc.Directory.Session()
	for i := len(sc.Bindings) - 1; i >= 0; i-- {
		b := sc.Bindings[i]
		if b.Sighting == id && b.Session == session {
			return b, true
		}
	}
	return Binding{}, false
}

// elsewhere tells whether a person is known for certain, or was recognised earlier, under another session id.
func (sc Scene) elsewhere(p PersonID, id SightingID) bool {
	for _, f := range sc.Directory.Friends() {
		if f.ID == id {
			continue
		}
		if q, ok := sc.byRemark(f); ok && q == p {
			return true
		}
	}
	session := sc.Directory.Session()
	for _, b := range sc.Bindings {
		if b.Person == p && b.Session == session && b.Sighting != id && b.Level >= Strong {
			mine, ok := sc.bound(id)
			if !ok || mine.Person != p || mine.Level < b.Level || mine.Level == b.Level && b.At.Before(mine.At) {
				return true
			}
		}
	}
	return false
}

// remarkRefutes: the owner's phone calls him by the name of somebody else than p.
func (sc Scene) remarkRefutes(s Sighting, p PersonID) bool {
	named := false
	for _, q := range sc.People {
		if s.Remark != "" && q.Name == s.Remark {
			if q.ID == p {
				return false
			}
			named = true
		}
	}
	return named
}

// memoryRefutes: in earlier sessions this nickname was somebody else's and never his, or he always bore another mark. So two people who
// swap their cards while the session changes are not taken for each other.
func (sc Scene) memoryRefutes(s Sighting, p PersonID) bool {
	hisNick, othersNick, hisMark, otherMark := false, false, false, false
	for _, b := range sc.Bindings {
		if b.Session == sc.Directory.Session() {
			continue
		}
		if s.Nick != "" && b.Nick == s.Nick {
			hisNick, othersNick = hisNick || b.Person == p, othersNick || b.Person != p
		}
		if s.Mark != "" && b.Mark != "" && b.Person == p {
			hisMark, otherMark = hisMark || b.Mark == s.Mark, otherMark || b.Mark != s.Mark
		}
	}
	return othersNick && !hisNick || otherMark && !hisMark
}

func (sc Scene) cardName(s Sighting) string { return CleanName(s.Card) }

// byCard: his card is exactly one roster name in this group, nobody else there bears it, and nothing refutes it.
func (sc Scene) byCard(s Sighting) Recognition {
	name := sc.cardName(s)
	if sc.Private || name == "" {
		return Recognition{Doubt: Stranger}
	}
	var hits []PersonID
	for _, c := range sc.Roster {
		if CleanName(c.Card) == name || c.Name == name {
			hits = append(hits, c.ID)
		}
	}
	if len(hits) == 0 {
		return Recognition{Doubt: Stranger}
	}
	if len(hits) > 1 || sc.othersBear(name, s.ID) || sc.elsewhere(hits[0], s.ID) {
		return Recognition{Doubt: SameName}
	}
	return Recognition{Person: hits[0], Level: Strong}
}

func (sc Scene) othersBear(name string, id SightingID) bool {
	for _, g := range sc.Directory.Groups() {
		if g.Chat != sc.Chat {
			continue
		}
		for _, m := range g.Members {
			if m.ID != id && CleanName(m.Card) == name {
				return true
			}
		}
	}
	return false
}

// byMemory: in an earlier session somebody was recognised under this very name, only he, and nothing refutes it.
func (sc Scene) byMemory(s Sighting) Recognition {
	name := sc.cardName(s)
	var hit PersonID
	for _, b := range sc.Bindings {
		if b.Session == sc.Directory.Session() || b.Name == "" || b.Name != name {
			continue
		}
		if hit != 0 && hit != b.Person {
			return Recognition{Doubt: SameName}
		}
		hit = b.Person
	}
	switch {
	case hit == 0:
		return Recognition{Doubt: Stranger}
	case sc.Private || sc.othersBear(name, s.ID) || sc.elsewhere(hit, s.ID):
		return Recognition{Doubt: SameName}
	}
	return Recognition{Person: hit, Level: Assumed}
}

// Find gives the sighting of a person in the present session, for a private word to him; friends only.
func (sc Scene) Find(p PersonID) (Sighting, bool) {
	for _, f := range sc.Directory.Friends() {
		if q, ok := sc.byRemark(f); ok && q == p {
			return f, true
		}
		if b, ok := sc.bound(f.ID); ok && b.Person == p && b.Level >= Strong {
			return f, true
		}
	}
	return Sighting{}, false
}

// FindGroup gives the one group that bears a branch's group name; none or several means that its posts are held.
func FindGroup(dir Directory, name string) (GroupSeen, bool) {
	var hit GroupSeen
	n := 0
	for _, g := range dir.Groups() {
		if g.Name == name {
			hit = g
			n++
		}
	}
	return hit, n == 1
}

// The share of those recognised before who must be seen in a group for it to be their branch's, and from how many on it is asked for.
const (
	knownShare = 60 // percent
	knownLeast = 3
)

// GroupOf gives the group of a branch, like FindGroup; one in which too few are seen of those whom the house has recognised before is not it.
func (sc Scene) GroupOf(name string, roster BranchRoster) (GroupSeen, bool) {
	g, ok := FindGroup(sc.Directory, name)
	if !ok {
		return g, false
	}
	shown := map[string]bool{}
	for _, m := range g.Members {
		shown[CleanName(m.Card)], shown[CleanName(m.Remark)], shown[CleanName(m.Nick)] = true, true, true
	}
	known, seen := 0, 0
	for _, c := range roster {
		names := sc.namesOf(c)
		if len(names) == 0 {
			continue
		}
		known++
		for _, n := range append(names, c.Name, CleanName(c.Card)) {
			if shown[n] {
				seen++
				break
			}
		}
	}
	return g, known < knownLeast || seen*100 >= known*knownShare
}

// namesOf are the names under which somebody was recognised so far.
func (sc Scene) namesOf(c Comrade) []string {
	var names []string
	for _, b := range sc.Bindings {
		if b.Person == c.ID && b.Name != "" {
			names = append(names, b.Name)
		}
	}
	return names
}

// CleanName strips what cannot be seen from a name and folds its blanks.
func CleanName(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case r < ' ', r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x2069, r == 0xfeff, r == 0xad, r >= 0xfe00 && r <= 0xfe0f:
			return -1
		case r == 0x3000 || r == 0xa0 || r == 0x2005:
			return ' '
		}
		return r
	}, s)), " ")
}
