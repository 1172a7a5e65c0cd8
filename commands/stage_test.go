package commands

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"themeday"
	"themeday/commands/fold"
	"themeday/scheduler"
	"themeday/storage"
	"themeday/templates"
)

const (
	group   = "第一支部"
	group2  = "第二支部"
	private = ""
	account = themeday.Account("wechat")
)

var march = themeday.YearMonth{Year: 2026, Month: time.March}

// line is one thing that somebody says and what is heard of it. hears is silence when empty; a part after & must be heard too, one that begins
// with ! must not. In a group, 私: in front means that the answer goes to the speaker's private chat and the group hears at most its short form.
type line struct{ at, who, where, says, hears string }

// stage is a house of three branches on a real database, with everybody on the network.
type stage struct {
	t       testing.TB
	store   *storage.Store
	router  *Router
	planner *scheduler.Planner
	net     *network
	people  map[string]themeday.PersonID // by the name that tests use
	said    int
	public  []string // everything that a group could read
	last    themeday.Reply
}

func newStage(t *testing.T) *stage {
	t.Helper()
	t.Parallel()
	return stageOf(t)
}

// stageOf is a stage for a fuzz target too.
func stageOf(t testing.TB) *stage {
	t.Helper()
	store, err := storage.Open(filepath.Join(t.TempDir(), "stage.db"), storage.Chance(rand.NewChaCha8([32]byte{1})))
	check(t, err)
	t.Cleanup(func() {
		if v, err := store.Verify(context.Background(), ""); err == nil && v.Bad != nil { // not of one that is closed already
			t.Error(v.Bad.What)
		}
		store.Close()
	})
	calendar, err := themeday.NewCalendar()
	check(t, err)
	texts, err := templates.LoadPosts("")
	check(t, err)
	zone, err := time.LoadLocation("Asia/Shanghai")
	check(t, err)
	schedule, err := scheduler.Parse(nil, zone)
	check(t, err)
	desk := themeday.Desk{Rules: themeday.DefaultRules(), Calendar: calendar, Zone: zone, Fold: fold.Simplify, Rand: rand.NewChaCha8([32]byte{7})}
	planner := scheduler.New(desk, schedule, texts)
	s := &stage{t: t, store: store, planner: planner, net: newNetwork(), people: map[string]themeday.PersonID{}}
	s.router = New(Router{
		Store: store, Desk: desk, Planner: planner, Texts: texts, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Directory: func(themeday.Account) themeday.Directory { return s.net },
	})
	s.do(s.enrol)
	return s
}

// member is one place on the roster: who is found by his name, or under another key where two bear one name.
type member struct {
	key, branch string
	offices     themeday.Offices
	category    themeday.Category
	frail       bool
}

var roster = []member{
	{"王强", group, themeday.Offices{themeday.Secretary}, themeday.Formal, false},
	{"李敏", group, themeday.Offices{themeday.Deputy}, themeday.Formal, false},
	{"陈静", group, themeday.Offices{themeday.CommitteeMember, themeday.Recorder}, themeday.Formal, false},
	{"张三", group, themeday.Offices{themeday.Member}, themeday.Formal, false},
	{"李四", group, themeday.Offices{themeday.Member}, themeday.Formal, false},
	{"王五", group, themeday.Offices{themeday.Member}, themeday.Formal, true},
	{"赵六", group, themeday.Offices{themeday.Member}, themeday.Probationary, false},
	{"吴青", group, themeday.Offices{themeday.Member}, themeday.Formal, false},
	{"刘洋", group, themeday.Offices{themeday.Member}, themeday.Formal, false},
	{"周红", group2, themeday.Offices{themeday.Secretary}, themeday.Formal, false},
	{"吴青", group2, themeday.Offices{themeday.Member}, themeday.Formal, false},
	{"刘洋二", group2, themeday.Offices{themeday.Member}, themeday.Formal, false},
	{"何军", "第三支部", themeday.Offices{themeday.Secretary}, themeday.Formal, false},
}

// enrol puts the rosters into the house and everybody on the network. 李四 is no friend of the bot; the two 刘洋 have the same remark.
func (s *stage) enrol(tx themeday.Tx) error {
	number := map[string]int{}
	for _, m := range roster {
		id := s.person(tx, m.key, m.key == "何军")
		number[m.branch]++
		if number[m.branch] == 1 {
			check(s.t, tx.PutBranch(themeday.Branch{ID: themeday.BranchID(m.branch), Name: m.branch, Group: m.branch}))
		}
		name := strings.TrimSuffix(m.key, "二")
		place := themeday.Membership{Branch: themeday.BranchID(m.branch), Person: id, Number: number[m.branch], Offices: m.offices, Category: m.category, Frail: m.frail, Card: name}
		if err := tx.PutMembership(place); err != nil {
			return err
		}
		s.net.join(m.branch, m.key, name)
	}
	s.person(tx, "林海", true)
	for _, g := range []string{group, group2} {
		s.net.join(g, "林海", "林海")
	}
	s.net.stranger("路人")
	return nil
}

