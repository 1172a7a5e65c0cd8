package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"themeday"
	"themeday/bot"
	"themeday/bot/simnet"
	"themeday/templates/sheet"
)

// Player plays a script: the same program as in `run`, with a simulated clock and network.
type Player struct {
	Script Script
	Name   string // the script, for errors
	Dir    string // the script's folder, from which its paths go
	Config Config
	Log    *slog.Logger
	Show   *Transcript
	Done   func(*House) error // what is done with the house after the last step; may be nil
	Files  string             // the folder in which what the bot sent is left; none: the transcript names the files alone

	net   *simnet.Network
	house *House
	rnd   io.Reader
	now   time.Time
	away  time.Time // until then the network is out of reach

	sent   int   // files so far, so that no two have one name
	unleft error // of files that could not be left
}

// Play plays the whole script. The same script gives the same output, byte for byte.
func (p *Player) Play(ctx context.Context) error {
	seed := [32]byte{1}
	p.rnd = rand.NewChaCha8(seed)
	p.Config.chance = rand.NewChaCha8([32]byte{2}) // a source of its own: whether there is a key already changes nothing else
	p.net = simnet.New(1)
	p.net.OnSend = func(at time.Time, out bot.Outgoing) {
		out.Files = p.left(at, out.Files)
		p.Show.Out(at, out)
	}
	if len(p.Script.Steps) == 0 {
		return fmt.Errorf("the script has no steps; write at least one line such as: 2026-03-01 08:00 wait")
	}
	p.now = p.Script.Steps[0].At
	p.net.Tick(p.now)
	if err := p.open(ctx); err != nil {
		return err
	}
	defer func() { _ = p.house.Close() }()
	before, err := p.house.Store.Messages()
	if err != nil {
		return err
	}
	p.net.Count(before)
	for _, file := range p.Script.Rosters {
		if err := p.enrol(ctx, file); err != nil {
			return err
		}
	}
	for _, s := range p.Script.Steps {
		if err := p.pass(ctx, s.At); err != nil {
			return fmt.Errorf("line %d: %w", s.Line, err)
		}
		if err := p.step(ctx, s); err != nil {
			return fmt.Errorf("line %d: %w", s.Line, err)
		}
	}
	if p.Done != nil {
		if err := p.Done(p.house); err != nil {
			return err
		}
	}
	return errors.Join(p.Show.Err(), p.unleft)
}

// left puts copies of sent files into the folder for them, so that what a transcript names can be opened, also after a later one of the same name.
func (p *Player) left(at time.Time, files []themeday.File) []themeday.File {
	if p.Files == "" && !p.Config.scratch {
		return files // they lie beside the database
	}
	out := make([]themeday.File, len(files))
	for i, f := range files {
		out[i] = themeday.File{Name: f.Name}
		if p.Files == "" {
			continue
		}
		data, err := readFile(f.Path, mostSent)
		if err == nil {
			p.sent++
			out[i].Path = filepath.Join(p.Files, fmt.Sprintf("%s-%d-%s", at.In(p.Config.Zone()).Format("20060102-150405"), p.sent, f.Name))
			err = errors.Join(os.MkdirAll(p.Files, 0o700), writeFile(out[i].Path, data))
		}
		p.unleft = errors.Join(p.unleft, err)
	}
	return out
}

// open starts the program on the database, as a new process would.
func (p *Player) open(ctx context.Context) error {
	house, err := OpenHouse(p.Config, p.net, p.rnd, p.Log)
	if err != nil {
		return err
	}
	p.house = house
	if err := p.enlist(ctx); err != nil {
		return err
	}
	return p.house.Start(ctx, p.now)
}

// pass lets time go by: everything that falls due on the way is done at its instant.
func (p *Player) pass(ctx context.Context, to time.Time) error {
	for {
		next := p.house.Next()
		if p.away.After(p.now) && (next.IsZero() || p.away.Before(next)) {
			next = p.away
		}
		if next.IsZero() || next.After(to) {
			break
		}
		if next.Before(p.now) {
			next = p.now
		}
		p.now = next
		p.net.Tick(p.now)
		if err := p.house.Advance(ctx, p.now); err != nil {
			return err
		}
		if after := p.house.Next(); !after.IsZero() && !after.After(p.now) {
			return fmt.Errorf("the schedule does not get past %s", p.now.Format(time.RFC3339))
		}
	}
	p.now = to
	p.net.Tick(p.now)
	return p.house.Advance(ctx, p.now)
}

