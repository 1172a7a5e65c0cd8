package themeday_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"themeday"
)

// R25: each of the four marks is 1 to 5.
func TestR25MarksGoFromOneToFive(t *testing.T) {
	for _, row := range []struct {
		scores themeday.Scores
		ok     bool
	}{
		{themeday.Scores{5, 4, 5, 5}, true},
		{themeday.Scores{1, 1, 1, 1}, true},
		{themeday.Scores{0, 5, 5, 5}, false},
		{themeday.Scores{5, 5, 5, 6}, false},
		{themeday.Scores{5, -1, 5, 5}, false},
		{themeday.Scores{}, false},
	} {
		err := row.scores.Valid()
		if (err == nil) != row.ok || err != nil && themeday.CodeOf(err) != themeday.Invalid {
			t.Errorf("%v: %v", row.scores, err)
		}
	}
	if want := [4]string{"主题特色鲜明", "内容充实健康", "方式灵活生动", "效果突出显著"}; themeday.Dimensions != want {
		t.Errorf("the four dimensions are %v", themeday.Dimensions)
	}
}

// R25: satisfied is a mean of the four of at least 4, that is a sum of at least 16.
func TestR25SatisfiedIsAMeanOfFour(t *testing.T) {
	for _, row := range []struct {
		scores    themeday.Scores
		satisfied bool
	}{
		{themeday.Scores{4, 4, 4, 4}, true},  // 16
		{themeday.Scores{5, 5, 5, 1}, true},  // 16: one bad mark alone does not spoil it
		{themeday.Scores{5, 5, 3, 3}, true},  // 16
		{themeday.Scores{4, 4, 4, 3}, false}, // 15: 3.75
		{themeday.Scores{5, 4, 3, 3}, false}, // 15
		{themeday.Scores{5, 5, 5, 5}, true},
		{themeday.Scores{1, 1, 1, 1}, false},
	} {
		if got := row.scores.Satisfied(4); got != row.satisfied {
			t.Errorf("%v: satisfied %v", row.scores, got)
		}
	}
	if !(themeday.Scores{3, 3, 3, 3}).Satisfied(3) || (themeday.Scores{5, 5, 5, 4}).Satisfied(5) {
		t.Error("the setting does not count")
	}
}

func TestR25OneWordStandsForFourMarks(t *testing.T) {
	for word, want := range map[string]struct{ read, satisfied bool }{
		"满意": {true, true}, "基本满意": {true, true}, "不满意": {true, false}, "很满意": {}, "": {},
	} {
		s, ok := themeday.ScoresOf(word)
		if ok != want.read || ok && (s.Valid() != nil || s.Satisfied(4) != want.satisfied) {
			t.Errorf("%q: %v, %v", word, s, ok)
		}
	}
}

// R25: the rate is satisfied / raters in whole percent, rounded down. R28: exactly 60 % is not under 60 %.
func TestR25TheSatisfactionRateIsRoundedDown(t *testing.T) {
	for _, row := range []struct {
		satisfied, raters, percent int
		under                      bool
	}{
		{0, 0, 0, false}, // nobody rated: no result
		{10, 10, 100, false},
		{9, 10, 90, false},
		{6, 10, 60, false}, // exactly 60 %
		{3, 5, 60, false},
		{5, 9, 55, true},
		{2, 3, 66, false},   // 66.7
		{7, 12, 58, true},   // 58.3
		{59, 99, 59, true},  // 59.6
		{60, 101, 59, true}, // 59.4
		{0, 4, 0, true},
	} {
		tally := themeday.EvaluationTally{Raters: row.raters, Satisfied: row.satisfied}
		if tally.RatePercent() != row.percent || tally.Under(60) != row.under {
			t.Errorf("%d of %d: %d %%, under 60 %%: %v", row.satisfied, row.raters, tally.RatePercent(), tally.Under(60))
		}
	}
}

func TestR25BallotsAreAddedUpDimensionByDimension(t *testing.T) {
	var tally themeday.EvaluationTally
	if tally.Means() != [4]float64{} {
		t.Errorf("means of nothing: %v", tally.Means())
	}
	for _, s := range []themeday.Scores{{5, 4, 5, 5}, {4, 4, 4, 4}, {5, 3, 2, 4}} {
		tally.Add(s, 4)
	}
	want := themeday.EvaluationTally{Raters: 3, Satisfied: 2, Sums: [4]int{14, 11, 11, 13}}
	if !reflect.DeepEqual(tally, want) || tally.RatePercent() != 66 {
		t.Errorf("tally %+v, want %+v", tally, want)
	}
	if got := tally.Means(); got != [4]float64{4.7, 3.7, 3.7, 4.3} { // 4.67 3.67 3.67 4.33
		t.Errorf("means %v", got)
	}
}

func TestR25AMeanHasOneDecimalAndHalvesGoUp(t *testing.T) {
	for _, row := range []struct {
		sum, raters int
		mean        float64
	}{
		{17, 4, 4.3}, // 4.25
		{19, 4, 4.8}, // 4.75
		{16, 4, 4.0},
		{13, 3, 4.3},  // 4.33
		{14, 3, 4.7},  // 4.67
		{89, 20, 4.5}, // 4.45
		{5, 1, 5.0},
		{99, 20, 5.0}, // 4.95
	} {
		tally := themeday.EvaluationTally{Raters: row.raters, Sums: [4]int{row.sum, row.sum, row.sum, row.sum}}
		if got := tally.Means(); got[0] != row.mean || got[3] != row.mean {
			t.Errorf("%d over %d is %v, want %v", row.sum, row.raters, got, row.mean)
		}
	}
}

func TestR25WhatBallotsAddUpToHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots := rapid.SliceOf(rapid.Custom(func(t *rapid.T) (s themeday.Scores) {
			for i := range s {
				s[i] = rapid.IntRange(1, 5).Draw(t, "mark")
			}
			return s
		})).Draw(t, "ballots")
		var tally themeday.EvaluationTally
		for _, s := range ballots {
			tally.Add(s, 4)
		}
		if p := tally.RatePercent(); tally.Satisfied > tally.Raters || p < 0 || p > 100 || (p == 100) != (tally.Raters > 0 && tally.Satisfied == tally.Raters) {
			t.Fatalf("%+v is %d %%", tally, p)
		}
		if tally.Raters > 0 && tally.Under(60) != (tally.RatePercent() < 60) {
			t.Fatalf("%+v: %d %% shown, under 60 %% %v", tally, tally.RatePercent(), tally.Under(60))
		}
		for _, m := range tally.Means() {
			if tally.Raters > 0 && (m < 1 || m > 5) {
				t.Fatalf("%+v has a mean of %v", tally, m)
			}
		}
	})
}
