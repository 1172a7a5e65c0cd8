package templates

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// variants are views that say something else than the samples, by the name of their golden file: template, dot, what is different.
func variants() map[string]any {
	committee := sampleHead()
	committee.Committee = true
	all := samplesOfAll()
	missing := all["plan_missing"].(PlanMissingView)
	missing.Head = committee
	filing := all["filing_due"].(FilingDueView)
	filing.Days = 0
	due := all["approval_due"].(ApprovalDueView)
	unsubmitted, bare, waiting, returned, idle, asked := due, due, due, due, due, due
	unsubmitted.Step = 2
	bare.Step, bare.NoContent = 2, true
	waiting.Step, waiting.Submitted = 2, true
	returned.Step, returned.Returned = 2, "缺少党性锻炼内容"
	idle.Head = committee
	asked.Head, asked.Step, asked.Submitted, asked.Topics = committee, 2, true, []string{"学习党章", "重温入党誓词"}
	given := all["approval_given"].(ApprovalGivenView)
	given.Now = true
	first := all["change_filed"].(ChangeFiledView)
	first.From = nil
	late := all["notice"].(NoticeView)
	late.Late, late.Moved, late.Agenda, late.Host, late.DaysAhead = true, true, nil, "", 2
	risk := all["forecast"].(ForecastView)
	risk.Leave, risk.Expected, risk.AtRisk, risk.NoRecorder = 4, 8, true, true
	far := all["reminder"].(ReminderView)
	far.Day = ""
	code, begun := all["signin_open"].(SignInOpenView), all["signin_open"].(SignInOpenView)
	code.Code = true
	begun.Begun = true
	guests := all["signin_progress"].(SignInProgressView)
	guests.Names, guests.Guests = nil, 2
	after := all["signin_progress"].(SignInProgressView)
	after.Present, after.Names, after.Reported, after.Rate, after.Percent, after.Met = 10, []string{"许宁"}, true, 83, 80, true
	short := all["attendance"].(AttendanceView)
	short.Present, short.Remote, short.Absent, short.RatePercent, short.QuorumMet, short.Guests = 8, 0, 3, 66, false, 2
	over := all["absent"].(AbsentView)
	over.Over, over.Asked = true, []string{"钱七"}
	claims := all["signin_claims"].(SignInClaimsView)
	claims.Verb = "补签"
	few, none := all["evaluation_result"].(EvaluationResultView), all["evaluation_result"].(EvaluationResultView)
	few.Raters, few.Satisfied, few.RatePercent, few.Dimensions, few.Means = 3, 2, 66, nil, nil
	none.Raters, none.Means = 0, nil
	complete := all["record_due"].(RecordDueView)
	complete.Today, complete.Missing = true, nil
	overdue, chased := all["record_overdue"].(RecordOverdueView), all["record_overdue"].(RecordOverdueView)
	overdue.Missing = nil
	chased.Head = committee
	filed := all["record_filed"].(RecordFiledView)
	filed.Days = 2
	quorum := all["violation"].(ViolationView)
	quorum.Head = committee
	cut, cutCommittee := ViolationView{Head: sampleHead(), Rule: "R02", Lasted: "3小时10分", HalfDay: "4小时"}, ViolationView{Head: committee, Rule: "R02", Lasted: "3小时10分", HalfDay: "4小时"}
	absence := all["absence"].(AbsenceView)
	absence.Head = committee
	leave := all["leave_asked"].(LeaveAskedView)
	leave.Late, leave.Picture = true, false
	refused, refusedOver, grantedOver := all["leave_decided"].(LeaveDecidedView), all["leave_decided"].(LeaveDecidedView), all["leave_decided"].(LeaveDecidedView)
	refused.Granted, refused.Reason = false, "本次有表决"
	refusedOver.Granted, refusedOver.Over = false, true
	grantedOver.Over = true
	tomorrow, today := all["makeup_due"].(MakeupDueView), all["makeup_due"].(MakeupDueView)
	tomorrow.Days, today.Days = 1, 0
	picture := all["makeup_handed"].(MakeupHandedView)
	picture.Text = ""
	back := all["makeup_decided"].(MakeupDecidedView)
	back.Confirmed, back.Reason = false, "请写自己的体会"
	objection := all["objection"].(ObjectionView)
	objection.Filed = true
	return map[string]any{
		"plan_missing.committee": missing, "filing_due.today": filing,
		"approval_due.unsubmitted": unsubmitted, "approval_due.no_content": bare, "approval_due.waiting": waiting, "approval_due.returned": returned,
		"approval_due.committee_idle": idle, "approval_due.committee_asked": asked, "approval_given.now": given, "change_filed.first": first,
		"notice.late": late, "forecast.at_risk": risk, "reminder.far": far, "signin_open.code": code, "signin_open.begun": begun,
		"signin_progress.guests": guests, "signin_progress.after": after, "attendance.short": short, "absent.over": over, "signin_claims.over": claims,
		"evaluation_result.few": few, "evaluation_result.none": none, "record_due.last_day": complete, "record_overdue.complete": overdue,
		"record_overdue.committee": chased, "record_filed.late": filed, "violation.quorum_committee": quorum, "violation.cut": cut,
		"violation.cut_committee": cutCommittee, "violation.month": ViolationView{Head: sampleHead(), Rule: "R01", MonthID: "2026-03"},
		"violation.month_committee": ViolationView{Head: committee, Rule: "R01", MonthID: "2026-03"}, "absence.committee": absence,
		"leave_asked.late": leave, "leave_decided.refused": refused, "leave_decided.refused_over": refusedOver, "leave_decided.granted_over": grantedOver,
		"makeup_due.tomorrow": tomorrow, "makeup_due.today": today, "makeup_handed.picture": picture, "makeup_decided.returned": back, "objection.filed": objection,
	}
}

