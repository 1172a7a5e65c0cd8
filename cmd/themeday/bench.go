package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
)

type benchCmd struct {
	Only  string `help:"Only this one: storm, chatter, routing, schedule, start or ledger." placeholder:"NAME"`
	JSON  bool   `name:"json" help:"One JSON object with every figure."`
	Quick bool   `help:"Small sizes, seconds in all: to see that it runs, not how fast."`
	Dir   string `default:"." help:"A folder on the disk that is to be measured; a scratch folder is made in it and taken away (default: this folder)." placeholder:"DIR"`
}

// benchmarks are what is measured, each with its yardsticks in the same run.
var benchmarks = []struct {
	name string
	run  func(context.Context, *bench) error
}{
	{"storm", benchStorm}, {"chatter", benchChatter}, {"routing", benchRouting}, {"schedule", benchSchedule}, {"start", benchStart}, {"ledger", benchLedger},
}

// benchNames are the names of the benchmarks, for the help and for who mistypes one.
func benchNames() string {
	names := make([]string, len(benchmarks))
	for i, b := range benchmarks {
		names[i] = b.name
	}
	return strings.Join(names, ", ")
}

// bench is one run of the benchmarks.
type bench struct {
	program *Program
	dir     string // on the disk that is measured
	size    benchSize
	bare    float64 // MB of the process before anything was done
	figures []benchFigure
	folders int
}

// benchReport is the whole of what --json says.
type benchReport struct {
	Machine struct {
		OS   string `json:"os"`
		Arch string `json:"arch"`
		CPUs int    `json:"cpus"`
		Go   string `json:"go"`
	} `json:"machine"`
	Quick   bool          `json:"quick"`
	Rounds  int           `json:"rounds"`
	Figures []benchFigure `json:"figures"`
}

// Run measures and writes the table. Targets that are missed are no failure of the command.
func (c *benchCmd) Run(s *session) (err error) {
	if c.Only != "" && !slices.Contains(strings.Split(benchNames(), ", "), c.Only) {
		return usage("--only %s: there is no such benchmark; there are %s", c.Only, benchNames())
	}
	if s.db != "" {
		return usage("bench makes databases of its own: name their folder with --dir DIR")
	}
	b := &bench{program: s.Program, size: fullSize, bare: resident()}
	if c.Quick {
		b.size = quickSize
	}
	if b.dir, err = os.MkdirTemp(c.Dir, "themeday-bench-"); err != nil {
		return fmt.Errorf("make a folder for the benchmarks: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	for _, one := range benchmarks {
		if c.Only != "" && c.Only != one.name {
			continue
		}
		if failed := one.run(s.ctx, b); failed != nil { // what was measured before is told all the same
			err = fmt.Errorf("bench %s: %w", one.name, cmp.Or(s.ctx.Err(), failed))
			break
		}
	}
	return errors.Join(err, c.tell(s, b.figures))
}

// tell writes what was measured.
func (c *benchCmd) tell(s *session, figures []benchFigure) error {
	r := benchReport{Quick: c.Quick, Rounds: benchRounds, Figures: figures}
	r.Machine.OS, r.Machine.Arch, r.Machine.CPUs, r.Machine.Go = runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version()
	if c.JSON {
		return json.NewEncoder(s.Out).Encode(r)
	}
	return r.table(s.Out)
}

// progress begins the bar of so many steps; a pipe sees none.
func (b *bench) progress(steps int, what string) progress { return newProgress(b.program, steps, what) }

// folder is a new folder on the measured disk.
func (b *bench) folder() (string, error) {
	b.folders++
	dir := fmt.Sprintf("%s/%d", b.dir, b.folders)
	return dir, os.MkdirAll(dir, 0o700)
}

// table writes the figures for people.
func (r benchReport) table(w io.Writer) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "what\tvalue\tunit\tyardstick\tits value\tratio\ttarget\tmet") //nolint:errcheck // Flush tells
	for _, f := range r.Figures {
		fmt.Fprintln(out, strings.Join(f.cells(), "\t")) //nolint:errcheck // Flush tells
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	_, err := fmt.Fprintf(w, "\n%s/%s, %d processors, %s; medians of up to %d rounds, yardstick and subject in turn. A target is of the ratio where there is one.\n",
		r.Machine.OS, r.Machine.Arch, r.Machine.CPUs, r.Machine.Go, r.Rounds)
	if err == nil && r.Quick {
		_, err = fmt.Fprintln(w, "These sizes are too small to judge by: leave --quick out for that.")
	}
	return err
}
