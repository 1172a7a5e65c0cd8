package storage

import (
	"errors"
	"runtime"
	"testing"
	"time"

	"themeday"
)

// What is owed shares the fate of the savepoint in which it was said, whenever it was written.
func TestWhatIsOwedIsTakenBackWithItsSavepoint(t *testing.T) {
	s := house(t)
	failed := errors.New("failed")
	in := func(tx themeday.Tx, p themeday.PersonID) error {
		at := start.Add(time.Duration(p) * time.Minute)
		return errors.Join(
			tx.PutSignIn(themeday.SignIn{Activity: march, Person: p, At: at, Entered: at, How: themeday.Self, By: p}),
			tx.AddEntry(themeday.Entry{Entered: at, By: p, Activity: march, Noun: "signin", Key: "x"}))
	}
	there := func(tx themeday.Tx) (n int) {
		all, err := tx.SignIns(march)
		entries, err2 := tx.ActivityEntries(march)
		if err := errors.Join(err, err2); err != nil {
			t.Error(err)
		}
		same(t, "entries beside sign-ins", len(entries), len(all))
		return len(all)
	}
	update(t, s, func(tx themeday.Tx) error {
		if err := in(tx, zhang); err != nil {
			return err
		}
		err := tx.Nested(func(tx themeday.Tx) error {
			if err := in(tx, wang); err != nil {
				return err
			}
			same(t, "inside", there(tx), 2) // both were written for this look
			return errors.Join(in(tx, li), failed)
		})
		if !errors.Is(err, failed) {
			return err
		}
		same(t, "after it was taken back", there(tx), 1)
		return in(tx, wang)
	})
	same(t, "in the end", seen(t, s, func(tx themeday.Tx) (int, error) { return there(tx), nil }), 2)
	same(t, "verified", verdict(t, s.Path()).Bad == nil, true)
}

// A row that cannot be written fails its own Update when it is tried again, and no other.
func TestWhatCannotBeWrittenIsNobodyElsesFault(t *testing.T) {
	s := house(t)
	broken := func(tx themeday.Tx) error {
		return tx.PutSignIn(themeday.SignIn{Activity: march, Person: 999, At: start, Entered: start, How: themeday.Self})
	}
	sound := func(tx themeday.Tx) error {
		return tx.PutSignIn(themeday.SignIn{Activity: march, Person: zhang, At: start, Entered: start, How: themeday.Self})
	}
	if err := s.Update(t.Context(), broken); err == nil {
		t.Fatal("somebody whom nobody knows signed in")
	}
	first, second := make(chan error, 1), make(chan error, 1)
	go func() {
		first <- s.Update(t.Context(), func(tx themeday.Tx) error {
			go func() { second <- s.Update(t.Context(), sound) }()
			for s.behind.Load() == 0 { // until the sound one waits for its turn
				runtime.Gosched()
			}
			return broken(tx)
		})
	}()
	if err := <-first; err == nil {
		t.Error("somebody whom nobody knows signed in")
	}
	if err := <-second; err != nil {
		err = s.Update(t.Context(), sound) // it shared the transaction, and is tried again
		same(t, "the sound one", err, nil)
	}
}
