package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"themeday"
	"themeday/bot"
	"themeday/bot/simnet"
	"themeday/templates/sheet"
)

// deed is one line of a simulation: a step of a script, or a trouble. A trouble stands in the script as a remark behind the step that comes
// nearest to it, so that the player of rehearsals can play every simulation, only without its finest points.
type deed struct {
	ScriptStep
	Trouble string // its words; empty: the step is played as it is
}

// The troubles. The first word names it:
//
//	crash N OUTAGE    the process is killed at the Nth moment from now and started again after OUTAGE
//	full N SPAN       the disk takes N more rows, and none for SPAN
//	narrow SPAN       the database file cannot grow for SPAN
//	send N OUTCOME    the Nth send from now comes out as unknown-gone, unknown-lost, refused or often
//	late SPAN         the next message is delivered only so much later
//	again N           the Nth message from the last comes once more
//	clock SPAN        the machine's clock is so far from the truth from now on
//	resend            the operator has a post of unknown outcome sent again
//	reload            the configuration is read anew
//	backup            a backup is made
//	move SPAN         the machine is lost; the last backup is restored elsewhere and serves after SPAN
//	purge             what is past its time is taken away

// line is the deed as a line of a script.
func (d deed) line() string {
	s, at := d.ScriptStep, d.At.Format("2006-01-02 15:04:05")
	escape := strings.NewReplacer(`\`, `\\`, "\n", `\n`).Replace
	var what string
	switch s.Verb {
	case Say:
		who, said := "("+s.Name+")", escape(s.Text)
		if s.Group != "" {
			who = "[" + s.Group + "] " + s.Name
		}
		switch {
		case s.File != "" && s.Image:
			said = "图片 " + s.File
		case s.File != "":
			said = "文件 " + s.File
		case s.Quoted:
			said = "引用 " + said
		}
		what = who + ": " + said
	case Join, Leave:
		what = fmt.Sprintf("%s [%s] %s", s.Verb, s.Group, s.Name)
	case Rename:
		what = fmt.Sprintf("rename [%s] %s -> %s", s.Group, s.Name, s.To)
	case Offline:
		what = "offline " + s.For.String()
	case Import:
		what = "roster " + s.File
	default:
		what = string(s.Verb)
	}
	if d.Trouble != "" {
		what += "  # sim " + d.Trouble
	}
	return at + " " + what
}

// readDeeds reads a simulation's script again.
func readDeeds(path string, zone *time.Location) (Script, []deed, error) {
	data, err := readFile(path, scriptLimit)
	if err != nil {
		return Script{}, nil, err
	}
	script, err := ReadScript(strings.NewReader(string(data)), zone)
	if err != nil {
		return script, nil, fmt.Errorf("%s: %w", path, err)
	}
	lines := strings.Split(string(data), "\n")
	deeds := make([]deed, len(script.Steps))
	for i, s := range script.Steps {
		deeds[i].ScriptStep = s
		if _, trouble, ok := strings.Cut(lines[s.Line-1], "  # sim "); ok && s.Verb != Say {
			deeds[i].Trouble = strings.TrimSpace(trouble)
		}
	}
	return script, deeds, nil
}

// do does one deed, and looks at what came of it.
func (w *world) do(d deed) error {
	w.pass(d.At)
	if w.over() {
		return nil
	}
	w.steps++
	if err := w.deed(d); err != nil {
		return err
	}
	w.deliver()
	w.advance()
	w.judge.look(false)
	return nil
}

func (w *world) deed(d deed) error {
	if d.Trouble != "" {
		return w.trouble(strings.Fields(d.Trouble))
	}
	s := d.ScriptStep
	switch s.Verb {
	case Say:
		return w.say(s)
	case Restart:
		w.restart()
	case Relogin:
		w.net.Relogin()
		w.counted = time.Time{}
	case Rename:
		_ = w.net.Rename(s.Group, s.Name, s.To) // who is not there renames nobody
	case Join:
		return w.net.Join(s.Group, s.Name)
	case Leave:
		_ = w.net.Leave(s.Group, s.Name)
	case Offline:
		w.away = latest(w.away, w.now.Add(s.For))
		w.net.Offline(w.away)
		w.upset(w.away)
	case Import:
		return w.enrol(s.File)
	}
	return nil
}

// restart ends the process as a service manager does, and starts it again.
func (w *world) restart() {
	if w.house == nil {
		return
	}
	if err := w.house.Close(); err != nil {
		w.judge.finds("error", "close: %v", err)
	}
	w.house, w.troubles.narrow = nil, false
	w.open()
}

func (w *world) say(s ScriptStep) error {
	said := simnet.Said{At: w.now, Group: s.Group, Name: s.Name, Text: s.Text, Quoted: s.Quoted}
	if s.File != "" {
		said.Files = []themeday.File{{Name: filepath.Base(s.File), Path: filepath.Join(w.files, s.File), Image: s.Image}}
	}
	m, err := w.net.Say(said)
	if err != nil {
		return err
	}
	if w.show != nil {
		w.show.In(w.now, s.Group, s.Name, s.Text, asWritten(s))
	}
	w.judge.said[m.ID] = true
	w.parcels = append(w.parcels, parcel{id: m.ID, at: w.now.Add(w.troubles.late)})
	w.troubles.late = 0
	return nil
}

// enrol imports a roster.
func (w *world) enrol(file string) error {
	if w.house == nil {
		return nil // the operator notices that nothing runs
	}
	rows, err := sheet.Read(filepath.Join(w.files, file), nil)
	if err != nil {
		return err
	}
	roster, bad := themeday.ReadRoster(rows)
	if len(bad) > 0 {
		return nil // so is the operator told, and lets it be
	}
	err, lived := w.run("import", func(ctx context.Context) error {
		_, err := w.house.Enrol(ctx, roster, w.clock(), nil)
		return err
	})
	if err == nil && lived {
		w.player.now = w.clock()
		return w.player.enlist(context.Background())
	}
	return nil
}

// trouble makes trouble.
func (w *world) trouble(words []string) error {
	arg := func(i int) string {
		if i < len(words) {
			return words[i]
		}
		return ""
	}
	n, _ := strconv.Atoi(arg(1))
	span := func(i int) time.Duration {
		d, err := time.ParseDuration(arg(i))
		if err != nil {
			return 0
		}
		return d
	}
	t := &w.troubles
	switch words[0] {
	case "crash":
		t.crash, w.outage = n, span(2)
	case "full":
		t.filled, t.full, t.room = true, n, w.now.Add(span(2))
		w.upset(t.room.Add(30 * time.Minute))
	case "narrow":
		return w.squeeze(span(1))
	case "send":
		outcome, known := outcomes[arg(2)]
		if !known {
			return fmt.Errorf("%q is no outcome of a send", arg(2))
		}
		t.sends, t.outcome, t.goes = n, outcome, arg(2) == "unknown-gone"
	case "late":
		t.late = span(1)
	case "again":
		w.again(n)
	case "clock":
		w.skew = span(1)
		w.upset(w.now.Add(30*time.Minute + w.skew.Abs()))
		w.counted = time.Time{}
	case "resend":
		return w.resend()
	case "backup":
		w.backUp()
	case "move":
		w.move(span(1))
	case "purge":
		w.purge()
	case "reload":
		if w.house != nil {
			_, err := w.house.Reload(w.config)
			return err
		}
	default:
		return fmt.Errorf("%q is no trouble", words[0])
	}
	return nil
}

var outcomes = map[string]error{"unknown-gone": bot.ErrUnknown, "unknown-lost": bot.ErrUnknown, "refused": bot.ErrRefused, "often": bot.ErrTooOften}

// squeeze keeps the database file from growing, and gives it room again after a while.
func (w *world) squeeze(span time.Duration) error {
	if w.house == nil {
		return nil
	}
	if err := w.house.Store.Narrow(context.Background(), span > 0); err != nil {
		return err
	}
	if w.troubles.narrow = span > 0; span > 0 {
		w.troubles.room = w.now.Add(span)
		w.upset(w.now.Add(span + 30*time.Minute))
	}
	return nil
}

// again delivers one of the last messages once more.
func (w *world) again(n int) {
	all := w.net.Heard()
	if n < 1 || n > len(all) {
		return
	}
	w.parcels = append(w.parcels, parcel{id: all[len(all)-n], at: w.now, again: true})
}

// resend is the operator's word that a post of unknown outcome did not go out.
func (w *world) resend() error {
	if w.house == nil {
		return nil
	}
	var keys []string
	w.judge.view(func(tx themeday.Tx) error {
		stuck, err := tx.StuckPosts()
		for _, p := range stuck {
			if p.State == themeday.Unknown && w.clock().Before(p.Expires) && len(keys) == 0 {
				keys = append(keys, p.Key)
			}
		}
		return err
	})
	if len(keys) == 0 {
		return nil
	}
	err := w.house.Store.Update(context.Background(), func(tx themeday.Tx) error {
		return decidePosts(tx, keys, w.clock(), func(p *themeday.Post) error {
			p.State, p.Due, p.Said, p.Note = themeday.Waiting, w.clock(), 0, "sent again at the operator's word"
			return nil
		})
	})
	switch {
	case err == nil:
		w.judge.ordered[keys[0]]++
	case w.troubles.narrow && errors.Is(err, themeday.ErrPassing): // he is told so, and nothing is sent
		w.injected++
		return nil
	}
	return err
}

// writeInto writes a file into a folder that may have to be made.
func writeInto(dir, name string, data []byte) error {
	return errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, name), data, 0o600))
}
