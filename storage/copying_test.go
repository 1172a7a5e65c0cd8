package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"themeday"
)

func copied(t *testing.T, s *Store) (string, Inventory) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.db")
	have, err := s.Copy(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	return path, have
}

func TestACopyHoldsEverythingAndIsItsOwnersAlone(t *testing.T) {
	s := house(t)
	update(t, s, func(tx themeday.Tx) error { return tx.PutLeave(zhangsLeave) })
	path, have := copied(t, s)
	if st, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && st.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", st.Mode(), err)
	}
	if have.Rows["people"] != 3 || have.Rows["leaves"] != 1 || have.Schema != len(migrations) {
		t.Errorf("%+v", have)
	}
	again, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	same(t, "leaves", leavesOf(t, again), leavesOf(t, s))
	if _, err := s.Copy(context.Background(), path); err == nil {
		t.Error("a copy takes the place of another file")
	}
}

func TestACopyDoesNotTellInWhatOrderBallotsCame(t *testing.T) {
	var of []string
	for _, reversed := range []bool{false, true} {
		s := house(t)
		ballots := make([]themeday.Ballot, 80) // of several pages
		for i := range ballots {
			ballots[i] = themeday.Ballot{Activity: march, Key: fmt.Sprintf("%032x", i*7919%1009), Scores: themeday.Scores{5, 4, 3, 5}, Remark: "会议太长"}
		}
		if reversed {
			slices.Reverse(ballots)
		}
		for _, b := range ballots {
			update(t, s, func(tx themeday.Tx) error { return tx.AddBallot(b) })
		}
		closeEvaluation(t, s)
		path, _ := copied(t, s)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if stands, n := bytes.Count(data, []byte("会议太长")), len(ballots); stands != n {
			t.Errorf("the remarks stand %d times in the copy, want %d", stands, n)
		}
		slices.SortFunc(ballots, func(a, b themeday.Ballot) int {
			return bytes.Index(data, []byte(a.Key)) - bytes.Index(data, []byte(b.Key))
		})
		var lie []string
		for _, b := range ballots {
			lie = append(lie, b.Key)
		}
		of = append(of, strings.Join(lie, " "))
	}
	if of[0] != of[1] {
		t.Error("the ballots lie in the copy as they came")
	}
}

func TestACopyMadeWhileOthersWriteHoldsAllThatWasThereBefore(t *testing.T) {
	s := house(t)
	entry := func(i int) {
		update(t, s, func(tx themeday.Tx) error {
			return errors.Join(tx.AddEntry(themeday.Entry{Entered: start, Noun: "test", Key: fmt.Sprint(i)}), tx.PutPost(themeday.Post{Key: fmt.Sprint(i), Due: start, State: themeday.Sent}))
		})
	}
	for i := range 20 {
		entry(i)
	}
	stop, wrote := make(chan struct{}), sync.WaitGroup{}
	wrote.Go(func() {
		for i := 20; ; i++ {
			select {
			case <-stop:
				return
			default:
				entry(i)
			}
		}
	})
	for range 5 {
		before := seen(t, s, func(tx themeday.Tx) (int64, error) {
			e, _, err := tx.LastEntry(0)
			return e.Seq, err
		})
		_, have := copied(t, s)
		if have.Entry < before || have.Rows["entries"] != have.Entry || have.Rows["posts"] != have.Entry {
			t.Errorf("before %d, copied %+v", before, have)
		}
	}
	close(stop)
	wrote.Wait()
}

func TestADamagedCopyIsSeen(t *testing.T) {
	path, _ := copied(t, house(t))
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func([]byte) []byte{
		"cut short": func(b []byte) []byte { return b[:len(b)/2] },
		"a page of 0xff": func(b []byte) []byte {
			return append(bytes.Repeat([]byte{0xff}, 0), slices.Concat(b[:4096], bytes.Repeat([]byte{0xff}, 4096), b[8192:])...)
		},
		"no database": func([]byte) []byte { return []byte(strings.Repeat("x", 4096)) },
		"empty":       func([]byte) []byte { return nil },
	} {
		if err := os.WriteFile(path, spoil(data), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Sound(context.Background(), path); err == nil {
			t.Errorf("%s: nothing was seen", name)
		}
	}
}

func TestADatabaseThatIsOpenElsewhereIsNotFolded(t *testing.T) {
	s := house(t)
	if _, err := Fold(context.Background(), s.Path()); !errors.Is(err, ErrLocked) {
		t.Errorf("while it is open: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if sound, err := Fold(context.Background(), s.Path()); !sound || err != nil {
		t.Errorf("afterwards: %v, %v", sound, err)
	}
	if _, err := os.Stat(s.Path() + "-wal"); err == nil {
		t.Error("its log is still there")
	}
	if err := os.WriteFile(s.Path(), []byte(strings.Repeat("x", 4096)), 0o600); err != nil {
		t.Fatal(err)
	}
	if sound, err := Fold(context.Background(), s.Path()); sound || err != nil {
		t.Errorf("a damaged one: %v, %v", sound, err)
	}
}
