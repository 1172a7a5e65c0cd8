package themeday

import (
	"iter"
	"sync"
	"unsafe"
)

// Faces keeps what recognising people looks up, for as long as the lists of a scene stay the same, so that a message costs the same in a house of
// ten members and of a hundred thousand. The lists must not be changed in place. Its zero value is ready; several goroutines may use it.
type Faces struct {
	mu       sync.Mutex
	networks map[Account]*Faces // of a house: those of each network

	peopleByName  lookup[Person, string]
	peopleByID    lookup[Person, PersonID]
	placesBy      lookup[Membership, PersonID]
	friendsMarked lookup[Sighting, string] // by remark
	friendsByID   lookup[Sighting, SightingID]
	groupsNamed   lookup[GroupSeen, string]
	groupsByChat  lookup[GroupSeen, ChatID]
	bondsOf       lookup[Binding, PersonID]
	bondsBySight  lookup[Binding, SightingID]
	bondsByNick   lookup[Binding, string]
	bondsByName   lookup[Binding, string]
	cards         map[ChatID]*lookup[Sighting, string] // of a group's members, by clean card
	shown         map[ChatID]shownNames
}

// shownNames are all names that the members of a group show.
type shownNames struct {
	of    []Sighting
	names map[string]bool
}

// mostCarded is of how many groups the members' names are kept.
const mostCarded = 4096

// lookup finds the elements of a list by a key, in the order of the list. What was put behind the list since is looked through.
type lookup[T any, K comparable] struct {
	list  []T // as it was looked through; what stands behind it may have grown
	first map[K]int32
	next  []int32 // the next one of the same key; 0: none
}

// tailOf is how long a list may grow before it is looked through again.
func tailOf(n int) int { return max(64, n/16) }

// sameStart tells whether one list is the other with something behind it, perhaps nothing.
func sameStart[T any](list, longer []T) bool {
	return len(list) <= len(longer) && (len(list) == 0 && len(longer) == 0 || len(list) > 0 && unsafe.SliceData(list) == unsafe.SliceData(longer))
}

// in makes the lookup one of a list.
func (l *lookup[T, K]) in(list []T, key func(*T) K) {
	if sameStart(l.list, list) && len(list)-len(l.list) <= tailOf(len(l.list)) && (l.first != nil || len(list) == 0) {
		return
	}
	first, next := make(map[K]int32, len(list)), make([]int32, len(list))
	for i := len(list) - 1; i >= 0; i-- {
		k := key(&list[i])
		if j, there := first[k]; there {
			next[i] = j
		}
		first[k] = int32(i)
	}
	l.list, l.first, l.next = list, first, next
}

// having are the elements of a list that have a key.
func having[T any, K comparable](f *Faces, l *lookup[T, K], list []T, k K, key func(*T) K) iter.Seq[*T] {
	f.mu.Lock()
	l.in(list, key)
	from := *l
	f.mu.Unlock()
	return func(yield func(*T) bool) {
		i, there := from.first[k]
		for there {
			if !yield(&list[i]) {
				return
			}
			if i = from.next[i]; i == 0 { // the first of a list comes after no other
				break
			}
		}
		for i := len(from.list); i < len(list); i++ {
			if key(&list[i]) == k && !yield(&list[i]) {
				return
			}
		}
	}
}

