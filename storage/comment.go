package storage

import "themeday"

const commentColumns = "activity, person, text, at, by"

// Comments come by time, then person.
func (t *tx) Comments(id themeday.ActivityID) ([]themeday.Comment, error) {
	return remember(t, "comments", id, func() ([]themeday.Comment, error) {
		return list(t, "comments", func(r row, c *themeday.Comment) error {
			return r.Scan(&c.Activity, &c.Person, &c.Text, when(&c.At), &c.By)
		}, "SELECT "+commentColumns+" FROM comments WHERE activity = ? ORDER BY at, person", id)
	})
}

func (t *tx) PutComment(c themeday.Comment) error {
	return t.put("comments", commentColumns, c.Activity, c.Person, c.Text, at(c.At), c.By)
}

func (t *tx) DeleteComment(id themeday.ActivityID, p themeday.PersonID) error {
	return t.drop("comments", "activity = ? AND person = ?", id, p)
}
