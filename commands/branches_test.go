package commands

import (
	"strings"
	"testing"

	"themeday"
)

func TestTheCommitteeSeesTheBranches(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "张三", private, "支部", "由机关党委来办"},
		line{"03-02 09:00", "王强", private, "支部 更名 第一支部 新一支部", "由机关党委来办"},
		line{"03-02 09:00", "张三", group, "支部 在三楼", ""},
		line{"03-02 09:00", "林海", group, "支部 在三楼开会", ""},
		line{"03-02 09:01", "林海", private, "支部", "第一支部：书记王强，9人 & 第二支部：书记周红，3人 & 第三支部：书记何军，1人"},
		line{"03-02 09:01", "林海", private, "支部 第一支部", "书记王强 & 李敏（副书记） & 没有办完的 & !第二支部"},
		line{"03-02 09:01", "林海", private, "第一支部 支部", "书记王强"},
		line{"03-02 09:01", "林海", private, "支部 改名 第一支部", "支部 更名 第一支部 新名称"},
		line{"03-02 09:01", "林海", private, "支部 撤销 第九支部 事由", "没有“第九支部”这个支部 & 相近的有：第一支部"},
	)
}

func TestARenamedBranchIsUnderstoodByBothNames(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "林海", private, "支部 更名 第一支部", "请写新名称"},
		line{"03-02 09:00", "林海", private, "支部 更名 第一支部 第二支部", "“第二支部”是第二支部的名称或旧名"},
		line{"03-02 09:00", "林海", private, "支部 更名 第一支部 第一支部", "不用更名"},
		line{"03-02 09:00", "林海", private, "支部 更名 第一支部 机关一支部 群名 第二支部", "第二支部的群名已是"},
		line{"03-02 09:01", "林海", private, "支部 更名 第一支部 机关一支部", "将更名为机关一支部，群名按“第一支部” & 9人 & 确认请发：支部 更名 第一支部 机关一支部 确认"},
		line{"03-02 09:01", "林海", private, "支部 更名 第一支部 机关一支部 确认", "第一支部已更名为机关一支部，群名仍按“第一支部”"},
		line{"03-02 09:02", "林海", private, "进度 第一支部", "机关一支部"},
		line{"03-02 09:02", "林海", private, "进度 机关一支部", "机关一支部"},
		line{"03-02 09:02", "林海", private, "第一支部 进度", "机关一支部"},
		line{"03-02 09:03", "林海", private, "支部 更名 第二支部 第一支部", "名称或旧名"},
		line{"03-02 09:04", "林海", private, "支部 机关一支部", "曾用名：第一支部"},
		line{"03-02 09:05", "张三", group, "活动", "3月13日"},
	)
	notes := s.enlist("03-03 09:00", "第一支部|王强|书记|正式\n第一支部|张三||正式")
	if !strings.Contains(notes, "“第一支部”现名机关一支部") {
		t.Errorf("the import notes %q", notes)
	}
	s.enlist("03-03 10:00", "机关一支部|王强|书记|正式\n机关一支部|张三||正式\n机关一支部|李四||正式")
	s.do(func(tx themeday.Tx) error {
		all, err := tx.Branches()
		if len(all) != 3 || all[0].ID != group || all[0].Name != "机关一支部" || all[0].Group != group {
			t.Errorf("the branches are %+v", all)
		}
		return err
	})
}

