package wecom

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday/bot"
	"themeday/bot/wecom/fakewecom"
)

func TestItIsOnlineWhenTheSubscriptionIsAnswered(t *testing.T) {
	s := newStage(t)
	s.server.Mute(cmdSubscribe, 1)
	s.run(s.options())
	s.until("the subscription is tried", func() bool { return s.server.Commands(cmdSubscribe) == 1 })
	if s.bot.State() != bot.Offline {
		t.Error("an open socket counts as online")
	}
	s.until("it waits for the answer", func() bool { return s.clock.waiting(answerFor) == 1 })
	s.clock.advance(answerFor)
	s.until("it waits to come back", func() bool { return len(s.clock.pauses()) == 1 })
	s.clock.advance(time.Second)
	s.until("online", func() bool { return s.bot.State() == bot.Online })
}

func TestAHeartbeatGoesEveryThirtySecondsAndTwoWithoutAnswerEndTheConnection(t *testing.T) {
	s := newStage(t).online()
	beat := func(n int) {
		s.t.Helper()
		s.until("it waits for the next heartbeat", func() bool { return s.clock.waiting(beat) == 1 })
		s.clock.advance(beat)
		s.until("the heartbeat", func() bool { return s.server.Commands(cmdPing) == n })
		if n < 6 {
			s.until("its answer", func() bool { return s.clock.waiting(answerFor) == 0 })
		}
	}
	for n := range 5 {
		beat(n + 1)
	}
	if accepted, _ := s.server.Subscriptions(); accepted != 1 {
		t.Fatalf("%d connections while every heartbeat was answered", accepted)
	}
	s.server.NoPong(true)
	beat(6)
	beat(7)
	if !s.server.Online() {
		t.Error("two heartbeats were not waited for")
	}
	s.until("it waits for the next heartbeat", func() bool { return s.clock.waiting(30*time.Second) == 1 })
	s.clock.advance(30 * time.Second)
	s.until("the connection is given up", func() bool { return len(s.clock.pauses()) == 1 })
	s.server.NoPong(false)
	s.clock.advance(time.Second)
	s.until("online again", func() bool { accepted, _ := s.server.Subscriptions(); return accepted == 2 })
}

func TestItComesBackAfterPausesThatGrowToHalfAMinute(t *testing.T) {
	s := newStage(t)
	s.server.Away(true)
	s.run(s.options())
	most := []time.Duration{1, 2, 4, 8, 16, 30, 30}
	for i := range most {
		s.until("the next pause", func() bool { return len(s.clock.pauses()) == i+1 })
		d, limit := s.clock.pauses()[i], most[i]*time.Second
		if d < limit/2 || d > limit {
			t.Errorf("pause %d is %s, want %s to %s", i+1, d, limit/2, limit)
		}
		s.clock.advance(d)
	}
	s.server.Away(false)
	s.until("online", func() bool { s.clock.advance(time.Second); return s.bot.State() == bot.Online })
}

func TestAnOutageOfTenMinutesIsToldToTheOperatorOnce(t *testing.T) {
	s := newStage(t).online()
	s.server.Away(true)
	s.until("ten minutes go by", func() bool { s.clock.advance(2 * time.Second); return len(s.told()) == 1 })
	for range 200 {
		s.clock.advance(2 * time.Second)
	}
	s.server.Away(false)
	s.until("online", func() bool { s.clock.advance(time.Second); return s.bot.State() == bot.Online })
	if got := s.told(); len(got) != 1 || !strings.Contains(got[0], "out of reach") {
		t.Errorf("alerts %q", got)
	}
}

func TestAConnectionThatIsTakenOverEndsForGoodWithAMessage(t *testing.T) {
	for _, c := range []struct {
		name   string
		zombie bool
	}{{"and is closed by the server", false}, {"and is left open by it", true}} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t).online()
			s.server.Zombie(c.zombie)
			first := s.ended
			second := New(s.options())
			ctx, stop := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() { done <- second.Run(ctx, s.take) }()
			if err := <-first; !errors.Is(err, ErrTakenOver) {
				t.Errorf("it ends with %v", err)
			}
			first <- nil
			s.until("the second is online", func() bool { return second.State() == bot.Online })
			for range 10 {
				s.clock.advance(time.Minute)
			}
			if s.bot.State() != bot.Closed {
				t.Error("the first is still", s.bot.State())
			}
			if accepted, tried := s.server.Subscriptions(); accepted != 2 || tried != 2 {
				t.Errorf("%d subscriptions of %d tried", accepted, tried)
			}
			if got := s.told(); len(got) != 1 || !strings.Contains(got[0], "took over") || len(s.shown) != 1 {
				t.Errorf("alerts %q, shown %q", got, s.shown)
			}
			stop()
			<-done
		})
	}
}

