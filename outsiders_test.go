package themeday_test

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"themeday"
)

// rateOutside gives March ballots of invited outsiders.
func (s *planStage) rateOutside(scores ...themeday.Scores) {
	s.do(func(tx themeday.Tx) error {
		var errs []error
		for i, sc := range scores {
			errs = append(errs, tx.AddBallot(themeday.Ballot{Activity: "一/2026-03", Key: fmt.Sprint("x", i), Scores: sc, Outside: true}))
		}
		return errors.Join(errs...)
	})
}

func TestR26TheLedgerTellsOfOutsidersBesideTheBranchsOwnFiguresAndJudgesByThose(t *testing.T) {
	five, two := themeday.Scores{5, 5, 5, 5}, themeday.Scores{2, 2, 2, 2}
	for _, row := range []struct {
		name         string
		own, outside []themeday.Scores
		want         string
	}{
		{
			"outsiders are content where the branch is not",
			[]themeday.Scores{five, two, two},
			[]themeday.Scores{five, five, five, five, five},
			"3|1|33|||||是|1|不足5票，不分项；扩大参评另列：5票，满意5，满意率100%；合计8票，满意6，满意率75%",
		},
		{
			"outsiders are not content where the branch is",
			[]themeday.Scores{five, five, five, five, five},
			[]themeday.Scores{two, two, two},
			"5|5|100|5.0|5.0|5.0|5.0|否|0|扩大参评另列：3票，满意0，满意率0%；合计8票，满意5，满意率62%",
		},
		{"two outsiders are not told", []themeday.Scores{five, five, five}, []themeday.Scores{two, two}, "3|3|100|||||否|0|不足5票，不分项"},
		{"two of the branch's own are not told", []themeday.Scores{five, two}, []themeday.Scores{five, five, two}, "2|||||||||不足3票，只记票数；扩大参评另列：3票，满意2，满意率66%"},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := newYear(t)
			s.rate(row.own...)
			s.rateOutside(row.outside...)
			if got, want := drawn(s.yearbook(true), "测评汇总"), "3月|=学习；誓词|3|"+row.want; got != want {
				t.Errorf("%s\nwant %s", got, want)
			}
			a := s.activity("一/2026-03")
			a.Result = time.Time{}
			s.do(func(tx themeday.Tx) error { return tx.PutActivity(a) })
			if got, want := drawn(s.yearbook(true), "测评汇总"), fmt.Sprintf("3月|=学习；誓词|3|%d|||||||||测评尚未公布", len(row.own)); got != want {
				t.Errorf("before the result %s\nwant %s", got, want)
			}
		})
	}
}

func TestR26TheRecordFormTellsOfOutsidersApart(t *testing.T) {
	five, two := themeday.Scores{5, 5, 5, 5}, themeday.Scores{2, 2, 2, 2}
	s := newYear(t)
	s.rate(five, five, two)
	s.rateOutside(five, two, two)
	form := func() (f themeday.RecordForm) {
		a := s.activity("一/2026-03")
		s.do(func(tx themeday.Tx) (err error) {
			f, err = s.desk.RecordForm(tx, a)
			return err
		})
		return f
	}
	e := form().Evaluation
	if e.Raters != 3 || e.RatePercent != 66 || !reflect.DeepEqual(e.Outside, &themeday.RateFigures{Raters: 3, Satisfied: 1, RatePercent: 33}) ||
		!reflect.DeepEqual(e.Together, &themeday.RateFigures{Raters: 6, Satisfied: 3, RatePercent: 50}) {
		t.Errorf("%+v, outside %+v, together %+v", e, e.Outside, e.Together)
	}
	a := s.activity("一/2026-03")
	a.Result = time.Time{}
	s.do(func(tx themeday.Tx) error { return tx.PutActivity(a) })
	if e := form().Evaluation; e.Outside != nil || e.Together != nil {
		t.Errorf("before the result: outside %+v, together %+v", e.Outside, e.Together)
	}
}
