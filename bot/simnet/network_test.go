package simnet

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	"themeday"
	"themeday/bot"
)

const (
	firstGroup  = "第一支部"
	secondGroup = "第二支部"
)

var noon = time.Date(2026, 3, 13, 12, 0, 0, 0, time.UTC)

// branches is a network with 张三 and 李四 in the first branch, 王芳 in the second, and a 张伟 in each.
func branches(t *testing.T) *Network {
	t.Helper()
	n := New(1)
	n.Tick(noon)
	for _, p := range []Person{
		{ID: "p1", Name: "张三", Remark: "张三", Cards: map[string]string{firstGroup: "老张"}},
		{ID: "p2", Name: "李四", Remark: "李四", Cards: map[string]string{firstGroup: "李四"}},
		{ID: "p3", Name: "王芳", Remark: "王芳", Cards: map[string]string{secondGroup: "王芳"}},
		{ID: "p4", Name: "张伟", Remark: "张伟", Cards: map[string]string{firstGroup: "张伟"}},
		{ID: "p5", Name: "张伟", Remark: "张伟", Cards: map[string]string{secondGroup: "小张伟"}},
	} {
		n.Enrol(p)
	}
	return n
}

func say(t *testing.T, n *Network, in, name string) themeday.Message {
	t.Helper()
	m, err := n.Say(Said{At: noon, Group: in, Name: name, Text: "签到"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func cards(n *Network, in string) []string {
	var out []string
	for _, g := range n.Directory().Groups() {
		for _, m := range g.Members {
			if g.Name == in {
				out = append(out, m.Card)
			}
		}
	}
	return out
}

func TestTheSameSeedGivesTheSameIDs(t *testing.T) {
	a, b := say(t, branches(t), firstGroup, "张三"), say(t, branches(t), firstGroup, "张三")
	if a.ID != b.ID || a.Chat != b.Chat || a.From != b.From {
		t.Errorf("%+v\n%+v", a, b)
	}
	if New(1).Directory().Session() == New(2).Directory().Session() {
		t.Error("two seeds give one session")
	}
}

func TestSessionIDsLookLikeWeChats(t *testing.T) {
	m := say(t, branches(t), firstGroup, "张三")
	if !regexp.MustCompile(`^@[0-9a-f]{32}$`).MatchString(string(m.From.ID)) || !regexp.MustCompile(`^@@[0-9a-f]{32}$`).MatchString(string(m.Chat)) {
		t.Errorf("person %s, group %s", m.From.ID, m.Chat)
	}
	if m.Account != "rehearsal" || m.Group != firstGroup || m.Text != "签到" || !m.At.Equal(noon) {
		t.Errorf("%+v", m)
	}
}

func TestEveryMessageHasAnIDOfItsOwnAndARepeatedOneTheSame(t *testing.T) {
	n := branches(t)
	if _, ok := n.Repeat(); ok {
		t.Error("something was repeated before anything was said")
	}
	a, b := say(t, n, firstGroup, "张三"), say(t, n, firstGroup, "张三")
	if a.ID == b.ID {
		t.Errorf("two messages are both %s", a.ID)
	}
	again, ok := n.Repeat()
	if !ok || again.ID != b.ID || again.From != b.From || again.Text != b.Text {
		t.Errorf("repeated %+v, want %+v", again, b)
	}
	n.Relogin()
	later, _ := n.Repeat()
	if later.ID != b.ID || later.Chat == b.Chat || later.From.ID == b.From.ID {
		t.Errorf("in the new session %+v", later)
	}
}

func TestAReloginMakesEverySessionIDNew(t *testing.T) {
	n := branches(t)
	before := n.Directory()
	n.Tick(noon.Add(time.Minute))
	n.Relogin()
	after := n.Directory()
	if before.Session() == after.Session() {
		t.Error("the session has the old name")
	}
	for i, g := range after.Groups() {
		old := before.Groups()[i]
		if g.Name != old.Name || g.Chat == old.Chat || len(g.Members) != len(old.Members) {
			t.Errorf("group %+v was %+v", g, old)
		}
		for j, m := range g.Members {
			if m.ID == old.Members[j].ID || m.Card != old.Members[j].Card {
				t.Errorf("member %+v was %+v", m, old.Members[j])
			}
		}
	}
	if err := n.Send(t.Context(), bot.Outgoing{Chat: before.Groups()[0].Chat}); !errors.Is(err, bot.ErrRefused) {
		t.Errorf("a group id of the old session: %v", err)
	}
	if err := n.Send(t.Context(), bot.Outgoing{Chat: themeday.ChatID(before.Friends()[0].ID), Private: true}); !errors.Is(err, bot.ErrRefused) {
		t.Errorf("a person's id of the old session: %v", err)
	}
}

func TestPeopleOfTheRosterAreFriendsAndAStrangerIsOnceHeWrites(t *testing.T) {
	n := branches(t)
	if in := say(t, n, firstGroup, "路人"); in.From.Friend || len(n.Directory().Friends()) != 5 {
		t.Errorf("a stranger of the group is a friend: %+v", in.From)
	}
	friend, stranger := say(t, n, "", "王芳"), say(t, n, "", "路人")
	if want := (themeday.Sighting{ID: friend.From.ID, Card: "王芳", Nick: "王芳", Remark: "王芳", Friend: true}); friend.From != want {
		t.Errorf("the friend is %+v", friend.From)
	}
	if want := (themeday.Sighting{ID: stranger.From.ID, Card: "路人", Nick: "路人", Friend: true}); stranger.From != want {
		t.Errorf("the stranger is %+v", stranger.From)
	}
	if !friend.Private() || friend.Chat != themeday.ChatID(friend.From.ID) {
		t.Errorf("not private: %+v", friend)
	}
	if got := len(n.Directory().Friends()); got != 6 {
		t.Errorf("%d friends, want 6: who wrote in private can be answered", got)
	}
}

func TestASendIsHeardAtTheNetworksInstantOrFails(t *testing.T) {
	n := branches(t)
	group, friend, stranger := say(t, n, firstGroup, "张三"), say(t, n, "", "王芳"), say(t, n, firstGroup, "路人")
	for _, c := range []struct {
		name string
		out  bot.Outgoing
		away time.Duration
		want error
	}{
		{"to a group", bot.Outgoing{Chat: group.Chat}, 0, nil},
		{"to a friend", bot.Outgoing{Chat: friend.Chat, Private: true}, 0, nil},
		{"to a stranger", bot.Outgoing{Chat: themeday.ChatID(stranger.From.ID), Private: true}, 0, bot.ErrRefused},
		{"to a group as if it were a person", bot.Outgoing{Chat: group.Chat, Private: true}, 0, bot.ErrRefused},
		{"to a friend as if he were a group", bot.Outgoing{Chat: friend.Chat}, 0, bot.ErrRefused},
		{"to nobody", bot.Outgoing{}, 0, bot.ErrRefused},
		{"out of reach", bot.Outgoing{Chat: group.Chat}, time.Second, bot.ErrOffline},
		{"in reach again at the very instant", bot.Outgoing{Chat: group.Chat}, -time.Nanosecond, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var heard []time.Time
			n.OnSend = func(at time.Time, _ bot.Outgoing) { heard = append(heard, at) }
			n.Offline(noon.Add(c.away))
			err := n.Send(t.Context(), c.out)
			if !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
			if accepted := slices.Equal(heard, []time.Time{noon}); accepted != (c.want == nil) {
				t.Errorf("heard at %v", heard)
			}
		})
	}
}

func TestTheStateFollowsTheReach(t *testing.T) {
	n := branches(t)
	n.Offline(noon.Add(30 * time.Minute))
	for _, c := range []struct {
		after time.Duration
		want  bot.State
	}{{0, bot.Offline}, {29 * time.Minute, bot.Offline}, {30 * time.Minute, bot.Online}} {
		if n.Tick(noon.Add(c.after)); n.State() != c.want {
			t.Errorf("after %s the network is %s, want %s", c.after, n.State(), c.want)
		}
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := New(1).Run(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestManyMayUseTheNetworkAtOnce(t *testing.T) {
	n := branches(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				m, err := n.Say(Said{At: noon, Group: firstGroup, Name: "张三"})
				if err != nil {
					t.Error(err)
				}
				_ = n.Send(t.Context(), bot.Outgoing{Chat: m.Chat})
				n.Relogin()
				n.Tick(noon)
				_, _ = n.State(), n.Directory()
			}
		})
	}
	all.Wait()
	if m := say(t, n, firstGroup, "张三"); m.ID != "1773403200000401" {
		t.Errorf("the 401st message is %s", m.ID)
	}
}
