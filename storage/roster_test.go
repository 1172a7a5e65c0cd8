package storage

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"themeday"
)

func date(y int, m time.Month, d int) themeday.Date {
	return themeday.DateOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC), time.UTC)
}

func TestBranchesKeepTheOrderOfTheirImport(t *testing.T) {
	s := house(t)
	update(t, s, func(tx themeday.Tx) error {
		return errors.Join(tx.PutBranch(themeday.Branch{ID: "a", Name: "第三支部"}), tx.PutBranch(themeday.Branch{ID: first, Name: "改了名", Group: "新群"}))
	})
	same(t, "branches", seen(t, s, themeday.Tx.Branches), []themeday.Branch{{ID: first, Name: "改了名", Group: "新群"}, {ID: second, Name: "第二支部", Group: "二支部群"}, {ID: "a", Name: "第三支部"}})
}

func TestAPersonGetsAnIdOfHisOwnAndKeepsItWhenChanged(t *testing.T) {
	s := house(t)
	changed := themeday.Person{ID: li, Name: "李四", Phone: "13800000000", Committee: true, Liaison: true}
	update(t, s, func(tx themeday.Tx) error {
		id, err := tx.AddPerson(themeday.Person{ID: 77, Name: "张三"}) // of the same name as another
		same(t, "id", id, themeday.PersonID(4))
		return errors.Join(err, tx.PutPerson(changed))
	})
	same(t, "people", seen(t, s, themeday.Tx.People), []themeday.Person{{ID: zhang, Name: "张三"}, changed, {ID: wang, Name: "王强"}, {ID: 4, Name: "张三"}})
}

func TestARosterIsThatOfItsDay(t *testing.T) {
	s := house(t)
	move := date(2026, 3, 1)
	stay := themeday.Membership{Branch: first, Person: zhang, Number: 2, Offices: themeday.Offices{themeday.Secretary, themeday.Recorder}, Category: themeday.Formal, PartyGroup: "一组", Frail: true, Card: "老张"}
	left := themeday.Membership{Branch: first, Person: li, Number: 1, Category: themeday.Formal, Until: move}
	came := themeday.Membership{Branch: second, Person: li, Number: 1, Category: themeday.Formal, Since: move}
	back := themeday.Membership{Branch: first, Person: li, Number: 3, Category: themeday.Formal, Since: date(2026, 6, 1)}
	update(t, s, func(tx themeday.Tx) error {
		return errors.Join(tx.PutMembership(came), tx.PutMembership(stay), tx.PutMembership(back), tx.PutMembership(left))
	})
	same(t, "all that ever were", seen(t, s, themeday.Tx.Memberships), []themeday.Membership{left, stay, back, came})
	for _, c := range []struct {
		branch themeday.BranchID
		on     themeday.Date
		want   string
	}{
		{first, date(2025, 12, 31), "李四 张三"},
		{first, date(2026, 2, 28), "李四 张三"},
		{first, move, "张三"},
		{first, date(2026, 6, 1), "张三 李四"},
		{second, date(2026, 2, 28), ""},
		{second, move, "李四"},
		{second, date(2027, 1, 1), "李四"},
	} {
		roster := seen(t, s, func(tx themeday.Tx) (themeday.BranchRoster, error) { return tx.Roster(c.branch, c.on) })
		got := ""
		for i, who := range roster {
			if i > 0 {
				got += " "
			}
			got += who.Name
		}
		same(t, fmt.Sprint(c.branch, " on ", c.on), got, c.want)
	}
	roster := seen(t, s, func(tx themeday.Tx) (themeday.BranchRoster, error) { return tx.Roster(first, move) })
	same(t, "the comrade", roster[0], themeday.Comrade{Person: themeday.Person{ID: zhang, Name: "张三"}, Membership: stay})
}

func TestAMembershipPutAgainIsReplaced(t *testing.T) {
	s := house(t)
	m := themeday.Membership{Branch: first, Person: zhang, Number: 1, Category: themeday.Formal, Since: date(2026, 1, 1)}
	ended := m
	ended.Until, ended.Number = date(2026, 7, 1), 5
	update(t, s, func(tx themeday.Tx) error { return errors.Join(tx.PutMembership(m), tx.PutMembership(ended)) })
	same(t, "memberships", seen(t, s, themeday.Tx.Memberships), []themeday.Membership{ended})
}

func TestTheBranchesThatALeaderGuidesAreReplacedTogether(t *testing.T) {
	s := house(t)
	for _, c := range []struct {
		branches []themeday.BranchID
		want     []themeday.Guide
	}{
		{[]themeday.BranchID{second, first}, []themeday.Guide{{Person: zhang, Branch: first}, {Person: zhang, Branch: second}, {Person: wang, Branch: first}}},
		{[]themeday.BranchID{second}, []themeday.Guide{{Person: zhang, Branch: second}, {Person: wang, Branch: first}}},
		{nil, []themeday.Guide{{Person: wang, Branch: first}}},
	} {
		update(t, s, func(tx themeday.Tx) error {
			return errors.Join(tx.PutGuides(wang, []themeday.BranchID{first}), tx.PutGuides(zhang, c.branches))
		})
		same(t, fmt.Sprint("张三 guides ", c.branches), seen(t, s, themeday.Tx.Guides), c.want)
	}
}
