package scheduler

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
)

const first = themeday.BranchID("第一支部")

// march is the activity of Friday 13 March 2026, 14:30 to 18:30, approved on the 4th.
func march(t *testing.T) themeday.Activity {
	m := themeday.YearMonth{Year: 2026, Month: time.March}
	a := themeday.Activity{
		ID: themeday.ActivityOf(first, m), Branch: first, Month: m, Version: 1, Topics: []string{"学习党章"},
		Starts: clockOf(t, "2026-03-13 14:30"), Ends: clockOf(t, "2026-03-13 18:30"),
	}
	a.Steps[themeday.Deciding-1].At = clockOf(t, "2026-03-02 10:00")
	a.Steps[themeday.Approving-1].At = clockOf(t, "2026-03-04 10:00")
	return a
}

func unapproved(a themeday.Activity) themeday.Activity {
	a.Steps[themeday.Approving-1] = themeday.StepDone{}
	return a
}

// lines are the posts of some kinds: date, clock, and the key without the branch and March 2026.
func lines(posts []themeday.Post, kinds string) []string {
	var out []string
	for _, p := range posts {
		if !slices.Contains(strings.Fields(kinds), string(p.Kind)) {
			continue
		}
		key := strings.NewReplacer("/"+string(first)+"/2026-03", "", "/"+string(first), "").Replace(p.Key)
		out = append(out, fmt.Sprintf("%s %s", p.Due.In(shanghai).Format("01-02 15:04"), key))
	}
	return out
}

