package tencent

import (
	"fmt"
	"slices"
)

// modified tells whoever is online that a chat's details have changed. s.mu is held.
func (s *Server) modified(chat string) { s.add(&event{mod: chat}) }

// tell adds a system notice in the language of the phone; the stray blanks are theirs. s.mu is held.
func (s *Server) tell(group, chinese, english string, args ...any) {
	format := chinese
	if s.english {
		format = english
	}
	s.add(&event{kind: 10000, chat: group, content: escape(fmt.Sprintf(format, args...))})
}

// Join brings somebody into a group, by invitation or, without one who invites, by its QR code.
func (s *Server) Join(group string, m Member, by string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.world.group(group)
	if s.world.people[m.Name] == nil {
		s.world.addPerson(Person{Name: m.Name})
	}
	if g.member(m.Name) == nil {
		g.Members = append(g.Members, m)
	}
	nick := s.world.person(m.Name).NickName
	if by == "" {
		s.tell(group, ` "%s"通过扫描"%s"分享的二维码加入群聊  `, `"%s" joined the group chat via the QR Code shared by "%s" `, nick, s.world.self.NickName)
	} else {
		s.tell(group, `"%s"邀请"%s"加入了群聊`, `%s invited %s to the group chat `, by, nick)
	}
	s.modified(group)
}

// Remove takes somebody out of a group; where they leave themselves, nobody is told.
func (s *Server) Remove(group, member string, left bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.world.group(group)
	g.Members = slices.DeleteFunc(g.Members, func(m Member) bool { return m.Name == member })
	if !left {
		s.tell(group, `你将"%s"移出了群聊`, `You removed "%s" from the group chat`, s.world.person(member).NickName)
	}
	s.modified(group)
}

// RenameGroup gives a group another title; its Name stays.
func (s *Server) RenameGroup(group, title, by string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.group(group).Title = title
	s.tell(group, `"%s"修改群名为“%s”`, `"%s" changed the group name to "%s"`, by, title)
	s.modified(group)
}

// RenameCard gives a member another card; no message tells of it.
func (s *Server) RenameCard(group, member, card string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.world.group(group)
	if m := g.member(member); m != nil {
		m.Card = card
	} else if member == s.world.self.Name {
		g.Card = card
	} else {
		panic(fmt.Sprintf("tencent: %q is no member of %q", member, group))
	}
	s.modified(group)
}

// ChangePerson changes what is known of a person: the remark, the nickname, whether they are a friend.
func (s *Server) ChangePerson(name string, change func(*Person)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.world.person(name)
	change(p)
	p.Name = name
	s.modified(name)
}

// SaveGroup saves a group to the contacts, on the phone, or takes it out of them.
func (s *Server) SaveGroup(group string, saved bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.group(group).Saved = saved
	s.modified(group)
}
