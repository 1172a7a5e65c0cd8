package themeday

import "time"

// Rules are the figures of the regulation. Every one is a setting under `rules:`; the defaults are those of the regulation's reading.
type Rules struct {
	NoticeDays         int           // R06: calendar days before the activity that the notice is posted
	QuorumPercent      int           // R12
	RecordDays         int           // R22: calendar days after the activity to file the record form
	RecordOverdueMax   int           // R22: how many days overdue is repeated
	HalfDay            time.Duration // R02
	SatisfactionFloor  int           // R28: percent
	SatisfiedFrom      int           // R25: mean of the four from which a ballot is satisfied
	Strikes            int           // R28
	EvaluationOpen     time.Duration // R25: how long ballots are taken
	NoEvaluation       bool          // R25: the committee asks for none; step ⑧ is done with ⑦
	DimensionBallots   int           // R25: fewer ballots are not shown by dimension
	ResultBallots      int           // R25: of fewer ballots the group hears only the number
	PlanWarnDays       []int         // R01: days of the month
	PlanWarnBeforeEnd  int           // R01: days before the month's end
	PlanCommitteeDay   int           // R01: from this day of the month the committee hears it too
	FilingMonth        int           // R04
	FilingDay          int           // R04: the last day to file the year's plan
	FilingWarnDays     []int         // R04: days before it
	TopicDueBefore     int           // R16: days before the month's end by which a compulsory topic is to be planned
	TopicWarnDays      []int         // R16: days before that on which the branch is reminded
	Links              []string      // R17: the programmes with which an activity may be linked
	ApprovalDays       []int         // R18: days before the activity
	ForecastDays       int           // R12
	ReminderDays       int           // R06
	ChecklistBefore    time.Duration // R23
	Checklist          []string      // R23: the items
	SignInBefore       time.Duration // R18
	AttendanceAfter    time.Duration // R18: after the start, unless 开始 comes first
	ProgressAfter      time.Duration // how long sign-ins are gathered before the group hears of them
	MakeupDays         int           // R20
	MakeupWarnDays     []int         // R20: days before it is due
	RectifyDays        int           // R28: calendar days to put right what barred from awards
	RectifyWarnDays    []int         // R28: days before it is due
	RectifyOverdueMax  int           // R28: how many days overdue is repeated
	FindingDays        int           // R30: calendar days to answer a finding
	FindingWarnDays    []int         // R30: days before it is due
	FindingOverdueMax  int           // R30: how many days overdue is repeated
	CaseQuotaPercent   int           // R29: best cases a quarter, in percent of the branches; at least one
	RankResults        int           // R28: of fewer results a branch is not ranked
	RankBallots        int           // R28: nor of fewer ballots
	AbsentInRow        int           // R32
	AbsentInYear       int           // R32
	AbsenceAfter       int           // R32: days after the activity that the secretary hears
	AbsenceCommittee   int           // R32: days after the activity that the committee hears
	LateAfter          time.Duration // R06: a notice this long after its time is marked 逾期
	ObjectWithin       time.Duration // R33: from when somebody was told until his objection counts as late
	ObjectionRemind    int           // R33: days without an answer until the secretary is reminded
	ObjectionCommittee int           // R33: days without an answer until the committee hears of it
	UndoWithin         time.Duration
	CodeWithin         time.Duration // how long a binding code holds
	CommentDays        int           // R27: days after the end in which a leader may comment
	GuideVisits        int           // R10: visits of a guided branch that a quarter asks for
	GuideWarnDays      int           // R10: days before the quarter's end that unvisited branches are named
	DigestRepeatDays   int           // days until a digest says something again that is not pressing
	CodeTries          int           // wrong codes a day before a speaker is locked out
}

// DefaultRules are the regulation's own figures.
func DefaultRules() Rules {
	return Rules{
		NoticeDays: 5, QuorumPercent: 80, RecordDays: 2, RecordOverdueMax: 7, HalfDay: 4 * time.Hour,
		SatisfactionFloor: 60, SatisfiedFrom: 4, Strikes: 3, EvaluationOpen: 24 * time.Hour, DimensionBallots: 5, ResultBallots: 3,
		PlanWarnDays: []int{10, 20}, PlanWarnBeforeEnd: 5, PlanCommitteeDay: 20,
		FilingMonth: 1, FilingDay: 31, FilingWarnDays: []int{7, 1},
		TopicDueBefore: 10, TopicWarnDays: []int{7, 1}, Links: []string{"两学一做", "不忘初心牢记使命", "基层党组织建设", "中心工作"},
		ApprovalDays: []int{8, 6}, ForecastDays: 2, ReminderDays: 1,
		ChecklistBefore: time.Hour, Checklist: []string{"党旗", "徽章"},
		SignInBefore: 30 * time.Minute, AttendanceAfter: 15 * time.Minute, ProgressAfter: time.Minute,
		MakeupDays: 14, MakeupWarnDays: []int{7, 1},
		RectifyDays: 30, RectifyWarnDays: []int{7, 1}, RectifyOverdueMax: 7, FindingDays: 15, FindingWarnDays: []int{3}, FindingOverdueMax: 7, RankResults: 3, RankBallots: 10, CaseQuotaPercent: 10,
		AbsentInRow: 2, AbsentInYear: 3, AbsenceAfter: 3, AbsenceCommittee: 10,
		CommentDays: 7, GuideVisits: 1, GuideWarnDays: 15,
		ObjectWithin: 24 * time.Hour, ObjectionRemind: 3, ObjectionCommittee: 7,
		LateAfter: 15 * time.Minute, UndoWithin: 10 * time.Minute, CodeWithin: 24 * time.Hour, CodeTries: 5, DigestRepeatDays: 7,
	}
}
