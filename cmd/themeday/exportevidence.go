package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"themeday"
	"themeday/templates/bundle"
)

type exportEvidenceCmd struct {
	Branch string `help:"The branch (may be left out where there is only one)." placeholder:"NAME"`
	Year   int    `help:"The year (default: this one)." placeholder:"YEAR"`
	Own    bool   `help:"The branch's own copy: its ledger holds the reasons of leaves. Not to be handed on."`
	Out    string `short:"o" required:"" help:"The file: .zip." placeholder:"FILE"`
}

func (c *exportEvidenceCmd) Run(s *session) error {
	if _, err := endingOf(c.Out, ".zip"); err != nil {
		return err
	}
	h, err := s.look()
	if err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // nothing was written
	year, err := yearOr(c.Year, h.Desk.Day(s.Now()))
	if err != nil {
		return err
	}
	if c.Own {
		var branch themeday.Branch
		err := h.Store.View(s.ctx, func(tx themeday.Tx) (err error) {
			branch, err = h.branchOf(tx, c.Branch)
			return err
		})
		if err != nil {
			return err
		}
		if err := h.lookByOperator(s.ctx, string(branch.ID), year, s.Now(), themeday.LookCollected); err != nil {
			return err
		}
	}
	return h.Store.View(s.ctx, func(tx themeday.Tx) error {
		branch, err := h.branchOf(tx, c.Branch)
		if err != nil {
			return err
		}
		var bar *slowProgress
		progress := func(n, total int) {
			if bar == nil {
				bar = s.slowProgress(total, "packing")
			}
			bar.set(n)
		}
		err = streamFile(c.Out, func(w io.Writer) error {
			return h.writeEvidence(s.ctx, tx, w, branch.ID, year, s.Now(), c.Own, progress)
		})
		if bar != nil {
			bar.done()
		}
		return err
	})
}

// writeEvidence packs a branch's year (迎检), piece by piece: in memory is one document at a time. With own its ledger holds the reasons of
// leaves. progress, which may be nil, hears how many of the files are written.
func (h *House) writeEvidence(ctx context.Context, tx themeday.Tx, w io.Writer, branch themeday.BranchID, year int, at time.Time, own bool, progress func(n, total int)) error {
	if progress == nil {
		progress = func(int, int) {}
	}
	e, err := h.Desk.Evidence(tx, branch, year, at)
	if err != nil {
		return err
	}
	p := &packer{h: h, ctx: ctx, tx: tx, e: e, at: at, own: own, paths: map[themeday.EvidenceFile]string{}}
	if err := p.gather(); err != nil {
		return fmt.Errorf("evidence of %s: %w", branch, err)
	}
	entries := p.entries()
	progress(0, len(entries))
	return bundle.Pack(w, h.Desk.Local(at), entries, func(n int) { progress(n, len(entries)) })
}
