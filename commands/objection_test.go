package commands

import (
	"strings"
	"testing"

	"themeday"
)

// posted are the posts of a kind about the stage's March, each as: to whom, whether sent.
func (s *stage) posted(kind themeday.Kind) []string {
	s.t.Helper()
	var out []string
	s.do(func(tx themeday.Tx) error {
		all, err := tx.ActivityPosts(themeday.ActivityOf(group, march), kind)
		for _, p := range all {
			to := string(p.To)
			for name, id := range s.people {
				if p.To == themeday.ToPerson && id == p.Person {
					to = name
				}
			}
			out = append(out, to+" "+string(p.State))
		}
		return err
	})
	return out
}

// rendered is what the posts of a kind say that wait to be sent.
func (s *stage) rendered(kind themeday.Kind, at string) string {
	s.t.Helper()
	var out []string
	s.do(func(tx themeday.Tx) error {
		all, err := tx.ActivityPosts(themeday.ActivityOf(group, march), kind)
		for _, p := range all {
			r, err := s.planner.Render(tx, p, s.clock(at))
			if err != nil {
				return err
			}
			out = append(out, r.Texts...)
		}
		return err
	})
	return strings.Join(out, "\n")
}

func (s *stage) inMarch(who string) bool {
	s.t.Helper()
	in := false
	s.do(func(tx themeday.Tx) error {
		all, err := tx.SignIns(themeday.ActivityOf(group, march))
		for _, one := range all {
			in = in || one.Person == s.people[who]
		}
		return err
	})
	return in
}

func TestAnObjectionToAProxySignInIsJudgedAndTheCommitteeHears(t *testing.T) {
	s := newStage(t).held()
	s.play(line{"03-13 18:30", "王强", private, "补签 赵六 手机坏了", "已为赵六补签"})
	s.until("03-13 18:31")
	s.play(
		line{"03-13 19:00", "赵六", private, "异议 3月 我没有到会", "已转书记和机关党委 & !24小时"},
		line{"03-13 19:01", "张三", private, "异议 成立 赵六 他没来", "异议由书记答复"},
		line{"03-13 19:01", "李敏", private, "异议 成立 张三 他没来", "异议由书记答复"},
		line{"03-13 19:02", "路人", private, "异议 成立 赵六 他没来", "还没有认出您"},
		line{"03-13 19:02", "周红", private, "异议 第一支部 成立 赵六 他没来", "您不在第一支部的名单上"},
		line{"03-13 19:02", "赵六", private, "异议 成立 赵六 我没来", "异议由书记答复"},
		line{"03-13 19:03", "王强", private, "异议 成立 赵六", "要写说明"},
		line{"03-13 19:03", "王强", private, "异议 成立", "请这样写：异议 成立 张三 说明"},
		line{"03-13 19:03", "王强", private, "异议 不成立 张三 没有的事", "张三没有等答复的异议"},
		line{"03-13 19:04", "林海", private, "异议 成立 赵六 说明", "请先写支部名"},
	)
	if said := s.rendered(themeday.ObjectionRaised, "03-13 19:05"); !strings.Contains(said, "这条是您录入的") || !strings.Contains(said, "异议 第一支部 3月 成立 赵六 说明") {
		t.Errorf("said:\n%s", said)
	}
	s.until("03-13 19:06")
	s.play(
		line{"03-13 19:10", "王强", private, "異議 不成立 赵六 3月 签到册上有本人签字", "赵六3月的异议：不成立，已告诉本人和机关党委"},
		line{"03-13 19:11", "王强", private, "异议 成立 赵六 看错了", "没有等答复的异议"},
	)
	s.until("03-13 19:12")
	if said := s.rendered(themeday.ObjectionAnswered, "03-13 19:13"); !strings.Contains(said, "您对3月主题党日记录的异议，王强答复：不成立。签到册上有本人签字") ||
		!strings.Contains(said, "这条是王强自己录入的") {
		t.Errorf("said:\n%s", said)
	}
	if !s.inMarch("赵六") {
		t.Error("a rejected objection took the sign-in back")
	}
	s.play(line{"03-14 09:00", "林海", private, "异议 第一支部 3月 成立 赵六 签字不是本人的", "成立，已告诉本人。签到已撤销"})
	if s.inMarch("赵六") {
		t.Error("an upheld objection left the sign-in")
	}
	s.play(
		line{"03-14 09:01", "赵六", private, "我的", "缺席 & 异议成立"},
		line{"03-14 09:02", "赵六", private, "我的 全部", "异议：我没有到会；林海答复：成立。签字不是本人的"},
		line{"03-14 09:03", "林海", private, "撤销", "已经生效，不能撤销"},
	)
}

