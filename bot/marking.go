package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"themeday"
)

// unmarked is a post whose end could not be written yet, or not what follows from it: the disk was full. It stands as being sent, and is marked as
// soon as that works; after a crash Recover finds it.
type unmarked struct {
	post  themeday.Post
	at    time.Time // when it ended
	again time.Time // not tried before
	tries int
}

// patience is how often the consequences of a post are tried, in about a day, before the post is marked without them: they are broken, not the disk.
const patience = 100

// settle writes how a post ended and draws the consequences of one that went out, or may have; all of it or nothing.
func (s *Sender) settle(tx themeday.Tx, p themeday.Post, at time.Time) error {
	if err := tx.MarkPost(p); err != nil {
		return err
	}
	if p.State != themeday.Sent && p.State != themeday.Unknown {
		return nil
	}
	if err := s.Renderer.AfterSent(tx, p, at); err != nil {
		return fmt.Errorf("%w: %w", errConsequences, err)
	}
	return nil
}

// errConsequences means that a post could be marked, but what follows from it not be written.
var errConsequences = errors.New("what follows from a post")

// catchUp marks what could not be marked when it ended.
func (s *Sender) catchUp(ctx context.Context, at time.Time) {
	left := s.unmarked
	s.unmarked = nil
	for _, u := range left {
		if wait := u.again.Sub(at); wait > 0 && wait <= backoff(patience) { // else the clock was set back
			s.unmarked = append(s.unmarked, u)
			continue
		}
		u.tries, u.again = u.tries+1, at.Add(backoff(u.tries+1))
		if err := s.finish(ctx, u); err != nil {
			s.Log.Error("a post that went out is not marked yet", "kind", u.post.Kind, "key", u.post.Key, "err", err)
		}
	}
}

// finish marks a post, now or at the next look. Consequences that fail for good are the operator's to look at: the post must not stand as being
// sent for ever. An error is of the store.
func (s *Sender) finish(ctx context.Context, u unmarked) error {
	err := s.Store.Update(ctx, func(tx themeday.Tx) error {
		if p, there, err := tx.Post(u.post.Key); err != nil || !there || p.State != themeday.Sending {
			return err // somebody has decided about it
		}
		return safely(tx, func(tx themeday.Tx) error { return s.settle(tx, u.post, u.at) })
	})
	if err == nil {
		return nil
	}
	if u.tries >= patience || errors.Is(err, errBroken) {
		if s.Store.Update(ctx, func(tx themeday.Tx) error { return tx.MarkPost(u.post) }) == nil {
			s.Log.Error("the consequences of a post were not drawn", "kind", u.post.Kind, "key", u.post.Key, "err", err)
			return nil
		}
	}
	s.unmarked = append(s.unmarked, u)
	if errors.Is(err, errConsequences) {
		if u.tries == 0 {
			s.Log.Warn("the consequences of a post are drawn later", "kind", u.post.Kind, "key", u.post.Key, "err", err)
		}
		return nil
	}
	return fmt.Errorf("mark post %s: %w", u.post.Key, err)
}
