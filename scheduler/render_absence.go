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
	cases, err := j.Desk.TooOften(j.tx, j.a)
	if err != nil {
		return Rendered{}, err
	}
	v := templates.AbsenceView{Head: j.head, Activity: j.a.ID}
	for _, c := range cases {
		name, err := j.name(c.Person)
		if err != nil {
			return Rendered{}, err
		}
		n := c.Absences()
		v.Members = append(v.Members, templates.AbsenceLine{Name: name, InRow: n.InRow, InYear: n.InYear, Grounds: c.Reason(j.Desk.Rules)})
	}
	if len(v.Members) == 0 {
		return nothing("nobody was absent too often")
	}
	return say(j, j.Texts.Absence, v)
}
