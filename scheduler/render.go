package scheduler

import (
	"fmt"
	"strings"
	"time"

	"themeday"
	"themeday/templates"
)

// Rendered is what a post says at the moment it is sent.
type Rendered struct {
	Texts []string // one part each; none means that there is nothing to say
	Files []themeday.File
	Data  any       // the figures of the text
	Wait  time.Time // not yet: look again then; zero otherwise
	Why   string    // why nothing is said, for the operator
}

// says is what each kind of post says; the group, the secretary and the committee may be told different things.
var says = map[themeday.Kind]func(job) (Rendered, error){
	themeday.PlanMissing: job.planMissing, themeday.FilingDue: job.filingDue, themeday.PlanFiled: job.planFiled,
	themeday.ApprovalDue: job.approvalDue, themeday.ApprovalAsked: job.approvalAsked, themeday.Approved: job.approvalGiven,
	themeday.Returned: job.approvalReturned, themeday.DateChanged: job.dateChanged, themeday.ChangeFiled: job.changeFiled,
	themeday.Notice: job.notice, themeday.ForecastPost: job.forecast, themeday.Reminder: job.reminder, themeday.ChecklistPost: job.checklist,
	themeday.SignInOpen: job.signInOpen, themeday.SignInProgress: job.signInProgress, themeday.Attendance: job.attendance,
	themeday.Absent: job.absent, themeday.ClaimsPost: job.signInClaims,
	themeday.EvaluationOpened: job.evaluationOpen, themeday.EvaluationCount: job.evaluationProgress, themeday.EvaluationResult: job.evaluationResult,
	themeday.RecordDuePost: job.recordDue, themeday.RecordOverdue: job.recordOverdue, themeday.RecordFiled: job.recordFiled,
	themeday.Violation: job.violation, themeday.AbsencePost: job.absence,
	themeday.LeaveAskedPost: job.leaveAsked, themeday.LeaveDecided: job.leaveDecided, themeday.ProxyTold: job.signInProxy,
	themeday.MakeupDuePost: job.makeupDue, themeday.MakeupHandedPost: job.makeupHanded, themeday.MakeupDecided: job.makeupDecided,
	themeday.EvaluationRemarks: job.evaluationRemarks, themeday.EvaluationWithdrawn: job.evaluationWithdrawn, themeday.Corrected: job.correction,
	themeday.EvaluationLow: job.evaluationLow, themeday.AwardBarred: job.awardBarred, themeday.AwardRestored: job.awardRestored,
	themeday.RectifyOpened: job.rectifyOpened, themeday.RectifyHandedPost: job.rectifyHanded, themeday.RectifyDecided: job.rectifyDecided,
	themeday.RectifyDuePost: job.rectifyDue, themeday.RectifyOverdue: job.rectifyOverdue,
	themeday.ObjectionRaised: job.objection, themeday.ObjectionDue: job.objectionDue, themeday.ObjectionAnswered: job.objectionAnswered,
	themeday.IdentityDoubt: job.identityDoubt, themeday.CodeIssued: job.codeIssued, themeday.PictureReused: job.pictureReused,
	themeday.InspectionFinding: job.inspectionFinding, themeday.InspectionHanded: job.inspectionHanded, themeday.InspectionDecided: job.inspectionDecided,
	themeday.InspectionDue: job.inspectionDue, themeday.InspectionSeed: job.inspectionSeed, themeday.InspectionDrawn: job.inspectionDrawn,
	themeday.Digest: job.digest, themeday.Weekly: job.weekly,
	themeday.HandoverAsked: job.handoverAsked, themeday.HandoverDue: job.handoverAsked, themeday.HandoverTold: job.handoverTold,
	themeday.HandoverDone: job.handoverDone, themeday.BranchChanged: job.branchChanged,
	themeday.CaseChosenPost: job.caseChosen, themeday.CaseWithdrawnPost: job.caseWithdrawn, themeday.GroupPraised: job.groupPraised,
	themeday.CommentGiven: job.commentGiven, themeday.GuidanceDue: job.guidanceDue,
	themeday.TopicRequired: job.topicRequired, themeday.TopicDue: job.topicDue,
}

// Render makes a post's text from what is true at the instant, or decides that there is nothing to say, or not yet.
func (p *Planner) Render(tx themeday.Tx, post themeday.Post, at time.Time) (Rendered, error) {
	say, ok := says[post.Kind]
	if !ok {
		return Rendered{}, fmt.Errorf("render a post of unknown kind %q", post.Kind)
	}
	j := job{Planner: p.on(at), tx: tx, post: post, at: at, planned: post.Planned}
	why, err := j.load()
	if err != nil || why != "" {
		return Rendered{Why: why}, err
	}
	r, err := say(j)
	if err != nil {
		return Rendered{}, fmt.Errorf("render %s: %w", post.Kind, err)
	}
	return r, nil
}

// job is a post while it is being rendered.
type job struct {
	*Planner
	tx      themeday.Tx
	post    themeday.Post
	at      time.Time
	planned time.Time         // since when it could be said; a remark on late ones goes by it
	a       themeday.Activity // zero where the post is about none
	head    templates.Head
}

