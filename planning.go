package themeday

import (
	"fmt"
	"strings"
	"time"
)

// SetFixedDay sets a branch's fixed day (R03) and dates the coming months by it. The month that is already dated keeps its date:
// that one changes only by 改期, with a reason (R05), and so do the months of a year whose plan is filed (R04). It gives the activities that
// it dated, and those that keep another date than the new rule gives them.
func (d Desk) SetFixedDay(tx Tx, c Cause, b BranchID, f FixedDay) (dated, kept []Activity, err error) {
	if err := tooLong(R03, "地点", f.Place, placeMost); err != nil {
		return nil, nil, err
	}
	span := time.Duration(f.To-f.From) * time.Minute
	if err := CanLast(span, d.Rules.HalfDay); err != nil {
		return nil, nil, err
	}
	old, had, err := tx.FixedDay(b)
	if err != nil {
		return nil, nil, err
	}
	var before any
	if had {
		before = old
	}
	if err := note(tx, c, "", nounFixedDay, string(b), before, f, ""); err != nil {
		return nil, nil, err
	}
	if err := tx.PutFixedDay(b, f, c.At); err != nil {
		return nil, nil, err
	}
	if dated, err = d.DateMonths(tx, c, b, had); err != nil {
		return nil, nil, err
	}
	kept, err = d.against(tx, c, b, f)
	return dated, kept, err
}

// against are the branch's activities to come whose date is not what its fixed day gives.
func (d Desk) against(tx Tx, c Cause, b BranchID, f FixedDay) ([]Activity, error) {
	this := d.Day(c.At).MonthOf()
	all, err := tx.Activities(b, this, this.Add(13))
	var out []Activity
	for _, a := range all {
		if a.Starts.After(c.At) && !a.Starts.Equal(f.In(a.Month, d.Calendar).Date.At(f.From, d.Zone)) {
			out = append(out, a)
		}
	}
	return out, err
}

// filedYears are the years whose plan a branch has filed, this one and the next.
func (d Desk) filedYears(tx Tx, b BranchID, this int) (map[int]bool, error) {
	years := map[int]bool{}
	for y := this; y <= this+1; y++ {
		all, err := tx.Filings(y)
		if err != nil {
			return nil, err
		}
		for _, f := range all {
			if f.Branch == b {
				years[y] = true
			}
		}
	}
	return years, nil
}

// DateMonths gives a date by the fixed day to every coming month that has none, to the year's end and three months ahead.
// With again it also moves the months after this one that are neither approved nor changed one by one.
func (d Desk) DateMonths(tx Tx, c Cause, b BranchID, again bool) ([]Activity, error) {
	f, ok, err := tx.FixedDay(b)
	if err != nil || !ok {
		return nil, err
	}
	this := d.Day(c.At).MonthOf()
	last := YearMonth{Year: this.Year, Month: time.December}
	if ahead := this.Add(3); ahead.After(last) {
		last = ahead
	}
	filed, err := d.filedYears(tx, b, this.Year)
	if err != nil {
		return nil, err
	}
	var dated []Activity
	for m := this; !m.After(last); m = m.Next() {
		a, err := d.OfMonth(tx, b, m)
		if err != nil {
			return nil, err
		}
		next, changed := d.dateBy(f, a, c.At, again && m.After(this) && !filed[m.Year])
		if !changed {
			continue
		}
		if err := putActivity(tx, c, a, next, ""); err != nil {
			return nil, err
		}
		dated = append(dated, next)
	}
	return dated, nil
}

// dateBy dates one activity by the fixed day; false when it keeps what it has.
func (d Desk) dateBy(f FixedDay, a Activity, at time.Time, again bool) (Activity, bool) {
	if a.Dated() && (!again || a.Approved() || a.Version > 1) {
		return a, false
	}
	day := f.In(a.Month, d.Calendar).Date
	starts := day.At(f.From, d.Zone)
	if !starts.After(at) {
		return a, false
	}
	if a.Dated() && a.Starts.Equal(starts) && a.Ends.Equal(day.At(f.To, d.Zone)) && a.Place == f.Place {
		return a, false
	}
	a.Starts, a.Ends, a.Place = starts, day.At(f.To, d.Zone), f.Place
	if a.Version == 0 {
		a.Version = 1
	}
	return a, true
}

