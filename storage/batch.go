package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"

	"gorm.io/gorm"

	"themeday"
)

// batch is one transaction that several Updates share: each runs in turn, in a savepoint of its own, and none is told that it is done before all
// of it is committed. Who finds nobody behind him commits, so that a lone Update waits for nobody.
type batch struct {
	conn    *sql.Conn
	db      *gorm.DB // the transaction
	members int      // Updates that are kept so far
	whole   *tx      // what they have touched together
	ended   chan struct{}
	err     error // of the commit; all members get it
}

// mostMembers is how many Updates share a transaction at most.
const mostMembers = 256

// carefulFor is how many Updates have a transaction of their own after one that failed: one of its members may have written what cannot be written.
const carefulFor = 1024

// errLost means that the transaction is gone with all that was done in it, for the sake of one statement that failed.
var errLost = errors.New("the transaction was lost")

// Update runs do in one transaction: an error or a panic of do takes all of it back, and nothing else. One Update runs at a time, so do must not
// call Update itself; the others wait, as long as their ctx allows, and then share a commit.
func (s *Store) Update(ctx context.Context, do func(themeday.Tx) error) error {
	s.behind.Add(1)
	select {
	case s.turn <- struct{}{}:
		s.behind.Add(-1)
	case <-ctx.Done():
		s.behind.Add(-1)
		return explain("transaction", ctx.Err())
	}
	b, err := s.join(ctx)
	if err != nil {
		<-s.turn
		return explain("transaction", err)
	}
	own, err := s.run(ctx, b, do)
	if own != nil || err != nil {
		if own != nil {
			return own
		}
		return explain("transaction", err)
	}
	select {
	case <-b.ended:
	case s.turn <- struct{}{}: // whoever was behind has had his turn, or gave up
		if s.batch == b {
			s.end(b)
		}
		<-s.turn
	}
	return explain("transaction", b.err)
}

// join gives the transaction that stands open, or begins one. The caller has the turn.
func (s *Store) join(ctx context.Context) (*batch, error) {
	if s.batch != nil {
		return s.batch, nil
	}
	pool, err := s.writer.DB()
	if err != nil {
		return nil, err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	db := s.writer.Session(&gorm.Session{NewDB: true, Context: context.WithoutCancel(ctx)})
	db.Statement.ConnPool = conn
	b := &batch{conn: conn, ended: make(chan struct{}), whole: &tx{store: s, vault: s.vault, known: &s.known, owed: &owed{}}}
	if b.db = db.Begin(); b.db.Error != nil {
		return nil, errors.Join(b.db.Error, conn.Close())
	}
	b.whole.db = b.db
	if err := s.known.since(b.db); err != nil {
		b.db.Rollback()
		return nil, errors.Join(err, conn.Close())
	}
	s.batch = b
	return b, nil
}

// run does one Update's work and gives the turn away, whatever comes of it: own is the error of do.
func (s *Store) run(ctx context.Context, b *batch, do func(themeday.Tx) error) (own, err error) {
	// Statements are not cut off: SQLite would take the whole transaction back for the sake of one.
	t := &tx{store: s, db: b.db.WithContext(context.WithoutCancel(ctx)), vault: s.vault, known: &s.known, owed: b.whole.owed}
	kept, owing := false, t.owed.mark()
	saved := b.members > 0 // the first needs no savepoint: there is nothing before it
	defer func() {
		if !kept {
			s.takeBack(b, t, saved, owing)
		}
		alone := s.careful > 0
		if alone {
			s.careful--
		}
		if s.batch == b && (b.err != nil || b.members == 0 || b.members >= mostMembers || alone || s.behind.Load() == 0) {
			s.end(b)
		}
		<-s.turn
	}()
	if saved {
		if err := t.point("SAVEPOINT message"); err != nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if own = do(t); own != nil {
		return own, nil
	}
	if err := ctx.Err(); err != nil { // nobody waits for it any more
		return nil, err
	}
	if saved {
		if err := t.point("RELEASE message"); err != nil {
			return nil, err
		}
	}
	kept = true
	b.keep(t)
	return nil, nil
}

// keep takes in what one Update has done.
func (b *batch) keep(t *tx) {
	b.members++
	b.whole.touches, b.whole.said = append(b.whole.touches, t.touches...), append(b.whole.said, t.said...)
	b.whole.voted, b.whole.posted = b.whole.voted || t.voted, b.whole.posted || t.posted
	if b.whole.polled == nil {
		b.whole.polled = t.polled
	} else {
		maps.Copy(b.whole.polled, t.polled)
	}
}

// takeBack undoes what one Update did; what was done before it stays, unless the transaction itself is gone.
func (s *Store) takeBack(b *batch, t *tx, saved bool, to owing) {
	t.owed.back(to)
	if t.writes > 0 {
		s.known.clear()
	}
	if !saved {
		return // it was alone: end rolls back
	}
	if err := errors.Join(t.point("ROLLBACK TO message"), t.point("RELEASE message")); err != nil {
		s.known.clear()
		b.err = fmt.Errorf("%w: %w", errLost, err)
	}
}

// end commits the transaction, or takes it back when it is lost or nothing is left in it, and lets its members go on. The caller has the turn.
func (s *Store) end(b *batch) {
	s.batch = nil
	defer func() {
		if b.err != nil {
			s.careful = carefulFor // so that what one has done is no other's fault when they try again
		}
		close(b.ended)
	}()
	defer b.conn.Close()
	if b.err == nil && b.members > 0 {
		b.err = b.whole.chain()
	}
	if b.err != nil || b.members == 0 {
		if b.err != nil {
			s.known.clear()
		}
		b.db.Rollback()
		return
	}
	ctx := context.Background()
	if b.err = b.db.Commit().Error; b.err != nil {
		s.known.clear()
		_, _ = b.conn.ExecContext(ctx, "ROLLBACK") // SQLite keeps a transaction open whose commit was refused; an error means that nothing was left
		return
	}
	if b.whole.posted {
		s.posted.Add(1)
	}
	if b.whole.newest.number > 0 {
		s.known.newest = b.whole.newest
	}
	if s.traces.Load() || b.whole.voted {
		s.sweep(ctx, b.conn)
	}
}

// sweep empties the log into the file: in the log stands every page as it was after each commit, and so in what order ballots came.
// What another reader still needs stays until the next commit, which tries again.
func (s *Store) sweep(ctx context.Context, conn *sql.Conn) {
	var busy, frames, moved int
	_, _ = conn.ExecContext(ctx, "PRAGMA busy_timeout = 50")
	defer func() { _, _ = conn.ExecContext(ctx, "PRAGMA busy_timeout = 10000") }()
	err := conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved)
	s.traces.Store(err != nil || busy != 0)
}
