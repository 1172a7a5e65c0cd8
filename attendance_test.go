package themeday_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"themeday"
)

// R12: the limit itself is enough, in integers.
func TestR12EightyPercentOfTheMembersTakePart(t *testing.T) {
	for _, row := range []struct {
		present, members, percent int
		met                       bool
		need                      int
	}{
		{9, 12, 75, false, 10},
		{10, 12, 83, true, 10},
		{4, 5, 80, true, 4}, // exactly 80
		{3, 5, 60, false, 4},
		{8, 10, 80, true, 8},
		{7, 10, 70, false, 8},
		{79, 99, 79, false, 80}, // 79.8 is not 80
		{80, 99, 80, true, 80},
		{2, 3, 66, false, 3},
		{3, 3, 100, true, 3},
		{1, 1, 100, true, 1},
		{0, 1, 0, false, 1},
		{3, 4, 75, false, 4},
		{5, 6, 83, true, 5},
		{11, 14, 78, false, 12},
		{12, 15, 80, true, 12},
		{0, 0, 0, false, 0}, // a branch without members never has it
	} {
		if got := themeday.Percent(row.present, row.members); got != row.percent {
			t.Errorf("%d of %d is %d %%, want %d", row.present, row.members, got, row.percent)
		}
		if got := themeday.Quorum(row.present, row.members, 80); got != row.met {
			t.Errorf("%d of %d: quorum %v", row.present, row.members, got)
		}
		if got := themeday.Need(row.members, 80); got != row.need {
			t.Errorf("of %d members %d are needed, want %d", row.members, got, row.need)
		}
	}
}

func TestR12NeedIsTheSmallestNumberThatIsEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		members, percent := rapid.IntRange(1, 5000).Draw(t, "members"), rapid.IntRange(1, 100).Draw(t, "percent")
		need := themeday.Need(members, percent)
		if need > members || !themeday.Quorum(need, members, percent) || themeday.Quorum(need-1, members, percent) {
			t.Fatalf("of %d members %d are needed for %d %%", members, need, percent)
		}
		if present := rapid.IntRange(0, members).Draw(t, "present"); themeday.Quorum(present, members, percent) != (themeday.Percent(present, members) >= percent) {
			t.Fatalf("%d of %d shows %d %%, against a limit of %d", present, members, themeday.Percent(present, members), percent)
		}
	})
}

// R08, R14: formal and probationary members count, guests of every kind do not.
func TestR08OnlyFormalAndProbationaryMembersCount(t *testing.T) {
	for category, want := range map[themeday.Category]bool{
		themeday.Formal: true, themeday.Probationary: true,
		themeday.Activist: false, themeday.Target: false, themeday.League: false, themeday.Masses: false, "": false,
	} {
		if category.Counts() != want {
			t.Errorf("%q counts: %v", category, !want)
		}
	}
}

// R08: whom the roster of a day holds.
func TestR08AMembershipHoldsFromADayUntilADay(t *testing.T) {
	for _, row := range []struct {
		since, until, day string
		on                bool
	}{
		{"", "", "2026-03-13", true},
		{"2026-03-13", "", "2026-03-13", true}, // the first day
		{"2026-03-13", "", "2026-03-12", false},
		{"", "2026-03-13", "2026-03-12", true}, // the last day
		{"", "2026-03-13", "2026-03-13", false},
		{"2026-01-01", "2026-03-13", "2026-02-28", true},
		{"2026-03-13", "2026-03-13", "2026-03-13", false},
	} {
		var m themeday.Membership
		if err := m.Since.UnmarshalText([]byte(row.since)); err != nil {
			t.Fatal(err)
		}
		if err := m.Until.UnmarshalText([]byte(row.until)); err != nil {
			t.Fatal(err)
		}
		if m.On(on(t, row.day)) != row.on {
			t.Errorf("from %q until %q, on %s: %v", row.since, row.until, row.day, !row.on)
		}
	}
}

