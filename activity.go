package themeday

import (
	"strings"
	"time"
)

// ActivityID is a branch's id and the month: 第一支部/2026-03.
type ActivityID string

// ActivityOf makes the id of a branch's activity of a month.
func ActivityOf(b BranchID, m YearMonth) ActivityID { return ActivityID(string(b) + "/" + m.String()) }

// Parts are the branch and the month that an id was made of.
func (id ActivityID) Parts() (BranchID, YearMonth) {
	i := max(0, strings.LastIndexByte(string(id), '/'))
	m, err := ParseYearMonth(strings.TrimPrefix(string(id[i:]), "/"))
	if err != nil {
		return BranchID(id), YearMonth{}
	}
	return BranchID(id[:i]), m
}

// Activity is a branch's theme day of one month (主题党日). Times are instants; zero means not yet.
type Activity struct {
	ID       ActivityID
	Branch   BranchID
	Month    YearMonth
	Version  int // how often its date was set; part of the keys of its posts
	Starts   time.Time
	Ends     time.Time
	Place    string
	Topics   []string
	Content  []string // what it consists of: 政治学习, 党性锻炼, … (R16)
	Agenda   []string
	Host     PersonID // who hosts by delegation (R19); 0: the secretary
	HostWhy  string
	Recorder PersonID // who was named for this one (R11); 0: the standing recorder

	Submitted time.Time // last sent to the committee for approval (报审)
	Returned  time.Time // last sent back by it
	ReturnWhy string

	Code      string // the day's sign-in code; empty: none asked
	Began     time.Time
	Ended     time.Time // real end, or the planned one once the bot opened the evaluation
	Evaluated time.Time // when the evaluation was opened
	Closes    time.Time // when it closes
	Result    time.Time // when its result was posted
	Summary   string
	Filed     time.Time // when the record form was first filed (上报)
	FiledBy   PersonID

	Steps [9]StepDone // evidence of the nine steps; index Step-1

	Compulsory []TopicMark `json:",omitempty"` // which topic plans a compulsory one though it does not name it (R16)
	Links      []string    `json:",omitempty"` // with which of the four programmes it is linked (R17)
	Meetings   []string    `json:",omitempty"` // as which meetings it counts too (R24)

	Undone int // how often 开始 or 结束 was taken back; part of the keys of the posts that come anew
}

// Dated tells whether the activity has a date.
func (a Activity) Dated() bool { return !a.Starts.IsZero() }

// Approved tells whether the committee has approved it (step ②).
func (a Activity) Approved() bool { return a.Done(Approving) }

// Done tells whether a step is completed.
func (a Activity) Done(s Step) bool { return !a.Steps[s-1].At.IsZero() }

// complete notes a step once; a second time changes nothing.
func (a *Activity) complete(s Step, at time.Time, by PersonID) {
	if !a.Done(s) {
		a.Steps[s-1] = StepDone{At: at, By: by}
	}
}

// EndAt is when the activity ends as far as is known: really, or as planned.
func (a Activity) EndAt() time.Time {
	if !a.Ended.IsZero() {
		return a.Ended
	}
	return a.Ends
}

// BeginAt is when the activity begins as far as is known: really, or as planned.
func (a Activity) BeginAt() time.Time {
	if !a.Began.IsZero() {
		return a.Began
	}
	return a.Starts
}

// SignInOpens is the instant from which sign-ins are taken (R18 ⑤).
func (a Activity) SignInOpens(r Rules) time.Time { return a.Starts.Add(-r.SignInBefore) }

// AttendanceAt is the instant at which attendance is reported (R18 ⑥): 15 minutes after the start, or at 开始.
func (a Activity) AttendanceAt(r Rules) time.Time {
	cut := a.Starts.Add(r.AttendanceAfter)
	if !a.Began.IsZero() && a.Began.Before(cut) {
		return a.Began
	}
	return cut
}

// ClosesAt is when the evaluation closes: 24 hours after it opened, or after the end as far as is known (R25).
func (a Activity) ClosesAt(r Rules) time.Time {
	if !a.Closes.IsZero() {
		return a.Closes
	}
	return a.EndAt().Add(r.EvaluationOpen)
}

// Late tells whether a sign-in at an instant is a late one: after the start and after attendance was reported (R33).
func (a Activity) Late(at time.Time, r Rules) bool {
	return at.After(a.Starts) && !at.Before(a.AttendanceAt(r))
}

// Over tells whether the activity has ended by an instant.
func (a Activity) Over(at time.Time) bool { return !at.Before(a.EndAt()) }

// Topic joins the topics for a sentence.
func (a Activity) Topic() string {
	if len(a.Topics) == 0 {
		return "主题待定"
	}
	return strings.Join(a.Topics, "；")
}

// DateChange is one change of an activity's date, filed with the committee (R05).
type DateChange struct {
	Activity ActivityID
	Version  int
	From, To time.Time
	Why      string
	At       time.Time
	By       PersonID
}

// required are the kinds of content of which an approved activity has at least one (R16), in both scripts.
var required = []string{"政治学习", "政治學習", "党性锻炼", "黨性鍛鍊", "黨性鍛煉"}

// tellingWords say which required content a topic plainly is, when the secretary named none.
var tellingWords = []struct {
	content string
	words   []string
}{
	{"政治学习", []string{"学习", "學習", "党课", "黨課", "党章", "黨章", "党史", "黨史", "党规", "黨規", "理论", "理論", "精神", "宣讲", "宣講", "讲话", "講話", "思想"}},
	{"党性锻炼", []string{"党性", "黨性", "誓词", "誓詞", "宣誓", "先烈", "红色", "紅色", "志愿书", "志願書", "烈士", "革命"}},
}

// ContentOf reads from the topics which required content they plainly are; empty when they do not say.
func ContentOf(topics []string) []string {
	var out []string
	for _, t := range tellingWords {
		for _, w := range t.words {
			if strings.Contains(strings.Join(topics, " "), w) {
				out = append(out, t.content)
				break
			}
		}
	}
	return out
}

// CanSubmit tells whether an activity may go to the committee: a date, a topic (step ①) and required content (R16).
func CanSubmit(a Activity) error {
	m := a.Month.Chinese()
	switch {
	case !a.Dated():
		return Refuse(Missing, R03, "%s还没有日期。请发：改期 %s 日期 14:00 事由", m, m)
	case len(a.Topics) == 0:
		return Refuse(Missing, R18, "缺第①步：支委会确定主题。请发：主题 %s 学习党章", m)
	case !hasRequired(a.Content):
		return Refuse(Missing, R16, "内容里没有政治学习或党性锻炼，不能报审。请发：内容 %s 政治学习、党性锻炼", m)
	}
	return nil
}

func hasRequired(content []string) bool {
	for _, c := range content {
		for _, r := range required {
			if strings.Contains(c, r) {
				return true
			}
		}
	}
	return false
}

// CanApprove tells whether the committee may approve an activity at an instant (R16, R18 ②): submitted, with required content, not yet past.
func CanApprove(a Activity, at time.Time) error {
	m := a.Month.Chinese()
	switch {
	case a.Approved():
		return Refuse(Conflict, R18, "%s%s已经审定过了", a.Branch, m)
	case a.Submitted.IsZero() || a.Returned.After(a.Submitted):
		return Refuse(Missing, R18, "%s%s还没有报审。请支部书记发：报审 %s", a.Branch, m, m)
	case !at.Before(a.Starts):
		return Refuse(TooLate, R18, "%s%s活动已到开始时间，未经审定不能算开展。请支部书记先在当月改期", a.Branch, m)
	}
	return CanSubmit(a)
}
