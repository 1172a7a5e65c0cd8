package wechat

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"themeday/bot"
	"themeday/bot/wechat/tencent"
)

func TestALoginByCodeIsKeptAndGoneOnWith(t *testing.T) {
	s := newStage(t)
	tr := s.transport(true)
	stop := s.online(tr)
	if shown := s.read(&s.shown); !strings.Contains(shown, "▄") || !strings.Contains(shown, "five minutes") || !strings.Contains(shown, "qr.png") {
		t.Errorf("shown %s", shown)
	}
	for _, f := range []string{"session.json", "session.json.status", "qr.png"} {
		if st, err := os.Stat(filepath.Join(s.dir, f)); err != nil || st.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", f, st, err)
		}
	}
	first := tr.Directory().Session()
	stop()
	asked := s.server.Requests()["jslogin"]

	again := s.transport(false) // nobody is there: a hot login needs nobody
	s.running(again)
	s.until("online again", func() bool { return again.State() == bot.Online })
	if again.Directory().Session() != first || s.server.Requests()["jslogin"] != asked {
		t.Error("the second start is another session or asked for a code")
	}
}

func TestASessionThatIsOverIsPushedToThePhone(t *testing.T) {
	s := newStage(t)
	stop := s.online(s.transport(true))
	stop()
	s.server.NewSession()
	tr := s.transport(false)
	old, err := loadSession(s.session())
	if err != nil {
		t.Fatal(err)
	}
	s.running(tr)
	s.until("asks the phone", func() bool { return strings.Contains(s.read(&s.shown), "Confirm the login on the phone") })
	s.server.Confirm()
	s.until("online", func() bool { return tr.State() == bot.Online })
	if tr.Directory().Session() == old.ID {
		t.Error("new ids, and the session has the old name")
	}
}

func TestWithoutAPersonNoCodeIsShown(t *testing.T) {
	s := newStage(t)
	if err := s.transport(false).Run(t.Context(), s.take); err == nil || !strings.Contains(err.Error(), "--login") {
		t.Errorf("never logged in, nobody there: %v", err)
	}
	s.online(s.transport(true))()
	s.server.NewSession()
	s.server.Fault(tencent.HTTP500, tencent.Always, "webwxpushloginurl")
	codes := s.server.Requests()["jslogin"]
	tr := s.transport(false)
	s.running(tr)
	s.until("says what to do", func() bool { return strings.Contains(s.read(&s.alerts), "log in with") })
	time.Sleep(50 * time.Millisecond)
	if n := s.server.Requests()["jslogin"]; n != codes || tr.State() != bot.Closed {
		t.Errorf("%d codes, state %s", n-codes, tr.State())
	}
}

func TestACodeThatExpiredIsSaidAndAnotherShownOnlyWhenAsked(t *testing.T) {
	s := newStage(t)
	s.running(s.transport(true))
	if !s.server.WaitCode(t.Context()) {
		t.Fatal("no code")
	}
	s.server.ExpireQR()
	s.until("a second code", func() bool { return s.server.Requests()["jslogin"] == 2 })
	s.server.ExpireQR()
	time.Sleep(50 * time.Millisecond)
	if n := s.server.Requests()["jslogin"]; n != 2 || !strings.Contains(s.read(&s.shown), "has expired") {
		t.Errorf("%d codes; shown %s", n, s.read(&s.shown))
	}
}

func TestARefusedAccountCoolsDownAcrossRestarts(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault tencent.Fault
		code  int
	}{{"refused at the login", tencent.Refused1203, 1203}, {"dropped right after it", tencent.Dropped, 1102}} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t)
			s.server.DropAfter(30 * time.Millisecond)
			s.server.Fault(c.fault, tencent.Always)
			tr := s.transport(true)
			stop := s.running(tr)
			if !s.server.WaitCode(t.Context()) {
				t.Fatal("no code")
			}
			s.server.Scan()
			s.server.Confirm()
			s.until("refused", func() bool { return tr.Status().Phase == Refused })
			if st := tr.Status(); st.RefusedCode != c.code || time.Until(st.RefusedUntil) < 23*time.Hour {
				t.Errorf("status %+v", st)
			}
			s.until("the operator hears", func() bool { return strings.Contains(s.read(&s.alerts), "no login is tried for 24 hours") })
			stop()
			s.server.Heal()
			before := s.server.Requests()["jslogin"]
			again := s.transport(true)
			s.running(again)
			s.until("says until when", func() bool { return strings.Contains(s.read(&s.shown), "no login is tried before") })
			if s.server.Requests()["jslogin"] != before || again.State() != bot.Closed {
				t.Error("a login was tried while cooling down")
			}
		})
	}
}

