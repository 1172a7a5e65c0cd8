package storage

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"themeday"
)

// BenchmarkASignIn is what one sign-in costs in the store, without the wait for the disk: the message, the row, the entry, and what the chain adds.
func BenchmarkASignIn(b *testing.B) {
	s, err := OpenScratch(filepath.Join(b.TempDir(), "themeday.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	s.traces.Store(false) // no ballots: nothing is swept
	err = s.Update(b.Context(), func(tx themeday.Tx) error {
		errs := []error{tx.PutBranch(themeday.Branch{ID: first, Name: "第一支部"})}
		for range 100 {
			_, err := tx.AddPerson(themeday.Person{Name: "张三"})
			errs = append(errs, err)
		}
		return errors.Join(append(errs, tx.PutActivity(themeday.Activity{ID: march, Branch: first, Month: themeday.YearMonth{Year: 2026, Month: 3}, Starts: start, Ends: start.Add(time.Hour)}))...)
	})
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		n++
		p, at := themeday.PersonID(n%100+1), start.Add(time.Duration(n)*time.Second)
		err := s.Update(b.Context(), func(tx themeday.Tx) error {
			id := themeday.MessageID(fmt.Sprint(n))
			_, err := tx.TakeMessage(themeday.Message{Account: "wechat", ID: id, At: at})
			return errors.Join(err,
				tx.PutSignIn(themeday.SignIn{Activity: march, Person: p, At: at, Entered: at, How: themeday.Self, By: p}),
				tx.AddEntry(themeday.Entry{Happened: at, Entered: at, By: p, Verb: "签到", Branch: first, Activity: march, Noun: "signin", Key: fmt.Sprintf("%s/%d", march, p), After: []byte(`{"How":"self","At":"2026-03-13T06:30:00Z"}`), Message: id}))
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
