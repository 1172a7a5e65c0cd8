package main

import (
	"bytes"
	"context"
	"log/slog"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
	"themeday/bot"
	"themeday/bot/simnet"
)

func TestABrokenConfigurationOrTemplateKeepsTheOldOne(t *testing.T) {
	s := newScene(t)
	s.planned()
	if err := os.MkdirAll(s.path("texts"), 0o700); err != nil {
		t.Fatal(err)
	}
	const good = "database: d.db\ntemplates: texts\nrules: {reminder_days: 1}\n"
	s.write(configFile, good)
	config, err := LoadConfig(s.path(configFile))
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	now := s.at("2026-03-06 12:00")
	h, err := OpenHouse(config, simnet.New(1), rand.NewChaCha8([32]byte{1}), slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	var alerts []string
	l := &Live{House: h, Now: func() time.Time { return now }, Load: func() (Config, error) { return LoadConfig(s.path(configFile)) }, Alert: func(what string) { alerts = append(alerts, what) }}
	reminder := func() string {
		t.Helper()
		items, err := h.Agenda(context.Background(), now, now.AddDate(0, 0, 20))
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(items, func(i AgendaItem) bool { return i.Kind == themeday.Reminder })
		if i < 0 {
			return "none"
		}
		return items[i].At.Format("01-02 15:04")
	}
	if got := reminder(); got != "03-12 17:00" {
		t.Fatal("at first", got)
	}
	for _, c := range []struct{ name, config, template, want string }{
		{"an unknown key", "database: d.db\ncolour: red\n", "", "unknown field"},
		{"a wrong expression", "database: d.db\nschedule: {reminder: \"99 * * * *\"}\n", "", "schedule.reminder"},
		{"a folder that is gone", "database: d.db\ntemplates: nowhere\n", "", "is no folder"},
		{"a broken template", good, "{{.Nonsense", "notice.md"},
		{"a template that names what is not there", good, "{{.Nonsense}}", "notice.md"},
		{"no file at all", "", "", "read the configuration"},
	} {
		log.Reset()
		alerts = nil
		s.write(configFile, c.config)
		if c.config == "" {
			if err := os.Remove(s.path(configFile)); err != nil {
				t.Fatal(err)
			}
		}
		if c.template != "" {
			s.write("texts/notice.md", c.template)
		}
		l.reload(context.Background())
		if !strings.Contains(log.String(), "the old ones hold") || !strings.Contains(log.String(), c.want) || len(alerts) != 1 {
			t.Errorf("%s: alerts %v, log %s", c.name, alerts, &log)
		}
		if got := reminder(); got != "03-12 17:00" {
			t.Errorf("%s: the reminder is at %s", c.name, got)
		}
	}
	log.Reset()
	if err := os.Remove(s.path("texts/notice.md")); err != nil {
		t.Fatal(err)
	}
	s.write(configFile, "database: other.db\ntimezone: UTC\nrules: {reminder_days: 2}\nschedule: {reminder: \"30 16 * * *\"}\n")
	l.reload(context.Background())
	if got := reminder(); got != "03-11 16:30" {
		t.Errorf("after the change the reminder is at %s\n%s", got, &log)
	}
	for _, want := range []string{"read anew", "timezone, database"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %q: %s", want, &log)
		}
	}
	if h.Config.Database != s.path("d.db") || h.Config.Timezone != "Asia/Shanghai" {
		t.Errorf("%s in %s", h.Config.Database, h.Config.Timezone)
	}
}

// played is a house by a clock that goes as the test likes.
type played struct {
	*House
	t   *testing.T
	net *simnet.Network
}

func (p *played) look(at time.Time) {
	p.t.Helper()
	p.net.Tick(at)
	if err := p.Advance(context.Background(), at); err != nil {
		p.t.Fatal(err)
	}
}

func TestAClockThatJumpsAndAZoneThatChangesRepeatNoPost(t *testing.T) {
	s := newScene(t)
	s.planned()
	sent := map[string]int{}
	jump := func(zone string, clocks ...string) {
		t.Helper()
		s.write(configFile, "database: d.db\ntimezone: "+zone+"\n")
		config, err := LoadConfig(s.path(configFile))
		if err != nil {
			t.Fatal(err)
		}
		p := &Player{Config: config, Name: "jump", Dir: s.dir, Log: slog.New(slog.DiscardHandler), net: simnet.New(1), rnd: rand.NewChaCha8([32]byte{1}), now: s.at(clocks[0])}
		p.net.OnSend = func(at time.Time, out bot.Outgoing) {
			if out.Kind != themeday.ReplyKind {
				sent[string(out.Kind)+" ["+out.Name+"]"]++
			}
		}
		p.net.Tick(p.now)
		if err := p.open(context.Background()); err != nil {
			t.Fatal(err)
		}
		for _, clock := range clocks {
			h := &played{House: p.house, t: t, net: p.net}
			for range 3 {
				h.look(s.at(clock))
			}
		}
		if err := p.house.Close(); err != nil {
			t.Fatal(err)
		}
	}
	jump("Asia/Shanghai", "2026-03-07 09:00", "2026-03-08 09:00", "2026-03-07 09:00", "2026-03-08 09:00", "2026-03-08 10:00")
	jump("Asia/Tokyo", "2026-03-08 08:00", "2026-03-08 09:00", "2026-03-08 10:00", "2026-03-12 17:00")
	jump("America/New_York", "2026-03-08 22:00", "2026-03-12 17:00")
	jump("Asia/Shanghai", "2026-03-12 16:00", "2026-03-12 17:00", "2026-03-12 18:00", "2026-03-10 18:00", "2026-03-12 18:00")
	for _, post := range []string{"notice [第一支部]", "reminder [第一支部]", "forecast [王强]"} {
		if sent[post] != 1 {
			t.Errorf("%s went out %d times; all: %v", post, sent[post], sent)
		}
	}
}

func TestAClockThatRanAheadLosesNoPost(t *testing.T) {
	s := newScene(t)
	s.planned()
	if posts := s.plays("2026-03-06 09:00 wait\n"); len(posts) > 0 && strings.HasPrefix(posts[0], "notice") {
		t.Fatal(posts)
	}
	config, err := LoadConfig(s.path(configFile))
	if err != nil {
		t.Fatal(err)
	}
	p := &Player{Config: config, Name: "ahead", Dir: s.dir, Log: slog.New(slog.DiscardHandler), net: simnet.New(1), rnd: rand.NewChaCha8([32]byte{1}), now: s.at("2026-03-06 10:00")}
	var kinds []string
	p.net.OnSend = func(at time.Time, out bot.Outgoing) { kinds = append(kinds, string(out.Kind)) }
	p.net.Tick(p.now)
	if err := p.open(context.Background()); err != nil {
		t.Fatal(err)
	}
	defer p.house.Close()
	h := &played{House: p.house, t: t, net: p.net}
	h.look(s.at("2026-03-15 10:00")) // nine days ahead: the notice would be of no use any more
	kinds = nil
	for _, clock := range []string{"2026-03-06 10:05", "2026-03-07 00:06", "2026-03-08 09:00"} {
		h.look(s.at(clock))
	}
	if !slices.Contains(kinds, "notice") {
		t.Errorf("the notice is lost; said: %v", kinds)
	}
}
