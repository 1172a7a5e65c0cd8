package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gorm.io/gorm"
)

// Inventory is what a database holds, by numbers: a copy that holds the same lost nothing.
type Inventory struct {
	Schema int              `json:"schema"`
	Rows   map[string]int64 `json:"rows"`  // by table
	Entry  int64            `json:"entry"` // the last one of the ledger
	Last   time.Time        `json:"last"`  // when it was entered
	Open   int64            `json:"open"`  // evaluations that are open: a copy holds nothing of what was said in them

	state int64 // of the file, as one connection sees it
}

// copying is how a database is read to be copied: it changes nothing and keeps nobody from writing.
var copying = url.Values{"_pragma": {"busy_timeout(10000)", "cache_size(-16000)", "temp_store(2)", "secure_delete(1)"}} // no row stands twice in the copy

// Copy writes what is committed at one instant into a new file at path, mode 0600, while others go on writing, and makes sure that nothing is
// missing in it but what was said in evaluations that are open (withoutOpen). Every table is written anew in the order of its keys, so that the copy tells no more of the order of ballots than they do.
func (s *Store) Copy(ctx context.Context, path string) (Inventory, error) {
	full, err := filepath.Abs(s.path)
	if err == nil {
		full, err = filepath.EvalSymlinks(full)
	}
	if err != nil {
		return Inventory{}, fmt.Errorf("find database %s: %w", s.path, err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) // SQLite would make it readable for others
	if err != nil {
		return Inventory{}, fmt.Errorf("make the copy: %w", err)
	}
	if err := f.Close(); err != nil {
		return Inventory{}, fmt.Errorf("make the copy: %w", err)
	}
	var before, after Inventory
	err = connected(full, copying, func(db *gorm.DB) (err error) {
		db = db.WithContext(ctx)
		if before, err = inventory(db); err != nil {
			return err
		}
		if err = db.Exec("VACUUM INTO ?", path).Error; err != nil {
			return err
		}
		after, err = inventory(db)
		return err
	})
	if err != nil {
		return Inventory{}, explain("copy "+s.path, err)
	}
	without, err := withoutOpen(ctx, path)
	if err != nil {
		return Inventory{}, explain("copy "+s.path, err)
	}
	have, err := Sound(ctx, path)
	if err != nil {
		return have, err
	}
	return have, complete(before, have, after, without)
}

// complete compares a copy with what stood in the database before and after it was made; without is what was left out, by table.
func complete(before, have, after Inventory, without map[string]int64) error {
	untouched := before.state == after.state
	for table, n := range before.Rows {
		if there := have.Rows[table] + without[table]; there != n && (untouched || table == "entries" && there < n) { // entries are never deleted
			return fmt.Errorf("the copy holds %d rows of %s where the database has %d: look at the disk and try again", have.Rows[table], table, n)
		}
	}
	if have.Entry < before.Entry || have.Entry > after.Entry || have.Schema != before.Schema {
		return errors.New("the copy is not of the database as it is: try again")
	}
	return nil
}

// Sound looks through a whole database file that nobody uses, without changing it: whether it is ours and undamaged, and what it holds.
func Sound(ctx context.Context, path string) (Inventory, error) {
	var have Inventory
	err := connected(path, reading, func(db *gorm.DB) error {
		db = db.WithContext(ctx)
		if v, err := known(db, path, len(migrations)); err != nil {
			return err
		} else if v == 0 {
			return fmt.Errorf("the database %s is empty", path)
		}
		var found []string
		if err := db.Raw("PRAGMA integrity_check(1)").Scan(&found).Error; err != nil {
			return err
		}
		if len(found) != 1 || found[0] != "ok" {
			return fmt.Errorf("the copy is damaged (%v)", found)
		}
		var dangling int
		if err := db.Raw("SELECT count(*) FROM pragma_foreign_key_check").Scan(&dangling).Error; err != nil {
			return err
		}
		if dangling > 0 {
			return fmt.Errorf("the copy is damaged: %d rows refer to others that are not there", dangling)
		}
		var err error
		have, err = inventory(db)
		return err
	})
	return have, explain("look through "+path, err)
}

// connected does something on one connection to a file.
func connected(path string, settings url.Values, do func(*gorm.DB) error) error {
	full, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	db, err := connect(full, settings, 1)
	if err != nil {
		return err
	}
	pool, err := db.DB()
	if err != nil {
		return err
	}
	return errors.Join(do(db), pool.Close())
}

func inventory(db *gorm.DB) (Inventory, error) {
	have := Inventory{Rows: map[string]int64{}}
	err := db.Transaction(func(tx *gorm.DB) error {
		var tables []string
		if err := tx.Raw("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name").Scan(&tables).Error; err != nil {
			return err
		}
		for _, table := range tables {
			var n int64
			if err := tx.Raw(fmt.Sprintf("SELECT count(*) FROM %q", table)).Scan(&n).Error; err != nil {
				return err
			}
			have.Rows[table] = n
		}
		var err error
		if have.Schema, err = version(tx); err != nil {
			return err
		}
		if err := tx.Raw("SELECT count(*) FROM activities WHERE evaluated IS NOT NULL AND result IS NULL").Scan(&have.Open).Error; err != nil {
			return err
		}
		rows, err := tx.Raw("SELECT seq, entered FROM entries ORDER BY seq DESC LIMIT 1").Rows()
		if err != nil {
			return err
		}
		defer rows.Close() //nolint:errcheck // it was only read
		if rows.Next() {
			if err := rows.Scan(&have.Entry, when(&have.Last)); err != nil {
				return err
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
		return tx.Raw("PRAGMA data_version").Scan(&have.state).Error // of what was counted
	})
	return have, err
}

// headed tells whether a file begins as a database does.
func headed(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close() //nolint:errcheck // it was only read
	const magic = "SQLite format 3\x00"
	head := make([]byte, len(magic))
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == magic
}

// Fold puts the log into the file and takes the log away, which only works where nobody else has the database open: whoever is about to put
// another file in its place knows then that nothing is lost and nothing disturbed. A file that is no sound database is left as it is (false).
func Fold(ctx context.Context, path string) (bool, error) {
	if !headed(path) {
		return false, nil // SQLite would throw the log of such a file away
	}
	var mode string
	err := connected(path, url.Values{"_pragma": {"busy_timeout(1000)"}}, func(db *gorm.DB) error {
		return db.WithContext(ctx).Raw("PRAGMA journal_mode=DELETE").Row().Scan(&mode)
	})
	err = explain("close the log of "+path, err)
	switch {
	case errors.Is(err, ErrLocked), err == nil && mode != "delete":
		return false, ErrLocked
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return false, err
	}
	return err == nil, nil
}

// KeysOf gives the ids of the keys that sealed something in a database file that nobody uses, without changing it.
func KeysOf(ctx context.Context, path string) ([]string, error) {
	var ids []string
	err := connected(path, reading, func(db *gorm.DB) error {
		var queries []string
		for _, p := range secretPlaces {
			queries = append(queries, fmt.Sprintf("SELECT substr(%s, 4, 8) AS id FROM %s WHERE %s GLOB 'e1:????????:*'", p.column, p.table, p.column))
		}
		return db.WithContext(ctx).Raw(strings.Join(queries, " UNION ") + " ORDER BY id").Scan(&ids).Error
	})
	return ids, explain("look for keys", err)
}
