package storage

import (
	"context"
	"errors"
	"testing"

	"themeday"
)

// leaver is a house that 欧阳修远 has left: his name, phone, nickname and reason stood in many places.
func leaver(t *testing.T) (*Store, themeday.PersonID) {
	t.Helper()
	s := house(t)
	var id themeday.PersonID
	update(t, s, func(tx themeday.Tx) (err error) {
		id, err = tx.AddPerson(themeday.Person{Name: "欧阳修远", Phone: "13912345678"})
		c := themeday.Entry{Entered: start, By: id, Branch: first, Activity: march, Noun: "signin", Key: string(march) + "/4", After: []byte(`{"Name":"x"}`)}
		told := themeday.Entry{Entered: start, By: wang, Branch: first, Noun: "roster", Key: "2026-03-01", After: []byte(`["欧阳修远来了"]`), Why: "欧阳修远"}
		_, minute := tx.AddMinute(themeday.Minute{Activity: march, Kind: "发言", Text: "欧阳修远谈体会，欧阳修远之也谈", By: wang, At: start})
		_, longer := tx.AddPerson(themeday.Person{Name: "欧阳修远之"})
		_, vote := tx.Vote(march, id)
		return errors.Join(err, minute, longer, vote,
			tx.PutMembership(themeday.Membership{Branch: first, Person: id, Number: 4, Category: themeday.Formal, Card: "欧阳修远", Since: themeday.Date{Year: 2026, Month: 1, Day: 1}, Until: themeday.Date{Year: 2026, Month: 3, Day: 20}}),
			tx.PutBinding(themeday.Binding{Account: "wechat", Session: "s", Sighting: "@oyxy", Person: id, Level: themeday.Certain, Name: "欧阳修远", Nick: "远行客", At: start}),
			tx.PutSignIn(themeday.SignIn{Activity: march, Person: id, At: start, Entered: start, How: themeday.Self, By: id}),
			tx.PutLeave(themeday.Leave{Activity: march, Person: id, At: start, Reason: "膝盖手术后复查", State: themeday.LeaveGranted}),
			tx.AddBallot(themeday.Ballot{Activity: march, Key: "k", Scores: themeday.Scores{5, 5, 5, 5}, Remark: "欧阳修远讲得好"}),
			tx.PutPost(themeday.Post{Key: "p", Kind: themeday.Notice, Branch: first, To: themeday.ToGroup, Due: start, State: themeday.Sent, Text: "请欧阳修远准备"}),
			tx.AddEntry(c), tx.AddEntry(told))
	})
	return s, id
}

func TestWhoIsErasedStandsNowhereAndTheChainHolds(t *testing.T) {
	s, id := leaver(t)
	c := themeday.Cause{By: themeday.Bot, At: start.AddDate(0, 1, 0), Verb: "erase"}
	var out themeday.Erasure
	update(t, s, func(tx themeday.Tx) (err error) {
		out, err = desk().Erase(tx, c, id, "本人申请")
		return err
	})
	if out.Entries != 2 || out.Bindings != 1 || out.Shared {
		t.Errorf("%+v", out)
	}
	if err := s.Clear(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"13912345678", "@oyxy", "远行客", "膝盖手术后复查", "欧阳修远来了", "欧阳修远谈", "欧阳修远讲", "请欧阳修远"} {
		if n := stands(t, s, word); n != 0 {
			t.Errorf("%s stands %d times in the file, in %v", word, n, holding(t, s, word))
		}
	}
	if n, kept := stands(t, s, "欧阳修远"), stands(t, s, "欧阳修远之"); n != kept || kept != 2 {
		t.Errorf("the name stands %d times, %d of them as part of another's", n, kept)
	}
	minutes := seen(t, s, func(tx themeday.Tx) ([]themeday.Minute, error) { return tx.Minutes(march) })
	if len(minutes) != 1 || minutes[0].Text != "已删除谈体会，欧阳修远之也谈" {
		t.Errorf("%+v", minutes)
	}
	v := verdict(t, s.Path())
	if v.Bad != nil || v.Erased != 2 || v.Entries != 3 {
		t.Errorf("%+v %+v", v, v.Bad)
	}
	if err := raw(t, s.Path()).Exec("UPDATE entries SET before = NULL, after = NULL, why = '', salt = NULL WHERE noun = 'person'").Error; err != nil {
		t.Fatal(err)
	}
	if v := verdict(t, s.Path()); v.Bad == nil {
		t.Error("another entry lost its words, and nobody found it")
	}
}

func TestOnlyWhoHasLeftIsErasedAndTheReasonDoesNotNameHim(t *testing.T) {
	s, id := leaver(t)
	for _, row := range []struct {
		id   themeday.PersonID
		at   int // months after
		why  string
		code themeday.Code
	}{
		{99, 1, "本人申请", themeday.NotFound},
		{id, -1, "本人申请", themeday.Conflict},
		{id, 1, " ", themeday.Missing},
		{id, 1, "欧阳修远申请", themeday.Invalid},
	} {
		err := s.Update(context.Background(), func(tx themeday.Tx) error {
			_, err := desk().Erase(tx, themeday.Cause{At: start.AddDate(0, row.at, 0)}, row.id, row.why)
			return err
		})
		if themeday.CodeOf(err) != row.code {
			t.Errorf("%+v: %v", row, err)
		}
	}
}
