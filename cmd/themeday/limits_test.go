package main

import (
	"path/filepath"
	"strings"
	"testing"

	"themeday/commands"
)

func TestTheDoctorTellsOfLimitsThatWereReachedAndOfWrongCodes(t *testing.T) {
	dir := t.TempDir()
	config, db := written(t, configFile, "limits: {person_answers: 5, window: 10m}\n"), filepath.Join(dir, "d.db")
	if code, _, errs := start(t, "import", "roster", sheetOf(t, smallRoster), "--db", db); code != exitDone {
		t.Fatal(errs)
	}
	if _, out, _ := start(t, "doctor", "--config", config, "--db", db); strings.Contains(out, "limits") {
		t.Error(out)
	}
	typed := strings.Repeat("(张三): 活动\n", 20) + strings.Repeat("(生人): 绑定 000000\n", 7)
	code, out, errs := with(t, "", typed, "chat", "--config", config, "--db", db)
	if code != exitDone || strings.Count(out, "(张三)") != 6 || strings.Count(out, "您问得太多") != 1 || strings.Count(out, "绑定码不对") != 5 || strings.Count(out, "今天不再收您的绑定码") != 1 {
		t.Error(code, out, errs)
	}
	if _, out, _ := start(t, "doctor", "--config", config, "--db", db); !strings.Contains(out, "note  limits    2026-03-01: one person asked more than limits.person_answers (1 times); wrong binding or rating codes on console (5); see the log of that day") {
		t.Error(out)
	}
}

func TestLimitsThatCannotBeLivedWithAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"limits: {person_answers: 0}\n":      "limits.person_answers: 0; write a whole number from 5 to 10000",
		"limits: {group_answers: many}\n":    "limits.group_answers: many; write a whole number",
		"limits: {window: 1s}\n":             "limits.window: 1s; write a duration from 1m0s to 24h0m0s",
		"limits: {stranger_pause: for ever}": "limits.stranger_pause: \"for ever\" is no duration",
		"limits: {person: 5}\n":              "unknown field \"person\"",
	} {
		if _, err := LoadConfig(written(t, configFile, text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	if c := defaultConfig(); c.limits() != commands.DefaultLimits() {
		t.Errorf("without a word the limits are %+v", c.limits())
	}
}

func TestAnImportPointsOutNamesThatReadAlike(t *testing.T) {
	said, _ := imported(t, "甲支部,王强,书记,正式,,\n甲支部,王強,党员,正式,,\n甲支部,李四,党员,正式,,\n")
	if !strings.Contains(said, "注意：王强、王強 看着相像，按不同的人处理；若是一人请改成一样的写法") || strings.Count(said, "看着相像") != 1 || !strings.Contains(said, "3 new people") {
		t.Error(said)
	}
}
