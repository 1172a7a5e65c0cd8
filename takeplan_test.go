package themeday_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"themeday"
	"themeday/storage"
)

var beijing = time.FixedZone("CST", 8*60*60)

// planStage is a store with two branches, a desk, and the hour of the import: 1 March 2026, 08:00.
type planStage struct {
	t     *testing.T
	store *storage.Store
	desk  themeday.Desk
	at    time.Time
}

func newPlanStage(t *testing.T) *planStage {
	t.Helper()
	store, err := storage.Open(filepath.Join(t.TempDir(), "plan.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	calendar, err := themeday.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	s := &planStage{t: t, store: store, desk: themeday.Desk{Rules: themeday.DefaultRules(), Calendar: calendar, Zone: beijing}, at: time.Date(2026, 3, 1, 8, 0, 0, 0, beijing)}
	s.do(func(tx themeday.Tx) error {
		return errors.Join(tx.PutBranch(themeday.Branch{ID: "一", Name: "第一支部", Group: "一"}), tx.PutBranch(themeday.Branch{ID: "二", Name: "二", Group: "二"}))
	})
	return s
}

func (s *planStage) do(what func(themeday.Tx) error) {
	s.t.Helper()
	if err := s.store.Update(context.Background(), what); err != nil {
		s.t.Fatal(err)
	}
}

func (s *planStage) take(drawn string) (themeday.PlanTaken, []themeday.RowError) {
	s.t.Helper()
	lines, bad := themeday.ReadPlan(planRows(planHeader + drawn))
	if len(bad) > 0 {
		s.t.Fatal(bad)
	}
	var taken themeday.PlanTaken
	s.do(func(tx themeday.Tx) (err error) {
		taken, bad, err = s.desk.TakePlan(tx, themeday.Cause{By: themeday.Bot, At: s.at, Verb: "导入计划"}, lines)
		return err
	})
	return taken, bad
}

func (s *planStage) activity(id themeday.ActivityID) (a themeday.Activity) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) (err error) {
		a, _, err = tx.Activity(id)
		return err
	})
	return a
}

func (s *planStage) entries() (n int) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		all, err := tx.EntriesAbout("activity", "")
		n = len(all)
		return err
	})
	return n
}

const (
	aprilLine = "第一支部|4月|2026-04-10|14:00|18:00|会议室|学习党章|政治学习"
	mayLine   = "一|5月|2026-05-08|14:00|18:00|会议室||"
)

func TestAPlanIsTakenOverWithItsEntries(t *testing.T) {
	s := newPlanStage(t)
	taken, bad := s.take(aprilLine + "\n" + mayLine)
	if len(bad) > 0 || taken.Dated != 2 {
		t.Fatal(taken, bad)
	}
	a := s.activity("一/2026-04")
	if got := a.Starts.In(beijing).Format("01-02 15:04") + a.Ends.In(beijing).Format("-15:04 ") + a.Place + fmt.Sprint(a.Topics, a.Content, a.Version, a.Done(themeday.Deciding)); got != "04-10 14:00-18:00 会议室[学习党章] [政治学习] 1 true" {
		t.Error(got)
	}
	if n := s.entries(); n != 4 { // a date and the words, twice: the place of May is words too
		t.Errorf("%d entries, want 4", n)
	}
	again, bad := s.take(aprilLine + "\n" + mayLine)
	if len(bad) > 0 || again.Same != 2 || again.Dated+again.Moved+again.Changed != 0 || s.entries() != 4 {
		t.Errorf("a second time: %+v %v, %d entries", again, bad, s.entries())
	}
}

func TestAPlanKeepsTheRulesAllOrNothing(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"a stranger's branch", "三支部|6月|2026-06-12|14:00|18:00", "第4行 支部：没有“三支部”这个支部"},
		{"too short (R02)", "一|6月|2026-06-12|14:00|17:59", "第4行 日期：活动不少于半天（4小时）"},
		{"past (R05)", "一|2月|2026-02-13|14:00|18:00", "第4行 日期：2月已经过去"},
		{"this month but over", "一|3月|2026-03-01|01:00|07:00", "第4行 日期：3月1日 周日 01:00已经过去"},
		{"too far (R04)", "一|6月|2062-06-12|14:00|18:00", "第4行 日期：2062年太远"},
		{"no political study (R16)", "一|6月|2026-06-12|14:00|18:00||参观|参观", "第4行 内容：内容里没有政治学习或党性锻炼"},
		{"kept clear (R07)", "一|7月|2026-07-10|14:00|18:00||", "第4行 日期：7月10日是业务忙时"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newPlanStage(t)
			july := themeday.Date{Year: 2026, Month: 7, Day: 10}
			s.do(func(tx themeday.Tx) error {
				return tx.PutBlackout(themeday.Blackout{Branch: "一", From: july, To: july, Why: "结账"})
			})
			taken, bad := s.take(aprilLine + "\n" + mayLine + "\n" + c.line)
			if len(bad) != 1 || !strings.HasPrefix(bad[0].Error(), c.want) {
				t.Errorf("%v, want %q", bad, c.want)
			}
			if taken.Dated != 0 || s.activity("一/2026-04").Dated() || s.entries() != 0 {
				t.Error("the other lines were taken over")
			}
		})
	}
}

