package scheduler

import (
	"errors"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"themeday"
)

var shanghai = func() *time.Location {
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		panic(err)
	}
	return zone
}()

// clockOf reads 2026-03-13 14:30, in Shanghai.
func clockOf(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func scheduleOf(t *testing.T, specs map[string]string) Schedule {
	t.Helper()
	s, err := Parse(specs, shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestALookIsTheFirstInstantOnOrAfterItsDayAndANoticeIsNeverLater(t *testing.T) {
	for _, c := range []struct {
		name string
		look Look
		spec string
		day  string
		want string
	}{
		{"every day at nine", LookApproval, "0 9 * * *", "2026-03-08", "2026-03-08 09:00"},
		{"midnight belongs to the day", LookApproval, "0 0 * * *", "2026-03-08", "2026-03-08 00:00"},
		{"working days only: Sunday waits for Monday", LookApproval, "0 9 * * 1-5", "2026-03-08", "2026-03-09 09:00"},
		{"twice a day: the first", LookApproval, "30 8,17 * * *", "2026-03-08", "2026-03-08 08:30"},
		{"a notice at nine", LookNotice, "0 9 * * *", "2026-03-08", "2026-03-08 09:00"},
		{"a notice on working days only: Sunday's goes out on Friday", LookNotice, "0 9 * * 1-5", "2026-03-08", "2026-03-06 09:00"},
		{"a notice twice a day: the last one before the day", LookNotice, "30 8,17 * * 1-5", "2026-03-08", "2026-03-06 17:30"},
		{"a notice on Mondays: the day after a Monday waits for no other", LookNotice, "0 9 * * 1", "2026-03-10", "2026-03-09 09:00"},
		{"a notice on the first of the month", LookNotice, "0 9 1 * *", "2026-01-31", "2026-01-01 09:00"},
	} {
		day, err := themeday.ParseDate(c.day)
		if err != nil {
			t.Fatal(err)
		}
		got := scheduleOf(t, map[string]string{string(c.look): c.spec}).On(c.look, day)
		if !got.Equal(clockOf(t, c.want)) {
			t.Errorf("%s: got %v, want %s", c.name, got, c.want)
		}
	}
}

func TestNextIsStrictlyLater(t *testing.T) {
	s := scheduleOf(t, nil)
	if got := s.Next(LookPlan, clockOf(t, "2026-03-08 00:05")); !got.Equal(clockOf(t, "2026-03-09 00:05")) {
		t.Errorf("got %v", got)
	}
	if got := s.Next("tea", clockOf(t, "2026-03-08 00:05")); !got.IsZero() {
		t.Errorf("a look that is none comes at %v", got)
	}
}

func TestAWrongScheduleIsRefusedByItsKey(t *testing.T) {
	for _, c := range []struct{ key, spec, says string }{
		{"notise", "0 9 * * *", "there is no such job; there are absence, approval, digest, filing"},
		{"notice", "9 Uhr", "is no cron expression"},
		{"notice", "", "is no cron expression"},
		{"notice", "0 0 9 * * *", "is no cron expression"},
		{"notice", "@every 5m", "is no cron expression"},
		{"notice", "61 9 * * *", "is no cron expression"},
		{"notice", "0 9 30 2 *", "never fires"},
		{"notice", "TZ=0", "`timezone:`"},
		{"notice", "CRON_TZ=Europe/Berlin 0 9 * * *", "`timezone:`"},
	} {
		_, err := Parse(map[string]string{c.key: c.spec}, shanghai)
		var bad *SpecError
		if !errors.As(err, &bad) || bad.Key != c.key || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %q gives %v, want …%s", c.key, c.spec, err, c.says)
		}
	}
}

func TestOfSeveralWrongKeysTheFirstByNameIsTold(t *testing.T) {
	for range 20 {
		_, err := Parse(map[string]string{"zzz": "", "reminder": "x", "aaa": "0 9 * * *"}, shanghai)
		var bad *SpecError
		if !errors.As(err, &bad) || bad.Key != "aaa" {
			t.Fatalf("got %v", err)
		}
	}
}
