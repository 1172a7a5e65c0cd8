package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"themeday"
	"themeday/commands/fold"
)

// rulesConfig are the figures of the regulation; what is absent keeps its default.
type rulesConfig struct {
	NoticeDays         *whole    `yaml:"notice_days"`
	QuorumPercent      *whole    `yaml:"quorum_percent"`
	RecordDays         *whole    `yaml:"record_days"`
	RecordOverdueMax   *whole    `yaml:"record_overdue_max"`
	HalfDay            *duration `yaml:"half_day"`
	SatisfactionFloor  *whole    `yaml:"satisfaction_floor_percent"`
	SatisfiedFrom      *whole    `yaml:"satisfied_from"`
	Strikes            *whole    `yaml:"strikes"`
	EvaluationOpen     *duration `yaml:"evaluation_open"`
	DimensionBallots   *whole    `yaml:"dimension_ballots"`
	ResultBallots      *whole    `yaml:"result_ballots"`
	PlanWarnDays       []whole   `yaml:"plan_warn_days"`
	PlanWarnBeforeEnd  *whole    `yaml:"plan_warn_before_end"`
	PlanCommitteeDay   *whole    `yaml:"plan_committee_day"`
	FilingDeadline     string    `yaml:"filing_deadline"`
	FilingWarnDays     []whole   `yaml:"filing_warn_days"`
	TopicDueBefore     *whole    `yaml:"topic_due_before_end"`
	TopicWarnDays      []whole   `yaml:"topic_warn_days"`
	Links              []string  `yaml:"links"`
	ApprovalDays       []whole   `yaml:"approval_days"`
	ForecastDays       *whole    `yaml:"forecast_days"`
	ReminderDays       *whole    `yaml:"reminder_days"`
	ChecklistBefore    *duration `yaml:"checklist_before"`
	Checklist          []string  `yaml:"checklist"`
	SignInBefore       *duration `yaml:"signin_before"`
	AttendanceAfter    *duration `yaml:"attendance_after"`
	ProgressAfter      *duration `yaml:"progress_after"`
	MakeupDays         *whole    `yaml:"makeup_days"`
	MakeupWarnDays     []whole   `yaml:"makeup_warn_days"`
	RectifyDays        *whole    `yaml:"rectify_days"`
	RectifyWarnDays    []whole   `yaml:"rectify_warn_days"`
	RectifyOverdueMax  *whole    `yaml:"rectify_overdue_max"`
	FindingDays        *whole    `yaml:"finding_days"`
	FindingWarnDays    []whole   `yaml:"finding_warn_days"`
	FindingOverdueMax  *whole    `yaml:"finding_overdue_max"`
	CaseQuotaPercent   *whole    `yaml:"case_quota_percent"`
	RankResults        *whole    `yaml:"rank_results"`
	RankBallots        *whole    `yaml:"rank_ballots"`
	AbsentInRow        *whole    `yaml:"absent_in_row"`
	AbsentInYear       *whole    `yaml:"absent_in_year"`
	AbsenceAfter       *whole    `yaml:"absence_after"`
	AbsenceCommittee   *whole    `yaml:"absence_committee"`
	CommentDays        *whole    `yaml:"comment_days"`
	DigestRepeatDays   *whole    `yaml:"digest_repeat_days"`
	GuideVisits        *whole    `yaml:"guide_visits_per_quarter"`
	GuideWarnDays      *whole    `yaml:"guide_warn_days"`
	LateAfter          *duration `yaml:"late_after"`
	ObjectWithin       *duration `yaml:"object_within"`
	ObjectionRemind    *whole    `yaml:"objection_remind_days"`
	ObjectionCommittee *whole    `yaml:"objection_committee_days"`
	UndoWithin         *duration `yaml:"undo_within"`
	CodeWithin         *duration `yaml:"code_within"`
	CodeTries          *whole    `yaml:"code_tries"`
	Evaluation         *bool     `yaml:"evaluation"`

	From map[string]rulesConfig `yaml:"from"` // what changes from a day on; not inside itself
}

