package storage

import "themeday"

const (
	checkColumns     = "activity, item, checked_by, at"
	minuteColumns    = "activity, kind, text, written_by, at"
	pictureColumns   = "activity, id, person, used_for, at"
	objectionColumns = "branch, activity, person, text, at"
)

// Checks come by time, then item.
func (t *tx) Checks(id themeday.ActivityID) ([]themeday.Check, error) {
	return list(t, "checks", func(r row, c *themeday.Check) error { return r.Scan(&c.Activity, &c.Item, &c.By, when(&c.At)) },
		"SELECT "+checkColumns+" FROM checks WHERE activity = ? ORDER BY at, item", id)
}

func (t *tx) PutCheck(c themeday.Check) error {
	return t.put("checks", checkColumns, c.Activity, c.Item, c.By, at(c.At))
}

func (t *tx) DeleteCheck(id themeday.ActivityID, item string) error {
	return t.drop("checks", "activity = ? AND item = ?", id, item)
}

func (t *tx) Minutes(id themeday.ActivityID) ([]themeday.Minute, error) {
	return list(t, "minutes", func(r row, m *themeday.Minute) error {
		return r.Scan(&m.Seq, &m.Activity, &m.Kind, &m.Text, &m.By, when(&m.At))
	}, "SELECT seq, "+minuteColumns+" FROM minutes WHERE activity = ? ORDER BY seq", id)
}

// AddMinute writes a line with the number it has, or with one that no line ever had.
func (t *tx) AddMinute(m themeday.Minute) (int64, error) {
	if m.Seq == 0 {
		return t.add("minutes", minuteColumns, "seq", m.Activity, m.Kind, m.Text, m.By, at(m.At))
	}
	return m.Seq, t.put("minutes", "seq, "+minuteColumns, m.Seq, m.Activity, m.Kind, m.Text, m.By, at(m.At))
}

func (t *tx) DeleteMinute(id themeday.ActivityID, seq int64) error {
	return t.drop("minutes", "activity = ? AND seq = ?", id, seq)
}

// Pictures come by time, then id.
func (t *tx) Pictures(id themeday.ActivityID) ([]themeday.Picture, error) {
	return list(t, "pictures", func(r row, p *themeday.Picture) error {
		return r.Scan(&p.Activity, &p.ID, &p.Person, &p.Use, when(&p.At))
	},
		"SELECT "+pictureColumns+" FROM pictures WHERE activity = ? ORDER BY at, id, person, used_for", id)
}

// PutPicture writes one use of a picture: by activity, id, person and use.
func (t *tx) PutPicture(p themeday.Picture) error {
	return t.put("pictures", pictureColumns, p.Activity, p.ID, p.Person, p.Use, at(p.At))
}

// AddObjection makes the id; the one in o is not looked at.
func (t *tx) AddObjection(o themeday.Objection) error {
	_, err := t.add("objections", objectionColumns, "id", o.Branch, o.Activity, o.Person, o.Text, at(o.At))
	return err
}

// Objections come in the order in which they were raised.
func (t *tx) Objections(b themeday.BranchID) ([]themeday.Objection, error) {
	return list(t, "objections", func(r row, o *themeday.Objection) error {
		return r.Scan(&o.ID, &o.Branch, &o.Activity, &o.Person, &o.Text, when(&o.At))
	}, "SELECT id, "+objectionColumns+" FROM objections WHERE branch = ? ORDER BY id", b)
}
