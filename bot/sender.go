package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"themeday"
)

// Sender is the one that speaks for an account: direct answers at once, posts as they fall due, in the pace that is allowed.
// Deliver and Answer must not run at the same time.
type Sender struct {
	Store     themeday.Store
	Transport Transport
	Renderer  Renderer
	Desk      themeday.Desk
	Pace      Pace
	Log       *slog.Logger

	answers []answer
	notYet  time.Time // the pace allows nothing before
}

// answer is a direct reply that has not gone out yet. It lives in memory: who asked asks again after a crash, and finds it done.
type answer struct {
	out   Outgoing
	until time.Time
}

// answerFor is how long a direct answer is worth sending.
const answerFor = 10 * time.Minute

// Answer queues the reply to a message and tries to send it.
func (s *Sender) Answer(ctx context.Context, m themeday.Message, r themeday.Reply, at time.Time) {
	if r.Text == "" && len(r.Files) == 0 {
		return
	}
	out := Outgoing{Chat: m.Chat, Private: m.Private(), Name: m.Group, Text: r.Text, Files: r.Files, Kind: themeday.ReplyKind, Data: r.Data}
	if m.Private() {
		out.Name = nameOf(m.From)
	}
	if r.Aside && !m.Private() {
		if m.From.Friend {
			out.Chat, out.Private, out.Name = themeday.ChatID(m.From.ID), true, nameOf(m.From)
		} else {
			out.Text, out.Files = r.Short, nil
		}
	}
	if out.Text == "" && len(out.Files) == 0 {
		return
	}
	s.answers = append(s.answers, answer{out: out, until: at.Add(answerFor)})
	s.flush(ctx, at)
}

// nameOf is how a transcript calls somebody.
func nameOf(s themeday.Sighting) string {
	switch {
	case s.Remark != "":
		return s.Remark
	case s.Card != "":
		return s.Card
	}
	return s.Nick
}

// flush sends queued answers in order; the first that the network does not take now stops it.
func (s *Sender) flush(ctx context.Context, at time.Time) {
	for len(s.answers) > 0 {
		a := s.answers[0]
		if at.Before(a.until) {
			if s.Transport.State() != Online {
				return
			}
			err := s.Transport.Send(ctx, a.out)
			if errors.Is(err, ErrOffline) {
				return
			}
			if err != nil {
				s.Log.Warn("answer not sent", "private", a.out.Private, "err", err)
			}
		}
		s.answers = s.answers[1:]
	}
}

// batch is how many due posts are looked at in one go.
const batch = 32

// Deliver says what is due at an instant and gives the instant at which to look next; zero when nothing is planned.
// Each post goes out once: it is claimed in a transaction before it is sent and marked in another one after.
func (s *Sender) Deliver(ctx context.Context, at time.Time) (time.Time, error) {
	s.flush(ctx, at)
	for ctx.Err() == nil {
		if s.Transport.State() != Online {
			return s.dropExpired(ctx, at)
		}
		if s.notYet.After(at) {
			return s.notYet, nil
		}
		done, err := s.one(ctx, at)
		if err != nil || done {
			return s.next(ctx, at), err
		}
	}
	return time.Time{}, ctx.Err()
}

// one takes the next due post; true when there is none.
func (s *Sender) one(ctx context.Context, at time.Time) (bool, error) {
	var due []themeday.Post
	err := s.Store.View(ctx, func(tx themeday.Tx) error {
		var err error
		due, err = tx.DuePosts(at, batch)
		return err
	})
	if err != nil {
		return true, fmt.Errorf("look for due posts: %w", err)
	}
	if len(due) == 0 {
		return true, nil
	}
	for _, p := range due {
		if err := s.say(ctx, p, at); err != nil {
			return true, err
		}
		if s.notYet.After(at) || s.Transport.State() != Online {
			break
		}
	}
	return false, nil
}

// say claims, sends and marks one post.
func (s *Sender) say(ctx context.Context, p themeday.Post, at time.Time) error {
	var r Rendered
	var to target
	err := s.Store.Update(ctx, func(tx themeday.Tx) error {
		now, ok, err := tx.Post(p.Key)
		if err != nil || !ok || now.State != themeday.Waiting || now.Due.After(at) {
			p.State = themeday.Dropped
			return err
		}
		p = now
		to, r, err = s.prepare(tx, &p, at)
		if err != nil {
			return err
		}
		return tx.PutPost(p)
	})
	if err != nil {
		return fmt.Errorf("claim post %s: %w", p.Key, err)
	}
	if p.State != themeday.Sending {
		return nil
	}
	return s.transmit(ctx, p, to, r, at)
}

// prepare decides what becomes of a due post: expired, held, put off, nothing to say, or claimed for sending.
func (s *Sender) prepare(tx themeday.Tx, p *themeday.Post, at time.Time) (target, Rendered, error) {
	if !at.Before(p.Expires) {
		p.State, p.Note = themeday.Dropped, "expired"
		s.Log.Warn("post dropped: expired", "kind", p.Kind, "key", p.Key)
		return target{}, Rendered{}, nil
	}
	if until := s.allowed(tx, *p, at); until.After(at) {
		p.Due = until
		return target{}, Rendered{}, nil
	}
	r, err := s.Renderer.Render(tx, *p, at)
	if err != nil {
		return target{}, r, fmt.Errorf("render %s: %w", p.Key, err)
	}
	switch {
	case r.Wait.After(at):
		p.Due = r.Wait
		return target{}, r, nil
	case len(r.Texts) == 0:
		p.State, p.Note = themeday.Dropped, r.Why
		return target{}, r, nil
	}
	to, ok, err := s.find(tx, *p)
	if err != nil {
		return to, r, err
	}
	if !ok {
		p.Due, p.Note = at.Add(holdFor), "nobody to send it to: "+to.why
		s.Log.Warn("post held", "kind", p.Kind, "key", p.Key, "why", to.why)
		return to, r, nil
	}
	p.State = themeday.Sending
	p.Tries++
	return to, r, nil
}

