package themeday_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
)

func (s *formStage) cause(at time.Time, verb string) themeday.Cause {
	return themeday.Cause{By: s.ids["王强"], At: at, Verb: verb, Branch: s.a.Branch, Correcting: true}
}

// now is the activity as it stands.
func (s *formStage) now(tx themeday.Tx) themeday.Activity {
	s.t.Helper()
	a, _, err := tx.Activity(s.a.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	return a
}

func (s *formStage) files(at time.Time) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		_, _, err := s.desk.FileRecord(tx, s.cause(at, "上报"), s.now(tx))
		return err
	})
}

// part is a part of the ledger of 2026: a line a row.
func (s *formStage) part(name string) string {
	s.t.Helper()
	var y themeday.Yearbook
	err := s.store.View(context.Background(), func(tx themeday.Tx) (err error) {
		y, err = s.desk.Yearbook(tx, s.a.Branch, 2026, s.at(31, 9, 0), false)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return drawn(y, name)
}

func TestACorrectionSaysWhatStoodThereAndWhatStandsThereNow(t *testing.T) {
	s := newFormStage(t)
	old, long := "成效：人人发言", "成效："+strings.Repeat("长", 100)
	s.a.Summary = old
	s.do(func(tx themeday.Tx) error { return tx.PutActivity(s.a) })
	s.signIn("王强", themeday.Self, "王强", "")
	s.signIn("陈静", themeday.Self, "陈静", "")
	s.do(func(tx themeday.Tx) error {
		return tx.PutLeave(themeday.Leave{Activity: s.a.ID, Person: s.ids["孙丽"], At: s.at(9, 20, 0), Reason: "孩子发烧", State: themeday.LeaveGranted, Decided: s.at(9, 21, 0), By: s.ids["王强"]})
	})
	s.files(s.at(14, 9, 41))
	if f := s.form(); !f.Frozen() || len(f.Filings) != 1 || f.FileName() != "第一支部2026年3月主题党日纪实表（第1版）.docx" {
		t.Errorf("filed: %v %+v %s", f.Frozen(), f.Filings, f.FileName())
	}
	s.do(func(tx themeday.Tx) error {
		roster, err := s.desk.RosterOf(tx, s.a)
		if err != nil {
			return err
		}
		who := func(name string) themeday.Comrade { c, _ := roster.Find(s.ids[name]); return c }
		if _, err := s.desk.SignInProxy(tx, s.cause(s.at(15, 9, 0), "补签"), s.now(tx), who("李敏"), "手机没电", true); err != nil {
			return err
		}
		if _, err := s.desk.SignInProxy(tx, s.cause(s.at(15, 9, 1), "补签"), s.now(tx), who("孙丽"), "提前回来", true); err != nil {
			return err
		}
		if _, err := s.desk.Write(tx, s.cause(s.at(15, 9, 2), "共识"), s.now(tx), themeday.Agreed, "每月一次志愿服务"); err != nil {
			return err
		}
		_, err = s.desk.Summarise(tx, s.cause(s.at(15, 9, 3), "总结"), s.now(tx), long)
		return err
	})
	f := s.form()
	var got []string
	for _, c := range f.Corrections {
		got = append(got, c.String())
	}
	want := []string{
		"李敏：缺席→到会（补签），出席率 40%→60%（王强，3月15日 09:00）",
		"孙丽：请假→到会（补签），出席率 60%→80%（王强，3月15日 09:01）",
		"孙丽的请假：已准→已销假（王强，3月15日 09:01）",
		"共识：无→「每月一次志愿服务」（王强，3月15日 09:02）",
		"总结：「" + old + "」→「成效：" + strings.Repeat("长", 57) + "……」（王强，3月15日 09:03）",
	}
	if !slices.Equal(got, want) {
		t.Errorf("corrections\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if f.Version != 2 || f.Frozen() || f.FileName() != "第一支部2026年3月主题党日纪实表第2版（草稿，未上报）.docx" {
		t.Errorf("before it is filed again: version %d, %s", f.Version, f.FileName())
	}
	s.files(s.at(15, 10, 0))
	if f := s.form(); f.Version != 2 || !f.Frozen() || len(f.Filings) != 2 || !f.Filings[0].At.Equal(s.at(14, 9, 41)) || !f.Filings[1].At.Equal(s.at(15, 10, 0)) {
		t.Errorf("filed again: version %d, %+v", f.Version, f.Filings)
	}

	ledger := s.part("更正与异议")
	for _, want := range []string{
		"上报|3月|03-14 09:41||纪实表第1版||王强|",
		"更正|3月|03-15 09:00|03-13 14:00|补签|李敏|王强|李敏：缺席→到会（补签），出席率 40%→60%",
		"更正|3月|03-15 09:03|03-15 09:03|总结||王强|总结：「" + old + "」→「" + long + "」",
		"上报|3月|03-15 10:00||纪实表第2版||王强|",
	} {
		if !strings.Contains(ledger+"\n", want+"\n") {
			t.Errorf("part 14 lacks %s:\n%s", want, ledger)
		}
	}
	if strings.Contains(ledger, "事后补录") {
		t.Errorf("what is a correction stands there twice:\n%s", ledger)
	}
	for _, private := range []string{"孩子发烧", "手机没电", "提前回来"} {
		if strings.Contains(ledger+strings.Join(got, ""), private) {
			t.Errorf("%q is told", private)
		}
	}
	if records := s.part("活动纪实"); !strings.Contains(records, "|总结|03-15 09:03|"+long+"|王强") {
		t.Errorf("part 7 does not say when the summary was replaced:\n%s", records)
	}
}

func TestASummaryReplacedBeforeTheFilingStaysInTheLedger(t *testing.T) {
	s := newFormStage(t)
	s.signIn("王强", themeday.Self, "王强", "")
	s.do(func(tx themeday.Tx) error {
		_, err := s.desk.Summarise(tx, s.cause(s.at(14, 9, 0), "总结"), s.now(tx), "第一稿")
		if err == nil {
			_, err = s.desk.Summarise(tx, s.cause(s.at(14, 9, 30), "总结"), s.now(tx), "第二稿")
		}
		return err
	})
	if got, want := s.part("更正与异议"), "更正|3月|03-14 09:30|03-14 09:30|总结（上报前改写）||王强|总结：「第一稿」→「第二稿」"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTopicsThatWereSetAgainWereDecidedThen(t *testing.T) {
	s := newFormStage(t)
	s.a.Steps[themeday.Approving-1] = themeday.StepDone{At: s.at(6, 9, 0), By: 1}
	s.do(func(tx themeday.Tx) error { return tx.PutActivity(s.a) })
	set := func(at time.Time, before, after string) {
		s.do(func(tx themeday.Tx) error {
			return tx.AddEntry(themeday.Entry{
				Happened: at, Entered: at, By: s.ids["李敏"], Verb: "主题", Branch: s.a.Branch, Activity: s.a.ID, Noun: "activity", Key: string(s.a.ID),
				Before: []byte(before), After: []byte(after),
			})
		})
	}
	set(s.at(2, 9, 0), `{}`, `{"Topics":["学习"]}`)
	set(s.at(5, 8, 0), `{"Topics":["学习"]}`, `{"Topics":["学习党章"]}`)
	set(s.at(7, 8, 0), `{"Topics":["学习"]}`, `{"Topics":["学习党章"]}`)
	if got := s.form().Steps[0]; !got.At.Equal(s.at(5, 8, 0)) || got.By != "李敏" {
		t.Errorf("decided %+v", got)
	}
	if got := s.part("月度方案与审定"); !strings.Contains(got, "03-05 08:00") {
		t.Error(got)
	}
}

func TestAnActivityThatNobodyAttendedWasNotHeld(t *testing.T) {
	s := newFormStage(t)
	s.a.Steps[themeday.SigningIn-1], s.a.Ended, s.a.Began = themeday.StepDone{}, time.Time{}, time.Time{}
	s.do(func(tx themeday.Tx) error { return tx.PutActivity(s.a) })
	at := func(when time.Time) (f themeday.RecordForm) {
		s.do(func(tx themeday.Tx) (err error) {
			f, err = s.desk.RecordFormAt(tx, s.a, when)
			return err
		})
		return f
	}
	if f := at(s.at(13, 15, 0)); f.NotHeld() {
		t.Error("it is not over yet")
	}
	f := at(s.at(14, 9, 0))
	if !f.NotHeld() || !f.Lacks("实际日期") || f.Lacks("李敏的补学") {
		t.Errorf("not held %v, missing %q", f.NotHeld(), f.Missing)
	}
}

func TestWhatWasWrittenDownAfterwardsDoesNotPretendToBeOfTheDay(t *testing.T) {
	s := newFormStage(t)
	s.do(func(tx themeday.Tx) error {
		put := func(name, by string, how themeday.How) error {
			return tx.PutSignIn(themeday.SignIn{Activity: s.a.ID, Person: s.ids[name], At: s.at(13, 14, 0), Entered: s.at(14, 9, 0), How: how, By: s.ids[by]})
		}
		for name, how := range map[string]themeday.How{"李敏": themeday.Late, "陈静": themeday.Paper} {
			if err := put(name, "王强", how); err != nil {
				return err
			}
		}
		for day := 13; day < 15; day++ {
			if _, err := tx.AddMinute(themeday.Minute{Activity: s.a.ID, Kind: themeday.Noted, Text: "谈体会", By: s.ids["陈静"], At: s.at(day, 16, 0)}); err != nil {
				return err
			}
		}
		return put("王强", "王强", themeday.Late)
	})
	f := s.form()
	for name, want := range map[string]bool{"王强": false, "李敏": true, "陈静": true} {
		if m := s.member(f, name); m.Afterwards != want || !m.Entered.Equal(s.at(14, 9, 0)) {
			t.Errorf("%s: afterwards %v, entered %v", name, m.Afterwards, m.Entered)
		}
	}
	if f.Minutes[0].Later || !f.Minutes[1].Later {
		t.Errorf("minutes %+v", f.Minutes)
	}
	if got := s.part("签到册"); !strings.Contains(got, "|到会|—|补签|王强|03-14 09:00") || !strings.Contains(got, "|到会|—|纸质|王强|03-14 09:00") || !strings.Contains(got, "|到会|03-13 14:00|本人（迟到）|王强|03-14 09:00") {
		t.Error(got)
	}
}

func TestLeaveSlipsBearTheNumbersOfTheRegister(t *testing.T) {
	s := newFormStage(t)
	s.signIn("王强", themeday.Self, "王强", "")
	s.do(func(tx themeday.Tx) error {
		for i, name := range []string{"孙丽", "李敏"} {
			if err := tx.PutLeave(themeday.Leave{Activity: s.a.ID, Person: s.ids[name], At: s.at(9, 20+i, 0), Reason: "事", State: themeday.LeaveAsked}); err != nil {
				return err
			}
		}
		return nil
	})
	f, ledger := s.form(), s.part("请假登记")
	for _, name := range []string{"孙丽", "李敏"} {
		if number := s.member(f, name).Leave.Number; !strings.Contains(ledger, number+"|3月|"+name+"|") {
			t.Errorf("%s bears %s:\n%s", name, number, ledger)
		}
	}
}
