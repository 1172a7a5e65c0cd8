package scheduler

import (
	"themeday"
	"themeday/templates"
)

// absence lists who was absent without leave from this activity and has been so too often: in a row, or in the year (R32).
func (j job) absence() (Rendered, error) {
	if !j.a.Done(themeday.SigningIn) {
		return nothing("the activity was not held")
	}
	held, err := j.heldBefore()
	if err != nil {
		return Rendered{}, err
	}
	v := templates.AbsenceView{Head: j.head, Activity: j.a.ID}
	for _, p := range held[0].Absentees {
		a := themeday.CountAbsences(held, p)
		if !a.TooOften(j.Desk.Rules) {
			continue
		}
		name, err := j.name(p)
		if err != nil {
			return Rendered{}, err
		}
		v.Members = append(v.Members, templates.AbsenceLine{Name: name, InRow: a.InRow, InYear: a.InYear})
	}
	if len(v.Members) == 0 {
		return nothing("nobody was absent too often")
	}
	return say(j, j.Texts.Absence, v)
}

// heldBefore are the activities that were held in the twelve months up to this one, the latest first.
func (j job) heldBefore() ([]themeday.Held, error) {
	all, err := j.tx.Activities(j.a.Branch, j.a.Month.Add(-12), j.a.Month)
	if err != nil {
		return nil, err
	}
	var out []themeday.Held
	for i := len(all) - 1; i >= 0; i-- {
		if !all[i].Dated() || !all[i].Done(themeday.SigningIn) {
			continue
		}
		t, err := j.Desk.Tally(j.tx, all[i])
		if err != nil {
			return nil, err
		}
		h := themeday.Held{Month: all[i].Month}
		for _, c := range t.Absentees {
			h.Absentees = append(h.Absentees, c.ID)
		}
		out = append(out, h)
	}
	return out, nil
}
