package bot

import (
	"context"
	"time"

	"themeday"
)

// answer is a direct reply that has not gone out yet. It lives in memory: who asked asks again after a crash, and finds it done.
type answer struct {
	out     Outgoing
	instead Outgoing // goes to the group when the private chat is refused; nothing when empty
	until   time.Time
	files   []themeday.File // that were made for it
}

// answerFor is how long a direct answer is worth sending.
const answerFor = 10 * time.Minute

// Answer queues the reply to a message and tries to send it. What is said aside goes to the private chat of whoever asked, and its
// short form to the group when he cannot be reached there.
func (s *Sender) Answer(ctx context.Context, m themeday.Message, r themeday.Reply, at time.Time) {
	a := answer{out: Outgoing{Chat: m.Chat, Private: m.Private(), Name: m.Group, Text: r.Text, Files: r.Files, Kind: themeday.ReplyKind, Data: r.Data, Answers: m.ID, Offer: r.Offer}, until: at.Add(answerFor), files: r.Files}
	switch {
	case m.Private():
		a.out.Name = nameOf(m.From)
	case r.Aside:
		a.instead = a.out
		a.instead.Text, a.instead.Files, a.instead.Data, a.instead.Offer = r.Short, nil, nil, themeday.Offer{} // the figures are private as well
		a.out.Chat, a.out.Private, a.out.Name = themeday.ChatID(m.From.ID), true, nameOf(m.From)
		if !m.From.Friend && !a.out.empty() {
			a.out, a.instead = a.instead, Outgoing{}
		}
	}
	if !a.out.empty() && s.queue(a, at) {
		s.speak(ctx, at)
	}
}

// queue puts an answer behind the others, unless its group has been answered too often.
func (s *Sender) queue(a answer, at time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.talking(a.out, at) {
		return false
	}
	s.answers = append(s.answers, a)
	return true
}

// speak sends queued answers, unless somebody else is sending: then he does it.
func (s *Sender) speak(ctx context.Context, at time.Time) {
	for s.Answering() && s.speaking.TryLock() {
		s.flush(ctx, at)
		stuck := s.Answering()
		s.speaking.Unlock()
		if stuck {
			return
		}
	}
}

// Answering tells whether answers wait to be sent.
func (s *Sender) Answering() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.answers) > 0
}

// answersAMinute is how many answers one group gets in a minute where there is a pace: another bot that answers ours must not keep it busy.
const answersAMinute = 6

// share is the part of a budget that answers, and acknowledgements with them, may use: the rest is for what has its hour.
func share(budget int) int { return max(budget*6/10, 1) }

// talking, of which the caller holds mu, tells whether groups have been answered too often within a minute, or as often within the hour as leaves room for posts.
func (s *Sender) talking(out Outgoing, at time.Time) bool {
	if out.Private || s.Pace.Min == 0 {
		return false
	}
	minute, hour := 0, 0
	for _, when := range s.said {
		if at.Sub(when) < time.Minute {
			minute++
		}
		if at.Sub(when) < time.Hour {
			hour++
		}
	}
	for _, waiting := range s.answers {
		if !waiting.out.Private {
			minute++
			hour++
		}
	}
	if minute < answersAMinute && (s.Pace.PerHour == 0 || hour < share(s.Pace.PerHour)) {
		return false
	}
	s.Log.Warn("answer dropped: too many at once")
	return true
}

// empty tells whether there is nothing to say.
func (o Outgoing) empty() bool { return o.Text == "" && len(o.Files) == 0 }

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

// front is the answer that is sent next.
func (s *Sender) front() (answer, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.answers) == 0 {
		return answer{}, false
	}
	return s.answers[0], true
}

// flush sends queued answers in order, in the pace; the first that the network does not take now stops it. The caller holds speaking.
func (s *Sender) flush(ctx context.Context, at time.Time) {
	for {
		a, there := s.front()
		if !there || s.notYet.After(at) {
			return
		}
		if !at.Before(a.until) {
			s.Log.Warn("answer dropped: too late", "private", a.out.Private)
			s.done()
			continue
		}
		if s.Transport.State() != Online {
			return
		}
		err := s.Transport.Send(ctx, a.out)
		s.spoke(a.out, at, err)
		switch {
		case surelyNot(err), tooOften(err):
			return
		case refused(err) && !a.instead.empty():
			s.toTheGroup()
			continue
		case err != nil:
			s.Log.Warn("answer not sent", "private", a.out.Private, "err", err)
		}
		s.done()
	}
}

// toTheGroup lets the answer in front go to the group, short, because the private chat refused it.
func (s *Sender) toTheGroup() {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := &s.answers[0]
	a.out, a.instead = a.instead, Outgoing{}
}

// done lets go of the answer in front, and of its files.
func (s *Sender) done() {
	s.mu.Lock()
	files := s.answers[0].files
	s.answers[0] = answer{}
	s.answers = s.answers[1:]
	s.mu.Unlock()
	if s.Gone != nil && len(files) > 0 {
		s.Gone(files)
	}
}
