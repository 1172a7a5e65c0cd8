package commands

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"themeday"
)

// ask says one thing as often as given within a minute and gives the answers that were not silence.
func (s *stage) ask(times int, at, who, where, says string) (heard []string) {
	s.t.Helper()
	for range times {
		if r := s.hear(s.message(at, who, where, says)); r.Text != "" {
			heard = append(heard, r.Text)
		}
	}
	return heard
}

func (s *stage) limits(l Limits) *stage {
	s.router.Limits = l
	return s
}

var tight = Limits{Person: 5, Group: 8, Window: 10 * time.Minute, Strange: time.Hour}

func TestWhoAsksTooMuchIsToldSoOnceAndThenNothingUntilItEnds(t *testing.T) {
	s := newStage(t).open().limits(tight)
	var alerts []string
	s.router.Flooded = func(what string) { alerts = append(alerts, what) }
	heard := s.ask(20, "03-13 13:40", "张三", private, "活动")
	if len(heard) != 6 || strings.Contains(heard[4], "您问得太多") || !strings.Contains(heard[5], "您问得太多，13:50前不再一一答复。发来的照常办理，之后可发“我的”核对") {
		t.Errorf("heard %d: %q", len(heard), heard)
	}
	s.play(
		line{"03-13 13:41", "张三", group, "签到", ""}, // counts
		line{"03-13 13:41", "李敏", private, "活动", "3月13日"},
		line{"03-13 13:49", "张三", private, "活动", ""},
		line{"03-13 13:50", "张三", private, "签到", "您已于"},
		line{"03-13 13:51", "张三", private, "活动", "3月13日 & !问得太多"},
	)
	s.want("signed in", s.signins(group), "张三 self")
	if len(alerts) != 1 || !strings.Contains(alerts[0], "limits.person_answers") {
		t.Errorf("the operator hears %q", alerts)
	}
	s.do(func(tx themeday.Tx) error {
		n, err := tx.Tries(FloodKey("person"), s.desk().Day(s.clock("03-13 13:40")))
		if n != 1 {
			t.Errorf("counted %d", n)
		}
		return err
	})
}

func TestAGroupOverItsLimitIsSilentAndEverybodyIsSignedIn(t *testing.T) {
	s := newStage(t).open().limits(tight)
	said := 0
	for _, who := range []string{"王强", "李敏", "陈静", "张三"} { // each within his own limit
		for _, text := range s.ask(3, "03-13 13:40", who, group, "活动") {
			if said++; strings.Contains(text, "本群问答太多，13:50前") != (said == 9) {
				t.Errorf("answer %d: %q", said, text)
			}
		}
	}
	if said != 9 {
		t.Errorf("the group read %d answers, want 9", said)
	}
	for _, who := range []string{"王强", "李敏", "陈静", "张三", "李四"} {
		s.play(line{"03-13 13:41", who, group, "签到", ""})
	}
	s.want("signed in", s.signins(group), "王强 self", "李敏 self", "陈静 self", "张三 self", "李四 self")
	s.play(line{"03-13 13:42", "刘洋二", group2, "活动", "主题党日"}, line{"03-13 13:51", "吴青", group, "活动", "3月13日"})
}

func TestOnePersonIsNotAnsweredAllTheTimeInAGroupAndIsSignedIn(t *testing.T) {
	s := newStage(t).open()
	heard := s.ask(59, "03-13 13:40", "张三", group, "活动")
	if len(heard) != 11 || strings.Contains(heard[9], "太密") || !strings.Contains(heard[10], "您在群里问得太密，一分钟内不再在群里答复") {
		t.Errorf("heard %d: %q", len(heard), heard)
	}
	s.play(
		line{"03-13 13:40", "张三", group, "签到", ""}, // counts
		line{"03-13 13:40", "张三", private, "活动", "3月13日 & !太密"},
		line{"03-13 13:40", "李敏", group, "活动", "3月13日 & !太密"},
		line{"03-13 13:41", "张三", group, "活动", "3月13日 & !太密"},
	)
	s.want("signed in", s.signins(group), "张三 self")
}

func TestFiftyPeopleWithinAMinuteAreAllAnswered(t *testing.T) {
	s := newStage(t).open()
	for i := range 50 {
		who := []string{"王强", "李敏", "陈静", "张三", "吴青"}[i%5]
		if r := s.hear(s.message("03-13 13:40", who, group, "活动")); !strings.Contains(r.Text, "3月13日") || strings.Contains(r.Text, "太多") {
			t.Fatalf("answer %d: %q", i, r.Text)
		}
	}
}

