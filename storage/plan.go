package storage

import (
	"time"

	"themeday"
)

const (
	fixedDayColumns = "kind, n, weekday, from_minute, to_minute, place"
	filingColumns   = "branch, year, at, filed_by, late"
	blackoutColumns = "branch, first_day, last_day, why"
)

func (t *tx) FixedDay(b themeday.BranchID) (themeday.FixedDay, bool, error) {
	all, err := recall(t, "fixed_days", b, func() ([]themeday.FixedDay, error) {
		return list(t, "fixed_days", func(r row, f *themeday.FixedDay) error {
			return r.Scan(&f.Kind, &f.N, &f.Weekday, &f.From, &f.To, &f.Place)
		}, "SELECT "+fixedDayColumns+" FROM fixed_days WHERE branch = ?", b)
	})
	if err != nil || len(all) == 0 {
		return themeday.FixedDay{}, false, err
	}
	return all[0], true, nil
}

// PutFixedDay keeps the one rule that holds; the ledger has those before it.
func (t *tx) PutFixedDay(b themeday.BranchID, f themeday.FixedDay, set time.Time) error {
	return t.put("fixed_days", "branch, "+fixedDayColumns+", set_at", b, f.Kind, f.N, f.Weekday, f.From, f.To, f.Place, at(set))
}

// DeleteFixedDay forgets a branch's rule, when setting it was taken back.
func (t *tx) DeleteFixedDay(b themeday.BranchID) error { return t.drop("fixed_days", "branch = ?", b) }

// Filings come in the order of the branches.
func (t *tx) Filings(year int) ([]themeday.Filing, error) {
	return list(t, "filings", scanFiling,
		"SELECT "+qualified("f", filingColumns)+" FROM filings f JOIN branches b ON b.id = f.branch WHERE f.year = ? ORDER BY b.position", year)
}

func scanFiling(r row, f *themeday.Filing) error {
	return r.Scan(&f.Branch, &f.Year, when(&f.At), &f.By, &f.Late)
}

// FilingsOf come by their years.
func (t *tx) FilingsOf(b themeday.BranchID) ([]themeday.Filing, error) {
	return remember(t, "filings", b, func() ([]themeday.Filing, error) {
		return list(t, "filings", scanFiling, "SELECT "+filingColumns+" FROM filings WHERE branch = ? ORDER BY year", b)
	})
}

// PutFiling writes or replaces the receipt of a branch's year.
func (t *tx) PutFiling(f themeday.Filing) error {
	return t.put("filings", filingColumns, f.Branch, f.Year, at(f.At), f.By, f.Late)
}

// Blackouts come by their days.
func (t *tx) Blackouts(b themeday.BranchID) ([]themeday.Blackout, error) {
	return list(t, "blackouts", func(r row, k *themeday.Blackout) error {
		return r.Scan(&k.Branch, fromText(&k.From), fromText(&k.To), &k.Why)
	},
		"SELECT "+blackoutColumns+" FROM blackouts WHERE branch = ? ORDER BY first_day, last_day", b)
}

// PutBlackout writes one by branch and days, or replaces its reason.
func (t *tx) PutBlackout(k themeday.Blackout) error {
	return t.put("blackouts", blackoutColumns, k.Branch, dayText(k.From), dayText(k.To), k.Why)
}

// DeleteBlackout forgets one, when keeping it was taken back.
func (t *tx) DeleteBlackout(k themeday.Blackout) error {
	return t.drop("blackouts", "branch = ? AND first_day = ? AND last_day = ?", k.Branch, dayText(k.From), dayText(k.To))
}
