package themeday

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// PlanTaken counts what an import of a plan changed.
type PlanTaken struct {
	Dated, Moved, Changed, Same int      // months that got a date, that got another one, of which only something else changed, and that stay
	Notes                       []string // Chinese: what is worth a look
}

// errPlanRefused takes the lines back that were in order when others were not.
var errPlanRefused = errors.New("the plan was refused")

// TakePlan takes a read plan over (R01, R02, R03, R05, R16): all of it, or, where a line is refused, nothing. What stands already is no change,
// so that an exported plan may be read back whole in the middle of the year. A date that is filed or approved changes only with a reason in the
// column 事由, as by 改期.
func (d Desk) TakePlan(tx Tx, c Cause, lines []PlanLine) (PlanTaken, []RowError, error) {
	t := &planTaking{desk: d, tx: tx, c: c}
	err := tx.Nested(func(tx Tx) error {
		t.tx = tx
		if err := t.load(); err != nil {
			return err
		}
		for _, l := range lines {
			if err := t.line(l); err != nil {
				return err
			}
		}
		if len(t.faults) > 0 {
			return errPlanRefused
		}
		return t.missing(lines)
	})
	if errors.Is(err, errPlanRefused) {
		return PlanTaken{}, t.faults, nil
	}
	return t.out, nil, err
}

type planTaking struct {
	desk     Desk
	tx       Tx
	c        Cause
	branches map[string]Branch
	out      PlanTaken
	faults   []RowError
}

func (t *planTaking) load() error {
	all, err := t.tx.Branches()
	t.branches = map[string]Branch{}
	for _, b := range all {
		t.branches[string(b.ID)] = b
	}
	for _, b := range all {
		t.branches[b.Name] = b
	}
	return err
}

// line takes one line; a refusal becomes a fault, any other error ends the import.
func (t *planTaking) line(l PlanLine) error {
	b, ok := t.branches[l.Branch]
	if !ok {
		t.faults = append(t.faults, RowError{l.Line, columnBranch, fmt.Sprintf("没有“%s”这个支部，请写名单上的名称", Shown(l.Branch))})
		return nil
	}
	column, err := t.month(b.ID, l)
	var refusal *Error
	if errors.As(err, &refusal) {
		names, err := NamesNow(t.tx)
		if err != nil {
			return err
		}
		t.faults = append(t.faults, RowError{l.Line, column, refusal.Named(names).Error()})
		return nil
	}
	return err
}

// month brings an activity to what its line says and, where that is refused, names the column.
func (t *planTaking) month(b BranchID, l PlanLine) (column string, err error) {
	a, err := t.desk.OfMonth(t.tx, b, l.Month)
	if err != nil {
		return "", err
	}
	had := a.Dated()
	dated, moved, err := t.date(a, l)
	if err != nil {
		return columnDate, err
	}
	changed, column, err := t.words(dated, l)
	switch {
	case err != nil:
		return column, err
	case moved && !had:
		t.out.Dated++
	case moved:
		t.out.Moved++
	case changed:
		t.out.Changed++
	default:
		t.out.Same++
	}
	return "", nil
}

// date sets the date of a line that has one.
func (t *planTaking) date(a Activity, l PlanLine) (Activity, bool, error) {
	if l.Date == (Date{}) {
		return a, false, nil
	}
	starts, ends := l.Date.At(l.From, t.desk.Zone), l.Date.At(l.To, t.desk.Zone)
	if a.Starts.Equal(starts) && a.Ends.Equal(ends) {
		return a, false, nil
	}
	settled, err := t.settled(a)
	if err != nil {
		return a, false, err
	}
	if settled {
		if l.Why == "" {
			return a, false, Refuse(Conflict, R05, "%s的日期（%s）已经备案，改期要有事由：请加一列“事由”，或由书记发：改期 %s %s %s 事由",
				a.Month.Chinese(), t.desk.When(a.Starts), a.Month.Chinese(), l.Date.Chinese(), l.From)
		}
		next, _, err := t.desk.ChangeDate(t.tx, t.c, a, NewDate{Day: l.Date, From: l.From, To: l.To, Why: l.Why, Confirmed: true})
		return next, true, err
	}
	if err := t.may(a, l); err != nil {
		return a, false, err
	}
	next := a
	next.Starts, next.Ends = starts, ends
	next.Version++
	next.withdraw()
	if err := putActivity(t.tx, t.c, a, next, l.Why); err != nil {
		return a, false, err
	}
	return next, true, t.remark(next, l)
}

// settled tells whether a date stands: it was approved, or the year's plan is filed.
func (t *planTaking) settled(a Activity) (bool, error) {
	if !a.Dated() || a.Approved() || a.Done(Noticing) {
		return a.Dated(), nil
	}
	all, err := t.tx.FilingsOf(a.Branch)
	return slices.ContainsFunc(all, func(f Filing) bool { return f.Year == a.Month.Year }), err
}

