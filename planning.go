package themeday

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

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
	return d.setTopics(tx, c, a, topics, nil)
}

// setTopics sets the topics, and which of them plan compulsory ones though they do not name them (R16).
func (d Desk) setTopics(tx Tx, c Cause, a Activity, topics []string, marks []TopicMark) (Activity, error) {
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
		if slices.Equal(n.Content, ContentOf(n.Topics)) { // what was read from the old topics says nothing of the new ones
			n.Content = nil
		}
		n.Topics, n.Compulsory = topics, marks
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
	if a.Approved() && a.Done(Noticing) { // the committee cannot send back what has been made public
		return Refuse(TooLate, R18, "%s主题党日的预告已经发出，主题和内容不能再改。可以改的是议程：议程 %s 1.… 2.…", a.Month.Chinese(), a.Month.Chinese())
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
