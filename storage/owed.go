package storage

import (
	"strings"

	"themeday"
)

// owed are the entries of a transaction that are not written yet: they go into the database together, before anybody asks for entries and at the
// latest before the commit. Their numbers are known before.
type owed struct {
	entries []chained
	written int   // of them
	last    int64 // the highest number; 0: not known
}

// owing is a point to which what is owed can be taken back.
type owing struct{ entries, written int }

func (o *owed) mark() owing {
	if o == nil {
		return owing{}
	}
	return owing{len(o.entries), o.written}
}

// back takes back what was added since a point; what had been written since then is owed again, for the database took it back.
func (o *owed) back(to owing) {
	if o != nil {
		o.entries, o.written, o.last = o.entries[:to.entries], to.written, 0
	}
}

// owe adds an entry and makes its number.
func (t *tx) owe(c *chained) error {
	if err := t.numbered(); err != nil {
		return err
	}
	t.owed.last++
	c.seq = t.owed.last
	t.owed.entries = append(t.owed.entries, *c)
	return nil
}

// numbered finds out the highest number that an entry has. No entry ever goes, so that none gets the number of another.
func (t *tx) numbered() error {
	if t.owed.last > 0 {
		return nil
	}
	if n := len(t.owed.entries); n > t.owed.written {
		t.owed.last = t.owed.entries[n-1].seq
		return nil
	}
	last, _, err := one(t, "entries", scanNumber, highestEntry)
	t.owed.last = last // 0 in an empty ledger: it is asked for once more
	return err
}

// highestEntry is the number of the last entry that there ever was; SQLite keeps it (AUTOINCREMENT), so that entries taken away from outside leave a gap.
const highestEntry = "SELECT max((SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'entries'), (SELECT coalesce(max(seq), 0) FROM entries))"

// entriesAtOnce is how many entries one statement writes.
const entriesAtOnce = 200

// settle writes the entries that are owed.
func (t *tx) settle() error {
	if t.owed == nil {
		return nil
	}
	for t.owed.written < len(t.owed.entries) {
		some := t.owed.entries[t.owed.written:]
		some = some[:min(len(some), entriesAtOnce)]
		const columns = "seq, " + entryColumns + ", salt, commitment"
		one := "(?" + strings.Repeat(", ?", strings.Count(columns, ",")) + ")"
		values := make([]any, 0, len(some)*(1+strings.Count(columns, ",")))
		for _, c := range some {
			values = append(values, c.seq, c.happened, c.entered, c.by, c.verb, c.branch, c.activity, c.noun, c.key, c.before, c.after, c.why, c.message, c.undoes, c.salt, c.commitment)
		}
		if _, err := t.exec("write entries", "INSERT INTO entries ("+columns+") VALUES "+one+strings.Repeat(", "+one, len(some)-1), values...); err != nil {
			return err
		}
		t.owed.written += len(some)
	}
	return nil
}

// noteEntry is AddEntry below the words of the domain.
func (t *tx) noteEntry(c *chained, activity themeday.ActivityID) error {
	if t.readonly {
		return explain("write entries", ErrViewOnly)
	}
	t.writes++
	delete(t.known.lists["noted"], any(activity))
	delete(t.known.lists, "entries")
	if err := t.owe(c); err != nil {
		return err
	}
	t.said = append(t.said, said{c.seq, c.hash()})
	return nil
}
