package storage

import (
	"testing"

	"themeday"
)

func take(t *testing.T, s *Store, m themeday.Message) (isNew bool) {
	t.Helper()
	update(t, s, func(tx themeday.Tx) (err error) {
		isNew, err = tx.TakeMessage(m)
		return err
	})
	return isNew
}

func TestAMessageIsNewOnceAlsoAfterARestart(t *testing.T) {
	s := opened(t)
	m := themeday.Message{ID: "m1", Account: "wechat", At: start, Chat: "@@g", Text: "签到"}
	elsewhere := m
	elsewhere.Account = "console"
	for _, c := range []struct {
		what string
		m    themeday.Message
		want bool
	}{{"first", m, true}, {"delivered again", m, false}, {"same id on another account", elsewhere, true}} {
		if got := take(t, s, c.m); got != c.want {
			t.Errorf("%s: new is %v", c.what, got)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if take(t, again, m) {
		t.Error("the message is new again after a restart")
	}
}

func TestAMessageSetAsideIsHandledWhetherTakenBeforeOrNot(t *testing.T) {
	s := opened(t)
	taken, other := themeday.Message{ID: "m1", Account: "wechat", At: start}, themeday.Message{ID: "m2", Account: "wechat", At: start}
	take(t, s, taken)
	for _, m := range []themeday.Message{taken, other} {
		update(t, s, func(tx themeday.Tx) error { return tx.SetAside(m, "panic in a handler") })
		if take(t, s, m) {
			t.Errorf("%s is new after it was set aside", m.ID)
		}
	}
	same(t, "inbox", aside(t, s), []string{"m1:1:panic in a handler", "m2:1:panic in a handler"})
}
