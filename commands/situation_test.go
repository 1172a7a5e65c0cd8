package commands

import (
	"strings"
	"testing"

	"themeday"
)

// askedFor brings March of 第一支部 to the committee at 08:20 on the first of March and leaves it there.
func (s *stage) askedFor() *stage {
	s.t.Helper()
	s.play(
		line{"03-01 08:00", "王强", private, "固定日 每月第2个周五 14:00-18:00 党员活动室", "3月13日"},
		line{"03-01 08:10", "王强", private, "年度计划 2026 报备", "备案"},
		line{"03-01 08:11", "王强", private, "主题 3月 学习党章", "3月主题：学习党章"},
		line{"03-01 08:20", "王强", private, "报审 3月", "已报机关党委审定"},
	)
	return s
}

func TestTheSituationIsTheSecretarysOwnListAndTheCommitteesExceptions(t *testing.T) {
	s := newStage(t).askedFor()
	s.play(
		line{"03-02 08:20", "王强", private, "情况", "第一支部没有要办的事"},
		line{"03-02 08:20", "林海", private, "情况", "【第一支部】 & 3月安排待审定（第六条·R18，还有5天，已等24小时）。请发：审定 第一支部 3月 & 另2个支部没有要看的 & 为什么 情况 第一支部"},
		line{"03-02 08:20", "林海", private, "情況 第一支部", "待审定 & !另"},
		line{"03-02 08:20", "林海", private, "第一支部 情况", "待审定 & !另"},
		line{"03-02 08:20", "林海", private, "情况 第二支部", "第二支部没有要办的事"},
		line{"03-02 08:20", "林海", group, "情况", "私:待审定"},
		line{"03-02 08:21", "李四", group, "请假 出差", "私:已转给书记"},
		line{"03-02 08:30", "王强", private, "情况", "李四请3月的假，等批（第三条·R13 & 请发：准假 李四 & !审定"},
		line{"03-02 08:30", "王强", group, "情况", "私:李四请3月的假 & !出差"},
		line{"03-02 08:30", "林海", private, "情况 第一支部", "李四请3月的假 & 审定 第一支部 3月 & !出差"},
		line{"03-02 08:30", "林海", private, "情况", "!李四"},
	)
	for _, text := range s.public {
		if strings.Contains(text, "等批") || strings.Contains(text, "待审定") {
			t.Errorf("a group reads %q", text)
		}
	}
}

func TestWhoMayAskForTheSituation(t *testing.T) {
	s := newStage(t).askedFor()
	s.play(
		line{"03-02 09:00", "张三", private, "情况", "由书记来办"},
		line{"03-02 09:00", "张三", group, "情况", ""},
		line{"03-02 09:00", "王强", group, "情况 不错", ""},
		line{"03-02 09:00", "王强", group, "情况不错", ""},
		line{"03-02 09:00", "林海", group, "情况 怎么样", ""},
		line{"03-02 09:00", "王强", private, "情况 怎么样", "后面只写支部名"},
		line{"03-02 09:00", "周红", private, "情况 第一支部", "您不在第一支部的名单上"},
		line{"03-02 09:00", "路人", private, "情况", "还没有认出您"},
		line{"03-02 09:00", "王强", private, "情", "情况"},
	)
}

func TestEveryLineOfTheSituationCanBeAskedWhy(t *testing.T) {
	s := newStage(t).askedFor()
	s.play(
		line{"03-02 08:20", "林海", private, "为什么 情况 第一支部", "3月安排待审定 & 第六条·R18： & 3月13日 14:00开展，3月7日 24:00前审定才能提前5天预告 & 3月1日 08:20报审 & 台账第"},
		line{"03-02 08:20", "林海", private, "为什么 情况", "第一支部1件，请发：为什么 情况 第一支部 & 2个支部没有这样的事"},
		line{"03-02 08:20", "林海", private, "为什么 情况 第三支部", "没有要办的事"},
		line{"03-02 08:20", "王强", private, "为什么 情况", "第一支部没有要办的事"},
		line{"03-02 08:20", "王强", private, "为什么 情况 第二支部", "支部书记只能查自己支部的"},
		line{"03-02 08:20", "张三", private, "为什么 情况 第一支部", "支部书记只能查自己支部的"},
		line{"03-02 08:20", "林海", private, "为什么 情况 第一支部 3月", "请这样写：为什么 情况 第一支部"},
		line{"03-02 08:20", "林海", group, "为什么 情况 第一支部", ""},
	)
}

