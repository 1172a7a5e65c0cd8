package themeday

import (
	"fmt"
	"strings"
	"time"
)

// rectificationsOf are those of a year: opened for it, or in it.
func rectificationsOf(tx Tx, b BranchID, year int) ([]Rectification, error) {
	all, err := tx.Rectifications(b)
	var out []Rectification
	for _, r := range all {
		if r.Year == year {
			out = append(out, r)
		}
	}
	return out, err
}

// rectified are the rows of part 11 that follow from rectifications: what was to be put right, what was done about it step by step, and when
// it was closed (R28, R30).
func (w *yearWriter) rectified() error {
	all, err := rectificationsOf(w.tx, w.book.Branch.ID, w.book.Year)
	for _, r := range all {
		done := []string{r.State.Chinese()}
		for _, s := range r.Steps {
			line := fmt.Sprintf("%s%s（%s）", w.desk.Day(s.At).Chinese(), s.Chinese(), w.names[s.By])
			if s.Text != "" {
				line += "：" + s.Text
			}
			done = append(done, line)
		}
		w.row(partInspections, w.day(r.Opened), r.Source, "整改", fmt.Sprintf("第%d号：%s", r.Number, r.Text), w.day(r.Due.Add(-1)), strings.Join(done, "；"), w.day(r.Ended()))
	}
	return err
}

// rectified is what the evidence has of rectifications (R28): each with its state, and a gap where one is not done.
func (g *evidenceGatherer) rectified() error {
	all, err := rectificationsOf(g.tx, g.book.Branch.ID, g.book.Year)
	for _, r := range all {
		rule := R28
		if r.Source != ByEvaluation && r.Source != ByCommittee {
			rule = R30
		}
		figure := r.State.Chinese() + "，限" + g.desk.Day(r.Due.Add(-1)).Chinese()
		g.item(rule, YearMonth{}, fmt.Sprintf("整改第%d号（%s）", r.Number, r.Source), r.Opened, figure, inLedger(partInspections))
		switch {
		case r.State == RectifyHanded:
			g.gap(rule, YearMonth{}, "请机关党委复查："+fmt.Sprintf("整改 %s 通过", g.book.Branch.Name), "整改第%d号还没有复查", r.Number)
		case r.Waits():
			g.gap(rule, YearMonth{}, "交整改措施：整改 措施 做了什么", "整改第%d号没有完成%s", r.Number, yes(!g.at.Before(r.Due), "，已逾期", ""))
		}
	}
	return err
}

// ReviewRectification is a rectification as the yearly review tells it (R28).
type ReviewRectification struct {
	Number      int
	Source      string
	Text        string
	State       RectifyState
	Opened      time.Time
	Due         time.Time // the first instant that is too late
	Ended       time.Time // zero while it is open
	Overdue     bool
	Measures    int // how often measures were handed in
	SecondTries int // how often they were sent back
}

// rectified adds the year's rectifications to the review, and what is not done to its problems.
func (w *reviewWriter) rectified() error {
	all, err := rectificationsOf(w.tx, w.branch, w.out.Year)
	for _, r := range all {
		one := ReviewRectification{
			Number: r.Number, Source: r.Source, Text: r.Text, State: r.State, Opened: w.desk.Local(r.Opened), Due: w.desk.Local(r.Due), Overdue: r.Waits() && !w.at.Before(r.Due),
		}
		if !r.Open() {
			one.Ended = w.desk.Local(r.Ended())
		}
		for _, s := range r.Steps {
			one.Measures += boolInt(s.Kind == RectifyHanded)
			one.SecondTries += boolInt(s.Kind == RectifyReturned)
		}
		w.out.Rectifications = append(w.out.Rectifications, one)
	}
	return err
}

// unrectified is how many rectifications are not done.
func (r YearReview) unrectified() (n int) {
	for _, x := range r.Rectifications {
		n += boolInt(x.State != RectifyClosed && x.State != RectifyLapsed)
	}
	return n
}
