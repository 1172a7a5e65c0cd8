package themeday

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Evidence is what a branch can show of a year when it is inspected (迎检): clause by clause what is on record and in which file, and before
// it what is missing or was late (缺口). It holds figures and no names of those who were away, and nobody's reasons.
type Evidence struct {
	Branch  Branch
	Year    int
	Made    time.Time // in the desk's zone
	Gaps    []Gap     // by month, then rule
	Clauses []ClauseEvidence
	Held    []Activity // those of which there are a form and a sign-in sheet
	Photos  []EvidencePhoto
}

// Gap is something that is missing or was late, and what to do about it now.
type Gap struct {
	Month YearMonth // zero: of the year
	Rule  Rule
	What  string
	Do    string
}

// Of is whose gap it is: a month's or the year's.
func (g Gap) Of() string { return monthOrYear(g.Month) }

// ClauseEvidence is what there is for one rule.
type ClauseEvidence struct {
	Rule  Rule
	Items []EvidenceItem // by month
	Gaps  int
	Note  string // where there is no item, why
}

// EvidenceItem is one thing on record.
type EvidenceItem struct {
	Month  YearMonth // zero: of the year
	What   string
	When   time.Time // in the desk's zone; zero: no instant of its own
	Figure string
	Short  bool // it is on record, but its figure breaches the rule (有，不达标)
	Files  []EvidenceLink
}

// Of is whose item it is: a month's or the year's.
func (i EvidenceItem) Of() string { return monthOrYear(i.Month) }

func monthOrYear(m YearMonth) string {
	if m == (YearMonth{}) {
		return "全年"
	}
	return m.Chinese()
}

// NoRecord is said of a clause for which the program keeps nothing.
const NoRecord = "本系统暂无记录，请附纸质材料"

// photosWanted is how many photos of an activity make its record full (R21).
const photosWanted = 2

// Evidence gathers a branch's evidence of a year as it stands at an instant.
func (d Desk) Evidence(tx Tx, b BranchID, year int, at time.Time) (Evidence, error) {
	branch, err := d.Branch(tx, b)
	if err != nil {
		return Evidence{}, err
	}
	people, err := tx.People()
	if err != nil {
		return Evidence{}, err
	}
	names, liaison := map[PersonID]string{Bot: "机器人"}, map[PersonID]bool{}
	for _, p := range people {
		names[p.ID], liaison[p.ID] = p.Name, p.Liaison
	}
	g := evidenceGatherer{
		yearWriter: yearWriter{desk: d, tx: tx, names: names, at: at, book: Yearbook{Branch: branch, Year: year}},
		out:        Evidence{Branch: branch, Year: year, Made: d.Local(at)},
		liaison:    liaison,
		items:      map[Rule][]EvidenceItem{}, notes: map[Rule]string{}, absent: map[PersonID][]YearMonth{},
	}
	if err := g.gather(); err != nil {
		return Evidence{}, fmt.Errorf("evidence of %s: %w", b, err)
	}
	return g.out, nil
}

// evidenceGatherer reads a year as the ledger does and sorts it by clause.
type evidenceGatherer struct {
	yearWriter
	out   Evidence
	items map[Rule][]EvidenceItem
	notes map[Rule]string

	liaison map[PersonID]bool // who guides branches
	visited [4]int            // visits of guiding leaders, by quarter

	held   []Held // the latest last
	absent map[PersonID][]YearMonth
	under  []string // months under the floor of satisfaction
}

func (g *evidenceGatherer) gather() error {
	if err := g.ofTheYear(); err != nil {
		return err
	}
	for m := (YearMonth{Year: g.book.Year, Month: time.January}); m.Year == g.book.Year; m = m.Next() {
		y, err := g.read(m)
		if err == nil {
			err = g.month(y)
		}
		if err != nil {
			return err
		}
	}
	g.desk = g.desk.At(g.at)
	g.standings()
	if err := g.inspected(); err != nil {
		return err
	}
	if err := g.rectified(); err != nil {
		return err
	}
	if err := g.honoured(); err != nil {
		return err
	}
	if err := g.guidance(); err != nil {
		return err
	}
	if err := g.amendments(); err != nil {
		return err
	}
	g.arrange()
	return nil
}