// figure is a number of the rules with the bounds in which it makes sense.
type figure struct {
	key      string
	value    *whole
	low, top int
}

// checkRules refuses figures that make no sense, and days from which rules change that are none.
func (c Config) checkRules() error {
	if err := c.checkFigures("rules.", c.Rules); err != nil {
		return err
	}
	for day, r := range c.Rules.From {
		key := "rules.from.'" + day + "'"
		if _, err := themeday.ParseDate(day); err != nil {
			return c.bad(key, "%q is no day; write the day from which it holds as 2026-07-01", day)
		}
		if len(r.From) > 0 {
			return c.bad(key+".from", "days stand directly under rules.from")
		}
		if err := c.checkFigures(key+".", r); err != nil {
			return err
		}
	}
	return nil
}

// checkFigures checks the figures that stand under a key.
func (c Config) checkFigures(under string, r rulesConfig) error {
	for _, f := range []figure{
		{"notice_days", r.NoticeDays, 0, 25},
		{"quorum_percent", r.QuorumPercent, 1, 100},
		{"record_days", r.RecordDays, 0, 60},
		{"record_overdue_max", r.RecordOverdueMax, 0, 60},
		{"satisfaction_floor_percent", r.SatisfactionFloor, 0, 100},
		{"satisfied_from", r.SatisfiedFrom, 1, 5},
		{"strikes", r.Strikes, 1, 12},
		{"dimension_ballots", r.DimensionBallots, 1, 1000},
		{"result_ballots", r.ResultBallots, 1, 1000},
		{"plan_warn_before_end", r.PlanWarnBeforeEnd, 0, 27},
		{"plan_committee_day", r.PlanCommitteeDay, 1, 31},
		{"topic_due_before_end", r.TopicDueBefore, 0, 27},
		{"forecast_days", r.ForecastDays, 0, 25},
		{"reminder_days", r.ReminderDays, 0, 25},
		{"makeup_days", r.MakeupDays, 1, 90},
		{"rectify_days", r.RectifyDays, 1, 365},
		{"rectify_overdue_max", r.RectifyOverdueMax, 0, 60},
		{"finding_days", r.FindingDays, 1, 365},
		{"finding_overdue_max", r.FindingOverdueMax, 0, 60},
		{"case_quota_percent", r.CaseQuotaPercent, 0, 100},
		{"rank_results", r.RankResults, 1, 12},
		{"rank_ballots", r.RankBallots, 1, 1000},
		{"absent_in_row", r.AbsentInRow, 1, 12},
		{"absent_in_year", r.AbsentInYear, 1, 12},
		{"absence_after", r.AbsenceAfter, 0, 60},
		{"absence_committee", r.AbsenceCommittee, 0, 60},
		{"comment_days", r.CommentDays, 0, 60},
		{"digest_repeat_days", r.DigestRepeatDays, 1, 60},
		{"guide_visits_per_quarter", r.GuideVisits, 0, 3},
		{"guide_warn_days", r.GuideWarnDays, 1, 80},
		{"code_tries", r.CodeTries, 1, 100},
		{"objection_remind_days", r.ObjectionRemind, 1, 90},
		{"objection_committee_days", r.ObjectionCommittee, 1, 90},
	} {
		if f.value == nil {
			continue
		}
		if n, err := f.value.parse(); err != nil || n < f.low || n > f.top {
			return c.bad(under+f.key, "%s; write a whole number from %d to %d", *f.value, f.low, f.top)
		}
	}
	for _, l := range []struct {
		key  string
		days []whole
		top  int
	}{{"plan_warn_days", r.PlanWarnDays, 31}, {"filing_warn_days", r.FilingWarnDays, 90}, {"approval_days", r.ApprovalDays, 27}, {"makeup_warn_days", r.MakeupWarnDays, 60}, {"rectify_warn_days", r.RectifyWarnDays, 60}, {"finding_warn_days", r.FindingWarnDays, 60}, {"topic_warn_days", r.TopicWarnDays, 60}} {
		for _, d := range l.days {
			if n, err := d.parse(); err != nil || n < 0 || n > l.top {
				return c.bad(under+l.key, "%s; write days from 0 to %d", d, l.top)
			}
		}
	}
	for _, d := range []struct {
		key   string
		value *duration
		low   time.Duration
		top   time.Duration
	}{
		{"half_day", r.HalfDay, time.Minute, 24 * time.Hour},
		{"evaluation_open", r.EvaluationOpen, time.Minute, 14 * 24 * time.Hour},
		{"checklist_before", r.ChecklistBefore, 0, 24 * time.Hour},
		{"signin_before", r.SignInBefore, 0, 12 * time.Hour},
		{"attendance_after", r.AttendanceAfter, 0, 12 * time.Hour},
		{"progress_after", r.ProgressAfter, 0, time.Hour},
		{"late_after", r.LateAfter, 0, 24 * time.Hour},
		{"undo_within", r.UndoWithin, 0, 24 * time.Hour},
		{"object_within", r.ObjectWithin, 0, 30 * 24 * time.Hour},
		{"code_within", r.CodeWithin, 0, 30 * 24 * time.Hour},
	} {
		if d.value == nil {
			continue
		}
		span, err := d.value.parse()
		if err != nil {
			return c.bad(under+d.key, "%q is no duration: write 4h, 30m or 90s", *d.value)
		}
		if span < d.low || span > d.top {
			return c.bad(under+d.key, "%v; write a duration from %v to %v", span, d.low, d.top)
		}
	}
	if err := c.checkNames(under+"checklist", r.Checklist, "[党旗, 徽章]", allItems, "ticks all items"); err != nil {
		return err
	}
	if err := c.checkNames(under+"links", r.Links, "[两学一做, 中心工作]", "无", "takes all links away"); err != nil {
		return err
	}
	if r.FilingDeadline != "" {
		if _, err := time.Parse("01-02", r.FilingDeadline); err != nil {
			return c.bad(under+"filing_deadline", "%q; write month and day as 01-31", r.FilingDeadline)
		}
	}
	return nil
}

