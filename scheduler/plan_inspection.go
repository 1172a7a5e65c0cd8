package scheduler

import (
	"fmt"
	"time"

	"themeday"
)

// finding are the reminders of what an inspection found (R30): some days before its last day, and once it is overdue daily. The secretary is
// reminded while an answer of his is waited for, the committee until it is closed; what became a rectification is reminded of as such.
func (p *plan) finding(f themeday.Found) {
	if !f.Open() || f.Rectification != 0 {
		return
	}
	post := themeday.Post{Kind: themeday.InspectionDue, Arg: fmt.Sprint(f.Number)}
	last := p.day(f.Due.Add(-1))
	key := fmt.Sprintf("%s/%d/%s", themeday.InspectionDue, f.Number, last)
	remind := func(n int) {
		due, next := p.schedule.On(LookInspection, last.AddDays(n)), p.schedule.On(LookInspection, last.AddDays(n+1))
		if !due.After(f.At) {
			return
		}
		post.Key = fmt.Sprintf("%s/%d", key, n)
		if f.Waits() {
			p.toSecretary(post, due, next)
		}
		p.toCommittee(post, due, next)
	}
	for _, n := range downward(p.rules.FindingWarnDays) {
		remind(-n)
	}
	for n := 1; n <= p.rules.FindingOverdueMax; n++ {
		remind(n)
	}
}

// commitment fixes a secret seed for the quarter's draws on its first day, and publishes what it commits to (R30), unless one waits already
// or there is nothing to choose between.
func (p *Planner) commitment(tx themeday.Tx, at time.Time) error {
	today := p.Desk.Day(at)
	if today != themeday.QuarterOf(today).First() {
		return nil
	}
	branches, err := p.Desk.OpenBranches(tx, at)
	if err != nil || len(branches) < 2 {
		return err
	}
	if _, waits, err := themeday.PendingDraw(tx); err != nil || waits {
		return err
	}
	all, err := tx.Draws()
	if err != nil || len(all) > 0 && p.Desk.Day(all[len(all)-1].Committed) == today { // this one was made today and used already
		return err
	}
	_, err = p.Desk.CommitDraw(tx, themeday.Cause{By: themeday.Bot, At: at, Verb: string(themeday.InspectionSeed)}, later(at, p.Schedule.On(LookInspection, today)))
	return err
}
