package storage

import "themeday"

const (
	caseColumns   = "activity, highlights, nominated_at, nominated_by, state, words, decided_at, decided_by, version"
	sharedColumns = "number, activity, published_at, published_by, withdrawn_at, withdrawn_by, topics, content, agenda, agreed, short"
	borrowColumns = "number, activity, at, author"
	praiseColumns = "branch, number, party_group, text, at, author"
)

func scanCase(r row, k *themeday.Case) error {
	return r.Scan(&k.Activity, &k.Highlights, when(&k.Nominated), &k.By, &k.State, &k.Words, when(&k.Decided), &k.DecidedBy, &k.Version)
}

// Cases come by activity.
func (t *tx) Cases() ([]themeday.Case, error) {
	return list(t, "cases", scanCase, "SELECT "+caseColumns+" FROM cases ORDER BY activity")
}

func (t *tx) Case(id themeday.ActivityID) (themeday.Case, bool, error) {
	return one(t, "cases", scanCase, "SELECT "+caseColumns+" FROM cases WHERE activity = ?", id)
}

func (t *tx) PutCase(k themeday.Case) error {
	return t.put("cases", caseColumns, k.Activity, k.Highlights, at(k.Nominated), k.By, k.State, k.Words, at(k.Decided), k.DecidedBy, k.Version)
}

// SharedActivities come by number, each with its borrowings by time.
func (t *tx) SharedActivities() ([]themeday.SharedActivity, error) {
	all, err := list(t, "shared_activities", func(r row, s *themeday.SharedActivity) error {
		return r.Scan(&s.Number, &s.Activity, when(&s.Published), &s.By, when(&s.Withdrawn), &s.WithdrawnBy,
			fromJSON(&s.Topics), fromJSON(&s.Content), fromJSON(&s.Agenda), fromJSON(&s.Agreed), &s.Short)
	}, "SELECT "+sharedColumns+" FROM shared_activities ORDER BY number")
	if err != nil || len(all) == 0 {
		return all, err
	}
	borrowed, err := list(t, "borrowings", func(r row, b *themeday.Borrowing) error {
		return r.Scan(&b.Number, &b.Activity, when(&b.At), &b.By)
	}, "SELECT "+borrowColumns+" FROM borrowings ORDER BY number, at, activity")
	for i := range all {
		for _, b := range borrowed {
			if b.Number == all[i].Number {
				all[i].Borrowed = append(all[i].Borrowed, b)
			}
		}
	}
	return all, err
}

func (t *tx) PutSharedActivity(s themeday.SharedActivity) error {
	return t.put("shared_activities", sharedColumns, s.Number, s.Activity, at(s.Published), s.By, at(s.Withdrawn), s.WithdrawnBy,
		asJSON(s.Topics), asJSON(s.Content), asJSON(s.Agenda), asJSON(s.Agreed), s.Short)
}

func (t *tx) PutBorrowing(b themeday.Borrowing) error {
	return t.put("borrowings", borrowColumns, b.Number, b.Activity, at(b.At), b.By)
}

func (t *tx) DeleteBorrowing(b themeday.Borrowing) error {
	return t.drop("borrowings", "number = ? AND activity = ?", b.Number, b.Activity)
}

// Praises come by number.
func (t *tx) Praises(b themeday.BranchID) ([]themeday.Praise, error) {
	return list(t, "praises", func(r row, p *themeday.Praise) error {
		return r.Scan(&p.Branch, &p.Number, &p.PartyGroup, &p.Text, when(&p.At), &p.By)
	}, "SELECT "+praiseColumns+" FROM praises WHERE branch = ? ORDER BY number", b)
}

func (t *tx) PutPraise(p themeday.Praise) error {
	return t.put("praises", praiseColumns, p.Branch, p.Number, p.PartyGroup, p.Text, at(p.At), p.By)
}
