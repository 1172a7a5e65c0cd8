package scheduler

import (
	"reflect"
	"slices"
	"time"

	"themeday"
)

// lastLook is what the daily look saw last. A branch of which nothing was noted since has the same facts, and the same posts follow from them.
type lastLook struct {
	entry int64 // the last of the ledger
	month themeday.YearMonth
	rules themeday.Rules
}

// news tells which branches have to be looked at.
type news struct {
	now   lastLook
	all   bool
	noted []themeday.BranchID
}

// news are those since the last look: all of them in a new month, under new rules, or when something was noted that concerns no single one.
func (p *Planner) news(tx themeday.Tx, at time.Time) (news, error) {
	last, _, err := tx.LastEntry(0)
	n := news{now: lastLook{last.Seq, p.Desk.Day(at).MonthOf(), p.Desk.Rules}}
	before := p.looked.Swap(nil) // a look that fails has seen nothing
	if err != nil || before == nil || before.entry > last.Seq || before.month != n.now.month || !reflect.DeepEqual(before.rules, n.now.rules) {
		n.all = true
		return n, err
	}
	n.noted, err = tx.BranchesNoted(before.entry)
	n.all = slices.Contains(n.noted, "")
	return n, err
}

// of tells whether there are news of a branch.
func (n news) of(b themeday.BranchID) bool { return n.all || slices.Contains(n.noted, b) }

// Forget makes the next daily look see every branch: what the last one wrote was taken back.
func (p *Planner) Forget() { p.looked.Store(nil) }
