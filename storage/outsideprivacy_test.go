package storage

import (
	"errors"
	"strings"
	"testing"
	"time"

	"themeday"
)

// rated is staffed with an activity that is over, codes for three outsiders, and one of them used.
func rated(t *testing.T, remark string) (s *Store, codes []string) {
	s = staffed(t)
	update(t, s, func(tx themeday.Tx) error {
		a, _, err := tx.Activity(march)
		a.Began, a.Ended = a.Starts, a.Ends
		for _, step := range []themeday.Step{themeday.Approving, themeday.SigningIn} {
			a.Steps[step-1] = themeday.StepDone{At: start, By: wang}
		}
		return errors.Join(err, tx.PutActivity(a))
	})
	d := desk()
	update(t, s, func(tx themeday.Tx) error {
		a, _, err := tx.Activity(march)
		if err != nil {
			return err
		}
		codes, err = d.MakeOutsideCodes(tx, themeday.Cause{By: wang, At: start, Verb: "邀评", Branch: first, Message: "m1"}, a, "党外人士", 3)
		return err
	})
	update(t, s, func(tx themeday.Tx) error {
		c := themeday.Cause{At: start.Add(5 * time.Hour), Verb: "评分", Message: "m7"}
		m := themeday.Message{ID: "m7", Account: "wechat", From: themeday.Sighting{ID: "@stranger"}}
		if _, err := tx.TakeMessage(m); err != nil {
			return err
		}
		_, err := d.RateByCode(tx, c, m, "session", themeday.OutsideBallot{Code: codes[0], Scores: themeday.Scores{5, 4, 3, 5}, Remark: remark})
		return err
	})
	return s, codes
}

func TestNothingOfAnOutsidersBallotLeadsToHisCodeOrToHim(t *testing.T) {
	const remark = "讲得生动"
	s, codes := rated(t, remark)
	ballots := seen(t, s, func(tx themeday.Tx) ([]themeday.Ballot, error) { return tx.Ballots(march) })
	rows := seen(t, s, func(tx themeday.Tx) ([]themeday.OutsideCode, error) { return tx.OutsideCodes(march) })
	if len(ballots) != 1 || !ballots[0].Outside || len(rows) != 3 {
		t.Fatalf("ballots %+v, codes %+v", ballots, rows)
	}
	used := 0
	for _, r := range rows {
		same(t, "columns with a code's hash", holding(t, s, r.Hash), []string{"outside_codes.hash"})
		if r.Used {
			used++
		}
	}
	same(t, "used codes", used, 1)
	same(t, "columns with the ballot's key", holding(t, s, ballots[0].Key), []string{"ballots.key"})
	same(t, "columns with the remark", holding(t, s, remark), []string{"ballots.remark"})
	same(t, "columns with the scores", holding(t, s, "[5,4,3,5]"), []string{"ballots.scores"})
	same(t, "columns with the kind", holding(t, s, "党外人士"), []string{"entries.after", "outside_codes.kind"})
	same(t, "columns with the message", holding(t, s, "m7"), []string{"inbox.message"})
	same(t, "columns with the stranger", holding(t, s, "@stranger"), []string(nil))
	same(t, "columns with the word", holding(t, s, "评分"), []string(nil))
	have := marks(t, s)
	if len(have) != 1 {
		t.Fatalf("marks %q", have)
	}
	same(t, "columns with the mark", holding(t, s, have[0]), []string{"outside_marks.mark"})
	for _, other := range append([]string{ballots[0].Key}, rows[0].Hash, rows[1].Hash, rows[2].Hash) {
		if strings.Contains(other, have[0][:8]) {
			t.Errorf("the mark is in %s", other)
		}
	}
	for _, code := range codes {
		same(t, "columns with the code "+code, holding(t, s, code), []string(nil))
		same(t, "times the code stands in file and log", stands(t, s, code), 0)
	}
	if voters := seen(t, s, func(tx themeday.Tx) (int, error) { return tx.Voters(march) }); voters != 0 {
		t.Errorf("%d members voted", voters)
	}
}

func TestOfWrongCodesTheTriesAreKeptAndOfARightOneNothing(t *testing.T) {
	s, _ := rated(t, "")
	same(t, "columns with tries", holding(t, s, "rate/"), []string(nil))
	err := s.Update(t.Context(), func(tx themeday.Tx) error {
		m := themeday.Message{Account: "wechat", From: themeday.Sighting{ID: "@stranger"}}
		_, err := desk().RateByCode(tx, themeday.Cause{At: start.Add(5 * time.Hour)}, m, "session", themeday.OutsideBallot{Code: "00000000", Scores: themeday.Scores{5, 5, 5, 5}})
		if themeday.CodeOf(err) != themeday.NotFound {
			t.Errorf("a wrong code: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "columns with tries", holding(t, s, "rate/wechat/session/@stranger"), []string{"tries.key"})
}

func TestTheEndOfAnEvaluationTellsHowManyOutsidersThereWere(t *testing.T) {
	s, _ := rated(t, "")
	update(t, s, func(tx themeday.Tx) error {
		return desk().AfterSent(tx, themeday.Post{Kind: themeday.EvaluationResult, Activity: march}, start.Add(30*time.Hour))
	})
	same(t, "marks afterwards", marks(t, s), []string(nil))
	closed := entries(t, s, themeday.Bot)
	if len(closed) != 2 || string(closed[0].After) != `{"Raters":0,"Outside":1}` {
		t.Errorf("the end of the evaluation: %+v", closed)
	}
}