// drawnRoster makes a roster of letters, number 1 upwards: 正 formal, 预 probationary, 客 an activist.
func drawnRoster(kinds string) themeday.BranchRoster {
	var r themeday.BranchRoster
	for _, k := range kinds {
		id := themeday.PersonID(len(r) + 1)
		c := themeday.Comrade{Person: themeday.Person{ID: id, Name: fmt.Sprintf("第%d号", id)}, Membership: themeday.Membership{Person: id, Number: int(id)}}
		c.Category = map[rune]themeday.Category{'正': themeday.Formal, '预': themeday.Probationary, '客': themeday.Activist}[k]
		r = append(r, c)
	}
	return r
}

// drawnFacts makes one fact a person of the roster: 到 signed in, 送 remote, 迟 late, 准 leave granted, 请 asked in time, 晚 asked late,
// 拒 refused, 销 cancelled, 返 granted and yet present, 缺 nothing.
func drawnFacts(drawn string) (signins []themeday.SignIn, leaves []themeday.Leave) {
	for i, f := range []rune(drawn) {
		p := themeday.PersonID(i + 1)
		switch f {
		case '到', '返':
			signins = append(signins, themeday.SignIn{Person: p, How: themeday.Self})
		case '迟':
			signins = append(signins, themeday.SignIn{Person: p, How: themeday.Late})
		case '送':
			signins = append(signins, themeday.SignIn{Person: p, How: themeday.Remote})
		}
		if l, ok := map[rune]themeday.Leave{
			'准': {State: themeday.LeaveGranted}, '返': {State: themeday.LeaveGranted}, '请': {State: themeday.LeaveAsked},
			'晚': {State: themeday.LeaveAsked, Late: true}, '拒': {State: themeday.LeaveRefused}, '销': {State: themeday.LeaveCancelled},
		}[f]; ok {
			l.Person = p
			leaves = append(leaves, l)
		}
	}
	return signins, leaves
}

// R12 to R15: one letter a person, in the order of the roster.
func TestR12AttendanceIsCountedFromTheFacts(t *testing.T) {
	for _, row := range []struct {
		roster, facts                               string
		due, present, remote, leave, absent, guests int
		percent                                     int
		met                                         bool
		why                                         string
	}{
		{"正正正正正", "到到到到到", 5, 5, 0, 0, 0, 0, 100, true, "everybody"},
		{"正正正正正", "到到到到缺", 5, 4, 0, 0, 1, 0, 80, true, "R12: exactly 80 %"},
		{"正正正正正", "到到到准准", 5, 3, 0, 2, 0, 0, 60, false, "R12: leave does not shrink the denominator"},
		{"正正正正正", "到到到送缺", 5, 3, 1, 0, 1, 0, 80, true, "R15: a frail member at home counts"},
		{"正正正正客", "到到到缺到", 4, 3, 0, 0, 1, 1, 75, false, "R14: a guest never counts"},
		{"正预预正正", "到到到到缺", 5, 4, 0, 0, 1, 0, 80, true, "R08: probationary members count"},
		{"正正正正正", "迟到到到缺", 5, 4, 0, 0, 1, 0, 80, true, "a late-comer took part"},
		{"正正正正正", "到到到请晚", 5, 3, 0, 1, 1, 0, 60, false, "R13: asked late is no leave until granted"},
		{"正正正正正", "到到到拒销", 5, 3, 0, 0, 2, 0, 60, false, "R13: refused or cancelled is no leave"},
		{"正正正正正", "到到到返缺", 5, 4, 0, 0, 1, 0, 80, true, "R13: on leave and yet there is there"},
		{"正正正正正正正正正正正正", "到到到到到到到到到准缺缺", 12, 9, 0, 1, 2, 0, 75, false, "9 of 12"},
		{"正正正正正正正正正正正正", "到到到到到到到到到送缺缺", 12, 9, 1, 0, 2, 0, 83, true, "10 of 12"},
		{"客客", "到缺", 0, 0, 0, 0, 0, 1, 0, false, "no members at all"},
		{"", "到", 0, 0, 0, 0, 0, 1, 0, false, "somebody who is on no roster is a guest"},
	} {
		signins, leaves := drawnFacts(row.facts)
		got := themeday.Count(drawnRoster(row.roster), signins, leaves)
		figures := fmt.Sprint(got.Due, got.Present, got.Remote, got.Leave, got.Absent, got.Guests)
		if want := fmt.Sprint(row.due, row.present, row.remote, row.leave, row.absent, row.guests); figures != want {
			t.Errorf("%s (%s %s): due present remote leave absent guests %s, want %s", row.why, row.roster, row.facts, figures, want)
		}
		if got.RatePercent() != row.percent || got.QuorumMet(themeday.DefaultRules()) != row.met {
			t.Errorf("%s: %d %%, quorum %v", row.why, got.RatePercent(), got.QuorumMet(themeday.DefaultRules()))
		}
	}
}

