package commands

import (
	"fmt"
	"testing"

	"themeday"
)

func TestAMemberAsksForLeaveInPrivate(t *testing.T) {
	s := newStage(t).approved()
	for _, said := range []string{"请假 孩子发烧住院", "請假 孩子发烧住院", "请假，孩子发烧住院", "请假：孩子发烧住院", "请假:孩子发烧住院", "请假\n孩子发烧住院", "请假 3月 孩子发烧住院", "请假 三月份，孩子发烧住院", "@党建助手\u2005请假　孩子发烧住院"} {
		s.play(line{"03-10 09:00", "张三", private, said, "3月主题党日 & 已转给书记，等他批准 & !发烧"})
		s.want(said, s.leaves(), "张三 asked")
		s.do(func(tx themeday.Tx) error {
			all, err := tx.Leaves("第一支部/2026-03")
			if all[0].Reason != "孩子发烧住院" {
				t.Errorf("%q: the reason is kept as %q", said, all[0].Reason)
			}
			return err
		})
		s.play(line{"03-10 09:01", "张三", private, "销假", "已销假"})
	}
	s.secret("发烧")
}

func TestAReasonGivenInTheGroupIsNeverRepeatedThere(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-10 09:00", "张三", group, "请假 孩子发烧住院", "私:已转给书记 & 群里不用写"},
		line{"03-10 09:01", "李四", group, "请假 我也发烧", "私:已转给书记"},
		line{"03-10 09:05", "王强", group, "准假 张三", "私:张三3月的请假：已准"},
		line{"03-10 09:06", "王强", group, "不准 李四 要表决，发烧不严重", "私:李四3月的请假：未准"},
	)
	s.until("03-13 14:20")
	s.want("leaves", s.leaves(), "张三 granted", "李四 refused")
	s.secret("发烧")
}

func TestLeaveNeedsAReason(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-10 09:00", "张三", private, "请假", "请假要有事由 & 请假 事由 & R13"},
		line{"03-10 09:00", "张三", group, "请假", "私:请假要有事由"},
		line{"03-10 09:01", "张三", private, "请假 3月", "请假要有事由"},
		line{"03-10 09:02", "张三", private, "请假发烧", "您是不是要发：请假 事由"},
	)
	s.want("leaves", s.leaves())
}

func TestTalkOfLeavesIsNotAnsweredInTheGroup(t *testing.T) {
	s := newStage(t).approved()
	for _, said := range []string{"请假条在哪里", "请假怎么请", "我请假", "请假的人多吗", "销假了吗", "准假条件是什么", "销假 怎么弄"} {
		s.play(line{"03-10 09:00", "张三", group, said, ""})
	}
	s.want("leaves", s.leaves())
}

func TestLeaveTwiceLateAndAfterAll(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-10 09:00", "张三", private, "请假 出差", "已转给书记"},
		line{"03-10 09:01", "张三", private, "请假 出差到月底", "已转给书记"},
		line{"03-10 09:02", "王强", private, "准假 张三", "已准"},
		line{"03-10 09:02", "王强", private, "准假 张三", "已准"},
		line{"03-10 09:03", "张三", private, "请假 出差", "已经批准，不用再请"},
		line{"03-10 09:04", "张三", private, "销假", "已销假，3月13日 周五 14:00见"},
		line{"03-10 09:05", "张三", private, "銷假", "您没有请假"},
	)
	s.until("03-13 13:30")
	s.play(
		line{"03-13 13:31", "李敏", private, "签到", "已签到"},
		line{"03-13 13:32", "李敏", private, "请假 肚子疼", "您已经签到，不用请假"},
		line{"03-13 15:00", "李四", group, "请假 路上堵车", "私:已经开始，按事后请假记下，由书记决定"},
	)
	s.want("leaves", s.leaves(), "张三 cancelled", "李四 asked")
}

func TestWhoComesAfterAllReturnsFromLeaveBySigningIn(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-10 09:00", "张三", private, "请假 出差", "已转给书记"})
	s.until("03-13 13:30")
	s.play(line{"03-13 13:40", "张三", private, "签到", "已签到 & 请假已销"})
	s.want("leaves", s.leaves(), "张三 cancelled")
}

