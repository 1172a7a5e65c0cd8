package storage

import (
	"reflect"
	"testing"
	"time"

	"themeday"
)

func TestABranchKeepsItsFormerNamesAndThatItWasClosed(t *testing.T) {
	s := house(t)
	day := themeday.Date{Year: 2026, Month: time.March, Day: 10}
	branches := seen(t, s, func(tx themeday.Tx) ([]themeday.Branch, error) { return tx.Branches() })
	b := branches[0]
	b.Name, b.Closed, b.ClosedWhy, b.Into = "机关一支部", day, "机构调整", second
	b.Former = []themeday.FormerName{{Name: "老一支部", Until: day.AddDays(365)}, {Name: "旧一支部", Until: day}}
	update(t, s, func(tx themeday.Tx) error { return tx.PutBranch(b) })
	update(t, s, func(tx themeday.Tx) error { return tx.PutBranch(b) }) // the second time changes nothing
	again := seen(t, s, func(tx themeday.Tx) ([]themeday.Branch, error) { return tx.Branches() })
	if !reflect.DeepEqual(again[0], b) || again[0].ID != first || len(again) != len(branches) {
		t.Errorf("got %+v, want %+v", again[0], b)
	}
}

func TestHandoversComeBackByBranchAndNumber(t *testing.T) {
	s := house(t)
	one := themeday.Handover{Branch: first, Number: 1, From: wang, To: li, State: themeday.HandoverRefused, Asked: start, AskedBy: wang, Decided: start.Add(time.Hour), By: li, Why: "待换届"}
	two := themeday.Handover{Branch: first, Number: 2, From: wang, To: li, State: themeday.HandoverAgreed, Asked: start, AskedBy: wang, Listed: themeday.Date{Year: 2026, Month: time.March, Day: 10}}
	other := themeday.Handover{Branch: second, Number: 1, To: li, State: themeday.HandoverOpen, Asked: start, AskedBy: wang}
	update(t, s, func(tx themeday.Tx) error {
		for _, h := range []themeday.Handover{other, two, one} {
			if err := tx.PutHandover(h); err != nil {
				return err
			}
		}
		return nil
	})
	all := seen(t, s, func(tx themeday.Tx) ([]themeday.Handover, error) { return tx.Handovers("") })
	if !reflect.DeepEqual(all, []themeday.Handover{one, two, other}) {
		t.Errorf("got %+v", all)
	}
	if own := seen(t, s, func(tx themeday.Tx) ([]themeday.Handover, error) { return tx.Handovers(second) }); !reflect.DeepEqual(own, []themeday.Handover{other}) {
		t.Errorf("of one branch: %+v", own)
	}
}
