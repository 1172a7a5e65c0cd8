package scheduler

import (
	"fmt"
	"strings"

	"themeday"
	"themeday/templates"
)

// bestCase is the one that the post is about. Words that its own branch wrote go out without names and figures of people, as the topic does.
func (j job) bestCase() (themeday.Case, templates.CaseView, error) {
	v := templates.CaseView{Head: j.head, ID: j.a.Branch, Activity: j.a.ID, Own: j.post.To == themeday.ToSecretary}
	k, _, err := j.tx.Case(j.post.Activity)
	if err != nil {
		return k, v, err
	}
	branch, err := j.Desk.Branch(j.tx, j.a.Branch)
	if err != nil {
		return k, v, err
	}
	v.Lender, v.Words, v.Of = branch.Name, k.Words, j.a.Month.Chinese()
	if y := j.a.Month.Year; y != j.Desk.Day(j.at).Year {
		v.Of = fmt.Sprintf("%d年%s", y, v.Of)
	}
	v.Publish = "案例 发布 " + v.Of
	topics, err := j.Desk.WithoutPeople(j.tx, j.a, j.at, j.a.Topics...)
	if err != nil {
		return k, v, err
	}
	v.Topic = strings.Join(topics, "；")
	shared, err := j.tx.SharedActivities()
	for _, s := range shared {
		if s.Activity == j.a.ID && s.Withdrawn.IsZero() {
			v.Number = s.Number
		}
	}
	return k, v, err
}

func (j job) caseChosen() (Rendered, error) {
	k, v, err := j.bestCase()
	if err != nil || k.State != themeday.CaseChosen {
		return Rendered{Why: "it was withdrawn"}, err
	}
	return say(j, j.Texts.CaseChosen, v)
}

func (j job) caseWithdrawn() (Rendered, error) {
	k, v, err := j.bestCase()
	if err != nil || k.State != themeday.CaseWithdrawn {
		return Rendered{Why: "it was nominated anew"}, err
	}
	return say(j, j.Texts.CaseWithdrawn, v)
}

func (j job) groupPraised() (Rendered, error) {
	all, err := j.tx.Praises(j.post.Branch)
	if err != nil {
		return Rendered{}, err
	}
	for _, p := range all {
		if fmt.Sprint(p.Number) == j.post.Arg {
			return say(j, j.Texts.GroupPraised, templates.GroupPraisedView{Head: j.head, ID: p.Branch, PartyGroup: p.PartyGroup, Text: p.Text})
		}
	}
	return nothing("there is no such praise")
}
