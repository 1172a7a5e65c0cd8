package commands

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
)

func TestAnInspectionIsRecordedByOthersThanThoseWhoLeadTheBranch(t *testing.T) {
	newStage(t).play(
		line{"03-20 09:00", "林海", private, "巡查", "没有未销号的巡查问题 & 巡查 支部名 3月 现场 情况"},
		line{"03-20 09:00", "王强", private, "巡查 第二支部 3月 现场 很好", "由机关党委来办"},
		line{"03-20 09:00", "张三", private, "巡查", "由机关党委来办"},
		line{"03-20 09:00", "张三", group, "巡查 第一支部 3月 现场 很好", ""},
		line{"03-20 09:00", "路人", private, "巡查", "还没有认出您"},
		line{"03-20 09:00", "林海", group, "巡查 今天有人来吗", ""},
		line{"03-20 09:00", "林海", private, "巡查 3月 现场 很好", "请写明支部"},
		line{"03-20 09:00", "林海", private, "巡查 第九支部 3月 现场 很好", "请写明支部"},
		line{"03-20 09:00", "林海", private, "巡查 第一支部 3月 参观 很好", "请写明支部，这样写"},
		line{"03-20 09:00", "林海", private, "巡查 第一支部 3月 现场", "巡查要写看到的情况"},
		line{"03-20 09:00", "林海", private, "巡查 第一支部 4月 现场 很好", "4月还没有到"},
		line{"03-20 09:00", "林海", private, "巡查 第一支部 3月 现场 3月21日 很好", "不能晚于今天"},
		line{"03-20 09:01", "林海", private, "巡查 第一支部 3月 现场 3月13日 按时开展，记录齐全", "已记下巡查第1号：第一支部3月主题党日（现场，3月13日） & !随机"},
		line{"03-20 09:02", "林海", group, "巡查 第二支部 资料 台账齐全", "私:已记下巡查第2号：第二支部3月主题党日（资料，3月20日）"},
		line{"03-20 09:03", "何军", private, "巡查 第三支部 3月 现场 很好", "不能巡查自己任书记或支委的支部"},
		line{"03-20 09:03", "何军", private, "巡查 第三支部 3月 问题 其他 很好", "不能巡查自己任书记或支委的支部"},
		line{"03-20 09:04", "何军", private, "巡查 3月 現場 很好", "请写明支部"},
		line{"03-20 09:05", "何军", private, "巡查 第一支部 3月 現場 很好", "已记下巡查第3号"},
	)
}

func TestAPartyGroupIsInspectedByItsName(t *testing.T) {
	s := newStage(t)
	s.do(func(tx themeday.Tx) error {
		for _, b := range []themeday.BranchID{group, group2} {
			roster, err := tx.Roster(b, themeday.Date{Year: 2026, Month: time.March, Day: 1})
			check(t, err)
			m := roster[1].Membership
			m.PartyGroup = "第一小组"
			check(t, tx.PutMembership(m))
		}
		return nil
	})
	s.play(
		line{"03-20 09:00", "林海", private, "巡查 第一支部 第一小组 3月 现场 很好", "第一支部第一小组3月"},
		line{"03-20 09:00", "林海", private, "巡查 第一支部 3月 第一小组 现场 很好", "第一支部第一小组3月"},
		line{"03-20 09:00", "林海", private, "巡查 第一支部 第二小组 3月 现场 很好", "请写明支部，这样写"},
		line{"03-20 09:00", "林海", private, "巡查 第一支部 第一小组 3月 问题 以会代活动 只开了会", "第一支部第一小组以会代训，第八条·R30"},
	)
}

