package themeday

import (
	"slices"
	"time"
)

// GroupYear is a party group (党小组) of a branch in a year: its members today and the attendance of those who were of it on each activity's
// day (R29, R30).
type GroupYear struct {
	Name    string // empty: members of no group
	Members []string
	Months  []GroupMonth
}

// GroupMonth is a group's attendance at one activity.
type GroupMonth struct {
	Month     YearMonth
	Came, Due int
}

// Came is how often its members came in the year.
func (g GroupYear) Came() (n int) {
	for _, m := range g.Months {
		n += m.Came
	}
	return n
}

// Due is how often its members were due.
func (g GroupYear) Due() (n int) {
	for _, m := range g.Months {
		n += m.Due
	}
	return n
}

// PartyGroups are a branch's party groups in the order of its roster, members of no group last.
func (d Desk) PartyGroups(tx Tx, b BranchID, year int, at time.Time) ([]GroupYear, error) {
	roster, err := tx.Roster(b, d.Day(at))
	if err != nil {
		return nil, err
	}
	var out []GroupYear
	of := func(name string) *GroupYear {
		i := slices.IndexFunc(out, func(g GroupYear) bool { return g.Name == name })
		if i < 0 {
			i, out = len(out), append(out, GroupYear{Name: name})
		}
		return &out[i]
	}
	for _, c := range roster.Members() {
		g := of(c.PartyGroup)
		g.Members = append(g.Members, c.Name)
	}
	all, err := tx.Activities(b, YearMonth{year, time.January}, YearMonth{year, time.December})
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		if !a.Dated() || !a.Over(at) || !a.Done(SigningIn) {
			continue
		}
		then, err := d.RosterOf(tx, a)
		if err != nil {
			return nil, err
		}
		t, err := d.Tally(tx, a)
		if err != nil {
			return nil, err
		}
		for _, c := range then.Members() {
			g := of(c.PartyGroup)
			if n := len(g.Months); n == 0 || g.Months[n-1].Month != a.Month {
				g.Months = append(g.Months, GroupMonth{Month: a.Month})
			}
			m := &g.Months[len(g.Months)-1]
			m.Due++
			if slices.ContainsFunc(t.Attending, func(x Comrade) bool { return x.Person.ID == c.Person.ID }) {
				m.Came++
			}
		}
	}
	slices.SortStableFunc(out, func(a, b GroupYear) int { return boolInt(a.Name == "") - boolInt(b.Name == "") })
	return out, nil
}
