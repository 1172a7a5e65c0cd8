package themeday_test

import (
	"strings"
	"testing"
	"time"

	"themeday"
)

// FuzzDates reads any text as a day, a month, a time of day and a fixed day: what is accepted is written as it was read.
func FuzzDates(f *testing.F) {
	for _, s := range []string{
		"2026-03-13", "2026-02-29", "2024-02-29", "9999-12-31", "0000-00-00", "2026-03", "2026-13", "14:30", "24:00", "24:01", "7:5", "-1:00", "99999999999999999999:00",
		"每月第2个周五 14:00-18:00 会议室", "每月最后一个周五下午", "每月15日 14点", "每月 第０个周八 25:00-1:00", "每月倒数第二个工作日 14:00-18:00", "每月第99999999999999999999个周五",
	} {
		f.Add(s)
	}
	calendar, err := themeday.NewCalendar()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := themeday.ParseDate(s); err == nil && d.String() != s {
			t.Errorf("the day %q came out as %s", s, d)
		}
		if m, err := themeday.ParseYearMonth(s); err == nil && m.String() != s {
			t.Errorf("the month %q came out as %s", s, m)
		}
		if at, err := themeday.ParseTimeOfDay(s); err == nil {
			if again, err := themeday.ParseTimeOfDay(at.String()); err != nil || again != at || at < 0 || at > 24*60 {
				t.Errorf("the time %q came out as %s", s, at)
			}
		}
		fixed, err := themeday.ParseFixedDay(s)
		if err != nil {
			return
		}
		for m := (themeday.YearMonth{Year: 2026, Month: time.January}); m.Year == 2026; m = m.Next() {
			if day := fixed.In(m, calendar).Date; day != (themeday.Date{}) && day.Sub(m.First()) > 62 {
				t.Errorf("%q of %s falls on %s", s, m, day)
			}
		}
	})
}

// FuzzNames cleans any text as a name: nothing invisible is left, and cleaning twice is cleaning once.
func FuzzNames(f *testing.F) {
	for _, s := range []string{"王\u200b强", "\u202e王强", "王\u3164强", "\U000e0041", "王\u2800强", "\xff\xfe", "a\u0301", strings.Repeat("名", 300)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for what, clean := range map[string]func(string) string{"CleanName": themeday.CleanName, "Shown": themeday.Shown, "Upright": themeday.Upright} {
			got := clean(s)
			if again := clean(got); again != got && what != "Shown" { // which cuts, and marks that it did
				t.Errorf("%s(%+q) = %+q, and again %+q", what, s, got, again)
			}
			if what != "Upright" && strings.ContainsFunc(got, themeday.Invisible) || strings.ContainsAny(got, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c") {
				t.Errorf("%s(%+q) = %+q", what, s, got)
			}
		}
	})
}
