package storage

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"themeday"
)

// Secrets tells how the words that belong sealed stand.
type Secrets struct {
	Sealed, Open, Unread int      // of them Unread cannot be opened with the keys at hand
	Missing              []string // the ids of the keys that are not there
	Unclean              bool     // pages with words in the open may still lie in the file
}

// stored is a secret as it stands in its column.
type stored struct {
	activity themeday.ActivityID
	person   themeday.PersonID
	id       int64
	text     string
}

// secrets reads one column of secrets.
func (t *tx) secrets(p secretPlace) ([]stored, error) {
	id := "0"
	if p.table == "objections" {
		id = "id"
	}
	return list(t, p.table, func(r row, s *stored) error { return r.Scan(&s.activity, &s.person, &s.id, &s.text) },
		"SELECT activity, person, "+id+", "+p.column+" FROM "+p.table+" WHERE "+p.column+" <> ''")
}

// Secrets looks at all of them.
func (s *Store) Secrets(ctx context.Context) (Secrets, error) {
	var out Secrets
	err := s.View(ctx, func(view themeday.Tx) error {
		t := view.(*tx)
		for _, p := range secretPlaces {
			all, err := t.secrets(p)
			if err != nil {
				return err
			}
			for _, each := range all {
				out.count(s.vault, p, each)
			}
		}
		n, _, err := one(t, "secrets", scanNumber, "SELECT unclean FROM secrets")
		out.Unclean = n != 0
		return err
	})
	slices.Sort(out.Missing)
	return out, err
}

func (s *Secrets) count(v vault, p secretPlace, each stored) {
	id, sealed := keyOf(each.text)
	if !sealed {
		s.Open++
		return
	}
	s.Sealed++
	if unread(v.open(each.text, belongs(p.name(), each.activity, each.person))) {
		s.Unread++
		if _, there := v.doors[id]; !there && !slices.Contains(s.Missing, id) {
			s.Missing = append(s.Missing, id)
		}
	}
}

// UseKeys gives a database that was opened without keys the ones to seal with. Call it before anything is done with it.
func (s *Store) UseKeys(keys ...Key) {
	s.vault, s.known = newVault(keys), remembered{}
	s.vault.chance = s.chance
}

// SealOpen seals what stands in the open, all of it or nothing, and clears the file of it. It tells how many there were.
func (s *Store) SealOpen(ctx context.Context) (int, error) {
	return s.reseal(ctx, func(id string, sealed bool) bool { return !sealed })
}

// Reseal seals everything with the first key, all of it or nothing. What cannot be read keeps it from doing anything.
func (s *Store) Reseal(ctx context.Context) (int, error) {
	return s.reseal(ctx, func(id string, sealed bool) bool { return !sealed || id != s.vault.ids[0] })
}

func (s *Store) reseal(ctx context.Context, wanted func(id string, sealed bool) bool) (n int, err error) {
	if len(s.vault.ids) == 0 {
		return 0, fmt.Errorf("seal the secrets: %w", errUnreadable)
	}
	err = s.Update(ctx, func(update themeday.Tx) error {
		t := update.(*tx)
		for _, p := range secretPlaces {
			all, err := t.secrets(p)
			if err != nil {
				return err
			}
			for _, each := range all {
				if id, sealed := keyOf(each.text); !wanted(id, sealed) {
					continue
				}
				if err := t.resealOne(p, each); err != nil {
					return err
				}
				n++
			}
		}
		if n == 0 {
			return nil
		}
		_, err := t.exec("mark the file", "UPDATE secrets SET unclean = 1")
		return err
	})
	if err != nil {
		return 0, err
	}
	return n, s.clean(ctx)
}

func (t *tx) resealOne(p secretPlace, each stored) error {
	where := belongs(p.name(), each.activity, each.person)
	text := t.vault.open(each.text, where)
	if unread(text) {
		return fmt.Errorf("open %s: %w", p.name(), errUnreadable)
	}
	return t.change(p.table, p.column+" = ?", p.row, t.vault.seal(text, where), each.activity, each.person, each.id)
}

// errUnswept means that others kept the old pages.
var errUnswept = errors.New("old pages could not be cleared, because others read or write the database; the next start tries again")

// clean writes the file anew where it may hold pages with what was in the open, and empties its log. Whoever marks the file while that is being done,
// in this process or another, finds his mark still there afterwards: only the mark of this cleaning is taken away.
func (s *Store) clean(ctx context.Context) error {
	mark, unclean, err := s.markOwn(ctx)
	if err != nil || !unclean {
		return err
	}
	db := s.writer.WithContext(ctx)
	for _, step := range []string{"PRAGMA temp_store = 2", "VACUUM"} { // nothing of it in a temporary file
		if err := db.Exec(step).Error; err != nil {
			return explain("write the file anew", err)
		}
	}
	var busy, frames, moved int
	if err := db.Raw("PRAGMA wal_checkpoint(TRUNCATE)").Row().Scan(&busy, &frames, &moved); err != nil || busy != 0 {
		return errors.Join(errUnswept, explain("empty the log", err))
	}
	return s.unmark(ctx, mark)
}

// markOwn makes the mark of an unclean file that of one cleaning, which no other has.
func (s *Store) markOwn(ctx context.Context) (mark int64, unclean bool, err error) {
	mark = 2 + rand.Int64N(1<<62)
	done := s.writer.WithContext(ctx).Exec("UPDATE secrets SET unclean = ? WHERE unclean <> 0", mark)
	return mark, done.RowsAffected > 0, explain("look for old pages", done.Error)
}

// unmark ends a cleaning; a mark that somebody made meanwhile stays.
func (s *Store) unmark(ctx context.Context, mark int64) error {
	done := s.writer.WithContext(ctx).Exec("UPDATE secrets SET unclean = 0 WHERE unclean = ?", mark)
	if done.Error == nil && done.RowsAffected == 0 {
		return errUnswept
	}
	return explain("mark the file", done.Error)
}
