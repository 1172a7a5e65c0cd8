package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"themeday"
	"themeday/scheduler"
)

// purges are the purges of a serving house at their times.
type purges struct {
	Alert func(what string)

	looked time.Time // when it was last done, or tried, by this process
	failed bool
}

// purgeAgain is the pause after a purge that failed.
const purgeAgain = time.Hour

// look purges if a time for it went by.
func (p *purges) look(ctx context.Context, h *House, at time.Time) {
	due, err := p.due(ctx, h, at)
	if err == nil && !due {
		return
	}
	var all []themeday.Purged
	if err == nil {
		p.looked = at
		all, err = h.scheduledPurge(ctx, at)
	}
	if p.failed = err != nil && ctx.Err() == nil; p.failed {
		p.looked = at
		h.Log.Error("the purge failed; it goes on in an hour", "err", err)
		if p.Alert != nil {
			p.Alert("the purge of what is past its time failed; see the log")
		}
	}
	for _, r := range all {
		h.Log.Info("purged", "kind", r.Kind, "count", r.Count, "upto", r.Upto.String())
	}
}

// due tells whether a time went by since the last purge that the ledger knows, or this process did.
func (p *purges) due(ctx context.Context, h *House, at time.Time) (bool, error) {
	if p.failed && at.Sub(p.looked).Abs() < purgeAgain {
		return false, nil
	}
	config, desk := h.current()
	times, err := scheduler.ParseTimes(config.Retention.times(), config.Zone())
	if err != nil {
		return false, err
	}
	last := p.looked
	if last.IsZero() || p.failed || last.After(at) {
		if err := h.Store.View(ctx, func(tx themeday.Tx) error {
			last, _, _, err = desk.LastPurge(tx)
			return err
		}); err != nil {
			return false, err
		}
	}
	if last.IsZero() || last.After(at) { // a clock that was ahead
		return true, nil
	}
	next := times.After(last)
	return !next.IsZero() && !at.Before(next), nil
}

// silent is for how long no message may have come until a purge is left to the operator: then the clock may be wrong, and what a wrong clock takes
// away is gone.
const silent = 45

// errSilent leaves a purge to the operator.
var errSilent = fmt.Errorf("no message has come for %d days, or the clock is wrong: nothing was purged; look at the clock, and say themeday purge", silent)

// scheduledPurge purges and clears the file.
func (h *House) scheduledPurge(ctx context.Context, at time.Time) ([]themeday.Purged, error) {
	due, err := h.purgeable(ctx, at)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	heard, err := h.Store.LastHeard(ctx)
	if err != nil {
		return nil, err
	}
	if at.Sub(heard) > silent*24*time.Hour {
		h.Log.Warn(errSilent.Error())
		return nil, nil
	}
	all, err := h.purge(ctx, "purge", at)
	if err != nil {
		return all, err
	}
	return all, h.clearSmall(ctx)
}

// clearedAtOnce is the largest database that is written anew while it serves: nobody can write meanwhile.
const clearedAtOnce = 64 << 20

// clearSmall writes the file anew if that is quick; else the next start does.
func (h *House) clearSmall(ctx context.Context) error {
	config, _ := h.current()
	st, err := os.Stat(config.Database)
	if err != nil || st.Size() > clearedAtOnce {
		return err
	}
	if err := h.Store.Clear(ctx); err != nil {
		h.Log.Warn("old pages of the database are not cleared yet; the next start does it", "err", err)
	}
	return nil
}

// purgeFinding tells the doctor of the last purge, and of what waits for the next.
func (h *House) purgeFinding(ctx context.Context, at time.Time) finding {
	var said []string
	late := false
	err := h.Store.View(ctx, func(tx themeday.Tx) error {
		last, what, there, err := h.Desk.LastPurge(tx)
		if err != nil {
			return err
		}
		switch {
		case there:
			said = append(said, "last on "+last.In(h.Desk.Zone).Format("2006-01-02 15:04")+": "+purgedList(what))
		default:
			said = append(said, "none yet")
		}
		due, err := h.Desk.Purgeable(tx, h.Config.retention(), at)
		if err != nil || len(due) == 0 {
			return err
		}
		said = append(said, "past its time: "+purgedList(due)+"; run takes it away at its time, themeday purge now")
		missed, err := h.missedPurge(last, at)
		late = !there && sensitive(due) || there && missed
		return err
	})
	if err != nil {
		return finding{"mend", "retention", err.Error()}
	}
	if late {
		return finding{"note", "retention", strings.Join(said, "; ")}
	}
	return finding{"ok", "retention", strings.Join(said, "; ")}
}

// sensitive tells whether words wait that only few may read.
func sensitive(due []themeday.Purged) bool {
	for _, p := range due {
		if p.Kind == themeday.PurgeReasons || p.Kind == themeday.PurgeMakeups {
			return true
		}
	}
	return false
}

// missedPurge tells whether two times went by since the last purge.
func (h *House) missedPurge(last, at time.Time) (bool, error) {
	times, err := scheduler.ParseTimes(h.Config.Retention.times(), h.Desk.Zone)
	if err != nil {
		return false, err
	}
	missed := times.After(times.After(last))
	return !missed.IsZero() && at.After(missed), nil
}

func purgedList(all []themeday.Purged) string {
	words := make([]string, len(all))
	for i, p := range all {
		words[i] = purgedOf(p)
	}
	return strings.Join(words, "; ")
}
