package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"themeday"
)

// Verdict is what a walk along the chain found.
//
// What it cannot find by itself is that the last links were cut off together with all they list and with the database's own counts, or that somebody
// who has the whole file made a whole chain anew: a chain that ends earlier is a chain. For that there are the heads on paper and in other people's chats (see Known).
type Verdict struct {
	Entries int64         `json:"entries"`
	Links   int64         `json:"links"`
	Head    themeday.Head `json:"head"`
	First   time.Time     `json:"first,omitzero"` // when the first entry was entered
	Last    time.Time     `json:"last,omitzero"`
	Erased  int64         `json:"erased"`          // entries whose words were taken away with a person
	Rows    int64         `json:"rows"`            // that bear seals
	Bad     *Bad          `json:"bad,omitempty"`   // the first that does not hold
	Known   *Printed      `json:"known,omitempty"` // of the printed head that was asked for
}

// Bad is what does not hold.
type Bad struct {
	What  string   `json:"what"`            // one plain sentence
	Entry *BadLine `json:"entry,omitempty"` // the entry, or the last one that touched the row
	Table string   `json:"table,omitempty"`
	Key   string   `json:"key,omitempty"`
	Link  int64    `json:"link,omitempty"`
}

// BadLine is an entry as it stands now, without what it says.
type BadLine struct {
	Seq     int64     `json:"seq"`
	Entered time.Time `json:"entered,omitzero"`
	By      int64     `json:"by"`
	Verb    string    `json:"verb"`
	Noun    string    `json:"noun"`
	Key     string    `json:"key"`
}

// Printed is a head that somebody has on paper: whether the chain ever had it, and up to where it holds.
type Printed struct {
	Asked string        `json:"asked"`
	There bool          `json:"there"`
	Head  themeday.Head `json:"head"`
	At    time.Time     `json:"at,omitzero"`
}

// leastOfHead is how many digits of a head are enough to look for.
const leastOfHead = 8

// ErrNoChain means that the database is of an earlier program.
var ErrNoChain = errors.New("the database has no chain yet, or not as it is: start themeday once with it, then verify again")

// Verify walks along the chain of a database file and looks at all that it seals, in bounded memory. It changes nothing, and keeps nobody from
// writing. A head that is given is looked for.
func Verify(ctx context.Context, path, head string) (Verdict, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return Verdict{}, fmt.Errorf("find database %s: %w", path, err)
	}
	if _, err := os.Stat(full); errors.Is(err, fs.ErrNotExist) {
		return Verdict{}, fmt.Errorf("there is no database %s: name it with --db FILE", path)
	}
	settings := url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(10000)", "query_only(1)", "cache_size(-16000)", "temp_store(2)"}}
	db, err := connect(full, settings, 1)
	if err != nil {
		return Verdict{}, openError(path, err)
	}
	s := &Store{path: path, reader: db}
	have, err := known(db, path, len(migrations))
	if err == nil && have < chainSince {
		err = ErrNoChain
	}
	var v Verdict
	if err == nil {
		v, err = s.Verify(ctx, head)
	}
	return v, errors.Join(openError(path, err), s.Close())
}

// Verify is Verify of a database that is open.
func (s *Store) Verify(ctx context.Context, head string) (v Verdict, err error) {
	err = s.View(ctx, func(view themeday.Tx) error {
		w := walk{t: view.(*tx), v: &v, head: plainHead(head)}
		if head != "" && len(w.head) < leastOfHead {
			return fmt.Errorf("a head has at least %d hex digits: copy it as it is printed, such as 3fa2-91c0-77de", leastOfHead)
		}
		all, err := tables(ctx, w.t.conn())
		if err != nil {
			return err
		}
		w.bearing = inOrder(bearing(all))
		err = w.all()
		if errors.Is(err, errBad) {
			err = nil
		}
		if head != "" {
			v.Known = &w.printed
		}
		return err
	})
	return v, err
}

