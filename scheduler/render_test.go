package scheduler

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
)

// playMarch plays March to its end: 王强 and 张三 in time, 李四 late, 赵六 at home, 钱七 on leave; 周青 is a guest.
func playMarch(t *testing.T) (*stage, []said) {
	t.Helper()
	s := newStage(t)
	s.approved("2026-03-04 10:00")
	all := s.run("2026-03-09 10:00")
	s.act("2026-03-09 10:00", "钱七", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		_, err := s.desk.AskLeave(tx, c, a, s.member(tx, "钱七"), "孩子住院", "")
		return err
	})
	all = append(all, s.run("2026-03-13 14:05")...)
	s.signIn("2026-03-13 14:05", "王强", "张三", "周青")
	s.act("2026-03-13 14:08", "王强", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		_, err := s.desk.SignInRemote(tx, c, a, s.member(tx, "赵六"), "上门")
		return err
	})
	all = append(all, s.run("2026-03-13 14:50")...)
	s.signIn("2026-03-13 14:50", "李四")
	all = append(all, s.run("2026-03-13 18:30")...)
	for i, who := range []string{"王强", "张三", "李四", "赵六", "周青"} {
		s.act("2026-03-13 18:40", who, func(tx themeday.Tx, c themeday.Cause, _ themeday.Activity) error {
			a, err := s.desk.Rate(tx, c, themeday.Message{}, first, s.member(tx, who), themeday.Scores{5, 4, 5, 1 + i}, "")
			if err == nil {
				err = s.desk.Gather(tx, c, a, themeday.EvaluationCount, a.ClosesAt(s.desk.Rules))
			}
			return err
		})
	}
	return s, all
}

func TestAMonthIsAccompaniedByItsPosts(t *testing.T) {
	s, all := playMarch(t)
	all = append(all, s.run("2026-03-17 10:00")...)
	compare(t, transcript(all), `
		03-04 10:00 approval.given → secretary: 3月主题党日（3月13日 周五 14:30）已经审定。3月8日 周日 09:00我在群里发预告，不用您做什么。
		03-08 09:00 notice → group: 【3月主题党日预告】
		03-09 10:00 leave.asked → secretary: 钱七请假：3月主题党日（3月13日 周五 14:30）
		03-11 17:00 forecast → secretary: 3月主题党日（3月13日 周五 14:30）：应到5人，请假1人，预计到4人；达到80%要4人。
		03-12 17:00 reminder → group: 明天（3月13日 周五）14:30开展主题党日，地点：党员活动室。
		03-13 13:30 checklist → secretary: 14:30开始主题党日，会前检查还没打勾：党旗、徽章。
		03-13 14:00 signin.open → group: 主题党日现在可以签到。到会的同志请在本群发：签到
		03-13 14:06 signin.progress → group: 签到 2/5：王强、张三；列席1人
		03-13 14:45 attendance → group: 【3月主题党日到会情况】
		03-13 14:45 absent → secretary: 3月主题党日未到会的1人：李四。
		03-13 14:51 signin.progress → group: 签到 3/5：李四。出席率80%，达到80%
		03-13 18:30 evaluation.open → group: 主题党日活动结束，请参加的同志测评。一人一票，不记名，交了不能改。
		03-13 18:50 evaluation.progress → group: 已收到测评 5 份
		03-14 09:00 record.due → secretary: 3月主题党日纪实表请在3月15日24:00前上报。
		03-14 18:30 evaluation.result → group: 【3月主题党日测评结果】
		03-15 09:00 record.due → secretary: 3月主题党日纪实表请在3月15日24:00前上报，今天是最后一天。
		03-15 17:00 record.due → secretary: 3月主题党日纪实表请在3月15日24:00前上报，今天是最后一天。
		03-16 09:00 record.overdue → 陈明: 第一支部3月主题党日纪实表逾期1天未报（应在3月15日前），请督促支部书记。
		03-16 09:00 record.overdue → secretary: 3月主题党日纪实表已逾期1天（应在3月15日前上报），请尽快补报。
		03-17 09:00 record.overdue → 陈明: 第一支部3月主题党日纪实表逾期2天未报（应在3月15日前），请督促支部书记。
		03-17 09:00 record.overdue → secretary: 3月主题党日纪实表已逾期2天（应在3月15日前上报），请尽快补报。`)
}

