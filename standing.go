package themeday

import (
	"fmt"
	"strings"
	"time"
)

// RatedActivity is an activity whose evaluation has ended and whose result is out (R25, R28).
type RatedActivity struct {
	Activity     ActivityID
	Month        YearMonth
	Tally        EvaluationTally // of the branch's own raters
	Participants int             // who could rate: present, taking part in another way, guests
	Under        bool            // under the floor
}

// Figures are the rate and how many rated of how many who took part: 3月66%（2/3票，12人参加）.
func (a RatedActivity) Figures() string {
	return fmt.Sprintf("%s%d%%（%d/%d票，%d人参加）", a.Month.Chinese(), a.Tally.RatePercent(), a.Tally.Satisfied, a.Tally.Raters, a.Participants)
}

// AttendedActivity is an activity that was held and who came (R12).
type AttendedActivity struct {
	Month     YearMonth
	Due, Came int
	Met       bool
}

// YearStanding is where a branch stands with a calendar year's evaluations (R28). It is reckoned from the facts whenever it is asked for.
type YearStanding struct {
	Branch         Branch
	Year           int
	Rated          []RatedActivity // results that were told, by month
	Untold         []RatedActivity // results of too few ballots to be told, which are none; none at all among them
	Open           []YearMonth     // evaluations whose result is not out
	Attended       []AttendedActivity
	Missed         []YearMonth // dated and not held
	Rectifications []Rectification
	Need           int // how many under the floor bar from awards
}

// Low are the activities under the floor.
func (s YearStanding) Low() []RatedActivity {
	var out []RatedActivity
	for _, a := range s.Rated {
		if a.Under {
			out = append(out, a)
		}
	}
	return out
}

// Strikes is how many activities were under the floor.
func (s YearStanding) Strikes() int { return len(s.Low()) }

// Barred tells whether branch and committee (班子) are barred from the year's awards.
func (s YearStanding) Barred() bool { return s.Need > 0 && s.Strikes() >= s.Need }

// Pooled are the results of the year taken together.
func (s YearStanding) Pooled() EvaluationTally {
	var t EvaluationTally
	for _, a := range s.Rated {
		t = t.Plus(a.Tally)
	}
	return t
}

// AttendancePercent is the attendance of the year in whole percent, rounded down.
func (s YearStanding) AttendancePercent() int {
	due, came := 0, 0
	for _, a := range s.Attended {
		due, came = due+a.Due, came+a.Came
	}
	return Percent(came, due)
}

// AttendedAlways tells whether enough members came in every month (R12), and none was missed.
func (s YearStanding) AttendedAlways() bool {
	for _, a := range s.Attended {
		if !a.Met {
			return false
		}
	}
	return len(s.Attended) > 0 && len(s.Missed) == 0
}

// Monthly joins activities as a sentence names them: 3月55%（…）、4月50%（…）.
func Monthly(all []RatedActivity) string {
	words := make([]string, len(all))
	for i, a := range all {
		words[i] = a.Figures()
	}
	return strings.Join(words, "、")
}

// Standing reckons where a branch stands with a year at an instant.
func (d Desk) Standing(tx Tx, b BranchID, year int, at time.Time) (YearStanding, error) {
	branch, err := d.Branch(tx, b)
	if err != nil {
		return YearStanding{}, err
	}
	s := YearStanding{Branch: branch, Year: year, Need: d.Rules.Strikes}
	all, err := tx.Activities(b, YearMonth{year, time.January}, YearMonth{year, time.December})
	if err != nil {
		return s, err
	}
	for _, a := range all {
		if !a.Dated() || !a.Over(at) {
			continue
		}
		if err := d.stands(tx, &s, a); err != nil {
			return s, err
		}
	}
	s.Rectifications, err = tx.Rectifications(b)
	return s, err
}

// stands adds an activity that is over.
func (d Desk) stands(tx Tx, s *YearStanding, a Activity) error {
	t, err := d.Tally(tx, a)
	if err != nil {
		return err
	}
	came := t.Present + t.Remote
	if came+t.Guests == 0 && !a.Done(SigningIn) {
		s.Missed = append(s.Missed, a.Month)
		return nil
	}
	s.Attended = append(s.Attended, AttendedActivity{Month: a.Month, Due: t.Due, Came: came, Met: t.QuorumMet(d.For(a).Rules)})
	r, out, err := d.rated(tx, a)
	r.Participants = came + t.Guests
	switch {
	case err != nil:
		return err
	case !out:
		s.Open = append(s.Open, a.Month)
	case d.told(r):
		s.Rated = append(s.Rated, r)
	default:
		s.Untold = append(s.Untold, r)
	}
	return nil
}

// rated counts an activity's ballots, once its result is out.
func (d Desk) rated(tx Tx, a Activity) (RatedActivity, bool, error) {
	if a.Result.IsZero() {
		return RatedActivity{}, false, nil
	}
	t, _, err := d.Evaluate(tx, a.ID)
	return RatedActivity{Activity: a.ID, Month: a.Month, Tally: t, Under: t.Under(d.For(a).Rules.SatisfactionFloor)}, true, err
}

// told tells whether a result counts: what nobody rated, or too few for their result to be told, has none.
func (d Desk) told(r RatedActivity) bool {
	return r.Tally.Told(d.For(Activity{Month: r.Month}).Rules)
}

// low are a branch's activities of a year under the floor, by month.
func (d Desk) low(tx Tx, b BranchID, year int) ([]RatedActivity, error) {
	all, err := tx.Activities(b, YearMonth{year, time.January}, YearMonth{year, time.December})
	if err != nil {
		return nil, err
	}
	var out []RatedActivity
	for _, a := range all {
		r, there, err := d.rated(tx, a)
		if err != nil {
			return nil, err
		}
		if !there || !r.Under || !d.told(r) {
			continue
		}
		t, err := d.Tally(tx, a)
		if err != nil {
			return nil, err
		}
		r.Participants = t.Present + t.Remote + t.Guests
		out = append(out, r)
	}
	return out, nil
}

// Weakest is the dimension that was rated lowest; empty where several were, and of fewer ballots than may be told apart (R25).
func (t EvaluationTally) Weakest(r Rules) string {
	if t.Raters < max(r.DimensionBallots, r.ResultBallots, 1) {
		return ""
	}
	least, shared := 0, false
	for i, sum := range t.Sums {
		switch {
		case sum < t.Sums[least]:
			least, shared = i, false
		case i > 0 && sum == t.Sums[least]:
			shared = true
		}
	}
	if shared {
		return ""
	}
	return Dimensions[least]
}
