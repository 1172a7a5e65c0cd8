package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"themeday"
)

// FuzzLoadConfig reads any text as themeday.yaml: it is refused in one line that names the file, or gives rules, a pace and limits that can be lived with.
func FuzzLoadConfig(f *testing.F) {
	sample, err := os.ReadFile("themeday.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sample)
	for _, s := range []string{
		"", "# nothing", "rules: {quorum_percent: 80}", "rules: {quorum_percent: 8e1}", "rules: {from: {\"2027-01-01\": {quorum_percent: 85}}}", "rules: {from: {\"2027-01-01\": {from: {}}}}",
		"wechat: {pace: {min: 3s, max: 8s, per_hour: 20, per_day: 60}}", "wechat: {quiet: \"23:00-07:00\"}", "schedule: {plan: \"5 0 * * *\"}", "schedule: {plan: \"* * 31 2 *\"}", "limits: {person_answers: 60, window: 10m, stranger_pause: 1h}",
		"limits: {person_answers: -1}", "a: &a [*a]", "a: &a {b: *a}", "x: [[[[[[[[", "timezone: ../../etc/passwd", "timezone: Local", "backup: {cron: \"0 3 * * *\", keep: 14}", "%YAML 9.9\n---\n", "? a\n: b", "rules:\n\t- a", "!!binary x", "alerts: [\"\"]", "--- a\n--- b\n",
	} {
		f.Add([]byte(s))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(dir, "themeday.yaml")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := LoadConfig(path)
		if err != nil {
			if !strings.Contains(err.Error(), "themeday.yaml") {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		if l := c.limits(); l.Person < 1 || l.Group < 1 || l.Window < time.Minute || l.Strange < time.Minute {
			t.Errorf("%q gives the limits %+v", text, l)
		}
		for _, in := range append(c.Rulebook(), themeday.RulesFrom{Rules: c.RulesInForce()}) {
			if r := in.Rules; r.QuorumPercent < 1 || r.QuorumPercent > 100 || r.CodeTries < 1 || r.HalfDay <= 0 {
				t.Errorf("%q gives the rules %+v", text, r)
			}
		}
		if _, err := c.schedule(); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		c.pace(strings.NewReader(strings.Repeat("x", 64)))
	})
}
