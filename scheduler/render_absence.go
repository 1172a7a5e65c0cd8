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
	for _, who := range held[0].absentees {
		l := templates.AbsenceLine{Name: who.Name}
		for _, h := range held {
			if !h.missed(who.ID) {
				break
			}
			l.InRow++
		}
		for _, h := range held {
			if h.year == j.a.Month.Year && h.missed(who.ID) {
				l.InYear++
			}
		}
		if l.InRow >= j.Desk.Rules.AbsentInRow || l.InYear >= j.Desk.Rules.AbsentInYear {
			v.Members = append(v.Members, l)
		}
	}
	if len(v.Members) == 0 {
		return nothing("nobody was absent too often")
	}
	return say(j, j.Texts.Absence, v)
}

// held is an activity that was held, and who was absent from it without leave.
type held struct {
	year      int
	absentees []themeday.Comrade
}

func (h held) missed(p themeday.PersonID) bool {
	for _, c := range h.absentees {
		if c.ID == p {
			return true
		}
	}
	return false
}

// heldBefore are the activities that were held in the twelve months up to this one, the latest first.
func (j job) heldBefore() ([]held, error) {
	all, err := j.tx.Activities(j.a.Branch, j.a.Month.Add(-12), j.a.Month)
	if err != nil {
		return nil, err
	}
	var out []held
	for i := len(all) - 1; i >= 0; i-- {
		if !all[i].Dated() || !all[i].Done(themeday.SigningIn) {
			continue
		}
		t, err := j.Desk.Tally(j.tx, all[i])
		if err != nil {
			return nil, err
		}
		out = append(out, held{year: all[i].Month.Year, absentees: t.Absentees})
	}
	return out, nil
}
