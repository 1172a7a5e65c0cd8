package storage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"themeday"
)

// shape is the schema of a store: every object with the SQL that made it.
func shape(t *testing.T, s *Store) []string {
	t.Helper()
	var out []string
	if err := s.reader.Raw("SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name").Scan(&out).Error; err != nil {
		t.Fatal(err)
	}
	return out
}

func TestADatabaseOfTheFirstSchemaBecomesTodaysWithItsFacts(t *testing.T) {
	dump, err := os.ReadFile("testdata/schema1.sql")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.db")
	rawly(t, path, string(dump))
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()

	fresh := opened(t)
	same(t, "schema", shape(t, s), shape(t, fresh))
	have, err := s.Version()
	if err != nil || have != len(migrations) {
		t.Errorf("version %d, %v", have, err)
	}
	same(t, "people", names(seen(t, s, themeday.Tx.People)), []string{"张三", "王强"})
	signins := seen(t, s, func(tx themeday.Tx) ([]themeday.SignIn, error) { return tx.SignIns(march) })
	same(t, "sign-ins", signins, []themeday.SignIn{{Activity: march, Person: 1, At: start, Entered: start.Add(time.Second), How: themeday.Self, By: 1}})
	same(t, "set aside", aside(t, s), []string{"m1:0:", "m2:1:"})
	update(t, s, func(tx themeday.Tx) error { return tx.SetAside(themeday.Message{Account: "wechat", ID: "m1"}, "panic") })
	same(t, "set aside afterwards", aside(t, s), []string{"m1:1:panic", "m2:1:"})
	if err := s.Check(context.Background()); err != nil {
		t.Error(err)
	}
}

func aside(t *testing.T, s *Store) []string {
	t.Helper()
	var out []string
	if err := s.reader.Raw("SELECT message || ':' || aside || ':' || why FROM inbox ORDER BY message").Scan(&out).Error; err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheFirstSchemaIsStillTheOneThatWasShipped(t *testing.T) {
	dump, err := os.ReadFile("testdata/schema1.sql")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	rawly(t, filepath.Join(dir, "dump.db"), string(dump))
	rawly(t, filepath.Join(dir, "step.db"), migrations[0])
	same(t, "schema", rawShape(t, filepath.Join(dir, "step.db")), rawShape(t, filepath.Join(dir, "dump.db")))
}

func rawShape(t *testing.T, path string) []string {
	t.Helper()
	db, err := connect(path, reading, 1)
	if err != nil {
		t.Fatal(err)
	}
	s := &Store{reader: db}
	defer s.Close()
	return shape(t, s)
}

func TestAStepThatFailsLeavesTheVersionBeforeIt(t *testing.T) {
	s := opened(t)
	broken := append(append([]string{}, migrations...), "CREATE TABLE extra (a TEXT) STRICT; CREATE TABLE extra (b TEXT) STRICT")
	if err := migrate(s.writer, s.Path(), broken); err == nil {
		t.Fatal("a broken step went well")
	}
	have, err := s.Version()
	if err != nil || have != len(migrations) {
		t.Errorf("version %d, %v", have, err)
	}
	for _, object := range shape(t, s) {
		if strings.Contains(object, "extra") {
			t.Errorf("left behind: %s", object)
		}
	}
}

func TestSeveralProgramsThatOpenAnOldFileAtOnceAllFindItReady(t *testing.T) {
	dump, err := os.ReadFile("testdata/schema1.sql")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.db")
	rawly(t, path, "PRAGMA journal_mode = WAL; "+string(dump))
	done := make(chan error)
	for range 4 {
		go func() {
			s, err := Open(path)
			if err == nil {
				err = errors.Join(s.Update(context.Background(), func(tx themeday.Tx) error { return add(tx, "新人") }), s.Close())
			}
			done <- err
		}()
	}
	for range 4 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
