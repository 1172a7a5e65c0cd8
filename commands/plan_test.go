package commands

import (
	"testing"

	"themeday"
)

func TestAFixedDayIsReadHoweverItIsTyped(t *testing.T) {
	s := newStage(t)
	for said, want := range map[string]string{
		"固定日 每月第2个周五 14:00-18:00 党员活动室":      "04-10 14:00-18:00",
		"固定日：每月第二个星期五 14：00—18：00 党员活动室":     "04-10 14:00-18:00",
		"固定日 每月第二个星期五 下午2:00-6:00 党员活动室":     "04-10 14:00-18:00",
		"固定日 每月第二个星期五 下午2点到6点 党员活动室":         "04-10 14:00-18:00",
		"固定日 每月第二個週五，下午2點至下午6點，党员活动室":        "04-10 14:00-18:00",
		"固定日 每月第二个星期五下午两点到六点 党员活动室":          "04-10 14:00-18:00",
		"固定日　每月最后一个周五　１４:００－１８:００　党员活动室":     "04-24 14:00-18:00",
		"固定日 每月15日 上午8:30-12:30 党员活动室":       "04-15 08:30-12:30",
		"固定日 每月15号 14点-18点 党员活动室":            "04-15 14:00-18:00",
		"@党建助手\u2005固定日 每月二十日 14时到18时 党员活动室": "04-20 14:00-18:00",
	} {
		s.play(line{"03-01 08:00", "王强", private, said, "第一支部固定日：每月"})
		a := s.activityOf(group, march.Next())
		if got := s.desk().Local(a.Starts).Format("01-02 15:04-") + s.desk().Local(a.Ends).Format("15:04"); got != want || a.Place != "党员活动室" {
			t.Errorf("%q: April is on %s in %q, want %s", said, got, a.Place, want)
		}
	}
}

func TestAFixedDayThatCannotBeIsRefusedWithTheWayOut(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-01 08:00", "王强", private, "固定日", "请这样写：固定日 每月第2个周五"},
		line{"03-01 08:00", "王强", private, "固定日每月15号 14点-18点 党员活动室", "您是不是要发：固定日 每月第2个周五"},
		line{"03-01 08:00", "王强", private, "固定日 周五", "没有看懂是每月哪一天"},
		line{"03-01 08:00", "王强", private, "固定日 每月第2个周五", "请写起止时间"},
		line{"03-01 08:00", "王强", private, "固定日 每月第2个周五 14:00-18:00", "请写地点"},
		line{"03-01 08:00", "王强", private, "固定日 每月第2个周五 14:00-16:00 会议室", "R02"},
		line{"03-01 08:00", "王强", private, "固定日 每月32日 14:00-18:00 会议室", "一个月没有32日"},
		line{"03-01 08:00", "张三", private, "固定日 每月15日 14:00-18:00 会议室", "由书记来办"},
		line{"03-01 08:00", "林海", private, "固定日 第一支部 每月15日 14:00-18:00 会议室", "不在第一支部的名单上"},
	)
	if s.activity().Dated() {
		t.Error("a refused fixed day has dated March")
	}
}

func TestTheYearsPlanIsShownAndFiledOnce(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-01 08:00", "王强", private, "年度计划", "还没有排日期 & 固定日"},
		line{"03-01 08:00", "王强", private, "年度计划 2026 报备", "还没有日期"},
	)
	s.planned().play(
		line{"03-01 09:00", "王强", private, "年度計劃 2026", "第一支部 & 3月13日 & 12月11日"},
		line{"03-01 09:00", "王强", private, "计划", "3月13日"},
		line{"03-01 09:00", "王强", private, "年度计划 2026年", "3月13日"},
		line{"03-01 09:00", "林海", private, "计划 第一支部 2026", "3月13日"},
		line{"03-01 09:00", "林海", private, "第一支部 年度计划", "3月13日"},
		line{"03-01 09:00", "林海", private, "年度计划 第一支部 2026 报备", "由支部书记来办"},
		line{"03-01 09:00", "王强", private, "年度计划 2026 上报吧", "报备请发：年度计划 2026 报备"},
		line{"03-01 09:01", "王强", private, "年度计划2026报备", "备案 & 逾期"},
		line{"03-01 09:02", "王强", private, "年度计划 报备", "已于3月1日报备 & 没有变化，不用再报"},
		line{"03-01 09:03", "张三", private, "年度计划 2026", "由书记来办"},
	)
}

