package commands

import (
	"testing"

	"themeday"
)

func (s *stage) makeupsOf(key string) (out []string) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		all, err := tx.MakeupsOf(s.people[key])
		for _, m := range all {
			out = append(out, string(m.State))
		}
		return err
	})
	return out
}

func TestWhoWasAwayHandsInAStudyAndTheSecretaryConfirmsIt(t *testing.T) {
	s := newStage(t).held()
	s.play(
		line{"03-15 09:00", "赵六", private, "补学", "请写学习心得"},
		line{"03-15 09:00", "王强", private, "补学 过 赵六", "赵六没有交来待确认的补学"},
		line{"03-15 09:01", "赵六", private, "补学 我学习了党章，体会很深", "3月的补学已收到，等书记确认"},
		line{"03-15 09:02", "赵六", private, "補學：我又补充了几点", "已收到"},
	)
	s.want("owed", s.makeupsOf("赵六"), "handed")
	s.play(
		line{"03-15 10:00", "赵六", private, "补学 过 赵六", "补学由书记确认"},
		line{"03-15 10:00", "王强", private, "补学 退 赵六", "退回要写事由"},
		line{"03-15 10:00", "王强", private, "补学 退 赵六 请写自己的体会", "待补学"},
		line{"03-15 10:05", "赵六", private, "补学 过程虽短，体会很深", "已收到"},
		line{"03-15 10:06", "王强", group, "补学 过 赵六", "私:赵六3月的补学：已补学，已告诉本人"},
		line{"03-15 10:07", "王强", private, "補學 過 趙六", "赵六没有交来待确认的补学"},
		line{"03-15 10:08", "赵六", private, "补学 再交一份", "您没有要补的学习"},
		line{"03-15 10:09", "张三", private, "补学 我也写", "您没有要补的学习"},
	)
	s.want("owed", s.makeupsOf("赵六"), "confirmed")
}

func TestAStudyIsNotReadOutInTheGroup(t *testing.T) {
	s := newStage(t).held()
	s.play(line{"03-15 09:01", "李四", group, "补学 我学习了党章第三章", "私:补学已收到"}, line{"03-15 09:02", "路人", private, "补学 我学习了", "还没有认出您"},
		line{"03-15 09:03", "周红", private, "补学 过 李四", "名单上没有“李四”"}, line{"03-15 09:04", "周红", private, "补学 第一支部 过 李四", "您不在第一支部的名单上"})
	s.secret("党章第三章")
}

func TestOfSeveralStudiesTheSecretaryNamesTheMonth(t *testing.T) {
	s := newStage(t).held()
	s.do(func(tx themeday.Tx) error { // 赵六 owes February as well
		feb := themeday.YearMonth{Year: 2026, Month: 2}
		id := themeday.ActivityOf(group, feb)
		a, _, err := tx.Activity(id)
		check(t, err)
		a.ID, a.Branch, a.Month = id, group, feb
		check(t, tx.PutActivity(a))
		return tx.PutMakeup(themeday.Makeup{Activity: id, Person: s.people["赵六"], State: themeday.MakeupOwed, Due: s.clock("03-10 00:00")})
	})
	s.play(
		line{"03-15 09:00", "赵六", private, "补学 2月 二月的体会", "2月的补学已收到"},
		line{"03-15 09:01", "王强", private, "补学 过 赵六 3月", "赵六没有交来3月待确认的补学"},
		line{"03-15 09:02", "赵六", private, "补学 3月 三月的体会", "3月的补学已收到"},
		line{"03-15 10:00", "王强", private, "补学 过 赵六", "赵六交了2月、3月的补学，请写明月份，例如：补学 过 赵六 2月（第六条·R20）"},
		line{"03-15 10:01", "王强", private, "补学 过 赵六 3月", "赵六3月的补学：已补学"},
		line{"03-15 10:02", "王强", private, "补学 退 赵六 2月", "退回要写事由"},
		line{"03-15 10:03", "王强", private, "补學 退 赵六 2月 请写自己的", "赵六2月的补学：待补学"},
	)
	s.want("owed", s.makeupsOf("赵六"), "owed", "confirmed")
}

func TestAStudyIsOfAMonthThatLiesBehind(t *testing.T) {
	s := newStage(t).held()
	s.play(
		line{"03-15 09:00", "赵六", private, "补学 三月的体会", "3月的补学已收到"},
		line{"12-15 09:01", "王强", private, "补学 过 赵六 3月", "赵六3月的补学：已补学"},
	)
}