// hours writes a duration for people: 4小时, 3小时30分.
func hours(t time.Duration) string {
	h, m := int(t/time.Hour), int(t%time.Hour/time.Minute)
	switch {
	case m == 0:
		return fmt.Sprintf("%d小时", h)
	case h == 0:
		return fmt.Sprintf("%d分", m)
	}
	return fmt.Sprintf("%d小时%d分", h, m)
}

// YearPlan gives a year's activities by month: those that have a date, and those to come as the fixed day will date them (R03, R04).
func (d Desk) YearPlan(tx Tx, b BranchID, year int, at time.Time) ([]Activity, error) {
	f, fixed, err := tx.FixedDay(b)
	if err != nil {
		return nil, err
	}
	var plan []Activity
	for m := (YearMonth{Year: year, Month: time.January}); m.Year == year; m = m.Next() {
		a, err := d.OfMonth(tx, b, m)
		if err != nil {
			return nil, err
		}
		if fixed {
			a, _ = d.dateBy(f, a, at, false)
		}
		if a.Dated() {
			plan = append(plan, a)
		}
	}
	return plan, nil
}

// FilePlan files a year's plan with the committee (R04) and gives the receipt; a second time gives the first receipt.
func (d Desk) FilePlan(tx Tx, c Cause, b BranchID, year int) (Filing, error) {
	done, err := tx.Filings(year)
	if err != nil {
		return Filing{}, err
	}
	for _, f := range done {
		if f.Branch == b {
			return f, Refuse(Conflict, R04, "%d年度计划已于%s报备，不用再报", year, d.Day(f.At).Chinese())
		}
	}
	plan, err := d.YearPlan(tx, b, year, c.At)
	if err != nil {
		return Filing{}, err
	}
	for _, a := range plan {
		old, _, err := tx.Activity(a.ID)
		if err != nil {
			return Filing{}, err
		}
		if old.Dated() {
			continue
		}
		if err := putActivity(tx, c, old, a, ""); err != nil {
			return Filing{}, err
		}
	}
	if len(plan) == 0 {
		return Filing{}, Refuse(Missing, R03, "%d年还没有日期。请先发：固定日 每月第2个周五 14:00-18:00 党员活动室", year)
	}
	due := PlanFilingDue(year, time.Month(d.Rules.FilingMonth), d.Rules.FilingDay, d.Zone)
	f := Filing{Branch: b, Year: year, At: c.At, By: c.By, Late: !c.At.Before(due)}
	if err := note(tx, c, "", nounFiling, fmt.Sprintf("%s/%d", b, year), nil, f, ""); err != nil {
		return Filing{}, err
	}
	if err := tx.PutFiling(f); err != nil {
		return Filing{}, err
	}
	return f, d.tellCommittee(tx, c, Post{Key: fmt.Sprintf("%s/%s/%d", PlanFiled, b, year), Kind: PlanFiled, Branch: b, Arg: fmt.Sprint(year)})
}

// change is what most planning does: one activity, before it began, altered and written down.
func (d Desk) change(tx Tx, c Cause, a Activity, why string, alter func(*Activity) error) (Activity, error) {
	before := a
	if err := alter(&a); err != nil {
		return before, err
	}
	return a, putActivity(tx, c, before, a, why)
}

// open refuses to plan what has already begun, and months that are past.
func (d Desk) open(a Activity, at time.Time) error {
	switch {
	case a.Dated() && !at.Before(a.BeginAt()):
		return Refuse(TooLate, R18, "%s主题党日已经开始，不能再改安排", a.Month.Chinese())
	case a.Month.Before(d.Day(at).MonthOf()):
		return Refuse(TooLate, R01, "%s已经过去，不能再安排", a.Month.Chinese())
	}
	return nil
}

// SetTopics decides the topics (step ①). After approval they stand: changing them needs a new approval.
func (d Desk) SetTopics(tx Tx, c Cause, a Activity, topics []string) (Activity, error) {
	if err := tooLong(R16, "主题", strings.Join(topics, "；"), topicsMost); err != nil {
		return a, err
	}
	if len(topics) == 0 {
		return a, Refuse(Invalid, R16, "请写主题，例如：主题 %s 学习党章；重温入党誓词", a.Month.Chinese())
	}
	return d.change(tx, c, a, "", func(n *Activity) error {
		if err := d.settled(*n, c.At); err != nil {
			return err
		}
		n.Topics = topics
		n.complete(Deciding, c.At, c.By)
		n.withdraw()
		return nil
	})
}

