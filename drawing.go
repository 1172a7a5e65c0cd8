package themeday

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// Draw is a draw of branches to be inspected without notice (抽查, R30): first a seed that only its commitment tells of, then what was drawn
// with it. A seed is used once.
type Draw struct {
	Number      int // from 1
	Commitment  string
	Committed   time.Time // when it is published
	CommittedBy PersonID
	Seed        string `json:"-"` // told with the draw and not before
	Head        string // of the ledger, when it was drawn
	HeadSeq     int64
	On          Date
	Drawn       time.Time // zero: only committed
	By          PersonID
	Candidates  []Candidate
}

// Candidate is a branch of a draw, with what it weighed.
type Candidate struct {
	Branch BranchID
	Weight int
	Since  Date // the day from which the weight counts; zero: none is known
	Place  int  // as the how-manieth it was drawn; 0: it was not
}

// Picked are the branches that were drawn, in order.
func (d Draw) Picked() []Candidate {
	out := make([]Candidate, 0, len(d.Candidates))
	for place := 1; ; place++ {
		n := len(out)
		for _, c := range d.Candidates {
			if c.Place == place {
				out = append(out, c)
			}
		}
		if len(out) == n {
			return out
		}
	}
}

// Weights are those of the candidates, in order.
func (d Draw) Weights() []int {
	out := make([]int, len(d.Candidates))
	for i, c := range d.Candidates {
		out[i] = c.Weight
	}
	return out
}

// told is a draw as the ledger tells it: the seed only once it is used.
type toldDraw struct {
	Draw
	Seed string `json:",omitempty"`
}

func (d Draw) told() toldDraw {
	if d.Drawn.IsZero() {
		return toldDraw{Draw: d}
	}
	return toldDraw{Draw: d, Seed: d.Seed}
}

// PendingDraw is the one that is committed and not drawn.
func PendingDraw(tx Tx) (Draw, bool, error) {
	all, err := tx.Draws()
	if err != nil || len(all) == 0 || !all[len(all)-1].Drawn.IsZero() {
		return Draw{}, false, err
	}
	return all[len(all)-1], true, nil
}

// CommitDraw fixes a secret seed and publishes its commitment to the committee (抽查 承诺), at once or at a later instant of the day. One that
// waits has to be used first, so that nobody has a choice between seeds.
func (d Desk) CommitDraw(tx Tx, c Cause, publish time.Time) (Draw, error) {
	all, err := tx.Draws()
	if err != nil {
		return Draw{}, err
	}
	if n := len(all); n > 0 && all[n-1].Drawn.IsZero() {
		from := all[n-1].Committed.Add(DrawAfter)
		if c.At.Before(from) {
			return all[n-1], Refuse(Conflict, R30, "%s已经承诺过一个种子，还没有用（第%d号），不用再承诺，%s起可发：抽查 3", d.WhenFrom(all[n-1].Committed, c.At), n, d.WhenFrom(from, c.At))
		}
		return all[n-1], Refuse(Conflict, R30, "%s已经承诺过一个种子，还没有用（第%d号），不用再承诺，请直接发：抽查 3", d.Day(all[n-1].Committed).Chinese(), n)
	}
	seed, err := d.random(32)
	if err != nil {
		return Draw{}, err
	}
	x := Draw{Number: len(all) + 1, Commitment: SeedCommitment(seed), Committed: publish, CommittedBy: c.By, Seed: seed}
	c.Branch = ""
	if err := note(tx, c, "", nounDraw, fmt.Sprint(x.Number), nil, x.told(), ""); err != nil {
		return x, err
	}
	if err := tx.PutDraw(x); err != nil {
		return x, err
	}
	return x, d.tellCommittee(tx, c, Post{Key: fmt.Sprintf("%s/%d", InspectionSeed, x.Number), Kind: InspectionSeed, Arg: fmt.Sprint(x.Number), Due: publish})
}

// DrawAfter is how long a commitment has to be known before it is drawn with.
const DrawAfter = time.Hour

// DrawBranches draws n branches with the seed that was committed, and tells the others of the committee (抽查 3).
func (d Desk) DrawBranches(tx Tx, c Cause, n int) (Draw, error) {
	x, ok, err := PendingDraw(tx)
	if err != nil {
		return x, err
	}
	if err := d.canDraw(x, ok, c.At); err != nil {
		return x, err
	}
	parties, err := d.drawParties(tx, c.At)
	if err != nil {
		return x, err
	}
	alone, err := parties.mayDraw(c.By)
	if err != nil {
		return x, err
	}
	before := x
	if x.Candidates, err = d.candidates(tx, c.At); err != nil {
		return x, err
	}
	if n < 1 || n > len(x.Candidates) {
		return x, Refuse(Invalid, R30, "一共%d个支部，抽取的个数写1到%d，例如：抽查 %d", len(x.Candidates), len(x.Candidates), min(3, max(len(x.Candidates), 1)))
	}
	if x.Head, x.HeadSeq, err = LedgerHead(tx); err != nil {
		return x, err
	}
	x.On, x.Drawn, x.By = d.Day(c.At), c.At, c.By
	for i, at := range DrawWeighted(DrawKey(x.Seed, x.Head, x.On), x.Weights(), n) {
		x.Candidates[at].Place = i + 1
	}
	c.Branch = ""
	if err := note(tx, c, "", nounDraw, fmt.Sprint(x.Number), before.told(), x.told(), alone); err != nil {
		return x, err
	}
	if err := tx.PutDraw(x); err != nil {
		return x, err
	}
	return x, d.tellOfDraw(tx, c, x)
}

