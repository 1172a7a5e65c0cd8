package themeday

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// AbsenceCase is how often one person was absent without leave up to an activity (R32), over all branches to which he belonged on their days.
type AbsenceCase struct {
	Person PersonID
	Row    []YearMonth // in a row up to that activity, the earliest first
	Year   []YearMonth // of that activity's year, the earliest first
}

// Absences are the case in numbers.
func (c AbsenceCase) Absences() Absences { return Absences{InRow: len(c.Row), InYear: len(c.Year)} }

// Reason is why the rule names him: 连续2次无故缺席：2月、3月；本年累计3次：1月、2月、3月.
func (c AbsenceCase) Reason(r Rules) string {
	var words []string
	if len(c.Row) >= r.AbsentInRow {
		words = append(words, fmt.Sprintf("连续%d次无故缺席：%s", len(c.Row), monthList(c.Row)))
	}
	if len(c.Year) >= r.AbsentInYear {
		words = append(words, fmt.Sprintf("本年累计%d次：%s", len(c.Year), monthList(c.Year)))
	}
	return strings.Join(words, "；")
}

func monthList(all []YearMonth) string {
	words := make([]string, len(all))
	for i, m := range all {
		words[i] = m.Chinese()
		if m.Year != all[len(all)-1].Year {
			words[i] = fmt.Sprintf("%d年%s", m.Year, words[i])
		}
	}
	return strings.Join(words, "、")
}

// TooOften are the cases of those who were absent from an activity and have been so too often, in the order of the roster (R32).
func (d Desk) TooOften(tx Tx, a Activity) ([]AbsenceCase, error) {
	t, err := d.Tally(tx, a)
	if err != nil {
		return nil, err
	}
	var out []AbsenceCase
	for _, c := range t.Absentees {
		one, err := d.absenceCase(tx, c.ID, a)
		if err != nil {
			return nil, err
		}
		if one.Absences().TooOften(d.Rules) {
			out = append(out, one)
		}
	}
	return out, nil
}

// absenceCase goes through the activities of the last twelve months to which a person was due, the latest first. Those of before he joined a
// branch, or after he left it, are not his.
func (d Desk) absenceCase(tx Tx, p PersonID, last Activity) (AbsenceCase, error) {
	due, err := d.dueTo(tx, p, last)
	c := AbsenceCase{Person: p}
	unbroken := true
	for _, a := range due {
		unbroken = unbroken && a.missed
		if unbroken {
			c.Row = append(c.Row, a.Month)
		}
		if a.missed && a.Month.Year == last.Month.Year {
			c.Year = append(c.Year, a.Month)
		}
	}
	slices.Reverse(c.Row)
	slices.Reverse(c.Year)
	return c, err
}

// dueActivity is a held activity to which somebody was due, and whether he was absent without leave.
type dueActivity struct {
	Activity
	missed bool
}

func (d Desk) dueTo(tx Tx, p PersonID, last Activity) ([]dueActivity, error) {
	places, err := tx.Memberships()
	if err != nil {
		return nil, err
	}
	var out []dueActivity
	seen := map[BranchID]bool{}
	for _, m := range places {
		if m.Person != p || seen[m.Branch] {
			continue
		}
		seen[m.Branch] = true
		all, err := tx.Activities(m.Branch, last.Month.Add(-12), last.Month)
		if err != nil {
			return nil, err
		}
		for _, a := range all {
			if !a.Dated() || !a.Done(SigningIn) || a.Starts.After(last.Starts) {
				continue
			}
			t, err := d.Tally(tx, a)
			if err != nil {
				return nil, err
			}
			is := func(c Comrade) bool { return c.Person.ID == p }
			missed := slices.ContainsFunc(t.Absentees, is)
			if missed || slices.ContainsFunc(t.Attending, is) || slices.ContainsFunc(t.OnLeave, is) {
				out = append(out, dueActivity{a, missed})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b dueActivity) int { return cmp.Or(b.Starts.Compare(a.Starts), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}
