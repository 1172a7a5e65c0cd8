package storage

import "themeday"

const objectionColumns = "branch, activity, person, text, at, against, late, state, answered, answered_by, answer"

// AddObjection makes the id; the one in o is not looked at. Its words are sealed.
func (t *tx) AddObjection(o themeday.Objection) error {
	text, answer, err := t.sealObjection(o)
	if err != nil {
		return err
	}
	_, err = t.add("objections", objectionColumns, "id", o.Branch, o.Activity, o.Person, text, at(o.At), o.Against, o.Late, o.State, at(o.Answered), o.By, answer)
	return err
}

// AnswerObjection writes what became of an objection, by its id; its own words stay as they are.
func (t *tx) AnswerObjection(o themeday.Objection) error {
	answer, err := t.seal(o.Answer, belongs("objections.answer", o.Activity, o.Person))
	if err != nil {
		return err
	}
	return t.change("objections", "state = ?, answered = ?, answered_by = ?, answer = ?", "id = ?", o.State, at(o.Answered), o.By, answer, o.ID)
}

func (t *tx) sealObjection(o themeday.Objection) (text, answer string, err error) {
	if text, err = t.seal(o.Text, belongs("objections.text", o.Activity, o.Person)); err != nil {
		return "", "", err
	}
	answer, err = t.seal(o.Answer, belongs("objections.answer", o.Activity, o.Person))
	return text, answer, err
}

// Objections come in the order in which they were raised.
func (t *tx) Objections(b themeday.BranchID) ([]themeday.Objection, error) {
	return remember(t, "objections", b, func() ([]themeday.Objection, error) {
		return list(t, "objections", func(r row, o *themeday.Objection) error {
			err := r.Scan(&o.ID, &o.Branch, &o.Activity, &o.Person, &o.Text, when(&o.At), &o.Against, &o.Late, &o.State, when(&o.Answered), &o.By, &o.Answer)
			o.Text = t.vault.open(o.Text, belongs("objections.text", o.Activity, o.Person))
			o.Answer = t.vault.open(o.Answer, belongs("objections.answer", o.Activity, o.Person))
			return err
		}, "SELECT id, "+objectionColumns+" FROM objections WHERE branch = ? ORDER BY id", b)
	})
}
