package scheduler

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
)

func only(all []string, part string) []string {
	var out []string
	for _, l := range all {
		if strings.Contains(l, part) {
			out = append(out, l)
		}
	}
	return out
}

func TestPlanningTwiceChangesNothing(t *testing.T) {
	s := newStage(t)
	s.approved("2026-03-04 10:00")
	before := s.posts()
	s.plan("2026-03-04 10:00")
	s.plan("2026-03-04 10:05")
	if after := s.posts(); !slices.Equal(before, after) || len(before) < 50 {
		t.Errorf("before\n%s\nafter\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
}

func TestWhatWasSentStaysSent(t *testing.T) {
	s := newStage(t)
	s.approved("2026-03-04 10:00")
	s.run("2026-03-08 09:00")
	s.do("2026-03-08 09:01", func(tx themeday.Tx, _ time.Time) error {
		p, _, err := tx.Post("reminder/第一支部/2026-03")
		p.State = themeday.Unknown
		if err != nil {
			return err
		}
		return tx.PutPost(p)
	})
	s.plan("2026-03-08 09:02")
	if p := s.post("notice/第一支部/2026-03"); p.State != themeday.Sent {
		t.Errorf("the notice is %s", p.State)
	}
	if p := s.post("reminder/第一支部/2026-03"); p.State != themeday.Unknown {
		t.Errorf("the reminder of unknown outcome is %s", p.State)
	}
}

func TestASendingBackTakesThePostsAwayAndANewApprovalBringsThemBack(t *testing.T) {
	s := newStage(t)
	s.approved("2026-03-04 10:00")
	s.act("2026-03-04 11:00", "陈明", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		_, err := s.desk.SendBack(tx, c, a, "缺少党性锻炼内容")
		return err
	})
	if p := s.post("notice/第一支部/2026-03"); p.State != themeday.Dropped || p.Note != "no longer wanted" {
		t.Errorf("the notice is %s: %s", p.State, p.Note)
	}
	if p := s.post("approval.due/第一支部/2026-03/8/secretary"); p.State != themeday.Waiting {
		t.Errorf("the reminder of the approval is %s", p.State)
	}
	s.act("2026-03-04 12:00", "王强", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		_, err := s.desk.Submit(tx, c, a)
		return err
	})
	s.approve("2026-03-04 13:00")
	if p := s.post("notice/第一支部/2026-03"); p.State != themeday.Waiting || p.Note != "" {
		t.Errorf("the notice is %s: %s", p.State, p.Note)
	}
	if p := s.post("approval.due/第一支部/2026-03/8/secretary"); p.State != themeday.Dropped {
		t.Errorf("the reminder of the approval is %s", p.State)
	}
	if open := only(s.posts(themeday.Waiting), "approval.asked"); len(open) != 2 {
		t.Errorf("the posts of the use cases: %v", open)
	}
}

func TestAChangeOfDateDropsTheOldKeysAndPlansNewOnes(t *testing.T) {
	s := newStage(t)
	s.approved("2026-03-04 10:00")
	said := transcript(s.run("2026-03-08 09:00"))
	s.act("2026-03-09 11:00", "王强", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		_, _, err := s.desk.ChangeDate(tx, c, a, themeday.NewDate{Day: themeday.Date{Year: 2026, Month: time.March, Day: 20}, From: 14 * 60, To: 14 * 60, Why: "会场检修"})
		return err
	})
	for _, l := range s.posts(themeday.Waiting) {
		if strings.Contains(l, "第一支部/2026-03") && !strings.Contains(l, "/v2") && !strings.Contains(l, "violation") && !strings.Contains(l, "plan.missing") &&
			!strings.Contains(l, "change") {
			t.Errorf("left over: %s", l)
		}
	}
	got := only(s.posts(themeday.Waiting), "/v2")
	if !slices.Contains(got, "03-15 09:00 planned notice/第一支部/2026-03/v2") || !slices.Contains(got, "03-20 13:30 planned signin.open/第一支部/2026-03/v2") {
		t.Errorf("planned anew: %v", got)
	}
	if len(only(said, "notice → group")) != 1 {
		t.Errorf("said before: %v", said)
	}
	next := s.run("2026-03-15 09:00")
	if w := one(t, next, themeday.DateChanged); !strings.Contains(w.text, "原定：3月13日 周五 14:30") || strings.Contains(w.text, "检修") {
		t.Errorf("the group hears %q", w.text)
	}
	if w := one(t, next, themeday.ChangeFiled); w.to != "陈明" || !strings.Contains(w.text, "会场检修") {
		t.Errorf("the committee hears %q", w)
	}
	if w := one(t, next, themeday.Notice); w.data["late"] != false || !strings.Contains(w.text, "时间有调整") {
		t.Errorf("the second notice: %v %q", w.data, w.text)
	}
}

