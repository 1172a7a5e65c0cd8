package paper

import (
	"fmt"
	"time"
)

// Times are shown in the zone that they come in.

func stamp(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return fmt.Sprintf("%d月%d日 %s", int(t.Month()), t.Day(), t.Format("15:04"))
}

func clock(t time.Time) string { return t.Format("15:04") }

func day(t time.Time) string {
	return fmt.Sprintf("%d年%d月%d日 周%s", t.Year(), int(t.Month()), t.Day(), string([]rune("日一二三四五六")[t.Weekday()]))
}

// deadline is an instant up to which something may be done; the first instant of a day is 24:00 of the day before.
func deadline(t time.Time) string {
	if t.Hour() == 0 && t.Minute() == 0 {
		t = t.AddDate(0, 0, -1)
		return fmt.Sprintf("%d月%d日 24:00", int(t.Month()), t.Day())
	}
	return stamp(t)
}
