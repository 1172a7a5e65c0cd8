package storage

import (
	"cmp"
	"slices"

	"themeday"
)

const outsideColumns = "activity, hash, kind, used"

func (t *tx) OutsideCodes(id themeday.ActivityID) ([]themeday.OutsideCode, error) {
	return list(t, "outside_codes", scanOutsideCode, "SELECT "+outsideColumns+" FROM outside_codes WHERE activity = ? ORDER BY hash", id)
}

func (t *tx) OutsideCode(hash string) (themeday.OutsideCode, bool, error) {
	return one(t, "outside_codes", scanOutsideCode, "SELECT "+outsideColumns+" FROM outside_codes WHERE hash = ?", hash)
}

func scanOutsideCode(r row, c *themeday.OutsideCode) error {
	return r.Scan(&c.Activity, &c.Hash, &c.Kind, &c.Used)
}

// PutOutsideCodes writes all codes of an activity anew in the order of their hashes, as votes and ballots are (evaluation.go): neither the order
// in which they were made nor that in which they were used stands in the file or stays in the log.
func (t *tx) PutOutsideCodes(id themeday.ActivityID, all []themeday.OutsideCode) error {
	t.poll(id)
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b themeday.OutsideCode) int { return cmp.Compare(a.Hash, b.Hash) })
	if err := t.drop("outside_codes", "activity = ?", id); err != nil {
		return err
	}
	for _, c := range all {
		if _, err := t.exec("write outside_codes", insert("outside_codes", outsideColumns, 4), id, c.Hash, c.Kind, c.Used); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) OutsideSalt() (string, error) {
	salt, _, err := one(t, "outside_salt", func(r row, s *string) error { return r.Scan(s) }, "SELECT salt FROM outside_salt")
	return salt, err
}

func (t *tx) PutOutsideSalt(salt string) error {
	return t.put("outside_salt", "one, salt", 1, salt)
}
