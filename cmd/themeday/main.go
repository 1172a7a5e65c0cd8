// Command themeday runs the monthly theme day (主题党日) of an organisation's Party branches in their chat groups.
package main

import (
	"context"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"
	_ "time/tzdata" // the zone holds on a machine without its own zone files too
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	p := Program{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Now: time.Now, Env: os.Getenv, Hangup: hangups(os.Args[1:])}
	code := p.Run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// hangups are the signals that ask a serving program to read its configuration anew. For every other command a hangup is what it always was: the
// end.
func hangups(args []string) <-chan os.Signal {
	if !slices.Contains(args, "run") {
		return nil
	}
	hung := make(chan os.Signal, 1)
	signal.Notify(hung, syscall.SIGHUP)
	return hung
}
