package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"themeday/scheduler"
	"themeday/storage/archive"
)

// schedule makes the backups of a serving house at their times.
type schedule struct {
	Alert func(what string)
	work  archive.Work

	failed time.Time // when the last attempt failed; zero: it did not
}

// backupAgain is the pause after a backup that failed.
const backupAgain = time.Hour

// look makes a backup if one is due.
func (s *schedule) look(ctx context.Context, h *House, at time.Time) {
	config, _ := h.current()
	due, err := s.due(config, at)
	if err == nil && !due {
		return
	}
	if err == nil {
		err = scheduledBackup(ctx, h, config, s.work, at, s.warn)
	}
	switch {
	case ctx.Err() != nil: // the program is being ended
	case err != nil:
		s.failed = at
		h.Log.Error("the backup failed; tried again in an hour", "err", err)
		s.warn("a backup failed; see the log, and themeday doctor for the last good one")
	default:
		s.failed = time.Time{}
	}
}

// warn tells the operator.
func (s *schedule) warn(what string) {
	if s.Alert != nil {
		s.Alert(what)
	}
}

// due tells whether a time for a backup went by since the last one. None counts from a future that was a clock set wrong.
func (s *schedule) due(c Config, at time.Time) (bool, error) {
	if c.Backup.Dir == "" || !s.failed.IsZero() && at.Sub(s.failed).Abs() < backupAgain {
		return false, nil
	}
	times, err := scheduler.ParseTimes(c.Backup.times(), c.Zone())
	if err != nil {
		return false, err
	}
	last, there, err := lastBackup(c, at)
	if err != nil || !there {
		return !there, err
	}
	next := times.After(last.made)
	return !next.IsZero() && !at.Before(next), nil
}

// lastBackup is the newest backup in the configured folder; one from the future does not count.
func lastBackup(c Config, at time.Time) (last keptBackup, there bool, err error) {
	all, err := keptBackups(c.Backup.Dir, c.Database)
	for _, b := range all {
		if !b.made.After(at) {
			last, there = b, true
		}
	}
	return last, there, err
}

// scheduledBackup makes a backup in the configured folder, and then takes away those that are too many.
func scheduledBackup(ctx context.Context, h *House, c Config, work archive.Work, at time.Time, warn func(string)) error {
	passphrase, err := c.passphrase()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Backup.Dir, 0o700); err != nil {
		return unwritten(c.Backup.Dir, err)
	}
	path := filepath.Join(c.Backup.Dir, backupName(c.Database, at, passphrase != ""))
	seen, err := backuper{store: h.Store, config: c, work: work}.to(ctx, path, at, false)
	if err != nil {
		return err
	}
	h.Log.Info("backup written and read back", "file", filepath.Base(path), "entry", seen.Holds.Entry, "amiss", len(seen.Amiss), "encrypted", passphrase != "")
	if len(seen.Amiss) > 0 {
		for _, a := range seen.Amiss {
			h.Log.Error("a file beside the database is gone or was changed from outside", "file", a.File, "how", a.how, "activities", a.Activities)
		}
		warn("files beside the database are gone or were changed from outside: see themeday doctor, and keep the older backups")
	}
	if err := tidyBackups(ctx, c.Backup.Dir, c.Database, c.Backup.keep(), at); err != nil {
		return fmt.Errorf("take away old backups: %w", err)
	}
	return nil
}

// backupFindings tell the doctor when the last good backup was made, and who may read it.
func backupFindings(c Config, at time.Time) []finding {
	if c.Backup.Dir == "" {
		return []finding{{"note", "backup", "none is made: set backup.dir in themeday.yaml, or let cron say themeday backup FOLDER"}}
	}
	times, err := scheduler.ParseTimes(c.Backup.times(), c.Zone())
	if err != nil {
		return []finding{{"mend", "backup", err.Error()}}
	}
	phrase, err := c.passphrase()
	if err != nil {
		return []finding{{"mend", "backup", err.Error()}}
	}
	last, there, err := lastBackup(c, at)
	switch {
	case err != nil:
		return []finding{{"mend", "backup", err.Error()}}
	case !there:
		return []finding{{"mend", "backup", fmt.Sprintf("there is none in %s yet: themeday run makes one, or themeday backup %s", c.Backup.Dir, c.Backup.Dir)}}
	}
	said := fmt.Sprintf("the last good one is of %s: %s", last.made.In(c.Zone()).Format("2006-01-02 15:04"), last.path)
	if phrase == "" {
		said += " (not encrypted: set backup.passphrase_file or " + passphraseVariable + ")"
	}
	if missed := times.After(times.After(last.made)); !missed.IsZero() && at.After(missed) {
		return []finding{{"mend", "backup", said + "; two have been missed: see the log of themeday run, or themeday backup " + c.Backup.Dir}}
	}
	var out []finding
	for _, path := range []string{c.Backup.Dir, last.path} {
		if st, err := os.Stat(path); err != nil || st.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
			out = append(out, finding{"mend", "privacy", errors.Join(fmt.Errorf("others may look into %s: chmod go-rwx it", path), err).Error()})
		}
	}
	return append([]finding{{"ok", "backup", said}}, out...)
}
