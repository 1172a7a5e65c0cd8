package commands

import "testing"

func TestHelpShowsWhatTheSpeakerMayUse(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-02 09:00", "张三", group, "帮助", "签到 & 请假 & !固定日 & !待审"},
		line{"03-02 09:00", "王强", group, "幫助", "签到 & !固定日"},
		line{"03-02 09:00", "王强", private, "帮助", "签到 & 固定日 & 上报 3月 & !待审"},
		line{"03-02 09:00", "陈静", private, "菜单", "记录 & !固定日"},
		line{"03-02 09:00", "林海", private, "帮助", "审定 & 待审 & !固定日"},
		line{"03-02 09:00", "何军", private, "帮助", "审定 & 固定日"},
		line{"03-02 09:00", "吴青", private, "帮助", "签到"},
		line{"03-02 09:00", "路人", private, "帮助", "绑定"},
		line{"03-02 09:00", "王强", private, "帮助 改期", "写法：改期 3月 3月20日 14:00 事由"},
		line{"03-02 09:00", "王强", private, "帮助 補學", "补学"},
		line{"03-02 09:00", "张三", group, "帮助一下…", ""},
		line{"03-02 09:00", "张三", group, "帮助 老人过马路", ""},
		line{"03-02 09:00", "张三", group, "帮助很大", ""},
	)
}

func TestInPrivateTheNearestCommandIsNamed(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-02 09:00", "张三", private, "我要请假", "您是不是要发：请假 事由"},
		line{"03-02 09:00", "张三", private, "签道", "您是不是要发：签到"},
		line{"03-02 09:00", "张三", private, "今天天气不错", "没有看懂。发“帮助”看能用的话"},
		line{"03-02 09:00", "张三", private, "固定日每月15日", "!固定日 每月第2个周五"},
		line{"03-02 09:00", "吴青", private, "你好", "没有看懂"},
		line{"03-02 09:00", "路人", private, "你好", "没有看懂 & 绑定"},
		line{"03-02 09:00", "张三", group, "今天天气不错", ""},
	)
}

func TestWhyExplainsTheLastPost(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-02 09:00", "张三", group, "为什么", "我还没有在这里主动发过消息"})
	s.until("03-08 09:01")
	s.play(
		line{"03-08 10:00", "张三", group, "为什么", "5天"},
		line{"03-08 10:00", "张三", group, "為什麼？", ""},
		line{"03-08 10:00", "张三", group, "为什么改时间", ""},
		line{"03-08 10:00", "张三", group, "为什么 这么早", ""},
		line{"03-08 10:00", "张三", private, "为什么", "还没有在这里主动发过消息"},
	)
}

func TestHelpShowsADelegatedHostWhatHeMayUse(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-02 09:00", "王强", private, "委托主持 3月 李敏 书记出差", "委托李敏主持"})
	s.until("03-13 13:30")
	s.play(line{"03-13 13:31", "李敏", private, "帮助", "开始 & 结束 & !固定日"}, line{"03-13 13:31", "张三", private, "帮助", "签到 & !结束"})
}