// settled refuses to change what the committee has already approved.
func (d Desk) settled(a Activity, at time.Time) error {
	if err := d.open(a, at); err != nil {
		return err
	}
	if a.Approved() {
		return Refuse(Conflict, R18, "%s主题党日已经审定，主题和内容不能再改。确需调整，请机关党委先退回：退回 %s %s 事由", a.Month.Chinese(), a.Branch, a.Month.Chinese())
	}
	return nil
}

// withdraw takes back what was sent for approval and is no longer what would be approved: it has to be sent again.
func (a *Activity) withdraw() {
	if !a.Approved() {
		a.Submitted = time.Time{}
	}
}

// SetContent says what the activity consists of (R16).
func (d Desk) SetContent(tx Tx, c Cause, a Activity, content []string) (Activity, error) {
	if err := tooLong(R16, "内容", strings.Join(content, "、"), topicsMost); err != nil {
		return a, err
	}
	if len(content) == 0 {
		return a, Refuse(Invalid, R16, "请写内容，例如：内容 %s 政治学习、党性锻炼", a.Month.Chinese())
	}
	return d.change(tx, c, a, "", func(n *Activity) error {
		n.Content = content
		n.withdraw()
		return d.settled(*n, c.At)
	})
}

// SetAgenda writes the agenda, a line an item.
func (d Desk) SetAgenda(tx Tx, c Cause, a Activity, items []string) (Activity, error) {
	if err := tooLong(R21, "议程", strings.Join(items, " "), agendaMost); err != nil {
		return a, err
	}
	if len(items) == 0 {
		return a, Refuse(Invalid, R21, "请写议程，例如：议程 %s 1.重温誓词 2.学习讨论 3.总结", a.Month.Chinese())
	}
	return d.change(tx, c, a, "", func(n *Activity) error {
		n.Agenda = items
		return d.open(*n, c.At)
	})
}

// Submit sends an activity to the committee for approval (报审, step ②). Content that the topics plainly name is read from them.
func (d Desk) Submit(tx Tx, c Cause, a Activity) (Activity, error) {
	if err := d.open(a, c.At); err != nil {
		return a, err
	}
	if a.Approved() {
		return a, Refuse(Conflict, R18, "%s主题党日已经审定，不用再报", a.Month.Chinese())
	}
	if !a.Submitted.IsZero() && !a.Returned.After(a.Submitted) {
		return a, Refuse(Conflict, R18, "%s已于%s报审，正在等机关党委审定", a.Month.Chinese(), d.WhenFrom(a.Submitted, c.At))
	}
	n, err := d.change(tx, c, a, "", func(n *Activity) error {
		if len(n.Content) == 0 {
			n.Content = ContentOf(n.Topics)
		}
		n.Submitted = c.At
		return CanSubmit(*n)
	})
	if err != nil {
		return a, err
	}
	key := fmt.Sprintf("%s/%s/%d", ApprovalAsked, a.ID, c.At.Unix())
	return n, d.tellCommittee(tx, c, Post{Key: key, Kind: ApprovalAsked, Branch: a.Branch, Activity: a.ID, Expires: a.Starts})
}

// Approve is the committee's word that an activity may be held (审定, step ②).
func (d Desk) Approve(tx Tx, c Cause, a Activity) (Activity, error) {
	if err := d.notHisOwn(tx, c, a); err != nil {
		return a, err
	}
	if err := CanApprove(a, c.At); err != nil {
		return a, err
	}
	n, err := d.change(tx, c, a, "", func(n *Activity) error {
		n.complete(Approving, c.At, c.By)
		return nil
	})
	if err != nil {
		return a, err
	}
	return n, d.tellSecretary(tx, c, Post{Key: fmt.Sprintf("%s/%s/%d", Approved, a.ID, c.At.Unix()), Kind: Approved, Branch: a.Branch, Activity: a.ID, Expires: a.Starts})
}

