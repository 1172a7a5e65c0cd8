package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"themeday"
)

type runCmd struct {
	Login bool `help:"Show the QR code for a new login even where the output is no terminal."`
}

func (c *runCmd) Run(s *session) error {
	config, err := s.load()
	if err != nil {
		return err
	}
	if config.Transport == "console" {
		return s.console(config, true)
	}
	return s.serveNetworks(config, c.Login)
}

// serveNetworks serves on WeChat, on WeCom or on both until the program is ended.
func (s *session) serveNetworks(config Config, login bool) error {
	config.WeChat.Pace = config.WeChat.Pace.orDefault()
	log := s.logger(slog.LevelInfo)
	alerts, err := newAlerts(config.Alerts, log, s.Now)
	if err != nil {
		return config.bad("alerts", "%v", err)
	}
	defer alerts.wait()
	var h *House
	live := &Live{Now: s.Now}
	t, err := s.networks(config, network{login: login, log: log, alert: alerts.send, changed: live.Wake, house: func() *House { return h }})
	if err != nil {
		return err
	}
	if h, err = OpenHouse(config, t, rand.Reader, log); err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // what was committed stands
	if w := h.Store.Warning(); w != "" {
		alerts.send(w)
	}
	for _, sender := range h.lanes {
		sender.Lost = func(k themeday.Kind) {
			alerts.send("a post of kind " + string(k) + " could not be sent before it became useless")
		}
		sender.Held = func(themeday.Kind) {
			alerts.send("a post waits because its group or person cannot be told for sure; see themeday doctor")
		}
		sender.Gone = h.takeAway
	}
	h.Router.Flooded = func(what string) { alerts.send(what + "; see the log") }
	live.House, live.Alert = h, alerts.send
	live.backups = &schedule{Alert: alerts.send, work: s.work}
	live.purges = &purges{Alert: alerts.send}
	live.proofs = &prover{Alert: alerts.send}
	ctx, end := context.WithCancel(s.ctx)
	defer end()
	live.Hangup = s.hangup(end)
	began := h.Config.path
	live.Load = func() (Config, error) {
		c, err := s.load()
		if err == nil && began != "" && c.path == "" {
			err = fmt.Errorf("the configuration %s is gone: put it back", began)
		}
		c.WeChat.Pace = c.WeChat.Pace.orDefault()
		if err == nil {
			_, err = alertsTo(c.Alerts)
		}
		return c, err
	}
	live.Loaded = func(c Config) { _ = alerts.redirect(c.Alerts) } // they were tried by Load
	return s.farewell(live.Serve(ctx))
}

// asker waits for a person who wants to scan a QR code: whoever starts the program in a terminal, or with --login, is there once; after
// that the Enter key asks for another one. Nil: nobody is there.
func (s *session) asker(login bool) func(context.Context) bool {
	atTerminal := terminal(s.In) && terminal(s.Out)
	if !login && !atTerminal {
		return nil
	}
	asked := 0
	var lines chan struct{}
	return func(ctx context.Context) bool {
		asked++
		if asked == 1 {
			return true
		}
		if !atTerminal {
			return asked <= 3 // codes that expired; never a loop of them
		}
		_ = s.printf("Press Enter to log in to WeChat with a new QR code.\n")
		if lines == nil {
			lines = make(chan struct{})
			go func() {
				for in := bufio.NewScanner(s.In); in.Scan(); {
					lines <- struct{}{}
				}
				close(lines)
			}()
		}
		select {
		case <-ctx.Done():
			return false
		case _, ok := <-lines:
			return ok
		}
	}
}

// groups are the names of the branches' groups on WeChat.
func (h *House) groups(ctx context.Context, at time.Time) ([]string, error) {
	var names []string
	_, desk := h.current()
	err := h.Store.View(ctx, func(tx themeday.Tx) error {
		branches, err := desk.OpenBranches(tx, at)
		if err != nil {
			return err
		}
		claimed, err := themeday.GroupChats(tx, themeday.WeCom)
		for _, b := range branches {
			if h.onWeCom(claimed, b.ID) {
				continue
			}
			names = append(names, b.Group)
		}
		return err
	})
	return names, err
}

// meeting tells whether any branch is signing in or meeting now.
func (h *House) meeting(ctx context.Context, at time.Time) bool {
	on := false
	_, desk := h.current()
	err := h.Store.View(ctx, func(tx themeday.Tx) error {
		branches, err := tx.Branches()
		if err != nil {
			return err
		}
		for _, b := range branches {
			a, ok, err := desk.Next(tx, b.ID, at)
			if err != nil {
				return err
			}
			on = on || ok && !at.Before(a.SignInOpens(desk.Rules))
		}
		return nil
	})
	return err == nil && on
}

// errNoAlert refuses a URL of alerts without showing it: it may hold a password.
var errNoAlert = errors.New("this is no address that alerts can be sent to; see the README for examples")
