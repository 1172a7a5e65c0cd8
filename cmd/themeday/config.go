package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"themeday"
	"themeday/bot"
	"themeday/commands/fold"
	"themeday/scheduler"
)

// duration is a span as it is written: 4h, 30m, 3s. It is read by check, which can say where it stands.
type duration string

func (d duration) parse() (time.Duration, error) { return time.ParseDuration(string(d)) }

// whole is a number without a fraction as it is written; the library would cut a fraction off without a word. It is read by check too.
type whole string

func (w whole) parse() (int, error) { return strconv.Atoi(string(w)) }

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
	scratch bool      // the database is thrown away afterwards
	env     string    // THEMEDAY_KEY
	chance  io.Reader // where new keys come from; nil: chance itself
	force   bool      // whoever starts the program knows for what the database was used
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
	PerHour *whole   `yaml:"per_hour"`
	PerDay  *whole   `yaml:"per_day"`
}

type webConfig struct {
	Listen string `yaml:"listen"`
}

// rulesConfig are the figures of the regulation; what is absent keeps its default.
type rulesConfig struct {
	NoticeDays        *whole    `yaml:"notice_days"`
	QuorumPercent     *whole    `yaml:"quorum_percent"`
	RecordDays        *whole    `yaml:"record_days"`
	RecordOverdueMax  *whole    `yaml:"record_overdue_max"`
	HalfDay           *duration `yaml:"half_day"`
	SatisfactionFloor *whole    `yaml:"satisfaction_floor_percent"`
	SatisfiedFrom     *whole    `yaml:"satisfied_from"`
	Strikes           *whole    `yaml:"strikes"`
	EvaluationOpen    *duration `yaml:"evaluation_open"`
	DimensionBallots  *whole    `yaml:"dimension_ballots"`
	ResultBallots     *whole    `yaml:"result_ballots"`
	PlanWarnDays      []whole   `yaml:"plan_warn_days"`
	PlanWarnBeforeEnd *whole    `yaml:"plan_warn_before_end"`
	PlanCommitteeDay  *whole    `yaml:"plan_committee_day"`
	FilingDeadline    string    `yaml:"filing_deadline"`
	FilingWarnDays    []whole   `yaml:"filing_warn_days"`
	ApprovalDays      []whole   `yaml:"approval_days"`
	ForecastDays      *whole    `yaml:"forecast_days"`
	ReminderDays      *whole    `yaml:"reminder_days"`
	ChecklistBefore   *duration `yaml:"checklist_before"`
	Checklist         []string  `yaml:"checklist"`
	SignInBefore      *duration `yaml:"signin_before"`
	AttendanceAfter   *duration `yaml:"attendance_after"`
	ProgressAfter     *duration `yaml:"progress_after"`
	MakeupDays        *whole    `yaml:"makeup_days"`
	MakeupWarnDays    []whole   `yaml:"makeup_warn_days"`
	RectifyDays       *whole    `yaml:"rectify_days"`
	RectifyWarnDays   []whole   `yaml:"rectify_warn_days"`
	RectifyOverdueMax *whole    `yaml:"rectify_overdue_max"`
	RankResults       *whole    `yaml:"rank_results"`
	RankBallots       *whole    `yaml:"rank_ballots"`
	AbsentInRow       *whole    `yaml:"absent_in_row"`
	AbsentInYear      *whole    `yaml:"absent_in_year"`
	AbsenceAfter      *whole    `yaml:"absence_after"`
	AbsenceCommittee  *whole    `yaml:"absence_committee"`
	CommentDays       *whole    `yaml:"comment_days"`
	GuideVisits       *whole    `yaml:"guide_visits_per_quarter"`
	GuideWarnDays     *whole    `yaml:"guide_warn_days"`
	LateAfter         *duration `yaml:"late_after"`
	UndoWithin        *duration `yaml:"undo_within"`
	CodeWithin        *duration `yaml:"code_within"`
	CodeTries         *whole    `yaml:"code_tries"`
}

