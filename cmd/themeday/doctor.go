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
	"runtime"
	"strings"
	"time"

	"themeday"
	"themeday/templates"
	"themeday/templates/paper"
)

type doctorCmd struct{}

// finding is one line of the doctor.
type finding struct {
	state string // ok, note (worth a look) or mend
	about string
	text  string
}

// errIll is said by the lines above it already.
var errIll = errors.New("something must be mended (see the lines marked mend)")

func (c *doctorCmd) Run(s *session) error {
	findings := s.examine()
	ill := false
	for _, f := range findings {
		ill = ill || f.state == "mend"
		if err := s.printf("%-4s  %-9s %s\n", f.state, f.about, f.text); err != nil {
			return err
		}
	}
	if ill {
		return errIll
	}
	return nil
}

// examine looks at everything in turn; what cannot be looked at because of an earlier fault is left out.
func (s *session) examine() []finding {
	config, err := s.load()
	if err != nil {
		return []finding{{"mend", "config", err.Error()}}
	}
	name := config.path
	if name == "" {
		name = "none, the defaults hold"
	}
	out := []finding{{"ok", "config", name}, s.clock(config)}
	if config.Transport.has("wechat") {
		out = append(out, wechatFindings(config, s.Now())...)
	}
	if config.Transport.has("wecom") {
		out = append(out, weComFindings(config)...)
	}
	if err := existing(config); err != nil {
		return append(out, finding{"mend", "database", err.Error()})
	}
	out = append(out, disk(config.Database), private(config.Database))
	h, err := OpenHouse(config, nil, rand.Reader, s.logger(slog.LevelError))
	if err != nil {
		return append(out, finding{"mend", "database", err.Error()})
	}
	defer h.Close() //nolint:errcheck // nothing was written
	if err := h.Store.Check(s.ctx); err != nil {
		return append(out, finding{"mend", "database", err.Error()})
	}
	version, err := h.Store.Version()
	if err != nil {
		return append(out, finding{"mend", "database", err.Error()})
	}
	out = append(out, finding{"ok", "database", fmt.Sprintf("%s, schema %d", config.Database, version)}, h.secrets(s.ctx))
	out = append(out, h.folders(s.ctx)...)
	out = append(out, backupFindings(config, s.Now())...)
	out = append(out, h.purgeFinding(s.ctx, s.Now()))
	if f, own := ownForm(config); own {
		out = append(out, f)
	}
	return append(out, h.inquire(s.ctx, s.Now())...)
}

// folders looks at what lies beside the database: whether it can be written, who may read it, and whether every picture and every filed form is as it was kept.
func (h *House) folders(ctx context.Context) []finding {
	var out []finding
	for _, dir := range []string{picturesBeside(h.Config.Database), filedBeside(h.Config.Database), documentsBeside(h.Config.Database)} {
		st, err := os.Stat(dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue // made when it is needed
		}
		if err == nil && st.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
			out = append(out, finding{"mend", "privacy", fmt.Sprintf("others may look into %s (mode %o): chmod 700 it", dir, st.Mode().Perm())})
		}
		probe, err := os.CreateTemp(dir, ".doctor-*")
		if err != nil {
			out = append(out, finding{"mend", "disk", unwritten(dir, err).Error()})
			continue
		}
		_ = errors.Join(probe.Close(), os.Remove(probe.Name()))
	}
	return append(out, h.besideFindings(ctx)...)
}

// ownForm tries whether the committee's own record form can be filled; false where there is none.
func ownForm(c Config) (finding, bool) {
	form, err := ownRecordForm(c)
	if err == nil && form == nil {
		return finding{}, false
	}
	if err == nil {
		_, err = paper.FillOwnForm(form, themeday.RecordForm{})
	}
	if err != nil {
		return finding{"mend", "templates", err.Error() + "; until it is mended no record form can be filed"}, true
	}
	return finding{"ok", "templates", templates.OwnRecordForm + " can be filled"}, true
}

// clock shows the present instant in the configured zone, to be held against a watch.
func (s *session) clock(c Config) finding {
	now := s.Now().In(c.Zone())
	if now.Year() < 2026 {
		return finding{"mend", "clock", fmt.Sprintf("%s is in the past: set this machine's clock", now.Format(time.DateTime))}
	}
	return finding{"ok", "clock", fmt.Sprintf("%s %s", now.Format(time.DateTime), c.Timezone)}
}

