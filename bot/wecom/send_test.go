package wecom

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
	"themeday/bot"
	"themeday/bot/wecom/fakewecom"
)

// spoken lets somebody speak in the group, so that it may be pushed to, and waits until that is heard.
func (s *stage) spoken() themeday.Message {
	s.t.Helper()
	n := len(s.messages())
	s.server.Say(fakewecom.Said{Group: group, From: "zhangsan", Body: fakewecom.Text("@" + name + " 活动")})
	return s.hears(n + 1)[n]
}

func TestAnAnswerGoesByTheQuestionOnceAndEverythingElseIsPushed(t *testing.T) {
	s := newStage(t).online()
	asked := s.spoken()
	answer := toGroup("答")
	answer.Answers = asked.ID
	for range 2 {
		if err := s.send(answer); err != nil {
			t.Fatal(err)
		}
	}
	s.server.Drop()
	s.until("offline", func() bool { return s.bot.State() == bot.Offline })
	s.until("online again", func() bool { s.clock.advance(time.Second); return s.bot.State() == bot.Online })
	again := s.spoken()
	s.server.Drop()
	s.until("offline", func() bool { return s.bot.State() == bot.Offline })
	s.until("online again", func() bool { s.clock.advance(time.Second); return s.bot.State() == bot.Online })
	late := toGroup("答")
	late.Answers = again.ID // its connection is gone
	if err := s.send(late); err != nil {
		t.Fatal(err)
	}
	var how []string
	for _, m := range s.server.Sent() {
		how = append(how, m.Cmd)
	}
	if want := []string{cmdRespond, cmdSend, cmdSend}; !slices.Equal(how, want) {
		t.Errorf("%q, want %q", how, want)
	}
}

func TestWhatBecameOfASend(t *testing.T) {
	for _, c := range []struct {
		name    string
		fault   func(*fakewecom.Server)
		out     bot.Outgoing
		want    string
		visible int
	}{
		{"taken", func(*fakewecom.Server) {}, toGroup("通知"), "sent", 1},
		{"a chat in which nobody spoke", func(*fakewecom.Server) {}, toPerson("stranger", "通知"), "refused", 0},
		{"no answer: nobody knows, and it is not repeated", func(s *fakewecom.Server) { s.Mute(cmdSend, 9) }, toGroup("通知"), "unknown", 1},
		{"cut off behind the frame: nobody knows", func(s *fakewecom.Server) { s.DropAfter(cmdSend) }, toGroup("通知"), "unknown", 1},
		{"cut off before it was taken: nobody knows", func(s *fakewecom.Server) { s.DropBefore(cmdSend) }, toGroup("通知"), "unknown", 0},
		{"busy for a moment", func(s *fakewecom.Server) { s.Refuse(cmdSend, codeBusy, codeOverlap) }, toGroup("通知"), "sent", 1},
		{"busy for long", func(s *fakewecom.Server) { s.Refuse(cmdSend, -1, -1, -1, -1, -1) }, toGroup("通知"), "offline", 0},
		{"too often", func(s *fakewecom.Server) { s.Refuse(cmdSend, codeOften) }, toGroup("通知"), "offline", 0},
		{"not subscribed: again on a new connection", func(s *fakewecom.Server) { s.Refuse(cmdSend, codeUnserved) }, toGroup("通知"), "sent", 1},
		{"a code that nobody knows", func(s *fakewecom.Server) { s.Refuse(cmdSend, 846607); s.Refuse(cmdRespond, 846607) }, toGroup("通知"), "refused", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t).online()
			s.spoken()
			c.fault(s.server)
			if got := outcomeOf(s.send(c.out)); got != c.want || len(s.server.Sent()) != c.visible {
				t.Errorf("%s, want %s; %d are visible, want %d", got, c.want, len(s.server.Sent()), c.visible)
			}
		})
	}
}

func TestAGroupThatTakesNoPushIsAnsweredByTheNewestQuestion(t *testing.T) {
	s := newStage(t).online()
	s.spoken()
	s.server.NoPush(true)
	if got := outcomeOf(s.send(toGroup("通知"))); got != "sent" || len(s.texts(group)) != 1 {
		t.Fatalf("%s, %q", got, s.texts(group))
	}
	if got := outcomeOf(s.send(toGroup("又一个"))); got != "refused" {
		t.Errorf("without a question it is %s", got)
	}
	if got := s.told(); len(got) != 1 || !strings.Contains(got[0], "93006") {
		t.Errorf("alerts %q", got)
	}
}