// plainHead is a head without what makes it easier to read, and without the number of the entry that stands behind it on paper.
func plainHead(head string) string {
	head, _, _ = strings.Cut(head, "第")
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789abcdef", r) {
			return r
		}
		return -1
	}, strings.ToLower(head))
}

// walk is one verification.
type walk struct {
	t       *tx
	v       *Verdict
	head    string
	printed Printed
	bearing []sealable

	entries *sql.Rows
	ahead   *chained // the next entry, read already
	before  chained
}

// errBad ends a walk; the verdict says why.
var errBad = errors.New("altered")

func (w *walk) bad(b Bad) error {
	w.v.Bad = &b
	return errBad
}

func (w *walk) all() error {
	w.printed.Asked = w.head
	for _, step := range []func() error{w.begun, w.links, w.sequence, w.upToDate, w.listed, w.rows, w.counted, w.whole} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// query is one question to the database.
func (w *walk) query(query string, args ...any) (*sql.Rows, error) {
	return w.t.conn().QueryContext(w.t.db.Statement.Context, query, args...)
}

// links walks along the links and the entries at once.
func (w *walk) links() (err error) {
	if w.entries, err = w.query(selectChained + " ORDER BY seq"); err != nil {
		return err
	}
	defer w.entries.Close() //nolint:errcheck // it was only read
	if err := w.nextEntry(); err != nil {
		return err
	}
	rows, err := w.query("SELECT " + linkColumns + " FROM links ORDER BY number")
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // it was only read
	var last link
	for rows.Next() {
		var l link
		if err := scanLink(rows, &l); err != nil {
			return err
		}
		if err := w.link(last, l); err != nil {
			return err
		}
		last = l
	}
	if err := rows.Err(); err != nil {
		return err
	}
	w.v.Links, w.v.Head = last.number, themeday.Head{Hash: last.hash, Entry: last.last}
	if last.number == 0 && (w.ahead == nil || w.ahead.commitment == "") {
		return ErrNoChain
	}
	if w.ahead != nil {
		return w.badEntry(*w.ahead, "no link of the chain holds entry %s: it was added from outside, or the links that held it were removed")
	}
	return nil
}

// upToDate tells whether the chain has taken over all that the schema has.
func (w *walk) upToDate() error {
	version, err := version(w.t.db)
	if err != nil {
		return err
	}
	schema, err := chainSchemaOf(w.t.db)
	if err == nil && schema != int64(version) {
		err = ErrNoChain
	}
	return err
}

func (w *walk) nextEntry() error {
	w.ahead = nil
	if !w.entries.Next() {
		return w.entries.Err()
	}
	var e chained
	if err := scanChained(w.entries, &e); err != nil {
		return err
	}
	w.ahead = &e
	return nil
}

// link looks at one link after the one before it.
func (w *walk) link(last, l link) error {
	if l.number != last.number+1 {
		return w.badLink(last.number+1, "is gone, after entry %d", last.last)
	}
	if l.first != last.last+1 || l.last < last.last || l.sum(last.hash) != l.hash {
		what := fmt.Sprintf("was altered, or the one before it; it holds what was done after entry %d", last.last)
		if l.last > last.last {
			what = fmt.Sprintf("was altered, or the one before it; it holds the entries from %d to %d", last.last+1, l.last)
		}
		return w.badLink(l.number, "%s", what)
	}
	var facts []fact
	if err := json.Unmarshal([]byte(l.facts), &facts); err != nil {
		return w.badLink(l.number, "cannot be read")
	}
	listed := map[int64]string{} // of this link alone
	var seqs []int64
	for _, f := range facts {
		var seq int64
		if _, err := fmt.Sscanf(f.key, "[%d]", &seq); f.tbl != "entries" || err != nil || seq < l.first {
			continue
		}
		listed[seq] = f.hash
		seqs = append(seqs, seq)
	}
	slices.Sort(seqs)
	for _, seq := range seqs {
		if err := w.entry(l, seq, listed[seq]); err != nil {
			return err
		}
	}
	if n := len(w.head); n > 0 && len(l.hash) >= n && l.hash[:n] == w.head {
		w.printed = Printed{Asked: w.head, There: true, Head: themeday.Head{Hash: l.hash, Entry: l.last}, At: instantOf(w.before.entered)}
	}
	return nil
}

// entry looks at the entry that a link lists next.
func (w *walk) entry(l link, seq int64, hash string) error {
	e := w.ahead
	switch {
	case e == nil || e.seq > seq:
		return w.bad(Bad{What: fmt.Sprintf("entry %d is gone: link %d of the chain holds it", seq, l.number), Entry: &BadLine{Seq: seq}, Link: l.number})
	case e.seq < seq:
		return w.badEntry(*e, "no link of the chain holds entry %s: it was added from outside")
	case seq != w.before.seq+1:
		return w.bad(Bad{What: fmt.Sprintf("the entries from %d to %d are gone, and the chain was made anew without them", w.before.seq+1, seq-1), Entry: &BadLine{Seq: w.before.seq + 1}, Link: l.number})
	case e.hash() != hash:
		return w.badEntry(*e, "entry %s was altered")
	case e.salt.Valid && commitment(e.salt.String, e.before, e.after, e.why) != e.commitment:
		return w.badEntry(*e, "what entry %s says was altered (before, after, why or its salt)")
	case !e.salt.Valid:
		if err := w.erased(*e); err != nil {
			return err
		}
	}
	if w.v.Entries++; w.v.Entries == 1 {
		w.v.First = instantOf(e.entered)
	}
	w.v.Last, w.before = instantOf(e.entered), *e
	return w.nextEntry()
}

// erased looks at an entry without a salt: it was erased with a person, which the chain knows, and says nothing.
func (w *walk) erased(e chained) error {
	have, err := w.t.sealOf("entries", entryKey(e.seq))
	if err != nil {
		return err
	}
	if have.hash != e.hash() || e.before.Valid || e.after.Valid || e.why != "" {
		return w.badEntry(e, "what entry %s says was taken away, and nobody was erased nor anything purged")
	}
	w.v.Erased++
	return nil
}

func instantOf(text string) time.Time {
	at, err := instant(text)
	if err != nil {
		return time.Time{}
	}
	return at
}

func (e chained) line() *BadLine {
	return &BadLine{Seq: e.seq, Entered: instantOf(e.entered), By: e.by, Verb: e.verb, Noun: e.noun, Key: e.key}
}

// String names an entry in a sentence.
func (b BadLine) String() string {
	return fmt.Sprintf("%d (%s, person %d, %s %s %s)", b.Seq, b.Entered.UTC().Format("2006-01-02 15:04:05 MST"), b.By, b.Verb, b.Noun, b.Key)
}

func (w *walk) badEntry(e chained, what string) error {
	return w.bad(Bad{What: fmt.Sprintf(what, e.line()), Entry: e.line()})
}

func (w *walk) badLink(number int64, what string, args ...any) error {
	b := Bad{What: fmt.Sprintf("link %d of the chain ", number) + fmt.Sprintf(what, args...), Link: number}
	if w.ahead != nil {
		b.Entry = w.ahead.line()
		b.What += fmt.Sprintf("; the first entry that is not proved any more is %s", b.Entry)
	}
	return w.bad(b)
}

// listed holds the rows that links list against the seals: of each the newest link has the one that stands.
func (w *walk) listed() error {
	const from = ` FROM links l, json_each(l.facts) j LEFT JOIN seals s ON s.tbl = j.value->>0 AND s.key = j.value->>1
		WHERE NOT (s.tbl IS NULL AND j.value->>0 = 'entries')`
	const wrong = "(s.link IS NULL OR s.link < l.number OR s.link = l.number AND s.hash IS NOT j.value->>2)"
	var first sql.NullInt64
	var matched, seals int64
	if err := w.t.conn().QueryRow("SELECT min(CASE WHEN "+wrong+" THEN l.number END), total(s.link = l.number)"+from).Scan(&first, &asCount{&matched}); err != nil {
		return err
	}
	if first.Valid {
		var tbl, key string
		err := w.t.conn().QueryRow("SELECT j.value->>0, j.value->>1"+from+" AND l.number = ? AND "+wrong+" LIMIT 1", first.Int64).Scan(&tbl, &key)
		if err != nil {
			return err
		}
		return w.badRow(tbl, key, first.Int64, "the seal of %s was altered or is gone")
	}
	if err := w.t.conn().QueryRow("SELECT count(*) FROM seals").Scan(&seals); err != nil || seals == matched {
		return err
	}
	var tbl, key string
	var number int64
	err := w.t.conn().QueryRow(`SELECT tbl, key, link FROM seals s WHERE NOT EXISTS (SELECT 1 FROM links l, json_each(l.facts) j
		WHERE l.number = s.link AND j.value->>0 = s.tbl AND j.value->>1 = s.key) LIMIT 1`).Scan(&tbl, &key, &number)
	if err != nil {
		return err
	}
	return w.badRow(tbl, key, number, "the seal of %s is in no link of the chain: it was added or moved from outside")
}

// asCount reads a sum that SQLite gives as a real number.
type asCount struct{ n *int64 }

func (c *asCount) Scan(v any) error {
	f, ok := v.(float64)
	if !ok {
		return fmt.Errorf("a sum is a %T", v)
	}
	*c.n = int64(f)
	return nil
}

// rows holds every row against its seal, and every seal against its row.
func (w *walk) rows() error {
	names := []string{"'entries'"}
	for _, s := range w.bearing {
		names = append(names, "'"+s.name+"'")
		if err := w.table(s); err != nil {
			return err
		}
	}
	for _, c := range [][2]string{
		{"tbl NOT IN (" + strings.Join(names, ", ") + ") AND hash <> '" + goneHash + "'", "%s is gone, with its whole table"},
		{"salt <> '' AND (tbl = 'entries' OR hash = '" + goneHash + "')", "the seal of %s was altered"},
		{"tbl = 'entries' AND (SELECT salt FROM entries e WHERE e.seq = json_extract(seals.key, '$[0]')) IS NOT NULL", "the seal of %s tells that it was erased, and it was not"},
	} {
		var tbl, key string
		var number int64
		err := w.t.conn().QueryRow("SELECT tbl, key, link FROM seals WHERE "+c[0]+" LIMIT 1").Scan(&tbl, &key, &number)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return err
		}
		return w.badRow(tbl, key, number, c[1])
	}
	return nil
}

