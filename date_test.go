package themeday_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"themeday"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// on reads a date of a table; a wrong one is a mistake of the test.
func on(t testing.TB, s string) themeday.Date {
	t.Helper()
	d, err := themeday.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// in reads a month of a table.
func in(t testing.TB, s string) themeday.YearMonth {
	t.Helper()
	m, err := themeday.ParseYearMonth(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// instant reads 2026-03-13T14:30:00+08:00; the zone is the one that is written, so a row may say Z.
func instant(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestADayOfAnInstantIsTheOneInShanghai(t *testing.T) {
	for _, row := range []struct{ at, day string }{
		{"2026-03-13T14:30:00+08:00", "2026-03-13"},
		{"2026-03-13T00:00:00+08:00", "2026-03-13"},
		{"2026-03-13T23:59:59+08:00", "2026-03-13"},
		{"2026-03-13T15:59:59Z", "2026-03-13"}, // 23:59:59 in Shanghai
		{"2026-03-13T16:00:00Z", "2026-03-14"}, // midnight in Shanghai, still the 13th in UTC
		{"2025-12-31T16:00:00Z", "2026-01-01"}, // the new year has begun in Shanghai
		{"2024-02-28T16:00:00Z", "2024-02-29"}, // a leap year
		{"2026-02-28T16:00:00Z", "2026-03-01"},
		{"2026-03-12T20:00:00-05:00", "2026-03-13"},
	} {
		if got := themeday.DateOf(instant(t, row.at), shanghai).String(); got != row.day {
			t.Errorf("%s is %s in Shanghai, want %s", row.at, got, row.day)
		}
	}
}

func TestOnlyDaysOfTheCalendarAreDates(t *testing.T) {
	for s, ok := range map[string]bool{
		"2026-03-13": true, "2024-02-29": true, "2000-02-29": true, "2026-12-31": true,
		"2026-02-29": false, "2100-02-29": false, "2026-04-31": false, "2026-13-01": false, "2026-00-10": false,
		"2026-3-13": false, "2026-03-13 ": false, "2026/03/13": false, "": false,
	} {
		d, err := themeday.ParseDate(s)
		if (err == nil) != ok {
			t.Errorf("ParseDate(%q) = %v, %v", s, d, err)
		}
		if ok && d.String() != s {
			t.Errorf("%q is written %q", s, d)
		}
	}
}

func TestDaysAreCountedOverMonthAndYearEnds(t *testing.T) {
	for _, row := range []struct {
		from string
		n    int
		to   string
	}{
		{"2026-03-13", -5, "2026-03-08"},
		{"2026-03-03", -5, "2026-02-26"},
		{"2024-03-03", -5, "2024-02-27"}, // over 29 February
		{"2026-01-02", -5, "2025-12-28"},
		{"2026-12-31", 1, "2027-01-01"},
		{"2026-04-30", 2, "2026-05-02"},
		{"2024-02-28", 1, "2024-02-29"},
		{"2026-02-28", 1, "2026-03-01"},
		{"2026-03-13", 0, "2026-03-13"},
		{"2026-01-01", 365, "2027-01-01"},
		{"2024-01-01", 366, "2025-01-01"},
	} {
		from, to := on(t, row.from), on(t, row.to)
		if got := from.AddDays(row.n); got != to {
			t.Errorf("%s and %d days is %s, want %s", row.from, row.n, got, row.to)
		}
		if got := to.Sub(from); got != row.n {
			t.Errorf("from %s to %s are %d days, want %d", row.from, row.to, got, row.n)
		}
		if to.Before(from) != (row.n < 0) || to.After(from) != (row.n > 0) {
			t.Errorf("%s and %s stand in the wrong order", row.from, row.to)
		}
	}
}

func TestADayKnowsItsWeekday(t *testing.T) {
	for day, want := range map[string]string{
		"2026-03-13": "3月13日周五", "2026-01-01": "1月1日周四", "2024-02-29": "2月29日周四", "2026-02-15": "2月15日周日", "2026-10-10": "10月10日周六",
	} {
		if d := on(t, day); d.Chinese()+d.WeekdayChinese() != want {
			t.Errorf("%s is %s%s, want %s", day, d.Chinese(), d.WeekdayChinese(), want)
		}
	}
}

func TestAMonthEndsOnItsLastDay(t *testing.T) {
	for month, last := range map[string]string{
		"2026-01": "2026-01-31", "2026-02": "2026-02-28", "2024-02": "2024-02-29", "2000-02": "2000-02-29", "1900-02": "1900-02-28",
		"2026-04": "2026-04-30", "2026-06": "2026-06-30", "2026-11": "2026-11-30", "2026-12": "2026-12-31",
	} {
		m := in(t, month)
		if m.Last() != on(t, last) || m.Days() != on(t, last).Day || m.First().Day != 1 || m.First().MonthOf() != m {
			t.Errorf("%s goes from %s to %s with %d days", month, m.First(), m.Last(), m.Days())
		}
	}
}

func TestMonthsFollowEachOtherOverTheYearsEnd(t *testing.T) {
	for _, row := range []struct {
		from string
		n    int
		to   string
	}{
		{"2026-12", 1, "2027-01"},
		{"2026-01", -1, "2025-12"},
		{"2026-11", 3, "2027-02"},
		{"2026-02", -2, "2025-12"},
		{"2026-03", -12, "2025-03"},
		{"2026-03", 25, "2028-04"},
	} {
		from, to := in(t, row.from), in(t, row.to)
		if got := from.Add(row.n); got != to {
			t.Errorf("%s and %d months is %s, want %s", row.from, row.n, got, row.to)
		}
		if to.Before(from) != (row.n < 0) || to.After(from) != (row.n > 0) {
			t.Errorf("%s and %s stand in the wrong order", row.from, row.to)
		}
	}
	if m := in(t, "2026-12"); m.Next() != in(t, "2027-01") || in(t, "2027-01").Prev() != m || m.Chinese() != "12月" {
		t.Errorf("after %s comes %s", m, m.Next())
	}
	for _, bad := range []string{"2026-13", "2026-3", "2026-00", "", "3月"} {
		if m, err := themeday.ParseYearMonth(bad); err == nil {
			t.Errorf("ParseYearMonth(%q) = %s", bad, m)
		}
	}
}

func TestATimeOfDayIsTwoNumbersAndAColon(t *testing.T) {
	for s, want := range map[string]int{
		"14:30": 870, "00:00": 0, "9:05": 545, "23:59": 1439, "24:00": 1440,
		"24:01": -1, "25:00": -1, "14:60": -1, "-1:30": -1, "14:-5": -1, "+9:00": -1, "14:30x": -1, "14:30:00": -1, "14: 30": -1, "14": -1, "14:": -1, ":30": -1, "": -1,
	} {
		got, err := themeday.ParseTimeOfDay(s)
		if (err == nil) != (want >= 0) || err == nil && int(got) != want {
			t.Errorf("ParseTimeOfDay(%q) = %d, %v, want %d", s, got, err, want)
		}
	}
	for minutes, want := range map[themeday.TimeOfDay]string{0: "00:00", 545: "09:05", 870: "14:30", 1440: "24:00"} {
		if minutes.String() != want {
			t.Errorf("%d minutes is written %s, want %s", int(minutes), minutes, want)
		}
	}
}

func TestATimeOfADayIsAnInstantInTheZone(t *testing.T) {
	for _, row := range []struct {
		day     string
		minutes themeday.TimeOfDay
		want    string
	}{
		{"2026-03-13", 14*60 + 30, "2026-03-13T06:30:00Z"},
		{"2026-03-13", 0, "2026-03-12T16:00:00Z"},
		{"2026-03-13", 24 * 60, "2026-03-13T16:00:00Z"},
		{"2025-12-31", 24 * 60, "2026-01-01T00:00:00+08:00"},
		{"2024-02-28", 24 * 60, "2024-02-29T00:00:00+08:00"},
	} {
		if got := on(t, row.day).At(row.minutes, shanghai); !got.Equal(instant(t, row.want)) {
			t.Errorf("%s of %s is %s, want %s", row.minutes, row.day, got, row.want)
		}
	}
}

func TestDatesAndMonthsAreKeptAsText(t *testing.T) {
	for _, s := range []string{"2026-03-13", ""} {
		var d themeday.Date
		if err := d.UnmarshalText([]byte(s)); err != nil {
			t.Fatal(err)
		}
		if b, err := d.MarshalText(); err != nil || string(b) != s || (s == "") != (d == themeday.Date{}) {
			t.Errorf("date %q came back as %q, %v", s, b, err)
		}
	}
	for _, s := range []string{"2026-03", ""} {
		var m themeday.YearMonth
		if err := m.UnmarshalText([]byte(s)); err != nil {
			t.Fatal(err)
		}
		if b, err := m.MarshalText(); err != nil || string(b) != s || (s == "") != (m == themeday.YearMonth{}) {
			t.Errorf("month %q came back as %q, %v", s, b, err)
		}
	}
	if err := new(themeday.Date).UnmarshalText([]byte("2026-02-30")); err == nil {
		t.Error("30 February was read")
	}
}

// someDate draws a day from 1990 to 2089.
func someDate(t *rapid.T) themeday.Date {
	return themeday.Date{Year: 1990, Month: time.January, Day: 1}.AddDays(rapid.IntRange(0, 100*365).Draw(t, "day"))
}

func TestCountingDaysForthAndBackComesHome(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, n := someDate(t), rapid.IntRange(-4000, 4000).Draw(t, "n")
		far := d.AddDays(n)
		if far.Sub(d) != n || far.AddDays(-n) != d {
			t.Fatalf("%s and %d days is %s, %d days off", d, n, far, far.Sub(d))
		}
		if m := d.MonthOf(); d.Before(m.First()) || d.After(m.Last()) || m.Last().AddDays(1) != m.Next().First() || m.Next().Prev() != m {
			t.Fatalf("%s does not lie in %s", d, m)
		}
		if back := themeday.DateOf(d.At(themeday.TimeOfDay(rapid.IntRange(0, 1439).Draw(t, "minute")), shanghai).UTC(), shanghai); back != d {
			t.Fatalf("a time of %s lies on %s", d, back)
		}
	})
}