func TestR12TheListsFollowTheRoster(t *testing.T) {
	signins, leaves := drawnFacts("到缺准送缺到")
	got := themeday.Count(drawnRoster("正正正正正客"), signins, leaves)
	for _, row := range []struct {
		list []themeday.Comrade
		want string
	}{
		{got.Attending, "第1号 第4号"}, {got.Absentees, "第2号 第5号"}, {got.OnLeave, "第3号"},
	} {
		var names []string
		for _, c := range row.list {
			names = append(names, c.Name)
		}
		if strings.Join(names, " ") != row.want {
			t.Errorf("%v, want %s", names, row.want)
		}
	}
}

// R12: before the day everybody without leave is expected.
func TestR12TheForecastWarnsBeforeTheDay(t *testing.T) {
	for _, row := range []struct {
		facts                 string
		leave, expected, need int
		risk                  bool
	}{
		{"缺缺缺缺缺", 0, 5, 4, false},
		{"准缺缺缺缺", 1, 4, 4, false}, // exactly 80 % can still come
		{"准请缺缺缺", 2, 3, 4, true},
		{"准晚拒销缺", 1, 4, 4, false},
		{"准准准准准", 5, 0, 4, true},
	} {
		signins, leaves := drawnFacts(row.facts)
		f := themeday.Expect(themeday.Count(drawnRoster("正正正正正"), signins, leaves), themeday.DefaultRules())
		if want := (themeday.Forecast{Due: 5, Leave: row.leave, Expected: row.expected, Need: row.need, AtRisk: row.risk}); f != want {
			t.Errorf("%s: %+v, want %+v", row.facts, f, want)
		}
	}
}

// R13: what stands as a leave.
func TestR13OnlyALeaveAskedInTimeOrGrantedExcuses(t *testing.T) {
	for _, row := range []struct {
		state         themeday.LeaveState
		late, excuses bool
		name          string
	}{
		{themeday.LeaveAsked, false, true, "待批"},
		{themeday.LeaveAsked, true, false, "待批"}, // after the start: the secretary decides
		{themeday.LeaveGranted, false, true, "已准"},
		{themeday.LeaveGranted, true, true, "已准"},
		{themeday.LeaveRefused, false, false, "未准"},
		{themeday.LeaveCancelled, false, false, "已销假"},
	} {
		if got := (themeday.Leave{State: row.state, Late: row.late}).Excuses(); got != row.excuses || row.state.Chinese() != row.name {
			t.Errorf("%s %s, late %v: excuses %v", row.state, row.state.Chinese(), row.late, got)
		}
	}
}

