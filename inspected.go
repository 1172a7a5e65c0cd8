package themeday

import (
	"fmt"
	"strings"
	"time"
)

// inspectionsOf are a branch's inspections and findings of a year: by the day of the inspection, and by when the finding was made.
func (d Desk) inspectionsOf(tx Tx, b BranchID, year int) (visits []Inspection, found []Found, err error) {
	all, err := tx.Inspections(b)
	if err != nil {
		return nil, nil, err
	}
	for _, i := range all {
		if i.On.Year == year {
			visits = append(visits, i)
		}
	}
	findings, err := tx.Findings(b)
	for _, f := range findings {
		if d.Day(f.At).Year == year {
			found = append(found, f)
		}
	}
	return visits, found, err
}

// approach is how an inspection came about: planned, or drawn with which seed.
func approach(tx Tx, i Inspection) (string, error) {
	if i.Draw == 0 {
		return "定期·" + i.Way, nil
	}
	x, _, err := DrawOf(tx, i.Draw)
	return fmt.Sprintf("随机·%s（%s抽取，种子%s）", i.Way, x.On, x.Seed), err
}

// target is what was inspected, where it was not the whole branch.
func target(group string, m YearMonth) string { return group + m.Chinese() }

// inspected are the rows of part 11 that follow from inspections: each with how it came about and what was seen, and each finding with what was
// done about it until it was closed (R30).
func (w *yearWriter) inspected() error {
	visits, found, err := w.desk.inspectionsOf(w.tx, w.book.Branch.ID, w.book.Year)
	if err != nil {
		return err
	}
	ways := map[int]string{}
	for _, i := range visits {
		if ways[i.Number], err = approach(w.tx, i); err != nil {
			return err
		}
		w.row(partInspections, i.On, ways[i.Number], "巡查", fmt.Sprintf("%s（%s）：%s", target(i.PartyGroup, i.Month), w.names[i.By], i.Text), nil, "", nil)
	}
	for _, f := range found {
		way := ways[f.Inspection]
		if way == "" {
			way = "定期"
		}
		done := []string{f.State.Chinese()}
		for _, s := range f.Steps {
			done = append(done, fmt.Sprintf("%s%s（%s）：%s", w.desk.Day(s.At).Chinese(), s.Chinese(), w.names[s.By], s.Text))
		}
		w.row(partInspections, w.day(f.At), way, string(f.Kind), fmt.Sprintf("巡查问题第%d号，%s：%s", f.Number, target(f.PartyGroup, f.Month), f.Text),
			w.day(f.Due.Add(-1)), strings.Join(done, "；"), w.day(f.Ended()))
	}
	return nil
}

// inspected is what the evidence has of inspections (R30), with a gap where a finding is not closed.
func (g *evidenceGatherer) inspected() error {
	visits, found, err := g.desk.inspectionsOf(g.tx, g.book.Branch.ID, g.book.Year)
	for _, i := range visits {
		g.item(R30, YearMonth{}, fmt.Sprintf("机关党委巡查%s（%s）", target(i.PartyGroup, i.Month), i.Way), i.On.Start(g.desk.Zone), yes(i.Draw > 0, "随机抽查", "定期巡查"), inLedger(partInspections))
	}
	for _, f := range found {
		figure := f.State.Chinese() + "，限" + g.desk.Day(f.Due.Add(-1)).Chinese()
		g.item(R30, YearMonth{}, fmt.Sprintf("巡查问题第%d号（%s）", f.Number, f.Kind), f.At, figure, inLedger(partInspections))
		switch {
		case f.State == FindingHanded:
			g.gap(R30, YearMonth{}, fmt.Sprintf("请机关党委复查：巡查 销号 %d 说明", f.Number), "巡查问题第%d号还没有复查", f.Number)
		case f.Open():
			g.gap(R30, YearMonth{}, fmt.Sprintf("交整改措施：整改 巡查 %d 措施 做了什么", f.Number), "巡查问题第%d号没有销号%s", f.Number, yes(!g.at.Before(f.Due), "，已逾期", ""))
		}
	}
	return err
}

// ReviewInspections are a year's inspections as the yearly review tells them (R30).
type ReviewInspections struct {
	Planned, Drawn int
	Findings       []ReviewFinding
}

// ReviewFinding is a finding in the yearly review.
type ReviewFinding struct {
	Number int
	Kind   FindingKind
	Month  YearMonth
	Text   string
	State  FindingState
	Found  time.Time
	Ended  time.Time // zero while it is open
}

// Open is how many findings are not closed.
func (r ReviewInspections) Open() (n int) {
	for _, f := range r.Findings {
		n += boolInt(f.State != FindingClosed)
	}
	return n
}

// Visits is how many inspections there were.
func (r ReviewInspections) Visits() int { return r.Planned + r.Drawn }

// inspected adds the year's inspections to the review.
func (w *reviewWriter) inspected() error {
	visits, found, err := w.desk.inspectionsOf(w.tx, w.branch, w.out.Year)
	r := &w.out.Inspections
	for _, i := range visits {
		r.Planned += boolInt(i.Draw == 0)
		r.Drawn += boolInt(i.Draw != 0)
	}
	for _, f := range found {
		one := ReviewFinding{Number: f.Number, Kind: f.Kind, Month: f.Month, Text: f.Text, State: f.State, Found: w.desk.Local(f.At)}
		if !f.Open() {
			one.Ended = w.desk.Local(f.Ended())
		}
		r.Findings = append(r.Findings, one)
	}
	return err
}
