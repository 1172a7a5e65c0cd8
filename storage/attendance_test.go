package storage

import (
	"errors"
	"testing"
	"time"

	"themeday"
)

func signIns(tx themeday.Tx) ([]themeday.SignIn, error) { return tx.SignIns(march) }
func leaves(tx themeday.Tx) ([]themeday.Leave, error)   { return tx.Leaves(march) }
func guests(tx themeday.Tx) ([]themeday.Guest, error)   { return tx.Guests(march) }
func claims(tx themeday.Tx) ([]themeday.Claim, error)   { return tx.Claims(march) }

func TestSignInsComeByWhenTheyWereEnteredAndOnceAPerson(t *testing.T) {
	s := house(t)
	a := themeday.SignIn{Activity: march, Person: zhang, At: start, Entered: start.Add(3 * time.Hour), How: themeday.Late, By: wang, Why: "手机没电"}
	b := themeday.SignIn{Activity: march, Person: li, At: start.Add(time.Minute), Entered: start.Add(time.Minute), How: themeday.Self, By: li, Guest: true}
	update(t, s, func(tx themeday.Tx) error {
		early := a
		early.How, early.Entered = themeday.Self, start
		return errors.Join(tx.PutSignIn(early), tx.PutSignIn(b), tx.PutSignIn(a))
	})
	same(t, "sign-ins", seen(t, s, signIns), []themeday.SignIn{b, a})
	update(t, s, func(tx themeday.Tx) error { return tx.DeleteSignIn(march, li) })
	same(t, "after one was deleted", seen(t, s, signIns), []themeday.SignIn{a})
}

func TestLeavesComeByWhenTheyWereAsked(t *testing.T) {
	s := house(t)
	a := themeday.Leave{Activity: march, Person: zhang, At: start, Reason: "出差", State: themeday.LeaveAsked, Late: true}
	b := themeday.Leave{Activity: march, Person: li, At: start.Add(-time.Hour), Reason: "住院", Picture: "ab12", State: themeday.LeaveRefused, Decided: start, By: wang, Refusal: "材料不全"}
	update(t, s, func(tx themeday.Tx) error { return errors.Join(tx.PutLeave(a), tx.PutLeave(b)) })
	same(t, "leaves", seen(t, s, leaves), []themeday.Leave{b, a})
	a.State, a.Decided, a.By = themeday.LeaveGranted, start.Add(time.Minute), wang
	update(t, s, func(tx themeday.Tx) error { return tx.PutLeave(a) })
	same(t, "after one was granted", seen(t, s, leaves), []themeday.Leave{b, a})
}

func TestGuestsAreInvitedAndTakenBackOff(t *testing.T) {
	s := house(t)
	a := themeday.Guest{Activity: march, Person: li, Name: "李四", Kind: "积极分子"}
	b := themeday.Guest{Activity: march, Person: zhang, Name: "张三", Kind: "团员"}
	update(t, s, func(tx themeday.Tx) error { return errors.Join(tx.PutGuest(a), tx.PutGuest(b)) })
	same(t, "guests", seen(t, s, guests), []themeday.Guest{b, a})
	update(t, s, func(tx themeday.Tx) error { return tx.DeleteGuest(march, zhang) })
	same(t, "guests", seen(t, s, guests), []themeday.Guest{a})
}

func TestAClaimIsOneAName(t *testing.T) {
	s := house(t)
	a := themeday.Claim{Activity: march, Name: "赵六", By: zhang, At: start}
	told := a
	told.Told = true
	b := themeday.Claim{Activity: march, Name: "安娜", By: zhang, At: start}
	update(t, s, func(tx themeday.Tx) error { return errors.Join(tx.PutClaim(a), tx.PutClaim(b), tx.PutClaim(told)) })
	same(t, "claims", seen(t, s, claims), []themeday.Claim{b, told})
}