func TestAClosedBranchIsReadAndNothingElse(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "林海", private, "支部 撤销 第一支部", "撤销要写事由"},
		line{"03-02 09:01", "林海", private, "支部 撤销 第一支部 机构调整", "第一支部将撤销 & 王强（书记） & 次主题党日不再开展 & 3月主题党日：3月13日 & 确认请发：支部 撤销 第一支部 机构调整 确认"},
		line{"03-02 09:01", "王强", private, "支部 撤销 第一支部 机构调整 确认", "由机关党委来办 & R08"},
		line{"03-02 09:01", "林海", private, "支部 第一支部", "书记王强"},
		line{"03-02 09:01", "林海", private, "支部 撤销 第一支部 机构调整 確認", "第一支部已撤销，今天起不再排定和提醒 & 支部 恢复 第一支部"},
		line{"03-02 09:02", "林海", private, "支部 撤销 第一支部 机构调整", "已于3月2日撤销"},
		line{"03-02 09:03", "王强", private, "固定日 每月15日 14:00-18:00 会议室", "第一支部已于3月2日撤销 & 支部 恢复 第一支部"},
		line{"03-02 09:03", "王强", private, "进度", "第一支部"},
		line{"03-02 09:03", "张三", private, "我的", "张三"},
		line{"03-02 09:03", "张三", group, "签到", ""},
		line{"03-02 09:04", "林海", private, "支部", "第一支部：3月2日撤销 & 第二支部：书记周红"},
		line{"03-02 09:04", "林海", private, "支部 第一支部", "机构调整 & 仍可查"},
		line{"03-02 09:04", "林海", private, "备案 2026", "第二支部 & !第一支部"},
		line{"03-02 09:04", "林海", private, "评先 2026", "第一支部：已撤销 & 第二支部：没有结果"},
	)
	s.daily("03-03 00:05")
	s.until("04-02 10:00")
	for _, kind := range []themeday.Kind{themeday.Notice, themeday.PlanMissing, themeday.Violation} {
		for _, key := range s.sent(kind) {
			if strings.Contains(key, "第一支部") {
				t.Errorf("a closed branch heard %s", key)
			}
		}
	}
	s.play(
		line{"04-02 11:00", "林海", private, "支部 恢复 第二支部", "没有撤销"},
		line{"04-02 11:00", "林海", private, "支部 恢复 第一支部", "将恢复，确认后今天生效 & 9人回到名单 & 王强（书记） & 确认请发：支部 恢复 第一支部 确认"},
		line{"04-02 11:00", "林海", private, "支部 恢复 第一支部 确认", "第一支部已恢复 & 回到名单的9人"},
		line{"04-02 11:01", "王强", private, "固定日 每月15日 14:00-18:00 会议室", "5月15日"},
	)
}

// daily is the planner's daily look.
func (s *stage) daily(at string) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error { return s.planner.Daily(tx, s.clock(at)) })
}

func TestASheetThatNamesAClosedBranchChangesNothing(t *testing.T) {
	s := newStage(t)
	s.play(line{"03-02 09:00", "林海", private, "支部 合并 第三支部 到 第二支部 人少 确认", "1人今天起在第二支部的名单上"})
	s.do(func(tx themeday.Tx) error {
		r := themeday.Roster{Lines: []themeday.RosterLine{{Line: 2, Branch: "第三支部", Group: "第三支部", Name: "何军", Card: "何军", Offices: themeday.Offices{themeday.Secretary}}}}
		_, err := s.desk().Enrol(tx, themeday.Cause{At: s.clock("03-03 09:00")}, r, nil)
		if err == nil || !strings.Contains(err.Error(), "并入第二支部") || !strings.Contains(err.Error(), "支部 恢复 第三支部") {
			t.Errorf("the sheet is answered with %v", err)
		}
		return nil
	})
}

func TestMergedMembersMoveWithTheDay(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-13 15:00", "林海", private, "支部 合并 第一支部 到 第二支部 人少", "今天有主题党日 & 请明天再合并"},
		line{"03-20 09:00", "林海", private, "支部 合并 第一支部 到 第一支部 人少", "两个不同的支部"},
		line{"03-20 09:00", "林海", private, "支部 合并 第一支部 到 第二支部", "合并要写事由"},
		line{"03-20 09:00", "林海", private, "支部 合并 第一支部 到 第二支部 人少", "都有叫刘洋的同志 & 区别姓名"},
		line{"03-20 09:01", "林海", private, "支部 合并 第三支部 到 第二支部 人少", "第三支部将并入第二支部 & 1人改在第二支部的名单上，职务不带过去：何军（书记） & 没有办完的 & 确认请发：支部 合并 第三支部 到 第二支部 人少 确认"},
		line{"03-20 09:01", "林海", private, "支部 合并 第三支部 到 第二支部 人少 确认", "第三支部已并入第二支部，1人"},
		line{"03-20 09:02", "何军", private, "固定日 第二支部 每月15日 14:00-18:00 会议室", "由书记来办"},
		line{"03-20 09:02", "林海", private, "支部", "第三支部：3月20日并入第二支部 & 第二支部：书记周红，4人"},
	)
}

