package storage

import (
	"errors"
	"testing"
	"time"

	"themeday"
)

func TestAnActivityComesBackWholeWithItsSteps(t *testing.T) {
	s := house(t)
	hour := func(n int) time.Time { return start.Add(time.Duration(n) * time.Hour) }
	a := themeday.Activity{
		ID: march, Branch: first, Month: themeday.YearMonth{Year: 2026, Month: 3}, Version: 2, Starts: start, Ends: hour(4), Place: "党员活动室",
		Topics: []string{"学习党章", "缅怀先烈"}, Content: []string{"政治学习"}, Agenda: []string{"1. 唱国歌"}, Compulsory: []themeday.TopicMark{{Number: 2, Topic: "缅怀先烈"}}, Links: []string{"两学一做"}, Meetings: []string{"党课"}, Host: li, HostWhy: "书记出差", Recorder: zhang,
		Submitted: hour(-90), Returned: hour(-80), ReturnWhy: "缺议程", Code: "4821", Began: hour(0), Ended: hour(5), Evaluated: hour(6),
		Closes: hour(30), Result: hour(31), Summary: "成效好", Filed: hour(40), FiledBy: wang,
	}
	a.Steps[themeday.Deciding-1] = themeday.StepDone{At: hour(-100), By: wang}
	a.Steps[themeday.Noticing-1] = themeday.StepDone{At: hour(-77), By: themeday.Bot}
	a.Steps[themeday.Summing-1] = themeday.StepDone{At: hour(33).Add(time.Nanosecond), By: wang}
	update(t, s, func(tx themeday.Tx) error { return tx.PutActivity(a) })
	update(t, s, func(tx themeday.Tx) error {
		got, ok, err := tx.Activity(march)
		same(t, "activity", []any{got, ok}, []any{a, true})
		return err
	})
	blank := themeday.Activity{ID: march, Branch: first, Month: a.Month}
	update(t, s, func(tx themeday.Tx) error {
		if err := tx.PutActivity(blank); err != nil {
			return err
		}
		got, ok, err := tx.Activity(march)
		same(t, "activity made blank", []any{got, ok}, []any{blank, true})
		_, april, again := tx.Activity("第一支部/2026-04")
		same(t, "April is there", april, false)
		return errors.Join(err, again)
	})
}

func TestActivitiesComeByMonthAndBranchAcrossTheYearsEnd(t *testing.T) {
	s := opened(t)
	m := func(y int, m time.Month) themeday.YearMonth { return themeday.YearMonth{Year: y, Month: m} }
	update(t, s, func(tx themeday.Tx) error {
		for _, b := range []themeday.BranchID{"乙支部", "甲支部"} { // imported in this order
			if err := tx.PutBranch(themeday.Branch{ID: b, Name: string(b)}); err != nil {
				return err
			}
			for _, month := range []themeday.YearMonth{m(2026, 2), m(2025, 11), m(2026, 1), m(2025, 12)} {
				if err := tx.PutActivity(themeday.Activity{ID: themeday.ActivityOf(b, month), Branch: b, Month: month}); err != nil {
					return err
				}
			}
		}
		return tx.PutBranch(themeday.Branch{ID: "乙支部", Name: "改名"}) // keeps its place
	})
	ids := func(all []themeday.Activity) (out []string) {
		for _, a := range all {
			out = append(out, string(a.ID))
		}
		return out
	}
	for _, c := range []struct {
		what string
		read func(themeday.Tx) ([]themeday.Activity, error)
		want []string
	}{
		{"one branch, both ends included", func(tx themeday.Tx) ([]themeday.Activity, error) {
			return tx.Activities("甲支部", m(2025, 12), m(2026, 1))
		}, []string{"甲支部/2025-12", "甲支部/2026-01"}},
		{
			"all branches", func(tx themeday.Tx) ([]themeday.Activity, error) { return tx.AllActivities(m(2025, 12), m(2026, 1)) },
			[]string{"乙支部/2025-12", "甲支部/2025-12", "乙支部/2026-01", "甲支部/2026-01"},
		},
		{"a month without any", func(tx themeday.Tx) ([]themeday.Activity, error) { return tx.AllActivities(m(2026, 3), m(2026, 9)) }, nil},
	} {
		same(t, c.what, ids(seen(t, s, c.read)), c.want)
	}
}

func TestChangesOfADateComeByVersion(t *testing.T) {
	s := house(t)
	one := themeday.DateChange{Activity: march, Version: 1, To: start, Why: "定期", At: start.Add(-100), By: wang}
	two := themeday.DateChange{Activity: march, Version: 2, From: start, To: start.Add(1000), Why: "场地", At: start.Add(-50), By: wang}
	update(t, s, func(tx themeday.Tx) error {
		if err := tx.PutChange(two); err != nil {
			return err
		}
		return tx.PutChange(one)
	})
	same(t, "changes", seen(t, s, func(tx themeday.Tx) ([]themeday.DateChange, error) { return tx.Changes(march) }), []themeday.DateChange{one, two})
}