func TestOnlyTheSecretaryDecidesOnLeaves(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-10 09:00", "张三", private, "请假 出差", "已转给书记"},
		line{"03-10 09:01", "张三", private, "准假 张三", "“准假”由书记来办"},
		line{"03-10 09:01", "李敏", group, "准假 张三", "私:由书记来办"},
		line{"03-10 09:01", "周红", private, "准假 张三", "名单上没有“张三”"},
		line{"03-10 09:01", "周红", private, "准假 第一支部 张三", "您不在第一支部的名单上"},
		line{"03-10 09:01", "林海", private, "准假 第一支部 张三", "您不在第一支部的名单上"},
		line{"03-10 09:01", "林海", private, "准假 张三", "您不在任何支部的名单上"},
		line{"03-10 09:01", "路人", private, "准假 张三", "还没有认出您"},
		line{"03-10 09:01", "路人", group, "准假 张三", "私:名单上没有“路人”"},
		line{"03-10 09:02", "王强", private, "准假 张四", "名单上没有“张四” & 名单"},
		line{"03-10 09:02", "王强", private, "准假 张三、李四", "一次只写一位同志，请分开发：准假 张三"},
		line{"03-10 09:02", "王强", private, "準假 張飛", "名单上没有“張飛”"},
		line{"03-10 09:02", "王强", private, "准假 李四", "李四没有请假"},
		line{"03-10 09:02", "王强", private, "准假", "请这样写：准假 张三"},
		line{"03-10 09:02", "王强", private, "不准 张三", "不准假要写事由"},
		line{"03-10 09:03", "王强", private, "不准假 张三，本次有表决", "未准"},
	)
	s.want("leaves", s.leaves(), "张三 refused")
}

func TestTheSecretaryIsAMemberToo(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-10 09:00", "王强", private, "请假 党校学习", "已转给副书记李敏和机关党委 & !准假 王强"},
		line{"03-10 09:01", "王强", private, "下一步", "!准假"},
		line{"03-10 09:01", "王强", private, "准假 王强", "自己的假由副书记或机关党委准 & 李敏"},
		line{"03-10 09:01", "王强", group, "不准 王强 算了", "私:销假"},
	)
	s.want("leaves", s.leaves(), "王强 asked")
	s.play(line{"03-10 09:02", "李敏", private, "准假 王强", "王强3月的请假：已准"}, line{"03-10 09:03", "李敏", private, "准假 张三", "由书记来办"})
	s.want("leaves", s.leaves(), "王强 granted")
}

func TestTheCommitteeDecidesOnTheLeaveOfASecretary(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-10 09:00", "王强", private, "请假 党校学习", "已转给"})
	s.hears("03-10 09:00", themeday.LeaveAskedPost, "李敏", "准假 王强")
	s.hears("03-10 09:00", themeday.LeaveAskedPost, "林海", "准假 第一支部 王强")
	s.play(
		line{"03-10 09:02", "林海", private, "不准 第一支部 王强", "要写事由"},
		line{"03-10 09:02", "何军", private, "准假 第一支部 李敏", "您不在第一支部的名单上"},
		line{"03-10 09:03", "林海", private, "准假 第一支部 王强", "王强3月的请假：已准"},
	)
	s.want("leaves", s.leaves(), "王强 granted")
}

func TestTheLeaveOfASecretaryWithoutADeputyIsForTheCommittee(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-01 08:00", "周红", private, "固定日 每月第2个周五 14:00-18:00 会议室", "3月13日"},
		line{"03-10 09:00", "周红", private, "请假 出差", "已转给机关党委其他同志 & !准假"},
		line{"03-10 09:01", "周红", private, "准假 周红", "自己的假请机关党委其他同志准 & 准假 第二支部 周红"},
		line{"03-10 09:02", "周红", private, "下一步", "!周红"},
	)
	s.until("03-10 09:02")
	if told := s.toldOf("第二支部", themeday.LeaveAskedPost); fmt.Sprint(told) != fmt.Sprint([]themeday.PersonID{s.people["何军"], s.people["林海"]}) { // both of the committee
		t.Errorf("told: %v", told)
	}
	s.remembers(`03-10 09:01 周红 准假 第二支部 {"Rule":"R13","Code":"forbidden","Certain":true}`)
	s.play(line{"03-10 09:03", "林海", private, "准假 第二支部 周红", "周红3月的请假：已准"})
}