// arrange puts gaps and clauses in their order.
func (g *evidenceGatherer) arrange() {
	gaps := map[Rule]int{}
	for _, x := range g.out.Gaps {
		gaps[x.Rule]++
	}
	sortGaps(g.out.Gaps)
	for n := 1; n <= len(clauses); n++ {
		r := Rule(fmt.Sprintf("R%02d", n))
		c := ClauseEvidence{Rule: r, Items: g.items[r], Gaps: gaps[r]}
		slices.SortStableFunc(c.Items, func(a, b EvidenceItem) int { return cmp.Compare(a.Month.String(), b.Month.String()) })
		if len(c.Items) == 0 {
			if c.Note = g.notes[r]; c.Note == "" && c.Gaps == 0 {
				c.Note = NoRecord
			}
		}
		g.out.Clauses = append(g.out.Clauses, c)
	}
}

func (g *evidenceGatherer) item(r Rule, m YearMonth, what string, when time.Time, figure string, files ...EvidenceLink) {
	if !when.IsZero() {
		when = g.desk.Local(when).Truncate(time.Second)
	}
	g.items[r] = append(g.items[r], EvidenceItem{Month: m, What: what, When: when, Figure: figure, Files: files})
}

// short marks the last item of a rule whose figure breaches it.
func (g *evidenceGatherer) short(r Rule, breached bool) {
	if n := len(g.items[r]); n > 0 {
		g.items[r][n-1].Short = breached
	}
}

func (g *evidenceGatherer) gap(r Rule, m YearMonth, do, what string, args ...any) {
	g.out.Gaps = append(g.out.Gaps, Gap{Month: m, Rule: r, What: fmt.Sprintf(what, args...), Do: do})
}

// month gathers what one month has to show.
func (g *evidenceGatherer) month(y *yearMonth) error {
	if !g.took(y) {
		return g.moved(y)
	}
	g.out.Held = append(g.out.Held, y.Activity)
	for _, part := range []func(*yearMonth) error{g.arranged, g.moved, g.attendedBy, g.studied, g.recorded, g.evaluated} {
		if err := part(y); err != nil {
			return err
		}
	}
	return nil
}

// took tells whether the activity took place, and says so (R01).
func (g *evidenceGatherer) took(y *yearMonth) bool {
	m, label := y.Month, y.label
	switch g.state(y) {
	case "已开展":
		g.item(R01, m, "已开展："+topics(y), y.BeginAt(), "", formOf(m), inLedger(partFigures))
		return true
	case "无记录":
		g.gap(R01, m, "启用本系统以前开展过的，请附纸质材料；没有开展的，写明原因报机关党委", "%s没有活动记录", label)
	case "未开展":
		g.gap(R01, m, "已经开展的，附纸质签到册和记录；没有开展的，写明原因报机关党委", "%s未开展", label)
	case "未排定":
		if g.desk.Day(g.at).MonthOf() == m {
			g.gap(R01, m, "排定日期：改期 "+label+" 日期 14:00 事由", "%s还没有排定", label)
		}
	}
	return false
}

func formOf(m YearMonth) EvidenceLink {
	return EvidenceLink{File: EvidenceFile{Kind: FormFile, Month: m}}
}

// versionOf is a filed version of a form.
func versionOf(m YearMonth, version int) EvidenceLink {
	return EvidenceLink{File: EvidenceFile{Kind: FormFile, Month: m, Version: version}}
}

func sheetOf(m YearMonth) EvidenceLink {
	return EvidenceLink{File: EvidenceFile{Kind: SheetFile, Month: m}}
}

// Lacks adds a gap that shows only when the files are packed, such as a photo that is gone.
func (e *Evidence) Lacks(g Gap) {
	e.Gaps = append(e.Gaps, g)
	sortGaps(e.Gaps)
	for i := range e.Clauses {
		if e.Clauses[i].Rule == g.Rule {
			e.Clauses[i].Gaps++
		}
	}
}

func sortGaps(gaps []Gap) {
	slices.SortStableFunc(gaps, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(a.Month.String(), b.Month.String()), cmp.Compare(a.Rule, b.Rule))
	})
}
