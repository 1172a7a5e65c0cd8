package themeday

import (
	"fmt"
	"slices"
	"strings"
)

// Reopening is a branch that is one again (恢复), who comes back to it with his office, and who does not and why.
type Reopening struct {
	Branch Branch
	Back   BranchRoster // each in the place that he had
	Stay   []Elsewhere
}

// Elsewhere is somebody who has his place in another branch since the closing.
type Elsewhere struct {
	Person Person
	Branch Branch
}

// ReopenBranch takes a closing back (恢复). Who left by it, or stood on the list when it was closed, comes back with his office, but for those
// who were enrolled in another branch since.
func (d Desk) ReopenBranch(tx Tx, c Cause, b Branch) (Reopening, error) {
	r, err := d.CanReopen(tx, c, b)
	if err != nil {
		return r, err
	}
	if err := d.comeBack(tx, c, b, r); err != nil {
		return r, err
	}
	if err := d.putBranch(tx, c, b, r.Branch, r.words()); err != nil {
		return r, err
	}
	if _, err := d.DateMonths(tx, c, b.ID, false); err != nil {
		return r, err
	}
	told := r.Branch
	told.Into = b.Into // whose secretary it concerns
	return r, d.tellOfBranch(tx, c, told, "reopen")
}

// words are what the ledger says of the people.
func (r Reopening) words() string {
	var stay []string
	for _, e := range r.Stay {
		stay = append(stay, e.Person.Name+"（在"+e.Branch.Name+"）")
	}
	return fmt.Sprintf("恢复：%d人回到名单%s", len(r.Back), yes(len(stay) > 0, "，没有回的："+strings.Join(stay, "、"), ""))
}

// CanReopen is the branch and its people as they would be after ReopenBranch, or why it may not.
func (d Desk) CanReopen(tx Tx, c Cause, b Branch) (Reopening, error) {
	today := d.Day(c.At)
	if !b.Gone(today) {
		return Reopening{}, Refuse(Conflict, R08, "%s没有撤销，不用恢复", b.Name)
	}
	r := Reopening{Branch: b}
	r.Branch.Closed, r.Branch.ClosedWhy, r.Branch.Into = Date{}, "", ""
	branches, err := tx.Branches()
	if err != nil {
		return r, err
	}
	if into := slices.IndexFunc(branches, func(o Branch) bool { return o.ID == b.Into }); into >= 0 {
		if err := d.canMoveToday(tx, c, branches[into], "恢复"); err != nil {
			return r, err
		}
	}
	left, all, err := d.leftBy(tx, b)
	if err != nil {
		return r, err
	}
	others, err := othersOfCommittee(tx, c.By)
	if err != nil {
		return r, err
	}
	for _, m := range left {
		if m.Person == c.By && others && leading(m.Offices) {
			return r, Refuse(Forbidden, R08, "您是%s的%s，自己支部的变动请机关党委其他同志来办", b.Name, m.Offices)
		}
	}
	people, err := tx.People()
	if err != nil {
		return r, err
	}
	for _, m := range left {
		who := people[slices.IndexFunc(people, func(p Person) bool { return p.ID == m.Person })]
		now, elsewhere := enrolledSince(all, b, m, today)
		if !elsewhere {
			r.Back = append(r.Back, Comrade{Person: who, Membership: m})
			continue
		}
		r.Stay = append(r.Stay, Elsewhere{who, branches[slices.IndexFunc(branches, func(o Branch) bool { return o.ID == now.Branch })]})
	}
	return r, nil
}

// leftBy are the last places on a branch's list of those who stood there until it was closed, and all places of everybody.
func (d Desk) leftBy(tx Tx, b Branch) (left, all []Membership, err error) {
	all, err = tx.Memberships()
	for _, m := range all {
		if m.Branch == b.ID && (m.Until == Date{} || m.Until == b.Closed) && (m.Since == Date{} || !m.Since.After(b.Closed)) {
			left = append(left, m)
		}
	}
	return left, all, err
}

// enrolledSince is a place that somebody got in another branch since his own was closed and that the merging did not give him, or that was changed
// since.
func enrolledSince(all []Membership, b Branch, left Membership, today Date) (Membership, bool) {
	for _, m := range all {
		if m.Person != left.Person || m.Branch == b.ID || !m.On(today) || m.Since.Before(b.Closed) {
			continue
		}
		if !movedBy(b, left, m) {
			return m, true
		}
	}
	return Membership{}, false
}

// movedBy tells whether a place is the one that the merging gave, as it gave it.
func movedBy(b Branch, left, m Membership) bool {
	return b.Into != "" && m.Branch == b.Into && m.Since == b.Closed && m.Until == Date{} && slices.Equal(m.Offices, Offices{Member}) && m.PartyGroup == left.PartyGroup
}

// comeBack puts those who come back on the list from today on, and takes them off the list to which the merging had moved them. Who has his place
// elsewhere leaves the list of the branch with its closing.
func (d Desk) comeBack(tx Tx, c Cause, b Branch, r Reopening) error {
	today := d.Day(c.At)
	all, err := tx.Memberships()
	if err != nil {
		return err
	}
	for _, m := range all {
		_, back := r.Back.Find(m.Person)
		if !back || !movedBy(b, r.placeOf(m.Person), m) {
			continue
		}
		m.Until = today
		if err := tx.PutMembership(m); err != nil {
			return err
		}
	}
	for _, who := range r.Back {
		m := who.Membership
		switch {
		case m.Until == Date{}: // he never left the list
			continue
		case m.Until == today:
			m.Until = Date{}
		default:
			m.Since, m.Until = today, Date{}
		}
		if err := tx.PutMembership(m); err != nil {
			return err
		}
	}
	for _, m := range all {
		away := slices.ContainsFunc(r.Stay, func(e Elsewhere) bool { return e.Person.ID == m.Person })
		if m.Branch != b.ID || !away || m.Until != (Date{}) {
			continue
		}
		m.Until = b.Closed
		if err := tx.PutMembership(m); err != nil {
			return err
		}
	}
	return nil
}

func (r Reopening) placeOf(p PersonID) Membership {
	who, _ := r.Back.Find(p)
	return who.Membership
}
