package storage

import "fmt"

// begunAnew is the key of the seal that stands where a chain was taken away and a start of the program made another one: no row fits it, so that it
// is never mended, and all later verifications find it.
const begunAnew = "begun anew"

// Warning is what the start found about the chain that somebody has to hear of; empty when there is nothing.
func (s *Store) Warning() string { return s.warning }

// lost tells whether a database of a schema with a chain has none though it must have had one: entries bear commitments, seals are there, or facts
// without any entry. A program that was killed between the new schema and its first link left entries without commitments, and is none of these.
func (t *tx) lost() (bool, error) {
	var links, traces int64
	if err := t.conn().QueryRow("SELECT (SELECT count(*) FROM links), (SELECT count(*) FROM entries WHERE commitment <> '') + (SELECT count(*) FROM seals)").Scan(&links, &traces); err != nil {
		return false, err
	}
	if links > 0 || traces > 0 {
		return links == 0, nil
	}
	var entries, facts int64
	err := t.conn().QueryRow(`SELECT (SELECT count(*) FROM entries),
		(SELECT count(*) FROM branches) + (SELECT count(*) FROM people) + (SELECT count(*) FROM activities) + (SELECT count(*) FROM signins)`).Scan(&entries, &facts)
	return entries == 0 && facts > 0, err
}

// markLost puts the seal that tells of it.
func (t *tx) markLost() error { return t.putSeals([]any{"links", begunAnew, "", alteredHash, 0}) }

// begun tells whether the chain is the first one.
func (w *walk) begun() error {
	anew, err := w.t.sealOf("links", begunAnew)
	if err != nil {
		return err
	}
	if anew.hash != "" {
		return w.bad(Bad{Table: "links", What: "the chain was taken away from outside, and made anew at the next start of the program: nothing from before that start is proved; " +
			"compare with a backup and with heads on paper"})
	}
	lost, err := w.t.lost()
	if err != nil {
		return err
	}
	if lost {
		return w.bad(Bad{Table: "links", What: "the chain was taken away from outside: facts are there, and no link that holds them; put a backup in its place"})
	}
	return nil
}

// sequence tells whether the newest entries were cut off: the database counts all that it ever had.
func (w *walk) sequence() error {
	var last, counted int64
	err := w.t.conn().QueryRow(`SELECT coalesce((SELECT max(seq) FROM entries), 0), coalesce((SELECT max(seq) FROM sqlite_sequence WHERE name = 'entries'), 0)`).Scan(&last, &counted)
	if err != nil || last == counted {
		return err
	}
	return w.bad(Bad{Table: "entries", Entry: &BadLine{Seq: last + 1}, What: fmt.Sprintf("the last entry is %d, and the database has counted up to %d: the newest were cut off from outside together with their links, or the count was altered", last, counted)})
}
