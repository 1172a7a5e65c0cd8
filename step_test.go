package themeday_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"themeday"
)

// done makes March's activity of 第一支部 with some steps completed, such as "①②④".
func done(marks string) themeday.Activity {
	a := themeday.Activity{Branch: "第一支部", Month: themeday.YearMonth{Year: 2026, Month: time.March}}
	for i, row := range themeday.StepTable() {
		if strings.Contains(marks, row.Mark) {
			a.Steps[i] = themeday.StepDone{At: time.Date(2026, 3, 1+i, 9, 0, 0, 0, time.UTC)}
		}
	}
	return a
}

// R18: the nine steps of clause six, in its order.
func TestR18TheTableOfStepsIsThatOfTheClause(t *testing.T) {
	want := [9]string{"①支委会定主题", "②机关党委审定", "③公示预告", "④召集会议", "⑤党员签到", "⑥通报到会", "⑦开展活动", "⑧主题测评", "⑨总结提升"}
	for i, row := range themeday.StepTable() {
		if row.Step != themeday.Step(i+1) || row.Step.String() != want[i] || row.Step.Row() != row {
			t.Errorf("step %d is %s, want %s", i+1, row.Step, want[i])
		}
		if row.Who == "" || row.Completes == "" || row.Evidence == "" {
			t.Errorf("%s does not say who, what and by what proof: %+v", row.Step, row)
		}
		if row.Type == "" && row.Who != "机器人" {
			t.Errorf("%s is done by %s, who has no command for it", row.Step, row.Who)
		}
	}
}

// R18: out of order is refused, and the first missing step named with what brings it on.
func TestR18AStepOutOfOrderNamesTheMissingOne(t *testing.T) {
	for _, row := range []struct {
		done    string
		asked   themeday.Step
		refused string
	}{
		{"", themeday.Deciding, ""},
		{"", themeday.Approving, "还不能机关党委审定：缺第①步（支委会定主题）。请书记发：主题 3月 学习党章；重温誓词"},
		{"①", themeday.Approving, ""},
		{"①", themeday.Noticing, "还不能公示预告：缺第②步（机关党委审定）。请书记发：报审 3月"},
		{"②", themeday.Noticing, "还不能公示预告：缺第①步（支委会定主题）"}, // the first missing one
		{"①②", themeday.Noticing, ""},
		{"①②", themeday.Convening, "还不能召集会议：缺第③步（公示预告），机器人会按时完成"},
		{"①②③", themeday.Convening, ""},
		{"①②③", themeday.SigningIn, "还不能党员签到：缺第④步（召集会议），机器人会按时完成"},
		{"①②③④", themeday.SigningIn, ""},
		{"①②③④", themeday.Reporting, "还不能通报到会：缺第⑤步（党员签到）。请党员发：签到"},
		{"①②③④⑤", themeday.Reporting, ""},
		{"①②③④⑤", themeday.Holding, "还不能开展活动：缺第⑥步（通报到会）。请书记发：开始"},
		{"①②③④⑤⑥", themeday.Holding, ""},
		{"①②③④⑤⑥", themeday.Evaluating, "还不能主题测评：缺第⑦步（开展活动）。请主持人发：结束"},
		{"①②③④⑤⑥⑦", themeday.Evaluating, ""},
		{"①②③④⑤⑥⑦", themeday.Summing, "还不能总结提升：缺第⑧步（主题测评）。请参会同志发：评分 5 4 5 5"},
		{"①②③④⑤⑥⑦⑧", themeday.Summing, ""},
		{"①②③④⑥⑦⑧", themeday.Summing, "缺第⑤步（党员签到）"}, // one left out in the middle
		{"①②③④⑤⑥⑦⑧⑨", themeday.Summing, ""},
	} {
		err := themeday.CanTake(done(row.done), row.asked)
		if row.refused == "" {
			if err != nil {
				t.Errorf("%s after %q: %v", row.asked, row.done, err)
			}
			continue
		}
		if themeday.CodeOf(err) != themeday.Missing || !strings.Contains(err.Error(), row.refused) || !strings.HasSuffix(err.Error(), "（第六条·R18）") {
			t.Errorf("%s after %q: %v, want %s", row.asked, row.done, err, row.refused)
		}
	}
}

