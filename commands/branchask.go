package commands

import (
	"strings"

	"themeday"
	"themeday/templates"
)

// cutConfirmed cuts the word 确认 off the end of a text.
func cutConfirmed(text string) (string, bool) {
	text = strings.TrimRight(text, " \n\t,，。.！!")
	for _, word := range []string{"确认", "確認"} {
		if rest, ok := strings.CutSuffix(text, word); ok {
			return strings.TrimRight(rest, " \n\t,，。"), true
		}
	}
	return text, false
}

// oneLine is a text as it can be typed again.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// askOfBranch shows what becomes of a branch before it is changed: its people, and what is open in it.
func (c *Call) askOfBranch(b themeday.Branch, v templates.BranchAskView, moved themeday.BranchRoster) (themeday.Reply, error) {
	today := c.Day(c.Message.At)
	v.Branch = b.Name
	roster, err := c.Tx.Roster(b.ID, today)
	if err != nil {
		return themeday.Reply{}, err
	}
	v.Members = withOffices(roster)
	if v.What == "merge" {
		v.Staying = len(roster) - len(moved)
	}
	if v.What != "rename" {
		all, err := c.Tx.Activities(b.ID, today.MonthOf(), themeday.YearMonth{Year: today.Year + 1, Month: 12})
		if err != nil {
			return themeday.Reply{}, err
		}
		for _, a := range all {
			if a.Dated() && c.Message.At.Before(a.Starts) {
				v.Lapsing++
			}
		}
		open, err := c.Duties(c.Tx, b, c.Message.At)
		if err != nil {
			return themeday.Reply{}, err
		}
		v.Duties = templates.DutyLines(open, false)
	}
	text, err := c.Texts.BranchAsk(v)
	return private1(text), err
}
