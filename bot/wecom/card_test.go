package wecom

import (
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
	"themeday/bot/wecom/fakewecom"
)

var signIn = themeday.Offer{Ask: "主题党日签到", Choices: []themeday.Choice{{Label: "签到", Command: "签到"}, {Label: "请假", Command: "请假"}}}

var verdict = themeday.Offer{Ask: "您对这次活动", Listed: false, Choices: []themeday.Choice{{Label: "满意", Command: "满意"}, {Label: "基本满意", Command: "基本满意"}, {Label: "不满意（请写意见）", Command: "不满意"}}}

var reasons = themeday.Offer{Ask: "请假事由", Listed: true, Choices: []themeday.Choice{{Label: "生病", Command: "请假 生病"}, {Label: "因公出差", Command: "请假 因公出差"}}}

// offered posts something to tap in the group and gives its card.
func (s *stage) offered(o themeday.Offer, text string) *fakewecom.Card {
	s.t.Helper()
	s.spoken()
	out := toGroup(text)
	out.Offer = o
	if err := s.send(out); err != nil {
		s.t.Fatal(err)
	}
	all := s.server.Sent()
	card := all[len(all)-1].Card
	if card == nil {
		s.t.Fatalf("no card: %+v", all)
	}
	return card
}

func keysOf(all []fakewecom.Option) (keys []string) {
	for _, o := range all {
		keys = append(keys, o.Key)
	}
	return keys
}

func TestAnOfferBecomesTheCardThatFitsIt(t *testing.T) {
	for _, c := range []struct {
		name     string
		offer    themeday.Offer
		text     string
		kind     string
		messages int
	}{
		{"short choices are buttons, and a short text stands on the card", signIn, "现在可以签到\n14:00开始", buttonCard, 1},
		{"a long text stands above it", signIn, strings.Repeat("很长的一段话", 40), buttonCard, 2},
		{"long choices are a vote", verdict, "请测评", voteCard, 1},
		{"a list is picked from", reasons, "请写明事由", pickCard, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t).online()
			card := s.offered(c.offer, c.text)
			if n := len(s.server.Sent()); card.Type != c.kind || n != c.messages {
				t.Errorf("%s in %d messages", card.Type, n)
			}
		})
	}
}

func TestATapIsTheCommandAndTheCardShowsWhatCameOfIt(t *testing.T) {
	for _, flat := range []bool{false, true} {
		for _, c := range []struct {
			name, text string
			offer      themeday.Offer
			tap        func(*fakewecom.Card) (key string, picked []string)
			command    string
		}{
			{"a button", "现在可以签到", signIn, func(c *fakewecom.Card) (string, []string) { return c.Buttons[0].Key, nil }, "签到"},
			{"a vote", "请测评", verdict, func(c *fakewecom.Card) (string, []string) { return c.Submit, keysOf(c.Options[1:2]) }, "基本满意"},
			{"a list", "请写明事由", reasons, func(c *fakewecom.Card) (string, []string) { return c.Submit, keysOf(c.Options[1:]) }, "请假 因公出差"},
		} {
			t.Run(c.name, func(t *testing.T) {
				s := newStage(t).online()
				s.server.Flat(flat)
				card := s.offered(c.offer, c.text)
				before := len(s.server.Sent())
				s.mu.Lock()
				s.react = func(m themeday.Message) error {
					if m.Tapped {
						out := toGroup("已办好")
						out.Answers = m.ID
						return s.bot.Send(t.Context(), out)
					}
					return nil
				}
				s.mu.Unlock()
				key, picked := c.tap(card)
				s.server.Tap(card.TaskID, "lisi", key, picked...)
				got := s.hears(2)[1]
				if got.Text != c.command || !got.Tapped || got.Group != office || got.From.ID != "lisi" {
					t.Errorf("%+v", got)
				}
				s.until("the card has changed", func() bool { return s.server.CardFor(card.TaskID, "lisi").Text == "已办好" })
				if s.server.CardFor(card.TaskID, "wangwu").Text == "已办好" {
					t.Error("others see what came of his tap")
				}
				if len(s.server.Sent()) != before {
					t.Error("something was said besides")
				}
			})
		}
	}
}

func TestACardChangesInTimeAlsoWhenNobodyAnswersOrTheHouseIsSlow(t *testing.T) {
	for _, c := range []struct {
		name string
		slow bool
		want string
	}{{"nobody answers", false, "已收到：签到"}, {"the house is slow", true, "已收到，正在办理"}} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t).online()
			card := s.offered(signIn, "现在可以签到")
			goOn := make(chan struct{})
			s.mu.Lock()
			s.react = func(m themeday.Message) error {
				if m.Tapped && c.slow {
					<-goOn
				}
				return nil
			}
			s.mu.Unlock()
			s.server.Tap(card.TaskID, "lisi", card.Buttons[0].Key)
			if c.slow {
				s.until("somebody watches the clock", func() bool { return s.clock.waiting(guardAfter) == 1 })
				s.clock.advance(guardAfter)
			}
			s.until("the card has changed", func() bool { return s.server.CardFor(card.TaskID, "lisi").Text == c.want })
			close(goOn)
			s.hears(2)
			if n := s.server.Commands(cmdUpdate); n != 1 {
				t.Errorf("changed %d times", n)
			}
		})
	}
}

