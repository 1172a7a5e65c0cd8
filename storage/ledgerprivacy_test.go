package storage

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"themeday"
)

// desk is where the use cases of these tests are done.
func desk() themeday.Desk {
	zone := time.FixedZone("CST", 8*60*60)
	return themeday.Desk{Rules: themeday.DefaultRules(), Zone: zone, Rand: rand.NewChaCha8([32]byte{1})}
}

// staffed is house with everybody on the roster of the first branch, 王强 as its secretary.
func staffed(t *testing.T) *Store {
	t.Helper()
	s := house(t)
	update(t, s, func(tx themeday.Tx) error {
		var errs []error
		for i, p := range []themeday.PersonID{zhang, li, wang} {
			m := themeday.Membership{Branch: first, Person: p, Number: i + 1, Category: themeday.Formal}
			if p == wang {
				m.Offices = themeday.Offices{themeday.Secretary}
			}
			errs = append(errs, tx.PutMembership(m))
		}
		return errors.Join(errs...)
	})
	return s
}

func comrade(t *testing.T, tx themeday.Tx, p themeday.PersonID) themeday.Comrade {
	t.Helper()
	roster, err := tx.Roster(first, desk().Day(start))
	if err != nil {
		t.Fatal(err)
	}
	c, ok := roster.Find(p)
	if !ok {
		t.Fatalf("%d is not on the roster", p)
	}
	return c
}

func entries(t *testing.T, s *Store, p themeday.PersonID) []themeday.Entry {
	t.Helper()
	return seen(t, s, func(tx themeday.Tx) ([]themeday.Entry, error) { return tx.EntriesBy(p, time.Time{}) })
}

func TestTheLedgerTellsOfALeaveWithoutItsReasons(t *testing.T) {
	const reason, refusal, again = "膝盖手术", "本次有表决", "改期手术"
	s := staffed(t)
	before := start.Add(-48 * time.Hour)
	by := func(p themeday.PersonID, verb string, after time.Duration) themeday.Cause {
		return themeday.Cause{By: p, At: before.Add(after), Verb: verb, Branch: first, Message: themeday.MessageID(verb)}
	}
	ask := func(reason string, after time.Duration) {
		update(t, s, func(tx themeday.Tx) error {
			a, _, err := tx.Activity(march)
			if err != nil {
				return err
			}
			_, err = desk().AskLeave(tx, by(zhang, "请假", after), a, comrade(t, tx, zhang), reason, "")
			return err
		})
	}
	ask(reason, 0)
	same(t, "columns with the reason", holding(t, s, reason), []string{"leaves.reason"})
	update(t, s, func(tx themeday.Tx) error {
		_, err := desk().DecideLeave(tx, by(wang, "不准", time.Minute), first, nil, comrade(t, tx, zhang), false, refusal)
		return err
	})
	same(t, "columns with the refusal", holding(t, s, refusal), []string{"leaves.refusal"})
	ask(again, 2*time.Minute)
	same(t, "columns with the first reason", holding(t, s, reason), []string(nil))
	same(t, "columns with the second reason", holding(t, s, again), []string{"leaves.reason"})
	if asked, decided := entries(t, s, zhang), entries(t, s, wang); len(asked) != 2 || len(decided) != 1 {
		t.Errorf("%d entries of the member and %d of the secretary, want 2 and 1", len(asked), len(decided))
	}
}

func TestTheLedgerTellsNothingOfABallotAndNotThatSomebodyVoted(t *testing.T) {
	const remark = "会议太长"
	s := staffed(t)
	update(t, s, func(tx themeday.Tx) error {
		a, _, err := tx.Activity(march)
		a.Began, a.Ended = a.Starts, a.Ends
		for _, step := range []themeday.Step{themeday.Approving, themeday.SigningIn} {
			a.Steps[step-1] = themeday.StepDone{At: start, By: wang}
		}
		return errors.Join(err, tx.PutActivity(a), tx.PutSignIn(themeday.SignIn{Activity: march, Person: zhang, At: start, Entered: start, How: themeday.Self, By: zhang}))
	})
	update(t, s, func(tx themeday.Tx) error {
		c := themeday.Cause{By: zhang, At: start.Add(5 * time.Hour), Verb: "评分", Branch: first, Message: "m7"}
		_, err := desk().Rate(tx, c, themeday.Message{}, first, comrade(t, tx, zhang), themeday.Scores{5, 4, 3, 5}, remark)
		return err
	})
	ballots := seen(t, s, func(tx themeday.Tx) ([]themeday.Ballot, error) { return tx.Ballots(march) })
	if len(ballots) != 1 {
		t.Fatalf("%d ballots", len(ballots))
	}
	same(t, "columns with the remark", holding(t, s, remark), []string{"ballots.remark"})
	same(t, "columns with the scores", holding(t, s, "[5,4,3,5]"), []string{"ballots.scores"})
	same(t, "columns with the key", holding(t, s, ballots[0].Key), []string{"ballots.key"})
	if len(ballots[0].Key) != 32 {
		t.Errorf("the key %q is not 16 random bytes", ballots[0].Key)
	}
	if voted := entries(t, s, zhang); len(voted) != 0 {
		t.Errorf("the ledger tells when somebody voted: %+v", voted)
	}
	same(t, "columns with the word", holding(t, s, "评分"), []string(nil))
	update(t, s, func(tx themeday.Tx) error {
		return desk().AfterSent(tx, themeday.Post{Kind: themeday.EvaluationResult, Activity: march}, start.Add(30*time.Hour))
	})
	closed := entries(t, s, themeday.Bot)
	if len(closed) != 2 || closed[0].Verb != "测评" || string(closed[0].After) != `{"Raters":1}` {
		t.Errorf("the end of the evaluation: %+v", closed)
	}
}

func TestTheReasonOfAProxySignInStandsInTheSignInAlone(t *testing.T) {
	const reason = "手机摔坏"
	s := staffed(t)
	update(t, s, func(tx themeday.Tx) error {
		a, _, err := tx.Activity(march)
		if err != nil {
			return err
		}
		for _, step := range []themeday.Step{themeday.Deciding, themeday.Approving, themeday.Noticing} {
			a.Steps[step-1] = themeday.StepDone{At: start.Add(-24 * time.Hour), By: wang}
		}
		c := themeday.Cause{By: wang, At: start, Verb: "代签", Branch: first, Message: "m8"}
		_, err = desk().SignInProxy(tx, c, a, comrade(t, tx, zhang), reason, false)
		return err
	})
	same(t, "columns with the reason", holding(t, s, reason), []string{"signins.why"})
	if noted := entries(t, s, wang); len(noted) != 1 || noted[0].Verb != "代签" {
		t.Errorf("%+v", noted)
	}
}
