package themeday

import "time"

// Inspection is a look that somebody of the committee took at a branch or one of its party groups (巡查, R30).
type Inspection struct {
	Number     int // within the house, from 1
	Branch     BranchID
	PartyGroup string    // 党小组; empty: the whole branch
	Month      YearMonth // whose activity was looked at
	Way        string    // 现场, 资料, …
	Draw       int       // the draw that named the branch; 0: a planned one
	On         Date
	By         PersonID
	At         time.Time
	Text       string // what was seen
}

// Ways are the ways of an inspection.
func Ways() []string { return []string{"现场", "资料", "座谈", "线上"} }

// FindingKind is the kind of a finding (R30).
type FindingKind string

// The kinds of findings.
const (
	FoundMoved   FindingKind = "擅自变更" // the date changed at will (R05)
	FoundShort   FindingKind = "缩减时间" // less than half a day (R02)
	FoundMeeting FindingKind = "以会代训" // a plain meeting instead of an activity
	FoundOther   FindingKind = "其他"
)

// FindingKinds are the kinds, in the order of the regulation.
func FindingKinds() []FindingKind {
	return []FindingKind{FoundMoved, FoundShort, FoundMeeting, FoundOther}
}

// Rule is the rule that was not kept.
func (k FindingKind) Rule() Rule {
	switch k {
	case FoundMoved:
		return R05
	case FoundShort:
		return R02
	}
	return R30
}

// FindingState says where a finding stands.
type FindingState string

// The states of a finding.
const (
	FindingOpen     FindingState = "open"     // measures are waited for
	FindingHanded   FindingState = "handed"   // the committee's word is waited for
	FindingReopened FindingState = "reopened" // the measures were not enough
	FindingClosed   FindingState = "closed"
)

// Chinese is the state as people read it.
func (s FindingState) Chinese() string {
	return map[FindingState]string{FindingOpen: "待整改", FindingHanded: "待复查", FindingReopened: "重新整改", FindingClosed: "已销号"}[s]
}

// FindingStep is one step of a finding: measures handed in, reopened, closed.
type FindingStep struct {
	To   FindingState
	Text string
	By   PersonID
	At   time.Time
}

// Chinese is what the step is called.
func (s FindingStep) Chinese() string {
	return map[FindingState]string{FindingOpen: "转整改", FindingHanded: "措施", FindingReopened: "重开", FindingClosed: "销号"}[s.To]
}

// Found is what an inspection found wanting, followed until it is closed (R30).
type Found struct {
	Number        int // within the house, from 1
	Branch        BranchID
	PartyGroup    string
	Month         YearMonth
	Inspection    int // the number of the inspection that it belongs to; 0: none was recorded
	Kind          FindingKind
	Text          string
	By            PersonID
	At            time.Time
	Due           time.Time // the first instant that is too late
	State         FindingState
	Rectification int // the branch's rectification that it was turned into; 0: none
	Steps         []FindingStep
}

// Open tells whether it is not closed.
func (f Found) Open() bool { return f.State != FindingClosed }

// Waits tells whether the branch has to answer it; what was turned into a rectification is answered there.
func (f Found) Waits() bool { return f.Open() && f.State != FindingHanded && f.Rectification == 0 }

// Ended is when it was closed; zero while it is open.
func (f Found) Ended() time.Time {
	if f.Open() || len(f.Steps) == 0 {
		return time.Time{}
	}
	return f.Steps[len(f.Steps)-1].At
}
