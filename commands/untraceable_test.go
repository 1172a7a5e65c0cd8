package commands

import (
	"bytes"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"themeday"
)

// The test below holds an evaluation twice and more often, with the same ballots and the same people, but with other people giving them, by other
// codes, and in another order. What then stands on the disk (the database with its entries, posts, votes, ballots and codes, and whatever lies
// beside it), in the log output and in the groups has to be the same byte by byte. So nothing there can tell whose ballot is whose, by whatever
// way somebody might look for it. Only who spoke when is known (inbox); in that the people are made alike before the bytes are compared.
//
// That it finds a trace is shown by planting some.

// cast is one ballot as it comes in: who types it, by which code, and which it is. The time is the place in the list.
type cast struct {
	who, code, ballot int
}

// The people and the ballots of these evaluations. The names are of one length, so that they can be made alike.
var (
	ownVoters = []string{"王强", "李敏", "陈静", "张三", loneGuest}
	visiting  = []string{"甲客", "乙客", "丙客", "丁客"}
	marks     = []string{"5 4 5 5 很生动", "1 2 1 2 太长", "4 4 4 4", "3 5 3 5 再短些更好", "5 2 5 2 座位太少"}
)

// loneGuest is the only one who came without being of the branch: his ballot must not stand out among the branch's own.
// He is known in the group alone and rates there, always third: that somebody spoke there is known.
const loneGuest = "钱伟"

// orders are different ways in which the same people give the same ballots: the own raters', then the outsiders'.
var orders = map[string][2][]cast{
	"in order":               {{{0, 0, 0}, {1, 0, 1}, {4, 0, 4}, {2, 0, 2}, {3, 0, 3}}, {{0, 0, 0}, {1, 1, 1}, {2, 2, 2}, {3, 3, 3}}},
	"other people give them": {{{3, 0, 0}, {2, 0, 1}, {4, 0, 2}, {1, 0, 3}, {0, 0, 4}}, {{2, 0, 0}, {0, 1, 1}, {3, 2, 2}, {1, 3, 3}}},
	"they come otherwise":    {{{2, 0, 2}, {0, 0, 0}, {4, 0, 4}, {3, 0, 3}, {1, 0, 1}}, {{3, 3, 3}, {0, 0, 0}, {2, 2, 2}, {1, 1, 1}}},
	"by other codes":         {{{0, 0, 3}, {1, 0, 2}, {4, 0, 0}, {2, 0, 1}, {3, 0, 4}}, {{0, 2, 1}, {1, 3, 0}, {2, 1, 3}, {3, 0, 2}}},
}

// die gives the same chance for the same ballot whenever it comes: its key is random, and here it must not tell the order either.
type die struct{ *rand.ChaCha8 }

func (d *die) of(ballot int) { d.ChaCha8 = rand.NewChaCha8([32]byte{byte(ballot)}) }

// plant is a trace that is laid on purpose with each ballot.
type plant func(s *stage, log *bytes.Buffer, who string, ballot int)

// remains are what an evaluation leaves: files by their names, the log output, and what groups could read.
func remains(t *testing.T, order [2][]cast, trace plant) map[string][]byte {
	s := newStage(t)
	var log bytes.Buffer
	s.router.Log = slog.New(slog.NewTextHandler(&log, nil))
	chance := &die{}
	chance.of(200)
	s.router.Desk.Rand = chance
	s.approved()
	s.play(line{"03-02 09:00", "王强", private, "列席 3月 " + loneGuest + " 积极分子", "列席"})
	s.visitors(append([]string{loneGuest}, visiting...)...)
	s.net.join(group, loneGuest, loneGuest)
	s.until("03-13 13:30")
	for i, who := range ownVoters {
		s.play(line{fmt.Sprintf("03-13 13:%02d", 50+i), who, group, "签到", ""})
	}
	s.until("03-13 18:01")
	for _, who := range ownVoters[:4] { // he is known in his private chat from here on
		s.play(line{"03-13 18:02", who, private, "我的", who})
	}
	codes := s.codes("03-13 18:03", "邀评 3月 群众 5")
	for i, c := range order[0] {
		chance.of(c.ballot)
		at := line{fmt.Sprintf("03-13 18:%02d", 10+i), ownVoters[c.who], private, "评分 " + marks[c.ballot], "已收到"}
		if at.who == loneGuest {
			at.where, at.hears = group, ""
		}
		s.play(at)
		s.emptyLog()
		trace(s, &log, ownVoters[c.who], c.ballot)
	}
	for i, c := range order[1] {
		chance.of(100 + c.ballot)
		s.play(line{fmt.Sprintf("03-13 18:%02d", 30+i), visiting[c.who], private, "评分 " + codes[c.code] + " " + marks[c.ballot], "已收到"})
		s.emptyLog()
		trace(s, &log, visiting[c.who], c.ballot)
	}
	open, err := os.ReadFile(s.store.Path()) // with the marks of who has rated by code; its log is empty
	check(t, err)
	s.until("03-14 19:00")
	check(t, s.store.Close())
	out := map[string][]byte{"log output": alike(log.Bytes()), "groups": []byte(strings.Join(s.public, "\n")), "before the result": alike(open)}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(s.store.Path()), "*"))
	check(t, err)
	for _, f := range files {
		b, err := os.ReadFile(f)
		check(t, err)
		out[filepath.Base(f)] = alike(b)
		for _, code := range codes {
			if bytes.Contains(b, []byte(code)) {
				t.Errorf("%s holds a plain code", filepath.Base(f))
			}
		}
	}
	for _, code := range codes {
		if strings.Contains(log.String()+string(out["groups"]), code) {
			t.Error("the log output or a group holds a plain code")
		}
	}
	return out
}

