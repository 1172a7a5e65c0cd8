package storage

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"

	"themeday"
)

const (
	bindingColumns = "account, session, sighting, person, level, name, at, nick, mark"
	codeColumns    = "hash, person, issued_by, issued, expires, used"
)

func (t *tx) Bindings(a themeday.Account) ([]themeday.Binding, error) {
	return recall(t, "bindings", a, func() ([]themeday.Binding, error) {
		return list(t, "bindings", scanBinding, "SELECT "+bindingColumns+" FROM bindings WHERE account = ? ORDER BY at, session, sighting", a)
	})
}

func (t *tx) BindingsOf(p themeday.PersonID) ([]themeday.Binding, error) {
	return list(t, "bindings", scanBinding, "SELECT "+bindingColumns+" FROM bindings WHERE person = ? ORDER BY account, at, session, sighting", p)
}

func scanBinding(r row, b *themeday.Binding) error {
	return r.Scan(&b.Account, &b.Session, &b.Sighting, &b.Person, &b.Level, &b.Name, when(&b.At), &b.Nick, &b.Mark)
}

func (t *tx) PutBinding(b themeday.Binding) error {
	read := b
	read.At = asRead(b.At)
	return along(t, "bindings", b.Account, read,
		func(a, b themeday.Binding) bool { return a.Sighting == b.Sighting && a.Session == b.Session },
		func(a, b themeday.Binding) int {
			return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Session, b.Session), cmp.Compare(a.Sighting, b.Sighting))
		},
		func() error { return t.putBinding(b) })
}

func (t *tx) putBinding(b themeday.Binding) error {
	return t.put("bindings", bindingColumns, b.Account, b.Session, b.Sighting, b.Person, b.Level, b.Name, at(b.At), b.Nick, b.Mark)
}

// DropBindings forgets every sighting of a person, of all sessions.
func (t *tx) DropBindings(a themeday.Account, p themeday.PersonID) error {
	return t.drop("bindings", "account = ? AND person = ?", a, p)
}

func (t *tx) DropBinding(b themeday.Binding) error {
	return t.drop("bindings", "account = ? AND session = ? AND sighting = ?", b.Account, b.Session, b.Sighting)
}

// PutCode keeps the hash of a new code under the house's key, where there is one: who has the file alone could try all codes there are.
func (t *tx) PutCode(c themeday.BindingCode) error {
	_, known, err := t.code(c.Hash)
	if err != nil {
		return err
	}
	if !known {
		c.Hash = codeMark(t.vault.markers()[0], c.Hash)
	}
	return t.put("codes", codeColumns, c.Hash, c.Person, c.By, at(c.Issued), at(c.Expires), at(c.Used))
}

// Code finds a code by its hash; the one that it gives bears the hash that is kept.
func (t *tx) Code(hash string) (themeday.BindingCode, bool, error) {
	for _, key := range t.vault.markers() {
		if c, there, err := t.code(codeMark(key, hash)); there || err != nil {
			return c, there, err
		}
	}
	return themeday.BindingCode{}, false, nil
}

func (t *tx) code(kept string) (themeday.BindingCode, bool, error) {
	return one(t, "codes", scanCode, "SELECT "+codeColumns+" FROM codes WHERE hash = ?", kept)
}

// codeMark is the hash of a code as it is kept; without a key it stands as it is.
func codeMark(key []byte, hash string) string {
	if key == nil {
		return hash
	}
	h := hmac.New(sha256.New, key)
	h.Write([]byte("code\x00" + hash))
	return hex.EncodeToString(h.Sum(nil))
}

func (t *tx) Codes(p themeday.PersonID) ([]themeday.BindingCode, error) {
	return list(t, "codes", scanCode, "SELECT "+codeColumns+" FROM codes WHERE person = ? ORDER BY issued, hash", p)
}

func scanCode(r row, c *themeday.BindingCode) error {
	return r.Scan(&c.Hash, &c.Person, &c.By, when(&c.Issued), when(&c.Expires), when(&c.Used))
}

func (t *tx) CountTry(key string, on themeday.Date) (int, error) {
	if _, err := t.exec("write tries", "INSERT INTO tries (key, day, count) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
		key, dayText(on)); err != nil {
		return 0, err
	}
	return t.Tries(key, on)
}

func (t *tx) Tries(key string, on themeday.Date) (int, error) {
	n, _, err := one(t, "tries", scanNumber, "SELECT count FROM tries WHERE key = ? AND day = ?", key, dayText(on))
	return int(n), err
}
