package themeday_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"themeday"
)

// R28: exactly the floor is not under it, and nobody's ballots are no result. The arithmetic is of whole numbers: 59.99 % is under.
func TestUnderTheFloorIsCountedInWholeNumbers(t *testing.T) {
	for _, c := range []struct {
		satisfied, raters int
		under             bool
	}{
		{3, 5, false}, {6, 10, false}, {5, 9, true}, {5999, 10000, true}, {6000, 10000, false}, {599999, 1000000, true}, {0, 1, true}, {0, 0, false},
	} {
		if got := (themeday.EvaluationTally{Raters: c.raters, Satisfied: c.satisfied}).Under(60); got != c.under {
			t.Errorf("%d of %d: under %v", c.satisfied, c.raters, got)
		}
	}
}

func TestTheWeakestDimensionIsToldOfEnoughBallotsOnly(t *testing.T) {
	for _, c := range []struct {
		ballots string // the marks of one ballot after the other
		want    string
	}{
		{"5523 5523 5523 5523 5523", "方式灵活生动"},
		{"4444 4444 4444 4444 4444", ""},
		{"5225 5225 5225 5225 5225", ""},
		{"5551 5551 5551 5551", ""},
		{"", ""},
	} {
		var tally themeday.EvaluationTally
		for _, b := range strings.Fields(c.ballots) {
			tally.Add(themeday.Scores{int(b[0] - '0'), int(b[1] - '0'), int(b[2] - '0'), int(b[3] - '0')}, 4)
		}
		if got := tally.Weakest(themeday.DefaultRules()); got != c.want {
			t.Errorf("%q: %q, want %q", c.ballots, got, c.want)
		}
	}
}

func (s *planStage) standing(year int) (out themeday.YearStanding) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) (err error) {
		out, err = s.desk.Standing(tx, "一", year, s.at)
		return err
	})
	return out
}

// rated are lines of months from January on; of each only who came and the ballots matter. A result in () is not out.
func ratedYear(t *testing.T, months string) *planStage {
	t.Helper()
	var lines []reviewLine
	for i, ballots := range strings.Fields(months) {
		open := strings.HasPrefix(ballots, "(")
		lines = append(lines, reviewLine{month: time.Month(i + 1), who: "SSSSS", ballots: strings.Trim(ballots, "()-"), out: !open, ahead: 5, hours: 4, filed: 1, steps: 9})
	}
	return reviewed(t, lines...)
}

func TestThreeOfACalendarYearBar(t *testing.T) {
	for _, c := range []struct {
		name, months string
		strikes      int
		barred       bool
		why          string
	}{
		{"two are two", "22255 22255", 2, false, ""},
		{"the third bars", "22255 55555 22255 22555 22255", 3, true, "22555 is 60 %"},
		{"60 % is none", "22555 22555 22555", 0, false, ""},
		{"nobody rated", "22255 22255 -", 2, false, ""},
		{"of two ballots nothing is told", "22255 22255 22", 2, false, ""},
		{"a result that is not out", "22255 22255 (22222)", 2, false, ""},
		{"all", "222 222 222 222", 4, true, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := ratedYear(t, c.months)
			if got := s.standing(2026); got.Strikes() != c.strikes || got.Barred() != c.barred {
				t.Errorf("%d strikes, barred %v; want %d, %v", got.Strikes(), got.Barred(), c.strikes, c.barred)
			}
			if got := s.standing(2025); got.Strikes() != 0 || got.Barred() {
				t.Errorf("the year before: %+v", got)
			}
		})
	}
}

// closes says that the result of a month was posted, as the sender does.
func (s *planStage) closes(month int, at string) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		id := themeday.ActivityID(fmt.Sprintf("一/2026-%02d", month))
		a, _, err := tx.Activity(id)
		if err != nil {
			return err
		}
		a.Result = time.Time{}
		if err := tx.PutActivity(a); err != nil {
			return err
		}
		return s.desk.AfterSent(tx, themeday.Post{Kind: themeday.EvaluationResult, Activity: id, Branch: "一"}, bookAt(at))
	})
}

func (s *planStage) told(kinds ...themeday.Kind) (out []string) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		all, err := tx.PostsOf("一", themeday.Waiting)
		for _, p := range all {
			for _, k := range kinds {
				if p.Kind == k {
					out = append(out, fmt.Sprintf("%s %s", p.Key, p.To))
				}
			}
		}
		return err
	})
	return out
}

func (s *planStage) rectifications() (out []string) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		all, err := tx.Rectifications("一")
		for _, r := range all {
			out = append(out, fmt.Sprintf("%d %s %s due %s: %s", r.Number, r.Source, r.State, s.desk.Local(r.Due).Format("01-02 15:04"), r.Text))
		}
		return err
	})
	return out
}