// emptyLog fails when the database's log keeps pages, for they are as they were after each ballot.
func (s *stage) emptyLog() {
	s.t.Helper()
	if wal, err := os.Stat(s.store.Path() + "-wal"); err != nil || wal.Size() != 0 {
		s.t.Errorf("the database's log holds %d bytes, %v", wal.Size(), err)
	}
}

// alike makes the chats of the voters alike: that somebody spoke at a time is known.
func alike(b []byte) []byte {
	for _, who := range append(append([]string{}, ownVoters...), visiting...) {
		b = bytes.ReplaceAll(b, []byte("@"+who), []byte("@某某"))
	}
	return b
}

// differing names what two evaluations left that is not the same.
func differing(a, b map[string][]byte) (out []string) {
	for name := range a {
		if !bytes.Equal(a[name], b[name]) {
			out = append(out, name)
		}
	}
	for name := range b {
		if _, there := a[name]; !there {
			out = append(out, name)
		}
	}
	return out
}

// left holds an evaluation in each of the orders and gives what each left.
func left(t *testing.T, trace plant) map[string]map[string][]byte {
	out := map[string]map[string][]byte{}
	var one sync.Mutex
	t.Run("evaluations", func(t *testing.T) {
		for name, order := range orders {
			t.Run(name, func(t *testing.T) {
				r := remains(t, order, trace)
				one.Lock()
				defer one.Unlock()
				out[name] = r
			})
		}
	})
	return out
}

func TestNothingThatIsLeftOfAnEvaluationTellsWhoseBallotIsWhose(t *testing.T) {
	all := left(t, func(*stage, *bytes.Buffer, string, int) {})
	first := all["in order"]
	if len(first["stage.db"]) == 0 || !bytes.Contains(first["stage.db"], []byte("再短些更好")) || !strings.Contains(string(first["groups"]), "合在一起9人") {
		t.Fatal("nothing was rated")
	}
	for name, other := range all {
		if diff := differing(first, other); len(diff) > 0 {
			t.Errorf("%s: %s differ", name, strings.Join(diff, ", "))
		}
	}
}

func TestAPlantedTraceIsFound(t *testing.T) {
	entry := func(s *stage, e themeday.Entry) {
		s.do(func(tx themeday.Tx) error { return tx.AddEntry(e) })
	}
	at := time.Date(2026, 3, 13, 10, 0, 0, 0, time.UTC)
	for name, row := range map[string]struct {
		trace plant
		where string
	}{
		"an entry that somebody rated, in the order of the ballots": {func(s *stage, _ *bytes.Buffer, who string, _ int) {
			entry(s, themeday.Entry{Entered: at, By: s.people[who], Verb: "测评", Noun: "vote", Key: "x", Message: "y"})
		}, "stage.db"},
		"an entry of each ballot": {func(s *stage, _ *bytes.Buffer, _ string, ballot int) {
			entry(s, themeday.Entry{Entered: at, Verb: "测评", Noun: "ballot", Key: fmt.Sprint(ballot), Message: "y"})
		}, "stage.db"},
		"a post with the ballot's number": {func(s *stage, _ *bytes.Buffer, who string, ballot int) {
			s.do(func(tx themeday.Tx) error {
				return tx.PutPost(themeday.Post{Key: fmt.Sprint("x/", ballot), To: themeday.ToPerson, Person: s.people[who], Due: at, State: themeday.Sent})
			})
		}, "stage.db"},
		"a line of the log output": {func(_ *stage, log *bytes.Buffer, who string, ballot int) {
			fmt.Fprintf(log, "ballot %d of %s\n", ballot, who)
		}, "log output"},
		"a file beside the database": {func(s *stage, _ *bytes.Buffer, who string, ballot int) {
			check(s.t, os.WriteFile(s.store.Path()+".ballot"+fmt.Sprint(ballot), []byte(who), 0o600))
		}, "stage.db.ballot0"},
		"a word in the group": {func(s *stage, _ *bytes.Buffer, who string, _ int) {
			s.public = append(s.public, who+"已测评")
		}, "groups"},
	} {
		t.Run(name, func(t *testing.T) {
			all := left(t, row.trace)
			found := false
			for _, other := range all {
				for _, d := range differing(all["in order"], other) {
					found = found || d == row.where
				}
			}
			if !found {
				t.Errorf("the trace in %s is not found", row.where)
			}
		})
	}
}
