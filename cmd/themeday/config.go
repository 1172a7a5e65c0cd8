package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"themeday"
	"themeday/bot"
	"themeday/scheduler"
)

// duration reads 4h, 30m, 3s.
type duration time.Duration

// UnmarshalYAML implements yaml.BytesUnmarshaler.
func (d *duration) UnmarshalYAML(b []byte) error {
	text := strings.Trim(strings.TrimSpace(string(b)), `"'`)
	v, err := time.ParseDuration(text)
	if err != nil {
		return fmt.Errorf("%q is no duration: write 4h, 30m or 90s", text)
	}
	*d = duration(v)
	return nil
}

// Config is themeday.yaml; every key is optional.
type Config struct {
	Timezone  string            `yaml:"timezone"`
	Language  string            `yaml:"language"`
	Database  string            `yaml:"database"`
	Transport string            `yaml:"transport"`
	WeChat    weChatConfig      `yaml:"wechat"`
	Alerts    []string          `yaml:"alerts"`
	Web       webConfig         `yaml:"web"`
	Templates string            `yaml:"templates"`
	Rules     rulesConfig       `yaml:"rules"`
	Schedule  map[string]string `yaml:"schedule"`

	path    string
	file    *ast.File
	scratch bool // the database is thrown away afterwards
}

type weChatConfig struct {
	Mode    string      `yaml:"mode"`
	Session string      `yaml:"session"`
	Pace    *paceConfig `yaml:"pace"`
	Quiet   string      `yaml:"quiet"`
}

type paceConfig struct {
	Min     duration `yaml:"min"`
	Max     duration `yaml:"max"`
	PerHour int      `yaml:"per_hour"`
	PerDay  int      `yaml:"per_day"`
}

type webConfig struct {
	Listen string `yaml:"listen"`
}

// rulesConfig are the figures of the regulation; what is absent keeps its default.
type rulesConfig struct {
	NoticeDays        *int      `yaml:"notice_days"`
	QuorumPercent     *int      `yaml:"quorum_percent"`
	RecordDays        *int      `yaml:"record_days"`
	RecordOverdueMax  *int      `yaml:"record_overdue_max"`
	HalfDay           *duration `yaml:"half_day"`
	SatisfactionFloor *int      `yaml:"satisfaction_floor_percent"`
	SatisfiedFrom     *int      `yaml:"satisfied_from"`
	Strikes           *int      `yaml:"strikes"`
	EvaluationOpen    *duration `yaml:"evaluation_open"`
	DimensionBallots  *int      `yaml:"dimension_ballots"`
	PlanWarnDays      []int     `yaml:"plan_warn_days"`
	PlanWarnBeforeEnd *int      `yaml:"plan_warn_before_end"`
	PlanCommitteeDay  *int      `yaml:"plan_committee_day"`
	FilingDeadline    string    `yaml:"filing_deadline"`
	FilingWarnDays    []int     `yaml:"filing_warn_days"`
	ApprovalDays      []int     `yaml:"approval_days"`
	ForecastDays      *int      `yaml:"forecast_days"`
	ReminderDays      *int      `yaml:"reminder_days"`
	ChecklistBefore   *duration `yaml:"checklist_before"`
	Checklist         []string  `yaml:"checklist"`
	SignInBefore      *duration `yaml:"signin_before"`
	AttendanceAfter   *duration `yaml:"attendance_after"`
	ProgressAfter     *duration `yaml:"progress_after"`
	MakeupDays        *int      `yaml:"makeup_days"`
	MakeupWarnDays    []int     `yaml:"makeup_warn_days"`
	AbsentInRow       *int      `yaml:"absent_in_row"`
	AbsentInYear      *int      `yaml:"absent_in_year"`
	AbsenceAfter      *int      `yaml:"absence_after"`
	AbsenceCommittee  *int      `yaml:"absence_committee"`
	LateAfter         *duration `yaml:"late_after"`
	UndoWithin        *duration `yaml:"undo_within"`
	CodeWithin        *duration `yaml:"code_within"`
	CodeTries         *int      `yaml:"code_tries"`
}

// defaultConfig is what holds without a file.
func defaultConfig() Config {
	return Config{
		Timezone: "Asia/Shanghai", Language: "zh-Hans", Database: "themeday.db", Transport: "wechat",
		WeChat: weChatConfig{Mode: "desktop", Session: "wechat-session.json", Quiet: "23:00-07:00"},
	}
}

// LoadConfig reads a configuration file; an unknown key or a wrong value is refused by line and column. Relative paths in it are relative
// to its folder. Without a path the defaults hold.
func LoadConfig(path string) (Config, error) {
	c := defaultConfig()
	if path == "" {
		return c, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return c, fmt.Errorf("read the configuration: %w; `themeday init` writes one", err)
	}
	c.path = path
	if c.file, err = parser.ParseBytes(data, 0); err != nil {
		return c, worded(path, err)
	}
	if said(c.file) {
		if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&c); err != nil {
			return c, worded(path, err)
		}
	}
	if err := c.check(); err != nil {
		return c, err
	}
	c.Database = beside(path, c.Database)
	c.WeChat.Session = beside(path, c.WeChat.Session)
	c.Templates = beside(path, c.Templates)
	return c, nil
}

