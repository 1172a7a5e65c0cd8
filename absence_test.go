package themeday_test

import (
	"testing"

	"themeday"
)

// R32: absent twice in a row, or three times in a year; a leave is no absence, and the row goes over the year's end.
func TestAbsencesAreCountedInARowAndInTheYear(t *testing.T) {
	const zhang = themeday.PersonID(4)
	for _, c := range []struct {
		name   string
		months string // the latest first: x was absent, . was not; a blank is the turn of the year
		want   themeday.Absences
		often  bool
	}{
		{"never", "...", themeday.Absences{}, false},
		{"once, now", "x...", themeday.Absences{InRow: 1, InYear: 1}, false},
		{"twice, not in a row", "x.x.", themeday.Absences{InRow: 1, InYear: 2}, false},
		{"twice in a row", "xx.", themeday.Absences{InRow: 2, InYear: 2}, true},
		{"three times in the year", "x.x.x", themeday.Absences{InRow: 1, InYear: 3}, true},
		{"in a row over the year's end", "x x.", themeday.Absences{InRow: 2, InYear: 1}, true},
		{"three times over two years", "x.x .x", themeday.Absences{InRow: 1, InYear: 2}, false},
		{"before, but not now", ".xx", themeday.Absences{InYear: 2}, false},
		{"nothing was held", "", themeday.Absences{}, false},
	} {
		var held []themeday.Held
		m := themeday.YearMonth{Year: 2026, Month: 6}
		for _, r := range c.months {
			if r == ' ' {
				m = themeday.YearMonth{Year: m.Year - 1, Month: 12}
				continue
			}
			h := themeday.Held{Month: m, Absentees: []themeday.PersonID{1}}
			if r == 'x' {
				h.Absentees = append(h.Absentees, zhang)
			}
			held, m = append(held, h), m.Prev()
		}
		got := themeday.CountAbsences(held, zhang)
		if got != c.want || got.TooOften(themeday.DefaultRules()) != c.often {
			t.Errorf("%s: %+v, too often %v; want %+v, %v", c.name, got, got.TooOften(themeday.DefaultRules()), c.want, c.often)
		}
	}
}
