package main

import (
	"encoding/json"
	"testing"
	"time"

	"themeday"
)

func TestWhileAnEvaluationIsOpenTheFactsTellOnlyHowManyRated(t *testing.T) {
	at := time.Date(2026, 3, 13, 18, 0, 0, 0, time.UTC)
	outside := &themeday.RateFigures{Raters: 4, Satisfied: 3, RatePercent: 75}
	for _, c := range []struct {
		name  string
		a     themeday.Activity
		tally themeday.EvaluationTally
		want  string
	}{
		{"not begun", themeday.Activity{}, themeday.EvaluationTally{}, `null`},
		{"open", themeday.Activity{Evaluated: at}, themeday.EvaluationTally{Raters: 2, Satisfied: 1}, `{"raters":2,"satisfied":null,"rate_percent":null}`},
		{"rated before the group was asked", themeday.Activity{}, themeday.EvaluationTally{Raters: 1, Satisfied: 1}, `{"raters":1,"satisfied":null,"rate_percent":null}`},
		{"the result is out", themeday.Activity{Evaluated: at, Result: at}, themeday.EvaluationTally{Raters: 4, Satisfied: 2}, `{"raters":4,"satisfied":2,"rate_percent":50}`},
		{"of too few", themeday.Activity{Evaluated: at, Result: at}, themeday.EvaluationTally{Raters: 2, Satisfied: 1}, `{"raters":2,"satisfied":null,"rate_percent":null}`},
		{"the result is that nobody rated", themeday.Activity{Evaluated: at, Result: at}, themeday.EvaluationTally{}, `{"raters":0,"satisfied":0,"rate_percent":0}`},
	} {
		got, err := json.Marshal(evaluationOf(c.a, c.tally, nil, themeday.DefaultRules()))
		if err != nil || string(got) != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	want := `{"raters":4,"satisfied":2,"rate_percent":50,"outside":{"raters":4,"satisfied":3,"rate_percent":75}}`
	got, err := json.Marshal(evaluationOf(themeday.Activity{Evaluated: at, Result: at}, themeday.EvaluationTally{Raters: 4, Satisfied: 2}, outside, themeday.DefaultRules()))
	if err != nil || string(got) != want {
		t.Errorf("with outsiders: got %s, want %s", got, want)
	}
	if open := evaluationOf(themeday.Activity{Evaluated: at}, themeday.EvaluationTally{Raters: 2, Satisfied: 1}, outside, themeday.DefaultRules()); open.Outside != nil {
		t.Errorf("before the result is out: %+v", open.Outside)
	}
}
