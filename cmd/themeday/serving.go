package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"themeday"
)

// errHeld means that another process holds a lock.
var errHeld = errors.New("held by another process")

// The networks for which a database may be marked. What is pasted by hand (relay) is WeChat's.
const (
	onWeChat    themeday.Account = "wechat"
	onConsole   themeday.Account = "console"
	onRehearsal themeday.Account = "rehearsal"
)

// serve makes this process the only one that sends from the database, and marks the database for the network; it refuses one of another
// sort, so that neither a rehearsal nor a trial in the terminal consumes the facts of real people.
func (h *House) serve(ctx context.Context) error {
	full, err := filepath.EvalSymlinks(h.Config.Database)
	if err != nil {
		return fmt.Errorf("find the database: %w", err)
	}
	held, err := lock(full + ".lock")
	if errors.Is(err, errHeld) {
		return fmt.Errorf("another themeday serves the database %s: end that one first, or name another database with --db FILE", h.Config.Database)
	}
	if err != nil {
		return fmt.Errorf("lock the database %s: %w", h.Config.Database, err)
	}
	h.lock = held
	account := h.Transport.Account()
	if account == "relay" {
		account = onWeChat
	}
	have, err := h.Store.Serving()
	if err != nil {
		return err
	}
	if err := h.fits(have, account); err != nil || have == account || have == onRehearsal || h.Config.force {
		return err
	}
	return h.Store.Serve(ctx, account)
}

// fits tells whether a database that served on one network may serve on another.
func (h *House) fits(have, account themeday.Account) error {
	name := h.Config.Database
	switch {
	case h.Config.force, have == account, have == "":
		return nil
	case account == onRehearsal:
		return fmt.Errorf("the database %s serves real people, whose facts a rehearsal would consume: name a new database with --db FILE", name)
	case have == onRehearsal && account == onWeChat:
		return fmt.Errorf("the database %s is of a rehearsal: name another with --db FILE", name)
	case have == onWeChat && account == onConsole:
		return fmt.Errorf("the database %s serves on WeChat, and what is typed here would count there: say --force, best with a copy (--db COPY --force)", name)
	}
	return nil
}

// unlock lets another process serve.
func (h *House) unlock() error {
	if h.lock == nil {
		return nil
	}
	held := h.lock
	h.lock = nil
	if err := unlock(held); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("unlock the database: %w", err)
	}
	return nil
}