func TestATapOnACardOfAnEarlierProcessIsUnderstood(t *testing.T) {
	s := newStage(t).online()
	card := s.offered(reasons, "请写明事由")
	s.bot.mu.Lock()
	s.bot.cards = map[string]sentCard{}
	s.bot.mu.Unlock()
	s.server.Tap(card.TaskID, "lisi", card.Submit, card.Options[0].Key)
	if got := s.hears(2)[1].Text; got != "请假 生病" {
		t.Error(got)
	}
	s.until("the card has changed", func() bool { return strings.HasPrefix(s.server.CardFor(card.TaskID, "lisi").Text, "已收到") })
}

func TestTheSameTapTwiceHasOneIDAndChangesTheCardOnce(t *testing.T) {
	s := newStage(t).online()
	card := s.offered(signIn, "现在可以签到")
	s.server.Twice(true)
	s.server.Tap(card.TaskID, "lisi", card.Buttons[0].Key)
	got := s.hears(3)
	if got[1].ID != got[2].ID {
		t.Error("the inbox cannot tell that it came twice")
	}
}

func TestAGroupThatTakesNoCardsGetsTheWordsToType(t *testing.T) {
	s := newStage(t).online()
	s.spoken()
	s.server.NoCards(true)
	out := toGroup("现在可以签到")
	out.Offer = signIn
	for range 2 {
		if got := outcomeOf(s.send(out)); got != "sent" {
			t.Fatal(got)
		}
	}
	want := "markdown 现在可以签到\n请@我并在后面写：签到；请假"
	if got := s.texts(group); !slices.Equal(got, []string{want, want}) {
		t.Errorf("said %q", got)
	}
	if n := s.server.Commands(cmdSend) + s.server.Commands(cmdRespond); n != 3 {
		t.Errorf("%d frames: a group that refused a card is not offered the next", n)
	}
}

func TestATaskIDThatWasUsedIsMadeAnew(t *testing.T) {
	s := newStage(t).online()
	s.spoken()
	s.server.Refuse(cmdSend, codeTask)
	out := toGroup("现在可以签到")
	out.Offer = signIn
	if got := outcomeOf(s.send(out)); got != "sent" || s.server.Sent()[0].Card == nil {
		t.Errorf("%s, %q", got, s.texts(group))
	}
}

// The answer to a private matter that was tapped in the group goes to the direct chat; the card in the group only says that it was heard.
func TestAPrivateAnswerToATapInAGroupDoesNotStandOnItsCard(t *testing.T) {
	s := newStage(t).online()
	card := s.offered(signIn, "现在可以签到")
	s.server.Say(fakewecom.Said{From: "lisi", Body: fakewecom.Text("在")})
	s.hears(2)
	s.mu.Lock()
	s.react = func(m themeday.Message) error {
		if !m.Tapped {
			return nil
		}
		out := toPerson("lisi", "请写事由")
		out.Answers, out.Offer = m.ID, reasons
		return s.bot.Send(t.Context(), out)
	}
	s.mu.Unlock()
	s.server.Tap(card.TaskID, "lisi", card.Buttons[1].Key)
	s.hears(3)
	s.until("the card has changed", func() bool { return s.server.CardFor(card.TaskID, "lisi").Text == "已收到：请假" })
	if got := s.texts("lisi"); len(got) != 1 || !strings.HasPrefix(got[0], "template_card 请写事由") {
		t.Errorf("in private %q", got)
	}
}

func TestKeysCarryTheirCommand(t *testing.T) {
	for _, command := range []string{"签到", "请假 因公出差", "准假 张三"} {
		if got, ok := commandIn(keyOf(command)); !ok || got != command {
			t.Errorf("%q becomes %q", command, got)
		}
	}
	for _, bad := range []string{"", "submit", "c.", "c.!!!", "c." + "_w"} {
		if got, ok := commandIn(bad); ok {
			t.Errorf("%q is the command %q", bad, got)
		}
	}
}

func TestALateTapIsNotAnsweredByItsCard(t *testing.T) {
	s := newStage(t).online()
	card := s.offered(signIn, "现在可以签到")
	s.mu.Lock()
	s.react = func(m themeday.Message) error {
		if m.Tapped {
			s.clock.mu.Lock()
			s.clock.now = s.clock.now.Add(time.Minute) // without the guard noticing
			s.clock.mu.Unlock()
			out := toGroup("迟到的答复")
			out.Answers = m.ID
			return s.bot.Send(t.Context(), out)
		}
		return nil
	}
	s.mu.Unlock()
	s.server.Tap(card.TaskID, "lisi", card.Buttons[0].Key)
	s.until("it is said", func() bool { return slices.Contains(s.texts(group), "markdown 迟到的答复") })
	if s.server.Commands(cmdUpdate) != 0 {
		t.Error("a late change was tried")
	}
}
