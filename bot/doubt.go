package bot

import (
	"context"
	"fmt"
	"time"

	"themeday"
)

// Doubt marks everything that was due by an instant and is not known to have gone out: another process may have sent it meanwhile, from the
// database of which this one is an older copy. As after a kill nothing of it is repeated, and what follows from it follows from the instant at
// which it was due. plan, which may be nil, plans anew from the facts first, so that what it would still catch up with is doubted too.
func (s *Sender) Doubt(ctx context.Context, at time.Time, why string, plan func(themeday.Tx) error) ([]themeday.Post, error) {
	var doubted []themeday.Post
	err := s.Store.Update(ctx, func(tx themeday.Tx) error {
		doubted = nil
		for {
			if plan != nil {
				if err := plan(tx); err != nil {
					return err
				}
			}
			some, err := s.doubtDue(tx, at, why)
			if err != nil || len(some) == 0 {
				return err
			}
			doubted = append(doubted, some...)
			for _, p := range some { // only now: what follows must not plan anew what was due as well
				if err := safely(tx, func(tx themeday.Tx) error { return s.settle(tx, p, p.SentAt) }); err != nil {
					s.Log.Error("the consequences of a post were not drawn", "kind", p.Kind, "key", p.Key, "err", err)
				}
			}
		}
	})
	if err != nil {
		return nil, fmt.Errorf("mark posts that may have been sent: %w", err)
	}
	return doubted, nil
}

// doubtDue marks what is due now. A mark is for good, so that there is an end of them.
func (s *Sender) doubtDue(tx themeday.Tx, at time.Time, why string) ([]themeday.Post, error) {
	due, err := tx.PlannedPosts(at)
	if err != nil {
		return nil, err
	}
	stuck, err := tx.StuckPosts()
	if err != nil {
		return nil, err
	}
	for _, p := range stuck {
		if p.State == themeday.Sending {
			due = append(due, p)
		}
	}
	for i := range due {
		due[i].State, due[i].SentAt, due[i].Note = themeday.Unknown, due[i].Due, why
		if err := tx.PutPost(due[i]); err != nil {
			return nil, err
		}
	}
	return due, nil
}
