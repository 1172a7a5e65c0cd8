package storage

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"themeday"
)

// Many write at once: some give up, some panic, some end their goroutine. What the others wrote is there, once, and nothing else.
func TestUpdatesThatShareACommitKeepWhatIsTheirs(t *testing.T) {
	s := house(t)
	failed := errors.New("taken back")
	var all sync.WaitGroup
	acknowledged := make([]bool, 400)
	for i := range acknowledged {
		all.Go(func() {
			defer func() { _ = recover() }()
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			err := s.Update(ctx, func(tx themeday.Tx) error {
				if _, err := tx.AddPerson(themeday.Person{Name: fmt.Sprint("人", i)}); err != nil {
					return err
				}
				if err := tx.AddEntry(themeday.Entry{Entered: start, Noun: "roster", Key: fmt.Sprint(i)}); err != nil {
					return err
				}
				switch i % 8 {
				case 1:
					return failed
				case 2:
					panic("broken")
				case 3:
					cancel()
				}
				return nil
			})
			acknowledged[i] = err == nil
			if want := map[int]error{1: failed, 3: context.Canceled}[i%8]; !errors.Is(err, want) {
				t.Errorf("%d: %v, want %v", i, err, want)
			}
		})
	}
	all.Wait()
	there := map[string]int{}
	for _, p := range seen(t, s, func(tx themeday.Tx) ([]themeday.Person, error) { return tx.People() }) {
		there[p.Name]++
	}
	update(t, s, func(tx themeday.Tx) error { // as the writer remembers it
		people, err := tx.People()
		for _, p := range people {
			there[p.Name] += 10
		}
		return err
	})
	for i, told := range acknowledged {
		want := 0
		if told {
			want = 11
		}
		if got := there[fmt.Sprint("人", i)]; got != want || told == (i%8 >= 1 && i%8 <= 3) {
			t.Errorf("%d: told %v, %d times there", i, told, got)
		}
	}
	v, err := Verify(context.Background(), s.Path(), "")
	if err != nil || v.Bad != nil {
		t.Errorf("the chain: %+v, %v", v.Bad, err)
	}
	if v.Links >= v.Entries {
		t.Errorf("%d links for %d entries: nobody shared a commit", v.Links, v.Entries)
	}
}

// Whoever was expected to go on gives up: those before him are committed all the same.
func TestNobodyWaitsForWhoGivesUp(t *testing.T) {
	s := house(t)
	for range 200 {
		ctx, cancel := context.WithCancel(context.Background())
		var all sync.WaitGroup
		inside := make(chan struct{})
		all.Go(func() {
			err := s.Update(context.Background(), func(themeday.Tx) error {
				close(inside)
				for s.behind.Load() == 0 { // until the other waits
					if ctx.Err() != nil {
						break
					}
				}
				cancel()
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
		all.Go(func() {
			<-inside
			_ = s.Update(ctx, func(themeday.Tx) error { return nil })
		})
		all.Wait()
	}
}
