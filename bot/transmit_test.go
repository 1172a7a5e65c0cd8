package bot

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"themeday"
)

func TestAnOutageIsTriedAgainUntilThePostExpires(t *testing.T) {
	st := newStage(t)
	st.plan("notice", func(p *themeday.Post) { p.Expires = st.now.Add(30 * time.Minute) })
	st.net.fate = func(Outgoing) error { return fmt.Errorf("dial: %w", ErrOffline) }
	var tries []string
	for next := time.Duration(1); next != 0; st.now = st.now.Add(next) {
		before := st.net.tried
		if next = st.deliver(); st.net.tried > before {
			tries = append(tries, st.now.In(shanghai).Format("15:04"))
		}
	}
	if want := []string{"14:00", "14:01", "14:03", "14:07", "14:15"}; !reflect.DeepEqual(tries, want) {
		t.Errorf("tried at %v, want %v", tries, want)
	}
	st.heard()
	st.stands("notice", themeday.Dropped, "expired; before: the network was out of reach")
	st.logged("post dropped: expired")
	if len(st.words.after) > 0 {
		t.Errorf("consequences of what was never said: %v", st.words.after)
	}
}

func TestAnOutageEndsWithThePostSaidOnce(t *testing.T) {
	st := newStage(t)
	st.plan("notice", func(p *themeday.Post) { p.Kind = themeday.Notice })
	st.plan("other")
	st.net.fate = func(Outgoing) error { return ErrOffline }
	if next := st.deliver(); next != time.Minute || st.net.tried != 1 {
		t.Errorf("%d tries, next in %v: one post that is not taken is enough to know", st.net.tried, next)
	}
	st.net.fate = nil
	for range 3 {
		st.now = st.now.Add(time.Minute)
		st.deliver()
	}
	st.heard("一支部群: notice", "一支部群: other")
}

func TestWhatMayHaveGoneOutIsNeverRepeated(t *testing.T) {
	for name, fate := range map[string]error{
		"unknown":                              ErrUnknown,
		"unknown because the network went":     fmt.Errorf("%w: %w", ErrUnknown, ErrOffline),
		"unknown though it looks like refused": fmt.Errorf("%w: %w", ErrRefused, ErrUnknown),
		"an error of no known kind":            errors.New("strange"),
		"cut short":                            context.DeadlineExceeded,
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			st.Pace = Pace{Min: time.Minute}
			st.plan("notice")
			st.net.fate = func(Outgoing) error { return fate }
			st.deliver()
			if !st.notYet.Equal(st.now.Add(time.Minute)) {
				t.Error("it does not count for the pace, though it may have gone out")
			}
			st.net.fate = nil
			for range 3 {
				st.now = st.now.Add(time.Hour)
				st.deliver()
			}
			if st.net.tried != 1 {
				t.Errorf("tried %d times", st.net.tried)
			}
			st.stands("notice", themeday.Unknown, "sent or not: unknown")
			st.logged("post of unknown outcome")
			if want := []string{"notice unknown"}; !reflect.DeepEqual(st.words.after, want) {
				t.Errorf("after: %v, want %v", st.words.after, want)
			}
		})
	}
}

func TestAPostThatIsRefusedIsTriedLater(t *testing.T) {
	st := newStage(t)
	st.plan("notice")
	st.net.fate = func(Outgoing) error { return fmt.Errorf("code 1201: %w", ErrRefused) }
	if next := st.deliver(); next != 8*time.Minute {
		t.Errorf("looks again in %v, want 8m", next)
	}
	st.stands("notice", themeday.Waiting, "refused by the network")
	st.net.fate = nil
	st.now = st.now.Add(8 * time.Minute)
	st.deliver()
	st.heard("一支部群: notice")
	st.stands("notice", themeday.Sent, "")
}

func TestALongPostGoesOnWhereItStopped(t *testing.T) {
	st := newStage(t)
	st.plan("long")
	st.words.say = func(themeday.Post) (Rendered, error) { return Rendered{Texts: []string{"一", "二", "三"}}, nil }
	st.net.fate = func(out Outgoing) error {
		if out.Text == "二" {
			return ErrOffline
		}
		return nil
	}
	st.deliver()
	st.heard("一支部群: 一")
	if p := st.post("long"); p.State != themeday.Waiting || p.Said != 1 {
		t.Errorf("%s after %d parts", p.State, p.Said)
	}
	st.net.fate = nil
	st.open() // also in another process
	st.words.say = func(themeday.Post) (Rendered, error) { return Rendered{Texts: []string{"一", "二", "三"}}, nil }
	if keys, err := st.Recover(context.Background(), st.now); err != nil || len(keys) > 0 {
		t.Errorf("recovered %v, %v", keys, err)
	}
	st.now = st.now.Add(time.Minute)
	st.deliver()
	st.heard("一支部群: 一", "一支部群: 二", "一支部群: 三")
	if p := st.post("long"); p.State != themeday.Sent || p.Text != "一\n二\n三" {
		t.Errorf("%s %q", p.State, p.Text)
	}
}

func TestALongPostWhosePartMayHaveGoneOutStopsThere(t *testing.T) {
	st := newStage(t)
	st.plan("long")
	st.words.say = func(themeday.Post) (Rendered, error) { return Rendered{Texts: []string{"一", "二", "三"}}, nil }
	st.net.fate = func(out Outgoing) error {
		if out.Text == "二" {
			return ErrUnknown
		}
		return nil
	}
	st.deliver()
	st.now = st.now.Add(time.Hour)
	st.deliver()
	st.heard("一支部群: 一")
	st.stands("long", themeday.Unknown, "sent or not: unknown")
}

func TestALongPostThatBecameShorterIsDone(t *testing.T) {
	st := newStage(t)
	st.plan("long", func(p *themeday.Post) { p.Said = 2 })
	st.deliver()
	st.heard()
	st.stands("long", themeday.Sent, "")
}

func TestNoNewPartIsBegunWhenTheProgramIsBeingEnded(t *testing.T) {
	st := newStage(t)
	st.plan("long")
	st.words.say = func(themeday.Post) (Rendered, error) { return Rendered{Texts: []string{"一", "二"}}, nil }
	ctx, end := context.WithCancel(context.Background())
	st.net.fate = func(Outgoing) error { end(); return nil }
	if _, err := st.Deliver(ctx, st.now); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	st.heard("一支部群: 一")
	if p := st.post("long"); p.State != themeday.Waiting || p.Said != 1 {
		t.Errorf("%s after %d parts, want it to go on after the next start", p.State, p.Said)
	}
}

func TestConsequencesThatFailDoNotUndoThatAPostWasSent(t *testing.T) {
	for name, then := range map[string]func(themeday.Tx, themeday.Post) error{
		"error": func(themeday.Tx, themeday.Post) error { return errors.New("no such activity") },
		"panic": func(themeday.Tx, themeday.Post) error { panic("no such activity") },
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			st.plan("stuck", func(p *themeday.Post) { p.State = themeday.Sending })
			st.plan("notice")
			st.words.then = then
			if keys, err := st.Recover(context.Background(), st.now); err != nil || len(keys) != 1 {
				t.Errorf("the program does not start: %v, %v", keys, err)
			}
			for range patience + 1 { // an error may be the disk's
				st.deliver()
				st.now = st.now.Add(backoff(patience))
			}
			st.heard("一支部群: notice")
			st.stands("notice", themeday.Sent, "")
			st.stands("stuck", themeday.Unknown, "the process ended while it was being sent")
			st.logged("no such activity")
		})
	}
}