func TestAFindingIsFollowedUntilItIsClosed(t *testing.T) {
	s := newStage(t)
	s.play(line{"03-20 08:59", "林海", private, "巡查 第一支部 3月 问题", "问题的类别是"})
	s.play(
		line{"03-20 09:00", "林海", private, "巡查 第一支部 3月 问题 迟到 很多", "问题的类别是"},
		line{"03-20 09:00", "林海", private, "巡查 第一支部 3月 问题 擅自变更", "问题要写说明"},
		line{"03-20 09:00", "林海", private, "巡查 第一支部 3月 问题 擅自变更 改到20日没有报备", "第1号（第一支部擅自变更，第二条·R05），限4月4日 24:00前整改"},
		line{"03-20 09:01", "林海", private, "巡查 第二支部 3月 问题 缩减时间 5天 只有两小时", "第2号（第二支部缩减时间，第二条·R02），限3月25日 24:00前"},
	)
	s.until("03-20 09:02")
	s.play(
		line{"03-20 09:02", "林海", private, "巡查", "第1号 第一支部3月（擅自变更）待整改，4月4日前 & 第2号 第二支部"},
		line{"03-20 09:02", "张三", private, "整改 巡查 1 措施 我来", "由书记来办"},
		line{"03-20 09:02", "周红", private, "整改 巡查 1 措施 我来", "没有销号的巡查问题是第2号"},
		line{"03-20 09:02", "林海", private, "整改 第一支部 巡查 1 措施 我来", "由支部书记来答"},
		line{"03-20 09:02", "何军", private, "整改 巡查 1 措施 我来", "没有要答的巡查问题"},
		line{"03-20 09:03", "王强", private, "整改", "第1号 第一支部3月（擅自变更）待整改 & 整改 巡查 1 措施 & !第2号"},
		line{"03-20 09:03", "王强", private, "整改 巡查 1 措施", "请写明采取了什么措施"},
		line{"03-20 09:03", "王强", private, "巡查 销号 1 好了", "由机关党委来办"},
		line{"03-20 09:04", "王强", private, "整改 巡查 措施 已补报备", "第1号的整改措施已交"},
	)
	s.until("03-20 09:04")
	s.want("the branch hears it", s.toldOf(group, themeday.InspectionFinding), "0")
	s.want("the committee hears of the answer", s.toldOf(group, themeday.InspectionHanded), fmt.Sprint(s.people["何军"]), fmt.Sprint(s.people["林海"]))
	s.play(
		line{"03-20 09:05", "林海", private, "巡查", "待复查 & 已补报备 & 巡查 销号 1 说明"},
		line{"03-20 09:06", "林海", private, "巡查 销号 1", "销号要写说明"},
		line{"03-20 09:06", "林海", private, "巡查 销号", "请写问题的编号"},
		line{"03-20 09:06", "林海", private, "巡查 销号 9 好了", "没有巡查问题第9号"},
		line{"03-20 09:06", "林海", private, "巡查 重开 1 没有写谁来办", "重新整改"},
		line{"03-20 09:06", "林海", private, "巡查 重开 1 再来", "不用重开"},
		line{"03-20 09:07", "王强", private, "整改 巡查 第1号 措施：由陈静办", "已交"},
		line{"03-20 09:08", "林海", group2, "巡查 銷號 1号 看过了", "私:第一支部的巡查问题第1号已销号"},
		line{"03-20 09:09", "林海", private, "巡查 销号 1 再来", "已销号，不用再办"},
		line{"03-20 09:09", "王强", private, "整改 巡查 1 措施 再来", "没有要答的巡查问题"},
		line{"03-20 09:10", "林海", private, "巡查 整改 1", "已销号，不能再转整改"},
		line{"03-20 09:10", "林海", private, "巡查 重开 1 又犯了", "重新整改"},
	)
	s.do(func(tx themeday.Tx) error {
		entries, err := tx.EntriesAbout("finding", "1")
		if len(entries) != 6 {
			t.Errorf("%d entries of the finding, want six", len(entries))
		}
		return err
	})
	for _, text := range s.public {
		if strings.Contains(text, "问题") || strings.Contains(text, "报备") {
			t.Errorf("a group reads %q", text)
		}
	}
}

