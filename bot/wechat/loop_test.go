package wechat

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
	"themeday/bot"
	"themeday/bot/wechat/tencent"
)

func photo(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 3))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatPeopleSayIsHeardAsTheySaidIt(t *testing.T) {
	s := newStage(t)
	s.server.EmojiSpans(true)
	s.online(s.transport(true))
	s.server.Say(branchGroup, "张三", "签到")
	s.server.Say(branchGroup, "王五", "请假:\n事由:\n发烧 <39度> & 咳嗽👍")
	s.server.SendQuote(branchGroup, "李四", "签到", "现在可以签到", "王强")
	s.server.Say("闲聊", "李四", "签到")
	s.server.SayPrivate("张三", "评分 5 4 5 5")
	s.server.SayPrivate("服务号", "广告")
	s.server.Sticker(branchGroup, "李四")
	s.server.SendChain(branchGroup, "李四", tencent.Chain{Header: "3月主题党日签到", Items: []tencent.ChainItem{{By: "张三", Text: "张三"}, {By: "李四", Text: "李四 到"}}})
	s.server.SendImage("", "张三", photo(t))
	s.hears("[第一支部] 张三: 签到", "[第一支部] 王<五>: 请假:\n事由:\n发烧 <39度> & 咳嗽👍", "[第一支部] 李四: 引用 签到",
		"[第一支部] 李四: #接龙\n3月主题党日签到\n\n1. 张三\n2. 李四 到", "(张三): 评分 5 4 5 5", "(张三): 〔图片 \x89PNG〕")
	if c := s.heard[3].Chain; c == nil || len(c.Items) != 2 || c.Items[1].Adder != tencent.Wxid("李四") {
		t.Errorf("chain %+v", c)
	}
	left, err := os.ReadDir(filepath.Join(s.dir, "files"))
	if err != nil || len(left) != 0 {
		t.Errorf("files are left: %v %v", left, err)
	}
	for _, secret := range []string{"签到", "发烧", "张三", "老张", "评分", "skey", "pass_ticket"} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log holds %q:\n%s", secret, s.log)
		}
	}
}

func TestAMessageThatWasNotTakenComesAgain(t *testing.T) {
	s := newStage(t)
	s.online(s.transport(true))
	s.mu.Lock()
	s.refuse = handTries + 1
	s.mu.Unlock()
	s.server.Say(branchGroup, "张三", "签到")
	s.server.Say(branchGroup, "李四", "到")
	s.hears("[第一支部] 张三: 签到", "[第一支部] 李四: 到")
}

func TestAProcessThatDiesIsToldEverythingOnce(t *testing.T) {
	s := newStage(t)
	stop := s.online(s.transport(true))
	for i := range 10 {
		s.server.Say(branchGroup, "张三", fmt.Sprintf("第%d句", i))
		if i%3 == 1 {
			stop()
			tr := s.transport(false)
			stop = s.running(tr)
			s.until("online", func() bool { return tr.State() == bot.Online })
		}
	}
	s.until("all ten", func() bool { return len(s.texts()) == 10 })
}

func TestTheServersMisbehaveAndNothingSpinsOrDies(t *testing.T) {
	for _, f := range []tencent.Fault{
		tencent.Reset, tencent.HTTP500, tencent.BrokenJSON, tencent.NoSyncKey, tencent.EmptyNews, tencent.Duplicates, tencent.NoRenewal, tencent.Down,
	} {
		t.Run(string(f), func(t *testing.T) {
			s := newStage(t)
			tr := s.transport(true)
			s.online(tr)
			s.server.Forget()
			began := s.passed()
			s.server.Fault(f, tencent.Always)
			s.server.Say(branchGroup, "张三", "签到")
			s.until("a while", func() bool {
				return s.passed()-began > 10*time.Minute || f == tencent.NoRenewal || f == tencent.Duplicates
			})
			if n := len(s.server.Calls()); n > 250 {
				t.Errorf("%d requests in %v", n, s.passed()-began)
			}
			s.server.Heal()
			s.until("heard", func() bool { return len(s.texts()) == 1 })
			s.until("online", func() bool { return tr.State() == bot.Online })
		})
	}
}

// goTo sets the clock to an hour of the day after tomorrow.
func (s *stage) goTo(tr *Transport, hour int) {
	day := time.Now().In(tr.opt.Zone).AddDate(0, 0, 2)
	at := time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, tr.opt.Zone)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock = time.Until(at)
}

// passed is how much time was added to the wall's by pauses.
func (s *stage) passed() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.clock
}

