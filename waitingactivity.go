package themeday

import (
	"fmt"
	"strings"
	"time"
)

// held looks at the branch's dated activities: their approval, leaves, make-up studies, record forms and absences.
func (w *waiter) held() error {
	for _, a := range w.activities[w.branch.ID] {
		if !a.Dated() {
			continue
		}
		one := *w
		one.d, one.out = w.d.For(a), nil
		for _, look := range []func(Activity) error{one.approval, one.leaves, one.makeups, one.form, one.corrected, one.absences} {
			if err := look(a); err != nil {
				return err
			}
		}
		w.out = append(w.out, one.out...)
	}
	return nil
}

// approval: an arrangement that waits for the committee, was sent back, or was never submitted (R18).
func (w *waiter) approval(a Activity) error {
	m := a.Month.Chinese()
	due := NoticeDay(a.Starts, w.d.Rules.NoticeDays, w.d.Zone).Start(w.d.Zone)
	p := Pending{
		Key: fmt.Sprintf("approval/%s/%d", a.ID, a.Version), Activity: a.ID, Rule: R18, Due: due, Secretary: true, Do: "报审 " + m,
		Above: fmt.Sprintf("下一步 %s", w.branch.Name), Kinds: []Kind{ApprovalDue},
		Facts: []string{fmt.Sprintf("%s开展，%s前审定才能提前%d天预告", w.when(a.Starts), w.d.Deadline(due), w.d.Rules.NoticeDays)},
	}
	switch {
	case a.Approved():
		return nil
	case !w.at.Before(a.Starts):
		if a.Month != w.today.MonthOf() {
			return nil // told as a month without an activity
		}
		p.Key, p.What, p.Since, p.Due = fmt.Sprintf("lapsed/%s", a.ID), m+"活动没有审定，已过开始时间", a.Starts, a.Month.Next().First().Start(w.d.Zone)
		p.Do, p.Committee, p.Kinds = fmt.Sprintf("改期 %s 日期 14:00 事由", m), true, nil
	case a.Returned.After(a.Submitted) || a.Submitted.IsZero() && !a.Returned.IsZero():
		p.What, p.Since, p.Kinds = m+"安排被退回，还没有重报", a.Returned, []Kind{Returned, ApprovalDue}
		p.Facts = append(p.Facts, w.when(a.Returned)+"退回："+Shown(a.ReturnWhy))
	case !a.Submitted.IsZero():
		p.What, p.Since, p.Kinds = m+"安排待审定", a.Submitted, []Kind{ApprovalAsked, ApprovalDue}
		p.Secretary, p.Committee, p.Above = false, true, fmt.Sprintf("审定 %s %s", w.branch.Name, m)
		p.Facts = append(p.Facts, w.when(a.Submitted)+"报审")
	default:
		early := 0
		for _, n := range w.d.Rules.ApprovalDays {
			early = max(early, n)
		}
		p.Since = w.d.Day(a.Starts).AddDays(-early).Start(w.d.Zone)
		if w.at.Before(p.Since) {
			return nil
		}
		p.What, p.Committee = m+"安排还没有报审", !w.at.Before(due)
		if len(a.Topics) == 0 {
			p.What, p.Do = m+"还没有主题", fmt.Sprintf("主题 %s 学习党章；重温入党誓词", m)
		}
	}
	w.add(p)
	return nil
}

// leaves that nobody has decided on (R13).
func (w *waiter) leaves(a Activity) error {
	if !a.Filed.IsZero() {
		return nil
	}
	all, err := w.tx.Leaves(a.ID)
	for _, l := range all {
		if l.State != LeaveAsked {
			continue
		}
		name := w.name(l.Person)
		p := Pending{
			Key: fmt.Sprintf("leave/%s/%d", a.ID, l.Person), Activity: a.ID, What: fmt.Sprintf("%s请%s的假，等批", name, a.Month.Chinese()), Rule: R13, Since: l.At,
			Secretary: true, Do: "准假 " + name + "（或不准 " + name + " 事由）", Kinds: []Kind{LeaveAskedPost}, About: l.Person, Facts: []string{w.when(l.At) + "请假"},
		}
		if w.at.Before(a.Starts) {
			p.Due = a.Starts
		}
		if l.Person == w.secretary() { // nobody decides on his own
			if deputy, ok := w.roster.Deputy(); ok && deputy.Person.ID != l.Person {
				continue // the deputy decides, and was told
			}
			p.Secretary, p.Committee, p.Do, p.Above = false, true, "", fmt.Sprintf("准假 %s %s（或不准 %s %s 事由）", w.branch.Name, name, w.branch.Name, name)
		}
		w.add(p)
	}
	return err
}

