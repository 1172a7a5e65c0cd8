package bot

import (
	"context"
	"fmt"
	"time"

	"themeday"
)

// claimed is a post that the store holds as being sent, with all that sending it needs.
type claimed struct {
	post  themeday.Post
	to    target
	texts []string
	files []themeday.File
	data  any
	offer themeday.Offer
}

// part is the next one that has not gone out: a text each, files with the last.
func (c claimed) part() Outgoing {
	out := Outgoing{Chat: c.to.chat, Private: c.to.private, Name: c.to.name, Text: c.texts[c.post.Said], Kind: c.post.Kind, Data: c.data}
	if c.post.Said == len(c.texts)-1 {
		out.Files, out.Offer = c.files, c.offer
	}
	return out
}

// holdFor is how long a post waits whose group or person cannot be told for sure.
const holdFor = 10 * time.Minute

// say claims, sends and marks one post.
func (s *Sender) say(ctx context.Context, key string, at time.Time) error {
	var c claimed
	err := s.Store.Update(ctx, func(tx themeday.Tx) error {
		p, ok, err := tx.Post(key)
		if err != nil || !ok || p.State != themeday.Waiting || p.Due.After(at) {
			return err
		}
		if c, err = s.prepare(tx, p, at); err != nil {
			return err
		}
		return tx.MarkPost(c.post)
	})
	if err != nil {
		return fmt.Errorf("claim post %s: %w", key, err)
	}
	if c.post.State != themeday.Sending {
		return nil
	}
	return s.transmit(ctx, c, at)
}

// prepare decides what becomes of a due post: expired, put off, nothing to say, held, or claimed for sending.
func (s *Sender) prepare(tx themeday.Tx, p themeday.Post, at time.Time) (claimed, error) {
	if !at.Before(p.Expires) {
		s.expire(&p)
		return claimed{post: p}, nil
	}
	if until, err := s.allowed(tx, p, at); err != nil || until.After(at) {
		p.Due = until
		return claimed{post: p}, err
	}
	r, ok := s.render(tx, &p, at)
	if !ok {
		return claimed{post: p}, nil
	}
	to, ok, err := s.find(tx, p, at)
	if err != nil {
		return claimed{}, err
	}
	if !ok {
		p.Due, p.Note = at.Add(holdFor), themeday.HeldNote+to.why
		if s.Held != nil {
			s.Held(p.Kind)
		}
		s.Log.Warn("post held", "kind", p.Kind, "key", p.Key, "why", to.why)
		return claimed{post: p}, nil
	}
	if p.To == themeday.ToGroup && s.last != "" && s.last != to.chat && s.elsewise.After(at) {
		p.Due = s.elsewise // group after group at once looks like an advertiser
		return claimed{post: p}, nil
	}
	p.State = themeday.Sending
	p.Tries++
	return claimed{post: p, to: to, texts: r.Texts, files: r.Files, data: r.Data, offer: r.Offer}, nil
}

// render makes the text of a post; false when there is none, and the post says what becomes of it.
func (s *Sender) render(tx themeday.Tx, p *themeday.Post, at time.Time) (Rendered, bool) {
	var r Rendered
	err := safely(tx, func(tx themeday.Tx) (err error) {
		r, err = s.Renderer.Render(tx, *p, at)
		return err
	})
	switch {
	case err != nil:
		p.Tries++
		p.Due, p.Note = at.Add(backoff(p.Tries)), "its text could not be made"
		s.Log.Error("post put off: its text could not be made", "kind", p.Kind, "key", p.Key, "err", err)
	case r.Wait.After(at):
		p.Due = r.Wait
	case len(r.Texts) == 0:
		p.State, p.Note = themeday.Dropped, r.Why
	default:
		return r, true
	}
	return r, false
}

// acknowledgement is the priority from which on a post can do without its hour.
const acknowledgement = 9

// allowed is the first instant at which the pace lets a post go: quiet hours, and the budgets of groups.
func (s *Sender) allowed(tx themeday.Tx, p themeday.Post, at time.Time) (time.Time, error) {
	if until := s.Pace.Quiet.Over(at, s.Desk.Zone); until.After(at) || p.To != themeday.ToGroup {
		return until, nil
	}
	for _, b := range []struct {
		most      int
		span, off time.Duration
	}{{s.Pace.PerHour, time.Hour, 5 * time.Minute}, {s.Pace.PerDay, 24 * time.Hour, 30 * time.Minute}} {
		if b.most == 0 {
			continue
		}
		n, err := tx.CountSent(at.Add(-b.span), at.Add(b.span)) // what was sent by a clock that was far ahead does not silence the bot
		if err != nil {
			return at, fmt.Errorf("count posts: %w", err)
		}
		for _, when := range s.said {
			if at.Sub(when).Abs() < b.span {
				n++
			}
		}
		most := b.most
		if p.Kind.Priority() >= acknowledgement {
			most = share(most)
		}
		if n >= most {
			return at.Add(b.off), nil
		}
	}
	return at, nil
}
