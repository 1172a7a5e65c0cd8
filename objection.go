package themeday

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ObjectionState says what became of an objection.
type ObjectionState string

// The states of an objection.
const (
	ObjectionOpen     ObjectionState = ""
	ObjectionUpheld   ObjectionState = "upheld"
	ObjectionRejected ObjectionState = "rejected"

	// Those of one that went up to the committee (异议 上级).
	ObjectionAbove         ObjectionState = "above"
	ObjectionAboveUpheld   ObjectionState = "above upheld"
	ObjectionAboveRejected ObjectionState = "above rejected"
)

// Chinese is how a list names it.
func (s ObjectionState) Chinese() string {
	return map[ObjectionState]string{
		ObjectionOpen: "待答复", ObjectionUpheld: "成立", ObjectionRejected: "不成立",
		ObjectionAbove: "待机关党委复核", ObjectionAboveUpheld: "成立", ObjectionAboveRejected: "不成立",
	}[s]
}

// Upheld tells whether it was found to be right.
func (s ObjectionState) Upheld() bool { return s == ObjectionUpheld || s == ObjectionAboveUpheld }

// Above tells whether it is the committee's to answer, after the branch had.
func (s ObjectionState) Above() bool { return strings.HasPrefix(string(s), string(ObjectionAbove)) }

// judged is the state to which an answer leads.
func (s ObjectionState) judged(upheld bool) ObjectionState {
	switch {
	case s.Above() && upheld:
		return ObjectionAboveUpheld
	case s.Above():
		return ObjectionAboveRejected
	case upheld:
		return ObjectionUpheld
	}
	return ObjectionRejected
}

// Objection is a member's word against what is recorded of him (异议, R33), and the answer to it. Both words stand here and nowhere else.
type Objection struct {
	ID       int64
	Branch   BranchID
	Activity ActivityID
	Person   PersonID
	Text     string `json:"-"`
	At       time.Time
	Against  PersonID // who entered what it is against, or whose answer; Bot: nobody else than he himself
	Late     bool     // raised after the time that the rules give, from when he was told
	State    ObjectionState
	Answered time.Time
	By       PersonID // who answered
	Answer   string   `json:"-"`
}

// Open tells whether it waits for an answer.
func (o Objection) Open() bool { return o.State == ObjectionOpen || o.State == ObjectionAbove }

// Object takes a member's word against what is recorded of him (异议, R33). The secretary hears it; the committee as well where it is against
// what the secretary entered; where it is the secretary's own, the deputy and the committee.
func (d Desk) Object(tx Tx, c Cause, a Activity, who Comrade, text string) (Objection, error) {
	o := Objection{Branch: a.Branch, Activity: a.ID, Person: who.ID, Text: text, At: c.At}
	if err := tooLong(R33, "异议", text, reasonMost); err != nil {
		return o, err
	}
	var err error
	if o.Against, o.Late, err = d.objectedTo(tx, a, who.ID, c.At); err != nil {
		return o, err
	}
	if !a.Dated() || c.At.Before(a.BeginAt()) { // before it begins there can be no record but that of a leave
		_, asked, err := d.leaveOf(tx, a.ID, who.ID)
		if err != nil {
			return o, err
		}
		_, in, err := d.signedIn(tx, a.ID, who.ID)
		if err != nil {
			return o, err
		}
		if !asked && !in {
			return o, Refuse(TooEarly, R33, "%s主题党日还没有开展，没有可以提异议的记录，活动之后再发：异议 %s 情况", a.Month.Chinese(), a.Month.Chinese())
		}
	}
	if err := note(tx, c, a.ID, nounObjection, key(a.ID, who.ID), nil, o, ""); err != nil {
		return o, err
	}
	if err := tx.AddObjection(o); err != nil {
		return o, err
	}
	post := Post{
		Key: fmt.Sprintf("%s/%s/%d/%d", ObjectionRaised, a.ID, who.ID, c.At.Unix()), Kind: ObjectionRaised, Branch: a.Branch, Activity: a.ID,
		Person: who.ID, Arg: fmt.Sprint(who.ID),
	}
	return o, d.tellJudges(tx, c, who, o, post)
}

func (d Desk) tellJudges(tx Tx, c Cause, who Comrade, o Objection, post Post) error {
	roster, err := tx.Roster(o.Branch, d.Day(c.At))
	if err != nil {
		return err
	}
	secretary, _ := roster.Secretary()
	if secretary.ID != who.ID {
		if err := d.tellSecretary(tx, c, post); err != nil {
			return err
		}
		if o.Against != secretary.ID || secretary.ID == Bot {
			return nil
		}
	} else if deputy, ok := roster.Deputy(); ok && deputy.ID != who.ID {
		if err := d.tellPerson(tx, c, deputy.ID, post); err != nil {
			return err
		}
	}
	return d.tellOthersOfCommittee(tx, c, post, secretary.ID, who.ID)
}

