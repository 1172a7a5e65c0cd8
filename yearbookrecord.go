package themeday

import (
	"fmt"
	"slices"
	"strings"
)

// records is part 7: the checklist, the minutes in their order, the summary, and when the form was filed (R11, R22, R23).
func (w *yearWriter) records(y *yearMonth) error {
	checks, err := w.tx.Checks(y.ID)
	if err != nil {
		return err
	}
	minutes, err := w.tx.Minutes(y.ID)
	if err != nil {
		return err
	}
	n := 0
	line := func(kind string, cells ...any) {
		n++
		w.row(partRecords, append([]any{y.label, n, kind}, cells...)...)
	}
	for _, k := range checks {
		line("现场检查", w.instant(k.At), k.Item, w.names[k.By])
	}
	if len(y.Meetings) > 0 {
		line("同时计入", nil, alsoCounts(y.Activity), nil)
	}
	for _, m := range minutes {
		line(string(m.Kind), w.instant(m.At), m.Text, w.names[m.By])
	}
	entries, err := w.entriesOf(y)
	if err != nil {
		return err
	}
	if summed := summedLast(y.Activity, entries); y.Summary != "" {
		line("总结", w.instant(summed.At), y.Summary, w.names[summed.By])
	}
	if !y.Filed.IsZero() {
		line("上报", w.instant(y.Filed), "纪实表"+w.filedState(y)+"上报", w.names[y.FiledBy])
	}
	filed, err := w.desk.filings(w.tx, y.Activity)
	for _, f := range filed {
		if f.Version > 1 {
			line("更正", w.instant(f.At), fmt.Sprintf("纪实表更正稿（第%d版）上报", f.Version), w.names[f.By])
		}
	}
	return err
}

// evaluations is part 8: figures alone, none before the result is out and none of so few ballots that they would tell a single one (R25, R28).
func (w *yearWriter) evaluations(y *yearMonth) error {
	if y.Evaluated.IsZero() && y.voters == 0 {
		return nil
	}
	r, e := w.desk.Rules, y.ballots
	there := y.tally.Present + y.tally.Remote + y.tally.Guests
	outside, err := w.outsiders(y)
	if err != nil {
		return err
	}
	row := []any{y.label, topics(y), there, y.voters, nil, nil, nil, nil, nil, nil, nil, nil, ""}
	switch {
	case y.Result.IsZero():
		row[12] = "测评尚未公布"
	case e.Raters < r.ResultBallots || e.Blank():
		row[12] = fmt.Sprintf("不足%d票，只记票数", r.ResultBallots)
	default:
		row[4], row[5] = e.Satisfied, e.RatePercent()
		if e.Under(r.SatisfactionFloor) {
			w.strikes++
		}
		row[10], row[11] = yes(e.Under(r.SatisfactionFloor), "是", "否"), w.strikes
		row[12] = w.means(row, e)
	}
	row[12] = joinedBy("；", row[12].(string), outside)
	w.row(partEvaluations, row...)
	return nil
}

// outsiders says beside the branch's own figures what invited outsiders said, apart and together (R26); the floor of R28 goes by the branch's own.
func (w *yearWriter) outsiders(y *yearMonth) (string, error) {
	if y.Result.IsZero() {
		return "", nil
	}
	t, err := w.desk.Outside(w.tx, y.ID)
	apart, together := OutsideShown(y.ballots, t, w.desk.Rules)
	if err != nil || apart == nil {
		return "", err
	}
	out := fmt.Sprintf("扩大参评另列：%d票，满意%d，满意率%d%%", apart.Raters, apart.Satisfied, apart.RatePercent)
	if together != nil {
		out += fmt.Sprintf("；合计%d票，满意%d，满意率%d%%", together.Raters, together.Satisfied, together.RatePercent)
	}
	return out, nil
}

// joinedBy joins texts that are not empty.
func joinedBy(between string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), between)
}

func (w *yearWriter) means(row []any, e EvaluationTally) string {
	if e.Raters < w.desk.Rules.DimensionBallots {
		return fmt.Sprintf("不足%d票，不分项", w.desk.Rules.DimensionBallots)
	}
	for i, m := range e.Means() {
		row[6+i] = m
	}
	return ""
}

// pictures is part 10: photos of the activity; notes of leaves and make-up studies are no part of it (R21).
func (w *yearWriter) pictures(y *yearMonth) error {
	all, err := w.tx.Pictures(y.ID)
	n := 0
	for _, p := range all {
		if p.Use == forActivity {
			n++
			w.row(partPictures, y.label, n, p.ID, p.Caption, w.names[p.Person], w.instant(p.At), p.likeness(), p.ID)
		}
	}
	return err
}