func TestPlannedTooLateOnlyWhatTheMeetingNeedsIsSaid(t *testing.T) {
	s := newStage(t)
	s.approved("2026-03-13 11:00")
	got := s.posts(themeday.Waiting)
	for _, want := range []string{"03-13 11:00 planned notice", "03-13 13:30 planned checklist", "03-13 14:00 planned signin.open"} {
		if len(only(got, want)) != 1 {
			t.Errorf("no %s in %v", want, got)
		}
	}
	for _, kind := range []string{"forecast", "reminder", "approval.due/第一支部/2026-03", "plan.missing/第一支部/2026-03/10"} {
		if late := only(s.posts(), kind); late != nil {
			t.Errorf("planned although past: %v", late)
		}
	}
	w := one(t, s.run("2026-03-13 11:00"), themeday.Notice)
	if w.data["late"] != true || w.data["days_ahead"] != 0.0 || !strings.HasPrefix(w.text, "【3月主题党日预告（逾期）】") {
		t.Errorf("%v %q", w.data, w.text)
	}
}

func TestAProcessThatWasDownDuringTheMeetingCatchesUp(t *testing.T) {
	s := newStage(t)
	s.approved("2026-03-04 10:00")
	s.do("2026-03-04 10:00", func(tx themeday.Tx, _ time.Time) error { // as if these had never been planned
		return tx.DropPlanned("第一支部/2026-03", nil, "no longer wanted")
	})
	s.plan("2026-03-13 15:00")
	compare(t, func() (out []string) {
		for _, l := range s.posts(themeday.Waiting) {
			if strings.Contains(l, "第一支部/2026-03") && strings.HasPrefix(l, "03-13") {
				out = append(out, l)
			}
		}
		return out
	}(), `
		03-13 14:00 planned signin.open/第一支部/2026-03
		03-13 14:45 planned absent/第一支部/2026-03
		03-13 14:45 planned attendance/第一支部/2026-03
		03-13 18:30 planned evaluation.open/第一支部/2026-03`)
}

func TestAPostThatWasPutOffKeepsItsTimeUntilItsPlanMoves(t *testing.T) {
	s := newStage(t)
	s.approved("2026-03-04 10:00")
	s.run("2026-03-13 14:44")
	s.do("2026-03-13 14:44", func(tx themeday.Tx, _ time.Time) error {
		p, _, err := tx.Post("attendance/第一支部/2026-03")
		p.Due = clockOf(t, "2026-03-13 14:50") // the pace put it off
		return errors.Join(err, tx.PutPost(p))
	})
	s.plan("2026-03-13 14:46")
	if p := s.post("attendance/第一支部/2026-03"); !p.Due.Equal(clockOf(t, "2026-03-13 14:50")) {
		t.Errorf("planning pulled it to %v", p.Due)
	}
	s.signIn("2026-03-13 14:46", "张三")
	s.act("2026-03-13 14:47", "王强", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		a.Starts = a.Starts.Add(10 * time.Minute)
		return tx.PutActivity(a)
	})
	if p := s.post("attendance/第一支部/2026-03"); !p.Due.Equal(clockOf(t, "2026-03-13 14:55")) || !p.Planned.Equal(p.Due) {
		t.Errorf("its plan moved, it is due %v", p.Due)
	}
}