func TestTheFiguresOfTheMonth(t *testing.T) {
	s, all := playMarch(t)
	all = append(all, s.run("2026-03-14 20:00")...)
	for _, c := range []struct {
		kind themeday.Kind
		want map[string]any
	}{
		{themeday.Notice, map[string]any{
			"activity": "第一支部/2026-03", "starts": "2026-03-13T14:30:00+08:00", "ends": "2026-03-13T18:30:00+08:00",
			"place": "党员活动室", "days_ahead": 5.0, "late": false,
		}},
		{themeday.ForecastPost, map[string]any{"due": 5.0, "leave": 1.0, "expected": 4.0, "need": 4.0, "at_risk": false}},
		{themeday.SignInOpen, map[string]any{"closes": "2026-03-13T18:30:00+08:00"}},
		{themeday.Attendance, map[string]any{"due": 5.0, "present": 2.0, "remote": 1.0, "leave": 1.0, "absent": 1.0, "rate_percent": 60.0, "quorum_met": false}},
		{themeday.EvaluationOpened, map[string]any{"closes": "2026-03-14T18:30:00+08:00"}},
		{themeday.EvaluationResult, map[string]any{"raters": 5.0, "satisfied": 4.0, "rate_percent": 80.0}},
		{themeday.RecordDuePost, map[string]any{"due": "2026-03-16T00:00:00+08:00"}},
	} {
		got := one(t, all, c.kind).data
		for key, want := range c.want {
			if got[key] != want {
				t.Errorf("%s: %s is %v, want %v", c.kind, key, got[key], want)
			}
		}
	}
	result := one(t, all, themeday.EvaluationResult)
	if means, ok := result.data["dimensions"].([]any); !ok || !slices.Equal(means, []any{5.0, 4.0, 5.0, 3.0}) {
		t.Errorf("means %v", result.data["dimensions"])
	}
	if !strings.Contains(result.text, "效果突出显著：3.0分") || !strings.Contains(result.text, "参加5人，测评5人，满意4人，满意率80%") {
		t.Errorf("%s", result.text)
	}
}

func TestNothingPrivateReachesTheGroup(t *testing.T) {
	s, all := playMarch(t)
	all = append(all, s.run("2026-03-31 20:00")...)
	for _, w := range all {
		if w.to != "group" {
			continue
		}
		for _, private := range []string{"孩子住院", "钱七", "上门"} {
			if strings.Contains(w.text, private) {
				t.Errorf("the group reads %q in %s", private, w.text)
			}
		}
		if w.kind == themeday.Attendance && strings.Contains(w.text, "李四") {
			t.Errorf("the group reads who is absent: %s", w.text)
		}
	}
}

func TestFiledMeanwhileTheRemindersFallSilent(t *testing.T) {
	s, _ := playMarch(t)
	s.run("2026-03-14 19:00")
	s.act("2026-03-14 19:00", "王强", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		a, err := s.desk.Summarise(tx, c, a, "成效好")
		if err == nil {
			_, _, err = s.desk.FileRecord(tx, c, a)
		}
		return err
	})
	got := transcript(s.run("2026-03-26 10:00"))
	compare(t, got, `
		03-14 19:00 record.filed → 陈明: 第一支部3月主题党日纪实表第1版已于3月14日 周六 19:00上报。
		03-20 09:00 makeup.due → 钱七: 钱七同志：3月主题党日（3月13日 周五）的补学请在3月27日24:00前完成，还有7天。
		03-26 09:00 makeup.due → 钱七: 钱七同志：3月主题党日（3月13日 周五）的补学请在3月27日24:00前完成，明天是最后一天。`)
}

func TestAnActivityToWhichNobodyCameIsReportedAllTheSame(t *testing.T) {
	s := newStage(t)
	s.approved("2026-03-04 10:00")
	s.run("2026-03-13 14:00")
	said := s.run("2026-03-31 23:00")
	if w := one(t, said, themeday.Attendance); !w.at.Equal(clockOf(t, "2026-03-13 14:45")) || w.data["present"] != 0.0 {
		t.Errorf("attendance %+v", w)
	}
	if w := one(t, said, themeday.EvaluationResult); !w.at.Equal(clockOf(t, "2026-03-14 18:30")) || w.data["raters"] != 0.0 {
		t.Errorf("evaluation %+v", w)
	}
	for _, l := range transcript(said) {
		if strings.Contains(l, "makeup.due") {
			t.Errorf("nobody was there, and yet: %s", l)
		}
	}
	got := transcript(s.run("2026-04-01 09:00"))
	if len(got) != 2 || !strings.Contains(got[0]+got[1], "secretary: 3月没有开展主题党日") {
		t.Errorf("said %v", got)
	}
}