// load reads what every kind needs; why tells that the post has become pointless.
func (j *job) load() (why string, err error) {
	if j.post.Kind == themeday.GuidanceDue { // of no single branch
		j.head.Committee = strings.HasPrefix(j.post.Arg, committeeArg)
		return "", nil
	}
	if j.post.Branch == "" && (j.post.Kind == themeday.TopicDue || j.post.Kind.OfAll()) {
		j.head.Committee = true
		return "", nil
	}
	if j.post.Branch == "" && (j.post.Kind == themeday.Digest || j.post.Kind == themeday.Weekly) {
		return "", nil
	}
	if j.post.Kind == themeday.InspectionSeed || j.post.Kind == themeday.InspectionDrawn { // of no single branch either
		return j.committeeMember()
	}
	branch, err := j.Desk.Branch(j.tx, j.post.Branch)
	if themeday.CodeOf(err) == themeday.NotFound {
		return "no such branch", nil
	}
	if err != nil {
		return "", err
	}
	j.head.Branch = branch.Name
	if j.post.Activity != "" {
		var ok bool
		if j.a, ok, err = j.tx.Activity(j.post.Activity); err != nil {
			return "", err
		}
		if !ok || !j.a.Dated() {
			return "no such activity, or no date", nil
		}
		j.head.Month, j.head.When = j.a.Month.Chinese(), j.local(j.a.Starts)
		j.Planner = j.about(j.a)
	}
	if !forCommittee(j.post) {
		return "", nil
	}
	j.head.Committee = true
	return j.committeeMember()
}

// forCommittee tells whether a post goes to one of the committee as such.
func forCommittee(p themeday.Post) bool {
	switch p.Kind {
	case themeday.HandoverAsked, themeday.HandoverDue, themeday.CodeIssued,
		themeday.PlanMissing, themeday.ApprovalDue, themeday.ApprovalAsked, themeday.ChangeFiled, themeday.PlanFiled,
		themeday.RecordOverdue, themeday.RecordFiled, themeday.AbsencePost, themeday.Violation, themeday.ObjectionDue,
		themeday.AwardBarred, themeday.AwardRestored, themeday.RectifyHandedPost, themeday.RectifyOverdue,
		themeday.InspectionHanded, themeday.InspectionDue:
		return p.To == themeday.ToPerson
	}
	return false
}

// committeeMember keeps from who has left the committee what only the committee may read, and from the branch's own secretary what he is
// told as such, or may not decide on.
func (j *job) committeeMember() (why string, err error) {
	people, err := themeday.Committees(j.tx)
	if err != nil {
		return "", err
	}
	why = "no longer of the committee"
	for _, who := range people {
		if who.ID == j.post.Person {
			why = ""
		}
	}
	switch j.post.Kind {
	case themeday.PlanMissing, themeday.ApprovalDue, themeday.ApprovalAsked, themeday.RecordOverdue, themeday.Violation, themeday.ObjectionDue,
		themeday.AwardBarred, themeday.AwardRestored, themeday.RectifyHandedPost, themeday.RectifyOverdue, themeday.InspectionHanded, themeday.InspectionDue:
		roster, err := j.tx.Roster(j.post.Branch, j.Desk.Day(j.at))
		if s, ok := roster.Secretary(); err == nil && ok && s.ID == j.post.Person {
			why = "he is the branch's secretary himself"
		}
		return why, err
	}
	return why, nil
}

// say fills a template with a view, which is the data as well. What comes late says when it should have come.
func say[V any](j job, write func(V) (string, error), view V) (Rendered, error) {
	text, err := write(view)
	if err != nil {
		return Rendered{}, err
	}
	if j.post.Kind != themeday.Notice && j.post.Kind != themeday.CaseChosenPost && j.at.After(j.planned.Add(j.Desk.Rules.LateAfter)) {
		text += "\n（本条应于" + j.Desk.Day(j.planned).Chinese() + j.local(j.planned).Format(" 15:04") + "发出，补发）"
	}
	return Rendered{Texts: templates.Split(text, templates.PostRunes, templates.PostBytes), Data: view}, nil
}

func nothing(why string) (Rendered, error) { return Rendered{Why: why}, nil }

func wait(until time.Time) (Rendered, error) { return Rendered{Wait: until}, nil }

// local is an instant as texts and data show it.
func (j job) local(at time.Time) time.Time { return j.Desk.Local(at).Truncate(time.Second) }

// lastDay is the last day of a deadline, which is itself the first instant that is too late.
func (j job) lastDay(due time.Time) time.Time { return j.Desk.Day(due.Add(-1)).Start(j.Desk.Zone) }

// daysTo is the number of calendar days from now to an instant.
func (j job) daysTo(t time.Time) int { return j.Desk.Day(t).Sub(j.Desk.Day(j.at)) }

// name is a person's name.
func (j job) name(id themeday.PersonID) (string, error) {
	people, err := j.tx.People()
	if err != nil {
		return "", err
	}
	for _, p := range people {
		if p.ID == id {
			return p.Name, nil
		}
	}
	return "有人", nil
}

func names(comrades []themeday.Comrade) []string {
	out := make([]string, len(comrades))
	for i, c := range comrades {
		out[i] = c.Name
	}
	return out
}

// list is a list that is never null in the data.
func list(words []string) []string { return append([]string{}, words...) }

// again tells whether nobody knew of a post whether it had gone out, and the operator wants it sent now.
func (j job) again() bool { return !j.post.SentAt.IsZero() }