func TestAMonthBeforeTheBranchWasPlannedIsNoViolation(t *testing.T) {
	s := newStage(t)
	s.plan("2026-03-01 08:00")
	compare(t, only(s.posts(), "violation"), `
		04-01 09:00 planned violation/R01/第一支部/2026-03/secretary`)
	s.plan("2026-04-01 00:05")
	compare(t, only(s.posts(), "violation"), `
		04-01 09:00 planned violation/R01/第一支部/2026-03/secretary
		05-01 09:00 planned violation/R01/第一支部/2026-04/secretary`)
	w := s.run("2026-04-01 09:00")
	if len(only(transcript(w), "violation")) != 2 || len(only(transcript(w), "violation → 陈明: 第一支部3月没有开展主题党日")) != 1 {
		t.Errorf("said %v", transcript(w))
	}
	if d := w[len(w)-1].data; d["rule"] != "R01" || d["month"] != "2026-03" || d["activity"] != nil {
		t.Errorf("data %v", d)
	}
}

func TestTheDailyLookDatesMonthsAndEndsWhatNobodyEnded(t *testing.T) {
	s := newStage(t)
	s.approved("2026-03-04 10:00")
	s.run("2026-03-13 14:40")
	s.signIn("2026-03-13 14:40", "王强", "张三", "李四", "赵六")
	daily := func(at string) {
		s.do(at, func(tx themeday.Tx, at time.Time) error { return s.planner.Daily(tx, at) })
	}
	daily("2026-03-13 19:00")
	if owed := only(s.posts(), "makeup.due"); owed != nil {
		t.Errorf("half an hour after the end: %v", owed)
	}
	daily("2026-03-14 00:05")
	compare(t, only(s.posts(), "makeup.due"), `
		03-20 09:00 planned makeup.due/第一支部/2026-03/5/7
		03-26 09:00 planned makeup.due/第一支部/2026-03/5/1`)
	daily("2026-12-01 00:05")
	s.do("2026-12-01 00:06", func(tx themeday.Tx, _ time.Time) error {
		a, ok, err := tx.Activity("第一支部/2027-03")
		if !ok || !a.Dated() {
			t.Errorf("March of the next year has no date: %+v", a)
		}
		return err
	})
}

func TestAnEarlyEndPullsTheEvaluationForward(t *testing.T) {
	s := newStage(t)
	s.approved("2026-03-04 10:00")
	s.run("2026-03-13 14:10")
	s.signIn("2026-03-13 14:10", "王强", "张三", "李四", "赵六", "钱七")
	s.run("2026-03-13 17:40")
	s.act("2026-03-13 17:45", "王强", func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		_, err := s.desk.End(tx, c, a)
		return err
	})
	w := s.run("2026-03-13 18:30")
	open := one(t, w, themeday.EvaluationOpened)
	if !open.at.Equal(clockOf(t, "2026-03-13 17:45")) || open.data["closes"] != "2026-03-14T17:45:00+08:00" {
		t.Errorf("opened at %v, %v", open.at, open.data)
	}
	if p := s.post("evaluation.result/第一支部/2026-03"); !p.Due.Equal(clockOf(t, "2026-03-14 17:45")) {
		t.Errorf("the result is due %v", p.Due)
	}
	cut := only(transcript(w), "violation")
	if len(cut) != 2 || !strings.Contains(cut[0]+cut[1], "实际开展3小时15分，少于4小时") {
		t.Errorf("said %v", cut)
	}
}

func TestTakingTheEndBackDoesNotNameTheAbsentAgain(t *testing.T) {
	s := newStage(t)
	s.approved("2026-03-04 10:00")
	s.run("2026-03-13 14:10")
	s.signIn("2026-03-13 14:10", "张三")
	s.run("2026-03-13 14:50")
	end := func(tx themeday.Tx, c themeday.Cause, a themeday.Activity) error {
		_, err := s.desk.End(tx, c, a)
		return err
	}
	back := func(tx themeday.Tx, c themeday.Cause, _ themeday.Activity) error {
		_, err := s.desk.Undo(tx, c)
		return err
	}
	s.act("2026-03-13 16:00", "王强", end)
	s.run("2026-03-13 16:01")
	s.act("2026-03-13 16:05", "王强", back)
	w := s.run("2026-03-13 18:30")
	if named := only(transcript(w), "absent"); len(named) != 0 {
		t.Errorf("named again: %v", named)
	}
	one(t, w, themeday.EvaluationOpened)
}
