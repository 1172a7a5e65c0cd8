package storage

import "themeday"

const makeupColumns = "activity, person, state, due, text, picture, handed, decided, decided_by, why"

func scanMakeup(r row, m *themeday.Makeup) error {
	return r.Scan(&m.Activity, &m.Person, &m.State, when(&m.Due), &m.Text, &m.Picture, when(&m.Handed), when(&m.Decided), &m.By, &m.Why)
}

// Makeups come by person.
func (t *tx) Makeups(id themeday.ActivityID) ([]themeday.Makeup, error) {
	return remember(t, "makeups", id, func() ([]themeday.Makeup, error) {
		return list(t, "makeups", scanMakeup, "SELECT "+makeupColumns+" FROM makeups WHERE activity = ? ORDER BY person", id)
	})
}

// MakeupsOf come by the time they are due.
func (t *tx) MakeupsOf(p themeday.PersonID) ([]themeday.Makeup, error) {
	return list(t, "makeups", scanMakeup, "SELECT "+makeupColumns+" FROM makeups WHERE person = ? ORDER BY due, activity", p)
}

func (t *tx) PutMakeup(m themeday.Makeup) error {
	return t.put("makeups", makeupColumns, m.Activity, m.Person, m.State, at(m.Due), m.Text, m.Picture, at(m.Handed), at(m.Decided), m.By, m.Why)
}

func (t *tx) DeleteMakeup(id themeday.ActivityID, p themeday.PersonID) error {
	return t.drop("makeups", "activity = ? AND person = ?", id, p)
}
