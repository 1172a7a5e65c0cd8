package themeday

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// oweMakeups makes everybody who was on leave or absent owe make-up study (R20).
func (d Desk) oweMakeups(tx Tx, c Cause, a Activity) error {
	t, err := d.Tally(tx, a)
	if err != nil {
		return err
	}
	have, err := tx.Makeups(a.ID)
	if err != nil {
		return err
	}
	owed := map[PersonID]bool{}
	for _, m := range have {
		owed[m.Person] = true
	}
	due := MakeupDue(a.EndAt(), d.For(a).Rules.MakeupDays, d.Zone)
	for _, who := range append(append(BranchRoster{}, t.OnLeave...), t.Absentees...) {
		if owed[who.ID] {
			continue
		}
		if err := d.putMakeup(tx, c, nil, Makeup{Activity: a.ID, Person: who.ID, State: MakeupOwed, Due: due}); err != nil {
			return err
		}
	}
	return nil
}

func (d Desk) putMakeup(tx Tx, c Cause, before any, m Makeup) error {
	if err := note(tx, c, m.Activity, nounMakeup, key(m.Activity, m.Person), before, m, m.Why); err != nil {
		return err
	}
	return tx.PutMakeup(m)
}

// forgiveMakeup takes back what somebody owed who turns out to have been there.
func (d Desk) forgiveMakeup(tx Tx, c Cause, a Activity, p PersonID) error {
	all, err := tx.Makeups(a.ID)
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.Person != p {
			continue
		}
		if err := note(tx, c, a.ID, nounMakeup, key(a.ID, p), m, nil, ""); err != nil {
			return err
		}
		return tx.DeleteMakeup(a.ID, p)
	}
	return nil
}

// HandIn takes a member's make-up study, text or picture (补学, R20): of the named month, else of the oldest one owed.
func (d Desk) HandIn(tx Tx, c Cause, b BranchID, p PersonID, m *YearMonth, text, picture string) (Makeup, error) {
	owed, err := d.owedBy(tx, b, p)
	if err != nil {
		return Makeup{}, err
	}
	for _, o := range owed {
		if m != nil && o.Activity != ActivityOf(b, *m) {
			continue
		}
		if text == "" && picture == "" {
			return o, Refuse(Invalid, R20, "请写学习心得，例如：补学 我学习了……体会是……；也可以发笔记照片")
		}
		n := o
		n.State, n.Handed, n.Why = MakeupHanded, c.At, ""
		if n.Text = text; text == "" && o.State == MakeupHanded {
			n.Text = o.Text // a picture that follows the words
		}
		if picture != "" || o.State != MakeupHanded {
			n.Picture = picture
		}
		if err := d.putMakeup(tx, c, o, n); err != nil {
			return o, err
		}
		post := Post{Key: fmt.Sprintf("%s/%s/%d/%d", MakeupHandedPost, o.Activity, p, c.At.Unix()), Kind: MakeupHandedPost, Branch: b, Activity: o.Activity, Person: p}
		return n, d.tellSecretary(tx, c, post)
	}
	return Makeup{}, Refuse(NotFound, R20, "您没有要补的学习")
}

// owedBy are a person's make-up studies in a branch that are not confirmed, oldest first, those not handed in before those that were.
func (d Desk) owedBy(tx Tx, b BranchID, p PersonID) ([]Makeup, error) {
	all, err := tx.MakeupsOf(p)
	if err != nil {
		return nil, err
	}
	var owed, handed []Makeup
	for _, m := range all {
		a, ok, err := tx.Activity(m.Activity)
		if err != nil {
			return nil, err
		}
		switch {
		case !ok || a.Branch != b:
		case m.State == MakeupOwed:
			owed = append(owed, m)
		case m.State == MakeupHanded:
			handed = append(handed, m)
		}
	}
	return append(owed, handed...), nil
}

// DecideMakeup confirms a make-up study or sends it back with a reason (补学 过, 补学 退; R20): that of the named month, else the only one that was
// handed in. The absence stays one.
func (d Desk) DecideMakeup(tx Tx, c Cause, b BranchID, month *YearMonth, who Comrade, accept bool, why string) (Makeup, error) {
	if !accept && why == "" {
		return Makeup{}, Refuse(Invalid, R20, "退回要写事由，例如：补学 退 %s 请写自己的体会", who.Name)
	}
	open, err := d.owedBy(tx, b, who.ID)
	if err != nil {
		return Makeup{}, err
	}
	open = slices.DeleteFunc(open, func(m Makeup) bool {
		return m.State != MakeupHanded || month != nil && m.Activity != ActivityOf(b, *month)
	})
	if len(open) > 1 {
		var months []string
		for _, m := range open {
			months = append(months, monthOf(m.Activity))
		}
		return Makeup{}, Refuse(Invalid, R20, "%s交了%s的补学，请写明月份，例如：补学 %s %s %s%s", who.Name, strings.Join(months, "、"), yes(accept, "过", "退"), who.Name, months[0], yes(accept, "", " "+why))
	}
	switch {
	case len(open) == 0 && month != nil:
		return Makeup{}, Refuse(NotFound, R20, "%s没有交来%s待确认的补学", who.Name, month.Chinese())
	case len(open) == 0:
		return Makeup{}, Refuse(NotFound, R20, "%s没有交来待确认的补学", who.Name)
	case who.ID == c.By:
		return open[0], Refuse(Forbidden, R20, "自己的补学请支部其他委员确认")
	}
	m, n := open[0], open[0]
	n.State, n.Decided, n.By, n.Why = MakeupConfirmed, c.At, c.By, ""
	if !accept {
		n.State, n.Why = MakeupOwed, why
	}
	if err := d.putMakeup(tx, c, m, n); err != nil {
		return m, err
	}
	return n, d.tellPerson(tx, c, who.ID, Post{Key: fmt.Sprintf("%s/%s/%d", MakeupDecided, m.Activity, c.At.Unix()), Kind: MakeupDecided, Branch: b, Activity: m.Activity})
}

// Overdue tells whether a make-up study is past its time.
func (m Makeup) Overdue(at time.Time) bool { return m.State == MakeupOwed && !at.Before(m.Due) }
