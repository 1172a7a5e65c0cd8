package themeday

import (
	"fmt"
	"strconv"
	"time"
)

// Duty is something of a branch that is still to be done, for whoever takes its office of secretary over.
type Duty struct {
	What string   // in Chinese
	By   string   // its deadline for people; empty: none
	Who  []string // whom it concerns; not for the committee
	Type string   // what to send
	Rule Rule
}

// Duties are everything that is open in a branch: activities to come and where they stand, forms, leaves, make-up studies, objections, strikes,
// rectifications, findings and the year's plan.
func (d Desk) Duties(tx Tx, b Branch, at time.Time) ([]Duty, error) {
	w := &dutyWriter{desk: d.At(at), tx: tx, branch: b, at: at}
	for _, part := range []func() error{w.filing, w.activities, w.required, w.objections, w.consequences, w.findings} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	return w.out, nil
}

type dutyWriter struct {
	desk   Desk
	tx     Tx
	branch Branch
	at     time.Time
	out    []Duty
}

func (w *dutyWriter) add(rule Rule, what, by, typed string, who ...string) {
	w.out = append(w.out, Duty{What: what, By: by, Who: who, Type: typed, Rule: rule})
}

func (w *dutyWriter) filing() error {
	_, fixed, err := w.tx.FixedDay(w.branch.ID)
	if err != nil {
		return err
	}
	if !fixed {
		w.add(R03, "还没有定每月的固定日", "", "固定日 每月第2个周五 14:00-18:00 地点")
		return nil
	}
	year := w.desk.Day(w.at).Year
	filed, err := w.desk.filedYears(w.tx, w.branch.ID, year)
	if err == nil && !filed[year] {
		r := w.desk.Rules
		due := PlanFilingDue(year, time.Month(r.FilingMonth), r.FilingDay, w.desk.Zone)
		w.add(R04, strconv.Itoa(year)+"年度计划还没有报备", w.desk.Deadline(due), fmt.Sprintf("年度计划 %d 报备", year))
	}
	return err
}

func (w *dutyWriter) activities() error {
	now := w.desk.Day(w.at).MonthOf()
	all, err := w.tx.Activities(w.branch.ID, now.Add(-12), now.Add(12))
	if err != nil {
		return err
	}
	coming := 0
	for _, a := range all {
		if !a.Dated() {
			continue
		}
		if !a.Over(w.at) {
			if coming++; coming <= 3 {
				w.coming(a)
			}
		} else if a.Filed.IsZero() && a.Done(SigningIn) {
			w.add(R22, a.Month.Chinese()+"纪实表还没有上报", w.desk.Deadline(w.desk.RecordDueAt(a)), "上报 "+a.Month.Chinese())
		}
		if err := w.people(a); err != nil {
			return err
		}
	}
	return nil
}

// required are the compulsory topics that the branch has not planned (R16).
func (w *dutyWriter) required() error {
	now := w.desk.Day(w.at).MonthOf()
	book, err := w.desk.RequiredBook(w.tx, now, now.Add(12))
	for _, n := range book {
		for _, b := range n.Open {
			if b.ID == w.branch.ID {
				m := n.Month.Chinese()
				w.add(R16, fmt.Sprintf("必选主题“%s”（%s）还没有安排", Shown(n.Text), m), n.Due.Chinese()+"前", "主题 "+m+" "+n.Text)
			}
		}
	}
	return err
}

func (w *dutyWriter) coming(a Activity) {
	step, open := NextStep(a)
	what := fmt.Sprintf("%s主题党日：%s", a.Month.Chinese(), w.desk.When(a.Starts))
	switch {
	case !a.Returned.IsZero() && a.Returned.After(a.Submitted) && !a.Approved():
		what += "，被退回，改好后重报"
	case !a.Approved() && !a.Submitted.IsZero():
		what += "，等机关党委审定"
	case open:
		what += "，下一步" + step.String()
	}
	w.add(R18, what, "", "进度 "+a.Month.Chinese())
}

// people are the leaves of an activity that nobody decided on, and the make-up studies that are owed for it.
func (w *dutyWriter) people(a Activity) error {
	leaves, err := w.tx.Leaves(a.ID)
	if err != nil {
		return err
	}
	var asked, owing, handed []string
	for _, l := range leaves {
		if l.State == LeaveAsked && a.Filed.IsZero() {
			asked = append(asked, w.name(l.Person))
		}
	}
	makeups, err := w.tx.Makeups(a.ID)
	if err != nil {
		return err
	}
	var due time.Time
	for _, m := range makeups {
		due = m.Due
		if m.State == MakeupHanded {
			handed = append(handed, w.name(m.Person))
		} else if m.State != MakeupConfirmed {
			owing = append(owing, w.name(m.Person))
		}
	}
	month := a.Month.Chinese()
	if len(asked) > 0 {
		w.add(R13, fmt.Sprintf("%s请假%d人等书记批", month, len(asked)), w.desk.WhenFrom(a.Starts, w.at), "准假 "+month+" "+asked[0], asked...)
	}
	if len(handed) > 0 {
		w.add(R20, fmt.Sprintf("%s补学%d人交了等确认", month, len(handed)), "", "补学 过 "+handed[0]+" "+month, handed...)
	}
	if len(owing) > 0 {
		w.add(R20, fmt.Sprintf("%s补学%d人没有交", month, len(owing)), w.desk.Deadline(due), "", owing...)
	}
	return nil
}

func (w *dutyWriter) name(p PersonID) string {
	people, err := w.tx.People()
	for _, who := range people {
		if err == nil && who.ID == p {
			return who.Name
		}
	}
	return "有人"
}

func (w *dutyWriter) objections() error {
	all, err := w.tx.Objections(w.branch.ID)
	for _, o := range all {
		if o.Open() {
			by := w.desk.Day(o.At).AddDays(w.desk.At(o.At).Rules.ObjectionCommittee).Chinese() + "起报机关党委"
			w.add(R33, "异议没有答复（"+w.desk.Day(o.At).Chinese()+"提出）", by, "", w.name(o.Person))
		}
	}
	return err
}

func (w *dutyWriter) consequences() error {
	year := w.desk.Day(w.at).Year
	s, err := w.desk.Standing(w.tx, w.branch.ID, year, w.at)
	if err != nil {
		return err
	}
	if n := s.Strikes(); n > 0 {
		what := fmt.Sprintf("%d年满意率低于%d%%已有%d次，满%d次不得评先选优", year, w.desk.Rules.SatisfactionFloor, n, w.desk.Rules.Strikes)
		if s.Barred() {
			what = fmt.Sprintf("%d年满意率低于%d%%%d次，不得评先选优", year, w.desk.Rules.SatisfactionFloor, n)
		}
		w.add(R28, what, "", "")
	}
	open, err := w.desk.OpenRectificationsOf(w.tx, w.branch.ID)
	for _, r := range open {
		typed := ""
		if r.Waits() {
			typed = fmt.Sprintf("整改 %d号 措施 做了什么", r.Number)
		}
		w.add(r.Rule(), fmt.Sprintf("整改第%d号%s：%s", r.Number, r.State.Chinese(), Shown(r.Text)), w.desk.Deadline(r.Due), typed)
	}
	return err
}

func (w *dutyWriter) findings() error {
	all, err := w.tx.Findings(w.branch.ID)
	for _, f := range all {
		if f.Open() {
			w.add(R30, fmt.Sprintf("巡查发现第%d号%s：%s", f.Number, f.State.Chinese(), Shown(f.Text)), w.desk.Deadline(f.Due), "")
		}
	}
	return err
}
