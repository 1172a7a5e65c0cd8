package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"themeday"
)

// Sender is the one that speaks for an account: direct answers at once, posts as they fall due, in the pace that is allowed.
// Answer may be called from several goroutines, also while Deliver runs; Deliver and Recover from one.
type Sender struct {
	Store     themeday.Store
	Transport Transport
	Renderer  Renderer
	Desk      themeday.Desk
	Pace      Pace
	Log       *slog.Logger
	Lost      func(themeday.Kind)   // hears of posts that could not be sent before they became useless; may be nil
	Held      func(themeday.Kind)   // hears of posts whose group or person cannot be told for sure; may be nil
	Gone      func([]themeday.File) // hears of the files of answers that were sent or given up; may be nil

	speaking sync.Mutex // held by whoever sends, and over what follows
	mu       sync.Mutex // over answers and said; said changes only while somebody holds speaking as well
	answers  []answer
	unmarked []unmarked
	notYet   time.Time       // nothing goes out before: the pace, or a network that took nothing
	last     themeday.ChatID // the group that was spoken to last
	elsewise time.Time       // no post goes to another group before
	said     []time.Time     // answers to groups in the last day, which the budgets count as well
	seen     time.Time       // the instant of the last look
	expired  []themeday.Post // given up, and not told yet
	warned   int             // how often in a row the network said that it is too much
}

// batch is how many due posts are looked at in one go.
const batch = 32

// lookAgain is the pause after which the sender tries again what the network or the database did not take.
const lookAgain = time.Minute

// Deliver says what is due at an instant and gives the instant at which to look next; zero when nothing is planned.
// Each post goes out once: it is claimed in a transaction before it is sent and marked in another one after. A post that cannot
// be made into a text is logged and put off, and keeps no other from going out; an error is of the store.
func (s *Sender) Deliver(ctx context.Context, at time.Time) (time.Time, error) {
	defer s.speak(ctx, at) // answers that came meanwhile
	s.speaking.Lock()
	defer s.speaking.Unlock()
	defer s.tellExpired()
	s.backInTime(at)
	s.catchUp(context.WithoutCancel(ctx), at)
	s.flush(ctx, at)
	for ctx.Err() == nil {
		if s.Transport.State() == Online && s.notYet.After(at) {
			return s.notYet, s.dropExpired(ctx, at)
		}
		if s.Transport.State() != Online || s.Answering() { // whoever asked comes before every post
			return at.Add(lookAgain), s.dropExpired(ctx, at)
		}
		done, next, err := s.some(ctx, at)
		if err != nil {
			return at.Add(lookAgain), err
		}
		if done {
			return s.soon(next, at), nil
		}
	}
	return time.Time{}, ctx.Err()
}

// soon is when to look next: within a minute, as long as something could not be marked.
func (s *Sender) soon(next, at time.Time) time.Time {
	if again := at.Add(lookAgain); len(s.unmarked) > 0 && (next.IsZero() || next.After(again)) {
		return again
	}
	return next
}

// backInTime notices that the clock was set back, and sets the pauses back with it: else the bot would be silent until the hour that it once showed.
func (s *Sender) backInTime(at time.Time) {
	back := s.seen.Sub(at)
	s.seen = at
	if back < time.Minute {
		return
	}
	s.notYet, s.elsewise = s.notYet.Add(-back), s.elsewise.Add(-back)
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.said {
		s.said[i] = s.said[i].Add(-back)
	}
	s.Log.Warn("the clock was set back", "by", back)
}

// some takes the next due posts, as many as the pace and the network allow; true when there is none, with the instant at which to look next.
func (s *Sender) some(ctx context.Context, at time.Time) (done bool, next time.Time, err error) {
	var due []themeday.Post
	err = s.Store.View(ctx, func(tx themeday.Tx) error {
		var err error
		if due, err = tx.DuePosts(at, batch); err == nil && len(due) == 0 {
			next, _, err = tx.NextDue()
		}
		return err
	})
	if err != nil {
		return false, next, fmt.Errorf("look for due posts: %w", err)
	}
	for _, p := range due {
		if err := s.say(ctx, p.Key, at); err != nil {
			return false, next, err
		}
		s.flush(ctx, at) // whoever asked meanwhile comes before the next post
		if s.notYet.After(at) || s.Transport.State() != Online {
			break
		}
	}
	if s.notYet.After(next) && !next.IsZero() {
		next = s.notYet
	}
	return len(due) == 0, next, nil
}

// dropExpired, while the network is away, lets go of what has become useless, so that its return is not a flood.
func (s *Sender) dropExpired(ctx context.Context, at time.Time) error {
	err := s.Store.Update(ctx, func(tx themeday.Tx) error {
		due, err := tx.PlannedPosts(at)
		if err != nil {
			return err
		}
		for _, p := range due {
			if at.Before(p.Expires) {
				continue
			}
			s.expire(&p)
			if err := tx.MarkPost(p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("drop expired posts: %w", err)
	}
	return nil
}

// Recover, once at start, marks what a killed process was sending: nobody knows whether it went out. It gives their keys for the operator.
func (s *Sender) Recover(ctx context.Context, at time.Time) ([]string, error) {
	var keys []string
	var later []unmarked
	err := s.Store.Update(ctx, func(tx themeday.Tx) error {
		keys, later = nil, nil
		stuck, err := tx.StuckPosts()
		if err != nil {
			return err
		}
		for _, p := range stuck {
			if p.State != themeday.Sending {
				continue
			}
			p.State, p.SentAt, p.Note = themeday.Unknown, at, "the process ended while it was being sent"
			keys = append(keys, p.Key)
			if err := safely(tx, func(tx themeday.Tx) error { return s.settle(tx, p, at) }); err != nil {
				later = append(later, unmarked{post: p, at: at})
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("mark posts of a killed process: %w", err)
	}
	s.unmarked = append(s.unmarked, later...)
	return keys, nil
}

// errBroken means that the program itself is broken: it is no use to try again.
var errBroken = errors.New("panic")

// safely runs do in a savepoint and turns its panic into an error, so that what one post breaks keeps no other from going out.
func safely(tx themeday.Tx, do func(themeday.Tx) error) (err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = errors.Join(err, fmt.Errorf("%w: %v", errBroken, broken))
		}
	}()
	return tx.Nested(do)
}
