package themeday

import "time"

// Kind is the kind of a post, as the contract's table names it.
type Kind string

// The kinds of posts.
const (
	PlanMissing         Kind = "plan.missing"
	FilingDue           Kind = "filing.due"
	ApprovalDue         Kind = "approval.due"
	ApprovalAsked       Kind = "approval.asked"
	Approved            Kind = "approval.given"
	Returned            Kind = "approval.returned"
	DateChanged         Kind = "date.changed"
	ChangeFiled         Kind = "change.filed"
	PlanFiled           Kind = "plan.filed"
	Notice              Kind = "notice"
	ForecastPost        Kind = "forecast"
	Reminder            Kind = "reminder"
	ChecklistPost       Kind = "checklist"
	SignInOpen          Kind = "signin.open"
	SignInProgress      Kind = "signin.progress"
	Attendance          Kind = "attendance"
	Absent              Kind = "absent"
	LeaveAskedPost      Kind = "leave.asked"
	LeaveDecided        Kind = "leave.decided"
	ProxyTold           Kind = "signin.proxy"
	ClaimsPost          Kind = "signin.claims"
	EvaluationOpened    Kind = "evaluation.open"
	EvaluationCount     Kind = "evaluation.progress"
	EvaluationWithdrawn Kind = "evaluation.withdrawn"
	EvaluationResult    Kind = "evaluation.result"
	EvaluationRemarks   Kind = "evaluation.remarks"
	RecordDuePost       Kind = "record.due"
	RecordOverdue       Kind = "record.overdue"
	RecordFiled         Kind = "record.filed"
	MakeupDuePost       Kind = "makeup.due"
	MakeupHandedPost    Kind = "makeup.handed"
	MakeupDecided       Kind = "makeup.decided"
	AbsencePost         Kind = "absence"
	EvaluationLow       Kind = "evaluation.low"
	AwardBarred         Kind = "award.barred"
	AwardRestored       Kind = "award.restored"
	RectifyOpened       Kind = "rectify.opened"
	RectifyHandedPost   Kind = "rectify.handed"
	RectifyDecided      Kind = "rectify.decided"
	RectifyDuePost      Kind = "rectify.due"
	RectifyOverdue      Kind = "rectify.overdue"
	Violation           Kind = "violation"
	ObjectionRaised     Kind = "objection"
	ObjectionAnswered   Kind = "objection.answered"
	ObjectionDue        Kind = "objection.due"
	IdentityDoubt       Kind = "identity.doubt"
	CodeIssued          Kind = "code.issued"
	Corrected           Kind = "correction"
	PictureReused       Kind = "picture.reused"
	CommentGiven        Kind = "comment.given"
	GuidanceDue         Kind = "guidance.due"
	CaseChosenPost      Kind = "case.chosen"
	CaseWithdrawnPost   Kind = "case.withdrawn"
	GroupPraised        Kind = "group.praised"
	InspectionFinding   Kind = "inspection.finding"
	InspectionHanded    Kind = "inspection.handed"
	InspectionDecided   Kind = "inspection.decided"
	InspectionDue       Kind = "inspection.due"
	InspectionSeed      Kind = "inspection.seed"
	InspectionDrawn     Kind = "inspection.drawn"
	HandoverAsked       Kind = "handover.asked"
	HandoverDue         Kind = "handover.due"
	HandoverTold        Kind = "handover.told"
	HandoverDone        Kind = "handover"
	BranchChanged       Kind = "branch.changed"
	Digest              Kind = "digest"
	Weekly              Kind = "weekly"
	TopicRequired       Kind = "topic.required"
	TopicDue            Kind = "topic.due"
	ReplyKind           Kind = "reply"
)

// PostState says where a post stands.
type PostState string

// The states of a post.
const (
	Waiting PostState = "planned"
	Sending PostState = "sending" // claimed by the sender
	Sent    PostState = "sent"
	Unknown PostState = "unknown" // sent or not, nobody knows: not repeated blindly
	Failed  PostState = "failed"
	Dropped PostState = "dropped" // expired, overtaken, or nothing to say
)

// ExpiredNote begins the note of a post that was dropped because it had become useless.
const ExpiredNote = "expired"

// Audience is to whom a post goes: a branch's group, its secretary, or one person.
type Audience string

// The audiences. A post to ToPerson names the person in Post.Person.
const (
	ToGroup     Audience = "group"
	ToSecretary Audience = "secretary"
	ToPerson    Audience = "person"
)

// Post is something the bot is going to say of its own accord. Its text is made when it is sent, from what is true then.
type Post struct {
	Key      string // unique for ever, such as notice/第一支部/2026-03/1
	Kind     Kind
	Branch   BranchID
	Activity ActivityID
	To       Audience
	Person   PersonID  // with ToPerson, or whom the post is about
	Arg      string    // what else its text depends on: a step, a rule, a count
	Due      time.Time // when it is looked at next; a retry or the pace moves it
	Planned  time.Time // when it should have been said; a remark on late ones goes by it
	Expires  time.Time // from then on it would be useless and is dropped
	State    PostState
	Tries    int
	Said     int // parts of a long post that went out already
	SentAt   time.Time
	Text     string // kept only of what a group has read
	Note     string // why it was dropped or failed; for the operator
}

// Priority orders posts that are due together: notices first, acknowledgements last.
func (k Kind) Priority() int {
	switch k {
	case Notice, DateChanged:
		return 0
	case SignInOpen, Attendance, EvaluationOpened:
		return 1
	case SignInProgress, EvaluationCount:
		return 9
	}
	return 5
}
