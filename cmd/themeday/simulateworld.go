package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"themeday"
	"themeday/bot"
	"themeday/bot/simnet"
	"themeday/storage"
	"themeday/templates"
)

// world is one house under simulation: the same program as in `run`, on a simulated clock and network, and all that is done to it. What happens
// follows from the deeds alone: the same deeds give the same run.
type world struct {
	dir    string // for its databases, one folder a life of the process
	files  string // where the sheets and pictures of its people lie
	life   int
	config Config
	log    *marked
	net    *simnet.Network
	player *Player // puts people on the network
	house  *House  // nil: no process runs
	begun  bool

	now     time.Time // by the world
	skew    time.Duration
	back    time.Time     // when the process is started again
	retry   time.Time     // nothing is looked at before: what the live loop waits after an error
	counted time.Time     // when the groups are looked through again
	looked  time.Time     // when everything is looked through again
	every   time.Duration // that is done
	calm    time.Time     // since when nothing has kept posts from going out
	away    time.Time     // until then the network is out of reach
	outage  time.Duration
	parcels []parcel

	kept     *kept // the last backup; nil: there is none
	troubles troubles
	judge    *judge
	tamper   func(themeday.Tx) themeday.Tx // what a test breaks on purpose; nil: nothing

	show *Transcript // nil: nobody watches

	steps, lives, injected int
}

// parcel is a message that the network has and the program has not acknowledged.
type parcel struct {
	id    themeday.MessageID
	at    time.Time // when it is delivered, again
	again bool
}

// crashed is how a simulated process ends: by a panic that nobody in the program may catch.
type crashed struct{}

// newWorld makes an empty world in a folder of its own.
func newWorld(dir string, config Config, at time.Time) (*world, error) {
	w := &world{dir: dir, config: config, log: &marked{}, net: simnet.New(1), now: at, calm: at, every: 24 * time.Hour}
	w.judge = newJudge(w)
	w.net.OnSend = func(at time.Time, out bot.Outgoing) {
		if w.show != nil {
			w.show.Out(at, out)
		}
		w.judge.hear(out)
	}
	w.config.Retention = simulatedRetention
	w.config.scratch, w.config.chance = true, rand.NewChaCha8([32]byte{2})
	w.config.around = func(s *storage.Store) themeday.Store { return &troubledStore{w, s} }
	w.player = &Player{Config: w.config, net: w.net, rnd: rand.NewChaCha8([32]byte{1})}
	w.net.Tick(at)
	var err error
	if w.config.texts == nil { // once, for all lives
		w.config.texts, err = templates.LoadPosts(config.Templates)
	}
	return w, errors.Join(err, os.MkdirAll(w.home(), 0o700))
}

// home is the folder of the present life's database.
func (w *world) home() string { return filepath.Join(w.dir, fmt.Sprintf("life-%d", w.life)) }

// clock is what the machine's clock shows.
func (w *world) clock() time.Time { return w.now.Add(w.skew) }

// over tells whether something was found.
func (w *world) over() bool { return w.judge.found != nil }

// close takes everything away but the folder itself.
func (w *world) close() {
	if w.house != nil {
		_ = w.house.Close()
		w.house = nil
	}
}

// run lets the program do something and tells whether it lived through it. A panic of the program itself is a finding.
func (w *world) run(what string, do func(context.Context) error) (err error, lived bool) { //nolint:revive,staticcheck // lived says whether err counts
	defer func() {
		p := recover()
		if _, ok := p.(crashed); ok {
			w.die()
			err, lived = nil, false
			return
		}
		if p != nil {
			w.judge.finds("panic", "%s: %v", what, p)
			lived = true
		}
	}()
	w.troubles.hurt = false
	err = do(context.Background())
	if w.troubles.killed { // somebody caught it: the process is dead all the same
		panic(crashed{})
	}
	if err != nil && !w.troubles.hurt {
		w.judge.finds("error", "%s: %v", what, err)
	}
	return err, true
}

// die is the end of a process. Its database lies in the next life's folder as it was at that instant.
func (w *world) die() {
	if w.house != nil {
		_ = w.house.Close()
		w.house = nil
	}
	_ = os.RemoveAll(w.home())
	w.life++
	w.troubles.killed, w.troubles.narrow = false, false
	w.back, w.retry = w.now.Add(w.outage), time.Time{}
	w.upset(w.back)
}

// image copies the database as a killed process leaves it, with what is committed and what is not.
func (w *world) image() error {
	next := filepath.Join(w.dir, fmt.Sprintf("life-%d", w.life+1))
	if err := os.RemoveAll(next); err != nil {
		return err
	}
	return filepath.WalkDir(w.home(), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := next + strings.TrimPrefix(path, w.home())
		if d.IsDir() {
			return os.MkdirAll(to, 0o700)
		}
		if strings.HasSuffix(path, "-shm") || strings.HasSuffix(path, ".lock") {
			return nil // memory, and whose it was
		}
		return copyWhole(path, to)
	})
}

