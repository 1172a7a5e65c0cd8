package storage

import (
	"cmp"

	"themeday"
)

const (
	signInColumns = "activity, person, at, entered, how, entered_by, why, guest"
	leaveColumns  = "activity, person, at, reason, picture, state, late, decided, decided_by, refusal"
	guestColumns  = "activity, person, name, kind"
	claimColumns  = "activity, name, claimed_by, at, told"
)

func (t *tx) SignIns(id themeday.ActivityID) ([]themeday.SignIn, error) {
	return remember(t, "signins", id, func() ([]themeday.SignIn, error) {
		return list(t, "signins", func(r row, s *themeday.SignIn) error {
			return r.Scan(&s.Activity, &s.Person, when(&s.At), when(&s.Entered), &s.How, &s.By, &s.Why, &s.Guest)
		}, "SELECT "+signInColumns+" FROM signins WHERE activity = ? ORDER BY entered, person", id)
	})
}

func (t *tx) PutSignIn(s themeday.SignIn) error {
	read := s
	read.At, read.Entered = asRead(s.At), asRead(s.Entered)
	return along(t, "signins", s.Activity, read,
		func(a, b themeday.SignIn) bool { return a.Person == b.Person },
		func(a, b themeday.SignIn) int {
			return cmp.Or(a.Entered.Compare(b.Entered), cmp.Compare(a.Person, b.Person))
		},
		func() error {
			return t.put("signins", signInColumns, s.Activity, s.Person, at(s.At), at(s.Entered), s.How, s.By, s.Why, s.Guest)
		})
}

func (t *tx) DeleteSignIn(id themeday.ActivityID, p themeday.PersonID) error {
	return t.drop("signins", "activity = ? AND person = ?", id, p)
}

func (t *tx) Leaves(id themeday.ActivityID) ([]themeday.Leave, error) {
	return remember(t, "leaves", id, func() ([]themeday.Leave, error) {
		return list(t, "leaves", func(r row, l *themeday.Leave) error {
			err := r.Scan(&l.Activity, &l.Person, when(&l.At), &l.Reason, &l.Picture, &l.State, &l.Late, when(&l.Decided), &l.By, &l.Refusal)
			l.Reason = t.vault.open(l.Reason, belongs("leaves.reason", l.Activity, l.Person))
			l.Refusal = t.vault.open(l.Refusal, belongs("leaves.refusal", l.Activity, l.Person))
			return err
		}, "SELECT "+leaveColumns+" FROM leaves WHERE activity = ? ORDER BY at, person", id)
	})
}

// PutLeave seals its reasons. What could not be read when the leave was read stays as it is stored.
func (t *tx) PutLeave(l themeday.Leave) error {
	reason, err := t.sealLeave("reason", l.Reason, l)
	if err != nil {
		return err
	}
	refusal, err := t.sealLeave("refusal", l.Refusal, l)
	if err != nil {
		return err
	}
	return t.put("leaves", leaveColumns, l.Activity, l.Person, at(l.At), reason, l.Picture, l.State, l.Late, at(l.Decided), l.By, refusal)
}

func (t *tx) sealLeave(column, text string, l themeday.Leave) (string, error) {
	where := belongs("leaves."+column, l.Activity, l.Person)
	if unread(text) {
		stored, there, err := one(t, "leaves", func(r row, s *string) error { return r.Scan(s) },
			"SELECT "+column+" FROM leaves WHERE activity = ? AND person = ?", l.Activity, l.Person)
		if err != nil || there && t.vault.open(stored, where) == text {
			return stored, err
		}
	}
	return t.seal(text, where)
}

// Guests come by person.
func (t *tx) Guests(id themeday.ActivityID) ([]themeday.Guest, error) {
	return remember(t, "guests", id, func() ([]themeday.Guest, error) {
		return list(t, "guests", func(r row, g *themeday.Guest) error { return r.Scan(&g.Activity, &g.Person, &g.Name, &g.Kind) },
			"SELECT "+guestColumns+" FROM guests WHERE activity = ? ORDER BY person", id)
	})
}

func (t *tx) PutGuest(g themeday.Guest) error {
	return t.put("guests", guestColumns, g.Activity, g.Person, g.Name, g.Kind)
}

func (t *tx) DeleteGuest(id themeday.ActivityID, p themeday.PersonID) error {
	return t.drop("guests", "activity = ? AND person = ?", id, p)
}

// Claims come by time, then name.
func (t *tx) Claims(id themeday.ActivityID) ([]themeday.Claim, error) {
	return remember(t, "claims", id, func() ([]themeday.Claim, error) {
		return list(t, "claims", func(r row, c *themeday.Claim) error { return r.Scan(&c.Activity, &c.Name, &c.By, when(&c.At), &c.Told) },
			"SELECT "+claimColumns+" FROM claims WHERE activity = ? ORDER BY at, name", id)
	})
}

func (t *tx) PutClaim(c themeday.Claim) error {
	return t.put("claims", claimColumns, c.Activity, c.Name, c.By, at(c.At), c.Told)
}
