package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"themeday"
)

// transmit sends the parts of a claimed post that have not gone out yet, and marks the outcome. A post that stopped half way is
// made anew when it goes on: it begins at the part where it stopped.
func (s *Sender) transmit(ctx context.Context, c claimed, at time.Time) error {
	var err error
	for err == nil && c.post.Said < len(c.texts) {
		if err = s.part(ctx, c); !surelyNot(err) && !refused(err) {
			s.notYet = at.Add(s.Pace.gap())
		}
		if err == nil {
			c.post.Said++
		}
	}
	if surelyNot(err) {
		s.notYet = at.Add(lookAgain)
	}
	return s.mark(ctx, c, at, err)
}

// part sends the next part of a post. When the program is being ended nothing more is begun.
func (s *Sender) part(ctx context.Context, c claimed) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%w: %w", ErrOffline, ctx.Err())
	}
	return s.Transport.Send(ctx, Outgoing{Chat: c.to.chat, Private: c.to.private, Name: c.to.name, Text: c.texts[c.post.Said], Kind: c.post.Kind, Data: c.data})
}

// surelyNot tells whether an outcome means that the network is away and nothing went out.
func surelyNot(sent error) bool { return errors.Is(sent, ErrOffline) && !errors.Is(sent, ErrUnknown) }

// refused tells whether an outcome means that this chat took nothing.
func refused(sent error) bool { return errors.Is(sent, ErrRefused) && !errors.Is(sent, ErrUnknown) }

// mark writes the outcome of a send, also when the program is being ended. If that fails the post stands as being sent: it is not
// repeated, and Recover finds it.
func (s *Sender) mark(ctx context.Context, c claimed, at time.Time, sent error) error {
	p := c.post
	switch {
	case sent == nil:
		p.State, p.SentAt, p.Note = themeday.Sent, at, ""
		if !c.to.private {
			p.Text = strings.Join(c.texts, "\n")
		}
	case surelyNot(sent):
		p.State, p.Due, p.Note = themeday.Waiting, at.Add(backoff(p.Tries)), "the network was out of reach"
	case refused(sent):
		p.State, p.Due, p.Note = themeday.Waiting, at.Add(backoff(p.Tries+3)), "refused by the network"
	default:
		p.State, p.SentAt, p.Note = themeday.Unknown, at, "sent or not: unknown"
		s.Log.Error("post of unknown outcome", "kind", p.Kind, "key", p.Key)
	}
	err := s.Store.Update(context.WithoutCancel(ctx), func(tx themeday.Tx) error { return s.settle(tx, p, at) })
	if err != nil {
		return fmt.Errorf("mark post %s: %w", p.Key, err)
	}
	return nil
}

// backoff is the pause before another try: 1, 2, 4 … 16 minutes.
func backoff(tries int) time.Duration {
	return time.Minute << min(max(tries-1, 0), 4)
}
