package themeday

import (
	"sort"
	"strings"
	"time"
)

// NoticeDay is the last day on which the arrangement is made public in time: so many calendar days before the activity (R06).
func NoticeDay(starts time.Time, days int, loc *time.Location) Date {
	return DateOf(starts, loc).AddDays(-days)
}

// DaysAhead is the number of calendar days from an instant to the activity; 0 on its day.
func DaysAhead(at, starts time.Time, loc *time.Location) int {
	return DateOf(starts, loc).Sub(DateOf(at, loc))
}

// RecordDue is when the record form is due: 24:00 of the end's day plus so many calendar days, given as the next day's first instant (R22).
func RecordDue(ended time.Time, days int, loc *time.Location) time.Time {
	return DateOf(ended, loc).AddDays(days + 1).Start(loc)
}

// RecordOverdueDays is how many days a form, or anything else with a deadline, is overdue by the calendar: 0 until it is due, 1 on the first day
// after (R22, R28, R30).
func RecordOverdueDays(at, due time.Time, loc *time.Location) int {
	if at.Before(due) {
		return 0
	}
	return DateOf(at, loc).Sub(DateOf(due, loc)) + 1
}

// MakeupDue is when make-up study is due: 24:00 of the end's day plus so many calendar days (R20).
func MakeupDue(ended time.Time, days int, loc *time.Location) time.Time {
	return RecordDue(ended, days, loc)
}

// PlanWarnDays are the days of a month on which a missing plan is pointed out: fixed ones and so many days before its end (R01).
func PlanWarnDays(m YearMonth, days []int, beforeEnd int) []Date {
	seen := map[int]bool{}
	var out []Date
	for _, d := range append(append([]int{}, days...), m.Days()-beforeEnd) {
		if d >= 1 && d <= m.Days() && !seen[d] {
			seen[d] = true
			out = append(out, Date{m.Year, m.Month, d})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Before(out[j]) })
	return out
}

// CanChangeDate tells whether an activity's date may move to another: within the month and with a reason (R05).
func CanChangeDate(from, to Date, reason string) error {
	m := from.MonthOf()
	if to.MonthOf() != m {
		return Refuse(Invalid, R05, "不能改到%s：须在当月完成，请选%s至%s之间的日子", to.Chinese(), m.First().Chinese(), m.Last().Chinese())
	}
	if strings.TrimSpace(reason) == "" {
		return Refuse(Invalid, R05, "改期要写事由，例如：改期 %s %s 14:00 会场另有安排", m.Chinese(), to.Chinese())
	}
	return nil
}

// CanLast tells whether a planned time is long enough (R02).
func CanLast(planned, halfDay time.Duration) error {
	if planned < halfDay {
		return Refuse(Invalid, R02, "活动不少于半天（%s），请把时间排够，例如 14:00-18:00", Hours(halfDay))
	}
	return nil
}

// CutShort tells whether the real time was under half a day (R02).
func CutShort(began, ended time.Time, halfDay time.Duration) bool { return ended.Sub(began) < halfDay }

// Need is the smallest number of members that reaches the percentage (R12).
func Need(members, percent int) int { return (members*percent + 99) / 100 }

// Percent is a share in whole percent, rounded down; 0 of nothing.
func Percent(part, whole int) int {
	if whole == 0 {
		return 0
	}
	return part * 100 / whole
}

// Quorum tells whether enough of the members take part: the limit itself is enough (R12). A branch without members never has it.
func Quorum(present, members, percent int) bool {
	return members > 0 && present*100 >= members*percent
}

// PlanFilingDue is when a year's plan is to be filed: 24:00 of a day of that year (R04).
func PlanFilingDue(year int, month time.Month, day int, loc *time.Location) time.Time {
	return Date{year, month, day}.AddDays(1).Start(loc)
}
