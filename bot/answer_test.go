package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
)

// asks gives an answer to somebody who asked in the group, or in private when it has no name.
func (st *stage) asks(group string, from themeday.Sighting, r themeday.Reply) {
	m := themeday.Message{Chat: "@@1", Group: group, From: from, At: st.now}
	if group == "" {
		m.Chat = themeday.ChatID(from.ID)
	}
	st.Answer(context.Background(), m, r, st.now)
}

func TestAnAnswerGoesWhereItBelongs(t *testing.T) {
	friend, stranger := friendCalled("张三"), themeday.Sighting{ID: "@x", Card: "小李", Nick: "天天"}
	pic := []themeday.File{{Name: "a.png"}}
	for _, c := range []struct {
		name  string
		group string
		from  themeday.Sighting
		reply themeday.Reply
		want  string // empty: silence
		files int
	}{
		{"in the group", "一支部群", friend, themeday.Reply{Text: "已签到"}, "一支部群: 已签到", 0},
		{"in private", "", friend, themeday.Reply{Text: "已请假"}, "张三: 已请假", 0},
		{"in private, aside", "", friend, themeday.Reply{Text: "已请假", Aside: true, Short: "请私信"}, "张三: 已请假", 0},
		{"aside to a friend", "一支部群", friend, themeday.Reply{Text: "已请假", Aside: true, Short: "请私信", Files: pic}, "张三: 已请假", 1},
		{"aside to somebody who is no friend", "一支部群", stranger, themeday.Reply{Text: "事由", Aside: true, Short: "请加好友", Files: pic, Data: 1}, "一支部群: 请加好友", 0},
		{"aside to a stranger, without a short form", "一支部群", stranger, themeday.Reply{Text: "事由", Aside: true}, "", 0},
		{"aside with nothing to say", "一支部群", stranger, themeday.Reply{Aside: true, Short: "请加好友"}, "", 0},
		{"nothing to say", "一支部群", friend, themeday.Reply{}, "", 0},
		{"a file alone", "", friend, themeday.Reply{Files: pic}, "张三: ", 1},
		{"a private chat with somebody without a remark", "", stranger, themeday.Reply{Text: "您好"}, "小李: 您好", 0},
		{"with only a nickname", "", themeday.Sighting{ID: "@y", Nick: "天天"}, themeday.Reply{Text: "您好"}, "天天: 您好", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := newStage(t)
			st.asks(c.group, c.from, c.reply)
			if c.want == "" {
				st.heard()
				return
			}
			st.heard(c.want)
			if len(st.net.last.Files) != c.files || st.net.last.Kind != themeday.ReplyKind {
				t.Errorf("%+v", st.net.last)
			}
			if !st.net.last.Private && c.reply.Aside && st.net.last.Data != nil {
				t.Error("the figures of an answer aside stand in the group")
			}
		})
	}
}

func TestAnAsideThatIsRefusedInPrivateGoesToTheGroupInShort(t *testing.T) {
	st := newStage(t)
	st.net.fate = func(out Outgoing) error {
		if out.Private {
			return fmt.Errorf("no friend any more: %w", ErrRefused)
		}
		return nil
	}
	st.asks("一支部群", friendCalled("张三"), themeday.Reply{Text: "事由已收到", Aside: true, Short: "请加我好友"})
	st.heard("一支部群: 请加我好友")
}

func TestAnAnswerThatMayHaveGoneOutIsNotRepeated(t *testing.T) {
	st := newStage(t)
	st.net.fate = func(Outgoing) error { return fmt.Errorf("%w: %w", ErrUnknown, ErrOffline) }
	st.asks("一支部群", friendCalled("张三"), themeday.Reply{Text: "事由已收到", Aside: true, Short: "请加我好友"})
	st.net.fate = nil
	st.deliver()
	st.heard()
	st.logged("answer not sent")
}

func TestAnswersWaitForTheNetworkAndComeBeforePosts(t *testing.T) {
	for name, away := range map[string]func(*network){
		"it says that it is away":            func(n *network) { n.state = Offline },
		"it takes nothing, and says so then": func(n *network) { n.fate = func(Outgoing) error { return ErrOffline } },
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			away(st.net)
			st.plan("notice", func(p *themeday.Post) { p.Kind = themeday.Notice })
			st.asks("一支部群", friendCalled("张三"), themeday.Reply{Text: "一"})
			st.asks("一支部群", friendCalled("张三"), themeday.Reply{Text: "二"})
			if next := st.deliver(); next != time.Minute {
				t.Errorf("looks again in %v", next)
			}
			st.heard()
			if n := st.post("notice").Tries; n != 0 {
				t.Errorf("the post was tried %d times before the answers", n)
			}
			st.net.state, st.net.fate = Online, nil
			st.now = st.now.Add(time.Minute)
			st.deliver()
			st.heard("一支部群: 一", "一支部群: 二", "一支部群: notice")
		})
	}
}

