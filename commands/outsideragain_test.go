package commands

import (
	"testing"

	"themeday"
)

func TestACommitteeMemberAndALeaderMayNotUseACodeMeantForSomebodyElse(t *testing.T) {
	s := newStage(t).approved()
	codes := s.codes("03-02 09:00", "邀评 3月 服务对象 2")
	s.visitors("访客甲", "高远")
	s.above("刘洋二", false, true)
	s.until("03-13 13:30")
	s.play(line{"03-13 13:50", "张三", group, "签到", ""})
	s.until("03-13 18:01")
	s.play(
		line{"03-13 19:01", "林海", private, "评分 " + codes[0] + " 5 4 5 5", "是给服务对象的，您是机关党委的同志 & 签到后直接测评"},
		line{"03-13 19:02", "何军", private, "满意 " + codes[0], "党支部的党员，不能用 & 其他支部"},
		line{"03-13 19:03", "访客甲", private, "满意 " + codes[0], "已收到"},
	)
	s.remembers(
		`03-13 19:00 林海 测评 第一支部 {"Rule":"R26","Code":"forbidden","Certain":true}`,
		`03-13 19:00 何军 测评 第一支部 {"Rule":"R26","Code":"forbidden","Certain":true}`,
	)
}

func TestAnOutsiderCannotRateASecondTimeInANewSession(t *testing.T) {
	s := newStage(t).approved()
	codes := s.codes("03-02 09:00", "邀评 3月 服务对象 3")
	for _, key := range []string{"甲", "乙"} {
		s.net.friend(key, "")
		one := s.net.people[key]
		one.Friend = true
		s.net.people[key] = one
	}
	s.until("03-13 13:30")
	s.play(line{"03-13 13:50", "张三", group, "签到", ""})
	s.until("03-13 18:01")
	s.play(line{"03-13 18:05", "甲", private, "满意 " + codes[0], "已收到"})
	s.net.session = "s2"
	for key, one := range s.net.people { // a new session: every id is another one
		one.ID += "/s2"
		s.net.people[key] = one
	}
	s.play(
		line{"03-13 19:05", "甲", private, "满意 " + codes[1], "您已经用码测评过"},
		line{"03-13 19:06", "乙", private, "满意 " + codes[1], "已收到"},
	)
}

func TestAnOutsiderIsKnownAgainInANewSessionByANicknameThatNobodyElseBears(t *testing.T) {
	friends := func(all ...themeday.Sighting) themeday.Scene {
		n := newNetwork()
		for _, f := range all {
			f.Friend = true
			n.keys, n.people[string(f.ID)] = append(n.keys, string(f.ID)), f
		}
		return themeday.Scene{Directory: n}
	}
	anna := themeday.Sighting{ID: "@1", Nick: "安娜", Friend: true}
	for _, c := range []struct {
		name  string
		scene themeday.Scene
		s     themeday.Sighting
		want  string
	}{
		{"the only one of the name", friends(anna), anna, "nick/安娜"},
		{"another bears it too", friends(anna, themeday.Sighting{ID: "@2", Nick: "安娜"}), anna, ""},
		{"a remark tells them apart", friends(themeday.Sighting{ID: "@1", Nick: "安娜", Remark: "服务对象安娜"}, themeday.Sighting{ID: "@2", Nick: "安娜"}), themeday.Sighting{ID: "@1", Nick: "安娜", Remark: "服务对象安娜"}, "remark/服务对象安娜"},
		{"no name at all", friends(anna), themeday.Sighting{ID: "@3"}, ""},
	} {
		got := ""
		for _, k := range c.scene.KnownAs(c.s) {
			got += k
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
