package main

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"testing"
)

func TestAServingHouseWalksItsLedgerOnceADay(t *testing.T) {
	s := newScene(t)
	s.planned()
	h, log := s.house("database: d.db\n")
	other, err := sql.Open("sqlite", s.path("d.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	var alerts []string
	p := &prover{Alert: func(what string) { alerts = append(alerts, strings.SplitN(what, ":", 2)[0]) }}
	for _, c := range []struct {
		clock, deed, said string
		alerts            []string
	}{
		{clock: "2026-03-05 12:00"},
		{clock: "2026-03-05 12:10", said: "the ledger is whole"},
		{clock: "2026-03-05 20:00"},
		{clock: "2026-03-06 12:10", said: "the ledger is whole"},
		{
			clock: "2026-03-07 12:10", deed: "UPDATE entries SET verb = 'x' WHERE seq = 1",
			said: "altered from outside", alerts: []string{"the ledger was altered from outside"},
		},
		{
			clock: "2026-03-08 12:10", deed: "UPDATE people SET name = '某' WHERE id = 1",
			said: "altered from outside", alerts: []string{"the ledger was altered from outside"},
		},
	} {
		log.Reset()
		alerts = nil
		if _, err := other.Exec(c.deed); err != nil {
			t.Fatal(err)
		}
		p.look(context.Background(), h, s.at(c.clock))
		if !strings.Contains(log.String(), c.said) || c.said == "" && log.Len() > 0 {
			t.Errorf("%s: the log says %q, want %q", c.clock, log, c.said)
		}
		if !slices.Equal(alerts, c.alerts) {
			t.Errorf("%s: alerts %q, want %q", c.clock, alerts, c.alerts)
		}
	}
}

func TestALedgerThatWasMadeAnewIsNotTakenForTheOldOne(t *testing.T) {
	s := newScene(t)
	s.planned()
	h, _ := s.house("database: d.db\n")
	var alerts []string
	p := &prover{Alert: func(what string) { alerts = append(alerts, what) }, last: s.at("2026-03-01 00:00"), head: "0000-0000-0000"}
	p.look(context.Background(), h, s.at("2026-03-05 12:00"))
	if len(alerts) != 1 || !strings.Contains(alerts[0], "made anew") {
		t.Errorf("alerts %q", alerts)
	}
}

func TestAStartThatFindsTheChainTakenAwaySaysSo(t *testing.T) {
	s := newScene(t)
	s.planned()
	db, err := sql.Open("sqlite", s.path("d.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, deed := range []string{"DELETE FROM links", "DELETE FROM seals", "DELETE FROM entries", "DELETE FROM sqlite_sequence"} {
		if _, err := db.Exec(deed); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s.refuses("2026-03-06 08:00", "the chain was taken away from outside", "verify")
	h, log := s.house("database: " + s.path("d.db") + "\n")
	if !strings.Contains(log.String(), "level=ERROR") || !strings.Contains(h.Store.Warning(), "taken away") {
		t.Errorf("%s; %q", log, h.Store.Warning())
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	s.write(configFile, "database: d.db\n")
	s.refuses("2026-03-06 08:00", "made anew at the next start", "verify")
}
