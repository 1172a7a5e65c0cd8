package themeday

import (
	"fmt"
	"strings"
	"time"
)

// LeaveTarget is the activity that a request for leave means: the one that is on or comes next; on the two days after one, for
// somebody who missed it, that one.
func (d Desk) LeaveTarget(tx Tx, b BranchID, p PersonID, at time.Time) (Activity, error) {
	last, had, err := d.Last(tx, b, at)
	if err != nil {
		return Activity{}, err
	}
	if had && last.Over(at) && at.Before(RecordDue(last.EndAt(), d.For(last).Rules.RecordDays, d.Zone)) && last.Done(SigningIn) && last.Filed.IsZero() {
		_, in, err := d.signedIn(tx, last.ID, p)
		if err != nil {
			return Activity{}, err
		}
		if _, off, err := d.leaveOf(tx, last.ID, p); err != nil || !in && !off {
			return last, err
		}
	}
	a, ok, err := d.Next(tx, b, at)
	if err == nil && !ok {
		err = Refuse(NotFound, R13, "近期没有排定的主题党日，不用请假")
	}
	return a, err
}

// AskLeave takes a written request (R13): before the start, with a reason or a picture of the note; after the start it is kept as late.
func (d Desk) AskLeave(tx Tx, c Cause, a Activity, who Comrade, reason, picture string) (Leave, error) {
	reason = strings.TrimSpace(reason)
	if err := tooLong(R13, "请假事由", reason, reasonMost); err != nil {
		return Leave{}, err
	}
	switch {
	case !a.Dated():
		return Leave{}, Refuse(NotFound, R13, "%s还没有排定主题党日，不用请假", a.Month.Chinese())
	case reason == "" && picture == "":
		return Leave{}, Refuse(Invalid, R13, "请假要有事由，请发：请假 事由（可私信我，事由只给书记看），或把请假条拍照发来")
	case !a.Filed.IsZero():
		return Leave{}, Refuse(TooLate, R22, "%s纪实表已上报，不能再请假", a.Month.Chinese())
	case !who.Counts():
		return Leave{}, Refuse(Forbidden, R14, "列席的同志不用请假，跟书记说一声就行")
	}
	if _, in, err := d.signedIn(tx, a.ID, who.ID); err != nil {
		return Leave{}, err
	} else if in {
		return Leave{}, Refuse(Conflict, R13, "您已经签到，不用请假。签错了请发：撤销")
	}
	old, there, err := d.leaveOf(tx, a.ID, who.ID)
	if err != nil {
		return Leave{}, err
	}
	if there && old.State == LeaveGranted {
		return old, Refuse(Conflict, R13, "您的请假已经批准，不用再请")
	}
	if there && old.State == LeaveAsked && picture == "" && old.Reason == reason {
		return old, Refuse(Conflict, R13, "%s的请假%s已经记下，事由一样，正在等批准，不用再请。能来了请发：销假", a.Month.Chinese(), d.WhenFrom(old.At, c.At))
	}
	l := Leave{Activity: a.ID, Person: who.ID, At: c.At, Reason: reason, Picture: picture, State: LeaveAsked, Late: !c.At.Before(a.Starts)}
	if there && old.State == LeaveAsked && picture != "" && reason == "" {
		l.Reason, l.At, l.Late = old.Reason, old.At, old.Late
	}
	if err := d.putLeave(tx, c, old, there, l); err != nil {
		return Leave{}, err
	}
	post := Post{Key: fmt.Sprintf("%s/%s/%d/%d", LeaveAskedPost, a.ID, who.ID, c.At.Unix()), Kind: LeaveAskedPost, Branch: a.Branch, Activity: a.ID, Person: who.ID}
	if !who.Offices.Has(Secretary) {
		return l, d.tellSecretary(tx, c, post)
	}
	post.Arg = fmt.Sprint(who.ID)
	if deputy, ok, err := d.insteadOf(tx, c, who); err != nil {
		return l, err
	} else if ok {
		if err := d.tellPerson(tx, c, deputy.ID, post); err != nil {
			return l, err
		}
	}
	return l, d.tellOthersOfCommittee(tx, c, post, who.ID)
}

// insteadOf is the deputy who decides on a leave of the secretary himself; false where it is nobody's but the secretary's.
func (d Desk) insteadOf(tx Tx, c Cause, who Comrade) (Comrade, bool, error) {
	if !who.Offices.Has(Secretary) {
		return Comrade{}, false, nil
	}
	roster, err := tx.Roster(who.Branch, d.Day(c.At))
	if err != nil {
		return Comrade{}, false, err
	}
	deputy, ok := roster.Deputy()
	return deputy, ok && deputy.ID != who.ID, nil
}

// LeaveDeciders say who decides on a leave of the secretary himself: the deputy, where there is one, and whoever else is of the committee. He
// never decides on his own, even where there is nobody.
func (d Desk) LeaveDeciders(tx Tx, c Cause, who Comrade) (deputy string, committee bool, err error) {
	instead, ok, err := d.insteadOf(tx, c, who)
	if err != nil {
		return "", false, err
	}
	if ok {
		deputy = instead.Name
	}
	committee, err = othersOfCommittee(tx, who.ID)
	return deputy, committee, err
}

