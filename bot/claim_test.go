package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"themeday"
)

func TestAnExpiredPostIsDroppedAndTheDropLogged(t *testing.T) {
	st := newStage(t)
	st.plan("notice", func(p *themeday.Post) { p.Expires = st.now })
	st.deliver()
	st.heard()
	st.stands("notice", themeday.Dropped, "expired")
	st.logged("post dropped: expired")
}

func TestManyExpiredPostsAreOneLineOfTheLog(t *testing.T) {
	st := newStage(t)
	var lost []themeday.Kind
	st.Lost = func(k themeday.Kind) { lost = append(lost, k) }
	for i := range 3 * batch {
		st.plan(fmt.Sprint("old ", i), func(p *themeday.Post) {
			p.Expires = st.now
			if i == 0 {
				p.Kind = themeday.Notice
			}
		})
	}
	st.deliver()
	st.heard()
	st.logged(`msg="posts dropped: expired" posts=96 kinds="reminder 95, notice 1"`)
	if n := strings.Count(st.log.String(), "level=WARN"); n != 1 || len(lost) != 2 {
		t.Errorf("%d lines of the log; the operator hears of %v", n, lost)
	}
}

func TestARendererDecidesWhetherAPostIsSaidAndWhen(t *testing.T) {
	st := newStage(t)
	st.plan("silent")
	st.plan("wait")
	st.words.say = func(p themeday.Post) (Rendered, error) {
		if p.Key == "silent" {
			return Rendered{Why: "the form was filed"}, nil
		}
		return Rendered{Wait: st.now.Add(5 * time.Minute)}, nil
	}
	if next := st.deliver(); next != 5*time.Minute {
		t.Errorf("looks again in %v, want 5m", next)
	}
	st.heard()
	st.stands("silent", themeday.Dropped, "the form was filed")
	st.stands("wait", themeday.Waiting, "")
	if p := st.post("wait"); p.Tries != 0 || !p.Planned.Equal(st.now) {
		t.Errorf("%+v", p)
	}
}

func TestAPostThatCannotBeMadeIntoATextKeepsNoOtherBack(t *testing.T) {
	for name, broken := range map[string]func() (Rendered, error){
		"error": func() (Rendered, error) { return Rendered{}, errors.New("template broken") },
		"panic": func() (Rendered, error) { panic("template broken") },
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			st.plan("bad", func(p *themeday.Post) { p.Kind = themeday.Notice })
			st.plan("good")
			st.words.say = func(p themeday.Post) (Rendered, error) {
				if p.Key == "bad" {
					return broken()
				}
				return Rendered{Texts: []string{p.Key}}, nil
			}
			if next := st.deliver(); next != time.Minute {
				t.Errorf("looks again in %v, want 1m", next)
			}
			st.heard("一支部群: good")
			st.stands("bad", themeday.Waiting, "its text could not be made")
			st.logged("template broken")
			st.now = st.now.Add(25 * time.Hour)
			st.deliver()
			st.stands("bad", themeday.Dropped, "expired; before: its text could not be made")
		})
	}
}

func TestTheBudgetsAreOfPostsToGroups(t *testing.T) {
	for _, c := range []struct {
		name    string
		pace    Pace
		put     time.Duration // so far off is what is over the budget
		passing time.Duration // then there is room again
	}{
		{"an hour's", Pace{PerHour: 2}, 5 * time.Minute, time.Hour + time.Second},
		{"a day's", Pace{PerDay: 2}, 30 * time.Minute, 24*time.Hour + time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := newStage(t)
			st.Pace = c.pace
			keep := func(p *themeday.Post) { p.Expires = st.now.Add(48 * time.Hour) }
			for _, key := range []string{"a", "b", "c"} {
				st.plan(key, keep)
			}
			st.plan("private", keep, func(p *themeday.Post) { p.To, p.Person, p.Kind = themeday.ToPerson, zhang, themeday.SignInProgress })
			if next := st.deliver(); next != c.put {
				t.Errorf("looks again in %v, want %v", next, c.put)
			}
			st.heard("一支部群: a", "一支部群: b", "张三: private")
			st.now = st.now.Add(c.put)
			st.deliver()
			st.stands("c", themeday.Waiting, "")
			st.now = st.now.Add(c.passing)
			st.deliver()
			st.stands("c", themeday.Sent, "")
		})
	}
}

func TestInQuietHoursPostsWaitAndAnswersDoNot(t *testing.T) {
	st := newStage(t)
	st.Pace.Quiet = Quiet{From: 23 * time.Hour, To: 7 * time.Hour}
	st.now = local(t, "2026-03-13 23:30:00")
	st.plan("notice")
	st.plan("secretary", func(p *themeday.Post) { p.To = themeday.ToSecretary })
	if next := st.deliver(); next != 7*time.Hour+30*time.Minute {
		t.Errorf("looks again in %v, want 7h30m", next)
	}
	st.heard()
	st.Answer(context.Background(), themeday.Message{Chat: "@@1", Group: "一支部群", At: st.now}, themeday.Reply{Text: "已签到"}, st.now)
	st.heard("一支部群: 已签到")
	if p := st.post("notice"); !p.Planned.Equal(st.now) {
		t.Errorf("planned at %v: a remark on late ones goes by it", p.Planned)
	}
	st.now = local(t, "2026-03-14 07:00:00")
	st.deliver()
	st.heard("一支部群: 已签到", "一支部群: notice", "王强: secretary")
}

func TestWhatOnePostBringsAboutHoldsForTheNextOfTheSameLook(t *testing.T) {
	st := newStage(t)
	st.plan("first", func(p *themeday.Post) { p.Kind = themeday.Notice })
	st.plan("dropped")
	st.plan("moved")
	st.words.then = func(tx themeday.Tx, p themeday.Post) error {
		if p.Key != "first" {
			return nil
		}
		dropped, _, err1 := tx.Post("dropped")
		moved, _, err2 := tx.Post("moved")
		dropped.State, dropped.Note = themeday.Dropped, "overtaken"
		moved.Due = st.now.Add(time.Hour)
		return errors.Join(err1, err2, tx.PutPost(dropped), tx.PutPost(moved))
	}
	if next := st.deliver(); next != time.Hour {
		t.Errorf("looks again in %v, want 1h", next)
	}
	st.heard("一支部群: first")
	st.stands("dropped", themeday.Dropped, "overtaken")
}
