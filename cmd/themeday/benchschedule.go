package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"themeday"
)

// The schedule's houses: branches of three, and two months of meetings. Spread houses meet on every working day of March; a crowd meets at once.
var (
	spreadAt = time.Date(2026, time.February, 25, 0, 10, 0, 0, benchZone)
	spreadOn = benchDay(16, 0, 10) // from here a day's looks are measured
	crowdAt  = benchDay(8, 8, 58)
)

// spreadMeets gives a branch's meeting: on one of the 21 working days from the 3rd of March on, at one of eight hours.
func spreadMeets(b int) time.Time {
	day := benchDay(3, 9, 0)
	for left := b % 21; left > 0; {
		day = day.AddDate(0, 0, 1)
		if day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
			left--
		}
	}
	return day.Add(time.Duration(b/21%8) * time.Hour)
}

func spreadHouse(branches int) *benchWorld {
	return &benchWorld{branches: branches, members: 3, at: spreadAt, meets: spreadMeets}
}

// crowdHouse meets on the same Friday; its notices are all due in the minute after next.
func crowdHouse(branches int) *benchWorld {
	return &benchWorld{branches: branches, members: 3, at: crowdAt, meets: func(int) time.Time { return benchDay(13, 14, 0) }}
}

func benchSchedule(ctx context.Context, b *bench) error {
	if err := b.crowd(ctx); err != nil {
		return err
	}
	large := spreadHouse(b.size.spread)
	dir, err := b.lay(ctx, large, true)
	if err != nil {
		return err
	}
	if err := b.emptyLooks(ctx, large, dir); err != nil {
		return err
	}
	return b.aDay(ctx, large, dir)
}

// emptyLooks measures a look at a minute in which nothing is due, in a small house and in the large one.
func (b *bench) emptyLooks(ctx context.Context, large *benchWorld, dir string) error {
	small := spreadHouse(b.size.few)
	smallDir, err := b.lay(ctx, small, true)
	if err != nil {
		return err
	}
	var took, few, yard series
	for range benchRounds {
		for _, one := range []struct {
			w    *benchWorld
			dir  string
			took *series
			yard *series
		}{{small, smallDir, &few, nil}, {large, dir, &took, &yard}} {
			if err := b.look(ctx, one.w, one.dir, one.took, one.yard); err != nil {
				return err
			}
		}
	}
	b.beside("schedule.empty-minute", "µs", took, "the bare queries", yard, atMost(1.5))
	b.beside("schedule.empty-minute.flat", "µs", took, "the same with few branches", few, atMost(1.5))
	return nil
}

// look measures empty looks of one house, and the bare queries where a yardstick is wanted.
func (b *bench) look(ctx context.Context, w *benchWorld, from string, took, yard *series) (err error) {
	dir, err := b.again(from)
	if err != nil {
		return err
	}
	h, err := openBench(dir, newBenchNetwork(w.network), false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close(), os.RemoveAll(dir)) }()
	at := w.at.Add(time.Minute)
	if err := h.Advance(ctx, at); err != nil { // what is due by now
		return err
	}
	if next := h.Next(); !next.IsZero() && !next.After(at) {
		return fmt.Errorf("something is due at %s: no minute to look at", next)
	}
	if h.nextPlan.IsZero() { // as after a start: no planning falls into it
		h.nextPlan = at.AddDate(0, 0, 1)
	}
	ns, _, err := each(b.size.looks, func() error { return h.Advance(ctx, at) })
	if err != nil {
		return err
	}
	took.add(ns / 1000)
	if yard == nil {
		return nil
	}
	db, err := sql.Open("sqlite", benchDSN(filepath.Join(dir, "house.db")))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	due, err := db.PrepareContext(ctx, "SELECT key FROM posts WHERE state = 'planned' AND due <= ? ORDER BY due LIMIT 32")
	if err != nil {
		return err
	}
	next, err := db.PrepareContext(ctx, "SELECT due FROM posts WHERE state = 'planned' ORDER BY due LIMIT 1")
	if err != nil {
		return err
	}
	var key string
	ns, _, err = each(b.size.looks, func() error {
		if err := due.QueryRowContext(ctx, at.UTC().Format(claimTime)).Scan(&key); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		return next.QueryRowContext(ctx).Scan(&key)
	})
	yard.add(ns / 1000)
	return err
}

