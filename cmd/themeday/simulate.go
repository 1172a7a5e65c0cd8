package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"themeday/templates"
)

type simulateCmd struct {
	Seeds  int    `default:"100" help:"How many houses are simulated."`
	From   uint64 `default:"1" help:"The first seed."`
	Months int    `default:"1" help:"How many months each."`
	Calm   bool   `help:"Without crashes, outages and other troubles."`
	JSON   bool   `name:"json" help:"One JSON object a seed."`
	Out    string `default:"simulate-out" help:"The folder for the script of a seed that fails, with its sheets." placeholder:"DIR"`
	Replay string `help:"Play the script of a seed that failed, with its troubles, instead, and show the chat." placeholder:"FILE"`
}

// Run exits with 1 at the first seed that breaks a promise, and leaves a script that replays it.
func (c *simulateCmd) Run(s *session) error {
	if c.Seeds < 1 || c.Months < 1 || c.Months > 24 {
		return usage("--seeds and --months begin at 1, months end at 24")
	}
	if c.Replay != "" {
		return c.again(s)
	}
	scratch, err := os.MkdirTemp("", "themeday-simulation-")
	if err != nil {
		return fmt.Errorf("make a folder for the simulation: %w", err)
	}
	defer os.RemoveAll(scratch) //nolint:errcheck // a scratch folder
	bar := newProgress(s.Program, c.Seeds, "seeds")
	defer bar.done()
	var broken *simulated
	var sum simulated
	n := 0
	for r := range c.all(s, scratch) {
		if r.err != nil {
			return r.err
		}
		if r.Found != nil {
			broken = &r.simulated
			break
		}
		sum.Steps, sum.Lives, sum.Struck = sum.Steps+r.Steps, sum.Lives+r.Lives, sum.Struck+r.Struck
		sum.Entries, sum.Posts = sum.Entries+r.Entries, sum.Posts+r.Posts
		if c.JSON {
			if err := c.tell(s, r.simulated); err != nil {
				return err
			}
		}
		n++
		bar.set(n)
		_ = os.RemoveAll(seedFolder(scratch, r.Seed))
	}
	bar.done()
	switch {
	case broken != nil:
		return c.failed(s, scratch, *broken)
	case s.ctx.Err() != nil:
		return s.ctx.Err()
	case c.JSON:
		return nil
	}
	return s.printf("%d seeds: %d steps, %d lives of the process, %d troubles that struck, %d entries, %d posts; every promise was kept.\n", n, sum.Steps, sum.Lives, sum.Struck, sum.Entries, sum.Posts)
}

// result is a seed with what went wrong with the simulator itself.
type result struct {
	simulated
	err error
}

func seedFolder(scratch string, seed uint64) string {
	return filepath.Join(scratch, fmt.Sprintf("seed-%d", seed))
}

// all plays the seeds, as many at a time as there are processors but at most four, and gives them in their order.
func (c *simulateCmd) all(s *session, scratch string) func(yield func(result) bool) {
	return func(yield func(result) bool) {
		texts, err := templates.LoadPosts("")
		if err != nil {
			yield(result{err: err})
			return
		}
		workers := min(runtime.NumCPU(), 4)
		todo, stop := make(chan int), make(chan struct{})
		done := make([]chan result, c.Seeds)
		for i := range done {
			done[i] = make(chan result, 1)
		}
		var at sync.WaitGroup
		defer at.Wait()
		defer close(stop)
		for range workers {
			at.Go(func() {
				for i := range todo {
					seed := c.From + uint64(i)
					out, err := simulation{seed: seed, months: c.Months, calm: c.Calm, texts: texts}.run(seedFolder(scratch, seed))
					_ = os.RemoveAll(filepath.Join(seedFolder(scratch, seed), "world"))
					done[i] <- result{out, err}
				}
			})
		}
		go func() {
			defer close(todo)
			for i := range c.Seeds {
				select {
				case todo <- i:
				case <-stop:
					return
				case <-s.ctx.Done():
					return
				}
			}
		}()
		for i := range c.Seeds {
			select {
			case r := <-done[i]:
				if !yield(r) {
					return
				}
			case <-s.ctx.Done():
				return
			}
		}
	}
}

// shrinkPlays is how often a seed that fails is played again to shorten it.
const shrinkPlays = 150

// failed leaves what replays a seed, and says what was broken.
func (c *simulateCmd) failed(s *session, scratch string, r simulated) error {
	dir := seedFolder(scratch, r.Seed)
	config, err := simulatedConfig(dir, r.config)
	if err != nil {
		return err
	}
	small := r.shrink(dir, config, nil, shrinkPlays)
	to := filepath.Join(c.Out, fmt.Sprintf("seed-%d", r.Seed))
	script := small.script(r.config)
	if err := os.MkdirAll(to, 0o700); err != nil {
		return fmt.Errorf("make the folder %s: %w", to, err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.*"))
	for _, f := range files {
		err = errors.Join(err, copyWhole(f, filepath.Join(to, filepath.Base(f))))
	}
	if err = errors.Join(err, writeFile(filepath.Join(to, "script.txt"), script), writeFile(filepath.Join(to, "whole.txt"), r.script(r.config))); err != nil {
		return err
	}
	if c.JSON {
		if err := c.tell(s, small); err != nil {
			return err
		}
	} else if err := s.printf("%s", script); err != nil {
		return err
	}
	return fmt.Errorf("seed %d: %s: %s\nreplay it: themeday simulate --replay %s", r.Seed, small.Found.Rule, small.Found.What, filepath.Join(to, "script.txt"))
}

func (c *simulateCmd) tell(s *session, r simulated) error {
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return s.printf("%s\n", line)
}

// again plays a script that failed.
func (c *simulateCmd) again(s *session) error {
	dir := filepath.Dir(c.Replay)
	script, _, err := readDeeds(c.Replay, defaultConfig().Zone())
	if err != nil {
		return err
	}
	config, err := simulatedConfig(dir, script.Config)
	if err != nil {
		return err
	}
	_, deeds, err := readDeeds(c.Replay, config.Zone())
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "themeday-simulation-")
	if err != nil {
		return fmt.Errorf("make a folder for the simulation: %w", err)
	}
	defer os.RemoveAll(scratch) //nolint:errcheck // a scratch folder
	out, err := replay(dir, filepath.Join(scratch, "world"), config, deeds, nil, &Transcript{Writer: s.Out, JSON: c.JSON, Zone: config.Zone()})
	if err != nil {
		return err
	}
	if out.Found == nil {
		return nil
	}
	return fmt.Errorf("at %s: %s: %s\nthe last lines of the log:\n%s", out.Found.At.Format("2006-01-02 15:04:05"), out.Found.Rule, out.Found.What, joinLines(out.log))
}

func joinLines(lines []string) string {
	text := ""
	for _, l := range lines {
		text += l + "\n"
	}
	return text
}
