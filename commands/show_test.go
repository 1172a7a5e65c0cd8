package commands

import "testing"

func TestTheActivityIsShownToEverybodyOfTheBranch(t *testing.T) {
	s := newStage(t)
	s.play(line{"03-01 07:00", "张三", private, "活动", "近期还没有排定主题党日"})
	s.approved().play(
		line{"03-02 09:00", "张三", group, "活动", "3月13日 & 14:00 & 党员活动室 & 学习党章 & 王强"},
		line{"03-02 09:00", "张三", private, "活動", "党员活动室"},
		line{"03-02 09:00", "张三", group, "活动室在哪", ""},
		line{"03-02 09:00", "张三", group, "活动 几点开始", ""},
		line{"03-02 09:00", "吴青", private, "活动", "第一支部3月 & 党员活动室"},
		line{"03-02 09:00", "吴青", private, "活动 第一支部", "党员活动室"},
		line{"03-02 09:00", "吴青", private, "活动 第二支部", "近期还没有排定"},
		line{"03-02 09:00", "吴青", group2, "活动", "近期还没有排定"},
		line{"03-02 09:00", "周红", private, "活动 第一支部", "您不在第一支部的名单上"},
		line{"03-02 09:00", "路人", group, "活动", ""},
	)
}

func TestListForecastAndProgressAreTheSecretarys(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-10 09:00", "张三", private, "请假 出差", "已转给书记"},
		line{"03-10 09:01", "王强", private, "名单", "1 & 王强 & 张三 & 请假待批 & 年老体弱 & !出差"},
		line{"03-10 09:01", "王强", group, "名單", "私:王强 & !出差"},
		line{"03-10 09:01", "王强", private, "预测", "9 & 8 & !出差"},
		line{"03-10 09:01", "王强", group, "預測 3月", "私:张三"},
		line{"03-10 09:01", "王强", private, "进度 3月", "① & 机关党委审定"},
		line{"03-10 09:01", "王强", group, "進度", "①"},
		line{"03-10 09:01", "王强", private, "进度3月", "①"},
		line{"03-10 09:01", "张三", group, "名单", ""},
		line{"03-10 09:01", "张三", private, "名单", "由主持人或书记来办"},
		line{"03-10 09:01", "张三", private, "预测", "由书记来办"},
		line{"03-10 09:01", "张三", group, "进度", ""},
		line{"03-10 09:01", "王强", group, "名单 在群文件里", ""},
		line{"03-10 09:01", "王强", group, "预测 一下", ""},
		line{"03-10 09:01", "王强", private, "进度 怎样", "请这样写：进度 3月"},
		line{"03-10 09:01", "王强", group, "名单发我一下", ""},
		line{"03-10 09:01", "王强", group, "进度怎么样", ""},
		line{"03-10 09:01", "周红", private, "名单 第一支部", "您不在第一支部的名单上"},
		line{"03-10 09:01", "周红", private, "名单", "周红 & 刘洋 & !王强"},
		line{"03-10 09:01", "周红", private, "预测", "还没有日期"},
	)
	s.secret("出差")
}
