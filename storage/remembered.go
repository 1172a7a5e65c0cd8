package storage

import (
	"cmp"
	"slices"
	"time"

	"gorm.io/gorm"

	"themeday"
)

// remembered is what the writer's connection has read: who belongs to the house, and the facts of branches and activities that are spoken of. It
// is what stands in the database, with what the transaction has written so far; whatever takes a part of one back forgets all of it.
type remembered struct {
	version int64                                          // of the database, as others have changed it
	lists   map[string]map[any]any                         // the rows of a table, by whose they are
	newest  link                                           // the head of the chain
	waiting map[themeday.BranchID]map[string]themeday.Post // the planned posts of a branch, by key
}

// mostRemembered is of how many branches or activities a table's rows are remembered: enough for a busy hour, and no more memory for thousands
// of branches.
const mostRemembered = 1024

// everybody owns the rows of a table that is remembered as a whole.
type everybody struct{}

// byFirst are the tables whose rows belong to what stands in their first column.
var byFirst = map[string]bool{
	"signins": true, "leaves": true, "makeups": true, "guests": true, "claims": true, "ballots": true, "filed_forms": true, "comments": true, "changes": true, // an activity's
	"fixed_days": true, "filings": true, "objections": true, "bars": true, "rectifications": true, // a branch's
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

// clear forgets all.
func (r *remembered) clear() { r.lists, r.waiting = nil, nil }

// forget lets go of what a row that is written makes untrue; first is what stands in its first column.
func (t *tx) forget(table string, first any) {
	switch {
	case byFirst[table]:
		t.writes++
		delete(t.known.lists[table], first)
	case table == "activities": // PutActivity knows whose
		t.writes++
	default:
		t.forgetAll(table)
	}
}

// forgetAll lets go of all rows of a table.
func (t *tx) forgetAll(table string) {
	t.writes++
	delete(t.known.lists, table)
	if table == "branches" || table == "branch_names" { // they stand in the order of the branches
		delete(t.known.lists, "branches")
		delete(t.known.lists, "memberships")
		delete(t.known.lists, "guides")
	}
}

// recall gives the rows of a table that belong to an owner, and reads them only when they are not known. They are not the caller's to change.
func recall[T any](t *tx, table string, owner any, read func() ([]T, error)) ([]T, error) {
	if all, there := t.known.lists[table][owner]; there {
		return slices.Clip(all.([]T)), nil // who puts something behind it makes his own
	}
	all, err := read()
	if err != nil {
		return nil, err
	}
	if t.known.lists == nil {
		t.known.lists = map[string]map[any]any{}
	}
	if of := t.known.lists[table]; of == nil || len(of) >= mostRemembered {
		t.known.lists[table] = map[any]any{}
	}
	t.known.lists[table][owner] = all
	return slices.Clip(all), nil
}

// remember is recall, but what it gives is the caller's own.
func remember[T any](t *tx, table string, owner any, read func() ([]T, error)) ([]T, error) {
	all, err := recall(t, table, owner, read)
	return slices.Clone(all), err
}

// along writes a row and keeps what is remembered of its owner in step with it, where it is the first of its key and comes last in the order;
// else it is read again.
func along[T any](t *tx, table string, owner any, v T, same func(a, b T) bool, order func(a, b T) int, write func() error) error {
	all, known := t.known.lists[table][owner].([]T)
	if err := write(); err != nil || !known {
		return err
	}
	if slices.ContainsFunc(all, func(old T) bool { return same(old, v) }) || len(all) > 0 && order(all[len(all)-1], v) >= 0 {
		return nil
	}
	if t.known.lists[table] == nil { // writing forgot the whole table
		t.known.lists[table] = map[any]any{}
	}
	t.known.lists[table][owner] = append(all, v) // those who have the list do not see it grow
	return nil
}

// asRead is an instant as it is read back.
func asRead(t time.Time) time.Time { return t.UTC().Round(0) }

// personOf finds somebody among people in the order of their ids.
func personOf(people []themeday.Person, id themeday.PersonID) (themeday.Person, bool) {
	i, ok := slices.BinarySearchFunc(people, id, func(p themeday.Person, id themeday.PersonID) int { return cmp.Compare(p.ID, id) })
	if !ok {
		return themeday.Person{}, false
	}
	return people[i], true
}

// activitiesOf are all activities of a branch, by month. Who hands them on makes them the caller's own (ownActivity).
func (t *tx) activitiesOf(b themeday.BranchID) ([]themeday.Activity, error) {
	return recall(t, "activities", b, func() ([]themeday.Activity, error) {
		return list(t, "activities", scanActivity, "SELECT "+activityColumns+" FROM activities WHERE branch = ? ORDER BY month, id", b)
	})
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
