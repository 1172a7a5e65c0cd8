package templates

import (
	"time"

	"themeday"
)

// NoticeView is the notice of an activity (预告, R06).
type NoticeView struct {
	Head      `json:"-"`
	Activity  themeday.ActivityID `json:"activity"`
	Starts    time.Time           `json:"starts"`
	Ends      time.Time           `json:"ends"`
	Place     string              `json:"place"`
	Topics    []string            `json:"topics"`
	DaysAhead int                 `json:"days_ahead"` // calendar days from the sending to the activity
	Late      bool                `json:"late"`       // it goes out after its time (逾期)
	Agenda    []string            `json:"-"`
	Host      string              `json:"-"`
	Moved     bool                `json:"-"` // the date was changed
}

// Notice is the notice of an activity.
func (p *Posts) Notice(v NoticeView) (string, error) { return p.set.Text("notice", v) }

// ForecastView tells the secretary how many will come (R12).
type ForecastView struct {
	Head       `json:"-"`
	Activity   themeday.ActivityID `json:"activity"`
	Due        int                 `json:"due"`
	Leave      int                 `json:"leave"`
	Expected   int                 `json:"expected"`
	Need       int                 `json:"need"`
	AtRisk     bool                `json:"at_risk"`
	Percent    int                 `json:"-"`
	NoRecorder bool                `json:"-"` // nobody is named to write the minutes (R11)
}

// Missing is how many more are needed.
func (v ForecastView) Missing() int { return v.Need - v.Expected }

// Forecast tells the secretary how many will come.
func (p *Posts) Forecast(v ForecastView) (string, error) { return p.set.Text("forecast", v) }

// ReminderView reminds the group of an activity.
type ReminderView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Starts   time.Time           `json:"starts"`
	Day      string              `json:"-"` // 今天, 明天, 后天, or empty
	Opens    time.Time           `json:"-"` // when sign-ins are taken
	Place    string              `json:"-"`
	Topics   []string            `json:"-"`
}

// Reminder reminds the group of an activity.
func (p *Posts) Reminder(v ReminderView) (string, error) { return p.set.Text("reminder", v) }

// ChecklistView tells the secretary what is not ticked yet (R23).
type ChecklistView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Open     []string            `json:"open"`
}

// Checklist tells the secretary what is not ticked yet.
func (p *Posts) Checklist(v ChecklistView) (string, error) { return p.set.Text("checklist", v) }

// SignInOpenView calls the members together (R18 ④).
type SignInOpenView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Closes   time.Time           `json:"closes"`
	Place    string              `json:"-"`
	Code     bool                `json:"-"` // the day's code is asked for
	Begun    bool                `json:"-"` // it is past the start
}

// SignInOpen calls the members together.
func (p *Posts) SignInOpen(v SignInOpenView) (string, error) { return p.set.Text("signin_open", v) }

// SignInProgressView acknowledges gathered sign-ins.
type SignInProgressView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Present  int                 `json:"present"`
	Due      int                 `json:"due"`
	Names    []string            `json:"-"` // the new ones
	Guests   int                 `json:"-"` // new guests
	Reported bool                `json:"-"` // attendance was reported before: what has become of it is told here
	Rate     int                 `json:"-"` // percent, rounded down
	Percent  int                 `json:"-"` // the quorum
	Met      bool                `json:"-"`
}

// SignInProgress acknowledges gathered sign-ins.
func (p *Posts) SignInProgress(v SignInProgressView) (string, error) {
	return p.set.Text("signin_progress", v)
}

// AttendanceView reports attendance (R12, R18 ⑥).
type AttendanceView struct {
	Head        `json:"-"`
	Activity    themeday.ActivityID `json:"activity"`
	Due         int                 `json:"due"`
	Present     int                 `json:"present"`
	Remote      int                 `json:"remote"`
	Leave       int                 `json:"leave"`
	Absent      int                 `json:"absent"`
	RatePercent int                 `json:"rate_percent"` // rounded down
	QuorumMet   bool                `json:"quorum_met"`
	Percent     int                 `json:"-"` // what is asked
	Need        int                 `json:"-"`
	Guests      int                 `json:"-"`
	Over        bool                `json:"-"` // the activity has ended
}

// Attendance reports attendance.
func (p *Posts) Attendance(v AttendanceView) (string, error) { return p.set.Text("attendance", v) }

// AbsentView tells the secretary who is not there.
type AbsentView struct {
	Asked    []string `json:"-"` // those of them who asked for leave, late or in vain
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Names    []string            `json:"names"`
	Over     bool                `json:"-"`
	Example  string              `json:"-"` // one of them who is not the secretary himself; empty when there is none
}

// Absent tells the secretary who is not there.
func (p *Posts) Absent(v AbsentView) (string, error) { return p.set.Text("absent", v) }

// ClaimLine is somebody who was signed in by another's line of a #接龙.
type ClaimLine struct {
	Name string `json:"name"`
	By   string `json:"by"`
}

// SignInClaimsView tells the secretary of lines that were typed for others.
type SignInClaimsView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Claims   []ClaimLine         `json:"claims"`
	Verb     string              `json:"-"` // 代签 or 补签
}

// SignInClaims tells the secretary of lines that were typed for others.
func (p *Posts) SignInClaims(v SignInClaimsView) (string, error) {
	return p.set.Text("signin_claims", v)
}

func daySamples() map[string]any {
	h, a, topics := sampleHead(), themeday.ActivityID(sampleActivity), []string{"学习党章", "重温入党誓词"}
	starts, ends := sampleAt(13, 14, 30), sampleAt(13, 18, 30)
	return map[string]any{
		"notice": NoticeView{
			Head: h, Activity: a, Starts: starts, Ends: ends, Place: "党员活动室", Topics: topics, DaysAhead: 5,
			Agenda: []string{"重温誓词", "学习讨论"}, Host: "王强",
		},
		"forecast":        ForecastView{Head: h, Activity: a, Due: 12, Leave: 1, Expected: 11, Need: 10, Percent: 80},
		"reminder":        ReminderView{Head: h, Activity: a, Starts: starts, Day: "明天", Opens: sampleAt(13, 14, 0), Place: "党员活动室", Topics: topics},
		"checklist":       ChecklistView{Head: h, Activity: a, Open: []string{"党旗", "徽章"}},
		"signin_open":     SignInOpenView{Head: h, Activity: a, Closes: ends, Place: "党员活动室"},
		"signin_progress": SignInProgressView{Head: h, Activity: a, Present: 5, Due: 12, Names: []string{"张三", "李四"}},
		"attendance":      AttendanceView{Head: h, Activity: a, Due: 12, Present: 10, Remote: 1, Leave: 1, RatePercent: 91, QuorumMet: true, Percent: 80, Need: 10},
		"absent":          AbsentView{Head: h, Activity: a, Names: []string{"赵六", "钱七"}, Example: "赵六"},
		"signin_claims":   SignInClaimsView{Head: h, Activity: a, Claims: []ClaimLine{{Name: "李四", By: "张三"}}, Verb: "代签"},
	}
}
