package storage

import "themeday"

const lookColumns = "at, looker, branch, year, activity, person, what"

func (t *tx) AddLook(l themeday.Look) error {
	_, err := t.add("looks", lookColumns, "seq", at(l.At), l.By, l.Branch, l.Year, l.Activity, l.Person, l.What)
	return err
}

// Looks come in the order in which they happened.
func (t *tx) Looks(b themeday.BranchID, year int) ([]themeday.Look, error) {
	return list(t, "looks", func(r row, l *themeday.Look) error {
		return r.Scan(when(&l.At), &l.By, &l.Branch, &l.Year, &l.Activity, &l.Person, &l.What)
	}, "SELECT "+lookColumns+" FROM looks WHERE branch = ? AND year = ? ORDER BY seq", b, year)
}
