package themeday

import (
	"fmt"
	"slices"
	"strings"
)

// NewRequired is what 必选主题 asks for. A zero Due takes the setting.
type NewRequired struct {
	Month    YearMonth
	Text     string
	Branches []BranchID
	Due      Date
}

// RequireTopic makes a topic compulsory in a month (R16) and tells the secretaries of the branches that are to plan it, once.
func (d Desk) RequireTopic(tx Tx, c Cause, n NewRequired) (RequiredTopic, error) {
	m, today := n.Month.Chinese(), d.Day(c.At)
	if err := tooLong(R16, "必选主题", n.Text, requiredMost); err != nil {
		return RequiredTopic{}, err
	}
	switch {
	case d.plain(n.Text) == "":
		return RequiredTopic{}, Refuse(Invalid, R16, "请写必选主题，例如：必选主题 %s 学习全会精神", m)
	case n.Month.Before(today.MonthOf()):
		return RequiredTopic{}, Refuse(TooLate, R16, "%s已经过去，请写本月或以后的月份", m)
	case n.Due != (Date{}) && n.Due.After(n.Month.Last()):
		return RequiredTopic{}, Refuse(Invalid, R16, "截止日在%s之后，列入也来不及开展，请写%s或更早", m, n.Month.Last().Chinese())
	case n.Due != (Date{}) && !n.Due.After(today):
		return RequiredTopic{}, Refuse(Invalid, R16, "截止日要在今天之后，请再发一次，例如：截止%s", today.AddDays(1).Chinese())
	}
	had, err := tx.RequiredTopics(n.Month, n.Month)
	if err != nil {
		return RequiredTopic{}, err
	}
	for _, t := range had {
		if t.Holds() && d.plain(t.Text) == d.plain(n.Text) {
			return t, Refuse(Conflict, R16, "%s已有必选主题“%s”（截止%s）。要改请先撤回：必选主题 %s 撤回 %s", m, Shown(t.Text), t.Due.Chinese(), m, Shown(t.Text))
		}
	}
	t := RequiredTopic{Month: n.Month, Text: n.Text, Branches: n.Branches, Due: n.Due, At: c.At, By: c.By}
	if t.Due == (Date{}) {
		t.Due = d.topicDue(n.Month, today)
	}
	if t.Number, err = tx.PutRequiredTopic(t); err != nil {
		return t, err
	}
	if err := note(tx, c, "", nounRequired, fmt.Sprintf("%s/%d", t.Month, t.Number), nil, t, ""); err != nil {
		return t, err
	}
	return t, d.tellBranches(tx, c, t, fmt.Sprint(t.Number))
}

// topicDue is the last day for planning a topic when none is named: some days before the month's end, or its end where that is over.
func (d Desk) topicDue(m YearMonth, today Date) Date {
	due := m.Last().AddDays(-d.Rules.TopicDueBefore)
	if !due.After(today) {
		return m.Last()
	}
	return due
}

// WithdrawTopic takes a compulsory topic back; whoever heard of it hears that too.
func (d Desk) WithdrawTopic(tx Tx, c Cause, m YearMonth, text string) (RequiredTopic, error) {
	all, err := tx.RequiredTopics(m, m)
	if err != nil {
		return RequiredTopic{}, err
	}
	var hits []RequiredTopic
	for _, t := range all {
		if t.Holds() && strings.Contains(d.plain(t.Text), d.plain(text)) {
			hits = append(hits, t)
		}
	}
	if i := slices.IndexFunc(hits, func(t RequiredTopic) bool { return d.plain(t.Text) == d.plain(text) }); i >= 0 {
		hits = hits[i : i+1]
	}
	switch {
	case len(hits) == 0:
		return RequiredTopic{}, Refuse(NotFound, R16, "%s没有这个必选主题。全年的请看：必选主题 %d", m.Chinese(), m.Year)
	case len(hits) > 1:
		return RequiredTopic{}, Refuse(Conflict, R16, "%s有%d个必选主题，请写全要撤回的，例如：必选主题 %s 撤回 %s", m.Chinese(), len(hits), m.Chinese(), Shown(hits[0].Text))
	}
	t := hits[0]
	t.Withdrawn = c.At
	if _, err := tx.PutRequiredTopic(t); err != nil {
		return t, err
	}
	if err := note(tx, c, "", nounRequired, fmt.Sprintf("%s/%d", t.Month, t.Number), hits[0], t, ""); err != nil {
		return t, err
	}
	return t, d.tellBranches(tx, c, t, fmt.Sprintf("%d withdrawn", t.Number))
}

