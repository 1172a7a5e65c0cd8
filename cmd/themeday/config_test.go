package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"themeday/commands"
)

func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAConfigurationIsRefusedByLineAndColumn(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"an unknown key", "timezone: Asia/Shanghai\ncolour: red\n", `themeday.yaml:2:1: unknown field "colour"`},
		{"an unknown key below another", "rules:\n  quorum: 80\n", `themeday.yaml:2:3: unknown field "quorum"`},
		{"a key twice", "language: zh-Hans\nlanguage: zh-Hant\n", `themeday.yaml:2:1: `},
		{"a wrong zone", "# zone\ntimezone: Asia/Peking\n", `themeday.yaml:2:11: timezone: unknown zone "Asia/Peking"`},
		{"the machine's zone", "timezone: Local\n", `themeday.yaml:1:11: timezone: `},
		{"a wrong percent", "rules:\n  quorum_percent: 180\n", `themeday.yaml:2:19: rules.quorum_percent: 180; write a whole number from 1 to 100`},
		{"a percent in words", "rules:\n  quorum_percent: most\n", `themeday.yaml:2:19: `},
		{"no day to be reminded of an objection", "rules:\n  objection_remind_days: 0\n", `themeday.yaml:2:26: rules.objection_remind_days: 0; write a whole number from 1 to 90`},
		{"a time to object that is none", "rules:\n  object_within: soon\n", `rules.object_within`},
		{"half a percent", "rules:\n  quorum_percent: 80.5\n", `themeday.yaml:2:19: `},
		{"an hour without its unit", "rules:\n  half_day: 4\n", `themeday.yaml:2:13: rules.half_day: "4" is no duration`},
		{"half a day of nothing", "rules:\n  half_day: 0h\n", `themeday.yaml:2:13: rules.half_day: 0s; write a duration from 1m0s`},
		{"a pace that is none", "wechat: {pace: {min: fast, max: 3s}}\n", `wechat.pace.min: "fast" is no duration`},
		{"a wrong duration", "rules:\n  half_day: half\n", `is no duration`},
		{"a negative duration", "rules:\n  undo_within: -5m\n", `themeday.yaml:2:16: rules.undo_within`},
		{"a day too many", "rules:\n  plan_warn_days: [10, 40]\n", `rules.plan_warn_days: 40; write days from 0 to 31`},
		{"an item without a name", "rules:\n  checklist: [党旗, \"\"]\n", `rules.checklist[1]: an item without a name`},
		{"an item of blanks", "rules:\n  checklist: [\"　 \"]\n", `rules.checklist[0]: an item without a name`},
		{"an item that means all", "rules:\n  checklist: [党旗, 全部]\n", `themeday.yaml:2:19: rules.checklist[1]: "全部" ticks all items`},
		{"two items in one", "rules:\n  checklist: [党旗、徽章]\n", `rules.checklist[0]: "党旗、徽章" holds a separator`},
		{"an item twice", "rules:\n  checklist: [党旗, 黨旗]\n", `rules.checklist[1]: "黨旗" stands there twice`},
		{"results of no ballots", "rules:\n  result_ballots: 0\n", `rules.result_ballots: 0; write a whole number from 1 to 1000`},
		{"a wrong date", "rules:\n  filing_deadline: 31-01\n", `rules.filing_deadline: "31-01"; write month and day as 01-31`},
		{"a bad cron expression", "schedule:\n  reminder: 0 17 * * *\n  notice: \"0 25 * * *\"\n", `themeday.yaml:3:11: schedule.notice: "0 25 * * *" is no cron expression`},
		{"an expression that never fires", "schedule:\n  notice: \"0 9 31 2 *\"\n", `themeday.yaml:2:11: schedule.notice: "0 9 31 2 *" never fires`},
		{"an unknown job", "schedule:\n  lunch: \"0 12 * * *\"\n", `themeday.yaml:2:10: schedule.lunch: there is no such job; there are absence, approval`},
		{"a wrong language", "language: en\n", `language: "en"; write zh-Hans or zh-Hant`},
		{"a wrong transport", "transport: qq\n", `transport: "qq"; write wechat, wecom, console`},
		{"wrong quiet hours", "wechat: {quiet: \"25:00-07:00\"}\n", `wechat.quiet: quiet hours "25:00-07:00"`},
		{"a pace the wrong way round", "wechat: {pace: {min: 8s, max: 3s}}\n", `wechat.pace: min must not be negative nor above max`},
		{"a folder that is not there", "templates: nowhere\n", `themeday.yaml:1:12: templates: "nowhere" is no folder`},
		{"PostgreSQL", "database: postgres://x/y\n", `database: PostgreSQL is not served yet`},
		{"no mapping", "- a\n- b\n", `themeday.yaml:1:`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := LoadConfig(written(t, configFile, c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want one line with %q", err, c.want)
			}
		})
	}
}

func TestWhatIsNotConfiguredKeepsItsDefault(t *testing.T) {
	for name, text := range map[string]string{"empty": "", "only remarks": "# nothing\n", "only an empty section": "rules:\nschedule:\n"} {
		c, err := LoadConfig(written(t, configFile, text))
		if err != nil || c.Timezone != "Asia/Shanghai" || c.RulesInForce().QuorumPercent != 80 {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
	}
	path := written(t, configFile, "database: data/d.db\nrules: {quorum_percent: 85, half_day: 3h, filing_deadline: \"03-15\", checklist: [党旗]}\n")
	c, err := LoadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	r := c.RulesInForce()
	if r.QuorumPercent != 85 || r.HalfDay != 3*time.Hour || r.FilingMonth != 3 || r.FilingDay != 15 || len(r.Checklist) != 1 || r.NoticeDays != 5 {
		t.Errorf("rules %+v", r)
	}
	if want := filepath.Join(filepath.Dir(path), "data", "d.db"); c.Database != want {
		t.Errorf("database %s, want %s: it is relative to the file", c.Database, want)
	}
}

func TestTheSampleConfigurationIsInOrderAndShowsTheDefaults(t *testing.T) {
	if _, err := LoadConfig(written(t, configFile, string(sampleConfig))); err != nil {
		t.Error(err)
	}
	uncommented := regexp.MustCompile(`(?m)^  # (\w+:)`).ReplaceAllString(string(sampleConfig), "  $1")
	c, err := LoadConfig(written(t, configFile, uncommented))
	if err != nil {
		t.Fatal(err)
	}
	got, want := c.RulesInForce(), defaultConfig().RulesInForce()
	if g, w := strings.Join(got.Checklist, " "), strings.Join(want.Checklist, " "); g != w {
		t.Errorf("checklist %s, want %s", g, w)
	}
	got.Checklist, want.Checklist = nil, nil
	if g, w := sprint(got), sprint(want); g != w {
		t.Errorf("the figures shown\n%s\nare not the defaults\n%s", g, w)
	}
	if c.limits() != commands.DefaultLimits() {
		t.Errorf("the limits shown are %+v", c.limits())
	}
	if len(c.Schedule) == 0 {
		t.Error("the sample shows no schedule")
	}
}

func TestAConfigurationThatIsNotThereSaysHowToMakeOne(t *testing.T) {
	if _, err := LoadConfig(filepath.Join(t.TempDir(), "no.yaml")); err == nil || !strings.Contains(err.Error(), "themeday init") {
		t.Error(err)
	}
}
