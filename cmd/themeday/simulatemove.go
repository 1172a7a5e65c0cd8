package main

import (
	"context"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"

	"themeday"
)

// kept is a backup of a simulated house, and what was acknowledged before it was begun.
type kept struct {
	file          string
	head          themeday.Head
	there, signed map[string]bool
	undone        map[string]bool
}

// simulatedRetention takes away as early as it can, so that a month shows it.
var simulatedRetention = retentionConfig{Messages: "7", Codes: "2", Bindings: "30", Posts: "5", Refused: "5", Looks: "5"}

// backUp makes a backup while the program serves.
func (w *world) backUp() {
	if w.house == nil || w.over() {
		return
	}
	w.judge.look(false)
	j := w.judge
	k := &kept{
		file: filepath.Join(w.dir, "backup-"+w.clock().UTC().Format(backupStamp)+".tar.gz"), head: j.head,
		there: maps.Clone(j.there), signed: maps.Clone(j.signed), undone: maps.Clone(j.undone),
	}
	_ = os.Remove(k.file)
	_, err := backuper{store: w.house.Store, config: w.house.Config}.to(context.Background(), k.file, w.clock(), false)
	if err != nil {
		j.finds("backup", "%v", err)
		return
	}
	if w.kept != nil {
		_ = os.Remove(w.kept.file)
	}
	w.kept = k
}

// move is the end of the machine: the last backup is restored into another folder, and serves from there after a while.
func (w *world) move(outage time.Duration) {
	if w.kept == nil || w.over() {
		return
	}
	if w.house != nil {
		if err := w.house.Close(); err != nil {
			w.judge.finds("error", "close: %v", err)
		}
		w.house = nil
	}
	_ = os.RemoveAll(w.home())
	w.life++
	w.injected++
	config := w.config
	config.Database, config.around = filepath.Join(w.home(), "house.db"), nil
	err := os.MkdirAll(w.home(), 0o700)
	if err == nil {
		operator := &session{Program: &Program{Out: io.Discard, Err: io.Discard, Now: w.clock}, ctx: context.Background()}
		_, err = operator.restore(config, w.kept.file, false)
	}
	if err != nil {
		w.judge.finds("restore", "%v", err)
		return
	}
	t := &w.troubles
	t.crash, t.killed, t.narrow, t.filled = 0, false, false, false
	w.back, w.retry = w.now.Add(outage), time.Time{}
	w.upset(w.back.Add(time.Hour))
	j := w.judge
	j.head, j.there, j.signed, j.undone = w.kept.head, maps.Clone(w.kept.there), maps.Clone(w.kept.signed), maps.Clone(w.kept.undone)
	j.moved = true
	clear(j.touched)
	clear(j.branches)
}

// forgets lets go out once more what the restored database does not know: it followed from facts that were lost, and follows from them when they are
// told anew.
func (j *judge) forgets(tx themeday.Tx) error {
	branches, err := tx.Branches()
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, b := range append(branches, themeday.Branch{}) {
		posts, err := tx.PostsOf(b.ID)
		if err != nil {
			return err
		}
		for _, p := range posts {
			known[p.Key] = true
		}
	}
	for part := range j.out {
		key, first := strings.CutSuffix(part, "#0")
		if first && !known[key] {
			j.ordered[key]++
		}
	}
	return nil
}

// purge takes away what is past its time.
func (w *world) purge() {
	if w.house == nil || w.over() {
		return
	}
	_, _ = w.run("purge", func(ctx context.Context) error {
		if _, err := w.house.purge(ctx, "purge", w.clock()); err != nil || w.troubles.narrow {
			return err
		}
		return w.house.Store.Clear(ctx)
	})
}