// notHisLeave refuses somebody's word on his own leave, and says who can give it.
func (d Desk) notHisLeave(tx Tx, c Cause, b BranchID, who Comrade) error {
	deputy, committee, err := d.LeaveDeciders(tx, c, who)
	switch {
	case err != nil:
		return err
	case deputy != "" && committee:
		return Refuse(Forbidden, R13, "自己的假由副书记或机关党委准，请%s发：准假 %s", deputy, who.Name)
	case deputy != "":
		return Refuse(Forbidden, R13, "自己的假由副书记准，请%s发：准假 %s", deputy, who.Name)
	case committee:
		return Refuse(Forbidden, R13, "自己的假请机关党委其他同志准，请他们发：准假 %s %s", b, who.Name)
	}
	return Refuse(Forbidden, R13, "自己的假不能自己准，现在没有副书记，机关党委也没有别的同志。请机器人的管理员导入名册补上一位；在此之前按待批记")
}

func (d Desk) putLeave(tx Tx, c Cause, old Leave, there bool, l Leave) error {
	var before any
	if there {
		before = old
	}
	if err := note(tx, c, l.Activity, nounLeave, key(l.Activity, l.Person), before, l, ""); err != nil {
		return err
	}
	return tx.PutLeave(l)
}

func (d Desk) leaveOf(tx Tx, a ActivityID, p PersonID) (Leave, bool, error) {
	all, err := tx.Leaves(a)
	for _, l := range all {
		if l.Person == p && l.State != LeaveCancelled {
			return l, true, err
		}
	}
	return Leave{}, false, err
}

// endLeave cancels a leave that no longer stands (销假) and tells whether there was one.
func (d Desk) endLeave(tx Tx, c Cause, a Activity, p PersonID) (bool, error) {
	l, there, err := d.leaveOf(tx, a.ID, p)
	if err != nil || !there {
		return false, err
	}
	n := l
	n.State, n.Decided, n.By = LeaveCancelled, c.At, c.By
	return true, d.putLeave(tx, c, l, true, n)
}

// CancelLeave is a member's own 销假, before the end.
func (d Desk) CancelLeave(tx Tx, c Cause, b BranchID, p PersonID) (Activity, error) {
	a, ok, err := d.Next(tx, b, c.At)
	if err != nil {
		return a, err
	}
	if !ok {
		return a, Refuse(NotFound, R13, "没有可以销的假")
	}
	was, err := d.endLeave(tx, c, a, p)
	if err == nil && !was {
		err = Refuse(NotFound, R13, "%s您没有请假", a.Month.Chinese())
	}
	return a, err
}

// LeavesOpen are the branch's leaves about which the secretary may still decide: of the last activity until its form is filed, and of those to come.
func (d Desk) LeavesOpen(tx Tx, b BranchID, at time.Time) ([]Leave, error) {
	all, err := d.near(tx, b, at)
	if err != nil {
		return nil, err
	}
	var out []Leave
	for _, a := range all {
		if !a.Filed.IsZero() {
			continue
		}
		leaves, err := tx.Leaves(a.ID)
		if err != nil {
			return nil, err
		}
		for _, l := range leaves {
			if l.State != LeaveCancelled {
				out = append(out, l)
			}
		}
	}
	return out, nil
}

// DecideLeave grants or refuses a leave (准假, 不准), of the named month, else one that waits; the member hears it in private. Nobody
// decides on his own.
func (d Desk) DecideLeave(tx Tx, c Cause, b BranchID, m *YearMonth, who Comrade, grant bool, why string) (Leave, error) {
	if err := tooLong(R13, "不准假的事由", why, reasonMost); err != nil {
		return Leave{}, err
	}
	if who.ID == c.By && !grant {
		return Leave{}, Refuse(Invalid, R13, "不想请假了请发：销假")
	}
	if who.ID == c.By {
		return Leave{}, d.notHisLeave(tx, c, b, who)
	}
	if !grant && why == "" {
		return Leave{}, Refuse(Invalid, R13, "不准假要写事由，例如：不准 %s 本次有表决", who.Name)
	}
	open, err := d.LeavesOpen(tx, b, c.At)
	if err != nil {
		return Leave{}, err
	}
	var l Leave
	found := false
	for _, o := range open {
		if o.Person == who.ID && (m == nil || o.Activity == ActivityOf(b, *m)) && (!found || o.State == LeaveAsked) {
			l, found = o, true
		}
	}
	want := LeaveRefused
	if grant {
		want = LeaveGranted
	}
	switch {
	case !found:
		return l, Refuse(NotFound, R13, "%s没有请假，不用准。要请假请本人私信我：请假 事由", who.Name)
	case l.State == want:
		return l, Refuse(Conflict, R13, "%s的请假%s，本人已经知道，不用再办", who.Name, l.State.Chinese())
	}
	n := l
	n.State, n.Decided, n.By, n.Refusal = want, c.At, c.By, why
	if err := d.putLeave(tx, c, l, true, n); err != nil {
		return l, err
	}
	return n, d.tellPerson(tx, c, who.ID, Post{Key: fmt.Sprintf("%s/%s/%d", LeaveDecided, l.Activity, c.At.Unix()), Kind: LeaveDecided, Branch: b, Activity: l.Activity})
}