// SendBack returns an activity to its branch with a reason (退回). An approval that has not led to a notice yet is taken back with it.
func (d Desk) SendBack(tx Tx, c Cause, a Activity, why string) (Activity, error) {
	if err := tooLong(R18, "退回事由", why, reasonMost); err != nil {
		return a, err
	}
	if strings.TrimSpace(why) == "" {
		return a, Refuse(Invalid, R18, "退回要写事由，例如：退回 %s %s 缺少党性锻炼内容", a.Branch, a.Month.Chinese())
	}
	if err := d.notHisOwn(tx, c, a); err != nil {
		return a, err
	}
	if a.Submitted.IsZero() || a.Returned.After(a.Submitted) {
		return a, Refuse(Missing, R18, "%s%s没有待审的报审", a.Branch, a.Month.Chinese())
	}
	if a.Done(Noticing) {
		return a, Refuse(TooLate, R18, "%s%s的预告已经发出，不能再退回", a.Branch, a.Month.Chinese())
	}
	n, err := d.change(tx, c, a, why, func(n *Activity) error {
		n.Returned, n.ReturnWhy = c.At, why
		n.Steps[Approving-1] = StepDone{}
		return d.open(*n, c.At)
	})
	if err != nil {
		return a, err
	}
	return n, d.tellSecretary(tx, c, Post{Key: fmt.Sprintf("%s/%s/%d", Returned, a.ID, c.At.Unix()), Kind: Returned, Branch: a.Branch, Activity: a.ID, Expires: a.Starts})
}

// notHisOwn keeps somebody of the committee from deciding on what he arranged himself: as secretary, deputy or branch committee member, or
// as the host.
func (d Desk) notHisOwn(tx Tx, c Cause, a Activity) error {
	roster, err := tx.Roster(a.Branch, d.Day(c.At))
	if err != nil {
		return err
	}
	who, _ := roster.Find(c.By)
	if who.Offices.Has(Secretary) || who.Offices.Has(Deputy) || who.Offices.Has(CommitteeMember) || a.Host != 0 && a.Host == c.By {
		return Refuse(Forbidden, R18, "自己支部的计划请机关党委其他同志审定")
	}
	return nil
}

// NewDate is what 改期 asks for.
type NewDate struct {
	Day       Date
	From      TimeOfDay
	To        TimeOfDay // equal to From: the activity keeps its length
	Why       string
	Confirmed bool // said a second time, over a blackout (R07)
}

// ChangeDate moves an activity within its month (R05): with a reason, into the future, at least half a day. The change is filed with
// the committee, and the notice is due anew. Who had signed in already did so for a day that is not held: that is cancelled.
func (d Desk) ChangeDate(tx Tx, c Cause, a Activity, n NewDate) (next Activity, cancelled int, err error) {
	if err := d.open(a, c.At); err != nil {
		return a, 0, err
	}
	if next, err = d.moved(a, n); err != nil {
		return a, 0, err
	}
	if err := d.canMove(tx, c, a, next, n); err != nil {
		return a, 0, err
	}
	if cancelled, err = d.cancelDay(tx, c, a); err != nil {
		return a, 0, err
	}
	ch := DateChange{Activity: a.ID, Version: next.Version, From: a.Starts, To: next.Starts, Why: n.Why, At: c.At, By: c.By}
	if err := tx.PutChange(ch); err != nil {
		return a, 0, err
	}
	if err := putActivity(tx, c, a, next, n.Why); err != nil {
		return a, 0, err
	}
	return next, cancelled, d.tellMove(tx, c, a, next)
}

// cancelDay takes back what belongs to the day that is not held: its sign-ins, each with an entry, its ticks, and what was to be said of them.
// Claims of that day are older than the new one's sign-in and no longer count.
func (d Desk) cancelDay(tx Tx, c Cause, a Activity) (int, error) {
	signins, err := tx.SignIns(a.ID)
	if err != nil {
		return 0, err
	}
	for _, s := range signins {
		if err := note(tx, c, a.ID, nounSignIn, key(a.ID, s.Person), s, nil, ""); err != nil {
			return 0, err
		}
		if err := tx.DeleteSignIn(a.ID, s.Person); err != nil {
			return 0, err
		}
	}
	checks, err := tx.Checks(a.ID)
	if err != nil {
		return 0, err
	}
	for _, k := range checks {
		if err := note(tx, c, a.ID, nounCheck, string(a.ID)+"/"+k.Item, k, nil, ""); err != nil {
			return 0, err
		}
		if err := tx.DeleteCheck(a.ID, k.Item); err != nil {
			return 0, err
		}
	}
	return len(signins), d.silence(tx, a, SignInProgress, ClaimsPost)
}

