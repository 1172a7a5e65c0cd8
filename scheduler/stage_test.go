package scheduler

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"themeday"
	"themeday/storage"
	"themeday/templates"
)

// stage is a branch on a real database: 王强 is its secretary, 张三 李四 赵六 钱七 are members, 周青 is an activist; 陈明 is of the committee.
type stage struct {
	t       *testing.T
	store   *storage.Store
	desk    themeday.Desk
	planner *Planner
	people  map[string]themeday.PersonID
}

func newStage(t *testing.T) *stage {
	t.Helper()
	store, err := storage.Open(filepath.Join(t.TempDir(), "stage.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	calendar, err := themeday.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	texts, err := templates.LoadPosts("")
	if err != nil {
		t.Fatal(err)
	}
	desk := themeday.Desk{Rules: themeday.DefaultRules(), Calendar: calendar, Zone: shanghai, Rand: bytes.NewReader(bytes.Repeat([]byte{7, 11, 13, 17, 19}, 1000))}
	s := &stage{t: t, store: store, desk: desk, planner: New(desk, scheduleOf(t, nil), texts), people: map[string]themeday.PersonID{}}
	s.do("2026-03-01 08:00", s.enrol)
	return s
}

func (s *stage) enrol(tx themeday.Tx, at time.Time) error {
	if err := tx.PutBranch(themeday.Branch{ID: first, Name: string(first), Group: string(first)}); err != nil {
		return err
	}
	for i, p := range []struct {
		name     string
		office   themeday.Office
		category themeday.Category
		frail    bool
	}{
		{"王强", themeday.Secretary, themeday.Formal, false},
		{"张三", themeday.Recorder, themeday.Formal, false},
		{"李四", themeday.Member, themeday.Formal, false},
		{"赵六", themeday.Member, themeday.Formal, true},
		{"钱七", themeday.Member, themeday.Probationary, false},
		{"周青", themeday.Member, themeday.Activist, false},
	} {
		id, err := tx.AddPerson(themeday.Person{Name: p.name})
		if err != nil {
			return err
		}
		s.people[p.name] = id
		if err := tx.PutMembership(themeday.Membership{Branch: first, Person: id, Number: i + 1, Offices: themeday.Offices{p.office}, Category: p.category, Frail: p.frail, Card: p.name}); err != nil {
			return err
		}
	}
	id, err := tx.AddPerson(themeday.Person{Name: "陈明", Committee: true})
	s.people["陈明"] = id
	return err
}

// do runs something in one transaction at an instant of Shanghai.
func (s *stage) do(clock string, f func(tx themeday.Tx, at time.Time) error) {
	s.t.Helper()
	at := clockOf(s.t, clock)
	if err := s.store.Update(context.Background(), func(tx themeday.Tx) error { return f(tx, at) }); err != nil {
		s.t.Fatalf("%s: %v", clock, err)
	}
}

// act runs a use case of somebody on the activity of March, and plans.
func (s *stage) act(clock, who string, f func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error) {
	s.t.Helper()
	s.do(clock, func(tx themeday.Tx, at time.Time) error {
		c := themeday.Cause{By: s.people[who], At: at, Verb: "test", Branch: first, Message: themeday.MessageID(clock + who)}
		a, err := s.desk.OfMonth(tx, first, themeday.YearMonth{Year: 2026, Month: time.March})
		if err != nil {
			return err
		}
		if err := f(tx, c, a); err != nil {
			return err
		}
		return s.planner.Plan(tx, first, at)
	})
}

func (s *stage) plan(clock string) {
	s.t.Helper()
	s.do(clock, func(tx themeday.Tx, at time.Time) error { return s.planner.Plan(tx, first, at) })
}

func (s *stage) member(tx themeday.Tx, name string) themeday.Comrade {
	s.t.Helper()
	roster, err := tx.Roster(first, themeday.Date{Year: 2026, Month: time.March, Day: 1})
	if err != nil {
		s.t.Fatal(err)
	}
	who, err := roster.Named(name)
	if err != nil {
		s.t.Fatal(err)
	}
	return who
}

// approved brings March to its approval.
func (s *stage) approved(clock string) {
	s.t.Helper()
	day := clock[:10]
	s.act(day+" 08:10", "王强", func(tx themeday.Tx, c themeday.Cause, _ themeday.Activity) error {
		_, _, err := s.desk.SetFixedDay(tx, c, first, themeday.FixedDay{Kind: themeday.NthWeekday, N: 2, Weekday: time.Friday, From: 14*60 + 30, To: 18*60 + 30, Place: "党员活动室"})
		return err
	})
	s.act(day+" 08:20", "王强", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		a, err := s.desk.SetTopics(tx, c, a, []string{"学习党章", "重温入党誓词"})
		if err == nil {
			_, err = s.desk.Submit(tx, c, a)
		}
		return err
	})
	s.approve(clock)
}

func (s *stage) approve(clock string) {
	s.t.Helper()
	s.act(clock, "陈明", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		_, err := s.desk.Approve(tx, c, a, false)
		return err
	})
}

