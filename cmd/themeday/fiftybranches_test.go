package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// fiftyPlayed is what came of the year.
type fiftyPlayed struct {
	lines []Line
	facts Facts
}

// play plays the year as a script.
func (y *fiftyYear) play(t *testing.T) fiftyPlayed {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"before.csv": y.sheet(0), "after.csv": y.sheet(1), "year.txt": y.script()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	player, err := readScriptFile(filepath.Join(dir, "year.txt"), "")
	if err != nil {
		t.Fatal(err)
	}
	player.Log = slog.New(slog.DiscardHandler)
	var out, facts bytes.Buffer
	player.Done = func(h *House) error { return h.WriteFacts(context.Background(), &facts, "", "") }
	began := time.Now()
	if err := rehearse(context.Background(), player, &out, true, ""); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d lines of script in %s", len(y.lines), time.Since(began).Round(time.Second/10))
	if keep := os.Getenv("THEMEDAY_FIFTY"); keep != "" {
		_ = os.WriteFile(filepath.Join(keep, "out.jsonl"), out.Bytes(), 0o600)
		_ = os.WriteFile(filepath.Join(keep, "facts.json"), facts.Bytes(), 0o600)
		_ = os.WriteFile(filepath.Join(keep, "year.txt"), []byte(y.script()), 0o600)
	}
	p := fiftyPlayed{lines: lines(t, out.Bytes())}
	if err := json.Unmarshal(facts.Bytes(), &p.facts); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestFiftyBranchesInAYear(t *testing.T) {
	if testing.Short() {
		t.Skip("a year of fifty branches takes its time")
	}
	y := newFiftyYear()
	_ = y.play(t)
}
