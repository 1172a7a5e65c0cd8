package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/schollz/progressbar/v3"

	"themeday"
	"themeday/templates/sheet"
)

type importCmd struct {
	Roster importRosterCmd `cmd:"" help:"Take over the roster of one or more branches: all of it or, where a row is wrong, nothing."`
	Plan   importPlanCmd   `cmd:"" help:"Take over the year's plan of one or more branches: all of it or, where a row is wrong, nothing."`
}

type importRosterCmd struct {
	File   string `arg:"" help:"The sheet: .xlsx or .csv (UTF-8 or GB18030) with a row of headers such as 支部, 姓名, 职务, 类别."`
	DryRun bool   `help:"Only check and count; change nothing."`
}

// faults are the bad rows of a sheet as one error.
type faults []themeday.RowError

// Error names every bad row.
func (f faults) Error() string {
	lines := make([]string, len(f))
	for i, e := range f {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "; ")
}

// errDry takes a dry run back.
var errDry = errors.New("dry run")

func (c *importRosterCmd) Run(s *session) error {
	roster, err := c.read(s.Program)
	if err != nil {
		return err
	}
	config, err := s.load()
	if err != nil {
		return err
	}
	for _, n := range append(roster.Notes, alike(roster)...) {
		if err := s.printf("注意：%s\n", n); err != nil {
			return err
		}
	}
	if c.DryRun {
		return c.try(s, config, roster)
	}
	return c.enrol(s, config, roster)
}

// read reads the sheet; every bad row is named on the error stream.
func (c *importRosterCmd) read(p *Program) (themeday.Roster, error) {
	bar := newProgress(p, -1, "reading")
	rows, err := sheet.Read(c.File, bar.set)
	bar.done()
	if err != nil {
		return themeday.Roster{}, err
	}
	roster, bad := themeday.ReadRoster(rows)
	if len(bad) == 0 {
		return roster, nil
	}
	for _, e := range bad {
		fmt.Fprintln(p.Err, e.Error()) //nolint:errcheck // the error below tells
	}
	return roster, fmt.Errorf("%s: %d faults (above), nothing was imported; mend these rows and try again", filepath.Base(c.File), len(bad))
}

// enrol takes the roster over.
func (c *importRosterCmd) enrol(s *session, config Config, r themeday.Roster) error {
	h, err := OpenHouse(config, nil, rand.Reader, s.logger(slog.LevelWarn))
	if err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // what was committed stands
	bar := newProgress(s.Program, len(r.People()), "importing")
	done, err := h.Enrol(s.ctx, r, s.Now(), bar.set)
	bar.done()
	if err != nil {
		return fmt.Errorf("%s: %w; nothing was imported", filepath.Base(c.File), err)
	}
	if err := s.noted(done); err != nil {
		return err
	}
	return s.printf("%s imported: %s\n", filepath.Base(c.File), counted(done))
}

// try does all of it and takes it back.
func (c *importRosterCmd) try(s *session, config Config, r themeday.Roster) (err error) {
	if _, statErr := os.Stat(config.Database); errors.Is(statErr, fs.ErrNotExist) {
		temp, mkErr := os.MkdirTemp("", "themeday-dry-run-")
		if mkErr != nil {
			return fmt.Errorf("make a folder for the dry run: %w", mkErr)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
		config.Database = filepath.Join(temp, "dry.db")
	}
	h, err := OpenHouse(config, nil, rand.Reader, s.logger(slog.LevelWarn))
	if err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // nothing was written
	var done themeday.Enrolled
	err = h.Store.Update(context.WithoutCancel(s.ctx), func(tx themeday.Tx) error {
		var err error
		if done, err = h.Desk.Enrol(tx, themeday.Cause{By: themeday.Bot, At: s.Now(), Verb: "import roster"}, r, nil); err != nil {
			return err
		}
		return errDry
	})
	if !errors.Is(err, errDry) {
		return fmt.Errorf("%s: %w", filepath.Base(c.File), err)
	}
	if err := s.noted(done); err != nil {
		return err
	}
	return s.printf("%s is in order; it would be imported: %s. Nothing was changed.\n", filepath.Base(c.File), counted(done))
}

// noted shows what an import found worth a look.
func (s *session) noted(e themeday.Enrolled) error {
	for _, n := range e.Notes {
		if err := s.printf("注意：%s\n", n); err != nil {
			return err
		}
	}
	return nil
}

// counted is what an import changed, in words.
func counted(e themeday.Enrolled) string {
	text := fmt.Sprintf("%d new branches, %d new people, %d places on a roster added or changed, %d left", e.Branches, e.People, e.Memberships, e.Left)
	if e.Bound > 0 {
		text += fmt.Sprintf(", %d joined to their WeCom ids", e.Bound)
	}
	return text
}

// progress shows on a terminal how far long work has come; elsewhere it is silent.
type progress struct{ bar *progressbar.ProgressBar }

// newProgress begins a progress bar; total is -1 when nobody knows.
func newProgress(p *Program, total int, what string) progress {
	if !terminal(p.Err) {
		return progress{}
	}
	return progress{bar: progressbar.NewOptions(total, progressbar.OptionSetWriter(p.Err), progressbar.OptionSetDescription(what), progressbar.OptionClearOnFinish())}
}

func (p progress) set(n int) {
	if p.bar != nil {
		_ = p.bar.Set(n)
	}
}

func (p progress) done() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