// on are the faces of a network.
func (f *Faces) on(a Account) *Faces {
	if f == nil {
		return &Faces{}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.networks[a] == nil {
		if f.networks == nil {
			f.networks = map[Account]*Faces{}
		}
		f.networks[a] = &Faces{}
	}
	return f.networks[a]
}

// cardsOf is the lookup of a group's members.
func (f *Faces) cardsOf(chat ChatID) *lookup[Sighting, string] {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.cards == nil || len(f.cards) >= mostCarded {
		f.cards = map[ChatID]*lookup[Sighting, string]{}
	}
	l := f.cards[chat]
	if l == nil {
		l = &lookup[Sighting, string]{}
		f.cards[chat] = l
	}
	return l
}

// shownIn are all names that the members of a group show: cards, remarks, nicknames.
func (f *Faces) shownIn(g GroupSeen) map[string]bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if s, there := f.shown[g.Chat]; there && len(s.of) == len(g.Members) && sameStart(s.of, g.Members) {
		return s.names
	}
	names := make(map[string]bool, 3*len(g.Members))
	for _, m := range g.Members {
		names[CleanName(m.Card)], names[CleanName(m.Remark)], names[CleanName(m.Nick)] = true, true, true
	}
	if f.shown == nil || len(f.shown) >= mostCarded {
		f.shown = map[ChatID]shownNames{}
	}
	f.shown[g.Chat] = shownNames{g.Members, names}
	return names
}

// look are the faces of the house, or some for this once, or some for one look.
func (sc Scene) look() *Faces {
	if sc.faces == nil {
		return &Faces{}
	}
	return sc.faces
}

func (sc Scene) named(name string) iter.Seq[*Person] {
	f := sc.look()
	return having(f, &f.peopleByName, sc.People, name, func(p *Person) string { return p.Name })
}

// Person is somebody of the house.
func (sc Scene) Person(id PersonID) (Person, bool) {
	f := sc.look()
	for p := range having(f, &f.peopleByID, sc.People, id, func(p *Person) PersonID { return p.ID }) {
		return *p, true
	}
	return Person{}, false
}

// Places are somebody's places on rosters, of all times.
func (sc Scene) Places(id PersonID) iter.Seq[*Membership] {
	f := sc.look()
	return having(f, &f.placesBy, sc.places, id, func(m *Membership) PersonID { return m.Person })
}

func (sc Scene) marked(remark string) iter.Seq[*Sighting] {
	f := sc.look()
	return having(f, &f.friendsMarked, sc.Directory.Friends(), remark, func(s *Sighting) string { return s.Remark })
}

func (sc Scene) friend(id SightingID) iter.Seq[*Sighting] {
	f := sc.look()
	return having(f, &f.friendsByID, sc.Directory.Friends(), id, func(s *Sighting) SightingID { return s.ID })
}

func (sc Scene) groups(name string) iter.Seq[*GroupSeen] {
	f := sc.look()
	return having(f, &f.groupsNamed, sc.Directory.Groups(), name, func(g *GroupSeen) string { return g.Name })
}

func (sc Scene) chat(id ChatID) iter.Seq[*GroupSeen] {
	f := sc.look()
	return having(f, &f.groupsByChat, sc.Directory.Groups(), id, func(g *GroupSeen) ChatID { return g.Chat })
}

// carded are the members of a group who show a name.
func (sc Scene) carded(g *GroupSeen, name string) iter.Seq[*Sighting] {
	f := sc.look()
	return having(f, f.cardsOf(g.Chat), g.Members, name, func(s *Sighting) string { return CleanName(s.Card) })
}

// Bonds are the bindings of somebody, of all sessions.
func (sc Scene) Bonds(id PersonID) iter.Seq[*Binding] {
	f := sc.look()
	return having(f, &f.bondsOf, sc.Bindings, id, func(b *Binding) PersonID { return b.Person })
}

func (sc Scene) bonded(id SightingID) iter.Seq[*Binding] {
	f := sc.look()
	return having(f, &f.bondsBySight, sc.Bindings, id, func(b *Binding) SightingID { return b.Sighting })
}

func (sc Scene) nicked(nick string) iter.Seq[*Binding] {
	f := sc.look()
	return having(f, &f.bondsByNick, sc.Bindings, nick, func(b *Binding) string { return b.Nick })
}

func (sc Scene) calledOnce(name string) iter.Seq[*Binding] {
	f := sc.look()
	return having(f, &f.bondsByName, sc.Bindings, name, func(b *Binding) string { return b.Name })
}
