package bot

import (
	"strings"
	"time"

	"themeday"
)

// target is the chat that a post goes to.
type target struct {
	chat    themeday.ChatID
	private bool
	name    string
	why     string // why there is none
}

// find gives the chat of a post in the present session; false when there is none of which one can be sure, and why says so.
// A make-up reminder for a member who cannot be reached goes to the secretary, who is whoever holds that office on the day.
func (s *Sender) find(tx themeday.Tx, p themeday.Post, at time.Time) (target, bool, error) {
	if p.To == themeday.ToGroup {
		branch, err := s.Desk.Branch(tx, p.Branch)
		if themeday.CodeOf(err) == themeday.NotFound {
			return target{why: "no such branch"}, false, nil
		}
		if err != nil {
			return target{}, false, err
		}
		scene, err := s.scene(tx, at)
		if err != nil {
			return target{}, false, err
		}
		roster, err := tx.Roster(p.Branch, s.Desk.Day(at))
		g, ok := scene.GroupOf(branch.Group, roster)
		return target{chat: g.Chat, name: g.Name, why: "no group of exactly this name with its people in it, one of them certain and with an office, or several"}, ok, err
	}
	scene, err := s.scene(tx, at)
	if err != nil {
		return target{}, false, err
	}
	if p.To == themeday.ToPerson {
		if p.Kind == themeday.IdentityDoubt {
			to, ok := sighting(scene, p.Arg)
			return to, ok, nil
		}
		if to, ok := person(scene, p.Person, p.Assured()); ok || p.Kind != themeday.MakeupDuePost {
			return to, ok, nil
		}
	}
	to, ok, err := s.secretary(tx, scene, p.Branch, at)
	if p.Kind == themeday.IdentityDoubt && strings.HasSuffix(p.Key, "/"+string(to.chat)) { // whoever is doubted does not hear of it
		return target{why: "the secretary is whom the doubt is about"}, false, err
	}
	return to, ok, err
}

func (s *Sender) secretary(tx themeday.Tx, scene themeday.Scene, b themeday.BranchID, at time.Time) (target, bool, error) {
	roster, err := tx.Roster(b, s.Desk.Day(at))
	if err != nil {
		return target{}, false, err
	}
	who, ok := roster.Secretary()
	if !ok {
		return target{why: "the branch has no secretary"}, false, nil
	}
	to, ok := person(scene, who.ID, themeday.Certain)
	return to, ok, nil
}

// sighting is the private chat of a session id of this session: that of whoever was somebody before a code made another one he.
func sighting(scene themeday.Scene, id string) (target, bool) {
	for _, f := range scene.Directory.Friends() {
		if string(f.ID) == id {
			return target{chat: themeday.ChatID(f.ID), private: true, name: nameOf(f)}, true
		}
	}
	return target{why: "the chat is of an earlier session"}, false
}

func person(scene themeday.Scene, id themeday.PersonID, least themeday.Level) (target, bool) {
	seen, ok := scene.Find(id, least)
	return target{chat: themeday.ChatID(seen.ID), private: true, name: nameOf(seen), why: "the person is no friend of the account"}, ok
}

func (s *Sender) scene(tx themeday.Tx, at time.Time) (themeday.Scene, error) {
	return s.Desk.SceneOf(tx, s.Transport.Account(), s.Transport.Directory(), at)
}
