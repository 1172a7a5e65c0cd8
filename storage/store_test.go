package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"gorm.io/gorm"

	"themeday"
)

const (
	first  themeday.BranchID   = "第一支部"
	second themeday.BranchID   = "第二支部"
	march  themeday.ActivityID = "第一支部/2026-03"
)

// The people of house, by id.
const (
	zhang themeday.PersonID = 1 + iota
	li
	wang
)

var start = time.Date(2026, 3, 13, 6, 30, 0, 0, time.UTC)

// opened gives a new, empty store.
func opened(t *testing.T) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "themeday.db"), Chance(rand.NewChaCha8([32]byte{1})))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// house gives a store with two branches, three people and the first branch's activity of March.
func house(t *testing.T) *Store {
	t.Helper()
	s := opened(t)
	update(t, s, func(tx themeday.Tx) error {
		errs := []error{tx.PutBranch(themeday.Branch{ID: first, Name: "第一支部", Group: "一支部群"}), tx.PutBranch(themeday.Branch{ID: second, Name: "第二支部", Group: "二支部群"})}
		for _, name := range []string{"张三", "李四", "王强"} {
			_, err := tx.AddPerson(themeday.Person{Name: name})
			errs = append(errs, err)
		}
		return errors.Join(append(errs, tx.PutActivity(themeday.Activity{ID: march, Branch: first, Month: themeday.YearMonth{Year: 2026, Month: 3}, Starts: start, Ends: start.Add(4 * time.Hour)}))...)
	})
	return s
}

func update(t *testing.T, s *Store, do func(themeday.Tx) error) {
	t.Helper()
	if err := s.Update(context.Background(), do); err != nil {
		t.Fatal(err)
	}
}

// seen reads one thing in a View.
func seen[T any](t *testing.T, s *Store, read func(themeday.Tx) (T, error)) T {
	t.Helper()
	var v T
	if err := s.View(context.Background(), func(tx themeday.Tx) (err error) {
		v, err = read(tx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return v
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

func names(people []themeday.Person) []string {
	var out []string
	for _, p := range people {
		out = append(out, p.Name)
	}
	return out
}

func TestSQLiteIsNewEnough(t *testing.T) {
	var v string
	if err := opened(t).reader.Raw("select sqlite_version()").Scan(&v).Error; err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		version string
		safe    bool
	}{{"3.41.2", false}, {"3.51.2", false}, {"3.51.3", true}, {"3.52.0", false}, {"3.53.0", true}, {"3.54.1", true}, {v, true}} {
		if got := walIsSafe(t, c.version); got != c.safe {
			t.Errorf("SQLite %s is free of the WAL-reset bug: %v, want %v", c.version, got, c.safe)
		}
	}
}

func TestWhatIsCommittedIsSeenByWhoeverOpensTheFileAgain(t *testing.T) {
	s := house(t)
	err := s.Update(context.Background(), func(tx themeday.Tx) error {
		if _, err := tx.AddPerson(themeday.Person{Name: "未提交"}); err != nil {
			return err
		}
		other, err := Open(s.Path()) // as after a kill: s is not closed
		if err != nil {
			return err
		}
		defer other.Close()
		same(t, "people while a transaction is open", names(seen(t, other, themeday.Tx.People)), []string{"张三", "李四", "王强"})
		return errors.New("killed")
	})
	if err == nil || err.Error() != "killed" {
		t.Fatal(err)
	}
}

func TestTheFileAndItsLogAreTheOwnersAlone(t *testing.T) {
	s := house(t)
	for _, end := range []string{"", "-wal", "-shm"} {
		f, err := os.Stat(s.Path() + end)
		if err != nil {
			t.Fatal(err)
		}
		if f.Mode().Perm() != 0o600 {
			t.Errorf("mode of %s is %v, want 0600", f.Name(), f.Mode().Perm())
		}
	}
}

func TestAClosedStoreIsOneFile(t *testing.T) {
	s := house(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(s.Path() + "*")
	if err != nil {
		t.Fatal(err)
	}
	same(t, "files", left, []string{s.Path()})
}

func TestAHealthyDatabasePassesItsCheckAndADamagedOneDoesNot(t *testing.T) {
	s := house(t)
	if err := s.Check(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096 * 3; i < 4096*6; i++ {
		whole[i] = 0xA5
	}
	if err := os.WriteFile(s.Path(), whole, 0o600); err != nil {
		t.Fatal(err)
	}
	broken, err := Open(s.Path())
	if err == nil {
		defer broken.Close()
		err = broken.Check(context.Background())
	}
	if err == nil {
		t.Error("three overwritten pages were not noticed")
	}
}

func TestEveryConnectionHasItsSettings(t *testing.T) {
	s := opened(t)
	for _, c := range []struct {
		name string
		db   *gorm.DB
		most int
		want map[string]string
	}{
		{"writer", s.writer, 1, map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1", "busy_timeout": "10000", "query_only": "0"}},
		{"reader", s.reader, readers, map[string]string{"journal_mode": "wal", "busy_timeout": "10000", "query_only": "1"}},
	} {
		pool, err := c.db.DB()
		if err != nil {
			t.Fatal(err)
		}
		same(t, c.name+"s at most", pool.Stats().MaxOpenConnections, c.most)
		for round := range 2 {
			all := make([]*sql.Conn, c.most)
			for i := range all { // all at once, so that they are different ones
				if all[i], err = pool.Conn(context.Background()); err != nil {
					t.Fatal(err)
				}
				for pragma, want := range c.want {
					var got string
					if err := all[i].QueryRowContext(context.Background(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
						t.Errorf("%s %d, round %d: %s is %q (%v), want %q", c.name, i, round, pragma, got, err, want)
					}
				}
			}
			for _, conn := range all {
				_ = conn.Raw(func(any) error { return driver.ErrBadConn }) // the pool makes a new one for the next round
				_ = conn.Close()
			}
		}
	}
}