func TestOfAFloodNothingIsTakenButTheFirstSignIn(t *testing.T) {
	s := newStage(t).open().limits(tight)
	heard := s.ask(40, "03-13 13:40", "张三", private, "活动")
	if len(heard) != 7 || !strings.Contains(heard[6], "您发得太快，13:50前发来的不再受理，请稍后再发。签到照常算数") {
		t.Errorf("heard %d: %q", len(heard), heard)
	}
	s.play(line{"03-13 13:41", "张三", group, "请假 发烧", ""}, line{"03-13 13:41", "张三", group, "签到", ""})
	s.want("signed in", s.signins(group), "张三 self")
	before := s.entries()
	s.ask(30, "03-13 13:42", "张三", group, "签到")
	if after := s.entries(); after != before {
		t.Errorf("the ledger grew by %d", after-before)
	}
	s.play(line{"03-13 13:51", "张三", private, "活动", "3月13日"})
}

func (s *stage) entries() (n int) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		all, err := tx.EntriesBy(s.people["张三"], time.Time{})
		n = len(all)
		return err
	})
	return n
}

func TestAStrangerIsAnsweredOnceAnHour(t *testing.T) {
	s := newStage(t)
	s.net.stranger("别人")
	code := s.codeFor("03-02 08:30", "王强", "绑定码 李四")
	s.play(
		line{"03-02 09:00", "路人", private, "你好", "还没有认出您 & 绑定 六位数字"},
		line{"03-02 09:01", "路人", private, "你好", ""},
		line{"03-02 09:02", "路人", private, "帮助", ""},
		line{"03-02 09:03", "别人", private, "帮助", "绑定"},
		line{"03-02 09:59", "路人", private, "签到", ""},
		line{"03-02 10:00", "路人", private, "签到", "还没有认出您"},
		line{"03-02 10:01", "路人", private, "绑定 000000", "绑定码不对"}, // a code is another matter
		line{"03-02 10:02", "路人", private, "绑定 " + code, "已绑定：李四"},
		line{"03-02 10:03", "路人", private, "我的", "李四"}, // he is no stranger any more
		line{"03-02 10:04", "路人", private, "我的", "李四"},
	)
}

func TestGuessedCodesAreLockedForThePersonAndForTheGroup(t *testing.T) {
	s := newStage(t)
	code := s.codeFor("03-02 08:30", "王强", "绑定码 李四")
	for range 5 {
		s.play(line{"03-02 09:00", "路人", private, "绑定 000000", "绑定码不对"})
	}
	s.play(
		line{"03-02 09:01", "路人", private, "绑定 " + code, "今天不再收您的绑定码 & 明天再试 & 好友备注改成姓名"},
		line{"03-02 09:02", "路人", private, "绑定 " + code, ""}, // he knows
		line{"03-02 10:02", "路人", private, "绑定 " + code, "今天不再收您的绑定码"},
	)
	for i := range 5 {
		who := fmt.Sprint("客", i)
		s.net.stranger(who)
		s.net.join(group, who, who)
		s.hear(s.message("03-02 11:00", who, group, "绑定 000000"))
	}
	s.play(
		line{"03-02 11:01", "李四", group, "绑定 " + code, "私:群里不再收 & 私信发：绑定 六位数字"},
		line{"03-02 11:02", "李四", private, "绑定 " + code, "已绑定：李四"},
		line{"03-02 11:03", "李四", private, "绑定 " + code, "已失效"}, // a code counts once
	)
}

func TestTheFloodGateRemembersNoMoreThanItsBound(t *testing.T) {
	g := &floodGate{}
	at := time.Date(2026, 3, 13, 13, 0, 0, 0, time.UTC)
	for i := range 3 * counts {
		g.add(floodKey{account, toPerson, fmt.Sprint(i)}, at.Add(time.Duration(i)*time.Millisecond), time.Hour)
	}
	if len(g.seen) > counts {
		t.Errorf("%d counts are remembered", len(g.seen))
	}
	g.add(floodKey{account, toPerson, "new"}, at.Add(3*time.Hour), time.Hour)
	if len(g.seen) != 1 {
		t.Errorf("%d counts are remembered when all are over", len(g.seen))
	}
}

func TestAClockThatIsSetBackSilencesNobodyForLong(t *testing.T) {
	g := &floodGate{}
	at := time.Date(2026, 3, 13, 13, 0, 0, 0, time.UTC)
	key := floodKey{account, toPerson, "a"}
	for range 9 {
		g.add(key, at, 10*time.Minute)
	}
	if n := g.add(key, at.Add(-time.Hour), 10*time.Minute).n; n != 1 {
		t.Errorf("counted %d", n)
	}
}