func TestWhoComesAfterTheReportIsToldWithTheNewRate(t *testing.T) {
	s := newStage(t)
	s.approved("2026-03-04 10:00")
	s.run("2026-03-13 15:28")
	s.signIn("2026-03-13 15:28", "王强")
	w := one(t, s.run("2026-03-13 15:31"), themeday.SignInProgress)
	if !w.at.Equal(clockOf(t, "2026-03-13 15:29")) || !strings.Contains(w.text, "出席率20%") || w.data["present"] != 1.0 {
		t.Errorf("%v %s", w, w.text)
	}
}

// renderAt renders a stored post at an instant without sending it.
func (s *stage) renderAt(key, clock string) Rendered {
	s.t.Helper()
	var r Rendered
	s.do(clock, func(tx themeday.Tx, at time.Time) error {
		p, ok, err := tx.Post(key)
		if err != nil || !ok {
			return errors.Join(err, errors.New("no post "+key))
		}
		r, err = s.planner.Render(tx, p, at)
		return err
	})
	return r
}

func TestAGroupPostThatIsLateSaysWhenItShouldHaveCome(t *testing.T) {
	s := newStage(t)
	s.approved("2026-03-04 10:00")
	for _, c := range []struct {
		key, at string
		late    bool
	}{
		{"reminder/第一支部/2026-03", "2026-03-12 17:15", false},
		{"reminder/第一支部/2026-03", "2026-03-12 17:16", true},
		{"notice/第一支部/2026-03", "2026-03-08 11:00", false}, // it says 逾期 itself
		{"forecast/第一支部/2026-03", "2026-03-12 11:00", false},
	} {
		r := s.renderAt(c.key, c.at)
		if got := strings.HasSuffix(r.Texts[0], "\n（本条应于3月12日 17:00发出，补发）"); got != c.late {
			t.Errorf("%s at %s: %s", c.key, c.at, r.Texts[0])
		}
	}
	if r := s.renderAt("notice/第一支部/2026-03", "2026-03-08 09:15"); strings.Contains(r.Texts[0], "逾期") {
		t.Errorf("a quarter of an hour is no delay: %s", r.Texts[0])
	}
	if r := s.renderAt("notice/第一支部/2026-03", "2026-03-08 09:16"); !strings.Contains(r.Texts[0], "逾期") {
		t.Errorf("more than a quarter of an hour is: %s", r.Texts[0])
	}
	if r := s.renderAt("reminder/第一支部/2026-03", "2026-03-13 08:00"); !strings.HasPrefix(r.Texts[0], "今天（3月13日 周五）") {
		t.Errorf("on the day itself: %s", r.Texts[0])
	}
}

