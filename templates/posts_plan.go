package templates

import (
	"time"

	"themeday"
)

// PlanMissingView says that a month has no date yet (R01).
type PlanMissingView struct {
	Head    `json:"-"`
	ID      themeday.BranchID `json:"branch"`
	MonthID string            `json:"month"` // 2026-03
}

// PlanMissing points out a month without a date.
func (p *Posts) PlanMissing(v PlanMissingView) (string, error) { return p.set.Text("plan_missing", v) }

// FilingDueView reminds of filing a year's plan (R04).
type FilingDueView struct {
	Head `json:"-"`
	ID   themeday.BranchID `json:"branch"`
	Year int               `json:"year"`
	Due  time.Time         `json:"due"` // the first instant that is too late
	Last time.Time         `json:"-"`   // the last day
	Days int               `json:"-"`   // until then
}

// FilingDue reminds of filing a year's plan.
func (p *Posts) FilingDue(v FilingDueView) (string, error) { return p.set.Text("filing_due", v) }

// ApprovalDueView says that an activity is not approved yet (R18 ②).
type ApprovalDueView struct {
	Head      `json:"-"`
	Activity  themeday.ActivityID `json:"activity"`
	Step      int                 `json:"step"` // 1 without topics, else 2
	Notice    time.Time           `json:"-"`    // when the notice is due
	Topics    []string            `json:"-"`
	Submitted bool                `json:"-"` // it waits for the committee
	Returned  string              `json:"-"` // why it was sent back, or empty
	NoContent bool                `json:"-"` // required content is not named (R16)
}

// ApprovalDue says what an approval still lacks.
func (p *Posts) ApprovalDue(v ApprovalDueView) (string, error) { return p.set.Text("approval_due", v) }

// ApprovalsDueView tells the committee of several activities that are not approved yet; its own figures are those of the first whose day it is.
type ApprovalsDueView struct {
	ApprovalDueView
	Waiting []ApprovalDueView `json:"activities"`
}

// ApprovalsDue says in one word which branches wait.
func (p *Posts) ApprovalsDue(v ApprovalsDueView) (string, error) {
	return p.set.Text("approvals_due", v)
}

// ApprovalAskedView asks the committee for approval.
type ApprovalAskedView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Starts   time.Time           `json:"starts"`
	Ends     time.Time           `json:"ends"`
	Place    string              `json:"place"`
	Topics   []string            `json:"topics"`
	Content  []string            `json:"content"`
}

// ApprovalAsked asks the committee for approval.
func (p *Posts) ApprovalAsked(v ApprovalAskedView) (string, error) {
	return p.set.Text("approval_asked", v)
}

// ApprovalGivenView tells the secretary that an activity is approved.
type ApprovalGivenView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Notice   time.Time           `json:"notice_at"`
	Now      bool                `json:"-"` // the notice goes out at once
}

// ApprovalGiven tells the secretary that an activity is approved.
func (p *Posts) ApprovalGiven(v ApprovalGivenView) (string, error) {
	return p.set.Text("approval_given", v)
}

// ApprovalReturnedView tells the secretary that an activity was sent back.
type ApprovalReturnedView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Reason   string              `json:"reason"`
}

// ApprovalReturned tells the secretary why an activity was sent back.
func (p *Posts) ApprovalReturned(v ApprovalReturnedView) (string, error) {
	return p.set.Text("approval_returned", v)
}

// DateChangedView tells the group of a new date; why is not the group's.
type DateChangedView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	From     time.Time           `json:"from"`
	To       time.Time           `json:"to"`
	Ends     time.Time           `json:"-"`
	Place    string              `json:"-"`
}

// DateChanged tells the group of a new date.
func (p *Posts) DateChanged(v DateChangedView) (string, error) { return p.set.Text("date_changed", v) }

// ChangeFiledView files a change of date with the committee (R05). From is nil for a first date.
type ChangeFiledView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	From     *time.Time          `json:"from"`
	To       time.Time           `json:"to"`
	Reason   string              `json:"reason"`
}

// ChangeFiled files a change of date with the committee.
func (p *Posts) ChangeFiled(v ChangeFiledView) (string, error) { return p.set.Text("change_filed", v) }

// PlanFiledView tells the committee of a year's plan that was filed (R04).
type PlanFiledView struct {
	Head `json:"-"`
	ID   themeday.BranchID `json:"branch"`
	Year int               `json:"year"`
	Late bool              `json:"late"`

	Receipt string   `json:"receipt"`
	Version int      `json:"version"`
	Changed []string `json:"-"` // from the second version on
}

// PlanFiled tells the committee of a year's plan that was filed.
func (p *Posts) PlanFiled(v PlanFiledView) (string, error) { return p.set.Text("plan_filed", v) }

func planSamples() map[string]any {
	h, a, topics := sampleHead(), themeday.ActivityID(sampleActivity), []string{"学习党章", "重温入党誓词"}
	starts, ends, from := sampleAt(13, 14, 30), sampleAt(13, 18, 30), sampleAt(12, 14, 30)
	return map[string]any{
		"plan_missing": PlanMissingView{Head: h, ID: "第一支部", MonthID: "2026-03"},
		"filing_due":   FilingDueView{Head: h, ID: "第一支部", Year: 2026, Due: sampleAt(1, 0, 0).AddDate(0, -1, 0), Last: sampleAt(31, 0, 0).AddDate(0, -2, 0), Days: 7},
		"approvals_due": ApprovalsDueView{ApprovalDueView: ApprovalDueView{Head: h, Activity: a, Step: 2}, Waiting: []ApprovalDueView{
			{Head: h, Activity: a, Step: 2, Notice: sampleAt(8, 9, 0), Submitted: true},
			{Head: Head{Branch: "第二支部", Month: "3月", When: sampleAt(13, 14, 0)}, Activity: "第二支部/2026-03", Step: 1, Notice: sampleAt(8, 9, 0)},
			{Head: Head{Branch: "第三支部", Month: "3月", When: sampleAt(14, 14, 0)}, Activity: "第三支部/2026-03", Step: 2, Notice: sampleAt(9, 9, 0)},
		}},
		"approval_due":      ApprovalDueView{Head: h, Activity: a, Step: 1, Notice: sampleAt(8, 9, 0)},
		"approval_asked":    ApprovalAskedView{Head: h, Activity: a, Starts: starts, Ends: ends, Place: "党员活动室", Topics: topics, Content: []string{"政治学习", "党性锻炼"}},
		"approval_given":    ApprovalGivenView{Head: h, Activity: a, Notice: sampleAt(8, 9, 0)},
		"approval_returned": ApprovalReturnedView{Head: h, Activity: a, Reason: "缺少党性锻炼内容"},
		"date_changed":      DateChangedView{Head: h, Activity: a, From: from, To: starts, Ends: ends, Place: "党员活动室"},
		"change_filed":      ChangeFiledView{Head: h, Activity: a, From: &from, To: starts, Reason: "会场检修"},
		"plan_filed":        PlanFiledView{Head: h, ID: "第一支部", Year: 2026, Late: true, Receipt: "第一支部-2026-1", Version: 1},
	}
}
