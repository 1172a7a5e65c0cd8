package themeday

import (
	"cmp"
	"slices"
)

// Ranked is a branch's place in a year's ranking.
type Ranked struct {
	YearStanding
	Lower       float64 // the lower bound of its satisfaction, 0 to 1
	Recommended bool
}

// Ranking orders the branches of a year for recommendation (R28); it is the committee's alone.
type Ranking struct {
	Year   int
	Ranked []Ranked       // the best first
	Few    []YearStanding // too few results or ballots to be ranked
}

// Places is how many branches are recommended at most: a tenth of those ranked, at least one.
func (r Ranking) Places() int { return max(1, len(r.Ranked)/10) }

// Rank orders branches by the lower bound of their satisfaction, so that a branch of few raters neither gains nor loses by chance. Of the same
// bound who has more ballots comes first. Recommended is a tenth of those ranked, at least one: the first of them who are not barred and had
// enough members in every month (R12).
func Rank(year int, all []YearStanding, r Rules) Ranking {
	out := Ranking{Year: year}
	for _, s := range all {
		t := s.Pooled()
		if len(s.Rated) < r.RankResults || t.Raters < r.RankBallots {
			out.Few = append(out.Few, s)
			continue
		}
		out.Ranked = append(out.Ranked, Ranked{YearStanding: s, Lower: WilsonLower(t.Satisfied, t.Raters)})
	}
	slices.SortStableFunc(out.Ranked, func(a, b Ranked) int {
		return cmp.Or(cmp.Compare(b.Lower, a.Lower), cmp.Compare(b.Pooled().Raters, a.Pooled().Raters))
	})
	places := out.Places()
	for i, x := range out.Ranked {
		if places > 0 && !x.Barred() && x.AttendedAlways() {
			out.Ranked[i].Recommended = true
			places--
		}
	}
	return out
}
