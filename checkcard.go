package themeday

import (
	"fmt"
	"time"
)

// CheckCard is what somebody takes along who inspects a branch (检查卡, R30): what should be found there, and what is worth a question.
type CheckCard struct {
	Branch   Branch
	FixedDay string   // empty: none
	Activity Activity // of this month; without a date where none is planned
	Last     *Activity
	Tally    Tally    // of the last one
	Open     []string // steps of the last one, and of this month's, that are not done
	Findings []Found  // open ones
	Rectify  []Rectification
	Oddities []Oddity
}

// CheckCard fills a card for a branch as things stand at an instant.
func (d Desk) CheckCard(tx Tx, b BranchID, oddities []Oddity, at time.Time) (CheckCard, error) {
	card := CheckCard{Oddities: oddities}
	var err error
	if card.Branch, err = d.Branch(tx, b); err != nil {
		return card, err
	}
	if card.FixedDay, _, err = d.fixedDayOf(tx, b); err != nil {
		return card, err
	}
	if card.Activity, err = d.OfMonth(tx, b, d.Day(at).MonthOf()); err != nil {
		return card, err
	}
	if last, ok, err := d.Last(tx, b, at); err != nil {
		return card, err
	} else if ok {
		card.Last = &last
		if card.Tally, err = d.Tally(tx, last); err != nil {
			return card, err
		}
	}
	card.steps()
	if card.Findings, err = OpenFindings(tx, b); err != nil {
		return card, err
	}
	card.Rectify, err = d.OpenRectificationsOf(tx, b)
	return card, err
}

// steps notes the first step that is not done, of the last activity and of this month's.
func (c *CheckCard) steps() {
	if c.Last != nil {
		if s, open := NextStep(*c.Last); open {
			c.Open = append(c.Open, fmt.Sprintf("%s：%s没有完成", c.Last.Month.Chinese(), s))
		} else if c.Last.Filed.IsZero() {
			c.Open = append(c.Open, c.Last.Month.Chinese()+"：纪实表没有上报")
		}
	}
	if c.Last != nil && c.Last.ID == c.Activity.ID {
		return
	}
	if s, open := NextStep(c.Activity); open && c.Activity.Dated() {
		c.Open = append(c.Open, fmt.Sprintf("%s：下一步%s", c.Activity.Month.Chinese(), s))
	}
}

// OpenFindings are a branch's findings that are not closed; of all branches with an empty one.
func OpenFindings(tx Tx, b BranchID) ([]Found, error) {
	all, err := tx.Findings(b)
	var out []Found
	for _, f := range all {
		if f.Open() {
			out = append(out, f)
		}
	}
	return out, err
}