func TestTheMonthIsArrangedTopicByTopic(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-01 08:00", "王强", private, "报审 3月", "还没有日期"},
		line{"03-01 08:00", "王强", private, "固定日 每月第2个周五 14:00-18:00 党员活动室", "3月13日"},
		line{"03-01 08:01", "王强", private, "报审", "缺第①步 & 主题 3月"},
		line{"03-01 08:02", "王强", private, "主题", "请写主题"},
		line{"03-01 08:03", "王强", private, "主题 三月份 植树；清扫社区", "3月主题：植树；清扫社区 & 内容 3月 政治学习"},
		line{"03-01 08:04", "王强", private, "报审 3月", "没有政治学习或党性锻炼，不能报审"},
		line{"03-01 08:05", "王强", private, "內容 3月 政治学习、党性锻炼，志愿服务", "3月内容：政治学习、党性锻炼、志愿服务"},
		line{"03-01 08:06", "王强", private, "议程 3月 1.重温誓词 2.学习讨论 3.总结", "共3项"},
		line{"03-01 08:06", "王强", private, "议程 3月\n一、重温誓词\n二、学习讨论", "共2项"},
		line{"03-01 08:06", "王强", private, "議程：重温誓词；学习讨论；总结；散会", "共4项"},
		line{"03-01 08:07", "王强", private, "報審", "3月主题党日已报机关党委审定"},
		line{"03-01 08:08", "王强", private, "报审 3月份", "正在等机关党委审定"},
		line{"03-01 08:09", "林海", private, "审定 第一支部", "已审定"},
		line{"03-01 08:10", "王强", private, "报审 3月", "已经审定，不用再报"},
		line{"03-01 08:11", "王强", private, "主题 3月 换一个", "请机关党委先退回"},
		line{"03-01 08:12", "王强", private, "议程 3月 1.只改议程", "共1项"},
	)
	s.until("03-13 14:20")
	s.play(line{"03-13 15:00", "王强", private, "议程 3月 1.再改", "已经开始"})
}

func TestOthersDoNotArrangeAndTheirTalkIsNotAnswered(t *testing.T) {
	s := newStage(t).planned()
	s.play(
		line{"03-02 08:00", "张三", group, "主题 3月 是什么", ""},
		line{"03-02 08:00", "张三", group, "主题是什么", ""},
		line{"03-02 08:00", "王强", group, "主题班会几点", ""},
		line{"03-02 08:00", "张三", private, "主题 3月 我来定", "“主题”由书记来办"},
		line{"03-02 08:00", "李敏", private, "报审 3月", "“报审”由书记来办"},
		line{"03-02 08:00", "周红", private, "主题 第一支部 3月 我来定", "您不在第一支部的名单上"},
		line{"03-02 08:00", "路人", private, "主题 3月 我来定", "还没有认出您"},
	)
	if a := s.activity(); a.Topic() != "学习党章；重温入党誓词" {
		t.Errorf("the topic is %q", a.Topic())
	}
}

func TestAnOfficeNeedsSomebodyWhoIsCertainlyHe(t *testing.T) {
	s := newStage(t)
	s.net.people["王强"] = themeday.Sighting{ID: "@王强"}
	s.net.groups[group][0] = themeday.Sighting{ID: "@王强", Card: "王强"}
	s.play(line{"03-02 08:00", "王强", group, "固定日 每月15日 14:00-18:00 会议室", "为防冒名，请先绑定身份"})
}

func TestContentThatWasReadFromTheTopicsGoesWithThem(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-01 08:00", "王强", private, "固定日 每月第2个周五 14:00-18:00 党员活动室", "3月13日"},
		line{"03-01 08:01", "王强", private, "主题 3月 学习党章", "内容按主题记为：政治学习"},
		line{"03-01 08:02", "王强", private, "报审 3月", "内容按主题记为：政治学习"},
		line{"03-01 08:03", "王强", private, "主题 3月 联欢聚餐", "下一步请发：内容 3月"},
		line{"03-01 08:04", "王强", private, "报审 3月", "没有政治学习或党性锻炼，不能报审"},
		line{"03-01 08:05", "王强", private, "主题 3月 重温入党誓词", "内容按主题记为：党性锻炼"},
		line{"03-01 08:06", "王强", private, "内容 3月 政治学习、志愿服务", "志愿服务"},
		line{"03-01 08:07", "王强", private, "主题 3月 学习党章", "3月主题：学习党章 & !内容按主题"},
		line{"03-01 08:08", "王强", private, "报审 3月", "已报机关党委审定 & !内容按主题"},
	)
}

func TestTopicsThatAreAnnouncedStand(t *testing.T) {
	s := newStage(t).approved()
	s.until("03-08 09:01")
	s.play(line{"03-09 08:00", "王强", private, "主题 3月 换一个", "预告已经发出，主题和内容不能再改 & 议程 3月 & !退回"},
		line{"03-09 08:01", "王强", private, "内容 3月 志愿服务", "预告已经发出"}, line{"03-09 08:02", "王强", private, "议程 3月 1.学习 2.讨论", "共2项"})
}
