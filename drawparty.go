package themeday

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Nobody draws, or hears beforehand of a draw of, a branch that he leads himself (R30). As long as one of the committee leads no branch, what was
// drawn is his and his like's to know; where everybody leads one, each knows of those that he does not lead. Where the committee is a single
// person, he does it all, and the ledger says so.

// drawParties are the committee of a moment: the branches that each of them leads.
type drawParties struct {
	members []Person
	leads   map[PersonID][]Branch
}

func (d Desk) drawParties(tx Tx, at time.Time) (drawParties, error) {
	p := drawParties{leads: map[PersonID][]Branch{}}
	var err error
	if p.members, err = Committees(tx); err != nil {
		return p, err
	}
	branches, err := d.OpenBranches(tx, at)
	if err != nil {
		return p, err
	}
	for _, b := range branches {
		roster, err := tx.Roster(b.ID, d.Day(at))
		if err != nil {
			return p, err
		}
		for _, m := range p.members {
			if who, here := roster.Find(m.ID); here && leading(who.Offices) {
				p.leads[m.ID] = append(p.leads[m.ID], b)
			}
		}
	}
	return p, nil
}

func leading(o Offices) bool { return o.Has(Secretary) || o.Has(Deputy) || o.Has(CommitteeMember) }

// free are those of the committee who lead no branch.
func (p drawParties) free() []Person {
	return slices.DeleteFunc(slices.Clone(p.members), func(m Person) bool { return len(p.leads[m.ID]) > 0 })
}

// others are those of the committee but one.
func (p drawParties) others(who PersonID) []Person {
	return slices.DeleteFunc(slices.Clone(p.members), func(m Person) bool { return m.ID == who })
}

// sees are the branches of a draw that somebody may know of before they are inspected.
func (p drawParties) sees(x Draw, who PersonID) []Candidate {
	of := slices.ContainsFunc(p.members, func(m Person) bool { return m.ID == who })
	free := len(p.free()) > 0
	switch {
	case !of, free && len(p.leads[who]) > 0:
		return nil
	case free || len(p.members) == 1:
		return x.Picked()
	}
	var out []Candidate
	for _, one := range x.Picked() {
		eyes := slices.DeleteFunc(p.others(x.By), func(m Person) bool { return p.leadsBranch(m.ID, one.Branch) })
		switch { // who drew knows how many: he hears of none that another one knows of
		case who == x.By && len(eyes) == 0, who != x.By && !p.leadsBranch(who, one.Branch):
			out = append(out, one)
		}
	}
	return out
}

func (p drawParties) leadsBranch(who PersonID, b BranchID) bool {
	return slices.ContainsFunc(p.leads[who], func(o Branch) bool { return o.ID == b })
}

// mayDraw refuses somebody who leads a branch while another one of the committee leads none; why is what the ledger says where nobody else is
// there to do it.
func (p drawParties) mayDraw(who PersonID) (why string, err error) {
	own := p.leads[who]
	if len(own) == 0 {
		return "", nil
	}
	if free := p.free(); len(free) > 0 {
		return "", Refuse(Forbidden, R30, "您任职的%s也在抽取之列，不能自己抽，请机关党委%s来抽", branchNames(own), personNames(free))
	}
	if len(p.members) == 1 {
		return fmt.Sprintf("抽取人在%s任职，机关党委只有他一人", branchNames(own)), nil
	}
	return fmt.Sprintf("抽取人在%s任职，机关党委同志都在支部任职", branchNames(own)), nil
}

func branchNames(all []Branch) string {
	var out []string
	for _, b := range all {
		out = append(out, b.Name)
	}
	return strings.Join(out, "、")
}

func personNames(all []Person) string {
	var out []string
	for _, p := range all {
		out = append(out, p.Name)
	}
	return strings.Join(out, "、")
}

// DrawShown is what somebody may know of a draw.
type DrawShown struct {
	All    bool        // every figure
	Picked []Candidate // else these of the branches that were drawn
	With   []Person    // who knows all, where he does not
	Alone  string      // why who drew did it for his own branch too; empty otherwise
}

// ShowsDraw tells what somebody may know of a draw at an instant. Everybody may know all of it once every branch that was drawn has been
// inspected; until then seed and weights stay with those whom the draw does not concern: whoever has them can work out the rest.
func (d Desk) ShowsDraw(tx Tx, x Draw, who PersonID, at time.Time) (DrawShown, error) {
	p, err := d.drawParties(tx, at)
	if err != nil {
		return DrawShown{}, err
	}
	s := DrawShown{Picked: p.sees(x, who), With: p.free()}
	if who == x.By && len(p.free()) == 0 {
		s.Alone, _ = p.mayDraw(who)
	}
	open, err := d.unseen(tx, x)
	s.All = !open || len(s.Picked) > 0 && (len(p.leads[who]) == 0 || len(p.members) == 1)
	if len(s.With) == 0 {
		s.With = p.others(who)
	}
	return s, err
}

// unseen tells whether a branch of a draw has not been inspected for it.
func (d Desk) unseen(tx Tx, x Draw) (bool, error) {
	draws, err := tx.Draws()
	if err != nil {
		return false, err
	}
	inspected, err := tx.Inspections("")
	if err != nil {
		return false, err
	}
	branches, err := tx.Branches()
	gone := map[BranchID]bool{}
	for _, b := range branches {
		gone[b.ID] = b.Closed != Date{}
	}
	return slices.ContainsFunc(x.Picked(), func(c Candidate) bool { return !gone[c.Branch] && openAmong(draws, c.Branch, inspected) > 0 }), err
}

// HeldFrom are those of the committee who hear nothing of a branch that was drawn until it is inspected.
func (d Desk) HeldFrom(tx Tx, b BranchID, at time.Time) ([]PersonID, error) {
	p, err := d.drawParties(tx, at)
	var out []PersonID
	for _, m := range p.members {
		if len(p.members) > 1 && (p.leadsBranch(m.ID, b) || len(p.free()) > 0 && len(p.leads[m.ID]) > 0) {
			out = append(out, m.ID)
		}
	}
	return out, err
}

// Seal is a text of 64 hex digits that only whoever knows the draw can make: noted beforehand, it shows afterwards that nothing was exchanged.
func (d Draw) Seal() string {
	words := []string{d.Seed, d.Head, d.On.String()}
	for _, c := range d.Candidates {
		words = append(words, fmt.Sprintf("%s %d %d", c.Branch, c.Weight, c.Place))
	}
	return sha256Hex(strings.Join(words, "\n"))
}
