package commands

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"themeday"
)

// odd puts activities into the house that are odd in every way, those of 第一支部, and one of 第二支部 that is not.
func (s *stage) odd() *stage {
	minutes := "会议传达学习了上级文件精神，党员同志围绕本职工作谈了学习体会，大家一致认为要把学习成果用到为群众办实事上来，下月继续开展志愿服务活动。"
	s.do(func(tx themeday.Tx) error {
		for _, b := range []themeday.BranchID{group, group2} {
			day := themeday.Date{Year: 2026, Month: time.March, Day: 10}
			starts, ends := day.At(14*60, s.desk().Zone), day.At(18*60, s.desk().Zone)
			a := themeday.Activity{ID: themeday.ActivityOf(b, day.MonthOf()), Branch: b, Month: day.MonthOf(), Version: 1, Starts: starts, Ends: ends, Began: starts, Ended: ends}
			if b == group {
				a.Ended = ends.Add(-2 * time.Hour)
				a.Result, a.Evaluated = ends.Add(24*time.Hour), a.Ended
				a.Steps[themeday.Summing-1].At = a.Ended.Add(-time.Hour)
				a.Steps[themeday.Holding-1] = themeday.StepDone{At: a.Ended, By: s.people["王强"]}
			}
			check(s.t, tx.PutActivity(a))
			_, err := tx.AddMinute(themeday.Minute{Activity: a.ID, Kind: themeday.Noted, Text: minutes, By: s.people["陈静"], At: starts})
			check(s.t, err)
			for i, who := range []string{"王强", "陈静", "张三"} {
				in := themeday.SignIn{Activity: a.ID, Person: s.people[who], At: starts, Entered: starts.Add(time.Duration(i) * 20 * time.Second), How: themeday.Proxy, By: s.people["王强"]}
				if b == group2 {
					in.By = in.Person
				}
				check(s.t, tx.PutSignIn(in))
			}
			for i := range 10 {
				marks := themeday.Scores{5, 5, 5, 5}
				if b == group2 {
					marks = themeday.Scores{4, 4, 4, 4}
				}
				_, err := tx.Vote(a.ID, themeday.PersonID(i+1))
				check(s.t, errors.Join(err, tx.AddBallot(themeday.Ballot{Activity: a.ID, Key: fmt.Sprint(a.ID, i), Scores: marks})))
			}
		}
		return tx.PutPicture(themeday.Picture{
			ID: strings.Repeat("a", 64), Activity: group + "/2026-03", Person: s.people["张三"], Use: "activity", At: s.clock("03-10 15:00"), LikeActivity: group2 + "/2026-02", LikeID: strings.Repeat("b", 64),
		})
	})
	return s
}

func TestWhatLooksOddIsAskedOfTheCommitteeAlone(t *testing.T) {
	s := newStage(t).odd()
	s.play(
		line{"03-20 09:00", "王强", private, "疑点 第一支部", "由机关党委来办 & !照片"},
		line{"03-20 09:00", "张三", group, "疑点", ""},
		line{"03-20 09:00", "林海", group, "疑点 有没有", ""},
		line{"03-20 09:00", "林海", private, "疑点 第九支部", "没有“第九支部”这个支部"},
		line{"03-20 09:00", "林海", private, "疑点", "第一支部：7处 & 第二支部：2处 & 请勿外传"},
		line{"03-20 09:00", "林海", private, "疑点 第三支部", "没有要看一眼的"},
		line{"03-20 09:00", "林海", group, "疑點 第一支部", "私:请看一眼：照片与另一次活动的相似 & 第二支部2月的照片 & 记录与别的支部几乎相同 & 第一支部3月：“会议传达 & 第二支部3月：“会议传达" +
			" & 签到由一个人在一分钟内录入 & 签到3人，都由王强在3月10日 14:00录入 & 测评全是满分 & 10票满意率100% & 总结在活动结束前写好 & 实际时间不足半天 & 不是结论"},
		line{"03-20 09:00", "林海", private, "疑点 第二支部", "记录与别的支部几乎相同 & !满分 & !签到由"},
	)
	for _, text := range s.public {
		if strings.Contains(text, "请看一眼") {
			t.Errorf("a group reads %q", text)
		}
	}
	s.play(
		line{"03-20 09:01", "林海", private, "抽查 承诺", "第1号"},
		line{"03-20 10:01", "林海", private, "抽查 3", "检查卡：第一支部 & 请看一眼：照片 & 应到9人，实到3人"},
	)
	s.play(line{"04-10 09:00", "林海", private, "疑点 第一支部", "请看一眼"}, line{"2027-03-10 09:00", "林海", private, "疑点 第一支部", "没有要看一眼的"})
}

