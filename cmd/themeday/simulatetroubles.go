package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"themeday"
	"themeday/bot"
	"themeday/bot/simnet"
	"themeday/storage"
)

// troubles are what is about to go wrong. Each is counted down by what the program does, so that it strikes at the same place again.
type troubles struct {
	crash   int  // the process is killed at the so manyth moment from now; 0: it is not
	killed  bool // it is dead and does not know it yet
	full    int  // so many rows can still be written; only while filled
	filled  bool // the disk takes no more until it is given room
	room    time.Time
	narrow  bool // the database file cannot grow, as SQLite itself notices it
	hurt    bool // what runs now was kept from something
	sends   int  // the so manyth send from now comes out as outcome; 0: none
	outcome error
	goes    bool          // and goes out all the same
	late    time.Duration // by which the next message is delivered later
}

// errNoRoom is what a full disk gives.
var errNoRoom = errors.New("simulated: the disk is full")

// moment is a place where a process may be killed: before a transaction, in it, before and after its commit, before and after a send.
func (w *world) moment() {
	t := &w.troubles
	if t.killed {
		panic(crashed{})
	}
	if t.crash == 0 {
		return
	}
	if t.crash--; t.crash > 0 {
		return
	}
	w.injected++
	if t.killed = true; w.house != nil {
		if err := w.image(); err != nil {
			w.judge.finds("simulator", "image: %v", err)
		}
	}
	panic(crashed{})
}

// writes tells whether the disk takes another row.
func (w *world) writes() error {
	w.moment()
	t := &w.troubles
	if !t.filled || !w.now.Before(t.room) {
		t.filled = false
		return nil
	}
	if t.full > 0 {
		t.full--
		return nil
	}
	t.hurt = true
	w.injected++
	return errNoRoom
}

// troubledStore is a database with all that may happen to a process around it.
type troubledStore struct {
	w  *world
	in *storage.Store
}

// View implements themeday.Store.
func (s *troubledStore) View(ctx context.Context, do func(themeday.Tx) error) error {
	s.w.moment()
	return s.in.View(ctx, do)
}

// Update implements themeday.Store.
func (s *troubledStore) Update(ctx context.Context, do func(themeday.Tx) error) error {
	s.w.moment()
	err := s.in.Update(ctx, func(tx themeday.Tx) error {
		tx = &troubledTx{tx, s.w}
		if s.w.tamper != nil {
			tx = s.w.tamper(tx)
		}
		if err := do(tx); err != nil {
			return err
		}
		return s.w.writes()
	})
	if err != nil && s.w.troubles.narrow {
		s.w.troubles.hurt = true
		s.w.injected++
	}
	s.w.moment()
	return err
}

// troubledTx lets writes fail, and hears which post is claimed.
type troubledTx struct {
	themeday.Tx
	w *world
}

// Nested implements themeday.Tx.
func (t *troubledTx) Nested(do func(themeday.Tx) error) error {
	return t.Tx.Nested(func(in themeday.Tx) error {
		var tx themeday.Tx = &troubledTx{in, t.w}
		if t.w.tamper != nil {
			tx = t.w.tamper(tx)
		}
		return do(tx)
	})
}

// TakeMessage implements themeday.Tx.
func (t *troubledTx) TakeMessage(m themeday.Message) (bool, error) {
	if err := t.w.writes(); err != nil {
		return false, err
	}
	return t.Tx.TakeMessage(m)
}

// SetAside implements themeday.Tx.
func (t *troubledTx) SetAside(m themeday.Message, why string) error {
	t.w.judge.setAside(m, why)
	return t.Tx.SetAside(m, why)
}

// AddEntry implements themeday.Tx.
func (t *troubledTx) AddEntry(e themeday.Entry) error {
	if err := t.w.writes(); err != nil {
		return err
	}
	return t.Tx.AddEntry(e)
}

// PutSignIn implements themeday.Tx.
func (t *troubledTx) PutSignIn(s themeday.SignIn) error {
	if err := t.w.writes(); err != nil {
		return err
	}
	return t.Tx.PutSignIn(s)
}

// AddBallot implements themeday.Tx.
func (t *troubledTx) AddBallot(b themeday.Ballot) error {
	if err := t.w.writes(); err != nil {
		return err
	}
	return t.Tx.AddBallot(b)
}

// PutActivity implements themeday.Tx.
func (t *troubledTx) PutActivity(a themeday.Activity) error {
	if err := t.w.writes(); err != nil {
		return err
	}
	return t.Tx.PutActivity(a)
}

// PutPost implements themeday.Tx.
func (t *troubledTx) PutPost(p themeday.Post) error {
	if err := t.w.writes(); err != nil {
		return err
	}
	return t.Tx.PutPost(p)
}

// MarkPost implements themeday.Tx.
func (t *troubledTx) MarkPost(p themeday.Post) error {
	if err := t.w.writes(); err != nil {
		return err
	}
	if p.State == themeday.Sending {
		t.w.judge.claims(p)
	}
	return t.Tx.MarkPost(p)
}

// door is the network as the program sees it.
type door struct {
	*simnet.Network
	w *world
}

// Send implements bot.Transport.
func (d *door) Send(ctx context.Context, out bot.Outgoing) error {
	d.w.moment()
	t := &d.w.troubles
	if t.sends > 0 && d.Network.State() == bot.Online {
		if t.sends--; t.sends == 0 {
			d.w.injected++
			d.w.upset(d.w.now.Add(3 * time.Hour))
			if t.goes {
				if err := d.Network.Send(ctx, out); err != nil {
					return err
				}
			}
			return fmt.Errorf("simulated: %w", t.outcome)
		}
	}
	err := d.Network.Send(ctx, out)
	d.w.moment()
	return err
}
