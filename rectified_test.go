package themeday_test

import (
	"fmt"
	"strings"
	"testing"

	"themeday"
)

func TestLedgerReviewAndEvidenceTellOfRectifications(t *testing.T) {
	s := ratedYear(t, "22255 22255 (22255)")
	s.closes(3, "03-11 18:00")
	s.do(func(tx themeday.Tx) error {
		all, err := tx.Rectifications("一")
		if err != nil {
			return err
		}
		_, err = s.desk.HandInMeasures(tx, themeday.Cause{By: 1, At: bookAt("03-20 09:00"), Branch: "一", Verb: "整改"}, all[0], "提前点题")
		return err
	})
	s.at = bookAt("03-25 08:00")
	var book themeday.Yearbook
	s.do(func(tx themeday.Tx) (err error) {
		book, err = s.desk.Yearbook(tx, "一", 2026, s.at, false)
		return err
	})
	var rows []string
	for _, row := range book.Rows[10] {
		rows = append(rows, fmt.Sprint(row...))
	}
	drawn := strings.Join(rows, "\n")
	for _, want := range []string{"2026-03-11", "测评", "整改", "第1号：2026年3次主题党日满意率低于60%", "2026-04-10", "待复查；3月20日措施（同志1）：提前点题"} {
		if len(rows) != 1 || !strings.Contains(drawn, want) {
			t.Errorf("part 11 is %q, want %q in it", drawn, want)
		}
	}
	if got, want := clausesDrawn(s.evidence()), "R28|全年|整改第1号（测评）|待复查，限4月10日|03-11 18:00|台账11 巡查抽查与整改"; !strings.Contains(got, want) {
		t.Errorf("the evidence lacks %s:\n%s", want, got)
	}
	if got, want := gapsDrawn(s.evidence()), "全年|R28|整改第1号还没有复查|请机关党委复查：整改 第一支部 通过"; !strings.Contains(got, want) {
		t.Errorf("the gaps lack %s:\n%s", want, got)
	}
	r := s.review("一", 2026)
	if len(r.Rectifications) != 1 || r.Rectifications[0].Measures != 1 || r.Rectifications[0].State != themeday.RectifyHanded {
		t.Errorf("the review has %+v", r.Rectifications)
	}
	var problems []string
	for _, f := range r.Problems {
		problems = append(problems, string(f.Rule)+" "+f.Text)
	}
	for _, want := range []string{"R28 满意率低于60%的达到3次，支部及其班子成员本年度不得评先选优", "R28 有1项整改没有完成"} {
		if !strings.Contains(strings.Join(problems, "\n"), want) {
			t.Errorf("the problems lack %s: %q", want, problems)
		}
	}
}
