package templates

import (
	"time"

	"themeday"
)

// EvaluationOpenView asks the group to rate (R25).
type EvaluationOpenView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Closes   time.Time           `json:"closes"`
}

// Dimensions are the four things that are rated.
func (EvaluationOpenView) Dimensions() [4]string { return themeday.Dimensions }

// EvaluationOpen asks the group to rate.
func (p *Posts) EvaluationOpen(v EvaluationOpenView) (string, error) {
	return p.set.Text("evaluation_open", v)
}

// EvaluationProgressView acknowledges gathered ballots by their number.
type EvaluationProgressView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Raters   int                 `json:"raters"`
}

// EvaluationProgress acknowledges gathered ballots.
func (p *Posts) EvaluationProgress(v EvaluationProgressView) (string, error) {
	return p.set.Text("evaluation_progress", v)
}

// EvaluationWithdrawnView tells the group that the end, and with it the evaluation, was told too early.
type EvaluationWithdrawnView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
}

// EvaluationWithdrawn tells the group that the end was told too early.
func (p *Posts) EvaluationWithdrawn(v EvaluationWithdrawnView) (string, error) {
	return p.set.Text("evaluation_withdrawn", v)
}

// Mean is the mean of one dimension, as a text with one decimal.
type Mean struct{ Name, Mean string }

// EvaluationResultView tells the group the result of an evaluation (R25, R28).
type EvaluationResultView struct {
	Head        `json:"-"`
	Activity    themeday.ActivityID `json:"activity"`
	Raters      int                 `json:"raters"`
	Satisfied   int                 `json:"satisfied"`
	RatePercent int                 `json:"rate_percent"` // rounded down
	Dimensions  []float64           `json:"dimensions"`   // the four means, one decimal; none without ballots
	Means       []Mean              `json:"-"`            // the same for the text
	// Invited outsiders, apart and together with the others (R26); nil when there were none or so few that nothing is told.
	Outside       *themeday.RateFigures `json:"outside,omitempty"`
	Together      *themeday.RateFigures `json:"together,omitempty"`
	Participants  int                   `json:"-"` // who took part, guests included
	SatisfiedFrom int                   `json:"-"`
	Few           int                   `json:"-"` // from how many ballots on the means are shown
	Least         int                   `json:"-"` // from how many ballots on anything but their number is told
}

// Secret tells whether the figures of so few ballots would tell how one of them voted.
func (v EvaluationResultView) Secret() bool { return v.Raters < v.Least }

// Rated tells whether the text names a rate, and so has to say what that is.
func (v EvaluationResultView) Rated() bool { return v.Raters > 0 && !v.Secret() || v.Outside != nil }

// EvaluationResult tells the group the result of an evaluation.
func (p *Posts) EvaluationResult(v EvaluationResultView) (string, error) {
	return p.set.Text("evaluation_result", v)
}

// RecordDueView reminds of the record form (R22).
type RecordDueView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Due      time.Time           `json:"due"` // the first instant that is too late
	Last     time.Time           `json:"-"`   // the last day
	Today    bool                `json:"-"`   // it is today
	Missing  []string            `json:"-"`   // the steps not completed
	Next     string              `json:"-"`   // what the first of them takes
}

// RecordDue reminds of the record form.
func (p *Posts) RecordDue(v RecordDueView) (string, error) { return p.set.Text("record_due", v) }

// RecordOverdueView says that a record form is overdue (R22).
type RecordOverdueView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Days     int                 `json:"days"`
	Last     time.Time           `json:"-"`
	Missing  []string            `json:"-"`
	Next     string              `json:"-"`
}

// RecordOverdue says that a record form is overdue.
func (p *Posts) RecordOverdue(v RecordOverdueView) (string, error) {
	return p.set.Text("record_overdue", v)
}

// RecordFiledView tells the committee that a record form was filed.
type RecordFiledView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Filed    time.Time           `json:"filed_at"`
	Days     int                 `json:"days"` // overdue, 0 in time
	Version  int                 `json:"version"`
	SHA256   string              `json:"sha256,omitempty"`  // of the form's bytes
	Changed  []string            `json:"changed,omitempty"` // since the version that was filed before
}

// RecordFiled tells the committee that a record form was filed.
func (p *Posts) RecordFiled(v RecordFiledView) (string, error) { return p.set.Text("record_filed", v) }

// ViolationView says which rule was broken; the figures that its text needs are those of that rule.
type ViolationView struct {
	Head     `json:"-"`
	Rule     themeday.Rule       `json:"rule"`
	Activity themeday.ActivityID `json:"activity,omitempty"`
	MonthID  string              `json:"month,omitempty"`
	Due      int                 `json:"-"` // R12
	Present  int                 `json:"-"`
	Rate     int                 `json:"-"`
	Percent  int                 `json:"-"`
	Lasted   string              `json:"-"` // R02: 3小时10分
	HalfDay  string              `json:"-"`
}

// Violation says which rule was broken.
func (p *Posts) Violation(v ViolationView) (string, error) { return p.set.Text("violation", v) }

// AbsenceLine is a member who was absent without leave too often.
type AbsenceLine struct {
	Name    string `json:"name"`
	InRow   int    `json:"in_row"`
	InYear  int    `json:"in_year"`
	Grounds string `json:"reason"` // which the rule gives, with its months
}

// AbsenceView lists who was absent without leave too often (R32).
type AbsenceView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Members  []AbsenceLine       `json:"members"`
}

// Absence lists who was absent without leave too often.
func (p *Posts) Absence(v AbsenceView) (string, error) { return p.set.Text("absence", v) }

func recordSamples() map[string]any {
	h, a := sampleHead(), themeday.ActivityID(sampleActivity)
	means := []Mean{{"主题特色鲜明", "4.6"}, {"内容充实健康", "4.8"}, {"方式灵活生动", "4.2"}, {"效果突出显著", "4.5"}}
	missing, next := []string{"⑨总结提升"}, "总结 3月 成效……不足……下步……"
	return map[string]any{
		"evaluation_open":      EvaluationOpenView{Head: h, Activity: a, Closes: sampleAt(14, 18, 30)},
		"evaluation_withdrawn": EvaluationWithdrawnView{Head: h, Activity: a},
		"evaluation_progress":  EvaluationProgressView{Head: h, Activity: a, Raters: 7},
		"evaluation_result": EvaluationResultView{
			Head: h, Activity: a, Raters: 7, Satisfied: 6, RatePercent: 85,
			Dimensions: []float64{4.6, 4.8, 4.2, 4.5}, Means: means, Participants: 11, SatisfiedFrom: 4, Few: 5, Least: 3,
		},
		"record_due":     RecordDueView{Head: h, Activity: a, Due: sampleAt(16, 0, 0), Last: sampleAt(15, 0, 0), Missing: missing, Next: next},
		"record_overdue": RecordOverdueView{Head: h, Activity: a, Days: 2, Last: sampleAt(15, 0, 0), Missing: missing, Next: next},
		"record_filed":   RecordFiledView{Head: h, Activity: a, Filed: sampleAt(15, 10, 0), Version: 1, SHA256: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"},
		"violation":      ViolationView{Head: h, Rule: themeday.R12, Activity: a, Due: 12, Present: 9, Rate: 75, Percent: 80},
		"absence":        AbsenceView{Head: h, Activity: a, Members: []AbsenceLine{{Name: "赵六", InRow: 2, InYear: 3, Grounds: "连续2次无故缺席：2月、3月；本年累计3次：1月、2月、3月"}}},
	}
}
