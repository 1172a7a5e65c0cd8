package scheduler

import (
	"time"

	"themeday"
	"themeday/templates"
)

func (j job) notice() (Rendered, error) {
	a := j.a
	switch {
	case !a.Approved():
		return nothing(noLongerWanted)
	case a.Done(themeday.Noticing) && !j.again():
		return nothing("announced already")
	}
	host, err := j.host()
	if err != nil {
		return Rendered{}, err
	}
	if a, _, err = j.Desk.ForGroup(j.tx, a, j.at); err != nil {
		return Rendered{}, err
	}
	look := noticeLook(a, j.Desk.Rules, j.Schedule, j.Desk.Zone)
	return say(j, j.Texts.Notice, templates.NoticeView{
		Head: j.head, Activity: a.ID, Starts: j.local(a.Starts), Ends: j.local(a.Ends), Place: a.Place,
		Topics: list(a.Topics), DaysAhead: themeday.DaysAhead(j.at, a.Starts, j.Desk.Zone), Agenda: a.Agenda, Host: host, Moved: a.Version > 1,
		Late: j.post.Planned.After(look) || j.at.After(look.Add(j.Desk.Rules.LateAfter)),
	})
}

// host is the name of who hosts (R19): whom the secretary delegated it to, else himself.
func (j job) host() (string, error) {
	if j.a.Host != 0 {
		return j.name(j.a.Host)
	}
	roster, err := j.Desk.RosterOf(j.tx, j.a)
	s, _ := roster.Secretary()
	return s.Name, err
}

func (j job) forecast() (Rendered, error) {
	if !j.a.Approved() {
		return nothing(noLongerWanted)
	}
	t, err := j.Desk.Tally(j.tx, j.a)
	if err != nil {
		return Rendered{}, err
	}
	roster, err := j.Desk.RosterOf(j.tx, j.a)
	if err != nil {
		return Rendered{}, err
	}
	_, standing := roster.Recorder()
	f := themeday.Expect(t, j.Desk.Rules)
	return say(j, j.Texts.Forecast, templates.ForecastView{
		Head: j.head, Activity: j.a.ID, Due: f.Due, Leave: f.Leave, Expected: f.Expected, Need: f.Need,
		AtRisk: f.AtRisk, Percent: j.Desk.Rules.QuorumPercent, NoRecorder: !standing && j.a.Recorder == 0,
	})
}

func (j job) reminder() (Rendered, error) {
	a := j.a
	if !a.Approved() {
		return nothing(noLongerWanted)
	}
	a, _, err := j.Desk.ForGroup(j.tx, a, j.at)
	if err != nil {
		return Rendered{}, err
	}
	v := templates.ReminderView{Head: j.head, Activity: a.ID, Starts: j.local(a.Starts), Opens: j.local(a.SignInOpens(j.Desk.Rules)), Place: a.Place, Topics: a.Topics}
	if days := j.daysTo(a.Starts); days >= 0 && days < 3 {
		v.Day = [3]string{"今天", "明天", "后天"}[days]
	}
	return say(j, j.Texts.Reminder, v)
}

func (j job) checklist() (Rendered, error) {
	if !j.a.Approved() {
		return nothing(noLongerWanted)
	}
	open, err := j.Desk.Unticked(j.tx, j.a)
	if err != nil {
		return Rendered{}, err
	}
	if len(open) == 0 {
		return nothing("everything is ticked")
	}
	return say(j, j.Texts.Checklist, templates.ChecklistView{Head: j.head, Activity: j.a.ID, Open: open})
}

func (j job) signInOpen() (Rendered, error) {
	if !j.a.Approved() {
		return nothing(noLongerWanted)
	}
	a, _, err := j.Desk.ForGroup(j.tx, j.a, j.at)
	if err != nil {
		return Rendered{}, err
	}
	return say(j, j.Texts.SignInOpen, templates.SignInOpenView{
		Head: j.head, Activity: j.a.ID, Closes: j.local(j.a.EndAt()), Place: a.Place,
		Code: j.a.Code != "", Begun: !j.at.Before(j.a.BeginAt()),
	})
}