func compare(t *testing.T, got []string, want string) {
	t.Helper()
	var lines []string
	for l := range strings.SplitSeq(strings.TrimSpace(want), "\n") {
		lines = append(lines, strings.TrimSpace(l))
	}
	if g, w := strings.Join(got, "\n"), strings.Join(lines, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}

func TestAnApprovedActivityIsAccompaniedFromNoticeToAbsence(t *testing.T) {
	f := Facts{Branch: first, Activities: []themeday.Activity{march(t)}, Committee: []themeday.PersonID{7}}
	posts := Plan(f, clockOf(t, "2026-03-05 08:00"), themeday.DefaultRules(), scheduleOf(t, nil), shanghai)
	compare(t, lines(posts, "approval.due notice forecast reminder checklist signin.open attendance absent evaluation.open evaluation.result record.due record.overdue absence"), `
		03-08 09:00 notice
		03-11 17:00 forecast
		03-12 17:00 reminder
		03-13 13:30 checklist
		03-13 14:00 signin.open
		03-13 14:45 absent
		03-13 14:45 attendance
		03-13 18:30 evaluation.open
		03-14 09:00 record.due/1
		03-14 18:30 evaluation.result
		03-15 09:00 record.due/2
		03-15 17:00 record.due/3
		03-16 09:00 absence/secretary
		03-16 09:00 record.overdue/1/7
		03-16 09:00 record.overdue/1/secretary
		03-17 09:00 record.overdue/2/7
		03-17 09:00 record.overdue/2/secretary
		03-18 09:00 record.overdue/3/7
		03-18 09:00 record.overdue/3/secretary
		03-19 09:00 record.overdue/4/7
		03-19 09:00 record.overdue/4/secretary
		03-20 09:00 record.overdue/5/7
		03-20 09:00 record.overdue/5/secretary
		03-21 09:00 record.overdue/6/7
		03-21 09:00 record.overdue/6/secretary
		03-22 09:00 record.overdue/7/7
		03-22 09:00 record.overdue/7/secretary
		03-23 09:00 absence/7`)
}

func TestAnActivityNotApprovedYetHasRemindersAndNothingElse(t *testing.T) {
	f := Facts{Branch: first, Activities: []themeday.Activity{unapproved(march(t))}, Committee: []themeday.PersonID{7, 8}}
	posts := Plan(f, clockOf(t, "2026-03-01 08:00"), themeday.DefaultRules(), scheduleOf(t, nil), shanghai)
	var about []themeday.Post
	for _, p := range posts {
		if p.Activity != "" {
			about = append(about, p)
		}
	}
	compare(t, lines(about, "approval.due notice reminder signin.open attendance evaluation.open record.due record.overdue absence"), `
		03-05 09:00 approval.due/8/secretary
		03-07 09:00 approval.due/6/secretary`)
	if !about[0].Expires.Equal(about[1].Due) || !about[1].Expires.Equal(clockOf(t, "2026-03-13 14:30")) {
		t.Errorf("the reminders last until %v and %v", about[0].Expires, about[1].Expires)
	}
	if about[0].To != themeday.ToSecretary {
		t.Errorf("it goes to %v", about[0].To)
	}
}

func TestPostsAboutTheMonthItself(t *testing.T) {
	f := Facts{Branch: first, Committee: []themeday.PersonID{7}, FixedDay: true}
	posts := Plan(f, clockOf(t, "2026-03-01 08:00"), themeday.DefaultRules(), scheduleOf(t, nil), shanghai)
	compare(t, lines(posts, "plan.missing violation"), `
		03-01 09:00 violation/R01/2026-02/7
		03-01 09:00 violation/R01/2026-02/secretary
		03-10 09:00 plan.missing/10/secretary
		03-20 09:00 plan.missing/20/7
		03-20 09:00 plan.missing/20/secretary
		03-26 09:00 plan.missing/26/7
		03-26 09:00 plan.missing/26/secretary
		04-01 09:00 violation/R01/7
		04-01 09:00 violation/R01/secretary
		04-10 09:00 plan.missing/2026-04/10/secretary
		04-20 09:00 plan.missing/2026-04/20/7
		04-20 09:00 plan.missing/2026-04/20/secretary
		04-25 09:00 plan.missing/2026-04/25/7
		04-25 09:00 plan.missing/2026-04/25/secretary`)
	for _, p := range posts {
		if p.Kind == themeday.Violation && p.Activity != "" || p.Key == "violation/R01/第一支部/2026-03/secretary" && p.Arg != "R01 2026-03" {
			t.Errorf("%+v", p)
		}
	}
}

func TestTheYearsPlanIsRemindedOfUntilItIsFiled(t *testing.T) {
	at := clockOf(t, "2026-12-20 08:00")
	f := Facts{Branch: first, FixedDay: true, Filed: map[int]bool{2026: true}}
	got := lines(Plan(f, at, themeday.DefaultRules(), scheduleOf(t, nil), shanghai), "filing.due")
	compare(t, got, `
		01-24 09:00 filing.due/2027/7
		01-30 09:00 filing.due/2027/1`)
	f.FixedDay = false
	if got := lines(Plan(f, at, themeday.DefaultRules(), scheduleOf(t, nil), shanghai), "filing.due"); got != nil {
		t.Errorf("without a fixed day there is nothing to file, yet %v", got)
	}
}

func TestANoticeWaitsForApprovalAndForTheLastChangeOfDate(t *testing.T) {
	approved := func(at string) themeday.Activity {
		a := march(t)
		a.Steps[themeday.Approving-1].At = clockOf(t, at)
		return a
	}
	moved := approved("2026-03-04 10:00")
	moved.Version, moved.Starts, moved.Ends = 2, clockOf(t, "2026-03-20 14:30"), clockOf(t, "2026-03-20 18:30")
	noticed := march(t)
	noticed.Steps[themeday.Noticing-1].At = clockOf(t, "2026-03-08 09:00")
	for _, c := range []struct {
		name  string
		a     themeday.Activity
		moved string
		want  []string
	}{
		{"approved in time", approved("2026-03-04 10:00"), "", []string{"03-08 09:00 notice"}},
		{"approved at the very time", approved("2026-03-08 09:00"), "", []string{"03-08 09:00 notice"}},
		{"approved three days before: at once", approved("2026-03-10 16:20"), "", []string{"03-10 16:20 notice"}},
		{"moved in good time", moved, "2026-03-09 11:00", []string{"03-15 09:00 notice/v2"}},
		{"moved within five days of the new date: at once", moved, "2026-03-18 11:00", []string{"03-18 11:00 notice/v2"}},
		{"announced already", noticed, "", nil},
	} {
		f := Facts{Branch: first, Activities: []themeday.Activity{c.a}, Moved: map[themeday.ActivityID]time.Time{}}
		if c.moved != "" {
			f.Moved[c.a.ID] = clockOf(t, c.moved)
		}
		if got := lines(Plan(f, clockOf(t, "2026-03-05 08:00"), themeday.DefaultRules(), scheduleOf(t, nil), shanghai), "notice"); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestANewDateMovesEveryPostAndItsKey(t *testing.T) {
	a := march(t)
	a.Version, a.Starts, a.Ends = 2, clockOf(t, "2026-03-20 14:30"), clockOf(t, "2026-03-20 18:30")
	posts := Plan(Facts{Branch: first, Activities: []themeday.Activity{a}}, clockOf(t, "2026-03-05 08:00"), themeday.DefaultRules(), scheduleOf(t, nil), shanghai)
	compare(t, lines(posts, "forecast reminder checklist signin.open attendance evaluation.open record.due"), `
		03-18 17:00 forecast/v2
		03-19 17:00 reminder/v2
		03-20 13:30 checklist/v2
		03-20 14:00 signin.open/v2
		03-20 14:45 attendance/v2
		03-20 18:30 evaluation.open/v2
		03-21 09:00 record.due/v2/1
		03-22 09:00 record.due/v2/2
		03-22 17:00 record.due/v2/3`)
}

func TestWhatHappensOnTheDayMovesWhatFollows(t *testing.T) {
	rules, kinds := themeday.DefaultRules(), "attendance absent evaluation.open evaluation.result record.due"
	early := march(t)
	early.Began, early.Ended = clockOf(t, "2026-03-13 14:35"), clockOf(t, "2026-03-13 17:50")
	opened := early
	opened.Steps[themeday.Reporting-1].At = clockOf(t, "2026-03-13 14:35")
	opened.Evaluated, opened.Closes = clockOf(t, "2026-03-13 17:51"), clockOf(t, "2026-03-14 17:51")
	filed := opened
	filed.Result, filed.Filed = clockOf(t, "2026-03-14 17:51"), clockOf(t, "2026-03-14 20:00")
	for _, c := range []struct {
		name string
		a    themeday.Activity
		want string
	}{
		{"begun at 14:35, ended at 17:50", early, `
			03-13 14:35 absent
			03-13 14:35 attendance
			03-13 17:50 evaluation.open
			03-14 09:00 record.due/1
			03-14 17:50 evaluation.result
			03-15 09:00 record.due/2
			03-15 17:00 record.due/3`},
		{"attendance reported, evaluation opened a minute late", opened, `
			03-13 14:35 absent
			03-14 09:00 record.due/1
			03-14 17:51 evaluation.result
			03-15 09:00 record.due/2
			03-15 17:00 record.due/3`},
		{"result out, form filed", filed, `03-13 14:35 absent`},
	} {
		t.Run(c.name, func(t *testing.T) {
			posts := Plan(Facts{Branch: first, Activities: []themeday.Activity{c.a}}, clockOf(t, "2026-03-13 12:00"), rules, scheduleOf(t, nil), shanghai)
			compare(t, lines(posts, kinds), c.want)
		})
	}
}

func TestARecordDueNextDayIsNotAskedForTwiceAtTheSameTime(t *testing.T) {
	rules := themeday.DefaultRules()
	for _, c := range []struct {
		days     int
		schedule map[string]string
		want     string
	}{
		{1, nil, "03-14 09:00 record.due/2\n03-14 17:00 record.due/3"},
		{1, map[string]string{"record_last": "0 9 * * *"}, "03-14 09:00 record.due/3"},
		{0, nil, ""},
		{3, nil, "03-14 09:00 record.due/1\n03-16 09:00 record.due/2\n03-16 17:00 record.due/3"},
	} {
		rules.RecordDays = c.days
		posts := Plan(Facts{Branch: first, Activities: []themeday.Activity{march(t)}}, clockOf(t, "2026-03-05 08:00"), rules, scheduleOf(t, c.schedule), shanghai)
		compare(t, lines(posts, "record.due"), c.want)
	}
}

func TestMakeUpStudyIsRemindedOfSevenDaysAndOneDayBefore(t *testing.T) {
	due := clockOf(t, "2026-03-28 00:00") // 24:00 of the 27th
	id := march(t).ID
	f := Facts{Branch: first, Activities: []themeday.Activity{march(t)}, Makeups: []themeday.Makeup{
		{Activity: id, Person: 5, State: themeday.MakeupOwed, Due: due},
		{Activity: id, Person: 6, State: themeday.MakeupHanded, Due: due},
		{Activity: id, Person: 4, State: themeday.MakeupConfirmed, Due: due},
	}}
	posts := Plan(f, clockOf(t, "2026-03-14 08:00"), themeday.DefaultRules(), scheduleOf(t, nil), shanghai)
	compare(t, lines(posts, "makeup.due"), `
		03-20 09:00 makeup.due/5/7
		03-26 09:00 makeup.due/5/1`)
	for _, p := range posts {
		if p.Kind == themeday.MakeupDuePost && (p.To != themeday.ToPerson || p.Person != 5) {
			t.Errorf("it goes to %v %v", p.To, p.Person)
		}
		if strings.HasSuffix(p.Key, "5/7") && !p.Expires.Equal(clockOf(t, "2026-03-22 00:00")) {
			t.Errorf("it expires at %v", p.Expires)
		}
	}
}

func TestAtTheYearsEndTheDeadlinesRunIntoTheNextYear(t *testing.T) {
	m := themeday.YearMonth{Year: 2026, Month: time.December}
	a := march(t)
	a.ID, a.Month, a.Starts, a.Ends = themeday.ActivityOf(first, m), m, clockOf(t, "2026-12-31 14:30"), clockOf(t, "2026-12-31 18:30")
	posts := Plan(Facts{Branch: first, Activities: []themeday.Activity{a}}, clockOf(t, "2026-12-20 08:00"), themeday.DefaultRules(), scheduleOf(t, nil), shanghai)
	var got []string
	for _, p := range posts {
		if p.Kind == themeday.RecordDuePost || p.Kind == themeday.EvaluationResult || p.Kind == themeday.Violation {
			got = append(got, p.Due.In(shanghai).Format("2006-01-02 15:04 ")+string(p.Kind))
		}
	}
	compare(t, got, `
		2026-12-01 09:00 violation
		2027-01-01 09:00 record.due
		2027-01-01 09:00 violation
		2027-01-01 18:30 evaluation.result
		2027-01-02 09:00 record.due
		2027-01-02 17:00 record.due`)
}

func TestTheSettingsMoveTheDays(t *testing.T) {
	r := themeday.DefaultRules()
	r.NoticeDays, r.ForecastDays, r.ReminderDays, r.ApprovalDays = 7, 3, 2, []int{10}
	s := scheduleOf(t, map[string]string{"notice": "30 8 * * 1-5", "reminder": "0 16 * * *"})
	posts := Plan(Facts{Branch: first, Activities: []themeday.Activity{march(t)}}, clockOf(t, "2026-03-01 08:00"), r, s, shanghai)
	compare(t, lines(posts, "notice forecast reminder"), `
		03-06 08:30 notice
		03-10 17:00 forecast
		03-11 16:00 reminder`)
	late := Plan(Facts{Branch: first, Activities: []themeday.Activity{unapproved(march(t))}}, clockOf(t, "2026-03-01 08:00"), r, s, shanghai)
	compare(t, lines(late, "approval.due"), `03-03 09:00 approval.due/10/secretary`)
}

func TestThePlanOfOneBranchIsAlwaysTheSame(t *testing.T) {
	f := Facts{Branch: first, Activities: []themeday.Activity{march(t)}, Committee: []themeday.PersonID{9, 7, 8}, FixedDay: true, Filed: map[int]bool{2026: true}}
	want := fmt.Sprint(Plan(f, clockOf(t, "2026-03-05 08:00"), themeday.DefaultRules(), scheduleOf(t, nil), shanghai))
	for range 20 {
		if got := fmt.Sprint(Plan(f, clockOf(t, "2026-03-05 08:00"), themeday.DefaultRules(), scheduleOf(t, nil), shanghai)); got != want {
			t.Fatal("two plans differ")
		}
	}
}