// texts are all samples and variants, rendered.
func texts(t *testing.T) map[string]string {
	t.Helper()
	posts, err := LoadPosts("")
	if err != nil {
		t.Fatal(err)
	}
	views := samplesOfAll()
	maps.Copy(views, variants())
	out := map[string]string{}
	for name, view := range views {
		template, _, _ := strings.Cut(name, ".")
		if out[name], err = posts.set.Text(template, view); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestEveryTextIsAsItsGoldenFile(t *testing.T) {
	dir := filepath.Join("testdata", "golden")
	all := texts(t)
	if *update {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		path := filepath.Join(dir, name+".txt")
		if *update {
			if err := os.WriteFile(path, []byte(all[name]+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%v: run go test ./templates -update and read what it wrote", err)
		} else if all[name]+"\n" != string(want) {
			t.Errorf("%s:\ngot\n%s\nwant\n%s", name, all[name], want)
		}
	}
}

func TestEveryTemplateHasASample(t *testing.T) {
	posts, err := LoadPosts("")
	if err != nil {
		t.Fatal(err)
	}
	samples := samplesOfAll()
	for name := range posts.set.files {
		if _, ok := samples[name]; !ok {
			t.Errorf("%s.md is tried with nothing", name)
		}
	}
	for name := range samples {
		if _, ok := posts.set.files[name]; !ok {
			t.Errorf("there is a sample but no text/%s.md", name)
		}
	}
}

// marks are the Markdown that a reader must not see, blank lines in a row, and what Go prints of a value that is none.
var marks = regexp.MustCompile("(?m)\\*\\*|`|^#|^- |^> |\\]\\(|\\n\\n\\n|<nil>|<no value>|%!|\\{\\{")

func TestNoTextShowsMarkdown(t *testing.T) {
	for name, text := range texts(t) {
		if bad := marks.FindString(text); bad != "" {
			t.Errorf("%s shows %q:\n%s", name, bad, text)
		}
		if text == "" {
			t.Errorf("%s says nothing", name)
		}
	}
}

func TestPrivateWordsStayOutOfTheFigures(t *testing.T) {
	v := samplesOfAll()["leave_asked"].(LeaveAskedView)
	v.Reason = "孩子住院"
	for _, view := range []any{v, LeaveDecidedView{Reason: "孩子住院"}, MakeupHandedView{Text: "孩子住院"}, ObjectionView{Text: "孩子住院"}} {
		if data := encoded(t, view); strings.Contains(data, "孩子住院") {
			t.Errorf("private words among the figures: %s", data)
		}
	}
}

func TestTheFiguresBearTheNamesOfTheContract(t *testing.T) {
	all := samplesOfAll()
	for name, want := range map[string]string{
		"plan_missing":      `{"branch":"第一支部","month":"2026-03"}`,
		"approval_due":      `{"activity":"第一支部/2026-03","step":1}`,
		"notice":            `{"activity":"第一支部/2026-03","starts":"2026-03-13T14:30:00+08:00","ends":"2026-03-13T18:30:00+08:00","place":"党员活动室","topics":["学习党章","重温入党誓词"],"days_ahead":5,"late":false}`,
		"forecast":          `{"activity":"第一支部/2026-03","due":12,"leave":1,"expected":11,"need":10,"at_risk":false}`,
		"reminder":          `{"activity":"第一支部/2026-03","starts":"2026-03-13T14:30:00+08:00"}`,
		"checklist":         `{"activity":"第一支部/2026-03","open":["党旗","徽章"]}`,
		"signin_open":       `{"activity":"第一支部/2026-03","closes":"2026-03-13T18:30:00+08:00"}`,
		"signin_progress":   `{"activity":"第一支部/2026-03","present":5,"due":12}`,
		"attendance":        `{"activity":"第一支部/2026-03","due":12,"present":10,"remote":1,"leave":1,"absent":0,"rate_percent":91,"quorum_met":true}`,
		"absent":            `{"activity":"第一支部/2026-03","names":["赵六","钱七"]}`,
		"evaluation_open":   `{"activity":"第一支部/2026-03","closes":"2026-03-14T18:30:00+08:00"}`,
		"evaluation_result": `{"activity":"第一支部/2026-03","raters":7,"satisfied":6,"rate_percent":85,"dimensions":[4.6,4.8,4.2,4.5]}`,
		"record_due":        `{"activity":"第一支部/2026-03","due":"2026-03-16T00:00:00+08:00"}`,
		"record_overdue":    `{"activity":"第一支部/2026-03","days":2}`,
		"makeup_due":        `{"activity":"第一支部/2026-03","member":"张三","due":"2026-03-28T00:00:00+08:00"}`,
		"violation":         `{"rule":"R12","activity":"第一支部/2026-03"}`,
	} {
		if got := encoded(t, all[name]); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, want)
		}
	}
	if got, want := encoded(t, ViolationView{Rule: "R01", MonthID: "2026-03"}), `{"rule":"R01","month":"2026-03"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// encoded is a view as it goes out beside its text.
func encoded(t *testing.T, view any) string {
	t.Helper()
	data, err := json.Marshal(view)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
