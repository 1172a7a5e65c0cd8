package themeday_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"themeday"
)

// TestInspectionsStandInLedgerEvidenceAndReview: one that was planned, one that was drawn, and two findings of which one is closed.
func TestInspectionsStandInLedgerEvidenceAndReview(t *testing.T) {
	s := ratedYear(t, "55555 55555 55555")
	march := themeday.YearMonth{Year: 2026, Month: time.March}
	cause := func(at string) themeday.Cause {
		return themeday.Cause{By: 1, At: bookAt(at), Verb: "巡查", Branch: "一"}
	}
	s.do(func(tx themeday.Tx) error {
		if err := tx.PutDraw(themeday.Draw{
			Number: 1, Commitment: themeday.SeedCommitment(drawSeed), Committed: bookAt("03-17 09:00"), Seed: drawSeed, Head: drawHead, On: themeday.Date{Year: 2026, Month: 3, Day: 18},
			Drawn: bookAt("03-18 10:00"), Candidates: []themeday.Candidate{{Branch: "一", Weight: 365, Place: 1}},
		}); err != nil {
			return err
		}
		for _, i := range []themeday.Inspection{
			{Number: 1, Branch: "一", Month: march, Way: "现场", On: themeday.Date{Year: 2026, Month: 3, Day: 13}, By: 1, At: bookAt("03-13 19:00"), Text: "按时开展"},
			{Number: 2, Branch: "一", PartyGroup: "第一小组", Month: march, Way: "资料", Draw: 1, On: themeday.Date{Year: 2026, Month: 3, Day: 19}, By: 1, At: bookAt("03-19 10:00"), Text: "缺照片"},
		} {
			if err := tx.PutInspection(i); err != nil {
				return err
			}
		}
		moved, err := s.desk.Find(tx, cause("03-19 10:01"), themeday.Found{Branch: "一", PartyGroup: "第一小组", Month: march, Kind: themeday.FoundOther, Text: "没有照片"})
		if err != nil {
			return err
		}
		if moved, err = s.desk.AnswerFinding(tx, cause("03-20 10:00"), moved, "已补"); err != nil {
			return err
		}
		c := cause("03-21 10:00")
		c.By = 99
		if _, err = s.desk.CloseFinding(tx, c, moved, "看过"); err != nil {
			return err
		}
		_, err = s.desk.Find(tx, cause("03-22 10:00"), themeday.Found{Branch: "一", Month: march, Kind: themeday.FoundMoved, Text: "没有报备"})
		return err
	})
	s.at = bookAt("04-20 08:00")
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
	for _, want := range []string{
		"定期·现场", "3月（", "按时开展", "随机·资料（2026-03-18抽取，种子" + drawSeed + "）", "第一小组3月", "巡查问题第1号，第一小组3月：没有照片", "2026-04-03",
		"已销号；3月20日措施", "：已补；3月21日销号", "2026-03-21", "擅自变更", "待整改",
	} {
		if len(rows) != 4 || !strings.Contains(drawn, want) {
			t.Errorf("part 11 lacks %q:\n%s", want, drawn)
		}
	}
	for _, want := range []string{"R30|全年|机关党委巡查3月（现场）|定期巡查", "R30|全年|机关党委巡查第一小组3月（资料）|随机抽查", "R30|全年|巡查问题第1号（其他）|已销号，限4月3日"} {
		if got := clausesDrawn(s.evidence()); !strings.Contains(got, want) {
			t.Errorf("the evidence lacks %s:\n%s", want, got)
		}
	}
	if got, want := gapsDrawn(s.evidence()), "全年|R30|巡查问题第2号没有销号，已逾期|交整改措施：整改 巡查 2 措施 做了什么"; !strings.Contains(got, want) {
		t.Errorf("the gaps lack %s:\n%s", want, got)
	}
	r := s.review("一", 2026)
	if x := r.Inspections; x.Planned != 1 || x.Drawn != 1 || len(x.Findings) != 2 || x.Open() != 1 {
		t.Errorf("the review has %+v", x)
	}
	var problems []string
	for _, f := range r.Problems {
		problems = append(problems, string(f.Rule)+" "+f.Text)
	}
	if want := "R30 巡查发现问题2个，1个没有销号"; !strings.Contains(strings.Join(problems, "\n"), want) {
		t.Errorf("the problems lack %s: %q", want, problems)
	}
}