// lowDisk is below what a year of one organisation takes, with its pictures.
const lowDisk = 200 << 20

func disk(database string) finding {
	free, err := freeBytes(filepath.Dir(database))
	switch {
	case err != nil:
		return finding{"note", "disk", "the free space cannot be told: " + err.Error()}
	case free < lowDisk:
		return finding{"mend", "disk", fmt.Sprintf("only %d MB free beside the database: make room", free>>20)}
	}
	return finding{"ok", "disk", fmt.Sprintf("%d MB free", free>>20)}
}

// private looks at who may read the database.
func private(database string) finding {
	st, err := os.Stat(database)
	if err != nil {
		return finding{"mend", "privacy", err.Error()}
	}
	if st.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" { // which shows 0666 for every file
		return finding{"mend", "privacy", fmt.Sprintf("others may read %s (mode %o): chmod 600 it", database, st.Mode().Perm())}
	}
	return finding{"ok", "privacy", "the database is its owner's alone"}
}

// inquire looks at the facts: branches, their offices, and who was never recognised.
func (h *House) inquire(ctx context.Context, at time.Time) []finding {
	var out []finding
	err := h.Store.View(ctx, func(tx themeday.Tx) error {
		branches, err := h.Desk.OpenBranches(tx, at)
		if err != nil {
			return err
		}
		if len(branches) == 0 {
			out = append(out, finding{"mend", "roster", "there is no branch yet: themeday import roster FILE"})
		}
		bound, err := h.everBound(tx)
		if err != nil {
			return err
		}
		for _, b := range branches {
			more, err := h.inquireBranch(tx, b, bound, at)
			if err != nil {
				return err
			}
			out = append(out, more...)
		}
		groups, err := h.weComGroups(tx, h.Config, at)
		if err != nil {
			return err
		}
		out = append(out, groups...)
		abuse, err := h.inquireAbuse(tx, at)
		if err != nil {
			return err
		}
		out = append(out, abuse...)
		stuck, err := tx.StuckPosts()
		for _, p := range stuck {
			out = append(out, finding{"note", "posts", fmt.Sprintf("%s of %s: sent or not, nobody knows; look at the chat", p.Kind, p.Branch)})
		}
		return err
	})
	if err != nil {
		out = append(out, finding{"mend", "database", err.Error()})
	}
	return out
}

// everBound are the people whom the bot has recognised on any network.
func (h *House) everBound(tx themeday.Tx) (map[themeday.PersonID]bool, error) {
	bound := map[themeday.PersonID]bool{}
	for _, account := range accounts {
		all, err := tx.Bindings(account)
		if err != nil {
			return nil, err
		}
		for _, b := range all {
			bound[b.Person] = true
		}
	}
	return bound, nil
}

func (h *House) inquireBranch(tx themeday.Tx, b themeday.Branch, bound map[themeday.PersonID]bool, at time.Time) ([]finding, error) {
	roster, err := tx.Roster(b.ID, h.Desk.Day(at))
	if err != nil {
		return nil, err
	}
	var out []finding
	if _, ok := roster.Secretary(); !ok {
		out = append(out, finding{"mend", "roster", b.Name + " has no 书记: nobody can plan; mend the roster and import it again"})
	}
	if _, ok := roster.Recorder(); !ok {
		out = append(out, finding{"note", "roster", b.Name + " has no 记录员 (第三条·R11)"})
	}
	var unbound []string
	for _, m := range roster {
		if !bound[m.Person.ID] {
			unbound = append(unbound, m.Name)
		}
	}
	text := fmt.Sprintf("%s, group [%s]: %d members, %d on the list", b.Name, b.Group, len(roster.Members()), len(roster))
	if len(unbound) > 0 {
		text += fmt.Sprintf("; %d not recognised in a chat yet: %s", len(unbound), strings.Join(unbound, "、"))
		return append(out, finding{"note", "branch", text}), nil
	}
	return append(out, finding{"ok", "branch", text}), nil
}