// worded is the library's error in one line, with the place: themeday.yaml:3:1: unknown field "colour".
func worded(path string, err error) error {
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		pos := at.GetToken().Position
		return fmt.Errorf("%s:%d:%d: %s", path, pos.Line, pos.Column, at.GetMessage())
	}
	return fmt.Errorf("%s: %s", path, yaml.FormatError(err, false, false))
}

// said tells whether a file holds anything but remarks; the library would make everything empty otherwise.
func said(f *ast.File) bool {
	for _, d := range f.Docs {
		if d.Body != nil && d.Body.Type() != ast.CommentType && d.Body.Type() != ast.CommentGroupType && d.Body.Type() != ast.NullType {
			return true
		}
	}
	return false
}

func beside(config, path string) string {
	if path == "" || filepath.IsAbs(path) || strings.Contains(path, "://") {
		return path
	}
	return filepath.Join(filepath.Dir(config), path)
}

// bad is a refusal of a key, with its line and column.
func (c Config) bad(key, format string, args ...any) error {
	where := c.path
	if p, err := yaml.PathString("$." + key); err == nil && c.file != nil {
		if node, err := p.FilterFile(c.file); err == nil && node != nil {
			pos := node.GetToken().Position
			where = fmt.Sprintf("%s:%d:%d", c.path, pos.Line, pos.Column)
		}
	}
	return fmt.Errorf("%s: %s: %s", where, key, fmt.Sprintf(format, args...))
}

func (c Config) check() error {
	if _, err := time.LoadLocation(c.Timezone); err != nil || c.Timezone == "" || c.Timezone == "Local" {
		return c.bad("timezone", "unknown zone %q; write one like Asia/Shanghai", c.Timezone)
	}
	if c.Language != "zh-Hans" && c.Language != "zh-Hant" {
		return c.bad("language", "%q; write zh-Hans or zh-Hant", c.Language)
	}
	if c.Transport != "wechat" && c.Transport != "console" {
		return c.bad("transport", "%q; write wechat or console", c.Transport)
	}
	if c.Database == "" {
		return c.bad("database", "empty; write a file name such as themeday.db")
	}
	if strings.HasPrefix(c.Database, "postgres://") {
		return c.bad("database", "PostgreSQL is not served yet; write a file name such as themeday.db")
	}
	if _, err := bot.ParseQuiet(c.WeChat.Quiet); err != nil {
		return c.bad("wechat.quiet", "%v", err)
	}
	if p := c.WeChat.Pace; p != nil && (p.Min < 0 || p.Max < p.Min || p.PerHour < 0 || p.PerDay < 0) {
		return c.bad("wechat.pace", "min must not be negative nor above max, budgets not negative")
	}
	if c.Templates != "" {
		if st, err := os.Stat(beside(c.path, c.Templates)); err != nil || !st.IsDir() {
			return c.bad("templates", "%q is no folder", c.Templates)
		}
	}
	if err := c.checkRules(); err != nil {
		return err
	}
	_, err := c.schedule()
	return err
}

// figure is a number of the rules with the bounds in which it makes sense.
type figure struct {
	key      string
	value    *int
	low, top int
}

