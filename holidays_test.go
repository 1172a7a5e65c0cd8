package themeday

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func day(t testing.TB, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func calendar(t testing.TB) *Calendar {
	t.Helper()
	c, err := NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The dates are those of the State Council's notices, first and last day off and the weekend days that are worked instead.
func TestTheHolidaysAreThoseOfTheNotices(t *testing.T) {
	c := calendar(t)
	for _, row := range []struct {
		year              int
		name, first, last string
		worked            string
	}{
		{2026, "元旦", "01-01", "01-03", "01-04"},
		{2026, "春节", "02-15", "02-23", "02-14 02-28"},
		{2026, "清明节", "04-04", "04-06", ""},
		{2026, "劳动节", "05-01", "05-05", "05-09"},
		{2026, "端午节", "06-19", "06-21", ""},
		{2026, "中秋节", "09-25", "09-27", ""},
		{2026, "国庆节", "10-01", "10-07", "09-20 10-10"},
		{2025, "元旦", "01-01", "01-01", ""},
		{2025, "春节", "01-28", "02-04", "01-26 02-08"},
		{2025, "清明节", "04-04", "04-06", ""},
		{2025, "劳动节", "05-01", "05-05", "04-27"},
		{2025, "端午节", "05-31", "06-02", ""},
		{2025, "国庆中秋", "10-01", "10-08", "09-28 10-11"},
		{2024, "春节", "02-10", "02-17", "02-04 02-18"},
		{2024, "清明节", "04-04", "04-06", "04-07"},
		{2024, "劳动节", "05-01", "05-05", "04-28 05-11"},
		{2024, "中秋节", "09-15", "09-17", "09-14"},
		{2024, "国庆节", "10-01", "10-07", "09-29 10-12"},
		{2023, "春节", "01-21", "01-27", "01-28 01-29"},
		{2023, "清明节", "04-05", "04-05", ""}, // a single Wednesday
		{2023, "劳动节", "04-29", "05-03", "04-23 05-06"},
		{2023, "端午节", "06-22", "06-24", "06-25"},
		{2023, "国庆节", "09-30", "10-06", "10-07 10-08"}, // 29 September was 中秋节
		{2022, "春节", "01-31", "02-06", "01-29 01-30"},
		{2022, "国庆节", "10-01", "10-07", "10-08 10-09"},
		{2021, "春节", "02-11", "02-17", "02-07 02-20"},
		{2021, "中秋节", "09-19", "09-21", "09-18"},
		{2020, "春节", "01-24", "02-02", "01-19"}, // made longer by the notice of 27 January 2020
		{2020, "国庆节", "10-02", "10-08", "10-10"},
		{2019, "劳动节", "05-01", "05-04", "04-28 05-05"},
		{2019, "国庆节", "10-01", "10-07", "09-29 10-12"},
	} {
		first, last := day(t, fmt.Sprintf("%d-%s", row.year, row.first)), day(t, fmt.Sprintf("%d-%s", row.year, row.last))
		for d := first; !d.After(last); d = d.AddDays(1) {
			if name, off := c.Holiday(d); name != row.name || !off {
				t.Errorf("%s is %q, want %s", d, name, row.name)
			}
		}
		for _, out := range []Date{first.AddDays(-1), last.AddDays(1)} {
			if name, _ := c.Holiday(out); name == row.name {
				t.Errorf("%s still counts as %s of %d", out, name, row.year)
			}
		}
		for _, w := range strings.Fields(row.worked) {
			d := day(t, fmt.Sprintf("%d-%s", row.year, w))
			if work, known := c.Workday(d); !work || !known || d.Weekday() != time.Saturday && d.Weekday() != time.Sunday {
				t.Errorf("%s %s: worked %v, known %v; a make-up working day is a worked day of a weekend", d, d.WeekdayChinese(), work, known)
			}
		}
	}
}

// 2026 has 33 days off and 6 worked days of weekends: the whole table, nothing beside it.
func TestTheYear2026HasNoOtherHolidays(t *testing.T) {
	c := calendar(t)
	off, madeUp := 0, ""
	for d := day(t, "2026-01-01"); d.Year == 2026; d = d.AddDays(1) {
		if _, holiday := c.Holiday(d); holiday {
			off++
		}
		if work, _ := c.Workday(d); work && (d.Weekday() == time.Saturday || d.Weekday() == time.Sunday) {
			madeUp += " " + d.String()[5:]
		}
	}
	if want := " 01-04 02-14 02-28 05-09 09-20 10-10"; off != 3+9+3+5+3+3+7 || madeUp != want {
		t.Errorf("%d days off, worked weekend days%s, want 33 and%s", off, madeUp, want)
	}
}

func TestAWorkdayIsWhenPeopleWork(t *testing.T) {
	c := calendar(t)
	for _, row := range []struct {
		day         string
		work, known bool
		why         string
	}{
		{"2026-03-13", true, true, "a Friday"},
		{"2026-03-14", false, true, "a Saturday"},
		{"2026-03-15", false, true, "a Sunday"},
		{"2026-02-14", true, true, "a Saturday worked for 春节"},
		{"2026-02-16", false, true, "a Monday of 春节"},
		{"2026-02-24", true, true, "the first Tuesday after 春节"},
		{"2026-10-10", true, true, "a Saturday worked for 国庆节"},
		{"2026-10-08", true, true, "the Thursday after 国庆节"},
		{"2022-12-30", true, true, "the Friday before 元旦 2023"},
		{"2022-12-31", false, true, "a Saturday of 元旦 2023"},
		{"2023-01-02", false, true, "a Monday of 元旦 2023"},
		{"2023-01-03", true, true, "the Tuesday after 元旦 2023"},
		{"2027-01-01", true, false, "a Friday of a year without a notice: weekends only"},
		{"2027-10-02", false, false, "a Saturday of a year without a notice"},
		{"2018-10-01", true, false, "a Monday before the table begins"},
	} {
		if work, known := c.Workday(day(t, row.day)); work != row.work || known != row.known {
			t.Errorf("%s (%s): worked %v, known %v", row.day, row.why, work, known)
		}
	}
}

func TestTheTableStatesItsYears(t *testing.T) {
	c := calendar(t)
	if first, last := c.Years(); first != 2019 || last != 2026 {
		t.Errorf("years %d to %d, want 2019 to 2026", first, last)
	}
	for year, want := range map[int]bool{2018: false, 2019: true, 2022: true, 2026: true, 2027: false} {
		if c.Knows(year) != want {
			t.Errorf("knows %d: %v", year, !want)
		}
	}
	if !strings.Contains(holidayTable, "Years 2019 to 2026") {
		t.Error("the head of holidays.txt does not state its years")
	}
}

func TestEveryYearOfTheTableHasItsSevenFestivals(t *testing.T) {
	c := calendar(t)
	for year := 2019; year <= 2026; year++ {
		names := ""
		for d := (Date{year, time.January, 1}); d.Year == year; d = d.AddDays(1) {
			if name, off := c.Holiday(d); off && !strings.Contains(names, name) {
				names += " " + name
			}
			if _, off := c.Holiday(d); off && c.work[d] {
				t.Errorf("%s is both off and worked", d)
			}
			if wd := d.Weekday(); c.work[d] && wd != time.Saturday && wd != time.Sunday {
				t.Errorf("%s is no day of a weekend, yet made up", d)
			}
		}
		for _, part := range []string{"元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆"} {
			if !strings.Contains(names, part) {
				t.Errorf("%d has no %s:%s", year, part, names)
			}
		}
	}
}

func TestABadLineOfTheTableIsNamed(t *testing.T) {
	for table, want := range map[string]string{
		"2026-01-01 01-03":                  "line 1: too short",
		"# head\n\n2026-02-30 03-01 春节":     `line 3: "2026-02-30"`,
		"2026-01-01 1-3 元旦":                 `line 1: "2026-1-3"`,
		"2026-01-01 01-03 元旦 01-04":         `line 1: "01-04"`,
		"2026-01-01 01-03 元旦\n2026-x 01 春节": `line 2: "2026-x"`,
	} {
		if _, err := readCalendar(table); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("table %q: %v, want %s", table, err, want)
		}
	}
}

func TestNobodyWorksOnAHolidayAndOnlyTheTableIsKnown(t *testing.T) {
	c := calendar(t)
	rapid.Check(t, func(t *rapid.T) {
		d := Date{2015, time.January, 1}.AddDays(rapid.IntRange(0, 20*365).Draw(t, "day"))
		work, known := c.Workday(d)
		if _, off := c.Holiday(d); off && work {
			t.Fatalf("%s is off and worked", d)
		}
		if _, off := c.Holiday(d); !off && known != c.Knows(d.Year) {
			t.Fatalf("%s: known %v", d, known)
		}
	})
}