// tellOthersOfCommittee plans a post for everybody of the committee but those who are concerned themselves.
func (d Desk) tellOthersOfCommittee(tx Tx, c Cause, post Post, but ...PersonID) error {
	members, err := Committees(tx)
	if err != nil {
		return err
	}
next:
	for _, m := range members {
		for _, b := range but {
			if m.ID == b {
				continue next
			}
		}
		if err := d.tellPerson(tx, c, m.ID, post); err != nil {
			return err
		}
	}
	return nil
}

// objectedTo tells who entered what is recorded of somebody, and whether he was told of it more than 24 hours ago.
func (d Desk) objectedTo(tx Tx, a Activity, p PersonID, at time.Time) (by PersonID, late bool, err error) {
	s, in, err := d.signedIn(tx, a.ID, p)
	if err != nil {
		return Bot, false, err
	}
	kind := ProxyTold
	switch l, there, err := d.leaveOf(tx, a.ID, p); {
	case err != nil:
		return Bot, false, err
	case in && s.By != p:
		by = s.By
	case !in && there && l.State == LeaveRefused:
		by, kind = l.By, LeaveDecided
	default:
		return Bot, false, nil
	}
	told, err := tx.ActivityPosts(a.ID, kind)
	within := d.At(at).Rules.ObjectWithin
	for _, t := range told {
		if t.Person == p && t.State == Sent {
			late = at.After(t.SentAt.Add(within))
		}
	}
	return by, late, err
}

// Judged is what became of somebody's objections about an activity.
type Judged struct {
	Activity  Activity
	Objection Objection // the last of them
	Back      bool      // a sign-in was taken back
	Rated     bool      // whose ballot is counted and cannot be found
	Absent    bool      // he is not signed in: what he says has to be entered
	Committee bool      // the committee hears of it
}

// JudgeObjection answers what somebody objected to (异议 成立, 异议 不成立), of the named month, else of the only one. Upheld against a sign-in
// that another entered, it takes that back. Nobody judges his own; of what the judge entered himself the committee hears, and it may still
// uphold what he rejected (R33). What went up to the committee is answered by another one of it than who answered before.
func (d Desk) JudgeObjection(tx Tx, c Cause, b BranchID, m *YearMonth, who Comrade, upheld, committee bool, why string) (Judged, error) {
	var out Judged
	switch err := tooLong(R33, "说明", why, reasonMost); {
	case err != nil:
		return out, err
	case who.ID == c.By:
		return out, Refuse(Forbidden, R33, "自己的异议不能自己定，由副书记或机关党委来定")
	}
	branch, err := d.Branch(tx, b)
	if err != nil {
		return out, err
	}
	of := yes(committee, branch.Name+" ", "") // he names the branch
	mine, err := d.objectionsFor(tx, b, m, who, committee, upheld, of)
	if err != nil {
		return out, err
	}
	if why == "" {
		return out, Refuse(Invalid, R33, "要写说明，本人会看到，例如：异议 %s%s %s %s 核对过签到册", of, mine[0].month(), verdict(upheld), who.Name)
	}
	if out.Activity, _, err = tx.Activity(mine[0].Activity); err != nil {
		return out, err
	}
	if out.Committee, err = d.ownEntry(tx, c, mine, committee); err != nil {
		return out, err
	}
	if upheld {
		if err := d.putRight(tx, c, who, &out); err != nil {
			return out, err
		}
	}
	for _, o := range mine {
		n := o
		n.State, n.Answered, n.By, n.Answer = o.State.judged(upheld), c.At, c.By, why
		if err := note(tx, c, o.Activity, nounObjection, key(o.Activity, o.Person), o, n, yes(o.State.Above() && o.Against == c.By, answeredTwice, "")); err != nil {
			return out, err
		}
		if err := tx.AnswerObjection(n); err != nil {
			return out, err
		}
		out.Objection = n
	}
	post := Post{
		Key: fmt.Sprintf("%s/%s/%d/%d", ObjectionAnswered, out.Activity.ID, who.ID, c.At.Unix()), Kind: ObjectionAnswered, Branch: b, Activity: out.Activity.ID,
		Arg: fmt.Sprint(who.ID),
	}
	if err := d.tellPerson(tx, c, who.ID, post); err != nil || !out.Committee {
		return out, err
	}
	return out, d.tellOthersOfCommittee(tx, c, post, c.By, who.ID)
}

// month is that of the activity which it is about, as people say it.
func (o Objection) month() string { return monthOf(o.Activity) }

func verdict(upheld bool) string {
	if upheld {
		return ObjectionUpheld.Chinese()
	}
	return ObjectionRejected.Chinese()
}

