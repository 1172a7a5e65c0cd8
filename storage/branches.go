package storage

import (
	"slices"

	"themeday"
)

const handoverColumns = "branch, number, from_person, to_person, state, asked_at, asked_by, decided_at, decided_by, why, listed"

// Branches come in the order of import, closed ones too, each with its former names, the latest that is understood first.
func (t *tx) Branches() ([]themeday.Branch, error) {
	return recall(t, "branches", everybody{}, t.readBranches)
}

func (t *tx) readBranches() ([]themeday.Branch, error) {
	all, err := list(t, "branches", func(r row, b *themeday.Branch) error {
		return r.Scan(&b.ID, &b.Name, &b.Group, fromText(&b.Closed), &b.ClosedWhy, &b.Into)
	}, "SELECT "+branchColumns+" FROM branches ORDER BY position")
	if err != nil {
		return nil, err
	}
	type former struct {
		branch themeday.BranchID
		themeday.FormerName
	}
	names, err := list(t, "branch_names", func(r row, f *former) error { return r.Scan(&f.branch, &f.Name, fromText(&f.Until)) },
		"SELECT branch, name, until FROM branch_names ORDER BY until DESC, name")
	for i := range all {
		for _, f := range names {
			if f.branch == all[i].ID {
				all[i].Former = append(all[i].Former, f.FormerName)
			}
		}
		all[i].Former = slices.Clip(all[i].Former) // several may hold it
	}
	return all, err
}

func (t *tx) PutBranch(b themeday.Branch) error {
	if err := t.put("branches", branchColumns, b.ID, b.Name, b.Group, dayText(b.Closed), b.ClosedWhy, b.Into); err != nil {
		return err
	}
	if err := t.drop("branch_names", "branch = ?", b.ID); err != nil {
		return err
	}
	for _, f := range b.Former {
		if err := t.put("branch_names", "branch, name, until", b.ID, f.Name, dayText(f.Until)); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) Handovers(b themeday.BranchID) ([]themeday.Handover, error) {
	return list(t, "handovers", func(r row, h *themeday.Handover) error {
		return r.Scan(&h.Branch, &h.Number, &h.From, &h.To, &h.State, when(&h.Asked), &h.AskedBy, when(&h.Decided), &h.By, &h.Why, fromText(&h.Listed))
	}, "SELECT "+qualified("h", handoverColumns)+` FROM handovers h JOIN branches b ON b.id = h.branch
		WHERE ? = '' OR h.branch = ? ORDER BY b.position, h.number`, b, b)
}

func (t *tx) PutHandover(h themeday.Handover) error {
	return t.put("handovers", handoverColumns, h.Branch, h.Number, h.From, h.To, h.State, at(h.Asked), h.AskedBy, at(h.Decided), h.By, h.Why, dayText(h.Listed))
}
