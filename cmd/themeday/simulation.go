package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"themeday"
	"themeday/templates"
)

// simulation is one seed: a house, its people, and what happens to them in some months. The same seed gives the same run.
type simulation struct {
	seed   uint64
	months int
	calm   bool // without troubles
	small  bool // one branch of few in the days around its activity, looked through less often
	tamper func(themeday.Tx) themeday.Tx
	texts  *templates.Posts // read already; nil: they are read
}

// simulated is what came of a simulation.
type simulated struct {
	Seed    uint64  `json:"seed"`
	Steps   int     `json:"steps"`
	Lives   int     `json:"lives"`  // of the process
	Struck  int     `json:"struck"` // troubles that kept the program from something
	Entries int     `json:"entries"`
	Posts   int     `json:"posts"`
	Found   *breach `json:"found,omitempty"`

	deeds  []deed
	config string // a configuration file; empty: the defaults
	log    []string
}

// run plays a seed in a folder of its own.
func (s simulation) run(dir string) (simulated, error) {
	chance := rand.New(rand.NewPCG(s.seed, 0x7468656d65646179))
	people := newPopulace(chance, s.small)
	out := simulated{Seed: s.seed}
	if people.often(0.25) {
		out.config = "config.yaml"
	}
	for i := range 4 {
		if err := writeInto(dir, fmt.Sprintf("photo-%d.png", i), snapshot(i)); err != nil {
			return out, err
		}
	}
	if err := writeInto(dir, "roster-0.csv", people.sheet()); err != nil {
		return out, err
	}
	if out.config != "" {
		if err := writeInto(dir, out.config, []byte("wechat: {pace: {min: 3s, max: 8s, per_hour: 20, per_day: 60}, quiet: \"23:00-07:00\"}\n")); err != nil {
			return out, err
		}
	}
	config, err := simulatedConfig(dir, out.config)
	if err != nil {
		return out, err
	}
	config.texts = s.texts
	begins := 1
	if s.small {
		begins = 5
	}
	first := time.Date(2026, time.Month(1+chance.IntN(12)), begins, 0, 0, 0, 0, config.Zone())
	w, err := newWorld(filepath.Join(dir, "world"), config, first)
	if err != nil {
		return out, err
	}
	defer w.close()
	if w.tamper = s.tamper; s.small {
		w.every *= 5
		w.judge.seldom = 4
	}
	days := &days{populace: people, w: w, zone: config.Zone(), level: []float64{0, 0.5, 1, 2}[chance.IntN(4)]}
	if s.calm {
		days.level = 0
	}
	if err := w.begin(dir, "roster-0.csv"); err != nil {
		return out, err
	}
	last := first.AddDate(0, s.months, 0)
	if s.small {
		days.eager = true
	}
	for day := first; day.Before(last) && !w.over(); day = day.AddDate(0, 0, 1) {
		if w.pass(day); s.small && days.done() {
			last = day
			break
		}
		for _, d := range days.day(day) {
			out.deeds = append(out.deeds, d)
			if err := w.do(d); err != nil {
				return out, fmt.Errorf("seed %d: %s: %w", s.seed, d.line(), err)
			}
			if w.over() {
				break
			}
		}
	}
	w.end(last)
	w.report(&out)
	return out, nil
}

// replay plays deeds that were made up before; dir holds their files. show may be nil.
func replay(dir, world string, config Config, deeds []deed, tamper func(themeday.Tx) themeday.Tx, show *Transcript) (out simulated, err error) {
	if len(deeds) == 0 {
		return out, nil
	}
	first := deeds[0].At
	first = time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, first.Location())
	w, err := newWorld(world, config, first)
	if err != nil {
		return out, err
	}
	defer w.close()
	w.tamper, w.show = tamper, show
	if err := w.begin(dir, "roster-0.csv"); err != nil {
		return out, err
	}
	for _, d := range deeds {
		out.deeds = append(out.deeds, d)
		if err := w.do(d); err != nil {
			return out, fmt.Errorf("%s: %w", d.line(), err)
		}
		if w.over() {
			break
		}
	}
	w.end(deeds[len(deeds)-1].At)
	w.report(&out)
	return out, nil
}

// simulatedConfig reads the configuration of a simulation; nothing: the defaults.
func simulatedConfig(dir, name string) (Config, error) {
	if name == "" {
		return LoadConfig("")
	}
	return LoadConfig(filepath.Join(dir, name))
}

// begin starts the process and enrols the house; the files of its people lie in a folder.
func (w *world) begin(files, roster string) error {
	w.files, w.looked = files, w.now.Add(w.every)
	w.open()
	if w.house == nil {
		return fmt.Errorf("the simulated process did not start: %v", w.judge.found)
	}
	return w.enrol(roster)
}

// end lets the last things fall due in peace, and looks through everything.
func (w *world) end(at time.Time) {
	t := &w.troubles
	t.crash, t.sends, t.filled = 0, 0, false
	w.pass(at)
	w.pass(at.Add(36 * time.Hour))
	w.judge.look(true)
}

func (w *world) report(out *simulated) {
	out.Steps, out.Lives, out.Struck, out.Found = w.steps, w.lives, w.injected, w.judge.found
	out.Entries, out.Posts, out.log = w.judge.entries, w.judge.posts, w.log.last(10)
}

// script is a simulation as a rehearsal that replays it.
func (s simulated) script(config string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Seed %d. Play it with its finest points: themeday simulate --replay THIS; roughly: themeday rehearse THIS\n", s.Seed)
	if s.Found != nil {
		fmt.Fprintf(&b, "# Broken at %s: %s\n", s.Found.At.Format("2006-01-02 15:04:05"), oneLine(s.Found.Rule+": "+s.Found.What))
	}
	if config != "" {
		fmt.Fprintf(&b, "config %s\n", config)
	}
	b.WriteString("roster roster-0.csv\n")
	for _, d := range s.deeds {
		b.WriteString(d.line() + "\n")
	}
	return b.Bytes()
}

func oneLine(s string) string {
	return string(bytes.ReplaceAll([]byte(s), []byte("\n"), []byte(" ")))
}

// shrink leaves out what a breach does not need, in at most so many plays.
func (s simulated) shrink(dir string, config Config, tamper func(themeday.Tx) themeday.Tx, plays int) simulated {
	best := s
	fails := func(deeds []deed) bool {
		if plays--; plays < 0 {
			return false
		}
		world := filepath.Join(dir, "shrinking")
		defer os.RemoveAll(world) //nolint:errcheck // a scratch folder
		out, err := replay(dir, world, config, deeds, tamper, nil)
		if err != nil || out.Found == nil || out.Found.Rule != s.Found.Rule {
			return false
		}
		out.Seed, out.config = s.Seed, s.config
		best = out
		return true
	}
	if !fails(s.deeds) {
		return s
	}
	for size := len(best.deeds) / 2; size > 0 && plays > 0; size /= 2 {
		for from := 0; from+size <= len(best.deeds) && plays > 0; {
			without := append(append([]deed{}, best.deeds[:from]...), best.deeds[from+size:]...)
			if !fails(without) {
				from += size
			}
		}
	}
	return best
}
