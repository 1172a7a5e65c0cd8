package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"themeday"
	"themeday/bot/wechat"
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
	return s.serveWeChat(config, c.Login)
}

// serveWeChat logs in to WeChat and serves until the program is ended.
func (s *session) serveWeChat(config Config, login bool) error {
	config.WeChat.Pace = config.WeChat.Pace.orDefault()
	log := s.logger(slog.LevelInfo)
	alerts, err := newAlerts(config.Alerts, log, s.Now)
	if err != nil {
		return config.bad("alerts", "%v", err)
	}
	defer alerts.wait()
	var h *House
	live := &Live{Now: s.Now}
	base := strings.TrimSuffix(config.WeChat.Session, filepath.Ext(config.WeChat.Session))
	t := wechat.New(wechat.Options{
		SessionFile: config.WeChat.Session, Web: config.WeChat.Mode == "web", Files: base + "-files", QRFile: base + "-login.png",
		Wanted: func() ([]string, error) { return h.groups(s.ctx, s.Now()) },
		Active: func(at time.Time) bool { return h.meeting(s.ctx, at) },
		Ask:    s.asker(login), Show: func(text string) { _ = s.printf("%s\n", text) },
		Alert: alerts.send, Changed: live.Wake, Log: log, Now: s.Now, Zone: config.Zone(),
	})
	if h, err = OpenHouse(config, t, rand.Reader, log); err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // what was committed stands
	h.Sender.Lost = func(k themeday.Kind) {
		alerts.send("a post of kind " + string(k) + " could not be sent before it became useless")
	}
	h.Sender.Held = func(themeday.Kind) {
		alerts.send("a post waits because its group or person cannot be told for sure; see themeday doctor")
	}
	h.Router.Flooded = func(what string) { alerts.send(what + "; see the log") }
	h.Sender.Gone = h.takeAway
	live.House, live.Alert = h, alerts.send
	live.backups = &schedule{Alert: alerts.send, work: s.work}
	live.purges = &purges{Alert: alerts.send}
	live.proofs = &prover{Alert: alerts.send}
	ctx, end := context.WithCancel(s.ctx)
	defer end()
	live.Hangup = s.hangup(end)
	live.Load = func() (Config, error) {
		c, err := s.load()
		c.WeChat.Pace = c.WeChat.Pace.orDefault()
		if err == nil {
			_, err = alertsTo(c.Alerts)
		}
		return c, err
	}
	live.Loaded = func(c Config) { _ = alerts.redirect(c.Alerts) } // they were tried by Load
	return live.Serve(ctx)
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

// groups are the names of the branches' groups.
func (h *House) groups(ctx context.Context, at time.Time) ([]string, error) {
	var names []string
	_, desk := h.current()
	err := h.Store.View(ctx, func(tx themeday.Tx) error {
		branches, err := desk.OpenBranches(tx, at)
		for _, b := range branches {
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
