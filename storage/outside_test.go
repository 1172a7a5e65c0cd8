package storage

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"testing"

	"themeday"
)

func codeRow(hash string, used bool) themeday.OutsideCode {
	return themeday.OutsideCode{Activity: march, Hash: hash, Kind: "群众", Used: used}
}

func TestOutsideCodesComeInTheOrderOfTheirHashesAndAreFoundByThem(t *testing.T) {
	s := house(t)
	update(t, s, func(tx themeday.Tx) error {
		return tx.PutOutsideCodes(march, []themeday.OutsideCode{codeRow("7f", false), codeRow("0a", true)})
	})
	all := func() []themeday.OutsideCode {
		return seen(t, s, func(tx themeday.Tx) ([]themeday.OutsideCode, error) { return tx.OutsideCodes(march) })
	}
	same(t, "codes", all(), []themeday.OutsideCode{codeRow("0a", true), codeRow("7f", false)})
	found := seen(t, s, func(tx themeday.Tx) (bool, error) {
		c, ok, err := tx.OutsideCode("0a")
		same(t, "the code", c, codeRow("0a", true))
		return ok, err
	})
	same(t, "found", found, true)
	same(t, "another is found", seen(t, s, func(tx themeday.Tx) (bool, error) { _, ok, err := tx.OutsideCode("0b"); return ok, err }), false)
	update(t, s, func(tx themeday.Tx) error {
		return tx.PutOutsideCodes(march, []themeday.OutsideCode{codeRow("7f", true)})
	})
	same(t, "codes afterwards", all(), []themeday.OutsideCode{codeRow("7f", true)})
}

func TestTheSaltOfTheCodesIsOne(t *testing.T) {
	s := house(t)
	salt := func() string {
		return seen(t, s, func(tx themeday.Tx) (string, error) { return tx.OutsideSalt() })
	}
	same(t, "salt at first", salt(), "")
	for _, put := range []string{"aa", "bb"} {
		update(t, s, func(tx themeday.Tx) error { return tx.PutOutsideSalt(put) })
		same(t, "salt", salt(), put)
	}
}

func TestAnOutsideCodeHasNoPersonNoTimeAndNoOrderOfUse(t *testing.T) {
	s := opened(t)
	same(t, "columns of outside_codes", columns(t, s, "outside_codes"), []string{"activity", "hash", "kind", "used"})
	if err := s.reader.Exec("SELECT rowid FROM outside_codes").Error; err == nil {
		t.Error("outside_codes has a rowid, which tells the order in which codes were made")
	}
}

// Whoever compares two files sees which codes were used meanwhile; one file alone must not tell in what order.
func TestTheBytesOfTheFileDoNotTellInWhatOrderCodesWereUsed(t *testing.T) {
	hashes := []string{"hash-00", "hash-11", "hash-22", "hash-33", "hash-44", "hash-55"}
	for _, order := range [][]int{{0, 1, 2, 3, 4, 5}, {5, 4, 3, 2, 1, 0}, {3, 0, 5, 1, 4, 2}} {
		s := house(t)
		used := map[string]bool{}
		for _, i := range append([]int{-1}, order...) { // -1: they are made
			if i >= 0 {
				used[hashes[i]] = true
			}
			update(t, s, func(tx themeday.Tx) error {
				var all []themeday.OutsideCode
				for _, h := range hashes {
					all = append(all, codeRow(h, used[h]))
				}
				return tx.PutOutsideCodes(march, all)
			})
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
		lying := slices.Clone(hashes)
		for _, h := range hashes {
			if n := bytes.Count(file, []byte(h)); n != 1 {
				t.Errorf("order %v: %s stands %d times in the file", order, h, n)
			}
		}
		slices.SortFunc(lying, func(a, b string) int { return bytes.Index(file, []byte(b)) - bytes.Index(file, []byte(a)) })
		same(t, fmt.Sprint("hashes from the page's end, order ", order), lying, hashes)
	}
}
