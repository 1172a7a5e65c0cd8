package commands

import (
	"strings"
	"testing"

	"themeday"
)

func TestTheLongFormShowsAllThatIsStoredOfSomebody(t *testing.T) {
	s := newStage(t).held()
	s.do(func(tx themeday.Tx) error {
		return tx.PutPerson(themeday.Person{ID: s.people["张三"], Name: "张三", Phone: "13900000004"})
	})
	s.play(
		line{"03-13 18:10", "张三", private, "评分 5 5 5 5", "已收到"},
		line{"03-14 09:00", "张三", private, "我的 全部", "手机：13900000004 & 第一支部：正式、党员 & 测评：参加 3月 & 绑定： & 已确认 & 不记名，查不出来"},
		line{"03-14 09:01", "赵六", private, "我的 全部", "手机：没有登记 & 第一支部：预备 & 没有参加或不再保存 3月"},
		line{"03-14 09:02", "张三", private, "我的", "!13900000004 & !绑定："},
		line{"03-14 09:03", "张三", group, "我的 全部", ""},
	)
	if strings.Contains(s.inGroup(), "13900000004") {
		t.Error("a group reads a telephone number")
	}
}

func TestTheCommitteeLeadersAndGuestsSeeWhatIsStoredOfThem(t *testing.T) {
	s := newStage(t).guided().approved()
	s.play(line{"03-02 09:00", "王强", private, "列席 3月 周红 其他支部党员", "周红"})
	s.until("03-13 13:40")
	s.play(
		line{"03-13 13:45", "林海", private, "我的", "林海 & 今年还没有记录 & !不在任何支部"},
		line{"03-13 13:45", "林海", private, "我的 全部", "机关党委成员 & 流水里由您操作的"},
		line{"03-13 13:45", "罗明", private, "我的 全部", "联系领导，联系支部：第二支部"},
		line{"03-13 13:46", "周红", private, "第一支部 签到", "签到"},
		line{"03-13 13:47", "周红", private, "我的 第二支部 全部", "列席：第一支部3月（其他支部党员，13:46本人）"},
	)
}

func TestOfSomebodyWhoIsNotCertainlyHeTheTelephoneNumberIsNotShown(t *testing.T) {
	s := newStage(t).approved()
	s.do(func(tx themeday.Tx) error {
		return tx.PutPerson(themeday.Person{ID: s.people["李四"], Name: "李四", Phone: "13900000005"})
	})
	s.play(line{"03-10 09:00", "李四", group, "请假 出差", "私:已转给书记"}, line{"03-10 09:01", "李四", private, "我的 全部", "请先用绑定码确认身份 & !13900000005"})
}
