package storage

import "fmt"

// badHidden names a row whose key tells of somebody's account: by the person alone.
func (w *walk) badHidden(s sealable, f found, number int64, what string) error {
	name := "a row of " + s.name
	var person int64
	err := w.t.conn().QueryRow("SELECT person FROM "+s.from+s.is("?1"), f.key).Scan(&person)
	if err != nil {
		return err
	}
	name += fmt.Sprintf(" of person %d", person)
	return w.badNamed(Bad{Table: s.name, Key: chainKey(s.name, f.key), Link: number}, fmt.Sprintf(what, name))
}

// hiddenOrphan names a row that is gone though it bears a seal. Only the entry that touched it tells whose it was.
func (w *walk) hiddenOrphan(s sealable) error {
	there := map[string]bool{} // one for each account that was ever recognised
	keys, err := list(w.t, s.name, func(r row, key *string) error { return r.Scan(key) }, "SELECT "+s.key+" FROM "+s.from)
	if err != nil {
		return err
	}
	for _, k := range keys {
		there[chainKey(s.name, k)] = true
	}
	type sealed struct {
		key  string
		link int64
	}
	seals, err := list(w.t, "seals", func(r row, x *sealed) error { return r.Scan(&x.key, &x.link) },
		"SELECT key, link FROM seals WHERE tbl = ? AND hash <> ? ORDER BY link", s.name, goneHash)
	if err != nil {
		return err
	}
	for _, x := range seals {
		if !there[x.key] {
			return w.badNamed(Bad{Table: s.name, Key: x.key, Link: x.link}, "a row of "+s.name+" was taken away from outside")
		}
	}
	return nil
}
