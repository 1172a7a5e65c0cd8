package themeday_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"themeday"
)

// TestWhoChangedBranchTakesHisAbsencesWithHim: 张三 (1) was of branch 一 until the end of February and is of branch 二 since; 李四 (2) came to 二 in
// March from nowhere.
func TestWhoChangedBranchTakesHisAbsencesWithHim(t *testing.T) {
	for _, c := range []struct {
		name   string
		absent string // 张三's months 1 2 3: x absent, . there, q on leave
		want   string // the reason, or nothing
	}{
		{"over the change", ".xx", "连续2次无故缺席：2月、3月"},
		{"three of the year", "xxx", "连续3次无故缺席：1月、2月、3月；本年累计3次：1月、2月、3月"},
		{"not in a row", "x.x", ""},
		{"on leave between", "xqx", ""},
		{"once in the new one", "..x", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newPlanStage(t)
			march := themeday.Date{Year: 2026, Month: time.March, Day: 1}
			var last themeday.Activity
			s.do(func(tx themeday.Tx) error {
				var errs []error
				for _, name := range []string{"张三", "李四", "王强"} {
					_, err := tx.AddPerson(themeday.Person{Name: name})
					errs = append(errs, err)
				}
				place := func(b themeday.BranchID, p themeday.PersonID, since, until themeday.Date) {
					errs = append(errs, tx.PutMembership(themeday.Membership{Branch: b, Person: p, Number: int(p), Category: themeday.Formal, Since: since, Until: until}))
				}
				place("一", 1, themeday.Date{}, march)
				place("二", 1, march, themeday.Date{})
				place("二", 2, march, themeday.Date{})
				place("二", 3, themeday.Date{}, themeday.Date{})
				for m := time.January; m <= time.March; m++ {
					for _, b := range []themeday.BranchID{"一", "二"} {
						day := themeday.Date{Year: 2026, Month: m, Day: 10}
						a := themeday.Activity{ID: themeday.ActivityOf(b, day.MonthOf()), Branch: b, Month: day.MonthOf(), Version: 1, Starts: day.At(14*60, beijing), Ends: day.At(18*60, beijing)}
						a.Steps[themeday.SigningIn-1].At = a.Starts
						errs = append(errs, tx.PutActivity(a))
						if last = a; (b == "一") != (m < time.March) {
							continue
						}
						switch c.absent[m-1] {
						case '.':
							errs = append(errs, tx.PutSignIn(themeday.SignIn{Activity: a.ID, Person: 1, At: a.Starts, Entered: a.Starts, How: themeday.Self}))
						case 'q':
							errs = append(errs, tx.PutLeave(themeday.Leave{Activity: a.ID, Person: 1, At: a.Starts, Reason: "病", State: themeday.LeaveGranted}))
						}
					}
				}
				return errors.Join(errs...)
			})
			s.do(func(tx themeday.Tx) error {
				cases, err := s.desk.TooOften(tx, last)
				var got []string
				for _, one := range cases {
					switch one.Person {
					case 1:
						got = append(got, one.Reason(s.desk.Rules))
					case 2:
						t.Errorf("李四 was due in March alone: %+v", one)
					}
				}
				if strings.Join(got, " ") != c.want {
					t.Errorf("%q, want %q", got, c.want)
				}
				return err
			})
		})
	}
}
