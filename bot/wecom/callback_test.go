package wecom

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
	"themeday/bot/wecom/fakewecom"
)

// told is a message in one line: where, what, and what came with it.
func told(m themeday.Message, data []byte) string {
	where := "(" + string(m.From.ID) + ")"
	if m.Group != "" {
		where = "[" + m.Group + "] " + string(m.From.ID)
	}
	out := where + ": " + m.Text
	if m.Quoted {
		out += " (quoted)"
	}
	for _, f := range m.Files {
		out += fmt.Sprintf("<%s image=%t %d bytes>", f.Name, f.Image, len(data))
	}
	return out
}

func TestWhatPeopleSayIsHeard(t *testing.T) {
	picture := pixels(t)
	text, voice, mixed := fakewecom.Text, fakewecom.Voice, fakewecom.Mixed
	for _, c := range []struct {
		name string
		said func(*fakewecom.Server) fakewecom.Said
		want []string
	}{
		{"a text in private", func(*fakewecom.Server) fakewecom.Said {
			return fakewecom.Said{From: "u", Body: text("签到")}
		}, []string{"(u): 签到"}},
		{"a text in a group, without the bot's name", func(*fakewecom.Server) fakewecom.Said {
			return fakewecom.Said{Group: group, From: "u", Body: text("@" + name + " 签到")}
		}, []string{"[第一支部] u: 签到"}},
		{"the bot's name behind the words", func(*fakewecom.Server) fakewecom.Said {
			return fakewecom.Said{Group: group, From: "u", Body: text("签到 @" + name)}
		}, []string{"[第一支部] u: 签到"}},
		{"a group that belongs to no branch", func(*fakewecom.Server) fakewecom.Said {
			return fakewecom.Said{Group: "wrOTHER", From: "u", Body: text("@" + name + " 绑定群 第一支部")}
		}, []string{"[wrOTHER] u: 绑定群 第一支部"}},
		{"a recording, as it was recognised", func(*fakewecom.Server) fakewecom.Said {
			return fakewecom.Said{From: "u", Body: voice("签到。")}
		}, []string{"(u): 签到"}},
		{"a picture", func(s *fakewecom.Server) fakewecom.Said {
			return fakewecom.Said{From: "u", Body: s.File("image", "", picture, fakewecom.Padded)}
		}, []string{fmt.Sprintf("(u): <图片 image=true %d bytes>", len(picture))}},
		{"a file with its name", func(s *fakewecom.Server) fakewecom.Said {
			return fakewecom.Said{From: "u", Body: s.File("file", "心得 a&b.txt", []byte("学习心得"), fakewecom.Unpadded)}
		}, []string{"(u): <心得 a&b.txt image=false 12 bytes>"}},
		{"a video, which nobody wants", func(s *fakewecom.Server) fakewecom.Said {
			return fakewecom.Said{From: "u", Body: s.File("video", "", []byte("mp4"), fakewecom.Padded)}
		}, nil},
		{"words and a picture in private: the words first", func(s *fakewecom.Server) fakewecom.Said {
			return fakewecom.Said{From: "u", Body: mixed(text("请假 发烧"), s.File("image", "", picture, fakewecom.URLAlphabet))}
		}, []string{"(u): 请假 发烧", fmt.Sprintf("(u): <图片 image=true %d bytes>", len(picture))}},
		{"words and a picture in a group: the picture first, for the words say what it shows", func(s *fakewecom.Server) fakewecom.Said {
			return fakewecom.Said{Group: group, From: "u", Body: mixed(text("@"+name+" 重温誓词"), s.File("image", "", picture, fakewecom.Padded))}
		}, []string{fmt.Sprintf("[第一支部] u: <图片 image=true %d bytes>", len(picture)), "[第一支部] u: 重温誓词"}},
		{"a quoted text", func(*fakewecom.Server) fakewecom.Said {
			return fakewecom.Said{Group: group, From: "u", Body: text("@" + name + " 签到"), Quote: text("现在可以签到")}
		}, []string{"[第一支部] u: 签到 (quoted)"}},
		{"a quoted picture: the only way for one into a group", func(s *fakewecom.Server) fakewecom.Said {
			return fakewecom.Said{Group: group, From: "u", Body: text("@" + name), Quote: s.File("image", "", picture, fakewecom.Padded)}
		}, []string{fmt.Sprintf("[第一支部] u: <图片 image=true %d bytes>", len(picture))}},
	} {
		for _, dirty := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, dirty=%t", c.name, dirty), func(t *testing.T) {
				s := newStage(t).online()
				s.server.Dirty(dirty)
				s.server.Say(c.said(s.server))
				s.server.Say(fakewecom.Said{From: "last", Body: text("完")})
				all := s.hears(len(c.want) + 1)
				var got []string
				ids := map[themeday.MessageID]bool{}
				for _, m := range all[:len(all)-1] {
					got = append(got, told(m, s.files[m.ID]))
					ids[m.ID] = true
					if !m.From.Stable || m.Account != themeday.WeCom || !m.At.Equal(s.clock.Now()) {
						t.Errorf("%+v", m)
					}
				}
				if !slices.Equal(got, c.want) || len(ids) != len(c.want) {
					t.Errorf("heard %q with %d ids, want %q", got, len(ids), c.want)
				}
			})
		}
	}
}

