package storage

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"themeday"
)

// ownWords are the columns that a person's own rows lose when he is erased, by table: what they are set to.
var ownWords = []struct{ table, set string }{
	{"people", "name = '" + themeday.ErasedName + "', phone = ''"},
	{"memberships", "card = ''"},
	{"leaves", "reason = '', refusal = '', picture = ''"},
	{"makeups", "text = '', picture = '', why = ''"},
	{"objections", "text = '', answer = ''"},
	{"signins", "why = ''"},
}

// Erase takes away who somebody was, and writes what is left under new seals. Nothing of it stays in the file once it was written anew (Clear).
func (t *tx) Erase(id themeday.PersonID) (themeday.Erasure, error) {
	out := themeday.Erasure{Person: id}
	people, err := t.People()
	if err != nil {
		return out, err
	}
	p, ok := personOf(people, id)
	if !ok {
		return out, fmt.Errorf("person %d is not there", id)
	}
	var longer []string
	for _, other := range people {
		if other.ID != id && other.Name == p.Name {
			out.Shared = true
		}
		if other.Name != p.Name && strings.Contains(other.Name, p.Name) {
			longer = append(longer, other.Name, other.Name)
		}
	}
	texts := strings.NewReplacer(append(longer, p.Name, themeday.ErasedName)...)
	words := []string{p.Name}
	if out.Shared {
		words = nil
	}
	if p.Phone != "" {
		words = append(words, p.Phone)
		texts = strings.NewReplacer(append(longer, p.Name, themeday.ErasedName, p.Phone, "")...)
	}
	nicks, err := t.unbind(id, &out)
	if err != nil {
		return out, err
	}
	if out.Entries, err = t.eraseEntries(id, words, nicks); err != nil {
		return out, err
	}
	for _, own := range ownWords {
		column := "person"
		if own.table == "people" {
			column = "id"
		}
		before := len(t.touches)
		if err := t.change(own.table, own.set, column+" = ?", id); err != nil {
			return out, err
		}
		out.Rows += len(t.touches) - before
	}
	if !out.Shared {
		if err := t.replaceTexts(words, texts, &out); err != nil {
			return out, err
		}
	}
	n, _, err := one(t, "filed_forms", scanNumber, "SELECT count(*) FROM filed_forms f WHERE EXISTS (SELECT 1 FROM signins s WHERE s.activity = f.activity AND s.person = ?1) OR EXISTS (SELECT 1 FROM leaves l WHERE l.activity = f.activity AND l.person = ?1)", id)
	out.Forms = int(n)
	t.writes++
	t.known.clear()
	if err == nil {
		_, err = t.exec("mark the file", "UPDATE secrets SET unclean = 1")
	}
	t.voted = true // the log is emptied
	return out, err
}

// unbind forgets how somebody was recognised, and gives the nicknames that he showed.
func (t *tx) unbind(id themeday.PersonID, out *themeday.Erasure) ([]string, error) {
	bindings, err := t.BindingsOf(id)
	if err != nil {
		return nil, err
	}
	var nicks []string
	for _, b := range bindings {
		out.Bindings++
		nicks = append(nicks, b.Nick)
		if _, err := t.exec("write inbox", "UPDATE inbox SET chat = '' WHERE account = ? AND chat = ?", b.Account, string(b.Sighting)); err != nil {
			return nil, err
		}
		if _, err := t.exec("write tries", "DELETE FROM tries WHERE instr(key, ?) > 0", string(b.Sighting)); err != nil {
			return nil, err
		}
	}
	for _, table := range []string{"bindings", "codes", "guides"} {
		if err := t.drop(table, "person = ?", id); err != nil {
			return nil, err
		}
	}
	nicks = slices.DeleteFunc(nicks, func(n string) bool { return n == "" })
	return nicks, nil
}

// eraseEntries takes away what entries say that are about somebody, or that hold one of the words; their commitments stay.
func (t *tx) eraseEntries(id themeday.PersonID, words, nicks []string) (int, error) {
	n := strconv.FormatInt(int64(id), 10)
	where := "salt IS NOT NULL AND (noun IN ('signin', 'leave', 'makeup', 'guest', 'comment', 'objection') AND key LIKE '%/' || ?1 OR noun = 'binding' AND key IN (?1, 'code/' || ?1)"
	args := []any{n}
	for _, w := range slices.Concat(words, nicks) {
		args = append(args, w)
		where += fmt.Sprintf(" OR instr(coalesce(before, '') || ' ' || coalesce(after, '') || ' ' || why, ?%d) > 0", len(args))
	}
	before := len(t.touches)
	err := t.change("entries", "before = NULL, after = NULL, why = '', salt = NULL", where+")", args...)
	return len(t.touches) - before, err
}

// replaceTexts takes the words out of every text of every table; a text that is part of a key stays.
func (t *tx) replaceTexts(words []string, texts *strings.Replacer, out *themeday.Erasure) error {
	all, err := tables(context.Background(), t.conn())
	if err != nil {
		return err
	}
	for _, table := range all {
		switch table.table {
		case "entries", "links", "seals", "people", "secrets":
			continue
		}
		for _, column := range table.cols {
			if slices.Contains(table.keys, column) {
				continue
			}
			n, err := t.replaceColumn(table, column, words, texts)
			if err != nil {
				return err
			}
			out.Rows += n
		}
	}
	return nil
}

func (t *tx) replaceColumn(table columnsOf, column string, words []string, texts *strings.Replacer) (int, error) {
	s := sealable{keys: table.keys}
	where := make([]string, len(words))
	args := make([]any, len(words))
	for i, w := range words {
		where[i], args[i] = fmt.Sprintf("instr(%s, ?%d) > 0", quoted(column), i+1), w
	}
	type text struct{ key, was string }
	hits, err := list(t, table.table, func(r row, x *text) error { return r.Scan(&x.key, &x.was) },
		"SELECT "+jsonArray(table.keys)+", "+quoted(column)+" FROM "+table.table+" WHERE typeof("+quoted(column)+") = 'text' AND ("+strings.Join(where, " OR ")+")", args...)
	n := 0
	for _, x := range hits {
		now := texts.Replace(x.was)
		if err != nil || now == x.was {
			continue
		}
		n++
		err = t.change(table.table, quoted(column)+" = ?2", "1"+s.is("?1"), x.key, now)
		if table.table == ballotsTogether.name && err == nil {
			var id themeday.ActivityID
			if _, err = fmt.Sscanf(x.key, "[%q", &id); err == nil {
				t.poll(id)
				err = t.rewriteBallots(id)
			}
		}
	}
	return n, err
}

// rewriteBallots writes an activity's ballots in the order of their keys.
func (t *tx) rewriteBallots(id themeday.ActivityID) error {
	all, err := t.Ballots(id)
	if err != nil {
		return err
	}
	slices.SortFunc(all, func(a, b themeday.Ballot) int { return cmp.Compare(a.Key, b.Key) })
	if err := t.drop("ballots", "activity = ?", id); err != nil {
		return err
	}
	for _, b := range all {
		if _, err := t.exec("write ballots", insert("ballots", ballotColumns, 6), b.Activity, b.Key, asJSON(b.Scores), b.Remark, false, b.Outside); err != nil {
			return err
		}
	}
	return nil
}

// Clear writes the file anew where it may hold pages with what was taken away.
func (s *Store) Clear(ctx context.Context) error { return s.clean(ctx) }
