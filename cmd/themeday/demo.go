package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
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
	if err := rehearse(s.ctx, player, s.Out, false, c.Out); err != nil {
		return err
	}
	return s.printf("\nWritten to %s: demo.db (look round with --db %s), chat.txt, facts.json.\n", c.Out, player.Config.Database)
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
