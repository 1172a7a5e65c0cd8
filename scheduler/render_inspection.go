package scheduler

import (
	"strconv"

	"themeday"
	"themeday/templates"
)

// finding is the one that the post is about.
func (j job) finding() (f themeday.Found, v templates.FindingView, err error) {
	number, err := strconv.Atoi(j.post.Arg)
	if err != nil {
		return f, v, err
	}
	all, err := j.tx.Findings(j.post.Branch)
	for _, each := range all {
		if each.Number == number {
			f = each
		}
	}
	v = templates.FindingView{
		Head: j.head, ID: f.Branch, Number: number, Kind: string(f.Kind), FindingMonth: f.Month.Chinese(), PartyGroup: f.PartyGroup, Text: f.Text,
		Due: j.local(f.Due), Last: j.lastDay(f.Due), State: string(f.State), Standing: f.State.Chinese(), Rule: f.Kind.Rule(),
	}
	if len(f.Steps) > 0 {
		v.Words = f.Steps[len(f.Steps)-1].Text
	}
	return f, v, err
}

func (j job) inspectionFinding() (Rendered, error) {
	f, v, err := j.finding()
	if err != nil || !f.Waits() {
		return Rendered{Why: "the branch has nothing to do about it"}, err
	}
	return say(j, j.Texts.InspectionFinding, v)
}

func (j job) inspectionHanded() (Rendered, error) {
	f, v, err := j.finding()
	if err != nil || f.State != themeday.FindingHanded {
		return Rendered{Why: "nothing waits for the committee"}, err
	}
	return say(j, j.Texts.InspectionHanded, v)
}

func (j job) inspectionDecided() (Rendered, error) {
	f, v, err := j.finding()
	if err != nil || f.State != themeday.FindingClosed && f.State != themeday.FindingReopened {
		return Rendered{Why: "measures were handed in anew"}, err
	}
	v.Closed = f.State == themeday.FindingClosed
	return say(j, j.Texts.InspectionDecided, v)
}

func (j job) inspectionDue() (Rendered, error) {
	f, v, err := j.finding()
	if err != nil || !f.Open() || f.Rectification != 0 || j.post.To == themeday.ToSecretary && !f.Waits() {
		return Rendered{Why: "nobody is waited for"}, err
	}
	v.Handed, v.Days = f.State == themeday.FindingHanded, j.daysTo(v.Last)
	return say(j, j.Texts.InspectionDue, v)
}

// draw is the one that the post is about.
func (j job) draw() (themeday.Draw, error) {
	number, err := strconv.Atoi(j.post.Arg)
	if err != nil {
		return themeday.Draw{}, err
	}
	x, _, err := themeday.DrawOf(j.tx, number)
	return x, err
}

// inspectionSeed publishes what a secret seed commits to.
func (j job) inspectionSeed() (Rendered, error) {
	x, err := j.draw()
	if err != nil {
		return Rendered{}, err
	}
	if !x.Drawn.IsZero() {
		return nothing("it was used already")
	}
	return say(j, j.Texts.InspectionSeed, templates.InspectionSeedView{Number: x.Number, Commitment: x.Commitment, From: j.local(x.Committed.Add(themeday.DrawAfter))})
}

func (j job) inspectionDrawn() (Rendered, error) {
	x, err := j.draw()
	if err != nil {
		return Rendered{}, err
	}
	branches, err := j.tx.Branches()
	if err != nil {
		return Rendered{}, err
	}
	by, err := j.name(x.By)
	if err != nil {
		return Rendered{}, err
	}
	v := templates.NewDrawView(x, branches)
	v.By = by
	shown, err := j.Desk.ShowsDraw(j.tx, x, j.post.Person, j.at)
	if err != nil {
		return Rendered{}, err
	}
	if !shown.All {
		v = v.Hide(shown.Picked, shown.With)
	}
	return say(j, j.Texts.InspectionDrawn, v)
}
