package themeday

import "time"

// HandoverState says where a handing over stands.
type HandoverState string

// The states of a handing over.
const (
	HandoverOpen      HandoverState = "asked" // the committee's word is waited for
	HandoverAgreed    HandoverState = "agreed"
	HandoverRefused   HandoverState = "refused"
	HandoverWithdrawn HandoverState = "withdrawn"
)

// Handover is the office of a branch's secretary going from one to another (移交). It holds from the day on which the committee agrees.
type Handover struct {
	Branch   BranchID
	Number   int      // within the branch, from 1
	From, To PersonID // From is nobody (0) where there was no secretary
	State    HandoverState
	Asked    time.Time
	AskedBy  PersonID
	Decided  time.Time
	By       PersonID // who decided
	Why      string   // why it was refused
	Listed   Date     // from when a roster sheet agrees with it; zero: none did yet
}
