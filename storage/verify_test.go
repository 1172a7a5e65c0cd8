package storage

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"themeday"
)

// furnished is a database with a row in every table that bears seals, and with votes, ballots and a code under a result. What the rows say is of
// no importance: a table that is added later is covered by itself.
func furnished(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "themeday.db")
	s, err := Open(path, Chance(rand.NewChaCha8([32]byte{1})))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.writer.Exec("PRAGMA foreign_keys = 0; PRAGMA ignore_check_constraints = 1").Error; err != nil {
		t.Fatal(err)
	}
	update(t, s, func(t themeday.Tx) error {
		x := t.(*tx)
		errs := []error{entry(x, "one"), entry(x, "two")}
		all, err := tables(context.Background(), x.conn())
		errs = append(errs, err)
		for _, table := range all {
			if exempt[table.table] == "" || table.table == "votes" || table.table == "ballots" || table.table == "outside_codes" {
				errs = append(errs, fill(x, table))
			}
		}
		x.poll("1")
		return errors.Join(errs...)
	})
	update(t, s, func(t themeday.Tx) error { return entry(t, "three") })
	return path
}

func entry(tx themeday.Tx, key string) error {
	return tx.AddEntry(themeday.Entry{
		Happened: start, Entered: start, By: wang, Verb: "签到", Branch: first, Activity: march, Noun: "signin", Key: key, Before: []byte(`{"a":1}`), After: []byte(`{"a":2}`), Why: "因为", Message: "m1",
	})
}

// fill writes a row of 1s; what needs text takes it as text.
func fill(t *tx, table columnsOf) error {
	var values []any
	for range table.cols {
		values = append(values, "1")
	}
	return t.write(table.table, insert(table.table, strings.Join(table.cols, ", "), len(values)), values...)
}

// raw is a connection that goes past the program, as SQLite's own does.
func raw(t *testing.T, path string) *gorm.DB {
	t.Helper()
	db, err := connect(path, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if pool, err := db.DB(); err == nil {
			pool.Close()
		}
	})
	if err := db.Exec("PRAGMA foreign_keys = 0; PRAGMA ignore_check_constraints = 1").Error; err != nil {
		t.Fatal(err)
	}
	return db
}

