package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"themeday"
	"themeday/storage"
)

type purgeCmd struct {
	DryRun bool `name:"dry-run" help:"Only say what would be taken away."`
	JSON   bool `name:"json" help:"One JSON object."`
}

// purged is what the command did, as JSON.
type purged struct {
	DryRun  bool              `json:"dry_run"`
	Removed []themeday.Purged `json:"removed"`
	Unclean bool              `json:"unclean"` // old pages are still in the file
}

// Run may run while the bot serves.
func (c *purgeCmd) Run(s *session) error {
	h, err := s.look()
	if err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // what was committed stands
	out := purged{DryRun: c.DryRun, Removed: []themeday.Purged{}}
	if c.DryRun {
		all, err := h.purgeable(s.ctx, s.Now())
		if err != nil {
			return err
		}
		out.Removed = append(out.Removed, all...)
	} else {
		all, err := h.purge(s.ctx, "purge", s.Now())
		if err != nil {
			return err
		}
		h.dropOldDocuments(s.Now()) // a branch's own ledger may lie there, where nothing serves
		out.Removed = append(out.Removed, all...)
		if err := h.Store.Clear(s.ctx); errors.Is(err, storage.ErrUnswept) {
			out.Unclean = true
		} else if err != nil {
			return err
		}
	}
	if c.JSON {
		enc := json.NewEncoder(s.Out)
		enc.SetIndent("", "  ")
		return enc.Encode(out)
	}
	return s.printf("%s", out)
}

// String says it in words.
func (p purged) String() string {
	var b strings.Builder
	did := "Removed"
	if p.DryRun {
		did = "Would be removed"
	}
	for _, r := range p.Removed {
		fmt.Fprintf(&b, "%s: %s\n", did, purgedOf(r))
	}
	if len(p.Removed) == 0 {
		b.WriteString("Nothing is past its time (retention: in themeday.yaml).\n")
	}
	if p.Unclean {
		b.WriteString("Old pages could not be cleared, because another program reads the database; the next start of run clears them.\n")
	}
	return b.String()
}

func purgedOf(p themeday.Purged) string {
	return fmt.Sprintf("%d %s, up to %s", p.Count, purgeWords[p.Kind], p.Upto)
}

// purgeWords say what each kind is.
var purgeWords = map[themeday.Purge]string{
	themeday.PurgeMessages: "ids of messages",
	themeday.PurgeCodes:    "codes and counts of tries",
	themeday.PurgeBindings: "bindings of earlier sessions",
	themeday.PurgePosts:    "texts of posts",
	themeday.PurgeDropped:  "posts that never went out",
	themeday.PurgeReasons:  "reasons of leaves, and pictures of notes",
	themeday.PurgeMakeups:  "texts of make-up studies, what was said of them, and their pictures",
	themeday.PurgeRefused:  "reasons of refused attempts",
	themeday.PurgeLooks:    "looks at reasons",
}

// purgeStep is how many rows go in one transaction: less than half a second, of a database with years of fifty branches.
const purgeStep = 4000

// purge takes away all that is past its time, step by step, so that others can write in between.
func (h *House) purge(ctx context.Context, verb string, at time.Time) ([]themeday.Purged, error) {
	config, desk := h.current()
	kept := config.retention()
	pictures := h.Store.Album(picturesBeside(config.Database))
	var all []themeday.Purged
	for ctx.Err() == nil {
		var some []themeday.Purged
		err := h.facts.Update(ctx, func(tx themeday.Tx) (err error) {
			some, err = desk.Purge(tx, themeday.Cause{By: themeday.Bot, At: at, Verb: verb}, kept, purgeStep, pictures.Drop)
			return err
		})
		if err != nil {
			return all, err
		}
		if len(some) == 0 {
			return all, nil
		}
		all = themeday.AddPurged(all, some)
	}
	return all, ctx.Err()
}

func (h *House) purgeable(ctx context.Context, at time.Time) (all []themeday.Purged, err error) {
	config, desk := h.current()
	err = h.Store.View(ctx, func(tx themeday.Tx) error {
		all, err = desk.Purgeable(tx, config.retention(), at)
		return err
	})
	return all, err
}
