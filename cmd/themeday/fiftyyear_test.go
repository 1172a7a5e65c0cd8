package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// What people of the fifty branches do in 2026: the script is written from it, and the reckoning is made from it.

var fiftyZone = time.FixedZone("CST", 8*3600)

// fiftyMoved is when the second roster is read.
var fiftyMoved = time.Date(2026, 5, 16, 10, 0, 0, 0, fiftyZone)

// fiftyAsked is when the committee asks for the year's figures.
var fiftyAsked = time.Date(2026, 12, 31, 20, 0, 0, 0, fiftyZone)

// fiftyLine is a line of the script.
type fiftyLine struct {
	at   time.Time
	text string
}

// fiftyMove is a change of an activity's date.
type fiftyMove struct{ at, to time.Time }

// fiftyDid is what was done about one branch's month.
type fiftyDid struct {
	b, m       int
	first      time.Time // as the fixed day has it
	approved   time.Time // zero: never
	starts     time.Time // at last
	ended      time.Time
	moves      []fiftyMove
	topics     string
	roster     []*fiftyMember // of the day, by number
	in         map[*fiftyMember]string
	afterwards map[*fiftyMember]bool // signed in after the end
	guests     map[*fiftyMember]bool
	leave      map[*fiftyMember]string
	handed     map[*fiftyMember]string // make-up study: handed or confirmed
	comments   map[*fiftyMember]bool
	ballots    []bool
	filed      time.Time // zero: never
}

// fiftyFinding is what an inspection found.
type fiftyFinding struct {
	b, number      int
	handed, closed bool
	rectified      bool
	kind           string
}

// fiftyYear is everything that is done in the year.
type fiftyYear struct {
	*fiftyHouse
	lines    []fiftyLine
	did      [fifty][13]*fiftyDid
	filed    [fifty]time.Time // the yearly plan
	findings []fiftyFinding
	visited  []int        // branches inspected after the draw
	mended   map[int]bool // barred branches whose rectification was closed
	objected []fiftyObjection
	open     map[*fiftyMember][]*fiftyDid // make-up study handed in and not confirmed
	twice    int                          // who tries to vote again
	secrets  []string                     // words that no group may read
	required map[string][]int
}

type fiftyObjection struct {
	did    *fiftyDid
	who    *fiftyMember
	upheld bool
}

func newFiftyYear() *fiftyYear {
	y := &fiftyYear{fiftyHouse: newFiftyHouse(), mended: map[int]bool{}, open: map[*fiftyMember][]*fiftyDid{}, required: map[string][]int{}}
	y.plans()
	y.compulsory()
	for b := range fifty {
		for m := 1; m <= 12; m++ {
			y.did[b][m] = y.month(b, m)
		}
	}
	y.inspections()
	y.rectifications()
	y.lines = append(y.lines, fiftyLine{fiftyMoved, "roster after.csv"})
	for i, ask := range []string{"评先 2026", "备案 2026", "情况", "领导 2026", "排名 2026", "必选主题 2026", "巡查"} {
		y.say(fiftyAsked.Add(time.Duration(i)*time.Minute), y.committee[0], "%s", ask)
	}
	y.lines = append(y.lines, fiftyLine{fiftyAsked.Add(time.Hour), "wait"})
	slices.SortStableFunc(y.lines, func(a, b fiftyLine) int { return a.at.Compare(b.at) })
	return y
}

// script is the year as a rehearsal.
func (y *fiftyYear) script() string {
	var out strings.Builder
	out.WriteString("roster before.csv\n")
	for _, l := range y.lines {
		fmt.Fprintf(&out, "%s %s\n", l.at.In(fiftyZone).Format("2006-01-02 15:04:05"), l.text)
	}
	return out.String()
}

func (y *fiftyYear) say(at time.Time, who *fiftyMember, text string, parts ...any) {
	y.lines = append(y.lines, fiftyLine{at, fmt.Sprintf("(%s): %s", who.name, fmt.Sprintf(text, parts...))})
}

func (y *fiftyYear) tell(at time.Time, b int, who *fiftyMember, text string) {
	y.lines = append(y.lines, fiftyLine{at, fmt.Sprintf("[%s] %s: %s", fiftyBranch(b), who.name, text)})
}

