package scheduler

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"themeday"
)

// heldUnfiled puts an approved activity of 13 March into branches, held and not filed.
func (s *stage) heldUnfiled(at string, branches ...themeday.BranchID) {
	s.t.Helper()
	s.do(at, func(tx themeday.Tx, now time.Time) error {
		for _, b := range branches {
			if err := tx.PutBranch(themeday.Branch{ID: b, Name: string(b), Group: string(b)}); err != nil {
				return err
			}
			m := themeday.YearMonth{Year: 2026, Month: time.March}
			starts := themeday.Date{Year: 2026, Month: time.March, Day: 13}.At(14*60, shanghai)
			a := themeday.Activity{ID: themeday.ActivityOf(b, m), Branch: b, Month: m, Version: 1, Topics: []string{"学习党章"}, Starts: starts, Ends: starts.Add(4 * time.Hour)}
			for step := themeday.Deciding; step <= themeday.Reporting; step++ {
				a.Steps[step-1] = themeday.StepDone{At: now}
			}
			if err := tx.PutActivity(a); err != nil {
				return err
			}
		}
		return s.planner.Daily(tx, now)
	})
}

// aboveTold are the words of a kind to the committee, a line each: when, and of which activities or months.
func (s *stage) aboveTold(kind themeday.Kind, until string) (out []string) {
	for _, w := range s.run(until) {
		if w.kind != kind || w.to != "陈明" {
			continue
		}
		line := w.at.In(shanghai).Format("01-02 15:04")
		items, _ := w.data["items"].([]any)
		if items == nil {
			items = []any{w.data}
		}
		for _, one := range items {
			f := one.(map[string]any)
			for _, key := range []string{"rule", "activity", "branch", "days"} {
				if f[key] != nil {
					line += fmt.Sprintf(" %v", f[key])
				}
			}
		}
		out = append(out, line)
	}
	return out
}

func TestTheCommitteeHearsOfOverdueFormsOnceADayOfAllBranches(t *testing.T) {
	s := newStage(t)
	s.heldUnfiled("2026-03-14 08:00", first, "第二支部", "第三支部")
	compare(t, s.aboveTold(themeday.RecordOverdue, "2026-03-17 23:59"), `
		03-16 09:00 第一支部/2026-03 1 第二支部/2026-03 1 第三支部/2026-03 1
		03-17 09:00 第一支部/2026-03 2 第二支部/2026-03 2 第三支部/2026-03 2`)
	s.do("2026-03-18 08:00", func(tx themeday.Tx, at time.Time) error {
		for _, b := range []themeday.BranchID{first, "第三支部"} {
			a, _, err := tx.Activity(themeday.ActivityOf(b, themeday.YearMonth{Year: 2026, Month: time.March}))
			if err != nil {
				return err
			}
			a.Filed = at
			if err := tx.PutActivity(a); err != nil {
				return err
			}
			if err := s.planner.Plan(tx, b, at); err != nil {
				return err
			}
		}
		return nil
	})
	compare(t, s.aboveTold(themeday.RecordOverdue, "2026-03-30 23:59"), `
		03-18 09:00 第二支部/2026-03 3
		03-19 09:00 第二支部/2026-03 4
		03-20 09:00 第二支部/2026-03 5
		03-21 09:00 第二支部/2026-03 6
		03-22 09:00 第二支部/2026-03 7`)
}

func TestTheCommitteeHearsOfMonthsWithoutADateOnceADayOfAllBranches(t *testing.T) {
	s := newStage(t)
	s.do("2026-03-01 08:00", func(tx themeday.Tx, at time.Time) error {
		for _, b := range []themeday.BranchID{first, "第二支部"} {
			if err := tx.PutBranch(themeday.Branch{ID: b, Name: string(b), Group: string(b)}); err != nil {
				return err
			}
		}
		return s.planner.Daily(tx, at)
	})
	compare(t, s.aboveTold(themeday.PlanMissing, "2026-03-31 23:59"), `
		03-20 09:00 第一支部 第二支部
		03-26 09:00 第一支部 第二支部`)
	compare(t, s.aboveTold(themeday.Violation, "2026-04-01 23:59"), `
		04-01 09:00 R01 R01`)
}

func TestBrokenRulesOfADayComeInOneWordAndLaterOnesTheNextMorning(t *testing.T) {
	s := newStage(t)
	s.heldUnfiled("2026-03-13 13:00", first, "第二支部", "第三支部")
	end := func(b themeday.BranchID, at string) {
		s.do(at, func(tx themeday.Tx, now time.Time) error {
			a, _, err := tx.Activity(themeday.ActivityOf(b, themeday.YearMonth{Year: 2026, Month: time.March}))
			if err != nil {
				return err
			}
			_, err = s.desk.End(tx, themeday.Cause{By: s.people["王强"], At: now, Verb: "结束", Branch: b}, a)
			return err
		})
	}
	end(first, "2026-03-13 16:00")
	end("第二支部", "2026-03-13 16:00")
	first := s.aboveTold(themeday.Violation, "2026-03-13 16:30")
	if len(first) != 1 || !strings.Contains(first[0], "R02 第一支部/2026-03 R02 第二支部/2026-03") && !strings.Contains(first[0], "R12 第一支部/2026-03 R02 第一支部/2026-03") {
		t.Errorf("on the day: %v", first)
	}
	end("第三支部", "2026-03-13 17:00")
	more := s.aboveTold(themeday.Violation, "2026-03-14 12:00")
	if len(more) != 1 || !strings.HasPrefix(more[0], "03-14 09:00") || !strings.Contains(more[0], "第三支部/2026-03") {
		t.Errorf("the next morning: %v", more)
	}
}
