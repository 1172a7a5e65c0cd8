package themeday_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"themeday"
)

// standingOf is a branch with results drawn as satisfied/raters a month; x behind is a month with too few members, - one that was missed.
func standingOf(name, drawn string) themeday.YearStanding {
	s := themeday.YearStanding{Branch: themeday.Branch{Name: name}, Year: 2026, Need: 3}
	for i, month := range strings.Fields(drawn) {
		m := themeday.YearMonth{Year: 2026, Month: time.Month(i + 1)}
		if month == "-" {
			s.Missed = append(s.Missed, m)
			continue
		}
		var t themeday.EvaluationTally
		fmt.Sscanf(month, "%d/%d", &t.Satisfied, &t.Raters)
		s.Rated = append(s.Rated, themeday.RatedActivity{Month: m, Tally: t, Under: t.Under(60)})
		s.Attended = append(s.Attended, themeday.AttendedActivity{Month: m, Due: 10, Came: 9, Met: !strings.HasSuffix(month, "x")})
	}
	return s
}

func TestBranchesAreRankedByWhatTheirBallotsCanTell(t *testing.T) {
	r := themeday.Rank(2026, []themeday.YearStanding{
		standingOf("小", "4/4 4/4 4/4"),
		standingOf("大", "38/40 39/40 38/40"),
		standingOf("中", "9/10 9/10 9/10"),
		standingOf("差", "5/10 5/10 5/10"),
		standingOf("同", "9/10 9/10 9/10 0/0"),
		standingOf("两次", "40/40 40/40"),
		standingOf("九票", "3/3 3/3 3/3"),
	}, themeday.DefaultRules())
	var got []string
	for _, x := range r.Ranked {
		got = append(got, x.Branch.Name)
	}
	if want := "大 小 中 同 差"; strings.Join(got, " ") != want {
		t.Errorf("ranked %v, want %s", got, want)
	}
	if len(r.Few) != 2 || r.Few[0].Branch.Name != "两次" || r.Few[1].Branch.Name != "九票" {
		t.Errorf("apart: %+v", r.Few)
	}
}

func TestTheTopTenthIsRecommendedUnlessSomethingSpeaksAgainstIt(t *testing.T) {
	good, fair := "10/10 10/10 10/10", "8/10 8/10 8/10"
	for _, c := range []struct {
		name string
		all  []string
		want string
	}{
		{"one of few", []string{good, fair, fair}, "0"},
		{"not who had too few members in a month", []string{"10/10 10/10x 10/10", fair, "7/10 7/10 7/10"}, "1"},
		{"not who missed a month", []string{"10/10 - 10/10 10/10", fair}, "1"},
		{"not who is barred", []string{"100/100 100/100 100/100 5/10 5/10 5/10", fair}, "1"},
		{"nobody", []string{"10/10x 10/10 10/10"}, ""},
		{"two of twenty", strings.Split(strings.Repeat(good+";", 20), ";")[:20], "0 1"},
	} {
		var all []themeday.YearStanding
		for i, drawn := range c.all {
			all = append(all, standingOf(fmt.Sprint(i), drawn))
		}
		var got []string
		for _, x := range themeday.Rank(2026, all, themeday.DefaultRules()).Ranked {
			if x.Recommended {
				got = append(got, x.Branch.Name)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}