// fiftySecret finds the words that no group may read: secrets, and the words of rankings.
var fiftySecret = regexp.MustCompile(`(?:隐情|难处|家况|缘故|短处|异词|心声|体会|查见)\d{4}|排名|下限|威尔逊|评先|缺席`)

// secret is a word that stands nowhere else; a group may never read it.
func (y *fiftyYear) secret(kind string) string {
	word := fmt.Sprintf("%s%04d", kind, len(y.secrets)+1)
	y.secrets = append(y.secrets, word)
	return word
}

// now and then is true once in n times.
func (y *fiftyYear) once(n int) bool { return y.chance.IntN(n) == 0 }

// listOn is a branch's list on a day.
func (y *fiftyYear) listOn(b int, at time.Time) []*fiftyMember {
	if at.Before(fiftyMoved) {
		return y.lists[0][b]
	}
	return y.lists[1][b]
}

func (y *fiftyYear) secretary(b int) *fiftyMember { return y.lists[0][b][0] }

func day(m, d, hour, minute int) time.Time {
	return time.Date(2026, time.Month(m), d, hour, minute, 0, 0, fiftyZone)
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

// onDay is the clock of a day so many days from another.
func onDay(from time.Time, days, hour, minute int) time.Time {
	return time.Date(from.Year(), from.Month(), from.Day()+days, hour, minute, 0, 0, fiftyZone)
}

// fiftyRule is a branch's fixed day: its words, and the day of a month before holidays are looked at.
func fiftyRule(b int) (words string, nominal func(m int) int) {
	weekday := time.Weekday(2 + b%4)
	nth := 2 + b/4%2
	switch {
	case b%10 == 7:
		return "每月15日", func(int) int { return 15 }
	case b%10 == 3:
		return "每月最后一个周五", func(m int) int {
			for d := day(m+1, 0, 0, 0).Day(); ; d-- {
				if day(m, d, 0, 0).Weekday() == time.Friday {
					return d
				}
			}
		}
	}
	return fmt.Sprintf("每月第%d个周%c", nth, []rune("日一二三四五六")[weekday]), func(m int) int {
		seen := 0
		for d := 1; ; d++ {
			if day(m, d, 0, 0).Weekday() == weekday {
				if seen++; seen == nth {
					return d
				}
			}
		}
	}
}

// fiftyOff tells whether a day of 2026 is a public holiday, and fiftyWork whether it is a working day.
func fiftyOff(m, d int) bool {
	for _, off := range [][4]int{{1, 1, 1, 3}, {2, 15, 2, 23}, {4, 4, 4, 6}, {5, 1, 5, 5}, {6, 19, 6, 21}, {9, 25, 9, 27}, {10, 1, 10, 7}} {
		if m == off[0] && d >= off[1] && d <= off[3] {
			return true
		}
	}
	return false
}

func fiftyWork(m, d int) bool {
	for _, on := range [][2]int{{1, 4}, {2, 14}, {2, 28}, {5, 9}, {9, 20}, {10, 10}} {
		if on == [2]int{m, d} {
			return true
		}
	}
	w := day(m, d, 0, 0).Weekday()
	return !fiftyOff(m, d) && w != time.Saturday && w != time.Sunday
}

// fiftyHour is when a branch begins.
func fiftyHour(b int) int {
	if b%5 == 1 {
		return 9
	}
	return 14
}

// fiftyDate is a month's date by the fixed day: one on a holiday moves on to a working day of the month, else back.
func fiftyDate(b, m int) time.Time {
	_, nominal := fiftyRule(b)
	d, last := nominal(m), day(m+1, 0, 0, 0).Day()
	if fiftyOff(m, d) {
		from := d
		for d = from + 1; d <= last && !fiftyWork(m, d); d++ {
		}
		if d > last {
			for d = from - 1; !fiftyWork(m, d); d-- {
			}
		}
	}
	return day(m, d, fiftyHour(b), 0)
}

// plans: the fixed days, and the yearly plans, some late and one never.
func (y *fiftyYear) plans() {
	for b := range fifty {
		words, _ := fiftyRule(b)
		y.say(day(1, 1, 8, b), y.secretary(b), "固定日 %s %d:00-%d:00 党员活动室", words, fiftyHour(b), fiftyHour(b)+4)
		y.filed[b] = day(1, 5+b%5, 10, b)
		if b%8 == 3 {
			y.filed[b] = day(2, 1+b%7, 10, b)
		}
		if b == 44 {
			y.filed[b] = time.Time{}
			continue
		}
		y.say(y.filed[b], y.secretary(b), "年度计划 2026 报备")
	}
}

// compulsory are the committee's topics: one for all branches in March, one for three in September.
func (y *fiftyYear) compulsory() {
	all := make([]int, fifty)
	for b := range all {
		all[b] = b
	}
	y.required["学习全会精神"], y.required["学习宪法"] = all, []int{4, 5, 6}
	y.say(day(2, 10, 9, 0), y.committee[0], "必选主题 3月 学习全会精神")
	y.say(day(8, 10, 9, 0), y.committee[0], "必选主题 9月 第五支部、第六支部、第七支部 学习宪法")
}

// month is what a branch does about one month.
func (y *fiftyYear) month(b, m int) *fiftyDid {
	did := &fiftyDid{
		b: b, m: m, first: fiftyDate(b, m), topics: "学习党章", in: map[*fiftyMember]string{}, afterwards: map[*fiftyMember]bool{}, guests: map[*fiftyMember]bool{},
		leave: map[*fiftyMember]string{}, handed: map[*fiftyMember]string{}, comments: map[*fiftyMember]bool{},
	}
	did.starts = did.first
	if b == 26 && m == 11 {
		return did // forgotten
	}
	y.approval(did)
	y.moves(did)
	did.ended = did.starts.Add(4 * time.Hour)
	did.roster = y.listOn(b, did.starts)
	y.leaves(did)
	y.attend(did)
	y.vote(did)
	y.finish(did)
	y.makeups(did)
	return did
}

// approval: the topic is written and sent up; some are sent back first, some approved so late that the notice comes late.
func (y *fiftyYear) approval(did *fiftyDid) {
	b, m, who := did.b, did.m, y.secretary(did.b)
	lacks := b == 39 && m == 3 || b == 6 && m == 9
	switch {
	case lacks:
	case m == 3:
		did.topics = "学习全会精神"
	case m == 9 && slices.Contains(y.required["学习宪法"], b):
		did.topics = "学习宪法"
	}
	at := onDay(did.first, -9, 10, b)
	if at.Before(day(1, 2, 0, 0)) {
		at = day(1, 2, 10, b)
	}
	y.say(at, who, "主题 %d月 %s；重温入党誓词", m, did.topics)
	y.say(at.Add(30*time.Second), who, "报审 %d月", m)
	at = at.Add(5 * time.Hour)
	judge := y.committee[(b+m)%2]
	if (b*5+m)%9 == 0 {
		y.say(at, judge, "退回 %s %d月 请写明怎样讨论", fiftyBranch(b), m)
		y.say(at.Add(minutes(20)), who, "议程 %d月 1.领学 2.讨论", m)
		y.say(at.Add(minutes(21)), who, "报审 %d月", m)
		at = at.Add(minutes(40))
	}
	if (b+m)%11 == 0 {
		at = onDay(did.first, -3, 10, b)
	}
	did.approved = at
	y.say(at, judge, "审定 %s %d月%s", fiftyBranch(b), m, map[bool]string{true: " 仍审"}[lacks])
}

// moves changes the date of some: before the notice or after it, one of them twice.
func (y *fiftyYear) moves(did *fiftyDid) {
	b, m := did.b, did.m
	if (b*3+m)%10 != 0 || (b+m)%11 == 0 {
		return
	}
	at := onDay(did.first, -6, 11, b)
	if (b+m)%2 == 0 {
		at = onDay(did.first, -4, 11, b)
	}
	if !at.After(did.approved) {
		return
	}
	times := 1
	if b%7 == 0 {
		times = 2
	}
	for i := range times {
		to, ok := y.otherDay(did, 2+i)
		if !ok {
			return
		}
		did.moves = append(did.moves, fiftyMove{at, to})
		did.starts = to
		y.say(at, y.secretary(b), "改期 %d月 %d月%d日 %d:00 会场另有安排", m, m, to.Day(), to.Hour())
		at = at.Add(25 * time.Hour)
	}
}

func (y *fiftyYear) otherDay(did *fiftyDid, from int) (time.Time, bool) {
	for n := from; n < from+4; n++ {
		to := onDay(did.first, n, did.first.Hour(), 0)
		if int(to.Month()) == did.m && fiftyWork(did.m, to.Day()) && !to.Equal(did.starts) && to.YearDay() != fiftyMoved.YearDay() {
			return to, true
		}
	}
	return time.Time{}, false
}

// free are the members of the day of whom nothing is decided yet.
func (y *fiftyYear) free(did *fiftyDid) []*fiftyMember {
	var out []*fiftyMember
	for _, p := range did.roster[1:] {
		if p.counts() && !p.truant && did.in[p] == "" && did.leave[p] == "" {
			out = append(out, p)
		}
	}
	return out
}

// full tells whether all of a branch come, because the figures of its evaluation need them.
func (did *fiftyDid) full() bool { return did.b == 17 && did.m%4 == 2 || did.b == 9 && did.m == 6 }

// leaves are asked for with a reason; most are granted, some refused, some left undecided.
func (y *fiftyYear) leaves(did *fiftyDid) {
	for i, p := range y.free(did) {
		if did.full() || p.leader || slices.Contains(y.movers, p) || p == y.committee[1] || !y.once(20) {
			continue
		}
		y.say(onDay(did.starts, -2, 20, i), p, "请假 %d月 %s", did.m, y.secret("隐情"))
		did.leave[p] = "asked"
		at := onDay(did.starts, -1, 10, i)
		switch y.chance.IntN(6) {
		case 0:
		case 1:
			did.leave[p] = "refused"
			y.say(at, y.secretary(did.b), "不准 %d月 %s %s", did.m, p.name, y.secret("难处"))
		default:
			did.leave[p] = "granted"
			y.say(at, y.secretary(did.b), "准假 %d月 %s", did.m, p.name)
		}
	}
}

// attend: by paper, by his own word, by proxy, at home, late, afterwards; leaders and activists as guests.
func (y *fiftyYear) attend(did *fiftyDid) {
	b, s, who := did.b, did.starts, y.secretary(did.b)
	var paper []string
	number := map[*fiftyMember]int{}
	for _, p := range did.roster {
		number[p] = y.numberOf(b, p)
	}
	write := func(p *fiftyMember) {
		did.in[p] = "paper"
		paper = append(paper, fmt.Sprint(number[p]))
	}
	write(who)
	waiting := y.free(did)
	for p, state := range did.leave { // some come all the same
		if state == "refused" && number[p]%2 == 0 {
			waiting = append(waiting, p)
		}
	}
	slices.SortFunc(waiting, func(a, b *fiftyMember) int { return number[a] - number[b] })
	for i, p := range waiting {
		switch {
		case p.remark != "" && did.m%2 == 0:
			did.in[p] = "remote"
			y.say(s.Add(minutes(60)), who, "送学 %s 上门%s", p.name, y.secret("家况"))
		case i == 1:
			did.in[p] = "self"
			y.tell(s.Add(minutes(-10)).Add(time.Duration(i)*time.Second), b, p, "签到")
		case !did.full() && y.once(25): // stays away
		case i == 4 && did.m%4 == 1:
			did.in[p] = "proxy"
			y.say(s.Add(minutes(20)), who, "代签 %s %s", p.name, y.secret("缘故"))
		case i == 5 && (b+did.m)%5 == 0 && !did.full():
			did.in[p], did.afterwards[p] = "late", true
			y.say(onDay(s, 1, 8, 30), who, "补签 %d月 %s %s", did.m, p.name, y.secret("缘故"))
		case i == 6 && (b+did.m)%6 == 0 && !p.leader:
			did.in[p] = "late"
			y.tell(s.Add(minutes(40)), b, p, "签到")
		default:
			write(p)
		}
		if did.leave[p] != "" && did.in[p] != "" {
			did.leave[p] = "cancelled"
		}
	}
	y.say(s.Add(minutes(-5)), who, "纸 %s", strings.Join(paper, ","))
	y.visitors(did)
	y.objections(did)
	if (b+did.m)%3 == 0 {
		y.tell(s, b, who, "开始")
	}
	switch {
	case (b*2+did.m)%19 == 3:
		did.ended = s.Add(minutes(150))
		y.tell(did.ended, b, who, "结束")
	case b%3 == 1:
		y.tell(did.ended, b, who, "结束")
	}
}

// visitors are activists, and the leaders who guide the branch: each comes to one of a quarter's months, or to none.
func (y *fiftyYear) visitors(did *fiftyDid) {
	s := did.starts
	for _, p := range did.roster {
		if p.kind == "积极分子" && did.m%2 == 0 {
			did.guests[p] = true
			y.tell(s.Add(minutes(-8)), did.b, p, "签到")
		}
	}
	for i, l := range y.leaders {
		if !slices.Contains(l.guides, did.b) || (did.m-1)%3 != (did.b+i)%3 || (did.b+did.m)%4 == 0 {
			continue
		}
		did.guests[l] = true
		y.say(onDay(s, -1, 11, i), y.secretary(did.b), "列席 %d月 %s", did.m, l.name)
		y.tell(s.Add(minutes(-7)), did.b, l, "签到")
		if (did.b+did.m)%2 == 1 {
			did.comments[l] = true
			y.say(s.Add(minutes(100)), l, "点评 %s %d月 优点：发言踊跃；不足：%s；方向：多到一线", fiftyBranch(did.b), did.m, y.secret("短处"))
		}
	}
}

// objections: who was signed in by proxy says that he was not there, and is right or not.
func (y *fiftyYear) objections(did *fiftyDid) {
	if did.m != 5 || did.b%8 != 2 {
		return
	}
	for _, p := range did.roster {
		if did.in[p] != "proxy" {
			continue
		}
		o := fiftyObjection{did, p, did.b%16 == 2}
		y.say(did.starts.Add(minutes(60)), p, "异议 5月 我没有到会%s", y.secret("异词"))
		if o.upheld {
			y.say(did.starts.Add(minutes(90)), y.secretary(did.b), "异议 5月 成立 %s 认错人了", p.name)
			delete(did.in, p)
		} else {
			y.say(did.starts.Add(minutes(90)), y.secretary(did.b), "异议 5月 不成立 %s 签到册上有本人签字", p.name)
		}
		y.objected = append(y.objected, o)
		return
	}
}

// fiftyLow are the chosen results: satisfied of ballots, by branch and month.
var fiftyLow = map[[2]int][2]int{
	{4, 3}: {2, 5}, {4, 5}: {1, 5}, {4, 9}: {2, 5}, // barred by the third, rectified and closed
	{17, 2}: {13, 22}, {17, 6}: {13, 22}, {17, 10}: {13, 22}, // 59.09 %, the rectification stays open
	{33, 1}: {2, 6}, {33, 4}: {0, 4}, {33, 7}: {1, 3}, {33, 11}: {2, 7}, // four times
	{9, 3}: {3, 5}, {9, 6}: {9, 15}, {9, 10}: {6, 10}, // exactly 60 %
	{21, 2}: {1, 4}, {21, 8}: {2, 5}, // twice only
	{30, 2}: {1, 4}, {30, 5}: {2, 5}, {30, 9}: {0, 2}, // the third is of too few ballots
	{28, 4}: {2, 2}, {28, 8}: {0, 0},
}

// vote: who took part rates in private; some try it twice.
func (y *fiftyYear) vote(did *fiftyDid) {
	var can []*fiftyMember
	for _, p := range did.roster {
		if did.in[p] != "" && !did.afterwards[p] && !p.leader && p != y.committee[1] {
			can = append(can, p)
		}
	}
	want, chosen := fiftyLow[[2]int{did.b, did.m}]
	if !chosen {
		n := min(len(can), 3+(did.b+did.m)%2)
		want = [2]int{n - y.chance.IntN(2), n}
	}
	for i, p := range can[:min(want[1], len(can))] {
		good := i < want[0]
		did.ballots = append(did.ballots, good)
		y.say(did.ended.Add(minutes(5)).Add(time.Duration(i)*5*time.Second), p, "%s", y.ballot(good, i))
		if i == 2 && y.once(10) {
			y.twice++
			y.say(did.ended.Add(minutes(8)), p, "不满意")
		}
	}
}

// ballot is a rating: one is satisfied when his four scores make 16 at least.
func (y *fiftyYear) ballot(good bool, i int) string {
	switch {
	case good && i%3 == 0:
		return "评分 4 4 3 5 " + y.secret("心声")
	case good && i%3 == 1:
		return "满意"
	case good:
		return "基本满意"
	case i%2 == 0:
		return "评分 4 4 3 4 " + y.secret("心声")
	}
	return "不满意"
}

// finish sums up and files: before the result or after it, some late, one never.
func (y *fiftyYear) finish(did *fiftyDid) {
	b, m, who := did.b, did.m, y.secretary(did.b)
	at := onDay(did.starts, 1, 10, b)
	if len(did.ballots) == 0 { // it is evaluated when the evaluation is closed
		at = onDay(did.starts, 1, 20, b)
	}
	y.say(at, who, "总结 %d月 成效好，不足是联系实际少，下步多到一线", m)
	did.filed = onDay(did.starts, 2, 10, b)
	switch {
	case b == 11 && m == 6 || b == 35 && m == 12:
		did.filed = time.Time{}
		return
	case (b*7+m)%23 == 0:
		did.filed = onDay(did.starts, 3+(b+m)%6, 10, b)
	case (b+m)%13 == 0 && len(did.ballots) > 0:
		did.filed = onDay(did.starts, 1, 11, b)
	}
	if !did.filed.Before(fiftyAsked) {
		did.filed = time.Time{}
		return
	}
	y.say(did.filed, who, "上报 %d月", m)
}

// makeups: half of those who owe hand something in, and most of that is confirmed.
func (y *fiftyYear) makeups(did *fiftyDid) {
	for i, p := range did.roster {
		if !p.counts() || did.in[p] != "" || p.truant || slices.Contains(y.movers, p) || p.leader || p == y.committee[1] || !y.once(2) || i == 0 {
			continue
		}
		at := onDay(did.starts, 4, 20, i)
		if !at.Before(fiftyAsked.Add(-48 * time.Hour)) {
			continue
		}
		did.handed[p] = "handed"
		y.open[p] = append(y.open[p], did)
		y.say(at, p, "补学 %d月 我学习了党章，体会是%s", did.m, y.secret("体会"))
		if !y.once(4) {
			oldest := y.open[p][0]
			oldest.handed[p] = "confirmed"
			y.open[p] = y.open[p][1:]
			y.say(onDay(did.starts, 5, 9, i), y.secretary(did.b), "补学 过 %s %d月", p.name, oldest.m)
		}
	}
}

// inspections: a draw, visits of what was drawn as far as the generator can know it, planned visits and findings.
func (y *fiftyYear) inspections() {
	who, at := y.committee[0], day(4, 28, 9, 0)
	y.say(day(4, 20, 9, 0), who, "抽查 3")
	for i := range 10 {
		b := i * 5
		y.visited = append(y.visited, b)
		y.say(at.Add(minutes(2*i)), who, "巡查 %s 3月 资料 台账齐全", fiftyBranch(b))
	}
	for i, f := range []fiftyFinding{
		{b: 5, kind: "擅自变更", handed: true, closed: true}, {b: 10, kind: "缩减时间", handed: true, closed: true},
	} {
		y.find(at.Add(minutes(30+i)), i+1, f)
	}
	late := day(12, 8, 9, 0)
	for i, f := range []fiftyFinding{
		{b: 15, kind: "其他", handed: true}, {b: 20, kind: "以会代训"}, {b: 25, kind: "其他", rectified: true},
	} {
		y.find(late.Add(minutes(i)), i+3, f)
	}
}

func (y *fiftyYear) find(at time.Time, number int, f fiftyFinding) {
	who, b := y.committee[0], fiftyBranch(f.b)
	f.number = number
	y.findings = append(y.findings, f)
	y.say(at, who, "巡查 %s %d月 问题 %s %s", b, at.Month()-1, f.kind, y.secret("查见"))
	if f.handed {
		y.say(at.Add(24*time.Hour), y.secretary(f.b), "整改 巡查 %d 措施 已补报备", number)
	}
	if f.closed {
		y.say(at.Add(48*time.Hour), who, "巡查 销号 %d 看过了", number)
	}
	if f.rectified {
		y.say(at.Add(24*time.Hour), who, "巡查 整改 %d 40天", number)
	}
}

// rectifications: one barred branch puts it right, the others do not, or not well enough.
func (y *fiftyYear) rectifications() {
	who := y.committee[0]
	y.mended[4] = true
	y.say(day(10, 9, 9, 0), y.secretary(4), "整改 措施 改为现场教学")
	y.say(day(10, 9, 10, 0), who, "整改 第五支部 退回 请写明谁来办")
	y.say(day(10, 12, 9, 0), y.secretary(4), "整改 措施 改为现场教学，支委联系教学点")
	y.say(day(10, 13, 9, 0), who, "整改 第五支部 通过")
	y.say(day(12, 1, 9, 0), y.secretary(33), "整改 措施 每次会后收意见")
}
