package themeday_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"themeday"
)

// bookAt is an instant of 2026: 03-13 14:00.
func bookAt(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", "2026-"+s, beijing)
	if err != nil {
		panic(err)
	}
	return t
}

// people of the branch of the yearbook, by id.
const (
	bookWang themeday.PersonID = 1 + iota
	bookZhang
	bookLi
	bookZhao
	bookGuest
)

// newYear is a stage on which branch 一 held its March activity: 王强 and 张三 came, 张三 entered afterwards; 李四 was on leave, 赵六 absent.
func newYear(t *testing.T) *planStage {
	s := newPlanStage(t)
	s.at = bookAt("04-20 08:00")
	a := themeday.Activity{
		ID: "一/2026-03", Branch: "一", Month: themeday.YearMonth{Year: 2026, Month: 3}, Version: 1, Starts: bookAt("03-13 14:00"), Ends: bookAt("03-13 18:00"),
		Place: "会议室", Topics: []string{"=学习", "誓词"}, Content: []string{"政治学习"}, Submitted: bookAt("03-02 09:00"), Ended: bookAt("03-13 18:05"),
		Evaluated: bookAt("03-13 18:05"), Result: bookAt("03-14 18:05"), Summary: "很好", Filed: bookAt("03-17 10:00"), FiledBy: bookWang,
	}
	for i := range a.Steps {
		a.Steps[i] = themeday.StepDone{At: bookAt("03-05 09:00"), By: bookWang}
	}
	april := themeday.Activity{ID: "一/2026-04", Branch: "一", Month: themeday.YearMonth{Year: 2026, Month: 4}, Version: 2, Starts: bookAt("04-24 14:00"), Ends: bookAt("04-24 18:00")}
	s.do(func(tx themeday.Tx) error {
		var errs []error
		for i, name := range []string{"王强", "张三", "李四", "赵六", "周青"} {
			id, err := tx.AddPerson(themeday.Person{Name: name})
			errs = append(errs, err)
			if id != bookGuest {
				m := themeday.Membership{Branch: "一", Person: id, Number: i + 1, Category: themeday.Formal, Offices: themeday.Offices{themeday.Member}}
				if id == bookWang {
					m.Offices = themeday.Offices{themeday.Secretary}
				}
				errs = append(errs, tx.PutMembership(m))
			}
		}
		signIn := func(p themeday.PersonID, at, entered string, how themeday.How, by themeday.PersonID, why string) {
			errs = append(errs, tx.PutSignIn(themeday.SignIn{Activity: a.ID, Person: p, At: bookAt(at), Entered: bookAt(entered), How: how, By: by, Why: why, Guest: p == bookGuest}),
				tx.AddEntry(themeday.Entry{
					Happened: bookAt(at), Entered: bookAt(entered), By: by, Verb: string(how), Branch: "一", Activity: a.ID, Noun: "signin",
					Key: fmt.Sprintf("%s/%d", a.ID, p), After: []byte(fmt.Sprintf(`{"Person":%d}`, p)),
				}))
		}
		errs = append(errs, tx.PutActivity(a), tx.PutActivity(april))
		signIn(bookWang, "03-13 13:50", "03-13 13:50", themeday.Self, bookWang, "")
		signIn(bookZhang, "03-13 14:00", "03-14 09:00", themeday.Late, bookWang, "手机没电")
		signIn(bookGuest, "03-13 13:55", "03-13 13:55", themeday.Self, bookGuest, "")
		errs = append(errs,
			tx.PutGuest(themeday.Guest{Activity: a.ID, Person: bookGuest, Name: "周青", Kind: "积极分子"}),
			tx.PutLeave(themeday.Leave{Activity: a.ID, Person: bookLi, At: bookAt("03-12 20:00"), Reason: "@住院", State: themeday.LeaveGranted, Decided: bookAt("03-12 21:00"), By: bookWang}),
			tx.PutMakeup(themeday.Makeup{Activity: a.ID, Person: bookLi, State: themeday.MakeupConfirmed, Due: bookAt("03-28 00:00"), Text: "体会", Handed: bookAt("03-20 09:00"), Decided: bookAt("03-20 10:00"), By: bookWang}),
			tx.PutMakeup(themeday.Makeup{Activity: a.ID, Person: bookZhao, State: themeday.MakeupOwed, Due: bookAt("03-28 00:00")}),
			tx.PutCheck(themeday.Check{Activity: a.ID, Item: "党旗", By: bookWang, At: bookAt("03-13 13:30")}),
			tx.PutPicture(themeday.Picture{
				ID: "aa", Activity: a.ID, Person: bookWang, Use: "activity", At: bookAt("03-13 15:00"), Caption: "=宣誓", LikeActivity: "二/2026-02", LikeID: "cc",
			}),
			tx.PutPicture(themeday.Picture{ID: "bb", Activity: a.ID, Person: bookLi, Use: "leave", At: bookAt("03-12 20:00")}),
			tx.PutChange(themeday.DateChange{Activity: april.ID, Version: 2, From: bookAt("04-10 14:00"), To: april.Starts, Why: "会场占用", At: bookAt("04-01 09:00"), By: bookWang}),
			tx.PutFiling(themeday.Filing{Branch: "一", Year: 2026, At: bookAt("02-02 09:00"), By: bookWang, Late: true}),
			tx.AddObjection(themeday.Objection{Branch: "一", Activity: a.ID, Person: bookZhao, Text: "我到了", At: bookAt("03-15 09:00")}),
			tx.PutPost(themeday.Post{
				Key: "notice/一/2026-03/1", Kind: themeday.Notice, Branch: "一", Activity: a.ID, To: themeday.ToGroup, State: themeday.Sent,
				Due: bookAt("03-08 09:00"), SentAt: bookAt("03-08 09:00"), Text: "预告",
			}))
		_, err := tx.AddMinute(themeday.Minute{Activity: a.ID, Kind: themeday.Agreed, Text: "每月一次志愿服务", By: bookZhang, At: bookAt("03-13 16:00")})
		errs = append(errs, err)
		entry := themeday.Entry{
			Happened: bookAt("03-13 14:10"), Entered: bookAt("03-13 14:10"), By: bookZhang, Verb: "签到", Branch: "一", Activity: a.ID, Noun: "signin", Key: "一/2026-03/4",
			After: []byte(`{"Person":4}`),
		}
		back := entry
		back.Verb, back.Undoes, back.Before, back.After, back.Entered = "撤销", 4, entry.After, nil, bookAt("03-13 14:12")
		return errors.Join(append(errs, tx.AddEntry(entry), tx.AddEntry(back))...)
	})
	return s
}

