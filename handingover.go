package themeday

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// OpenHandover is the branch's handing over that waits for the committee.
func OpenHandover(tx Tx, b BranchID) (Handover, bool, error) {
	all, err := tx.Handovers(b)
	for _, h := range all {
		if h.State == HandoverOpen {
			return h, true, err
		}
	}
	return Handover{}, false, err
}

// CanHandOver tells whether somebody may become secretary: a formal member of the branch who is not it yet, and no other one waits.
func (d Desk) CanHandOver(tx Tx, c Cause, b Branch, to Comrade) error {
	h, waits, err := OpenHandover(tx, b.ID)
	switch {
	case err != nil:
		return err
	case b.Gone(d.Day(c.At)):
		return Refuse(Conflict, R08, "%s已撤销，没有书记可移交", b.Name)
	case to.Membership.Branch != b.ID:
		return Refuse(NotFound, R08, "接任的同志不在%s的名单上，请先请机关党委导入名册", b.Name)
	case to.Offices.Has(Secretary):
		return Refuse(Conflict, R18, "%s现在就是书记，不用移交", to.Name)
	case to.Category != Formal:
		return Refuse(Forbidden, R08, "%s是%s，书记要由正式党员担任，请换一位", to.Name, to.Category)
	case waits && h.To == to.ID:
		return Refuse(Conflict, R18, "移交给%s已于%s报机关党委，正在等同意。不移交了请发：移交 取消", to.Name, d.WhenFrom(h.Asked, c.At))
	case waits:
		return Refuse(Conflict, R18, "已有一项移交在等机关党委同意，请先发：移交 取消")
	}
	return nil
}

// AskHandover asks the committee to let somebody take the office of secretary over. What the committee asks itself holds at once.
func (d Desk) AskHandover(tx Tx, c Cause, b Branch, to Comrade, committee bool) (Handover, error) {
	if err := d.CanHandOver(tx, c, b, to); err != nil {
		return Handover{}, err
	}
	roster, err := tx.Roster(b.ID, d.Day(c.At))
	if err != nil {
		return Handover{}, err
	}
	all, err := tx.Handovers(b.ID)
	if err != nil {
		return Handover{}, err
	}
	old, _ := roster.Secretary()
	h := Handover{Branch: b.ID, Number: len(all) + 1, From: old.ID, To: to.ID, State: HandoverOpen, Asked: c.At, AskedBy: c.By}
	if committee {
		return d.AgreeHandover(tx, c, b, h)
	}
	if members, err := Committees(tx); err != nil || !slices.ContainsFunc(members, func(p Person) bool { return p.ID != h.From && p.ID != h.To }) {
		if err == nil {
			err = Refuse(Missing, R18, "移交要机关党委的其他同志同意，现在没有别人。请机器人的管理员导入名册更换书记")
		}
		return h, err
	}
	if err := d.putHandover(tx, c, Handover{}, h); err != nil {
		return h, err
	}
	if err := d.tellCommittee(tx, c, h.post(HandoverAsked, c.At)); err != nil {
		return h, err
	}
	for _, days := range []int{3, 7} {
		p := h.post(HandoverDue, c.At.AddDate(0, 0, days))
		p.Due = d.Day(c.At).AddDays(days).Start(d.Zone).Add(9 * time.Hour)
		if err := d.tellCommittee(tx, c, p); err != nil {
			return h, err
		}
	}
	return h, d.tellPerson(tx, c, h.To, h.post(HandoverTold, c.At))
}

// AgreeHandover is the committee's word that lets the office go over today. Everybody's places stay; the former secretary's becomes a plain
// one, and who vouched for the new one's account before does not count any more: the office is a new one.
func (d Desk) AgreeHandover(tx Tx, c Cause, b Branch, h Handover) (Handover, error) {
	if err := d.mayDecide(tx, c, h); err != nil {
		return h, err
	}
	today := d.Day(c.At)
	all, err := tx.Activities(b.ID, today.MonthOf(), today.MonthOf())
	if err != nil {
		return h, err
	}
	for _, a := range all {
		if a.Dated() && d.Day(a.Starts) == today && !c.At.Before(a.SignInOpens(d.For(a).Rules)) {
			return h, Refuse(TooEarly, R18, "%s今天有主题党日，由现任书记办完。请明天再同意", b.Name)
		}
	}
	roster, err := tx.Roster(b.ID, today)
	if err != nil {
		return h, err
	}
	to, ok := roster.Find(h.To)
	if !ok || to.Category != Formal {
		return h, Refuse(Conflict, R08, "接任的同志已不在%s的正式党员里，请发：移交 不同意 %s 事由，再请书记另提人选", b.Name, b.Name)
	}
	for _, who := range roster {
		if err := d.reappoint(tx, who, who.ID == h.To, today); err != nil {
			return h, err
		}
	}
	n := h
	n.State, n.Decided, n.By = HandoverAgreed, c.At, c.By
	if err := d.putHandover(tx, c, h, n); err != nil {
		return h, err
	}
	if _, err := d.unvouch(tx, c, to.Person); err != nil {
		return h, err
	}
	if h.From != 0 && h.From != c.By {
		if err := d.tellPerson(tx, c, h.From, n.post(HandoverTold, c.At)); err != nil {
			return h, err
		}
	}
	p := n.post(HandoverDone, c.At)
	p.Expires = c.At.AddDate(0, 0, 30)
	return n, d.tellPerson(tx, c, h.To, p)
}

