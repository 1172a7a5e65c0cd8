package console

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"themeday"
	"themeday/bot"
)

// terminal gives a console into which these lines are typed, and what it shows.
func terminal(typed string) (*Transport, *bytes.Buffer) {
	shown := &bytes.Buffer{}
	now := time.Date(2026, 3, 13, 14, 5, 0, 0, time.FixedZone("CST", 8*60*60))
	return &Transport{
		In: strings.NewReader(typed), Out: shown, Now: func() time.Time { return now },
		Names: func() ([]string, []string) { return []string{"第一支部"}, []string{"王强", "张三"} },
	}, shown
}

// heard runs a console to the end of what is typed and gives the messages.
func heard(t *testing.T, typed string) (messages []themeday.Message, shown string) {
	t.Helper()
	c, out := terminal(typed)
	err := c.Run(context.Background(), func(_ context.Context, m themeday.Message) error {
		messages = append(messages, m)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return messages, out.String()
}

func TestALineSaysWhoSpeaksWhereAndWhat(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"[第一支部] 张三: 签到", "第一支部|[第一支部]|张三|签到"},
		{"[第一支部]张三：签到", "第一支部|[第一支部]|张三|签到"},
		{"  [ 第一支部 ]  张三 ：  签到  ", "第一支部|[第一支部]|张三|签到"},
		{"\ufeff[第一支部] 张三: 签到", "第一支部|[第一支部]|张三|签到"},
		{"[第一支部] 张三: #接龙\\n1. 张三", "第一支部|[第一支部]|张三|#接龙\n1. 张三"},
		{"[第一支部] 张三: 几点: 两点", "第一支部|[第一支部]|张三|几点: 两点"},
		{"[第一支部] 张三:", "第一支部|[第一支部]|张三|"},
		{"(张三): 请假 家事", "|张三|张三|请假 家事"},
		{"（张三）：请假 家事", "|张三|张三|请假 家事"},
		{"(张三) 请假 家事", "|张三|张三|请假 家事"},
	} {
		messages, shown := heard(t, c.line+"\n")
		if len(messages) != 1 || shown != "" {
			t.Errorf("%q: %v, shown %q", c.line, messages, shown)
			continue
		}
		m := messages[0]
		if got := fmt.Sprintf("%s|%s|%s|%s", m.Group, m.Chat, m.From.Remark, m.Text); got != c.want {
			t.Errorf("%q: got %q, want %q", c.line, got, c.want)
		}
		if m.Account != "console" || m.Private() != (m.Group == "") || !m.From.Friend || !m.From.Stable || m.At.IsZero() {
			t.Errorf("%q: %+v", c.line, m)
		}
	}
}

func TestALineThatIsNoneIsExplainedAndTheNextIsHeard(t *testing.T) {
	for _, line := range []string{"签到", "[第一支部] 签到", "张三: 签到", "[ ] 张三: 签到", "[第一支部]  : 签到", "( ) 签到", "[] 张三: 签到"} {
		messages, shown := heard(t, line+"\n[第一支部] 张三: 签到\n")
		if len(messages) != 1 || shown != errForm.Error()+"\n" {
			t.Errorf("%q: %d messages, shown %q", line, len(messages), shown)
		}
	}
}

func TestALineThatIsTooLongIsPassedOverWithAWord(t *testing.T) {
	for _, size := range []int{1 << 20, 3<<20 + 7} {
		messages, shown := heard(t, "[第一支部] 张三: "+strings.Repeat("x", size)+"\n[第一支部] 张三: 签到")
		if len(messages) != 1 || messages[0].Text != "签到" || shown != tooLong+"\n" {
			t.Errorf("%d bytes: %d messages, shown %q", size, len(messages), shown)
		}
	}
	if messages, shown := heard(t, "[第一支部] 张三: "+strings.Repeat("x", 900<<10)); len(messages) != 1 || shown != "" {
		t.Errorf("a long line that is not too long: %d messages, shown %q", len(messages), shown)
	}
	if messages, shown := heard(t, strings.Repeat("x", 2<<20)); len(messages) != 0 || shown != tooLong+"\n" {
		t.Errorf("at the end: %d messages, shown %q", len(messages), shown)
	}
}

func TestEmptyLinesAndRemarksArePassedOver(t *testing.T) {
	if messages, shown := heard(t, "\n   \n# [第一支部] 张三: 签到\n"); len(messages) > 0 || shown != "" {
		t.Errorf("%v, shown %q", messages, shown)
	}
}

