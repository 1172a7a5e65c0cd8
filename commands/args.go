package commands

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"themeday"
	"themeday/commands/fold"
)

var (
	monthWord  = regexp.MustCompile(`^(?:(2\d{3})年)?(\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:份)?(?:[\s,，:：、]+|$)`)
	closeMonth = regexp.MustCompile(`^(?:(2\d{3})年)?(\d{1,2})月份?`) // with the text right behind it, where offices write: 主题 4月学习党章
	dayWord    = regexp.MustCompile(`^(?:(2\d{3})[年/-])?(\d{1,2})(?:月|[/-])(\d{1,2})(?:[日号號]|[\s,，:：、(（-]|$)`)
	yearWord   = regexp.MustCompile(`^(2\d{3})年?度?\s*`)
	lateDay    = regexp.MustCompile(`^(\d{1,2})[日号號]`)
	monthLike  = regexp.MustCompile(`^(?:(2\d{3})年)?(\d{1,3}|[一二三四五六七八九十]{1,3})月(?:份)?(?:[\s,，:：、]+|$)`)
)

var chineseMonths = map[string]int{"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12}

// nearMonth is this month or the next one, said as people say it.
var nearMonth = regexp.MustCompile(`^(本月|这个月|這個月|当月|當月|下月|下个月|下個月)(?:份)?(?:[\s,，:：、]+|$)`)

// cutMonth cuts a month off the front of the arguments: 3月, 三月, 2027年1月. A month without a year is the nearest one that the circle of the
// command can mean: planning looks ahead at the year's end, work afterwards looks back at its beginning.
func cutMonth(args string, now themeday.YearMonth, who Who) (*themeday.YearMonth, string) {
	folded := fold.Text(args)
	if hit := nearMonth.FindStringSubmatch(folded); hit != nil && who >= Host { // a member may mean a reason: 请假 下月出差
		if strings.HasPrefix(hit[1], "下") {
			now = now.Next()
		}
		return &now, strings.TrimSpace(folded[len(hit[0]):])
	}
	hit := monthWord.FindStringSubmatch(folded)
	if near := closeMonth.FindStringSubmatch(folded); hit == nil && who >= Host && near != nil && !startsWithDigit(folded[len(near[0]):]) {
		hit = near
	}
	if hit == nil {
		return nil, args
	}
	m, ok := chineseMonths[hit[2]]
	if !ok {
		m, _ = strconv.Atoi(hit[2])
	}
	if m < 1 || m > 12 || who < Host && lateDay.MatchString(strings.TrimSpace(folded[len(hit[0]):])) { // 请假 12月 15日住院 gives a day, no month
		return nil, args
	}
	ym := nearestMonth(now, time.Month(m))
	if hit[1] != "" {
		ym.Year, _ = strconv.Atoi(hit[1])
	}
	return &ym, strings.TrimSpace(folded[len(hit[0]):])
}

// monthThatIs refuses a month that there is not, and years that cannot be planned yet.
func (c *Call) monthThatIs() error {
	last := c.Day(c.Message.At).Year + 1
	switch hit := monthLike.FindStringSubmatch(fold.Text(c.Args)); {
	case c.Month != nil && c.Month.Year > last:
		return themeday.Refuse(themeday.Invalid, themeday.R04, "只能安排今年和明年的，不能是%d年", c.Month.Year)
	case !c.Command.Month || c.Month != nil || hit == nil:
		return nil
	default:
		if n := number(hit[2]); n < 1 || n > 12 {
			return themeday.Refuse(themeday.Invalid, "", "没有%s月，请写1月到12月：%s", hit[2], c.form())
		}
		return nil
	}
}

// month writes a month for people: with its year when that is not this one.
func (c *Call) month(m themeday.YearMonth) string {
	if m.Year != c.Day(c.Message.At).Year {
		return strconv.Itoa(m.Year) + "年" + m.Chinese()
	}
	return m.Chinese()
}

// day writes a day for people: with its year when that is not this one.
func (c *Call) day(d themeday.Date) string {
	if d.Year != c.Day(c.Message.At).Year {
		return strconv.Itoa(d.Year) + "年" + d.Chinese()
	}
	return d.Chinese()
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// nearestMonth gives a month of this year, but of the next one when it lies more than nine months back, and of the last one when it lies
// more than nine months ahead: in December 1月 is next January, in January 12月 is last December.
func nearestMonth(now themeday.YearMonth, m time.Month) themeday.YearMonth {
	ym := themeday.YearMonth{Year: now.Year, Month: m}
	switch diff := int(m) - int(now.Month); {
	case diff < -8:
		ym.Year++
	case diff > 10:
		ym.Year--
	}
	return ym
}

// lastMonth gives the month of a name that lies behind, or is this one or the next.
func lastMonth(now themeday.YearMonth, m time.Month) themeday.YearMonth {
	ym := themeday.YearMonth{Year: now.Year, Month: m}
	if now.Next().Before(ym) {
		ym.Year--
	}
	return ym
}

// yearNamed tells whether a month is named together with its year.
func yearNamed(args string) bool {
	hit := closeMonth.FindStringSubmatch(fold.Text(args))
	return hit != nil && hit[1] != ""
}

// cutYear cuts a year off the front: 2026, 2026年.
func cutYear(args string, now int) (int, string) {
	folded := fold.Text(args)
	hit := yearWord.FindStringSubmatch(folded)
	if hit == nil {
		return now, folded
	}
	year, _ := strconv.Atoi(hit[1])
	return year, strings.TrimSpace(folded[len(hit[0]):])
}

// cutDay cuts a date off the front: 3月20日, 2027-01-05, 3/20.
func cutDay(args string, now themeday.YearMonth) (themeday.Date, string, bool) {
	folded := plainDate(fold.Text(args))
	hit := dayWord.FindStringSubmatchIndex(folded)
	if hit == nil {
		return themeday.Date{}, args, false
	}
	part := func(i int) string {
		if hit[2*i] < 0 {
			return ""
		}
		return folded[hit[2*i]:hit[2*i+1]]
	}
	m, _ := strconv.Atoi(part(2))
	d, _ := strconv.Atoi(part(3))
	if m < 1 || m > 12 {
		return themeday.Date{}, args, false
	}
	ym := nearestMonth(now, time.Month(m))
	if part(1) != "" {
		ym.Year, _ = strconv.Atoi(part(1))
	}
	if d < 1 || d > ym.Days() {
		return themeday.Date{}, args, false
	}
	rest := strings.TrimLeft(folded[hit[7]:], "日号號 ,，:：、")
	return themeday.Date{Year: ym.Year, Month: ym.Month, Day: d}, rest, true
}

// noSuchDay says that the day that a text begins with is not in the calendar: 6月31日. Empty when it is, or begins with none.
func noSuchDay(args string, now themeday.YearMonth) string {
	hit := dayWord.FindStringSubmatch(plainDate(fold.Text(args)))
	if hit == nil {
		return ""
	}
	m, _ := strconv.Atoi(hit[2])
	d, _ := strconv.Atoi(hit[3])
	if m < 1 || m > 12 {
		return fmt.Sprintf("没有%d月", m)
	}
	ym := nearestMonth(now, time.Month(m))
	if hit[1] != "" {
		ym.Year, _ = strconv.Atoi(hit[1])
	}
	if d < 1 || d > ym.Days() {
		return fmt.Sprintf("%s没有%d日", ym.Chinese(), d)
	}
	return ""
}

// cutDayOf cuts a day without its month off the front: 20日, of a month that is known.
func cutDayOf(args string, m themeday.YearMonth) (themeday.Date, string, bool) {
	folded := fold.Text(args)
	hit := lateDay.FindStringSubmatch(folded)
	if hit == nil {
		return themeday.Date{}, args, false
	}
	return cutDay(strconv.Itoa(int(m.Month))+"月"+folded, m)
}

// timeLike begins like a time, though perhaps of no day: 25:00.
var timeLike = regexp.MustCompile(`^(?:上午|早上|早晨|凌晨|中午|下午|晚上|傍晚)|^\d{1,2}[:：点點时時]`)

var timeWord = regexp.MustCompile(`^(?:[(（]?周[一二三四五六日天][)）]?\s*)?(\d{1,2})(?:[:：点點时時](\d{1,2})?分?)(?:\s*(?:-|–|—|~|至|到)\s*(\d{1,2})(?:[:：点點时時](\d{1,2})?分?))?(?:[\s,，、]+|$)`)

// cutTimes cuts a time or a span off the front: 14:00, 14:00-18:00, 14点-18点. Without an end both are the same.
func cutTimes(args string) (from, to themeday.TimeOfDay, rest string, ok bool) {
	folded := fold.Text(args)
	if lead := spokenTime.FindStringIndex(folded); lead != nil && len([]rune(folded[:lead[0]])) <= len("(周五) ") {
		folded = plainTimes(folded)
	}
	hit := timeWord.FindStringSubmatch(folded)
	if hit == nil {
		return 0, 0, args, false
	}
	from, ok1 := clock(hit[1], hit[2])
	to, ok2 := from, true
	if hit[3] != "" {
		to, ok2 = clock(hit[3], hit[4])
	}
	return from, to, strings.TrimSpace(folded[len(hit[0]):]), ok1 && ok2
}

func clock(h, m string) (themeday.TimeOfDay, bool) {
	hour, err := strconv.Atoi(h)
	if err != nil || hour > 24 {
		return 0, false
	}
	minute := 0
	if m != "" {
		if minute, err = strconv.Atoi(m); err != nil || minute > 59 {
			return 0, false
		}
	}
	t := themeday.TimeOfDay(hour*60 + minute)
	return t, t <= 24*60
}

// cutWord cuts the first word off; the rest keeps its line breaks.
func cutWord(args string) (word, rest string) {
	args = strings.TrimSpace(args)
	i := strings.IndexAny(args, " ,，、:：;；\n")
	if i < 0 {
		return args, ""
	}
	return args[:i], strings.Trim(args[i:], " ,，、:：;；\n")
}

// list splits what people put between ；;、， or line breaks.
func splitList(args, marks string) []string {
	var out []string
	for _, s := range strings.FieldsFunc(args, func(r rune) bool { return strings.ContainsRune(marks, r) }) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

var agendaNumber = regexp.MustCompile(`(?:(?:^|[\s；;])(?:\d{1,2}[.．、)）]|[一二三四五六七八九十]{1,2}、|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）])|[①-⑳])\s*`)

// bracketed is a number in brackets; it parts items only where the agenda begins with one, for elsewhere it belongs to what is said.
var bracketed = regexp.MustCompile(`[(（](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]\s*`)

// agendaItems splits an agenda at its numbers, else at line breaks and semicolons.
func agendaItems(args string) []string {
	numbers := agendaNumber
	if at := bracketed.FindStringIndex(args); at != nil && at[0] == 0 {
		numbers = bracketed
	}
	if numbers.MatchString(args) {
		var out []string
		for _, s := range numbers.Split(args, -1) {
			if s = strings.Trim(s, " \n;；"); s != "" {
				out = append(out, s)
			}
		}
		return out
	}
	return splitList(args, "\n;；")
}

// numbers reads 1-12,15.
func numbers(args string) ([]int, error) {
	bad := themeday.Refuse(themeday.Invalid, themeday.R21, "请写名单上的编号，例如：纸 1-12,15")
	var out []int
	seen := map[int]bool{}
	for _, part := range splitList(fold.Text(args), ",，、 ;；\n") {
		lo, hi, span := strings.Cut(strings.NewReplacer("—", "-", "–", "-", "~", "-", "至", "-", "到", "-", "号", "").Replace(part), "-")
		a, err := strconv.Atoi(lo)
		b := a
		if span && err == nil {
			b, err = strconv.Atoi(hi)
		}
		if err != nil || a < 1 || b < a || b > 5000 {
			return nil, bad
		}
		for ; a <= b; a++ {
			if !seen[a] {
				out = append(out, a)
			}
			seen[a] = true
		}
	}
	if len(out) == 0 {
		return nil, bad
	}
	return out, nil
}
