package storage

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
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

// BenchmarkVerifyAMillionEntries walks along a chain of a million entries, each with its own link and row. It takes minutes to lay out, so it only
// runs with THEMEDAY_MILLION set; with a number there are so many. It reports the most memory that Go took from the system meanwhile.
func BenchmarkVerifyAMillionEntries(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("THEMEDAY_MILLION"))
	if err != nil {
		b.Skip("set THEMEDAY_MILLION=1000000")
	}
	path := filepath.Join(b.TempDir(), "themeday.db")
	s, err := OpenScratch(path)
	if err != nil {
		b.Fatal(err)
	}
	if err := s.alone(func(t *tx) error { return layOut(t, n) }); err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for b.Loop() {
		v, err := Verify(b.Context(), path, "")
		if err != nil || v.Bad != nil || v.Entries != int64(n) {
			b.Fatalf("%+v %+v %v", v, v.Bad, err)
		}
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.Sys-before.Sys)/(1<<20), "MB-more")
	b.ReportMetric(float64(n)/b.Elapsed().Seconds()*float64(b.N), "entries/s")
}

// layOut writes entries, each with a look beside it and a link of its own, in one transaction.
func layOut(t *tx, n int) error {
	for i := range n {
		at := start.Add(time.Duration(i) * time.Second)
		err := errors.Join(t.AddLook(themeday.Look{At: at, By: 1, Branch: first, Year: 2026, What: "x"}),
			t.AddEntry(themeday.Entry{Happened: at, Entered: at, By: 1, Verb: "签到", Branch: first, Activity: march, Noun: "signin", Key: fmt.Sprintf("%s/%d", march, i), After: []byte(`{"How":"self","At":"2026-03-13T06:30:00Z"}`), Message: "m"}),
			t.chain())
		if err != nil {
			return err
		}
		t.touches, t.said = nil, nil
	}
	return nil
}
