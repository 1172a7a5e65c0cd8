package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"
)

type rehearseCmd struct {
	Script string `arg:"" help:"The script: a line a step, as the README describes."`
	JSON   bool   `name:"json" help:"One JSON object a line, with the figures of every post."`
	Out    string `help:"Write facts.json and chat.txt into this folder." placeholder:"DIR"`
}

func (c *rehearseCmd) Run(s *session) error {
	player, err := readScriptFile(c.Script, s.config)
	if err != nil {
		return err
	}
	player.Log = s.logger(slog.LevelError)
	player.Config.Database = s.db
	return rehearse(s.ctx, player, s.Out, c.JSON, c.Out)
}

// rehearse plays a script on its database, or on one of its own that it takes away afterwards, and leaves its documents in a folder when one is named.
func rehearse(ctx context.Context, player *Player, out io.Writer, asJSON bool, folder string) (err error) {
	if player.Config.Database == "" {
		temp, mkErr := os.MkdirTemp("", "themeday-rehearsal-")
		if mkErr != nil {
			return fmt.Errorf("make a folder for the rehearsal: %w", mkErr)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
		player.Config.Database, player.Config.scratch = filepath.Join(temp, "rehearsal.db"), true
	}
	documents := player.Done
	if documents == nil {
		documents = func(*House) error { return nil }
	}
	var chat bytes.Buffer
	if folder != "" {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return fmt.Errorf("make the folder %s: %w", folder, err)
		}
		out = io.MultiWriter(out, &chat)
		player.Files = filepath.Join(folder, "files")
		more := documents
		documents = func(h *House) error { return errors.Join(leaveDocuments(ctx, h, folder, &chat), more(h)) }
	}
	player.Show = &Transcript{Writer: out, JSON: asJSON, Zone: player.Config.Zone()}
	player.Done = documents
	if err := player.Play(ctx); err != nil {
		return fmt.Errorf("%s: %w", player.Name, err)
	}
	return nil
}

// leaveDocuments writes what a rehearsal leaves behind.
func leaveDocuments(ctx context.Context, h *House, folder string, chat *bytes.Buffer) error {
	if err := writeFile(filepath.Join(folder, "chat.txt"), chat.Bytes()); err != nil {
		return err
	}
	var facts bytes.Buffer
	if err := h.WriteFacts(ctx, &facts, "", ""); err != nil {
		return err
	}
	return writeFile(filepath.Join(folder, "facts.json"), facts.Bytes())
}

// readScriptFile reads a script with its configuration: its own, else the named one, else the defaults. The themeday.yaml of the
// folder does not count, so that a script gives the same everywhere.
func readScriptFile(path, config string) (*Player, error) {
	data, err := readFile(path, scriptLimit)
	if err != nil {
		return nil, fmt.Errorf("read the script: %w", err)
	}
	first, err := ReadScript(bytes.NewReader(data), time.UTC)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	p := &Player{Name: path, Dir: filepath.Dir(path)}
	if first.Config != "" {
		config = p.path(first.Config)
	}
	if p.Config, err = LoadConfig(config); err != nil {
		return nil, err
	}
	if p.Script, err = ReadScript(bytes.NewReader(data), p.Config.Zone()); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return p, nil
}