func TestALeaderWhoSignedInAtTwoPlacesAtOnceIsAQuestion(t *testing.T) {
	s := newStage(t)
	put := func(b themeday.BranchID, from int, how themeday.How) {
		s.do(func(tx themeday.Tx) error {
			day := themeday.Date{Year: 2026, Month: time.March, Day: 10}
			starts := day.At(themeday.TimeOfDay(from*60), s.desk().Zone)
			a := themeday.Activity{ID: themeday.ActivityOf(b, day.MonthOf()), Branch: b, Month: day.MonthOf(), Version: 1, Starts: starts, Ends: starts.Add(4 * time.Hour)}
			for _, who := range []string{"林海", "张三", "李四"} { // only the first is a leader
				check(s.t, tx.PutSignIn(themeday.SignIn{Activity: a.ID, Person: s.people[who], At: starts.Add(5 * time.Minute), Entered: starts.Add(5 * time.Minute), How: how, By: s.people[who]}))
			}
			return tx.PutActivity(a)
		})
	}
	put(group, 14, themeday.Self)
	put(group2, 18, themeday.Self) // begins when the first is over
	s.play(line{"03-20 09:00", "林海", private, "疑点 第一支部", "没有要看一眼的"})
	put(group2, 17, themeday.Self)
	s.play(
		line{"03-20 09:01", "林海", private, "疑点 第一支部", "同一位领导在两个支部同时签到 & 第一支部3月（3月10日 14:00至18:00）林海14:05签到 & 第二支部3月（3月10日 17:00至21:00）林海17:05签到 & 同一位同志在两个支部同时签到 & 张三14:05、李四14:05签到 & 张三17:05、李四17:05签到 & 不是结论"},
		line{"03-20 09:02", "林海", private, "疑点 第二支部", "同一位领导在两个支部同时签到"},
	)
	put(group2, 17, themeday.Remote)
	s.play(line{"03-20 09:03", "林海", private, "疑点 第一支部", "没有要看一眼的"})
}

func TestShortMinutesThatAreTheSameWordForWordAreAQuestion(t *testing.T) {
	s := newStage(t)
	put := func(b themeday.BranchID, text string) {
		s.do(func(tx themeday.Tx) error {
			day := themeday.Date{Year: 2026, Month: time.March, Day: 10}
			starts := day.At(14*60, s.desk().Zone)
			a := themeday.Activity{ID: themeday.ActivityOf(b, day.MonthOf()), Branch: b, Month: day.MonthOf(), Version: 1, Starts: starts, Ends: starts.Add(4 * time.Hour)}
			_, err := tx.AddMinute(themeday.Minute{Activity: a.ID, Kind: themeday.Noted, Text: text, By: s.people["陈静"], At: starts})
			return errors.Join(err, tx.PutActivity(a))
		})
	}
	put(group, "学习了党章第一章，大家谈体会。")
	put(group2, "学习了党章第一章,大家谈体会")
	put("第三支部", "学习党章")
	s.play(
		line{"03-20 09:00", "林海", private, "疑点 第一支部", "记录与别的支部一字不差 & 第二支部3月：“学习了党章第一章,大家谈体会” & 不是结论"},
		line{"03-20 09:01", "林海", private, "疑点 第三支部", "没有要看一眼的"},
	)
}

func TestAFormThatAnotherHandFinishedBeforeThePlannedEndIsAQuestion(t *testing.T) {
	for name, c := range map[string]struct {
		by   string
		want string
	}{"another hand": {"陈静", "总结在活动结束前写好 & 由陈静写好 & 由王强宣布"}, "the same hand": {"王强", "!总结在活动结束前写好"}} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			s.do(func(tx themeday.Tx) error {
				day := themeday.Date{Year: 2026, Month: time.March, Day: 10}
				starts := day.At(14*60, s.desk().Zone)
				a := themeday.Activity{ID: themeday.ActivityOf(group, day.MonthOf()), Branch: group, Month: day.MonthOf(), Version: 1, Starts: starts, Ends: starts.Add(5 * time.Hour), Began: starts, Ended: starts.Add(4 * time.Hour)}
				a.Steps[themeday.Holding-1] = themeday.StepDone{At: a.Ended, By: s.people["王强"]}
				a.Steps[themeday.Summing-1] = themeday.StepDone{At: a.Ended.Add(5 * time.Minute), By: s.people[c.by]}
				return tx.PutActivity(a)
			})
			s.play(line{"03-20 09:00", "林海", private, "疑点 第一支部", c.want})
		})
	}
}
