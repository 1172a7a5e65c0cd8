package scheduler

import (
	"strings"
	"time"

	"themeday"
)

// Foresee tells whether a planned post is going to be said if nothing else happens until then. Looks that would find nothing to say are
// not foreseen; what accompanies an activity to come is.
func (p *Planner) Foresee(tx themeday.Tx, post themeday.Post, at time.Time) (bool, error) {
	if !at.Before(post.Expires) {
		return false, nil
	}
	if m, ok := strings.CutPrefix(post.Arg, notHeldArg); ok && post.Kind == themeday.Violation {
		ahead, err := p.ahead(tx, post.Branch, m, at)
		if err != nil || ahead {
			return false, err
		}
	}
	a, _, err := tx.Activity(post.Activity)
	if err != nil {
		return false, err
	}
	if post.Activity != "" && !a.Over(at) {
		return post.Kind != themeday.AbsencePost, nil
	}
	r, err := p.Render(tx, post, later(post.Due, at))
	return len(r.Texts) > 0 || !r.Wait.IsZero(), err
}

// ahead tells whether the activity of a month is dated and still to come.
func (p *Planner) ahead(tx themeday.Tx, b themeday.BranchID, month string, at time.Time) (bool, error) {
	m, err := themeday.ParseYearMonth(month)
	if err != nil {
		return false, err
	}
	a, err := p.Desk.OfMonth(tx, b, m)
	return a.Dated() && !a.Over(at), err
}
