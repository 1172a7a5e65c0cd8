package storage

import (
	"database/sql"
	"encoding/json"
	"math"
	"slices"
	"time"

	"themeday"
)

const entryColumns = "happened, entered, entered_by, verb, branch, activity, noun, key, before, after, why, message, undoes"

// AddEntry makes the number; the one in e is not looked at.
func (t *tx) AddEntry(e themeday.Entry) error {
	salt, err := t.store.salt()
	if err != nil {
		return err
	}
	c := chained{
		happened: instantText(e.Happened), entered: atText(e.Entered), by: int64(e.By), verb: e.Verb, branch: string(e.Branch), activity: string(e.Activity), noun: e.Noun, key: e.Key,
		message: string(e.Message), undoes: e.Undoes, before: sqlText(e.Before), after: sqlText(e.After), why: e.Why,
	}
	c.commit(salt)
	return t.noteEntry(&c, e.Activity)
}

// sqlText is JSON as its column holds it; none is NULL.
func sqlText(j json.RawMessage) sql.NullString {
	return sql.NullString{String: string(j), Valid: j != nil}
}

// EntriesBy goes by when an entry was entered.
func (t *tx) EntriesBy(p themeday.PersonID, from time.Time) ([]themeday.Entry, error) {
	return list(t, "entries", scanEntry, "SELECT seq, "+entryColumns+" FROM entries WHERE entered_by = ? AND entered >= ? ORDER BY seq", p, atText(from))
}

// EntriesAbout compares keys as bytes, as the index does; no text of people goes beyond the last character there is.
func (t *tx) EntriesAbout(noun, prefix string) ([]themeday.Entry, error) {
	return list(t, "entries", scanEntry, "SELECT seq, "+entryColumns+" FROM entries WHERE noun = ? AND key >= ? AND key < ? AND salt IS NOT NULL ORDER BY seq", noun, prefix, prefix+"\U0010FFFF")
}

// ActivityEntries go by their numbers. What was erased with a person says nothing here either.
func (t *tx) ActivityEntries(id themeday.ActivityID) ([]themeday.Entry, error) {
	return list(t, "entries", scanEntry, "SELECT seq, "+entryColumns+" FROM entries WHERE activity = ? AND salt IS NOT NULL ORDER BY seq", id)
}

// LastEntry goes by the numbers.
func (t *tx) LastEntry(upTo int64) (themeday.Entry, bool, error) {
	if upTo == 0 {
		upTo = math.MaxInt64
	}
	return one(t, "entries", scanEntry, "SELECT seq, "+entryColumns+" FROM entries WHERE seq <= ? ORDER BY seq DESC LIMIT 1", upTo)
}

func scanEntry(r row, e *themeday.Entry) error {
	return r.Scan(&e.Seq, when(&e.Happened), when(&e.Entered), &e.By, &e.Verb, &e.Branch, &e.Activity, &e.Noun, &e.Key,
		(*[]byte)(&e.Before), (*[]byte)(&e.After), &e.Why, &e.Message, &e.Undoes)
}

func (t *tx) LaterEntry(noun, key string, after int64) (bool, error) {
	_, later, err := one(t, "entries", scanNumber, "SELECT seq FROM entries WHERE noun = ? AND key = ? AND seq > ? LIMIT 1", noun, key, after)
	return later, err
}

// noted is an entry of an activity, in short.
type noted struct {
	noun    string
	entered time.Time
}

// NotedSince goes by when an entry was entered.
func (t *tx) NotedSince(id themeday.ActivityID, after time.Time, but ...string) (bool, error) {
	all, err := recall(t, "noted", id, func() ([]noted, error) {
		return list(t, "entries", func(r row, n *noted) error { return r.Scan(&n.noun, when(&n.entered)) }, "SELECT noun, entered FROM entries WHERE activity = ?", id)
	})
	return slices.ContainsFunc(all, func(n noted) bool { return n.entered.After(after) && n.noun != "" && !slices.Contains(but, n.noun) }), err
}

// BranchesNoted are in no order.
func (t *tx) BranchesNoted(after int64) ([]themeday.BranchID, error) {
	return list(t, "entries", func(r row, b *themeday.BranchID) error { return r.Scan(b) }, "SELECT DISTINCT branch FROM entries WHERE seq > ?", after)
}

// instantText is an instant as its column holds it; the zero time is NULL.
func instantText(t time.Time) sql.NullString {
	if t.IsZero() {
		return sql.NullString{}
	}
	return sql.NullString{String: atText(t), Valid: true}
}
