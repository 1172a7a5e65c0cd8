package commands

import "testing"

func TestTheNextStepNamesOneActionItsDeadlineItsRuleAndWhatToType(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-01 07:00", "王强", private, "下一步", "定下每月的固定日 & R03 & 请发：固定日 每月第2个周五"},
		line{"03-01 07:01", "王强", private, "固定日 每月第2个周五 14:00-18:00 党员活动室", "3月13日"},
		line{"03-01 07:02", "王强", private, "下一步", "还没有主题 & 3月7日前审定 & 请发：主题 3月"},
		line{"03-01 07:03", "王强", private, "主题 3月 植树", "植树"},
		line{"03-01 07:04", "王强", group, "下一步", "私:写3月活动内容 & 请发：内容 3月"},
		line{"03-01 07:05", "王强", private, "内容 3月 政治学习", "政治学习"},
		line{"03-01 07:06", "王强", private, "下一步", "报机关党委审定 & 请发：报审 3月"},
		line{"03-01 07:07", "王强", private, "报审", "已报"},
		line{"03-01 07:08", "王强", private, "下一步", "现在不用做什么，等机关党委审定"},
		line{"03-01 07:09", "林海", private, "审定 第一支部", "已审定"},
		line{"03-01 07:10", "王强", private, "下一步", "等3月预告（3月8日 09:00）"},
		line{"03-01 07:11", "张三", private, "请假 出差", "已转给书记"},
		line{"03-01 07:12", "王强", private, "下一步", "张三请假等您批 & 请发：准假 张三 & !出差"},
		line{"03-01 07:13", "王强", private, "准假 张三", "已准"},
	)
	s.until("03-13 13:30")
	s.play(line{"03-13 13:31", "王强", private, "下一步", "会前检查：党旗、徽章 & 请发：检查 全部"}, line{"03-13 13:32", "王强", private, "检查 全部", "完成"},
		line{"03-13 13:33", "李敏", group, "签到", ""}, line{"03-13 13:34", "王强", private, "下一步", "请发：开始"})
	s.until("03-13 14:20")
	s.play(line{"03-13 14:30", "王强", private, "下一步", "请发：结束"}, line{"03-13 18:00", "王强", group, "结束", ""})
	s.until("03-13 18:01")
	s.play(line{"03-13 18:02", "王强", private, "下一步", "等大家测评"}, line{"03-13 18:03", "李敏", group, "满意", ""},
		line{"03-13 18:04", "王强", private, "下一步", "写3月总结 & 3月15日 24:00 & 请发：总结 3月"}, line{"03-13 18:05", "王强", private, "总结 3月 很好", "已记下"},
		line{"03-13 18:06", "王强", private, "下一步", "上报3月纪实表 & R22 & 请发：上报 3月"}, line{"03-13 18:07", "王强", private, "上报 3月", "已上报"},
		line{"03-13 18:08", "张三", private, "补学 我学习了", "已收到"}, line{"03-13 18:09", "王强", private, "下一步", "张三交了补学，等您确认 & 请发：补学 过 张三"},
		line{"03-13 18:10", "王强", private, "补学 过 张三", "已补学"}, line{"03-13 18:11", "王强", private, "下一步", "4月主题党日还没有主题"})
}

func TestTheNextStepIsTheSecretarys(t *testing.T) {
	s := newStage(t).planned()
	s.play(line{"03-01 09:00", "张三", private, "下一步", "由书记来办"}, line{"03-01 09:00", "张三", group, "下一步怎么办", ""}, line{"03-01 09:00", "周红", private, "下一步", "固定日"})
}

func TestWhenNobodyHasSignedInTheSheetOnPaperIsNext(t *testing.T) {
	s := newStage(t).approved()
	s.until("03-13 14:20")
	s.play(line{"03-13 14:30", "王强", private, "下一步", "3月还没有人签到 & 期限：18:00 & 请发：纸 1-"}, line{"03-13 14:31", "王强", private, "进度", "3月进度"})
	s.until("03-13 18:10")
	s.play(line{"03-13 18:20", "王强", private, "下一步", "3月还没有人签到 & 3月15日 24:00前 & 请发：纸 1-"},
		line{"03-13 18:21", "王强", private, "纸 1-3", "录入3人"}, line{"03-13 18:22", "王强", private, "下一步", "等大家测评"})
}
