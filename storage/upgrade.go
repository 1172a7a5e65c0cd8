package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"gorm.io/gorm"
)

// chainSince is the schema that has the chain.
const chainSince = 15

// alteredHash stands in a seal that was broken before the schema changed: it is never mended, so that an upgrade hides nothing.
const alteredHash = "altered"

// pageOf is how many rows or entries one link takes over.
const pageOf = 500

// upgrade brings the schema up to date and takes into the chain what it does not hold as it is: on the first time everything.
func (s *Store) upgrade(path string) error {
	have, err := known(s.writer, path, len(migrations))
	if err != nil {
		return err
	}
	if have >= chainSince && have < len(migrations) {
		if err := s.alone(func(t *tx) error { return t.markAltered() }); err != nil {
			return err
		}
	}
	if err := migrate(s.writer, path, migrations); err != nil {
		return err
	}
	if schema, err := chainSchemaOf(s.writer); err != nil || schema == int64(len(migrations)) {
		return err
	}
	return s.alone(func(t *tx) error {
		if schema, err := chainSchemaOf(t.db); err != nil || schema == int64(len(migrations)) {
			return err // another program did it
		}
		lost := false
		if have >= chainSince {
			if lost, err = t.lost(); err != nil {
				return err
			}
		}
		if err := t.takeOver(int64(len(migrations))); err != nil || !lost {
			return err
		}
		s.warning = "the chain of the ledger was taken away from outside, and another one was begun: see themeday verify, and put a backup in the database's place"
		return t.markLost()
	})
}

// chainSchemaOf is the schema as which the chain holds everything; 0 without a chain.
func chainSchemaOf(db *gorm.DB) (int64, error) {
	var schema int64
	err := db.Raw("SELECT schema FROM links WHERE schema > 0 ORDER BY number DESC LIMIT 1").Scan(&schema).Error
	return schema, err
}

// alone runs do in a transaction of the writer that adds no link of its own.
func (s *Store) alone(do func(*tx) error) error {
	return s.writer.Transaction(func(db *gorm.DB) error {
		t := &tx{store: s, db: db, vault: s.vault, known: &remembered{}, owed: &owed{}}
		all, err := tables(context.Background(), t.conn())
		if err != nil {
			return err
		}
		s.bearing = bearing(all)
		err = errors.Join(do(t), t.settle())
		s.bearing = nil // the schema may change
		return err
	})
}

// takeOver commits the entries that have no commitment, seals every row that says other than its seal, and ends with a link that tells the schema.
func (t *tx) takeOver(schema int64) error {
	if err := t.takeEntries(schema); err != nil {
		return err
	}
	for _, s := range inOrder(t.store.bearing) {
		if err := t.takeRows(s, schema); err != nil {
			return err
		}
		if err := t.takeGone(s, schema); err != nil {
			return err
		}
	}
	return t.takeLink(findings{facts: []fact{}}, schema)
}

// takeLink puts a link behind the last one, whatever it lists.
func (t *tx) takeLink(f findings, schema int64) error {
	last, err := t.lastLink()
	if err != nil {
		return err
	}
	err = t.addLink(last, next(last, schema), f)
	t.said = nil
	return err
}

func (t *tx) takeEntries(schema int64) error {
	last, err := t.lastLink()
	for from := last.last; err == nil; {
		var page []chained
		page, err = list(t, "entries", scanChained, selectChained+" WHERE seq > ? ORDER BY seq LIMIT ?", from, pageOf)
		if err != nil || len(page) == 0 {
			return err
		}
		var f findings
		for _, e := range page {
			var salt string
			if salt, err = t.store.salt(); err != nil {
				return err
			}
			e.commit(salt)
			if _, err := t.conn().Exec("UPDATE entries SET salt = ?, commitment = ? WHERE seq = ?", e.salt, e.commitment, e.seq); err != nil {
				return err
			}
			t.said = append(t.said, said{e.seq, e.hash()})
			f.facts = append(f.facts, fact{"entries", entryKey(e.seq), e.hash()})
			from = e.seq
		}
		err = t.takeLink(f, schema)
	}
	return err
}

// found is a row with its seal.
type found struct {
	key, row string
	seal     sql.NullString
}

// page are the next rows after a key, in the order of their keys.
func (t *tx) page(s sealable, after string) ([]found, error) {
	query, args := "SELECT "+s.key+", "+s.row+" FROM "+s.from, []any{}
	if after != "" {
		query += " AND " + s.after("?1")
		args = append(args, after)
	}
	query += fmt.Sprintf(" ORDER BY %s LIMIT %d", columnList(s.keys), pageOf)
	return list(t, s.name, func(r row, f *found) error { return r.Scan(&f.key, &f.row) }, query, args...)
}

func (t *tx) takeRows(s sealable, schema int64) error {
	for after := ""; ; {
		page, err := t.page(s, after)
		if err != nil || len(page) == 0 {
			return err
		}
		last, err := t.lastLink()
		if err != nil {
			return err
		}
		var f findings
		for _, p := range page {
			after = p.key
			if err := t.takeRow(&f, s, p, next(last, schema)); err != nil {
				return err
			}
		}
		if len(f.facts) > 0 {
			if err := t.takeLink(f, schema); err != nil {
				return err
			}
		}
	}
}

func (t *tx) takeRow(f *findings, s sealable, p found, l link) error {
	name := chainKey(s.name, p.key)
	have, err := t.sealOf(s.name, name)
	if err != nil || have.hash == alteredHash || have.hash == rowHash(have.salt, s.name, name, p.row) {
		return err
	}
	return t.reseal(f, s.name, name, p.row, l)
}

// seal is a row of seals.
type seal struct {
	salt, hash string
	link       int64
}

// sealOf is the seal of a row; an empty one where there is none.
func (t *tx) sealOf(tbl, key string) (seal, error) {
	var s seal
	err := t.conn().QueryRow("SELECT salt, hash, link FROM seals WHERE tbl = ? AND key = ?", tbl, key).Scan(&s.salt, &s.hash, &s.link)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return s, err
}

// takeGone lists the rows that a new schema has done away with.
func (t *tx) takeGone(s sealable, schema int64) error {
	if hiddenKeys[s.name] {
		return nil
	}
	keys, err := list(t, "seals", func(r row, key *string) error { return r.Scan(key) }, s.orphans()+" AND hash <> ?", alteredHash)
	if err != nil || len(keys) == 0 {
		return err
	}
	last, err := t.lastLink()
	if err != nil {
		return err
	}
	var f findings
	for _, key := range keys {
		f.list(fact{s.name, key, goneHash}, "", next(last, schema))
	}
	return t.takeLink(f, schema)
}

// markAltered breaks for good the seals that do not hold before the schema changes.
func (t *tx) markAltered() error {
	for _, s := range inOrder(t.store.bearing) {
		for after := ""; ; {
			page, err := t.page(s, after)
			if err != nil {
				return err
			}
			if len(page) == 0 {
				break
			}
			for _, p := range page {
				after = p.key
				name := chainKey(s.name, p.key)
				have, err := t.sealOf(s.name, name)
				if err == nil && have.hash != rowHash(have.salt, s.name, name, p.row) {
					err = t.putSeals([]any{s.name, name, "", alteredHash, have.link})
				}
				if err != nil {
					return err
				}
			}
		}
		if hiddenKeys[s.name] {
			continue
		}
		if _, err := t.conn().Exec("UPDATE seals SET hash = ? WHERE (tbl, key) IN (SELECT ?, key FROM ("+s.orphans()+"))", alteredHash, s.name); err != nil {
			return err
		}
	}
	return nil
}