// tellBranches tells the secretaries of a topic's branches; arg says of which topic, and whether it was withdrawn.
func (d Desk) tellBranches(tx Tx, c Cause, t RequiredTopic, arg string) error {
	branches, err := tx.Branches()
	if err != nil {
		return err
	}
	for _, b := range branches {
		if !t.For(b.ID) || b.Gone(d.Day(c.At)) {
			continue
		}
		key := fmt.Sprintf("%s/%s/%s/%s", TopicRequired, b.ID, t.Month, strings.ReplaceAll(arg, " ", "/"))
		if err := d.tellSecretary(tx, c, Post{Key: key, Kind: TopicRequired, Branch: b.ID, Arg: t.Month.String() + " " + arg}); err != nil {
			return err
		}
	}
	return nil
}

// SaidTopics are topics as 主题 writes them with the word 必选: those that plan compulsory ones, and the branch's own.
type SaidTopics struct {
	Compulsory, Own []string
	Whole           bool // they are all the topics; otherwise they come in front of those that there are
}

// PlanCompulsory plans compulsory topics by topics of the branch's own words (R16). What is already among the topics is only marked.
func (d Desk) PlanCompulsory(tx Tx, c Cause, a Activity, said SaidTopics) (Activity, error) {
	states, err := d.RequiredOf(tx, a)
	m := a.Month.Chinese()
	switch {
	case err != nil:
		return a, err
	case len(states) == 0:
		return a, Refuse(NotFound, R16, "机关党委没有给%s定必选主题。自选的请发：主题 %s 学习党章", m, m)
	case len(said.Compulsory) == 0:
		return a, Refuse(Invalid, R16, "请写用哪个主题落实，例如：主题 %s 必选 %s", m, Shown(states[0].Text))
	}
	marks, err := d.marks(a, states, said.Compulsory)
	if err != nil {
		return a, err
	}
	topics := slices.Concat(said.Compulsory, said.Own)
	if !said.Whole {
		topics = slices.Concat(said.Compulsory, slices.DeleteFunc(slices.Clone(a.Topics), func(t string) bool { return slices.Contains(said.Compulsory, t) }))
		marks = append(marks, a.Compulsory...)
	}
	if sameTopics(topics, a.Topics) {
		return d.change(tx, c, a, "", func(n *Activity) error {
			n.Compulsory = distinct(marks)
			return sealed(*n, c, "记录 用哪个主题落实了必选主题")
		})
	}
	return d.setTopics(tx, c, a, topics, distinct(marks))
}

// marks says which compulsory topic each topic plans: the one that it names, else the only one that is still open.
func (d Desk) marks(a Activity, states []RequiredState, said []string) ([]TopicMark, error) {
	var out []TopicMark
	for _, topic := range said {
		var open, named []RequiredState
		for _, t := range states {
			switch taken := slices.ContainsFunc(out, func(m TopicMark) bool { return m.Number == t.Number }); {
			case d.names([]string{topic}, t.Text):
				named = append(named, t)
			case !taken && !t.Planned:
				open = append(open, t)
			}
		}
		switch {
		case len(named) > 0:
			open = named
		case len(open) == 0 && len(states) == 1:
			open = states
		}
		if len(open) != 1 && len(named) == 0 {
			return nil, Refuse(Conflict, R16, "%s有%d个必选主题，看不出“%s”落实哪一个，请照原文写：主题 %s 必选 %s",
				a.Month.Chinese(), len(states), Shown(topic), a.Month.Chinese(), Shown(states[0].Text))
		}
		for _, t := range open {
			out = append(out, TopicMark{t.Number, topic})
		}
	}
	return out, nil
}

func sameTopics(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}

// distinct keeps the first mark of every compulsory topic.
func distinct(all []TopicMark) []TopicMark {
	var out []TopicMark
	for _, m := range all {
		if !slices.ContainsFunc(out, func(o TopicMark) bool { return o.Number == m.Number }) {
			out = append(out, m)
		}
	}
	return out
}
