package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"themeday"
)

// transmit sends the parts of a claimed post that have not gone out yet, and marks the outcome. A post that stopped half way is
// made anew when it goes on: it begins at the part where it stopped.
func (s *Sender) transmit(ctx context.Context, c claimed, at time.Time) error {
	var err error
	for err == nil && c.post.Said < len(c.texts) {
		if err = s.part(ctx, c, at); err == nil {
			c.post.Said++
		}
		if err == nil && s.notYet.After(at) && c.post.Said < len(c.texts) {
			err = errMore
		}
	}
	return s.mark(ctx, c, at, err)
}

// errMore means that the rest of a post has to wait for the pace.
var errMore = errors.New("more to come")

// spoke keeps the pace after a send: the pause after what went out or may have, a longer one after what the network did not take.
func (s *Sender) spoke(out Outgoing, at time.Time, err error) {
	switch {
	case surelyNot(err):
		s.notYet = at.Add(lookAgain)
		return
	case tooOften(err):
		s.warned++
		s.notYet = at.Add(quietAfter[min(s.warned, len(quietAfter))-1])
		s.Log.Error("the network says that it is too much; the bot is quiet for a while", "times", s.warned, "until", s.notYet.UTC().Format(time.RFC3339))
		return
	case refused(err):
		return
	}
	s.warned = 0
	gap := s.Pace.gap()
	s.notYet = at.Add(gap)
	if out.Private {
		return
	}
	s.last, s.elsewise = out.Chat, at.Add(min(5*gap, 35*time.Second))
	if out.Kind != themeday.ReplyKind {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.said = slices.DeleteFunc(append(s.said, at), func(when time.Time) bool { return at.Sub(when) >= 24*time.Hour })
}

// quietAfter is how long the bot is quiet when it was told that it says too much, the first time and after that.
var quietAfter = []time.Duration{10 * time.Minute, 30 * time.Minute, 2 * time.Hour}

// tooOften tells whether an outcome means that the account has said too much, and nothing went out.
func tooOften(sent error) bool { return errors.Is(sent, ErrTooOften) && !errors.Is(sent, ErrUnknown) }

// part sends the next part of a post. When the program is being ended nothing more is begun.
func (s *Sender) part(ctx context.Context, c claimed, at time.Time) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%w: %w", ErrOffline, ctx.Err())
	}
	out := c.part()
	err := s.Transport.Send(ctx, out)
	s.spoke(out, at, err)
	return err
}

// surelyNot tells whether an outcome means that the network is away and nothing went out.
func surelyNot(sent error) bool { return errors.Is(sent, ErrOffline) && !errors.Is(sent, ErrUnknown) }

// refused tells whether an outcome means that this chat took nothing.
func refused(sent error) bool { return errors.Is(sent, ErrRefused) && !errors.Is(sent, ErrUnknown) }

// mark writes the outcome of a send, also when the program is being ended. If that fails the post stands as being sent: it is not
// repeated, and marked later.
func (s *Sender) mark(ctx context.Context, c claimed, at time.Time, sent error) error {
	p := c.post
	switch {
	case sent == nil:
		p.State, p.SentAt, p.Note = themeday.Sent, at, ""
		if !c.to.private {
			p.Text = strings.Join(c.texts, "\n")
		}
	case errors.Is(sent, errMore):
		p.State, p.Due = themeday.Waiting, s.notYet
	case tooOften(sent):
		p.State, p.Due, p.Note = themeday.Waiting, s.notYet, "the network says that it is too much"
	case surelyNot(sent):
		p.State, p.Due, p.Note = themeday.Waiting, at.Add(backoff(p.Tries)), "the network was out of reach"
	case refused(sent):
		p.State, p.Due, p.Note = themeday.Waiting, at.Add(backoff(p.Tries+3)), "refused by the network"
	default:
		p.State, p.SentAt, p.Note = themeday.Unknown, at, "sent or not: unknown"
		s.Log.Error("post of unknown outcome", "kind", p.Kind, "key", p.Key)
	}
	return s.finish(context.WithoutCancel(ctx), unmarked{post: p, at: at})
}

// backoff is the pause before another try: 1, 2, 4 … 16 minutes.
func backoff(tries int) time.Duration {
	return time.Minute << min(max(tries-1, 0), 4)
}
