package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"themeday"
	"themeday/bot"
)

// Line is one line of a transcript with --json: something that a person said or that the bot posted.
type Line struct {
	At      string     `json:"at"`   // RFC 3339 with seconds, in the configured zone
	Dir     string     `json:"dir"`  // in for people, out for the bot
	Chat    string     `json:"chat"` // the group's name, or the person's in private
	Private bool       `json:"private"`
	From    string     `json:"from,omitempty"` // who spoke in a group
	Text    string     `json:"text"`
	Files   []LineFile `json:"files"`
	Kind    string     `json:"kind,omitempty"` // the kind of post; only of what the bot said
	Data    any        `json:"data,omitempty"` // the figures that the text was rendered from; only of what the bot said
}

// LineFile is a file in a line of a transcript.
type LineFile struct {
	Name string `json:"name"`
	Path string `json:"path"`
}

// Transcript writes what was said, in order, for people or with JSON an object a line for programs. One goroutine at a time may use it.
type Transcript struct {
	Writer io.Writer
	JSON   bool
	Zone   *time.Location

	err error
}

// In writes what somebody said in a group, or to the bot alone when group is empty.
func (t *Transcript) In(at time.Time, group, name, text string, files []themeday.File) {
	l := Line{Dir: "in", Chat: group, From: name, Text: text}
	if group == "" {
		l.Chat, l.Private, l.From = name, true, ""
	}
	t.write(at, l, files)
}

// Out writes what the bot said.
func (t *Transcript) Out(at time.Time, out bot.Outgoing) {
	l := Line{Dir: "out", Chat: out.Name, Private: out.Private, Text: out.Text, Kind: string(out.Kind), Data: out.Data}
	if l.Data == nil {
		l.Data = struct{}{}
	}
	t.write(at, l, out.Files)
}

// Err is the first error of writing; nothing was written after it.
func (t *Transcript) Err() error { return t.err }

func (t *Transcript) write(at time.Time, l Line, files []themeday.File) {
	if t.err != nil {
		return
	}
	at = at.In(t.Zone)
	l.At, l.Files = at.Format(time.RFC3339), make([]LineFile, len(files))
	for i, f := range files {
		l.Files[i] = LineFile{Name: f.Name, Path: f.Path}
	}
	var err error
	if t.JSON {
		out := json.NewEncoder(t.Writer)
		out.SetEscapeHTML(false)
		err = out.Encode(l)
	} else {
		_, err = io.WriteString(t.Writer, l.plain(at)+"\n")
	}
	if err != nil {
		t.err = fmt.Errorf("write the transcript: %w", err)
	}
}

// plain is the line as people read it; whatever follows its first line is indented.
func (l Line) plain(at time.Time) string {
	arrow, who := "←", "["+l.Chat+"]"
	if l.Private {
		who = "(" + l.Chat + ")"
	}
	if l.Dir == "out" {
		arrow = "→"
	} else {
		who = strings.TrimSpace(who+" "+l.From) + ":"
	}
	head := at.Format("2006-01-02 15:04") + " " + arrow + " " + who
	parts := strings.Split(strings.TrimRight(l.Text, "\n"), "\n")
	for _, f := range l.Files {
		parts = append(parts, "〔文件 "+f.Name+"〕")
	}
	if parts[0] != "" {
		head += " " + parts[0]
	}
	for _, p := range parts[1:] {
		head += "\n" + strings.TrimRight("  "+p, " ")
	}
	return head
}
