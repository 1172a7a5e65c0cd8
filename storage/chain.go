package storage

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"themeday"
)

// Chance is where the salts of the chain come from; without it, the system's. A rehearsal gives its own, so that it is the same each time.
func Chance(r io.Reader) Option { return func(s *Store) { s.chance = r } }

const saltLength = 16

// fact is an entry or a row as a link lists it: its table, its key and its hash.
type fact struct{ tbl, key, hash string }

// goneHash stands in a link for the hash of a row that is gone.
const goneHash = "gone"

// MarshalJSON is the form in which links keep it.
func (f fact) MarshalJSON() ([]byte, error) { return json.Marshal([3]string{f.tbl, f.key, f.hash}) }

// UnmarshalJSON reads it.
func (f *fact) UnmarshalJSON(data []byte) error {
	var three [3]string
	err := json.Unmarshal(data, &three)
	f.tbl, f.key, f.hash = three[0], three[1], three[2]
	return err
}

// link is a member of the chain.
type link struct {
	number, schema, first, last int64
	facts, hash                 string
}

// digest is the hash of all parts; none can be mistaken for two.
func digest(what string, parts ...[]byte) []byte {
	h := sha256.New()
	h.Write([]byte("themeday " + what + "\x00"))
	var n [8]byte
	for _, p := range parts {
		binary.BigEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		h.Write(p)
	}
	return h.Sum(nil)
}

