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
	tries int
}

// patience is how often the consequences of a post are tried before the post is marked without them: they are broken, not the disk.
const patience = 30

// settle writes how a post ended and draws the consequences of one that went out, or may have; all of it or nothing.
func (s *Sender) settle(tx themeday.Tx, p themeday.Post, at time.Time) error {
	if err := tx.MarkPost(p); err != nil {
		return err
	}
	if p.State != themeday.Sent && p.State != themeday.Unknown {
		return nil
	}
	return s.Renderer.AfterSent(tx, p, at)
}

// catchUp marks what could not be marked when it ended.
func (s *Sender) catchUp(ctx context.Context, at time.Time) {
	left := s.unmarked
	s.unmarked = nil
	for _, u := range left {
		u.tries++
		s.finish(ctx, u, at)
	}
}

// finish marks a post, now or at the next look. Consequences that fail for good are the operator's to look at: the post must not stand as being
// sent for ever.
func (s *Sender) finish(ctx context.Context, u unmarked, at time.Time) error {
	err := s.Store.Update(ctx, func(tx themeday.Tx) error {
		return safely(tx, func(tx themeday.Tx) error { return s.settle(tx, u.post, u.at) })
	})
	if err == nil {
		return nil
	}
	if u.tries >= patience || errors.Is(err, errBroken) {
		if marked := s.Store.Update(ctx, func(tx themeday.Tx) error { return tx.MarkPost(u.post) }); marked == nil {
			s.Log.Error("the consequences of a post were not drawn", "kind", u.post.Kind, "key", u.post.Key, "err", err)
			return nil
		}
	}
	s.unmarked = append(s.unmarked, u)
	return fmt.Errorf("mark post %s: %w", u.post.Key, err)
}
