package themeday_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"themeday"
)

func holidays(t testing.TB) *themeday.Calendar {
	t.Helper()
	c, err := themeday.NewCalendar()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func fixed(t testing.TB, rule string) themeday.FixedDay {
	t.Helper()
	f, err := themeday.ParseFixedDay(rule + " 14:00-18:00 党员活动室")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// R03: where the fixed day falls. Check against a calendar; weekends are not holidays.
func TestR03AFixedDayFallsWhereTheCalendarSays(t *testing.T) {
	c := holidays(t)
	for _, row := range []struct{ rule, month, want string }{
		{"每月15日", "2026-03", "2026-03-15 周日"}, // a plain Sunday stays
		{"每月15日", "2026-07", "2026-07-15 周三"},
		{"每月1日", "2026-08", "2026-08-01 周六"},
		{"每月28日", "2026-04", "2026-04-28 周二"},

		{"每月第2个周五", "2026-03", "2026-03-13 周五"},
		{"每月第1个周五", "2026-03", "2026-03-06 周五"},
		{"每月第1个周日", "2026-03", "2026-03-01 周日"}, // the month begins with it
		{"每月第1个周六", "2026-03", "2026-03-07 周六"},
		{"每月第4个周五", "2026-12", "2026-12-25 周五"},
		{"每月第5个周五", "2026-07", "2026-07-31 周五"},
		{"每月第5个周四", "2026-12", "2026-12-31 周四"},
		{"每月第5个周四", "2024-02", "2024-02-29 周四"}, // the leap day

		{"每月最后一个周五", "2026-03", "2026-03-27 周五"},
		{"每月最后一个周五", "2026-07", "2026-07-31 周五"}, // the last day itself
		{"每月最后一个周四", "2024-02", "2024-02-29 周四"},
		{"每月最后一个周六", "2023-02", "2023-02-25 周六"},
		{"每月最后一个周四", "2026-12", "2026-12-31 周四"},

		{"每月最后一天", "2026-01", "2026-01-31 周六"},
		{"每月最后一天", "2027-02", "2027-02-28 周日"},
		{"每月最后一天", "2024-02", "2024-02-29 周四"},
		{"每月最后一天", "2026-12", "2026-12-31 周四"},
	} {
		p := fixed(t, row.rule).In(in(t, row.month), c)
		if got := p.Date.String() + " " + p.Date.WeekdayChinese(); got != row.want || p.Date != p.Nominal || p.Clamped || p.Holiday != "" {
			t.Errorf("%s of %s is %s (%+v), want %s", row.rule, row.month, got, p, row.want)
		}
	}
}

// R03: a day that the month lacks is its last one of the kind, and said so.
func TestR03ADayThatTheMonthLacksIsItsLast(t *testing.T) {
	c := holidays(t)
	for _, row := range []struct{ rule, month, want, remark string }{
		{"每月29日", "2026-02", "2026-02-28", "2月没有这一天，定在2月28日周六"},
		{"每月30日", "2026-02", "2026-02-28", "2月没有这一天，定在2月28日周六"},
		{"每月31日", "2024-02", "2024-02-29", "2月没有这一天，定在2月29日周四"},
		{"每月29日", "2024-02", "2024-02-29", ""}, // a leap year has it
		{"每月31日", "2026-04", "2026-04-30", "4月没有这一天，定在4月30日周四"},
		{"每月31日", "2026-05", "2026-05-31", ""},
		{"每月30日", "2026-04", "2026-04-30", ""},
		{"每月第5个周五", "2026-03", "2026-03-27", "3月没有这一天，定在3月27日周五"},
		{"每月第5个周六", "2026-02", "2026-02-28", "2月没有这一天，定在2月28日周六"},
		{"每月第5个周五", "2026-05", "2026-05-29", ""},
		{"每月31日", "2027-04", "2027-04-30", "4月没有这一天，定在4月30日周五；2027年放假安排尚未收录，还没有避开节假日"},
	} {
		p := fixed(t, row.rule).In(in(t, row.month), c)
		if p.Date != on(t, row.want) || p.Clamped != strings.Contains(row.remark, "没有这一天") || p.Remark() != row.remark {
			t.Errorf("%s of %s is %s, %q, want %s, %q", row.rule, row.month, p.Date, p.Remark(), row.want, row.remark)
		}
	}
}

// R03: on a public holiday the day moves to the next working day of the month, else to the one before, and says so.
func TestR03AHolidayMovesTheDayWithinItsMonth(t *testing.T) {
	c := holidays(t)
	for _, row := range []struct{ rule, month, want, remark string }{
		{"每月1日", "2026-05", "2026-05-06", "5月1日逢劳动节放假，改在5月6日周三"},
		{"每月5日", "2026-05", "2026-05-06", "5月5日逢劳动节放假，改在5月6日周三"},
		{"每月第1个周六", "2026-05", "2026-05-06", "5月2日逢劳动节放假，改在5月6日周三"},
		{"每月1日", "2026-10", "2026-10-08", "10月1日逢国庆节放假，改在10月8日周四"},
		{"每月1日", "2026-01", "2026-01-04", "1月1日逢元旦放假，改在1月4日周日"}, // the Sunday is worked
		{"每月18日", "2026-02", "2026-02-24", "2月18日逢春节放假，改在2月24日周二"},
		{"每月第3个周五", "2026-06", "2026-06-22", "6月19日逢端午节放假，改在6月22日周一"},
		{"每月第1个周日", "2026-04", "2026-04-07", "4月5日逢清明节放假，改在4月7日周二"},
		{"每月最后一个周五", "2026-09", "2026-09-28", "9月25日逢中秋节放假，改在9月28日周一"},
		{"每月22日", "2023-06", "2023-06-25", "6月22日逢端午节放假，改在6月25日周日"}, // the Sunday is worked
		// no working day is left in the month: the one before
		{"每月30日", "2023-09", "2023-09-28", "9月30日逢国庆节放假，改在9月28日周四"},
		{"每月最后一天", "2025-05", "2025-05-30", "5月31日逢端午节放假，改在5月30日周五"},
		{"每月最后一天", "2022-01", "2022-01-30", "1月31日逢春节放假，改在1月30日周日"}, // the Sunday is worked
		{"每月30日", "2022-04", "2022-04-29", "4月30日逢劳动节放假，改在4月29日周五"},
		{"每月最后一天", "2022-12", "2022-12-30", "12月31日逢元旦放假，改在12月30日周五"}, // never into the next year
		{"每月31日", "2023-04", "2023-04-28", "4月30日逢劳动节放假，改在4月28日周五"},   // 30 April first, then before the holiday
		// the neighbours of a holiday stay
		{"每月6日", "2026-05", "2026-05-06", ""},
		{"每月30日", "2026-04", "2026-04-30", ""},
		{"每月第2个周六", "2026-02", "2026-02-14", ""}, // a worked Saturday
	} {
		p := fixed(t, row.rule).In(in(t, row.month), c)
		if p.Date != on(t, row.want) || p.Remark() != row.remark || (p.Holiday != "") != (row.remark != "") {
			t.Errorf("%s of %s is %s, %q, want %s, %q", row.rule, row.month, p.Date, p.Remark(), row.want, row.remark)
		}
	}
}

// R03: of a year without a notice only the weekends are known, and every date of it says so.
func TestR03AYearWithoutANoticeIsSaidToBeUnknown(t *testing.T) {
	c := holidays(t)
	for month, remark := range map[string]string{
		"2018-10": "2018年放假安排尚未收录，还没有避开节假日",
		"2019-03": "",
		"2026-12": "",
		"2027-01": "2027年放假安排尚未收录，还没有避开节假日",
		"2027-10": "2027年放假安排尚未收录，还没有避开节假日",
	} {
		p := fixed(t, "每月1日").In(in(t, month), c)
		if p.Date != in(t, month).First() || p.Known != (remark == "") || p.Remark() != remark {
			t.Errorf("the first of %s: %s, %q, want %q", month, p.Date, p.Remark(), remark)
		}
	}
}

// R03: the twelve dates of a year, as they stand in its plan.
func TestR03TheYear2026OnEverySecondFriday(t *testing.T) {
	c, f := holidays(t), fixed(t, "每月第2个周五")
	want := "01-09 02-13 03-13 04-10 05-08 06-12 07-10 08-14 09-11 10-09 11-13 12-11"
	var got []string
	for m := in(t, "2026-01"); m.Year == 2026; m = m.Next() {
		got = append(got, f.In(m, c).Date.String()[5:])
	}
	if strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
}

func TestAFixedDayIsReadInEveryWriting(t *testing.T) {
	friday := themeday.FixedDay{Kind: themeday.NthWeekday, N: 2, Weekday: time.Friday, From: 14*60 + 30, To: 18*60 + 30, Place: "党员活动室"}
	fifteenth := themeday.FixedDay{Kind: themeday.NthDay, N: 15, From: 14 * 60, To: 18 * 60, Place: "三楼 会议室"}
	last := themeday.FixedDay{Kind: themeday.LastWeekday, Weekday: time.Sunday, From: 9 * 60, To: 13 * 60, Place: "礼堂"}
	end := themeday.FixedDay{Kind: themeday.LastDay, From: 8 * 60, To: 12 * 60, Place: "A座301"}
	for _, row := range []struct {
		said string
		want themeday.FixedDay
	}{
		{"每月第2个周五 14:30-18:30 党员活动室", friday},
		{"每月第二個週五 14：30－18：30 党员活动室", friday},
		{"每月第２个星期五　１４:３０～１８:３０　党员活动室", friday},
		{"每个月的第二个礼拜五，14:30至18:30，党员活动室", friday},
		{"每月第两个周5 14点30分到18点30分 党员活动室", friday},
		{"每月第2个周五14:30—18:30党员活动室", friday},
		{"每月15日 14:00-18:00 三楼 会议室", fifteenth},
		{"每月15號 14點-18點 三楼  会议室", fifteenth},
		{"每月十五日 14:00-18:00 三楼 会议室", fifteenth},
		{"每月最后一个周日 9:00-13:00 礼堂", last},
		{"每月最後一個禮拜天 09:00-13:00 礼堂", last},
		{"每月最后一天 8:00-12:00 A座301", end},
		{"每月月末 8时-12时 A座301", end},
	} {
		if got, err := themeday.ParseFixedDay(row.said); err != nil || got != row.want {
			t.Errorf("%q is %+v, %v, want %+v", row.said, got, err, row.want)
		}
	}
	for said, n := range map[string]int{"一": 1, "十": 10, "十一": 11, "二十": 20, "二十一": 21, "三十": 30, "三十一": 31, "1": 1, "31": 31} {
		if f := fixed(t, "每月"+said+"日"); f.N != n {
			t.Errorf("每月%s日 is the %d", said, f.N)
		}
	}
	for said, want := range map[string]time.Weekday{"一": 1, "六": 6, "日": 0, "天": 0, "1": 1, "7": 0} {
		if f := fixed(t, "每月第1个周"+said); f.Weekday != want {
			t.Errorf("周%s is %s", said, f.Weekday)
		}
	}
}

func TestWhatIsWrongWithAFixedDayIsNamed(t *testing.T) {
	for said, want := range map[string]string{
		"":                       "没有看懂是每月哪一天",
		"周五 14:00-18:00 礼堂":      "没有看懂是每月哪一天",
		"每月第0个周五 14:00-18:00 礼堂": "一个月没有第0个周五",
		"每月第6个周五 14:00-18:00 礼堂": "一个月没有第6个周五",
		"每月第十个周五 14:00-18:00 礼堂":                       "一个月没有第十个周五",
		"每月0日 14:00-18:00 礼堂":                          "一个月没有0日",
		"每月32日 14:00-18:00 礼堂":                         "一个月没有32日",
		"每月三十二日 14:00-18:00 礼堂":                        "一个月没有三十二日",
		"每月99999999999999999999日 14:00-18:00":          "一个月没有",
		"每月15日 礼堂":                                     "请写起止时间",
		"每月15日 14:00 礼堂":                               "请写起止时间",
		"每月15日 14:00-25:00 礼堂":                         "没有这样的时间",
		"每月15日 14:60-18:00 礼堂":                         "没有这样的时间",
		"每月15日 18:00-14:00 礼堂":                         "结束时间要在开始之后",
		"每月15日 14:00-14:00 礼堂":                         "结束时间要在开始之后",
		"每月15日 14:00-18:00":                            "请写地点",
		"每月15日 14:00-18:00 ，":                          "请写地点",
		"每月15日 14:00-18:00 " + strings.Repeat("远", 61): "地点太长",
	} {
		_, err := themeday.ParseFixedDay(said)
		if err == nil || themeday.CodeOf(err) != themeday.Invalid || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "R03") {
			t.Errorf("%q: %v, want %s", said, err, want)
		}
	}
}

// someFixedDay draws a fixed day of any kind.
func someFixedDay(t *rapid.T) themeday.FixedDay {
	f := themeday.FixedDay{
		Kind:  rapid.SampledFrom([]themeday.FixedDayKind{themeday.NthDay, themeday.NthWeekday, themeday.LastWeekday, themeday.LastDay}).Draw(t, "kind"),
		From:  themeday.TimeOfDay(rapid.IntRange(0, 1200).Draw(t, "from")),
		Place: "党员活动室",
	}
	f.To = f.From + themeday.TimeOfDay(rapid.IntRange(1, 240).Draw(t, "length"))
	switch f.Kind {
	case themeday.NthDay:
		f.N = rapid.IntRange(1, 31).Draw(t, "n")
	case themeday.NthWeekday:
		f.N = rapid.IntRange(1, 5).Draw(t, "n")
		f.Weekday = time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday"))
	case themeday.LastWeekday:
		f.Weekday = time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday"))
	}
	return f
}

func TestR03AFixedDayAlwaysLiesInItsMonth(t *testing.T) {
	c := holidays(t)
	rapid.Check(t, func(t *rapid.T) {
		f, m := someFixedDay(t), someDate(t).MonthOf()
		p := f.In(m, c)
		if p.Date.MonthOf() != m || p.Nominal.MonthOf() != m {
			t.Fatalf("%s of %s is %s (named %s)", f.Rule(), m, p.Date, p.Nominal)
		}
		if _, off := c.Holiday(p.Date); off {
			t.Fatalf("%s of %s is %s, a holiday", f.Rule(), m, p.Date)
		}
		if _, off := c.Holiday(p.Nominal); off != (p.Holiday != "") || !off && p.Date != p.Nominal {
			t.Fatalf("%s of %s was moved from %s to %s without a holiday", f.Rule(), m, p.Nominal, p.Date)
		}
		if work, _ := c.Workday(p.Date); p.Date != p.Nominal && !work {
			t.Fatalf("%s of %s was moved to %s, no working day", f.Rule(), m, p.Date)
		}
		if (f.Kind == themeday.NthWeekday || f.Kind == themeday.LastWeekday) && p.Nominal.Weekday() != f.Weekday {
			t.Fatalf("%s of %s is a %s", f.Rule(), m, p.Nominal.Weekday())
		}
		if p.Known != c.Knows(m.Year) || !p.Known != strings.Contains(p.Remark(), "尚未收录") {
			t.Fatalf("%s: known %v, remark %q", m, p.Known, p.Remark())
		}
	})
}

func TestR03WhatAFixedDayWritesItReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := someFixedDay(t)
		if back, err := themeday.ParseFixedDay(f.String()); err != nil || back != f {
			t.Fatalf("%q came back as %+v, %v", f, back, err)
		}
	})
}
