package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// claims is the yardstick of the schedule: a table of planned posts with an index on what is due, claimed and marked 32 at a time.
type claims struct {
	db     *sql.DB
	dir    string
	filled time.Duration // how long it took to put all of them in
}

const claimSchema = `CREATE TABLE posts (key TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, branch TEXT NOT NULL, due TEXT NOT NULL, expires TEXT NOT NULL, state TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX posts_planned ON posts (state, due) WHERE state = 'planned';
CREATE INDEX posts_branch ON posts (branch, due);`

// claimTime is how instants stand in the store.
const claimTime = "2006-01-02T15:04:05.000000000Z"

// newClaims makes the table with so many posts due in the far future.
func newClaims(ctx context.Context, b *bench, planned int) (y *claims, err error) {
	y = &claims{}
	if y.dir, err = b.folder(); err != nil {
		return nil, err
	}
	if y.db, err = sql.Open("sqlite", benchDSN(filepath.Join(y.dir, "claims.db"))); err != nil {
		return nil, err
	}
	y.db.SetMaxOpenConns(1)
	if _, err = y.db.ExecContext(ctx, claimSchema); err != nil {
		return nil, errors.Join(err, y.close())
	}
	began := time.Now()
	err = y.within(ctx, "INSERT INTO posts VALUES (?, 'notice', ?, ?, ?, 'planned')", func(insert *sql.Stmt) error {
		far := spreadAt.AddDate(5, 0, 0).UTC().Format(claimTime)
		for i := range planned {
			if _, err := insert.ExecContext(ctx, claimKey(i), benchBranchName(i/12), far, far); err != nil {
				return err
			}
		}
		return nil
	})
	y.filled = time.Since(began)
	if err != nil {
		return nil, errors.Join(err, y.close())
	}
	return y, nil
}

func claimKey(i int) string { return fmt.Sprintf("notice/%s/2026-03/%d", benchBranchName(i/12), i) }

func (y *claims) within(ctx context.Context, query string, do func(*sql.Stmt) error) error {
	tx, err := y.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	stmt, err := tx.PrepareContext(ctx, query)
	if err == nil {
		err = do(stmt)
	}
	if err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// fall lets so many posts fall due, spread over the minutes from an instant on.
func (y *claims) fall(ctx context.Context, n int, from time.Time, minutes int) error {
	return y.within(ctx, "UPDATE posts SET due = ? WHERE key = ?", func(move *sql.Stmt) error {
		for i := range n {
			at := from.Add(time.Duration(i*minutes/n) * time.Minute)
			if _, err := move.ExecContext(ctx, at.UTC().Format(claimTime), claimKey(i)); err != nil {
				return err
			}
		}
		return nil
	})
}

// look claims and marks what is due at an instant.
func (y *claims) look(ctx context.Context, due *sql.Stmt, at time.Time) error {
	for {
		var keys []string
		rows, err := due.QueryContext(ctx, at.UTC().Format(claimTime))
		if err != nil {
			return err
		}
		for rows.Next() {
			var key string
			if err := rows.Scan(&key); err != nil {
				return errors.Join(err, rows.Close())
			}
			keys = append(keys, key)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil || len(keys) == 0 {
			return err
		}
		for _, state := range []string{"sending", "sent"} {
			err := y.within(ctx, "UPDATE posts SET state = ? WHERE key = ?", func(mark *sql.Stmt) error {
				for _, key := range keys {
					if _, err := mark.ExecContext(ctx, state, key); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
	}
}

// due is the claim's query.
func (y *claims) due(ctx context.Context) (*sql.Stmt, error) {
	return y.db.PrepareContext(ctx, "SELECT key FROM posts WHERE state = 'planned' AND due <= ? ORDER BY due LIMIT 32")
}

// day is a day's looks with so many posts due.
func (y *claims) day(ctx context.Context, n int) (took, cpu time.Duration, err error) {
	if err := y.fall(ctx, n, spreadOn, minutesADay); err != nil {
		return 0, 0, err
	}
	due, err := y.due(ctx)
	if err != nil {
		return 0, 0, err
	}
	used, _ := cpuTime()
	began := time.Now()
	for minute := range minutesADay {
		if err := y.look(ctx, due, spreadOn.Add(time.Duration(minute)*time.Minute)); err != nil {
			return 0, 0, err
		}
	}
	now, _ := cpuTime()
	return time.Since(began), now - used, due.Close()
}

// atOnce is one look at which so many are due.
func (y *claims) atOnce(ctx context.Context, n int) (time.Duration, error) {
	if err := y.fall(ctx, n, spreadOn, 1); err != nil {
		return 0, err
	}
	due, err := y.due(ctx)
	if err != nil {
		return 0, err
	}
	began := time.Now()
	err = y.look(ctx, due, spreadOn)
	return time.Since(began), errors.Join(err, due.Close())
}

func (y *claims) close() error { return errors.Join(y.db.Close(), os.RemoveAll(y.dir)) }
