package storage

import (
	"errors"
	"testing"
	"time"

	"themeday"
)

func TestABranchHasOneFixedDay(t *testing.T) {
	s := house(t)
	for _, f := range []themeday.FixedDay{
		{Kind: themeday.NthWeekday, N: 2, Weekday: time.Friday, From: 14*60 + 30, To: 18*60 + 30, Place: "党员活动室"},
		{Kind: themeday.LastDay, From: 0, To: 24 * 60},
	} {
		update(t, s, func(tx themeday.Tx) error {
			if err := tx.PutFixedDay(first, f, start); err != nil {
				return err
			}
			got, ok, err := tx.FixedDay(first)
			same(t, "fixed day", []any{got, ok}, []any{f, true})
			return err
		})
	}
	seen(t, s, func(tx themeday.Tx) (int, error) {
		_, ok, err := tx.FixedDay(second)
		same(t, "the other branch has one", ok, false)
		return 0, err
	})
}

func TestAPlanIsFiledOnceAYearAndBranch(t *testing.T) {
	s := house(t)
	a := themeday.Filing{Branch: first, Year: 2026, At: start, By: wang, Late: true}
	b := themeday.Filing{Branch: second, Year: 2026, At: start.Add(-time.Hour), By: li}
	old := themeday.Filing{Branch: first, Year: 2025, At: start.AddDate(-1, 0, 0), By: wang}
	update(t, s, func(tx themeday.Tx) error {
		return errors.Join(tx.PutFiling(b), tx.PutFiling(a), tx.PutFiling(old), tx.PutFiling(a))
	})
	same(t, "filings of 2026", seen(t, s, func(tx themeday.Tx) ([]themeday.Filing, error) { return tx.Filings(2026) }), []themeday.Filing{a, b})
}

func TestTheReasonOfABlackoutIsReplaced(t *testing.T) {
	s := house(t)
	k := themeday.Blackout{Branch: first, From: date(2026, 3, 25), To: date(2026, 3, 31), Why: "月末"}
	again := k
	again.Why = "月末结账"
	update(t, s, func(tx themeday.Tx) error { return errors.Join(tx.PutBlackout(k), tx.PutBlackout(again)) })
	same(t, "blackouts", seen(t, s, func(tx themeday.Tx) ([]themeday.Blackout, error) { return tx.Blackouts(first) }), []themeday.Blackout{again})
}
