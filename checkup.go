package themeday

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Risk is one thing that a year's plan may come to grief on (体检), the rule it would break, and what to type about it.
type Risk struct {
	Month YearMonth // zero: of the year
	Rule  Rule
	What  string
	Type  string
	Both  string // the same for the two risks that tell two branches of one thing; empty otherwise
}

// BranchRisks are those of one branch.
type BranchRisks struct {
	Branch Branch
	Risks  []Risk // by month, then rule
}

// Checkup is the pre-mortem of one branch's plan of a year as it stands at an instant: of the months that are not over.
func (d Desk) Checkup(tx Tx, b Branch, year int, at time.Time) ([]Risk, error) {
	all, err := d.Checkups(tx, year, at)
	for _, one := range all {
		if one.Branch.ID == b.ID {
			return one.Risks, err
		}
	}
	return nil, err
}

// Checkups are the pre-mortems of all branches, in their order.
func (d Desk) Checkups(tx Tx, year int, at time.Time) ([]BranchRisks, error) {
	branches, err := tx.Branches()
	if err != nil {
		return nil, err
	}
	branches = slices.DeleteFunc(slices.Clone(branches), func(b Branch) bool { return b.Gone(d.Day(at)) })
	w := &ward{desk: d, tx: tx, year: year, at: at, plans: map[BranchID][]Activity{}, out: make([]BranchRisks, len(branches))}
	if w.required, err = tx.RequiredTopics(YearMonth{year, time.January}, YearMonth{year, time.December}); err != nil {
		return nil, err
	}
	for i, b := range branches {
		w.out[i].Branch = b
		if w.plans[b.ID], err = d.YearPlan(tx, b.ID, year, at); err != nil {
			return nil, err
		}
	}
	for i := range branches {
		if err := w.examine(&w.out[i]); err != nil {
			return nil, err
		}
	}
	if err := w.clashes(); err != nil {
		return nil, err
	}
	for i := range w.out {
		slices.SortStableFunc(w.out[i].Risks, func(a, b Risk) int {
			return cmp.Or(cmp.Compare(a.Month.String(), b.Month.String()), cmp.Compare(a.Rule, b.Rule))
		})
	}
	return w.out, nil
}

// ward is where the plans of a year are examined.
type ward struct {
	desk     Desk
	tx       Tx
	year     int
	at       time.Time
	plans    map[BranchID][]Activity
	required []RequiredTopic
	out      []BranchRisks
}

func (r *BranchRisks) add(m YearMonth, rule Rule, command, what string, args ...any) {
	r.Risks = append(r.Risks, Risk{Month: m, Rule: rule, What: fmt.Sprintf(what, args...), Type: command})
}

// examine looks at one branch's year.
func (w *ward) examine(r *BranchRisks) error {
	f, fixed, err := w.tx.FixedDay(r.Branch.ID)
	if err != nil {
		return err
	}
	busy, err := w.tx.Blackouts(r.Branch.ID)
	if err != nil {
		return err
	}
	var ahead []Activity
	for _, a := range w.plans[r.Branch.ID] {
		if a.Starts.After(w.at) {
			ahead = append(ahead, a)
			w.holiday(r, f, fixed, a)
			w.noticed(r, a)
			w.disturbed(r, busy, a)
		}
	}
	w.room(r, ahead)
	w.ofTheYear(r, fixed)
	if err := w.unplanned(r); err != nil {
		return err
	}
	return w.unlinked(r)
}

func moveTo(m YearMonth) string { return "改期 " + m.Chinese() + " 日期 14:00 事由" }

// holiday: the date is a day off or a make-up working day, or the fixed day was one and has been moved (R03).
func (w *ward) holiday(r *BranchRisks, f FixedDay, fixed bool, a Activity) {
	day, c := w.desk.Day(a.Starts), w.desk.Calendar
	name, off := c.Holiday(day)
	work, _ := c.Workday(day)
	weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
	p := Placement{}
	if fixed {
		p = f.In(a.Month, c)
	}
	switch {
	case off:
		r.add(a.Month, R03, moveTo(a.Month), "定在%s（%s），%s放假，请换一天", day.Chinese(), day.WeekdayChinese(), name)
	case p.Holiday != "" && p.Date == day && weekend && work:
		r.add(a.Month, R03, moveTo(a.Month), "固定日%s遇%s放假，自动换到%s（%s），这天调休要上班，请先看大家方便不方便", p.Nominal.Chinese(), p.Holiday, day.Chinese(), day.WeekdayChinese())
	case p.Holiday != "" && p.Date == day:
		r.add(a.Month, R03, moveTo(a.Month), "固定日%s遇%s放假，自动换到%s（%s），请早点告诉大家", p.Nominal.Chinese(), p.Holiday, day.Chinese(), day.WeekdayChinese())
	case weekend && work:
		r.add(a.Month, R03, moveTo(a.Month), "定在%s（%s），这天调休要上班，请先看大家方便不方便", day.Chinese(), day.WeekdayChinese())
	}
}