func TestAnswersKeepThePaceAndGoBeforePosts(t *testing.T) {
	st := newStage(t)
	st.Pace = Pace{Min: 3 * time.Second, PerHour: 20}
	st.plan("a")
	st.plan("b")
	st.deliver()
	st.asks("一支部群", friendCalled("张三"), themeday.Reply{Text: "一"})
	st.asks("一支部群", friendCalled("张三"), themeday.Reply{Text: "二"})
	st.heard("一支部群: a")
	for _, want := range [][]string{{"一支部群: a", "一支部群: 一"}, {"一支部群: a", "一支部群: 一", "一支部群: 二"}, {"一支部群: a", "一支部群: 一", "一支部群: 二", "一支部群: b"}} {
		st.now = st.now.Add(2 * time.Second)
		st.deliver() // too early
		st.now = st.now.Add(time.Second)
		st.deliver()
		st.heard(want...)
	}
}

func TestTheBudgetCountsAnswersToGroupsAsWell(t *testing.T) {
	st := newStage(t)
	st.Pace = Pace{Min: time.Second, PerHour: 5}
	for i := range 4 { // three fifths of the budget are theirs
		st.asks("一支部群", friendCalled("张三"), themeday.Reply{Text: strings.Repeat("好", i+1)})
		st.now = st.now.Add(time.Minute)
	}
	for _, key := range []string{"a", "b", "c"} {
		st.plan(key)
	}
	for range 5 {
		st.deliver()
		st.now = st.now.Add(time.Second)
	}
	st.heard("一支部群: 好", "一支部群: 好好", "一支部群: 好好好", "一支部群: a", "一支部群: b")
	st.now = st.now.Add(time.Hour)
	st.deliver()
	st.heard("一支部群: 好", "一支部群: 好好", "一支部群: 好好好", "一支部群: a", "一支部群: b", "一支部群: c")
}

func TestAGroupThatKeepsAskingIsNotAnsweredWithoutEnd(t *testing.T) {
	st := newStage(t)
	st.Pace = Pace{Min: time.Second}
	for range 20 {
		st.asks("一支部群", friendCalled("张三"), themeday.Reply{Text: "好"})
		st.now = st.now.Add(time.Second)
	}
	if n := len(st.net.said); n > answersAMinute+1 {
		t.Errorf("%d answers in 20 seconds", n)
	}
}

func TestWhoeverIsToldThatItIsTooMuchIsQuiet(t *testing.T) {
	st := newStage(t)
	st.net.fate = func(Outgoing) error { return ErrTooOften }
	st.plan("a")
	var pauses []time.Duration
	for range 4 {
		st.deliver()
		tried := st.net.tried
		began := st.now
		for st.net.tried == tried && st.now.Sub(began) < 3*time.Hour {
			st.now = st.now.Add(time.Minute)
			st.deliver()
		}
		pauses = append(pauses, st.now.Sub(began))
	}
	if want := []time.Duration{10 * time.Minute, 30 * time.Minute, 2 * time.Hour, 2 * time.Hour}; !slices.Equal(pauses, want) {
		t.Errorf("quiet for %v, want %v", pauses, want)
	}
	st.net.fate = nil
	st.now = st.now.Add(2 * time.Hour)
	st.deliver()
	st.heard("一支部群: a")
}

func TestAnAnswerThatComesTooLateIsDropped(t *testing.T) {
	st := newStage(t)
	st.net.state = Offline
	st.asks("一支部群", friendCalled("张三"), themeday.Reply{Text: "已签到"})
	st.net.state = Online
	st.now = st.now.Add(answerFor)
	st.deliver()
	st.heard()
	st.logged("answer dropped: too late")
}

func TestTheFilesOfAnAnswerAreLetGoOnceItIsSentOrGivenUp(t *testing.T) {
	st := newStage(t)
	var gone []string
	st.Gone = func(files []themeday.File) { gone = append(gone, files[0].Name) }
	ledger := themeday.Reply{Text: "台账", Aside: true, Files: []themeday.File{{Name: "台账.xlsx"}}}
	st.net.state = Offline
	st.asks("一支部群", friendCalled("张三"), ledger)
	if len(gone) != 0 {
		t.Errorf("let go before it was sent: %v", gone)
	}
	st.net.state = Online
	st.now = st.now.Add(time.Minute)
	st.deliver()
	st.net.state = Offline
	st.asks("", friendCalled("张三"), ledger)
	st.now = st.now.Add(answerFor)
	st.net.state = Online
	st.deliver()
	if !slices.Equal(gone, []string{"台账.xlsx", "台账.xlsx"}) {
		t.Errorf("let go: %v", gone)
	}
}
