package themeday

import (
	"fmt"
	"time"
)

// YearReview is what a secretary reports of a branch's year (述职, R31): figures, and what follows from them. Times are in the desk's zone.
// It is read out before the committee: it names nobody who was absent, no reason, no single rating.
type YearReview struct {
	Branch    string
	Year      int
	Made      time.Time
	Running   bool // the year was not over when it was made
	Rules     Rules
	Plan      ReviewPlan
	Months    [12]ReviewMonth
	Sum       ReviewSum
	Members   int // on the roster at the end of the year, or when it was made
	Bands     []ReviewBand
	Often     int // members absent without leave too often (R32)
	Contents  []ReviewContent
	Links     []ReviewContent // R17
	Meetings  []ReviewContent // R24
	Guides    int             // leaders who are to guide the branch (R10)
	Visits    []ReviewVisit   // of leaders who came to guide, by name
	Comments  []ReviewComment
	Strengths []Finding
	Problems  []Finding

	Burden         Burden // how much the bot asked in the year
	Honours        ReviewHonours
	Inspections    ReviewInspections
	Rectifications []ReviewRectification
}

// ReviewPlan is when the year's plan was filed with the committee (R04).
type ReviewPlan struct {
	Filed    bool
	At, Due  time.Time
	Late     bool
	PastDue  bool // not filed, and its time is over
	Dated    int  // months that have a date
	Complete bool // all twelve have
}

// ReviewBand counts members by the share of the activities in which they took part, from a percentage on and below another.
type ReviewBand struct {
	From, Below int // percent; Below is 101 for the highest
	Members     int
}

// ReviewContent is a kind of content and the months whose activities had it (R16).
type ReviewContent struct {
	Name   string
	Months []YearMonth
}

// ReviewVisit is a guiding leader and the months in which he came (R10).
type ReviewVisit struct {
	Name   string
	Months []YearMonth
}

// ReviewComment is what a leader who came said (R27).
type ReviewComment struct {
	Month YearMonth
	Name  string
	Text  string
	Parts []CommentPart
}

// YearReview makes a branch's review of a year as it stands at an instant (R31).
func (d Desk) YearReview(tx Tx, b BranchID, year int, at time.Time) (YearReview, error) {
	branch, err := d.Branch(tx, b)
	if err != nil {
		return YearReview{}, err
	}
	w := reviewWriter{
		desk: d, tx: tx, branch: b, at: at, people: map[PersonID]Person{}, members: map[PersonID]*memberYear{},
		out: YearReview{
			Branch: branch.Name, Year: year, Made: d.Local(at), Running: at.Before(Date{year + 1, time.January, 1}.Start(d.Zone)), Rules: d.Rules,
		},
	}
	for _, write := range []func() error{w.load, w.months, w.filing, w.guides, w.inspected, w.rectified, w.burden, w.honoured} {
		if err := write(); err != nil {
			return YearReview{}, fmt.Errorf("year review of %s %d: %w", b, year, err)
		}
	}
	w.out.sum()
	w.bands()
	w.out.contents()
	w.out.strengths()
	w.out.problems()
	return w.out, nil
}

// reviewWriter writes a review.
type reviewWriter struct {
	desk    Desk
	tx      Tx
	branch  BranchID
	at      time.Time
	people  map[PersonID]Person
	members map[PersonID]*memberYear
	out     YearReview
}

func (w *reviewWriter) load() error {
	all, err := w.tx.People()
	for _, p := range all {
		w.people[p.ID] = p
	}
	return err
}

func (w *reviewWriter) months() error {
	for i := range w.out.Months {
		a, err := w.desk.OfMonth(w.tx, w.branch, YearMonth{w.out.Year, time.Month(i + 1)})
		if err == nil {
			w.out.Months[i], err = w.month(a)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *reviewWriter) filing() error {
	d, p := w.desk, &w.out.Plan
	due := PlanFilingDue(w.out.Year, time.Month(d.Rules.FilingMonth), d.Rules.FilingDay, d.Zone)
	all, err := w.tx.Filings(w.out.Year)
	for _, f := range all {
		if f.Branch == w.branch {
			p.Filed, p.At, p.Late = true, d.Local(f.At), f.Late
		}
	}
	p.Due, p.PastDue = due, !p.Filed && !w.at.Before(due)
	for _, m := range w.out.Months {
		p.Dated += boolInt(m.Dated())
	}
	p.Complete = p.Dated == len(w.out.Months)
	return err
}

// guides counts the leaders who are to guide the branch (R10) and the members of its latest roster (R08).
func (w *reviewWriter) guides() error {
	all, err := w.tx.Guides()
	if err != nil {
		return err
	}
	for _, g := range all {
		w.out.Guides += boolInt(g.Branch == w.branch)
	}
	last := Date{w.out.Year, time.December, 31}
	if w.out.Running {
		last = w.desk.Day(w.at)
	}
	roster, err := w.tx.Roster(w.branch, last)
	w.out.Members = len(roster.Members())
	return err
}

// burden is how much the bot said and asked in the year.
func (w *reviewWriter) burden() error {
	var err error
	w.out.Burden, err = w.desk.YearBurden(w.tx, w.branch, w.out.Year, w.at)
	return err
}
