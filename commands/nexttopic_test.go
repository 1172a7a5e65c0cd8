package commands

import "testing"

func TestTheNextStepNamesACompulsoryTopicThatThePlanLacks(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-01 07:00", "林海", private, "必选主题 4月 学习全会精神", "必选主题"},
		line{"03-01 07:01", "王强", private, "下一步", "定下每月的固定日 & 另有4月计划里还没有必选主题“学习全会精神” & 请发：主题 4月 必选 学习全会精神"},
		line{"03-01 07:02", "王强", private, "固定日 每月第2个周五 14:00-18:00 党员活动室", "3月13日"},
		line{"03-01 07:03", "王强", private, "主题 3月 学习党章", "学习党章"},
		line{"03-01 07:04", "王强", private, "下一步", "下一步：把3月安排报机关党委审定 & 另有4月计划里还没有必选主题“学习全会精神”"},
		line{"03-01 07:05", "王强", private, "报审 3月", "已报"},
		line{"03-01 07:06", "王强", private, "下一步", "下一步：4月计划里还没有必选主题“学习全会精神” & R16 & 请发：主题 4月 必选 学习全会精神 & !等机关党委"}, // instead of waiting
		line{"03-01 07:07", "林海", private, "下一步 第一支部", "等机关党委审定3月安排 & !必选"},
		line{"03-01 07:08", "王强", private, "主题 4月 必选 学习全会精神", "学习全会精神"},
		line{"03-01 07:09", "王强", private, "下一步", "等机关党委审定3月安排 & !必选"},
	)
}

func TestTheTopicComesBeforeTheApprovalOfItsMonth(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-01 07:00", "林海", private, "必选主题 3月 学习全会精神", "必选主题"},
		line{"03-01 07:02", "王强", private, "固定日 每月第2个周五 14:00-18:00 党员活动室", "3月13日"},
		line{"03-01 07:03", "王强", private, "下一步", "下一步：3月计划里还没有必选主题“学习全会精神” & 请发：主题 3月 必选 学习全会精神"},
		line{"03-01 07:04", "王强", private, "主题 3月 必选 学习全会精神", "学习全会精神"},
		line{"03-01 07:05", "王强", private, "下一步", "审定 & !必选主题"},
	)
}

func TestAClosedBranchHasNoNextStepAndNoCheckup(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-01 09:00", "林海", private, "支部 撤销 第二支部 人员调整", "撤销"},
	)
	s.play(
		line{"03-01 09:01", "林海", private, "支部 撤销 第二支部 人员调整 确认", "已撤销"},
		line{"03-02 09:02", "林海", private, "下一步 第二支部", "已于3月1日撤销，没有要办的事 & !固定日"},
		line{"03-02 09:02", "林海", private, "体检 第二支部 2026", "已于3月1日撤销"},
		line{"03-02 09:02", "林海", private, "体检 2026", "第一支部 & !第二支部"},
	)
}
