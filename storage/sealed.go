package storage

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// exempt are the tables whose rows bear no seal, each with the reason.
var exempt = map[string]string{
	"entries":       "every link lists its entries",
	"links":         "they are the chain",
	"seals":         "every link lists them",
	"inbox":         "what was said when: it is no fact, and would tell in what order ballots came; it is purged in time",
	"posts":         "how far a post has got: it changes with every try, and its facts stand elsewhere",
	"tries":         "counts of a day",
	"secrets":       "whether the file has to be written anew",
	"votes":         "one by one they would tell when and in what order people voted; they are sealed together with the result (ballots)",
	"ballots":       "one by one they would tell whose they are; they are sealed together with the result, and counted until then",
	"outside_codes": "likewise: which code was used when",
	"outside_marks": "likewise; and they are gone when the evaluation closes",
}

// hiddenKeys are the tables whose keys tell of a person and so have to be erased: the chain knows hashes of them.
var hiddenKeys = map[string]bool{"bindings": true}

// sealable is what bears seals: a table, or the ballots of an activity together.
type sealable struct {
	name string
	from string // the table and the condition
	keys []string
	key  string // what names a row, as JSON
	row  string // all that a row says, as JSON

	found string // asks for one row by its key: key, row, its seal as it is, whether ballots are sealed with it
	asked string // the same of many at once, by JSON of keys and what the chain calls them, with the place among them before; empty: one by one
}

// columnsOf are a table's columns, and those of its primary key in their order.
type columnsOf struct {
	table      string
	cols, keys []string
}

// querier answers questions.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// tables are all tables of the schema with their columns, by name.
func tables(ctx context.Context, q querier) ([]columnsOf, error) {
	rows, err := q.QueryContext(ctx, `SELECT m.name, c.name, c.pk FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY m.name, c.cid`)
	if err != nil {
		return nil, err
	}
	type column struct {
		table, name string
		pk          int
	}
	all, err := collect(rows, func(r row, c *column) error { return r.Scan(&c.table, &c.name, &c.pk) })
	if err != nil {
		return nil, err
	}
	var out []columnsOf
	for _, c := range all {
		if n := len(out); n == 0 || out[n-1].table != c.table {
			out = append(out, columnsOf{table: c.table})
		}
		t := &out[len(out)-1]
		t.cols = append(t.cols, c.name)
		if c.pk > 0 {
			t.keys = append(t.keys, make([]string, max(0, c.pk-len(t.keys)))...)
			t.keys[c.pk-1] = c.name
		}
	}
	for _, t := range out {
		if len(t.keys) == 0 {
			return nil, fmt.Errorf("the table %s has no primary key: its rows cannot be sealed", t.table)
		}
	}
	return out, nil
}

// sealables are all that bears seals in this schema. A new table does so by itself.
func sealables(all []columnsOf) []sealable {
	out := []sealable{ballotsTogether}
	for _, t := range all {
		if exempt[t.table] == "" {
			out = append(out, sealable{name: t.table, from: t.table + " WHERE 1", keys: t.keys, key: jsonArray(t.keys), row: jsonArray(t.cols)})
		}
	}
	for i, s := range out {
		result := "0"
		if s.name == "activities" {
			result = "result IS NOT NULL"
		}
		seal := func(name string) string {
			return "(SELECT salt || hash FROM seals WHERE tbl = '" + s.name + "' AND seals.key = " + name + ")"
		}
		out[i].found = "SELECT " + s.key + ", " + s.row + ", " + seal("?2") + ", " + result + " FROM " + s.from + s.is("?1")
		if s.name != ballotsTogether.name {
			out[i].asked = "SELECT asked_place, " + s.key + ", " + s.row + ", " + seal("asked_value->>1") + ", " + result +
				" FROM (SELECT key AS asked_place, value AS asked_value FROM json_each(?1)) CROSS JOIN " + s.from + s.is("asked_value->0")
		}
	}
	return out
}

// is the condition that a row has a key, which is given as JSON.
func (s sealable) is(key string) string {
	var b strings.Builder
	for i, k := range s.keys {
		fmt.Fprintf(&b, " AND %s = json_extract(%s, '$[%d]')", quoted(k), key, i)
	}
	return b.String()
}

// ballotsTogether are the votes, the ballots and the codes of an activity from its result on, each in the order of its keys: which came when
// cannot be told from it.
var ballotsTogether = sealable{
	name: "ballots", from: "activities WHERE result IS NOT NULL", keys: []string{"id"}, key: `json_array("id")`,
	row: `json_array((SELECT json_group_array(json_array(key, scores, remark, guest, outside) ORDER BY key) FROM ballots b WHERE b.activity = activities.id),
		(SELECT json_group_array(person ORDER BY person) FROM votes v WHERE v.activity = activities.id),
		(SELECT json_group_array(json_array(hash, kind, used) ORDER BY hash) FROM outside_codes o WHERE o.activity = activities.id))`,
}

// after is the condition that a row comes behind a key in the order of keys.
func (s sealable) after(key string) string {
	from := make([]string, len(s.keys))
	for i := range s.keys {
		from[i] = fmt.Sprintf("json_extract(%s, '$[%d]')", key, i)
	}
	return "(" + columnList(s.keys) + ") > (" + strings.Join(from, ", ") + ")"
}

// orphans asks for the keys of seals whose rows are gone.
func (s sealable) orphans() string {
	return "SELECT key FROM seals s WHERE tbl = '" + s.name + "' AND hash <> '" + goneHash + "' AND NOT EXISTS (SELECT 1 FROM " + s.from + s.is("s.key") + ")"
}

// bearing are all that bears seals, by name.
func bearing(all []columnsOf) map[string]sealable {
	out := map[string]sealable{}
	for _, s := range sealables(all) {
		out[s.name] = s
	}
	return out
}

// inOrder goes by the names.
func inOrder(all map[string]sealable) []sealable {
	var out []sealable
	for _, name := range slices.Sorted(maps.Keys(all)) {
		out = append(out, all[name])
	}
	return out
}

func columnList(cols []string) string { return quoted(strings.Join(cols, `", "`)) }

// jsonArray writes columns as one JSON text that no other values give.
func jsonArray(cols []string) string {
	return "json_array(" + columnList(cols) + ")"
}

func quoted(name string) string { return `"` + name + `"` }
