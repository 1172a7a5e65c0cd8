package storage

import (
	"context"
	"net/url"

	"gorm.io/gorm"
)

// What people have said in an evaluation that is still open is in no copy: two copies, one ballot apart, would tell whose it is. The codes of
// outsiders are in it as if nobody had used them yet, so that they can rate again after a restore.

// rewriting is how a copy is written that nobody else knows yet: nothing of what is taken out of it stays in the file or beside it.
var rewriting = url.Values{"_pragma": {"busy_timeout(10000)", "journal_mode(MEMORY)", "temp_store(2)", "secure_delete(1)", "cache_size(-16000)"}}

// stillOpen is the condition that an activity has no result yet.
const stillOpen = "activity IN (SELECT id FROM activities WHERE result IS NULL)"

// takenOut are the tables out of which a copy leaves what belongs to open evaluations.
var takenOut = []string{"ballots", "outside_marks", "votes"}

// withoutOpen takes out of a copy what belongs to open evaluations, and gives how many rows of which table that were.
func withoutOpen(ctx context.Context, path string) (map[string]int64, error) {
	out := map[string]int64{}
	err := connected(path, rewriting, func(db *gorm.DB) error {
		db = db.WithContext(ctx)
		var all int64
		for _, table := range takenOut {
			done := db.Exec("DELETE FROM " + table + " WHERE " + stillOpen)
			if done.Error != nil {
				return done.Error
			}
			out[table] = done.RowsAffected
			all += done.RowsAffected
		}
		done := db.Exec("UPDATE outside_codes SET used = 0 WHERE used <> 0 AND " + stillOpen)
		if done.Error != nil || all+done.RowsAffected == 0 {
			return done.Error
		}
		return db.Exec("VACUUM").Error // the file is no longer than if they had never been in it
	})
	return out, err
}
