package templates

import (
	"time"

	"themeday"
)

// variants are views that say something else than the samples, by name: template, dot, what is different. The templates are tried with them too.
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
	secret := all["evaluation_result"].(EvaluationResultView)
	secret.Raters, secret.Satisfied, secret.RatePercent, secret.Means = 2, 1, 50, nil
	wide, apart := all["evaluation_result"].(EvaluationResultView), secret // apart: so few of the branch's own that only the outsiders' figures are told
	wide.Outside, wide.Together = &themeday.RateFigures{Raters: 4, Satisfied: 3, RatePercent: 75}, &themeday.RateFigures{Raters: 11, Satisfied: 9, RatePercent: 81}
	apart.Outside = wide.Outside
	few.Raters, few.Satisfied, few.RatePercent, few.Dimensions, few.Means = 3, 2, 66, nil, nil
	none.Raters, none.Means = 0, nil
	complete := all["record_due"].(RecordDueView)
	complete.Today, complete.Missing = true, nil
	overdue, chased := all["record_overdue"].(RecordOverdueView), all["record_overdue"].(RecordOverdueView)
	overdue.Missing = nil
	chased.Head = committee
	filed := all["record_filed"].(RecordFiledView)
	filed.Days = 2
	again := all["record_filed"].(RecordFiledView)
	again.Version, again.Changed = 3, []string{"测评截止，补入测评结果（机器人，3月14日 18:00）", "张三：缺席→到会（补签），出席率 83%→91%（王强，3月15日 09:00）"}
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
	reused := all["picture_reused"].(PictureReusedView)
	reused.Own, reused.OtherYear, reused.LikeMonth.Year, reused.Until = false, true, 2025, time.Time{}
	guided, every := all["guidance_due"].(GuidanceDueView), all["leaders"].(LeadersView)
	guided.Head, guided.Next = committee, nil
	every.All, every.Next = true, nil
	nobody := every
	nobody.Leaders, nobody.Open = nil, nil
	return map[string]any{
		"guidance_due.committee": guided, "leaders.all": every, "leaders.nobody": nobody,
		"picture_reused.other":   reused,
		"plan_missing.committee": missing, "filing_due.today": filing,
		"approval_due.unsubmitted": unsubmitted, "approval_due.no_content": bare, "approval_due.waiting": waiting, "approval_due.returned": returned,
		"approval_due.committee_idle": idle, "approval_due.committee_asked": asked, "approval_given.now": given, "change_filed.first": first,
		"notice.late": late, "forecast.at_risk": risk, "reminder.far": far, "signin_open.code": code, "signin_open.begun": begun,
		"signin_progress.guests": guests, "signin_progress.after": after, "attendance.short": short, "absent.over": over, "signin_claims.over": claims,
		"evaluation_result.few": few, "evaluation_result.none": none, "evaluation_result.secret": secret, "evaluation_result.apart": apart, "evaluation_result.outside": wide, "record_due.last_day": complete, "record_overdue.complete": overdue,
		"record_overdue.committee": chased, "record_filed.late": filed, "record_filed.again": again, "violation.quorum_committee": quorum, "violation.cut": cut,
		"violation.cut_committee": cutCommittee, "violation.month": ViolationView{Head: sampleHead(), Rule: "R01", MonthID: "2026-03"},
		"violation.month_committee": ViolationView{Head: committee, Rule: "R01", MonthID: "2026-03"}, "absence.committee": absence,
		"leave_asked.late": leave, "leave_decided.refused": refused, "leave_decided.refused_over": refusedOver, "leave_decided.granted_over": grantedOver,
		"makeup_due.tomorrow": tomorrow, "makeup_due.today": today, "makeup_handed.picture": picture, "makeup_decided.returned": back,
	}
}