func (s *stage) person(tx themeday.Tx, key string, committee bool) themeday.PersonID {
	if id, there := s.people[key]; there {
		return id
	}
	name := strings.TrimSuffix(key, "二")
	id, err := tx.AddPerson(themeday.Person{Name: name, Committee: committee})
	check(s.t, err)
	s.people[key] = id
	remark := name
	if key == "李四" {
		remark = ""
	}
	s.net.friend(key, remark)
	return id
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// do runs something in one transaction.
func (s *stage) do(f func(tx themeday.Tx) error) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second) // one in another waits for ever
	defer cancel()
	check(s.t, s.store.Update(ctx, f))
}

// clock reads 03-13 14:05 of 2026, or a time with its year, in Shanghai.
func (s *stage) clock(at string) time.Time {
	s.t.Helper()
	if len(at) == len("03-13 14:05") {
		at = "2026-" + at
	}
	when, err := time.ParseInLocation("2006-01-02 15:04", at, s.router.Desk.Zone)
	check(s.t, err)
	return when
}

// message is what arrives when somebody says something somewhere.
func (s *stage) message(at, who, where, says string) themeday.Message {
	s.t.Helper()
	s.said++
	m := themeday.Message{ID: themeday.MessageID(fmt.Sprintf("m%04d", s.said)), Account: account, At: s.clock(at), Group: where, Text: says}
	m.From = s.net.sighting(who, where)
	m.Chat = themeday.ChatID(m.From.ID)
	if where != private {
		m.Chat = themeday.ChatID("@@" + where)
	}
	return m
}

// hear hands a message to the router and notes what groups could read of the answer.
func (s *stage) hear(m themeday.Message) themeday.Reply {
	s.t.Helper()
	r, err := s.router.Handle(context.Background(), m)
	if err != nil {
		s.t.Fatalf("%s %q: %v", m.From.Card, m.Text, err)
	}
	switch {
	case m.Private():
	case r.Aside:
		s.public = append(s.public, r.Short)
	default:
		s.public = append(s.public, r.Text)
	}
	s.last = r
	return r
}

// play says line after line and compares what is heard.
func (s *stage) play(lines ...line) {
	s.t.Helper()
	for _, l := range lines {
		r := s.hear(s.message(l.at, l.who, l.where, l.says))
		if fault := compare(r, l); fault != "" {
			s.t.Errorf("%s [%s] %s: %q: %s; heard %q (aside %v, short %q)", l.at, l.where, l.who, l.says, fault, r.Text, r.Aside, r.Short)
		}
	}
}

// compare says what is wrong with an answer, or nothing.
func compare(r themeday.Reply, l line) string {
	want, aside := strings.CutPrefix(l.hears, "私:")
	switch {
	case want == "" && r.Text != "":
		return "want silence"
	case want == "":
		return ""
	case r.Text == "":
		return fmt.Sprintf("want %q", want)
	case l.where != private && r.Aside != aside:
		return fmt.Sprintf("want aside %v", aside)
	}
	for _, part := range strings.Split(want, "&") {
		word, banned := strings.CutPrefix(strings.TrimSpace(part), "!")
		if strings.Contains(r.Text, word) == banned {
			return fmt.Sprintf("want %q", part)
		}
	}
	return ""
}

// until lets time pass as the sender does: what falls due is rendered and sent, and what follows from it is done and planned.
func (s *stage) until(at string) {
	s.t.Helper()
	for end := s.clock(at); ; {
		var due time.Time
		var ok bool
		s.do(func(tx themeday.Tx) (err error) { due, ok, err = tx.NextDue(); return err })
		if !ok || due.After(end) {
			return
		}
		s.do(func(tx themeday.Tx) error { return s.deliver(tx, due) })
	}
}

func (s *stage) deliver(tx themeday.Tx, at time.Time) error {
	posts, err := tx.DuePosts(at, 1)
	if err != nil {
		return err
	}
	p := posts[0]
	r, err := s.planner.Render(tx, p, at)
	switch {
	case err != nil:
		return err
	case !at.Before(p.Expires):
		p.State, p.Note = themeday.Dropped, "expired"
		return tx.PutPost(p)
	case r.Wait.After(at):
		p.Due = r.Wait
		return tx.PutPost(p)
	case len(r.Texts) == 0:
		p.State, p.Note = themeday.Dropped, r.Why
		return tx.PutPost(p)
	}
	if p.To == themeday.ToGroup {
		s.public = append(s.public, r.Texts...)
	}
	p.State, p.SentAt = themeday.Sent, at
	if err := tx.PutPost(p); err != nil {
		return err
	}
	if err := s.desk().AfterSent(tx, p, at); err != nil {
		return err
	}
	if err := s.desk().LookSent(tx, p, at); err != nil {
		return err
	}
	return s.planner.Plan(tx, p.Branch, at)
}

func (s *stage) desk() themeday.Desk { return s.router.Desk }
