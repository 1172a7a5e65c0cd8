// Package scheduler plans what the bot is going to say of its own accord, and says at the time what is true then.
//
// Plan is pure: activities and rules in, posts with due times out. Planner keeps the stored posts in step with it and renders them.
package scheduler

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"themeday"
)

// Look is the name of a periodic job: a key under `schedule:` whose cron expression says at what time of a day the job looks.
type Look string

// The looks. All of them only say when; on which days is a matter of the rules.
const (
	LookPlan        Look = "plan" // the daily planning itself
	LookPlanMissing Look = "plan_missing"
	LookFiling      Look = "filing"
	LookApproval    Look = "approval"
	LookNotice      Look = "notice"
	LookForecast    Look = "forecast"
	LookReminder    Look = "reminder"
	LookRecord      Look = "record"
	LookRecordLast  Look = "record_last" // the second one on the last day
	LookOverdue     Look = "overdue"
	LookMakeup      Look = "makeup"
	LookAbsence     Look = "absence"
	LookViolation   Look = "violation"
	LookGuidance    Look = "guidance"
	LookRectify     Look = "rectify"
	LookObjection   Look = "objection"
	LookTopic       Look = "topic"
	LookTopicLast   Look = "topic_last" // for the committee, on the last day
	LookDigest      Look = "digest"
	LookWeekly      Look = "weekly"
	LookInspection  Look = "inspection"
)

// Defaults gives the cron expression of every look.
func Defaults() map[Look]string {
	return map[Look]string{
		LookPlan: "5 0 * * *", LookPlanMissing: "0 9 * * *", LookFiling: "0 9 * * *", LookApproval: "0 9 * * *", LookNotice: "0 9 * * *",
		LookForecast: "0 17 * * *", LookReminder: "0 17 * * *", LookRecord: "0 9 * * *", LookRecordLast: "0 17 * * *",
		LookOverdue: "0 9 * * *", LookMakeup: "0 9 * * *", LookAbsence: "0 9 * * *", LookViolation: "0 9 * * *", LookGuidance: "0 9 * * *", LookRectify: "0 9 * * *",
		LookObjection: "0 9 * * *", LookTopic: "0 9 * * *", LookTopicLast: "0 17 * * *", LookDigest: "0 8 * * *", LookWeekly: "30 8 * * 1", LookInspection: "0 9 * * *",
	}
}

// SpecError refuses one key of the schedule.
type SpecError struct {
	Key string
	Err error
}

// Error names the key and what is wrong with it.
func (e *SpecError) Error() string { return fmt.Sprintf("schedule.%s: %v", e.Key, e.Err) }

// Unwrap gives what is wrong.
func (e *SpecError) Unwrap() error { return e.Err }

// Schedule says when the jobs look, in one zone. The zero Schedule has no looks; Parse makes one.
type Schedule struct {
	zone  *time.Location
	looks map[Look]cron.Schedule
}

// Parse reads cron expressions of five fields by the names of the looks, in a zone; a look that is missing takes its default. An unknown
// name, an expression that cannot be read and one that never fires are each a *SpecError, the first by name.
func Parse(specs map[string]string, zone *time.Location) (Schedule, error) {
	s := Schedule{zone: zone, looks: map[Look]cron.Schedule{}}
	expressions := Defaults()
	for key, spec := range specs {
		if _, ok := expressions[Look(key)]; ok {
			expressions[Look(key)] = spec
		}
	}
	for _, key := range sorted(specs) {
		if _, ok := expressions[Look(key)]; !ok {
			return s, &SpecError{key, fmt.Errorf("there is no such job; there are %s", strings.Join(sorted(expressions), ", "))}
		}
	}
	for _, key := range sorted(expressions) {
		look, err := parseSpec(expressions[Look(key)], zone)
		if err != nil {
			return s, &SpecError{key, err}
		}
		s.looks[Look(key)] = look
	}
	return s, nil
}

// parseSpec reads one expression. A zone in it (CRON_TZ=…) is refused: there is one zone for all.
func parseSpec(spec string, zone *time.Location) (cron.Schedule, error) {
	if strings.Contains(spec, "TZ=") {
		return nil, errors.New("names a zone; the zone is set by `timezone:`")
	}
	parsed, err := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow).Parse(spec)
	if err != nil {
		return nil, fmt.Errorf("%q is no cron expression such as \"0 9 * * *\": %w", spec, err)
	}
	look, ok := parsed.(*cron.SpecSchedule)
	if !ok {
		return nil, fmt.Errorf("%q is no cron expression such as \"0 9 * * *\"", spec)
	}
	look.Location = zone
	if look.Next(time.Date(2026, time.January, 1, 0, 0, 0, 0, zone)).IsZero() {
		return nil, fmt.Errorf("%q never fires", spec)
	}
	return look, nil
}

func sorted[K ~string, V any](m map[K]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, string(k))
	}
	slices.Sort(keys)
	return keys
}

// Next is the first instant of a look after another instant; zero when there is none within five years.
func (s Schedule) Next(look Look, after time.Time) time.Time {
	l, ok := s.looks[look]
	if !ok {
		return time.Time{}
	}
	return l.Next(after)
}

// On is the first instant of a look on or after a day's beginning. A notice may not be later than its day (R06): it takes the first instant
// on the day, else the last one on an earlier day. Zero when there is none within five years.
func (s Schedule) On(look Look, day themeday.Date) time.Time {
	begin := day.Start(s.zone)
	first := s.Next(look, begin.Add(-1))
	if look != LookNotice || !first.IsZero() && first.Before(day.AddDays(1).Start(s.zone)) {
		return first
	}
	return s.lastBefore(look, day)
}

// lastBefore is the last instant of a look before a day.
func (s Schedule) lastBefore(look Look, day themeday.Date) time.Time {
	var last time.Time
	end := day.Start(s.zone)
	for back := 1; back <= 5*366 && last.IsZero(); back++ {
		for t := s.Next(look, day.AddDays(-back).Start(s.zone).Add(-1)); !t.IsZero() && t.Before(end); t = s.Next(look, t) {
			last = t
		}
	}
	return last
}
