package themeday_test

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
	"themeday/storage"
)

// formStage is a branch of five on a real database, with its activity of March.
type formStage struct {
	t     *testing.T
	store *storage.Store
	desk  themeday.Desk
	a     themeday.Activity
	ids   map[string]themeday.PersonID
}

func (s formStage) at(day, hour, minute int) time.Time {
	return time.Date(2026, time.March, day, hour, minute, 0, 0, s.desk.Zone)
}

func newFormStage(t *testing.T) *formStage {
	t.Helper()
	t.Parallel()
	store, err := storage.Open(filepath.Join(t.TempDir(), "form.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	zone := time.FixedZone("CST", 8*3600)
	s := &formStage{
		t: t, store: store, ids: map[string]themeday.PersonID{},
		desk: themeday.Desk{Rules: themeday.DefaultRules(), Zone: zone, Rand: rand.NewChaCha8([32]byte{1})},
	}
	month := themeday.YearMonth{Year: 2026, Month: time.March}
	s.a = themeday.Activity{
		ID: themeday.ActivityOf("第一支部", month), Branch: "第一支部", Month: month, Version: 1,
		Starts: s.at(13, 14, 0), Ends: s.at(13, 18, 0), Place: "党员活动室", Topics: []string{"学习党章"}, Began: s.at(13, 14, 0), Ended: s.at(13, 18, 5),
	}
	for step := themeday.Deciding; step <= themeday.Summing; step++ {
		s.a.Steps[step-1] = themeday.StepDone{At: s.at(int(step)+1, 9, 0), By: 1}
	}
	s.do(func(tx themeday.Tx) error {
		if err := tx.PutBranch(themeday.Branch{ID: "第一支部", Name: "第一支部", Group: "第一支部"}); err != nil {
			return err
		}
		for i, name := range []string{"王强", "李敏", "陈静", "赵国栋", "孙丽", "周红"} {
			id, err := tx.AddPerson(themeday.Person{Name: name})
			if err != nil {
				return err
			}
			s.ids[name] = id
			m := themeday.Membership{Branch: "第一支部", Person: id, Number: i + 1, Category: themeday.Formal, Offices: themeday.Offices{themeday.Member}, Frail: name == "赵国栋"}
			switch name {
			case "王强":
				m.Offices = themeday.Offices{themeday.Secretary}
			case "陈静":
				m.Offices = themeday.Offices{themeday.Recorder}
			case "周红":
				m.Category = themeday.Activist
			}
			if err := tx.PutMembership(m); err != nil {
				return err
			}
		}
		return tx.PutActivity(s.a)
	})
	return s
}

func (s *formStage) do(what func(themeday.Tx) error) {
	s.t.Helper()
	if err := s.store.Update(context.Background(), what); err != nil {
		s.t.Fatal(err)
	}
}

func (s *formStage) signIn(name string, how themeday.How, by, why string) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		return tx.PutSignIn(themeday.SignIn{Activity: s.a.ID, Person: s.ids[name], At: s.at(13, 13, 50), Entered: s.at(13, 13, 50), How: how, By: s.ids[by], Why: why, Guest: name == "周红"})
	})
}

