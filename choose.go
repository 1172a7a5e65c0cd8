package themeday

import "time"

// OfMonth gives a branch's activity of a month, blank and undated when there is none yet.
func (d Desk) OfMonth(tx Tx, b BranchID, m YearMonth) (Activity, error) {
	id := ActivityOf(b, m)
	a, ok, err := tx.Activity(id)
	if err != nil {
		return Activity{}, err
	}
	if !ok {
		a = Activity{ID: id, Branch: b, Month: m}
	}
	return a, nil
}

// near are the dated activities of a branch from two months back to three ahead, by month.
func (d Desk) near(tx Tx, b BranchID, at time.Time) ([]Activity, error) {
	m := d.Day(at).MonthOf()
	all, err := tx.Activities(b, m.Add(-2), m.Add(3))
	if err != nil {
		return nil, err
	}
	var dated []Activity
	for _, a := range all {
		if a.Dated() {
			dated = append(dated, a)
		}
	}
	return dated, nil
}

// Next is the activity that is on or comes next: the first that has not ended.
func (d Desk) Next(tx Tx, b BranchID, at time.Time) (Activity, bool, error) {
	all, err := d.near(tx, b, at)
	for _, a := range all {
		if !a.Over(at) {
			return a, true, err
		}
	}
	return Activity{}, false, err
}

// Last is the activity that started last, whether or not it has ended.
func (d Desk) Last(tx Tx, b BranchID, at time.Time) (Activity, bool, error) {
	all, err := d.near(tx, b, at)
	for i := len(all) - 1; i >= 0; i-- {
		if !all[i].BeginAt().After(at) {
			return all[i], true, err
		}
	}
	return Activity{}, false, err
}

// Planned is the activity that planning means when no month is named: the next one not yet started, or this month's blank.
func (d Desk) Planned(tx Tx, b BranchID, at time.Time) (Activity, error) {
	all, err := d.near(tx, b, at)
	if err != nil {
		return Activity{}, err
	}
	for _, a := range all {
		if a.Starts.After(at) && a.Began.IsZero() {
			return a, nil
		}
	}
	return d.OfMonth(tx, b, d.Day(at).MonthOf())
}

// Today is the activity whose day is today, or that is still on.
func (d Desk) Today(tx Tx, b BranchID, at time.Time) (Activity, error) {
	all, err := d.near(tx, b, at)
	if err != nil {
		return Activity{}, err
	}
	for _, a := range all {
		if d.Day(a.Starts) == d.Day(at) || !a.BeginAt().After(at) && !a.Over(at) {
			return a, nil
		}
	}
	for _, a := range all {
		if a.Starts.After(at) {
			return Activity{}, Refuse(TooEarly, "", "今天没有主题党日，下一次是%s", d.When(a.Starts))
		}
	}
	return Activity{}, Refuse(NotFound, "", "今天没有主题党日")
}

// Held is the activity that work afterwards means when no month is named: the last one that has started.
func (d Desk) Held(tx Tx, b BranchID, at time.Time) (Activity, error) {
	a, ok, err := d.Last(tx, b, at)
	if err == nil && !ok {
		err = Refuse(TooEarly, "", "还没有开展过的主题党日")
	}
	return a, err
}

// Choose gives the activity of a named month, or the one that pick finds when none is named.
func (d Desk) Choose(tx Tx, b BranchID, m *YearMonth, at time.Time, pick func(Tx, BranchID, time.Time) (Activity, error)) (Activity, error) {
	if m == nil {
		return pick(tx, b, at)
	}
	return d.OfMonth(tx, b, *m)
}
