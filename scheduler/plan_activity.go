package scheduler

import (
	"fmt"
	"time"

	"themeday"
)

// before are the posts that prepare an activity: its approval, the notice, the forecast, the reminder, the checklist.
func (p *plan) before(a themeday.Activity) {
	if !a.Approved() {
		p.approval(a)
		return
	}
	day := p.day(a.Starts)
	if !a.Done(themeday.Noticing) {
		p.add(of(a, themeday.Notice, themeday.ToGroup), noticeDue(a, p.Moved[a.ID], p.rules, p.schedule, p.zone), a.Starts)
	}
	p.add(of(a, themeday.ForecastPost, themeday.ToSecretary), p.schedule.On(LookForecast, day.AddDays(-p.rules.ForecastDays)), a.Starts)
	p.add(of(a, themeday.Reminder, themeday.ToGroup), p.schedule.On(LookReminder, day.AddDays(-p.rules.ReminderDays)), a.Starts)
	p.add(of(a, themeday.ChecklistPost, themeday.ToSecretary), a.Starts.Add(-p.rules.ChecklistBefore), a.Starts)
}

// noticeLook is when an activity's notice is to be posted at the latest (R06).
func noticeLook(a themeday.Activity, r themeday.Rules, s Schedule, zone *time.Location) time.Time {
	return s.On(LookNotice, themeday.NoticeDay(a.Starts, r.NoticeDays, zone))
}

// noticeDue is when it can be posted: not before the approval, nor before its date was changed.
func noticeDue(a themeday.Activity, moved time.Time, r themeday.Rules, s Schedule, zone *time.Location) time.Time {
	look := noticeLook(a, r, s, zone)
	if look.IsZero() {
		return look
	}
	return later(later(look, a.Steps[themeday.Approving-1].At), moved)
}

// approval are the reminders that an activity is not approved yet (R18 ②); the committee has one for all branches.
func (p *plan) approval(a themeday.Activity) {
	days := downward(p.rules.ApprovalDays)
	for i, n := range days {
		expires := a.Starts
		if i+1 < len(days) {
			expires = p.schedule.On(LookApproval, p.day(a.Starts).AddDays(-days[i+1]))
		}
		due := p.schedule.On(LookApproval, p.day(a.Starts).AddDays(-n))
		post := more(of(a, themeday.ApprovalDue, themeday.ToSecretary), n)
		p.toSecretary(post, due, expires)
	}
}

// during are the posts of the day itself, from the opening of the sign-in to the result of the evaluation.
func (p *plan) during(a themeday.Activity) {
	if !a.Approved() {
		return
	}
	p.add(of(a, themeday.SignInOpen, themeday.ToGroup), a.SignInOpens(p.rules), a.EndAt())
	if !a.Done(themeday.Reporting) {
		p.add(of(a, themeday.Attendance, themeday.ToGroup), a.AttendanceAt(p.rules), a.EndAt().Add(12*time.Hour))
	}
	if !p.heard(a) {
		p.add(of(a, themeday.Absent, themeday.ToSecretary), a.AttendanceAt(p.rules), a.EndAt().Add(24*time.Hour))
	}
	if p.rules.NoEvaluation {
		return
	}
	if a.Evaluated.IsZero() {
		p.add(of(a, themeday.EvaluationOpened, themeday.ToGroup), a.EndAt(), a.ClosesAt(p.rules))
	}
	if a.Result.IsZero() {
		p.add(of(a, themeday.EvaluationResult, themeday.ToGroup), a.ClosesAt(p.rules), a.ClosesAt(p.rules).Add(week))
	}
}

// heard tells whether the secretary has heard who is absent since attendance was reported: taking 结束 back says nothing new of it.
func (p *plan) heard(a themeday.Activity) bool {
	told := p.Told[a.ID]
	return a.Done(themeday.Reporting) && !told.IsZero() && !told.Before(a.Steps[themeday.Reporting-1].At)
}