// R18: until it is submitted the secretary brings ② on, then the committee does.
func TestR18WhoBringsTheApprovalOn(t *testing.T) {
	first, second := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC), time.Date(2026, 3, 3, 1, 0, 0, 0, time.UTC)
	for _, row := range []struct {
		submitted, returned time.Time
		want                string
	}{
		{time.Time{}, time.Time{}, "请书记发：报审 3月"},
		{first, time.Time{}, "请机关党委发：审定 第一支部 3月"},
		{first, second, "请书记发：报审 3月"},
		{second, first, "请机关党委发：审定 第一支部 3月"},
	} {
		a := done("①")
		a.Submitted, a.Returned = row.submitted, row.returned
		if err := themeday.CanTake(a, themeday.Noticing); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("submitted %s, returned %s: %v, want %s", row.submitted, row.returned, err, row.want)
		}
	}
}

func TestR18TheNextStepIsTheFirstThatIsMissing(t *testing.T) {
	for marks, want := range map[string]themeday.Step{
		"": themeday.Deciding, "①": themeday.Approving, "①②": themeday.Noticing, "①②③④⑤⑥⑦⑧": themeday.Summing,
		"①③": themeday.Approving, "②③④⑤⑥⑦⑧⑨": themeday.Deciding, "①②③④⑤⑥⑦⑧⑨": 0,
	} {
		if got, open := themeday.NextStep(done(marks)); got != want || open != (want != 0) {
			t.Errorf("after %q comes %d, open %v", marks, got, open)
		}
	}
}

func TestR18AStepMayBeTakenWhenNoneBeforeItIsMissing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		marks := ""
		for _, row := range themeday.StepTable() {
			if rapid.Bool().Draw(t, row.Mark) {
				marks += row.Mark
			}
		}
		a := done(marks)
		next, open := themeday.NextStep(a)
		for s := themeday.Deciding; s <= themeday.Summing; s++ {
			err := themeday.CanTake(a, s)
			if (err == nil) != (!open || s <= next) {
				t.Fatalf("%s after %q, next %d: %v", s, marks, next, err)
			}
			if err != nil && !strings.Contains(err.Error(), "缺第"+next.Row().Mark+"步") {
				t.Fatalf("%s after %q does not name %s: %v", s, marks, next, err)
			}
		}
	})
}

// R16: without political study or party-spirit training no approval.
func TestR16AnActivityHasRequiredContent(t *testing.T) {
	starts := at(t, "2026-03-13", "14:30")
	for _, row := range []struct {
		dated           bool
		topics, content string
		code            themeday.Code
		rule            string
	}{
		{true, "学习党章", "政治学习", "", ""},
		{true, "重温誓词", "党性锻炼", "", ""},
		{true, "学雷锋 植树", "志愿服务 政治学习", "", ""},
		{true, "植树", "志愿服务", themeday.Missing, "R16"},
		{true, "植树", "", themeday.Missing, "R16"},
		{true, "", "政治学习", themeday.Missing, "R18"},
		{false, "学习党章", "政治学习", themeday.Missing, "R03"},
	} {
		a := themeday.Activity{Branch: "第一支部", Month: in(t, "2026-03"), Topics: strings.Fields(row.topics), Content: strings.Fields(row.content)}
		if row.dated {
			a.Starts = starts
		}
		err := themeday.CanSubmit(a)
		if themeday.CodeOf(err) != row.code || err != nil && !strings.Contains(err.Error(), row.rule) {
			t.Errorf("topics %q, content %q, dated %v: %v", row.topics, row.content, row.dated, err)
		}
	}
	for topics, want := range map[string]string{
		"学习党章": "政治学习", "缅怀先烈": "党性锻炼", "学习党史 重温入党誓词": "政治学习 党性锻炼", "植树": "", "": "",
	} {
		if got := strings.Join(themeday.ContentOf(strings.Fields(topics)), " "); got != want {
			t.Errorf("the topics %q plainly are %q, want %q", topics, got, want)
		}
	}
}