func TestWhatBecamePointlessIsNotSaid(t *testing.T) {
	s := newStage(t)
	s.approved("2026-03-04 10:00")
	leave := "leave.asked/第一支部/2026-03/" // of 钱七
	s.act("2026-03-09 10:00", "钱七", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		l, err := s.desk.AskLeave(tx, c, a, s.member(tx, "钱七"), "孩子住院", "")
		posts, _ := tx.ActivityPosts(a.ID, themeday.LeaveAskedPost)
		leave = posts[0].Key
		if err == nil && l.State != themeday.LeaveAsked {
			t.Errorf("leave %+v", l)
		}
		return err
	})
	if r := s.renderAt(leave, "2026-03-09 10:00"); !strings.Contains(r.Texts[0], "事由：孩子住院") || !strings.Contains(r.Texts[0], "准假 钱七") {
		t.Errorf("the secretary reads %v", r.Texts)
	}
	s.act("2026-03-09 10:01", "王强", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		_, err := s.desk.DecideLeave(tx, c, first, nil, s.member(tx, "钱七"), false, "本次有表决")
		return err
	})
	s.act("2026-03-13 13:00", "王强", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		_, err := s.desk.Tick(tx, c, a, nil)
		return err
	})
	for _, c := range []struct{ key, at, why string }{
		{leave, "2026-03-09 10:02", "decided or cancelled meanwhile"},
		{"checklist/第一支部/2026-03", "2026-03-13 13:30", "everything is ticked"},
		{"plan.missing/第一支部/2026-03/10/secretary", "2026-03-10 09:00", "the month has a date"},
		{"record.due/第一支部/2026-03/1", "2026-03-13 09:00", "the activity was not held"},
		{"absence/第一支部/2026-03/secretary", "2026-03-16 09:00", "the activity was not held"},
	} {
		if r := s.renderAt(c.key, c.at); r.Texts != nil || r.Why != c.why {
			t.Errorf("%s: says %q because %q", c.key, r.Texts, r.Why)
		}
	}
	for key, until := range map[string]string{
		"absent/第一支部/2026-03":            "2026-03-13 19:01",
		"evaluation.result/第一支部/2026-03": "2026-03-14 18:30",
	} {
		if r := s.renderAt(key, "2026-03-13 19:00"); !r.Wait.Equal(clockOf(t, until)) || r.Texts != nil {
			t.Errorf("%s: waits until %v", key, r.Wait)
		}
	}
	told := only(s.posts(themeday.Waiting), "leave.decided")
	if r := s.renderAt(strings.Fields(told[0])[3], "2026-03-09 10:02"); !strings.Contains(r.Texts[0], "没有批准：本次有表决") {
		t.Errorf("the member reads %v", r.Texts)
	}
}

func TestWhoeverLeftTheCommitteeOrIsTheSecretaryHimselfIsNotToldAsTheCommittee(t *testing.T) {
	s := newStage(t)
	s.plan("2026-03-01 08:00")
	key := "plan.missing/committee/2026-03-20/7"
	if r := s.renderAt(key, "2026-03-20 09:00"); len(r.Texts) != 1 || !strings.HasPrefix(r.Texts[0], "第一支部3月还没有排定") {
		t.Errorf("the committee reads %v", r.Texts)
	}
	for why, change := range map[string]func(themeday.Tx) error{
		"no longer of the committee": func(tx themeday.Tx) error {
			return tx.PutPerson(themeday.Person{ID: s.people["陈明"], Name: "陈明"})
		},
		"he is the branch's secretary himself": func(tx themeday.Tx) error {
			err := tx.PutMembership(themeday.Membership{Branch: first, Person: s.people["陈明"], Offices: themeday.Offices{themeday.Secretary}, Category: themeday.Formal})
			return errors.Join(err, tx.PutPerson(themeday.Person{ID: s.people["陈明"], Name: "陈明", Committee: true}))
		},
	} {
		s.do("2026-03-01 09:00", func(tx themeday.Tx, at time.Time) error {
			p, _, err := tx.Post(key)
			if err != nil {
				return err
			}
			takeBack := errors.New("taken back")
			err = tx.Nested(func(tx themeday.Tx) error {
				if err := change(tx); err != nil {
					return err
				}
				r, err := s.planner.Render(tx, p, at)
				if r.Texts != nil || r.Why != why {
					t.Errorf("%s: says %q because %q", why, r.Texts, r.Why)
				}
				return errors.Join(err, takeBack)
			})
			if err.Error() != takeBack.Error() {
				return err
			}
			return nil
		})
	}
}

func TestTheSecretaryHearsOfNamesInAChainUntilTheyHaveSignedIn(t *testing.T) {
	s := newStage(t)
	s.approved("2026-03-04 10:00")
	s.run("2026-03-13 14:05")
	s.act("2026-03-13 14:05", "张三", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		for _, name := range []string{"李四", "钱七"} {
			if err := tx.PutClaim(themeday.Claim{Activity: a.ID, Name: name, By: s.people["张三"], At: c.At}); err != nil {
				return err
			}
		}
		return tx.PutPost(themeday.Post{
			Key: "claims", Kind: themeday.ClaimsPost, Branch: first, Activity: a.ID, To: themeday.ToSecretary,
			State: themeday.Waiting, Due: c.At.Add(3 * time.Minute), Planned: c.At.Add(3 * time.Minute), Expires: a.EndAt(),
		})
	})
	s.signIn("2026-03-13 14:06", "李四")
	r := s.renderAt("claims", "2026-03-13 14:08")
	if len(r.Texts) != 1 || !strings.Contains(r.Texts[0], "钱七（张三代写）") || strings.Contains(r.Texts[0], "李四") || !strings.Contains(r.Texts[0], "代签 钱七 事由") {
		t.Errorf("the secretary reads %v", r.Texts)
	}
	s.signIn("2026-03-13 14:07", "钱七")
	if r := s.renderAt("claims", "2026-03-13 14:08"); r.Texts != nil || r.Why != "all of them have signed in" {
		t.Errorf("says %v because %q", r.Texts, r.Why)
	}
}