func (s *planStage) rate(scores ...themeday.Scores) {
	s.do(func(tx themeday.Tx) error {
		var errs []error
		for i, sc := range scores {
			_, err := tx.Vote("一/2026-03", themeday.PersonID(i+1))
			errs = append(errs, err, tx.AddBallot(themeday.Ballot{Activity: "一/2026-03", Key: fmt.Sprint(i), Scores: sc, Remark: "太长"}))
		}
		return errors.Join(errs...)
	})
}

func (s *planStage) yearbook(own bool) (y themeday.Yearbook) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) (err error) {
		y, err = s.desk.Yearbook(tx, "一", 2026, s.at, own)
		return err
	})
	return y
}

// drawn writes a part's rows: a line a row, | between the cells.
func drawn(y themeday.Yearbook, part string) string {
	var lines []string
	for i, p := range themeday.YearParts() {
		if p.Name != part {
			continue
		}
		for _, row := range y.Rows[i] {
			var cells []string
			for _, v := range row {
				switch v := v.(type) {
				case nil:
					cells = append(cells, "")
				case time.Time:
					cells = append(cells, v.Format("01-02 15:04"))
				case float64:
					cells = append(cells, fmt.Sprintf("%.1f", v))
				default:
					cells = append(cells, fmt.Sprint(v))
				}
			}
			lines = append(lines, strings.Join(cells, "|"))
		}
	}
	return strings.Join(lines, "\n")
}

