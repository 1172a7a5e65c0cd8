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

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"themeday"
	"themeday/bot"
	"themeday/scheduler"
	"themeday/storage"
	"themeday/templates"
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
	Transport transports        `yaml:"transport"`
	WeChat    weChatConfig      `yaml:"wechat"`
	WeCom     weComConfig       `yaml:"wecom"`
	Alerts    []string          `yaml:"alerts"`
	Web       webConfig         `yaml:"web"`
	Templates string            `yaml:"templates"`
	Rules     rulesConfig       `yaml:"rules"`
	Schedule  map[string]string `yaml:"schedule"`
	Backup    backupConfig      `yaml:"backup"`
	Limits    limitsConfig      `yaml:"limits"`
	Retention retentionConfig   `yaml:"retention"`

	path    string
	file    *ast.File
	scratch bool // the database is thrown away afterwards

	around func(*storage.Store) themeday.Store // what a simulation puts between the program and its database; nil: nothing
	texts  *templates.Posts                    // read already; nil: they are read from templates

	env           string    // THEMEDAY_KEY
	envPassphrase string    // THEMEDAY_BACKUP_PASSPHRASE
	chance        io.Reader // where new keys come from; nil: chance itself
	force         bool      // whoever starts the program knows for what the database was used
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

// defaultConfig is what holds without a file.
func defaultConfig() Config {
	return Config{
		Timezone: "Asia/Shanghai", Language: "zh-Hans", Database: "themeday.db", Transport: "wechat",
		WeChat: weChatConfig{Mode: "desktop", Session: "wechat-session.json", Quiet: "23:00-07:00"},
		WeCom:  weComConfig{SecretFile: "wecom-secret", Status: "wecom-status.json"},
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
	c.WeCom.SecretFile, c.WeCom.Status = beside(path, c.WeCom.SecretFile), beside(path, c.WeCom.Status)
	c.Templates = beside(path, c.Templates)
	c.Backup.Dir = beside(path, c.Backup.Dir)
	c.Backup.PassphraseFile = beside(path, c.Backup.PassphraseFile)
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
	if err := c.checkTransports(); err != nil {
		return err
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
	if err := c.checkBackup(); err != nil {
		return err
	}
	if err := c.checkLimits(); err != nil {
		return err
	}
	if err := c.checkRetention(); err != nil {
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