// allItems is the word that ticks the whole checklist.
const allItems = "全部"

// checkNames refuses items of a list that nobody could say by their name; taken is a word that means something else, because of what it does.
func (c Config) checkNames(list string, items []string, example, taken, because string) error {
	seen := map[string]bool{}
	for i, item := range items {
		key, name := fmt.Sprintf("%s[%d]", list, i), fold.Command(item)
		switch {
		case strings.TrimSpace(item) == "" || name == "":
			return c.bad(key, "an item without a name; write %s, or [] for none", example)
		case name == fold.Command(taken):
			return c.bad(key, "%q %s; give this one another name", item, because)
		case strings.ContainsAny(item, "、，,；;\n"):
			return c.bad(key, "%q holds a separator; write every item of its own", item)
		case utf8.RuneCountInString(item) > 20:
			return c.bad(key, "an item of more than 20 characters; write a shorter name")
		case seen[name]:
			return c.bad(key, "%q stands there twice", item)
		}
		seen[name] = true
	}
	return nil
}

// RulesInForce are the defaults with what the configuration sets, before any day from which they change.
func (c Config) RulesInForce() themeday.Rules { return c.Rules.over(themeday.DefaultRules()) }

// Rulebook is what the rules were and will be; nil where they never change. Each day's rules are those before it with what it sets.
func (c Config) Rulebook() themeday.Rulebook {
	if len(c.Rules.From) == 0 {
		return nil
	}
	book := themeday.Rulebook{{Rules: c.RulesInForce()}}
	for _, day := range slices.Sorted(maps.Keys(c.Rules.From)) {
		from, err := themeday.ParseDate(day)
		if err != nil {
			continue // refused by check
		}
		book = append(book, themeday.RulesFrom{From: from, Rules: c.Rules.From[day].over(book[len(book)-1].Rules)})
	}
	return book
}

