package main

import (
	_ "embed" // the commented configuration
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

//go:embed themeday.yaml
var sampleConfig []byte

type initCmd struct {
	Dir string `arg:"" optional:"" default:"." help:"The folder; it is made where there is none."`
}

func (c *initCmd) Run(s *session) error {
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return fmt.Errorf("make the folder %s: %w", c.Dir, err)
	}
	config := filepath.Join(c.Dir, configFile)
	if err := writeNew(config, sampleConfig); err != nil {
		return err
	}
	database := filepath.Join(c.Dir, defaultConfig().Database)
	if s.db != "" {
		database = s.db
	}
	key, err := s.firstKey(database)
	if err != nil {
		return err
	}
	return s.printf(`Written: %s (every key with its default) and %s (empty).
%s

Next:
  1. fill in the roster as .xlsx or .csv with the columns 支部, 姓名, 职务, 类别 and, where you like, 党小组, 手机, 备注, 群名, 群昵称
  2. themeday import roster FILE --config %s
  3. themeday chat --config %s      to try it in the terminal
  4. themeday doctor --config %s    to see what is still missing
`, config, database, key, config, config, config)
}

// writeNew writes a file that must not be there yet.
func writeNew(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: edit it, or name another folder", path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
