package storage

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"themeday"
)

func TestOfTooFewBallotsTheirNumberAloneIsKeptAfterTheClose(t *testing.T) {
	full := themeday.Scores{5, 5, 5, 5}
	for _, c := range []struct {
		own, outside                 int
		votes, saying, sayingOutside int // rows that are left, and ballots that still say something
	}{
		{1, 0, 0, 0, 0},
		{2, 3, 0, 0, 3},
		{3, 1, 3, 3, 0},
		{3, 0, 3, 3, 0},
	} {
		s := staffed(t)
		update(t, s, func(tx themeday.Tx) error {
			a, _, err := tx.Activity(march)
			a.Began, a.Ended, a.Evaluated = a.Starts, a.Ends, a.Ends
			errs := []error{err, tx.PutActivity(a)}
			codes := make([]themeday.OutsideCode, c.outside)
			for n := range c.own {
				_, err := tx.Vote(march, themeday.PersonID(n+1))
				errs = append(errs, err, tx.AddBallot(themeday.Ballot{Activity: march, Key: fmt.Sprintf("a%d", n), Scores: full, Remark: "讲得生动"}))
			}
			for n := range codes {
				codes[n] = themeday.OutsideCode{Activity: march, Hash: fmt.Sprint(n), Used: true}
				errs = append(errs, tx.AddBallot(themeday.Ballot{Activity: march, Key: fmt.Sprintf("b%d", n), Scores: full, Outside: true}))
			}
			return errors.Join(append(errs, tx.PutOutsideCodes(march, codes))...)
		})
		update(t, s, func(tx themeday.Tx) error {
			return desk().AfterSent(tx, themeday.Post{Kind: themeday.EvaluationResult, Activity: march}, start.Add(30*time.Hour))
		})
		votes, saying, outside := len(rowsOf(t, s.Path(), "votes")), 0, 0
		for _, b := range seen(t, s, func(tx themeday.Tx) ([]themeday.Ballot, error) { return tx.Ballots(march) }) {
			switch {
			case b.Scores != full && (b.Scores != themeday.Scores{} || b.Remark != ""):
				t.Errorf("%+v: a ballot says %+v", c, b)
			case b.Scores == full && b.Outside:
				outside++
			case b.Scores == full:
				saying++
			}
		}
		if votes != c.votes || saying != c.saying || outside != c.sayingOutside {
			t.Errorf("%+v: left are %d votes, %d ballots and %d of outsiders", c, votes, saying, outside)
		}
		same(t, "how many voted", seen(t, s, func(tx themeday.Tx) (int, error) { return tx.Voters(march) }), c.own)
		if v, err := Verify(context.Background(), s.Path(), ""); err != nil || v.Bad != nil {
			t.Errorf("%+v: the chain: %+v, %v", c, v.Bad, err)
		}
	}
}
