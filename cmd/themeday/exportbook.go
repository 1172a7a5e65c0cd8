package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"themeday"
	"themeday/templates/book"
)

type exportLedgerCmd struct {
	Branch string `help:"Only this branch, with the reasons of leaves: its own ledger. Without it all branches, as the committee sees them." placeholder:"NAME"`
	Year   int    `help:"The year (default: this one)." placeholder:"YEAR"`
	Out    string `short:"o" required:"" help:"The file: .xlsx or .html." placeholder:"FILE"`
}

func (c *exportLedgerCmd) Run(s *session) error {
	ending, err := endingOf(c.Out, ".xlsx", ".html")
	if err != nil {
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
	if err := h.lookByOperator(s.ctx, c.Branch, year, s.Now(), themeday.LookExported); err != nil {
		return err
	}
	return h.Store.View(s.ctx, func(tx themeday.Tx) error {
		branches, title, err := h.branchesOf(tx, c.Branch)
		if err != nil {
			return err
		}
		bar := s.slowProgress(len(branches), "writing")
		l := book.Ledger{
			Title: ledgerTitle(strings.TrimSpace(title), year, c.Branch != ""), Several: c.Branch == "", Made: h.Desk.Local(s.Now()), Done: bar.set, Thumb: thumbs(h.Config),
		}
		if l.Head, err = printedHead(tx); err != nil {
			return err
		}
		write := l.XLSX
		if ending == ".html" {
			write = l.HTML
		}
		years := h.Desk.Yearbooks(tx, branches, year, s.Now(), c.Branch != "")
		err = streamFile(c.Out, func(w io.Writer) error { return write(w, stoppable(s.ctx, years)) })
		bar.done()
		return err
	})
}

// lookByOperator notes, before it is written, that the operator gets a branch's own copy with the reasons of leaves; of no branch there are none.
func (h *House) lookByOperator(ctx context.Context, branch string, year int, at time.Time, what string) error {
	if branch == "" {
		return nil
	}
	return h.Store.Update(ctx, func(tx themeday.Tx) error {
		branches, _, err := h.branchesOf(tx, branch)
		if err != nil {
			return err
		}
		return h.Desk.LookAtAll(tx, themeday.Bot, branches[0].ID, year, at, what)
	})
}

// stoppable ends a long export when the program is told to end.
func stoppable(ctx context.Context, years book.Yearbooks) book.Yearbooks {
	return func(yield func(themeday.Yearbook, error) bool) {
		for y, err := range years {
			if err == nil {
				err = ctx.Err()
			}
			if !yield(y, err) || err != nil {
				return
			}
		}
	}
}

type exportPlanCmd struct {
	Branch string `help:"Only this branch (default: all)." placeholder:"NAME"`
	Year   int    `help:"The year (default: this one)." placeholder:"YEAR"`
	Out    string `short:"o" required:"" help:"The file: .xlsx (import plan reads it back) or .ics (for calendars)." placeholder:"FILE"`
}

func (c *exportPlanCmd) Run(s *session) error {
	ending, err := endingOf(c.Out, ".xlsx", ".ics")
	if err != nil {
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
	var p book.Plan
	err = h.Store.View(s.ctx, func(tx themeday.Tx) error {
		p, err = h.planBook(tx, c.Branch, year, s.Now())
		return err
	})
	if err != nil {
		return err
	}
	write := p.XLSX
	if ending == ".ics" {
		write = p.ICS
	}
	return streamFile(c.Out, write)
}

// planBook is the plan of a year as it stands, months without a date included.
func (h *House) planBook(tx themeday.Tx, branch string, year int, at time.Time) (book.Plan, error) {
	branches, title, err := h.branchesOf(tx, branch)
	p := book.Plan{Title: fmt.Sprintf("%s%d年度主题党日计划", title, year), Zone: h.Desk.Zone, Made: h.Desk.Local(at)}
	if err != nil {
		return p, err
	}
	for _, b := range branches {
		months, err := h.Desk.YearPlan(tx, b.ID, year, at)
		if err != nil {
			return p, err
		}
		dated := map[themeday.YearMonth]themeday.Activity{}
		for _, a := range months {
			dated[a.Month] = a
		}
		for m := (themeday.YearMonth{Year: year, Month: time.January}); m.Year == year; m = m.Next() {
			a, ok := dated[m]
			if !ok {
				if a, err = h.Desk.OfMonth(tx, b.ID, m); err != nil {
					return p, err
				}
			}
			kinds, err := h.Desk.TopicLine(tx, a)
			if err != nil {
				return p, err
			}
			n, err := h.Desk.Revisions(tx, a.ID)
			if err != nil {
				return p, err
			}
			p.Months = append(p.Months, book.PlanMonth{Branch: b.Name, Activity: a, Sequence: n, Kinds: kinds})
		}
	}
	return p, nil
}

// branchesOf are the branch of a name, or all of them, and how a title begins.
func (h *House) branchesOf(tx themeday.Tx, name string) ([]themeday.Branch, string, error) {
	all, err := tx.Branches()
	if err != nil {
		return nil, "", err
	}
	if name == "" {
		if len(all) == 0 {
			return nil, "", errors.New("there is no branch yet: begin with themeday import roster FILE")
		}
		return all, "", nil
	}
	var known []string
	for _, b := range all {
		if string(b.ID) == name || b.Name == name {
			return []themeday.Branch{b}, b.Name + " ", nil
		}
		known = append(known, b.Name)
	}
	return nil, "", fmt.Errorf("there is no branch %q; there are: %s", name, strings.Join(known, ", "))
}

// endingOf is the ending of a file's name, which says how it is written.
func endingOf(path string, endings ...string) (string, error) {
	ending := strings.ToLower(filepath.Ext(path))
	for _, e := range endings {
		if e == ending {
			return e, nil
		}
	}
	return "", usage("-o %s: name a file that ends in %s", path, strings.Join(endings, " or "))
}

// firstYear is the first year of which there can be documents.
const firstYear = 2000

// yearOr is the year that was named, or this one. There are documents of the years from 2000 to the next.
func yearOr(year int, today themeday.Date) (int, error) {
	switch {
	case year == 0:
		return today.Year, nil
	case year < firstYear || year > today.Year+1:
		return 0, usage("--year %d: name a year from %d to %d, or leave it out for %d", year, firstYear, today.Year+1, today.Year)
	}
	return year, nil
}

// buffered writes a document through a buffer.
func buffered(w io.Writer, write func(io.Writer) error) error {
	out := bufio.NewWriterSize(w, 1<<16)
	return errors.Join(write(out), out.Flush())
}
