package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/glebarez/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// benchDSN names a database with the settings of the store's writer (storage/open.go).
func benchDSN(path string) string {
	full, err := filepath.Abs(path)
	if err != nil {
		full = path
	}
	file := filepath.ToSlash(full)
	if !strings.HasPrefix(file, "/") {
		file = "/" + file
	}
	settings := url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "secure_delete(1)", "cache_size(-16000)"},
	}
	return "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + settings.Encode()
}

// fsyncs is the first yardstick: a line appended to a file and the disk waited for, each message by itself.
type fsyncs struct {
	mu sync.Mutex
	f  *os.File
}

func newFsyncs(dir string) (*fsyncs, error) {
	f, err := os.OpenFile(filepath.Join(dir, "append.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	return &fsyncs{f: f}, err
}

func (y *fsyncs) do(i int) error {
	y.mu.Lock()
	defer y.mu.Unlock()
	if _, err := fmt.Fprintf(y.f, "message-%08d 签到 2026-03-13T13:55:00Z\n", i); err != nil {
		return err
	}
	return y.f.Sync()
}

// plain does by hand, with SQL alone, what a sign-in needs at the least: finds the member, looks at the window, writes one row, makes the reply. It
// knows no chain, no inbox, no permissions and no schedule.
type plain struct {
	db           *sql.DB
	find, insert *sql.Stmt
	roster       map[string]int // by the sender's id; nil: the database is plainAsked
	queue        chan plainAsked
	ended        sync.WaitGroup
}

// plainAsked is a message that waits for its commit.
type plainAsked struct {
	i    int
	done chan error
}

const plainSchema = `CREATE TABLE members (sighting TEXT NOT NULL PRIMARY KEY, person INTEGER NOT NULL, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE signed (message TEXT NOT NULL PRIMARY KEY, person INTEGER NOT NULL, how TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;`

func plainSighting(i int) string { return fmt.Sprintf("@person-%d", i) }

// newPlain makes a database with so many members.
func newPlain(ctx context.Context, dir, name string, members int) (y *plain, err error) {
	y = &plain{}
	if y.db, err = sql.Open("sqlite", benchDSN(filepath.Join(dir, name+".db"))); err != nil {
		return nil, err
	}
	y.db.SetMaxOpenConns(1)
	y.db.SetMaxIdleConns(1)
	if _, err = y.db.ExecContext(ctx, plainSchema); err != nil {
		return nil, errors.Join(err, y.db.Close())
	}
	tx, err := y.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, errors.Join(err, y.db.Close())
	}
	for i := range members {
		if _, err = tx.ExecContext(ctx, "INSERT INTO members VALUES (?, ?, ?)", plainSighting(i), i, benchName(i)); err != nil {
			return nil, errors.Join(err, tx.Rollback(), y.db.Close())
		}
	}
	if err = tx.Commit(); err == nil {
		y.find, err = y.db.PrepareContext(ctx, "SELECT person FROM members WHERE sighting = ?")
	}
	if err == nil {
		y.insert, err = y.db.PrepareContext(ctx, "INSERT INTO signed VALUES (?, ?, 'self', '2026-03-13T13:55:00.000000000Z')")
	}
	return y, err
}

// remember takes the roster into memory.
func (y *plain) remember(members int) {
	y.roster = make(map[string]int, members)
	for i := range members {
		y.roster[plainSighting(i)] = i
	}
}

// alone writes one row in a transaction of its own.
func (y *plain) alone(i int) error {
	var person int
	if err := y.find.QueryRow(plainSighting(i)).Scan(&person); err != nil {
		return err
	}
	_, err := y.insert.Exec(fmt.Sprintf("message-%d", i), person)
	return err
}

// collect begins the one goroutine that commits what has queued up.
func (y *plain) collect() {
	y.queue = make(chan plainAsked, 256)
	y.ended.Go(func() {
		for first := range y.queue {
			var waiting []plainAsked
			tx, err := y.db.Begin()
			if err == nil {
				find, insert := tx.Stmt(y.find), tx.Stmt(y.insert)
				for more := true; more && err == nil; {
					err = y.one(find, insert, first.i)
					waiting = append(waiting, first)
					select {
					case first, more = <-y.queue:
					default:
						more = false
					}
				}
				err = errors.Join(err, tx.Commit())
			} else {
				waiting = append(waiting, first)
			}
			for _, w := range waiting {
				w.done <- err
			}
		}
	})
}

func (y *plain) one(find, insert *sql.Stmt, i int) error {
	person, known := y.roster[plainSighting(i)]
	if !known {
		if err := find.QueryRow(plainSighting(i)).Scan(&person); err != nil {
			return err
		}
	}
	_, err := insert.Exec(fmt.Sprintf("message-%d", i), person)
	return err
}

// together writes one row and waits for the commit that it shares.
func (y *plain) together(i int) error {
	a := plainAsked{i, make(chan error, 1)}
	y.queue <- a
	return <-a.done
}

func (y *plain) close() error {
	if y.queue != nil {
		close(y.queue)
		y.ended.Wait()
	}
	return y.db.Close()
}

// ormed does the same by gorm as its guide shows it.
type ormed struct{ db *gorm.DB }

// ormMember, ormSigned are the tables of plain as gorm sees them.
type ormMember struct {
	Sighting string `gorm:"primaryKey"`
	Person   int
	Name     string
}

type ormSigned struct {
	Message string `gorm:"primaryKey"`
	Person  int
	How, At string
}

func (ormMember) TableName() string { return "members" }
func (ormSigned) TableName() string { return "signed" }

// newOrmed opens a database of plain's anew.
func newOrmed(dir, name string) (*ormed, error) {
	db, err := gorm.Open(sqlite.Open(benchDSN(filepath.Join(dir, name+".db"))), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		return nil, err
	}
	pool, err := db.DB()
	if err == nil {
		pool.SetMaxOpenConns(1)
	}
	return &ormed{db}, err
}

func (y *ormed) do(i int) error {
	var m ormMember
	if err := y.db.First(&m, "sighting = ?", plainSighting(i)).Error; err != nil {
		return err
	}
	return y.db.Create(&ormSigned{Message: fmt.Sprintf("orm-%d", i), Person: m.Person, How: "self", At: "2026-03-13T13:55:00.000000000Z"}).Error
}

func (y *ormed) close() error {
	pool, err := y.db.DB()
	if err != nil {
		return err
	}
	return pool.Close()
}
