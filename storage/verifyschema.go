package storage

import (
	"fmt"
	"slices"
	"strings"

	"github.com/glebarez/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// schemaText is every table, index, trigger and view of a database, as it was written down.
const schemaText = `SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY type, name`

// whole looks at what lies beneath the rows: columns that bear other names, indexes that point elsewhere and triggers of somebody else would let
// the program see other facts than those under seal.
func (w *walk) whole() error {
	have, err := list(w.t, "sqlite_schema", func(r row, s *string) error { return r.Scan(s) }, schemaText)
	if err != nil {
		return err
	}
	want, err := ownSchema()
	if err != nil {
		return err
	}
	for _, s := range slices.Concat(have, want) {
		if slices.Contains(have, s) != slices.Contains(want, s) {
			name, _, _ := strings.Cut(s, ":")
			return w.bad(Bad{What: fmt.Sprintf("the database is not laid out as the program made it: %s was changed, added or removed", name)})
		}
	}
	found, err := list(w.t, "integrity", func(r row, s *string) error { return r.Scan(s) }, "PRAGMA integrity_check(1)")
	if err == nil && !slices.Equal(found, []string{"ok"}) {
		return w.bad(Bad{What: "the file is damaged, or was altered beneath its rows (" + strings.Join(found, "; ") + "): put a backup in its place"})
	}
	return err
}

// ownSchema is what the migrations make of an empty database.
func ownSchema() (text []string, err error) {
	db, err := gorm.Open(sqlite.Open(":memory:"), &gorm.Config{Logger: logger.Discard, SkipDefaultTransaction: true, DisableAutomaticPing: true})
	if err != nil {
		return nil, err
	}
	pool, err := db.DB()
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	pool.SetMaxOpenConns(1)
	if err := migrate(db, ":memory:", migrations); err != nil {
		return nil, err
	}
	err = db.Raw(schemaText).Scan(&text).Error
	return text, err
}
