package themeday

import (
	"fmt"
	"slices"
	"time"
)

// RecordForm is what the record form (纪实表, R22) says of one activity, drawn from the facts as they stand; its times are in the desk's zone.
// It goes to the committee. So nobody's reasons are in it, neither of a leave nor of a sign-in by another: they stay with the branch (R13).
// Nor are single ballots and remarks (R25).
type RecordForm struct {
	Activity ActivityID
	Branch   string
	Month    YearMonth
	Over     bool // the activity has ended: who is not signed in is absent

	Topics, Content, Agenda []string
	Compulsory, Own         bool      // there are compulsory topics, and the branch's own (R16)
	Links                   []FormTag // the programmes of the rules, and those that it names beside them (R17)
	Meetings                []FormTag // as which it may count too (R24)
	Place                   string
	Planned                 time.Time // the date before it was ever changed
	Starts, Ends            time.Time // as arranged
	Began, Ended            time.Time // as told; zero when nobody told
	Short                   bool      // under half a day (R02)
	Moves                   []DateChange
	Checklist               []CheckedItem

	Host, HostOffice, HostWhy string // HostWhy: why not the secretary (R19)
	Recorder                  string
	Steps                     [9]StepTaken
	DaysAhead                 int       // of the notice (R06)
	NoticeLate                bool      // it came out fewer days ahead than the rule asks for
	PlanFiled                 time.Time // of the year's plan (R04); zero: it was not

	Tally       Tally
	QuorumMet   bool
	Members     []FormMember // in roster order, everybody who counts
	Guests      []FormGuest
	Minutes     []FormMinute
	Comments    []FormComment
	Evaluation  FormEvaluation
	Summary     string
	Photos      []FormPhoto
	Due, Filed  time.Time // Filed is zero until 上报
	FiledBy     string
	DaysLate    int          // of the first filing (R22)
	Version     int          // 0 until it was filed; one more than was filed when something has been corrected since
	Filings     []FormFiling // by version
	Corrections []Correction
	Head        Head     // of the ledger, when the form was made (R33)
	Missing     []string // what the facts do not give, by the names of the form's fields
}

// FormFiling is a version of the form that was filed.
type FormFiling struct {
	Version int
	At      time.Time
	By      string
}

// Frozen tells whether this version was filed; else it is a draft.
func (f RecordForm) Frozen() bool {
	return slices.ContainsFunc(f.Filings, func(v FormFiling) bool { return v.Version == f.Version })
}

// Held tells whether anybody was there. Of an activity that was not held there is no real date, and nobody was absent from it.
func (f RecordForm) Held() bool {
	return f.Tally.Present+f.Tally.Remote+f.Tally.Guests > 0 || !f.Steps[SigningIn-1].At.IsZero()
}

// NotHeld tells whether the activity is over and nobody was there (未开展).
func (f RecordForm) NotHeld() bool { return f.Over && !f.Held() }

// CheckedItem is an item of the checklist and whether it was ticked (R23).
type CheckedItem struct {
	Item   string
	Ticked bool
}

// FormTag is a name and whether it was said of the activity.
type FormTag struct {
	Name   string
	Ticked bool
}

// formTags are all names, ticked where they were said, and behind them what was said beside them.
func formTags(all, said []string) []FormTag {
	var out []FormTag
	for _, name := range all {
		out = append(out, FormTag{name, slices.Contains(said, name)})
	}
	for _, name := range said {
		if !slices.Contains(all, name) {
			out = append(out, FormTag{name, true})
		}
	}
	return out
}

// StepTaken is a step with the name of who took it.
type StepTaken struct {
	At time.Time
	By string
}

// FormMember is a member's line: where he stands and how that came about.
type FormMember struct {
	Number     int
	Name       string
	PartyGroup string
	Category   Category
	Leader     bool
	Standing   Standing
	How        How       // of a sign-in
	At         time.Time // of a sign-in
	Entered    time.Time // when it was written down
	Afterwards bool      // it was written down afterwards: At is not when he came
	EnteredBy  string    // who signed him in, when he did not himself
	Way        string    // how a frail member took part (R15)
	Leave      *FormLeave
	Makeup     *FormMakeup
}

// Standing is where a member stands in the tally.
type Standing string

// The standings: their counts are the sums of the form.
const (
	StandsPresent Standing = "到会"
	StandsRemote  Standing = "送学"
	StandsLeave   Standing = "请假"
	StandsAbsent  Standing = "缺席"
)

// FormLeave is a leave without its reason.
type FormLeave struct {
	Number  string // as the ledger numbers the slip: 03-01
	State   LeaveState
	Late    bool
	Asked   time.Time
	Decided time.Time
	By      string
}

// FormMakeup is where a make-up study stands (R20).
type FormMakeup struct {
	State   MakeupState
	Due     time.Time
	Handed  time.Time
	Decided time.Time
	By      string
}

// FormGuest is somebody who was invited or came and does not count in R12.
type FormGuest struct {
	Name   string
	Kind   string
	Leader bool
	Came   bool
	How    How
	At     time.Time

	Entered    time.Time
	Afterwards bool // as of a member
}

// FormMinute is a line of the minutes with who wrote it.
type FormMinute struct {
	Kind    MinuteKind
	Text    string
	Speaker string
	At      time.Time
	Later   bool // written down on another day than the activity's
}

// FormComment is what somebody who came said of the activity (R27).
type FormComment struct {
	Name, Office string
	Text         string
	Parts        []CommentPart
	At           time.Time
	Dictated     string // who wrote it down, when he did not himself
}