func TestAnObjectionAfterADayIsTakenAndMarked(t *testing.T) {
	s := newStage(t).held()
	s.play(line{"03-13 18:30", "王强", private, "补签 赵六 手机坏了", "已为赵六补签"})
	s.until("03-13 18:31")
	s.play(
		line{"03-14 18:30", "赵六", private, "异议 3月 我没有到会", "!24小时"},
		line{"03-14 18:31", "赵六", private, "异议 3月 我真的没有到会", "已过24小时，照样受理"},
		line{"03-14 18:32", "赵六", private, "异议 3月 " + strings.Repeat("长", 201), "最多200字"},
		line{"03-14 18:40", "王强", private, "异议 成立 赵六 核对过", "成立"},
	)
	s.do(func(tx themeday.Tx) error {
		all, err := tx.Objections(group)
		for i, late := range []bool{false, true} {
			if all[i].Late != late || all[i].State != themeday.ObjectionUpheld || all[i].Against != s.people["王强"] {
				t.Errorf("%+v", all[i])
			}
		}
		entries, err2 := tx.ActivityEntries(themeday.ActivityOf(group, march))
		for _, e := range entries {
			if strings.Contains(string(e.Before)+string(e.After)+e.Why, "没有到会") || strings.Contains(string(e.After)+e.Why, "核对过") {
				t.Errorf("the words stand in %+v", e)
			}
		}
		check(t, err2)
		return err
	})
}

func TestTheSecretarysOwnObjectionIsTheDeputysAndTheCommittees(t *testing.T) {
	s := newStage(t).held()
	s.play(
		line{"03-13 19:00", "王强", private, "异议 3月 我是14点到的", "已转副书记李敏和机关党委"},
		line{"03-13 19:01", "王强", private, "异议 成立 王强 我定", "自己的异议不能自己定"},
	)
	want := []string{"李敏 planned", "林海 planned", "何军 planned"}
	for _, w := range want {
		if all := s.posted(themeday.ObjectionRaised); !strings.Contains(strings.Join(all, ","), w) || len(all) != len(want) {
			t.Errorf("told %q, want %q", all, w)
		}
	}
	s.play(line{"03-13 19:02", "李敏", private, "异议 不成立 王强 群里13:50就签了", "不成立，已告诉本人"})
}

func TestAnUnansweredObjectionIsTheSecretarysAfterThreeDaysAndTheCommitteesAfterSeven(t *testing.T) {
	s := newStage(t).held()
	s.play(line{"03-13 19:00", "赵六", private, "异议 3月 我到会了", "已转书记，双方"})
	s.until("03-17 08:59")
	if said := strings.Join(s.posted(themeday.ObjectionDue), ","); said != "secretary planned,何军 planned,林海 planned" && said != "secretary planned,林海 planned,何军 planned" {
		t.Errorf("planned %s", said)
	}
	if said := s.rendered(themeday.ObjectionDue, "03-17 09:00"); !strings.Contains(said, "赵六对3月主题党日记录的异议已经4天没有答复：我到会了") || !strings.Contains(said, "第一支部赵六") {
		t.Errorf("said:\n%s", said)
	}
	s.until("03-17 09:01")
	if all := strings.Join(s.posted(themeday.ObjectionDue), ","); !strings.Contains(all, "secretary sent") || !strings.Contains(all, "林海 planned") {
		t.Errorf("after three days %s", all)
	}
	s.play(line{"03-18 09:00", "王强", private, "异议 成立 赵六 门口监控看到他了", "成立，已告诉本人。确实到会的请发：补签 3月 赵六 事由"})
	s.until("03-25 09:00")
	if all := strings.Join(s.posted(themeday.ObjectionDue), ","); strings.Contains(all, "林海 sent") {
		t.Errorf("answered, and the committee hears of it: %s", all)
	}
	s.play(line{"03-25 09:01", "王强", private, "补签 3月 赵六 异议成立", "已为赵六补签"})
}

func TestALeaveThatAProxySignInEndedComesBackWithIt(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-10 09:00", "张三", private, "请假 出差", "已转给书记"}, line{"03-10 09:10", "王强", private, "准假 张三", "已准"})
	s.until("03-13 14:05")
	s.play(
		line{"03-13 14:06", "王强", private, "代签 张三 手机没电 确认", "已为张三代签"},
		line{"03-13 14:10", "张三", private, "异议 3月 我在外地", "已转书记和机关党委"},
		line{"03-13 14:11", "王强", private, "异议 成立 张三 认错人了", "签到已撤销"},
		line{"03-13 14:12", "张三", private, "我的", "请假已准 & !代签"},
	)
}

func TestEverybodySeesWhoLookedAtHisReasons(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-10 09:00", "张三", private, "请假 出差", "已转给书记"})
	s.until("03-10 09:01")
	s.play(
		line{"03-10 09:02", "张三", private, "我的", "看过您请假事由的：王强 3月10日，共1次 & 身份：按备注名确认 & !出差"},
		line{"03-10 09:03", "王强", private, "我的", "!看过您"},
		line{"03-11 09:03", "王强", private, "台账 2026", "内有请假事由"},
		line{"03-11 09:04", "林海", private, "台账 第一支部 2026", "表里不列"},
		line{"03-12 09:04", "张三", private, "我的", "王强 3月11日、王强 3月10日，共2次"},
		line{"03-12 09:05", "张三", private, "我的 全部", "事由：出差 & 共2次 & （台账） & （请假送批）"},
		line{"03-12 09:05", "张三", group, "我的 全部", ""},
		line{"03-12 09:06", "赵六", private, "我的 全部", "!看过您 & !出差"},
	)
}
