package themeday

import (
	"encoding/json"
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
	for _, m := range minutes {
		line(string(m.Kind), w.instant(m.At), m.Text, w.names[m.By])
	}
	if summed := y.Steps[Summing-1]; y.Summary != "" {
		line("总结", w.instant(summed.At), y.Summary, w.names[summed.By])
	}
	if !y.Filed.IsZero() {
		line("上报", w.instant(y.Filed), "纪实表"+w.filedState(y)+"上报", w.names[y.FiledBy])
	}
	filed, err := w.tx.FiledForms(y.ID)
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
	case e.Raters < r.ResultBallots:
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

// corrections is part 14: what was taken back, what was entered after the activity, and what members objected to (R33).
func (w *yearWriter) corrections() error {
	entries, err := w.entries()
	if err != nil {
		return err
	}
	bySeq := map[int64]Entry{}
	for _, e := range entries {
		bySeq[e.Seq] = e
	}
	ends, err := w.ends()
	if err != nil {
		return err
	}
	for _, e := range entries {
		month := monthOf(e.Activity)
		switch {
		case e.Undoes != 0:
			of := bySeq[e.Undoes]
			w.row(partCorrections, "撤销", month, w.instant(e.Entered), w.instant(of.Entered), "撤销“"+of.Verb+"”", w.about(e), w.names[e.By], e.Why)
		case e.By != Bot && after(e, ends):
			w.row(partCorrections, "事后补录", month, w.instant(e.Entered), w.instant(e.Happened), e.Verb, w.about(e), w.names[e.By], e.Why)
		}
	}
	return w.objections()
}

// yearNouns are the facts of an activity whose entries may be corrections.
var yearNouns = []string{nounActivity, nounSignIn, nounLeave, nounMakeup, nounCheck, nounMinute, nounGuest}

// entries are those about the year's activities, in the order in which they were entered.
func (w *yearWriter) entries() ([]Entry, error) {
	var all []Entry
	for _, noun := range yearNouns {
		some, err := w.tx.EntriesAbout(noun, fmt.Sprintf("%s/%04d-", w.book.Branch.ID, w.book.Year))
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	slices.SortFunc(all, func(a, b Entry) int { return int(a.Seq - b.Seq) })
	return all, nil
}

// ends are the year's activities by their ids.
func (w *yearWriter) ends() (map[ActivityID]Activity, error) {
	all, err := w.tx.Activities(w.book.Branch.ID, YearMonth{w.book.Year, 1}, YearMonth{w.book.Year, 12})
	out := map[ActivityID]Activity{}
	for _, a := range all {
		out[a.ID] = a
	}
	return out, err
}

// after tells whether an entry writes down after the end what happened before it: a sign-in, or leave asked too late.
func after(e Entry, all map[ActivityID]Activity) bool {
	a, ok := all[e.Activity]
	if !ok || !a.Dated() || !e.Entered.After(a.EndAt()) {
		return false
	}
	switch e.Noun {
	case nounSignIn:
		return len(e.After) > 0 && !e.Happened.After(a.EndAt())
	case nounLeave:
		var before Leave
		return len(e.Before) == 0 || json.Unmarshal(e.Before, &before) == nil && before.State == LeaveCancelled
	}
	return false
}

// about is whom an entry concerns, when it is one person.
func (w *yearWriter) about(e Entry) any {
	var fact struct{ Person PersonID }
	for _, raw := range []json.RawMessage{e.After, e.Before} {
		if len(raw) > 0 && json.Unmarshal(raw, &fact) == nil && fact.Person != 0 {
			return w.names[fact.Person]
		}
	}
	return nil
}

func (w *yearWriter) objections() error {
	all, err := w.tx.Objections(w.book.Branch.ID)
	for _, o := range all {
		if o.Activity != "" && strings.HasPrefix(string(o.Activity), fmt.Sprintf("%s/%04d-", w.book.Branch.ID, w.book.Year)) ||
			o.Activity == "" && w.desk.Day(o.At).Year == w.book.Year {
			w.row(partCorrections, "异议", monthOf(o.Activity), w.instant(o.At), nil, yes(o.Late, "异议（超过24小时）", "异议"), w.names[o.Person], w.names[o.Person], w.secret(o.Text))
			if !o.Open() {
				w.row(partCorrections, "异议答复", monthOf(o.Activity), w.instant(o.Answered), w.instant(o.At), "异议"+o.State.Chinese(), w.names[o.Person], w.names[o.By], w.secret(o.Answer))
			}
		}
	}
	return err
}

// monthOf is the month of an activity's id, as people say it.
func monthOf(a ActivityID) string {
	_, month, ok := strings.Cut(string(a), "/")
	m, err := ParseYearMonth(month)
	if !ok || err != nil {
		return ""
	}
	return m.Chinese()
}
