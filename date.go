package themeday

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// Date is a calendar day, without a zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the calendar day of an instant in a zone.
func DateOf(t time.Time, loc *time.Location) Date {
	y, m, d := t.In(loc).Date()
	return Date{y, m, d}
}

// ParseDate reads 2026-03-13; a day that the calendar lacks is an error.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is no date such as 2026-03-13", s)
	}
	return DateOf(t, time.UTC), nil
}

func (d Date) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// String is 2026-03-13.
func (d Date) String() string { return d.utc().Format("2006-01-02") }

// Chinese is 3月13日.
func (d Date) Chinese() string { return fmt.Sprintf("%d月%d日", d.Month, d.Day) }

// At is the instant of a time of that day in a zone; 24:00 is the next day's beginning.
func (d Date) At(t TimeOfDay, loc *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, int(t)/60, int(t)%60, 0, 0, loc)
}

// Start is the day's first instant in a zone.
func (d Date) Start(loc *time.Location) time.Time { return d.At(0, loc) }

// AddDays is the day n days later, or earlier for a negative n.
func (d Date) AddDays(n int) Date { return DateOf(d.utc().AddDate(0, 0, n), time.UTC) }

// Sub is the number of days from o to d.
func (d Date) Sub(o Date) int { return int(d.utc().Sub(o.utc()) / (24 * time.Hour)) }

// Before tells whether d comes before o.
func (d Date) Before(o Date) bool { return d.utc().Before(o.utc()) }

// After tells whether d comes after o.
func (d Date) After(o Date) bool { return o.Before(d) }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// WeekdayChinese is 周五.
func (d Date) WeekdayChinese() string { return "周" + weekdays[d.Weekday()] }

var weekdays = [7]string{"日", "一", "二", "三", "四", "五", "六"}

// MonthOf is the day's month.
func (d Date) MonthOf() YearMonth { return YearMonth{d.Year, d.Month} }

// MarshalText writes 2026-03-13; the zero date is empty.
func (d Date) MarshalText() ([]byte, error) {
	if d == (Date{}) {
		return nil, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d = Date{}
	if len(b) > 0 {
		*d, err = ParseDate(string(b))
	}
	return err
}

// TimeOfDay is minutes after midnight, 0 to 1440.
type TimeOfDay int

// String is 14:30.
func (t TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", int(t)/60, int(t)%60) }

// clockForm is what a time of day looks like: digits and a colon, nothing before, between or behind.
var clockForm = regexp.MustCompile(`^([0-9]{1,2}):([0-9]{1,2})$`)

// ParseTimeOfDay reads 14:30, and 24:00 for the day's end.
func ParseTimeOfDay(s string) (TimeOfDay, error) {
	hit := clockForm.FindStringSubmatch(s)
	if hit == nil {
		return 0, fmt.Errorf("%q is no time such as 14:30", s)
	}
	h, _ := strconv.Atoi(hit[1])
	m, _ := strconv.Atoi(hit[2])
	if m > 59 || h*60+m > 24*60 {
		return 0, fmt.Errorf("%q is no time such as 14:30", s)
	}
	return TimeOfDay(h*60 + m), nil
}

// YearMonth is a month of a year.
type YearMonth struct {
	Year  int
	Month time.Month
}

// ParseYearMonth reads 2026-03.
func ParseYearMonth(s string) (YearMonth, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return YearMonth{}, fmt.Errorf("%q is no month such as 2026-03", s)
	}
	return YearMonth{t.Year(), t.Month()}, nil
}

// String is 2026-03.
func (m YearMonth) String() string { return fmt.Sprintf("%04d-%02d", m.Year, int(m.Month)) }

// Chinese is 3月.
func (m YearMonth) Chinese() string { return fmt.Sprintf("%d月", m.Month) }

// First is the month's first day.
func (m YearMonth) First() Date { return Date{m.Year, m.Month, 1} }

// Last is the month's last day.
func (m YearMonth) Last() Date { return m.Next().First().AddDays(-1) }

// Days is the number of its days.
func (m YearMonth) Days() int { return m.Last().Day }

// Next is the month after.
func (m YearMonth) Next() YearMonth { return m.Add(1) }

// Prev is the month before.
func (m YearMonth) Prev() YearMonth { return m.Add(-1) }

// Add is the month n months later, or earlier for a negative n.
func (m YearMonth) Add(n int) YearMonth {
	t := time.Date(m.Year, m.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return YearMonth{t.Year(), t.Month()}
}

// Before tells whether m comes before o.
func (m YearMonth) Before(o YearMonth) bool { return m.First().Before(o.First()) }

// After tells whether m comes after o.
func (m YearMonth) After(o YearMonth) bool { return o.Before(m) }

// MarshalText writes 2026-03; the zero month is empty.
func (m YearMonth) MarshalText() ([]byte, error) {
	if m == (YearMonth{}) {
		return nil, nil
	}
	return []byte(m.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (m *YearMonth) UnmarshalText(b []byte) (err error) {
	*m = YearMonth{}
	if len(b) > 0 {
		*m, err = ParseYearMonth(string(b))
	}
	return err
}