func TestEveryMessageHasItsOwnId(t *testing.T) {
	messages, _ := heard(t, strings.Repeat("[第一支部] 张三: 签到\n", 3))
	ids := map[themeday.MessageID]bool{}
	for _, m := range messages {
		ids[m.ID] = true
	}
	if len(ids) != 3 {
		t.Errorf("%d ids for 3 messages of one instant", len(ids))
	}
}

func TestListeningEndsWithTheContextAndWithAMessageThatCannotBeTaken(t *testing.T) {
	const typed = "[第一支部] 张三: 签到\n[第一支部] 王强: 签到\n"
	broken := errors.New("disk full")
	ctx, end := context.WithCancel(context.Background())
	for _, c := range []struct {
		take func() error
		want error
	}{{func() error { return broken }, broken}, {func() error { end(); return nil }, context.Canceled}} {
		console, _ := terminal(typed)
		n := 0
		err := console.Run(ctx, func(context.Context, themeday.Message) error { n++; return c.take() })
		if !errors.Is(err, c.want) || n != 1 {
			t.Errorf("%v after %d messages, want %v after 1", err, n, c.want)
		}
	}
}

func TestWhatTheBotSaysStandsInOnePiece(t *testing.T) {
	c, shown := terminal("")
	for _, out := range []bot.Outgoing{
		{Name: "第一支部", Text: "预告\n时间：3月13日"},
		{Name: "张三", Private: true, Text: "您好"},
		{Name: "王强", Private: true, Text: "纪实表", Files: []themeday.File{{Name: "纪实表.docx", Path: "/tmp/a.docx"}}},
	} {
		if err := c.Send(context.Background(), out); err != nil {
			t.Fatal(err)
		}
	}
	want := "14:05 → [第一支部] 预告\n  时间：3月13日\n14:05 → (张三) 您好\n14:05 → (王强) 纪实表\n  〔文件 纪实表.docx〕/tmp/a.docx\n"
	if shown.String() != want {
		t.Errorf("got\n%s\nwant\n%s", shown, want)
	}
}

func TestATerminalThatIsGoneLeavesItUnknownWhatWasSeen(t *testing.T) {
	c, _ := terminal("")
	_, gone := io.Pipe()
	_ = gone.Close()
	c.Out = gone
	if err := c.Send(context.Background(), bot.Outgoing{Name: "第一支部", Text: "预告", Files: []themeday.File{{Name: "a"}}}); !errors.Is(err, bot.ErrUnknown) {
		t.Error(err)
	}
}

func TestWhoeverTypesIsBelieved(t *testing.T) {
	c, _ := terminal("[第一支部] 张三: 签到\n")
	people := []themeday.Person{{ID: 1, Name: "王强"}, {ID: 2, Name: "张三"}}
	scene := themeday.Scene{Directory: c.Directory(), Account: c.Account(), People: people}
	err := c.Run(context.Background(), func(_ context.Context, m themeday.Message) error {
		if who := themeday.Recognise(m.From, scene); who.Person != 2 || who.Level != themeday.Certain {
			t.Errorf("%+v", who)
		}
		if g, ok := themeday.FindGroup(c.Directory(), m.Group); !ok || g.Chat != m.Chat {
			t.Errorf("the group of the message is not the one of the directory: %+v", g)
		}
		if seen, ok := scene.Find(1, themeday.Strong); !ok || seen.ID != "王强" {
			t.Errorf("the secretary is not reached: %+v", seen)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.State() != bot.Online {
		t.Error("the console is not online")
	}
}

func TestTheHourIsShownInTheConfiguredZone(t *testing.T) {
	c, shown := terminal("")
	c.Zone = time.FixedZone("CST", 8*60*60)
	c.Now = func() time.Time { return time.Date(2026, 3, 13, 6, 5, 0, 0, time.UTC) }
	if err := c.Send(context.Background(), bot.Outgoing{Name: "第一支部", Text: "到会"}); err != nil {
		t.Fatal(err)
	}
	if got, want := shown.String(), "14:05 → [第一支部] 到会\n"; got != want {
		t.Errorf("shown %q, want %q", got, want)
	}
}

func TestALineThatCannotBeTakenIsNamedAndNoneBehindItIsLostUnseen(t *testing.T) {
	c, _ := terminal("# a remark\n[第一支部] 张三: 签到\n\n[第一支部] 王强: 签到\n[第一支部] 张三: 我的\n")
	full := errors.New("the disk is full")
	var taken []string
	err := c.Run(context.Background(), func(_ context.Context, m themeday.Message) error {
		if m.From.Card == "王强" {
			return full
		}
		taken = append(taken, m.Text)
		return nil
	})
	if !errors.Is(err, full) || !strings.HasPrefix(err.Error(), "line 4 of the input was not taken") || len(taken) != 1 {
		t.Errorf("%v; taken: %q", err, taken)
	}
}
