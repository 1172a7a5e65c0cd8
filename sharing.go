package themeday

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// SharedActivity is an activity that its secretary published for others to take over (案例): what was done and what fell short, and nobody's
// name. It stays as it went out.
type SharedActivity struct {
	Number      int // within the house, from 1
	Activity    ActivityID
	Published   time.Time
	By          PersonID
	Withdrawn   time.Time
	WithdrawnBy PersonID
	Topics      []string
	Content     []string
	Agenda      []string
	Agreed      []string    // lines of consensus
	Short       string      // what fell short, from the summary
	Borrowed    []Borrowing `json:"-"` // by time
}

// Borrowing is that a published activity was taken over for another one (借用).
type Borrowing struct {
	Number   int
	Activity ActivityID
	At       time.Time
	By       PersonID
}

// Month is the month of the published activity.
func (s SharedActivity) Month() YearMonth {
	_, m := s.Activity.Parts()
	return m
}

// Branch is the branch of the published activity.
func (s SharedActivity) Branch() BranchID {
	b, _ := s.Activity.Parts()
	return b
}

// ByOthers are the borrowings by other branches, which alone count.
func (s SharedActivity) ByOthers() []Borrowing {
	return slices.DeleteFunc(slices.Clone(s.Borrowed), func(b Borrowing) bool { return sameBranch(b.Activity, s.Activity) })
}

// short finds what fell short in a summary: 成效……不足……下步…….
var short = regexp.MustCompile(`(?s)不足(?:之处|之處)?[是为為在：:，,\s]*(.*?)(?:(?:下一?步|今后|今後|改进|改進|成效|努力方向|打算).*)?$`)

// Shortfall is what a summary says fell short; empty when it does not say.
func Shortfall(summary string) string {
	hit := short.FindStringSubmatch(summary)
	if hit == nil {
		return ""
	}
	return strings.Trim(hit[1], " \t\n；;。，,、：:")
}

// ShareActivity publishes a finished activity for others to take over (案例 发布).
func (d Desk) ShareActivity(tx Tx, c Cause, a Activity) (SharedActivity, error) {
	m := a.Month.Chinese()
	switch {
	case a.Filed.IsZero():
		return SharedActivity{}, Refuse(Missing, R29, "%s主题党日还没有办完，上报纪实表以后再发布。请先发：上报 %s", m, m)
	case len(a.Topics) == 0:
		return SharedActivity{}, Refuse(Missing, R29, "%s主题党日没有主题，不能发布，可以发布其他月份的", m)
	}
	all, err := tx.SharedActivities()
	if err != nil {
		return SharedActivity{}, err
	}
	for _, s := range all {
		if s.Activity == a.ID && s.Withdrawn.IsZero() {
			return s, Refuse(Conflict, R29, "%s主题党日已发布为案例%d。要改先收回：案例 收回 %d", m, s.Number, s.Number)
		}
	}
	minutes, err := tx.Minutes(a.ID)
	if err != nil {
		return SharedActivity{}, err
	}
	var agreed []string
	for _, line := range minutes {
		if line.Kind == Agreed {
			agreed = append(agreed, line.Text)
		}
	}
	s := SharedActivity{Number: len(all) + 1, Activity: a.ID, Published: c.At, By: c.By}
	short := []string{Shortfall(a.Summary)}
	for _, part := range []struct {
		to   *[]string
		from []string
	}{{&s.Topics, a.Topics}, {&s.Content, a.Content}, {&s.Agenda, a.Agenda}, {&s.Agreed, agreed}, {&short, short}} {
		if *part.to, err = d.WithoutPeople(tx, a, c.At, part.from...); err != nil {
			return s, err
		}
	}
	s.Short = short[0]
	return s, putShared(tx, c, nil, s)
}

func putShared(tx Tx, c Cause, before any, s SharedActivity) error {
	c.Branch = s.Branch()
	if err := note(tx, c, "", nounShared, fmt.Sprint(s.Number), before, s, ""); err != nil {
		return err
	}
	return tx.PutSharedActivity(s)
}

// SharedNumber gives a published activity by its number; one that was withdrawn is not there any more.
func SharedNumber(tx Tx, number int) (SharedActivity, error) {
	all, err := tx.SharedActivities()
	if err != nil {
		return SharedActivity{}, err
	}
	for _, s := range all {
		switch {
		case s.Number != number:
		case !s.Withdrawn.IsZero():
			return s, Refuse(NotFound, R29, "案例%d已收回。看全部请发：案例", number)
		default:
			return s, nil
		}
	}
	return SharedActivity{}, Refuse(NotFound, R29, "没有案例%d。看全部请发：案例", number)
}

// UnshareActivity takes a published activity back (案例 收回); who took it over keeps what he has.
func (d Desk) UnshareActivity(tx Tx, c Cause, s SharedActivity) error {
	before := s
	s.Withdrawn, s.WithdrawnBy = c.At, c.By
	return putShared(tx, c, before, s)
}

// Borrowed says what was taken over, and what stayed because something stood there.
type Borrowed struct {
	Activity Activity
	Taken    []string // 主题, 内容, 议程
	Kept     []string
}

// Borrow takes topics, content and agenda of a published activity over into another (借用): what is empty there, and the rest only when over
// is asked for. The lender is told nothing.
func (d Desk) Borrow(tx Tx, c Cause, s SharedActivity, a Activity, over bool) (Borrowed, error) {
	out := Borrowed{Activity: a}
	m := a.Month.Chinese()
	if a.ID == s.Activity {
		return out, Refuse(Invalid, R29, "案例%d就是这次主题党日，请写别的月份，例如：借用 %d %s", s.Number, s.Number, a.Month.Next().Chinese())
	}
	if err := d.open(a, c.At); err != nil {
		return out, err
	}
	had := a
	for _, part := range []struct {
		name      string
		have, get []string
		set       func(Tx, Cause, Activity, []string) (Activity, error)
	}{
		{"主题", had.Topics, s.Topics, d.SetTopics}, {"内容", had.Content, s.Content, d.SetContent}, {"议程", had.Agenda, s.Agenda, d.SetAgenda},
	} {
		switch {
		case len(part.get) == 0 || slices.Equal(part.have, part.get):
		case len(part.have) > 0 && !over:
			out.Kept = append(out.Kept, part.name)
		default:
			var err error
			if out.Activity, err = part.set(tx, c, out.Activity, part.get); err != nil {
				return out, err
			}
			out.Taken = append(out.Taken, part.name)
		}
	}
	switch {
	case len(out.Taken) == 0 && len(out.Kept) > 0:
		return out, Refuse(Confirm, R29, "%s的%s已经写好，没有改动。要换成案例%d的请发：借用 %d %s 确认", m, strings.Join(out.Kept, "、"), s.Number, s.Number, m)
	case len(out.Taken) == 0:
		return out, Refuse(Conflict, R29, "%s的安排和案例%d已经一样，不用再借用", m, s.Number)
	}
	b := Borrowing{Number: s.Number, Activity: a.ID, At: c.At, By: c.By}
	if slices.ContainsFunc(s.Borrowed, func(o Borrowing) bool { return o.Activity == a.ID }) {
		return out, nil // counted once
	}
	if err := note(tx, c, "", nounBorrowing, fmt.Sprintf("%d/%s", b.Number, b.Activity), nil, b, ""); err != nil {
		return out, err
	}
	return out, tx.PutBorrowing(b)
}
