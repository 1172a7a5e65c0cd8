package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"time"

	"themeday"
	"themeday/bot"
)

// benchAccount is the account of the benchmarks' network.
const benchAccount themeday.Account = "bench"

// benchWorld is a house as it is generated straight into storage: branches with an approved activity each, their members, and the network that
// shows them. Everything follows from its numbers.
type benchWorld struct {
	branches, members int
	seen              int                        // how many branches' groups the account is in; 0: all
	at                time.Time                  // when it is generated
	meets             func(branch int) time.Time // when a branch's activity begins
	network           *benchDirectory
	people            []themeday.Sighting // in private, by branch and number, of the branches that are seen
}

var benchZone = time.FixedZone("CST", 8*60*60)

// benchDay is the second Friday of a March.
func benchDay(day, hour, minute int) time.Time {
	return time.Date(2026, time.March, day, hour, minute, 0, 0, benchZone)
}

func benchBranchName(b int) string { return fmt.Sprintf("第%d支部", b+1) }

// benchName is a name of four characters; no two numbers have the same.
func benchName(n int) string {
	surnames, given := []rune("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严魏陶姜戚"), []rune("建志文海春秋玉宝明思华强军伟平芳兰梅林生国红东光辉荣富贵安康")
	out := []rune{surnames[n%30], 0, 0, 0}
	for i := 1; i < 4; i++ {
		n /= 30
		out[i] = given[n%30]
	}
	return string(out)
}

func (w *benchWorld) shown() int {
	if w.seen == 0 {
		return w.branches
	}
	return min(w.seen, w.branches)
}

// show makes what the network sees.
func (w *benchWorld) show() {
	w.network = &benchDirectory{}
	for b := range w.shown() {
		g := themeday.GroupSeen{Chat: themeday.ChatID(fmt.Sprintf("@@group-%d", b)), Name: benchBranchName(b)}
		for m := range w.members {
			name := benchName(b*w.members + m)
			s := themeday.Sighting{ID: themeday.SightingID(fmt.Sprintf("@person-%d-%d", b, m)), Nick: name, Remark: name, Friend: true}
			w.network.friends = append(w.network.friends, s)
			s.Card = name
			g.Members = append(g.Members, s)
		}
		w.network.groups = append(w.network.groups, g)
	}
	w.people = w.network.friends
}

// private is a word of somebody to the bot alone.
func (w *benchWorld) private(person int, id, text string, at time.Time) themeday.Message {
	who := w.people[person]
	return themeday.Message{ID: themeday.MessageID(id), Account: benchAccount, At: at, Chat: themeday.ChatID(who.ID), From: who, Text: text}
}

// inGroup is a word of somebody in his branch's group.
func (w *benchWorld) inGroup(person int, id, text string, at time.Time) themeday.Message {
	g := w.network.groups[person/w.members]
	return themeday.Message{ID: themeday.MessageID(id), Account: benchAccount, At: at, Chat: g.Chat, Group: g.Name, From: g.Members[person%w.members], Text: text}
}

// chunk is how many branches are written in one transaction.
const benchChunk = 200

// generate writes the house into an empty database.
func (w *benchWorld) generate(ctx context.Context, h *House, bar progress) error {
	for first := 0; first < w.branches; first += benchChunk {
		err := h.Store.Update(ctx, func(tx themeday.Tx) error {
			if first == 0 {
				if _, err := tx.AddPerson(themeday.Person{Name: "机关党委", Phone: "13900000000", Committee: true}); err != nil {
					return err
				}
			}
			for b := first; b < min(first+benchChunk, w.branches); b++ {
				if err := w.branch(tx, b); err != nil {
					return err
				}
			}
			return ctx.Err()
		})
		if err != nil {
			return fmt.Errorf("generate a house: %w", err)
		}
		bar.set(min(first+benchChunk, w.branches))
	}
	return nil
}

