package commands

import (
	"slices"
	"testing"
	"time"

	"themeday"
)

func TestAMonthIsCutOffTheFront(t *testing.T) {
	for said, want := range map[string][2]string{
		"3月 学习": {"2026-03", "学习"}, "三月 学习": {"2026-03", "学习"}, "3月份，学习": {"2026-03", "学习"}, "十二月：学习": {"2026-12", "学习"}, "３月　学习": {"2026-03", "学习"},
		"2027年1月 学习": {"2027-01", "学习"}, "3月": {"2026-03", ""}, "03月 学习": {"2026-03", "学习"},
		"本月 学习": {"2026-03", "学习"}, "下个月，学习": {"2026-04", "学习"}, "下月": {"2026-04", ""}, "下月学习": {"", "下月学习"},
		"学习 3月": {"", "学习 3月"}, "13月 学习": {"", "13月 学习"}, "3月20日 学习": {"", "3月20日 学习"}, "0月": {"", "0月"},
	} {
		m, rest := cutMonth(said, march, Secretary)
		got := ""
		if m != nil {
			got = m.String()
		}
		if got != want[0] || rest != want[1] {
			t.Errorf("%q: month %q, rest %q; want %q", said, got, rest, want)
		}
	}
}

func TestAMonthMayStandRightBeforeTheTextOfAnOffice(t *testing.T) {
	for said, want := range map[string][2]string{"4月学习党章": {"2026-04", "学习党章"}, "4月份学习党章": {"2026-04", "学习党章"}, "4月20日学习": {"", "4月20日学习"}} {
		m, rest := cutMonth(said, march, Secretary)
		if got := ""; m != nil && m.String() != want[0] || m == nil && want[0] != got || rest != want[1] {
			t.Errorf("%q: month %v, rest %q", said, m, rest)
		}
	}
	if m, rest := cutMonth("3月的学习我认真对待", march, Member); m != nil || rest != "3月的学习我认真对待" {
		t.Errorf("a member's own words were cut: %v %q", m, rest)
	}
}

func TestAMonthWithoutAYearIsTheNearestOne(t *testing.T) {
	for _, c := range []struct {
		now  themeday.YearMonth
		said time.Month
		want string
	}{
		{themeday.YearMonth{Year: 2026, Month: 12}, 1, "2027-01"},
		{themeday.YearMonth{Year: 2026, Month: 11}, 2, "2027-02"},
		{themeday.YearMonth{Year: 2027, Month: 1}, 12, "2026-12"},
		{themeday.YearMonth{Year: 2027, Month: 2}, 12, "2027-12"},
		{themeday.YearMonth{Year: 2026, Month: 3}, 3, "2026-03"},
		{themeday.YearMonth{Year: 2026, Month: 12}, 11, "2026-11"},
	} {
		if got := nearestMonth(c.now, c.said).String(); got != c.want {
			t.Errorf("%d月 said in %s is %s, want %s", c.said, c.now, got, c.want)
		}
	}
}

func TestTimesAreReadAsTheyAreSpoken(t *testing.T) {
	for said, want := range map[string]string{
		"14:00 维修": "14:00-14:00 维修", "14：00-18：30，维修": "14:00-18:30 维修", "下午2点到6点 维修": "14:00-18:00 维修", "下午两点半 维修": "14:30-14:30 维修",
		"上午9:00-下午1:00 维修": "09:00-13:00 维修", "晚上7点维修": "19:00-19:00 维修", "（周五）14时至18时 维修": "14:00-18:00 维修", "十点 维修": "10:00-10:00 维修",
		"中午12点到下午4点半 维修": "12:00-16:30 维修", "8点到12点 维修": "08:00-12:00 维修", "下午2点整 维修": "14:00-14:00 维修",
	} {
		from, to, rest, ok := cutTimes(said)
		if got := from.String() + "-" + to.String() + " " + rest; !ok || got != want {
			t.Errorf("%q: %q %v, want %q", said, got, ok, want)
		}
	}
	for _, said := range []string{"25:00 维修", "14:75 维修", "维修", "下午维修", ""} {
		if _, _, _, ok := cutTimes(said); ok {
			t.Errorf("%q was read as a time", said)
		}
	}
}

func TestNumbersOfAListAreRead(t *testing.T) {
	for said, want := range map[string][]int{"1-3,5": {1, 2, 3, 5}, "１－３，５": {1, 2, 3, 5}, "1至3、5号": {1, 2, 3, 5}, "7": {7}, "1 2 3": {1, 2, 3}} {
		if got, err := numbers(said); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v %v, want %v", said, got, err, want)
		}
	}
	for _, said := range []string{"", "0", "3-1", "张三", "1-99999", "-1"} {
		if got, err := numbers(said); err == nil {
			t.Errorf("%q was read as %v", said, got)
		}
	}
}

func TestAnAgendaIsSplitAtItsNumbersElseAtItsLines(t *testing.T) {
	want := []string{"重温誓词", "学习讨论"}
	for _, said := range []string{"1.重温誓词 2.学习讨论", "1、重温誓词；2、学习讨论", "一、重温誓词\n二、学习讨论", "①重温誓词 ②学习讨论", "重温誓词；学习讨论", "重温誓词\n学习讨论", "（1）重温誓词（2）学习讨论", "（一）重温誓词\n（二）学习讨论"} {
		if got := agendaItems(said); !slices.Equal(got, want) {
			t.Errorf("%q: %q", said, got)
		}
	}
}
