package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"themeday"
)

func TestSomebodyVotesOnce(t *testing.T) {
	s := house(t)
	update(t, s, func(tx themeday.Tx) error {
		for _, c := range []struct {
			p    themeday.PersonID
			want bool
		}{{li, true}, {zhang, true}, {li, false}, {zhang, false}} {
			if isFirst, err := tx.Vote(march, c.p); err != nil || isFirst != c.want {
				t.Errorf("vote of %d: first is %v, %v; want %v", c.p, isFirst, err, c.want)
			}
		}
		n, err := tx.Voters(march)
		same(t, "voters", n, 2)
		return err
	})
	for p, want := range map[themeday.PersonID]bool{zhang: true, li: true, wang: false} {
		same(t, fmt.Sprint("voted ", p), seen(t, s, func(tx themeday.Tx) (bool, error) { return tx.Voted(march, p) }), want)
	}
}

func TestBallotsComeInTheOrderOfTheirKeys(t *testing.T) {
	s := house(t)
	a := themeday.Ballot{Activity: march, Key: "0a", Scores: themeday.Scores{5, 4, 3, 2}, Remark: "内容充实"}
	b := themeday.Ballot{Activity: march, Key: "7f", Scores: themeday.Scores{1, 1, 1, 1}}
	c := themeday.Ballot{Activity: march, Key: "e2", Scores: themeday.Scores{5, 5, 5, 5}}
	update(t, s, func(tx themeday.Tx) error { return errors.Join(tx.AddBallot(c), tx.AddBallot(a), tx.AddBallot(b)) })
	same(t, "ballots", seen(t, s, func(tx themeday.Tx) ([]themeday.Ballot, error) { return tx.Ballots(march) }), []themeday.Ballot{a, b, c})
	same(t, "ballots of another", seen(t, s, func(tx themeday.Tx) ([]themeday.Ballot, error) { return tx.Ballots("第一支部/2026-04") }), []themeday.Ballot(nil))
}

// columns gives the names of a table's columns.
func columns(t *testing.T, s *Store, table string) []string {
	t.Helper()
	var out []string
	if err := s.reader.Raw("SELECT name FROM pragma_table_info(?)", table).Scan(&out).Error; err != nil {
		t.Fatal(err)
	}
	return out
}

func TestABallotHasNoPersonNoTimeAndNoOrderOfArrival(t *testing.T) {
	s := opened(t)
	same(t, "columns of ballots", columns(t, s, "ballots"), []string{"activity", "key", "scores", "remark", "guest", "outside"})
	same(t, "columns of votes", columns(t, s, "votes"), []string{"activity", "person"})
	for _, table := range []string{"ballots", "votes"} {
		if err := s.reader.Exec("SELECT rowid FROM " + table).Error; err == nil {
			t.Errorf("%s has a rowid, which tells the order of arrival", table)
		}
		// The table is its key's tree and there is no other order: neither an index nor a counter.
		var indexes []string
		if err := s.reader.Raw("SELECT origin FROM pragma_index_list(?)", table).Scan(&indexes).Error; err != nil {
			t.Fatal(err)
		}
		same(t, "indexes of "+table, indexes, []string{"pk"})
		var triggers int
		if err := s.reader.Raw("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?", table).Scan(&triggers).Error; err != nil {
			t.Fatal(err)
		}
		same(t, "triggers of "+table, triggers, 0)
	}
}

func TestTheBytesOfTheFileDoNotTellInWhatOrderBallotsCame(t *testing.T) {
	byKey := []string{"key-00", "key-11", "key-22", "key-33", "key-44", "key-55", "key-66", "key-77"}
	for _, arrival := range [][]int{{0, 1, 2, 3, 4, 5, 6, 7}, {7, 6, 5, 4, 3, 2, 1, 0}, {3, 7, 0, 5, 1, 6, 2, 4}} {
		s := house(t)
		for _, i := range arrival { // each voter in a transaction of his own
			update(t, s, func(tx themeday.Tx) error {
				return tx.AddBallot(themeday.Ballot{Activity: march, Key: byKey[i], Remark: "很好"})
			})
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		file, err := os.ReadFile(s.Path())
		if err != nil {
			t.Fatal(err)
		}
		lying := slices.Clone(byKey)
		for _, k := range byKey {
			if n := bytes.Count(file, []byte(k)); n != 1 {
				t.Errorf("arrival %v: %s stands %d times in the file", arrival, k, n)
			}
		}
		slices.SortFunc(lying, func(a, b string) int { return bytes.Index(file, []byte(b)) - bytes.Index(file, []byte(a)) })
		same(t, fmt.Sprint("keys from the page's end, arrival ", arrival), lying, byKey)
	}
}

func TestTheLogOfALiveDatabaseDoesNotTellInWhatOrderBallotsCame(t *testing.T) {
	s := house(t)
	for _, key := range []string{"key-55", "key-11", "key-33"} {
		update(t, s, func(tx themeday.Tx) error {
			_, err := tx.Vote(march, zhang)
			return errors.Join(err, tx.AddBallot(themeday.Ballot{Activity: march, Key: key}))
		})
		if log, err := os.Stat(s.Path() + "-wal"); err != nil || log.Size() != 0 {
			t.Fatalf("after %s the log holds %d bytes, %v", key, log.Size(), err)
		}
		same(t, "times the key stands in file and log", stands(t, s, key), 1)
	}
}

func TestALogThatAReaderNeedsIsEmptiedAtTheNextCommit(t *testing.T) {
	s := house(t)
	update(t, s, func(tx themeday.Tx) error { return add(tx, "新人") })
	err := s.View(context.Background(), func(tx themeday.Tx) error {
		if _, err := tx.People(); err != nil { // the picture of this View is taken
			return err
		}
		update(t, s, func(tx themeday.Tx) error { return tx.AddBallot(themeday.Ballot{Activity: march, Key: "0a"}) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !s.traces.Load() {
		t.Error("what could not be emptied is forgotten")
	}
	update(t, s, func(tx themeday.Tx) error { return add(tx, "又一人") })
	if log, err := os.Stat(s.Path() + "-wal"); err != nil || log.Size() != 0 || s.traces.Load() {
		t.Errorf("the log holds %d bytes, %v", log.Size(), err)
	}
}
