package wechat

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"themeday"
	"themeday/bot"
	"themeday/bot/wechat/tencent"
)

func TestTextPicturesAndFilesGoOutUnderTheirNames(t *testing.T) {
	s := newStage(t)
	tr := s.transport(true)
	s.online(tr)
	picture, book := filepath.Join(t.TempDir(), "a.png"), filepath.Join(t.TempDir(), "x.bin")
	big := bytes.Repeat([]byte("台账"), 200_000) // more than one chunk
	for path, data := range map[string][]byte{picture: photo(t), book: big} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out := bot.Outgoing{Chat: s.chat(branchGroup), Text: "【通知】\n<3月> & 4月", Files: []themeday.File{{Name: "照片.png", Path: picture, Image: true}, {Name: "台账 2026.xlsx", Path: book}}}
	if err := tr.Send(context.Background(), out); err != nil {
		t.Fatal(err)
	}
	sent := s.server.Sent()
	if len(sent) != 3 || sent[0].Text != out.Text || sent[0].To != branchGroup || !bytes.Equal(sent[1].Data, photo(t)) || sent[2].FileName != "台账 2026.xlsx" || !bytes.Equal(sent[2].Data, big) {
		for _, x := range sent {
			t.Errorf("%s %q %q %d bytes to %s", x.Kind, x.Text, x.FileName, len(x.Data), x.To)
		}
	}
	if err := tr.Send(context.Background(), bot.Outgoing{Chat: s.chat("张三"), Private: true, Text: "已收到"}); err != nil {
		t.Error(err)
	}
}

func TestTheOutcomeOfASendIsToldForWhatItIs(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault tencent.Fault
		to    string
		want  error
		went  int
	}{
		{"accepted", "", branchGroup, nil, 1},
		{"nobody answers", tencent.Down, branchGroup, bot.ErrOffline, 0},
		{"too often", tencent.TooOften, branchGroup, bot.ErrTooOften, 0},
		{"the answer is lost", tencent.LostAnswer, branchGroup, bot.ErrUnknown, 1},
		{"torn before it was done", tencent.Reset, branchGroup, bot.ErrUnknown, 0},
		{"an error page", tencent.HTTP500, branchGroup, bot.ErrUnknown, 0},
		{"to no friend", "", "李四", bot.ErrRefused, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t)
			tr := s.transport(true)
			s.online(tr)
			if c.fault != "" {
				s.server.Fault(c.fault, tencent.Always, "webwxsendmsg", "dial")
			}
			if c.fault == tencent.Down {
				s.server.Fault(c.fault, tencent.Always)
			}
			err := tr.Send(context.Background(), bot.Outgoing{Chat: s.chat(c.to), Private: c.to != branchGroup, Text: "一"})
			if !errors.Is(err, c.want) || c.want == nil && err != nil {
				t.Errorf("error %v, want %v", err, c.want)
			}
			for _, other := range []error{bot.ErrOffline, bot.ErrRefused, bot.ErrTooOften, bot.ErrUnknown} {
				if !errors.Is(c.want, other) && errors.Is(err, other) {
					t.Errorf("it is %v as well", other)
				}
			}
			if n := len(s.server.Sent()); n != c.went {
				t.Errorf("%d went out, want %d", n, c.went)
			}
		})
	}
}

func TestWhatTheBotSaidIsNotHeardFromItsPhone(t *testing.T) {
	s := newStage(t)
	tr := s.transport(true)
	s.online(tr)
	if err := tr.Send(context.Background(), bot.Outgoing{Chat: s.chat(branchGroup), Text: "签到"}); err != nil {
		t.Fatal(err)
	}
	s.server.Phone(branchGroup, "签到")    // the echo of what was sent
	s.server.Phone(branchGroup, "下一步")   // somebody typed it on the phone
	s.server.Say(branchGroup, "张三", "到") // and so everything before has been read
	s.until("heard", func() bool { return len(s.texts()) == 2 })
	if m := s.heard[0]; m.Text != "下一步" || m.From.ID != themeday.SightingID(s.server.UserName("主题党日小助手")) {
		t.Errorf("heard %+v", m)
	}
}

func TestAnOldChatIsRefusedInANewSession(t *testing.T) {
	s := newStage(t)
	tr := s.transport(true)
	stop := s.online(tr)
	old := s.chat(branchGroup)
	stop()
	s.server.NewSession()
	again := s.transport(false)
	s.running(again)
	s.until("asks the phone", func() bool { return s.server.Confirm() })
	s.until("online", func() bool { return again.State() == bot.Online })
	if err := again.Send(context.Background(), bot.Outgoing{Chat: old, Text: "一"}); !errors.Is(err, bot.ErrRefused) {
		t.Errorf("error %v", err)
	}
	if err := again.Send(context.Background(), bot.Outgoing{Chat: s.chat(branchGroup), Text: "一"}); err != nil {
		t.Error(err)
	}
}

func TestAQuietSessionIsKeptAliveByDay(t *testing.T) {
	s := newStage(t)
	tr := s.transport(true)
	s.online(tr)
	s.goTo(tr, 14)
	s.until("a line to the file helper", func() bool {
		for _, x := range s.server.Sent() {
			if x.To == "filehelper" {
				return true
			}
		}
		return false
	})
}
