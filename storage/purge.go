package storage

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"themeday"
)

// purging is one step of a purge: rows of a table that lose some words, or go.
type purging struct {
	table string
	keys  string // what names a row
	by    string // what ?1 is: at (an instant), day or month
	where string
	set   string // empty: the rows go
	used  string // pictures are used for it: their files go as well
	words bool   // what only few could read goes, so that the file is written anew afterwards
}

// purgings are the steps of each kind. A row to which a step was done no longer meets its condition, so that a purge goes on where it was killed.
var purgings = map[themeday.Purge][]purging{
	themeday.PurgeMessages: {{table: "inbox", keys: "account, message", by: "at", where: "at < ?1"}},
	themeday.PurgeCodes: {
		{table: "codes", keys: "hash", by: "at", where: "expires < ?1"},
		{table: "tries", keys: "key, day", by: "day", where: "day < ?1"},
	},
	themeday.PurgeBindings: {{table: "bindings", keys: "account, session, sighting", by: "at", words: true, where: `at < ?1 AND session <> (SELECT b.session FROM bindings b
		WHERE b.account = bindings.account AND b.person = bindings.person ORDER BY b.at DESC, b.session DESC LIMIT 1)`}},
	themeday.PurgePosts: {{table: "posts", keys: "key", by: "at", set: "text = ''", where: "state IN ('sent', 'failed', 'dropped') AND text <> '' AND due < ?1"}},
	themeday.PurgeDropped: {{
		table: "posts", keys: "key", by: "at",
		where: "state = 'dropped' AND sent_at IS NULL AND said = 0 AND max(due, coalesce(planned, ''), coalesce(expires, '')) < ?1",
	}},
	themeday.PurgeReasons: {
		{
			table: "leaves", keys: "activity, person", by: "month", words: true, set: "reason = '', refusal = '', picture = ''",
			where: "(reason <> '' OR refusal <> '' OR picture <> '')" + ofOldMonths,
		},
		{table: "pictures", by: "month", used: "leave", where: "used_for = 'leave'" + ofOldMonths},
	},
	themeday.PurgeMakeups: {
		{
			table: "makeups", keys: "activity, person", by: "month", words: true, set: "text = '', picture = '', why = ''",
			where: "state = 'confirmed' AND (text <> '' OR picture <> '' OR why <> '')" + ofOldMonths,
		},
		{
			table: "entries", keys: "seq", by: "month", words: true, set: silenced,
			where: `noun = 'makeup' AND salt IS NOT NULL AND (coalesce(before->>'$.Why', '') <> '' OR coalesce(after->>'$.Why', '') <> '')` + ofOldMonths + notOpen("entries.key = m.activity || '/' || m.person"),
		},
		{table: "pictures", by: "month", used: "makeup", where: "used_for = 'makeup'" + ofOldMonths + notOpen("m.activity = pictures.activity AND m.person = pictures.person")},
	},
	themeday.PurgeRefused: {{table: "entries", keys: "seq", by: "at", set: silenced, where: "noun = 'refused' AND salt IS NOT NULL AND entered < ?1"}},
	themeday.PurgeLooks:   {{table: "looks", keys: "seq", by: "at", where: "at < ?1"}},
}

// silenced is an entry that says nothing any more; its commitment stays.
const silenced = "before = NULL, after = NULL, why = '', salt = NULL"

// ofOldMonths holds for activities of months that were over before the day.
const ofOldMonths = " AND activity IN (SELECT a.id FROM activities a WHERE a.month < ?1)"

// notOpen holds where the make-up study is not owed and not to be decided on any more.
func notOpen(its string) string {
	return " AND NOT EXISTS (SELECT 1 FROM makeups m WHERE " + its + " AND m.state <> 'confirmed')"
}

// before is the day of a cutoff as a step compares it.
func (p purging) before(c themeday.Cutoff) string {
	switch p.by {
	case "day":
		return dayText(c.Before)
	case "month": // that of the day itself was not over
		return c.Before.MonthOf().String()
	}
	return atText(c.At)
}

