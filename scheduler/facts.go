package scheduler

import (
	"time"

	"themeday"
)

// shared are the facts that are the same for every branch.
type shared struct {
	committee []themeday.PersonID
}

func (p *Planner) shared(tx themeday.Tx, at time.Time) (shared, error) {
	var s shared
	people, err := themeday.Committees(tx)
	if err != nil {
		return s, err
	}
	for _, who := range people {
		s.committee = append(s.committee, who.ID)
	}
	return s, nil
}

// from is the first month whose activities may still have something to say: two months back, or more where the rules give more time.
func (p *Planner) from(at time.Time) themeday.YearMonth {
	r := p.Desk.Rules
	days := max(r.RecordDays+r.RecordOverdueMax, r.MakeupDays, r.AbsenceAfter+7, r.AbsenceCommittee+7) + 7
	today := p.Desk.Day(at)
	if far := today.AddDays(-days).MonthOf(); far.Before(today.MonthOf().Add(-2)) {
		return far
	}
	return today.MonthOf().Add(-2)
}

func (p *Planner) facts(tx themeday.Tx, b themeday.BranchID, at time.Time, s shared) (Facts, error) {
	f := Facts{Branch: b, Committee: s.committee, Filed: map[int]bool{}, Moved: map[themeday.ActivityID]time.Time{}, Told: map[themeday.ActivityID]time.Time{}}
	var err error
	if _, f.FixedDay, err = tx.FixedDay(b); err != nil {
		return f, err
	}
	if f.Activities, err = tx.Activities(b, p.from(at), p.Desk.Day(at).MonthOf().Add(13)); err != nil {
		return f, err
	}
	filings, err := tx.FilingsOf(b)
	if err != nil {
		return f, err
	}
	for _, x := range filings {
		f.Filed[x.Year] = true
	}
	if f.Objections, err = tx.Objections(b); err != nil {
		return f, err
	}
	if f.Rectify, err = p.Desk.OpenRectificationsOf(tx, b); err != nil {
		return f, err
	}
	if f.Required, err = topicsOf(tx, p.Desk.Day(at)); err != nil {
		return f, err
	}
	if f.Findings, err = themeday.OpenFindings(tx, b); err != nil {
		return f, err
	}
	for _, a := range f.Activities {
		if a.Version > 1 {
			if f.Moved[a.ID], err = lastMove(tx, a); err != nil {
				return f, err
			}
		}
		if a.Undone > 0 {
			if f.Told[a.ID], err = lastTold(tx, a); err != nil {
				return f, err
			}
		}
		if a.Ended.IsZero() {
			continue
		}
		owed, err := tx.Makeups(a.ID)
		if err != nil {
			return f, err
		}
		f.Makeups = append(f.Makeups, owed...)
	}
	return f, nil
}

// lastTold is when the secretary heard last who is absent.
func lastTold(tx themeday.Tx, a themeday.Activity) (time.Time, error) {
	posts, err := tx.ActivityPosts(a.ID, themeday.Absent)
	var last time.Time
	for _, p := range posts {
		if p.SentAt.After(last) {
			last = p.SentAt
		}
	}
	return last, err
}

// lastMove is when an activity got the date that it has.
func lastMove(tx themeday.Tx, a themeday.Activity) (time.Time, error) {
	change, _, err := changeOf(tx, a.ID, a.Version)
	return change.At, err
}

// changeOf is the change of date that made a version of an activity.
func changeOf(tx themeday.Tx, id themeday.ActivityID, version int) (themeday.DateChange, bool, error) {
	changes, err := tx.Changes(id)
	if err != nil {
		return themeday.DateChange{}, false, err
	}
	for _, c := range changes {
		if c.Version == version {
			return c, true, nil
		}
	}
	return themeday.DateChange{}, false, nil
}
