package themeday_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"themeday"
)

func (s *planStage) review(b themeday.BranchID, year int) (r themeday.YearReview) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) (err error) {
		r, err = s.desk.YearReview(tx, b, year, s.at)
		return err
	})
	return r
}

// reviewLine is what a month's activity was. Who is a letter for each of the five members: S signed in himself, C by a chain, L late, P by the
// secretary, A by him afterwards, Z on paper, R remote, q on leave, - absent. Ballots are a digit for each rater, the mark of all four things.
type reviewLine struct {
	month   time.Month
	who     string
	ballots string
	out     bool // the result was posted
	ahead   int  // days, of the notice
	moved   int  // days from the day that was planned first
	hours   int
	filed   int // days after the activity; -1: not
	photos  int
	steps   int
	content string
}

// reviewed is a stage with one branch of five, of whom the fifth is one of the committee, and the lines as its activities of 2026, on the 10th.
func reviewed(t *testing.T, lines ...reviewLine) *planStage {
	t.Helper()
	s := newPlanStage(t)
	s.at = bookAt("12-31 12:00").AddDate(0, 0, 2)
	s.do(func(tx themeday.Tx) error {
		var errs []error
		for i := range 5 {
			id, err := tx.AddPerson(themeday.Person{Name: fmt.Sprintf("同志%d", i+1), Committee: i == 4})
			errs = append(errs, err, tx.PutMembership(themeday.Membership{Branch: "一", Person: id, Number: i + 1, Category: themeday.Formal, Offices: themeday.Offices{themeday.Member}}))
		}
		id, err := tx.AddPerson(themeday.Person{Name: "高远", Liaison: true})
		errs = append(errs, err, tx.PutGuides(id, []themeday.BranchID{"一"}))
		for _, l := range lines {
			errs = append(errs, l.put(tx, id))
		}
		return errors.Join(errs...)
	})
	return s
}

func (l reviewLine) put(tx themeday.Tx, leader themeday.PersonID) error {
	day := themeday.Date{Year: 2026, Month: l.month, Day: 10}
	at := func(hour int) time.Time { return day.At(themeday.TimeOfDay(hour*60), beijing) }
	a := themeday.Activity{
		ID: themeday.ActivityOf("一", day.MonthOf()), Branch: "一", Month: day.MonthOf(), Version: 1, Topics: []string{"学习党章"}, Starts: at(14), Ends: at(18), Began: at(14), Ended: at(14 + l.hours),
	}
	if l.content != "" {
		a.Content = strings.Split(l.content, "、")
	}
	for i := range l.steps {
		a.Steps[i] = themeday.StepDone{At: at(9), By: 1}
	}
	a.Steps[themeday.Noticing-1] = themeday.StepDone{At: at(9).AddDate(0, 0, -l.ahead)}
	a.Steps[themeday.Holding-1].By = 1
	if l.filed >= 0 {
		a.Filed, a.FiledBy = at(20).AddDate(0, 0, l.filed), 1
	}
	if l.out {
		a.Evaluated, a.Result = a.Ended, a.Ended.Add(24*time.Hour)
	}
	errs := []error{}
	if l.moved != 0 {
		errs = append(errs, tx.PutChange(themeday.DateChange{Activity: a.ID, Version: 2, From: a.Starts.AddDate(0, 0, -l.moved), To: a.Starts, Why: "会场占用", At: at(9).AddDate(0, 0, -7), By: 1}))
	}
	for i, letter := range l.who {
		p := themeday.PersonID(i + 1)
		in := themeday.SignIn{Activity: a.ID, Person: p, At: at(14), Entered: at(14), By: p}
		switch letter {
		case 'q':
			errs = append(errs, tx.PutLeave(themeday.Leave{Activity: a.ID, Person: p, At: at(8), Reason: "住院", State: themeday.LeaveGranted}))
			errs = append(errs, tx.PutMakeup(themeday.Makeup{Activity: a.ID, Person: p, State: themeday.MakeupConfirmed, Due: at(0).AddDate(0, 0, 15)}))
			continue
		case '-':
			errs = append(errs, tx.PutMakeup(themeday.Makeup{Activity: a.ID, Person: p, State: themeday.MakeupOwed, Due: at(0).AddDate(0, 0, 15)}))
			continue
		case 'P', 'A', 'R', 'Z':
			in.By = 1
		case 'G': // no member: the leader who guides
			in.Person, in.By, in.Guest = leader, leader, true
		}
		in.How = map[rune]themeday.How{
			'S': themeday.Self, 'C': themeday.ByChain, 'L': themeday.Late, 'P': themeday.Proxy, 'A': themeday.Late, 'Z': themeday.Paper, 'R': themeday.Remote, 'G': themeday.Self,
		}[letter]
		errs = append(errs, tx.PutSignIn(in))
	}
	for i, mark := range l.ballots {
		n := int(mark - '0')
		_, err := tx.Vote(a.ID, themeday.PersonID(i+1))
		errs = append(errs, err, tx.AddBallot(themeday.Ballot{Activity: a.ID, Key: fmt.Sprintf("%s-%d", a.ID, i), Scores: themeday.Scores{n, n, n, n}, Remark: "太长"}))
	}
	for i := range l.photos {
		errs = append(errs, tx.PutPicture(themeday.Picture{ID: fmt.Sprintf("%s-%d", a.ID, i), Activity: a.ID, Person: 1, Use: "activity", At: at(15)}))
	}
	return errors.Join(append(errs, tx.PutActivity(a))...)
}

