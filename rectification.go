package themeday

import "time"

// RectifyState says where a rectification stands.
type RectifyState string

// The states of a rectification.
const (
	RectifyOpen     RectifyState = "open"     // measures are waited for
	RectifyHanded   RectifyState = "handed"   // the committee's word is waited for
	RectifyReturned RectifyState = "returned" // the measures were not enough
	RectifyClosed   RectifyState = "closed"
	RectifyLapsed   RectifyState = "lapsed" // its reason fell away
)

// Chinese is the state as people read it.
func (s RectifyState) Chinese() string {
	return map[RectifyState]string{RectifyOpen: "待整改", RectifyHanded: "待复查", RectifyReturned: "退回重改", RectifyClosed: "已完成", RectifyLapsed: "已撤销"}[s]
}

// step is what a step to the state is called.
func (s RectifyState) step() string {
	return map[RectifyState]string{RectifyOpen: "提出", RectifyHanded: "措施", RectifyReturned: "退回", RectifyClosed: "通过", RectifyLapsed: "撤销"}[s]
}

// The sources of rectifications; inspections name their own.
const (
	ByEvaluation = "测评"   // three evaluations under the floor (R28)
	ByCommittee  = "机关党委" // opened by hand
)

// RectifyStep is one step of a rectification: measures handed in, sent back, closed.
type RectifyStep struct {
	Kind RectifyState // the state to which it led
	Text string
	By   PersonID
	At   time.Time
}

// Chinese is what the step is called: 措施, 退回, 通过, 撤销.
func (s RectifyStep) Chinese() string { return s.Kind.step() }

// Rectification is what a branch has to put right by a deadline (整改, R28, R30).
type Rectification struct {
	Branch BranchID
	Number int // within the branch, from 1
	Year   int // of whose awards and reviews it is
	Source string
	Text   string // what is to be put right
	Opened time.Time
	By     PersonID // who opened it
	Due    time.Time
	State  RectifyState
	Steps  []RectifyStep
}

// Open tells whether it is not done.
func (r Rectification) Open() bool { return r.State != RectifyClosed && r.State != RectifyLapsed }

// Waits tells whether the branch has to do something about it.
func (r Rectification) Waits() bool { return r.State == RectifyOpen || r.State == RectifyReturned }

// Ended is when it was closed or fell away; zero while it is open.
func (r Rectification) Ended() time.Time {
	if r.Open() || len(r.Steps) == 0 {
		return time.Time{}
	}
	return r.Steps[len(r.Steps)-1].At
}

// Rule is the rule from which it comes: an inspection's R30, else R28.
func (r Rectification) Rule() Rule {
	if r.Source == ByInspection {
		return R30
	}
	return R28
}
