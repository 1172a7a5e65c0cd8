package themeday

import "time"

// Look is the fact that somebody was shown why another was on leave, or why all of a branch and year were. Who wrote the reason himself has not
// looked.
type Look struct {
	At       time.Time
	By       PersonID // Bot: the operator, at the machine
	Branch   BranchID
	Year     int
	Activity ActivityID // empty: of the whole year
	Person   PersonID   // whose reason; Bot: everybody's
	What     string     // by what, in Chinese
}

// What showed the reasons.
const (
	lookAsked     = "请假送批"
	LookLedger    = "台账"
	LookExported  = "管理员导出台账"
	LookCollected = "管理员导出迎检材料"
)

// LookSent notes that a post has shown somebody the reason of a leave; other posts show none.
func (d Desk) LookSent(tx Tx, p Post, at time.Time) error {
	if p.Kind != LeaveAskedPost {
		return nil
	}
	about, to, err := d.lookOf(tx, p, at)
	if err != nil || to == Bot || to == about {
		return err
	}
	l, there, err := d.leaveOf(tx, p.Activity, about)
	if err != nil || !there || l.Reason == "" && l.Picture == "" {
		return err
	}
	a, _, err := tx.Activity(p.Activity)
	if err != nil {
		return err
	}
	return tx.AddLook(Look{At: at, By: to, Branch: a.Branch, Year: a.Month.Year, Activity: a.ID, Person: about, What: lookAsked})
}

// lookOf tells whose leave a post asks about and who has read it.
func (d Desk) lookOf(tx Tx, p Post, at time.Time) (about, to PersonID, err error) {
	if p.To == ToPerson {
		return personIn(p.Arg), p.Person, nil
	}
	roster, err := tx.Roster(p.Branch, d.Day(at))
	s, _ := roster.Secretary()
	return p.Person, s.ID, err
}

// LookAtAll notes that somebody gets all reasons of a branch's year.
func (d Desk) LookAtAll(tx Tx, by PersonID, b BranchID, year int, at time.Time, what string) error {
	return tx.AddLook(Look{At: at, By: by, Branch: b, Year: year, What: what})
}

// LooksAt are those at one person's reasons of a branch's year, oldest first.
func (d Desk) LooksAt(tx Tx, b BranchID, year int, p PersonID) ([]Look, error) {
	all, err := tx.Looks(b, year)
	if err != nil {
		return nil, err
	}
	var asked time.Time // since when there has been a reason to look at
	var out []Look
	for _, l := range all {
		if l.Person == Bot && asked.IsZero() {
			if asked, err = firstReason(tx, b, year, p); err != nil {
				return nil, err
			}
			if asked.IsZero() {
				asked = l.At.AddDate(100, 0, 0) // none
			}
		}
		if l.By != p && (l.Person == p || l.Person == Bot && !l.At.Before(asked)) {
			out = append(out, l)
		}
	}
	return out, nil
}

// firstReason is when somebody first gave a reason for leave in a branch's year; zero where he never did.
func firstReason(tx Tx, b BranchID, year int, p PersonID) (time.Time, error) {
	months, err := tx.Activities(b, YearMonth{year, 1}, YearMonth{year, 12})
	if err != nil {
		return time.Time{}, err
	}
	var first time.Time
	for _, a := range months {
		leaves, err := tx.Leaves(a.ID)
		if err != nil {
			return first, err
		}
		for _, l := range leaves {
			if l.Person == p && (l.Reason != "" || l.NoLongerKept()) && (first.IsZero() || l.At.Before(first)) {
				first = l.At
			}
		}
	}
	return first, nil
}
