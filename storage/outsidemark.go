package storage

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"themeday"
)

// Who has rated by code is kept as a keyed hash: with the house's key outside the file, and always with its salt. Marks are written anew in
// their order as votes and ballots are (evaluation.go), and lie beside neither a ballot nor a code.

// OutsideRated tells whether one of the speakers has rated an activity by code.
func (t *tx) OutsideRated(id themeday.ActivityID, who ...string) (bool, error) {
	have, err := t.outsideMarks(id)
	if err != nil || len(have) == 0 {
		return false, err
	}
	salt, err := t.OutsideSalt()
	if err != nil {
		return false, err
	}
	for _, w := range who {
		for _, key := range t.vault.markers() {
			if _, there := slices.BinarySearch(have, outsideMark(key, salt, id, w)); there {
				return true, nil
			}
		}
	}
	return false, nil
}

// MarkOutside keeps that the speakers, who are one person, have rated an activity by code.
func (t *tx) MarkOutside(id themeday.ActivityID, who ...string) error {
	marks, err := t.outsideMarks(id)
	if err != nil {
		return err
	}
	salt, err := t.OutsideSalt()
	if err != nil {
		return err
	}
	for _, w := range who {
		marks = append(marks, outsideMark(t.vault.markers()[0], salt, id, w))
	}
	slices.Sort(marks)
	if err := t.DropOutsideMarks(id); err != nil {
		return err
	}
	for _, m := range slices.Compact(marks) {
		if err := t.put("outside_marks", "activity, mark", id, m); err != nil {
			return err
		}
	}
	return nil
}

// DropOutsideMarks forgets who has rated an activity by code.
func (t *tx) DropOutsideMarks(id themeday.ActivityID) error {
	t.voted = true
	return t.drop("outside_marks", "activity = ?", id)
}

func (t *tx) outsideMarks(id themeday.ActivityID) ([]string, error) {
	return list(t, "outside_marks", func(r row, m *string) error { return r.Scan(m) }, "SELECT mark FROM outside_marks WHERE activity = ? ORDER BY mark", id)
}

func outsideMark(key []byte, salt string, id themeday.ActivityID, who string) string {
	h := hmac.New(sha256.New, key)
	for _, part := range []string{salt, string(id), who} {
		h.Write([]byte(part + "\x00"))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
