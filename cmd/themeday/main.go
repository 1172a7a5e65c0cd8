// Command themeday runs the monthly theme day (主题党日) of an organisation's Party branches in their chat groups.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // the zone holds on a machine without its own zone files too
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	p := Program{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Now: time.Now, Env: os.Getenv}
	code := p.Run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}
