package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

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
	if h.lock, err = lock(full + ".lock"); err == nil {
		h.itself, err = lockItself(full)
	}
	if errors.Is(err, errHeld) {
		return fmt.Errorf("another themeday serves the database %s: end that one first, or name another database with --db FILE", h.Config.Database)
	}
	if err != nil {
		return fmt.Errorf("lock the database %s: %w", h.Config.Database, err)
	}
	account := h.Transport.Account()
	if account == "relay" || account == themeday.WeCom { // real people, all of them
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

// errTaken means that somebody took the database or its lock away from under a serving house.
var errTaken = errors.New("is not there any more as it was when the start was made: somebody moved it, took it away or put another in its place. This program ends, for what it would still take down might be lost; look at the files, and start it again")

// holds makes sure that the files that this house locked are still those that have the names.
func (h *House) holds() error {
	for _, f := range []*os.File{h.lock, h.itself} {
		if f == nil {
			continue
		}
		if same, err := still(f, f.Name()); err != nil {
			return fmt.Errorf("look at %s: %w", f.Name(), err)
		} else if !same {
			return fmt.Errorf("%s %w", f.Name(), errTaken)
		}
	}
	return nil
}

// watch looks whether the house still holds what it serves from, and tells it if not.
func watch(taken chan<- error) func(context.Context, *House, time.Time) {
	return func(_ context.Context, h *House, _ time.Time) {
		if err := h.holds(); err != nil {
			select {
			case taken <- err:
			default: // told already
			}
		}
	}
}

// unlock lets another process serve; the database must be closed.
func (h *House) unlock() error {
	var err error
	if h.itself != nil {
		err = h.itself.Close()
	}
	if h.lock != nil {
		if same, _ := still(h.lock, h.lock.Name()); same {
			err = errors.Join(err, unlock(h.lock))
		} else { // what has its name is somebody else's
			err = errors.Join(err, h.lock.Close())
		}
	}
	h.lock, h.itself = nil, nil
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("unlock the database: %w", err)
	}
	return nil
}
