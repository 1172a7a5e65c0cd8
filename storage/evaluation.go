package storage

import (
	"cmp"
	"slices"

	"themeday"
)

// Votes and ballots are written anew, in the order of their keys, each time one joins them: SQLite lays new rows one below the
// other on a page, and the bytes of the file would tell in what order people voted and so whose ballot is whose.

// Vote writes who took part and nothing else.
func (t *tx) Vote(id themeday.ActivityID, p themeday.PersonID) (bool, error) {
	if voted, err := t.Voted(id, p); err != nil || voted {
		return false, err
	}
	people, err := list(t, "votes", scanNumber, "SELECT person FROM votes WHERE activity = ?", id)
	if err != nil {
		return false, err
	}
	t.poll(id)
	people = append(people, int64(p))
	slices.Sort(people)
	if err := t.drop("votes", "activity = ?", id); err != nil {
		return false, err
	}
	for _, p := range people {
		if err := t.put("votes", "activity, person", id, p); err != nil {
			return false, err
		}
	}
	return true, nil
}

func (t *tx) Voters(id themeday.ActivityID) (int, error) {
	n, _, err := one(t, "votes", scanNumber, `SELECT max((SELECT count(*) FROM votes WHERE activity = ?1),
		(SELECT count(*) FROM ballots WHERE activity = ?1 AND outside = 0))`, id) // of too few their number alone is kept (CountBallots)
	return int(n), err
}

func (t *tx) Voted(id themeday.ActivityID, p themeday.PersonID) (bool, error) {
	_, voted, err := one(t, "votes", scanNumber, "SELECT 1 FROM votes WHERE activity = ? AND person = ?", id, p)
	return voted, err
}

// The column guest is no longer used: among ballots nothing tells a guest.
const ballotColumns = "activity, key, scores, remark, guest, outside"

func (t *tx) AddBallot(b themeday.Ballot) error {
	all, err := t.Ballots(b.Activity)
	if err != nil {
		return err
	}
	t.poll(b.Activity)
	all = append(all, b)
	slices.SortFunc(all, func(a, b themeday.Ballot) int { return cmp.Compare(a.Key, b.Key) })
	if err := t.drop("ballots", "activity = ?", b.Activity); err != nil {
		return err
	}
	for _, b := range all {
		if _, err := t.exec("write ballots", insert("ballots", ballotColumns, 6), b.Activity, b.Key, asJSON(b.Scores), b.Remark, false, b.Outside); err != nil {
			return err
		}
	}
	t.forget("ballots", b.Activity)
	return nil
}

func (t *tx) Ballots(id themeday.ActivityID) ([]themeday.Ballot, error) {
	return remember(t, "ballots", id, func() ([]themeday.Ballot, error) {
		return list(t, "ballots", func(r row, b *themeday.Ballot) error {
			return r.Scan(&b.Activity, &b.Key, fromJSON(&b.Scores), &b.Remark, &b.Outside)
		}, "SELECT activity, key, scores, remark, outside FROM ballots WHERE activity = ? ORDER BY key", id)
	})
}

// poll notes that a vote, a ballot or a code of an activity was changed.
func (t *tx) poll(id themeday.ActivityID) {
	t.voted = true
	if t.polled == nil {
		t.polled = map[themeday.ActivityID]bool{}
	}
	t.polled[id] = true
}