func verdict(t *testing.T, path string) Verdict {
	t.Helper()
	v, err := Verify(context.Background(), path, "")
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAnUntouchedDatabaseIsVerified(t *testing.T) {
	path := furnished(t)
	v := verdict(t, path)
	if v.Bad != nil || v.Entries != 3 || v.Links != 3 || v.Rows < 40 || v.Head.Entry != 3 || !v.First.Equal(start) || !v.Last.Equal(start) {
		t.Errorf("%+v %+v", v, v.Bad)
	}
}

// notFound are the tables whose alteration is not found, each for the reason in exempt; votes and ballots are, from the result on.
var notFound = map[string]bool{"inbox": true, "posts": true, "tries": true, "secrets": true, "outside_marks": true}

func TestOneValueAlteredAnywhereInAFactIsFound(t *testing.T) {
	path := furnished(t)
	db := raw(t, path)
	pool, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	all, err := tables(context.Background(), pool)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range all {
		if notFound[table.table] {
			if exempt[table.table] == "" {
				t.Errorf("%s bears seals", table.table)
			}
			continue
		}
		for _, column := range table.cols {
			alterations := []string{fmt.Sprintf("CASE typeof(%[1]q) WHEN 'text' THEN %[1]q || 'x' WHEN 'integer' THEN %[1]q + 1000 ELSE 'x' END", column)}
			if alterable(table.table, column) {
				alterations = append(alterations, "NULL")
			}
			for _, to := range alterations {
				wanted(t, db, path, table, column, to)
			}
		}
	}
}

func alterable(table, column string) bool {
	return table == "entries" && (column == "salt" || column == "before" || column == "after" || column == "happened")
}

// wanted alters one value in the last row of a table, verifies, and puts it back.
func wanted(t *testing.T, db *gorm.DB, path string, table columnsOf, column, to string) {
	t.Helper()
	what := fmt.Sprintf("%s.%s = %s", table.table, column, to)
	last := "(" + columnList(table.keys) + ") = (SELECT " + columnList(table.keys) + " FROM " + table.table + " ORDER BY " + columnList(table.keys) + " DESC LIMIT 1)"
	tx := func(steps ...string) {
		for _, step := range steps {
			if err := db.Exec(step).Error; err != nil {
				t.Fatalf("%s: %s: %v", what, step, err)
			}
		}
	}
	tx("DROP TABLE IF EXISTS temp.was", "CREATE TEMP TABLE was AS SELECT * FROM "+table.table,
		fmt.Sprintf("UPDATE %s SET %q = %s WHERE %s", table.table, column, to, last))
	v := verdict(t, path)
	if v.Bad == nil {
		t.Errorf("%s is not found", what)
	} else if v.Bad.Entry == nil && !(table.table == "links" || table.table == "seals" || hiddenKeys[table.table]) {
		t.Errorf("%s names no entry: %s", what, v.Bad.What)
	}
	tx("DELETE FROM "+table.table, "INSERT INTO "+table.table+" SELECT * FROM temp.was")
	if v := verdict(t, path); v.Bad != nil {
		t.Fatalf("%s: put back, and yet %s", what, v.Bad.What)
	}
}

func TestWhatWasDoneToARowOrAnEntryIsTold(t *testing.T) {
	for _, c := range []struct{ done, told string }{
		{"DELETE FROM signins", `the row ["1",1] of signins was taken away from outside; the last entry that touched it is 2 (`},
		{"INSERT INTO signins SELECT activity, 2, at, entered, how, entered_by, why, guest FROM signins", `the row ["1",2] of signins was added from outside`},
		{"UPDATE signins SET at = '2026-03-13T00:00:00.000000000Z'", `the row ["1",1] of signins was altered from outside; the last entry that touched it is 2 (2026-03-13 06:30:00 UTC, person 3, 签到 signin two)`},
		{"DELETE FROM bindings", "a row of bindings was taken away from outside"},
		{"UPDATE bindings SET level = level + 1", "a row of bindings of person 1 was altered from outside"},
		{"UPDATE bindings SET sighting = 'other'", "a row of bindings of person 1 was added from outside"},
		{"DELETE FROM ballots", `what the votes and ballots of ["1"] say together was altered`},
		{"INSERT INTO votes VALUES ('1', 9)", `what the votes and ballots of ["1"] say together was altered`},
		{"DELETE FROM entries WHERE seq = 2", "entry 2 is gone: link 2 of the chain holds it"},
		{"DELETE FROM entries WHERE seq = 3", "entry 3 is gone: link 3 of the chain holds it"},
		{"INSERT INTO entries SELECT 4, happened, entered, entered_by, verb, branch, activity, noun, key, before, after, why, message, undoes, salt, commitment FROM entries WHERE seq = 3", "no link of the chain holds entry 4 ("},
		{"UPDATE entries SET seq = 9 WHERE seq = 1; UPDATE entries SET seq = 1 WHERE seq = 2; UPDATE entries SET seq = 2 WHERE seq = 9", "entry 1 (2026-03-13 06:30:00 UTC, person 3, 签到 signin two) was altered"},
		{"UPDATE entries SET after = '{}' WHERE seq = 2", "what entry 2 (2026-03-13 06:30:00 UTC, person 3, 签到 signin two) says was altered"},
		{"UPDATE entries SET before = NULL, after = NULL, why = '', salt = NULL WHERE seq = 2", "says was taken away, and nobody was erased"},
		{"DELETE FROM links WHERE number = 2", "link 2 of the chain is gone, after entry 0; the first entry that is not proved any more is 1 ("},
		{"DELETE FROM links WHERE number = 3", "no link of the chain holds entry 3 ("},
		{"DELETE FROM seals WHERE tbl = 'signins'", `the seal of the row ["1",1] of signins was altered or is gone`},
		{"DELETE FROM seals WHERE tbl = 'signins'; DELETE FROM signins", `the seal of the row ["1",1] of signins was altered or is gone`},
		{"UPDATE seals SET link = 3 WHERE tbl = 'signins'", `the seal of the row ["1",1] of signins is in no link of the chain`},
		{"UPDATE activities SET result = NULL; DELETE FROM ballots", `of activities was altered from outside`},
	} {
		path := furnished(t)
		if err := raw(t, path).Exec(c.done).Error; err != nil {
			t.Fatalf("%s: %v", c.done, err)
		}
		v := verdict(t, path)
		if v.Bad == nil || !strings.Contains(v.Bad.What, c.told) {
			t.Errorf("%s:\n got %+v\nwant %s", c.done, v.Bad, c.told)
		}
	}
}

func TestBeforeTheResultVotesAndBallotsAreCounted(t *testing.T) {
	s := house(t)
	update(t, s, func(tx themeday.Tx) error {
		_, err := tx.Vote(march, zhang)
		return errors.Join(err, tx.AddBallot(themeday.Ballot{Activity: march, Key: "k", Scores: themeday.Scores{5, 5, 5, 5}}))
	})
	if v := verdict(t, s.Path()); v.Bad != nil {
		t.Fatal(v.Bad.What)
	}
	if err := raw(t, s.Path()).Exec("INSERT INTO ballots SELECT activity, 'l', scores, remark, guest, outside FROM ballots").Error; err != nil {
		t.Fatal(err)
	}
	if v := verdict(t, s.Path()); v.Bad == nil || !strings.Contains(v.Bad.What, "not as many ballots as people who voted") {
		t.Errorf("%+v", v.Bad)
	}
}

func TestATruncatedChainIsFoundByAPrintedHeadAlone(t *testing.T) {
	path := furnished(t)
	whole := verdict(t, path)
	if err := raw(t, path).Exec("DELETE FROM links WHERE number = 3; DELETE FROM entries WHERE seq = 3; UPDATE sqlite_sequence SET seq = 2 WHERE name = 'entries'").Error; err != nil {
		t.Fatal(err)
	}
	if v := verdict(t, path); v.Bad != nil {
		t.Errorf("a chain that ends earlier is a chain: %s", v.Bad.What)
	}
	v, err := Verify(context.Background(), path, whole.Head.Hash[:12])
	if err != nil || v.Known == nil || v.Known.There {
		t.Errorf("%+v, %v", v.Known, err)
	}
}

func TestAPrintedHeadIsFoundWithTheEntryUpToWhichItHolds(t *testing.T) {
	s := house(t)
	update(t, s, func(tx themeday.Tx) error { return entry(tx, "one") })
	head := seen(t, s, themeday.Tx.Head)
	update(t, s, func(tx themeday.Tx) error { return entry(tx, "two") })
	v, err := Verify(context.Background(), s.Path(), head.Short())
	if err != nil || v.Bad != nil || v.Known == nil || !v.Known.There || v.Known.Head != head || !v.Known.At.Equal(start) {
		t.Errorf("%+v, %v", v.Known, err)
	}
	if _, err := Verify(context.Background(), s.Path(), "12"); err == nil {
		t.Error("two digits are a head")
	}
	if there := seen(t, s, func(tx themeday.Tx) (bool, error) { return tx.HeadAt(head) }); !there {
		t.Error("the chain does not know its own head")
	}
	head.Entry++
	if there := seen(t, s, func(tx themeday.Tx) (bool, error) { return tx.HeadAt(head) }); there {
		t.Error("a head is known with another entry")
	}
}

func TestWhatIsTakenBackLeavesNoLink(t *testing.T) {
	s := house(t)
	before := seen(t, s, themeday.Tx.Head)
	failed := errors.New("no")
	update(t, s, func(tx themeday.Tx) error {
		if err := tx.Nested(func(tx themeday.Tx) error { return errors.Join(add(tx, "某某"), entry(tx, "one"), failed) }); !errors.Is(err, failed) {
			return err
		}
		return tx.PutBranch(themeday.Branch{ID: first, Name: "第一支部", Group: "一支部群"}) // as it was
	})
	if err := s.Update(context.Background(), func(tx themeday.Tx) error { return errors.Join(add(tx, "某某"), failed) }); !errors.Is(err, failed) {
		t.Fatal(err)
	}
	same(t, "head", seen(t, s, themeday.Tx.Head), before)
	update(t, s, func(tx themeday.Tx) error { return entry(tx, "two") })
	if v := verdict(t, s.Path()); v.Bad != nil {
		t.Error(v.Bad.What)
	}
}

func TestAnOldDatabaseIsTakenIntoTheChainOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.db")
	old, err := connect(path, writing, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := migrate(old, path, migrations[:chainSince-1]); err != nil {
		t.Fatal(err)
	}
	for i := range 2*pageOf + 3 {
		if err := old.Exec("INSERT INTO people (name, phone, committee, liaison) VALUES (?, '', 0, 0)", fmt.Sprint("某", i)).Error; err != nil {
			t.Fatal(err)
		}
		if err := old.Exec("INSERT INTO entries (seq, happened, entered, entered_by, verb, branch, activity, noun, key, before, after, why, message, undoes) VALUES (?, NULL, ?, 1, '', '', '', 'x', 'k', NULL, '{}', '', '', 0)",
			i+1, atText(start.Add(time.Duration(i)*time.Second))).Error; err != nil {
			t.Fatal(err)
		}
	}
	if pool, err := old.DB(); err != nil || pool.Close() != nil {
		t.Fatal(err)
	}
	if _, err := Verify(context.Background(), path, ""); !errors.Is(err, ErrNoChain) {
		t.Errorf("a database without a chain: %v", err)
	}
	var links int64
	for range 2 {
		s, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
		v := verdict(t, path)
		if v.Bad != nil || v.Entries != 2*pageOf+3 || links != 0 && v.Links != links {
			t.Fatalf("%+v %+v", v, v.Bad)
		}
		links = v.Links
	}
	if err := raw(t, path).Exec("DELETE FROM entries WHERE seq = 107").Error; err != nil {
		t.Fatal(err)
	}
	if v := verdict(t, path); v.Bad == nil || v.Bad.Entry.Seq != 107 {
		t.Errorf("%+v", v.Bad)
	}
}

func TestANewSchemaIsTakenOverAndHidesNothingThatWasAltered(t *testing.T) {
	was := migrations
	defer func() { migrations = was }()
	path := furnished(t)
	db := raw(t, path)
	migrations = append(append([]string{}, was...), "ALTER TABLE signins ADD COLUMN extra TEXT NOT NULL DEFAULT ''; UPDATE people SET name = 'neu'; DELETE FROM praises")
	reopen := func() {
		s, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
	}
	reopen()
	if v := verdict(t, path); v.Bad != nil {
		t.Fatal(v.Bad.What)
	}
	if err := db.Exec("UPDATE signins SET how = 'x'").Error; err != nil {
		t.Fatal(err)
	}
	migrations = append(append([]string{}, migrations...), "ALTER TABLE signins ADD COLUMN more TEXT NOT NULL DEFAULT ''")
	reopen()
	if v := verdict(t, path); v.Bad == nil || v.Bad.Table != "signins" {
		t.Errorf("%+v", v.Bad)
	}
}

func TestEveryTableThatBearsNoSealSaysWhy(t *testing.T) {
	s := house(t)
	pool, err := s.reader.DB()
	if err != nil {
		t.Fatal(err)
	}
	all, err := tables(context.Background(), pool)
	if err != nil {
		t.Fatal(err)
	}
	left := map[string]bool{}
	for name := range exempt {
		left[name] = true
	}
	for _, table := range all {
		delete(left, table.table)
	}
	same(t, "tables that are exempt and not there", left, map[string]bool{})
}

// Whoever takes the chain and its entries away does not get a good one by starting the program again.
func TestAChainMadeAnewWithoutItsEntriesIsFound(t *testing.T) {
	s := house(t)
	update(t, s, func(tx themeday.Tx) error {
		return tx.AddEntry(themeday.Entry{Entered: start, Noun: "roster", Key: "1"})
	})
	for _, deed := range []string{"DELETE FROM entries", "DELETE FROM links", "DELETE FROM seals"} {
		if err := s.writer.Exec(deed).Error; err != nil {
			t.Fatal(err)
		}
	}
	s = reopened(t, s)
	update(t, s, func(tx themeday.Tx) error {
		return tx.AddEntry(themeday.Entry{Entered: start, Noun: "roster", Key: "2"})
	})
	v, err := Verify(context.Background(), s.Path(), "")
	if err != nil || v.Bad == nil || !strings.Contains(v.Bad.What, "made anew") {
		t.Errorf("%+v, %v", v.Bad, err)
	}
}

// Whoever takes the chain away, with whatever belongs to it, is found: at once, and after the program was started again.
func TestAChainThatWasTakenAwayIsFoundBeforeAndAfterAStart(t *testing.T) {
	for _, c := range []struct {
		name   string
		deeds  []string
		warned bool // by the start
	}{
		{"the links", []string{"DELETE FROM links"}, true},
		{"links and seals", []string{"DELETE FROM links", "DELETE FROM seals"}, true},
		{"links, seals and entries", []string{"DELETE FROM links", "DELETE FROM seals", "DELETE FROM entries"}, true},
		{"all of it, and the count of entries", []string{"DELETE FROM links", "DELETE FROM seals", "DELETE FROM entries", "DELETE FROM sqlite_sequence WHERE name = 'entries'"}, true},
		{"the schema of the chain", []string{"UPDATE links SET schema = 14 WHERE schema > 0", "UPDATE people SET name = 'neu'"}, false},
		{"the schema of the chain to none", []string{"UPDATE links SET schema = 0", "UPDATE people SET name = 'neu'"}, false},
		{"the link that tells the schema", []string{"DELETE FROM links WHERE schema > 0", "UPDATE people SET name = 'neu'"}, false},
		{"the newest entry with its link", []string{
			"DELETE FROM entries WHERE seq = 2", "DELETE FROM seals WHERE link = (SELECT max(number) FROM links)", "DELETE FROM links WHERE number = (SELECT max(number) FROM links)",
		}, false},
	} {
		s := house(t)
		update(t, s, func(tx themeday.Tx) error { return errors.Join(add(tx, "某某"), entry(tx, "one")) })
		update(t, s, func(tx themeday.Tx) error { return entry(tx, "two") })
		for _, deed := range c.deeds {
			if err := s.writer.Exec(deed).Error; err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
		}
		if v, err := Verify(context.Background(), s.Path(), ""); err != nil || v.Bad == nil {
			t.Errorf("%s, at once: %+v, %v", c.name, v.Bad, err)
		}
		for _, when := range []string{"after a start", "after another"} {
			s = reopened(t, s)
			if when == "after a start" && (s.Warning() != "") != c.warned {
				t.Errorf("%s: the start says %q", c.name, s.Warning())
			}
			v, err := Verify(context.Background(), s.Path(), "")
			if err != nil || v.Bad == nil {
				t.Errorf("%s, %s: %+v, %v", c.name, when, v.Bad, err)
			}
		}
	}
}