func TestARefusedSecretIsNotHammered(t *testing.T) {
	s := newStage(t)
	o := s.options()
	o.Secret = "wrong"
	s.run(o)
	for i, want := range []time.Duration{1, 5, 15, 30, 30} {
		s.until("the next pause", func() bool { return len(s.clock.pauses()) == i+1 })
		if got := s.clock.pauses()[i]; got != want*time.Minute {
			t.Errorf("pause %d is %s", i+1, got)
		}
		if s.bot.State() != bot.Closed {
			t.Error("a person has to do something, and the state is", s.bot.State())
		}
		s.clock.advance(want * time.Minute)
	}
	if got := s.told(); len(got) == 0 || !strings.Contains(got[0], "853000") {
		t.Errorf("alerts %q", got)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if strings.Contains(s.log.String(), "wrong") {
		t.Error("the secret stands in the log")
	}
}

func TestAnAnswerThatNothingIsSubscribedBringsANewConnectionAndTheHeartbeatToo(t *testing.T) {
	s := newStage(t).online()
	s.server.Refuse(cmdPing, codeUnserved)
	s.until("it waits", func() bool { return s.clock.waiting(beat) == 1 })
	s.clock.advance(beat)
	s.until("the connection is given up", func() bool { return len(s.clock.pauses()) == 1 })
	s.clock.advance(time.Second)
	s.until("online again", func() bool { accepted, _ := s.server.Subscriptions(); return accepted == 2 })
}

func TestAfterALongOutageTheGroupsAreAskedToSayItAgainWhileAnActivityIsNear(t *testing.T) {
	for _, c := range []struct {
		name   string
		active bool
		away   time.Duration
		want   int
	}{{"near", true, 5 * time.Minute, 1}, {"short", true, time.Minute, 0}, {"far", false, 5 * time.Minute, 0}} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t).online()
			s.mu.Lock()
			s.active = c.active
			s.mu.Unlock()
			s.server.Say(fakewecom.Said{Group: group, From: "zhangsan", Body: fakewecom.Text("@" + name + " 签到")})
			s.hears(1)
			s.server.Away(true)
			s.until("offline", func() bool { return s.bot.State() == bot.Offline && len(s.clock.pauses()) > 0 })
			s.clock.advance(c.away)
			s.server.Away(false)
			s.until("online", func() bool { s.clock.advance(time.Second); return s.bot.State() == bot.Online })
			s.until("it settles", func() bool { return s.clock.waiting(beat) == 1 && len(s.texts(group)) >= c.want })
			if got := s.texts(group); len(got) != c.want {
				t.Errorf("said %q", got)
			}
		})
	}
}

func TestGroupsThatFellSilentOnANewConnectionBringAnother(t *testing.T) {
	s := newStage(t).online()
	s.mu.Lock()
	s.active = true
	s.mu.Unlock()
	s.server.Say(fakewecom.Said{Group: group, From: "zhangsan", Body: fakewecom.Text("@" + name + " 签到")})
	s.hears(1)
	s.server.Drop()
	s.until("offline", func() bool { return s.bot.State() == bot.Offline })
	s.until("online again", func() bool { s.clock.advance(time.Second); return s.bot.State() == bot.Online })
	for range 60 {
		s.until("it waits", func() bool { return s.clock.waiting(beat) >= 1 || s.bot.State() != bot.Online })
		s.clock.advance(beat)
		if accepted, _ := s.server.Subscriptions(); accepted == 3 {
			break
		}
	}
	s.until("a third connection", func() bool {
		s.clock.advance(time.Second)
		accepted, _ := s.server.Subscriptions()
		return accepted == 3
	})
}

func TestNothingIsLostOrRepeatedOverADrop(t *testing.T) {
	s := newStage(t).online()
	say := func(text string) string {
		return s.server.Say(fakewecom.Said{From: "zhangsan", Body: fakewecom.Text(text)})
	}
	first := say("一")
	s.hears(1)
	s.server.Drop()
	s.until("offline", func() bool { return s.bot.State() == bot.Offline })
	if got := outcomeOf(s.bot.Send(t.Context(), toPerson("zhangsan", "二"))); got != "offline" {
		t.Errorf("a send without a connection is %s", got)
	}
	s.until("online again", func() bool { s.clock.advance(time.Second); return s.bot.State() == bot.Online })
	s.server.Deliver(first, fakewecom.Said{From: "zhangsan", Body: fakewecom.Text("一")})
	second := say("三")
	got := s.hears(3)
	if ids := []string{string(got[0].ID), string(got[1].ID), string(got[2].ID)}; !slices.Equal(ids, []string{first, first, second}) {
		t.Errorf("the inbox cannot tell what came again: %q", ids)
	}
	if got := outcomeOf(s.send(toPerson("zhangsan", "二"))); got != "sent" || len(s.texts("zhangsan")) != 1 {
		t.Errorf("%s, said %q", got, s.texts("zhangsan"))
	}
}
