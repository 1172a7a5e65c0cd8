package main

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"
)

type exportCmd struct {
	Facts exportFactsCmd `cmd:"" help:"The facts as JSON for other programs: no reasons, no single ratings."`
}

type exportFactsCmd struct {
	Branch   string `help:"Only this branch." placeholder:"NAME"`
	Activity string `help:"Only this activity, such as 第一支部/2026-03." placeholder:"ID"`
	Out      string `short:"o" required:"" help:"The file; - is the standard output." placeholder:"FILE"`
}

func (c *exportFactsCmd) Run(s *session) error {
	config, err := s.load()
	if err != nil {
		return err
	}
	if err := existing(config); err != nil {
		return err
	}
	h, err := OpenHouse(config, nil, rand.Reader, s.logger(slog.LevelWarn))
	if err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // nothing was written
	var facts bytes.Buffer
	if err := h.WriteFacts(s.ctx, &facts, c.Branch, c.Activity); err != nil {
		return err
	}
	return s.deliver(c.Out, facts.Bytes())
}

// deliver writes a document to its file, readable by its owner only, or to the standard output.
func (s *session) deliver(path string, document []byte) error {
	if path == "-" {
		return s.printf("%s", document)
	}
	if err := os.WriteFile(path, document, 0o600); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