func TestADateThatStandsChangesOnlyWithAReason(t *testing.T) {
	moved := "第一支部|4月|2026-04-17|14:00|18:00|会议室|学习党章|政治学习"
	for _, c := range []struct {
		name  string
		stand func(tx themeday.Tx, a themeday.Activity) error
	}{
		{"filed (R04)", func(tx themeday.Tx, _ themeday.Activity) error {
			return tx.PutFiling(themeday.Filing{Branch: "一", Year: 2026, At: time.Date(2026, 1, 5, 0, 0, 0, 0, beijing)})
		}},
		{"approved (R18)", func(tx themeday.Tx, a themeday.Activity) error {
			a.Steps[themeday.Approving-1].At = time.Date(2026, 3, 1, 0, 0, 0, 0, beijing)
			return tx.PutActivity(a)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newPlanStage(t)
			s.take(aprilLine)
			a := s.activity("一/2026-04")
			s.do(func(tx themeday.Tx) error { return c.stand(tx, a) })
			if _, bad := s.take(aprilLine); len(bad) > 0 {
				t.Error("what stands already is refused:", bad)
			}
			if _, bad := s.take(moved); len(bad) != 1 || !strings.Contains(bad[0].Error(), "改期要有事由") {
				t.Error("moved without a reason:", bad)
			}
			taken, bad := s.take(moved + "|会场另有安排")
			if len(bad) > 0 || taken.Moved != 1 {
				t.Fatal(taken, bad)
			}
			var moves []themeday.DateChange
			s.do(func(tx themeday.Tx) (err error) {
				moves, err = tx.Changes("一/2026-04")
				return err
			})
			if len(moves) != 1 || moves[0].Why != "会场另有安排" || s.activity("一/2026-04").Version != 2 {
				t.Errorf("the change was not filed: %+v", moves)
			}
		})
	}
}

func TestAPlanThatWasNotFiledMovesFreelyAndGoesUpOneVersion(t *testing.T) {
	s := newPlanStage(t)
	s.take(aprilLine)
	taken, bad := s.take("一|4月|2026-04-24|9:00|17:00|会议室|学习党章|政治学习")
	if a := s.activity("一/2026-04"); len(bad) > 0 || taken.Moved != 1 || a.Version != 2 || a.Starts.In(beijing).Day() != 24 {
		t.Error(taken, bad, a.Version, a.Starts)
	}
}

func TestTopicsThatTheCommitteeApprovedStand(t *testing.T) {
	s := newPlanStage(t)
	s.take(aprilLine)
	a := s.activity("一/2026-04")
	a.Steps[themeday.Approving-1].At = s.at
	s.do(func(tx themeday.Tx) error { return tx.PutActivity(a) })
	_, bad := s.take("一|4月|2026-04-10|14:00|18:00|会议室|别的主题|政治学习")
	if len(bad) != 1 || !strings.Contains(bad[0].Error(), "第2行 主题：4月主题党日已经审定") {
		t.Error(bad)
	}
}

func TestAPlanSaysWhereALeaderIsKeptBackFromTheGroup(t *testing.T) {
	s := newPlanStage(t)
	s.do(func(tx themeday.Tx) error {
		_, err := tx.AddPerson(themeday.Person{Name: "林海", Liaison: true})
		return err
	})
	taken, bad := s.take("一|5月|2026-05-08|14:00|18:00||学习党章；林海到会点评|")
	if said := strings.Join(taken.Notes, "\n"); len(bad) > 0 || !strings.Contains(said, "第2行：写了领导同志（林海），领导的行程不在群里预告（第三条·R10）") {
		t.Errorf("%v %s", bad, said)
	}
}

func TestAPlanSaysWhatIsWorthALook(t *testing.T) {
	s := newPlanStage(t)
	s.do(func(tx themeday.Tx) error {
		return tx.PutFixedDay("一", themeday.FixedDay{Kind: themeday.NthWeekday, N: 2, Weekday: time.Friday, From: 14 * 60, To: 18 * 60, Place: "室"}, s.at)
	})
	taken, bad := s.take("一|5月|2026-05-01|14:00|18:00||参观企业|")
	said := strings.Join(taken.Notes, "\n")
	for _, want := range []string{"第2行：第一支部5月1日是劳动节放假", "第2行：第一支部固定日（每月第2个周五）在5月8日，本行是5月1日", "第2行：从主题看不出有没有政治学习", "第一支部2026年12月还没有日期"} {
		if len(bad) > 0 || !strings.Contains(said, want) {
			t.Errorf("%v %s lacks %q", bad, said, want)
		}
	}
	if strings.Contains(said, "2月还没有日期") && !strings.Contains(said, "12月还没有日期") {
		t.Error("a month that is past is missed:", said)
	}
}