func (c Config) checkRules() error {
	r := c.Rules
	for _, f := range []figure{
		{"notice_days", r.NoticeDays, 0, 25}, {"quorum_percent", r.QuorumPercent, 1, 100}, {"record_days", r.RecordDays, 0, 60},
		{"record_overdue_max", r.RecordOverdueMax, 0, 60}, {"satisfaction_floor_percent", r.SatisfactionFloor, 0, 100},
		{"satisfied_from", r.SatisfiedFrom, 1, 5}, {"strikes", r.Strikes, 1, 12}, {"dimension_ballots", r.DimensionBallots, 1, 1000},
		{"plan_warn_before_end", r.PlanWarnBeforeEnd, 0, 27}, {"plan_committee_day", r.PlanCommitteeDay, 1, 31}, {"forecast_days", r.ForecastDays, 0, 25},
		{"reminder_days", r.ReminderDays, 0, 25}, {"makeup_days", r.MakeupDays, 1, 90}, {"absent_in_row", r.AbsentInRow, 1, 12},
		{"absent_in_year", r.AbsentInYear, 1, 12}, {"absence_after", r.AbsenceAfter, 0, 60}, {"absence_committee", r.AbsenceCommittee, 0, 60}, {"code_tries", r.CodeTries, 1, 100},
	} {
		if f.value != nil && (*f.value < f.low || *f.value > f.top) {
			return c.bad("rules."+f.key, "%d; write a number from %d to %d", *f.value, f.low, f.top)
		}
	}
	for _, l := range []struct {
		key  string
		days []int
		top  int
	}{{"plan_warn_days", r.PlanWarnDays, 31}, {"filing_warn_days", r.FilingWarnDays, 90}, {"approval_days", r.ApprovalDays, 27}, {"makeup_warn_days", r.MakeupWarnDays, 60}} {
		for _, d := range l.days {
			if d < 0 || d > l.top {
				return c.bad("rules."+l.key, "%d; write days from 0 to %d", d, l.top)
			}
		}
	}
	for _, d := range []struct {
		key   string
		value *duration
		top   time.Duration
	}{
		{"half_day", r.HalfDay, 24 * time.Hour}, {"evaluation_open", r.EvaluationOpen, 14 * 24 * time.Hour}, {"checklist_before", r.ChecklistBefore, 24 * time.Hour},
		{"signin_before", r.SignInBefore, 12 * time.Hour}, {"attendance_after", r.AttendanceAfter, 12 * time.Hour}, {"progress_after", r.ProgressAfter, time.Hour},
		{"late_after", r.LateAfter, 24 * time.Hour}, {"undo_within", r.UndoWithin, 24 * time.Hour}, {"code_within", r.CodeWithin, 30 * 24 * time.Hour},
	} {
		if d.value != nil && (time.Duration(*d.value) < 0 || time.Duration(*d.value) > d.top) {
			return c.bad("rules."+d.key, "%v; write a duration up to %v", time.Duration(*d.value), d.top)
		}
	}
	if r.FilingDeadline != "" {
		if _, err := time.Parse("01-02", r.FilingDeadline); err != nil {
			return c.bad("rules.filing_deadline", "%q; write month and day as 01-31", r.FilingDeadline)
		}
	}
	return nil
}

// RulesInForce are the defaults with what the configuration sets.
func (c Config) RulesInForce() themeday.Rules {
	d, r := themeday.DefaultRules(), c.Rules
	for _, f := range []struct {
		to   *int
		from *int
	}{
		{&d.NoticeDays, r.NoticeDays}, {&d.QuorumPercent, r.QuorumPercent}, {&d.RecordDays, r.RecordDays}, {&d.RecordOverdueMax, r.RecordOverdueMax},
		{&d.SatisfactionFloor, r.SatisfactionFloor}, {&d.SatisfiedFrom, r.SatisfiedFrom}, {&d.Strikes, r.Strikes}, {&d.DimensionBallots, r.DimensionBallots},
		{&d.PlanWarnBeforeEnd, r.PlanWarnBeforeEnd}, {&d.PlanCommitteeDay, r.PlanCommitteeDay}, {&d.ForecastDays, r.ForecastDays}, {&d.ReminderDays, r.ReminderDays},
		{&d.MakeupDays, r.MakeupDays}, {&d.AbsentInRow, r.AbsentInRow}, {&d.AbsentInYear, r.AbsentInYear}, {&d.AbsenceAfter, r.AbsenceAfter},
		{&d.AbsenceCommittee, r.AbsenceCommittee}, {&d.CodeTries, r.CodeTries},
	} {
		if f.from != nil {
			*f.to = *f.from
		}
	}
	for _, f := range []struct {
		to   *time.Duration
		from *duration
	}{
		{&d.HalfDay, r.HalfDay}, {&d.EvaluationOpen, r.EvaluationOpen}, {&d.ChecklistBefore, r.ChecklistBefore}, {&d.SignInBefore, r.SignInBefore},
		{&d.AttendanceAfter, r.AttendanceAfter}, {&d.ProgressAfter, r.ProgressAfter}, {&d.LateAfter, r.LateAfter}, {&d.UndoWithin, r.UndoWithin}, {&d.CodeWithin, r.CodeWithin},
	} {
		if f.from != nil {
			*f.to = time.Duration(*f.from)
		}
	}
	for _, f := range []struct {
		to   *[]int
		from []int
	}{{&d.PlanWarnDays, r.PlanWarnDays}, {&d.FilingWarnDays, r.FilingWarnDays}, {&d.ApprovalDays, r.ApprovalDays}, {&d.MakeupWarnDays, r.MakeupWarnDays}} {
		if f.from != nil {
			*f.to = f.from
		}
	}
	if r.Checklist != nil {
		d.Checklist = r.Checklist
	}
	if t, err := time.Parse("01-02", r.FilingDeadline); err == nil {
		d.FilingMonth, d.FilingDay = int(t.Month()), t.Day()
	}
	return d
}

// Zone is the configured zone.
func (c Config) Zone() *time.Location {
	zone, err := time.LoadLocation(c.Timezone)
	if err != nil {
		return time.UTC // refused by check
	}
	return zone
}

// schedule parses the cron expressions; a bad one is refused by the line of the file.
func (c Config) schedule() (scheduler.Schedule, error) {
	s, err := scheduler.Parse(c.Schedule, c.Zone())
	var bad *scheduler.SpecError
	if errors.As(err, &bad) {
		return s, c.bad("schedule."+bad.Key, "%v", bad.Err)
	}
	return s, err
}
