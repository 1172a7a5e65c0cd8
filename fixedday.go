package themeday

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// FixedDayKind says how a fixed day is named.
type FixedDayKind string

// The kinds of fixed days (R03).
const (
	NthDay      FixedDayKind = "day"          // 每月15日
	NthWeekday  FixedDayKind = "weekday"      // 每月第2个周五
	LastWeekday FixedDayKind = "last weekday" // 每月最后一个周五
	LastDay     FixedDayKind = "last day"     // 每月最后一天
)

// FixedDay is a branch's one fixed day of the month (固定日, R03), with its time and place.
type FixedDay struct {
	Kind     FixedDayKind
	N        int          // of NthDay and NthWeekday
	Weekday  time.Weekday // of NthWeekday and LastWeekday
	From, To TimeOfDay
	Place    string
}

// Placement is where a fixed day falls in one month.
type Placement struct {
	Date    Date   // the day to meet
	Nominal Date   // the day that the rule names
	Holiday string // the public holiday that moved it, or empty
	Clamped bool   // the month lacks the named day: its last one was taken
	Known   bool   // the year's holidays are known
}

const fixedDayForm = "例如：固定日 每月第2个周五 14:00-18:00 党员活动室"

var (
	ruleForm = regexp.MustCompile(`^每?个?月的?(?:第([0-9一二两三四五六七八九十]+)个(?:周|星期|礼拜)([一二三四五六日天1-7])|最后一?个?(?:周|星期|礼拜)([一二三四五六日天])|(最后一[天日]|月末|末日|底)|([0-9一二三四五六七八九十]+)[日号])`)
	spanForm = regexp.MustCompile(`^[\s,、:;]*([0-9]{1,2})(?::([0-9]{1,2})|[点时](?:([0-9]{1,2})分?)?)\s*(?:-|–|—|~|至|到)+\s*([0-9]{1,2})(?::([0-9]{1,2})|[点时](?:([0-9]{1,2})分?)?)`)
)

// plainer folds the few traditional letters and full-width marks that a fixed day is written with.
var plainer = strings.NewReplacer("個", "个", "週", "周", "號", "号", "後", "后", "點", "点", "時", "时", "禮", "礼", "兩", "两", "：", ":", "－", "-", "～", "~", "，", ",", "　", " ", "\u2005", " ", "\u00a0", " ",
	"０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9")

// ParseFixedDay reads 每月第2个周五 14:30-18:30 党员活动室 and its like, in simplified or traditional writing. Each thing that is wrong or
// missing is its own refusal.
func ParseFixedDay(text string) (FixedDay, error) {
	plain := strings.TrimSpace(plainer.Replace(text))
	hit := ruleForm.FindStringSubmatch(plain)
	if hit == nil {
		return FixedDay{}, Refuse(Invalid, R03, "没有看懂是每月哪一天。请写“每月第2个周五”“每月15日”或“每月最后一个周五”，%s", fixedDayForm)
	}
	f, err := dayRule(hit)
	if err != nil {
		return f, err
	}
	rest := plain[len(hit[0]):]
	span := spanForm.FindStringSubmatch(rest)
	if span == nil {
		return f, Refuse(Invalid, R03, "请写起止时间，%s", fixedDayForm)
	}
	if f.From, f.To, err = spanOf(span); err != nil {
		return f, err
	}
	f.Place = strings.Join(strings.Fields(strings.Trim(rest[len(span[0]):], " ,、:;\n")), " ")
	switch n := len([]rune(f.Place)); {
	case n == 0:
		return f, Refuse(Invalid, R03, "请写地点，%s", fixedDayForm)
	case n > 60:
		return f, Refuse(Invalid, R03, "地点太长，请写60字以内")
	}
	return f, nil
}

func dayRule(hit []string) (FixedDay, error) {
	switch {
	case hit[1] != "":
		n, ok := numeral(hit[1])
		if !ok || n < 1 || n > 5 {
			return FixedDay{}, Refuse(Invalid, R03, "一个月没有第%s个周%s，请写第1到第5个，%s", Shown(hit[1]), hit[2], fixedDayForm)
		}
		return FixedDay{Kind: NthWeekday, N: n, Weekday: weekdayOf(hit[2])}, nil
	case hit[3] != "":
		return FixedDay{Kind: LastWeekday, Weekday: weekdayOf(hit[3])}, nil
	case hit[4] != "":
		return FixedDay{Kind: LastDay}, nil
	}
	n, ok := numeral(hit[5])
	if !ok || n < 1 || n > 31 {
		return FixedDay{}, Refuse(Invalid, R03, "一个月没有%s日，请写1日到31日，例如：固定日 每月15日 14:00-18:00 党员活动室", Shown(hit[5]))
	}
	return FixedDay{Kind: NthDay, N: n}, nil
}