// silence drops the posts of some kinds that have not been said yet.
func (d Desk) silence(tx Tx, a Activity, kinds ...Kind) error {
	for _, k := range kinds {
		posts, err := tx.ActivityPosts(a.ID, k)
		if err != nil {
			return err
		}
		for _, p := range posts {
			if p.State != Waiting {
				continue
			}
			p.State, p.Note = Dropped, "the day is not held"
			if err := tx.PutPost(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// moved is the activity at its new time, its notice and call due anew, without a code or a sign-in.
func (d Desk) moved(a Activity, n NewDate) (Activity, error) {
	next := a
	next.Version++
	next.Starts = n.Day.At(n.From, d.Zone)
	span := d.Rules.HalfDay
	if a.Dated() {
		span = a.Ends.Sub(a.Starts)
	}
	if n.To != n.From {
		span = time.Duration(n.To-n.From) * time.Minute
	}
	next.Ends = next.Starts.Add(span)
	next.Steps[Noticing-1], next.Steps[Convening-1], next.Steps[SigningIn-1] = StepDone{}, StepDone{}, StepDone{}
	next.Code, next.Began = "", time.Time{}
	if d.Day(next.Ends) != n.Day {
		return a, Refuse(Invalid, R02, "活动要在当天结束，请写起止时间，例如 14:00-18:00")
	}
	if err := CanLast(span, d.Rules.HalfDay); err != nil {
		return a, err
	}
	return next, nil
}

func (d Desk) canMove(tx Tx, c Cause, a, next Activity, n NewDate) error {
	if err := tooLong(R05, "改期事由", n.Why, reasonMost); err != nil {
		return err
	}
	if err := CanChangeDate(a.Month.First(), n.Day, n.Why); err != nil {
		return err
	}
	if a.Starts.Equal(next.Starts) && a.Ends.Equal(next.Ends) {
		return Refuse(Conflict, R05, "已经是%s，不用改", d.When(a.Starts))
	}
	if !next.Starts.After(c.At) {
		return Refuse(Invalid, R05, "%s已经过去，请选%s之后的日子", d.When(next.Starts), d.Day(c.At).Chinese())
	}
	return d.undisturbed(tx, a.Branch, n.Day, n.Confirmed)
}

// undisturbed asks for a confirmation on a day that the branch keeps for business (R07).
func (d Desk) undisturbed(tx Tx, b BranchID, day Date, confirmed bool) error {
	kept, err := tx.Blackouts(b)
	if err != nil || confirmed {
		return err
	}
	for _, k := range kept {
		if k.Covers(day) {
			return Refuse(Confirm, R07, "%s是业务忙时（%s）。仍要定在这天，请在原话末尾加“确认”再发一次", day.Chinese(), k.Why)
		}
	}
	return nil
}

// tellMove files the change with the committee and, when the group has ever read a date of this activity, tells the group; where the new
// notice comes at once, that post has nothing to say and is dropped when it is due.
func (d Desk) tellMove(tx Tx, c Cause, a, next Activity) error {
	id := fmt.Sprintf("%s/%d", next.ID, next.Version)
	filed := Post{Key: fmt.Sprintf("%s/%s", ChangeFiled, id), Kind: ChangeFiled, Branch: a.Branch, Activity: a.ID, Arg: fmt.Sprint(next.Version)}
	if err := d.tellCommittee(tx, c, filed); err != nil {
		return err
	}
	told, err := d.toldDate(tx, a)
	if err != nil || !told {
		return err
	}
	return tx.PutPost(d.post(c, Post{
		Key: fmt.Sprintf("%s/%s", DateChanged, id), Kind: DateChanged, Branch: a.Branch, Activity: a.ID,
		To: ToGroup, Arg: fmt.Sprint(next.Version), Expires: next.Starts,
	}))
}

// toldDate tells whether the group has read a date of an activity, the present one or one before it.
func (d Desk) toldDate(tx Tx, a Activity) (bool, error) {
	for _, k := range []Kind{Notice, DateChanged, Reminder, SignInOpen} {
		posts, err := tx.ActivityPosts(a.ID, k)
		if err != nil {
			return false, err
		}
		for _, p := range posts {
			if p.State == Sent || p.State == Sending || p.State == Unknown {
				return true, nil
			}
		}
	}
	return a.Done(Noticing), nil
}

// Delegate lets a deputy or a branch committee member host, with a reason (R19).
func (d Desk) Delegate(tx Tx, c Cause, a Activity, who Comrade, why string) (Activity, error) {
	if err := tooLong(R19, "委托事由", why, reasonMost); err != nil {
		return a, err
	}
	switch {
	case strings.TrimSpace(why) == "":
		return a, Refuse(Invalid, R19, "委托主持要写事由，例如：委托主持 %s %s 书记外出开会", a.Month.Chinese(), who.Name)
	case !who.Offices.Has(Deputy) && !who.Offices.Has(CommitteeMember):
		return a, Refuse(Forbidden, R19, "只能委托副书记或支委主持，%s不是", who.Name)
	}
	return d.change(tx, c, a, why, func(n *Activity) error {
		n.Host, n.HostWhy = who.ID, why
		if n.Over(c.At) {
			return d.open(*n, c.At)
		}
		return nil
	})
}

// NameRecorder names who writes the minutes of one activity (R11).
func (d Desk) NameRecorder(tx Tx, c Cause, a Activity, who Comrade) (Activity, error) {
	return d.change(tx, c, a, "", func(n *Activity) error {
		n.Recorder = who.ID
		if !n.Filed.IsZero() {
			return Refuse(TooLate, R22, "%s纪实表已上报，不能再换记录员", n.Month.Chinese())
		}
		return nil
	})
}

// Invite invites somebody who is no member to one activity (列席, R14).
func (d Desk) Invite(tx Tx, c Cause, a Activity, name, kind string) (Guest, error) {
	roster, err := d.RosterOf(tx, a)
	if err != nil {
		return Guest{}, err
	}
	p := Person{Name: name}
	if who, err := roster.Named(name); err == nil {
		if who.Counts() {
			return Guest{}, Refuse(Conflict, R14, "%s是本支部党员，不用列席", name)
		}
		p = who.Person
	} else if p, err = d.outsider(tx, name); err != nil {
		return Guest{}, err
	}
	g := Guest{Activity: a.ID, Person: p.ID, Name: p.Name, Kind: kind}
	if err := note(tx, c, a.ID, nounGuest, key(a.ID, p.ID), nil, g, ""); err != nil {
		return Guest{}, err
	}
	return g, tx.PutGuest(g)
}

// outsider finds a guest of earlier activities by his name, or makes one. Whoever is or was on a roster or has an office above the branches is
// not meant: he keeps what is his, and his namesake begins anew.
func (d Desk) outsider(tx Tx, name string) (Person, error) {
	people, err := tx.People()
	if err != nil {
		return Person{}, err
	}
	places, err := tx.Memberships()
	if err != nil {
		return Person{}, err
	}
	rostered := map[PersonID]bool{}
	for _, m := range places {
		rostered[m.Person] = true
	}
	for _, p := range people {
		if p.Name == name && !rostered[p.ID] && !p.Committee && !p.Liaison {
			return p, nil
		}
	}
	p := Person{Name: name}
	p.ID, err = tx.AddPerson(p)
	return p, err
}

// KeepClear keeps days of a branch for business (R07).
func (d Desk) KeepClear(tx Tx, c Cause, b Blackout) error {
	if err := tooLong(R07, "忙时事由", b.Why, reasonMost); err != nil {
		return err
	}
	if b.To.Before(b.From) {
		return Refuse(Invalid, R07, "起止日期写反了，例如：忙时 3月25日-3月31日 月末结账")
	}
	kept, err := tx.Blackouts(b.Branch)
	if err != nil {
		return err
	}
	var before any
	for _, k := range kept {
		if k.From == b.From && k.To == b.To {
			before = k
		}
	}
	if err := note(tx, c, "", nounBlackout, string(b.Branch)+"/"+b.From.String(), before, b, b.Why); err != nil {
		return err
	}
	return tx.PutBlackout(b)
}

func key(a ActivityID, p PersonID) string { return fmt.Sprintf("%s/%d", a, p) }
