package commands

import (
	"strings"
	"testing"

	"themeday"
)

// onWeCom is the same person on the network without names: his id is bound, and a group has its chat id for a name.
func (s *stage) onWeCom(at, who, chat, says string) string {
	s.t.Helper()
	m := s.message(at, who, private, says)
	m.Account, m.From = themeday.WeCom, themeday.Sighting{ID: themeday.SightingID("id-" + who), Friend: true, Stable: true}
	m.Chat = themeday.ChatID(chat)
	if m.Group = chat; chat == private {
		m.Chat = themeday.ChatID(m.From.ID)
	}
	r := s.hear(m)
	return r.Text
}

func TestAGroupWithoutANameIsClaimedForABranchByItsSecretaryOrTheCommittee(t *testing.T) {
	s := newStage(t)
	s.router.Directory = func(themeday.Account) themeday.Directory { return nameless{} }
	s.do(func(tx themeday.Tx) error {
		for who, id := range s.people {
			b := themeday.Binding{Account: themeday.WeCom, Session: themeday.WeComSession, Sighting: themeday.SightingID("id-" + who), Person: id, Level: themeday.Certain, At: s.clock("03-01 08:00")}
			if err := tx.PutBinding(b); err != nil {
				return err
			}
		}
		return nil
	})
	for _, c := range []struct{ at, who, chat, says, hears string }{
		{"03-02 09:00", "王强", "wr1", "进度", "还没有绑定支部"},
		{"03-02 09:01", "王强", "wr1", "大家好", ""},
		{"03-02 09:02", "张三", "wr1", "绑定群 第一支部", "由书记来办"},
		{"03-02 09:03", "路人甲", "wr1", "绑定群 第一支部", "还没有认出您"},
		{"03-02 09:04", "王强", private, "绑定群", "请到要绑定的群里"},
		{"03-02 09:05", "王强", "wr1", "绑定群 第二支部", "不在第二支部的名单上"},
		{"03-02 09:06", "王强", "wr1", "绑定群", "已绑定为第一支部的群"},
		{"03-02 09:07", "王强", "wr1", "绑定群", "不用再绑定"},
		{"03-02 09:08", "林海", "wr2", "绑定群 第二支部", "已绑定为第二支部的群"},
		{"03-02 09:09", "王强", "wr3", "绑定群 第一支部", "已绑定为第一支部的群"},
	} {
		if got := s.onWeCom(c.at, c.who, c.chat, c.says); c.hears == "" && got != "" || !strings.Contains(got, c.hears) {
			t.Errorf("%s in %q says %q and hears %q, want %q", c.who, c.chat, c.says, got, c.hears)
		}
	}
	s.do(func(tx themeday.Tx) error {
		claimed, err := themeday.GroupChats(tx, themeday.WeCom)
		if len(claimed) != 2 || claimed["wr3"] != "第一支部" || claimed["wr2"] != "第二支部" {
			t.Errorf("claimed: %v", claimed)
		}
		return err
	})
}

func TestOnWeChatAGroupIsKnownByItsName(t *testing.T) {
	s := newStage(t)
	s.play(line{"03-02 09:00", "王强", group, "绑定群", "按群名认"})
}

// nameless is a network that shows nothing.
type nameless struct{}

func (nameless) Session() string              { return themeday.WeComSession }
func (nameless) Groups() []themeday.GroupSeen { return nil }
func (nameless) Friends() []themeday.Sighting { return nil }
