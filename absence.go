package themeday

import "slices"

// Held is an activity that was held, and who was absent from it without leave.
type Held struct {
	Month     YearMonth
	Absentees []PersonID
}

// Absences is how often somebody was absent without leave (R32).
type Absences struct {
	InRow  int // up to the latest activity, over the year's end too
	InYear int // in the latest activity's year
}

// CountAbsences counts a person's absences over activities that were held, the latest first.
func CountAbsences(held []Held, p PersonID) Absences {
	var a Absences
	unbroken := true
	for _, h := range held {
		missed := slices.Contains(h.Absentees, p)
		unbroken = unbroken && missed
		if unbroken {
			a.InRow++
		}
		if missed && h.Month.Year == held[0].Month.Year {
			a.InYear++
		}
	}
	return a
}

// TooOften tells whether absences call for a word with the member (R32).
func (a Absences) TooOften(r Rules) bool {
	return a.InRow >= r.AbsentInRow || a.InYear >= r.AbsentInYear
}
