package commands

import (
	"testing"

	"themeday"
)

// joined gives somebody a further place.
func (s *stage) joined(who, branch string, offices ...themeday.Office) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		return tx.PutMembership(themeday.Membership{Branch: themeday.BranchID(branch), Person: s.people[who], Number: 90, Offices: offices, Category: themeday.Formal, Card: who})
	})
}

// above makes somebody one of the committee, or a guiding leader.
func (s *stage) above(who string, committee, liaison bool, guides ...themeday.BranchID) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		check(s.t, tx.PutPerson(themeday.Person{ID: s.people[who], Name: who, Committee: committee, Liaison: liaison}))
		return tx.PutGuides(s.people[who], guides)
	})
}

func TestWhoMayWhatWhere(t *testing.T) {
	s := newStage(t).approved()
	s.joined("王强", group2, themeday.Member) // secretary here, member there
	s.above("何军", true, false)              // of the committee, and a branch's secretary
	s.above("陈静", false, true, group2)      // a leader who guides the second branch, member and 支委 of the first
	const day = "每月第2个周五 14:00-18:00 会议室"
	for _, l := range []line{
		// a member of two branches, with no office in either
		{"03-02 10:00", "吴青", private, "我的", "请先写支部名"},
		{"03-02 10:00", "吴青", private, "我的 第二支部", "吴青"},
		{"03-02 10:00", "吴青", private, "准假 第一支部 张三", "由书记来办"},
		{"03-02 10:00", "吴青", private, "准假 第二支部 周红", "由书记来办"},
		{"03-02 10:00", "吴青", private, "进度 第三支部", "不在第三支部的名单上"},
		{"03-02 10:00", "吴青", private, "党小组 第二支部", "由书记来办"},
		{"03-02 10:00", "吴青", private, "移交 第一支部 张三", "由书记来办"},
		// secretary here and member there
		{"03-02 10:01", "王强", private, "固定日 第二支部 " + day, "由书记来办"},
		{"03-02 10:01", "王强", private, "准假 第二支部 吴青", "由书记来办"},
		{"03-02 10:01", "王强", private, "党小组 第二支部", "由书记来办"},
		{"03-02 10:01", "王强", private, "移交 第二支部 吴青", "由书记来办"},
		{"03-02 10:01", "王强", private, "台账 第二支部", "由书记来办"},
		{"03-02 10:01", "王强", private, "审定 第二支部 3月", "由机关党委来办"},
		{"03-02 10:01", "王强", private, "党小组", "第一支部党小组"},
		{"03-02 10:01", "王强", private, "进度 第三支部", "不在第三支部的名单上"},
		// one of the committee who is a branch's secretary
		{"03-02 10:02", "何军", private, "固定日 第三支部 " + day, "第三支部固定日"},
		{"03-02 10:02", "何军", private, "主题 第三支部 3月 学习党章；重温入党誓词", "报审"},
		{"03-02 10:02", "何军", private, "报审 第三支部 3月", "已报机关党委"},
		{"03-02 10:03", "何军", private, "审定 第三支部 3月", "自己支部的计划请机关党委其他同志审定"},
		{"03-02 10:03", "何军", private, "退回 第三支部 3月 不行", "自己支部的计划请机关党委其他同志审定"},
		{"03-02 10:03", "林海", private, "整改 第三支部 30天 补齐台账", "已请第三支部整改"},
		{"03-02 10:04", "何军", private, "整改 第三支部 1号 措施 已补齐", "已交机关党委复查"},
		{"03-02 10:04", "何军", private, "整改 第三支部 1号 通过", "自己支部的整改请机关党委其他同志复查"},
		{"03-02 10:04", "何军", private, "整改 第三支部 1号 退回 不行", "自己支部的整改请机关党委其他同志复查"},
		{"03-02 10:05", "何军", private, "固定日 第一支部 " + day, "不在第一支部的名单上"},
		{"03-02 10:05", "何军", private, "进度 第一支部", "第一支部"},
		{"03-02 10:05", "何军", private, "党小组 第一支部", "第一支部党小组"},
		{"03-02 10:05", "何军", private, "名单 第一支部", "不在第一支部的名单上"},
		{"03-02 10:06", "何军", private, "请假 出差", "请假"},
		{"03-02 10:06", "何军", private, "准假 何军", "机关党委其他同志"},
		{"03-02 10:06", "林海", private, "准假 第三支部 何军", "何军3月的请假：已准"},
		// a leader with a branch of his own
		{"03-02 10:07", "陈静", private, "审定 第一支部 3月", "由机关党委来办"},
		{"03-02 10:07", "陈静", private, "固定日 第二支部 " + day, "不在第二支部的名单上"},
		{"03-02 10:07", "陈静", private, "支部", "由机关党委来办"},
		{"03-02 10:07", "陈静", private, "我的", "陈静"},
	} {
		s.play(l)
	}
}

func TestPartyGroupsCountWhoWasInThemOnTheDay(t *testing.T) {
	s := newStage(t)
	groups := func(since themeday.Date, of map[string]string) {
		s.do(func(tx themeday.Tx) error {
			roster, err := tx.Roster(group, themeday.Date{Year: 2026, Month: 3, Day: 20})
			for _, c := range roster {
				m := c.Membership
				m.PartyGroup, m.Since = of[c.Name], since
				if since != (themeday.Date{}) {
					old := c.Membership
					old.Until = since
					check(t, tx.PutMembership(old))
				}
				check(t, tx.PutMembership(m))
			}
			return err
		})
	}
	groups(themeday.Date{}, map[string]string{"王强": "一组", "李敏": "一组", "张三": "一组", "陈静": "二组", "李四": "二组", "王五": "二组", "赵六": "二组", "吴青": "二组"})
	s.held()
	s.play(line{"03-14 09:00", "王强", private, "党小组", "一组（3人）：王强、李敏、张三 & 到会3/3人次（100%）：3月3/3 & 二组（5人） & 到会3/5人次（60%） & 未分组（1人）：刘洋 & 到会0/1"})
	groups(themeday.Date{Year: 2026, Month: 3, Day: 16}, map[string]string{"王强": "一组", "李四": "一组"})
	s.play(
		line{"03-17 09:00", "王强", private, "党小组 2026", "一组（2人）：王强、李四 & 到会3/3人次"},
		line{"03-17 09:01", "林海", private, "党小组 第一支部", "一组（2人）"},
		line{"03-17 09:01", "林海", private, "党小组", "请先写支部名"},
		line{"03-17 09:01", "周红", private, "党小组 第一支部", "不在第一支部的名单上"},
		line{"03-17 09:02", "王强", private, "党小组 2027", "党小组 2026"},
		line{"03-17 09:02", "张三", group, "党小组 开会", ""},
	)
}
