package commands

import (
	"testing"

	"themeday"
)

func TestEverybodySeesHisOwnRecordInPrivate(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-10 09:00", "张三", private, "请假 出差", "已转给书记"}, line{"03-10 09:01", "张三", private, "我的", "张三 & 下一次：3月13日 & 请假待批 & !出差"})
}

func TestEverybodySeesHisPastRecord(t *testing.T) {
	s := newStage(t).held()
	s.play(
		line{"03-14 09:00", "张三", private, "我的", "3月 & 13:50 & 本人"},
		line{"03-14 09:00", "赵六", private, "我的", "缺席 & 待补学"},
		line{"03-14 09:00", "张三", group, "我的", "私:13:50"},
		line{"03-14 09:00", "张三", group, "我的天", ""},
		line{"03-14 09:00", "张三", group, "我的 天", ""},
		line{"03-14 09:00", "路人", group, "我的", ""},
		line{"03-14 09:00", "路人", private, "我的", "还没有认出您"},
		line{"03-14 09:00", "吴青", private, "我的", "请先写支部名"},
		line{"03-14 09:00", "吴青", private, "我的 第一支部", "吴青 & 本人"},
	)
}

func TestAnObjectionMeansTheLastActivityElseTheNext(t *testing.T) {
	s := newStage(t)
	s.play(line{"03-01 07:00", "赵六", private, "异议 我到会了", "还没有可以提异议的记录"})
	s.approved().play(
		line{"03-10 08:00", "赵六", private, "请假 3月 发烧", "请假已转给书记"},
		line{"03-10 08:30", "王强", private, "不准 赵六 本次有表决", "未准"},
		line{"03-10 09:00", "赵六", private, "异议 请假没有准", "对3月记录的异议"},
	)
	s.until("04-01 09:00")
	s.play(line{"04-01 09:00", "赵六", private, "异议 我到会了", "对3月记录的异议"})
}

func TestAnObjectionReachesTheSecretary(t *testing.T) {
	s := newStage(t).held()
	s.play(
		line{"03-14 09:00", "赵六", private, "异议", "请这样写：异议 3月 我到会了"},
		line{"03-14 09:01", "赵六", private, "異議 3月 我到会了，手机坏了", "对3月记录的异议已转书记"},
		line{"03-14 09:02", "赵六", group, "异议：我到会了", "私:已转书记"},
		line{"03-14 09:02", "赵六", group, "异议很大", ""},
	)
	s.do(func(tx themeday.Tx) error {
		all, err := tx.Objections(group)
		if len(all) != 2 {
			t.Errorf("objections %+v, want two", all)
		}
		return err
	})
}
