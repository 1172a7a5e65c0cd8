package commands

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"themeday"
)

// rated puts activities of 第一支部 into the house, from January on, each with so many satisfied of five ballots; the results are out, and what
// follows from them is said as the sender does. 张三 and 李敏 never came without leave.
func (s *stage) rated(satisfied ...int) *stage {
	s.t.Helper()
	for i, n := range satisfied {
		day := themeday.Date{Year: 2026, Month: time.Month(i + 1), Day: 10}
		a := themeday.Activity{
			ID: themeday.ActivityOf(group, day.MonthOf()), Branch: group, Month: day.MonthOf(), Version: 1, Topics: []string{"学习"},
			Starts: day.At(14*60, s.desk().Zone), Ends: day.At(18*60, s.desk().Zone), Ended: day.At(18*60, s.desk().Zone),
		}
		for step := range a.Steps {
			a.Steps[step].At = a.Starts
		}
		a.Evaluated, a.Filed = a.Ended, a.Ended
		s.do(func(tx themeday.Tx) error {
			check(s.t, tx.PutActivity(a))
			for k, who := range []string{"王强", "陈静", "李四", "王五", "赵六"} {
				check(s.t, tx.PutSignIn(themeday.SignIn{Activity: a.ID, Person: s.people[who], At: a.Starts, Entered: a.Starts, How: themeday.Self}))
				_, err := tx.Vote(a.ID, s.people[who])
				check(s.t, err)
				marks := themeday.Scores{5, 5, 2, 5}
				if k >= n {
					marks = themeday.Scores{3, 4, 1, 3}
				}
				check(s.t, tx.AddBallot(themeday.Ballot{Activity: a.ID, Key: fmt.Sprint(a.ID, k), Scores: marks}))
			}
			return s.desk().AfterSent(tx, themeday.Post{Kind: themeday.EvaluationResult, Activity: a.ID, Branch: group}, a.Ended.Add(24*time.Hour))
		})
		s.until(day.AddDays(2).At(8*60, s.desk().Zone).Format("2006-01-02 15:04"))
	}
	return s
}

func TestLowEvaluationsAreASecretWordAndTheThirdBars(t *testing.T) {
	s := newStage(t).rated(2, 3, 2, 1)
	s.want("low", s.sent(themeday.EvaluationLow), "evaluation.low/第一支部/2026-01", "evaluation.low/第一支部/2026-03")
	s.want("barred", s.sent(themeday.AwardBarred), "award.barred/第一支部/2026/1.3", fmt.Sprintf("award.barred/第一支部/2026/1.3/%d", s.people["何军"]), fmt.Sprintf("award.barred/第一支部/2026/1.3/%d", s.people["林海"]))
	for _, text := range s.public {
		for _, word := range []string{"评先", "整改", "低于"} {
			if strings.Contains(text, word) {
				t.Errorf("a group reads %q", text)
			}
		}
	}
	s.play(
		line{"04-13 09:00", "王强", private, "为什么", "第七条·R28 & 一年内 & 1月40%（2/5票，5人参加） & 低于60%3次"},
		line{"04-13 09:00", "林海", private, "为什么", "第七条·R28 & 1月40%"},
		line{"04-13 09:00", "张三", private, "为什么", "还没有在这里主动发过"},
		line{"04-13 09:00", "张三", group, "为什么 评先", ""},
	)
}

func TestARectificationIsHandedInAndDecidedByOthers(t *testing.T) {
	s := newStage(t).rated(2, 2, 2)
	s.play(
		line{"04-01 09:00", "张三", private, "整改", "由书记来办"},
		line{"04-01 09:00", "张三", group, "整改 措施 我来说", ""},
		line{"04-01 09:00", "周红", private, "整改 第一支部 措施 帮交", "您不在第一支部的名单上"},
		line{"04-01 09:00", "王强", private, "整改", "第1号（测评）待整改，4月10日前完成 & 请发：整改 措施"},
		line{"04-01 09:00", "王强", group, "整改", "私:第1号"},
		line{"04-01 09:00", "王强", group, "整改 情况不错", ""},
		line{"04-01 09:00", "王强", private, "整改 情况不错", "请这样写：整改 措施"},
		line{"04-01 09:00", "王强", private, "整改 措施", "请写明采取了什么措施"},
		line{"04-01 09:00", "王强", private, "整改 通过", "由机关党委复查"},
		line{"04-01 09:00", "林海", private, "整改 第一支部 通过", "还没有交整改措施"},
		line{"04-01 09:01", "王强", private, "整改 措施：请党员提前点题", "已交机关党委复查"},
		line{"04-01 09:02", "王强", private, "整改 措施 4月改为现场教学", "已交机关党委复查"},
		line{"04-01 09:03", "林海", private, "整改", "第一支部第1号 & 提前点题 & 现场教学 & 整改 第一支部 通过"},
		line{"04-01 09:03", "林海", private, "整改 通过", "请写明是哪个支部"},
		line{"04-01 09:03", "林海", private, "整改 第一支部 退回", "退回要写事由"},
		line{"04-01 09:03", "林海", private, "整改 第一支部 措施 我来交", "由支部书记来交"},
		line{"04-01 09:04", "林海", private, "整改 第一支部 退回 谁来办", "已退回"},
		line{"04-01 09:05", "王强", private, "整改 措施 由陈静办", "已交"},
		line{"04-01 09:06", "林海", group2, "整改 第一支部 通過", "私:已通过"},
		line{"04-01 09:07", "林海", private, "整改 第一支部 通过", "没有要办的这项整改"},
		line{"04-01 09:08", "林海", private, "整改", "没有要办的整改 & 30天"},
	)
	s.do(func(tx themeday.Tx) error {
		entries, err := tx.EntriesAbout("rectification", "第一支部/1")
		if len(entries) != 6 {
			t.Errorf("%d entries, want six", len(entries))
		}
		return err
	})
}