func TestTheYearlyLedgerHoldsEveryPart(t *testing.T) {
	s := newYear(t)
	five, four, two := themeday.Scores{5, 5, 5, 5}, themeday.Scores{4, 4, 4, 4}, themeday.Scores{2, 2, 2, 2}
	s.rate(five, five, four, four, two)
	y := s.yearbook(true)
	for _, c := range []struct{ part, want string }{
		{"月度方案与审定", "3月|=学习；誓词|||03-05 09:00|03-02 09:00|||03-05 09:00|王强|已审定\n4月|||||||||" + "|未报审"},
		{"预告", "3月|预告|03-13 14:00|03-08 09:00|5|按期|预告"},
		{"签到册", "3月|2026-03-13|1|王强|书记|到会|03-13 13:50|本人|王强|03-13 13:50||\n" +
			"3月|2026-03-13|2|张三|正式党员|到会|—|补签|王强|03-14 09:00|手机没电|\n" +
			"3月|2026-03-13|3|李四|正式党员|请假|||||" + "|\n3月|2026-03-13|4|赵六|正式党员|缺席|||||" + "|\n" +
			"3月|2026-03-13||周青|列席：积极分子|列席|03-13 13:55|本人|周青|03-13 13:55||"},
		{"请假登记", "03-01|3月|李四|@住院|03-12 20:00|事前|已准|王强|03-12 21:00||"},
		{"补学登记", "3月|李四|请假|2026-03-27|已补学|03-20 09:00|文字|体会|王强|03-20 10:00|\n3月|赵六|缺席|2026-03-27|逾期未补||||||"},
		{"活动纪实", "3月|1|现场检查|03-13 13:30|党旗|王强\n3月|2|共识|03-13 16:00|每月一次志愿服务|张三\n3月|3|总结|03-05 09:00|很好|王强\n3月|4|上报|03-17 10:00|纪实表逾期2天上报|王强"},
		{"测评汇总", "3月|=学习；誓词|3|5|4|80|4.0|4.0|4.0|4.0|否|0|"},
		{"变更报备", "4月|1|04-10 14:00|04-24 14:00|会场占用|04-01 09:00|王强"},
		{"照片", "3月|1|aa|=宣誓|王强|03-13 15:00|与其他支部2026年2月的照片相似|aa"},
		{"巡查抽查与整改", ""},
		{"领导参加与指导", ""},
		{"更正与异议", "撤销|3月|03-13 14:12|03-13 14:10|撤销“签到”|赵六|张三|\n事后补录|3月|03-14 09:00|03-13 14:00|late|张三|王强|\n上报|3月|03-17 10:00||纪实表第1版||王强|\n异议|3月|03-15 09:00||异议|赵六|赵六|我到了"},
	} {
		if got := drawn(y, c.part); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.part, got, c.want)
		}
	}
	plan := strings.Split(drawn(y, "年度计划及备案"), "\n")
	if len(plan) != 12 || plan[2] != "3月|2026-03-13|周五|14:00|18:00|会议室|=学习；誓词|政治学习|自选||王强||逾期备案|02-02 09:00" || plan[4] != "5月||未排定||||||||||逾期备案|02-02 09:00" {
		t.Errorf("the plan: %q", plan)
	}
	figures := strings.Split(drawn(y, "年度统计"), "\n")
	for i, want := range map[int]string{
		0: "1月||无记录|||||||||||||", 2: "3月|2026-03-13|已开展|4|2|0|1|1|1|50|未达标|5|80|按期|03-17 10:00|逾期2天", 3: "4月|2026-04-24|未到时间|||||||||||||", 4: "5月||未排定|||||||||||||",
		12: "合计||已开展1次|4|2|0|1|1|1|50|达标0次|5|80|按期1次||上报1次，按期0次",
	} {
		if len(figures) != 13 || figures[i] != want {
			t.Errorf("figures, line %d: %q, want %q", i+1, figures, want)
		}
	}
}

func TestEveryRowOfTheLedgerHasACellForEveryColumn(t *testing.T) {
	s := newYear(t)
	y := s.yearbook(true)
	for i, p := range themeday.YearParts() {
		for _, row := range y.Rows[i] {
			if len(row) != len(p.Columns) {
				t.Errorf("%s: %d cells, %d columns: %v", p.Name, len(row), len(p.Columns), row)
			}
		}
	}
}

func TestReasonsStayInTheBranchAndBallotsStandInNoLedger(t *testing.T) {
	s := newYear(t)
	s.rate(themeday.Scores{1, 1, 1, 1}, themeday.Scores{5, 5, 5, 5})
	for _, own := range []bool{true, false} {
		all := fmt.Sprint(s.yearbook(own).Rows)
		for _, secret := range []string{"@住院", "手机没电", "体会", "我到了"} {
			if strings.Contains(all, secret) != own {
				t.Errorf("own %v: %q", own, secret)
			}
		}
		if strings.Contains(all, "太长") {
			t.Error("the remark of a ballot stands in the ledger")
		}
		if got := drawn(s.yearbook(own), "测评汇总"); got != "3月|=学习；誓词|3|2|||||||||不足3票，只记票数" {
			t.Error("two ballots are told:", got)
		}
	}
}

func TestFewBallotsAreNotToldByDimensionAndNoneBeforeTheResult(t *testing.T) {
	five, two := themeday.Scores{5, 5, 5, 5}, themeday.Scores{2, 2, 2, 2}
	s := newYear(t)
	s.rate(five, five, five, two)
	if got := drawn(s.yearbook(true), "测评汇总"); got != "3月|=学习；誓词|3|4|3|75|||||否|0|不足5票，不分项" {
		t.Error(got)
	}
	a := s.activity("一/2026-03")
	a.Result = time.Time{}
	s.do(func(tx themeday.Tx) error { return tx.PutActivity(a) })
	if got := drawn(s.yearbook(true), "测评汇总"); got != "3月|=学习；誓词|3|4|||||||||测评尚未公布" {
		t.Error(got)
	}
}

func TestAnActivityThatNobodyAttendedHasNoAbsentees(t *testing.T) {
	s := newYear(t)
	s.at = bookAt("05-02 08:00") // April passed without a word
	y := s.yearbook(true)
	if got := strings.Split(drawn(y, "年度统计"), "\n")[3]; !strings.HasPrefix(got, "4月|2026-04-24|未开展|||") {
		t.Error(got)
	}
	if got := drawn(y, "签到册"); strings.Contains(got, "4月") {
		t.Error(got)
	}
}