// aYear is seven months of activities, one to which nobody came, and four without a date.
var aYear = []reviewLine{
	{month: 1, who: "SSCSSG", ballots: "5544", out: true, ahead: 5, hours: 4, filed: 0, photos: 2, steps: 9, content: "政治学习、党性锻炼"},
	{month: 2, who: "SSSq-", ballots: "5542", out: true, ahead: 5, hours: 4, filed: 2, photos: 2, steps: 9, content: "政治学习"},
	{month: 3, who: "SLPA-", ballots: "5222", out: true, ahead: 4, hours: 4, filed: 3, photos: 1, steps: 9, content: "政治学习"},
	{month: 4, who: "SSSR-", ballots: "22", out: true, ahead: 5, hours: 3, filed: -1, photos: 0, steps: 8, content: "党性锻炼"},
	{month: 5, who: "SZZZSG", ballots: "222", out: true, ahead: 6, moved: 3, hours: 4, filed: 1, photos: 3, steps: 9},
	{month: 6, who: "SSSSS", ballots: "222", out: true, ahead: 5, hours: 4, filed: 1, photos: 2, steps: 9, content: "政治学习"},
	{month: 7, who: "SSSSS", ballots: "555", ahead: 5, hours: 4, filed: 1, photos: 2, steps: 9, content: "政治学习"},
	{month: 8, steps: 4, ahead: 5, hours: 4, filed: -1},
}

