package bot

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"themeday"
	"themeday/storage"
)

const branch themeday.BranchID = "第一支部"

// network is a transport whose outcomes the test decides.
type network struct {
	state   State
	groups  []themeday.GroupSeen
	friends []themeday.Sighting
	fate    func(Outgoing) error // of each send; nil: accepted
	said    []string             // what was accepted
	tried   int
	last    Outgoing
}

func (n *network) Account() themeday.Account { return "test" }

func (n *network) Run(context.Context, func(context.Context, themeday.Message) error) error {
	return nil
}

func (n *network) State() State                  { return n.state }
func (n *network) Directory() themeday.Directory { return n }
func (n *network) Session() string               { return "s1" }

func (n *network) Groups() []themeday.GroupSeen { return n.groups }

func (n *network) Friends() []themeday.Sighting { return n.friends }

func (n *network) Send(_ context.Context, out Outgoing) error {
	n.tried++
	n.last = out
	if n.fate != nil {
		if err := n.fate(out); err != nil {
			return err
		}
	}
	n.said = append(n.said, out.Name+": "+out.Text)
	return nil
}

// words renders a post as its key unless it was told otherwise, and notes what came after.
type words struct {
	say   func(themeday.Post) (Rendered, error)
	then  func(themeday.Tx, themeday.Post) error
	after []string
}

func (w *words) Render(_ themeday.Tx, p themeday.Post, _ time.Time) (Rendered, error) {
	if w.say != nil {
		return w.say(p)
	}
	return Rendered{Texts: []string{p.Key}}, nil
}

func (w *words) AfterSent(tx themeday.Tx, p themeday.Post, _ time.Time) error {
	w.after = append(w.after, p.Key+" "+string(p.State))
	if w.then != nil {
		return w.then(tx, p)
	}
	return nil
}

// stage is a branch with its group, its secretary 王强 and the member 张三, both friends of the account, and a sender for it.
type stage struct {
	*Sender
	t     *testing.T
	net   *network
	words *words
	log   *bytes.Buffer
	path  string
	now   time.Time
}

func newStage(t *testing.T) *stage {
	t.Helper()
	st := &stage{t: t, path: filepath.Join(t.TempDir(), "themeday.db"), now: local(t, "2026-03-13 14:00:00"), log: &bytes.Buffer{}}
	st.open()
	st.net.groups = []themeday.GroupSeen{{Chat: "@@1", Name: "一支部群", Members: []themeday.Sighting{friendCalled("王强")}}, {Chat: "@@2", Name: "闲聊"}}
	st.net.friends = []themeday.Sighting{friendCalled("王强"), friendCalled("张三")}
	st.write(func(tx themeday.Tx) error {
		err := tx.PutBranch(themeday.Branch{ID: branch, Name: "第一支部", Group: "一支部群"})
		for i, name := range []string{"王强", "张三"} {
			id, added := tx.AddPerson(themeday.Person{Name: name})
			m := themeday.Membership{Branch: branch, Person: id, Number: i + 1}
			if name == "王强" {
				m.Offices = themeday.Offices{themeday.Secretary}
			}
			err = errors.Join(err, added, tx.PutMembership(m))
		}
		return err
	})
	return st
}

// The people of a stage, by id.
const (
	wang themeday.PersonID = 1 + iota
	zhang
)

func friendCalled(name string) themeday.Sighting {
	return themeday.Sighting{ID: themeday.SightingID("@" + name), Remark: name, Friend: true}
}

// open starts the program on the stage's database, as after a kill.
func (st *stage) open() {
	st.t.Helper()
	store, err := storage.Open(st.path)
	if err != nil {
		st.t.Fatal(err)
	}
	st.t.Cleanup(func() { _ = store.Close() })
	if st.net == nil {
		st.net = &network{state: Online}
	}
	st.words = &words{}
	st.Sender = &Sender{Store: store, Transport: st.net, Renderer: st.words, Desk: themeday.Desk{Zone: shanghai}, Log: slog.New(slog.NewTextHandler(st.log, nil))}
}

func (st *stage) write(do func(themeday.Tx) error) {
	st.t.Helper()
	if err := st.Store.Update(context.Background(), do); err != nil {
		st.t.Fatal(err)
	}
}

// plan puts a post to the group that is due now and good for a day, changed as the test likes.
func (st *stage) plan(key string, change ...func(*themeday.Post)) {
	st.t.Helper()
	p := themeday.Post{Key: key, Kind: themeday.Reminder, Branch: branch, To: themeday.ToGroup, Due: st.now, Planned: st.now, Expires: st.now.Add(24 * time.Hour), State: themeday.Waiting}
	for _, c := range change {
		c(&p)
	}
	st.write(func(tx themeday.Tx) error { return tx.PutPost(p) })
}

// deliver looks at the present instant and gives when to look next, from now.
func (st *stage) deliver() time.Duration {
	st.t.Helper()
	next, err := st.Deliver(context.Background(), st.now)
	if err != nil {
		st.t.Fatal(err)
	}
	if next.IsZero() {
		return 0
	}
	return next.Sub(st.now)
}

// post is a post as the store has it.
func (st *stage) post(key string) themeday.Post {
	st.t.Helper()
	var p themeday.Post
	err := st.Store.View(context.Background(), func(tx themeday.Tx) (err error) {
		p, _, err = tx.Post(key)
		return err
	})
	if err != nil {
		st.t.Fatal(err)
	}
	return p
}

// stands checks a post's state and its note.
func (st *stage) stands(key string, want themeday.PostState, note string) {
	st.t.Helper()
	if p := st.post(key); p.State != want || p.Note != note {
		st.t.Errorf("%s is %s (%s), want %s (%s)", key, p.State, p.Note, want, note)
	}
}

func (st *stage) heard(want ...string) {
	st.t.Helper()
	if got := strings.Join(st.net.said, " | "); got != strings.Join(want, " | ") {
		st.t.Errorf("heard %q, want %q", got, strings.Join(want, " | "))
	}
}

func (st *stage) logged(want string) {
	st.t.Helper()
	if !strings.Contains(st.log.String(), want) {
		st.t.Errorf("%q is not in the log:\n%s", want, st.log)
	}
}
