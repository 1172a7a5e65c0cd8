package commands

import (
	"strings"
	"testing"

	"themeday"
)

func TestAFormerSecretaryWhoIsOfTheCommitteeNowDoesNotApproveWhatHeArranged(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-01 08:00", "王强", private, "固定日 每月第2个周五 14:00-18:00 党员活动室", "3月13日"},
		line{"03-01 08:01", "王强", private, "主题 3月 学习党章", "学习党章"},
		line{"03-01 08:02", "王强", private, "报审 3月", "已报"},
		line{"03-01 08:03", "王强", private, "主题 4月 学习条例", "学习条例"},
		line{"03-01 08:04", "王强", private, "移交 张三 确认", "已报机关党委"},
		line{"03-01 08:05", "林海", private, "移交 同意 第一支部", "已移交给张三"},
	)
	s.above("王强", true, false)
	s.play(
		line{"03-03 09:00", "王强", private, "审定 第一支部 3月", "您在第一支部任职时安排或报审的 & 请机关党委其他同志来"},
		line{"03-03 09:01", "王强", private, "退回 第一支部 3月 再议", "您在第一支部任职时"},
		line{"03-03 09:02", "张三", private, "报审 4月", "已报"},
		line{"03-03 09:03", "王强", private, "审定 第一支部 4月", "您在第一支部任职时"},
		line{"03-03 09:04", "张三", private, "主题 5月 学习党史", "学习党史"},
		line{"03-03 09:05", "张三", private, "报审 5月", "已报"},
		line{"03-03 09:06", "王强", private, "审定 第一支部 5月", "已审定"}, // he had no hand in it
		line{"03-03 09:07", "林海", private, "审定 第一支部 3月", "已审定"},
	)
	s.remembers(
		`03-03 09:00 王强 审定 第一支部 {"Rule":"R18","Code":"forbidden","Certain":true}`,
		`03-03 09:01 王强 退回 第一支部 {"Rule":"R18","Code":"forbidden","Certain":true}`,
	)
}

func TestAFormerSecretaryDoesNotPassTheRectificationOfHisOwnTime(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-01 08:00", "林海", private, "整改 第一支部 30天 记录不全", "第1号"},
		line{"03-02 08:04", "王强", private, "移交 张三 确认", "已报机关党委"},
		line{"03-02 08:05", "林海", private, "移交 同意 第一支部", "已移交给张三"},
		line{"03-03 08:05", "张三", private, "整改 措施 已补齐", "已交机关党委复查"},
	)
	s.above("王强", true, false)
	s.play(
		line{"03-04 09:00", "王强", private, "整改 第一支部 通过", "自己支部的整改请机关党委其他同志复查"},
		line{"03-04 09:01", "林海", private, "整改 第一支部 退回 不具体", "已退回"},
		line{"03-04 09:02", "林海", private, "整改 第一支部 退回 不具体", "已经退回，支部还没有重交 & 整改 1号 措施"},
	)
}

func TestWhyOfAPostAboutARectificationTellsTheFactsBehindIt(t *testing.T) {
	s := newStage(t).rated(2, 2, 2)
	s.until("03-20 09:00")
	s.play(line{"03-31 09:00", "王强", private, "整改 措施 请党员提前点题", "已交机关党委复查"})
	s.until("03-31 09:01")
	s.play(
		line{"03-31 09:02", "林海", private, "为什么", "第七条·R28 & 第一支部整改第1号（来源：测评 & 前完成，现在：待复查 & 3月31日 措施 王强：请党员提前点题 & 1月40% & 逐次看请发：为什么 评先 第一支部 2026"},
		line{"03-31 09:03", "林海", private, "整改 第一支部 退回 不具体", "已退回"},
	)
	s.until("03-31 09:04")
	s.play(
		line{"03-31 09:05", "王强", private, "为什么", "第七条·R28 & 退回 林海：不具体 & 现在：退回重改"},
		line{"03-31 09:05", "张三", private, "为什么", "!整改"},
		line{"03-31 09:05", "王强", group, "为什么", "!整改"},
	)
}

func TestAProxySignInForSomebodyOnLeaveIsAskedTwiceAndItsReasonIsKeptWhenItIsTakenBack(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-10 09:00", "张三", private, "请假 出差", "已转给书记"}, line{"03-10 09:10", "王强", private, "准假 张三", "已准"})
	s.until("03-13 14:05")
	s.play(
		line{"03-13 14:06", "王强", private, "代签 张三 手机没电", "张三3月的请假 & 准了 & 代签 张三 手机没电 确认"},
		line{"03-13 14:06", "王强", group, "代签 张三 手机没电", "私:确实到会了"},
	)
	s.want("signed in", s.signins(group))
	s.play(line{"03-13 14:07", "王强", private, "代签 张三 手机没电 确认", "已为张三代签"}, line{"03-13 14:08", "王强", private, "撤销", "已撤销：代签"})
	s.want("leaves", s.leaves(), "张三 granted")
	s.do(func(tx themeday.Tx) error {
		all, err := tx.EntriesAbout("signin", "")
		kept := ""
		for _, e := range all {
			kept += e.Why
		}
		if !strings.Contains(kept, "撤销的代签，事由：手机没电") {
			t.Errorf("the ledger keeps %q", kept)
		}
		return err
	})
	if n := len(s.posts(themeday.Corrected)); n != 1 {
		t.Errorf("he is told %d times that it was taken back, want once", n)
	}
}
