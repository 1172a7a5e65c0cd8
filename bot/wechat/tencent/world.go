package tencent

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// World is who there is. Names are this package's own handles: unique, never on the wire.
type World struct {
	Self   Person   `json:"self"`
	People []Person `json:"people"`
	Groups []Group  `json:"groups"`
}

// Person is somebody with an account. What is empty is made of the Name.
type Person struct {
	Name       string `json:"name"`
	NickName   string `json:"nick"`   // as that person calls themselves
	RemarkName string `json:"remark"` // as the bot's phone calls a friend
	KeyWord    string `json:"keyword"`
	AttrStatus int64  `json:"attrstatus"`
	Friend     bool   `json:"friend"`
	Official   bool   `json:"official"` // an official account
}

// Group is a chat of many. The account itself is always one of them.
type Group struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"` // as the group is called on the wire; empty: its Name
	Saved   bool     `json:"saved"` // to the contacts, on the phone: else it is not listed
	Members []Member `json:"members"`
	Card    string   `json:"card"` // the account's own card
}

// Member is a person in a group; who is in no list of people yet is added to them, as no friend.
type Member struct {
	Name string `json:"name"`
	Card string `json:"card"` // DisplayName, the name within the group; may be empty
}

// world is a World that changes.
type world struct {
	self   *Person
	people map[string]*Person
	names  []string // of people, in order
	groups map[string]*Group
	rooms  []string // names of groups, in order
	recent []string // chats, the latest last
}

func (w *world) fill(from World) {
	if w.people == nil {
		w.people, w.groups = map[string]*Person{}, map[string]*Group{}
	}
	if from.Self.Name != "" {
		p := from.Self.whole()
		w.self = &p
	}
	for _, p := range from.People {
		w.addPerson(p)
	}
	for _, g := range from.Groups {
		w.addGroup(g)
	}
}

func (p Person) whole() Person {
	if p.NickName == "" {
		p.NickName = p.Name
	}
	if p.KeyWord == "" {
		p.KeyWord = "wxi"
	}
	if p.AttrStatus == 0 {
		p.AttrStatus = 102_565 + int64(digest("attr", p.Name)[0])*32 // a few values for many people, as there
	}
	return p
}

func (w *world) addPerson(p Person) {
	if w.people[p.Name] == nil {
		w.names = append(w.names, p.Name)
	}
	p = p.whole()
	w.people[p.Name] = &p
}

func (w *world) addGroup(g Group) {
	if g.Title == "" {
		g.Title = g.Name
	}
	if w.groups[g.Name] == nil {
		w.rooms = append(w.rooms, g.Name)
	}
	g.Members = slices.Clone(g.Members)
	for _, m := range g.Members {
		if w.people[m.Name] == nil {
			w.addPerson(Person{Name: m.Name})
		}
	}
	w.groups[g.Name] = &g
}

// person finds somebody; a name that nobody has is a mistake of the test's.
func (w *world) person(name string) *Person {
	if name == w.self.Name {
		return w.self
	}
	if p := w.people[name]; p != nil {
		return p
	}
	panic(fmt.Sprintf("tencent: there is nobody called %q", name))
}

func (w *world) group(name string) *Group {
	if g := w.groups[name]; g != nil {
		return g
	}
	panic(fmt.Sprintf("tencent: there is no group called %q", name))
}

func (g *Group) member(name string) *Member {
	for i := range g.Members {
		if g.Members[i].Name == name {
			return &g.Members[i]
		}
	}
	return nil
}

// touch makes a chat the latest.
func (w *world) touch(chat string) {
	w.recent = append(slices.DeleteFunc(w.recent, func(c string) bool { return c == chat }), chat)
}

func digest(parts ...string) [32]byte { return sha256.Sum256([]byte(strings.Join(parts, "\x00"))) }

// userName is what a name stands for in the session of that number.
func (w *world) userName(epoch int, name string) string {
	if w.groups[name] != nil {
		d := digest("group", fmt.Sprint(epoch), name)
		return "@@" + hex.EncodeToString(d[:])
	}
	if name == "filehelper" || name == "fmessage" {
		return name
	}
	d := digest("person", fmt.Sprint(epoch), name)
	return "@" + hex.EncodeToString(d[:16])
}

func roomID(epoch int, name string) string {
	d := digest("room", fmt.Sprint(epoch), name)
	return "@" + hex.EncodeToString(d[:16])
}

// wxid is the name that never changes and that Web WeChat never shows, but within 接龙 and quotations.
func wxid(name string) string {
	d := digest("wxid", name)
	return "wxid_" + hex.EncodeToString(d[:7])
}

// find is the opposite of userName.
func (w *world) find(epoch int, userName string) (name string, group bool) {
	if userName == "filehelper" {
		return userName, false
	}
	for _, g := range w.rooms {
		if w.userName(epoch, g) == userName {
			return g, true
		}
	}
	for _, p := range append([]string{w.self.Name}, w.names...) {
		if w.userName(epoch, p) == userName {
			return p, false
		}
	}
	return "", false
}

// AddPerson adds somebody, or replaces what was known of them.
func (s *Server) AddPerson(p Person) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.addPerson(p)
}

// AddGroup adds a group, or replaces what was known of it.
func (s *Server) AddGroup(g Group) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.addGroup(g)
}

// Has tells whether there is such a group with such a member; without a group, whether there is such a person.
func (s *Server) Has(group, name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if group == "" {
		return s.world.people[name] != nil || name == s.world.self.Name
	}
	g := s.world.groups[group]
	return g != nil && (g.member(name) != nil || name == s.world.self.Name)
}

// UserName tells what a person or a group is called on the wire, in the session of now.
func (s *Server) UserName(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.userName(s.epoch, name)
}

// Wxid tells what a person is called within a 接龙.
func Wxid(name string) string { return wxid(name) }