func TestASessionEndedElsewhereIsSaidAndNotTriedAgain(t *testing.T) {
	s := newStage(t)
	tr := s.transport(false)
	stop := s.online(s.transport(true))
	stop()
	s.running(tr)
	s.until("online", func() bool { return tr.State() == bot.Online })
	s.mu.Lock()
	s.clock += time.Hour // long after the login
	s.mu.Unlock()
	s.server.EndSession(1101)
	s.until("logged out", func() bool { return strings.Contains(s.read(&s.alerts), "logged out") })
	if tr.State() == bot.Online {
		t.Error("it sends on")
	}
}

func TestNoticesRefreshTheDirectoryAndARevokedMessageStands(t *testing.T) {
	s := newStage(t)
	tr := s.transport(true)
	s.online(tr)
	id := s.server.Say(branchGroup, "张三", "签到")
	s.hears("[第一支部] 张三: 签到")
	s.server.Revoke(id)
	s.server.AddPerson(tencent.Person{Name: "新人"})
	s.server.Join(branchGroup, tencent.Member{Name: "新人", Card: "赵六"}, "王强")
	s.until("the newcomer is known", func() bool {
		for _, g := range tr.Directory().Groups() {
			if g.Name == branchGroup && len(g.Members) == 6 { // with the bot itself
				return true
			}
		}
		s.mu.Lock()
		s.clock += detailPace
		s.mu.Unlock()
		return false
	})
	s.server.Say(branchGroup, "新人", "到")
	s.hears("[第一支部] 张三: 签到", "[第一支部] 赵六: 到")
}

func TestADeafSessionIsNoticedAndSaidWhileAnActivityIsNear(t *testing.T) {
	s := newStage(t)
	tr := s.transport(true)
	s.online(tr)
	s.server.Fault(tencent.Deaf, tencent.Always)
	s.goTo(tr, 12)
	time.Sleep(60 * time.Millisecond)
	if p := tr.Status().Phase; p != Up {
		t.Errorf("%s after a silent night", p)
	}
	s.goTo(tr, 15)
	s.until("deaf", func() bool { return tr.Status().Phase == Deaf })
	if s.read(&s.alerts) != "" || tr.State() != bot.Online {
		t.Errorf("alerts %q, state %s", s.read(&s.alerts), tr.State())
	}
	s.set(func() { s.active = true })
	time.Sleep(60 * time.Millisecond)
	if s.read(&s.alerts) != "" {
		t.Errorf("the activity has only just come near: %s", s.read(&s.alerts))
	}
	s.set(func() { s.clock += deafAfterOnADay })
	s.until("the operator hears", func() bool { return strings.Contains(s.read(&s.alerts), "silent") })
	s.server.Heal()
	s.server.Say(branchGroup, "张三", "签到")
	s.until("it hears", func() bool { return tr.Status().Phase == Up })
	if n := strings.Count(s.read(&s.alerts), "silent"); n != 1 {
		t.Errorf("said %d times", n)
	}
}