// Purgeable counts what Purge would do; a picture counts where it is used.
func (t *tx) Purgeable(c themeday.Cutoff) (int, error) {
	sum := 0
	for _, p := range purgings[c.Kind] {
		n, _, err := one(t, p.table, scanNumber, "SELECT count(*) FROM "+p.table+" WHERE "+p.where, p.before(c))
		if err != nil {
			return 0, err
		}
		sum += int(n)
	}
	return sum, nil
}

// Purge does up to so many of what a kind asks for, and names the pictures that nothing uses any more.
func (t *tx) Purge(c themeday.Cutoff, most int) (sum int, unused []string, err error) {
	for _, p := range purgings[c.Kind] {
		if sum >= most {
			return sum, unused, nil
		}
		n := 0
		if p.used != "" {
			var ids []string
			n, ids, err = t.purgePictures(p, c, most-sum)
			unused = append(unused, ids...)
		} else {
			n, err = t.purge(p, c, most-sum)
		}
		if err != nil {
			return sum, nil, err
		}
		if sum += n; n > 0 && p.words {
			if _, err := t.exec("mark the file", "UPDATE secrets SET unclean = 1"); err != nil {
				return sum, nil, err
			}
		}
	}
	return sum, unused, nil
}

// purge does one step. Its rows are named first, so that as many go as are counted.
func (t *tx) purge(p purging, c themeday.Cutoff, most int) (int, error) {
	rows := fmt.Sprintf("(%s) IN (SELECT %s FROM %s WHERE %s LIMIT ?2)", p.keys, p.keys, p.table, p.where)
	query := "DELETE FROM " + p.table + " WHERE " + rows
	if p.set != "" {
		query = "UPDATE " + p.table + " SET " + p.set + " WHERE " + rows
	}
	t.forgetAll(p.table)
	if exempt[p.table] != "" && p.table != "entries" {
		n, err := t.exec("purge "+p.table, query, p.before(c), most)
		return int(n), err
	}
	before := len(t.touches)
	err := t.write(p.table, query, p.before(c), most)
	return len(t.touches) - before, err
}

// purgePictures takes away uses of pictures.
func (t *tx) purgePictures(p purging, c themeday.Cutoff, most int) (int, []string, error) {
	type use struct {
		activity, id string
		person       themeday.PersonID
	}
	uses, err := list(t, p.table, func(r row, u *use) error { return r.Scan(&u.activity, &u.id, &u.person) },
		"SELECT activity, id, person FROM pictures WHERE "+p.where+" ORDER BY activity, id, person LIMIT ?2", p.before(c), most)
	if err != nil {
		return 0, nil, err
	}
	var unused []string
	for _, u := range uses {
		if err := t.drop("pictures", "activity = ? AND id = ? AND person = ? AND used_for = '"+p.used+"'", u.activity, u.id, u.person); err != nil {
			return 0, nil, err
		}
		left, _, err := one(t, "pictures", scanNumber, "SELECT count(*) FROM pictures WHERE id = ?", u.id)
		if err != nil {
			return 0, nil, err
		}
		if left == 0 && !slices.Contains(unused, u.id) {
			unused = append(unused, u.id)
		}
	}
	return len(uses), unused, nil
}

// Drop takes a picture away, with its thumbnail; one that is gone already is none the less.
func (p Pictures) Drop(id string) error {
	if err := named(id); err != nil {
		return err
	}
	for _, end := range []string{"", thumb, ".new"} {
		if err := gone(filepath.Join(p.Dir, id+end)); err != nil {
			return err
		}
	}
	return nil
}

// ErrUnswept means that what was taken away may still lie in pages of the file, until it is opened for serving the next time.
var ErrUnswept = errUnswept

// LastHeard is when the newest message was said that is still known, by the clock of the network; zero where none is.
func (s *Store) LastHeard(ctx context.Context) (time.Time, error) {
	var newest sql.NullString
	err := s.reader.WithContext(ctx).Raw("SELECT max(at) FROM inbox").Row().Scan(&newest)
	if err != nil || !newest.Valid {
		return time.Time{}, explain("read inbox", err)
	}
	return instant(newest.String)
}