func TestTheFiguresOfTheReviewCanBeAskedWhy(t *testing.T) {
	s := newStage(t).rated(2, 5)
	s.play(
		line{"03-02 09:00", "王强", private, "为什么 述职 2026", "出席率（10+0）÷18=55% & 1月：（5+0）÷9=55% & 满意率7÷10=70% & 1月：2÷5=40% & 2月：5÷5=100% & 按时率 & 预告没有按时、日期未改、纪实表按时；2÷3=66%"},
		line{"03-02 09:00", "林海", private, "为什么 述职 第一支部 2026", "满意率7÷10=70%"},
		line{"03-02 09:00", "林海", private, "为什么 述职 第二支部", "还没有开展过"},
		line{"03-02 09:00", "林海", private, "为什么 述职", "请写明是哪个支部"},
		line{"03-02 09:00", "林海", private, "为什么 述职 第一支部 2030", "请这样写：为什么 述职 第一支部 2026"},
		line{"03-02 09:00", "周红", private, "为什么 述职 第一支部", "支部书记只能查自己支部的"},
		line{"03-02 09:00", "张三", private, "为什么 述职", "支部书记只能查自己支部的"},
	)
}

func TestTheBurdenOfAMonthIsCountedAndNothingIsAskedTwice(t *testing.T) {
	s := newStage(t).askedFor()
	s.play(
		line{"03-01 09:00", "林海", private, "审定 第一支部 3月", "已审定"},
		line{"03-02 09:00", "李四", group, "请假 出差", "私:已转给书记"},
	)
	s.until("03-13 13:35")
	s.play(
		line{"03-13 13:40", "张三", group, "签到", ""},
		line{"03-13 13:40", "吴青", group, "签到", ""},
		line{"03-13 13:41", "王强", private, "代签 王五 手机没电", "已为王五代签"},
	)
	s.until("03-13 18:00")
	s.play(line{"03-13 18:01", "张三", private, "评分 5 5 5 5", "已收到"})
	s.until("03-20 10:00")
	s.play(
		line{"03-20 10:00", "王强", private, "负担 3月", "【第一支部3月负担】 & 请大家发的：4条（签到2，测评1 & 已经报过又再问的：0次"},
		line{"03-20 10:00", "林海", private, "负担 第一支部 3月", "请大家发的：4条"},
		line{"03-20 10:00", "林海", private, "负担", "请先写支部名"},
		line{"03-20 10:00", "王强", private, "负担 5月", "还没有到"},
		line{"03-20 10:00", "王强", private, "负担 很重", "请这样写"},
		line{"03-20 10:00", "王强", group, "负担 很重", ""},
		line{"03-20 10:00", "张三", group, "负担", ""},
		line{"03-20 10:00", "张三", private, "负担", "由书记来办"},
	)
	if n := s.last.Data; n != nil && strings.Contains(s.last.Text, "应为0") {
		t.Errorf("asked twice: %q", s.last.Text)
	}
}

func TestWhoIsAskedForWhatHeHasGivenIsCountedAsAskedTwice(t *testing.T) {
	s := newStage(t).rated(5)
	s.do(func(tx themeday.Tx) error {
		a, err := s.desk().OfMonth(tx, group, themeday.YearMonth{Year: 2026, Month: 1})
		check(t, err)
		at := a.Filed.AddDate(0, 0, 1)
		return tx.PutPost(themeday.Post{Key: "x", Kind: themeday.RecordDuePost, Branch: group, Activity: a.ID, To: themeday.ToSecretary, State: themeday.Sent, Due: at, Planned: at, Expires: at.AddDate(0, 0, 1), SentAt: at})
	})
	s.play(line{"02-01 09:00", "王强", private, "负担 1月", "已经报过又再问的：1次（应为0）：1月11日：纪实表要在活动结束后2日内上报"})
}