func (p *Player) step(ctx context.Context, s ScriptStep) error {
	switch s.Verb {
	case Wait:
		return nil
	case Say:
		return p.say(ctx, s)
	case Restart:
		if err := p.house.Close(); err != nil {
			return err
		}
		return p.open(ctx)
	case Relogin:
		p.net.Relogin()
	case Rename:
		return p.net.Rename(s.Group, s.Name, s.To)
	case Join:
		return p.net.Join(s.Group, s.Name)
	case Leave:
		return p.net.Leave(s.Group, s.Name)
	case Repeat:
		if m, ok := p.net.Repeat(); ok {
			return p.house.Take(ctx, m)
		}
		return fmt.Errorf("nothing was said yet that could be repeated")
	case Offline:
		p.away = p.now.Add(s.For)
		p.net.Offline(p.away)
	case Import:
		return p.enrol(ctx, s.File)
	}
	return nil
}

func (p *Player) say(ctx context.Context, s ScriptStep) error {
	said := simnet.Said{At: p.now, Group: s.Group, Name: s.Name, Text: s.Text, Quoted: s.Quoted}
	if s.File != "" {
		path := p.path(s.File)
		if st, err := os.Stat(path); err != nil || !st.Mode().IsRegular() {
			return fmt.Errorf("no such file: %s", path)
		}
		said.Files = []themeday.File{{Name: filepath.Base(s.File), Path: path, Image: s.Image}}
	}
	m, err := p.net.Say(said)
	if err != nil {
		return err
	}
	p.Show.In(p.now, s.Group, s.Name, s.Text, asWritten(s))
	return p.house.Take(ctx, m)
}

// asWritten are the files of a step by the paths in the script, so that a transcript is the same in every folder.
func asWritten(s ScriptStep) []themeday.File {
	if s.File == "" {
		return nil
	}
	return []themeday.File{{Name: filepath.Base(s.File), Path: s.File, Image: s.Image}}
}

func (p *Player) path(file string) string {
	if filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(p.Dir, file)
}

// enrol imports a roster and puts its people on the network.
func (p *Player) enrol(ctx context.Context, file string) error {
	rows, err := sheet.Read(p.path(file), nil)
	if err != nil {
		return err
	}
	roster, bad := themeday.ReadRoster(rows)
	if len(bad) > 0 {
		return fmt.Errorf("%s: %w", file, faults(bad))
	}
	if _, err := p.house.Enrol(ctx, roster, p.now, nil); err != nil {
		return err
	}
	if err := p.enlist(ctx); err != nil {
		return err
	}
	return p.house.Advance(ctx, p.now)
}

// enlist puts the people of the house on the network: friends of the account, remarked with their names, in their branches' groups.
func (p *Player) enlist(ctx context.Context) error {
	return p.house.Store.View(ctx, func(tx themeday.Tx) error {
		branches, err := tx.Branches()
		if err != nil {
			return err
		}
		groups := map[themeday.BranchID]string{}
		for _, b := range branches {
			groups[b.ID] = b.Group
		}
		places, err := tx.Memberships()
		if err != nil {
			return err
		}
		people, err := tx.People()
		if err != nil {
			return err
		}
		today := p.house.Desk.Day(p.now)
		for _, person := range people {
			cards, known := map[string]string{}, person.Committee || person.Liaison
			for _, m := range places {
				if m.Person != person.ID {
					continue
				}
				known = true
				if m.On(today) {
					cards[groups[m.Branch]] = m.Card
				}
			}
			if known {
				p.net.Enrol(simnet.Person{ID: fmt.Sprintf("p%d", person.ID), Name: person.Name, Remark: person.Name, Cards: cards})
			}
		}
		return nil
	})
}
