package themeday

import (
	"fmt"
	"time"
)

// Bar remembers that a branch was told to be barred from a year's awards (R28). Whether it is barred is reckoned from the evaluations; the
// bar only says what was told, so that it is told once, and once that it fell away.
type Bar struct {
	Branch  BranchID
	Year    int
	Version int // 1 for the year's first
	Strikes int // how many were under the floor when it was last told
	Told    time.Time
	Lifted  time.Time // when it fell away because the figures were corrected
}

// evaluationClosed closes an evaluation and draws what follows from its result.
func (d Desk) evaluationClosed(tx Tx, a Activity, at time.Time) error {
	if err := d.closeEvaluation(tx, a, at); err != nil {
		return err
	}
	a, _, err := tx.Activity(a.ID)
	if err != nil {
		return err
	}
	if err := d.tellRemarks(tx, Cause{By: Bot, At: at, Branch: a.Branch}, a); err != nil {
		return err
	}
	return d.drawConsequences(tx, a, at)
}

// drawConsequences follows from an evaluation whose result was told just now (R28): a word to the secretary of a low one, a bar from the third.
func (d Desk) drawConsequences(tx Tx, a Activity, at time.Time) error {
	r, out, err := d.rated(tx, a)
	if err != nil || !out {
		return err
	}
	if r.Under && d.told(r) {
		c := Cause{By: Bot, At: at, Verb: string(EvaluationLow), Branch: a.Branch}
		key := fmt.Sprintf("%s/%s", EvaluationLow, a.ID)
		if a.Undone > 0 {
			key = fmt.Sprintf("%s/u%d", key, a.Undone)
		}
		if err := d.tellSecretary(tx, c, Post{Key: key, Kind: EvaluationLow, Branch: a.Branch, Activity: a.ID}); err != nil {
			return err
		}
	}
	return d.reckonBar(tx, a.Branch, a.Month.Year, at)
}

// ReckonBars looks whether the bars of a branch that were told still stand, for figures may have been corrected since.
func (d Desk) ReckonBars(tx Tx, b BranchID, at time.Time) error {
	bars, err := tx.Bars(b)
	if err != nil {
		return err
	}
	for _, bar := range bars {
		if bar.Lifted.IsZero() && bar.Year >= d.Day(at).Year-1 {
			if err := d.reckonBar(tx, b, bar.Year, at); err != nil {
				return err
			}
		}
	}
	return nil
}

// reckonBar brings what was told in step with the evaluations of a year. A second time changes nothing.
func (d Desk) reckonBar(tx Tx, b BranchID, year int, at time.Time) error {
	low, err := d.low(tx, b, year)
	if err != nil {
		return err
	}
	bar, err := d.lastBar(tx, b, year)
	if err != nil {
		return err
	}
	stands, n := bar.Version > 0 && bar.Lifted.IsZero(), len(low)
	switch {
	case n < d.Rules.Strikes && stands:
		return d.liftBar(tx, bar, at)
	case n < d.Rules.Strikes || stands && n <= bar.Strikes:
		return nil
	}
	before := bar
	if !stands {
		bar = Bar{Branch: b, Year: year, Version: bar.Version + 1}
	}
	bar.Strikes, bar.Told = n, at
	return d.bar(tx, before, bar, low)
}

func (d Desk) lastBar(tx Tx, b BranchID, year int) (Bar, error) {
	all, err := tx.Bars(b)
	last := Bar{Branch: b, Year: year}
	for _, bar := range all {
		if bar.Year == year {
			last = bar
		}
	}
	return last, err
}

// bar tells secretary and committee that the branch is barred, and opens a rectification unless one of the kind is open.
func (d Desk) bar(tx Tx, before, bar Bar, low []RatedActivity) error {
	c := Cause{By: Bot, At: bar.Told, Verb: string(AwardBarred), Branch: bar.Branch}
	if err := putBar(tx, c, before, bar); err != nil {
		return err
	}
	open, err := d.OpenRectificationsOf(tx, bar.Branch)
	if err != nil {
		return err
	}
	mended := false
	for _, r := range open {
		mended = mended || r.Source == ByEvaluation
	}
	if !mended {
		due := RecordDue(bar.Told, d.Rules.RectifyDays, d.Zone)
		text := fmt.Sprintf("%d年%d次主题党日满意率低于%d%%：%s", bar.Year, len(low), d.Rules.SatisfactionFloor, Monthly(low))
		if _, err := d.openRectification(tx, c, Rectification{Branch: bar.Branch, Year: bar.Year, Source: ByEvaluation, Text: text, Due: due}); err != nil {
			return err
		}
	}
	return d.tellBoth(tx, c, Post{
		Key: fmt.Sprintf("%s/%s/%d/%d.%d", AwardBarred, bar.Branch, bar.Year, bar.Version, bar.Strikes), Kind: AwardBarred, Branch: bar.Branch, Arg: fmt.Sprint(bar.Year),
	})
}

// liftBar tells once that a bar fell away; the rectification that came with it falls away too.
func (d Desk) liftBar(tx Tx, bar Bar, at time.Time) error {
	c := Cause{By: Bot, At: at, Verb: string(AwardRestored), Branch: bar.Branch}
	before := bar
	bar.Lifted = at
	if err := putBar(tx, c, before, bar); err != nil {
		return err
	}
	open, err := d.OpenRectificationsOf(tx, bar.Branch)
	if err != nil {
		return err
	}
	for _, r := range open {
		if r.Source == ByEvaluation && r.Year == bar.Year {
			if _, err := d.stepRectification(tx, c, r, RectifyLapsed, "低满意率的记录已更正，不再达到次数"); err != nil {
				return err
			}
		}
	}
	return d.tellBoth(tx, c, Post{
		Key: fmt.Sprintf("%s/%s/%d/%d", AwardRestored, bar.Branch, bar.Year, bar.Version), Kind: AwardRestored, Branch: bar.Branch, Arg: fmt.Sprint(bar.Year),
	})
}

func putBar(tx Tx, c Cause, before, after Bar) error {
	var was any
	if before.Version == after.Version {
		was = before
	}
	if err := note(tx, c, "", nounBar, fmt.Sprintf("%s/%d", after.Branch, after.Year), was, after, ""); err != nil {
		return err
	}
	return tx.PutBar(after)
}

// tellBoth plans a post for the secretary and one for everybody of the committee, each in private.
func (d Desk) tellBoth(tx Tx, c Cause, p Post) error {
	if err := d.tellSecretary(tx, c, p); err != nil {
		return err
	}
	return d.tellCommittee(tx, c, p)
}
