package themeday

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// PlanVersion is a year's plan as it was filed, the first time or again after changes (R04).
type PlanVersion struct {
	Branch  BranchID
	Year    int
	Version int // from 1
	At      time.Time
	By      PersonID
	Months  []FiledMonth // those that had a date
}

// FiledMonth is what a filed plan said of one month.
type FiledMonth struct {
	Month   YearMonth
	Starts  time.Time
	Ends    time.Time
	Place   string
	Topics  []string
	Content []string
}

// Receipt is the number of the committee's receipt: 第一支部-2026-1.
func (v PlanVersion) Receipt() string { return fmt.Sprintf("%s-%d-%d", v.Branch, v.Year, v.Version) }

func filedMonths(plan []Activity) []FiledMonth {
	var out []FiledMonth
	for _, a := range plan {
		out = append(out, FiledMonth{a.Month, a.Starts.UTC(), a.Ends.UTC(), a.Place, a.Topics, a.Content})
	}
	return out
}

// Since says month by month what a version changed against the one before; nothing when they are the same.
func (d Desk) Since(v, before PlanVersion) []string {
	had := map[YearMonth]FiledMonth{}
	for _, m := range before.Months {
		had[m.Month] = m
	}
	var out []string
	for _, m := range v.Months {
		if what := d.monthSince(m, had[m.Month]); what != "" {
			out = append(out, m.Month.Chinese()+what)
		}
	}
	return out
}

// ChangedSince tells whether a plan is not what a version says.
func (d Desk) ChangedSince(last PlanVersion, plan []Activity) bool {
	return len(last.Months) > 0 && len(d.Since(PlanVersion{Months: filedMonths(plan)}, last)) > 0
}

func (d Desk) monthSince(m, before FiledMonth) string {
	var what []string
	switch {
	case before.Starts.IsZero():
		return "排定" + d.When(m.Starts)
	case !m.Starts.Equal(before.Starts):
		what = append(what, "由"+d.When(before.Starts)+"改到"+d.When(m.Starts))
	case !m.Ends.Equal(before.Ends):
		what = append(what, "结束时间改到"+d.Local(m.Ends).Format("15:04"))
	}
	if m.Place != before.Place {
		what = append(what, "地点改为"+Shown(m.Place))
	}
	if !slices.Equal(m.Topics, before.Topics) {
		what = append(what, "主题"+yes(len(before.Topics) == 0, "定为", "改为")+Shown(strings.Join(m.Topics, "；")))
	}
	if !slices.Equal(m.Content, before.Content) && len(m.Content) > 0 {
		what = append(what, "内容"+yes(len(before.Content) == 0, "定为", "改为")+Shown(strings.Join(m.Content, "、")))
	}
	return strings.Join(what, "，")
}

// LatestPlan is the last version of a branch's plan of a year, and the one before it; a filing from before versions were kept is a first one
// of which nothing more is known.
func LatestPlan(tx Tx, f Filing) (last, before PlanVersion, err error) {
	all, err := tx.PlanVersions(f.Branch, f.Year)
	switch n := len(all); {
	case err != nil || n == 0:
		return PlanVersion{Branch: f.Branch, Year: f.Year, Version: 1, At: f.At, By: f.By}, PlanVersion{}, err
	case n == 1:
		return all[0], PlanVersion{}, nil
	default:
		return all[n-1], all[n-2], nil
	}
}

// FiledPlan is what filing a plan led to: the receipt, whether it was late, and, from the second version on, what changed.
type FiledPlan struct {
	PlanVersion
	Late    bool
	Changed []string
}

// fileVersion keeps a version of the plan and tells the committee.
func (d Desk) fileVersion(tx Tx, c Cause, f Filing, v PlanVersion) error {
	if v.Version > 1 { // the first is noted as the filing itself
		if err := note(tx, c, "", nounFiling, fmt.Sprintf("%s/%d/%d", v.Branch, v.Year, v.Version), nil, v, ""); err != nil {
			return err
		}
	}
	if err := tx.PutPlanVersion(v); err != nil {
		return err
	}
	p := Post{Key: fmt.Sprintf("%s/%s/%d", PlanFiled, f.Branch, f.Year), Kind: PlanFiled, Branch: f.Branch, Arg: fmt.Sprint(f.Year)}
	if v.Version > 1 {
		p.Key, p.Arg = fmt.Sprintf("%s/%d", p.Key, v.Version), fmt.Sprintf("%d %d", f.Year, v.Version)
	}
	return d.tellCommittee(tx, c, p)
}

// refilePlan files a plan again after changes, as a new version that says what changed; without a change it is refused.
func (d Desk) refilePlan(tx Tx, c Cause, f Filing, plan []Activity) (FiledPlan, error) {
	last, _, err := LatestPlan(tx, f)
	if err != nil {
		return FiledPlan{}, err
	}
	v := PlanVersion{Branch: f.Branch, Year: f.Year, Version: last.Version + 1, At: c.At, By: c.By, Months: filedMonths(plan)}
	changed := d.Since(v, last)
	if len(changed) == 0 {
		return FiledPlan{PlanVersion: last, Late: f.Late}, Refuse(Conflict, R04, "%d年度计划已于%s报备（备案回执 %s），之后没有变化，不用再报", f.Year, d.Day(last.At).Chinese(), last.Receipt())
	}
	return FiledPlan{PlanVersion: v, Late: f.Late, Changed: changed}, d.fileVersion(tx, c, f, v)
}
