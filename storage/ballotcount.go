package storage

import (
	"cmp"
	"slices"

	"themeday"
)

// CountBallots leaves of the members' ballots, or of the outsiders', their number alone, and of who cast them nothing. Like all ballots they are
// written anew in the order of their keys.
func (t *tx) CountBallots(id themeday.ActivityID, outside bool) error {
	all, err := t.Ballots(id)
	if err != nil {
		return err
	}
	all = slices.Clone(all)
	for i, b := range all {
		if b.Outside == outside {
			all[i] = themeday.Ballot{Activity: id, Key: b.Key, Outside: outside}
		}
	}
	slices.SortFunc(all, func(a, b themeday.Ballot) int { return cmp.Compare(a.Key, b.Key) })
	t.poll(id)
	if !outside {
		if err := t.drop("votes", "activity = ?", id); err != nil {
			return err
		}
	}
	if err := t.drop("ballots", "activity = ?", id); err != nil {
		return err
	}
	for _, b := range all {
		if _, err := t.exec("write ballots", insert("ballots", ballotColumns, 6), id, b.Key, asJSON(b.Scores), b.Remark, false, b.Outside); err != nil {
			return err
		}
	}
	t.forget("ballots", id)
	return nil
}
