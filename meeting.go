package themeday

import (
	"fmt"
	"strings"
	"time"
)

// Begin notes that the activity begins (开始): attendance is reported at once (R18 ⑥).
func (d Desk) Begin(tx Tx, c Cause, a Activity) (Activity, error) {
	switch {
	case !a.Began.IsZero():
		return a, Refuse(Conflict, R18, "活动已于%s开始", d.WhenFrom(a.Began, c.At))
	case c.At.Before(a.SignInOpens(d.For(a).Rules)):
		return a, Refuse(TooEarly, R18, "还没到时间，%s 起可签到，之后再发：开始", d.WhenFrom(a.SignInOpens(d.For(a).Rules), c.At))
	case a.Over(c.At):
		return a, Refuse(TooLate, R18, "活动已于%s结束", d.WhenFrom(a.EndAt(), c.At))
	}
	if err := canSay(a, Reporting, "开始"); err != nil {
		return a, err
	}
	return d.change(tx, c, a, "", func(n *Activity) error {
		n.Began = c.At
		return nil
	})
}

// End notes that the activity has ended (结束): the evaluation opens at once (R25). Said after the planned end it only corrects the time.
func (d Desk) End(tx Tx, c Cause, a Activity) (Activity, error) {
	if !a.Ended.IsZero() && a.Steps[Holding-1].By != Bot {
		return a, Refuse(Conflict, R18, "活动已于%s结束", d.WhenFrom(a.Ended, c.At))
	}
	if d.Day(c.At) != d.Day(a.Starts) {
		return a, Refuse(TooLate, R18, "不是活动当天，结束时间按计划%s记", d.WhenFrom(a.EndAt(), c.At))
	}
	if c.At.Before(a.BeginAt()) {
		return a, Refuse(TooEarly, R18, "活动还没有开始")
	}
	if err := canSay(a.asOver(c.At), Holding, "结束"); err != nil {
		return a, err
	}
	return d.close(tx, c, a, c.At)
}

// close ends an activity: step ⑦, what is owed by those who were not there (R20), and a shortened one is reported (R02).
func (d Desk) close(tx Tx, c Cause, a Activity, ended time.Time) (Activity, error) {
	n := a
	n.Ended = ended
	n.Steps[Holding-1] = StepDone{At: ended, By: c.By}
	if d.For(a).Rules.NoEvaluation {
		n.complete(Evaluating, ended, Bot)
	}
	if err := putActivity(tx, c, a, n, ""); err != nil {
		return a, err
	}
	if a.Done(SigningIn) { // otherwise nobody was there: who owes what is seen when a signed sheet is entered
		if err := d.oweMakeups(tx, c, n); err != nil {
			return a, err
		}
	}
	return n, d.judge(tx, c, n)
}

// judge reports what the facts at the end show: too few (R12), too short (R02).
func (d Desk) judge(tx Tx, c Cause, a Activity) error {
	t, err := d.Tally(tx, a)
	if err != nil {
		return err
	}
	if !t.QuorumMet(d.For(a).Rules) {
		if err := d.tellViolation(tx, c, a.Branch, a.ID, R12); err != nil {
			return err
		}
	}
	if d.Shortened(a) {
		return d.tellViolation(tx, c, a.Branch, a.ID, R02)
	}
	return nil
}

// Shortened tells whether the real time was under half a day (R02). One that began while attendance was being taken counts from its
// planned start; without 开始 it does too; without 结束 nothing is known and nothing is flagged.
func (d Desk) Shortened(a Activity) bool {
	if a.Ended.IsZero() || a.Steps[Holding-1].By == Bot {
		return false
	}
	began := a.BeginAt()
	if began.After(a.Starts) && !began.After(a.Starts.Add(d.For(a).Rules.AttendanceAfter)) {
		began = a.Starts
	}
	return CutShort(began, a.Ended, d.For(a).Rules.HalfDay)
}

// Settle ends an activity whose planned end has passed without 结束, as the bot: at its planned end.
func (d Desk) Settle(tx Tx, a Activity, at time.Time) (Activity, error) {
	if !a.Ended.IsZero() || !a.Over(at) || !a.Approved() {
		return a, nil
	}
	return d.close(tx, Cause{By: Bot, At: at, Happened: a.Ends, Verb: "settle", Branch: a.Branch}, a, a.Ends)
}

// SetCode asks for a code at sign-in from now on, and gives it; a second time gives the same (签到码).
func (d Desk) SetCode(tx Tx, c Cause, a Activity) (Activity, error) {
	if a.Over(c.At) {
		return a, Refuse(TooLate, R18, "活动已结束，不用签到码了")
	}
	if a.Code != "" {
		return a, nil
	}
	code, err := d.digits(4)
	if err != nil {
		return a, err
	}
	return d.change(tx, c, a, "", func(n *Activity) error {
		n.Code = code
		return nil
	})
}