// holdFor is how long a post waits whose group or person cannot be told for sure.
const holdFor = 10 * time.Minute

// transmit sends the parts of a claimed post and marks the outcome.
func (s *Sender) transmit(ctx context.Context, p themeday.Post, to target, r Rendered, at time.Time) error {
	var err error
	for p.Said < len(r.Texts) {
		out := Outgoing{Chat: to.chat, Private: to.private, Name: to.name, Text: r.Texts[p.Said], Kind: p.Kind, Data: r.Data}
		if err = s.Transport.Send(ctx, out); err != nil {
			break
		}
		p.Said++
	}
	if p.Said > 0 {
		s.notYet = at.Add(s.Pace.gap())
	}
	return s.mark(ctx, p, to, r, at, err)
}

func (s *Sender) mark(ctx context.Context, p themeday.Post, to target, r Rendered, at time.Time, sent error) error {
	switch {
	case sent == nil:
		p.State, p.SentAt, p.Note = themeday.Sent, at, ""
		if !to.private {
			p.Text = joined(r.Texts)
		}
	case errors.Is(sent, ErrOffline):
		p.State, p.Due = themeday.Waiting, at.Add(backoff(p.Tries))
	case errors.Is(sent, ErrRefused):
		p.State, p.Due, p.Note = themeday.Waiting, at.Add(backoff(p.Tries+3)), "refused by the network"
	default:
		p.State, p.SentAt, p.Note = themeday.Unknown, at, "sent or not: unknown"
		s.Log.Error("post of unknown outcome", "kind", p.Kind, "key", p.Key)
	}
	err := s.Store.Update(context.WithoutCancel(ctx), func(tx themeday.Tx) error {
		if err := tx.PutPost(p); err != nil {
			return err
		}
		if p.State != themeday.Sent && p.State != themeday.Unknown {
			return nil
		}
		return s.Renderer.AfterSent(tx, p, at)
	})
	if err != nil {
		return fmt.Errorf("mark post %s: %w", p.Key, err)
	}
	return nil
}

// backoff is the pause before another try: 1, 2, 4 … 16 minutes.
func backoff(tries int) time.Duration {
	return time.Minute << min(max(tries-1, 0), 4)
}

func joined(texts []string) string {
	all := ""
	for i, t := range texts {
		if i > 0 {
			all += "\n"
		}
		all += t
	}
	return all
}

// allowed is the first instant at which the pace lets a post go: quiet hours, and the budgets of groups.
func (s *Sender) allowed(tx themeday.Tx, p themeday.Post, at time.Time) time.Time {
	at = s.Pace.Quiet.Over(at, s.Desk.Zone)
	if p.To != themeday.ToGroup {
		return at
	}
	if n, err := tx.CountSent(at.Add(-time.Hour)); s.Pace.PerHour > 0 && (err != nil || n >= s.Pace.PerHour) {
		return at.Add(5 * time.Minute)
	}
	if n, err := tx.CountSent(at.Add(-24 * time.Hour)); s.Pace.PerDay > 0 && (err != nil || n >= s.Pace.PerDay) {
		return at.Add(30 * time.Minute)
	}
	return at
}

// next is when to look again.
func (s *Sender) next(ctx context.Context, at time.Time) time.Time {
	var next time.Time
	err := s.Store.View(ctx, func(tx themeday.Tx) error {
		due, ok, err := tx.NextDue()
		if ok {
			next = due
		}
		return err
	})
	if err != nil {
		return at.Add(time.Minute)
	}
	if s.notYet.After(next) && !next.IsZero() {
		return s.notYet
	}
	return next
}

// dropExpired, while the network is away, lets go of what has become useless, so that its return is not a flood.
func (s *Sender) dropExpired(ctx context.Context, at time.Time) (time.Time, error) {
	err := s.Store.Update(ctx, func(tx themeday.Tx) error {
		due, err := tx.DuePosts(at, batch)
		if err != nil {
			return err
		}
		for _, p := range due {
			if at.Before(p.Expires) {
				continue
			}
			p.State, p.Note = themeday.Dropped, "expired while the network was away"
			s.Log.Warn("post dropped: expired", "kind", p.Kind, "key", p.Key)
			if err := tx.PutPost(p); err != nil {
				return err
			}
		}
		return nil
	})
	return at.Add(time.Minute), err
}

// Recover, once at start, marks what a killed process was sending: nobody knows whether it went out. It gives their keys for the operator.
func (s *Sender) Recover(ctx context.Context, at time.Time) ([]string, error) {
	var keys []string
	err := s.Store.Update(ctx, func(tx themeday.Tx) error {
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
			if err := tx.PutPost(p); err != nil {
				return err
			}
			if err := s.Renderer.AfterSent(tx, p, at); err != nil {
				return err
			}
		}
		return nil
	})
	return keys, err
}
