package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"themeday"
)

func TestTheOperatorPurgesAndHearsWhatWent(t *testing.T) {
	s := newScene(t)
	s.planned()
	before, err := os.ReadFile(s.path("d.db"))
	if err != nil || !bytes.Contains(before, []byte("e1:")) {
		t.Fatal("no sealed reason in the database:", err)
	}
	has := func(out string, words ...string) {
		t.Helper()
		for _, w := range words {
			if !strings.Contains(out, w) {
				t.Errorf("%q lacks %q", out, w)
			}
		}
	}
	has(s.does("2026-04-01 12:00", "doctor"), "ok    retention none yet")
	has(s.does("2026-04-20 12:00", "purge"), "ids of messages, up to 2026-03-20")
	const years = "2028-06-01 12:00"
	has(s.does(years, "doctor"), "note  retention last on 2026-04-20 12:00", "past its time: ", "1 reasons of leaves, and pictures of notes, up to 2026-06-01", "themeday purge now")
	has(s.does(years, "purge", "--dry-run"), "Would be removed: 1 reasons of leaves, and pictures of notes, up to 2026-06-01\n")
	if after, err := os.ReadFile(s.path("d.db")); err != nil || !bytes.Contains(after, []byte("e1:")) {
		t.Error("a dry run removed something")
	}
	has(s.does(years, "purge"), "Removed: 1 reasons of leaves, and pictures of notes, up to 2026-06-01\n")
	if after, err := os.ReadFile(s.path("d.db")); err != nil || bytes.Contains(after, []byte("e1:")) {
		t.Error("the sealed reason is still in the file")
	}
	has(s.does(years, "verify"), "The chain holds")
	has(s.does(years, "doctor"), "ok    retention last on 2028-06-01 12:00: ")
	has(s.does(years, "purge", "--json"), `"dry_run": false`, `"removed": []`, `"unclean": false`)
	has(s.does(years, "purge"), "Nothing is past its time")
	s.does(years, "export", "ledger", "--branch", "第一支部", "--year", "2026", "-o", s.path("l.html"))
	if l, err := os.ReadFile(s.path("l.html")); err != nil || !strings.Contains(string(l), themeday.NoLongerKept) || strings.Contains(string(l), "孩子住院") {
		t.Error("the ledger does not say that the reason is no longer kept")
	}
}

func TestARunningBotPurgesAtItsTimesAndTellsTheLogCountsOnly(t *testing.T) {
	s := newScene(t)
	s.planned()
	h, log := s.house("database: d.db\nretention: {messages: 7, posts: never, cron: \"40 3 1 * *\"}\n")
	var alerts []string
	p := &purges{Alert: func(what string) { alerts = append(alerts, what) }}
	for i, c := range []struct{ clock, hears, says string }{
		{"2026-03-04 12:00", "", ""}, // nothing is past its time
		{"2026-03-20 12:00", "", ""}, // nor is it time
		{"2026-04-01 03:39", "", ""}, // yet
		{"2026-04-01 03:40", "2026-03-31 12:00", "kind=messages count=5 upto=2026-03-24"}, // now
		{"2026-04-01 03:41", "", ""},
		{"2026-05-03 10:00", "2026-05-02 12:00", "kind=messages count=1 upto=2026-04-25"}, // the machine was off: at once
		{"2036-05-03 10:00", "", "nothing was purged"},                                    // the clock is wrong, or nobody is there
		{"2026-05-03 10:01", "", ""},                                                      // it is right again
		{"2028-07-01 10:00", "2028-06-30 10:00", "kind=reasons count=1 upto=2026-07-01"},
	} {
		if c.hears != "" {
			m := themeday.Message{ID: themeday.MessageID(c.hears), Account: "wechat", Chat: "@@g", At: s.at(c.hears)}
			if err := h.Store.Update(context.Background(), func(tx themeday.Tx) error {
				_, err := tx.TakeMessage(m)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		log.Reset()
		p.look(context.Background(), h, s.at(c.clock))
		if got := log.String(); c.says == "" && got != "" || !strings.Contains(got, c.says) {
			t.Errorf("%d, %s: %q, want %q", i, c.clock, got, c.says)
		}
		if strings.Contains(log.String(), "孩子") || strings.Contains(log.String(), "张三") {
			t.Error("a name in the log")
		}
	}
	if len(alerts) > 0 {
		t.Error(alerts)
	}
	if due, err := h.purgeable(context.Background(), s.at("2036-05-03 10:00")); err != nil || strings.Contains(purgedList(due), "texts of posts") {
		t.Error("what is kept for ever is purged:", due, err)
	}
}

func TestTermsThatMakeNoSenseAreRefused(t *testing.T) {
	for _, c := range []struct{ text, says string }{
		{"retention: {messages: 3}", "retention.messages: 3; write whole days from 7 to 36525, 0 for the default, or never"},
		{"retention: {reasons: 1.5}", "retention.reasons: 1.5; write whole days from 90"},
		{"retention: {reasons: -1}", "retention.reasons: -1; write"},
		{"retention: {reasons: ewig}", "retention.reasons: ewig; write"},
		{"retention: {dropped: 30}", "retention.dropped: 30; write whole days from 400"},
		{"retention: {looks: 200}", "retention.looks: who was shown a reason is kept as long as the reason"},
		{"retention: {reasons: never}", "retention.reasons: who was shown a reason is kept as long as the reason"},
		{"retention: {cron: often}", "retention.cron: "},
		{"retention: {votes: 30}", "unknown field"},
		{"retention: {reasons: never, looks: never, messages: 0, codes: 2}", ""},
		{"retention: {reasons: 90, looks: 90}", ""},
		{"retention:\n", ""},
	} {
		_, err := LoadConfig(written(t, configFile, c.text+"\n"))
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s: %v, want %q", c.text, err, c.says)
		}
	}
}
