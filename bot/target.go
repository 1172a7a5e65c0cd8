package bot

import (
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
		scene, err := s.scene(tx)
		if err != nil {
			return target{}, false, err
		}
		roster, err := tx.Roster(p.Branch, s.Desk.Day(at))
		g, ok := scene.GroupOf(branch.Group, roster)
		return target{chat: g.Chat, name: g.Name, why: "no group of exactly this name with its people in it, or several"}, ok, err
	}
	scene, err := s.scene(tx)
	if err != nil {
		return target{}, false, err
	}
	if p.To == themeday.ToPerson {
		if to, ok := person(scene, p.Person); ok || p.Kind != themeday.MakeupDuePost {
			return to, ok, nil
		}
	}
	return s.secretary(tx, scene, p.Branch, at)
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
	to, ok := person(scene, who.ID)
	return to, ok, nil
}

func person(scene themeday.Scene, id themeday.PersonID) (target, bool) {
	seen, ok := scene.Find(id)
	return target{chat: themeday.ChatID(seen.ID), private: true, name: nameOf(seen), why: "the person is no friend of the account"}, ok
}

func (s *Sender) scene(tx themeday.Tx) (themeday.Scene, error) {
	people, err := tx.People()
	if err != nil {
		return themeday.Scene{}, err
	}
	bindings, err := tx.Bindings(s.Transport.Account())
	return themeday.Scene{Directory: s.Transport.Directory(), Account: s.Transport.Account(), People: people, Bindings: bindings}, err
}
