package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"strings"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"themeday/bot"
	"themeday/storage/archive"
)

// Program is themeday as started once: its streams and its clock. main and the tests start it the same way.
type Program struct {
	In       io.Reader
	Out, Err io.Writer
	Now      bot.Clock
	Env      func(string) string // the environment; nil: an empty one
	Hangup   <-chan os.Signal    // asks a serving program to read its configuration and templates anew; may be nil

	work archive.Work // with which passphrases are stretched; 0: the usual one
}

// The exit codes of the contract.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// errUsage marks an error of how the program was called: exit 2.
var errUsage = errors.New("wrong usage")

// usage is an error of how the program was called.
func usage(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{errUsage}, args...)...)
}

// cli is the whole command line.
type cli struct {
	Config string `help:"The configuration file (default: themeday.yaml in this folder, where there is one)." placeholder:"FILE"`
	DB     string `name:"db" help:"The database file, instead of the configured one." placeholder:"FILE"`

	Demo     demoCmd     `cmd:"" help:"Play one branch's March on a simulated clock: no configuration, no network."`
	Init     initCmd     `cmd:"" help:"Write a commented themeday.yaml and an empty database."`
	Import   importCmd   `cmd:"" help:"Take over a sheet (.xlsx or .csv)."`
	Run      runCmd      `cmd:"" help:"Log in and serve."`
	Chat     chatCmd     `cmd:"" help:"The same bot in the terminal: type what people say."`
	Relay    relayCmd    `cmd:"" help:"Go on by hand while WeChat is down: paste what is due, paste back what people say."`
	Rehearse rehearseCmd `cmd:"" help:"Play a script on a simulated clock."`
	Simulate simulateCmd `cmd:"" help:"Play months of random houses with crashes, outages and mistakes, and check that every promise is kept."`
	Agenda   agendaCmd   `cmd:"" help:"Show every post that the bot is going to make: when, where, what, why."`
	Code     codeCmd     `cmd:"" help:"Print a binding code for somebody, such as a secretary or one of the committee who is locked out."`
	Branch   branchCmd   `cmd:"" help:"Rename, close or merge a branch."`
	Export   exportCmd   `cmd:"" help:"Write what is known as files for other programs and people."`
	Backup   backupCmd   `cmd:"" help:"Write everything into one file, also while the bot serves, and read it back; or look through such a file."`
	Restore  restoreCmd  `cmd:"" help:"Put a backup in the database's place; what the old machine may have sent since is not sent again."`
	Verify   verifyCmd   `cmd:"" help:"Walk along the chain of the ledger; exit 1 and the first bad entry if anything was altered."`
	Purge    purgeCmd    `cmd:"" help:"Take away what is past its time (retention: in themeday.yaml): reasons of leaves, texts, ids. The chain still holds."`
	Erase    eraseCmd    `cmd:"" help:"Erase somebody who has left all branches: his name, and what was written about him. The chain still holds."`
	Posts    postsCmd    `cmd:"" help:"Posts of which nobody knows whether they were sent, and what to do with them."`
	Key      keyCmd      `cmd:"" help:"The key with which reasons of leaves and objections are sealed."`
	Bench    benchCmd    `cmd:"" help:"Measure this program on this machine and disk, each figure beside a yardstick of the same run."`
	Doctor   doctorCmd   `cmd:"" help:"Check configuration, database, clock and disk; exit 1 when something must be mended."`
	Version  versionCmd  `cmd:"" help:"Show the version."`
}

// session is what every command is given: the program, the context and the flags that all commands share.
type session struct {
	*Program
	ctx    context.Context
	config string
	db     string
}

const about = `themeday runs the monthly 主题党日 of Party branches in their chat groups.

Start with: themeday demo`

// Run runs one command and gives its exit code. Errors go to Err, one line each.
func (p *Program) Run(ctx context.Context, args []string) int {
	var c cli
	exited := -1
	parser, err := kong.New(&c, kong.Name("themeday"), kong.Description(about), kong.UsageOnError(), kong.Writers(p.Out, p.Err),
		kong.Exit(func(code int) { exited = code }), kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}))
	if err != nil {
		return p.fail(err)
	}
	parsed, err := parser.Parse(args)
	switch {
	case exited >= 0:
		return exited
	case err != nil:
		return p.fail(usage("%v; see themeday --help", err))
	}
	err = parsed.Run(&session{Program: p, ctx: ctx, config: c.Config, db: c.DB})
	if err == nil {
		return exitDone
	}
	return p.fail(err)
}

// fail says what went wrong and gives the exit code.
func (p *Program) fail(err error) int {
	if text := err.Error(); text != "" {
		fmt.Fprintln(p.Err, "themeday: "+strings.ReplaceAll(strings.TrimPrefix(text, errUsage.Error()+": "), "\n", "\n  ")) //nolint:errcheck // nobody is left to tell
	}
	if errors.Is(err, errUsage) {
		return exitUsage
	}
	return exitFailed
}

// configFile is the file that is looked for where no other is named.
const configFile = "themeday.yaml"

// load reads the configuration that the flags name.
func (s *session) load() (Config, error) {
	path := s.config
	if path == "" {
		if _, err := os.Stat(configFile); err == nil {
			path = configFile
		} else if !errors.Is(err, fs.ErrNotExist) {
			return Config{}, fmt.Errorf("read %s: %w", configFile, err)
		}
	}
	c, err := LoadConfig(path)
	if s.db != "" {
		c.Database = s.db
	}
	if s.Env != nil {
		c.env, c.envPassphrase = s.Env(keyVariable), s.Env(passphraseVariable)
		c.WeCom.envBotID, c.WeCom.envSecret = s.Env(weComBotVariable), s.Env(weComSecretVariable)
	}
	return c, err
}

// existing refuses a database that is not there, for commands that only look.
func existing(c Config) error {
	if _, err := os.Stat(c.Database); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no database %s: begin with themeday init, or name one with --db FILE", c.Database)
	}
	return nil
}

// look opens a database that is there, for commands that neither hear nor speak.
func (s *session) look() (*House, error) {
	config, err := s.load()
	if err != nil {
		return nil, err
	}
	if err := existing(config); err != nil {
		return nil, err
	}
	return OpenHouse(config, nil, rand.Reader, s.logger(slog.LevelWarn))
}

// logger writes the operator's log; ids and counts, no names and no texts.
func (p *Program) logger(level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(p.Err, &slog.HandlerOptions{Level: level}))
}

// terminal tells whether a stream is a terminal.
func terminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// printf writes to Out.
func (p *Program) printf(format string, args ...any) error {
	if _, err := fmt.Fprintf(p.Out, format, args...); err != nil {
		return fmt.Errorf("write the output: %w", err)
	}
	return nil
}