func TestAPersonWhoNeverWroteIsNoFriendAfterThePushWasRefused(t *testing.T) {
	s := newStage(t).online()
	friends := func() int { return len(s.bot.Directory().Friends()) }
	if friends() != 1 {
		t.Fatal("who is bound is taken for reachable")
	}
	if got := outcomeOf(s.send(toPerson("zhangsan", "通知"))); got != "refused" || friends() != 0 {
		t.Errorf("%s, %d friends", got, friends())
	}
	s.server.Say(fakewecom.Said{From: "zhangsan", Body: fakewecom.Text("在")})
	s.hears(1)
	if got := outcomeOf(s.send(toPerson("zhangsan", "通知"))); got != "sent" || friends() != 1 {
		t.Errorf("once he has written: %s, %d friends", got, friends())
	}
}

func TestALongTextIsSplitAndNothingOfItIsLost(t *testing.T) {
	s := newStage(t).online()
	s.spoken()
	long := strings.Repeat("第一行很长很长\n", 3000)
	if err := s.send(toGroup(long)); err != nil {
		t.Fatal(err)
	}
	var all string
	for _, m := range s.server.Sent() {
		if len(m.Text) > mostText {
			t.Errorf("a part of %d bytes", len(m.Text))
		}
		all += m.Text + "\n"
	}
	if strings.TrimSpace(all) != strings.TrimSpace(long) {
		t.Error("something is missing")
	}
}

func TestTheBotKeepsBelowWhatAChatTakes(t *testing.T) {
	s := newStage(t).online()
	s.spoken()
	s.server.Say(fakewecom.Said{From: "zhangsan", Body: fakewecom.Text("在")})
	s.hears(2)
	sent := 0
	for range 40 {
		err := s.bot.Send(t.Context(), toGroup("通知"))
		switch outcomeOf(err) {
		case "sent":
			sent++
		case "offline":
		default:
			t.Fatal(err)
		}
	}
	if sent != perMinute {
		t.Errorf("%d in a minute, want %d", sent, perMinute)
	}
	if err := s.bot.Send(t.Context(), toPerson("zhangsan", "通知")); err != nil {
		t.Errorf("another chat has to wait too: %v", err)
	}
	s.clock.advance(time.Minute)
	for range 60 { // an hour
		for range 30 {
			if s.bot.Send(t.Context(), toGroup("通知")) == nil {
				sent++
			}
		}
		s.clock.advance(time.Minute)
	}
	if sent > 1000 || sent < 800 {
		t.Errorf("%d in an hour", sent)
	}
}

func TestFilesArriveWhole(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, data []byte) themeday.File {
		path := filepath.Join(dir, "x")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return themeday.File{Name: name, Path: path}
	}
	big := bytes.Repeat([]byte("0123456789"), 300_000) // six chunks
	for _, c := range []struct {
		name, file string
		data       []byte
		kind, as   string
		fault      func(*fakewecom.Server)
	}{
		{"a record form", "纪实表.docx", []byte("PK\x03\x04 a document"), "file", "纪实表.docx", nil},
		{"a picture travels as one", "照片", pixels(t), "image", "照片.png", nil},
		{"a large one in chunks", "台账.xlsx", big, "file", "台账.xlsx", nil},
		{"a chunk that is refused once", "台账.xlsx", big, "file", "台账.xlsx", func(s *fakewecom.Server) { s.Refuse(cmdChunk, 0, 0, -1) }},
		{"a chunk that is not answered", "台账.xlsx", big, "file", "台账.xlsx", func(s *fakewecom.Server) { s.Mute(cmdChunk, 1) }},
		{"a name that is too long", strings.Repeat("长", 200) + ".docx", []byte("PK\x03\x04 a document"), "file", strings.Repeat("长", 83) + ".docx", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t).online()
			s.spoken()
			if c.fault != nil {
				c.fault(s.server)
			}
			out := toGroup("请看附件")
			out.Files = []themeday.File{file(c.file, c.data)}
			if err := s.send(out); err != nil {
				t.Fatal(err)
			}
			got := s.server.Sent()
			if len(got) != 2 || got[1].Kind != c.kind || got[1].Media.Name != c.as || !bytes.Equal(got[1].Media.Data, c.data) {
				t.Errorf("%d messages; %s %q of %d bytes", len(got), got[len(got)-1].Kind, got[len(got)-1].Media.Name, len(got[len(got)-1].Media.Data))
			}
		})
	}
	t.Run("what cannot be uploaded lets nothing be seen", func(t *testing.T) {
		s := newStage(t).online()
		s.spoken()
		out := toGroup("请看附件")
		out.Files = []themeday.File{file("a.txt", []byte("four"))}
		if got := outcomeOf(s.send(out)); got != "refused" || len(s.server.Sent()) != 0 {
			t.Errorf("%s, %d are visible", got, len(s.server.Sent()))
		}
		s.server.DropAfter(cmdFinish)
		out.Files = []themeday.File{file("a.txt", []byte("a text"))}
		if got := outcomeOf(s.send(out)); got != "offline" || len(s.server.Sent()) != 0 {
			t.Errorf("%s, %d are visible", got, len(s.server.Sent()))
		}
	})
}
