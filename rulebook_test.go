package themeday_test

import (
	"testing"
	"time"

	"themeday"
)

// spring is a rulebook in which 85 % are asked for from April on, and a week to file the form from July on.
func spring() themeday.Rulebook {
	first := themeday.DefaultRules()
	april, july := first, first
	april.QuorumPercent = 85
	july.QuorumPercent, july.RecordDays = 85, 7
	return themeday.Rulebook{
		{Rules: first},
		{From: themeday.Date{Year: 2026, Month: 4, Day: 1}, Rules: april},
		{From: themeday.Date{Year: 2026, Month: 7, Day: 1}, Rules: july},
	}
}

func TestAnActivityIsJudgedByTheRulesOfItsDay(t *testing.T) {
	d := themeday.Desk{Zone: beijing, Book: spring()}
	for _, c := range []struct {
		name            string
		activity        themeday.Activity
		quorum, filling int
	}{
		{"the last evening of March", themeday.Activity{Starts: time.Date(2026, 3, 31, 23, 59, 0, 0, beijing)}, 80, 2},
		{"the first of April", themeday.Activity{Starts: time.Date(2026, 4, 1, 0, 0, 0, 0, beijing)}, 85, 2},
		{"April in Beijing, March in UTC", themeday.Activity{Starts: time.Date(2026, 3, 31, 16, 0, 0, 0, time.UTC)}, 85, 2},
		{"July", themeday.Activity{Starts: time.Date(2026, 7, 10, 14, 0, 0, 0, beijing)}, 85, 7},
		{"June without a date", themeday.Activity{Month: themeday.YearMonth{Year: 2026, Month: 6}}, 85, 2},
		{"January without a date", themeday.Activity{Month: themeday.YearMonth{Year: 2026, Month: 1}}, 80, 2},
	} {
		if r := d.For(c.activity).Rules; r.QuorumPercent != c.quorum || r.RecordDays != c.filling {
			t.Errorf("%s: %d %% and %d days, want %d %% and %d", c.name, r.QuorumPercent, r.RecordDays, c.quorum, c.filling)
		}
	}
	always := themeday.Desk{Zone: beijing, Rules: themeday.DefaultRules()}
	if r := always.For(themeday.Activity{Starts: time.Date(2026, 7, 10, 14, 0, 0, 0, beijing)}).Rules; r.QuorumPercent != 80 {
		t.Errorf("rules that never change ask for %d %%", r.QuorumPercent)
	}
}

func TestARuleSaysSinceWhenAndWhatComes(t *testing.T) {
	d := themeday.Desk{Zone: beijing, Book: spring()}
	day := func(m time.Month, n int) themeday.Date { return themeday.Date{Year: 2026, Month: m, Day: n} }
	for _, c := range []struct {
		rule themeday.Rule
		on   themeday.Date
		want themeday.RuleStand
	}{
		{themeday.R12, day(3, 31), themeday.RuleStand{Rule: themeday.R12, Text: "参加人数达到党员总数的80%以上", From: day(4, 1), Then: "参加人数达到党员总数的85%以上"}},
		{themeday.R12, day(4, 1), themeday.RuleStand{Rule: themeday.R12, Text: "参加人数达到党员总数的85%以上", Since: day(4, 1)}},
		{themeday.R12, day(8, 1), themeday.RuleStand{Rule: themeday.R12, Text: "参加人数达到党员总数的85%以上", Since: day(4, 1)}},
		{themeday.R22, day(6, 30), themeday.RuleStand{Rule: themeday.R22, Text: "活动结束后2日内上报纪实表", From: day(7, 1), Then: "活动结束后7日内上报纪实表"}},
		{themeday.R01, day(6, 30), themeday.RuleStand{Rule: themeday.R01, Text: "主题党日每月开展一次"}},
	} {
		if got := d.RuleStands(c.rule, c.on); got != c.want {
			t.Errorf("%s on %s: %+v, want %+v", c.rule, c.on, got, c.want)
		}
	}
}

func TestTheWordsOfARuleHoldItsFigureByDefault(t *testing.T) {
	r := themeday.DefaultRules()
	for rule, want := range map[themeday.Rule]string{
		themeday.R02: "每次活动不少于4小时", themeday.R04: "年度计划1月31日前报机关党委备案", themeday.R06: themeday.R06.Gist(), themeday.R12: themeday.R12.Gist(), themeday.R22: themeday.R22.Gist(),
		themeday.R25: "活动后当即测评，24小时内可评，四项平均4分以上为满意", themeday.R28: "年内3次满意率低于60%的不得评先选优", themeday.R30: themeday.R30.Gist(),
	} {
		if got := r.Asks(rule); got != want {
			t.Errorf("%s asks %q, want %q", rule, got, want)
		}
	}
}