func TestWhoMovesInMidMonthIsDueInBothBranchesOnTheirDays(t *testing.T) {
	s := newStage(t).approved() // 第一支部 on 13 March
	s.do(func(tx themeday.Tx) error {
		a := themeday.Activity{ID: "第二支部/2026-03", Branch: group2, Month: march, Version: 1, Starts: s.clock("03-20 14:00"), Ends: s.clock("03-20 18:00"), Topics: []string{"学习"}}
		for step := range themeday.SigningIn - 1 {
			a.Steps[step].At = s.clock("03-10 09:00")
		}
		return tx.PutActivity(a)
	})
	s.play(line{"03-13 14:10", "张三", group, "签到", ""})
	rest := "第一支部|王强|书记|正式\n第一支部|李敏|副书记|正式\n第一支部|陈静|支委、记录员|正式\n第一支部|李四||正式\n第一支部|王五||正式\n第一支部|赵六||预备\n第一支部|吴青||正式\n第一支部|刘洋||正式\n"
	two := "第二支部|周红|书记|正式\n第二支部|吴青||正式\n第二支部|张三||正式"
	s.enlist("03-16 09:00", rest+two)
	due := func(id themeday.ActivityID) (all []string) {
		s.do(func(tx themeday.Tx) error {
			a, _, err := tx.Activity(id)
			check(t, err)
			tally, err := s.desk().Tally(tx, a)
			for _, c := range append(append(tally.Attending, tally.Absentees...), tally.OnLeave...) {
				all = append(all, c.Name)
			}
			return err
		})
		return all
	}
	if one, other := due("第一支部/2026-03"), due("第二支部/2026-03"); len(one) != 9 || one[0] != "张三" || len(other) != 3 || !strings.Contains(strings.Join(other, " "), "张三") {
		t.Errorf("due in the first %v, in the second %v", one, other)
	}
	s.play(
		line{"03-20 14:05", "张三", group2, "签到", ""},
		line{"03-21 09:00", "张三", private, "我的", "张三"},
	)
}

func TestNobodyOfTheCommitteeChangesTheBranchThatHeLeads(t *testing.T) {
	s := newStage(t).approved() // 何军 is of the committee and the secretary of 第三支部
	s.play(
		line{"03-02 09:00", "何军", private, "支部 更名 第三支部 机关三支部", "您是第三支部的书记 & 请机关党委其他同志来办 & R08"},
		line{"03-02 09:00", "何军", private, "支部 撤销 第三支部 机构调整 确认", "请机关党委其他同志来办"},
		line{"03-02 09:00", "何军", private, "支部 合并 第二支部 到 第三支部 人少 确认", "请机关党委其他同志来办"},
		line{"03-02 09:01", "何军", private, "支部 更名 第二支部 机关二支部 确认", "第二支部已更名"},
	)
	s.do(func(tx themeday.Tx) error {
		people, err := tx.People()
		check(t, err)
		for _, p := range people {
			if p.Name == "林海" {
				p.Committee = false
				check(t, tx.PutPerson(p))
			}
		}
		return nil
	})
	s.play(line{"03-02 09:02", "何军", private, "支部 更名 第三支部 机关三支部 确认", "第三支部已更名"}) // nobody else is there
}

