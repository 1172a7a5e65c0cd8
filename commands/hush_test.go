package commands

import (
	"testing"

	"themeday"
)

func TestWhatHoldsForEverybodyIsToldAGroupOnceAnHour(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-13 10:00", "张三", group, "签到", "签到尚未开始"},
		line{"03-13 10:01", "李四", group, "签到", ""},
		line{"03-13 10:02", "吴青", group, "签到", ""},
		line{"03-13 10:03", "张三", private, "签到", "签到尚未开始"},    // who asks in private is answered
		line{"03-13 10:04", "刘洋二", group2, "签到", "还没有排定主题党日"}, // another group has not read it
		line{"03-13 10:20", "张三", group, "撤销", "没有可撤销的操作"},    // his own affair
		line{"03-13 10:21", "李四", group, "撤销", "没有可撤销的操作"},
		line{"03-13 10:59", "陈静", group, "签到", ""},
		line{"03-13 11:00", "陈静", group, "签到", "签到尚未开始"},
	)
}

func TestAnActivityThatIsNotApprovedIsSaidOnceAndNobodyIsSignedInBySilence(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-01 08:00", "王强", private, "固定日 每月第2个周五 14:00-18:00 会议室", "3月13日"},
		line{"03-13 13:50", "张三", group, "签到", "还没有审定"},
		line{"03-13 13:51", "李四", group, "到", ""},
		line{"03-13 13:52", "吴青", group, "签到", ""},
	)
	s.do(func(tx themeday.Tx) error {
		all, err := tx.SignIns("第一支部/2026-03")
		if len(all) > 0 {
			t.Errorf("signed in: %v", all)
		}
		return err
	})
}

func TestTheSignInCodeIsAskedForOnceAndAWrongOneIsToldToEverybody(t *testing.T) {
	s := newStage(t).open()
	s.play(line{"03-13 13:40", "王强", private, "签到码", "签到码"})
	s.play(
		line{"03-13 13:50", "张三", group, "签到", "要带签到码"},
		line{"03-13 13:51", "李四", group, "签到", ""},
		line{"03-13 13:52", "李四", group, "签到 0000", "签到码不对"},
		line{"03-13 13:53", "吴青", group, "签到 0000", "签到码不对"},
	)
}

func TestWhatConcernsHimAloneIsToldToEverybodyAnew(t *testing.T) {
	s := newStage(t).held()
	s.play(
		line{"03-13 19:30", "李四", group, "满意", "您没有签到记录"},
		line{"03-13 19:31", "李四", group, "满意", "您没有签到记录"},
	)
}