func TestOutOfReachAtTheStartIsTriedAgainGently(t *testing.T) {
	s := newStage(t)
	stop := s.online(s.transport(true))
	stop()
	s.server.Fault(tencent.Down, tencent.Always)
	s.server.Forget()
	tr := s.transport(false)
	s.running(tr)
	s.until("ten minutes of trying", func() bool { s.mu.Lock(); defer s.mu.Unlock(); return s.clock > 10*time.Minute })
	if n := len(s.server.Calls()); n > 60 {
		t.Errorf("%d requests in ten minutes", n)
	}
	if tr.State() != bot.Offline {
		t.Errorf("state %s", tr.State())
	}
	s.server.Heal()
	s.until("online", func() bool { return tr.State() == bot.Online })
}

func TestASessionThatEndsWhileSomebodyIsThereGoesOnWithNewIds(t *testing.T) {
	s := newStage(t)
	tr := s.transport(true)
	s.online(tr)
	s.server.Say(branchGroup, "张三", "签到")
	s.hears("[第一支部] 张三: 签到")
	old := tr.Directory().Session()
	s.server.NewSession()
	s.until("asks the phone", s.server.Confirm)
	s.until("online", func() bool { return tr.State() == bot.Online && tr.Directory().Session() != old })
	s.server.Say(branchGroup, "李四", "签到")
	s.hears("[第一支部] 张三: 签到", "[第一支部] 李四: 签到")
	if st := tr.Status(); !st.RefusedUntil.IsZero() {
		t.Errorf("a session that ended elsewhere is no refusal: %+v", st)
	}
}

func TestTheWebDoorIsUsedWhereItIsAskedFor(t *testing.T) {
	for _, c := range []struct {
		name    string
		options []tencent.Option
		phase   Phase
	}{{"where it is open", []tencent.Option{tencent.WithNormalMode()}, Up}, {"where it is shut", nil, Refused}} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t, c.options...)
			tr := s.transport(true)
			tr.opt.Web = true
			s.running(tr)
			if !s.server.WaitCode(t.Context()) {
				t.Fatal("no code")
			}
			s.server.Scan()
			s.server.Confirm()
			s.until(string(c.phase), func() bool { return tr.Status().Phase == c.phase })
		})
	}
}

func TestALoginSurvivesANetworkThatFalters(t *testing.T) {
	s := newStage(t)
	tr := s.transport(true)
	s.running(tr)
	if !s.server.WaitCode(t.Context()) {
		t.Fatal("no code")
	}
	s.server.Fault(tencent.Reset, 2, "login")
	s.server.Scan()
	s.server.Fault(tencent.BrokenJSON, 1, "login")
	s.server.Confirm()
	s.until("online", func() bool { return tr.State() == bot.Online })
	if n := s.server.Requests()["jslogin"]; n != 1 {
		t.Errorf("%d codes", n)
	}
}

func TestASessionIsNeverReplacedByOneWithoutCookies(t *testing.T) {
	s := newStage(t)
	s.online(s.transport(true))()
	old, err := loadSession(s.session())
	if err != nil {
		t.Fatal(err)
	}
	tr := s.transport(false)
	if err := tr.keep(tr.newClient(&session{ID: "x", Domain: "wx.qq.com"})); err == nil {
		t.Error("a session without cookies was kept")
	}
	c := tr.newClient(nil)
	c.s = old
	if err := tr.keep(c); err != nil {
		t.Error(err)
	}
	if again, err := loadSession(s.session()); err != nil || len(again.Cookies) != len(old.Cookies) {
		t.Errorf("%v, %v", again, err)
	}
}
