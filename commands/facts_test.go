package commands

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"themeday"
)

// activity is 第一支部's activity of March as it stands.
func (s *stage) activity() themeday.Activity { return s.activityOf(group, march) }

func (s *stage) activityOf(branch string, m themeday.YearMonth) themeday.Activity {
	s.t.Helper()
	var a themeday.Activity
	s.do(func(tx themeday.Tx) (err error) {
		a, err = s.desk().OfMonth(tx, themeday.BranchID(branch), m)
		return err
	})
	return a
}

// signins are who is signed in for March, in order, each with how.
func (s *stage) signins(branch string) []string {
	s.t.Helper()
	var out []string
	s.do(func(tx themeday.Tx) error {
		all, err := tx.SignIns(themeday.ActivityOf(themeday.BranchID(branch), march))
		for _, in := range all {
			out = append(out, s.name(in.Person)+" "+string(in.How))
		}
		return err
	})
	return out
}

// leaves are the leaves of March, each with its state.
func (s *stage) leaves() []string {
	s.t.Helper()
	var out []string
	s.do(func(tx themeday.Tx) error {
		all, err := tx.Leaves(themeday.ActivityOf(group, march))
		for _, l := range all {
			out = append(out, s.name(l.Person)+" "+string(l.State))
		}
		return err
	})
	return out
}

func (s *stage) name(p themeday.PersonID) string {
	for key, id := range s.people {
		if id == p {
			return key
		}
	}
	return fmt.Sprint(p)
}

// posts are the keys of 第一支部's posts of a kind in any state.
func (s *stage) posts(k themeday.Kind) (out []string) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		all, err := tx.PostsOf(group, themeday.Waiting, themeday.Sent, themeday.Dropped)
		for _, p := range all {
			if p.Kind == k {
				out = append(out, p.Key)
			}
		}
		return err
	})
	return out
}

// want compares two lists.
func (s *stage) want(what string, got []string, want ...string) {
	s.t.Helper()
	if !slices.Equal(got, want) {
		s.t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// secret fails when a group could read a text, or an entry of anybody keeps it.
func (s *stage) secret(text string) {
	s.t.Helper()
	for _, p := range s.public {
		if strings.Contains(p, text) {
			s.t.Errorf("a group could read %q in %q", text, p)
		}
	}
	s.do(func(tx themeday.Tx) error {
		for key, id := range s.people {
			entries, err := tx.EntriesBy(id, time.Time{})
			if err != nil {
				return err
			}
			for _, e := range entries {
				if strings.Contains(string(e.Before)+string(e.After)+e.Why, text) {
					s.t.Errorf("an entry of %s by %s keeps %q", e.Noun, key, text)
				}
			}
		}
		return nil
	})
}

// hears fails when a person is not told a text by a post of a kind, planned at an instant.
func (s *stage) hears(at string, k themeday.Kind, key, text string) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		all, err := tx.PostsOf(group, themeday.Waiting)
		for _, p := range all {
			if p.Kind != k || p.To != themeday.ToPerson || p.Person != s.people[key] {
				continue
			}
			r, err := s.planner.Render(tx, p, s.clock(at))
			if err != nil || strings.Contains(strings.Join(r.Texts, "\n"), text) {
				return err
			}
			s.t.Errorf("%s reads %q, want %q", key, r.Texts, text)
			return nil
		}
		s.t.Errorf("%s is not told of %s", key, k)
		return err
	})
}

// sent are the keys of 第一支部's posts of a kind that went out.
func (s *stage) sent(k themeday.Kind) (out []string) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		all, err := tx.PostsOf(group, themeday.Sent)
		for _, p := range all {
			if p.Kind == k {
				out = append(out, p.Key)
			}
		}
		return err
	})
	return out
}

// claims are the names that the secretary of 第一支部 is asked about.
func (s *stage) claims() (out []string) {
	s.t.Helper()
	a := s.activity()
	s.do(func(tx themeday.Tx) error {
		open, err := s.desk().OpenClaims(tx, a)
		for _, k := range open {
			out = append(out, k.Name)
		}
		return err
	})
	return out
}