func weekdayOf(s string) time.Weekday {
	for i, w := range weekdays {
		if s == w {
			return time.Weekday(i)
		}
	}
	if n, err := strconv.Atoi(s); err == nil {
		return time.Weekday(n % 7)
	}
	return time.Sunday // 天
}

const digitsOfChina = "零一二三四五六七八九"

// numeral reads 15, 两, 十五, 二十一.
func numeral(s string) (int, bool) {
	if n, err := strconv.Atoi(s); err == nil {
		return n, true
	}
	s = strings.ReplaceAll(s, "两", "二")
	one := func(s string) int { return len([]rune(digitsOfChina[:max(strings.Index(digitsOfChina, s), 0)])) }
	tens, units, ten := strings.Cut(s, "十")
	switch {
	case len([]rune(tens)) > 1 || len([]rune(units)) > 1 || s == "":
		return 0, false
	case !ten:
		return one(s), strings.Contains(digitsOfChina, s)
	}
	n := 10
	if tens != "" {
		n = 10 * one(tens)
	}
	if units != "" {
		n += one(units)
	}
	return n, true
}

func spanOf(span []string) (from, to TimeOfDay, err error) {
	at := func(h, m1, m2 string) (TimeOfDay, bool) {
		t, e := ParseTimeOfDay(h + ":" + m1 + m2 + strings.Repeat("0", boolInt(m1+m2 == "")))
		return t, e == nil
	}
	from, ok1 := at(span[1], span[2], span[3])
	to, ok2 := at(span[4], span[5], span[6])
	switch {
	case !ok1 || !ok2:
		return 0, 0, Refuse(Invalid, R03, "没有这样的时间，%s", fixedDayForm)
	case to <= from:
		return 0, 0, Refuse(Invalid, R03, "结束时间要在开始之后，%s", fixedDayForm)
	}
	return from, to, nil
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// String is the canonical form, which ParseFixedDay reads back.
func (f FixedDay) String() string {
	return f.Rule() + " " + f.From.String() + "-" + f.To.String() + " " + f.Place
}

// Rule is the day alone: 每月第2个周五.
func (f FixedDay) Rule() string {
	switch f.Kind {
	case NthDay:
		return fmt.Sprintf("每月%d日", f.N)
	case NthWeekday:
		return fmt.Sprintf("每月第%d个周%s", f.N, weekdays[f.Weekday])
	case LastWeekday:
		return "每月最后一个周" + weekdays[f.Weekday]
	}
	return "每月最后一天"
}

// In is where the fixed day falls in a month: a day that the month lacks becomes its last one of the kind; one on a public holiday moves to
// the next working day of the month, else to the working day before. A plain weekend stays.
func (f FixedDay) In(m YearMonth, c *Calendar) Placement {
	day, clamped := f.nominal(m)
	p := Placement{Date: day, Nominal: day, Clamped: clamped, Known: c.Knows(m.Year)}
	name, off := c.Holiday(day)
	if !off {
		return p
	}
	p.Holiday = name
	for d := day.AddDays(1); d.MonthOf() == m; d = d.AddDays(1) {
		if work, _ := c.Workday(d); work {
			p.Date = d
			return p
		}
	}
	for d := day.AddDays(-1); d.MonthOf() == m; d = d.AddDays(-1) {
		if work, _ := c.Workday(d); work {
			p.Date = d
			return p
		}
	}
	return p
}

func (f FixedDay) nominal(m YearMonth) (Date, bool) {
	switch f.Kind {
	case NthDay:
		return Date{m.Year, m.Month, min(f.N, m.Days())}, f.N > m.Days()
	case NthWeekday:
		first := m.First()
		day := first.AddDays((int(f.Weekday)-int(first.Weekday())+7)%7 + 7*(f.N-1))
		if day.MonthOf() == m {
			return day, false
		}
		return day.AddDays(-7), true
	case LastWeekday:
		last := m.Last()
		return last.AddDays(-((int(last.Weekday()) - int(f.Weekday) + 7) % 7)), false
	}
	return m.Last(), false
}

// Remark says what moved the day, and when the year's holidays are not known, that too; empty when there is nothing to say.
func (p Placement) Remark() string {
	var said []string
	switch {
	case p.Holiday != "" && p.Date != p.Nominal:
		said = append(said, fmt.Sprintf("%s逢%s放假，改在%s%s", p.Nominal.Chinese(), p.Holiday, p.Date.Chinese(), p.Date.WeekdayChinese()))
	case p.Clamped:
		said = append(said, fmt.Sprintf("%s没有这一天，定在%s%s", p.Nominal.MonthOf().Chinese(), p.Date.Chinese(), p.Date.WeekdayChinese()))
	}
	if !p.Known {
		said = append(said, fmt.Sprintf("%d年放假安排尚未收录，还没有避开节假日", p.Nominal.Year))
	}
	return strings.Join(said, "；")
}
