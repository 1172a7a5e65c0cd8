package commands

import (
	"strings"
	"testing"

	"themeday"
)

// placed is who stands on a branch's list on a day, with his offices.
func (s *stage) placed(branch, at string) string {
	s.t.Helper()
	var out []string
	s.do(func(tx themeday.Tx) error {
		roster, err := tx.Roster(themeday.BranchID(branch), s.desk().Day(s.clock(at)))
		for _, m := range roster {
			out = append(out, m.Name+m.Offices.String())
		}
		return err
	})
	return strings.Join(out, " ")
}

func TestWhoLeftByAMergingComesBackWithHisOfficeUnlessHeIsElsewhere(t *testing.T) {
	s := newStage(t)
	before := s.placed(group2, "03-02 09:00")
	s.play(
		line{"03-02 09:00", "林海", private, "支部 合并 第二支部 到 第三支部 人少 确认", "3人今天起在第三支部的名单上"},
		line{"03-03 09:00", "林海", private, "支部 恢复 第二支部", "3人回到名单，职务照旧，不再在第三支部的名单上：周红（书记）、吴青、刘洋 & 确认请发：支部 恢复 第二支部 确认"},
	)
	if got := s.placed(group2, "03-03 09:00"); got != "" {
		t.Errorf("before 确认 on the list: %s", got)
	}
	s.do(func(tx themeday.Tx) error { // 吴青 gets an office elsewhere
		return tx.PutMembership(themeday.Membership{Branch: "第三支部", Person: s.people["刘洋二"], Number: 4, Offices: themeday.Offices{themeday.Recorder}, Category: themeday.Formal, Card: "刘洋", Since: themeday.Date{Year: 2026, Month: 3, Day: 2}})
	})
	s.play(
		line{"03-04 09:00", "王强", private, "支部 恢复 第二支部 确认", "由机关党委来办"},
		line{"03-04 09:00", "林海", private, "支部 恢复 第二支部 现在", "请这样写：支部 恢复 第二支部"},
		line{"03-04 09:01", "林海", private, "支部 恢复 第二支部", "没有回的：刘洋（已在第三支部）"},
		line{"03-04 09:02", "林海", private, "支部 恢復 第二支部 確認", "第二支部已恢复 & 回到名单的2人：周红（书记）、吴青 & 没有回的：刘洋（已在第三支部）"},
		line{"03-04 09:03", "林海", private, "支部 恢复 第二支部 确认", "没有撤销，不用恢复"},
	)
	if got := s.placed(group2, "03-04 09:05"); got != "周红书记 吴青党员" {
		t.Errorf("on the list again: %s; before the merging: %s", got, before)
	}
	if got := s.placed("第三支部", "03-04 09:05"); got != "何军书记 刘洋记录员" {
		t.Errorf("in the other branch stay: %s", got)
	}
	if got := s.placed("第三支部", "03-03 09:05"); !strings.Contains(got, "周红") {
		t.Errorf("the day between is as it was: %s", got)
	}
	if said := s.rendersTo("周红", themeday.BranchChanged, "03-04 09:05"); !strings.Contains(said, "第二支部今天恢复") {
		t.Errorf("the secretary is told:\n%s", said)
	}
	s.do(func(tx themeday.Tx) error {
		all, err := tx.EntriesAbout("branch", group2)
		if why := all[len(all)-1].Why; !strings.Contains(why, "2人回到名单，没有回的：刘洋（在第三支部）") {
			t.Errorf("the ledger says %q", why)
		}
		return err
	})
}

func TestWhoWasEnrolledElsewhereSinceAClosingDoesNotComeBack(t *testing.T) {
	s := newStage(t)
	s.play(line{"03-02 09:00", "林海", private, "支部 撤销 第二支部 人少 确认", "第二支部已撤销"})
	s.do(func(tx themeday.Tx) error {
		return tx.PutMembership(themeday.Membership{Branch: "第三支部", Person: s.people["周红"], Number: 2, Offices: themeday.Offices{themeday.Member}, Category: themeday.Formal, Card: "周红", Since: themeday.Date{Year: 2026, Month: 3, Day: 3}})
	})
	s.play(line{"03-04 09:00", "林海", private, "支部 恢复 第二支部 确认", "回到名单的2人 & 没有回的：周红（已在第三支部）"})
	if got := s.placed(group2, "03-04 09:05"); got != "吴青党员 刘洋党员" {
		t.Errorf("on the list: %s", got)
	}
}
