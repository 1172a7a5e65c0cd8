package themeday

import (
	"fmt"
	"slices"
	"strings"
)

// honours are a branch's best cases and nominations of a year's activities, by month, and the praise of its party groups in the year (R29).
func (d Desk) honours(tx Tx, b BranchID, year int) (cases []Case, praises []Praise, err error) {
	all, err := CasesOf(tx, year)
	if err != nil {
		return nil, nil, err
	}
	for _, k := range all {
		if k.Branch() == b && k.State != CaseWithdrawn {
			cases = append(cases, k)
		}
	}
	praised, err := tx.Praises(b)
	for _, p := range praised {
		if d.Day(p.At).Year == year {
			praises = append(praises, p)
		}
	}
	return cases, praises, err
}

// honoured are the lines of part 7 about best cases and praise (R29).
func (w *yearWriter) honoured() error {
	cases, praises, err := w.desk.honours(w.tx, w.book.Branch.ID, w.book.Year)
	for _, k := range cases {
		if k.State == CaseChosen {
			w.row(partRecords, k.Month().Chinese(), nil, "最佳案例", w.instant(k.Decided), "机关党委评为最佳案例："+k.Words, w.names[k.DecidedBy])
			continue
		}
		w.row(partRecords, k.Month().Chinese(), nil, "最佳案例", w.instant(k.Nominated), "申报最佳案例："+k.Highlights, w.names[k.By])
	}
	for _, p := range praises {
		w.row(partRecords, w.desk.Day(p.At).MonthOf().Chinese(), nil, "表扬", w.instant(p.At), "机关党委表扬"+p.PartyGroup+"："+p.Text, w.names[p.By])
	}
	return err
}

// honoured is what the evidence has of best cases and praise (R29).
func (g *evidenceGatherer) honoured() error {
	g.notes[R29] = "本年没有申报最佳案例"
	cases, praises, err := g.desk.honours(g.tx, g.book.Branch.ID, g.book.Year)
	for _, k := range cases {
		at := k.Nominated
		if k.State == CaseChosen {
			at = k.Decided
		}
		g.item(R29, k.Month(), "最佳案例", at, k.State.Chinese(), formOf(k.Month()), inLedger(partRecords))
	}
	for _, p := range praises {
		g.item(R29, YearMonth{}, "机关党委表扬"+p.PartyGroup, p.At, "", inLedger(partRecords))
	}
	return err
}

// ReviewHonours are a year's best cases and praise as the yearly review tells them (R29).
type ReviewHonours struct {
	Chosen  []YearMonth
	Praised []PraisedGroup
}

// PraisedGroup is a party group and how often it was praised in a year.
type PraisedGroup struct {
	Name  string
	Times int
}

// honoured adds best cases and praise to the review.
func (w *reviewWriter) honoured() error {
	cases, praises, err := w.desk.honours(w.tx, w.branch, w.out.Year)
	for _, k := range cases {
		if k.State == CaseChosen {
			w.out.Honours.Chosen = append(w.out.Honours.Chosen, k.Month())
		}
	}
	groups := &w.out.Honours.Praised
	for _, p := range praises {
		i := slices.IndexFunc(*groups, func(g PraisedGroup) bool { return g.Name == p.PartyGroup })
		if i < 0 {
			i, *groups = len(*groups), append(*groups, PraisedGroup{Name: p.PartyGroup})
		}
		(*groups)[i].Times++
	}
	return err
}

// text is what there is to say of them; empty of none.
func (h ReviewHonours) text() string {
	out := ""
	if n := len(h.Chosen); n > 0 {
		out = fmt.Sprintf("%d次活动被机关党委评为最佳案例", n)
	}
	var groups []string
	for _, g := range h.Praised {
		groups = append(groups, fmt.Sprintf("%s受到机关党委表扬%d次", g.Name, g.Times))
	}
	if len(groups) > 0 {
		out = joinedBy("，", out, strings.Join(groups, "、"))
	}
	return out
}
