package themeday

// Dimensions are the four things that an evaluation asks about (R25).
var Dimensions = [4]string{"主题特色鲜明", "内容充实健康", "方式灵活生动", "效果突出显著"}

// Scores are the marks of one ballot, 1 to 5 each, in the order of Dimensions.
type Scores [4]int

// Valid refuses marks outside 1 to 5.
func (s Scores) Valid() error {
	for _, n := range s {
		if n < 1 || n > 5 {
			return Refuse(Invalid, R25, "每项打1到5分，例如：评分 5 4 5 5")
		}
	}
	return nil
}

// Satisfied tells whether the mean of the four is at least from (R25).
func (s Scores) Satisfied(from int) bool { return s[0]+s[1]+s[2]+s[3] >= 4*from }

// EvaluationTally are the sums of an activity's ballots.
type EvaluationTally struct {
	Raters, Satisfied int
	Sums              [4]int
}

// Blank tells that of these ballots their number alone is kept (CountBallots): the sum of ballots that say something is never nothing.
func (t EvaluationTally) Blank() bool {
	return t.Raters > 0 && t.Satisfied == 0 && t.Sums == [4]int{}
}

// Told tells whether a result may be told (R25): of too few ballots nothing but their number is.
func (t EvaluationTally) Told(r Rules) bool {
	return t.Raters >= max(r.ResultBallots, 1) && !t.Blank()
}

// Add counts one ballot.
func (t *EvaluationTally) Add(s Scores, from int) {
	t.Raters++
	if s.Satisfied(from) {
		t.Satisfied++
	}
	for i, n := range s {
		t.Sums[i] += n
	}
}

// RatePercent is the satisfaction rate in whole percent, rounded down; 0 without raters.
func (t EvaluationTally) RatePercent() int { return Percent(t.Satisfied, t.Raters) }

// Means are the four means, to one decimal, halves rounded up.
func (t EvaluationTally) Means() [4]float64 {
	var out [4]float64
	if t.Raters == 0 {
		return out
	}
	for i, sum := range t.Sums {
		out[i] = float64((sum*20+t.Raters)/(2*t.Raters)) / 10
	}
	return out
}

// Under tells whether the rate is under a percentage (R28): the percentage itself is not, and no raters are no result.
func (t EvaluationTally) Under(floorPercent int) bool {
	return t.Raters > 0 && t.Satisfied*100 < t.Raters*floorPercent
}
