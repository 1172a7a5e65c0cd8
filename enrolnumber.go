package themeday

// A number of the printed list (签到册) stays with the person to whom it was given, and is given to nobody else of the branch: what was signed on
// a list of yesterday is entered by its numbers today (纸).

// numbered reads whose the numbers are: of who is on the list today first, else of who left it last.
func (e *enrolment) numbered(places []Membership) {
	e.held = map[BranchID]map[int]PersonID{}
	for _, today := range []bool{true, false} {
		for _, m := range places {
			if m.On(e.today) != today {
				continue
			}
			if e.held[m.Branch] == nil {
				e.held[m.Branch] = map[int]PersonID{}
			}
			if _, held := e.held[m.Branch][m.Number]; !held {
				e.held[m.Branch][m.Number] = m.Person
			}
			e.number[m.Branch] = max(e.number[m.Branch], m.Number)
		}
	}
}

// numberOf is the number that somebody has in a branch, or had, or else the next one.
func (e *enrolment) numberOf(p PersonID, b BranchID) int {
	for _, all := range [][]Membership{e.places[p], e.past[p]} {
		for i := len(all) - 1; i >= 0; i-- {
			if m := all[i]; m.Branch == b && m.Number > 0 && e.held[b][m.Number] == p {
				return m.Number
			}
		}
	}
	e.number[b]++
	return e.number[b]
}