func TestPicturesAndFilesComeAndGoAfterAHotLogin(t *testing.T) {
	s := newStage(t)
	s.online(s.transport(true))()
	tr := s.transport(false)
	s.running(tr)
	s.until("online", func() bool { return tr.State() == bot.Online })
	s.server.SendFile("", "张三", "../../病假\u202e条.PDF", []byte("%PDF-1.4"))
	s.server.SendImage("", "张三", []byte("<html>no picture</html>"))
	s.server.Fault(tencent.Down, 1, "webwxgetmsgimg")
	s.server.Fault(tencent.Reset, 2, "webwxgetmsgimg")
	s.server.SendImage("", "张三", photo(t))
	s.hears("(张三): 〔病假条.PDF %PDF〕", "(张三): 〔图片 \x89PNG〕")
	s.until("online", func() bool { return tr.State() == bot.Online })
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(path, []byte("PK"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := tr.Send(t.Context(), bot.Outgoing{Chat: s.chat(branchGroup), Files: []themeday.File{{Name: "台账.xlsx", Path: path}}}); err != nil {
		t.Error(err)
	}
	hosts := map[string]bool{}
	for _, c := range s.server.Calls() {
		hosts[c.Host] = true
	}
	if !hosts["webpush.wx.qq.com"] || !hosts["file.wx.qq.com"] {
		t.Errorf("asked %v", hosts)
	}
}

func TestAFileThatCannotBeFetchedAtAllDoesNotStopTheRest(t *testing.T) {
	s := newStage(t)
	tr := s.transport(true)
	s.online(tr)
	s.server.Fault(tencent.HTTP500, tencent.Always, "webwxgetmsgimg")
	s.server.SendImage("", "张三", photo(t))
	s.server.Say(branchGroup, "李四", "签到")
	s.hears("[第一支部] 李四: 签到")
	if n := s.server.Requests()["webwxgetmsgimg"]; n != fetchTries+1 {
		t.Errorf("asked for it %d times", n)
	}
}

func TestAGroupThatBecomesWantedIsHeard(t *testing.T) {
	for _, c := range []struct {
		name  string
		group string
		make  func(*stage)
	}{
		{"the roster names it", "闲聊", func(s *stage) { s.set(func() { s.wanted = []string{branchGroup, "闲聊"} }) }},
		{"it is renamed", "第二支部🚩", func(s *stage) {
			s.set(func() { s.wanted = []string{branchGroup, "第二支部🚩"} })
			s.server.RenameGroup("闲聊", "第二支部🚩", "李四")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t)
			tr := s.transport(true)
			s.online(tr)
			c.make(s)
			s.until("seen with its members", func() bool {
				s.set(func() { s.clock += detailPace })
				g, ok := themeday.FindGroup(tr.Directory(), c.group)
				return ok && len(g.Members) > 0 && tr.Status().Groups == 2
			})
			s.server.Say("闲聊", "李四", "签到")
			s.hears("[" + c.group + "] 李四: 签到")
		})
	}
}

func TestMissingDoubtfulAndUnsavedGroupsAreListedForTheDoctor(t *testing.T) {
	s := newStage(t)
	s.server.SaveGroup(branchGroup, false)
	s.server.AddGroup(tencent.Group{Name: "甲", Title: "双群", Saved: true, Members: []tencent.Member{{Name: "李四"}}})
	s.server.AddGroup(tencent.Group{Name: "乙", Title: "双群", Saved: true, Members: []tencent.Member{{Name: "李四"}}})
	s.server.Say(branchGroup, "张三", "早")
	s.set(func() { s.wanted = []string{branchGroup, "闲聊", "双群", "没有"} })
	s.online(s.transport(true))
	s.until("listed", func() bool {
		st, err := ReadStatus(s.session())
		return err == nil && slices.Equal(st.Unsaved, []string{"双群", "没有", branchGroup})
	})
}

func TestRunLeavesNoGoroutineBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	s := newStage(t)
	tr := s.transport(true)
	stop := s.online(tr)
	s.server.Fault(tencent.Hang, tencent.Always)
	for _, end := range []func(){stop, s.server.Close} {
		end()
	}
	s.until("none is left", func() bool { return runtime.NumGoroutine() <= before })
}

func TestAHangingServerIsGivenUp(t *testing.T) {
	s := newStage(t)
	tr := s.transport(true)
	tr.answerIn, tr.sendIn = 150*time.Millisecond, 50*time.Millisecond
	s.online(tr)
	s.server.Fault(tencent.SlowAnswer, 1)
	if err := tr.Send(t.Context(), bot.Outgoing{Chat: s.chat(branchGroup), Text: "一"}); !errors.Is(err, bot.ErrUnknown) {
		t.Errorf("error %v", err)
	}
	s.server.Fault(tencent.Hang, tencent.Always)
	s.until("out of reach", func() bool { return tr.State() == bot.Offline })
	s.server.Heal()
	s.server.Say(branchGroup, "张三", "签到")
	s.hears("[第一支部] 张三: 签到")
}

// What is on disk never says that a message was taken before it was: a process killed in between is told it again.
func TestTheKeyOnDiskMovesOnlyBehindItsMessages(t *testing.T) {
	s := newStage(t)
	tr := s.transport(true)
	key := func() string {
		kept, err := loadSession(s.session())
		if err != nil || kept == nil {
			t.Errorf("%v, %v", kept, err)
			return ""
		}
		return keyText(kept.SyncKey)
	}
	var seen []string
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- tr.Run(ctx, func(ctx context.Context, m themeday.Message) error {
			s.set(func() { seen = append(seen, key()) })
			return s.take(ctx, m)
		})
	}()
	defer func() { stop(); <-ended }()
	if !s.server.WaitCode(t.Context()) {
		t.Fatal("no code")
	}
	s.server.Scan()
	s.server.Confirm()
	s.until("online", func() bool { return tr.State() == bot.Online })
	if !s.server.WaitTaken(t.Context()) { // what the servers had to tell at the beginning
		t.Fatal("the beginning is not taken")
	}
	before := key()
	s.server.Say(branchGroup, "张三", "签到")
	s.until("behind it", func() bool { return key() != before })
	s.set(func() {
		if len(seen) != 1 || seen[0] != before {
			t.Errorf("while it was handed over: %v, before: %s", seen, before)
		}
	})
}
