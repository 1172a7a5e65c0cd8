package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"themeday"
	"themeday/templates/book"
)

// demoFiles are the demo's script, its roster and a photo.
//
//go:embed demo
var demoFiles embed.FS

type demoCmd struct {
	Out string `default:"demo-out" help:"The folder for demo.db, chat.txt and facts.json (default: ${default})." placeholder:"DIR"`
}

// demoDatabase is the demo's database in its folder.
const demoDatabase = "demo.db"

func (c *demoCmd) Run(s *session) (err error) {
	if s.db != "" {
		return usage("demo writes a database of its own: name its folder with --out DIR")
	}
	if err := clearDemo(c.Out); err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "themeday-demo-")
	if err != nil {
		return fmt.Errorf("make a folder for the demo: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	if err := os.CopyFS(temp, demoFiles); err != nil {
		return fmt.Errorf("lay out the demo: %w", err)
	}
	player, err := readScriptFile(filepath.Join(temp, "demo", "script.txt"), "")
	if err != nil {
		return err
	}
	player.Log = s.logger(slog.LevelError)
	player.Config.Database = filepath.Join(c.Out, demoDatabase)
	if err := s.printf("第一支部的三月（→ 是机器人说的，← 是大家说的；[ ] 是群，( ) 是私信）\n\n"); err != nil {
		return err
	}
	var written []string
	player.Done = func(h *House) (err error) {
		written, err = h.leaveSamples(s.ctx, filepath.Join(c.Out, "documents"), player.now)
		return err
	}
	if err := rehearse(s.ctx, player, s.Out, false, c.Out); err != nil {
		return err
	}
	return s.printf("\nWritten to %s: demo.db (look round with --db %s), chat.txt, facts.json, files (what the bot sent), and in documents:\n%s\n",
		c.Out, player.Config.Database, strings.Join(written, "\n"))
}

// clearDemo makes the folder and takes away the database of an earlier demo; what else lies there stays.
func clearDemo(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make the folder %s: %w", folder, err)
	}
	database := filepath.Join(folder, demoDatabase)
	held, err := lock(database + ".lock")
	if errors.Is(err, errHeld) {
		return fmt.Errorf("another themeday serves %s: end that one first, or name another folder with --out DIR", database)
	}
	if err != nil {
		return fmt.Errorf("lock the earlier demo: %w", err)
	}
	defer unlock(held) //nolint:errcheck // the lock dies with the process
	for _, old := range []string{database, database + "-wal", database + "-shm"} {
		if err := os.Remove(old); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("take away the earlier demo: %w", err)
		}
	}
	return nil
}

// leaveSamples writes a document of every kind and ending about the one activity of the demo, and gives their names.
func (h *House) leaveSamples(ctx context.Context, folder string, at time.Time) ([]string, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder %s: %w", folder, err)
	}
	var written []string
	err := h.Store.View(ctx, func(tx themeday.Tx) error {
		branches, err := tx.Branches()
		if err != nil {
			return err
		}
		b, year := branches[0], h.Desk.Day(at).Year
		a, err := h.Desk.Held(tx, b.ID, at)
		if err != nil {
			return err
		}
		form, err := h.Desk.RecordForm(tx, a)
		if err != nil {
			return err
		}
		l := book.Ledger{Title: fmt.Sprintf("%s%d年度主题党日台账", b.Name, year), Made: h.Desk.Local(at), Thumb: thumbs(h.Config)}
		if l.Head, err = printedHead(tx); err != nil {
			return err
		}
		own := h.Desk.Yearbooks(tx, branches[:1], year, at, true)
		samples := []struct {
			name  string
			write func(io.Writer) error
		}{
			{"纪实表.html", func(w io.Writer) error { return h.writeRecordForm(w, form, ".html") }},
			{"台账.html", func(w io.Writer) error { return l.HTML(w, own) }},
			{"述职报告.html", func(w io.Writer) error { return h.writeReview(tx, w, b.ID, year, at, ".html") }},
		}
		for _, d := range []struct {
			name string
			themeday.Document
		}{
			{"纪实表.docx", themeday.Document{Kind: themeday.RecordDocument, Activity: a.ID}},
			{"签到册.docx", themeday.Document{Kind: themeday.SheetDocument, Activity: a.ID}},
			{"台账.xlsx", themeday.Document{Kind: themeday.LedgerDocument, Own: true}},
			{"年度计划.xlsx", themeday.Document{Kind: themeday.PlanDocument}},
			{"年度计划.ics", themeday.Document{Kind: themeday.DatesDocument}},
			{"述职报告.docx", themeday.Document{Kind: themeday.ReviewDocument}},
			{"迎检材料.zip", themeday.Document{Kind: themeday.EvidenceDocument}},
		} {
			d.Branch, d.Year = b.ID, year
			_, write, err := h.document(ctx, tx, d.Document, at)
			if err != nil {
				return err
			}
			samples = append(samples, struct {
				name  string
				write func(io.Writer) error
			}{d.name, write})
		}
		for _, one := range samples {
			if filepath.Ext(one.name) == ".xlsx" {
				one.write = sorted(one.write)
			}
			if err := streamFile(filepath.Join(folder, one.name), one.write); err != nil {
				return err
			}
			written = append(written, one.name)
		}
		return nil
	})
	slices.Sort(written)
	return written, err
}