func TestTheThirdLowEvaluationBarsOnceAndOpensARectification(t *testing.T) {
	s := ratedYear(t, "(22255) (22255) (22255) (22255)")
	kinds := []themeday.Kind{themeday.EvaluationLow, themeday.AwardBarred}
	s.closes(1, "01-11 18:00")
	s.closes(2, "02-11 18:00")
	if got, want := strings.Join(s.told(kinds...), "\n"), "evaluation.low/一/2026-01 secretary\nevaluation.low/一/2026-02 secretary"; got != want {
		t.Errorf("after two:\n%s\nwant\n%s", got, want)
	}
	if got := s.rectifications(); got != nil {
		t.Errorf("after two: %v", got)
	}
	s.closes(3, "03-11 18:00")
	s.closes(3, "03-11 18:00") // a second time changes nothing
	if got, want := strings.Join(s.told(themeday.AwardBarred), "\n"), "award.barred/一/2026/1.3 secretary\naward.barred/一/2026/1.3/5 person"; got != want {
		t.Errorf("after three:\n%s\nwant\n%s", got, want)
	}
	want := "1 测评 open due 04-11 00:00: 2026年3次主题党日满意率低于60%：1月40%（2/5票，5人参加）、2月40%"
	if got := s.rectifications(); len(got) != 1 || !strings.HasPrefix(got[0], want) {
		t.Errorf("%v, want %s", got, want)
	}
	s.closes(4, "04-10 18:00")
	if got := s.rectifications(); len(got) != 1 {
		t.Errorf("a fourth opens another while one is open: %v", got)
	}
	if got := s.told(themeday.AwardBarred); len(got) != 4 {
		t.Errorf("the fourth is told: %v", got)
	}
}

func TestACorrectedFigureLiftsTheBarOnce(t *testing.T) {
	s := ratedYear(t, "22255 22255 (22255)")
	s.closes(3, "03-11 18:00")
	s.desk.Rules.SatisfactionFloor = 40 // as if the figures were others: no longer under
	for _, at := range []string{"03-12 00:05", "03-13 00:05"} {
		s.do(func(tx themeday.Tx) error { return s.desk.ReckonBars(tx, "一", bookAt(at)) })
	}
	if got := s.told(themeday.AwardRestored); len(got) != 2 {
		t.Errorf("told: %v, want the secretary and one of the committee", got)
	}
	if got := s.rectifications(); len(got) != 1 || !strings.HasPrefix(got[0], "1 测评 lapsed") {
		t.Errorf("%v", got)
	}
	s.desk.Rules.SatisfactionFloor = 60
	s.closes(3, "03-14 18:00")
	if got := s.rectifications(); len(got) != 2 || !strings.HasPrefix(got[1], "2 测评 open") {
		t.Errorf("barred again: %v", got)
	}
	if got := s.told(themeday.AwardBarred); len(got) != 4 {
		t.Errorf("barred again is told again: %v", got)
	}
	s.do(func(tx themeday.Tx) error {
		entries, err := tx.EntriesAbout("bar", "一/2026")
		if len(entries) != 3 {
			t.Errorf("%d entries, want barred, restored, barred", len(entries))
		}
		return err
	})
}

func TestARectificationGoesItsWay(t *testing.T) {
	s := ratedYear(t, "22255")
	var r themeday.Rectification
	step := func(want string, do func(tx themeday.Tx, c themeday.Cause) error) {
		t.Helper()
		var err error
		s.do(func(tx themeday.Tx) error {
			err = do(tx, themeday.Cause{By: 5, At: bookAt("03-01 10:00"), Branch: "一", Verb: "整改"})
			return nil
		})
		if got := string(themeday.CodeOf(err)); got != want {
			t.Errorf("got %q (%v), want %q", got, err, want)
		}
	}
	open := func(text string, due time.Time) func(themeday.Tx, themeday.Cause) error {
		return func(tx themeday.Tx, c themeday.Cause) (err error) {
			r, err = s.desk.OpenRectification(tx, c, "一", "抽查", text, due)
			return err
		}
	}
	step("invalid", open(" ", bookAt("04-01 00:00")))
	step("invalid", open("改期随意", bookAt("03-01 00:00")))
	step("", open("改期随意", bookAt("04-01 00:00")))
	one := r
	step("missing", func(tx themeday.Tx, c themeday.Cause) error {
		_, err := s.desk.CloseRectification(tx, c, one)
		return err
	})
	step("", func(tx themeday.Tx, c themeday.Cause) (err error) {
		c.By = 1
		one, err = s.desk.HandInMeasures(tx, c, one, "公布全年日期")
		return err
	})
	step("invalid", func(tx themeday.Tx, c themeday.Cause) error {
		_, err := s.desk.ReturnRectification(tx, c, one, "")
		return err
	})
	step("", func(tx themeday.Tx, c themeday.Cause) (err error) {
		one, err = s.desk.ReturnRectification(tx, c, one, "不具体")
		return err
	})
	step("missing", func(tx themeday.Tx, c themeday.Cause) error {
		_, err := s.desk.CloseRectification(tx, c, one)
		return err
	})
	step("", func(tx themeday.Tx, c themeday.Cause) (err error) {
		c.By = 1
		one, err = s.desk.HandInMeasures(tx, c, one, "已公布到12月")
		return err
	})
	step("forbidden", func(tx themeday.Tx, c themeday.Cause) error {
		c.By = 1 // who handed them in
		_, err := s.desk.CloseRectification(tx, c, one)
		return err
	})
	step("", func(tx themeday.Tx, c themeday.Cause) (err error) {
		one, err = s.desk.CloseRectification(tx, c, one)
		return err
	})
	step("conflict", func(tx themeday.Tx, c themeday.Cause) error {
		_, err := s.desk.HandInMeasures(tx, c, one, "再补")
		return err
	})
	if len(one.Steps) != 4 || one.State != themeday.RectifyClosed || one.Ended().IsZero() {
		t.Errorf("%+v", one)
	}
	s.do(func(tx themeday.Tx) error {
		entries, err := tx.EntriesAbout("rectification", "一/1")
		if len(entries) != 5 {
			t.Errorf("%d entries, want the opening and four steps", len(entries))
		}
		return err
	})
}
