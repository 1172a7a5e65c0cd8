package themeday

// RateFigures are the figures of an evaluation that may be told.
type RateFigures struct {
	Raters      int `json:"raters"`
	Satisfied   int `json:"satisfied"`
	RatePercent int `json:"rate_percent"` // rounded down
}

// Figures are what of a tally is told.
func (t EvaluationTally) Figures() *RateFigures {
	return &RateFigures{Raters: t.Raters, Satisfied: t.Satisfied, RatePercent: t.RatePercent()}
}

// Plus are two tallies together.
func (t EvaluationTally) Plus(o EvaluationTally) EvaluationTally {
	t.Raters += o.Raters
	t.Satisfied += o.Satisfied
	for i := range t.Sums {
		t.Sums[i] += o.Sums[i]
	}
	return t
}

// OutsideShown are the outsiders' figures apart and together with the branch's own (R26), as far as they may be told. Of fewer outsiders than
// Rules.ResultBallots neither, for the difference of together and own would tell how single ones voted; nor together when of so few the
// branch's own figures are kept back.
func OutsideShown(own, outside EvaluationTally, r Rules) (apart, together *RateFigures) {
	if !outside.Told(r) {
		return nil, nil
	}
	if own.Told(r) {
		together = own.Plus(outside).Figures()
	}
	return outside.Figures(), together
}
