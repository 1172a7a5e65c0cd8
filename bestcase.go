package themeday

import (
	"slices"
	"time"
)

// Case is an activity that its secretary nominated as a best case (最佳案例, R29), and what the committee said of it.
type Case struct {
	Activity   ActivityID
	Highlights string // 亮点
	Nominated  time.Time
	By         PersonID
	State      CaseState
	Words      string // the committee's when it was chosen; why, when it was withdrawn
	Decided    time.Time
	DecidedBy  PersonID
	Version    int // how often it was chosen
}

// CaseState says where a nomination stands.
type CaseState string

// The states of a nomination.
const (
	CaseNominated CaseState = "nominated"
	CaseChosen    CaseState = "chosen"
	CaseWithdrawn CaseState = "withdrawn"
)

// Chinese is the state as people read it.
func (s CaseState) Chinese() string {
	return map[CaseState]string{CaseNominated: "已申报", CaseChosen: "已评为最佳案例", CaseWithdrawn: "已撤"}[s]
}

// Month is the month of the case's activity.
func (k Case) Month() YearMonth {
	_, m := k.Activity.Parts()
	return m
}

// Branch is the branch of the case's activity.
func (k Case) Branch() BranchID {
	b, _ := k.Activity.Parts()
	return b
}

// CasesOf are the cases of a year's activities, by month and then in the order of the branches.
func CasesOf(tx Tx, year int) ([]Case, error) {
	all, err := tx.Cases()
	if err != nil {
		return nil, err
	}
	branches, err := tx.Branches()
	all = slices.DeleteFunc(all, func(k Case) bool { return k.Month().Year != year })
	place := map[BranchID]int{}
	for i, b := range branches {
		place[b.ID] = i
	}
	slices.SortStableFunc(all, func(a, b Case) int {
		if a.Month() != b.Month() {
			return int(a.Month().Month) - int(b.Month().Month)
		}
		return place[a.Branch()] - place[b.Branch()]
	})
	return all, err
}

// CaseFigures are a nomination with what speaks for it; they are the committee's alone.
type CaseFigures struct {
	Case
	Activity Activity
	Rated    RatedActivity // its Tally is empty where no result was told
	Tally    Tally
	Shared   int             // the number under which it is published; 0: it is not
	Borrowed int             // how often other branches took it over
	After    EvaluationTally // of those activities, as far as their results were told
	Results  int             // how many they are
}

// CaseFigures are a year's nominations with their figures.
func (d Desk) CaseFigures(tx Tx, year int) ([]CaseFigures, error) {
	cases, err := CasesOf(tx, year)
	if err != nil {
		return nil, err
	}
	shared, err := tx.SharedActivities()
	if err != nil {
		return nil, err
	}
	var out []CaseFigures
	for _, k := range cases {
		f := CaseFigures{Case: k}
		if f.Activity, _, err = tx.Activity(k.Activity); err != nil {
			return nil, err
		}
		if f.Tally, err = d.Tally(tx, f.Activity); err != nil {
			return nil, err
		}
		if f.Rated, err = d.toldResult(tx, f.Activity); err != nil {
			return nil, err
		}
		for _, s := range shared {
			if s.Activity == k.Activity {
				if err := d.afterBorrowing(tx, &f, s); err != nil {
					return nil, err
				}
			}
		}
		out = append(out, f)
	}
	return out, nil
}

// toldResult is an activity's evaluation; its Tally is empty where no result was told.
func (d Desk) toldResult(tx Tx, a Activity) (RatedActivity, error) {
	r, out, err := d.rated(tx, a)
	if err != nil || !out || !d.told(r) {
		return RatedActivity{Activity: a.ID, Month: a.Month}, err
	}
	return r, nil
}

// afterBorrowing counts who took a published activity over, and how satisfied they were with theirs.
func (d Desk) afterBorrowing(tx Tx, f *CaseFigures, s SharedActivity) error {
	if s.Withdrawn.IsZero() {
		f.Shared = s.Number
	}
	for _, b := range s.ByOthers() {
		f.Borrowed++
		a, ok, err := tx.Activity(b.Activity)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		r, err := d.toldResult(tx, a)
		if err != nil {
			return err
		}
		if r.Tally.Raters > 0 {
			f.After, f.Results = f.After.Plus(r.Tally), f.Results+1
		}
	}
	return nil
}

// CaseQuota is how many cases of a quarter's activities should be chosen at most, and how many were.
func (d Desk) CaseQuota(tx Tx, q Quarter, at time.Time) (most, chosen int, err error) {
	branches, err := tx.Branches()
	if err != nil {
		return 0, 0, err
	}
	there := 0
	for _, b := range branches {
		there += boolInt(!b.Gone(d.Day(at)))
	}
	all, err := tx.Cases()
	for _, k := range all {
		chosen += boolInt(k.State == CaseChosen && k.Month().Quarter() == q)
	}
	return max(there*d.Rules.CaseQuotaPercent/100, 1), chosen, err
}
