package storage

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"themeday"
)

// closeEvaluation gives the activity of March a result.
func closeEvaluation(t *testing.T, s *Store) {
	t.Helper()
	update(t, s, func(tx themeday.Tx) error {
		a, _, err := tx.Activity(march)
		a.Evaluated, a.Result = a.Ends, a.Ends.Add(24*time.Hour)
		return errors.Join(err, tx.PutActivity(a))
	})
}

// rowsOf are all rows of a table of a file.
func rowsOf(t *testing.T, path, table string) []string {
	t.Helper()
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	return seen(t, s, func(view themeday.Tx) ([]string, error) {
		columns := map[string]string{"votes": "activity, person", "ballots": "activity, key, scores, remark, outside", "outside_codes": "activity, hash, kind, used", "outside_marks": "activity, mark"}
		return list(view.(*tx), table, func(r row, text *string) error { return r.Scan(text) }, "SELECT json_array("+columns[table]+") FROM "+table+" ORDER BY 1")
	})
}

func TestTwoBackupsDuringAnEvaluationDoNotTellWhoseBallotCameBetweenThem(t *testing.T) {
	s := house(t)
	update(t, s, func(tx themeday.Tx) error {
		a, _, err := tx.Activity(march)
		a.Evaluated = a.Ends
		return errors.Join(err, tx.PutActivity(a), tx.PutOutsideCodes(march, []themeday.OutsideCode{{Activity: march, Hash: "aa"}, {Activity: march, Hash: "bb"}}))
	})
	var copies []string
	for n := range 4 {
		if n > 0 {
			update(t, s, func(tx themeday.Tx) error {
				_, err := tx.Vote(march, themeday.PersonID(n))
				return errors.Join(err, tx.AddBallot(themeday.Ballot{Activity: march, Key: fmt.Sprintf("%032x", n), Scores: themeday.Scores{n, n, n, n}}))
			})
		}
		if n == 3 {
			update(t, s, func(tx themeday.Tx) error {
				return errors.Join(tx.PutOutsideSalt("salt"), tx.MarkOutside(march, "@stranger"), tx.AddBallot(themeday.Ballot{Activity: march, Key: "ff", Outside: true}),
					tx.PutOutsideCodes(march, []themeday.OutsideCode{{Activity: march, Hash: "aa", Used: true}, {Activity: march, Hash: "bb"}}))
			})
		}
		path, have := copied(t, s)
		if have.Open != 1 || have.Rows["votes"]+have.Rows["ballots"]+have.Rows["outside_marks"] != 0 {
			t.Errorf("after %d ballots the copy says %+v", n, have)
		}
		if v, err := Verify(context.Background(), path, ""); err != nil || v.Bad != nil {
			t.Errorf("after %d ballots the chain of the copy: %+v, %v", n, v.Bad, err)
		}
		copies = append(copies, path)
	}
	for _, table := range []string{"votes", "ballots", "outside_codes", "outside_marks"} {
		for _, path := range copies[1:] {
			same(t, table, rowsOf(t, path, table), rowsOf(t, copies[0], table))
		}
	}
	same(t, "ballots that are still in the database", len(seen(t, s, func(tx themeday.Tx) ([]themeday.Ballot, error) { return tx.Ballots(march) })), 4)
	closeEvaluation(t, s)
	if _, have := copied(t, s); have.Open != 0 || have.Rows["votes"] != 3 || have.Rows["ballots"] != 4 {
		t.Errorf("after the result: %+v", have)
	}
}
