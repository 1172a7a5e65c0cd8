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

func TestAPostIsClaimedBeforeItIsSentAndSentOnce(t *testing.T) {
	st := newStage(t)
	st.plan("notice")
	st.net.fate = func(Outgoing) error {
		st.stands("notice", themeday.Sending, "")
		return nil
	}
	for range 3 {
		st.deliver()
	}
	st.heard("一支部群: notice")
	st.stands("notice", themeday.Sent, "")
	if p := st.post("notice"); p.Text != "notice" || !p.SentAt.Equal(st.now) || p.Said != 1 || p.Tries != 1 {
		t.Errorf("%+v", p)
	}
	if want := []string{"notice sent"}; !reflect.DeepEqual(st.words.after, want) {
		t.Errorf("after: %v, want %v", st.words.after, want)
	}
}

func TestPostsGoInTheirOrderAndNotBeforeTheirTime(t *testing.T) {
	st := newStage(t)
	st.plan("progress", func(p *themeday.Post) { p.Kind = themeday.SignInProgress })
	st.plan("reminder")
	st.plan("notice", func(p *themeday.Post) { p.Kind = themeday.Notice })
	st.plan("later", func(p *themeday.Post) { p.Due = st.now.Add(time.Hour) })
	if next := st.deliver(); next != time.Hour {
		t.Errorf("looks again in %v, want 1h", next)
	}
	st.heard("一支部群: notice", "一支部群: reminder", "一支部群: progress")
	st.now = st.now.Add(time.Hour)
	if next := st.deliver(); next != 0 {
		t.Errorf("looks again in %v, though nothing is planned", next)
	}
	st.stands("later", themeday.Sent, "")
}

func TestMoreThanABatchGoesOutInOneGo(t *testing.T) {
	st := newStage(t)
	for i := range batch + 3 {
		st.plan(fmt.Sprintf("p%02d", i))
	}
	st.deliver()
	if len(st.net.said) != batch+3 {
		t.Errorf("%d went out, want %d", len(st.net.said), batch+3)
	}
}

func TestAKilledProcessSendsNothingTwice(t *testing.T) {
	for _, c := range []struct {
		name  string
		after bool // the network had taken it
	}{{"killed before it was sent", false}, {"killed after it was sent", true}} {
		t.Run(c.name, func(t *testing.T) {
			st := newStage(t)
			st.plan("notice")
			st.net.fate = func(out Outgoing) error {
				if c.after {
					st.net.said = append(st.net.said, out.Name+": "+out.Text)
				}
				panic("killed")
			}
			func() {
				defer func() { _ = recover() }()
				st.deliver()
			}()
			st.stands("notice", themeday.Sending, "")
			said := len(st.net.said)

			st.net.fate = nil
			st.open()
			keys, err := st.Recover(context.Background(), st.now)
			if err != nil || !reflect.DeepEqual(keys, []string{"notice"}) {
				t.Errorf("recovered %v, %v", keys, err)
			}
			st.deliver()
			st.now = st.now.Add(time.Hour)
			st.deliver()
			if len(st.net.said) != said {
				t.Errorf("said again: %v", st.net.said)
			}
			st.stands("notice", themeday.Unknown, "the process ended while it was being sent")
			if want := []string{"notice unknown"}; !reflect.DeepEqual(st.words.after, want) {
				t.Errorf("after: %v, want %v", st.words.after, want)
			}
			if keys, err = st.Recover(context.Background(), st.now); err != nil || len(keys) > 0 {
				t.Errorf("a second start recovers %v, %v", keys, err)
			}
		})
	}
}

// forgetful is a store whose updates fail when told so.
type forgetful struct {
	themeday.Store
	fail bool
}

func (f *forgetful) Update(ctx context.Context, do func(themeday.Tx) error) error {
	if f.fail {
		return errors.New("disk full")
	}
	return f.Store.Update(ctx, do)
}

