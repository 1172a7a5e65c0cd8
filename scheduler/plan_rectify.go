package scheduler

import (
	"fmt"

	"themeday"
)

// rectify are the reminders of a rectification (R28) for as long as the branch has to do something about it: some days before its last day to
// the secretary; once it is overdue daily to him and the committee.
func (p *plan) rectify(r themeday.Rectification) {
	if !r.Waits() {
		return
	}
	post := themeday.Post{Kind: themeday.RectifyDuePost, To: themeday.ToSecretary, Arg: fmt.Sprint(r.Number)}
	last := p.day(r.Due.Add(-1))
	for _, n := range downward(p.rules.RectifyWarnDays) {
		post.Key = fmt.Sprintf("%s/%s/%d/%d", themeday.RectifyDuePost, p.Branch, r.Number, n)
		due := p.schedule.On(LookRectify, last.AddDays(-n))
		if due.After(r.Opened) {
			p.toSecretary(post, due, p.day(due).AddDays(1).Start(p.zone))
		}
	}
	post.Kind = themeday.RectifyOverdue
	for n := 1; n <= p.rules.RectifyOverdueMax; n++ {
		post.Key = fmt.Sprintf("%s/%s/%d/%d", themeday.RectifyOverdue, p.Branch, r.Number, n)
		due, next := p.schedule.On(LookRectify, last.AddDays(n)), p.schedule.On(LookRectify, last.AddDays(n+1))
		p.toSecretary(post, due, next)
		p.toCommittee(post, due, next)
	}
}
