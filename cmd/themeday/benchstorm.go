package main

import (
	"context"
	bytes4 "encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"themeday"
)

// inFlight is how many messages are on their way at a time when a storm saturates the house.
const inFlight = 64

// stormAt is five minutes before all branches meet.
var stormAt = benchDay(13, 13, 55)

// storm is what the rounds of a sign-in storm gave.
type storm struct {
	rate, cpu, p50, p99, alone map[string]*series // by who
	groups, commits, one       series             // of the house alone
	idle, peak                 series
}

// The yardsticks of a storm, and the house.
const (
	byFsync  = "append + fsync"
	byInsert = "prepared insert"
	byGorm   = "plain gorm"
	byGroup  = "plain group commit"
	byMemory = "group commit, roster in memory"
	byHouse  = "house"
)

// put adds a round's value.
func put(to map[string]*series, who string, v float64) {
	if to[who] == nil {
		to[who] = &series{}
	}
	to[who].add(v)
}

// stormed is a house for storms: everybody can sign in, and nobody has.
func (b *bench) stormed(ctx context.Context, messages int) (*benchWorld, string, error) {
	const members = 30
	w := &benchWorld{branches: (messages + members - 1) / members, members: members, at: stormAt, meets: func(int) time.Time { return benchDay(13, 14, 0) }}
	dir, err := b.lay(ctx, w, true)
	return w, dir, err
}

func benchStorm(ctx context.Context, b *bench) error {
	z := b.size
	w, template, err := b.stormed(ctx, z.saturated+z.offered+z.alone+z.groups)
	if err != nil {
		return err
	}
	out := storm{map[string]*series{}, map[string]*series{}, map[string]*series{}, map[string]*series{}, map[string]*series{}, nil, nil, nil, nil, nil}
	bar := b.progress(benchRounds*2, "sign-in storm")
	defer bar.done()
	for round := range benchRounds {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := b.stormYardsticks(ctx, &out); err != nil {
			return fmt.Errorf("yardsticks: %w", err)
		}
		bar.set(2*round + 1)
		if err := b.stormHouse(ctx, w, template, &out); err != nil {
			return err
		}
		bar.set(2*round + 2)
	}
	bar.done()
	b.stormFigures(out)
	return nil
}

// stormYardsticks measures every yardstick once.
func (b *bench) stormYardsticks(ctx context.Context, out *storm) (err error) {
	z := b.size
	dir, err := b.folder()
	if err != nil {
		return err
	}
	saturated := func(who string, from int, job func(int) error) {
		if err == nil {
			var l load
			l, err = saturate(z.saturated, inFlight, func(i int) error { return job(from + i) })
			put(out.rate, who, l.rate)
			put(out.cpu, who, l.cpu)
		}
	}
	disk, err := newFsyncs(dir)
	if err != nil {
		return err
	}
	saturated(byFsync, 0, disk.do)
	err = errors.Join(err, disk.f.Close())
	all := z.saturated + z.offered + z.alone
	single, opened := newPlain(ctx, dir, "single", all)
	if err = errors.Join(err, opened); err != nil {
		return err
	}
	var p50, p99 float64
	one, err := saturate(z.alone, 1, single.alone)
	if err == nil {
		p50, p99, err = offered(z.offered, 200, func(i int) error { return single.alone(z.alone + i) })
	}
	put(out.alone, byInsert, one.rate)
	put(out.p50, byInsert, p50)
	put(out.p99, byInsert, p99)
	saturated(byInsert, z.alone+z.offered, single.alone)
	if err = errors.Join(err, single.close()); err != nil {
		return err
	}
	orm, err := newOrmed(dir, "single")
	if err != nil {
		return err
	}
	saturated(byGorm, 0, orm.do)
	err = errors.Join(err, orm.close())
	for _, who := range []string{byGroup, byMemory} {
		group, opened := newPlain(ctx, dir, map[string]string{byGroup: "group", byMemory: "memory"}[who], all)
		if err = errors.Join(err, opened); err != nil {
			return err
		}
		if who == byMemory {
			group.remember(all)
		}
		group.collect()
		saturated(who, 0, group.together)
		err = errors.Join(err, group.close())
	}
	return errors.Join(err, os.RemoveAll(dir))
}

