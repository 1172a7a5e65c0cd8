package storage

import (
	"slices"
	"time"

	"themeday"
)

const (
	activityColumns = "id, branch, month, version, starts, ends, place, topics, content, agenda, host, host_why, recorder, " +
		"submitted, returned, return_why, code, began, ended, evaluated, closes, result, summary, filed, filed_by, steps, undone, compulsory, links, meetings"
	changeColumns = "activity, version, from_time, to_time, why, at, changed_by"
)

func (t *tx) Activity(id themeday.ActivityID) (themeday.Activity, bool, error) {
	b, _ := id.Parts()
	all, err := t.activitiesOf(b)
	for _, a := range all {
		if a.ID == id {
			return ownActivity(a), true, nil
		}
	}
	return themeday.Activity{}, false, err
}

func (t *tx) Activities(b themeday.BranchID, from, to themeday.YearMonth) ([]themeday.Activity, error) {
	all, err := t.activitiesOf(b)
	return between(all, from, to), err
}

// AllActivities come by month, then in the order of the branches.
func (t *tx) AllActivities(from, to themeday.YearMonth) ([]themeday.Activity, error) {
	branches, err := recall(t, "branches", everybody{}, t.readBranches)
	if err != nil {
		return nil, err
	}
	var out []themeday.Activity
	for _, b := range branches {
		all, err := t.Activities(b.ID, from, to)
		if err != nil {
			return nil, err
		}
		out = append(out, all...)
	}
	slices.SortStableFunc(out, func(a, b themeday.Activity) int {
		switch {
		case a.Month.Before(b.Month):
			return -1
		case b.Month.Before(a.Month):
			return 1
		}
		return 0
	})
	return out, nil
}

func (t *tx) PutActivity(a themeday.Activity) error {
	delete(t.known.lists["activities"], any(a.Branch))
	return t.put("activities", activityColumns,
		a.ID, a.Branch, a.Month.String(), a.Version, at(a.Starts), at(a.Ends), a.Place, asJSON(a.Topics), asJSON(a.Content), asJSON(a.Agenda),
		a.Host, a.HostWhy, a.Recorder, at(a.Submitted), at(a.Returned), a.ReturnWhy, a.Code, at(a.Began), at(a.Ended), at(a.Evaluated),
		at(a.Closes), at(a.Result), a.Summary, at(a.Filed), a.FiledBy, asJSON(stepRows(a)), a.Undone,
		asJSON(a.Compulsory), asJSON(a.Links), asJSON(a.Meetings))
}

func scanActivity(r row, a *themeday.Activity) error {
	var steps []stepRow
	if err := r.Scan(&a.ID, &a.Branch, fromText(&a.Month), &a.Version, when(&a.Starts), when(&a.Ends), &a.Place, fromJSON(&a.Topics),
		fromJSON(&a.Content), fromJSON(&a.Agenda), &a.Host, &a.HostWhy, &a.Recorder, when(&a.Submitted), when(&a.Returned), &a.ReturnWhy,
		&a.Code, when(&a.Began), when(&a.Ended), when(&a.Evaluated), when(&a.Closes), when(&a.Result), &a.Summary, when(&a.Filed),
		&a.FiledBy, fromJSON(&steps), &a.Undone, fromJSON(&a.Compulsory), fromJSON(&a.Links), fromJSON(&a.Meetings)); err != nil {
		return err
	}
	for _, s := range steps {
		a.Steps[s.Step-1] = themeday.StepDone{At: s.At, By: s.By}
	}
	return nil
}

// stepRow is a completed step in the column of steps; those not completed have none.
type stepRow struct {
	Step themeday.Step     `json:"step"`
	At   time.Time         `json:"at"`
	By   themeday.PersonID `json:"by"`
}

func stepRows(a themeday.Activity) []stepRow {
	var rows []stepRow
	for i, s := range a.Steps {
		if !s.At.IsZero() {
			rows = append(rows, stepRow{Step: themeday.Step(i + 1), At: s.At.UTC(), By: s.By})
		}
	}
	return rows
}

// Changes come in the order of their versions.
func (t *tx) Changes(id themeday.ActivityID) ([]themeday.DateChange, error) {
	return remember(t, "changes", id, func() ([]themeday.DateChange, error) {
		return list(t, "changes", func(r row, c *themeday.DateChange) error {
			return r.Scan(&c.Activity, &c.Version, when(&c.From), when(&c.To), &c.Why, when(&c.At), &c.By)
		}, "SELECT "+changeColumns+" FROM changes WHERE activity = ? ORDER BY version", id)
	})
}

// PutChange writes one by activity and version, or replaces it.
func (t *tx) PutChange(c themeday.DateChange) error {
	return t.put("changes", changeColumns, c.Activity, c.Version, at(c.From), at(c.To), c.Why, at(c.At), c.By)
}
