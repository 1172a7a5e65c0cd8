package themeday

import "time"

// Week is what the bot did in the seven days before an instant, in one branch or in all.
type Week struct {
	From, To       time.Time
	Branches       int
	Group, Private int // posts
	SignIns        int
	Leaves         int
	Forms          int           // record forms filed, later versions too
	Approved       int           // arrangements that the committee approved
	ApprovalTook   time.Duration // from being submitted, on average
	Slow           int           // of them, and of those that wait still, more than SlowApproval
}

// SlowApproval is from when on the committee's own delay is counted.
const SlowApproval = 48 * time.Hour

// Posts are all that it said of its own accord.
func (w Week) Posts() int { return w.Group + w.Private }

// WeekOf reckons a week of some branches.
func (d Desk) WeekOf(tx Tx, branches []Branch, at time.Time) (Week, error) {
	w := Week{From: at.AddDate(0, 0, -7), To: at, Branches: len(branches)}
	var took time.Duration
	for _, b := range branches {
		posts, err := tx.PostsBetween(b.ID, w.From.AddDate(0, 0, -1), w.To)
		if err != nil {
			return w, err
		}
		for _, p := range posts {
			w.post(p)
		}
		now := d.Day(at).MonthOf()
		all, err := tx.Activities(b.ID, now.Add(-2), now.Add(2))
		if err != nil {
			return w, err
		}
		for _, a := range all {
			if t := a.Steps[Approving-1].At; a.Approved() && w.within(t) && !a.Submitted.IsZero() {
				w.Approved++
				took += t.Sub(a.Submitted)
				w.Slow += boolInt(t.Sub(a.Submitted) > SlowApproval)
			}
			w.Slow += boolInt(!a.Approved() && !a.Submitted.IsZero() && !a.Returned.After(a.Submitted) && a.Starts.After(at) && at.Sub(a.Submitted) > SlowApproval)
			if err := w.people(tx, a); err != nil {
				return w, err
			}
		}
	}
	if w.Approved > 0 {
		w.ApprovalTook = took / time.Duration(w.Approved)
	}
	return w, nil
}

func (w *Week) within(t time.Time) bool { return !t.Before(w.From) && t.Before(w.To) }

func (w *Week) post(p Post) {
	if p.State != Sent || !w.within(p.SentAt) {
		return
	}
	if p.To == ToGroup {
		w.Group++
	} else {
		w.Private++
	}
}

// people counts what people sent about an activity; of one that is far from the week nothing is read.
func (w *Week) people(tx Tx, a Activity) error {
	if !a.Dated() || a.Starts.After(w.To.AddDate(0, 1, 0)) || a.Starts.Before(w.From.AddDate(0, -1, 0)) {
		return nil
	}
	ins, err := tx.SignIns(a.ID)
	if err != nil {
		return err
	}
	for _, s := range ins {
		w.SignIns += boolInt(w.within(s.Entered))
	}
	leaves, err := tx.Leaves(a.ID)
	if err != nil {
		return err
	}
	for _, l := range leaves {
		w.Leaves += boolInt(w.within(l.At))
	}
	if a.Filed.IsZero() {
		return nil
	}
	forms, err := tx.FiledForms(a.ID)
	for _, f := range forms {
		w.Forms += boolInt(w.within(f.At))
	}
	return err
}
