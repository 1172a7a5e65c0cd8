package themeday

import (
	"slices"
	"strings"
	"time"
)

// How says in what way a sign-in came about.
type How string

// The ways to be signed in.
const (
	Self    How = "self"    // by his own word
	ByChain How = "chain"   // by his own line in a #接龙
	Proxy   How = "proxy"   // by the secretary, before the end (代签)
	Late    How = "late"    // after attendance was reported, or by the secretary after the end (补签)
	Paper   How = "paper"   // from the signed sheet (纸)
	Remote  How = "remote"  // a frail member, at home or from afar (送学, R15)
	Relayed How = "relayed" // by his word, pasted by somebody in relay mode
)

// Chinese is how the sign-in book names it.
func (h How) Chinese() string {
	return map[How]string{Self: "本人", ByChain: "接龙", Proxy: "代签", Late: "迟到或补签", Paper: "纸质", Remote: "送学", Relayed: "转贴"}[h]
}

// SignIn is the fact that somebody took part.
type SignIn struct {
	Activity ActivityID
	Person   PersonID
	At       time.Time // when he took part, as far as is known
	Entered  time.Time
	How      How
	By       PersonID // who entered it
	Why      string   `json:"-"` // the reason of a proxy or later sign-in; how a frail member took part; stands here only
	Guest    bool     // never counts in R12
}

// withdrawn is what the ledger keeps of a sign-in on another's word that is taken back: its reason stands in the sign-in alone, which goes.
func (s SignIn) withdrawn() string {
	if s.Why == "" || s.How != Proxy && s.How != Late {
		return ""
	}
	return "撤销的" + s.Way() + "，事由：" + s.Why
}

// joinWords joins what is not empty with a semicolon.
func joinWords(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), "；")
}

// Way is how it is named where it stands beside who entered it: a late comer is told from one whom another signed in afterwards.
func (s SignIn) Way() string {
	if s.How == Late {
		return yes(s.By == s.Person, "本人（迟到）", "补签")
	}
	return s.How.Chinese()
}

// LeaveState says where a request for leave stands.
type LeaveState string

// The states of a leave.
const (
	LeaveAsked     LeaveState = "asked"
	LeaveGranted   LeaveState = "granted"
	LeaveRefused   LeaveState = "refused"
	LeaveCancelled LeaveState = "cancelled"
)

// Chinese is how a list names it.
func (s LeaveState) Chinese() string {
	return map[LeaveState]string{LeaveAsked: "待批", LeaveGranted: "已准", LeaveRefused: "未准", LeaveCancelled: "已销假"}[s]
}

// Leave is a written request for leave (请假, R13). Its reason stands here and nowhere else.
type Leave struct {
	Activity ActivityID
	Person   PersonID
	At       time.Time
	Reason   string `json:"-"` // private; never in an entry, a log or a group
	Picture  string // id of the picture of the note, or empty
	State    LeaveState
	Late     bool // asked after the start
	Decided  time.Time
	By       PersonID
	Refusal  string `json:"-"` // why it was refused; private like the reason
}

// NoLongerKept tells whether reason and note were taken away after their time, or with a person: nobody asks for leave without either (R13).
func (l Leave) NoLongerKept() bool { return l.Reason == "" && l.Picture == "" }

// Excuses tells whether the leave stands as one in the tally: granted, or asked in time and not refused.
func (l Leave) Excuses() bool {
	return l.State == LeaveGranted || l.State == LeaveAsked && !l.Late
}

// Guest is somebody who is no member and was invited to one activity (列席, R14).
type Guest struct {
	Activity ActivityID
	Person   PersonID
	Name     string
	Kind     string // 积极分子, 发展对象, 团员, 群众代表, …
}

// Claim is a line of a #接龙 that one person typed for another: shown to the secretary, no sign-in.
type Claim struct {
	Activity ActivityID
	Name     string
	By       PersonID
	At       time.Time
	Told     bool // the secretary has heard of it
}

// Tally is an activity's attendance: the sums always add up, Due = Present + Remote + Leave + Absent.
type Tally struct {
	Due, Present, Remote, Leave, Absent, Guests int
	Absentees                                   []Comrade
	OnLeave                                     []Comrade
	Attending                                   []Comrade // present and remote, in roster order
}

// Count makes the tally of an activity from the roster of its day (R08, R12, R14, R15).
func Count(roster BranchRoster, signins []SignIn, leaves []Leave) Tally {
	var t Tally
	in := map[PersonID]SignIn{}
	for _, s := range signins {
		in[s.Person] = s
	}
	off := map[PersonID]bool{}
	for _, l := range leaves {
		off[l.Person] = l.Excuses()
	}
	for _, c := range roster.Members() {
		s, signed := in[c.ID]
		t.add(c, s, signed, off[c.ID])
		delete(in, c.ID)
	}
	t.Guests = len(in)
	return t
}

func (t *Tally) add(c Comrade, s SignIn, signed, leave bool) {
	t.Due++
	switch {
	case signed && s.How == Remote:
		t.Remote++
		t.Attending = append(t.Attending, c)
	case signed:
		t.Present++
		t.Attending = append(t.Attending, c)
	case leave:
		t.Leave++
		t.OnLeave = append(t.OnLeave, c)
	default:
		t.Absent++
		t.Absentees = append(t.Absentees, c)
	}
}

// RatePercent is the attendance in whole percent, rounded down.
func (t Tally) RatePercent() int { return Percent(t.Present+t.Remote, t.Due) }

// QuorumMet tells whether enough took part (R12).
func (t Tally) QuorumMet(r Rules) bool { return Quorum(t.Present+t.Remote, t.Due, r.QuorumPercent) }

// Need is how many have to take part (R12).
func (t Tally) Need(r Rules) int { return Need(t.Due, r.QuorumPercent) }

// Forecast is what can be expected before the day: the members less those on leave (R12).
type Forecast struct {
	Due, Leave, Expected, Need int
	AtRisk                     bool
}

// Expect makes the forecast of a tally.
func Expect(t Tally, r Rules) Forecast {
	f := Forecast{Due: t.Due, Leave: t.Leave, Expected: t.Due - t.Leave, Need: t.Need(r)}
	f.AtRisk = f.Expected < f.Need
	return f
}