func (d Desk) canDraw(x Draw, ok bool, at time.Time) error {
	switch from := x.Committed.Add(DrawAfter); {
	case !ok:
		return Refuse(Missing, R30, "抽取之前要先公布承诺。请发：抽查 承诺，满1小时后再发：抽查 3")
	case at.Before(from):
		return Refuse(TooEarly, R30, "承诺公布满1小时才能抽取，%s起可发：抽查 3", d.WhenFrom(from, at))
	}
	return nil
}

// tellOfDraw tells the committee what was drawn, but for who drew and reads it anyhow.
func (d Desk) tellOfDraw(tx Tx, c Cause, x Draw) error {
	members, err := Committees(tx)
	for _, m := range members {
		if m.ID == c.By || err != nil {
			continue
		}
		err = d.tellPerson(tx, c, m.ID, Post{Key: fmt.Sprintf("%s/%d", InspectionDrawn, x.Number), Kind: InspectionDrawn, Arg: fmt.Sprint(x.Number)})
	}
	return err
}

// neverInspected is what a branch weighs of which neither an inspection nor an activity is known.
const neverInspected = 365

// candidates are all branches that are not closed, in the house's order, each weighing the days since its last inspection, or since its first activity where it
// was never inspected; at least 1.
func (d Desk) candidates(tx Tx, at time.Time) ([]Candidate, error) {
	branches, err := d.OpenBranches(tx, at)
	if err != nil {
		return nil, err
	}
	inspected, err := tx.Inspections("")
	if err != nil {
		return nil, err
	}
	today, last := d.Day(at), map[BranchID]Date{}
	for _, i := range inspected {
		if i.On.After(last[i.Branch]) && !i.On.After(today) {
			last[i.Branch] = i.On
		}
	}
	out := make([]Candidate, len(branches))
	for i, b := range branches {
		out[i] = Candidate{Branch: b.ID, Weight: neverInspected, Since: last[b.ID]}
		if out[i].Since == (Date{}) {
			if out[i].Since, err = d.firstActivity(tx, b.ID, at); err != nil {
				return nil, err
			}
		}
		if out[i].Since != (Date{}) {
			out[i].Weight = max(today.Sub(out[i].Since), 1)
		}
	}
	return out, nil
}

// firstActivity is the day of a branch's first activity up to an instant; zero without one.
func (d Desk) firstActivity(tx Tx, b BranchID, at time.Time) (Date, error) {
	all, err := tx.Activities(b, YearMonth{2000, time.January}, d.Day(at).MonthOf())
	for _, a := range all {
		if a.Dated() && !a.Starts.After(at) {
			return d.Day(a.Starts), err
		}
	}
	return Date{}, err
}

// DrawOf is the draw of a number.
func DrawOf(tx Tx, number int) (Draw, bool, error) {
	all, err := tx.Draws()
	if err != nil || number < 1 || number > len(all) {
		return Draw{}, false, err
	}
	return all[number-1], true, nil
}

// DrawnOn is the last draw, or the last one of a day.
func (d Desk) DrawnOn(tx Tx, day *Date) (Draw, error) {
	all, err := tx.Draws()
	if err != nil {
		return Draw{}, err
	}
	for i := len(all) - 1; i >= 0; i-- {
		if x := all[i]; !x.Drawn.IsZero() && (day == nil || x.On == *day) {
			return x, nil
		}
	}
	if day != nil {
		return Draw{}, Refuse(NotFound, R30, "%s没有抽取过。只发“抽查 验证”看最近一次", day)
	}
	return Draw{}, Refuse(NotFound, R30, "还没有抽取过。先发：抽查 承诺")
}

// CheckDraw recomputes a draw from its figures and names what does not agree; nothing means that all does.
func (d Desk) CheckDraw(tx Tx, x Draw) ([]string, error) {
	var wrong []string
	if SeedCommitment(x.Seed) != x.Commitment {
		wrong = append(wrong, "种子与事先公布的承诺不符")
	}
	had, err := ledgerHadHead(tx, x.Head, x.HeadSeq)
	if !had {
		wrong = append(wrong, fmt.Sprintf("台账第%d条与抽取时不符", x.HeadSeq))
	}
	names, err2 := NamesNow(tx)
	if err = cmp.Or(err, err2); err != nil {
		return nil, err
	}
	picked := x.Picked()
	for i, at := range DrawWeighted(DrawKey(x.Seed, x.Head, x.On), x.Weights(), len(picked)) {
		if x.Candidates[at].Branch != picked[i].Branch {
			wrong = append(wrong, fmt.Sprintf("第%d个应为%s，记的是%s", i+1, names(x.Candidates[at].Branch), names(picked[i].Branch)))
		}
	}
	return wrong, err
}

// Names are the branches that were drawn, for a sentence.
func (d Draw) Names() string {
	var out []string
	for _, c := range d.Picked() {
		out = append(out, string(c.Branch))
	}
	return strings.Join(out, "、")
}
