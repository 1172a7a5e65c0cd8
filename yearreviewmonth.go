package themeday

import "time"

// ReviewState says where a month of the review stands (R01).
type ReviewState string

// The states of a month.
const (
	ReviewHeld    ReviewState = "已开展"
	ReviewMissed  ReviewState = "未开展"  // it had a date, and nobody signed in
	ReviewNoTrace ReviewState = "无记录"  // past without a date, perhaps from before the branch was taken in
	ReviewOpen    ReviewState = "未排定"  // this month or a later one, without a date
	ReviewAhead   ReviewState = "未到时间" // it has a date
	ReviewNow     ReviewState = "进行中"
)

// ReviewMonth is a month in figures. Below Moves everything is told only of an activity that was held.
type ReviewMonth struct {
	Month           YearMonth
	State           ReviewState
	Topics, Content []string
	Links, Meetings []string  // R17, R24
	Planned, Starts time.Time // the date before it was ever changed, and the one that stands
	Moves           int       // changes of the date (R05)

	Attendance    ReviewAttendance
	Ways          ReviewWays
	Leaders       ReviewLeaders
	Short         bool          // under half a day (R02)
	Lasted        time.Duration // 0: nobody told
	Noticed       time.Time
	DaysAhead     int
	NoticedInTime bool // R06
	Steps         int  // of nine (R18)
	Evaluation    ReviewEvaluation
	Record        ReviewRecord
	Makeup        ReviewMakeup
	Photos        int
}

// ReviewAttendance is who came, in numbers: Due = Present + Remote + Leave + Absent (R12).
type ReviewAttendance struct {
	Due, Present, Remote, Leave, Absent, Guests int
	Met                                         bool
}

// RatePercent is the attendance in whole percent, rounded down.
func (a ReviewAttendance) RatePercent() int { return Percent(a.Present+a.Remote, a.Due) }

// ReviewWays is how the members who came were signed in (R33).
type ReviewWays struct {
	Self, Chain, Late, Proxy, After, Paper, Relayed, Remote int // After: by the secretary, after the end (补签)
}

// ReviewLeaders is the attendance of those members who are leaders (R09).
type ReviewLeaders struct{ Due, Came int }

// ReviewEvaluation is an evaluation as far as it may be told: the number of ballots, and the result once it is out and not of too few (R25).
type ReviewEvaluation struct {
	Raters    int
	Out       bool // the result was posted
	Shown     bool // Satisfied, RatePercent and Under may be told
	Satisfied int
	Under     bool // under the floor (R28)
}

// RatePercent is the satisfaction rate in whole percent, rounded down.
func (e ReviewEvaluation) RatePercent() int { return Percent(e.Satisfied, e.Raters) }

// ReviewRecord is the filing of the record form (R22).
type ReviewRecord struct {
	Due, Filed time.Time // Filed is zero until 上报
	DaysLate   int       // when it was filed, or, once it is overdue, up to now
	PastDue    bool      // not filed, and its time is over
}

// OnTime tells whether the form was filed in time.
func (r ReviewRecord) OnTime() bool { return !r.Filed.IsZero() && r.DaysLate == 0 }

// ReviewMakeup counts the make-up studies of an activity (R20): Owed is all of them.
type ReviewMakeup struct{ Owed, Done, Overdue int }

// Dated tells whether the month has a date.
func (m ReviewMonth) Dated() bool { return !m.Starts.IsZero() }

// Held tells whether the activity was held.
func (m ReviewMonth) Held() bool { return m.State == ReviewHeld }

// DateKept tells whether the activity was held on the day that was planned first.
func (m ReviewMonth) DateKept(zone *time.Location) bool {
	return DateOf(m.Planned, zone) == DateOf(m.Starts, zone)
}

// Punctual is what of a month was done in time, of what can be judged: the notice (R06), the date (R05) and, once it is filed or overdue, the
// record form (R22). Nothing is judged of a month without an activity.
type Punctual struct {
	Judged, Kept int
	Words        []string // each with what became of it
}

func (p *Punctual) judge(kept bool, good, bad string) {
	p.Judged++
	p.Kept += boolInt(kept)
	if kept {
		bad = good
	}
	p.Words = append(p.Words, bad)
}

// Punctual judges the month.
func (m ReviewMonth) Punctual() Punctual {
	var p Punctual
	if !m.Held() {
		return p
	}
	p.judge(m.NoticedInTime, "预告按时", "预告没有按时")
	p.judge(m.DateKept(m.Starts.Location()), "日期未改", "日期改过")
	if !m.Record.Filed.IsZero() || m.Record.PastDue {
		p.judge(m.Record.OnTime(), "纪实表按时", "纪实表逾期")
	}
	return p
}

// Punctuality is the share of what was done on time. It is known of activities that were held.
func (m ReviewMonth) Punctuality() (percent int, known bool) {
	p := m.Punctual()
	return Percent(p.Kept, p.Judged), p.Judged > 0
}