// reappoint gives or takes the office of secretary from a day on: a place is never rewritten for the days before.
func (d Desk) reappoint(tx Tx, who Comrade, secretary bool, today Date) error {
	if who.Offices.Has(Secretary) == secretary {
		return nil
	}
	offices := slices.DeleteFunc(slices.Clone(who.Offices), func(o Office) bool { return o == Secretary || secretary && (o == Deputy || o == Member) })
	if secretary {
		offices = append(Offices{Secretary}, offices...)
	}
	if len(offices) == 0 {
		offices = Offices{Member}
	}
	n := who.Membership
	n.Offices = offices
	return changePlace(tx, who.Membership, n, today)
}

// changePlace writes a changed place down from a day on; what it was before that day stays.
func changePlace(tx Tx, old, n Membership, today Date) error {
	if old.Since != today {
		ended := old
		ended.Until = today
		if err := tx.PutMembership(ended); err != nil {
			return err
		}
		n.Since = today
	}
	return tx.PutMembership(n)
}

// RefuseHandover is the committee's word against it, with a reason.
func (d Desk) RefuseHandover(tx Tx, c Cause, b Branch, h Handover, why string) (Handover, error) {
	why = strings.TrimSpace(why)
	if why == "" {
		return h, Refuse(Invalid, R18, "不同意要写事由，例如：移交 不同意 %s 待换届后再办", b.Name)
	}
	if err := tooLong(R18, "不同意的事由", why, reasonMost); err != nil {
		return h, err
	}
	if err := d.mayDecide(tx, c, h); err != nil {
		return h, err
	}
	return d.endHandover(tx, c, h, HandoverRefused, why)
}

// WithdrawHandover takes back what was asked (移交 取消).
func (d Desk) WithdrawHandover(tx Tx, c Cause, h Handover) (Handover, error) {
	return d.endHandover(tx, c, h, HandoverWithdrawn, "")
}

func (d Desk) endHandover(tx Tx, c Cause, h Handover, to HandoverState, why string) (Handover, error) {
	n := h
	n.State, n.Decided, n.By, n.Why = to, c.At, c.By, why
	if err := d.putHandover(tx, c, h, n); err != nil {
		return h, err
	}
	told := []PersonID{h.From, h.To}
	if to == HandoverWithdrawn {
		asked, err := d.askedOfCommittee(tx, h)
		if err != nil {
			return h, err
		}
		told = append(told, asked...)
	}
	for _, p := range told {
		if p == 0 || p == c.By {
			continue
		}
		first, there, err := tx.Post(fmt.Sprintf("%s/%d", h.post(HandoverTold, h.Asked).Key, p))
		if err != nil || there && first.State == Waiting { // he hears how it stands from that
			if err != nil {
				return h, err
			}
			continue
		}
		if err := d.tellPerson(tx, c, p, n.post(HandoverTold, c.At)); err != nil {
			return h, err
		}
	}
	return n, nil
}

// askedOfCommittee are those of the committee who have read that their word is waited for.
func (d Desk) askedOfCommittee(tx Tx, h Handover) (out []PersonID, err error) {
	members, err := Committees(tx)
	for _, m := range members {
		p, _, err := tx.Post(fmt.Sprintf("%s/%d", h.post(HandoverAsked, h.Asked).Key, m.ID))
		if err != nil {
			return nil, err
		}
		if p.State == Sent && m.ID != h.From && m.ID != h.To {
			out = append(out, m.ID)
		}
	}
	return out, err
}

// mayDecide keeps somebody of the committee from deciding who leads his own branch, and who comes into office from agreeing to it.
func (d Desk) mayDecide(tx Tx, c Cause, h Handover) error {
	roster, err := tx.Roster(h.Branch, d.Day(c.At))
	if err != nil {
		return err
	}
	who, _ := roster.Find(c.By)
	if c.By != Bot && (c.By == h.From || c.By == h.To || who.Offices.Has(Secretary) || who.Offices.Has(Deputy) || who.Offices.Has(CommitteeMember)) {
		return Refuse(Forbidden, R18, "自己支部的书记移交请机关党委其他同志来定")
	}
	return nil
}

func (d Desk) putHandover(tx Tx, c Cause, before, after Handover) error {
	c.Branch = after.Branch
	var old any
	if before.Number > 0 && before.State != "" {
		old = before
	}
	if err := note(tx, c, "", nounHandover, fmt.Sprintf("%s/%d", after.Branch, after.Number), old, after, after.Why); err != nil {
		return err
	}
	return tx.PutHandover(after)
}

func (h Handover) post(k Kind, at time.Time) Post {
	p := Post{Key: fmt.Sprintf("%s/%s/%d/%d", k, h.Branch, h.Number, at.Unix()), Kind: k, Branch: h.Branch, Arg: fmt.Sprint(h.Number)}
	if k == HandoverTold && h.State != HandoverOpen { // may come in the same second as the first
		p.Key += "/" + string(h.State)
	}
	return p
}
