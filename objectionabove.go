package themeday

import "fmt"

// ObjectAbove takes somebody's objection, which his branch has answered with 不成立, up to the committee (异议 上级, R33): of the named month, else
// of the only one. Somebody else of it than who answered hears of it and answers; that answer is the last one.
func (d Desk) ObjectAbove(tx Tx, c Cause, b BranchID, m *YearMonth, who Comrade, text string) (Activity, error) {
	last, err := d.rejectedLast(tx, b, m, who.ID)
	if err != nil {
		return Activity{}, err
	}
	if text == "" {
		return Activity{}, Refuse(Invalid, R33, "要写理由，机关党委会看到，例如：异议 上级 %s 当天有照片为证", last.month())
	}
	if err := tooLong(R33, "理由", text, reasonMost); err != nil {
		return Activity{}, err
	}
	a, _, err := tx.Activity(last.Activity)
	if err != nil {
		return a, err
	}
	to, err := d.othersToJudge(tx, last.By, who.ID)
	if err == nil && len(to) == 0 { // who answered is all the committee there is
		to, err = d.othersToJudge(tx, who.ID)
	}
	switch {
	case err != nil:
		return a, err
	case len(to) == 0:
		return a, Refuse(Forbidden, R33, "机关党委没有别的同志可以复核，请向上级党组织反映")
	}
	o := Objection{Branch: b, Activity: a.ID, Person: who.ID, Text: text, At: c.At, Against: last.By, State: ObjectionAbove}
	if err := note(tx, c, a.ID, nounObjection, key(a.ID, who.ID), nil, o, ""); err != nil {
		return a, err
	}
	if err := tx.AddObjection(o); err != nil {
		return a, err
	}
	for _, p := range to {
		post := Post{
			Key: fmt.Sprintf("%s/%s/%d/%d", ObjectionRaised, a.ID, who.ID, c.At.Unix()), Kind: ObjectionRaised, Branch: b, Activity: a.ID, Person: who.ID, Arg: fmt.Sprint(who.ID),
		}
		if err := d.tellPerson(tx, c, p.ID, post); err != nil {
			return a, err
		}
	}
	return a, nil
}

// rejectedLast is the last answer 不成立 that may go up to the committee.
func (d Desk) rejectedLast(tx Tx, b BranchID, m *YearMonth, p PersonID) (Objection, error) {
	all, err := tx.Objections(b)
	if err != nil {
		return Objection{}, err
	}
	last := map[ActivityID]Objection{}
	var order []ActivityID
	for _, o := range all {
		if o.Person != p || o.Activity == "" || m != nil && o.Activity != ActivityOf(b, *m) {
			continue
		}
		if _, there := last[o.Activity]; !there {
			order = append(order, o.Activity)
		}
		last[o.Activity] = o
	}
	var found []Objection
	for _, id := range order {
		if last[id].State == ObjectionRejected {
			found = append(found, last[id])
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return Objection{}, Refuse(Invalid, R33, "%s、%s的异议都答复了不成立，请写明月份，例如：异议 上级 %s 理由", found[0].month(), found[1].month(), found[0].month())
	case len(order) == 0:
		return Objection{}, Refuse(NotFound, R33, "请先向支部提异议，例如：异议 3月 我到会了；答复不成立的，再发：异议 上级 3月 理由")
	}
	switch o := last[order[len(order)-1]]; {
	case o.State == ObjectionAbove:
		return o, Refuse(Conflict, R33, "%s的异议已在机关党委，正等复核", o.month())
	case o.Open():
		return o, Refuse(TooEarly, R33, "%s的异议还在等答复，满%d天没有答复会告诉机关党委", o.month(), d.Rules.ObjectionCommittee)
	case o.State == ObjectionAboveRejected:
		return o, Refuse(Conflict, R33, "%s的异议机关党委已经复核，这是最后的答复。有新的情况可以另提：异议 %s 新情况", o.month(), o.month())
	default:
		return o, Refuse(Conflict, R33, "%s的异议已经成立，不用再报上级", o.month())
	}
}