func TestMembersHearWhoSignedThemInAndWhatBecameOfTheirStudy(t *testing.T) {
	s, _ := playMarch(t)
	s.run("2026-03-14 09:00")
	s.act("2026-03-14 10:00", "王强", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		_, err := s.desk.Object(tx, c, a, s.member(tx, "李四"), "我14:30就到了")
		return err
	})
	s.act("2026-03-14 10:01", "钱七", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		_, err := s.desk.HandIn(tx, c, first, s.people["钱七"], nil, "我学习了党章第一章", "")
		return err
	})
	heard := s.run("2026-03-14 10:01")
	if w := one(t, heard, themeday.ObjectionRaised); w.to != "secretary" || !strings.Contains(w.text, "李四对3月主题党日的记录有异议：我14:30就到了") {
		t.Errorf("%v", w.text)
	}
	if w := one(t, heard, themeday.MakeupHandedPost); w.to != "secretary" || !strings.Contains(w.text, "我学习了党章第一章") || !strings.Contains(w.text, "补学 过 钱七") {
		t.Errorf("%v", w.text)
	}
	s.act("2026-03-14 10:02", "王强", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		_, err := s.desk.DecideMakeup(tx, c, first, nil, s.member(tx, "钱七"), false, "请写自己的体会")
		return err
	})
	if w := one(t, s.run("2026-03-14 10:02"), themeday.MakeupDecided); w.to != "钱七" || !strings.Contains(w.text, "请写自己的体会") {
		t.Errorf("%v %v", w.to, w.text)
	}
	s.act("2026-03-14 10:03", "王强", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		_, err := s.desk.SignInProxy(tx, c, a, s.member(tx, "钱七"), "迟到未签", true)
		return err
	})
	heard = s.run("2026-03-14 10:03")
	if w := one(t, heard, themeday.ProxyTold); w.to != "钱七" || !strings.Contains(w.text, "王强为您补签了") || !strings.Contains(w.text, "异议 3月") {
		t.Errorf("%v %v", w.to, w.text)
	}
	if left := only(s.posts(themeday.Waiting), "makeup.due"); left != nil {
		t.Errorf("he was there after all, yet %v", left)
	}
}

func TestTooFewIsReportedToSecretaryAndCommitteeUnlessMoreWereThere(t *testing.T) {
	s := newStage(t)
	s.approved("2026-03-04 10:00")
	s.run("2026-03-13 14:20")
	s.signIn("2026-03-13 14:20", "王强", "张三", "李四")
	w := s.run("2026-03-13 18:30")
	hits := only(transcript(w), "violation")
	compare(t, hits, `
		03-13 18:30 violation → secretary: 3月主题党日应到5人，参加3人，出席率60%，未达到80%（第三条·R12）。
		03-13 18:30 violation → 陈明: 第一支部3月主题党日应到5人，参加3人，出席率60%，未达到80%（第三条·R12）。`)
	s.act("2026-03-13 19:00", "王强", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		_, err := s.desk.SignInProxy(tx, c, a, s.member(tx, "赵六"), "手机没电", true)
		return err
	})
	if r := s.renderAt("violation/R12/第一支部/2026-03", "2026-03-13 19:01"); r.Texts != nil || r.Why != "enough took part after all" {
		t.Errorf("says %v because %q", r.Texts, r.Why)
	}
}

