package wechat

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/eatmoreapple/openwechat"

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

func TestAQuietSessionIsKeptAliveByDayAndOverTheNight(t *testing.T) {
	for _, c := range []struct {
		name string
		hour int // now
		last int // when the cookies were renewed, on the same day
		want bool
	}{
		{"long after", 14, 9, true},
		{"lately", 14, 13, false},
		{"before the night", 21, 20, true},
		{"at night", 23, 9, false},
		{"in the small hours", 3, 0, false},
		{"in the morning", 8, 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t)
			tr := s.transport(true)
			stop := s.online(tr)
			stop()
			s.server.Forget()
			s.goTo(tr, c.last)
			old, err := loadSession(s.session())
			if err != nil {
				t.Fatal(err)
			}
			client := tr.newClient(old)
			client.self, client.begun = &openwechat.User{UserName: s.server.UserName("主题党日小助手")}, tr.opt.Now()
			s.goTo(tr, c.hour)
			tr.keepAlive(t.Context(), client)
			if sent := len(s.server.Sent()) == 1; sent != c.want {
				t.Errorf("a line to the file helper: %v", sent)
			}
		})
	}
}

func TestWhatCannotBeSentIsNotTriedForEver(t *testing.T) {
	s := newStage(t)
	tr := s.transport(true)
	s.online(tr)
	dir := filepath.Join(s.dir, "张三")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	file := func(name string, size int64) string {
		path := filepath.Join(dir, name)
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(f.Truncate(size), f.Close()); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := file("good.pdf", 10)
	for _, c := range []struct {
		name  string
		path  string
		fault tencent.Fault
		text  string
		want  error
	}{
		{"no such file", filepath.Join(dir, "none.xlsx"), "", "", bot.ErrRefused},
		{"a folder", dir, "", "", bot.ErrRefused},
		{"an empty file", file("empty.xlsx", 0), "", "", bot.ErrRefused},
		{"too large", file("large.xlsx", maxUpload+1), "", "", bot.ErrRefused},
		{"with its text", filepath.Join(dir, "none.xlsx"), "", "见附件", bot.ErrRefused},
		{"after its text", good, tencent.BrokenJSON, "见附件", bot.ErrUnknown},
		{"the upload fails", good, tencent.Reset, "", bot.ErrOffline},
		{"the upload is answered with nonsense", good, tencent.BrokenJSON, "", bot.ErrOffline},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.fault != "" {
				at := "webwxuploadmedia"
				if c.text != "" {
					at = "webwxsendappmsg"
				}
				s.server.Fault(c.fault, 1, at)
			}
			err := tr.Send(t.Context(), bot.Outgoing{Chat: s.chat(branchGroup), Text: c.text, Files: []themeday.File{{Name: "a.pdf", Path: c.path}}})
			if !errors.Is(err, c.want) || strings.Contains(err.Error(), "张三") {
				t.Errorf("error %v, want %v", err, c.want)
			}
		})
	}
}

func TestAPictureIsOneByWhatItHolds(t *testing.T) {
	s := newStage(t)
	tr := s.transport(true)
	s.online(tr)
	for i, c := range []struct {
		name, kind, sent string
		data             []byte
	}{
		{"图片", "image", "", photo(t)}, {"假条.PNG", "image", "", photo(t)}, {"假条.png", "file", "假条.png", []byte("%PDF-1.4")}, {"签名.webp", "file", "签名.webp", []byte("RIFF\x10\x00\x00\x00WEBPVP8 ")},
	} {
		path := filepath.Join(s.dir, "out")
		if err := os.WriteFile(path, c.data, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := tr.Send(t.Context(), bot.Outgoing{Chat: s.chat(branchGroup), Files: []themeday.File{{Name: c.name, Path: path, Image: true}}}); err != nil {
			t.Fatal(err)
		}
		if got := s.server.Sent()[i]; got.Kind != c.kind || got.FileName != c.sent || !bytes.Equal(got.Data, c.data) {
			t.Errorf("%s went as %s %q", c.name, got.Kind, got.FileName)
		}
	}
}

func TestWhatTheBotSaidIsNotHeardEvenWhenTheAnswerWasLost(t *testing.T) {
	s := newStage(t)
	tr := s.transport(true)
	s.online(tr)
	s.server.Fault(tencent.LostAnswer, 1)
	if err := tr.Send(t.Context(), bot.Outgoing{Chat: s.chat(branchGroup), Text: "签到\u3000一"}); !errors.Is(err, bot.ErrUnknown) {
		t.Fatal(err)
	}
	s.server.Phone(branchGroup, "签到\u3000一")
	s.server.Say(branchGroup, "张三", "到")
	s.hears("[第一支部] 张三: 到")
	s.set(func() { s.clock += saidFor + time.Second })
	s.server.Phone(branchGroup, "签到\u3000一")
	s.until("the phone is heard again", func() bool { return len(s.texts()) == 2 })
}