// table walks along the rows of one table.
func (w *walk) table(s sealable) error {
	seal := "(SELECT salt || ' ' || hash || ' ' || link FROM seals s WHERE s.tbl = '" + s.name + "' AND s.key = " + s.key + ")"
	if hiddenKeys[s.name] {
		seal = "NULL"
	}
	rows, err := w.query("SELECT " + s.key + ", " + s.row + ", " + seal + " FROM " + s.from + " ORDER BY " + columnList(s.keys))
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // it was only read
	var n int64
	for rows.Next() {
		var f found
		if err := rows.Scan(&f.key, &f.row, &f.seal); err != nil {
			return err
		}
		if err := w.row(s, f); err != nil {
			return err
		}
		n++
	}
	if err := rows.Err(); err != nil {
		return err
	}
	w.v.Rows += n
	var sealed int64
	if err := w.t.conn().QueryRow("SELECT count(*) FROM seals WHERE tbl = ? AND hash <> ?", s.name, goneHash).Scan(&sealed); err != nil || sealed == n {
		return err
	}
	return w.orphan(s, "")
}

func (w *walk) row(s sealable, f found) error {
	name := chainKey(s.name, f.key)
	var have seal
	if f.seal.Valid {
		if _, err := fmt.Sscanf(f.seal.String, "%s %s %d", &have.salt, &have.hash, &have.link); err != nil {
			have = seal{}
		}
	}
	if hiddenKeys[s.name] || have.link == 0 {
		var err error
		if have, err = w.t.sealOf(s.name, name); err != nil {
			return err
		}
	}
	switch {
	case have.hash == "":
		what := "%s was added from outside: the chain does not know it"
		if hiddenKeys[s.name] {
			return w.badHidden(s, f, 0, what)
		}
		if err := w.orphan(s, "; in its place stands "+f.key); err != nil {
			return err
		}
		return w.badRow(s.name, f.key, 0, what)
	case have.hash == goneHash:
		return w.badRow(s.name, f.key, have.link, "%s was put back from outside: it had been taken away")
	case have.hash != rowHash(have.salt, s.name, name, f.row) && hiddenKeys[s.name]:
		return w.badHidden(s, f, have.link, "%s was altered from outside")
	case have.hash != rowHash(have.salt, s.name, name, f.row):
		return w.badRow(s.name, f.key, have.link, "%s was altered from outside")
	}
	return nil
}

