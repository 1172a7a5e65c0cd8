package themeday

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// plan is part 1: what is planned for the month, and whether the year's plan was filed (R03, R04, R19).
func (w *yearWriter) plan(y *yearMonth, f Filing, filed bool) error {
	compulsory, own, err := w.desk.TopicKinds(w.tx, y.Activity)
	if err != nil {
		return err
	}
	kinds := kindsOf(compulsory, own)
	state := "未备案"
	if filed {
		state = yes(f.Late, "逾期备案", "按期备案")
	}
	if !y.Dated() {
		w.row(partPlan, y.label, nil, "未排定", nil, nil, nil, topics(y), content(y), kinds, linked(y.Activity), nil, nil, state, w.instant(f.At))
		return nil
	}
	host, why := "书记", ""
	if s, ok := y.roster.Secretary(); ok {
		host = s.Name
	}
	if y.Host != 0 {
		host, why = w.names[y.Host], y.HostWhy
	}
	w.row(partPlan, y.label, w.day(y.Starts), w.desk.Day(y.Starts).WeekdayChinese(), w.clock(y.Starts), w.clock(y.Ends), y.Place, topics(y), content(y), kinds, linked(y.Activity), host, why,
		state, w.instant(f.At))
	return nil
}

// linked is with what an activity is linked (R17), and as what it counts too (R24).
func linked(a Activity) string {
	text := strings.Join(a.Links, "、")
	if len(a.Meetings) > 0 {
		text += yes(text == "", "", "；") + alsoCounts(a)
	}
	return text
}

func alsoCounts(a Activity) string { return "同时计入：" + strings.Join(a.Meetings, "、") }

// compulsory says which compulsory topics are planned, and which are not (R16).
func (w *yearWriter) compulsory(y *yearMonth) (string, error) {
	all, err := w.desk.RequiredOf(w.tx, y.Activity)
	var out []string
	for _, t := range all {
		out = append(out, t.Text+yes(t.Planned, "（已列入）", "（未列入）"))
	}
	return strings.Join(out, "；"), err
}

func topics(y *yearMonth) string  { return strings.Join(y.Topics, "；") }
func content(y *yearMonth) string { return strings.Join(y.Content, "、") }

// approvals is part 2 (R18 ①, ②).
func (w *yearWriter) approvals(y *yearMonth) error {
	state := "未报审"
	switch {
	case y.Approved():
		state = "已审定"
	case y.Returned.After(y.Submitted):
		state = "已退回"
	case !y.Submitted.IsZero():
		state = "待审定"
	}
	compulsory, err := w.compulsory(y)
	if err != nil {
		return err
	}
	entries, err := w.entriesOf(y)
	if err != nil {
		return err
	}
	decided, approved := decidedLast(y.Activity, entries), y.Steps[Approving-1]
	w.row(partApprovals, y.label, topics(y), compulsory, strings.Join(y.Agenda, "；"), w.instant(decided.At), w.instant(y.Submitted), w.instant(y.Returned), y.ReturnWhy,
		w.instant(approved.At), w.who(approved.By, approved.At), state)
	return nil
}

// notices is part 3: every notice that the group read, the one of a changed date too (R06).
func (w *yearWriter) notices(y *yearMonth) error {
	for _, kind := range []Kind{Notice, DateChanged} {
		posts, err := w.tx.ActivityPosts(y.ID, kind)
		if err != nil {
			return err
		}
		for _, p := range posts {
			if p.State == Sent {
				y.notice = append(y.notice, p)
			}
		}
	}
	moves, err := w.tx.Changes(y.ID)
	if err != nil {
		return err
	}
	for _, p := range y.notice {
		label, starts := yes(p.Kind == Notice, "预告", "改期通知"), startsThen(y.Activity, p, moves)
		ahead := DaysAhead(p.SentAt, starts, w.desk.Zone)
		w.row(partNotices, y.label, label, w.instant(starts), w.instant(p.SentAt), ahead, yes(ahead >= w.desk.Rules.NoticeDays, "按期", "逾期"), p.Text)
	}
	return nil
}

// startsThen is when the activity was to start at the version of its date that a post was about.
func startsThen(a Activity, p Post, moves []DateChange) time.Time {
	version, err := strconv.Atoi(p.Key[strings.LastIndex(p.Key, "/")+1:])
	if err != nil {
		return a.Starts
	}
	for _, m := range moves {
		if m.Version > version {
			return m.From
		}
	}
	return a.Starts
}