func TestTheFiguresOfAYearCanBeCountedByEye(t *testing.T) {
	r := reviewed(t, aYear...).review("一", 2026)
	for i, want := range []string{
		"已开展 5=5+0+0+0 guests 1 100% met | 4/4 100% | ahead 5 | moves 0 kept | filed on time | steps 9 | punctual 100% | leaders 1/1 | photos 2",
		"已开展 5=3+0+1+1 guests 0 60% | 3/4 75% | ahead 5 | moves 0 kept | filed on time | steps 9 | punctual 100% | leaders 0/1 | photos 2",
		"已开展 5=4+0+0+1 guests 0 80% met | 1/4 25% under | ahead 4 late | moves 0 kept | filed 1 days late | steps 9 | punctual 33% | leaders 0/1 | photos 1",
		"已开展 5=3+1+0+1 guests 0 80% met | 2 not told | ahead 5 | moves 0 kept | not filed | short | steps 8 | punctual 66% | leaders 0/1 | photos 0",
		"已开展 5=5+0+0+0 guests 1 100% met | 0/3 0% under | ahead 6 | moves 1 | filed on time | steps 9 | punctual 66% | leaders 1/1 | photos 3",
		"已开展 5=5+0+0+0 guests 0 100% met | 0/3 0% under | ahead 5 | moves 0 kept | filed on time | steps 9 | punctual 100% | leaders 1/1 | photos 2",
		"已开展 5=5+0+0+0 guests 0 100% met | 3 not told | ahead 5 | moves 0 kept | filed on time | steps 9 | punctual 100% | leaders 1/1 | photos 2",
		"未开展", "无记录", "无记录", "无记录", "无记录",
	} {
		if got := drawnMonth(r.Months[i]); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", r.Months[i].Month, got, want)
		}
	}
	s := r.Sum
	if got, want := fmt.Sprintf("%+v", s.Ways), "{Self:23 Chain:1 Late:1 Proxy:1 After:1 Paper:3 Relayed:0 Remote:1}"; got != want {
		t.Errorf("ways %s, want %s", got, want)
	}
	for _, c := range []struct {
		what      string
		got, want int
	}{
		{"held", s.Held, 7},
		{"missed", s.Missed, 1},
		{"without a trace", s.NoTrace, 4},
		{"due", s.Attendance.Due, 35},
		{"rate", s.Attendance.RatePercent(), 88}, // 31 of 35
		{"met", s.MetMonths, 6},
		{"notices in time", s.NoticedInTime, 6},
		{"moves", s.Moves, 1},
		{"rated", s.Rated, 5},
		{"raters", s.Evaluation.Raters, 18},
		{"satisfied", s.Evaluation.Satisfied, 8},
		{"strikes", s.Strikes, 3},
		{"filed", s.Filed, 6},
		{"filed on time", s.FiledOnTime, 5},
		{"unfiled", s.Unfiled, 1},
		{"short", s.Short, 1},
		{"all nine steps", s.AllSteps, 6},
		{"make-up owed", s.Makeup.Owed, 4},
		{"make-up done", s.Makeup.Done, 1},
		{"make-up overdue", s.Makeup.Overdue, 3},
		{"photos", s.Photos, 12},
		{"leaders due", s.Leaders.Due, 7},
		{"leaders came", s.Leaders.Came, 4},
		{"members", r.Members, 5},
		{"members who are absent too often", r.Often, 1}, // the fifth, from February to April
		{"guides", r.Guides, 1},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d, want %d", c.what, c.got, c.want)
		}
	}
	if !r.Barred() {
		t.Error("three under the floor, and not barred (R28)")
	}
	if got, want := fmt.Sprint(r.Bands), "[{100 101 3} {80 100 1} {60 80 0} {0 60 1}]"; got != want { // the fourth 6 of 7, the fifth 4 of 7
		t.Errorf("bands %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(r.Contents), "[{政治学习 [2026-01 2026-02 2026-03 2026-06 2026-07]} {党性锻炼 [2026-01 2026-04]}]"; got != want {
		t.Errorf("contents %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(r.Visits), "[{高远 [2026-01 2026-05]}]"; got != want {
		t.Errorf("visits %s, want %s", got, want)
	}
}

func drawnMonth(m themeday.ReviewMonth) string {
	if !m.Held() {
		return string(m.State)
	}
	when := func(is bool, word string) string {
		if is {
			return word
		}
		return ""
	}
	a, e := m.Attendance, m.Evaluation
	out := fmt.Sprintf("%s %d=%d+%d+%d+%d guests %d %d%%%s | ", m.State, a.Due, a.Present, a.Remote, a.Leave, a.Absent, a.Guests, a.RatePercent(), when(a.Met, " met"))
	if e.Shown {
		out += fmt.Sprintf("%d/%d %d%%%s", e.Satisfied, e.Raters, e.RatePercent(), when(e.Under, " under"))
	} else {
		out += fmt.Sprintf("%d not told", e.Raters)
	}
	out += fmt.Sprintf(" | ahead %d%s | moves %d%s | ", m.DaysAhead, when(!m.NoticedInTime, " late"), m.Moves, when(m.DateKept(beijing), " kept"))
	switch {
	case m.Record.OnTime():
		out += "filed on time"
	case m.Record.PastDue:
		out += "not filed"
	default:
		out += fmt.Sprintf("filed %d days late", m.Record.DaysLate)
	}
	p, _ := m.Punctuality()
	return out + fmt.Sprintf("%s | steps %d | punctual %d%% | leaders %d/%d | photos %d", when(m.Short, " | short"), m.Steps, p, m.Leaders.Came, m.Leaders.Due, m.Photos)
}

func TestTheProblemsFollowFromTheFiguresWithTheirMonths(t *testing.T) {
	r := reviewed(t, aYear...).review("一", 2026)
	var got []string
	for _, p := range r.Problems {
		got = append(got, fmt.Sprint(p.Rule, " ", p.Text, p.Months))
	}
	want := []string{
		"R01 有1个月排定了活动而没有开展[2026-08]",
		"R01 有4个月没有活动记录[2026-09 2026-10 2026-11 2026-12]",
		"R02 有1次活动实际不足半天[2026-04]",
		"R04 年度计划没有报机关党委备案[]",
		"R05 改期1次[2026-05]",
		"R06 有1次活动没有提前5天公示[2026-03]",
		"R12 有1次活动参加人数没有达到党员总数的80%[2026-02]",
		"R16 有活动没有登记内容类别[2026-05]",
		"R18 有1次活动九个步骤不齐全[2026-04]",
		"R20 有3人次逾期没有补学[2026-02 2026-03 2026-04]",
		"R21 有2次活动留存照片不足2张[2026-03 2026-04]",
		"R22 有1份纪实表逾期上报[2026-03]",
		"R22 有1份纪实表逾期没有上报[2026-04]",
		"R25 有活动收回的测评不足3票，没有公布满意率[2026-04]",
		"R28 有3次活动满意率低于60%[2026-03 2026-05 2026-06]",
		"R28 满意率低于60%的达到3次，支部及其班子成员本年度不得评先选优[]",
		"R32 未请假缺席共3人次[2026-02 2026-03 2026-04]",
		"R32 有1名党员连续2次或全年3次以上未请假缺席[]",
		"R33 代签、补签共2人次[2026-03]",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(r.Strengths) != 0 {
		t.Error("praised:", r.Strengths)
	}
}

func TestAGoodYearIsPraisedAndHasNoProblems(t *testing.T) {
	var lines []reviewLine
	for m := time.January; m <= time.December; m++ {
		lines = append(lines, reviewLine{month: m, who: "SSSSS", ballots: "55555", out: true, ahead: 5, hours: 4, filed: 1, photos: 2, steps: 9, content: "政治学习"})
	}
	s := reviewed(t, lines...)
	s.do(func(tx themeday.Tx) error {
		return tx.PutFiling(themeday.Filing{Branch: "一", Year: 2026, At: bookAt("01-20 09:00"), By: 1})
	})
	r := s.review("一", 2026)
	if len(r.Problems) != 0 || len(r.Strengths) != 11 || r.Barred() || r.Running {
		t.Errorf("problems %v, strengths %d: %v", r.Problems, len(r.Strengths), r.Strengths)
	}
	s.at = bookAt("12-31 23:59")
	if !s.review("一", 2026).Running {
		t.Error("the last minute of the year is not of the year")
	}
}

func TestAYearOfNothingHasFiguresOfZeroAndNoPraise(t *testing.T) {
	s := newPlanStage(t) // 1 March 2026
	r := s.review("二", 2026)
	if r.Sum.Held != 0 || len(r.Strengths) != 0 || r.Sum.NoTrace != 2 || r.Months[2].State != themeday.ReviewOpen || !r.Running {
		t.Errorf("%+v", r.Sum)
	}
	if r := s.review("二", 2030); len(r.Problems) != 0 || r.Sum.NoTrace != 0 {
		t.Errorf("a year to come: %v", r.Problems)
	}
}

// The ledger's yearly figures and the review are reckoned apart; whoever holds one against the other finds the same.
func TestTheReviewAgreesWithTheLedger(t *testing.T) {
	ledger := newYear(t)
	ledger.rate(themeday.Scores{5, 5, 5, 5}, themeday.Scores{5, 5, 5, 5}, themeday.Scores{2, 2, 2, 2})
	for _, s := range []*planStage{ledger, reviewed(t, aYear...)} {
		r := s.review("一", 2026)
		rows := strings.Split(drawn(s.yearbook(false), "年度统计"), "\n")
		for i, m := range r.Months {
			if got := figuresOf(s, m); got != rows[i] {
				t.Errorf("the review has %s, the ledger %s", got, rows[i])
			}
		}
		a, voters := r.Sum.Attendance, 0
		for _, m := range r.Months {
			voters += m.Evaluation.Raters
		}
		if got := fmt.Sprintf("合计||已开展%d次|%d|%d|%d|%d|%d|%d|%d|达标%d次|%d|%d|按期%d次||上报%d次，按期%d次", r.Sum.Held, a.Due, a.Present, a.Remote, a.Leave, a.Absent, a.Guests, a.RatePercent(),
			r.Sum.MetMonths, voters, r.Sum.Evaluation.RatePercent(), r.Sum.NoticedInTime, r.Sum.Filed, r.Sum.FiledOnTime); got != rows[12] {
			t.Errorf("the review has %s, the ledger %s", got, rows[12])
		}
		if got := strings.Count(drawn(s.yearbook(false), "变更报备"), "\n") + 1; got != r.Sum.Moves {
			t.Errorf("%d changes of date, in the ledger %d", r.Sum.Moves, got)
		}
		if got := strings.Count(drawn(s.yearbook(false), "补学登记"), "逾期未补"); got != r.Sum.Makeup.Overdue {
			t.Errorf("%d overdue, in the ledger %d", r.Sum.Makeup.Overdue, got)
		}
	}
}

// figuresOf is a month of the review as the ledger's part 年度统计 writes it.
func figuresOf(s *planStage, m themeday.ReviewMonth) string {
	starts := ""
	if m.Dated() {
		starts = s.desk.Day(m.Starts).String()
	}
	if !m.Held() {
		return fmt.Sprintf("%s|%s|%s|||||||||||||", m.Month.Chinese(), starts, m.State)
	}
	said := func(is bool, yes, no string) string {
		if is {
			return yes
		}
		return no
	}
	rate, filed, at := "", "待上报", ""
	if m.Evaluation.Shown {
		rate = fmt.Sprint(m.Evaluation.RatePercent())
	}
	switch k := m.Record; {
	case k.PastDue:
		filed = "逾期未报"
	case k.OnTime():
		filed = "按期"
	case !k.Filed.IsZero():
		filed = fmt.Sprintf("逾期%d天", k.DaysLate)
	}
	if !m.Record.Filed.IsZero() {
		at = m.Record.Filed.Format("01-02 15:04")
	}
	a := m.Attendance
	return fmt.Sprintf("%s|%s|%s|%d|%d|%d|%d|%d|%d|%d|%s|%d|%s|%s|%s|%s", m.Month.Chinese(), starts, m.State, a.Due, a.Present, a.Remote, a.Leave, a.Absent, a.Guests, a.RatePercent(),
		said(a.Met, "达标", "未达标"), m.Evaluation.Raters, rate, said(m.NoticedInTime, "按期", "逾期"), at, filed)
}

func TestTheReviewNamesNobodyWhoWasAbsentAndNoReason(t *testing.T) {
	r := reviewed(t, aYear...).review("一", 2026)
	all := fmt.Sprintf("%+v", r)
	for _, secret := range []string{"同志", "住院", "太长"} {
		if strings.Contains(all, secret) {
			t.Errorf("%q stands in the review", secret)
		}
	}
}