// branch writes one branch with its members, how they were recognised, and its activity.
func (w *benchWorld) branch(tx themeday.Tx, b int) error {
	id := themeday.BranchID(benchBranchName(b))
	err := tx.PutBranch(themeday.Branch{ID: id, Name: string(id), Group: string(id)})
	var secretary themeday.PersonID
	for m := range w.members {
		if err != nil {
			return err
		}
		var p themeday.PersonID
		name := benchName(b*w.members + m)
		if p, err = tx.AddPerson(themeday.Person{Name: name}); err != nil {
			return err
		}
		place := themeday.Membership{Branch: id, Person: p, Number: m + 1, Category: themeday.Formal, Card: name, Offices: themeday.Offices{themeday.Member}}
		if m == 0 {
			place.Offices, secretary = themeday.Offices{themeday.Secretary}, p
		}
		err = tx.PutMembership(place)
		if err == nil && b < w.shown() {
			s := w.people[b*w.members+m]
			known := themeday.Binding{Account: benchAccount, Session: w.network.Session(), Sighting: s.ID, Person: p, Level: themeday.Certain, Name: name, Nick: name, At: w.at}
			seen := known
			seen.Sighting, seen.Level = "seen "+s.ID, themeday.Assumed
			err = errors.Join(tx.PutBinding(known), tx.PutBinding(seen))
		}
	}
	starts := w.meets(b)
	month := themeday.DateOf(starts, benchZone).MonthOf()
	done := themeday.StepDone{At: w.at.AddDate(0, 0, -10), By: secretary}
	a := themeday.Activity{
		ID: themeday.ActivityOf(id, month), Branch: id, Month: month, Version: 1, Starts: starts, Ends: starts.Add(4 * time.Hour), Place: "党员活动室",
		Topics: []string{"学习党章"}, Content: []string{"政治学习"}, Submitted: done.At,
	}
	a.Steps[themeday.Deciding-1], a.Steps[themeday.Approving-1] = done, done
	return errors.Join(err, tx.PutActivity(a))
}

// benchConfig is how a house is opened: the usual settings, no pace, nothing to read beside the database.
func benchConfig(dir string) Config {
	c := defaultConfig()
	c.Database, c.env = filepath.Join(dir, "house.db"), ""
	return c
}

// openBench opens a house as run does. A scratch one does not wait for the disk.
func openBench(dir string, t bot.Transport, scratch bool) (*House, error) {
	c := benchConfig(dir)
	c.scratch = scratch
	return OpenHouse(c, t, rand.Reader, slog.New(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelError})))
}

// lay generates a house in a new folder, plans it if that is wanted, and leaves it closed.
func (b *bench) lay(ctx context.Context, w *benchWorld, planned bool) (dir string, err error) {
	if dir, err = b.folder(); err != nil {
		return "", err
	}
	w.show()
	bar := b.progress(w.branches, "generating branches")
	defer bar.done()
	h, err := openBench(dir, newBenchNetwork(w.network), true)
	if err != nil {
		return "", err
	}
	if err = w.generate(ctx, h, bar); err == nil && planned {
		err = h.Start(ctx, w.at)
	}
	return dir, errors.Join(err, h.Close())
}

// again copies a closed house into a new folder.
func (b *bench) again(dir string) (string, error) {
	to, err := b.folder()
	if err != nil {
		return "", err
	}
	return to, copyWhole(filepath.Join(dir, "house.db"), filepath.Join(to, "house.db"))
}

// benchClock goes like the wall's, from an instant of the benchmark's own.
func benchClock(from time.Time) bot.Clock {
	began := time.Now()
	return func() time.Time { return from.Add(time.Since(began)) }
}

// served is a house that serves as in run.
type served struct {
	*House
	network *benchNetwork
	now     bot.Clock
	take    func(context.Context, themeday.Message) error
	stop    func()
	ended   chan error
}

// serve opens a house and serves it by a clock that begins at an instant. It is ready when the network has its handler.
func serveBench(ctx context.Context, dir string, w *benchWorld, from time.Time) (*served, error) {
	s := &served{network: newBenchNetwork(w.network), now: benchClock(from), ended: make(chan error, 1)}
	var err error
	if s.House, err = openBench(dir, s.network, false); err != nil {
		return nil, err
	}
	live := &Live{House: s.House, Now: s.now}
	running, stop := context.WithCancel(ctx)
	s.stop = stop
	go func() { s.ended <- live.Serve(running) }()
	select {
	case s.take = <-s.network.taking:
		return s, nil
	case err = <-s.ended:
		stop()
		return nil, errors.Join(err, errors.New("the house did not serve"), s.Close())
	}
}

// end stops serving.
func (s *served) end() error {
	s.stop()
	return errors.Join(<-s.ended, s.Close())
}
