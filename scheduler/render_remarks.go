package scheduler

import "themeday/templates"

// evaluationRemarks is what was written on ballots, for the secretary alone (R25).
func (j job) evaluationRemarks() (Rendered, error) {
	own, outside, err := j.Desk.Remarks(j.tx, j.a)
	if err != nil {
		return Rendered{}, err
	}
	if len(own)+len(outside) == 0 {
		return nothing("there are no remarks that may be read")
	}
	return say(j, j.Texts.EvaluationRemarks, templates.EvaluationRemarksView{
		Head: j.head, Activity: j.a.ID, Remarks: len(own) + len(outside), Own: own, Outside: outside, From: j.Desk.Rules.RemarksFrom(),
	})
}
