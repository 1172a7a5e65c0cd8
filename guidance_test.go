package themeday_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"themeday"
)

// guided gives the year of the ledger a leader who came as a guest and spoke, and makes 张三 a leader who is an ordinary member.
func (s *planStage) guided(t *testing.T) themeday.PersonID {
	t.Helper()
	var leader themeday.PersonID
	s.do(func(tx themeday.Tx) (err error) {
		if leader, err = tx.AddPerson(themeday.Person{Name: "陈国华", Liaison: true}); err != nil {
			return err
		}
		return errors.Join(
			tx.PutPerson(themeday.Person{ID: bookZhang, Name: "张三", Liaison: true}), tx.PutGuides(leader, []themeday.BranchID{"一"}),
			tx.PutGuest(themeday.Guest{Activity: "一/2026-03", Person: leader, Name: "陈国华", Kind: "联系领导"}),
			tx.PutSignIn(themeday.SignIn{Activity: "一/2026-03", Person: leader, At: bookAt("03-13 13:56"), Entered: bookAt("03-13 13:56"), How: themeday.Self, By: leader, Guest: true}),
			tx.PutComment(themeday.Comment{Activity: "一/2026-03", Person: leader, Text: "优点：准备充分；不足：时间紧", At: bookAt("03-13 18:00"), By: bookWang}),
		)
	})
	return leader
}

func TestTheLedgerTellsLeadersTwoLivesApart(t *testing.T) {
	s := newYear(t)
	s.guided(t)
	s.do(func(tx themeday.Tx) error {
		book, err := s.desk.Yearbook(tx, "一", 2026, s.at, true)
		if err != nil {
			return err
		}
		var got []string
		for _, row := range book.Rows[11] {
			got = append(got, fmt.Sprint(row[0], " ", row[2], " ", row[3], " ", row[4], " ", row[5]))
		}
		want := []string{
			"3月 张三 联系领导 本支部党员：到会 ", "3月 陈国华 联系领导 列席（本人） 优点：准备充分；不足：时间紧（书记代录）",
			"全年 张三 联系领导 本支部党员：应参加1次，参加1次 ", "全年 陈国华 联系领导 列席1次 ",
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		return nil
	})
}

func TestEvidenceAndReviewTellOfVisitsAndComments(t *testing.T) {
	s := newYear(t)
	s.guided(t)
	e := s.evidence()
	drawn := clausesDrawn(e)
	for _, want := range []string{
		"R09|3月|领导干部以普通党员身份参加|1人，到会1人||纪实表、台账12 领导参加与指导",
		"R10|3月|联系领导到场指导|1人||纪实表、台账12 领导参加与指导",
		"R14|3月|列席|到会2人（积极分子1、联系领导1）||纪实表、台账4 签到册",
		"R27|3月|领导点评|1条|03-13 18:00|纪实表、台账12 领导参加与指导",
	} {
		if !strings.Contains(drawn, want) {
			t.Errorf("no %q in\n%s", want, drawn)
		}
	}
	if strings.Contains(gapsDrawn(e), "R10") || strings.Contains(gapsDrawn(e), "R27") {
		t.Errorf("gaps %s", gapsDrawn(e))
	}
	s.do(func(tx themeday.Tx) error {
		r, err := s.desk.YearReview(tx, "一", 2026, s.at)
		if len(r.Visits) != 1 || r.Visits[0].Name != "陈国华" || len(r.Comments) != 1 || len(r.Comments[0].Parts) != 2 {
			t.Errorf("visits %v, comments %v", r.Visits, r.Comments)
		}
		return err
	})
}

func TestAQuarterWithoutAVisitAndAVisitWithoutAWordAreGaps(t *testing.T) {
	s := newYear(t)
	leader := s.guided(t)
	s.do(func(tx themeday.Tx) error { return tx.DeleteComment("一/2026-03", leader) })
	if got := gapsDrawn(s.evidence()); !strings.Contains(got, "3月|R27|3月有联系领导到场，没有点评记录|请到场领导点评，由书记代录：更正 3月 点评 姓名 内容") {
		t.Errorf("gaps %s", got)
	}
	s.do(func(tx themeday.Tx) error {
		return errors.Join(tx.DeleteSignIn("一/2026-03", leader), tx.DeleteGuest("一/2026-03", leader))
	})
	if got := gapsDrawn(s.evidence()); !strings.Contains(got, "全年|R10|第1季度联系领导到场0次，要求1次") || strings.Contains(got, "第2季度") {
		t.Errorf("gaps %s", got)
	}
}

func TestVisitsAreCountedByQuarterAndAttendanceByMonth(t *testing.T) {
	s := newYear(t)
	leader := s.guided(t)
	s.do(func(tx themeday.Tx) error {
		all, err := s.desk.LeaderYears(tx, 2026, s.at)
		if err != nil {
			return err
		}
		var got []string
		for _, l := range all {
			got = append(got, fmt.Sprint(l.Person.ID == leader, l.Own, l.Guided, l.Elsewhere, l.Comments))
		}
		branch := fmt.Sprint(all[0].Own[0].Branch)
		want := []string{"false [{" + branch + " [{2026-03 到会}] 1 1}] [] 0 0", "true [] [{" + branch + " [1 0 0 0] 1}] 0 1"}
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		first, err := s.desk.Unvisited(tx, themeday.Quarter{Year: 2026, N: 1}, s.at)
		if err != nil || len(first) != 0 {
			t.Errorf("unvisited in the first quarter: %v, %v", first, err)
		}
		second, err := s.desk.Unvisited(tx, themeday.Quarter{Year: 2026, N: 2}, s.at)
		if err != nil || len(second) != 1 || second[0].Guides[0].ID != leader || second[0].Next.Month.Month != 4 {
			t.Errorf("unvisited in the second quarter: %v, %v", second, err)
		}
		return nil
	})
}