func number(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

// sum is the hash that a link has to bear after the one before it.
func (l link) sum(before string) string {
	return hex.EncodeToString(digest("link 1", number(l.number), number(l.schema), []byte(before), number(l.first), number(l.last), []byte(l.facts)))
}

// rowHash is the hash of a row.
func rowHash(salt, tbl, key, row string) string {
	return hex.EncodeToString(digest("row 1", []byte(salt), []byte(tbl), []byte(key), []byte(row)))
}

// commitment binds what may be erased of an entry. NULL and an empty text are different.
func commitment(salt string, before, after sql.NullString, why string) string {
	return hex.EncodeToString(digest("commitment 1", []byte(salt), nullable(before), nullable(after), []byte(why)))
}

func nullable(s sql.NullString) []byte {
	if !s.Valid {
		return nil
	}
	return append([]byte{1}, s.String...)
}

// chainKey is how the chain names a row.
func chainKey(tbl, key string) string {
	if !hiddenKeys[tbl] {
		return key
	}
	return hex.EncodeToString(digest("key 1", []byte(tbl), []byte(key))[:16])
}

// salt is a new one, in hex.
func (s *Store) salt() (string, error) {
	var salt [saltLength]byte
	_, err := io.ReadFull(s.chance, salt[:])
	return hex.EncodeToString(salt[:]), err
}

// conn is the transaction below gorm: the chain asks little and often.
func (t *tx) conn() *sql.Tx { return t.db.Statement.ConnPool.(*sql.Tx) }

// touch is a row that a statement wrote, or may have written.
type touch struct{ tbl, key string }

// said is an entry that was added.
type said struct {
	seq  int64
	hash string
}

// write runs a statement that changes rows of one table, and notes which they are. What it returns besides is given, if it is asked for.
func (t *tx) write(table, query string, args ...any) error {
	bears, err := t.bears(table)
	if err != nil {
		return err
	}
	if bears == "" {
		_, err := t.exec("write "+table, query, args...)
		return err
	}
	touched, err := list(t, table, func(r row, key *string) error { return r.Scan(key) }, query+" RETURNING "+bears, args...)
	for _, key := range touched {
		t.touches = append(t.touches, touch{table, key})
	}
	return err
}

// bears is the key of a table whose rows bear seals, as a statement returns it; empty for another table.
func (t *tx) bears(table string) (string, error) {
	if t.readonly {
		return "", fmt.Errorf("write %s: %w", table, ErrViewOnly)
	}
	all, err := t.store.sealed(t.db.Statement.Context, t.conn())
	if err != nil {
		return "", explain("read the schema", err)
	}
	if table == "entries" {
		return "json_array(seq)", nil
	}
	if table == ballotsTogether.name {
		return "", nil
	}
	return all[table].key, nil
}

// touch notes a row by the values of its key, if they are among those that were written.
func (t *tx) touch(table, columns string, values []any) (bool, error) {
	keys := t.store.bearing[table].keys
	key := make([]any, len(keys))
	names := strings.Split(columns, ", ")
	for i, k := range keys {
		at := slices.Index(names, k)
		if at < 0 {
			return false, nil
		}
		key[i] = values[at]
	}
	text, err := jsonText(key)
	t.touches = append(t.touches, touch{table, text})
	return true, err
}

// sealed is what bears seals. The schema is asked for once: it stays as it is while the store is open.
func (s *Store) sealed(ctx context.Context, q querier) (map[string]sealable, error) {
	if s.bearing != nil {
		return s.bearing, nil
	}
	all, err := tables(ctx, q)
	if err != nil {
		return nil, err
	}
	s.bearing = bearing(all)
	return s.bearing, nil
}

// chain writes the link of what the transaction has changed, if anything.
func (t *tx) chain() error {
	if err := t.settle(); err != nil {
		return err
	}
	if len(t.touches) == 0 && len(t.said) == 0 && len(t.polled) == 0 {
		return nil
	}
	last, err := t.lastLink()
	if err == nil {
		l := next(last, 0)
		var found findings
		if found, err = t.changed(l); err == nil && len(found.facts) > 0 {
			err = t.addLink(last, l, found)
		}
	}
	return explain("write the chain", err)
}

// next is the link after the last one, before it holds anything.
func next(last link, schema int64) link {
	return link{number: last.number + 1, schema: schema, first: last.last + 1, last: last.last}
}

func entryKey(seq int64) string { return fmt.Sprint("[", seq, "]") }

// findings are what a link lists, and the seals that belong to it.
type findings struct {
	facts []fact
	seals []any // five for each: what a row of seals holds
	done  map[touch]bool
}

// changed looks at every row that was touched as it stands now.
func (t *tx) changed(l link) (findings, error) {
	f := findings{done: map[touch]bool{}}
	slices.SortFunc(t.touches, func(a, b touch) int { return cmp.Or(strings.Compare(a.tbl, b.tbl), strings.Compare(a.key, b.key)) })
	for i := 0; i < len(t.touches); { // it may grow
		n := i + 1
		for n < len(t.touches) && n-i < rowsAtOnce && t.touches[n].tbl == t.touches[i].tbl {
			n++
		}
		if err := t.lookAt(&f, t.touches[i:n:n], l); err != nil {
			return f, err
		}
		i = n
	}
	for _, id := range slices.Sorted(maps.Keys(t.polled)) {
		key, err := jsonText([]any{string(id)})
		if err == nil {
			err = t.look(&f, touch{ballotsTogether.name, key}, l)
		}
		if err != nil {
			return f, err
		}
	}
	for _, e := range t.said {
		f.facts = append(f.facts, fact{"entries", entryKey(e.seq), e.hash})
	}
	return f, nil
}

// rowsAtOnce is how many rows one question is about.
const rowsAtOnce = 200

// lookAt seals rows of one table.
func (t *tx) lookAt(f *findings, touched []touch, l link) error {
	table := touched[0].tbl
	at := t.store.bearing[table]
	if table == "entries" || at.asked == "" || len(touched) == 1 {
		one := t.look
		if table == "entries" {
			one = t.erased
		}
		for _, u := range touched {
			if err := one(f, u, l); err != nil {
				return err
			}
		}
		return nil
	}
	var asked []json.RawMessage
	var some []looked
	for _, u := range touched {
		if f.done[u] {
			continue
		}
		f.done[u] = true
		name := chainKey(u.tbl, u.key)
		pair, err := json.Marshal([]any{json.RawMessage(u.key), name})
		if err != nil {
			return err
		}
		asked = append(asked, pair)
		some = append(some, looked{touch: u, name: name})
	}
	if len(some) == 0 {
		return nil
	}
	question, err := jsonText(asked)
	if err != nil {
		return err
	}
	rows, err := t.ask(at.asked, question)
	if err != nil {
		return err
	}
	found, err := collect(rows, func(r row, s *placed) error { return r.Scan(&s.place, &s.key, &s.row, &s.seal, &s.result) })
	if err != nil {
		return err
	}
	for _, p := range found {
		some[p.place].found, some[p.place].there = p, true
	}
	for _, s := range some {
		if err := t.sealSeen(f, s, l); err != nil {
			return err
		}
	}
	return nil
}

// looked is a row that was touched, as it stands now.
type looked struct {
	touch
	name  string // what the chain calls it
	there bool
	found placed
}

type placed struct {
	place    int
	key, row string
	seal     sql.NullString
	result   bool // it has a result, with which ballots are sealed
}

// look seals one row.
func (t *tx) look(f *findings, u touch, l link) error {
	if f.done[u] {
		return nil
	}
	f.done[u] = true
	s := looked{touch: u, name: chainKey(u.tbl, u.key), there: true}
	err := t.conn().QueryRow(t.store.bearing[u.tbl].found, u.key, s.name).Scan(&s.found.key, &s.found.row, &s.found.seal, &s.found.result)
	if errors.Is(err, sql.ErrNoRows) {
		if s.there = false; u.tbl == ballotsTogether.name { // there is no result yet
			return nil
		}
		err = nil
	}
	if err != nil {
		return err
	}
	return t.sealSeen(f, s, l)
}

// sealSeen seals a row, unless it says what its seal says.
func (t *tx) sealSeen(f *findings, s looked, l link) error {
	if !s.there {
		f.list(fact{s.tbl, s.name, goneHash}, "", l)
		return nil
	}
	if s.found.result {
		t.touches = append(t.touches, touch{ballotsTogether.name, s.found.key})
	}
	if n := 2 * saltLength; len(s.found.seal.String) > n && s.found.seal.String[n:] == rowHash(s.found.seal.String[:n], s.tbl, s.name, s.found.row) {
		return nil
	}
	return t.reseal(f, s.tbl, s.name, s.found.row, l)
}

// reseal lists a row with a new seal.
func (t *tx) reseal(f *findings, tbl, key, row string, l link) error {
	salt, err := t.store.salt()
	f.list(fact{tbl, key, rowHash(salt, tbl, key, row)}, salt, l)
	return err
}

// erased lists an entry again whose words were taken away.
func (t *tx) erased(f *findings, u touch, l link) error {
	if f.done[u] {
		return nil
	}
	f.done[u] = true
	e, err := one1(t.conn().Query(selectChained+" WHERE seq = json_extract(?, '$[0]')", u.key))
	f.list(fact{"entries", u.key, e.hash()}, "", l)
	return err
}

func (f *findings) list(one fact, salt string, l link) {
	f.facts = append(f.facts, one)
	f.seals = append(f.seals, one.tbl, one.key, salt, one.hash, l.number)
}

// addLink puts a link behind the last one.
func (t *tx) addLink(last, l link, f findings) error {
	for _, e := range t.said {
		l.last = max(l.last, e.seq)
	}
	slices.SortFunc(f.facts, func(a, b fact) int { return cmp.Or(strings.Compare(a.tbl, b.tbl), strings.Compare(a.key, b.key)) })
	var err error
	if l.facts, err = jsonText(f.facts); err != nil {
		return err
	}
	l.hash = l.sum(last.hash)
	if _, err := t.conn().Exec("INSERT INTO links ("+linkColumns+") VALUES (?, ?, ?, ?, ?, ?)", l.number, l.schema, l.first, l.last, l.facts, l.hash); err != nil {
		return err
	}
	t.newest = l
	return t.putSeals(f.seals)
}

// jsonText is JSON as SQLite writes it.
func jsonText(v any) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// putSeals writes five values for each seal.
func (t *tx) putSeals(values []any) error {
	const most = 500 * 5
	for len(values) > 0 {
		now := values[:min(len(values), most)]
		values = values[len(now):]
		query := "INSERT INTO seals (tbl, key, salt, hash, link) VALUES (?, ?, ?, ?, ?)" + strings.Repeat(", (?, ?, ?, ?, ?)", len(now)/5-1) +
			" ON CONFLICT DO UPDATE SET salt = excluded.salt, hash = excluded.hash, link = excluded.link"
		if _, err := t.conn().Exec(query, now...); err != nil {
			return err
		}
	}
	return nil
}

const linkColumns = "number, schema, first_entry, last_entry, facts, hash"

func scanLink(r row, l *link) error {
	return r.Scan(&l.number, &l.schema, &l.first, &l.last, &l.facts, &l.hash)
}

// lastLink is the head of the chain, as far as it is committed; of no chain it is a link with number 0.
func (t *tx) lastLink() (link, error) {
	if t.newest.number != 0 {
		return t.newest, nil
	}
	if t.known.newest.number != 0 {
		return t.known.newest, nil
	}
	var l link
	err := t.conn().QueryRow("SELECT number, last_entry, hash FROM links ORDER BY number DESC LIMIT 1").Scan(&l.number, &l.last, &l.hash)
	if errors.Is(err, sql.ErrNoRows) {
		return link{}, nil
	}
	if err == nil {
		t.known.newest = l
	}
	return l, explain("read links", err)
}

// Head is the last link of the chain.
func (t *tx) Head() (themeday.Head, error) {
	l, err := t.lastLink()
	return themeday.Head{Hash: l.hash, Entry: l.last}, err
}

// HeadAt tells whether the chain ever had a head.
func (t *tx) HeadAt(h themeday.Head) (bool, error) {
	_, there, err := one(t, "links", scanNumber, "SELECT number FROM links WHERE last_entry = ? AND hash = ?", h.Entry, h.Hash)
	return there, err
}