// defaultConfig is what holds without a file.
func defaultConfig() Config {
	return Config{
		Timezone: "Asia/Shanghai", Language: "zh-Hans", Database: "themeday.db", Transport: "wechat",
		WeChat: weChatConfig{Mode: "desktop", Session: "wechat-session.json", Quiet: "23:00-07:00"},
	}
}

// configLimit is more than any configuration takes.
const configLimit = 1 << 20

// LoadConfig reads a configuration file; an unknown key or a wrong value is refused by line and column. Relative paths in it are relative
// to its folder. Without a path the defaults hold.
func LoadConfig(path string) (Config, error) {
	c := defaultConfig()
	if path == "" {
		return c, nil
	}
	data, err := readFile(path, configLimit)
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
	if c.WeChat.Mode != "desktop" && c.WeChat.Mode != "web" {
		return c.bad("wechat.mode", "%q; write desktop or web", c.WeChat.Mode)
	}
	if c.WeChat.Session == "" {
		return c.bad("wechat.session", "empty; write a file name such as wechat-session.json")
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
	if err := c.checkPace(); err != nil {
		return err
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

func (c Config) checkPace() error {
	if c.WeChat.Pace == nil {
		return nil
	}
	p := c.WeChat.Pace.orDefault()
	low, err := p.Min.parse()
	if err != nil {
		return c.bad("wechat.pace.min", "%q is no duration: write 3s or 1m", p.Min)
	}
	high, err := p.Max.parse()
	if err != nil {
		return c.bad("wechat.pace.max", "%q is no duration: write 8s or 1m", p.Max)
	}
	if low < 0 || high < low {
		return c.bad("wechat.pace", "min must not be negative nor above max")
	}
	for key, budget := range map[string]*whole{"per_hour": p.PerHour, "per_day": p.PerDay} {
		if n, err := orNone(budget); err != nil || n < 0 {
			return c.bad("wechat.pace."+key, "%s; write a whole number, 0 for no limit", *budget)
		}
	}
	return nil
}

// orNone is a number that may be left out.
func orNone(w *whole) (int, error) {
	if w == nil {
		return 0, nil
	}
	return w.parse()
}

// figure is a number of the rules with the bounds in which it makes sense.
type figure struct {
	key      string
	value    *whole
	low, top int
}

func (c Config) checkRules() error {
	r := c.Rules
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
		{"forecast_days", r.ForecastDays, 0, 25},
		{"reminder_days", r.ReminderDays, 0, 25},
		{"makeup_days", r.MakeupDays, 1, 90},
		{"rectify_days", r.RectifyDays, 1, 365},
		{"rectify_overdue_max", r.RectifyOverdueMax, 0, 60},
		{"rank_results", r.RankResults, 1, 12},
		{"rank_ballots", r.RankBallots, 1, 1000},
		{"absent_in_row", r.AbsentInRow, 1, 12},
		{"absent_in_year", r.AbsentInYear, 1, 12},
		{"absence_after", r.AbsenceAfter, 0, 60},
		{"absence_committee", r.AbsenceCommittee, 0, 60},
		{"comment_days", r.CommentDays, 0, 60},
		{"guide_visits_per_quarter", r.GuideVisits, 0, 3},
		{"guide_warn_days", r.GuideWarnDays, 1, 80},
		{"code_tries", r.CodeTries, 1, 100},
	} {
		if f.value == nil {
			continue
		}
		if n, err := f.value.parse(); err != nil || n < f.low || n > f.top {
			return c.bad("rules."+f.key, "%s; write a whole number from %d to %d", *f.value, f.low, f.top)
		}
	}
	for _, l := range []struct {
		key  string
		days []whole
		top  int
	}{{"plan_warn_days", r.PlanWarnDays, 31}, {"filing_warn_days", r.FilingWarnDays, 90}, {"approval_days", r.ApprovalDays, 27}, {"makeup_warn_days", r.MakeupWarnDays, 60}, {"rectify_warn_days", r.RectifyWarnDays, 60}} {
		for _, d := range l.days {
			if n, err := d.parse(); err != nil || n < 0 || n > l.top {
				return c.bad("rules."+l.key, "%s; write days from 0 to %d", d, l.top)
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
		{"code_within", r.CodeWithin, 0, 30 * 24 * time.Hour},
	} {
		if d.value == nil {
			continue
		}
		span, err := d.value.parse()
		if err != nil {
			return c.bad("rules."+d.key, "%q is no duration: write 4h, 30m or 90s", *d.value)
		}
		if span < d.low || span > d.top {
			return c.bad("rules."+d.key, "%v; write a duration from %v to %v", span, d.low, d.top)
		}
	}
	if err := c.checkChecklist(); err != nil {
		return err
	}
	if r.FilingDeadline != "" {
		if _, err := time.Parse("01-02", r.FilingDeadline); err != nil {
			return c.bad("rules.filing_deadline", "%q; write month and day as 01-31", r.FilingDeadline)
		}
	}
	return nil
}

// orDefault is the pace with what is not set as it is advised for personal WeChat.
func (p *paceConfig) orDefault() *paceConfig {
	hour, day := whole("20"), whole("60")
	d := paceConfig{Min: "3s", Max: "8s", PerHour: &hour, PerDay: &day}
	if p == nil {
		return &d
	}
	if p.Min != "" {
		d.Min = p.Min
	}
	if p.Max != "" {
		d.Max = p.Max
	}
	if p.PerHour != nil {
		d.PerHour = p.PerHour
	}
	if p.PerDay != nil {
		d.PerDay = p.PerDay
	}
	return &d
}

// allItems is the word that ticks the whole checklist.
const allItems = "全部"

// checkChecklist refuses items that nobody could tick by their name.
func (c Config) checkChecklist() error {
	seen := map[string]bool{}
	for i, item := range c.Rules.Checklist {
		key, name := fmt.Sprintf("rules.checklist[%d]", i), fold.Command(item)
		switch {
		case strings.TrimSpace(item) == "" || name == "":
			return c.bad(key, "an item without a name; write [党旗, 徽章], or [] for none")
		case name == fold.Command(allItems):
			return c.bad(key, "%q ticks all items; give this one another name", item)
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

// RulesInForce are the defaults with what the configuration sets.
func (c Config) RulesInForce() themeday.Rules {
	d, r := themeday.DefaultRules(), c.Rules
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
		{&d.PlanCommitteeDay, r.PlanCommitteeDay},
		{&d.ForecastDays, r.ForecastDays},
		{&d.ReminderDays, r.ReminderDays},
		{&d.MakeupDays, r.MakeupDays},
		{&d.RectifyDays, r.RectifyDays},
		{&d.RectifyOverdueMax, r.RectifyOverdueMax},
		{&d.RankResults, r.RankResults},
		{&d.RankBallots, r.RankBallots},
		{&d.AbsentInRow, r.AbsentInRow},
		{&d.AbsentInYear, r.AbsentInYear},
		{&d.AbsenceAfter, r.AbsenceAfter},
		{&d.AbsenceCommittee, r.AbsenceCommittee},
		{&d.CommentDays, r.CommentDays},
		{&d.GuideVisits, r.GuideVisits},
		{&d.GuideWarnDays, r.GuideWarnDays},
		{&d.CodeTries, r.CodeTries},
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
		{&d.CodeWithin, r.CodeWithin},
	} {
		if f.from != nil {
			*f.to, _ = f.from.parse() // refused by check when it cannot be read
		}
	}
	for _, f := range []struct {
		to   *[]int
		from []whole
	}{{&d.PlanWarnDays, r.PlanWarnDays}, {&d.FilingWarnDays, r.FilingWarnDays}, {&d.ApprovalDays, r.ApprovalDays}, {&d.MakeupWarnDays, r.MakeupWarnDays}, {&d.RectifyWarnDays, r.RectifyWarnDays}} {
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