func (s *formStage) form() themeday.RecordForm {
	s.t.Helper()
	var f themeday.RecordForm
	err := s.store.View(context.Background(), func(tx themeday.Tx) error {
		a, _, err := tx.Activity(s.a.ID)
		if err == nil {
			f, err = s.desk.RecordForm(tx, a)
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return f
}

func (s *formStage) member(f themeday.RecordForm, name string) themeday.FormMember {
	s.t.Helper()
	for _, m := range f.Members {
		if m.Name == name {
			return m
		}
	}
	s.t.Fatalf("%s is not in the form", name)
	return themeday.FormMember{}
}

func TestTheRecordFormShowsHowEverybodyCameToBeThere(t *testing.T) {
	s := newFormStage(t)
	s.signIn("王强", themeday.Self, "王强", "")
	s.signIn("李敏", themeday.Proxy, "王强", "住院检查")
	s.signIn("赵国栋", themeday.Remote, "王强", "上门送学")
	s.signIn("周红", themeday.Self, "周红", "")
	s.do(func(tx themeday.Tx) error {
		return tx.PutLeave(themeday.Leave{Activity: s.a.ID, Person: s.ids["孙丽"], At: s.at(9, 20, 0), Reason: "孩子发烧", State: themeday.LeaveGranted, Decided: s.at(9, 21, 0), By: s.ids["王强"]})
	})
	f := s.form()
	if got, want := f.Tally.Due, 5; got != want {
		t.Errorf("due %d, want %d", got, want)
	}
	for _, c := range []struct {
		name     string
		standing themeday.Standing
		how      themeday.How
		by, way  string
	}{
		{"王强", themeday.StandsPresent, themeday.Self, "", ""},
		{"李敏", themeday.StandsPresent, themeday.Proxy, "王强", ""},
		{"陈静", themeday.StandsAbsent, "", "", ""},
		{"赵国栋", themeday.StandsRemote, themeday.Remote, "王强", "上门"},
		{"孙丽", themeday.StandsLeave, "", "", ""},
	} {
		if m := s.member(f, c.name); m.Standing != c.standing || m.How != c.how || m.EnteredBy != c.by || m.Way != c.way {
			t.Errorf("%s: %+v, want %+v", c.name, m, c)
		}
	}
	if len(f.Guests) != 1 || !f.Guests[0].Came || f.Guests[0].Kind != "积极分子" {
		t.Errorf("guests %+v", f.Guests)
	}
	if l := s.member(f, "孙丽").Leave; l == nil || l.By != "王强" || !l.Decided.Equal(s.at(9, 21, 0)) {
		t.Errorf("leave %+v", l)
	}
}

func TestWhatTheFactsDoNotGiveIsNamedAsMissing(t *testing.T) {
	s := newFormStage(t)
	s.signIn("王强", themeday.Self, "王强", "")
	s.do(func(tx themeday.Tx) error {
		_, err := tx.AddMinute(themeday.Minute{Activity: s.a.ID, Kind: themeday.Noted, Text: "谈体会", By: s.ids["陈静"], At: s.at(13, 15, 0)})
		return err
	})
	f := s.form()
	want := []string{"内容", "党旗", "徽章", "议程", "共识", "议定事项", "测评", "总结", "照片", "李敏的补学", "陈静的补学", "赵国栋的补学", "孙丽的补学"}
	if !slices.Equal(f.Missing, want) {
		t.Errorf("missing %q, want %q", f.Missing, want)
	}
	if f.Minutes[0].Speaker != "陈静" || f.Recorder != "陈静" || f.Host != "王强" {
		t.Errorf("minutes by %q, recorder %q, host %q", f.Minutes[0].Speaker, f.Recorder, f.Host)
	}
}

func TestAnEndThatNobodyToldIsMissing(t *testing.T) {
	s := newFormStage(t)
	s.a.Steps[themeday.Holding-1].By = themeday.Bot
	s.do(func(tx themeday.Tx) error { return tx.PutActivity(s.a) })
	f := s.form()
	if _, known := f.Lasted(); known || !f.Ended.IsZero() || !f.Lacks("实际结束时间") {
		t.Errorf("ended %v, missing %q", f.Ended, f.Missing)
	}
}

func TestAfterTheFilingEveryChangeIsANewVersion(t *testing.T) {
	s := newFormStage(t)
	cause := func(at time.Time, verb, message string) themeday.Cause {
		return themeday.Cause{By: s.ids["王强"], At: at, Verb: verb, Branch: s.a.Branch, Message: themeday.MessageID(message)}
	}
	s.do(func(tx themeday.Tx) error {
		return tx.PutMakeup(themeday.Makeup{Activity: s.a.ID, Person: s.ids["孙丽"], State: themeday.MakeupOwed, Due: s.at(28, 0, 0)})
	})
	if f := s.form(); f.Version != 0 || !f.Filed.IsZero() {
		t.Errorf("version %d before the filing", f.Version)
	}
	s.do(func(tx themeday.Tx) error {
		_, _, err := s.desk.FileRecord(tx, cause(s.at(17, 9, 0), "上报", "m1"), s.a)
		return err
	})
	if f := s.form(); f.Version != 1 || len(f.Corrections) != 0 || f.DaysLate != 2 || f.FiledBy != "王强" {
		t.Errorf("version %d, %d corrections, %d days late, by %q", f.Version, len(f.Corrections), f.DaysLate, f.FiledBy)
	}
	s.do(func(tx themeday.Tx) error {
		c := cause(s.at(18, 9, 0), "补学", "m2")
		c.By = s.ids["孙丽"]
		_, err := s.desk.HandIn(tx, c, s.a.Branch, s.ids["孙丽"], nil, "体会", "")
		return err
	})
	f := s.form()
	if f.Version != 2 || len(f.Corrections) != 1 || f.Corrections[0].What != "孙丽的补学：待补学→待确认" || f.Corrections[0].By != "孙丽" {
		t.Errorf("version %d, corrections %+v", f.Version, f.Corrections)
	}
}

func TestSumsThatDoNotAddUpAreAnError(t *testing.T) {
	whole := func() themeday.RecordForm {
		return themeday.RecordForm{
			Tally: themeday.Tally{Due: 4, Present: 1, Remote: 1, Leave: 1, Absent: 1, Guests: 1},
			Members: []themeday.FormMember{
				{Standing: themeday.StandsPresent, How: themeday.Self},
				{Standing: themeday.StandsRemote, How: themeday.Remote},
				{Standing: themeday.StandsLeave},
				{Standing: themeday.StandsAbsent},
			},
			Guests: []themeday.FormGuest{{Came: true}, {}},
		}
	}
	if err := whole().CheckSums(); err != nil {
		t.Error(err)
	}
	for _, c := range []struct {
		name  string
		spoil func(*themeday.RecordForm)
		want  string
	}{
		{"one due too many", func(f *themeday.RecordForm) { f.Tally.Due++ }, "due 5 is not"},
		{"a member without a line", func(f *themeday.RecordForm) { f.Members = f.Members[:3] }, "due is 4, but its lines are 3"},
		{"absent shown as present", func(f *themeday.RecordForm) { f.Members[3].Standing = themeday.StandsPresent }, "present is 1, but its lines are 2"},
		{"present without a sign-in", func(f *themeday.RecordForm) { f.Members[0].How = "" }, "signed in is 2, but its lines are 1"},
		{"a guest too many", func(f *themeday.RecordForm) { f.Guests[1].Came = true }, "guests is 1, but its lines are 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := whole()
			c.spoil(&f)
			if err := f.CheckSums(); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func TestTheSheetForTheTableHasTheNumbersOfTheRoster(t *testing.T) {
	s := newFormStage(t)
	s.do(func(tx themeday.Tx) error {
		id, err := tx.AddPerson(themeday.Person{Name: "高翔"})
		if err != nil {
			return err
		}
		return tx.PutGuest(themeday.Guest{Activity: s.a.ID, Person: id, Name: "高翔", Kind: "发展对象"})
	})
	var sheet themeday.SignInSheet
	s.do(func(tx themeday.Tx) (err error) {
		sheet, err = s.desk.SignInSheet(tx, s.a)
		return err
	})
	var got []string
	for _, l := range append(slices.Clone(sheet.Members), sheet.Guests...) {
		got = append(got, l.Name+" "+string(rune('0'+l.Number)))
	}
	if want := []string{"王强 1", "李敏 2", "陈静 3", "赵国栋 4", "孙丽 5", "周红 6", "高翔 0"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