// R13, R14, R15: what is wrong with the request itself is refused before anything is looked up; so no store is given.
func TestR13ARequestThatCannotStandIsRefusedAtOnce(t *testing.T) {
	d := themeday.Desk{Rules: themeday.DefaultRules(), Zone: shanghai}
	march := themeday.Activity{Month: in(t, "2026-03"), Starts: at(t, "2026-03-13", "14:00"), Ends: at(t, "2026-03-13", "18:00")}
	filed := march
	filed.Filed = at(t, "2026-03-14", "09:00")
	r := drawnRoster("正客")
	frail := r[0]
	frail.Frail = true
	for _, row := range []struct {
		why  string
		ask  func() error
		code themeday.Code
		rule string
	}{
		{"leave without a reason", func() error { _, err := d.AskLeave(nil, themeday.Cause{}, march, r[0], " \u3000", ""); return err }, themeday.Invalid, "R13"},
		{"leave from a day that has no date", func() error {
			_, err := d.AskLeave(nil, themeday.Cause{}, themeday.Activity{Month: march.Month}, r[0], "出差", "")
			return err
		}, themeday.NotFound, "R13"},
		{"leave of a guest", func() error { _, err := d.AskLeave(nil, themeday.Cause{}, march, r[1], "出差", ""); return err }, themeday.Forbidden, "R14"},
		{"leave after the form was filed", func() error { _, err := d.AskLeave(nil, themeday.Cause{}, filed, r[0], "出差", ""); return err }, themeday.TooLate, "R22"},
		{"a leave refused without a reason", func() error {
			_, err := d.DecideLeave(nil, themeday.Cause{By: 9}, "第一支部", nil, r[0], false, "")
			return err
		}, themeday.Invalid, "R13"},
		{"a visit to one who is not frail", func() error { _, err := d.SignInRemote(nil, themeday.Cause{}, march, r[0], "上门"); return err }, themeday.Forbidden, "R15"},
		{"a visit that does not say how", func() error { _, err := d.SignInRemote(nil, themeday.Cause{}, march, frail, ""); return err }, themeday.Invalid, "R15"},
		{"a visit before the committee approved", func() error { _, err := d.SignInRemote(nil, themeday.Cause{}, march, frail, "上门"); return err }, themeday.Missing, "R18"},
		{"make-up study sent back without a reason", func() error {
			_, err := d.DecideMakeup(nil, themeday.Cause{By: 9}, "第一支部", nil, r[0], false, "")
			return err
		}, themeday.Invalid, "R20"},
	} {
		if err := row.ask(); themeday.CodeOf(err) != row.code || !strings.Contains(err.Error(), row.rule) {
			t.Errorf("%s: %v, want %s by %s", row.why, err, row.code, row.rule)
		}
	}
}

// R33: late is after the start and after attendance was reported, at 开始 or 15 minutes after the start.
func TestASignInIsLateOnceAttendanceWasReported(t *testing.T) {
	for _, row := range []struct {
		began, signed string
		late          bool
	}{
		{"", "13:30", false},
		{"", "14:00", false},
		{"", "14:14", false},
		{"", "14:15", true},
		{"14:05", "14:04", false},
		{"14:05", "14:05", true},
		{"13:50", "13:55", false}, // begun early, but before the planned start nobody is late
		{"13:50", "14:01", true},
		{"14:40", "14:15", true}, // 开始 after 15 minutes changes nothing
	} {
		a := themeday.Activity{Starts: at(t, "2026-03-13", "14:00"), Ends: at(t, "2026-03-13", "18:00")}
		if row.began != "" {
			a.Began = at(t, "2026-03-13", row.began)
		}
		if got := a.Late(at(t, "2026-03-13", row.signed), themeday.DefaultRules()); got != row.late {
			t.Errorf("began %q, signed in %s: late %v", row.began, row.signed, got)
		}
	}
}

func TestR12TheSumsOfATallyAlwaysAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "people")
		draw := func(letters, label string) string {
			var b strings.Builder
			for range n {
				b.WriteRune(rapid.SampledFrom([]rune(letters)).Draw(t, label))
			}
			return b.String()
		}
		roster := drawnRoster(draw("正正正预客", "kind"))
		signins, leaves := drawnFacts(draw("到送迟准请晚拒销返缺", "fact"))
		tally := themeday.Count(roster, signins, leaves)
		if tally.Due != tally.Present+tally.Remote+tally.Leave+tally.Absent || tally.Due != len(roster.Members()) {
			t.Fatalf("the sums do not add up: %+v", tally)
		}
		if len(tally.Attending) != tally.Present+tally.Remote || len(tally.Absentees) != tally.Absent || len(tally.OnLeave) != tally.Leave {
			t.Fatalf("the lists are not those of the sums: %+v", tally)
		}
		if tally.Present+tally.Remote+tally.Guests != len(signins) {
			t.Fatalf("%d sign-ins became %+v", len(signins), tally)
		}
	})
}
