// Package storage keeps the facts of themeday in one SQLite file: private rows, numbered migrations, and the Store of the root package.
package storage

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"sync/atomic"

	// Registers the driver "sqlite". It is imported, and so required in go.mod, for the sake of its version: glebarez/sqlite alone
	// brings SQLite 3.41.2, which has the WAL-reset bug that corrupts databases (fixed in 3.51.3 and 3.53.0). The import is no longer
	// needed when glebarez/sqlite itself requires a newer one; TestSQLiteIsNewEnough tells. modernc.org/sqlite must not be imported
	// beside it: both register the same name.
	_ "github.com/glebarez/go-sqlite"
	"gorm.io/gorm"

	"themeday"
)

// Store is a themeday.Store in one SQLite file: one connection writes, a few others read what is committed.
type Store struct {
	path    string
	writer  *gorm.DB
	reader  *gorm.DB
	vault   vault               // the zero vault: words are kept in the open
	known   remembered          // by the writer's connection
	chance  io.Reader           // of the chain's salts
	bearing map[string]sealable // what bears seals (chain.go)
	warning string              // what the start found about the chain
	traces  atomic.Bool         // the log may hold pages that tell in what order ballots came

	turn    chan struct{} // whoever has put something in may write
	posted  atomic.Int64  // transactions that planned a post
	careful int           // Updates that still share no transaction; whoever has the turn may look
	behind  atomic.Int32  // Updates that wait for their turn
	batch   *batch        // the transaction that stands open; whoever has the turn may look
}

var _ themeday.Store = (*Store)(nil)

// Open opens the database at path, makes it with mode 0600 where there is none, and brings its schema up to date.
// Its errors name the path and the way out.
func Open(path string, options ...Option) (*Store, error) { return open(path, writing, options) }

// OpenScratch opens a database that nobody misses after this process: like Open, but it does not wait for the disk, so that a power cut
// may destroy it.
func OpenScratch(path string, options ...Option) (*Store, error) {
	hurried := maps.Clone(writing)
	hurried["_pragma"] = append(slices.Clone(writing["_pragma"]), "synchronous(OFF)") // the last one counts
	return open(path, hurried, options)
}

func open(path string, settings url.Values, options []Option) (*Store, error) {
	full, err := place(path)
	if err != nil {
		return nil, err
	}
	s := &Store{path: path, chance: rand.Reader, turn: make(chan struct{}, 1)}
	for _, set := range options {
		set(s)
	}
	s.vault.chance = s.chance
	s.traces.Store(true) // nobody knows what a killed process left
	if s.writer, err = connect(full, settings, 1); err == nil {
		if err = s.upgrade(path); err == nil {
			s.reader, err = connect(full, reading, readers)
		}
	}
	if err != nil {
		return nil, errors.Join(openError(path, err), s.Close())
	}
	return s, nil
}

// Close ends all connections; what was committed stands in the one file then.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*gorm.DB{s.reader, s.writer} { // the writer last: it empties the log into the file
		if db == nil {
			continue
		}
		pool, err := db.DB()
		if err == nil {
			err = pool.Close()
		}
		errs = append(errs, explain("close "+s.path, err))
	}
	return errors.Join(errs...)
}

// Path is the path that the database was opened with.
func (s *Store) Path() string { return s.path }

// Posted counts the transactions of this process that planned a post: as long as it stays the same, nothing has become due earlier than before.
func (s *Store) Posted() int64 { return s.posted.Load() }

// Version is the number of the database's schema.
func (s *Store) Version() (int, error) { return version(s.reader) }

// Check looks through the whole file for damage and names the first that it finds.
func (s *Store) Check(ctx context.Context) error {
	var found []string
	if err := s.reader.WithContext(ctx).Raw("PRAGMA quick_check(1)").Scan(&found).Error; err != nil {
		return explain("check "+s.path, err)
	}
	if len(found) != 1 || found[0] != "ok" {
		return fmt.Errorf("the database %s is damaged (%v): stop the program and put a backup in its place: themeday restore FILE", s.path, found)
	}
	return nil
}

// View runs do on one unchanging picture of what is committed. Its Tx refuses to write.
func (s *Store) View(ctx context.Context, do func(themeday.Tx) error) error {
	var own error // of do: not ours to word
	err := s.reader.WithContext(ctx).Connection(func(conn *gorm.DB) error {
		begun := conn.Session(&gorm.Session{NewDB: true}).Begin(&sql.TxOptions{ReadOnly: true})
		if begun.Error != nil {
			return begun.Error
		}
		defer begun.Rollback()
		own = do(&tx{store: s, db: begun, readonly: true, vault: s.vault, known: &remembered{}})
		return nil
	})
	if own != nil {
		return own
	}
	return explain("transaction", err)
}
