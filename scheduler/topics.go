package scheduler

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"themeday"
	"themeday/templates"
)

// topic are the reminders of a compulsory topic that the branch may not have planned, some days before its last day (R16). Whether it has is
// seen when they are due.
func (p *plan) topic(t themeday.RequiredTopic) {
	if !t.Holds() || !t.For(p.Branch) {
		return
	}
	end := t.Due.AddDays(1).Start(p.zone)
	days := downward(p.rules.TopicWarnDays)
	for i, n := range days {
		due, expires := p.schedule.On(LookTopic, t.Due.AddDays(-n)), end
		if !due.After(t.At) {
			continue
		}
		if i+1 < len(days) {
			expires = p.schedule.On(LookTopic, t.Due.AddDays(-days[i+1]))
		}
		p.add(themeday.Post{
			Key: fmt.Sprintf("%s/%s/%s/%d/%d", themeday.TopicDue, p.Branch, t.Month, t.Number, n), Kind: themeday.TopicDue,
			To: themeday.ToSecretary, Arg: fmt.Sprintf("%s %d", t.Month, t.Number),
		}, due, expires)
	}
}

// topicsOf are the compulsory topics whose days may still lie ahead.
func topicsOf(tx themeday.Tx, today themeday.Date) ([]themeday.RequiredTopic, error) {
	all, err := tx.RequiredTopics(today.MonthOf(), today.MonthOf().Add(24))
	return slices.DeleteFunc(all, func(t themeday.RequiredTopic) bool { return !t.Holds() || t.Due.Before(today) }), err
}

// topics plans one line for everybody of the committee on the last day of compulsory topics: who has not planned them (R16).
func (p *Planner) topics(tx themeday.Tx, at time.Time) error {
	all, err := topicsOf(tx, p.Desk.Day(at))
	if err != nil || len(all) == 0 {
		return err
	}
	people, err := themeday.Committees(tx)
	if err != nil {
		return err
	}
	for _, t := range all {
		due := p.Schedule.On(LookTopicLast, t.Due)
		for _, who := range people {
			post := themeday.Post{
				Key: fmt.Sprintf("%s/committee/%s/%d", themeday.TopicDue, t.Due, who.ID), Kind: themeday.TopicDue, To: themeday.ToPerson, Person: who.ID,
				Arg: committeeArg + t.Due.String(), Due: due, Planned: due, Expires: due.Add(week), State: themeday.Waiting,
			}
			if due.IsZero() {
				continue
			}
			if err := p.once(tx, post); err != nil {
				return err
			}
		}
	}
	return nil
}

// required is the compulsory topic that a post is about: its month and number stand first in the argument.
func (j job) required() (themeday.RequiredTopic, string, error) {
	parts := append(strings.Fields(j.post.Arg), "", "")
	m, err := themeday.ParseYearMonth(parts[0])
	if err != nil {
		return themeday.RequiredTopic{}, "", err
	}
	number, err := strconv.Atoi(parts[1])
	if err != nil {
		return themeday.RequiredTopic{}, "", err
	}
	all, err := j.tx.RequiredTopics(m, m)
	for _, t := range all {
		if t.Number == number {
			return t, parts[2], err
		}
	}
	return themeday.RequiredTopic{}, "", fmt.Errorf("no compulsory topic %q: %w", j.post.Arg, err)
}

func (j job) topicView(t themeday.RequiredTopic) templates.TopicView {
	j.head.Month = t.Month.Chinese()
	return templates.TopicView{Head: j.head, ID: j.post.Branch, MonthID: t.Month.String(), Topic: t.Text, Last: t.Due.Start(j.Desk.Zone), Due: t.Due.String(), Days: t.Due.Sub(j.Desk.Day(j.at))}
}

// topicRequired tells the secretary of a compulsory topic, once; and, if he heard of it, that it was withdrawn.
func (j job) topicRequired() (Rendered, error) {
	t, word, err := j.required()
	if err != nil {
		return Rendered{}, err
	}
	v := j.topicView(t)
	if word == "" {
		if !t.Holds() {
			return nothing("withdrawn meanwhile")
		}
		a, err := j.Desk.OfMonth(j.tx, j.post.Branch, t.Month)
		if err != nil {
			return Rendered{}, err
		}
		v.Approved = a.Approved()
		v.Planned, err = j.topicPlanned(a, t)
		if err != nil {
			return Rendered{}, err
		}
		return say(j, j.Texts.TopicRequired, v)
	}
	told, _, err := j.tx.Post(strings.TrimSuffix(j.post.Key, "/"+word))
	if err != nil || told.State == themeday.Waiting || told.State == themeday.Dropped {
		return Rendered{Why: "he never heard of it"}, err
	}
	v.Withdrawn = true
	return say(j, j.Texts.TopicRequired, v)
}

func (j job) topicPlanned(a themeday.Activity, t themeday.RequiredTopic) (bool, error) {
	states, err := j.Desk.RequiredOf(j.tx, a)
	return slices.ContainsFunc(states, func(s themeday.RequiredState) bool { return s.Number == t.Number && s.Planned }), err
}

// topicDue reminds a secretary who has not planned a compulsory topic, and tells the committee on the last day who has not, in one line.
func (j job) topicDue() (Rendered, error) {
	if day, ok := strings.CutPrefix(j.post.Arg, committeeArg); ok {
		return j.topicsOpen(day)
	}
	t, _, err := j.required()
	if err != nil || !t.Holds() {
		return Rendered{Why: "withdrawn meanwhile"}, err
	}
	a, err := j.Desk.OfMonth(j.tx, j.post.Branch, t.Month)
	if err != nil {
		return Rendered{}, err
	}
	if done, err := j.topicPlanned(a, t); err != nil || done {
		return Rendered{Why: "it is planned"}, err
	}
	v := j.topicView(t)
	v.Approved = a.Approved()
	return say(j, j.Texts.TopicDue, v)
}

// topicsOpen is the committee's line.
func (j job) topicsOpen(day string) (Rendered, error) {
	due, err := themeday.ParseDate(day)
	if err != nil {
		return Rendered{}, err
	}
	people, err := themeday.Committees(j.tx)
	if err != nil {
		return Rendered{}, err
	}
	if !slices.ContainsFunc(people, func(p themeday.Person) bool { return p.ID == j.post.Person }) {
		return nothing("no longer of the committee")
	}
	all, err := j.Desk.RequiredBook(j.tx, due.MonthOf(), due.MonthOf().Add(24))
	if err != nil {
		return Rendered{}, err
	}
	v := templates.TopicView{Head: j.head, Due: day, Last: due.Start(j.Desk.Zone), Year: due.Year}
	for _, t := range all {
		if t.Due != due || len(t.Open) == 0 {
			continue
		}
		l := templates.TopicOpen{Month: t.Month.Chinese(), Topic: t.Text}
		for _, b := range t.Open {
			l.Branches = append(l.Branches, b.Name)
		}
		v.Year = t.Month.Year
		v.Open = append(v.Open, l)
	}
	if len(v.Open) == 0 {
		return nothing("every branch has planned it")
	}
	return say(j, j.Texts.TopicDue, v)
}
