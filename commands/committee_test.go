package commands

import (
	"strings"
	"testing"

	"themeday"
)

func TestTheCommitteeApprovesWhatWasSubmitted(t *testing.T) {
	s := newStage(t).planned()
	s.play(
		line{"03-01 09:00", "林海", private, "待审", "没有待审的"},
		line{"03-01 09:00", "林海", private, "审定 第一支部 3月", "还没有报审"},
		line{"03-01 09:01", "王强", private, "报审 3月", "已报机关党委审定"},
		line{"03-01 09:02", "林海", private, "待審", "第一支部 & 3月 & 学习党章"},
		line{"03-01 09:02", "林海", private, "审定", "请先写支部名 & 审定 第一支部"},
		line{"03-01 09:02", "林海", private, "审定 第九支部 3月", "没有“第九支部”这个支部"},
		line{"03-01 09:02", "林海", group, "审定 第九支部 3月", "私:没有“第九支部”这个支部"},
		line{"03-01 09:02", "林海", group2, "退回 第二支部 3月 再想想", "私:没有待审的报审"},
		line{"03-01 09:03", "林海", group2, "審定　第一支部　三月份", "私:已审定第一支部3月主题党日"},
		line{"03-01 09:04", "林海", private, "审定 第一支部 3月", "已经审定过了"},
		line{"03-01 09:04", "林海", private, "待审", "没有待审的"},
	)
	if !s.activity().Approved() {
		t.Error("March is not approved")
	}
}

func TestTheCommitteeSendsBackWithAReason(t *testing.T) {
	s := newStage(t).planned()
	s.play(
		line{"03-01 09:01", "王强", private, "报审 3月", "已报机关党委审定"},
		line{"03-01 09:02", "林海", private, "退回 第一支部 3月", "退回要写事由"},
		line{"03-01 09:03", "林海", private, "第一支部 退回 3月 缺少讨论环节", "已退回第一支部3月主题党日"},
		line{"03-01 09:04", "林海", private, "退回 第一支部 3月 再退一次", "没有待审的报审"},
		line{"03-01 09:05", "王强", private, "下一步", "被退回：缺少讨论环节"},
		line{"03-01 09:06", "王强", private, "报审 3月", "已报"},
		line{"03-01 09:07", "林海", private, "审定 第一支部", "已审定"},
	)
	s.until("03-08 09:01")
	s.play(line{"03-08 10:00", "林海", private, "退回 第一支部 3月 晚了", "预告已经发出，不能再退回"})
}

func TestOnlyTheCommitteeApprovesAndNobodyHisOwn(t *testing.T) {
	s := newStage(t).planned()
	s.play(
		line{"03-01 09:01", "王强", private, "报审 3月", "已报"},
		line{"03-01 09:02", "王强", private, "审定 第一支部 3月", "“审定”由机关党委来办"},
		line{"03-01 09:02", "周红", private, "待审", "“待审”由机关党委来办"},
		line{"03-01 09:02", "张三", group, "审定 第一支部 3月", "私:由机关党委来办"},
		line{"03-01 09:02", "路人", private, "审定 第一支部 3月", "还没有认出您"},
		line{"03-01 09:02", "张三", group, "待审的有哪些", ""},
		line{"03-01 09:03", "何军", private, "固定日 每月第2个周五 14:00-18:00 会议室", "3月13日"},
		line{"03-01 09:03", "何军", private, "主题 3月 学习党章", "学习党章"},
		line{"03-01 09:03", "何军", private, "报审 3月", "已报"},
		line{"03-01 09:04", "何军", private, "审定 第三支部 3月", "请机关党委其他同志审定"},
		line{"03-01 09:04", "何军", private, "退回 第三支部 3月 再改改", "请机关党委其他同志审定"},
		line{"03-01 09:05", "何军", private, "审定 第一支部 3月", "已审定第一支部3月"},
	)
}

