package storage

import (
	"slices"
	"strings"

	"themeday"
)

// owed are the rows of a transaction that are not written yet. They go into the database together, before a statement names their table and at
// the latest before the commit, because a statement of a hundred rows costs little more than one of one.
type owed struct {
	tables []debt
	last   int64 // the highest number of an entry; 0: not known
}

// debt are the rows of one table.
type debt struct {
	table, columns, clash string // clash: what becomes of a row whose key is there
	rows                  [][]any
	written               int // of them
}

// owing is a point to which what is owed can be taken back.
type owing []struct{ rows, written int }

func (o *owed) mark() owing {
	if o == nil {
		return nil
	}
	to := make(owing, len(o.tables))
	for i, d := range o.tables {
		to[i].rows, to[i].written = len(d.rows), d.written
	}
	return to
}

// back takes back what was added since a point; what had been written since then is owed again, for the database took it back.
func (o *owed) back(to owing) {
	if o == nil {
		return
	}
	o.last = 0
	for i := range o.tables {
		d := &o.tables[i]
		rows, written := 0, 0
		if i < len(to) {
			rows, written = to[i].rows, to[i].written
		}
		d.rows, d.written = d.rows[:rows], written
	}
}

// owe adds a row.
func (t *tx) owe(table, columns, clash string, values []any) {
	i := slices.IndexFunc(t.owed.tables, func(d debt) bool { return d.table == table })
	if i < 0 {
		i = len(t.owed.tables)
		t.owed.tables = append(t.owed.tables, debt{table: table, columns: columns, clash: clash})
	}
	t.owed.tables[i].rows = append(t.owed.tables[i].rows, values)
}

// settleFor writes what a statement may want to see.
func (t *tx) settleFor(query string) error {
	if t.owed == nil {
		return nil
	}
	for i := range t.owed.tables {
		if d := &t.owed.tables[i]; d.written < len(d.rows) && strings.Contains(query, d.table) {
			if err := t.pay(d); err != nil {
				return err
			}
		}
	}
	return nil
}

// settle writes everything that is owed.
func (t *tx) settle() error {
	if t.owed == nil {
		return nil
	}
	for i := range t.owed.tables {
		if err := t.pay(&t.owed.tables[i]); err != nil {
			return err
		}
	}
	return nil
}

// valuesAtOnce is how many values one statement has at most.
const valuesAtOnce = 4000

func (t *tx) pay(d *debt) error {
	n := strings.Count(d.columns, ",") + 1
	row := "(?" + strings.Repeat(", ?", n-1) + ")"
	for d.written < len(d.rows) {
		some := d.rows[d.written:]
		some = some[:min(len(some), valuesAtOnce/n)]
		query := "INSERT INTO " + d.table + " (" + d.columns + ") VALUES " + row + strings.Repeat(", "+row, len(some)-1) + d.clash
		if _, err := t.conn().ExecContext(t.db.Statement.Context, query, slices.Concat(some...)...); err != nil {
			return explain("write "+d.table, err)
		}
		d.written += len(some)
	}
	return nil
}

// highestEntry is the number of the last entry that there ever was; SQLite keeps it (AUTOINCREMENT), so that entries taken away from outside leave a gap.
const highestEntry = "SELECT max((SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'entries'), (SELECT coalesce(max(seq), 0) FROM entries))"

// noteEntry is AddEntry below the words of the domain. It makes the number.
func (t *tx) noteEntry(c *chained, activity themeday.ActivityID) error {
	if t.readonly {
		return explain("write entries", ErrViewOnly)
	}
	t.writes++
	delete(t.known.lists["noted"], any(activity))
	if t.owed.last == 0 {
		last, _, err := one(t, "entries", scanNumber, highestEntry)
		if err != nil {
			return err
		}
		t.owed.last = last
	}
	t.owed.last++
	c.seq = t.owed.last
	t.owe("entries", "seq, "+entryColumns+", salt, commitment", "", []any{
		c.seq, c.happened, c.entered, c.by, c.verb, c.branch, c.activity, c.noun, c.key, c.before, c.after, c.why, c.message, c.undoes, c.salt, c.commitment,
	})
	t.said = append(t.said, said{c.seq, c.hash()})
	return nil
}

// together are the tables whose rows are written together.
var together = map[string]bool{"posts": true, "signins": true}