// after are the posts that follow an activity: the record form until it is filed (R22), and the look for the absent (R32).
func (p *plan) after(a themeday.Activity) {
	if !a.Approved() {
		return
	}
	if a.Filed.IsZero() {
		p.recordDue(a)
		p.recordOverdue(a)
	}
	absence := of(a, themeday.AbsencePost, themeday.ToSecretary)
	end := p.day(a.EndAt())
	due := p.schedule.On(LookAbsence, end.AddDays(p.rules.AbsenceAfter))
	p.toSecretary(absence, due, due.Add(week))
	due = p.schedule.On(LookAbsence, end.AddDays(p.rules.AbsenceCommittee))
	p.toCommittee(absence, due, due.Add(week))
}

// recordDue are the reminders of the record form: the day after the end, and twice on the last day.
func (p *plan) recordDue(a themeday.Activity) {
	end := p.day(a.EndAt())
	last, due := end.AddDays(p.rules.RecordDays), themeday.RecordDue(a.EndAt(), p.rules.RecordDays, p.zone)
	post := of(a, themeday.RecordDuePost, themeday.ToSecretary)
	looks := []struct {
		number string
		at     time.Time
	}{
		{"1", p.schedule.On(LookRecord, end.AddDays(1))},
		{"2", p.schedule.On(LookRecord, last)},
		{"3", p.schedule.On(LookRecordLast, last)},
	}
	for i, l := range looks {
		twice := i+1 < len(looks) && l.at.Equal(looks[i+1].at)
		if !twice && l.at.After(a.EndAt()) {
			p.add(more(post, l.number), l.at, due)
		}
	}
}

// recordOverdue are the daily reminders of a form that is overdue; each lasts until the next.
func (p *plan) recordOverdue(a themeday.Activity) {
	last := p.day(a.EndAt()).AddDays(p.rules.RecordDays)
	for n := 1; n <= p.rules.RecordOverdueMax; n++ {
		post := more(of(a, themeday.RecordOverdue, themeday.ToSecretary), n)
		due, next := p.schedule.On(LookOverdue, last.AddDays(n)), p.schedule.On(LookOverdue, last.AddDays(n+1))
		p.toSecretary(post, due, next)
		p.toCommittee(post, due, next)
	}
}

// makeup are the reminders of one member's make-up study (R20), so many days before its last day.
func (p *plan) makeup(m themeday.Makeup) {
	if m.State != themeday.MakeupOwed {
		return
	}
	a := themeday.Activity{ID: m.Activity}
	for _, known := range p.Activities {
		if known.ID == m.Activity {
			a = known
		}
	}
	last := p.day(m.Due.Add(-1))
	for _, n := range downward(p.rules.MakeupWarnDays) {
		post := more(more(of(a, themeday.MakeupDuePost, themeday.ToPerson), m.Person), n)
		post.Person = m.Person
		due := p.schedule.On(LookMakeup, last.AddDays(-n))
		p.add(post, due, p.day(due).AddDays(2).Start(p.zone))
	}
}

// objection are the words about one that nobody has answered (R33): to the secretary, later to the committee.
func (p *plan) objection(o themeday.Objection) {
	if !o.Open() || o.Activity == "" {
		return
	}
	post := themeday.Post{Key: fmt.Sprintf("%s/%s/%d", themeday.ObjectionDue, o.Activity, o.ID), Kind: themeday.ObjectionDue, Activity: o.Activity, Arg: fmt.Sprint(o.ID)}
	rules := p.judging(themeday.Activity{Starts: o.At}, p.rules) // those of the day on which it was raised
	due := p.schedule.Next(LookObjection, o.At.AddDate(0, 0, rules.ObjectionRemind).Add(-1))
	if o.State == themeday.ObjectionAbove { // it is the committee's from the first
		p.toCommittee(post, due, due.Add(week))
		return
	}
	p.toSecretary(post, due, due.Add(week))
	due = p.schedule.Next(LookObjection, o.At.AddDate(0, 0, rules.ObjectionCommittee).Add(-1))
	p.toCommittee(post, due, due.Add(week))
}