// signInProgress names who has signed in since the group heard last, by such a post or by the report of attendance.
func (j job) signInProgress() (Rendered, error) {
	since, err := j.heardLast()
	if err != nil {
		return Rendered{}, err
	}
	t, err := j.Desk.Tally(j.tx, j.a)
	if err != nil {
		return Rendered{}, err
	}
	signins, err := j.tx.SignIns(j.a.ID)
	if err != nil {
		return Rendered{}, err
	}
	v := templates.SignInProgressView{
		Head: j.head, Activity: j.a.ID, Present: t.Present, Due: t.Due,
		Reported: j.a.Done(themeday.Reporting), Rate: t.RatePercent(), Percent: j.Desk.Rules.QuorumPercent, Met: t.QuorumMet(j.Desk.Rules),
	}
	for _, s := range signins {
		if s.How == themeday.Remote || s.Entered.Before(since) {
			continue
		}
		if s.Guest {
			v.Guests++
			continue
		}
		name, err := j.name(s.Person)
		if err != nil {
			return Rendered{}, err
		}
		v.Names = append(v.Names, name)
	}
	if len(v.Names) == 0 && v.Guests == 0 {
		return nothing("nobody new has come")
	}
	return say(j, j.Texts.SignInProgress, v)
}

// heardLast is when the group last heard who is there. Whoever was entered at that very instant counts as new: his message came after.
func (j job) heardLast() (time.Time, error) {
	before, err := j.tx.ActivityPosts(j.a.ID, themeday.SignInProgress)
	if err != nil {
		return time.Time{}, err
	}
	since := j.a.Steps[themeday.Reporting-1].At
	for _, p := range before {
		if p.State == themeday.Sent {
			since = later(since, p.SentAt)
		}
	}
	return since, nil
}

func (j job) attendance() (Rendered, error) {
	a := j.a
	switch {
	case !a.Approved():
		return nothing(noLongerWanted)
	case a.Done(themeday.Reporting) && !j.again():
		return nothing("reported already")
	}
	t, err := j.Desk.Tally(j.tx, a)
	if err != nil {
		return Rendered{}, err
	}
	r := j.Desk.Rules
	return say(j, j.Texts.Attendance, templates.AttendanceView{
		Head: j.head, Activity: a.ID, Due: t.Due, Present: t.Present, Remote: t.Remote, Leave: t.Leave,
		Absent: t.Absent, RatePercent: t.RatePercent(), QuorumMet: t.QuorumMet(r), Percent: r.QuorumPercent, Need: t.Need(r), Guests: t.Guests, Over: a.Over(j.at),
	})
}

func (j job) absent() (Rendered, error) {
	switch {
	case !j.a.Approved():
		return nothing(noLongerWanted)
	case !j.a.Done(themeday.Reporting):
		return wait(j.at.Add(time.Minute))
	}
	t, err := j.Desk.Tally(j.tx, j.a)
	if err != nil {
		return Rendered{}, err
	}
	if t.Absent == 0 {
		return nothing("nobody is absent")
	}
	v := templates.AbsentView{Head: j.head, Activity: j.a.ID, Names: names(t.Absentees), Over: j.a.Over(j.at)}
	leaves, err := j.tx.Leaves(j.a.ID)
	if err != nil {
		return Rendered{}, err
	}
	for _, c := range t.Absentees {
		for _, l := range leaves {
			if l.Person == c.ID && l.State != themeday.LeaveCancelled {
				v.Asked = append(v.Asked, c.Name)
			}
		}
	}
	roster, err := j.Desk.RosterOf(j.tx, j.a)
	if err != nil {
		return Rendered{}, err
	}
	s, _ := roster.Secretary()
	for _, name := range v.Names { // he signs others in, himself he says 签到
		if name != s.Name && v.Example == "" {
			v.Example = name
		}
	}
	return say(j, j.Texts.Absent, v)
}

func (j job) signInClaims() (Rendered, error) {
	open, err := j.Desk.OpenClaims(j.tx, j.a)
	if err != nil {
		return Rendered{}, err
	}
	if len(open) == 0 {
		return nothing("all of them have signed in")
	}
	v := templates.SignInClaimsView{Head: j.head, Activity: j.a.ID, Verb: "代签"}
	if j.a.Over(j.at) {
		v.Verb = "补签"
	}
	for _, c := range open {
		by, err := j.name(c.By)
		if err != nil {
			return Rendered{}, err
		}
		v.Claims = append(v.Claims, templates.ClaimLine{Name: c.Name, By: by})
	}
	return say(j, j.Texts.SignInClaims, v)
}
