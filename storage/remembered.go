package storage

import (
	"slices"

	"gorm.io/gorm"

	"themeday"
)

// remembered is who belongs to the house, as it was read last. Every message asks for all of it, and it changes with a roster alone.
type remembered struct {
	version  int64 // of the database, as others have changed it
	people   []themeday.Person
	places   []themeday.Membership
	branches []themeday.Branch
}

// since keeps what was read as long as nobody else has changed the database. The writer's one connection is held meanwhile.
func (r *remembered) since(db *gorm.DB) error {
	var version int64
	if err := db.Raw("PRAGMA data_version").Row().Scan(&version); err != nil {
		return err
	}
	if version != r.version {
		*r = remembered{version: version}
	}
	return nil
}

// forget lets nothing be remembered until the end of the transaction: it has changed who belongs to the house, and may be taken back.
func (t *tx) forget(table string) {
	switch table {
	case "people", "memberships", "branches", "branch_names":
		t.changed = true
		*t.known = remembered{version: t.known.version}
	}
}

// remember gives what is known already, else reads it. What it gives is the caller's own.
func remember[T any](t *tx, known *[]T, read func() ([]T, error)) ([]T, error) {
	if t.changed {
		return read()
	}
	if len(*known) == 0 {
		all, err := read()
		if err != nil {
			return nil, err
		}
		*known = all
	}
	return slices.Clone(*known), nil
}