// toldOf gives whom a kind of posts of a branch reached, in the order of the numbers; 0 is the secretary.
func (s *stage) toldOf(b themeday.BranchID, kind themeday.Kind) (out []string) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		all, err := tx.PostsOf(b, themeday.Sent)
		for _, p := range all {
			if p.Kind == kind {
				out = append(out, fmt.Sprint(p.Person))
			}
		}
		return err
	})
	slices.Sort(out)
	return out
}

func TestAFindingIsRemindedOfBothUntilItIsAnswered(t *testing.T) {
	s := newStage(t)
	s.play(line{"03-01 10:00", "林海", private, "巡查 第一支部 2月 问题 其他 记录简单", "限3月16日 24:00前"})
	s.until("03-18 10:00")
	want := []string{"inspection.due/1/2026-03-16/-3/secretary"}
	committee := []int64{int64(s.people["何军"]), int64(s.people["林海"])}
	slices.Sort(committee)
	for _, p := range committee {
		want = append(want, fmt.Sprintf("inspection.due/1/2026-03-16/-3/%d", p))
	}
	got := s.sent(themeday.InspectionDue)
	slices.Sort(got)
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("%s was not sent: %v", w, got)
		}
	}
	if len(got) != 9 {
		t.Errorf("sent %v, want three days, each to the secretary and two of the committee", got)
	}
	s.play(line{"03-18 11:00", "王强", private, "整改 巡查 措施 补齐了", "已交"})
	s.until("04-10 10:00")
	toSecretary := 0
	all := s.sent(themeday.InspectionDue)
	for _, key := range all {
		if strings.HasSuffix(key, "/secretary") {
			toSecretary++
		}
	}
	if toSecretary != 3 || len(all) != 3*3+5*2 {
		t.Errorf("%d to the secretary of %d in all: he answered, and the committee is reminded of its own delay until the seventh day", toSecretary, len(all))
	}
}

func TestAFindingMayBecomeARectification(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-20 09:00", "林海", private, "巡查 第一支部 3月 问题 以会代训 只开了会", "第1号"},
		line{"03-20 09:00", "林海", private, "巡查 第三支部 3月 问题 其他 没有党旗", "第2号"},
		line{"03-20 09:01", "林海", private, "巡查 整改 1 10天", "已转为第一支部的整改第1号，3月30日 24:00前"},
		line{"03-20 09:01", "林海", private, "巡查 整改 1", "已转为整改，不能再转"},
		line{"03-20 09:01", "何军", private, "巡查 整改 2", "请机关党委其他同志来办"},
		line{"03-20 09:01", "何军", private, "巡查 销号 2 好了", "请机关党委其他同志复查"},
		line{"03-20 09:02", "王强", private, "整改 巡查 1 措施 补开", "已转为整改，请发：整改 1号 措施"},
		line{"03-20 09:02", "林海", private, "巡查 销号 1 好了", "请先复查通过"},
		line{"03-20 09:02", "林海", private, "整改 第一支部 20天 补齐台账", "已请第一支部整改（第2号）"},
		line{"03-20 09:02", "王强", private, "为什么 情况", "整改第1号（巡查）待整改 & 第八条·R30 & 整改第2号（机关党委）待整改 & 第七条·R28"},
		line{"03-20 09:03", "王强", private, "整改 1号 措施 补开了一次活动", "已交机关党委复查"},
		line{"03-20 09:04", "林海", private, "整改 第一支部 1号 通过", "已通过"},
		line{"03-20 09:05", "林海", private, "巡查 销号 1 补开的活动看过了", "已销号"},
		line{"03-20 09:06", "林海", private, "巡查", "第2号 & !第1号"},
	)
	s.until("04-30 10:00")
	for _, key := range s.sent(themeday.InspectionDue) {
		if strings.HasPrefix(key, "inspection.due/1/") {
			t.Errorf("reminded of what became a rectification: %s", key)
		}
	}
}