func TestAPostWhoseMarkCouldNotBeWrittenIsNotRepeated(t *testing.T) {
	st := newStage(t)
	st.plan("notice")
	disk := &forgetful{Store: st.Store}
	st.Store = disk
	st.net.fate = func(Outgoing) error { disk.fail = true; return nil }
	next, err := st.Deliver(context.Background(), st.now)
	if err == nil || !next.After(st.now) {
		t.Errorf("next %v, error %v", next, err)
	}
	st.stands("notice", themeday.Sending, "")
	for range patience + 2 { // a full disk lasts
		_, _ = st.Deliver(context.Background(), st.now)
		st.now = st.now.Add(backoff(patience))
	}
	st.stands("notice", themeday.Sending, "")
	disk.fail = false
	st.deliver()
	st.stands("notice", themeday.Sent, "")
	st.heard("一支部群: notice")
	if want := "notice sent"; st.words.after[len(st.words.after)-1] != want {
		t.Errorf("after: %v, want %v", st.words.after, want)
	}
}

func TestWhatFollowsFromAPostIsDrawnOnceTheDiskTakesIt(t *testing.T) {
	st := newStage(t)
	st.plan("notice")
	full := true
	st.words.then = func(tx themeday.Tx, p themeday.Post) error {
		if full {
			return errors.New("disk full")
		}
		return tx.PutBranch(themeday.Branch{ID: "follows", Name: "follows"})
	}
	if next := st.deliver(); next > time.Minute || next == 0 {
		t.Errorf("looks again in %v", next)
	}
	st.stands("notice", themeday.Sending, "")
	full = false
	st.now = st.now.Add(time.Minute)
	st.deliver()
	st.stands("notice", themeday.Sent, "")
	st.heard("一支部群: notice")
}

func TestAPostThatCouldNotBeClaimedIsNotSent(t *testing.T) {
	st := newStage(t)
	st.plan("notice")
	st.Store = &forgetful{Store: st.Store, fail: true}
	if next, err := st.Deliver(context.Background(), st.now); err == nil || !next.After(st.now) {
		t.Errorf("next %v, error %v", next, err)
	}
	st.heard()
}

func TestWhileTheNetworkIsAwayOnlyWhatHasBecomeUselessIsDropped(t *testing.T) {
	for _, state := range []State{Offline, Closed} {
		st := newStage(t)
		for i := range batch + 1 { // more than a batch before it
			st.plan(fmt.Sprintf("good%02d", i), func(p *themeday.Post) { p.Kind = themeday.Notice })
		}
		st.plan("useless", func(p *themeday.Post) { p.Expires = st.now.Add(time.Minute) })
		st.net.state = state
		if next := st.deliver(); next != time.Minute {
			t.Errorf("looks again in %v", next)
		}
		st.stands("useless", themeday.Waiting, "")
		st.now = st.now.Add(time.Minute)
		st.deliver()
		st.stands("useless", themeday.Dropped, "expired")
		st.stands("good00", themeday.Waiting, "")
		st.logged("key=useless")
		if st.net.tried != 0 {
			t.Error("something was sent while the network was " + string(state))
		}
		st.net.state = Online
		st.deliver()
		if len(st.net.said) != batch+1 {
			t.Errorf("%d went out afterwards, want %d", len(st.net.said), batch+1)
		}
	}
}

func TestThePauseBetweenPostsHolds(t *testing.T) {
	st := newStage(t)
	st.Pace = Pace{Min: 5 * time.Second}
	for _, key := range []string{"a", "b", "c"} {
		st.plan(key)
	}
	for i, want := range []time.Duration{5 * time.Second, 5 * time.Second, 5 * time.Second, 0} {
		if next := st.deliver(); next != want && i < 2 {
			t.Errorf("after post %d: looks again in %v, want %v", i+1, next, want)
		}
		if len(st.net.said) != min(i+1, 3) {
			t.Errorf("after look %d: %v", i+1, st.net.said)
		}
		early := st.now
		st.now = early.Add(4 * time.Second)
		if st.deliver(); len(st.net.said) != min(i+1, 3) {
			t.Errorf("a second before its time: %v", st.net.said)
		}
		st.now = early.Add(5 * time.Second)
	}
}