func TestTheColleaguesAndTheSecretariesHearOfAChangedBranch(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "林海", private, "支部 合并 第三支部 到 第二支部 人少", "将并入"},
		line{"03-02 09:01", "林海", private, "支部 更名 第一支部 机关一支部 确认", "已更名"},
	)
	told := map[string]bool{}
	s.do(func(tx themeday.Tx) error {
		posts, err := tx.PostsOf(group, themeday.Waiting)
		for _, p := range posts {
			if p.Kind == themeday.BranchChanged {
				for name, id := range s.people {
					if id == p.Person && p.To == themeday.ToPerson {
						told[name] = true
					}
				}
			}
		}
		return err
	})
	if len(told) != 2 || !told["王强"] || !told["何军"] {
		t.Errorf("told are %v", told)
	}
	s.hears("03-02 09:02", themeday.BranchChanged, "王强", "第一支部更名为机关一支部")
	s.hears("03-02 09:02", themeday.BranchChanged, "何军", "（林海办理）")
}

func TestTheOldNameServesInEveryCommandOfTheCommittee(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-20 09:00", "林海", private, "支部 更名 第一支部 机关一支部 确认", "已更名"},
		line{"03-20 09:01", "林海", private, "巡查 第一支部 3月 现场 很好", "已记下巡查第1号：机关一支部"},
		line{"03-20 09:02", "林海", private, "疑点 第一支部", "机关一支部"},
		line{"03-20 09:02", "林海", private, "疑点 第九支部", "没有“第九支部”这个支部 & R30"},
		line{"03-20 09:03", "林海", private, "必选主题 4月 第一支部 学习全会精神", "机关一支部的书记 & !第一支部 学习"},
		line{"03-20 09:03", "林海", private, "必选主题 4月 第九支部 学习全会精神", "没有“第九支部”这个支部 & R16"},
		line{"03-20 09:03", "林海", private, "必选主题 4月 机关九支部 学习全会精神", "没有“机关九支部”这个支部"},
		line{"03-20 09:04", "林海", private, "台账 第一支部 2026", "机关一支部2026年主题党日台账"},
		line{"03-20 09:04", "林海", private, "台账 第九支部 2026", "没有“第九支部”这个支部 & R21"},
		line{"03-20 09:04", "林海", private, "台账 2026", "各支部2026年"},
	)
}

func TestARefusalByOfficeNamesTheRuleOfItsCommand(t *testing.T) {
	s := newStage(t).approved()
	for typed, rule := range map[string]string{
		"评先 2026": "第七条·R28", "排名 2026": "第七条·R28", "抽查 3": "第八条·R30", "备案": "第二条·R04", "支部": "第三条·R08", "台账": "第六条·R21", "述职": "第八条·R31",
		"必选主题 3月 学习": "第四条·R16", "最佳案例 申报 1月 很好": "第七条·R29", "审定 第一支部 3月": "第六条·R18", "移交 李四": "第三条·R08",
	} {
		s.play(line{"03-02 09:00", "张三", private, typed, "来办 & " + rule})
	}
}

func TestARefusalNamesABranchAsItIsCalledNow(t *testing.T) {
	s := newStage(t).planned()
	s.play(
		line{"02-20 09:00", "林海", private, "支部 更名 第一支部 机关支部 确认", "已更名为机关支部"},
		line{"03-01 09:00", "林海", private, "支部 更名 机关支部 综合支部 确认", "已更名为综合支部"},
		line{"03-01 09:01", "林海", private, "审定 综合支部 3月", "综合支部3月还没有报审 & !第一支部"},
		line{"03-01 09:01", "林海", private, "审定 第一支部 3月", "综合支部3月还没有报审 & !第一支部"},
		line{"03-01 09:02", "林海", private, "退回 综合支部 3月 不够", "综合支部3月没有待审的报审"},
		line{"03-01 09:03", "林海", private, "巡查 综合支部 3月 现场", "巡查 综合支部 3月 现场 & !第一支部"},
		line{"03-01 09:04", "林海", private, "整改 综合支部", "!第一支部"},
		line{"03-01 09:05", "林海", private, "点评 综合支部 4月", "!第一支部"},
	)
	if said := s.rendersTo("王强", themeday.BranchChanged, "03-01 09:06"); !strings.Contains(said, "机关支部更名为综合支部") {
		t.Errorf("the secretary is told:\n%s", said)
	}
}