// objectionsFor are somebody's objections about one activity that wait for an answer; for the committee also those that whoever had entered
// the thing has rejected.
func (d Desk) objectionsFor(tx Tx, b BranchID, m *YearMonth, who Comrade, committee, upheld bool, of string) ([]Objection, error) {
	all, err := tx.Objections(b)
	if err != nil {
		return nil, err
	}
	var open, rejected []Objection
	above := false
	for _, o := range all {
		switch {
		case o.Person != who.ID || o.Activity == "" || m != nil && o.Activity != ActivityOf(b, *m):
		case o.State == ObjectionAbove && !committee:
			above = true
		case o.Open():
			open = append(open, o)
		case committee && upheld && o.State == ObjectionRejected && o.By == o.Against:
			rejected = append(rejected, o)
		}
	}
	if len(open) == 0 {
		open = rejected
	}
	if len(open) == 0 && above {
		return nil, Refuse(Forbidden, R33, "%s的异议已请机关党委复核，由机关党委答复", who.Name)
	}
	if len(open) == 0 {
		return nil, Refuse(NotFound, R33, "%s没有等答复的异议", who.Name)
	}
	for _, o := range open {
		if o.Activity != open[0].Activity {
			return nil, Refuse(Invalid, R33, "%s对%s、%s的记录都有异议，请写明月份，例如：异议 %s%s 成立 %s 说明", who.Name, open[0].month(), o.month(), of, open[0].month(), who.Name)
		}
	}
	return open, nil
}

// ownEntry tells whether the judge entered himself what is objected to. Then somebody else of the committee has to be there to hear of it. What
// went up to the committee is judged by him who answered it before only where nobody else is there.
func (d Desk) ownEntry(tx Tx, c Cause, mine []Objection, committee bool) (bool, error) {
	own, again := false, false
	for _, o := range mine {
		own = own || o.Against == c.By && !o.State.Above()
		again = again || o.Against == c.By && o.State.Above()
	}
	if !own && !again {
		return false, nil
	}
	others, err := d.othersToJudge(tx, c.By, mine[0].Person)
	switch {
	case err != nil:
		return own, err
	case again && len(others) > 0:
		return own, Refuse(Forbidden, R33, "您已经答复过，请机关党委其他同志（%s）来复核", personNames(others))
	case again, len(others) > 0:
		return own, nil
	}
	return true, Refuse(Forbidden, R33, "这条是您自己录入的，要有机关党委的其他同志知道才能定，请副书记来定")
}

// othersToJudge are those of the committee but some.
func (d Desk) othersToJudge(tx Tx, but ...PersonID) ([]Person, error) {
	members, err := Committees(tx)
	return slices.DeleteFunc(slices.Clone(members), func(p Person) bool { return slices.Contains(but, p.ID) }), err
}

// What the ledger says of an objection that was not judged as usual.
const (
	ballotStays   = "异议成立，按未到会登记；如已评分，票不记名，找不出来，照旧计入" // the ledger does not tell who has rated
	answeredTwice = "机关党委没有其他同志，由原答复人复核"
)

// putRight takes back a sign-in that another entered for whoever objected. Where he has rated, his ballot stays: it is nobody's (R25).
func (d Desk) putRight(tx Tx, c Cause, who Comrade, out *Judged) error {
	a := out.Activity
	s, in, err := d.signedIn(tx, a.ID, who.ID)
	if err != nil || !in || s.By == who.ID {
		out.Absent = !in
		return err
	}
	if out.Rated, err = tx.Voted(a.ID, who.ID); err != nil {
		return err
	}
	if err := note(tx, c, a.ID, nounSignIn, key(a.ID, who.ID), s, nil, joinWords(yes(!a.Evaluated.IsZero(), ballotStays, ""), s.withdrawn())); err != nil {
		return err
	}
	if err := tx.DeleteSignIn(a.ID, who.ID); err != nil {
		return err
	}
	out.Back = true
	if err := d.restoreLeave(tx, c, a, s); err != nil {
		return err
	}
	return d.signInGone(tx, c, a)
}

// restoreLeave brings back the leave that a sign-in had ended.
func (d Desk) restoreLeave(tx Tx, c Cause, a Activity, s SignIn) error {
	entries, err := tx.EntriesAbout(nounLeave, key(a.ID, s.Person))
	if err != nil {
		return err
	}
	var last Entry
	for _, e := range entries {
		if e.Key == key(a.ID, s.Person) {
			last = e
		}
	}
	before, after, ok := bothOf[Leave](last)
	if !ok || after.State != LeaveCancelled || !last.Entered.Equal(s.Entered) {
		return nil
	}
	leaves, err := tx.Leaves(a.ID)
	for _, l := range leaves {
		if l.Person == s.Person && l.State == LeaveCancelled {
			n := l
			n.State, n.Decided, n.By = before.State, before.Decided, before.By
			return d.putLeave(tx, c, l, true, n)
		}
	}
	return err
}

// personIn is the person whose number a post's argument is; Bot where it is none.
func personIn(arg string) PersonID {
	n, err := strconv.ParseInt(arg, 10, 64)
	if err != nil {
		return Bot
	}
	return PersonID(n)
}
