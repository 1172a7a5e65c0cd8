package themeday_test

import (
	"reflect"
	"testing"

	"themeday"
)

func TestR26OutsidersStandApartAndTogetherOnceTheyAreEnough(t *testing.T) {
	tally := func(raters, satisfied int) themeday.EvaluationTally {
		return themeday.EvaluationTally{Raters: raters, Satisfied: satisfied}
	}
	figures := func(raters, satisfied, percent int) *themeday.RateFigures {
		return &themeday.RateFigures{Raters: raters, Satisfied: satisfied, RatePercent: percent}
	}
	for _, row := range []struct {
		name            string
		own, outside    themeday.EvaluationTally
		apart, together *themeday.RateFigures
	}{
		{"none came", tally(8, 6), tally(0, 0), nil, nil},
		{"two outsiders: the difference would tell them", tally(8, 6), tally(2, 1), nil, nil},
		{"three outsiders", tally(8, 6), tally(3, 2), figures(3, 2, 66), figures(11, 8, 72)},
		{"two of the branch's own: the difference would tell those", tally(2, 1), tally(5, 5), figures(5, 5, 100), nil},
		{"outsiders alone", tally(0, 0), tally(4, 4), figures(4, 4, 100), nil},
		{"nobody at all", tally(0, 0), tally(0, 0), nil, nil},
	} {
		apart, together := themeday.OutsideShown(row.own, row.outside, themeday.DefaultRules())
		if !reflect.DeepEqual(apart, row.apart) || !reflect.DeepEqual(together, row.together) {
			t.Errorf("%s: apart %+v, together %+v", row.name, apart, together)
		}
	}
	if apart, _ := themeday.OutsideShown(tally(3, 3), tally(0, 0), themeday.Rules{}); apart != nil {
		t.Errorf("without a least number nobody is still nobody: %+v", apart)
	}
}

func TestR26TwoTalliesTogetherAreTheirSums(t *testing.T) {
	var own, outside, all themeday.EvaluationTally
	for i, s := range []themeday.Scores{{5, 4, 5, 5}, {1, 1, 1, 1}, {4, 4, 4, 4}} {
		all.Add(s, 4)
		if i == 0 {
			own.Add(s, 4)
		} else {
			outside.Add(s, 4)
		}
	}
	if got := own.Plus(outside); got != all {
		t.Errorf("%+v, want %+v", got, all)
	}
}