// changes is part 9 (R05).
func (w *yearWriter) changes(y *yearMonth) error {
	all, err := w.tx.Changes(y.ID)
	for i, c := range all {
		w.row(partChanges, y.label, i+1, w.instant(c.From), w.instant(c.To), c.Why, w.instant(c.At), w.who(c.By, c.At))
	}
	return err
}

// yearTotal are the sums of part 13.
type yearTotal struct {
	held, due, present, remote, leave, absent, guests, met, onTime, filed, filedOnTime int
	voters                                                                             int
	rated                                                                              EvaluationTally // of the results that are told
}

// figures is part 13: the month in numbers (R12, R22, R25).
func (w *yearWriter) figures(y *yearMonth) {
	state := w.state(y)
	if state != "已开展" {
		w.row(partFigures, y.label, w.day(y.Starts), state, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil)
		return
	}
	t, r := y.tally, w.desk.Rules
	var rate any
	if !y.Result.IsZero() && y.ballots.Told(r) {
		rate = y.ballots.RatePercent()
		w.total.rated.Raters, w.total.rated.Satisfied = w.total.rated.Raters+y.ballots.Raters, w.total.rated.Satisfied+y.ballots.Satisfied
	}
	met, noticed := t.QuorumMet(r), w.noticedInTime(y)
	filed := w.filedState(y)
	w.row(partFigures, y.label, w.day(y.Starts), state, t.Due, t.Present, t.Remote, t.Leave, t.Absent, t.Guests, t.RatePercent(), yes(met, "达标", "未达标"),
		y.voters, rate, yes(noticed, "按期", "逾期"), w.instant(y.Filed), filed)
	s := &w.total
	s.held, s.due, s.present, s.remote = s.held+1, s.due+t.Due, s.present+t.Present, s.remote+t.Remote
	s.leave, s.absent, s.guests = s.leave+t.Leave, s.absent+t.Absent, s.guests+t.Guests
	s.met, s.onTime = s.met+boolInt(met), s.onTime+boolInt(noticed)
	s.voters += y.voters
	s.filed, s.filedOnTime = s.filed+boolInt(!y.Filed.IsZero()), s.filedOnTime+boolInt(filed == "按期")
}

// sum is the last line of part 13.
func (w *yearWriter) sum() {
	s := w.total
	var rate any
	if s.rated.Raters > 0 {
		rate = s.rated.RatePercent()
	}
	w.row(partFigures, "合计", nil, fmt.Sprintf("已开展%d次", s.held), s.due, s.present, s.remote, s.leave, s.absent, s.guests, Percent(s.present+s.remote, s.due),
		fmt.Sprintf("达标%d次", s.met), s.voters, rate, fmt.Sprintf("按期%d次", s.onTime), nil, fmt.Sprintf("上报%d次，按期%d次", s.filed, s.filedOnTime))
}

// state says where a month stands (R01).
func (w *yearWriter) state(y *yearMonth) string {
	switch {
	case !y.Dated() && w.desk.Day(w.at).After(y.Month.Last()):
		return "无记录" // perhaps from before the branch was taken in
	case !y.Dated():
		return "未排定"
	case w.held(y) && y.Over(w.at):
		return "已开展"
	case y.Over(w.at):
		return "未开展"
	case !w.at.Before(y.BeginAt()):
		return "进行中"
	}
	return "未到时间"
}

// held tells whether anybody took part.
func (w *yearWriter) held(y *yearMonth) bool { return y.Done(SigningIn) || len(y.signins) > 0 }

// noticedInTime goes by the step, which begins anew when the date changes.
func (w *yearWriter) noticedInTime(y *yearMonth) bool {
	at := y.Steps[Noticing-1].At
	return !at.IsZero() && DaysAhead(at, y.Starts, w.desk.Zone) >= w.desk.Rules.NoticeDays
}

func (w *yearWriter) filedState(y *yearMonth) string {
	due := w.desk.RecordDueAt(y.Activity)
	switch {
	case y.Filed.IsZero() && !w.at.Before(due):
		return "逾期未报"
	case y.Filed.IsZero():
		return "待上报"
	case !y.Filed.Before(due):
		return fmt.Sprintf("逾期%d天", RecordOverdueDays(y.Filed, due, w.desk.Zone))
	}
	return "按期"
}