func TestAbsenceIsCountedInARowAndInTheYear(t *testing.T) {
	s := newStage(t)
	s.approved("2026-03-04 10:00")
	present := map[time.Month][]string{ // of the months that were held; 赵六 was on leave in February
		time.January: {"王强", "张三", "钱七"}, time.February: {"王强", "张三", "李四", "钱七"}, time.March: {"王强"},
	}
	s.do("2026-03-15 09:00", func(tx themeday.Tx, at time.Time) error {
		for m := time.January; m <= time.March; m++ {
			a := march(t)
			a.Month.Month, a.ID = m, themeday.ActivityOf(first, themeday.YearMonth{Year: 2026, Month: m})
			a.Starts, a.Ends = a.Starts.AddDate(0, int(m)-3, 0), a.Ends.AddDate(0, int(m)-3, 0)
			a.Steps[themeday.SigningIn-1].At = a.Starts
			if err := tx.PutActivity(a); err != nil {
				return err
			}
			for _, name := range present[m] {
				if err := tx.PutSignIn(themeday.SignIn{Activity: a.ID, Person: s.people[name], At: a.Starts, Entered: a.Starts, How: themeday.Self}); err != nil {
					return err
				}
			}
		}
		return tx.PutLeave(themeday.Leave{Activity: "第一支部/2026-02", Person: s.people["赵六"], At: at, Reason: "住院", State: themeday.LeaveGranted})
	})
	if r := s.renderAt("absence/第一支部/2026-03/secretary", "2026-03-16 09:00"); r.Texts != nil || r.Why != "nobody was absent too often" {
		t.Errorf("李四 was absent in January and March, 赵六 as well: %v", r.Texts)
	}
	s.do("2026-03-15 10:00", func(tx themeday.Tx, _ time.Time) error {
		return tx.DeleteSignIn("第一支部/2026-02", s.people["李四"])
	})
	for key, begins := range map[string]string{"secretary": "以下同志", "7": "第一支部以下同志"} {
		r := s.renderAt("absence/第一支部/2026-03/"+key, "2026-03-16 09:00")
		if len(r.Texts) != 1 || !strings.HasPrefix(r.Texts[0], begins) || !strings.Contains(r.Texts[0], "· 李四：连续3次无故缺席：1月、2月、3月；本年累计3次：1月、2月、3月\n") || strings.Contains(r.Texts[0], "赵六") {
			t.Errorf("%s reads %v", key, r.Texts)
		}
	}
}

func TestALongTextComesInParts(t *testing.T) {
	s, _ := playMarch(t)
	s.act("2026-03-14 10:01", "钱七", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		_, err := s.desk.HandIn(tx, c, first, s.people["钱七"], nil, strings.Repeat("我学习了党章，体会很深。\n", 100), "")
		return err
	})
	key := strings.Fields(only(s.posts(themeday.Waiting), "makeup.handed")[0])[3]
	r := s.renderAt(key, "2026-03-14 10:01")
	if len(r.Texts) != 3 || !strings.HasPrefix(r.Texts[2], "（3/3）") {
		t.Errorf("%d parts", len(r.Texts))
	}
}

func TestEveryKindOfPostIsRenderedAndExplained(t *testing.T) {
	s := newStage(t)
	for k := range reasons {
		if _, ok := says[k]; !ok && k != themeday.ReplyKind {
			t.Errorf("%s has a reason and no text", k)
		}
	}
	for k := range says {
		if text := s.planner.Explain(k); text == "" || !strings.HasSuffix(text, "。") || strings.Contains(text, "%!") {
			t.Errorf("%s is explained as %q", k, text)
		}
	}
	if got := s.planner.Explain(themeday.Notice); got != "活动安排审定后，在活动前5天公示（第二条·R06）。" {
		t.Errorf("got %q", got)
	}
	if got := s.planner.Explain("tea"); got != "" {
		t.Errorf("an unknown kind is explained as %q", got)
	}
	err := s.store.View(context.Background(), func(tx themeday.Tx) error {
		_, err := s.planner.Render(tx, themeday.Post{Kind: "tea", Branch: first}, clockOf(t, "2026-03-01 08:00"))
		return err
	})
	if err == nil {
		t.Error("an unknown kind was rendered")
	}
	if r := s.renderDoubt(); len(r.Texts) != 1 || !strings.Contains(r.Texts[0], "绑定码 李四") {
		t.Errorf("a doubtful name: %v", r.Texts)
	}
}

func (s *stage) renderDoubt() Rendered {
	s.t.Helper()
	var r Rendered
	s.do("2026-03-13 14:10", func(tx themeday.Tx, at time.Time) (err error) {
		r, err = s.planner.Render(tx, themeday.Post{Key: "identity.doubt/1", Kind: themeday.IdentityDoubt, Branch: first, To: themeday.ToSecretary, Arg: "李四"}, at)
		return err
	})
	return r
}