// room: no working day is left in the month behind the date, so that it cannot be put off (R05). The months share a line.
func (w *ward) room(r *BranchRisks, ahead []Activity) {
	var days []string
	first := YearMonth{}
	for _, a := range ahead {
		if w.workdayAfter(w.desk.Day(a.Starts)) {
			continue
		}
		if days = append(days, w.desk.Day(a.Starts).Chinese()); len(days) == 1 {
			first = a.Month
		}
	}
	if len(days) > 0 {
		r.add(first, R05, moveTo(first), "%s后面当月已没有工作日，临时有事只能提前，不能往后改", strings.Join(days, "、"))
	}
}

// workdayAfter tells whether a working day follows a day in its month.
func (w *ward) workdayAfter(d Date) bool {
	for day := d.AddDays(1); day.MonthOf() == d.MonthOf(); day = day.AddDays(1) {
		if work, _ := w.desk.Calendar.Workday(day); work {
			return true
		}
	}
	return false
}

// noticed: the notice comes on a day off, when people do not read it (R06).
func (w *ward) noticed(r *BranchRisks, a Activity) {
	if a.Done(Noticing) {
		return
	}
	n := w.desk.For(a).Rules.NoticeDays
	day := NoticeDay(a.Starts, n, w.desk.Zone)
	if name, off := w.desk.Calendar.Holiday(day); off && !day.Before(w.desk.Day(w.at)) {
		r.add(a.Month, R06, moveTo(a.Month), "预告要提前%d天，落在%s，%s放假，大家可能看不到，请在放假前先说一声", n, day.Chinese(), name)
	}
}

// disturbed: the date is one that the branch keeps for business (R07).
func (w *ward) disturbed(r *BranchRisks, busy []Blackout, a Activity) {
	for _, k := range busy {
		if k.Covers(w.desk.Day(a.Starts)) {
			r.add(a.Month, R07, moveTo(a.Month), "定在%s，是支部登记的忙时（%s），人可能到不齐", w.desk.Day(a.Starts).Chinese(), Shown(k.Why))
			return
		}
	}
}

// ofTheYear: months without a date (R01), and holidays that are not known yet (R03).
func (w *ward) ofTheYear(r *BranchRisks, fixed bool) {
	var undated []string
	first, this := YearMonth{}, w.desk.Day(w.at).MonthOf()
	for m := (YearMonth{w.year, time.January}); m.Year == w.year; m = m.Next() {
		dated := slices.ContainsFunc(w.plans[r.Branch.ID], func(a Activity) bool { return a.Month == m })
		if dated || m.Before(this) {
			continue
		}
		if undated = append(undated, m.Chinese()); len(undated) == 1 {
			first = m
		}
	}
	switch {
	case len(undated) == 0:
	case fixed:
		r.add(first, R01, moveTo(first), "%s还没有定日期", strings.Join(undated, "、"))
	default:
		r.add(first, R01, "固定日 每月第2个周五 14:00-18:00 党员活动室", "%s还没有定日期，每月的固定日也没有定", strings.Join(undated, "、"))
	}
	if !w.desk.Calendar.Knows(w.year) {
		r.add(YearMonth{}, R03, fmt.Sprintf("体检 %d", w.year), "还不知道%d年怎么放假，日期没有避开节假日，放假安排公布后请再体检一次", w.year)
	}
}

// unplanned: compulsory topics that no activity plans (R16).
func (w *ward) unplanned(r *BranchRisks) error {
	for _, t := range w.required {
		if !t.Holds() || !t.For(r.Branch.ID) {
			continue
		}
		a, err := w.desk.OfMonth(w.tx, r.Branch.ID, t.Month)
		if err != nil {
			return err
		}
		if !w.desk.plans(a, t) {
			r.add(t.Month, R16, fmt.Sprintf("主题 %s 必选 %s", t.Month.Chinese(), t.Text), "计划里还没有必选主题“%s”，要在%s前列入", Shown(t.Text), t.Due.Chinese())
		}
	}
	return nil
}

// unlinked: links that no month of the year uses (R17).
func (w *ward) unlinked(r *BranchRisks) error {
	y, err := w.desk.LinkYear(w.tx, r.Branch.ID, w.year)
	never := y.Never()
	if err != nil || len(never) == 0 || y.Dated == 0 {
		return err
	}
	m := YearMonth{w.year, time.December}
	if this := w.desk.Day(w.at).MonthOf(); this.Before(m) && this.Year == w.year {
		m = this
	} else if this.Year < w.year {
		m = YearMonth{w.year, time.January}
	}
	r.add(YearMonth{}, R17, "结合 "+m.Chinese()+" "+never[0], "一次也没有结合：%s", strings.Join(never, "、"))
	return nil
}
