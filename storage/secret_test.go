package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
)

// keyNo is a key for tests.
func keyNo(t *testing.T, n byte) Key {
	t.Helper()
	k, err := NewKey(rand.NewChaCha8([32]byte{n}))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// reopened closes a store and opens its file with other keys.
func reopened(t *testing.T, s *Store, keys ...Key) *Store {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(s.Path(), Sealed(keys...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { again.Close() })
	return again
}

var zhangsLeave = themeday.Leave{Activity: march, Person: zhang, At: start, Reason: "膝盖手术", Refusal: "本次有表决", State: themeday.LeaveAsked}

func leavesOf(t *testing.T, s *Store) []themeday.Leave {
	t.Helper()
	return seen(t, s, func(tx themeday.Tx) ([]themeday.Leave, error) { return tx.Leaves(march) })
}

func secretsOf(t *testing.T, s *Store) Secrets {
	t.Helper()
	out, err := s.Secrets(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestReasonsAndObjectionsAreInNoByteOfTheFileAndItsLog(t *testing.T) {
	s := reopened(t, staffed(t), keyNo(t, 1))
	const objected, answered = "我当天在医院", "核对过签到册"
	update(t, s, func(tx themeday.Tx) error {
		a, _, err := tx.Activity(march)
		if err != nil {
			return err
		}
		by := func(p themeday.PersonID, verb string) themeday.Cause {
			return themeday.Cause{By: p, At: start.Add(-time.Hour), Verb: verb, Branch: first, Message: themeday.MessageID(verb)}
		}
		_, err = desk().AskLeave(tx, by(zhang, "请假"), a, comrade(t, tx, zhang), zhangsLeave.Reason, "")
		_, err2 := desk().DecideLeave(tx, by(wang, "不准"), first, nil, comrade(t, tx, zhang), false, zhangsLeave.Refusal)
		after := func(p themeday.PersonID) themeday.Cause {
			c := by(p, "异议")
			c.At = start.Add(6 * time.Hour)
			return c
		}
		_, err3 := desk().Object(tx, after(li), a, comrade(t, tx, li), objected)
		_, err4 := desk().JudgeObjection(tx, after(wang), first, nil, comrade(t, tx, li), false, false, answered)
		return errors.Join(err, err2, err3, err4)
	})
	l := leavesOf(t, s)[0]
	same(t, "reason and refusal", []string{l.Reason, l.Refusal}, []string{zhangsLeave.Reason, zhangsLeave.Refusal})
	o := seen(t, s, func(tx themeday.Tx) ([]themeday.Objection, error) { return tx.Objections(first) })[0]
	same(t, "objection and answer", []string{o.Text, o.Answer}, []string{objected, answered})
	for _, secret := range []string{zhangsLeave.Reason, zhangsLeave.Refusal, objected, answered} {
		same(t, "columns with "+secret, holding(t, s, secret), []string(nil))
		same(t, "times "+secret+" stands in file and log", stands(t, s, secret), 0)
	}
	same(t, "secrets", secretsOf(t, s), Secrets{Sealed: 4})
}

func TestTwiceTheSameReasonIsStoredDifferently(t *testing.T) {
	v := newVault([]Key{keyNo(t, 1)})
	where := belongs("leaves.reason", march, zhang)
	a, b := v.seal("出差", where), v.seal("出差", where)
	if a == b || !strings.HasPrefix(a, "e1:"+keyNo(t, 1).ID()+":") {
		t.Errorf("%s and %s", a, b)
	}
	same(t, "opened", []string{v.open(a, where), v.open(b, where)}, []string{"出差", "出差"})
}

func TestWordsInAnotherRowOrChangedAreNotRead(t *testing.T) {
	v := newVault([]Key{keyNo(t, 1)})
	stored := v.seal("出差", belongs("leaves.reason", march, zhang))
	changed := []byte(stored)
	if changed[20]++; !sealing.Match(changed) {
		changed[20] = 'A'
	}
	for name, c := range map[string]struct {
		stored string
		where  []byte
		want   string
	}{
		"another's row":     {stored, belongs("leaves.reason", march, li), Tampered},
		"another activity":  {stored, belongs("leaves.reason", "第一支部/2026-04", zhang), Tampered},
		"another column":    {stored, belongs("leaves.refusal", march, zhang), Tampered},
		"a changed byte":    {string(changed), belongs("leaves.reason", march, zhang), Tampered},
		"never sealed":      {"出差", nil, "出差"},
		"only looks sealed": {"e1:出差", nil, "e1:出差"},
		"none":              {"", nil, ""},
		"of another key":    {newVault([]Key{keyNo(t, 2)}).seal("出差", nil), nil, Unreadable},
	} {
		same(t, name, v.open(c.stored, c.where), c.want)
	}
}

func TestWithoutTheKeyNothingIsReadAndNothingIsLost(t *testing.T) {
	s := reopened(t, house(t), keyNo(t, 1))
	update(t, s, func(tx themeday.Tx) error { return tx.PutLeave(zhangsLeave) })
	for name, keys := range map[string][]Key{"no key": nil, "another key": {keyNo(t, 2)}} {
		s = reopened(t, s, keys...)
		l := leavesOf(t, s)[0]
		same(t, name+": reason and refusal", []string{l.Reason, l.Refusal}, []string{Unreadable, Unreadable})
		same(t, name+": secrets", secretsOf(t, s), Secrets{Sealed: 2, Unread: 2, Missing: []string{keyNo(t, 1).ID()}})
		l.State = themeday.LeaveGranted
		update(t, s, func(tx themeday.Tx) error { return tx.PutLeave(l) })
		if _, err := s.Reseal(context.Background()); err == nil {
			t.Error(name + ": sealed anew what could not be read")
		}
		s = reopened(t, s, keyNo(t, 1))
		want := zhangsLeave
		want.State = themeday.LeaveGranted
		same(t, name+": afterwards", leavesOf(t, s), []themeday.Leave{want})
		l = want
		l.State = themeday.LeaveAsked
		update(t, s, func(tx themeday.Tx) error { return tx.PutLeave(l) })
	}
}

func TestBesideSealedWordsNothingIsKeptInTheOpen(t *testing.T) {
	s := reopened(t, house(t), keyNo(t, 1))
	update(t, s, func(tx themeday.Tx) error { return tx.PutLeave(zhangsLeave) })
	s = reopened(t, s)
	err := s.Update(context.Background(), func(tx themeday.Tx) error {
		return tx.PutLeave(themeday.Leave{Activity: march, Person: li, At: start, Reason: "感冒", State: themeday.LeaveAsked})
	})
	if themeday.CodeOf(err) != themeday.Conflict || !strings.Contains(err.Error(), "themeday doctor") {
		t.Errorf("kept without a key: %v", err)
	}
	update(t, s, func(tx themeday.Tx) error { // a note without words is no secret of the database
		return tx.PutLeave(themeday.Leave{Activity: march, Person: li, At: start, Picture: "ab", State: themeday.LeaveAsked})
	})
}

func TestWhatStoodInTheOpenIsSealedOnceAndGoneFromTheFile(t *testing.T) {
	s := house(t)
	const objected = "我当天在医院"
	update(t, s, func(tx themeday.Tx) error {
		return errors.Join(tx.PutLeave(zhangsLeave), tx.AddObjection(themeday.Objection{Branch: first, Activity: march, Person: li, Text: objected, At: start}))
	})
	s = reopened(t, s, keyNo(t, 1))
	same(t, "before", secretsOf(t, s), Secrets{Open: 3})
	for _, want := range []int{3, 0} {
		n, err := s.SealOpen(context.Background())
		if err != nil || n != want {
			t.Errorf("sealed %d, %v; want %d", n, err, want)
		}
	}
	same(t, "after", secretsOf(t, s), Secrets{Sealed: 3})
	same(t, "leaves", leavesOf(t, s), []themeday.Leave{zhangsLeave})
	for _, secret := range []string{zhangsLeave.Reason, zhangsLeave.Refusal, objected} {
		same(t, "times "+secret+" stands in file and log", stands(t, s, secret), 0)
	}
}

func TestAFileWhosePagesCouldNotBeClearedIsClearedLater(t *testing.T) {
	s := house(t)
	update(t, s, func(tx themeday.Tx) error { return tx.PutLeave(zhangsLeave) })
	s = reopened(t, s, keyNo(t, 1))
	if err := s.View(context.Background(), func(tx themeday.Tx) error { // a reader holds the old pages
		if _, err := tx.Leaves(march); err != nil {
			return err
		}
		s.writer.Exec("PRAGMA busy_timeout = 50")
		_, err := s.SealOpen(context.Background())
		return err
	}); err == nil {
		t.Error("cleared beneath a reader")
	}
	same(t, "meanwhile", secretsOf(t, s), Secrets{Sealed: 2, Unclean: true})
	if n, err := s.SealOpen(context.Background()); n != 0 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	same(t, "afterwards", secretsOf(t, s), Secrets{Sealed: 2})
	same(t, "times the reason stands in file and log", stands(t, s, zhangsLeave.Reason), 0)
}

func TestANewKeySealsEverythingAnew(t *testing.T) {
	s := reopened(t, house(t), keyNo(t, 1))
	update(t, s, func(tx themeday.Tx) error { return tx.PutLeave(zhangsLeave) })
	before, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	s = reopened(t, s, keyNo(t, 2), keyNo(t, 1))
	if n, err := s.Reseal(context.Background()); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	same(t, "times the old key's id stands in file and log", stands(t, s, "e1:"+keyNo(t, 1).ID()), 0)
	s = reopened(t, s, keyNo(t, 2))
	same(t, "leaves", leavesOf(t, s), []themeday.Leave{zhangsLeave})
	if bytes.Contains(before, []byte(keyNo(t, 1).Text())) {
		t.Error("the key stands in the database")
	}
}

func TestAnObjectionOfTheFirstSchemaLeavesTheLedgerOfChanges(t *testing.T) {
	s := house(t)
	update(t, s, func(tx themeday.Tx) error {
		return tx.AddEntry(themeday.Entry{Entered: start, Noun: "objection", Key: "k", After: []byte(`{"Text":"我当天在医院","Person":1}`)})
	})
	if err := s.writer.Exec(secretsSchema[strings.Index(secretsSchema, "UPDATE entries"):strings.Index(secretsSchema, "-- Who was shown")]).Error; err != nil {
		t.Fatal(err)
	}
	same(t, "columns with the words", holding(t, s, "我当天在医院"), []string(nil))
}

func TestKeysAreReadAsTheyAreKept(t *testing.T) {
	one, two := keyNo(t, 1), keyNo(t, 2)
	for name, c := range map[string]struct {
		text string
		want []Key
		says string
	}{
		"none":             {" \n\n", nil, ""},
		"one":              {one.Text(), []Key{one}, ""},
		"lines":            {"# made by themeday, see base64\n" + one.Text() + "\r\n" + two.Text() + "\n", []Key{one, two}, ""},
		"commas":           {one.Text() + ", " + two.Text(), []Key{one, two}, ""},
		"too short":        {one.Text() + ",c2hvcnQ=", nil, "key 2 is no base64 of 32 bytes"},
		"no base64 at all": {"geheim", nil, "key 1 is no base64 of 32 bytes"},
	} {
		got, err := ParseKeys(c.text)
		if c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "geheim")) || c.says == "" && err != nil {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if printed := fmt.Sprintf("%v %+v %#v %s", one, one, one, one); strings.Contains(printed, one.Text()) || !strings.Contains(printed, one.ID()) {
		t.Errorf("a key prints as %s", printed)
	}
}

func TestLooksAreKeptInTheirOrder(t *testing.T) {
	s := house(t)
	a := themeday.Look{At: start, By: wang, Branch: first, Year: 2026, Activity: march, Person: zhang, What: "请假送批"}
	b := themeday.Look{At: start.Add(-time.Hour), Branch: first, Year: 2026, What: "台账"}
	other := themeday.Look{At: start, By: wang, Branch: first, Year: 2025, What: "台账"}
	update(t, s, func(tx themeday.Tx) error { return errors.Join(tx.AddLook(a), tx.AddLook(other), tx.AddLook(b)) })
	same(t, "looks", seen(t, s, func(tx themeday.Tx) ([]themeday.Look, error) { return tx.Looks(first, 2026) }), []themeday.Look{a, b})
}

// BenchmarkSealingTenThousandReasons seals what a database of several years holds, and writes the file anew.
func BenchmarkSealingTenThousandReasons(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		s, err := Open(filepath.Join(b.TempDir(), "d.db"))
		if err != nil {
			b.Fatal(err)
		}
		err = s.Update(context.Background(), func(tx themeday.Tx) error {
			errs := []error{tx.PutBranch(themeday.Branch{ID: first})}
			for m := range 100 {
				id := themeday.ActivityOf(first, themeday.YearMonth{Year: 2020, Month: 1}.Add(m))
				errs = append(errs, tx.PutActivity(themeday.Activity{ID: id, Branch: first}))
				for p := range 100 {
					if m == 0 {
						_, err := tx.AddPerson(themeday.Person{Name: "人"})
						errs = append(errs, err)
					}
					errs = append(errs, tx.PutLeave(themeday.Leave{Activity: id, Person: themeday.PersonID(p + 1), At: start, Reason: "孩子住院，需要陪护", State: themeday.LeaveGranted}))
				}
			}
			return errors.Join(errs...)
		})
		k, err2 := NewKey(rand.NewChaCha8([32]byte{1}))
		if err := errors.Join(err, err2); err != nil {
			b.Fatal(err)
		}
		s.UseKeys(k)
		b.StartTimer()
		if n, err := s.SealOpen(context.Background()); n != 10000 || err != nil {
			b.Fatal(n, err)
		}
		b.StopTimer()
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
