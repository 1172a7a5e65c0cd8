package templates

import (
	"time"

	"themeday"
)

// LeaveAskedView puts a request for leave before the secretary (R13). The reason stands in the text alone.
type LeaveAskedView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Member   string              `json:"member"`
	Late     bool                `json:"late"`    // asked after the start
	Picture  bool                `json:"picture"` // a note came with it
	Reason   string              `json:"-"`
}

// LeaveAsked puts a request for leave before the secretary.
func (p *Posts) LeaveAsked(v LeaveAskedView) (string, error) { return p.set.Text("leave_asked", v) }

// LeaveDecidedView tells a member what became of his request.
type LeaveDecidedView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Member   string              `json:"member"`
	Granted  bool                `json:"granted"`
	Reason   string              `json:"-"` // of a refusal
	Makeup   time.Time           `json:"-"` // the last day of make-up study
	Over     bool                `json:"-"` // the activity has ended
}

// LeaveDecided tells a member what became of his request.
func (p *Posts) LeaveDecided(v LeaveDecidedView) (string, error) {
	return p.set.Text("leave_decided", v)
}

// SignInProxyView tells a member who signed him in (R33).
type SignInProxyView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Member   string              `json:"member"`
	By       string              `json:"by"`
	Verb     string              `json:"-"` // 代签 or 补签
}

// SignInProxy tells a member who signed him in.
func (p *Posts) SignInProxy(v SignInProxyView) (string, error) { return p.set.Text("signin_proxy", v) }

// MakeupDueView reminds of make-up study (R20). It goes to the member, or to the secretary where the member cannot be reached.
type MakeupDueView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Member   string              `json:"member"`
	Due      time.Time           `json:"due"` // the first instant that is too late
	Last     time.Time           `json:"-"`   // the last day
	Days     int                 `json:"-"`   // until then
}

// MakeupDue reminds of make-up study.
func (p *Posts) MakeupDue(v MakeupDueView) (string, error) { return p.set.Text("makeup_due", v) }

// MakeupHandedView puts make-up study before the secretary.
type MakeupHandedView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Member   string              `json:"member"`
	Picture  bool                `json:"picture"`
	Text     string              `json:"-"`
}

// MakeupHanded puts make-up study before the secretary.
func (p *Posts) MakeupHanded(v MakeupHandedView) (string, error) {
	return p.set.Text("makeup_handed", v)
}

// MakeupDecidedView tells a member what became of his make-up study.
type MakeupDecidedView struct {
	Head      `json:"-"`
	Activity  themeday.ActivityID `json:"activity"`
	Member    string              `json:"member"`
	Confirmed bool                `json:"confirmed"`
	Reason    string              `json:"-"` // why it was sent back
	Last      time.Time           `json:"-"` // the last day
}

// MakeupDecided tells a member what became of his make-up study.
func (p *Posts) MakeupDecided(v MakeupDecidedView) (string, error) {
	return p.set.Text("makeup_decided", v)
}

// IdentityDoubtView tells the secretary of a name that somebody uses who may not bear it.
type IdentityDoubtView struct {
	Head  `json:"-"`
	ID    themeday.BranchID `json:"branch"`
	Name  string            `json:"name"`
	Like  string            `json:"like,omitempty"` // the name of the roster that it reads like and is not
	Own   bool              `json:"-"`              // it goes to the person himself: somebody else used a code of his
	Bound bool              `json:"-"`              // and was taken for him
}

// IdentityDoubt tells the secretary of a name that somebody uses who may not bear it.
func (p *Posts) IdentityDoubt(v IdentityDoubtView) (string, error) {
	return p.set.Text("identity_doubt", v)
}

// CodeIssuedView tells the committee that somebody asked for a binding code of one of them.
type CodeIssuedView struct {
	Head `json:"-"`
	ID   themeday.BranchID `json:"branch"`
	Name string            `json:"name"`
	By   string            `json:"by"`
	At   time.Time         `json:"-"`
	Own  bool              `json:"-"` // he asked for his own
}

// CodeIssued tells the committee that somebody asked for a binding code of one of them.
func (p *Posts) CodeIssued(v CodeIssuedView) (string, error) { return p.set.Text("code_issued", v) }

// CorrectionView tells a member that something of which he was told has been taken back.
type CorrectionView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Member   string              `json:"member"`
	By       string              `json:"-"`
	Verb     string              `json:"-"` // 代签, 准假, …
}

// Correction tells a member that something of which he was told has been taken back.
func (p *Posts) Correction(v CorrectionView) (string, error) { return p.set.Text("correction", v) }

func memberSamples() map[string]any {
	h, a := sampleHead(), themeday.ActivityID(sampleActivity)
	return map[string]any{
		"leave_asked":    LeaveAskedView{Head: h, Activity: a, Member: "张三", Picture: true, Reason: "孩子住院"},
		"leave_decided":  LeaveDecidedView{Head: h, Activity: a, Member: "张三", Granted: true, Makeup: sampleAt(27, 0, 0)},
		"signin_proxy":   SignInProxyView{Head: h, Activity: a, Member: "张三", By: "王强", Verb: "代签"},
		"makeup_due":     MakeupDueView{Head: h, Activity: a, Member: "张三", Due: sampleAt(28, 0, 0), Last: sampleAt(27, 0, 0), Days: 7},
		"makeup_handed":  MakeupHandedView{Head: h, Activity: a, Member: "张三", Text: "我学习了党章第一章。\n体会很深。", Picture: true},
		"makeup_decided": MakeupDecidedView{Head: h, Activity: a, Member: "张三", Confirmed: true, Last: sampleAt(27, 0, 0)},
		"correction":     CorrectionView{Head: h, Activity: a, Member: "张三", By: "王强", Verb: "代签"},
		"identity_doubt": IdentityDoubtView{Head: h, ID: "第一支部", Name: "李四"},
		"code_issued":    CodeIssuedView{Head: h, ID: "第一支部", Name: "林海", By: "何军", At: sampleAt(13, 9, 5)},
	}
}
