package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// groupsOfAnAccount is how many groups an account is in at most; the other branches of a large house are reached by other accounts.
const groupsOfAnAccount = 100

// slowStart is from which on a start is measured once.
const slowStart = 20 * time.Second

// benchStart measures a start from nothing to the first answer, in houses of several sizes, in a session that goes on: everybody was seen before.
func benchStart(ctx context.Context, b *bench) error {
	for _, one := range b.size.starts {
		w := &benchWorld{branches: one.branches, members: one.members, at: stormAt, meets: spreadStart}
		if one.branches > 1000 {
			w.seen = groupsOfAnAccount
		}
		dir, err := b.lay(ctx, w, true)
		if err != nil {
			return err
		}
		var took, idle, peak, yard series
		for range benchRounds {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := b.readAll(ctx, dir, &yard); err != nil {
				return err
			}
			if err := b.start(ctx, w, dir, &took, &idle, &peak); err != nil {
				return err
			}
			if took.median() > float64(slowStart.Milliseconds()) {
				break
			}
		}
		name := "start." + one.name
		b.beside(name+".first-answer", "ms", took, "reading people and places", yard, nil)
		b.tell(name+".first-answer.limit", "ms", took, limit(one.within))
		b.tell(name+".idle", "MB", idle, limit(one.idle))
		b.beside(name+".peak", "MB", peak, "idle", idle, atMost(2))
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	return nil
}

// limit is a target of a size, or none.
func limit(v float64) *benchTarget {
	if v == 0 {
		return nil
	}
	return atMost(v)
}

// spreadStart lets the first branch meet now and the others over the month.
func spreadStart(b int) time.Time {
	if b == 0 {
		return benchDay(13, 14, 0)
	}
	return benchDay(16+b%10, 9+b%8, 0)
}

// start measures one start.
func (b *bench) start(ctx context.Context, w *benchWorld, from string, took, idle, peak *series) (err error) {
	dir, err := b.again(from)
	if err != nil {
		return err
	}
	before := resident()
	var h *served
	most, err := peakOf(func() error {
		began := time.Now()
		if h, err = serveBench(ctx, dir, w, stormAt); err != nil {
			return err
		}
		m := w.private(1%w.members, "first", "签到", h.now())
		answered := h.network.answered(m.Chat)
		if err := h.take(ctx, m); err != nil {
			return err
		}
		select {
		case <-answered:
		case <-time.After(time.Minute):
			return errors.New("nobody was answered")
		}
		took.add(float64(time.Since(began).Microseconds()) / 1000)
		return nil
	})
	if h != nil {
		defer func() { err = errors.Join(err, h.end(), os.RemoveAll(dir)) }()
	}
	if err != nil {
		return err
	}
	idle.add(max(b.bare+resident()-before, 1))
	peak.add(max(b.bare+most-before, 1))
	return nil
}

// readAll measures the least that a start can be: the file is opened, and the people and their places are read.
func (b *bench) readAll(ctx context.Context, dir string, yard *series) (err error) {
	began := time.Now()
	db, err := sql.Open("sqlite", benchDSN(filepath.Join(dir, "house.db")))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, query := range []string{"SELECT name FROM people ORDER BY id", "SELECT card FROM memberships ORDER BY branch, number"} {
		rows, err := db.QueryContext(ctx, query)
		if err != nil {
			return fmt.Errorf("read people and places: %w", err)
		}
		for rows.Next() {
			var text sql.NullString
			if err := rows.Scan(&text); err != nil {
				return errors.Join(err, rows.Close())
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
	}
	yard.add(float64(time.Since(began).Microseconds()) / 1000)
	return nil
}
