package templates

import "themeday"

// EvaluationRemarksView tells the secretary in private what was written on ballots (R25). Nothing but their number is noted anywhere.
type EvaluationRemarksView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Remarks  int                 `json:"remarks"`
	Own      []string            `json:"-"`
	Outside  []string            `json:"-"` // of invited outsiders (R26)
	From     int                 `json:"-"` // from how many ballots on they are told
}

// EvaluationRemarks tells the secretary what was written on ballots.
func (p *Posts) EvaluationRemarks(v EvaluationRemarksView) (string, error) {
	return p.set.Text("evaluation_remarks", v)
}
