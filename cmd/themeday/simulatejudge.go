package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"themeday"
	"themeday/bot"
)

// breach is a promise that was not kept.
type breach struct {
	Rule string    `json:"rule"`
	What string    `json:"what"`
	At   time.Time `json:"at"`
}

// judge holds what the program does against what it promises.
type judge struct {
	w     *world
	found *breach

	said     map[themeday.MessageID]bool // what people said
	aside    map[themeday.MessageID]bool // what the program could not cope with, and said so
	claimed  themeday.Post               // the post that is being sent
	part     int                         // of it
	out      map[string]int              // how often a part of a post went out, by key and part
	ordered  map[string]int              // how often the operator had a post sent again
	head     themeday.Head               // of the chain, as it was acknowledged last
	there    map[string]bool             // facts that the ledger tells of, by kind and key
	signed   map[string]bool             // who must be signed in
	undone   map[string]bool             // whose sign-in was taken back
	touched  map[themeday.ActivityID]bool
	branches map[themeday.BranchID]bool

	moved bool // a backup was restored since the last start

	entries, posts int
	looks, seldom  int // every so manyth look compares what is remembered; 0: every one
}

func newJudge(w *world) *judge {
	return &judge{
		w: w, said: map[themeday.MessageID]bool{}, aside: map[themeday.MessageID]bool{}, out: map[string]int{}, ordered: map[string]int{}, there: map[string]bool{}, signed: map[string]bool{}, undone: map[string]bool{},
		touched: map[themeday.ActivityID]bool{}, branches: map[themeday.BranchID]bool{},
	}
}

// finds keeps the first finding.
func (j *judge) finds(rule, format string, args ...any) {
	if j.found == nil {
		j.found = &breach{Rule: rule, What: fmt.Sprintf(format, args...), At: j.w.now}
	}
}

// secretMark stands in everything that no group may read: reasons, remarks, objections, studies.
const secretMark = "暗语"

// hear hears everything that goes out.
func (j *judge) hear(out bot.Outgoing) {
	if !out.Private {
		all := out.Text
		if data, err := json.Marshal(out.Data); err == nil {
			all += string(data)
		}
		for _, f := range out.Files {
			all += f.Name
		}
		if at := strings.Index(all, secretMark); at >= 0 {
			j.finds("privacy", "%s in the group %s tells what is private: …%s", out.Kind, out.Name, cutText(all[at:], 60))
		}
	}
	if out.Kind == themeday.ReplyKind {
		return
	}
	j.posts++
	part := fmt.Sprintf("%s#%d", j.claimed.Key, j.part)
	j.part++
	j.out[part]++
	switch {
	case j.claimed.Key == "" || j.claimed.Kind != out.Kind:
		j.finds("claimed", "a post of kind %s went out that was not claimed", out.Kind)
	case j.out[part] > 1+j.ordered[j.claimed.Key]:
		j.finds("twice", "the post %s went out twice (part %d)", j.claimed.Key, j.part)
	}
	if out.Kind == themeday.Attendance {
		j.attendance(out)
	}
}

func cutText(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// claims hears which post is about to be sent.
func (j *judge) claims(p themeday.Post) { j.claimed, j.part = p, p.Said }

// setAside hears which message could not be coped with. That is allowed only where the disk was to blame.
func (j *judge) setAside(m themeday.Message, why string) {
	j.aside[m.ID] = true
	if !j.w.troubles.hurt && !j.w.troubles.killed {
		j.finds("aside", "message %s was set aside (%s): %s", m.ID, why, strings.Join(j.w.log.last(3), " | "))
	}
}

// attendance holds the figures of a post against the facts.
func (j *judge) attendance(out bot.Outgoing) {
	data, err := json.Marshal(out.Data)
	var said struct {
		Activity                            themeday.ActivityID
		Due, Present, Remote, Leave, Absent int
	}
	if err == nil {
		err = json.Unmarshal(data, &said)
	}
	if err != nil {
		j.finds("simulator", "attendance: %v", err)
		return
	}
	j.view(func(tx themeday.Tx) error {
		c, err := j.count(tx, said.Activity)
		if got := (figuresOf{said.Due, said.Present, said.Remote, said.Leave, said.Absent}); err == nil && got != c {
			j.finds("tally", "the attendance of %s says %+v, the facts say %+v", said.Activity, got, c)
		}
		return err
	})
}

// figuresOf are the figures of an attendance.
type figuresOf struct{ due, present, remote, leave, absent int }

// count counts the facts of an activity anew, without the program's own tally.
func (j *judge) count(tx themeday.Tx, id themeday.ActivityID) (c figuresOf, err error) {
	a, there, err := tx.Activity(id)
	if err != nil || !there {
		return c, err
	}
	roster, err := tx.Roster(a.Branch, j.w.house.Desk.Day(a.Starts))
	if err != nil {
		return c, err
	}
	signins, err := tx.SignIns(id)
	if err != nil {
		return c, err
	}
	leaves, err := tx.Leaves(id)
	if err != nil {
		return c, err
	}
	for _, m := range roster {
		if m.Category != themeday.Formal && m.Category != themeday.Probationary {
			continue
		}
		c.due++
		in, remote, off := false, false, false
		for _, s := range signins {
			if s.Person == m.ID {
				in, remote = true, s.How == themeday.Remote
			}
		}
		for _, l := range leaves {
			if l.Person == m.ID {
				off = l.State == themeday.LeaveGranted || l.State == themeday.LeaveAsked && !l.Late
			}
		}
		switch {
		case remote:
			c.remote++
		case in:
			c.present++
		case off:
			c.leave++
		default:
			c.absent++
		}
	}
	return c, nil
}

// view reads what is committed, past everything that may happen to the process.
func (j *judge) view(do func(themeday.Tx) error) {
	if j.w.house == nil {
		return
	}
	if err := j.w.house.Store.View(context.Background(), do); err != nil {
		j.finds("read", "%v", err)
	}
}

// marked is the operator's log. Nothing that people wrote may stand in it.
type marked struct {
	mu    sync.Mutex
	lines []string
	leak  string
}

// Enabled implements slog.Handler.
func (l *marked) Enabled(context.Context, slog.Level) bool { return true }

// Handle implements slog.Handler.
func (l *marked) Handle(_ context.Context, r slog.Record) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	line := r.Message
	r.Attrs(func(a slog.Attr) bool {
		line += " " + a.String()
		return true
	})
	if strings.Contains(line, secretMark) {
		l.leak = line
	}
	if l.lines = append(l.lines, r.Level.String()+" "+line); len(l.lines) > 40 {
		l.lines = l.lines[1:]
	}
	return nil
}

// WithAttrs implements slog.Handler.
func (l *marked) WithAttrs([]slog.Attr) slog.Handler { return l }

// WithGroup implements slog.Handler.
func (l *marked) WithGroup(string) slog.Handler { return l }

// last are the last lines.
func (l *marked) last(n int) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lines[max(0, len(l.lines)-n):]
}
