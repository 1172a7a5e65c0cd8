package themeday

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// HeldNote begins the note of a post that has nobody to whom it can go.
const HeldNote = "nobody to send it to: "

// Pending is something that needs somebody now: what, by which rule, until when, and what he types (情况).
type Pending struct {
	Key       string // the same from day to day for as long as it is open
	Branch    Branch
	Leader    PersonID // the branch's secretary; Bot: there is none
	Activity  ActivityID
	What      string
	Rule      Rule
	Since     time.Time  // from when on it needs somebody; zero: not known
	Due       time.Time  // the first instant that is too late; zero: there is none
	Secretary bool       // the branch's secretary has to act
	Committee bool       // the committee has to act, or hears of it as an exception
	Past      bool       // nothing is left to do about it: it is shown and not repeated
	Do        string     // what the secretary types
	Above     string     // what the committee types
	Kinds     []Kind     // the posts that tell the same
	About     PersonID   // whom those posts are about; Bot: nobody in particular
	Facts     []string   // the figures behind it
	NotFor    []PersonID // of the committee, who may not hear of it (R30)
	Calm      bool       // there is no haste, however long it waits
	Overdue   int        // days, by the calendar: 1 on the day on which it becomes overdue
}

// Left are the whole hours until it is due, negative once it is overdue; false where it is never due.
func (p Pending) Left(at time.Time) (hours int, ok bool) {
	if p.Due.IsZero() {
		return 0, false
	}
	left := p.Due.Sub(at)
	if left < 0 {
		return -int((-left + time.Hour - 1) / time.Hour), true
	}
	return int(left / time.Hour), true
}

// Waited are the whole hours that it has been waiting.
func (p Pending) Waited(at time.Time) int {
	if p.Since.IsZero() || at.Before(p.Since) {
		return 0
	}
	return int(at.Sub(p.Since) / time.Hour)
}

// Holder is who is waited for.
func (p Pending) Holder() string {
	if p.Secretary {
		return string(Secretary)
	}
	return string(Committee)
}

// Stand says how much time is left or how long it has waited: 还有31小时, 已逾期3天, 已等20小时.
func (p Pending) Stand(at time.Time) string {
	var words []string
	switch left, ok := p.Left(at); {
	case ok && p.Overdue > 0:
		words = append(words, fmt.Sprintf("已逾期%d天", p.Overdue))
	case ok && left == 0:
		words = append(words, "不到1小时")
	case ok:
		words = append(words, "还有"+span(left))
	}
	if n := p.Waited(at); n > 0 && !p.Secretary || n > 0 && p.Due.IsZero() {
		words = append(words, "已等"+span(n))
	}
	return strings.Join(words, "，")
}

// span writes hours for people: up to four days in hours, more in days.
func span(hours int) string {
	if hours < 96 {
		return fmt.Sprintf("%d小时", hours)
	}
	return fmt.Sprintf("%d天", hours/24)
}

// Waiting is everything in the house that needs somebody at an instant, the most pressing first; not what is only shown (Past).
func (d Desk) Waiting(tx Tx, at time.Time) ([]Pending, error) {
	branches, err := d.OpenBranches(tx, at)
	if err != nil {
		return nil, err
	}
	return d.waiting(tx, branches, at, true)
}

// WaitingIn is what needs somebody in some branches, the most pressing first.
func (d Desk) WaitingIn(tx Tx, branches []Branch, at time.Time) ([]Pending, error) {
	return d.waiting(tx, branches, at, false)
}

func (d Desk) waiting(tx Tx, branches []Branch, at time.Time, needed bool) ([]Pending, error) {
	w := waiter{d: d.At(at), needed: needed, tx: tx, at: at, today: d.Day(at), people: map[PersonID]Person{}, activities: map[BranchID][]Activity{}}
	if err := w.load(branches); err != nil {
		return nil, err
	}
	for _, w.branch = range branches {
		if w.branch.Gone(w.today) {
			continue
		}
		for _, look := range []func() error{w.loadRoster, w.office, w.unsent, w.months, w.topics, w.filing, w.held, w.objections, w.rectifications, w.findings, w.visits, w.nominated} {
			if err := look(); err != nil {
				return nil, fmt.Errorf("what waits in %s: %w", w.branch.ID, err)
			}
		}
	}
	for i, p := range w.out {
		if !p.Due.IsZero() {
			w.out[i].Overdue = RecordOverdueDays(at, p.Due, d.Zone)
		}
	}
	slices.SortStableFunc(w.out, func(a, b Pending) int {
		if a.Due.IsZero() != b.Due.IsZero() {
			return cmp.Compare(boolInt(a.Due.IsZero()), boolInt(b.Due.IsZero()))
		}
		return cmp.Or(a.Due.Compare(b.Due), a.Since.Compare(b.Since), cmp.Compare(a.Key, b.Key))
	})
	return w.out, nil
}

