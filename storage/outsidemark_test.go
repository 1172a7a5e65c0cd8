package storage

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"testing"

	"themeday"
)

func marks(t *testing.T, s *Store) []string {
	t.Helper()
	return seen(t, s, func(of themeday.Tx) ([]string, error) { return of.(*tx).outsideMarks(march) })
}

func hasRated(t *testing.T, s *Store, who ...string) bool {
	t.Helper()
	return seen(t, s, func(tx themeday.Tx) (bool, error) { return tx.OutsideRated(march, who...) })
}

func TestWhoRatedByCodeIsKnownAgainByAnyOfHisNamesUntilTheMarksAreDropped(t *testing.T) {
	s := house(t)
	same(t, "at first", hasRated(t, s, "speaker/a"), false)
	update(t, s, func(tx themeday.Tx) error { return tx.MarkOutside(march, "speaker/a", "person/7") })
	for _, c := range []struct {
		who  []string
		want bool
	}{{[]string{"speaker/a"}, true}, {[]string{"speaker/b", "person/7"}, true}, {[]string{"speaker/b"}, false}, {[]string{"speaker/b", "person/8"}, false}} {
		same(t, fmt.Sprint(c.who), hasRated(t, s, c.who...), c.want)
	}
	same(t, "of another activity", seen(t, s, func(tx themeday.Tx) (bool, error) { return tx.OutsideRated("第一支部/2026-04", "speaker/a") }), false)
	update(t, s, func(tx themeday.Tx) error { return tx.DropOutsideMarks(march) })
	same(t, "afterwards", hasRated(t, s, "speaker/a"), false)
}

func TestAMarkIsFoundAfterAnotherKeyIsUsedAndIsNotToBeMadeWithoutIt(t *testing.T) {
	s := house(t)
	update(t, s, func(tx themeday.Tx) error { return tx.MarkOutside(march, "speaker/a") })
	open := marks(t, s)
	s.UseKeys(Key{1})
	same(t, "made without a key", hasRated(t, s, "speaker/a"), true)
	update(t, s, func(tx themeday.Tx) error { return tx.MarkOutside(march, "speaker/b") })
	s.UseKeys(Key{2}, Key{1})
	same(t, "made with the former key", hasRated(t, s, "speaker/b"), true)
	s.UseKeys()
	same(t, "without the key", hasRated(t, s, "speaker/b"), false)
	same(t, "made without a key, again", open, []string{outsideMark(nil, "", march, "speaker/a")})
}

func TestAMarkHasNoTimeNoOrderAndNothingOfABallotOrACode(t *testing.T) {
	s := opened(t)
	same(t, "columns of outside_marks", columns(t, s, "outside_marks"), []string{"activity", "mark"})
	if err := s.reader.Exec("SELECT rowid FROM outside_marks").Error; err == nil {
		t.Error("outside_marks has a rowid, which tells the order of arrival")
	}
	var indexes []string
	if err := s.reader.Raw("SELECT origin FROM pragma_index_list('outside_marks')").Scan(&indexes).Error; err != nil {
		t.Fatal(err)
	}
	same(t, "indexes", indexes, []string{"pk"})
}

func TestTheBytesOfTheFileDoNotTellInWhatOrderOutsidersRated(t *testing.T) {
	var byMark []string
	for i := range 6 {
		byMark = append(byMark, outsideMark(nil, "", march, fmt.Sprint(i)))
	}
	slices.Sort(byMark)
	for _, arrival := range [][]int{{0, 1, 2, 3, 4, 5}, {5, 4, 3, 2, 1, 0}, {3, 0, 5, 1, 4, 2}} {
		s := house(t)
		for _, i := range arrival {
			update(t, s, func(tx themeday.Tx) error { return tx.MarkOutside(march, fmt.Sprint(i)) })
			if log, err := os.Stat(s.Path() + "-wal"); err != nil || log.Size() != 0 {
				t.Fatalf("after %d the log holds %d bytes, %v", i, log.Size(), err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		file, err := os.ReadFile(s.Path())
		if err != nil {
			t.Fatal(err)
		}
		lying := slices.Clone(byMark)
		for _, m := range byMark {
			if n := bytes.Count(file, []byte(m)); n != 1 {
				t.Errorf("arrival %v: %s stands %d times in the file", arrival, m, n)
			}
		}
		slices.SortFunc(lying, func(a, b string) int { return bytes.Index(file, []byte(b)) - bytes.Index(file, []byte(a)) })
		same(t, fmt.Sprint("marks from the page's end, arrival ", arrival), lying, byMark)
	}
}

func TestTheBallotOfAGuestWhoRatedBeforeLosesItsFlag(t *testing.T) {
	s := house(t)
	update(t, s, func(tx themeday.Tx) error { return tx.AddBallot(themeday.Ballot{Activity: march, Key: "0a"}) })
	flag := func() (n int) {
		if err := s.writer.Raw("SELECT sum(guest) FROM ballots").Scan(&n).Error; err != nil {
			t.Fatal(err)
		}
		return n
	}
	same(t, "of a new ballot", flag(), 0)
	for _, do := range []string{"UPDATE ballots SET guest = 1", "DROP TABLE outside_marks", guestsSchema} {
		if err := s.writer.Exec(do).Error; err != nil {
			t.Fatal(err)
		}
	}
	same(t, "after the step", flag(), 0)
}