func TestWhoArrangedItDoesNotApproveIt(t *testing.T) {
	for _, key := range []string{"李敏", "陈静"} {
		t.Run(key, func(t *testing.T) {
			s := newStage(t).planned()
			s.do(func(tx themeday.Tx) error {
				return tx.PutPerson(themeday.Person{ID: s.people[key], Name: key, Committee: true})
			})
			s.play(line{"03-01 09:01", "王强", private, "报审 3月", "已报"}, line{"03-01 09:02", key, private, "审定 第一支部 3月", "请机关党委其他同志审定"})
		})
	}
}

func TestTheCommitteeReadsWhatItMayNotType(t *testing.T) {
	s := newStage(t).planned()
	s.play(
		line{"03-01 09:00", "林海", private, "下一步 第一支部", "报机关党委审定 & !请发"},
		line{"03-01 09:01", "王强", private, "报审 3月", "已报"},
		line{"03-01 09:02", "林海", private, "下一步 第一支部", "等机关党委审定 & 请发：审定 第一支部 3月"},
		line{"03-01 09:02", "林海", private, "签到", "您不在任何支部的名单上 & R08 & !联系书记"},
		line{"03-01 09:03", "林海", private, "帮助", "审定 第一支部"},
	)
	if text := s.last.Text; strings.Index(text, "审定") > strings.Index(text, "签到") {
		t.Errorf("his own commands do not come first:\n%s", text)
	}
}

func TestTheCommitteeSeesFilingsAndReadsAnyBranch(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-01 10:00", "王强", private, "年度计划 2026 报备", "备案"},
		line{"03-01 10:01", "王强", private, "改期 3月20日 14:00 维修", "已向机关党委报备"},
		line{"03-01 10:02", "林海", private, "备案", "第一支部 & 3月1日 & 第二支部"},
		line{"03-01 10:02", "林海", private, "備案 2026年", "第一支部"},
		line{"03-01 10:02", "林海", private, "进度 第一支部 3月", "机关党委审定"},
		line{"03-01 10:02", "林海", private, "第一支部 下一步", "预告"},
		line{"03-01 10:02", "林海", private, "第一支部进度", "机关党委审定"},
		line{"03-01 10:02", "林海", private, "进度 3月 第一支部", "第一支部3月进度"},
		line{"03-01 10:02", "林海", private, "进度", "请先写支部名，例如：进度 第一支部"},
		line{"03-01 10:02", "张三", private, "备案", "由机关党委来办"},
		line{"03-01 10:02", "王强", private, "备案", "由机关党委来办"},
	)
	s.do(func(tx themeday.Tx) error {
		all, err := tx.Filings(2026)
		if len(all) != 1 {
			t.Errorf("filings %+v, want one", all)
		}
		return err
	})
}

func TestABranchThatThereIsNotIsCalledUnknown(t *testing.T) {
	s := newStage(t).planned()
	const unknown = "没有“第九支部”这个支部，相近的有：第一支部、第二支部、第三支部 & 只发“支部”看全部名称 & "
	s.play(
		line{"03-02 09:00", "林海", private, "审定 第九支部 3月", unknown + "审定 第一支部 & R18"},
		line{"03-02 09:01", "林海", private, "审定 3月 第九支部", unknown},
		line{"03-02 09:02", "林海", private, "退回 第九支部 3月 主题太空", unknown},
		line{"03-02 09:03", "林海", private, "情况 第九支部", unknown + "情况 第一支部"},
		line{"03-02 09:04", "林海", private, "情况 第9支部", "没有“第9支部” & 第一支部"},
		line{"03-02 09:05", "林海", private, "为什么 情况 第九支部", unknown + "为什么 情况 第一支部 & R33"},
		line{"03-02 09:06", "林海", private, "为什么 负担 第九支部", unknown},
		line{"03-02 09:07", "林海", private, "支部 第九支部", unknown},
		line{"03-02 09:08", "林海", private, "整改 第九支部 30天 补齐台账", unknown},
		line{"03-02 09:09", "何军", private, "情况 第九支部", unknown},
		line{"03-02 09:10", "林海", group, "审定 第九支部 3月", "私:没有“第九支部”"},
		line{"03-02 09:11", "林海", group, "情况 第九支部", ""},
		line{"03-02 09:12", "王强", private, "情况 第九支部", "“情况”后面只写支部名"},
	)
}
