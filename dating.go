package themeday

import (
	"fmt"
	"time"
)

// SetFixedDay sets a branch's fixed day (R03) and dates the coming months by it. The month that is already dated keeps its date:
// that one changes only by 改期, with a reason (R05), and so do the months of a year whose plan is filed (R04). It gives the activities that
// it dated, and those that keep another date than the new rule gives them.
func (d Desk) SetFixedDay(tx Tx, c Cause, b BranchID, f FixedDay) (dated, kept []Activity, err error) {
	if err := tooLong(R03, "地点", f.Place, placeMost); err != nil {
		return nil, nil, err
	}
	span := time.Duration(f.To-f.From) * time.Minute
	if err := CanLast(span, d.Rules.HalfDay); err != nil {
		return nil, nil, err
	}
	old, had, err := tx.FixedDay(b)
	if err != nil {
		return nil, nil, err
	}
	var before any
	if had {
		before = old
	}
	if err := note(tx, c, "", nounFixedDay, string(b), before, f, ""); err != nil {
		return nil, nil, err
	}
	if err := tx.PutFixedDay(b, f, c.At); err != nil {
		return nil, nil, err
	}
	if dated, err = d.DateMonths(tx, c, b, had); err != nil {
		return nil, nil, err
	}
	kept, err = d.against(tx, c, b, f)
	return dated, kept, err
}

// against are the branch's activities to come whose date is not what its fixed day gives.
func (d Desk) against(tx Tx, c Cause, b BranchID, f FixedDay) ([]Activity, error) {
	this := d.Day(c.At).MonthOf()
	all, err := tx.Activities(b, this, this.Add(13))
	var out []Activity
	for _, a := range all {
		if a.Starts.After(c.At) && !a.Starts.Equal(f.In(a.Month, d.Calendar).Date.At(f.From, d.Zone)) {
			out = append(out, a)
		}
	}
	return out, err
}

// filedYears are the years whose plan a branch has filed, this one and the next.
func (d Desk) filedYears(tx Tx, b BranchID, this int) (map[int]bool, error) {
	years := map[int]bool{}
	for y := this; y <= this+1; y++ {
		all, err := tx.Filings(y)
		if err != nil {
			return nil, err
		}
		for _, f := range all {
			if f.Branch == b {
				years[y] = true
			}
		}
	}
	return years, nil
}

// DateMonths gives a date by the fixed day to every coming month that has none, to the year's end and three months ahead.
// With again it also moves the months after this one that are neither approved nor changed one by one.
func (d Desk) DateMonths(tx Tx, c Cause, b BranchID, again bool) ([]Activity, error) {
	f, ok, err := tx.FixedDay(b)
	if err != nil || !ok {
		return nil, err
	}
	this := d.Day(c.At).MonthOf()
	last := YearMonth{Year: this.Year, Month: time.December}
	if ahead := this.Add(3); ahead.After(last) {
		last = ahead
	}
	months, err := monthsOf(tx, b, this, last)
	if err != nil {
		return nil, err
	}
	var filed map[int]bool
	if again {
		if filed, err = d.filedYears(tx, b, this.Year); err != nil {
			return nil, err
		}
	}
	var dated []Activity
	for _, a := range months {
		m := a.Month
		next, changed := d.dateBy(f, a, c.At, again && m.After(this) && !filed[m.Year])
		if !changed {
			continue
		}
		if err := putActivity(tx, c, a, next, ""); err != nil {
			return nil, err
		}
		dated = append(dated, next)
	}
	return dated, nil
}

// monthsOf gives a branch's activity of every month from one to another, blank where there is none yet.
func monthsOf(tx Tx, b BranchID, from, to YearMonth) ([]Activity, error) {
	have, err := tx.Activities(b, from, to)
	if err != nil {
		return nil, err
	}
	var all []Activity
	for m := from; !m.After(to); m = m.Next() {
		if len(have) > 0 && have[0].Month == m {
			all, have = append(all, have[0]), have[1:]
			continue
		}
		all = append(all, Activity{ID: ActivityOf(b, m), Branch: b, Month: m})
	}
	return all, nil
}

// dateBy dates one activity by the fixed day; false when it keeps what it has.
func (d Desk) dateBy(f FixedDay, a Activity, at time.Time, again bool) (Activity, bool) {
	if a.Dated() && (!again || a.Approved() || a.Version > 1) {
		return a, false
	}
	day := f.In(a.Month, d.Calendar).Date
	starts := day.At(f.From, d.Zone)
	if !starts.After(at) {
		return a, false
	}
	if a.Dated() && a.Starts.Equal(starts) && a.Ends.Equal(day.At(f.To, d.Zone)) && a.Place == f.Place {
		return a, false
	}
	a.Starts, a.Ends, a.Place = starts, day.At(f.To, d.Zone), f.Place
	if a.Version == 0 {
		a.Version = 1
	}
	return a, true
}

// YearPlan gives a year's activities by month: those that have a date, and those to come as the fixed day will date them (R03, R04).
func (d Desk) YearPlan(tx Tx, b BranchID, year int, at time.Time) ([]Activity, error) {
	f, fixed, err := tx.FixedDay(b)
	if err != nil {
		return nil, err
	}
	var plan []Activity
	months, err := monthsOf(tx, b, YearMonth{Year: year, Month: time.January}, YearMonth{Year: year, Month: time.December})
	if err != nil {
		return nil, err
	}
	for _, a := range months {
		if fixed {
			a, _ = d.dateBy(f, a, at, false)
		}
		if a.Dated() {
			plan = append(plan, a)
		}
	}
	return plan, nil
}

// FilePlan files a year's plan with the committee (R04) and gives the receipt. After changes it may be filed again, as a new version; whether it
// was late goes by the first.
func (d Desk) FilePlan(tx Tx, c Cause, b BranchID, year int) (FiledPlan, error) {
	done, err := tx.Filings(year)
	if err != nil {
		return FiledPlan{}, err
	}
	plan, err := d.YearPlan(tx, b, year, c.At)
	if err != nil {
		return FiledPlan{}, err
	}
	if len(plan) == 0 {
		return FiledPlan{}, Refuse(Missing, R03, "%d年还没有日期。请先发：固定日 每月第2个周五 14:00-18:00 党员活动室", year)
	}
	if err := keepDates(tx, c, plan); err != nil {
		return FiledPlan{}, err
	}
	for _, f := range done {
		if f.Branch == b {
			return d.refilePlan(tx, c, f, plan)
		}
	}
	due := PlanFilingDue(year, time.Month(d.Rules.FilingMonth), d.Rules.FilingDay, d.Zone)
	f := Filing{Branch: b, Year: year, At: c.At, By: c.By, Late: !c.At.Before(due)}
	if err := note(tx, c, "", nounFiling, fmt.Sprintf("%s/%d", b, year), nil, f, ""); err != nil {
		return FiledPlan{}, err
	}
	if err := tx.PutFiling(f); err != nil {
		return FiledPlan{}, err
	}
	v := PlanVersion{Branch: b, Year: year, Version: 1, At: c.At, By: c.By, Months: filedMonths(plan)}
	return FiledPlan{PlanVersion: v, Late: f.Late}, d.fileVersion(tx, c, f, v)
}

// keepDates writes the dates that the fixed day gives to the months of a plan that had none.
func keepDates(tx Tx, c Cause, plan []Activity) error {
	for _, a := range plan {
		old, _, err := tx.Activity(a.ID)
		if err != nil {
			return err
		}
		if old.Dated() {
			continue
		}
		if err := putActivity(tx, c, old, a, ""); err != nil {
			return err
		}
	}
	return nil
}
