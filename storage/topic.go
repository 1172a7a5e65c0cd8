package storage

import "themeday"

const (
	requiredColumns = "number, month, text, branches, due, asked_at, asked_by, withdrawn_at"
	menuColumns     = "category, text, added_at, added_by"
	versionColumns  = "branch, year, version, at, filed_by, months"
)

// RequiredTopics come by number, those that were withdrawn too.
func (t *tx) RequiredTopics(from, to themeday.YearMonth) ([]themeday.RequiredTopic, error) {
	return remember(t, "required_topics", [2]themeday.YearMonth{from, to}, func() ([]themeday.RequiredTopic, error) {
		return list(t, "required_topics", func(r row, x *themeday.RequiredTopic) error {
			return r.Scan(&x.Number, fromText(&x.Month), &x.Text, fromJSON(&x.Branches), fromText(&x.Due), when(&x.At), &x.By, when(&x.Withdrawn))
		}, "SELECT "+requiredColumns+" FROM required_topics WHERE month BETWEEN ? AND ? ORDER BY month, number", from.String(), to.String())
	})
}

// PutRequiredTopic writes one by number, or, with number 0, as a new one whose number it gives.
func (t *tx) PutRequiredTopic(x themeday.RequiredTopic) (int, error) {
	if x.Number == 0 {
		n, err := t.add("required_topics", "month, text, branches, due, asked_at, asked_by, withdrawn_at", "number",
			x.Month.String(), x.Text, asJSON(x.Branches), dayText(x.Due), at(x.At), x.By, at(x.Withdrawn))
		return int(n), err
	}
	return x.Number, t.put("required_topics", requiredColumns,
		x.Number, x.Month.String(), x.Text, asJSON(x.Branches), dayText(x.Due), at(x.At), x.By, at(x.Withdrawn))
}

// MenuTopics come in the order in which they were added.
func (t *tx) MenuTopics() ([]themeday.MenuTopic, error) {
	return list(t, "menu_topics", func(r row, x *themeday.MenuTopic) error {
		return r.Scan(&x.Category, &x.Text, when(&x.At), &x.By)
	}, "SELECT "+menuColumns+" FROM menu_topics ORDER BY added_at, category, text")
}

// PutMenuTopic writes one by category and text.
func (t *tx) PutMenuTopic(x themeday.MenuTopic) error {
	return t.put("menu_topics", menuColumns, x.Category, x.Text, at(x.At), x.By)
}

// DeleteMenuTopic takes one off the menu; the ledger keeps it.
func (t *tx) DeleteMenuTopic(x themeday.MenuTopic) error {
	return t.drop("menu_topics", "category = ? AND text = ?", x.Category, x.Text)
}

// PlanVersions come by version.
func (t *tx) PlanVersions(b themeday.BranchID, year int) ([]themeday.PlanVersion, error) {
	return list(t, "plan_versions", func(r row, x *themeday.PlanVersion) error {
		return r.Scan(&x.Branch, &x.Year, &x.Version, when(&x.At), &x.By, fromJSON(&x.Months))
	}, "SELECT "+versionColumns+" FROM plan_versions WHERE branch = ? AND year = ? ORDER BY version", b, year)
}

// PutPlanVersion writes one by branch, year and version.
func (t *tx) PutPlanVersion(x themeday.PlanVersion) error {
	return t.put("plan_versions", versionColumns, x.Branch, x.Year, x.Version, at(x.At), x.By, asJSON(x.Months))
}
