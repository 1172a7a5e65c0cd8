package themeday

import "fmt"

// evaluated is the evaluation as far as it may be told (R25, R28).
func (g *evidenceGatherer) evaluated(y *yearMonth) error {
	r, e, m := g.desk.Rules, y.ballots, y.Month
	there := y.tally.Present + y.tally.Remote + y.tally.Guests
	figure := fmt.Sprintf("参会%d人，参测%d人", there, y.voters)
	told := !y.Result.IsZero() && e.Told(r)
	switch {
	case told:
		figure += fmt.Sprintf("，满意率%d%%", e.RatePercent())
	case y.Result.IsZero() && g.at.Before(y.ClosesAt(r)):
		figure += "，尚未结束"
	case y.voters == 0:
		g.gap(R25, m, "过期不能补测；写明原因", "%s没有人测评", y.label)
	case y.Result.IsZero():
		figure += "，结果尚未公布"
	default:
		g.gap(R25, m, "过期不能补测；写明原因", "%s参测不足%d人，没有满意率", y.label, r.ResultBallots)
	}
	if y.voters > 0 || !y.Evaluated.IsZero() {
		g.item(R25, m, "会后测评", y.Evaluated, figure, formOf(m), inLedger(partEvaluations))
	}
	if !told {
		return nil
	}
	g.item(R28, m, "满意率", y.Result, fmt.Sprintf("%d%%（%d/%d）", e.RatePercent(), e.Satisfied, e.Raters), inLedger(partEvaluations))
	g.short(R28, e.Under(r.SatisfactionFloor))
	if e.Under(r.SatisfactionFloor) {
		g.under = append(g.under, y.label)
		g.gap(R28, m, "写出原因和改进办法，附整改材料", "%s满意率%d%%，低于%d%%", y.label, e.RatePercent(), r.SatisfactionFloor)
	}
	return nil
}
