package storage

import (
	"cmp"
	"slices"

	"gorm.io/gorm"

	"themeday"
)

// remembered is who belongs to the house and how they were recognised, as it was read last. Every message asks for all of it, and it changes
// with a roster alone, or when somebody speaks for the first time.
type remembered struct {
	version  int64 // of the database, as others have changed it
	people   []themeday.Person
	places   []themeday.Membership
	branches []themeday.Branch
	bindings []themeday.Binding
	account  themeday.Account // of the bindings

	activities map[themeday.BranchID][]themeday.Activity // all of a branch, by month
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

// forget lets nothing of a table be remembered until the end of the transaction: it was changed, and that may be taken back.
func (t *tx) forget(table string) {
	switch table {
	case "people", "memberships", "branches", "branch_names":
		t.enrolled = true
		t.known.people, t.known.places, t.known.branches = nil, nil, nil
	case "bindings":
		t.bound = true
		t.known.bindings = nil
	}
}

// remember gives what is known already, else reads it. What it gives is the caller's own.
func remember[T any](known *[]T, changed bool, read func() ([]T, error)) ([]T, error) {
	all, err := recall(known, changed, read)
	return slices.Clone(all), err
}

// recall is remember for who only looks.
func recall[T any](known *[]T, changed bool, read func() ([]T, error)) ([]T, error) {
	if changed || len(*known) == 0 {
		all, err := read()
		if err == nil && !changed {
			*known = all
		}
		return all, err
	}
	return *known, nil
}

// personOf finds somebody among people in the order of their ids.
func personOf(people []themeday.Person, id themeday.PersonID) (themeday.Person, bool) {
	i, ok := slices.BinarySearchFunc(people, id, func(p themeday.Person, id themeday.PersonID) int { return cmp.Compare(p.ID, id) })
	if !ok {
		return themeday.Person{}, false
	}
	return people[i], true
}

// activitiesOf are all activities of a branch, by month; false once one of them was changed in this transaction. Who hands them on makes them the
// caller's own (ownActivity).
func (t *tx) activitiesOf(b themeday.BranchID) ([]themeday.Activity, bool, error) {
	if t.rewritten[b] {
		return nil, false, nil
	}
	if all, there := t.known.activities[b]; there {
		return all, true, nil
	}
	all, err := list(t, "activities", scanActivity, "SELECT "+activityColumns+" FROM activities WHERE branch = ? ORDER BY month, id", b)
	if err != nil {
		return nil, false, err
	}
	if t.known.activities == nil {
		t.known.activities = map[themeday.BranchID][]themeday.Activity{}
	}
	t.known.activities[b] = all
	return all, true, nil
}

// rewrite lets nothing be remembered of a branch's activities until the end of the transaction.
func (t *tx) rewrite(b themeday.BranchID) {
	if t.rewritten == nil {
		t.rewritten = map[themeday.BranchID]bool{}
	}
	t.rewritten[b] = true
	delete(t.known.activities, b)
}

// ownActivity shares nothing with what is remembered.
func ownActivity(a themeday.Activity) themeday.Activity {
	a.Topics, a.Content, a.Agenda = slices.Clone(a.Topics), slices.Clone(a.Content), slices.Clone(a.Agenda)
	a.Compulsory, a.Links, a.Meetings = slices.Clone(a.Compulsory), slices.Clone(a.Links), slices.Clone(a.Meetings)
	return a
}

// between are the activities from one month to another.
func between(all []themeday.Activity, from, to themeday.YearMonth) []themeday.Activity {
	var out []themeday.Activity
	for _, a := range all {
		if !a.Month.Before(from) && !a.Month.After(to) {
			out = append(out, ownActivity(a))
		}
	}
	return out
}