// waiter looks for what waits.
type waiter struct {
	d          Desk
	tx         Tx
	at         time.Time
	needed     bool // only what needs somebody
	today      Date
	people     map[PersonID]Person
	places     map[BranchID]BranchRoster
	found      map[BranchID][]Found
	activities map[BranchID][]Activity
	filed      map[int]map[BranchID]bool
	planned    []Post // due by now and not out
	stuck      []Post
	drawn      []BranchID
	cases      map[BranchID][]Case
	branch     Branch
	roster     BranchRoster
	out        []Pending
}

// monthsBack is how far back an activity is looked at that was never finished.
const monthsBack = 3

func (w *waiter) load(branches []Branch) error {
	people, err := w.tx.People()
	if err != nil {
		return err
	}
	for _, p := range people {
		w.people[p.ID] = p
	}
	if err := w.loadPlaces(); err != nil {
		return err
	}
	if err := w.loadCases(); err != nil {
		return err
	}
	from, to := w.today.MonthOf().Add(-monthsBack), w.today.MonthOf().Add(1)
	var all []Activity
	if len(branches) == 1 {
		all, err = w.tx.Activities(branches[0].ID, from, to)
	} else {
		all, err = w.tx.AllActivities(from, to)
	}
	if err != nil {
		return err
	}
	for _, a := range all {
		w.activities[a.Branch] = append(w.activities[a.Branch], a)
	}
	w.filed = map[int]map[BranchID]bool{}
	for _, year := range []int{w.today.Year, w.today.Year + 1} {
		filings, err := w.tx.Filings(year)
		if err != nil {
			return err
		}
		w.filed[year] = map[BranchID]bool{}
		for _, f := range filings {
			w.filed[year][f.Branch] = true
		}
	}
	if w.planned, err = w.tx.PlannedPosts(w.at); err != nil {
		return err
	}
	if w.stuck, err = w.tx.StuckPosts(); err != nil {
		return err
	}
	w.drawn, err = AwaitingVisit(w.tx)
	return err
}

func (w *waiter) add(p Pending) {
	p.Branch, p.Leader = w.branch, w.secretary()
	w.out = append(w.out, p)
}

// loadPlaces reads all rosters of the day and all findings at once: a house has fifty branches, and looks every day.
func (w *waiter) loadPlaces() error {
	all, err := w.tx.Memberships()
	if err != nil {
		return err
	}
	w.places = map[BranchID]BranchRoster{}
	for _, m := range all {
		if m.On(w.today) {
			w.places[m.Branch] = append(w.places[m.Branch], Comrade{w.people[m.Person], m})
		}
	}
	found, err := w.tx.Findings("")
	w.found = map[BranchID][]Found{}
	for _, f := range found {
		w.found[f.Branch] = append(w.found[f.Branch], f)
	}
	return err
}

func (w *waiter) loadRoster() error {
	w.roster = w.places[w.branch.ID]
	return nil
}

// secretary is the branch's secretary, Bot where there is none.
func (w *waiter) secretary() PersonID {
	s, ok := w.roster.Secretary()
	if !ok {
		return Bot
	}
	return s.Person.ID
}

// name is how somebody is called; a name that two on the roster bear is told as it is.
func (w *waiter) name(p PersonID) string {
	if n := w.people[p].Name; n != "" {
		return n
	}
	return "有人"
}

// when writes an instant in facts: 3月1日 08:11.
func (w *waiter) when(at time.Time) string {
	return w.d.Day(at).Chinese() + w.d.Local(at).Format(" 15:04")
}

// Secretaries are the secretaries of the branches on a day; a branch without one is missing.
func Secretaries(tx Tx, on Date) (map[BranchID]PersonID, error) {
	all, err := tx.Memberships()
	out, number := map[BranchID]PersonID{}, map[BranchID]int{}
	for _, m := range all {
		if !m.On(on) || !m.Offices.Has(Secretary) {
			continue
		}
		if n, there := number[m.Branch]; !there || m.Number < n {
			out[m.Branch], number[m.Branch] = m.Person, m.Number
		}
	}
	return out, err
}
