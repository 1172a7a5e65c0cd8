package themeday

// Revisions is how often an activity that had a date got another date, time or place: by it a calendar tells a newer entry from an older one.
func (d Desk) Revisions(tx Tx, id ActivityID) (int, error) {
	entries, err := tx.ActivityEntries(id)
	n := 0
	for _, e := range entries {
		if e.Noun != nounActivity {
			continue
		}
		before, after, ok := bothOf[Activity](e)
		if ok && before.Dated() && (!before.Starts.Equal(after.Starts) || !before.Ends.Equal(after.Ends) || before.Place != after.Place) {
			n++
		}
	}
	return n, err
}