func TestTheBotsNameIsTakenOffTheText(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"@主题党日 助手 签到", "签到"},
		{"@主题党日 助手\u2005签到 4821", "签到 4821"},
		{"  @主题党日 助手  ", ""},
		{"@小助手 签到", "签到"}, // not configured: whatever name leads
		{"@小助手", ""},
		{"@主题党日 助手 @张三 签到", "@张三 签到"},
		{"签到", "签到"},
		{"@主题党日 助手\n主题 3月 学习", "主题 3月 学习"},
	} {
		if got := unmentioned(c.text, []string{name}); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.text, got, c.want)
		}
	}
}

func TestAFrameWithBareControlCharactersIsRead(t *testing.T) {
	for _, c := range []struct{ raw, want string }{
		{"{\"cmd\":\"a\",\"headers\":{\"req_id\":\"x\x01y\"}}", "xy"},
		{"\x02{\"cmd\":\"a\",\r\n\t\"headers\":{\"req_id\":\"x\ny\tz\"}}", "x\ny\tz"},
		{`{"cmd":"a","headers":{"req_id":"q\"` + "\n" + `q"}}`, "q\"\nq"},
	} {
		f, err := readFrame([]byte(c.raw))
		if err != nil || f.Headers.ReqID != c.want {
			t.Errorf("%q: %v, %q", c.raw, err, f.Headers.ReqID)
		}
	}
}

func TestAnUnclaimedGroupIsShownToTheOperator(t *testing.T) {
	s := newStage(t)
	o := s.options()
	o.StatusFile = o.Files + "/status.json"
	s.run(o)
	s.until("online", s.server.Online)
	for range 2 {
		s.server.Say(fakewecom.Said{Group: "wrOTHER", From: "u", Body: fakewecom.Text("@" + name + " 在吗")})
	}
	s.hears(2)
	s.until("it is written down", func() bool {
		st, err := ReadStatus(o.StatusFile)
		return err == nil && slices.Equal(st.Unclaimed, []string{"wrOTHER"}) && st.Phase == Up
	})
}

func TestAMessageThatTheHouseCouldNotTakeComesAgain(t *testing.T) {
	s := newStage(t).online()
	tries := 0
	s.mu.Lock()
	s.react = func(themeday.Message) error {
		if tries++; tries < 4 {
			return fmt.Errorf("the disk is full")
		}
		return nil
	}
	s.mu.Unlock()
	s.server.Say(fakewecom.Said{From: "u", Body: fakewecom.Text("签到")})
	s.until("it was taken", func() bool { s.clock.advance(time.Second); return len(s.messages()) == 1 })
}

func TestWhoOpensTheChatIsGreetedAndOtherEventsAreIgnored(t *testing.T) {
	s := newStage(t).online()
	s.server.Enter("newcomer")
	s.server.Feedback("newcomer")
	s.until("the greeting", func() bool { return len(s.texts("newcomer")) == 1 })
	if got := s.texts("newcomer")[0]; !strings.Contains(got, "绑定") {
		t.Error(got)
	}
	for _, f := range s.bot.Directory().Friends() {
		if f.ID == "newcomer" && f.Friend {
			return
		}
	}
	t.Error("who opened the chat cannot be written to")
}