// may refuses a date that breaks a rule: past, too short, kept clear for business.
func (t *planTaking) may(a Activity, l PlanLine) error {
	if err := t.desk.open(a, t.c.At); err != nil {
		return err
	}
	starts := l.Date.At(l.From, t.desk.Zone)
	if next := t.desk.Day(t.c.At).Year + 1; l.Date.Year > next {
		return Refuse(Invalid, R04, "%d年太远，计划最多排到%d年", l.Date.Year, next)
	}
	if !starts.After(t.c.At) {
		return Refuse(Invalid, R05, "%s已经过去，请选%s之后的日子", t.desk.When(starts), t.desk.Day(t.c.At).Chinese())
	}
	if err := CanLast(l.Date.At(l.To, t.desk.Zone).Sub(starts), t.desk.Rules.HalfDay); err != nil {
		return err
	}
	err := t.desk.undisturbed(t.tx, a.Branch, l.Date, l.Why != "")
	if CodeOf(err) == Confirm {
		return Refuse(Conflict, R07, "%s是业务忙时。仍要定在这天，请加一列“事由”写明", l.Date.Chinese())
	}
	return err
}

// remark notes a date that the branch's fixed day does not give, and one on a holiday (R03).
func (t *planTaking) remark(a Activity, l PlanLine) error {
	if name, off := t.desk.Calendar.Holiday(l.Date); off {
		t.note("第%d行：%s%s是%s放假", l.Line, t.nameOf(a.Branch), l.Date.Chinese(), name)
	}
	f, ok, err := t.tx.FixedDay(a.Branch)
	if err != nil || !ok {
		return err
	}
	if p := f.In(a.Month, t.desk.Calendar); p.Date != l.Date {
		t.note("第%d行：%s固定日（%s）在%s，本行是%s", l.Line, t.nameOf(a.Branch), f.Rule(), p.Date.Chinese(), l.Date.Chinese())
	}
	return nil
}

// nameOf is what a branch is called now.
func (t *planTaking) nameOf(b BranchID) string { return t.branches[string(b)].Name }

func (t *planTaking) note(format string, args ...any) {
	t.out.Notes = append(t.out.Notes, fmt.Sprintf(format, args...))
}

// words sets place, topics and content; an empty cell leaves what there is.
func (t *planTaking) words(a Activity, l PlanLine) (changed bool, column string, err error) {
	next := a
	if l.Place != "" && l.Place != a.Place {
		next.Place, column = l.Place, columnPlace
	}
	if len(l.Topics) > 0 && !slices.Equal(l.Topics, a.Topics) {
		next.Topics, next.Compulsory, column = l.Topics, nil, columnTopics
	}
	if len(l.Content) > 0 && !slices.Equal(l.Content, a.Content) {
		next.Content, column = l.Content, columnContent
	}
	if column == "" {
		return false, "", nil
	}
	if column == columnPlace { // what the committee approved is topic and content
		err = t.desk.open(a, t.c.At)
	} else {
		err = t.desk.settled(a, t.c.At)
	}
	if err != nil {
		return false, column, err
	}
	if column, err := t.required(next, l); err != nil {
		return false, column, err
	}
	if len(l.Topics) > 0 {
		next.complete(Deciding, t.c.At, t.c.By)
	}
	if column != columnPlace {
		next.withdraw()
	}
	if err := t.withheld(next, l); err != nil {
		return false, column, err
	}
	return true, "", putActivity(t.tx, t.c, a, next, "")
}

// withheld notes a line that names a leader, of whom the group hears nothing beforehand (R10).
func (t *planTaking) withheld(a Activity, l PlanLine) error {
	_, names, err := t.desk.ForGroup(t.tx, a, t.c.At)
	if len(names) > 0 {
		t.note("第%d行：写了领导同志（%s），领导的行程不在群里预告（%s·R10），开始前发到群里的会略去", l.Line, strings.Join(names, "、"), R10.Clause())
	}
	return err
}

// required refuses content without political study and training of the Party spirit (R16), and notes topics that do not say.
func (t *planTaking) required(a Activity, l PlanLine) (column string, err error) {
	switch {
	case hasRequired(a.Content):
	case len(a.Content) > 0:
		return columnContent, Refuse(Invalid, R16, "内容里没有政治学习或党性锻炼，请补上，例如：政治学习、党性锻炼")
	case len(a.Topics) > 0 && len(ContentOf(a.Topics)) == 0:
		t.note("第%d行：从主题看不出有没有政治学习或党性锻炼，报审前请写内容", l.Line)
	}
	return "", nil
}

// missing notes the months to come of the years in the plan that still have no date (R01).
func (t *planTaking) missing(lines []PlanLine) error {
	this := t.desk.Day(t.c.At).MonthOf()
	seen := map[ActivityID]bool{}
	for _, l := range lines {
		b := t.branches[l.Branch]
		for m := (YearMonth{l.Month.Year, 1}); m.Year == l.Month.Year; m = m.Next() {
			id := ActivityOf(b.ID, m)
			if seen[id] || m.Before(this) {
				continue
			}
			seen[id] = true
			a, _, err := t.tx.Activity(id)
			if err != nil {
				return err
			}
			if !a.Dated() {
				t.note("%s%d年%s还没有日期", b.Name, m.Year, m.Chinese())
			}
		}
	}
	return nil
}