func TestAMegabyteIsRefusedInWordsAndNothingOfItIsKept(t *testing.T) {
	s := newStage(t).open()
	big := strings.Repeat("学", 350_000)
	s.play(
		line{"03-13 13:40", "王强", private, "主题 3月 " + big, "这条有350006字，太长，没有收。一条最多2000字"},
		line{"03-13 13:41", "王强", private, big, "太长，没有收"},
		line{"03-13 13:42", "张三", group, big, ""},
		line{"03-13 13:43", "路人", private, big, "太长，没有收"},
	)
	m := s.message("03-13 13:44", "张三", group, "签到")
	m.From.Card, m.From.Nick = "张三", strings.Repeat("名", 1<<20)
	if _, err := s.router.Handle(context.Background(), m); err != nil {
		t.Fatal(err)
	}
	s.do(func(tx themeday.Tx) error {
		all, err := tx.Bindings(account)
		for _, b := range all {
			if len(b.Nick)+len(b.Name) > 1000 {
				t.Errorf("a name of %d bytes is kept", len(b.Nick)+len(b.Name))
			}
		}
		return err
	})
}

func TestNamesThatReadLikeOneOfTheRosterAreNobodyAndTheSecretaryHearsOfIt(t *testing.T) {
	for card, like := range map[string]string{
		"張三": "张三", "李 四": "李四", "\uf9e1四": "李四", "陳靜": "陈静", "王·五": "王五",
	} {
		t.Run(card, func(t *testing.T) {
			s := newStage(t).open()
			s.net.stranger("冒名")
			s.net.join(group, "冒名", card)
			r := s.hear(s.message("03-13 13:40", "冒名", group, "签到"))
			s.want("signed in", s.signins(group))
			if !strings.Contains(r.Text, "写法相像，但不是同一个名字") || !strings.Contains(r.Text, "绑定码") {
				t.Errorf("heard %q", r.Text)
			}
			if told := s.doubts(); len(told) != 1 || !strings.Contains(told[0], "看着像名单上的“"+like+"”") {
				t.Errorf("the secretary hears %q", told)
			}
		})
	}
}

// doubts are the words to the secretary about doubtful names.
func (s *stage) doubts() (texts []string) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		posts, err := tx.PostsOf(group, themeday.Waiting)
		for _, p := range posts {
			if p.Kind != themeday.IdentityDoubt {
				continue
			}
			r, err := s.planner.Render(tx, p, p.Due)
			if err != nil {
				return err
			}
			texts = append(texts, r.Texts...)
		}
		return err
	})
	return texts
}

func TestCommandsAreUnderstoodThroughWhatCannotBeSeen(t *testing.T) {
	s := newStage(t).open()
	for i, said := range []string{"\u202e签到\u202c", "签\u200b到", "\u2066签到\u2069", "签\u061c到", "签\U000e0041到", "签\u3164到", "\u2800签到\u2800"} {
		who := []string{"王强", "李敏", "陈静", "张三", "吴青", "刘洋", "赵六"}[i]
		s.play(line{"03-13 13:40", who, group, said, ""})
	}
	if got := s.signins(group); len(got) != 7 {
		t.Errorf("signed in: %q", got)
	}
}

func TestNoAnswerTurnsALineRound(t *testing.T) {
	s := newStage(t).open()
	s.net.stranger("倒写")
	s.net.join(group, "倒写", "王\u202e强\u200b二")
	s.play(line{"03-13 13:40", "倒写", group, "签到", "王强二 & !\u202e & !\u200b"})
	s.play(line{"03-13 13:41", "王强", private, "代签 李\u202e四\u2066 没带\u200f手机", "!\u202e & !\u2066 & !\u200f"})
}

// fullDisk is a store that takes nothing.
type fullDisk struct{ themeday.Store }

func (fullDisk) Update(context.Context, func(themeday.Tx) error) error {
	return errors.New("the disk is full")
}

func TestAMessageThatComesAgainBecauseTheDiskIsFullIsNoFlood(t *testing.T) {
	s := newStage(t).open().limits(tight)
	m, disk := s.message("03-13 13:40", "张三", group, "签到"), s.router.Store
	s.router.Store = fullDisk{disk}
	for range 10 * deafAfter * tight.Person {
		if _, err := s.router.Handle(context.Background(), m); err == nil {
			t.Fatal("acknowledged though it could not be written")
		}
	}
	s.router.Store = disk
	if _, err := s.router.Handle(context.Background(), m); err != nil {
		t.Fatal(err)
	}
	s.want("signed in", s.signins(group), "张三 self")
}
