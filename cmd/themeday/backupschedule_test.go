package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// kept are the names of the backups in the configured folder.
func (s *scene) kept() string {
	s.t.Helper()
	all, err := os.ReadDir(s.path("backups"))
	if err != nil && !os.IsNotExist(err) {
		s.t.Fatal(err)
	}
	var names []string
	for _, e := range all {
		names = append(names, strings.TrimSuffix(strings.TrimPrefix(e.Name(), "d-202603"), "00Z.tar.gz"))
	}
	return strings.Join(names, " ")
}

func TestBackupsAreMadeAtTheirTimesAndANumberIsKept(t *testing.T) {
	s := newScene(t)
	s.planned()
	h, log := s.house("database: d.db\nbackup: {dir: backups, cron: \"0 3 * * *\", keep: 2}\n")
	var alerts []string
	keeper := &schedule{Alert: func(what string) { alerts = append(alerts, what) }, work: 4}
	for _, c := range []struct{ clock, kept string }{ // the names tell the instant in UTC
		{"2026-03-05 12:00", "05T0400"}, // none yet: at once
		{"2026-03-05 12:01", "05T0400"},
		{"2026-03-06 02:59", "05T0400"},
		{"2026-03-06 03:00", "05T0400 05T1900"},
		{"2026-03-06 03:01", "05T0400 05T1900"},
		{"2026-03-05 01:00", "04T1700 05T0400 05T1900"}, // the clock was set back: none of the future counts
		{"2026-03-06 03:02", "04T1700 05T0400 05T1900"}, // and forward again: that time has its backup
		{"2026-03-09 10:00", "05T1900 09T0200"},         // the machine was off: the missed one is made once
		{"2026-03-09 10:01", "05T1900 09T0200"},
	} {
		keeper.look(context.Background(), h, s.at(c.clock))
		if got := s.kept(); got != c.kept {
			t.Errorf("%s: kept %q, want %q\n%s", c.clock, got, c.kept, log)
		}
	}
	s.write("backups/d-old.tar.gz", "not of ours")
	if err := os.RemoveAll(s.path("d-filed")); err != nil {
		t.Fatal(err)
	}
	s.write("d-filed", "a file where a folder belongs") // so that the next one fails
	keeper.look(context.Background(), h, s.at("2026-03-10 03:00"))
	if len(alerts) != 1 || !strings.Contains(alerts[0], "a backup failed") || !strings.Contains(log.String(), "the backup failed") {
		t.Errorf("alerts %v, log %s", alerts, log)
	}
	keeper.look(context.Background(), h, s.at("2026-03-10 03:30"))
	if len(alerts) != 1 {
		t.Error("tried again within the hour")
	}
	if got := s.kept(); got != "05T1900 09T0200 d-old.tar.gz" {
		t.Errorf("after a failure %q is kept", got)
	}
	if err := os.Remove(s.path("d-filed")); err != nil {
		t.Fatal(err)
	}
	keeper.look(context.Background(), h, s.at("2026-03-10 04:01"))
	if got := s.kept(); got != "09T0200 09T2001 d-old.tar.gz" {
		t.Errorf("an hour later %q is kept\n%s", got, log)
	}
	if strings.Contains(log.String(), "孩子") || strings.Contains(log.String(), "张三") {
		t.Error("a name in the log")
	}
}

func TestTheDoctorTellsOfTheLastGoodBackup(t *testing.T) {
	s := newScene(t)
	s.planned()
	line := func(clock string) string {
		t.Helper()
		_, out, _ := s.run(clock, "doctor")
		for _, l := range strings.Split(out, "\n") {
			if len(l) > 6 && strings.HasPrefix(l[6:], "backup ") {
				return l
			}
		}
		return "no line"
	}
	says := func(clock, state, words string) {
		t.Helper()
		if l := line(clock); !strings.HasPrefix(l, state) || !strings.Contains(l, words) {
			t.Errorf("%s: %q, want %s with %q", clock, l, state, words)
		}
	}
	says("2026-03-05 12:00", "note", "none is made")
	s.write(configFile, "database: d.db\nbackup: {dir: backups}\n")
	says("2026-03-05 12:00", "mend", "there is none in")
	if err := os.MkdirAll(s.path("backups"), 0o700); err != nil {
		t.Fatal(err)
	}
	s.does("2026-03-05 12:00", "backup", s.path("backups"))
	says("2026-03-05 12:00", "ok", "2026-03-05 12:00")
	says("2026-03-07 03:00", "ok", "2026-03-05 12:00")
	says("2026-03-07 03:01", "mend", "two have been missed")
	s.write(configFile, "database: d.db\nbackup: {dir: backups, passphrase_file: nowhere}\n")
	says("2026-03-05 12:00", "mend", "the passphrase of the backups is not there")
}

func TestABackupThatWasKilledLeavesNothingBehindTheNextOne(t *testing.T) {
	s := newScene(t)
	s.planned()
	full, err := realPath(s.path("d.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{workName("backup", full) + "77", workName("backup", "another.db") + "77"} {
		if err := os.MkdirAll(filepath.Join(s.dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
		s.write(filepath.Join(name, "themeday.db"), "half")
	}
	s.does("2026-03-05 12:00", "backup", s.path("b.gz"))
	if left := s.beside(".themeday-backup"); len(left) != 1 || left[0] != workName("backup", "another.db")+"77" {
		t.Errorf("left: %v", left)
	}
}
