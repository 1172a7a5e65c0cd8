package themeday

import (
	"slices"
	"strings"
	"time"
)

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
	Standing  func(PersonID) bool // whether somebody has a place on a roster today or an office above the branches

	places []Membership
	faces  *Faces
}

// SceneOf is what the house knows of a network at an instant, without a group; commands and the sender add theirs.
func (d Desk) SceneOf(tx Tx, a Account, dir Directory, at time.Time) (Scene, error) {
	sc := Scene{Directory: dir, Account: a, faces: d.Faces.on(a)}
	var err error
	if sc.People, err = tx.People(); err != nil {
		return sc, err
	}
	if sc.Bindings, err = tx.Bindings(a); err != nil {
		return sc, err
	}
	if sc.places, err = tx.Memberships(); err != nil {
		return sc, err
	}
	today := d.Day(at)
	sc.Standing = func(id PersonID) bool {
		if p, _ := sc.Person(id); p.Committee || p.Liaison {
			return true
		}
		for m := range sc.Places(id) {
			if m.On(today) {
				return true
			}
		}
		return false
	}
	return sc, nil
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

// ByRemark tells whether somebody is known by the remark that the bot's owner set for him.
func (sc Scene) ByRemark(s Sighting, p PersonID) bool {
	q, ok := sc.byRemark(s)
	return ok && q == p
}

// byRemark gives the one person whose name is the friend's remark, when no other friend has the same one. Guests and leavers of the name do not
// count beside somebody who has a place: to invite a namesake locks nobody out.
func (sc Scene) byRemark(s Sighting) (PersonID, bool) {
	if !s.Friend || s.Remark == "" {
		return 0, false
	}
	for f := range sc.marked(s.Remark) {
		if f.ID != s.ID {
			return 0, false
		}
	}
	var all, standing []PersonID
	for p := range sc.named(s.Remark) {
		all = append(all, p.ID)
		if sc.Standing != nil && sc.Standing(p.ID) {
			standing = append(standing, p.ID)
		}
	}
	if len(standing) > 0 {
		all = standing
	}
	if len(all) != 1 {
		return 0, false
	}
	return all[0], true
}

// bound is the binding of a session id in the present session.
func (sc Scene) bound(id SightingID) (Binding, bool) {
	session := sc.Directory.Session()
	var last *Binding
	for b := range sc.bonded(id) {
		if b.Session == session {
			last = b
		}
	}
	if last == nil {
		return Binding{}, false
	}
	return *last, true
}

// elsewhere tells whether a person is known for certain, or was recognised earlier, under another session id.
func (sc Scene) elsewhere(p PersonID, id SightingID) bool {
	for f := range sc.marked(sc.nameOf(p)) { // only the friend with his name can be he by the remark
		if f.ID == id {
			continue
		}
		if q, ok := sc.byRemark(*f); ok && q == p {
			return true
		}
	}
	session := sc.Directory.Session()
	for b := range sc.Bonds(p) {
		if b.Session == session && b.Sighting != id && b.Level >= Strong {
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
	if s.Remark == "" {
		return false
	}
	named := false
	for q := range sc.named(s.Remark) {
		if q.ID == p {
			return false
		}
		named = true
	}
	return named
}

// memoryRefutes: in earlier sessions this nickname was somebody else's and never his, or he always bore another mark. So two people who
// swap their cards while the session changes are not taken for each other.
func (sc Scene) memoryRefutes(s Sighting, p PersonID) bool {
	hisNick, othersNick, hisMark, otherMark := false, false, false, false
	session := sc.Directory.Session()
	if s.Nick != "" {
		for b := range sc.nicked(s.Nick) {
			if b.Session != session {
				hisNick, othersNick = hisNick || b.Person == p, othersNick || b.Person != p
			}
		}
	}
	if s.Mark != "" {
		for b := range sc.Bonds(p) {
			if b.Session != session && b.Mark != "" {
				hisMark, otherMark = hisMark || b.Mark == s.Mark, otherMark || b.Mark != s.Mark
			}
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
	var hits []Comrade
	for _, c := range sc.Roster {
		if CleanName(c.Card) == name || c.Name == name {
			hits = append(hits, c)
		}
	}
	if len(hits) == 0 {
		return Recognition{Doubt: Stranger}
	}
	// the card of the roster and the name: if somebody else shows the other of the two, one of them is not he
	c := hits[0]
	if len(hits) > 1 || sc.othersBear(c.Name, s.ID) || c.Card != "" && sc.othersBear(CleanName(c.Card), s.ID) || sc.elsewhere(c.ID, s.ID) {
		return Recognition{Doubt: SameName}
	}
	return Recognition{Person: c.ID, Level: Strong}
}

func (sc Scene) othersBear(name string, id SightingID) bool {
	for g := range sc.chat(sc.Chat) {
		for m := range sc.carded(g, name) {
			if m.ID != id {
				return true
			}
		}
	}
	return false
}

// byMemory: in an earlier session somebody was recognised under this very name, only he, and nothing refutes it.
func (sc Scene) byMemory(s Sighting) Recognition {
	name := sc.cardName(s)
	if name == "" {
		return Recognition{Doubt: Stranger}
	}
	var hit PersonID
	for b := range sc.calledOnce(name) {
		if b.Session == sc.Directory.Session() {
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

// Find gives the sighting of a person in the present session, for a private word to him; friends only. least is Certain for what only he may
// read, Strong for a word about his own matters. Of several that are he, the one bound last is taken.
func (sc Scene) Find(p PersonID, least Level) (Sighting, bool) {
	var hit Sighting
	var level Level
	var at time.Time
	for _, f := range sc.maybe(p) {
		l, since := sc.surely(p, f)
		if l < least || l < level || l == level && level > Nobody && !since.After(at) {
			continue
		}
		hit, level, at = f, l, since
	}
	return hit, level >= least && level > Nobody
}

// maybe are the friends who may be somebody: named as he, or recognised as he at some time.
func (sc Scene) maybe(p PersonID) []Sighting {
	var all []Sighting
	for f := range sc.marked(sc.nameOf(p)) {
		all = append(all, *f)
	}
	for b := range sc.Bonds(p) {
		for f := range sc.friend(b.Sighting) {
			if !slices.ContainsFunc(all, func(s Sighting) bool { return s.ID == f.ID }) {
				all = append(all, *f)
			}
		}
	}
	return all
}

// nameOf is a person's name; empty for somebody whom the house does not know.
func (sc Scene) nameOf(p PersonID) string {
	who, _ := sc.Person(p)
	return who.Name
}

// surely tells how sure it is that a friend is p, and since when.
func (sc Scene) surely(p PersonID, f Sighting) (Level, time.Time) {
	if b, ok := sc.bound(f.ID); ok && b.Level == Certain {
		if b.Person != p {
			return Nobody, time.Time{}
		}
		return Certain, b.At
	}
	if q, ok := sc.byRemark(f); ok {
		if q != p {
			return Nobody, time.Time{}
		}
		return Certain, time.Time{}
	}
	if b, ok := sc.bound(f.ID); ok && b.Person == p && b.Level == Strong && !sc.elsewhere(p, f.ID) {
		return Strong, b.At
	}
	return Nobody, time.Time{}
}

// Owners are the sightings of the present session that are p for certain, except one.
func (sc Scene) Owners(p PersonID, but SightingID) []Sighting {
	var out []Sighting
	seen := map[SightingID]bool{but: true}
	look := func(s Sighting) {
		if !seen[s.ID] {
			if l, _ := sc.surely(p, s); l == Certain {
				out = append(out, s)
			}
			seen[s.ID] = true
		}
	}
	for _, f := range sc.Directory.Friends() {
		look(f)
	}
	for _, g := range sc.Directory.Groups() {
		for _, m := range g.Members {
			look(m)
		}
	}
	return out
}

// Assured is how sure it must be that a private chat is the right person's: a word to a member about his own matters may go to him by his card
// in the group, everything else goes to somebody who is certain.
func (p Post) Assured() Level {
	switch p.Kind {
	case LeaveDecided, ProxyTold, MakeupDuePost, MakeupDecided, Corrected, ObjectionAnswered:
		if p.To == ToPerson {
			return Strong
		}
	}
	return Certain
}

// CleanName strips what cannot be seen from a name and folds its blanks.
func CleanName(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case r < ' ':
			return -1
		case r == blankLike:
			return ' '
		case Invisible(r):
			return -1
		}
		return r
	}, s)), " ")
}
