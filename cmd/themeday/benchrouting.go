package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"runtime"
	"time"

	"themeday"
	"themeday/commands"
)

// nowhere is a store that does nothing, so that routing alone is measured: reading the text, the limits of answers, and which command is meant.
type nowhere struct{}

func (nowhere) View(context.Context, func(themeday.Tx) error) error   { return nil }
func (nowhere) Update(context.Context, func(themeday.Tx) error) error { return nil }

// bareSwitch is the least that routing can be: a switch over the text as it stands.
//
//go:noinline
func bareSwitch(text string) int {
	switch text {
	case "签到", "到":
		return 1
	case "请假":
		return 2
	case "下一步":
		return 3
	case "名单":
		return 4
	case "我的":
		return 5
	case "帮助":
		return 6
	}
	return 0
}

// benchRouting measures what a text costs before anything is done for it.
func benchRouting(ctx context.Context, b *bench) error {
	r := commands.New(commands.Router{
		Store: nowhere{}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Limits: commands.Limits{Person: 1 << 40, Group: 1 << 40, Window: time.Hour, Strange: time.Hour},
	})
	message := func(text string) themeday.Message {
		return themeday.Message{ID: "m", Account: benchAccount, At: stormAt, Chat: "@@group", Group: "第一支部", From: themeday.Sighting{ID: "@person", Card: "王强", Nick: "王强"}, Text: text}
	}
	before := message("早")
	before.At = before.At.Add(-time.Hour) // what is asked of the first minutes is over
	if _, err := r.Handle(ctx, before); err != nil {
		return err
	}
	for _, c := range []struct {
		name, text string
		within     *benchTarget
		without    *benchTarget
	}{
		{"talk", "大家下午好", atMost(50), atMost(0)},
		{"long-talk", chatter[len(chatter)-1], nil, nil},
		{"traditional-talk", "請大家把上個月的心得體會發到我郵箱", nil, nil},
		{"command", "签到", atMost(1000), nil},
		{"decorated-command", "@党建助手\u2005 請假：發燒 🙏", nil, nil},
	} {
		m := message(c.text)
		var took, yard, allocations series
		for range benchRounds {
			if err := ctx.Err(); err != nil {
				return err
			}
			ns, _, _ := each(b.size.routed*50, func() error {
				if bareSwitch(m.Text) < 0 {
					return errors.New("no text is less than none")
				}
				return nil
			})
			yard.add(ns)
			ns, mallocs, err := each(b.size.routed, func() error { _, err := r.Handle(ctx, m); return err })
			if err != nil {
				return err
			}
			took.add(ns)
			allocations.add(mallocs)
		}
		b.tell("routing."+c.name, "ns", took, c.within)
		b.beside("routing."+c.name+".switch", "ns", took, "bare switch", yard, nil)
		b.tell("routing."+c.name+".allocations", "allocations", allocations, c.without)
	}
	return nil
}

// each gives what one of n jobs took in ns and how often it allocated.
func each(n int, job func() error) (ns, allocations float64, err error) {
	if err := job(); err != nil { // what is made once is made before
		return 0, 0, err
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	for range n {
		if err := job(); err != nil {
			return 0, 0, err
		}
	}
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	return float64(took.Nanoseconds()) / float64(n), float64((after.Mallocs-before.Mallocs)*100/uint64(n)) / 100, nil
}