// stormHouse measures the house once, in a copy of the template.
func (b *bench) stormHouse(ctx context.Context, w *benchWorld, template string, out *storm) (err error) {
	z := b.size
	dir, err := b.again(template)
	if err != nil {
		return err
	}
	before := resident()
	h, err := serveBench(ctx, dir, w, stormAt)
	if err != nil {
		return err
	}
	commits := newCommits(dir)
	defer func() {
		err = errors.Join(err, h.end())
		commits.close()
		err = errors.Join(err, os.RemoveAll(dir))
	}()
	if err := h.take(ctx, w.inGroup(0, "first", "大家好", h.now())); err != nil { // the census of a new session is not the storm's
		return err
	}
	out.idle.add(max(b.bare+resident()-before, 1))
	at := 0
	says := func(group bool) func(int) error {
		from := at
		return func(i int) error {
			said := w.private
			if group {
				said = w.inGroup
			}
			return h.take(ctx, said(from+i, fmt.Sprintf("message-%d", from+i), "签到", h.now()))
		}
	}
	counted := commits.now()
	l, err := saturate(z.alone, 1, says(false))
	if err != nil {
		return err
	}
	put(out.alone, byHouse, l.rate)
	if now := commits.now(); counted >= 0 && now > counted {
		out.one.add(float64(now-counted) / float64(z.alone))
	}
	at += z.alone
	p50, p99, err := offered(z.offered, 200, says(false))
	if err != nil {
		return err
	}
	put(out.p50, byHouse, p50)
	put(out.p99, byHouse, p99)
	at += z.offered
	counted = commits.now()
	most, err := peakOf(func() (err error) { l, err = saturate(z.saturated, inFlight, says(false)); return err })
	if err != nil {
		return err
	}
	put(out.rate, byHouse, l.rate)
	put(out.cpu, byHouse, l.cpu)
	out.peak.add(max(b.bare+most-before, 1))
	if now := commits.now(); counted >= 0 && now > counted {
		out.commits.add(float64(now-counted) / float64(z.saturated))
	}
	at += z.saturated
	if l, err = saturate(z.groups, inFlight, says(true)); err != nil {
		return err
	}
	out.groups.add(l.rate)
	return h.complete(ctx, w, at+z.groups, at)
}

// complete fails unless everybody who said so is signed in and everybody who said so in private was answered.
func (s *served) complete(ctx context.Context, w *benchWorld, signed, answered int) error {
	n := 0
	err := s.Store.View(ctx, func(tx themeday.Tx) error {
		for b := range w.branches {
			id := themeday.ActivityOf(themeday.BranchID(benchBranchName(b)), themeday.DateOf(w.meets(b), benchZone).MonthOf())
			all, err := tx.SignIns(id)
			if err != nil {
				return err
			}
			n += len(all)
		}
		return nil
	})
	if err == nil && (n != signed || s.network.answers.Load() < int64(answered)) {
		err = fmt.Errorf("%d signed in and %d were answered, of %d and %d", n, s.network.answers.Load(), signed, answered)
	}
	return err
}

func (b *bench) stormFigures(out storm) {
	of := func(from map[string]*series, who string) series { return *from[who] }
	rate := of(out.rate, byHouse)
	b.beside("storm.saturated", "sign-ins/s", rate, byFsync, of(out.rate, byFsync), atLeast(2.5))
	b.beside("storm.saturated.insert", "sign-ins/s", rate, byInsert, of(out.rate, byInsert), nil)
	b.beside("storm.saturated.gorm", "sign-ins/s", rate, byGorm, of(out.rate, byGorm), nil)
	b.beside("storm.saturated.group", "sign-ins/s", rate, byGroup, of(out.rate, byGroup), atLeast(0.85))
	b.beside("storm.saturated.memory", "sign-ins/s", rate, byMemory, of(out.rate, byMemory), atLeast(0.7))
	b.beside("storm.in-groups", "sign-ins/s", out.groups, byFsync, of(out.rate, byFsync), nil)
	b.beside("storm.one-in-flight", "sign-ins/s", of(out.alone, byHouse), byInsert, of(out.alone, byInsert), atLeast(0.9))
	b.beside("storm.p50-at-200", "ms", of(out.p50, byHouse), byInsert, of(out.p50, byInsert), atMost(1.2))
	b.beside("storm.p99-at-200", "ms", of(out.p99, byHouse), byInsert, of(out.p99, byInsert), atMost(1.3))
	if _, told := cpuTime(); told {
		b.beside("storm.cpu", "µs/message", of(out.cpu, byHouse), byGorm, of(out.cpu, byGorm), atMost(0.25))
		b.beside("storm.cpu.group", "µs/message", of(out.cpu, byHouse), byGroup, of(out.cpu, byGroup), nil)
	} else {
		b.skip("storm.cpu", "µs/message", "this system does not tell what a process uses")
	}
	if len(out.commits) > 0 && len(out.one) > 0 {
		b.tell("storm.commits-saturated", "commits/message", out.commits, atMost(0.05))
		b.tell("storm.commits-alone", "commits/message", out.one, atMost(1))
	} else {
		b.skip("storm.commits-saturated", "commits/message", "the database's counter could not be read")
	}
	b.tell("storm.idle", "MB", out.idle, nil)
	b.beside("storm.peak", "MB", out.peak, "idle", out.idle, atMost(2))
}

// commits counts the transactions of a database by the counter in SQLite's own index of its log (iChange, at byte 8 of FILE-shm). With synchronous
// FULL every commit is one sync; checkpoints come on top. The file stays open until the database is closed: to close it earlier would drop locks.
type commits struct{ f *os.File }

func newCommits(dir string) commits {
	f, err := os.Open(filepath.Join(dir, "house.db-shm"))
	if err != nil {
		return commits{}
	}
	return commits{f}
}

// now is the counter; negative where it cannot be read.
func (c commits) now() int64 {
	var b [4]byte
	if c.f == nil {
		return -1
	}
	if _, err := c.f.ReadAt(b[:], 8); err != nil {
		return -1
	}
	return int64(bytes4.NativeEndian.Uint32(b[:]))
}

func (c commits) close() {
	if c.f != nil {
		_ = c.f.Close()
	}
}