func TestNobodyDecidesOnHisOwnLeaveEvenWhereThereIsNobodyElse(t *testing.T) {
	s := newStage(t)
	s.play(line{"03-01 08:00", "何军", private, "固定日 每月第2个周五 14:00-18:00 会议室", "3月13日"})
	s.do(func(tx themeday.Tx) error {
		return tx.PutPerson(themeday.Person{ID: s.people["林海"], Name: "林海"})
	})
	s.play(
		line{"03-10 09:00", "何军", private, "请假 出差", "已记为待批 & 不能自己准 & !准假 何军"},
		line{"03-10 09:01", "何军", private, "准假 何军", "自己的假不能自己准 & 导入名册补上"},
		line{"03-10 09:02", "何军", private, "准假 第三支部 何军", "自己的假不能自己准"},
	)
}

func TestASecretaryOfTheCommitteeDoesNotDecideOnHisOwnLeaveButAnotherMemberOfItDoes(t *testing.T) {
	s := newStage(t)
	s.do(func(tx themeday.Tx) error {
		return tx.PutPerson(themeday.Person{ID: s.people["刘洋二"], Name: "刘洋", Committee: true})
	})
	s.play(
		line{"03-01 08:00", "何军", private, "固定日 每月第2个周五 14:00-18:00 会议室", "3月13日"},
		line{"03-10 09:00", "何军", private, "请假 出差", "已转给机关党委其他同志"},
		line{"03-10 09:01", "何军", private, "准假 第三支部 何军", "自己的假请机关党委其他同志准"},
		line{"03-10 09:02", "林海", private, "准假 第三支部 何军", "何军3月的请假：已准"},
	)
}

func TestTheSameLeaveASecondTimeIsThereAlready(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-10 09:00", "张三", private, "请假 出差", "已转给书记"},
		line{"03-10 09:01", "张三", private, "请假 3月 出差", "已经记下 & 不用再请"},
		line{"03-10 09:02", "张三", private, "请假 出差，下周才回", "已转给书记"},
	)
	if n := len(s.posts(themeday.LeaveAskedPost)); n != 2 {
		t.Errorf("the secretary was asked %d times, want 2", n)
	}
}

func TestALeaveThatWasNotAskedForCannotBeGranted(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-10 09:00", "王强", private, "准假 李四", "李四没有请假，不用准 & 请假 事由"},
		line{"03-10 09:01", "张三", private, "请假 出差", "已转给书记"},
		line{"03-10 09:02", "王强", private, "准假 4月 张三", "张三没有请假"},
		line{"03-10 09:03", "王强", private, "准假 3月 张三", "张三3月的请假：已准"},
	)
}

func TestADayInAReasonIsNoMonth(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-10 09:00", "张三", private, "请假 12月 15日住院", "3月主题党日"}, line{"03-10 09:01", "张三", private, "销假", "已销假，3月13日"})
	s.play(line{"03-10 09:02", "张三", private, "请假 13月 有事", "没有13月"})
	s.until("03-13 14:20")
	s.play(line{"03-13 14:30", "张三", private, "请假 堵车", "事后请假"}, line{"03-13 14:31", "张三", private, "销假", "已销假。到场后请发：签到 & !见"})
}

func TestAGuestNeedsNoLeave(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-02 09:00", "王强", private, "列席 3月 钱伟 积极分子", "列席"})
	s.net.stranger("钱伟")
	s.play(line{"03-10 09:00", "钱伟", group, "请假 有事", "私:列席的同志不用请假"})
}
