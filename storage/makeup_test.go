package storage

import (
	"errors"
	"testing"
	"time"

	"themeday"
)

func TestMakeUpStudiesAreFoundByActivityAndByPerson(t *testing.T) {
	s := house(t)
	const april = themeday.ActivityID("第一支部/2026-04")
	a := themeday.Makeup{Activity: march, Person: li, State: themeday.MakeupHanded, Due: start.AddDate(0, 0, 14), Text: "心得", Picture: "ab12", Handed: start.AddDate(0, 0, 3)}
	b := themeday.Makeup{Activity: march, Person: zhang, State: themeday.MakeupOwed, Due: start.AddDate(0, 0, 14), Decided: start, By: wang, Why: "太短"}
	c := themeday.Makeup{Activity: april, Person: li, State: themeday.MakeupOwed, Due: start.AddDate(0, 1, 14)}
	of := func(tx themeday.Tx) ([]themeday.Makeup, error) { return tx.MakeupsOf(li) }
	update(t, s, func(tx themeday.Tx) error {
		return errors.Join(tx.PutActivity(themeday.Activity{ID: april, Branch: first, Month: themeday.YearMonth{Year: 2026, Month: time.April}}),
			tx.PutMakeup(c), tx.PutMakeup(a), tx.PutMakeup(b))
	})
	same(t, "of March", seen(t, s, func(tx themeday.Tx) ([]themeday.Makeup, error) { return tx.Makeups(march) }), []themeday.Makeup{b, a})
	same(t, "of 李四", seen(t, s, of), []themeday.Makeup{a, c})
	a.State = themeday.MakeupConfirmed
	update(t, s, func(tx themeday.Tx) error { return errors.Join(tx.PutMakeup(a), tx.DeleteMakeup(april, li)) })
	same(t, "of 李四 at the end", seen(t, s, of), []themeday.Makeup{a})
}