func copyWhole(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// open starts the process.
func (w *world) open() {
	w.config.Database = filepath.Join(w.home(), "house.db")
	err, lived := w.run("start", func(ctx context.Context) error {
		house, err := OpenHouse(w.config, &door{w.net, w}, w.player.rnd, slog.New(w.log))
		if err != nil {
			return err
		}
		w.house, w.player.house, w.player.now = house, house, w.clock()
		if err := w.player.enlist(ctx); err != nil {
			return err
		}
		if w.begun {
			w.judge.afterStart()
		}
		return house.Start(ctx, w.clock())
	})
	w.lives++
	w.begun, w.counted = true, time.Time{}
	if lived && err != nil { // whoever starts it tries again
		w.close()
		w.back = w.now.Add(time.Minute)
		return
	}
	if lived {
		w.back = time.Time{}
	}
}

// upset notes that something keeps posts from going out until an instant.
func (w *world) upset(until time.Time) {
	if until.After(w.calm) {
		w.calm = until
	}
}

// pass lets time go by.
func (w *world) pass(to time.Time) {
	for same := 0; !w.over(); {
		next := w.next()
		if next.After(to) {
			break
		}
		if next.After(w.now) {
			w.now, same = next, 0
		} else if same++; same > 500 {
			w.judge.finds("stuck", "the schedule does not get past this instant")
			return
		}
		w.net.Tick(w.now)
		w.beat()
	}
	if to.After(w.now) {
		w.now = to
		w.net.Tick(w.now)
	}
}

// next is when something may happen by itself.
func (w *world) next() time.Time {
	next := w.looked
	earlier := func(at time.Time) {
		if !at.IsZero() && at.Before(next) {
			next = at
		}
	}
	if w.away.After(w.now) {
		earlier(w.away)
	}
	if w.house == nil {
		earlier(w.back)
		return latest(next, w.now)
	}
	if w.retry.After(w.now) {
		earlier(w.retry)
		return latest(next, w.now)
	}
	earlier(w.counted)
	if w.troubles.narrow {
		earlier(w.troubles.room)
	}
	for _, p := range w.parcels {
		earlier(latest(p.at, w.away))
	}
	if due := w.house.Next(); !due.IsZero() {
		earlier(due.Add(-w.skew))
	}
	return latest(next, w.now)
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// beat does what has come at this instant.
func (w *world) beat() {
	if t := &w.troubles; t.narrow && !w.now.Before(t.room) {
		if err := w.squeeze(0); err != nil {
			w.judge.finds("simulator", "room again: %v", err)
		}
	}
	if w.house == nil && !w.now.Before(w.back) {
		w.open()
	}
	if w.house != nil && !w.retry.After(w.now) {
		w.census()
	}
	w.deliver()
	w.advance()
	if !w.now.Before(w.looked) {
		w.judge.look(true)
		w.looked = w.now.Add(w.every)
	}
}

// census looks through the groups as the live loop does, every hour and in a new session.
func (w *world) census() {
	if w.now.Before(w.counted) || w.over() {
		return
	}
	err, lived := w.run("census", func(ctx context.Context) error {
		return w.house.facts.Update(ctx, func(tx themeday.Tx) error {
			return w.house.Desk.Census(tx, w.net.Account(), w.net.Directory(), w.clock())
		})
	})
	if w.counted = w.now.Add(6 * time.Hour); err != nil || !lived {
		w.counted = w.now.Add(time.Minute)
	}
}

// advance does what is due.
func (w *world) advance() {
	if w.house == nil || w.over() || w.retry.After(w.now) {
		return
	}
	if err, lived := w.run("advance", func(ctx context.Context) error { return w.house.Advance(ctx, w.clock()) }); lived && err != nil {
		w.retry = w.now.Add(time.Minute)
		w.upset(w.retry)
	}
}

// deliver hands over the messages whose time has come; who is not acknowledged comes again.
func (w *world) deliver() {
	for i := 0; i < len(w.parcels) && w.house != nil && !w.over(); {
		p := w.parcels[i]
		m, there := w.net.Again(p.id)
		if p.at.After(w.now) || w.away.After(w.now) {
			i++
			continue
		}
		if !there { // the network has forgotten it
			w.parcels = slices.Delete(w.parcels, i, i+1)
			continue
		}
		before := w.judge.before(m)
		err, lived := w.run("message "+string(m.ID), func(ctx context.Context) error { return w.house.TakeAt(ctx, m, w.clock()) })
		if !lived || err != nil {
			w.parcels[i].at = w.now.Add(time.Minute)
			return
		}
		w.parcels = slices.Delete(w.parcels, i, i+1)
		w.judge.acknowledged(m, before)
		if i < len(w.parcels) {
			w.judge.look(false)
		}
	}
}