// aDay measures the looks of a day, minute by minute, with all that falls due; beside a plain table with the same posts, claimed by an index.
func (b *bench) aDay(ctx context.Context, w *benchWorld, from string) (err error) {
	dir, err := b.again(from)
	if err != nil {
		return err
	}
	network := newBenchNetwork(w.network)
	h, err := openBench(dir, network, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close(), os.RemoveAll(dir)) }()
	if err := b.upTo(ctx, h, spreadOn); err != nil {
		return err
	}
	var due, planned int
	err = h.Store.View(ctx, func(tx themeday.Tx) error {
		due, planned, err = dueAndPlanned(tx, spreadOn.Add(minutesADay*time.Minute))
		return err
	})
	if err != nil || due == 0 {
		return errors.Join(err, fmt.Errorf("%d posts of %d are due on the day", due, planned))
	}
	sent := network.posts.Load()
	bar := b.progress(minutesADay, "a day's looks")
	defer bar.done()
	used, _ := cpuTime()
	began := time.Now()
	for minute := range minutesADay {
		if err := errors.Join(h.Advance(ctx, spreadOn.Add(time.Duration(minute)*time.Minute)), ctx.Err()); err != nil {
			return err
		}
		bar.set(minute + 1)
	}
	took := time.Since(began)
	now, told := cpuTime()
	y, err := newClaims(ctx, b, planned)
	if err != nil {
		return err
	}
	yardTook, yardCPU, err := y.day(ctx, due)
	if err = errors.Join(err, y.close()); err != nil {
		return err
	}
	b.tell("schedule.day.planned", "posts", series{float64(planned)}, nil)
	b.tell("schedule.day.due", "posts", series{float64(due)}, nil)
	b.tell("schedule.day.sent", "posts", series{float64(network.posts.Load() - sent)}, nil)
	b.beside("schedule.day", "s", series{took.Seconds()}, "indexed claim", series{yardTook.Seconds()}, nil)
	if told {
		b.beside("schedule.day.cpu", "s", series{(now - used).Seconds()}, "indexed claim", series{yardCPU.Seconds()}, atMost(1.3))
	} else {
		b.skip("schedule.day.cpu", "s", "this system does not tell what a process uses")
	}
	return nil
}

const minutesADay = 24*60 - 6 // the daily planning is measured by itself

// upTo drops what an earlier day would have said, so that a day is measured by itself.
func (b *bench) upTo(ctx context.Context, h *House, at time.Time) error {
	err := h.Store.Update(ctx, func(tx themeday.Tx) error {
		old, err := tx.PlannedPosts(at.Add(-time.Minute))
		if err != nil {
			return err
		}
		for _, p := range old {
			p.State, p.Note = themeday.Dropped, themeday.ExpiredNote
			if err := tx.MarkPost(p); err != nil {
				return err
			}
		}
		return nil
	})
	h.nextPlan = at.AddDate(0, 0, 1)
	return err
}

// crowd measures the first planning of a house of many branches, beside putting as many posts into a plain table in one go; and the minute in which
// every branch has its notice due. It is measured once, for it takes long.
func (b *bench) crowd(ctx context.Context) (err error) {
	w := crowdHouse(b.size.branches)
	dir, err := b.lay(ctx, w, false)
	if err != nil {
		return err
	}
	network := newBenchNetwork(w.network)
	h, err := openBench(dir, network, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close(), os.RemoveAll(dir)) }()
	bar := b.progress(-1, "planning, and all due at once")
	defer bar.done()
	began := time.Now()
	if err := h.plan(ctx, w.at); err != nil {
		return err
	}
	took := time.Since(began)
	at := crowdAt.Add(2 * time.Minute)
	var due, planned int
	err = h.Store.View(ctx, func(tx themeday.Tx) error {
		due, planned, err = dueAndPlanned(tx, at)
		return err
	})
	if err != nil || due == 0 {
		return errors.Join(err, errors.New("nothing is due at once"))
	}
	y, err := newClaims(ctx, b, planned)
	if err != nil {
		return err
	}
	b.tell("schedule.plan.branches", "branches", series{float64(w.branches)}, nil)
	b.tell("schedule.plan.posts", "posts", series{float64(planned)}, nil)
	b.beside("schedule.plan", "s", series{took.Seconds()}, "as many plain inserts", series{y.filled.Seconds()}, nil)
	b.tell("schedule.plan.a-branch", "ms", series{took.Seconds() * 1000 / float64(w.branches)}, nil)
	began = time.Now()
	if err := h.Advance(ctx, at); err != nil {
		return errors.Join(err, y.close())
	}
	took = time.Since(began)
	yard, err := y.atOnce(ctx, due)
	if err = errors.Join(err, y.close()); err != nil {
		return err
	}
	b.tell("schedule.at-once.due", "posts", series{float64(due)}, nil)
	b.tell("schedule.at-once.sent", "posts", series{float64(network.posts.Load())}, nil)
	b.beside("schedule.at-once", "s", series{took.Seconds()}, "indexed claim", series{yard.Seconds()}, atMost(1.3))
	return nil
}

// dueAndPlanned counts the posts that are due by an instant, and all that wait.
func dueAndPlanned(tx themeday.Tx, at time.Time) (due, planned int, err error) {
	now, err := tx.PlannedPosts(at)
	if err != nil {
		return 0, 0, err
	}
	all, err := tx.PlannedPosts(at.AddDate(10, 0, 0))
	return len(now), len(all), err
}
