package themeday

import (
	"iter"
	"time"
)

// Yearbook is a branch's ledger of one year (台账, R21): the rows of its fourteen parts, in the order of YearParts. Single ballots and remarks
// on them stand in none.
type Yearbook struct {
	Branch Branch
	Year   int
	Made   time.Time
	Rows   [14][][]any // a row has a value for every column of its part
}

// Yearbook makes a branch's ledger of a year as it stands at an instant. With own the reasons of leaves and sign-ins, what was handed in as
// make-up study and the words of objections stand in it: it is the branch's own. Without, as the committee sees it, only that there are such.
func (d Desk) Yearbook(tx Tx, b BranchID, year int, at time.Time, own bool) (Yearbook, error) {
	branch, err := d.Branch(tx, b)
	if err != nil {
		return Yearbook{}, err
	}
	for y, err := range d.Yearbooks(tx, []Branch{branch}, year, at, own) {
		return y, err
	}
	return Yearbook{}, nil
}

// Yearbooks makes the ledgers of several branches one after the other, so that only one is in memory at a time. It ends at an error.
func (d Desk) Yearbooks(tx Tx, branches []Branch, year int, at time.Time, own bool) iter.Seq2[Yearbook, error] {
	return func(yield func(Yearbook, error) bool) {
		people, err := namesByID(tx)
		for _, b := range branches {
			if err != nil {
				yield(Yearbook{}, err)
				return
			}
			w := yearWriter{desk: d, tx: tx, names: people, at: at, own: own, book: Yearbook{Branch: b, Year: year, Made: d.Local(at)}}
			if err = w.write(); err == nil && !yield(w.book, nil) {
				return
			}
		}
		if err != nil {
			yield(Yearbook{}, err)
		}
	}
}

func namesByID(tx Tx) (map[PersonID]string, error) {
	people, err := tx.People()
	out := map[PersonID]string{Bot: "机器人"}
	for _, p := range people {
		out[p.ID] = p.Name
	}
	return out, err
}

// yearWriter writes one branch's ledger.
type yearWriter struct {
	desk  Desk
	tx    Tx
	names map[PersonID]string
	at    time.Time
	own   bool
	book  Yearbook

	strikes int // evaluations under the floor so far (R28)
	total   yearTotal
	lives   map[PersonID]*leaderLife // who is a leader
	order   []PersonID               // of them, as they came
}

// yearMonth is an activity and what is known of it, read once.
type yearMonth struct {
	Activity
	label   string // 3月
	roster  BranchRoster
	signins []SignIn
	leaves  []Leave
	makeups []Makeup
	tally   Tally
	voters  int
	ballots EvaluationTally // only once the result is out
	notice  []Post
	entries []Entry // see entriesOf
}

func (w *yearWriter) row(part int, cells ...any) {
	w.book.Rows[part] = append(w.book.Rows[part], cells)
}

func (w *yearWriter) write() error {
	filing, filed, err := w.filing()
	if err != nil {
		return err
	}
	for m := (YearMonth{Year: w.book.Year, Month: time.January}); m.Year == w.book.Year; m = m.Next() {
		y, err := w.read(m)
		if err != nil {
			return err
		}
		if err := w.plan(y, filing, filed); err != nil {
			return err
		}
		if y.Dated() {
			for _, part := range []func(*yearMonth) error{w.approvals, w.notices, w.signIns, w.leavesOf, w.makeupsOf, w.records, w.evaluations, w.changes, w.pictures, w.leaders} {
				if err := part(y); err != nil {
					return err
				}
			}
		}
		w.figures(y)
	}
	w.sum()
	w.leadersSum()
	if err := w.inspected(); err != nil {
		return err
	}
	if err := w.rectified(); err != nil {
		return err
	}
	if err := w.honoured(); err != nil {
		return err
	}
	return w.corrections()
}

func (w *yearWriter) filing() (Filing, bool, error) {
	all, err := w.tx.Filings(w.book.Year)
	for _, f := range all {
		if f.Branch == w.book.Branch.ID {
			return f, true, err
		}
	}
	return Filing{}, false, err
}

// read takes together what is known of a month's activity.
func (w *yearWriter) read(m YearMonth) (*yearMonth, error) {
	y := &yearMonth{label: m.Chinese()}
	var err error
	if y.Activity, err = w.desk.OfMonth(w.tx, w.book.Branch.ID, m); err != nil || !y.Dated() {
		return y, err
	}
	w.desk = w.desk.For(y.Activity)
	if y.roster, err = w.desk.RosterOf(w.tx, y.Activity); err != nil {
		return y, err
	}
	if y.signins, err = w.tx.SignIns(y.ID); err != nil {
		return y, err
	}
	if y.leaves, err = w.tx.Leaves(y.ID); err != nil {
		return y, err
	}
	if y.makeups, err = w.tx.Makeups(y.ID); err != nil {
		return y, err
	}
	y.tally = Count(y.roster, y.signins, y.leaves)
	if y.voters, err = w.tx.Voters(y.ID); err == nil && !y.Result.IsZero() {
		y.ballots, _, err = w.desk.Evaluate(w.tx, y.ID)
	}
	return y, err
}

// entriesOf are the entries about a month's activity, read once.
func (w *yearWriter) entriesOf(y *yearMonth) ([]Entry, error) {
	if y.entries != nil {
		return y.entries, nil
	}
	var err error
	y.entries, err = w.tx.ActivityEntries(y.ID)
	return y.entries, err
}

// instant is a time in the desk's zone to the second, or an empty cell.
func (w *yearWriter) instant(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return w.desk.Local(t).Truncate(time.Second)
}

func (w *yearWriter) day(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return w.desk.Day(t)
}

func (w *yearWriter) clock(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	t = w.desk.Local(t)
	return TimeOfDay(t.Hour()*60 + t.Minute())
}

// who is the name of somebody who did something at a time; nobody when it did not happen.
func (w *yearWriter) who(p PersonID, at time.Time) any {
	if at.IsZero() {
		return nil
	}
	return w.names[p]
}

// secret is a text that only the branch itself reads; others see that there is one.
func (w *yearWriter) secret(s string) string {
	if s == "" || w.own {
		return s
	}
	return "（存支部）"
}

func yes(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}