func (s *stage) signIn(clock string, names ...string) {
	s.t.Helper()
	for _, name := range names {
		s.act(clock, name, func(tx themeday.Tx, c themeday.Cause, _ themeday.Activity) error {
			_, err := s.desk.SignInSelf(tx, c, first, s.member(tx, name), themeday.Self, "")
			return err
		})
	}
}

// posts are a branch's posts in some states, as lines of due time, state and key.
func (s *stage) posts(states ...themeday.PostState) []string {
	s.t.Helper()
	var out []string
	s.do("2026-03-01 00:00", func(tx themeday.Tx, _ time.Time) error {
		all, err := tx.PostsOf(first, states...)
		for _, p := range all {
			out = append(out, p.Due.In(shanghai).Format("01-02 15:04 ")+string(p.State)+" "+p.Key)
		}
		return err
	})
	return out
}

func (s *stage) post(key string) themeday.Post {
	s.t.Helper()
	var found themeday.Post
	s.do("2026-03-01 00:00", func(tx themeday.Tx, _ time.Time) error {
		p, ok, err := tx.Post(key)
		if !ok {
			s.t.Fatalf("there is no post %s", key)
		}
		found = p
		return err
	})
	return found
}

// said is a post that went out.
type said struct {
	at   time.Time
	kind themeday.Kind
	to   string // group, secretary, or a name
	text string
	data map[string]any
}

func (w said) String() string {
	line, _, _ := strings.Cut(w.text, "\n")
	return fmt.Sprintf("%s %s → %s: %s", w.at.In(shanghai).Format("01-02 15:04"), w.kind, w.to, line)
}

// run lets time pass as the sender does: what falls due is rendered at its instant, sent, and what follows from it is done and planned.
func (s *stage) run(until string) []said {
	s.t.Helper()
	var out []said
	end := clockOf(s.t, until)
	for {
		at, ok := s.nextDue()
		if !ok || at.After(end) {
			return out
		}
		s.do(at.In(shanghai).Format("2006-01-02 15:04"), func(tx themeday.Tx, _ time.Time) error {
			due, err := tx.DuePosts(at, 1)
			if err != nil {
				return err
			}
			w, err := s.deliver(tx, due[0], at)
			if w.text != "" {
				out = append(out, w)
			}
			return err
		})
	}
}

func (s *stage) nextDue() (at time.Time, ok bool) {
	s.t.Helper()
	s.do("2026-03-01 00:00", func(tx themeday.Tx, _ time.Time) error {
		var err error
		at, ok, err = tx.NextDue()
		return err
	})
	return at, ok
}

func (s *stage) deliver(tx themeday.Tx, p themeday.Post, at time.Time) (said, error) {
	if !at.Before(p.Expires) {
		p.State, p.Note = themeday.Dropped, "expired"
		return said{}, tx.PutPost(p)
	}
	r, err := s.planner.Render(tx, p, at)
	switch {
	case err != nil:
		return said{}, err
	case r.Wait.After(at):
		p.Due = r.Wait
		return said{}, tx.PutPost(p)
	case len(r.Texts) == 0:
		if r.Why == "" {
			s.t.Errorf("%s says nothing and not why", p.Key)
		}
		p.State, p.Note = themeday.Dropped, r.Why
		return said{}, tx.PutPost(p)
	}
	w := said{at: at, kind: p.Kind, to: string(p.To), text: strings.Join(r.Texts, "\n"), data: s.figures(r.Data)}
	for name, id := range s.people {
		if p.To == themeday.ToPerson && id == p.Person {
			w.to = name
		}
	}
	p.State, p.SentAt, p.Text = themeday.Sent, at, w.text
	if err := tx.PutPost(p); err != nil {
		return w, err
	}
	if err := s.desk.AfterSent(tx, p, at); err != nil {
		return w, err
	}
	return w, s.planner.Plan(tx, first, at)
}

func (s *stage) figures(data any) map[string]any {
	s.t.Helper()
	b, err := json.Marshal(data)
	if err != nil {
		s.t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(b, &out); err != nil {
		s.t.Fatal(err)
	}
	return out
}

// one is the only one of a kind among what was said.
func one(t *testing.T, all []said, k themeday.Kind) said {
	t.Helper()
	var hits []said
	for _, w := range all {
		if w.kind == k {
			hits = append(hits, w)
		}
	}
	if len(hits) != 1 {
		t.Fatalf("%d posts of kind %s in %v", len(hits), k, all)
	}
	return hits[0]
}

func transcript(all []said) []string {
	var out []string
	for _, w := range all {
		out = append(out, w.String())
	}
	return out
}