// Tick ticks items of the checklist (检查, R23); with none named, all. It gives what is still open.
func (d Desk) Tick(tx Tx, c Cause, a Activity, items []string) ([]string, error) {
	if err := sealed(a, c, "检查 党旗"); err != nil {
		return nil, err
	}
	d = d.For(a)
	if len(items) == 0 {
		items = d.Rules.Checklist
	}
	for _, item := range items {
		known, ok := d.checkItem(item)
		if !ok {
			return nil, Refuse(NotFound, R23, "没有“%s”这一项。检查项有：%s", Shown(item), strings.Join(d.Rules.Checklist, "、"))
		}
		k := Check{Activity: a.ID, Item: known, By: c.By, At: c.At}
		if err := note(tx, c, a.ID, nounCheck, string(a.ID)+"/"+known, nil, k, ""); err != nil {
			return nil, err
		}
		if err := tx.PutCheck(k); err != nil {
			return nil, err
		}
	}
	return d.Unticked(tx, a)
}

// checkItem reads the name of an item: exactly, or as a part of one and only one.
func (d Desk) checkItem(said string) (string, bool) {
	hit := ""
	for _, i := range d.Rules.Checklist {
		if i == said {
			return i, true
		}
		if strings.Contains(i, said) || strings.Contains(said, i) {
			if hit != "" {
				return "", false
			}
			hit = i
		}
	}
	return hit, hit != ""
}

// Unticked are the items of the checklist not ticked yet (R23).
func (d Desk) Unticked(tx Tx, a Activity) ([]string, error) {
	checks, err := tx.Checks(a.ID)
	if err != nil {
		return nil, err
	}
	done := map[string]bool{}
	for _, k := range checks {
		done[k.Item] = true
	}
	out := []string{}
	for _, i := range d.For(a).Rules.Checklist {
		if !done[i] {
			out = append(out, i)
		}
	}
	return out, nil
}

// Write adds a line to the minutes (记录, 共识, 任务; R11, R21).
func (d Desk) Write(tx Tx, c Cause, a Activity, kind MinuteKind, text string) (Minute, error) {
	if err := tooLong(R21, string(kind), text, noteMost); err != nil {
		return Minute{}, err
	}
	switch {
	case text == "":
		return Minute{}, Refuse(Invalid, R21, "请写内容，例如：%s 大家谈了学习体会", kind)
	case sealed(a, c, string(kind)+" 内容") != nil:
		return Minute{}, sealed(a, c, string(kind)+" 内容")
	case c.At.Before(a.SignInOpens(d.For(a).Rules)):
		return Minute{}, Refuse(TooEarly, R18, "活动还没有开始，%s 起可以记录", d.WhenFrom(a.SignInOpens(d.For(a).Rules), c.At))
	}
	if err := CanTake(a, Convening); err != nil {
		return Minute{}, err
	}
	m := Minute{Activity: a.ID, Kind: kind, Text: text, By: c.By, At: c.At}
	seq, err := tx.AddMinute(m)
	if err != nil {
		return m, err
	}
	m.Seq = seq
	return m, note(tx, c, a.ID, nounMinute, fmt.Sprintf("%s/%d", a.ID, seq), nil, m, "")
}

// Summarise writes the summary (总结, step ⑨), once the evaluation has begun.
func (d Desk) Summarise(tx Tx, c Cause, a Activity, text string) (Activity, error) {
	if err := tooLong(R18, "总结", text, noteMost); err != nil {
		return a, err
	}
	if text == "" {
		return a, Refuse(Invalid, R18, "请写总结，例如：总结 %s 成效……不足……下步……", a.Month.Chinese())
	}
	if err := sealed(a, c, "总结 成效……不足……下步……"); err != nil {
		return a, err
	}
	a, err := d.Settle(tx, a, c.At)
	if err != nil {
		return a, err
	}
	if err := canSay(a.asOver(c.At), Summing, "总结"); err != nil {
		return a, err
	}
	return d.change(tx, c, a, "", func(n *Activity) error {
		n.Summary = text
		n.complete(Summing, c.At, c.By)
		return nil
	})
}

// RecordDueAt is when the record form of an activity is due (R22).
func (d Desk) RecordDueAt(a Activity) time.Time {
	return RecordDue(a.EndAt(), d.For(a).Rules.RecordDays, d.Zone)
}
