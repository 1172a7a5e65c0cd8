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
	store    *Store
	db       *gorm.DB
	touches  []touch
	said     []said
	newest   link // that this transaction has added
	readonly bool
	vault    vault
	voted    bool // a ballot was added, or somebody marked as having voted
	known    *remembered
	writes   int                          // so far
	polled   map[themeday.ActivityID]bool // activities of whose votes, ballots or codes one was changed
	owed     *owed                        // nil in a View
	posted   bool                         // a post was planned
}

var _ themeday.Tx = (*tx)(nil)

// Nested runs do in a savepoint; an error or a panic of do takes back what do did and leaves the rest of the transaction.
func (t *tx) Nested(do func(themeday.Tx) error) (err error) {
	if err := t.point("SAVEPOINT nested"); err != nil {
		return explain("begin nested", err)
	}
	kept, before, touches, said, owing := false, t.writes, len(t.touches), len(t.said), t.owed.mark()
	defer func() {
		if kept {
			return
		}
		t.touches, t.said = t.touches[:touches], t.said[:said]
		t.owed.back(owing)
		// Equal names stack: both words mean the innermost savepoint.
		if t.writes > before {
			t.known.clear()
		}
		back := errors.Join(t.point("ROLLBACK TO nested"), t.point("RELEASE nested"))
		err = errors.Join(err, explain("take back nested", back))
	}()
	if err := do(t); err != nil {
		return err
	}
	if err := t.point("RELEASE nested"); err != nil {
		return explain("keep nested", err)
	}
	kept = true
	return nil
}

// exec runs a statement that writes and tells how many rows it touched. It is for tables alone whose rows bear no seal (exempt).
func (t *tx) exec(doing, query string, args ...any) (int64, error) {
	if t.readonly {
		return 0, fmt.Errorf("%s: %w", doing, ErrViewOnly)
	}
	done, err := t.do(query, args...)
	if err != nil {
		return 0, explain(doing, err)
	}
	n, err := done.RowsAffected()
	return n, explain(doing, err)
}

// do runs a statement below gorm, which costs more than some statements do.
func (t *tx) do(query string, args ...any) (sql.Result, error) {
	if err := t.settleFor(query); err != nil {
		return nil, err
	}
	return t.conn().ExecContext(t.db.Statement.Context, query, args...)
}

// ask asks a question below gorm.
func (t *tx) ask(query string, args ...any) (*sql.Rows, error) {
	if err := t.settleFor(query); err != nil {
		return nil, err
	}
	return t.conn().QueryContext(t.db.Statement.Context, query, args...)
}

// point sets or leaves a savepoint.
func (t *tx) point(word string) error {
	_, err := t.do(word)
	return err
}

// put writes a row, or replaces the one with the same key. The columns are those of the values, in their order.
func (t *tx) put(table, columns string, values ...any) error {
	t.forget(table, values[0])
	clash := " ON CONFLICT DO UPDATE SET " + replaced(columns)
	query := insert(table, columns, len(values)) + clash
	bears, err := t.bears(table)
	if err != nil {
		return err
	}
	if bears != "" {
		named, err := t.touch(table, columns, values)
		if err != nil {
			return err
		}
		if !named {
			return t.write(table, query, values...)
		}
	}
	if together[table] {
		t.owe(table, columns, clash, values)
		return nil
	}
	_, err = t.exec("write "+table, query, values...)
	return err
}

// add writes a row and gives the number that was made for it.
func (t *tx) add(table, columns, number string, values ...any) (int64, error) {
	bears, err := t.bears(table)
	if err != nil {
		return 0, err
	}
	t.forget(table, values[0])
	n, _, err := one(t, table, scanNumber, insert(table, columns, len(values))+" RETURNING "+number, values...)
	if err == nil && bears != "" {
		_, err = t.touch(table, number, []any{n})
	}
	return n, err
}

// change sets columns of the rows of a table for which a condition holds.
func (t *tx) change(table, set, where string, args ...any) error {
	t.forgetAll(table)
	return t.write(table, "UPDATE "+table+" SET "+set+" WHERE "+where, args...)
}

// drop deletes the rows of a table for which a condition holds.
func (t *tx) drop(table, where string, args ...any) error {
	if strings.HasPrefix(where, "activity = ?") || strings.HasPrefix(where, "branch = ?") {
		t.forget(table, args[0])
	} else {
		t.forgetAll(table)
	}
	return t.write(table, "DELETE FROM "+table+" WHERE "+where, args...)
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
	rows, err := t.ask(query, args...)
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
