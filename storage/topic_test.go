package storage

import (
	"testing"
	"time"

	"themeday"
)

func TestCompulsoryTopicsAreNumberedAndKeptWhenWithdrawn(t *testing.T) {
	s := house(t)
	third, fifth := themeday.YearMonth{Year: 2026, Month: time.March}, themeday.YearMonth{Year: 2026, Month: time.May}
	one := themeday.RequiredTopic{Month: fifth, Text: "重温入党誓词", Branches: []themeday.BranchID{first}, Due: themeday.Date{Year: 2026, Month: time.May, Day: 8}, At: start, By: wang}
	two := themeday.RequiredTopic{Month: third, Text: "学习全会精神", Due: themeday.Date{Year: 2026, Month: time.March, Day: 21}, At: start, By: wang}
	update(t, s, func(tx themeday.Tx) (err error) {
		if one.Number, err = tx.PutRequiredTopic(one); err != nil {
			return err
		}
		if two.Number, err = tx.PutRequiredTopic(two); err != nil {
			return err
		}
		two.Withdrawn = start.Add(time.Hour)
		_, err = tx.PutRequiredTopic(two)
		return err
	})
	read := func(from, to themeday.YearMonth) []themeday.RequiredTopic {
		return seen(t, s, func(tx themeday.Tx) ([]themeday.RequiredTopic, error) { return tx.RequiredTopics(from, to) })
	}
	same(t, "the year's", read(third, fifth), []themeday.RequiredTopic{two, one})
	same(t, "March's", read(third, third), []themeday.RequiredTopic{two})
	if one.Number == two.Number {
		t.Errorf("both have the number %d", one.Number)
	}
}

func TestTheMenuKeepsTheOrderInWhichItGrew(t *testing.T) {
	s := house(t)
	a := themeday.MenuTopic{Category: "党员素质", Text: "学习宪法", At: start, By: wang}
	b := themeday.MenuTopic{Category: "中心工作", Text: "服务企业", At: start.Add(time.Hour), By: wang}
	menu := func() []themeday.MenuTopic {
		return seen(t, s, func(tx themeday.Tx) ([]themeday.MenuTopic, error) { return tx.MenuTopics() })
	}
	update(t, s, func(tx themeday.Tx) error {
		if err := tx.PutMenuTopic(b); err != nil {
			return err
		}
		return tx.PutMenuTopic(a)
	})
	same(t, "the menu", menu(), []themeday.MenuTopic{a, b})
	update(t, s, func(tx themeday.Tx) error { return tx.DeleteMenuTopic(a) })
	same(t, "the menu after", menu(), []themeday.MenuTopic{b})
}

func TestEveryVersionOfAPlanIsKept(t *testing.T) {
	s := house(t)
	planned := themeday.FiledMonth{Month: themeday.YearMonth{Year: 2026, Month: time.March}, Starts: start, Ends: start.Add(4 * time.Hour), Place: "活动室", Topics: []string{"学习党章"}}
	one := themeday.PlanVersion{Branch: first, Year: 2026, Version: 1, At: start, By: wang}
	two := themeday.PlanVersion{Branch: first, Year: 2026, Version: 2, At: start.Add(time.Hour), By: wang, Months: []themeday.FiledMonth{planned}}
	update(t, s, func(tx themeday.Tx) error {
		if err := tx.PutPlanVersion(two); err != nil {
			return err
		}
		return tx.PutPlanVersion(one)
	})
	same(t, "the versions", seen(t, s, func(tx themeday.Tx) ([]themeday.PlanVersion, error) { return tx.PlanVersions(first, 2026) }), []themeday.PlanVersion{one, two})
	same(t, "another branch's", seen(t, s, func(tx themeday.Tx) ([]themeday.PlanVersion, error) { return tx.PlanVersions(second, 2026) }), []themeday.PlanVersion(nil))
}
