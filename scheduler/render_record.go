package scheduler

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"themeday"
	"themeday/templates"
)

// recordOpen tells why the form of the activity is not waited for, or nothing when it is.
func (j job) recordOpen() (why string) {
	switch {
	case !j.a.Filed.IsZero():
		return "the form is filed"
	case !j.a.Approved() || !j.a.Over(j.at):
		return "the activity was not held"
	}
	return ""
}

// missing are the steps not completed, and what the first of them takes.
func (j job) missing() (steps []string, next string) {
	for s := themeday.Deciding; s <= themeday.Summing; s++ {
		if !j.a.Done(s) {
			steps = append(steps, s.String())
		}
	}
	first, open := themeday.NextStep(j.a)
	if !open {
		return nil, ""
	}
	row := first.Row()
	next = strings.ReplaceAll(row.Type, "%s", j.a.Month.Chinese())
	switch {
	case first == themeday.SigningIn && j.a.Over(j.at): // nobody can sign in any more
		m := j.a.Month.Chinese()
		return steps, fmt.Sprintf("补签 %s 姓名 事由，或：纸 %s 1-12", m, m)
	case next == "":
		return steps, "由我来办，不用发"
	case row.Who != string(themeday.Secretary):
		return steps, "请" + row.Who + "发：" + next
	}
	return steps, next
}

func (j job) recordDue() (Rendered, error) {
	if why := j.recordOpen(); why != "" {
		return nothing(why)
	}
	due := j.Desk.RecordDueAt(j.a)
	last := j.lastDay(due)
	v := templates.RecordDueView{Head: j.head, Activity: j.a.ID, Due: j.local(due), Last: last, Today: j.daysTo(last) == 0}
	v.Missing, v.Next = j.missing()
	return say(j, j.Texts.RecordDue, v)
}

func (j job) recordOverdue() (Rendered, error) {
	if j.post.Branch == "" {
		return j.ofAllBranches()
	}
	if why := j.recordOpen(); why != "" {
		return nothing(why)
	}
	due := j.Desk.RecordDueAt(j.a)
	v := templates.RecordOverdueView{Head: j.head, Activity: j.a.ID, Days: themeday.RecordOverdueDays(j.at, due, j.Desk.Zone), Last: j.lastDay(due)}
	if v.Days == 0 {
		return nothing("the form is not overdue")
	}
	v.Missing, v.Next = j.missing()
	return say(j, j.Texts.RecordOverdue, v)
}

// recordFiled tells the committee that a form was filed, and brings it.
func (j job) recordFiled() (Rendered, error) {
	if j.a.Filed.IsZero() {
		return nothing("the form is not filed")
	}
	version, err := strconv.Atoi(j.post.Arg)
	if err != nil {
		version = 1 // planned before versions were told
	}
	filed, corrected, err := j.Desk.FiledVersion(j.tx, j.a, version)
	if err != nil {
		return Rendered{}, err
	}
	v := templates.RecordFiledView{Head: j.head, Activity: j.a.ID, Filed: j.local(j.a.Filed), Version: version, SHA256: filed.SHA256}
	if !filed.At.IsZero() {
		v.Filed = j.local(filed.At)
	}
	for _, c := range corrected {
		v.Changed = append(v.Changed, c.String())
	}
	if version == 1 {
		v.Days = themeday.RecordOverdueDays(j.a.Filed, j.Desk.RecordDueAt(j.a), j.Desk.Zone)
	}
	r, err := say(j, j.Texts.RecordFiled, v)
	if filed.SHA256 == "" || err != nil {
		return r, err
	}
	path, altered := j.Desk.Forms.FormFile(filed.SHA256)
	if altered != nil {
		r.Texts = append(r.Texts, "存档的纪实表文件缺失或被改动，没有附上，请管理员查证（第八条·R33）。")
	} else {
		r.Files = []themeday.File{{Name: themeday.FormName(j.head.Branch, j.a.Month, version), Path: path}}
	}
	return r, err
}

// violation says which rule was broken, unless the facts show by now that it was not.
func (j job) violation() (Rendered, error) {
	if j.post.Branch == "" {
		return j.ofAllBranches()
	}
	v := templates.ViolationView{Head: j.head, Rule: themeday.Rule(j.post.Arg), Activity: j.a.ID}
	if month, ok := strings.CutPrefix(j.post.Arg, notHeldArg); ok {
		return j.notHeld(month)
	}
	switch v.Rule {
	case themeday.R12:
		t, err := j.Desk.Tally(j.tx, j.a)
		if err != nil || t.QuorumMet(j.Desk.Rules) {
			return Rendered{Why: "enough took part after all"}, err
		}
		v.Due, v.Present, v.Rate, v.Percent = t.Due, t.Present+t.Remote, t.RatePercent(), j.Desk.Rules.QuorumPercent
	case themeday.R02:
		if !j.Desk.Shortened(j.a) {
			return nothing("it lasted long enough after all")
		}
		v.Lasted, v.HalfDay = themeday.Hours(j.lasted()), themeday.Hours(j.Desk.Rules.HalfDay)
	default:
		return Rendered{}, fmt.Errorf("violation of %q has no text", j.post.Arg)
	}
	return say(j, j.Texts.Violation, v)
}

// lasted is how long the activity really was, by the same reading as Desk.Shortened.
func (j job) lasted() time.Duration {
	began := j.a.BeginAt()
	if began.After(j.a.Starts) && !began.After(j.a.Starts.Add(j.Desk.Rules.AttendanceAfter)) {
		began = j.a.Starts
	}
	return j.a.EndAt().Sub(began)
}

func (j job) notHeld(month string) (Rendered, error) {
	m, err := themeday.ParseYearMonth(month)
	if err != nil {
		return Rendered{}, err
	}
	a, err := j.Desk.OfMonth(j.tx, j.post.Branch, m)
	if err != nil {
		return Rendered{}, err
	}
	if a.Done(themeday.SigningIn) && a.Over(j.at) {
		return nothing("the month's activity was held")
	}
	j.head.Month = m.Chinese()
	return say(j, j.Texts.Violation, templates.ViolationView{Head: j.head, Rule: themeday.R01, MonthID: month})
}
