package bot

import (
	"context"
	"reflect"
	"testing"
	"time"

	"themeday"
)

func TestWhatAnotherProcessMayHaveSentIsNotSentAgain(t *testing.T) {
	st := newStage(t)
	st.plan("due", func(p *themeday.Post) { p.Due = st.now.Add(-time.Hour) })
	st.plan("claimed", func(p *themeday.Post) { p.State = themeday.Sending })
	st.plan("sent", func(p *themeday.Post) { p.State = themeday.Sent })
	st.plan("later", func(p *themeday.Post) { p.Due = st.now.Add(time.Hour) })
	st.words.then = func(tx themeday.Tx, p themeday.Post) error { // what follows from the first one was due meanwhile too
		if p.Key != "due" {
			return nil
		}
		return tx.PutPost(themeday.Post{Key: "follows", Branch: branch, To: themeday.ToGroup, Due: st.now, Expires: st.now.Add(time.Hour), State: themeday.Waiting})
	}
	doubted, err := st.Doubt(context.Background(), st.now, "restored", nil)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, p := range doubted {
		keys = append(keys, p.Key)
	}
	if want := []string{"due", "claimed", "follows"}; !reflect.DeepEqual(keys, want) {
		t.Errorf("doubted %v, want %v", keys, want)
	}
	if p := st.post("due"); !p.SentAt.Equal(st.now.Add(-time.Hour)) {
		t.Errorf("counts as sent at %v, not when it was due", p.SentAt)
	}
	if _, err := st.Recover(context.Background(), st.now); err != nil {
		t.Fatal(err)
	}
	st.deliver()
	st.heard()
	for key, state := range map[string]themeday.PostState{"due": themeday.Unknown, "claimed": themeday.Unknown, "follows": themeday.Unknown, "sent": themeday.Sent, "later": themeday.Waiting} {
		if p := st.post(key); p.State != state {
			t.Errorf("%s is %s, want %s", key, p.State, state)
		}
	}
	if want := []string{"due unknown", "claimed unknown", "follows unknown"}; !reflect.DeepEqual(st.words.after, want) {
		t.Errorf("after: %v, want %v", st.words.after, want)
	}
	st.now = st.now.Add(2 * time.Hour)
	st.deliver()
	st.heard("一支部群: later")
}

func TestWhatWouldBePlannedAnewIsDoubtedToo(t *testing.T) {
	st := newStage(t)
	planned := 0
	_, err := st.Doubt(context.Background(), st.now, "restored", func(tx themeday.Tx) error {
		planned++
		if planned > 1 {
			return nil
		}
		return tx.PutPost(themeday.Post{Key: "caught up", Branch: branch, To: themeday.ToGroup, Due: st.now.Add(-time.Minute), Expires: st.now.Add(time.Hour), State: themeday.Waiting})
	})
	if err != nil {
		t.Fatal(err)
	}
	st.stands("caught up", themeday.Unknown, "restored")
	if planned != 2 {
		t.Errorf("planned %d times, want once after the last mark as well", planned)
	}
}
