package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// StepVerb says what happens in a step of a script.
type StepVerb string

// The verbs of a script; Say and Import have no word of their own there.
const (
	Say     StepVerb = "say"
	Wait    StepVerb = "wait"
	Restart StepVerb = "restart"
	Relogin StepVerb = "relogin"
	Rename  StepVerb = "rename"
	Join    StepVerb = "join"
	Leave   StepVerb = "leave"
	Repeat  StepVerb = "repeat"
	Offline StepVerb = "offline"
	Import  StepVerb = "roster" // a roster with a time before it is imported then
)

// Script is a rehearsal as written: what to begin with, and the steps in the order of their times.
type Script struct {
	Config  string   // relative to the script; empty: the defaults
	Rosters []string // imported before the first step; relative to the script
	Steps   []ScriptStep
}

// ScriptStep is one line of a script that has a time.
type ScriptStep struct {
	Line   int       // counted from 1
	At     time.Time // in the configured zone; never before the step above
	Verb   StepVerb
	Group  string // the group's name; empty in a private chat and where no group is meant
	Name   string // who speaks, joins, leaves or renames himself
	To     string // his new card
	Text   string // what he says
	File   string // the picture or document that he sends instead of a text, or the roster; relative to the script
	Image  bool   // the file is a picture
	Quoted bool   // the text quotes another message
	For    time.Duration
}

const (
	scriptLimit = 8 << 20
	lineLimit   = 64 << 10
)

// ReadScript reads a rehearsal script; times in it are local to zone. An error names the line, what is wrong and how to mend it.
func ReadScript(r io.Reader, zone *time.Location) (Script, error) {
	data, err := io.ReadAll(io.LimitReader(r, scriptLimit+1))
	if err != nil {
		return Script{}, fmt.Errorf("read the script: %w", err)
	}
	if len(data) > scriptLimit {
		return Script{}, errors.New("the script is longer than 8 MB: cut it into several")
	}
	reader := scriptReader{clock: scriptClock{zone: zone}}
	n := 0
	for line := range bytes.Lines(bytes.TrimPrefix(data, []byte("\ufeff"))) {
		n++
		if err := reader.read(n, bytes.TrimRight(line, "\r\n")); err != nil {
			return Script{}, fmt.Errorf("line %d: %w", n, err)
		}
	}
	return reader.script, nil
}

// scriptReader is a script read so far.
type scriptReader struct {
	script Script
	clock  scriptClock
}

func (s *scriptReader) read(n int, raw []byte) error {
	switch {
	case len(raw) > lineLimit:
		return errors.New("longer than 64 KB: say it in several messages")
	case !utf8.Valid(raw):
		return errors.New("not UTF-8: save the script as UTF-8")
	}
	line := strings.TrimLeft(string(raw), " \t")
	if strings.TrimSpace(line) == "" || line[0] == '#' {
		return nil
	}
	word, rest := cutBlank(line)
	if word == "config" || word == "roster" {
		return s.begin(word, bare(rest))
	}
	at, what, err := s.clock.read(line)
	if err != nil {
		return err
	}
	step, err := readStep(what)
	if err != nil {
		return err
	}
	step.Line, step.At = n, at
	s.script.Steps = append(s.script.Steps, step)
	return nil
}

// begin reads a line that stands before the first step and has no time.
func (s *scriptReader) begin(word, file string) error {
	switch {
	case file == "":
		return fmt.Errorf("%s names no file: write `%s FILE`, relative to the script", word, word)
	case word == "config" && len(s.script.Steps) > 0:
		return errors.New("config stands after the first step: move it to the beginning")
	case word == "config" && s.script.Config != "":
		return fmt.Errorf("a second config: the script has %s already, keep one of them", s.script.Config)
	case word == "config":
		s.script.Config = file
	case len(s.script.Steps) > 0:
		return errors.New("roster without a time stands after the first step: move it to the beginning, or write the time of the import before it")
	default:
		s.script.Rosters = append(s.script.Rosters, file)
	}
	return nil
}

// cutBlank splits at the first run of blanks.
func cutBlank(s string) (word, rest string) {
	i := strings.IndexAny(s, " \t")
	if i < 0 {
		return s, ""
	}
	return s[:i], strings.Trim(s[i:], " \t")
}

// bare drops the blanks around the rest of a line that holds no text of a message, and a remark that is set off by blanks.
func bare(s string) string {
	for _, mark := range []string{"  # ", "\t# "} {
		s, _, _ = strings.Cut("  "+s, mark)
		s = strings.TrimSpace(s)
	}
	return s
}