// R18 ②: approved once, after it was submitted and before it starts.
func TestR18TheCommitteeApprovesWhatWasSubmitted(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 3, d, 2, 0, 0, 0, time.UTC) }
	starts := at(t, "2026-03-13", "14:30")
	for _, row := range []struct {
		submitted, returned time.Time
		content             string
		now                 time.Time
		code                themeday.Code
	}{
		{day(2), time.Time{}, "政治学习", day(3), ""},
		{time.Time{}, time.Time{}, "政治学习", day(3), themeday.Missing},
		{day(2), day(3), "政治学习", day(4), themeday.Missing}, // sent back
		{day(4), day(3), "政治学习", day(5), ""},               // and submitted again
		{day(2), time.Time{}, "志愿服务", day(3), themeday.Missing},
		{day(2), time.Time{}, "政治学习", starts.Add(-time.Second), ""},
		{day(2), time.Time{}, "政治学习", starts, themeday.TooLate},
	} {
		a := done("①")
		a.Topics, a.Content, a.Starts, a.Submitted, a.Returned = []string{"学习党章"}, []string{row.content}, starts, row.submitted, row.returned
		if err := themeday.CanApprove(a, row.now); themeday.CodeOf(err) != row.code {
			t.Errorf("submitted %s, returned %s, %s, at %s: %v, want %q", row.submitted, row.returned, row.content, row.now, err, row.code)
		}
	}
	if err := themeday.CanApprove(done("①②"), day(3)); themeday.CodeOf(err) != themeday.Conflict {
		t.Errorf("approved a second time: %v", err)
	}
}

// R11, R19: who holds an office; a deputy's offices do not make him secretary.
func TestR11AndR19OfficesAreFoundOnTheRoster(t *testing.T) {
	r := drawnRoster("正正正正")
	r[0].Offices = themeday.Offices{themeday.Deputy}
	r[1].Offices = themeday.Offices{themeday.Secretary, themeday.Recorder}
	r[2].Offices = themeday.Offices{themeday.CommitteeMember}
	if s, ok := r.Secretary(); !ok || s.ID != 2 {
		t.Errorf("the secretary is %d, %v", s.ID, ok)
	}
	if s, ok := r.Recorder(); !ok || s.ID != 2 {
		t.Errorf("the recorder is %d, %v: the secretary may record too", s.ID, ok)
	}
	r[1].Offices = nil
	if s, ok := r.Secretary(); ok {
		t.Errorf("a branch without one has the secretary %d", s.ID)
	}
	if s, ok := r.Recorder(); ok {
		t.Errorf("a branch without one has the recorder %d", s.ID)
	}
	if o := (themeday.Offices{themeday.Secretary, themeday.Liaison}); !o.Has(themeday.Liaison) || o.Has(themeday.Deputy) || o.String() != "书记、联系领导" {
		t.Errorf("offices %s", o)
	}
}

// R19: a deputy or a branch committee member, and with a reason.
func TestR19TheSecretaryDelegatesToTheBranchCommitteeWithAReason(t *testing.T) {
	for _, row := range []struct {
		offices themeday.Offices
		why     string
		code    themeday.Code
	}{
		{themeday.Offices{themeday.Deputy}, "", themeday.Invalid},
		{themeday.Offices{themeday.CommitteeMember}, " \u3000", themeday.Invalid},
		{themeday.Offices{themeday.Member}, "书记外出开会", themeday.Forbidden},
		{themeday.Offices{themeday.Recorder}, "书记外出开会", themeday.Forbidden},
		{themeday.Offices{themeday.Liaison, themeday.Committee}, "书记外出开会", themeday.Forbidden},
		{nil, "书记外出开会", themeday.Forbidden},
	} {
		who := themeday.Comrade{Membership: themeday.Membership{Offices: row.offices}}
		_, err := themeday.Desk{}.Delegate(nil, themeday.Cause{}, done("①②"), who, row.why) // refused before anything is written
		if themeday.CodeOf(err) != row.code || !strings.Contains(err.Error(), "R19") {
			t.Errorf("to %s, %q: %v, want %s", row.offices, row.why, err, row.code)
		}
	}
}

// R23: what is ticked is an item of the checklist, and before the form is filed.
func TestR23OnlyItemsOfTheChecklistAreTicked(t *testing.T) {
	d := themeday.Desk{Rules: themeday.DefaultRules(), Zone: shanghai}
	for _, item := range []string{"横幅", "旗徽", ""} { // "" would be either
		if _, err := d.Tick(nil, themeday.Cause{}, done("①②"), []string{item}); themeday.CodeOf(err) != themeday.NotFound || !strings.Contains(err.Error(), "党旗、徽章（第六条·R23）") {
			t.Errorf("ticked %q: %v", item, err)
		}
	}
	filed := done("①②③④⑤⑥⑦⑧⑨")
	filed.Filed = at(t, "2026-03-14", "09:00")
	if _, err := d.Tick(nil, themeday.Cause{}, filed, []string{"党旗"}); themeday.CodeOf(err) != themeday.TooLate {
		t.Errorf("ticked after the form was filed: %v", err)
	}
}
