package themeday_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"themeday"
)

// R01: day 10, 20 and 5 days before the month's end.
func TestR01AMissingPlanIsPointedOutThreeTimesAMonth(t *testing.T) {
	for month, want := range map[string]string{
		"2026-01": "2026-01-10 2026-01-20 2026-01-26",
		"2026-02": "2026-02-10 2026-02-20 2026-02-23",
		"2024-02": "2024-02-10 2024-02-20 2024-02-24", // a leap year
		"2026-04": "2026-04-10 2026-04-20 2026-04-25",
		"2026-12": "2026-12-10 2026-12-20 2026-12-26",
	} {
		r := themeday.DefaultRules()
		var got []string
		for _, d := range themeday.PlanWarnDays(in(t, month), r.PlanWarnDays, r.PlanWarnBeforeEnd) {
			got = append(got, d.String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", month, strings.Join(got, " "), want)
		}
	}
	for _, row := range []struct {
		days   []int
		before int
		want   string
	}{
		{[]int{25, 10}, 3, "[2026-02-10 2026-02-25]"}, // in order, the 25th once
		{[]int{0, 29, 30}, 0, "[2026-02-28]"},         // days that February lacks are left out
		{nil, 31, "[]"},
	} {
		if got := fmt.Sprint(themeday.PlanWarnDays(in(t, "2026-02"), row.days, row.before)); got != row.want {
			t.Errorf("days %v and %d before the end: %s, want %s", row.days, row.before, got, row.want)
		}
	}
}

// R02: half a day is 4 hours; the limit itself is enough.
func TestR02AnActivityLastsAtLeastHalfADay(t *testing.T) {
	for _, row := range []struct {
		from, to string
		short    bool
	}{
		{"14:00", "18:00", false},
		{"14:30", "18:30", false},
		{"14:00", "17:59", true},
		{"14:01", "18:00", true},
		{"08:00", "18:00", false},
		{"14:00", "14:30", true},
		{"20:00", "24:00", false},
		{"18:00", "14:00", true},
	} {
		from, to := at(t, "2026-03-13", row.from), at(t, "2026-03-13", row.to)
		err := themeday.CanLast(to.Sub(from), 4*time.Hour)
		if row.short && (themeday.CodeOf(err) != themeday.Invalid || !strings.Contains(err.Error(), "不少于半天（4小时）") || !strings.Contains(err.Error(), "R02")) || !row.short && err != nil {
			t.Errorf("planned %s to %s: %v", row.from, row.to, err)
		}
		if got := themeday.CutShort(from, to, 4*time.Hour); got != row.short {
			t.Errorf("held %s to %s: cut short %v", row.from, row.to, got)
		}
	}
	if err := themeday.CanLast(3*time.Hour, 3*time.Hour+30*time.Minute); err == nil || !strings.Contains(err.Error(), "3小时30分") {
		t.Errorf("the setting is not named: %v", err)
	}
}

// at is a time of a day in Shanghai.
func at(t testing.TB, day, clock string) time.Time {
	t.Helper()
	minutes, err := themeday.ParseTimeOfDay(clock)
	if err != nil {
		t.Fatal(err)
	}
	return on(t, day).At(minutes, shanghai)
}

// R02: planned 14:00 to 18:00, 开始 and 结束 as said; attendance is reported 15 minutes after the start.
func TestR02TheRealTimeIsWhatTheHostSaid(t *testing.T) {
	d := themeday.Desk{Rules: themeday.DefaultRules(), Zone: shanghai}
	for _, row := range []struct {
		began, ended string
		by           themeday.PersonID
		short        bool
		why          string
	}{
		{"14:00", "18:00", 1, false, "as planned"},
		{"14:00", "17:59", 1, true, "a minute early"},
		{"14:15", "18:00", 1, false, "begun while attendance was taken: from the planned start"},
		{"14:16", "18:00", 1, true, "begun late"},
		{"14:16", "18:16", 1, false, "begun late, ended late"},
		{"13:45", "17:45", 1, false, "begun early: from then on"},
		{"13:45", "17:44", 1, true, "begun early, ended earlier"},
		{"", "18:00", 1, false, "nobody said 开始: from the planned start"},
		{"", "17:00", 1, true, "nobody said 开始, ended early"},
		{"14:00", "", 1, false, "not ended yet"},
		{"15:00", "18:00", themeday.Bot, false, "nobody said 结束: the bot took the planned end"},
	} {
		a := themeday.Activity{Starts: at(t, "2026-03-13", "14:00"), Ends: at(t, "2026-03-13", "18:00")}
		if row.began != "" {
			a.Began = at(t, "2026-03-13", row.began)
		}
		if row.ended != "" {
			a.Ended = at(t, "2026-03-13", row.ended)
			a.Steps[themeday.Holding-1] = themeday.StepDone{At: a.Ended, By: row.by}
		}
		if got := d.Shortened(a); got != row.short {
			t.Errorf("%s to %s (%s): shortened %v", row.began, row.ended, row.why, got)
		}
	}
}

// R04: 24:00 on 31 January, that is the first instant of 1 February.
func TestR04ThePlanIsDueAtTheEndOfJanuary(t *testing.T) {
	for _, row := range []struct {
		year  int
		month time.Month
		day   int
		want  string
	}{
		{2026, time.January, 31, "2026-02-01T00:00:00+08:00"},
		{2027, time.January, 31, "2027-01-31T16:00:00Z"},
		{2024, time.February, 29, "2024-03-01T00:00:00+08:00"},
		{2026, time.December, 31, "2027-01-01T00:00:00+08:00"},
	} {
		if got := themeday.PlanFilingDue(row.year, row.month, row.day, shanghai); !got.Equal(instant(t, row.want)) {
			t.Errorf("the plan of %d is due %s, want %s", row.year, got, row.want)
		}
	}
}

// R05: within the calendar month and with a reason.
func TestR05ADateMovesWithinItsMonthAndWithAReason(t *testing.T) {
	for _, row := range []struct{ from, to, reason, refused string }{
		{"2026-03-13", "2026-03-20", "会场另有安排", ""},
		{"2026-03-13", "2026-03-01", "会场另有安排", ""}, // earlier is a change as well
		{"2026-03-13", "2026-03-31", "会场另有安排", ""},
		{"2026-03-13", "2026-04-01", "会场另有安排", "不能改到4月1日：须在当月完成，请选3月1日至3月31日之间的日子"},
		{"2026-03-13", "2026-02-28", "会场另有安排", "不能改到2月28日"},
		{"2026-03-13", "2025-03-20", "会场另有安排", "不能改到3月20日"}, // March of another year
		{"2026-12-31", "2027-01-01", "会场另有安排", "请选12月1日至12月31日之间的日子"},
		{"2024-02-20", "2024-02-29", "会场另有安排", ""},
		{"2024-02-20", "2024-03-01", "会场另有安排", "请选2月1日至2月29日之间的日子"},
		{"2026-03-13", "2026-03-20", "", "改期要写事由"},
		{"2026-03-13", "2026-03-20", " \u3000\t", "改期要写事由"},
		{"2026-03-13", "2026-04-01", "", "不能改到4月1日"},
	} {
		err := themeday.CanChangeDate(on(t, row.from), on(t, row.to), row.reason)
		if row.refused == "" {
			if err != nil {
				t.Errorf("%s to %s: %v", row.from, row.to, err)
			}
			continue
		}
		if themeday.CodeOf(err) != themeday.Invalid || !strings.Contains(err.Error(), row.refused) || !strings.Contains(err.Error(), "（第二条·R05）") {
			t.Errorf("%s to %s, %q: %v, want %s", row.from, row.to, row.reason, err, row.refused)
		}
	}
}

// R06: five calendar days, whatever the hour and however the instant is written.
func TestR06TheNoticeStandsFiveCalendarDaysAhead(t *testing.T) {
	for _, row := range []struct{ starts, notice string }{
		{"2026-03-13T14:30:00+08:00", "2026-03-08"},
		{"2026-03-13T00:00:00+08:00", "2026-03-08"},
		{"2026-03-12T16:00:00Z", "2026-03-08"}, // the same midnight
		{"2026-03-12T15:59:00Z", "2026-03-07"}, // a minute before it
		{"2026-03-13T23:59:59+08:00", "2026-03-08"},
		{"2026-03-03T14:30:00+08:00", "2026-02-26"},
		{"2024-03-03T14:30:00+08:00", "2024-02-27"}, // over 29 February
		{"2026-01-02T09:00:00+08:00", "2025-12-28"}, // into the old year
		{"2026-10-08T14:00:00+08:00", "2026-10-03"}, // calendar days: a holiday counts
	} {
		starts := instant(t, row.starts)
		if got := themeday.NoticeDay(starts, 5, shanghai); got != on(t, row.notice) {
			t.Errorf("noticed on %s for %s, want %s", got, row.starts, row.notice)
		}
		if got := themeday.DaysAhead(at(t, row.notice, "09:00"), starts, shanghai); got != 5 {
			t.Errorf("09:00 on %s is %d days ahead of %s", row.notice, got, row.starts)
		}
	}
}

func TestR06DaysAheadAreCalendarDaysNotHours(t *testing.T) {
	starts := instant(t, "2026-03-13T14:30:00+08:00")
	for now, want := range map[string]int{
		"2026-03-08T00:00:00+08:00": 5,
		"2026-03-08T23:59:59+08:00": 5,
		"2026-03-08T16:00:00Z":      4, // the 9th has begun in Shanghai
		"2026-03-12T23:59:59+08:00": 1,
		"2026-03-13T00:00:00+08:00": 0,
		"2026-03-13T14:30:00+08:00": 0,
		"2026-03-14T00:00:00+08:00": -1,
		"2026-02-13T14:30:00+08:00": 28,
		"2025-12-31T16:00:00Z":      71, // 1 January in Shanghai
	} {
		if got := themeday.DaysAhead(instant(t, now), starts, shanghai); got != want {
			t.Errorf("%s is %d days ahead, want %d", now, got, want)
		}
	}
}

// R22: 24:00 on the end's day plus two, that is the third day's first instant.
func TestR22TheRecordFormIsDueAfterTwoCalendarDays(t *testing.T) {
	for _, row := range []struct{ ended, due string }{
		{"2026-03-13T18:30:00+08:00", "2026-03-16T00:00:00+08:00"},
		{"2026-03-13T00:00:00+08:00", "2026-03-16T00:00:00+08:00"},
		{"2026-03-13T23:59:59+08:00", "2026-03-16T00:00:00+08:00"},
		{"2026-03-13T15:59:59Z", "2026-03-16T00:00:00+08:00"},
		{"2026-03-13T16:00:00Z", "2026-03-17T00:00:00+08:00"}, // ended at midnight: the 14th
		{"2026-03-30T18:00:00+08:00", "2026-04-02T00:00:00+08:00"},
		{"2026-12-31T18:00:00+08:00", "2027-01-03T00:00:00+08:00"},
		{"2024-02-27T18:00:00+08:00", "2024-03-01T00:00:00+08:00"}, // over 29 February
		{"2026-02-27T18:00:00+08:00", "2026-03-02T00:00:00+08:00"},
		{"2026-04-30T18:00:00+08:00", "2026-05-03T00:00:00+08:00"}, // holidays count
	} {
		due := themeday.RecordDue(instant(t, row.ended), 2, shanghai)
		if !due.Equal(instant(t, row.due)) {
			t.Errorf("ended %s: due %s, want %s", row.ended, due, row.due)
		}
		a := themeday.Activity{Ends: instant(t, "2026-03-01T18:00:00+08:00"), Ended: instant(t, row.ended)}
		d := themeday.Desk{Rules: themeday.DefaultRules(), Zone: shanghai}
		if got := d.RecordDueAt(a); !got.Equal(due) {
			t.Errorf("the real end %s counts: due %s", row.ended, got)
		}
	}
}

func TestR22OverdueDaysBeginTheDayAfterTheDueDay(t *testing.T) {
	due := instant(t, "2026-03-16T00:00:00+08:00") // ended on the 13th: the 15th is the last day
	for now, want := range map[string]int{
		"2026-03-14T09:00:00+08:00": 0,
		"2026-03-15T17:00:00+08:00": 0,
		"2026-03-15T23:59:59+08:00": 0,
		"2026-03-15T15:59:59Z":      0,
		"2026-03-15T16:00:00Z":      1, // midnight in Shanghai
		"2026-03-16T09:00:00+08:00": 1,
		"2026-03-17T09:00:00+08:00": 2,
		"2026-03-22T09:00:00+08:00": 7,
		"2026-04-01T00:00:00+08:00": 17,
	} {
		if got := themeday.RecordOverdueDays(instant(t, now), due, shanghai); got != want {
			t.Errorf("at %s it is %d days overdue, want %d", now, got, want)
		}
	}
}

// R07: the days of a business peak, both ends included.
func TestR07DaysKeptForBusinessAreCounted(t *testing.T) {
	closing := themeday.Blackout{From: on(t, "2026-03-25"), To: on(t, "2026-03-31"), Why: "月末结账"}
	newYear := themeday.Blackout{From: on(t, "2026-12-30"), To: on(t, "2027-01-02")}
	one := themeday.Blackout{From: on(t, "2026-03-13"), To: on(t, "2026-03-13")}
	for _, row := range []struct {
		kept   themeday.Blackout
		day    string
		covers bool
	}{
		{closing, "2026-03-24", false},
		{closing, "2026-03-25", true},
		{closing, "2026-03-28", true},
		{closing, "2026-03-31", true},
		{closing, "2026-04-01", false},
		{closing, "2025-03-28", false},
		{newYear, "2026-12-31", true},
		{newYear, "2027-01-01", true},
		{newYear, "2027-01-03", false},
		{one, "2026-03-13", true},
		{one, "2026-03-14", false},
	} {
		if row.kept.Covers(on(t, row.day)) != row.covers {
			t.Errorf("%s to %s covers %s: %v", row.kept.From, row.kept.To, row.day, !row.covers)
		}
	}
}

// R20: 24:00 on the end's day plus fourteen.
func TestR20MakeUpStudyIsDueAfterFourteenCalendarDays(t *testing.T) {
	for ended, want := range map[string]string{
		"2026-03-13T18:30:00+08:00": "2026-03-28T00:00:00+08:00", // the 27th is the last day
		"2026-03-13T16:30:00Z":      "2026-03-29T00:00:00+08:00",
		"2026-02-20T18:00:00+08:00": "2026-03-07T00:00:00+08:00",
		"2024-02-20T18:00:00+08:00": "2024-03-06T00:00:00+08:00",
		"2026-12-25T18:00:00+08:00": "2027-01-09T00:00:00+08:00",
	} {
		if got := themeday.MakeupDue(instant(t, ended), 14, shanghai); !got.Equal(instant(t, want)) {
			t.Errorf("ended %s: due %s, want %s", ended, got, want)
		}
	}
	due := instant(t, "2026-03-28T00:00:00+08:00")
	for _, row := range []struct {
		state   themeday.MakeupState
		at      string
		overdue bool
		name    string
	}{
		{themeday.MakeupOwed, "2026-03-27T23:59:59+08:00", false, "待补学"},
		{themeday.MakeupOwed, "2026-03-27T16:00:00Z", true, "待补学"},
		{themeday.MakeupHanded, "2026-03-29T00:00:00+08:00", false, "待确认"},
		{themeday.MakeupConfirmed, "2026-04-29T00:00:00+08:00", false, "已补学"},
	} {
		m := themeday.Makeup{State: row.state, Due: due}
		if m.Overdue(instant(t, row.at)) != row.overdue || row.state.Chinese() != row.name {
			t.Errorf("%s (%s) at %s: overdue %v", row.state, row.state.Chinese(), row.at, !row.overdue)
		}
	}
}

func TestDeadlinesHoldForEveryInstant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		end := instantOf(t)
		days := rapid.IntRange(0, 90).Draw(t, "days")
		due := themeday.RecordDue(end, days, shanghai)
		whole := time.Duration(days) * 24 * time.Hour
		if left := due.Sub(end); left <= whole || left > whole+24*time.Hour {
			t.Fatalf("R22: ended %s, %d days: due %s", end, days, due)
		}
		if due.In(shanghai).Format("15:04:05") != "00:00:00" {
			t.Fatalf("R22: due at %s, not at a midnight of Shanghai", due.In(shanghai))
		}
		if themeday.RecordOverdueDays(due.Add(-time.Nanosecond), due, shanghai) != 0 || themeday.RecordOverdueDays(due, due, shanghai) != 1 {
			t.Fatalf("R22: %s does not divide in time from overdue", due)
		}
		notice := themeday.NoticeDay(end, days, shanghai)
		if ahead := themeday.DaysAhead(notice.Start(shanghai), end, shanghai); ahead != days {
			t.Fatalf("R06: noticed on %s for %s, %d days ahead, want %d", notice, end, ahead, days)
		}
	})
}

// instantOf draws an instant to the second, written in UTC.
func instantOf(t *rapid.T) time.Time {
	return someDate(t).Start(time.UTC).Add(time.Duration(rapid.IntRange(0, 24*60*60-1).Draw(t, "second")) * time.Second)
}

func TestR05AChangeIsAllowedExactlyWithinTheMonth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, n := someDate(t), rapid.IntRange(-400, 400).Draw(t, "n")
		to := from.AddDays(n)
		within := !to.Before(from.MonthOf().First()) && !to.After(from.MonthOf().Last())
		if err := themeday.CanChangeDate(from, to, "会场另有安排"); (err == nil) != within {
			t.Fatalf("%s to %s: %v", from, to, err)
		}
	})
}
