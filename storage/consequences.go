package storage

import (
	"slices"

	"themeday"
)

const barColumns = "branch, year, version, strikes, told_at, lifted_at"

// Bars come by year and version.
func (t *tx) Bars(b themeday.BranchID) ([]themeday.Bar, error) {
	return remember(t, "bars", b, func() ([]themeday.Bar, error) {
		return list(t, "bars", func(r row, b *themeday.Bar) error {
			return r.Scan(&b.Branch, &b.Year, &b.Version, &b.Strikes, when(&b.Told), when(&b.Lifted))
		}, "SELECT "+barColumns+" FROM bars WHERE branch = ? ORDER BY year, version", b)
	})
}

func (t *tx) PutBar(b themeday.Bar) error {
	return t.put("bars", barColumns, b.Branch, b.Year, b.Version, b.Strikes, at(b.Told), at(b.Lifted))
}

const (
	rectificationColumns = "branch, number, year, source, text, opened_at, opened_by, due, state"
	rectifyStepColumns   = "branch, number, seq, kind, text, author, at"
)

// Rectifications come by number, each with its steps in order.
func (t *tx) Rectifications(b themeday.BranchID) ([]themeday.Rectification, error) {
	return remember(t, "rectifications", b, func() ([]themeday.Rectification, error) { return t.readRectifications(b) })
}

func (t *tx) readRectifications(b themeday.BranchID) ([]themeday.Rectification, error) {
	all, err := list(t, "rectifications", func(r row, x *themeday.Rectification) error {
		return r.Scan(&x.Branch, &x.Number, &x.Year, &x.Source, &x.Text, when(&x.Opened), &x.By, when(&x.Due), &x.State)
	}, "SELECT "+rectificationColumns+" FROM rectifications WHERE branch = ? ORDER BY number", b)
	if err != nil || len(all) == 0 {
		return all, err
	}
	type numbered struct {
		number int
		themeday.RectifyStep
	}
	steps, err := list(t, "rectification_steps", func(r row, s *numbered) error {
		return r.Scan(&s.number, &s.Kind, &s.Text, &s.By, when(&s.At))
	}, "SELECT number, kind, text, author, at FROM rectification_steps WHERE branch = ? ORDER BY number, seq", b)
	for i := range all {
		for _, s := range steps {
			if s.number == all[i].Number {
				all[i].Steps = append(all[i].Steps, s.RectifyStep)
			}
		}
	}
	for i := range all {
		all[i].Steps = slices.Clip(all[i].Steps) // several may hold them
	}
	return all, err
}

func (t *tx) PutRectification(x themeday.Rectification) error {
	if err := t.put("rectifications", rectificationColumns, x.Branch, x.Number, x.Year, x.Source, x.Text, at(x.Opened), x.By, at(x.Due), x.State); err != nil {
		return err
	}
	for i, s := range x.Steps {
		if err := t.put("rectification_steps", rectifyStepColumns, x.Branch, x.Number, i+1, s.Kind, s.Text, s.By, at(s.At)); err != nil {
			return err
		}
	}
	t.forget("rectifications", x.Branch)
	return nil
}