func TestNobodyOfTheCommitteeClosesTheRectificationOfHisOwnBranch(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"04-01 09:00", "林海", private, "整改 第三支部 30天", "整改要写明整改什么"},
		line{"04-01 09:00", "林海", private, "整改 第三支部 0天 台账不全", "请这样写"},
		line{"04-01 09:00", "林海", private, "整改 第九支部 30天 台账不全", "没有“第九支部”这个支部"},
		line{"04-01 09:00", "周红", private, "整改 第三支部 30天 台账不全", "您不在第三支部的名单上"},
		line{"04-01 09:00", "周红", private, "整改 30天 台账不全", "整改由机关党委提出"},
		line{"04-01 09:00", "林海", private, "整改 第三支部 30天 台账不全", "第1号 & 5月1日 24:00前"},
		line{"04-01 09:01", "林海", private, "整改 第三支部 4月20日前 改期没有报备", "第2号 & 4月20日 24:00前"},
		line{"04-01 09:02", "何军", private, "整改 措施 补齐了", "有几项整改（1号、2号）"},
		line{"04-01 09:02", "何军", private, "整改 2号 措施 补报了", "第2号"},
		line{"04-01 09:03", "何军", private, "整改 第三支部 通过", "请机关党委其他同志复查"},
		line{"04-01 09:03", "何军", private, "整改 第三支部 退回 再改", "请机关党委其他同志复查"},
		line{"04-01 09:04", "林海", private, "整改 第三支部 通过", "第2号）已通过"},
		line{"04-01 09:05", "何军", private, "下一步", "定下每月的固定日 & 另有整改第1号：台账不全"},
	)
}

func TestAnOpenRectificationIsRemindedOfUntilMeasuresAreHandedIn(t *testing.T) {
	s := newStage(t)
	s.play(line{"03-01 10:00", "林海", private, "整改 第一支部 30天 台账不全", "3月31日 24:00前"})
	s.until("04-03 10:00")
	s.want("due", s.sent(themeday.RectifyDuePost), "rectify.due/第一支部/1/7/secretary", "rectify.due/第一支部/1/1/secretary")
	if own, above := s.sent(themeday.RectifyOverdue), s.toldOf("", themeday.RectifyOverdue); len(own) != 3 || len(above) != 6 {
		t.Errorf("overdue: %v, %v, want three days, each to the secretary and two of the committee", own, above)
	}
	s.play(line{"04-03 11:00", "王强", private, "整改 措施 补齐了", "已交"})
	s.until("04-20 10:00")
	if own, above := s.sent(themeday.RectifyOverdue), s.toldOf("", themeday.RectifyOverdue); len(own) != 3 || len(above) != 6 {
		t.Errorf("handed in, and reminded of: %v, %v", own, above)
	}
}

func TestAwardsAndRankingAreTheCommittees(t *testing.T) {
	s := newStage(t).rated(2, 2, 2, 5)
	for i, word := range []string{"评先", "排名"} {
		at := fmt.Sprintf("04-20 1%d:00", i) // a stranger is answered once an hour
		s.play(
			line{"04-20 09:00", "张三", private, word + " 2026", "由机关党委来办 & !第一支部"},
			line{"04-20 09:00", "王强", private, word + " 2026", "由机关党委来办 & !第一支部"},
			line{"04-20 09:00", "张三", group, word + " 2026", ""},
			line{"04-20 09:00", "王强", group, word, ""},
			line{at, "路人", private, word, "还没有认出您"},
			line{"04-20 09:00", "林海", group, word + " 2026", "私:第一支部"},
			line{"04-20 09:00", "林海", group, word + " 怎么排", ""},
			line{"04-20 09:00", "林海", private, word + " 2027", "没有2027年的测评"},
			line{"04-20 09:00", "林海", private, word + " 怎么排", "请这样写：" + word + " 2026"},
		)
	}
	s.play(
		line{"04-20 09:01", "林海", private, "評先 2026", "第一支部：不能评。1月40%（2/5票，5人参加） & 低于60%3次 & 整改第1号（测评）待整改，4月10日前完成，已逾期10天 & 第二支部：没有结果"},
		line{"04-20 09:01", "林海", private, "评先 2025", "第一支部：没有结果"},
		line{"04-20 09:01", "林海", private, "排名", "第一支部（不能评先）：下限34.2%，满意率55%（11/20票，4次），平均到会55% & 样本太少不排 & 第二支部：0次，0票 & 没有可推荐的"},
		line{"04-20 09:02", "林海", private, "为什么 评先 第一支部 2026", "5票中2票满意，2÷5=40%，低于60%（第3次） & 4月：5票中5票满意，5÷5=100%，不低于60% & 第七条·R28"},
		line{"04-20 09:02", "林海", private, "为什么 评先", "请写明是哪个支部"},
		line{"04-20 09:02", "王强", private, "为什么 评先", "第一支部 评先 2026：不能评"},
		line{"04-20 09:02", "周红", private, "为什么 评先 第一支部 2026", "只能查自己支部的"},
		line{"04-20 09:02", "张三", private, "为什么 评先 第一支部", "只能查自己支部的"},
		line{"04-20 09:02", "林海", group, "为什么 评先 第一支部", ""},
	)
	for _, text := range s.public {
		if strings.Contains(text, "下限") || strings.Contains(text, "不能评") {
			t.Errorf("a group reads %q", text)
		}
	}
}