// over are rules with what is set taking the place of what was.
func (r rulesConfig) over(d themeday.Rules) themeday.Rules {
	for _, f := range []struct {
		to   *int
		from *whole
	}{
		{&d.NoticeDays, r.NoticeDays},
		{&d.QuorumPercent, r.QuorumPercent},
		{&d.RecordDays, r.RecordDays},
		{&d.RecordOverdueMax, r.RecordOverdueMax},
		{&d.SatisfactionFloor, r.SatisfactionFloor},
		{&d.SatisfiedFrom, r.SatisfiedFrom},
		{&d.Strikes, r.Strikes},
		{&d.DimensionBallots, r.DimensionBallots},
		{&d.ResultBallots, r.ResultBallots},
		{&d.PlanWarnBeforeEnd, r.PlanWarnBeforeEnd},
		{&d.TopicDueBefore, r.TopicDueBefore},
		{&d.PlanCommitteeDay, r.PlanCommitteeDay},
		{&d.ForecastDays, r.ForecastDays},
		{&d.ReminderDays, r.ReminderDays},
		{&d.MakeupDays, r.MakeupDays},
		{&d.RectifyDays, r.RectifyDays},
		{&d.RectifyOverdueMax, r.RectifyOverdueMax},
		{&d.FindingDays, r.FindingDays},
		{&d.FindingOverdueMax, r.FindingOverdueMax},
		{&d.CaseQuotaPercent, r.CaseQuotaPercent},
		{&d.RankResults, r.RankResults},
		{&d.RankBallots, r.RankBallots},
		{&d.AbsentInRow, r.AbsentInRow},
		{&d.AbsentInYear, r.AbsentInYear},
		{&d.AbsenceAfter, r.AbsenceAfter},
		{&d.AbsenceCommittee, r.AbsenceCommittee},
		{&d.CommentDays, r.CommentDays},
		{&d.DigestRepeatDays, r.DigestRepeatDays},
		{&d.GuideVisits, r.GuideVisits},
		{&d.GuideWarnDays, r.GuideWarnDays},
		{&d.CodeTries, r.CodeTries},
		{&d.ObjectionRemind, r.ObjectionRemind},
		{&d.ObjectionCommittee, r.ObjectionCommittee},
	} {
		if f.from != nil {
			*f.to, _ = f.from.parse() // refused by check when it cannot be read
		}
	}
	for _, f := range []struct {
		to   *time.Duration
		from *duration
	}{
		{&d.HalfDay, r.HalfDay},
		{&d.EvaluationOpen, r.EvaluationOpen},
		{&d.ChecklistBefore, r.ChecklistBefore},
		{&d.SignInBefore, r.SignInBefore},
		{&d.AttendanceAfter, r.AttendanceAfter},
		{&d.ProgressAfter, r.ProgressAfter},
		{&d.LateAfter, r.LateAfter},
		{&d.UndoWithin, r.UndoWithin},
		{&d.ObjectWithin, r.ObjectWithin},
		{&d.CodeWithin, r.CodeWithin},
	} {
		if f.from != nil {
			*f.to, _ = f.from.parse() // refused by check when it cannot be read
		}
	}
	for _, f := range []struct {
		to   *[]int
		from []whole
	}{{&d.PlanWarnDays, r.PlanWarnDays}, {&d.FilingWarnDays, r.FilingWarnDays}, {&d.ApprovalDays, r.ApprovalDays}, {&d.MakeupWarnDays, r.MakeupWarnDays}, {&d.RectifyWarnDays, r.RectifyWarnDays}, {&d.FindingWarnDays, r.FindingWarnDays}, {&d.TopicWarnDays, r.TopicWarnDays}} {
		if f.from != nil {
			*f.to = nil
			for _, n := range f.from {
				day, _ := n.parse()
				*f.to = append(*f.to, day)
			}
		}
	}
	if r.Checklist != nil {
		d.Checklist = r.Checklist
	}
	if r.Links != nil {
		d.Links = r.Links
	}
	if r.Evaluation != nil {
		d.NoEvaluation = !*r.Evaluation
	}
	if t, err := time.Parse("01-02", r.FilingDeadline); err == nil {
		d.FilingMonth, d.FilingDay = int(t.Month()), t.Day()
	}
	return d
}