// makeups handed in and not confirmed, and those that are overdue (R20).
func (w *waiter) makeups(a Activity) error {
	if !a.Over(w.at) {
		return nil
	}
	all, err := w.tx.Makeups(a.ID)
	for _, m := range all {
		name, month := w.name(m.Person), a.Month.Chinese()
		p := Pending{
			Key: fmt.Sprintf("makeup/%s/%d/%s", a.ID, m.Person, m.State), Activity: a.ID, Rule: R20, Secretary: true, About: m.Person,
			Facts: []string{w.d.Deadline(m.Due) + "前补学"},
		}
		switch {
		case m.State == MakeupHanded && m.Person != w.secretary():
			p.What, p.Since, p.Kinds = fmt.Sprintf("%s交了%s的补学，等确认", name, month), m.Handed, []Kind{MakeupHandedPost}
			p.Do = fmt.Sprintf("补学 过 %s %s（或补学 退 %s %s 事由）", name, month, name, month)
			p.Facts = append(p.Facts, w.when(m.Handed)+"交来")
		case m.Overdue(w.at):
			p.What, p.Since, p.Due, p.Kinds = fmt.Sprintf("%s没有补%s的学习", name, month), m.Due, m.Due, []Kind{MakeupDuePost}
			p.Do = "请本人私信发：补学 心得……"
		default:
			continue
		}
		w.add(p)
	}
	return err
}

// form: the record form that is not filed (R22).
func (w *waiter) form(a Activity) error {
	if !a.Approved() || !a.Over(w.at) || !a.Filed.IsZero() {
		return nil
	}
	due, m := w.d.RecordDueAt(a), a.Month.Chinese()
	p := Pending{
		Key: fmt.Sprintf("form/%s", a.ID), Activity: a.ID, What: m + "纪实表还没有上报", Rule: R22, Since: a.EndAt(), Due: due, Secretary: true, Committee: !w.at.Before(due),
		Do: "上报 " + m, Above: fmt.Sprintf("进度 %s %s", w.branch.Name, m), Kinds: []Kind{RecordDuePost, RecordOverdue},
		Facts: []string{fmt.Sprintf("%s结束，%s前上报", w.when(a.EndAt()), w.d.Deadline(due))},
	}
	if s, open := NextStep(a); open {
		p.Facts = append(p.Facts, "还缺"+s.String())
		if row := s.Row(); row.Who == string(Secretary) {
			p.Do = strings.ReplaceAll(row.Type, "%s", m)
		} else {
			p.Do = "进度 " + m
		}
	}
	w.add(p)
	return nil
}

// corrected: a form whose facts were corrected since it was filed (R33).
func (w *waiter) corrected(a Activity) error {
	if a.Filed.IsZero() || a.Month.Before(w.today.MonthOf().Add(-monthsBack+1)) {
		return nil
	}
	if quiet, err := w.quietSince(a, a.Filed); err != nil || quiet {
		return err
	}
	last, ok, err := w.d.LastFiled(w.tx, a.ID)
	if err != nil || !ok {
		return err
	}
	if quiet, err := w.quietSince(a, last.At); err != nil || quiet {
		return err
	}
	left, err := w.d.Unfiled(w.tx, a)
	if err != nil || len(left) == 0 {
		return err
	}
	m := a.Month.Chinese()
	p := Pending{
		Key: fmt.Sprintf("corrected/%s/%d", a.ID, last.Version), Activity: a.ID, What: m + "纪实表上报后有更正，没有再报", Rule: R33, Since: left[0].At, Secretary: true,
		Do: "上报 " + m, Above: fmt.Sprintf("纪实表 %s %s", w.branch.Name, m),
	}
	for _, c := range left {
		p.Facts = append(p.Facts, w.when(c.At)+c.What)
	}
	w.add(p)
	return nil
}

// quietSince tells whether nothing was noted about an activity since an instant that could change its form.
func (w *waiter) quietSince(a Activity, at time.Time) (bool, error) {
	noted, err := w.tx.NotedSince(a.ID, at, nounMakeup, nounForm, nounObjection, nounRefused)
	return !noted, err
}

// absences: who was absent too often, for as long as it is news (R32). It is told once, and shown.
func (w *waiter) absences(a Activity) error {
	if w.needed || !a.Done(SigningIn) || !a.Over(w.at) || a.Month.Before(w.today.MonthOf().Prev()) {
		return nil
	}
	told, err := w.tx.ActivityPosts(a.ID, AbsencePost)
	if err != nil {
		return err
	}
	p := Pending{Key: fmt.Sprintf("absence/%s", a.ID), Activity: a.ID, What: a.Month.Chinese() + "后多次无故缺席的名单", Rule: R32, Past: true, Do: "为什么", Above: "为什么"}
	for _, t := range told {
		if t.State != Sent {
			continue
		}
		p.Secretary, p.Committee = p.Secretary || t.To == ToSecretary, p.Committee || t.To == ToPerson
		if p.Since.IsZero() {
			p.Since = t.SentAt
		}
	}
	if p.Since.IsZero() {
		return nil
	}
	cases, err := w.d.TooOften(w.tx, a)
	if err != nil || len(cases) == 0 {
		return err
	}
	p.What = fmt.Sprintf("%d人多次无故缺席（到%s）", len(cases), a.Month.Chinese())
	p.Do, p.Above = "请谈心谈话，按规定批评教育", "请支部按规定批评教育"
	for _, c := range cases {
		p.Facts = append(p.Facts, w.name(c.Person)+"："+c.Reason(w.d.Rules))
	}
	w.add(p)
	return nil
}