// orphan names a row that is gone though it bears a seal, if there is one.
func (w *walk) orphan(s sealable, instead string) error {
	what := "%s was taken away from outside" + strings.ReplaceAll(instead, "%", "%%")
	if hiddenKeys[s.name] {
		return w.hiddenOrphan(s)
	}
	var key string
	var number int64
	if err := w.t.conn().QueryRow(strings.Replace(s.orphans(), "SELECT key", "SELECT key, link", 1)+" LIMIT 1").Scan(&key, &number); errors.Is(err, sql.ErrNoRows) {
		return nil
	} else if err != nil {
		return err
	}
	return w.badRow(s.name, key, number, what)
}

// badRow names a row, and the last entry that touched it.
func (w *walk) badRow(tbl, key string, number int64, what string) error {
	b := Bad{Table: tbl, Key: key, Link: number}
	name := "the row " + key + " of " + tbl
	if tbl == ballotsTogether.name {
		name = "what the votes and ballots of " + key + " say together"
	}
	if key == "" {
		name = "a row of " + tbl
	}
	return w.badNamed(b, fmt.Sprintf(what, name))
}

// badNamed ends the walk with what does not hold, and the last entry that touched it; of a binding the one that is about it.
func (w *walk) badNamed(b Bad, what string) error {
	b.What = what
	e, there, err := one(w.t, "entries", scanChained, selectChained+` WHERE seq BETWEEN (SELECT first_entry FROM links WHERE number = ?1) AND (SELECT last_entry FROM links WHERE number = ?1)
		ORDER BY instr(?2, '"' || activity || '"') > 0 DESC, ?3 = 'bindings' AND noun = 'binding' DESC, seq DESC LIMIT 1`, b.Link, b.Key, b.Table)
	if err != nil {
		return err
	}
	if there {
		b.Entry = e.line()
		b.What += "; the last entry that touched it is " + e.line().String()
	}
	return w.bad(b)
}

// counted holds votes, ballots and codes against each other as long as they bear no seal.
func (w *walk) counted() error {
	var key string
	err := w.t.conn().QueryRow(`SELECT json_array(id) FROM activities a WHERE result IS NULL AND (
		(SELECT count(*) FROM ballots b WHERE b.activity = a.id AND outside = 0) <> (SELECT count(*) FROM votes v WHERE v.activity = a.id) OR
		(SELECT count(*) FROM ballots b WHERE b.activity = a.id AND outside <> 0) <> (SELECT count(*) FROM outside_codes o WHERE o.activity = a.id AND used <> 0)) LIMIT 1`).Scan(&key)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return w.bad(Bad{What: "there are not as many ballots as people who voted in " + key, Table: ballotsTogether.name, Key: key})
}
