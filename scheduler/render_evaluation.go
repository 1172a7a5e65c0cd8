package scheduler

import (
	"fmt"

	"themeday"
	"themeday/templates"
)

func (j job) evaluationOpen() (Rendered, error) {
	a := j.a
	switch {
	case !a.Approved():
		return nothing(noLongerWanted)
	case !a.Evaluated.IsZero() && !j.again():
		return nothing("opened already")
	case !a.Over(j.at):
		return wait(a.EndAt())
	}
	return say(j, j.Texts.EvaluationOpen, templates.EvaluationOpenView{Head: j.head, Activity: a.ID, Closes: j.local(j.at.Add(j.Desk.Rules.EvaluationOpen))})
}

func (j job) evaluationProgress() (Rendered, error) {
	n, err := j.tx.Voters(j.a.ID)
	switch {
	case err != nil:
		return Rendered{}, err
	case !j.a.Result.IsZero():
		return nothing("the result is out")
	case n == 0:
		return nothing("no ballots")
	}
	return say(j, j.Texts.EvaluationProgress, templates.EvaluationProgressView{Head: j.head, Activity: j.a.ID, Raters: n})
}

func (j job) evaluationWithdrawn() (Rendered, error) {
	if j.a.Over(j.at) {
		return nothing("it has ended by now")
	}
	return say(j, j.Texts.EvaluationWithdrawn, templates.EvaluationWithdrawnView{Head: j.head, Activity: j.a.ID})
}

func (j job) evaluationResult() (Rendered, error) {
	a := j.a
	e, _, err := j.Desk.Evaluate(j.tx, a.ID)
	switch {
	case err != nil:
		return Rendered{}, err
	case !a.Result.IsZero():
		return nothing("the result is out")
	case a.ClosesAt(j.Desk.Rules).After(j.at):
		return wait(a.ClosesAt(j.Desk.Rules))
	}
	t, err := j.Desk.Tally(j.tx, a)
	if err != nil {
		return Rendered{}, err
	}
	outside, err := j.Desk.Outside(j.tx, a.ID)
	if err != nil {
		return Rendered{}, err
	}
	j.planned = later(j.planned, a.ClosesAt(j.Desk.Rules))
	v := templates.EvaluationResultView{
		Head: j.head, Activity: a.ID, Raters: e.Raters, Satisfied: e.Satisfied, RatePercent: e.RatePercent(),
		Participants: t.Present + t.Remote + t.Guests, SatisfiedFrom: j.Desk.Rules.SatisfiedFrom, Few: j.Desk.Rules.DimensionBallots, Least: j.Desk.Rules.ResultBallots,
	}
	v.Outside, v.Together = themeday.OutsideShown(e, outside, j.Desk.Rules)
	for i, mean := range e.Means() {
		if v.Dimensions = append(v.Dimensions, mean); e.Raters >= max(j.Desk.Rules.DimensionBallots, j.Desk.Rules.ResultBallots) { // fewer could be told apart by the group
			v.Means = append(v.Means, templates.Mean{Name: themeday.Dimensions[i], Mean: fmt.Sprintf("%.1f", mean)})
		}
	}
	return say(j, j.Texts.EvaluationResult, v)
}
