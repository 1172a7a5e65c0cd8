package main

import (
	"context"
	"time"

	"themeday/storage"
)

// prover walks the chain of a serving house once a day (R33): what was altered from outside is told before the bot writes over it.
type prover struct {
	Alert func(what string)

	begun, last time.Time
	head        string // as it was walked last; later ones must come after it
}

const (
	proveFirst = 10 * time.Minute // after the start, which has other things to do
	proveAgain = 24 * time.Hour
)

// look walks along the chain if a day has gone by.
func (p *prover) look(ctx context.Context, h *House, at time.Time) {
	if p.begun.IsZero() || at.Before(p.begun) {
		p.begun = at
	}
	if wait := proveFirst; p.last.IsZero() && at.Sub(p.begun) < wait || !p.last.IsZero() && at.Sub(p.last).Abs() < proveAgain {
		return
	}
	p.last = at
	v, err := storage.Verify(ctx, h.Store.Path(), p.head)
	switch {
	case ctx.Err() != nil: // the program is being ended
	case err != nil:
		h.Log.Error("the ledger could not be verified; tried again tomorrow", "err", err)
	case v.Bad != nil:
		h.Log.Error("the ledger was altered from outside", "what", v.Bad.What)
		p.alert("the ledger was altered from outside: see themeday verify, and keep the last good backup")
	case v.Known != nil && !v.Known.There:
		h.Log.Error("the ledger was cut off or made anew since it was verified last", "head", p.head)
		p.alert("the ledger was cut off or made anew: compare with a backup, themeday verify --head " + p.head)
	default:
		p.head = v.Head.Short()
		h.Log.Info("the ledger is whole", "entries", v.Entries, "head", p.head)
	}
}

func (p *prover) alert(what string) {
	if p.Alert != nil {
		p.Alert(what)
	}
}
