package storage

import "themeday"

const (
	checkColumns   = "activity, item, checked_by, at"
	minuteColumns  = "activity, kind, text, written_by, at"
	pictureColumns = "activity, id, person, used_for, at, caption, look, received, like_activity, like_id"
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
	return list(t, "pictures", scanPicture, "SELECT "+pictureColumns+" FROM pictures WHERE activity = ? ORDER BY at, id, person, used_for", id)
}

func (t *tx) PicturesOf(use string) ([]themeday.Picture, error) {
	return list(t, "pictures", scanPicture, "SELECT "+pictureColumns+" FROM pictures WHERE used_for = ? ORDER BY at, activity, id, person", use)
}

func scanPicture(r row, p *themeday.Picture) error {
	return r.Scan(&p.Activity, &p.ID, &p.Person, &p.Use, when(&p.At), &p.Caption, &p.Look, &p.Received, &p.LikeActivity, &p.LikeID)
}

// PutPicture writes one use of a picture: by activity, id, person and use.
func (t *tx) PutPicture(p themeday.Picture) error {
	return t.put("pictures", pictureColumns, p.Activity, p.ID, p.Person, p.Use, at(p.At), p.Caption, p.Look, p.Received, p.LikeActivity, p.LikeID)
}

func (t *tx) DeletePicture(p themeday.Picture) error {
	return t.drop("pictures", "activity = ? AND id = ? AND person = ? AND used_for = ?", p.Activity, p.ID, p.Person, p.Use)
}