// FormEvaluation is the evaluation as far as it may be told: until the result is out only the number of ballots.
type FormEvaluation struct {
	Opened, Closes, Result time.Time
	Participants, Raters   int
	Shown                  bool // Satisfied and RatePercent may be told
	Satisfied, RatePercent int
	Means                  []float64 // of Dimensions; none from too few ballots
	Shares                 []int     // of Dimensions: the percent of ballots from SatisfiedFrom on; told with Means
	SatisfiedFrom          int
	Outside, Together      *RateFigures // invited outsiders, apart and with the others (R26); nil when nothing of them is told
}

// FormPhoto is a photo of the activity.
type FormPhoto struct {
	ID      string
	By      string
	At      time.Time
	Caption string
}

// RecordForm draws the record form of an activity from the facts; sums that do not add up are an error.
func (d Desk) RecordForm(tx Tx, a Activity) (RecordForm, error) {
	return d.RecordFormAt(tx, a, time.Time{})
}

// RecordFormAt is the form as it stands at an instant: an activity whose time has passed is over though nobody said so.
func (d Desk) RecordFormAt(tx Tx, a Activity, at time.Time) (RecordForm, error) {
	if !a.Dated() {
		return RecordForm{}, Refuse(NotFound, R22, "%s还没有排定主题党日，没有纪实表", a.Month.Chinese())
	}
	f := &formFiller{d: d.For(a), tx: tx, a: a, at: at}
	for _, fill := range []func() error{f.load, f.arrangement, f.people, f.attendance, f.guests, f.minutes, f.comments, f.evaluation, f.filing, f.head} {
		if err := fill(); err != nil {
			return RecordForm{}, fmt.Errorf("record form of %s: %w", a.ID, err)
		}
	}
	f.form.Missing = f.form.missing(f.d.Rules)
	if err := f.form.CheckSums(); err != nil {
		return RecordForm{}, err
	}
	return f.form, nil
}

// Lasted is how long the activity really was; false when nobody told its beginning or its end.
func (f RecordForm) Lasted() (time.Duration, bool) {
	if f.Began.IsZero() || f.Ended.IsZero() {
		return 0, false
	}
	return f.Ended.Sub(f.Began), true
}

// Said are the lines of the minutes of one kind.
func (f RecordForm) Said(kind MinuteKind) []FormMinute {
	var out []FormMinute
	for _, m := range f.Minutes {
		if m.Kind == kind {
			out = append(out, m)
		}
	}
	return out
}

// Leaders are the guiding leaders who came (R10).
func (f RecordForm) Leaders() []string {
	var out []string
	for _, g := range f.Guests {
		if g.Leader && g.Came {
			out = append(out, g.Name)
		}
	}
	return out
}

// missing names what the facts do not give and the regulation asks for.
func (f RecordForm) missing(r Rules) []string {
	var out []string
	lack := func(is bool, name string) {
		if is {
			out = append(out, name)
		}
	}
	lack(len(f.Topics) == 0, "主题")
	lack(len(f.Content) == 0, "内容")
	lack(!f.Held(), "实际日期")
	lack(f.Began.IsZero(), "实际开始时间")
	lack(f.Ended.IsZero(), "实际结束时间")
	lack(f.Place == "", "地点")
	for _, c := range f.Checklist {
		lack(!c.Ticked, c.Item)
	}
	lack(f.Host == "", "主持人")
	lack(f.Recorder == "", "记录人")
	for s := Deciding; s <= Reporting; s++ {
		lack(f.Steps[s-1].At.IsZero(), s.Row().Name)
	}
	lack(len(f.Agenda) == 0, "议程")
	lack(len(f.Said(Noted)) == 0, "讨论发言")
	lack(len(f.Said(Agreed)) == 0, "共识")
	lack(len(f.Said(Assigned)) == 0, "议定事项")
	lack(len(f.Leaders()) > 0 && len(f.Comments) == 0, "领导点评")
	lack(f.Evaluation.Raters == 0 && !r.NoEvaluation, "测评")
	lack(f.Summary == "", "总结")
	switch len(f.Photos) {
	case 0:
		lack(true, "照片")
	case 1:
		lack(true, "第二张照片")
	}
	for _, m := range f.Members {
		lack(f.Over && f.Held() && m.Makeup == nil && (m.Standing == StandsLeave || m.Standing == StandsAbsent), m.Name+"的补学")
	}
	return out
}

// Lacks tells whether a field is among those that are missing.
func (f RecordForm) Lacks(name string) bool {
	for _, m := range f.Missing {
		if m == name {
			return true
		}
	}
	return false
}

// CheckSums holds the figures of the form against its lines: due = present + remote + leave + absent, each as many as there are lines.
func (f RecordForm) CheckSums() error {
	t := f.Tally
	if t.Due != t.Present+t.Remote+t.Leave+t.Absent {
		return fmt.Errorf("record form of %s: due %d is not present %d + remote %d + leave %d + absent %d", f.Activity, t.Due, t.Present, t.Remote, t.Leave, t.Absent)
	}
	lines, ways := map[Standing]int{}, 0
	for _, m := range f.Members {
		lines[m.Standing]++
		if m.How != "" {
			ways++
		}
	}
	came := 0
	for _, g := range f.Guests {
		if g.Came {
			came++
		}
	}
	for _, sum := range []struct {
		name         string
		said, counts int
	}{
		{"due", t.Due, len(f.Members)},
		{"present", t.Present, lines[StandsPresent]},
		{"remote", t.Remote, lines[StandsRemote]},
		{"leave", t.Leave, lines[StandsLeave]},
		{"absent", t.Absent, lines[StandsAbsent]},
		{"signed in", t.Present + t.Remote, ways},
		{"guests", t.Guests, came},
	} {
		if sum.said != sum.counts {
			return fmt.Errorf("record form of %s: %s is %d, but its lines are %d", f.Activity, sum.name, sum.said, sum.counts)
		}
	}
	return nil
}
