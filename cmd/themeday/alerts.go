package main

import (
	"log/slog"
	"sync"
	"time"

	"github.com/nicholas-fedor/shoutrrr"
	"github.com/nicholas-fedor/shoutrrr/pkg/router"

	"themeday/bot"
)

// alerts tell the operator, wherever he wants to hear it, that the bot needs him. They carry no names.
type alerts struct {
	to  *router.ServiceRouter // nil: nowhere but the log
	log *slog.Logger
	now bot.Clock

	mu   sync.Mutex
	last map[string]time.Time
	out  sync.WaitGroup
}

// alertPause is how long the same alert is not repeated.
const alertPause = time.Hour

func newAlerts(urls []string, log *slog.Logger, now bot.Clock) (*alerts, error) {
	a := &alerts{log: log, now: now, last: map[string]time.Time{}}
	return a, a.redirect(urls)
}

// redirect sends alerts elsewhere from now on; addresses that cannot be used leave it as it was.
func (a *alerts) redirect(urls []string) error {
	to, err := alertsTo(urls)
	if err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.to = to
	return nil
}

// alertsTo is the way to some addresses; nil for none.
func alertsTo(urls []string) (*router.ServiceRouter, error) {
	if len(urls) == 0 {
		return nil, nil
	}
	to, err := shoutrrr.CreateSender(urls...)
	if err != nil {
		return nil, errNoAlert
	}
	to.Timeout = 20 * time.Second
	return to, nil
}

// send sends an alert without waiting for it; the same one at most once an hour.
func (a *alerts) send(what string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	at := a.now()
	if last, ok := a.last[what]; ok && at.Sub(last).Abs() < alertPause { // the clock may have been set back
		return
	}
	a.last[what] = at
	a.log.Warn("alert", "what", what)
	if a.to == nil {
		return
	}
	to := a.to
	a.out.Go(func() {
		for _, err := range to.Send("themeday: "+what, nil) {
			if err != nil {
				a.log.Error("an alert was not sent") // its error may hold the address with its password
			}
		}
	})
}

// wait lets alerts that are under way arrive.
func (a *alerts) wait() { a.out.Wait() }
