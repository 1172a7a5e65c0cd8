package scheduler

import (
	"fmt"
	"slices"
	"time"

	"themeday"
)

// planMissing are the looks whether a month has a date (R01). Whether it still has none is seen when they are due.
func (p *plan) planMissing(m themeday.YearMonth) {
	days := themeday.PlanWarnDays(m, p.rules.PlanWarnDays, p.rules.PlanWarnBeforeEnd)
	for i, d := range days {
		expires := m.Next().First().Start(p.zone)
		if i+1 < len(days) {
			expires = p.schedule.On(LookPlanMissing, days[i+1])
		}
		post := themeday.Post{Key: fmt.Sprintf("%s/%s/%s/%d", themeday.PlanMissing, p.Branch, m, d.Day), Kind: themeday.PlanMissing, Arg: m.String()}
		due := p.schedule.On(LookPlanMissing, d)
		p.toSecretary(post, due, expires)
		if d.Day >= p.rules.PlanCommitteeDay {
			p.toCommittee(post, due, expires)
		}
	}
}

// notHeldArg begins the argument of the violation that a month went by without an activity; the month follows.
const notHeldArg = string(themeday.R01) + " "

// notHeld is the look, on the first of the next month, whether a month's activity was held (R01).
func (p *plan) notHeld(m themeday.YearMonth) {
	post := themeday.Post{Key: notHeldKey(p.Branch, m), Kind: themeday.Violation, Arg: notHeldArg + m.String()}
	due := p.schedule.On(LookViolation, m.Next().First())
	p.toSecretary(post, due, due.Add(week))
	p.toCommittee(post, due, due.Add(week))
}

// notHeldKey is the key of that look, without whom it tells.
func notHeldKey(b themeday.BranchID, m themeday.YearMonth) string {
	return fmt.Sprintf("%s/%s/%s/%s", themeday.Violation, themeday.R01, b, m)
}

const week = 7 * 24 * time.Hour

// filing are the reminders to file a year's plan (R04), where there is something to file.
func (p *plan) filing(year int) {
	if !p.FixedDay || p.Filed[year] {
		return
	}
	end := themeday.PlanFilingDue(year, time.Month(p.rules.FilingMonth), p.rules.FilingDay, p.zone)
	last := p.day(end.Add(-1))
	days := downward(p.rules.FilingWarnDays)
	for i, n := range days {
		expires := end
		if i+1 < len(days) {
			expires = p.schedule.On(LookFiling, last.AddDays(-days[i+1]))
		}
		post := themeday.Post{
			Key: fmt.Sprintf("%s/%s/%d/%d", themeday.FilingDue, p.Branch, year, n), Kind: themeday.FilingDue,
			To: themeday.ToSecretary, Arg: fmt.Sprint(year),
		}
		p.add(post, p.schedule.On(LookFiling, last.AddDays(-n)), expires)
	}
}

// downward gives numbers of days, each once, the most first: so that they come in the order of the calendar.
func downward(days []int) []int {
	out := slices.Clone(days)
	slices.SortFunc(out, func(a, b int) int { return b - a })
	return slices.Compact(out)
}
