package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"themeday"
)

// tx is the Tx of one View or Update.
type tx struct {
	db       *gorm.DB
	readonly bool
	vault    vault
	voted    bool // a ballot was added, or somebody marked as having voted
	known    *remembered
	enrolled bool // who belongs to the house was changed: nothing is remembered of it
	bound    bool // likewise how somebody was recognised

	rewritten map[themeday.BranchID]bool // branches whose activities were changed
}

var _ themeday.Tx = (*tx)(nil)

// Nested runs do in a savepoint; an error or a panic of do takes back what do did and leaves the rest of the transaction.
func (t *tx) Nested(do func(themeday.Tx) error) (err error) {
	if err := t.db.Exec("SAVEPOINT nested").Error; err != nil {
		return explain("begin nested", err)
	}
	kept := false
	defer func() {
		if kept {
			return
		}
		// Equal names stack: both words mean the innermost savepoint.
		back := errors.Join(t.db.Exec("ROLLBACK TO nested").Error, t.db.Exec("RELEASE nested").Error)
		err = errors.Join(err, explain("take back nested", back))
	}()
	if err := do(t); err != nil {
		return err
	}
	if err := t.db.Exec("RELEASE nested").Error; err != nil {
		return explain("keep nested", err)
	}
	kept = true
	return nil
}

// exec runs a statement that writes and tells how many rows it touched.
func (t *tx) exec(doing, query string, args ...any) (int64, error) {
	if t.readonly {
		return 0, fmt.Errorf("%s: %w", doing, ErrViewOnly)
	}
	done := t.db.Exec(query, args...)
	return done.RowsAffected, explain(doing, done.Error)
}

// put writes a row, or replaces the one with the same key. The columns are those of the values, in their order.
func (t *tx) put(table, columns string, values ...any) error {
	t.forget(table)
	_, err := t.exec("write "+table, insert(table, columns, len(values))+" ON CONFLICT DO UPDATE SET "+replaced(columns), values...)
	return err
}

// add writes a row and gives the number that was made for it.
func (t *tx) add(table, columns, number string, values ...any) (int64, error) {
	if t.readonly {
		return 0, fmt.Errorf("write %s: %w", table, ErrViewOnly)
	}
	t.forget(table)
	n, _, err := one(t, table, scanNumber, insert(table, columns, len(values))+" RETURNING "+number, values...)
	return n, err
}

// drop deletes the rows of a table for which a condition holds.
func (t *tx) drop(table, where string, args ...any) error {
	t.forget(table)
	_, err := t.exec("delete from "+table, "DELETE FROM "+table+" WHERE "+where, args...)
	return err
}

func insert(table, columns string, n int) string {
	return "INSERT INTO " + table + " (" + columns + ") VALUES (?" + strings.Repeat(", ?", n-1) + ")"
}

func replaced(columns string) string {
	names := strings.Split(columns, ", ")
	for i, name := range names {
		names[i] = name + " = excluded." + name
	}
	return strings.Join(names, ", ")
}

// row is one row of an answer.
type row interface{ Scan(into ...any) error }

func scanNumber(r row, n *int64) error { return r.Scan(n) }

// list reads all rows of a query.
func list[T any](t *tx, table string, scan func(row, *T) error, query string, args ...any) ([]T, error) {
	rows, err := t.db.Raw(query, args...).Rows()
	if err != nil {
		return nil, explain("read "+table, err)
	}
	all, err := collect(rows, scan)
	return all, explain("read "+table, err)
}

func collect[T any](rows *sql.Rows, scan func(row, *T) error) ([]T, error) {
	defer rows.Close()
	var all []T
	for rows.Next() {
		var v T
		if err := scan(rows, &v); err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// one reads the first row of a query and tells whether there was any.
func one[T any](t *tx, table string, scan func(row, *T) error, query string, args ...any) (T, bool, error) {
	all, err := list(t, table, scan, query, args...)
	if err != nil || len(all) == 0 {
		var none T
		return none, false, err
	}
	return all[0], true, nil
}

// qualified puts a table's short name before each column.
func qualified(table, columns string) string {
	return table + "." + strings.ReplaceAll(columns, ", ", ", "+table+".")
}
