package scheduler

import (
	"strconv"

	"themeday"
	"themeday/templates"
)

// evaluationLow is a private word to the secretary after an evaluation under the floor; from the last one on the bar says it (R28).
func (j job) evaluationLow() (Rendered, error) {
	s, err := j.Desk.Standing(j.tx, j.post.Branch, j.a.Month.Year, j.at)
	if err != nil {
		return Rendered{}, err
	}
	low := s.Low()
	for i, r := range low {
		if r.Activity != j.a.ID {
			continue
		}
		if s.Barred() {
			return nothing("the bar says it")
		}
		return say(j, j.Texts.EvaluationLow, templates.EvaluationLowView{
			Head: j.head, Activity: j.a.ID, RatePercent: r.Tally.RatePercent(), Strikes: i + 1, Weakest: r.Tally.Weakest(j.Desk.Rules),
			Raters: r.Tally.Raters, Satisfied: r.Tally.Satisfied, Floor: j.Desk.Rules.SatisfactionFloor, Most: j.Desk.Rules.Strikes, Few: j.Desk.Rules.DimensionBallots,
			Advice: advice[r.Tally.Weakest(j.Desk.Rules)],
		})
	}
	return nothing("it is not under the floor any more")
}

// advice is what helps a dimension that was rated lowest; what helps in general where it is not known.
var advice = map[string]string{
	"":                     "请下月活动前听听党员想讲什么、想做什么",
	themeday.Dimensions[0]: "请把主题定得小一些、近一些，一次讲透一个题目，报审前先问问党员",
	themeday.Dimensions[1]: "请多用身边的人和事，少念文件，学习与本单位业务结合",
	themeday.Dimensions[2]: "请少用单向宣讲，安排讨论、参观、志愿服务或请党员轮流主讲",
	themeday.Dimensions[3]: "请每次定下一两件看得见的事，写成任务，下次活动先报结果",
}

func (j job) awardBarred() (Rendered, error) {
	s, err := j.yearStanding()
	if err != nil {
		return Rendered{}, err
	}
	if !s.Barred() {
		return nothing("it is not barred any more")
	}
	v := templates.AwardBarredView{Head: j.head, ID: j.post.Branch, Year: s.Year, Strikes: s.Strikes(), Activities: []themeday.ActivityID{}, Floor: j.Desk.Rules.SatisfactionFloor}
	for _, r := range s.Low() {
		v.Activities = append(v.Activities, r.Activity)
		v.Rates = append(v.Rates, r.Figures())
	}
	for _, r := range s.Rectifications {
		if r.Source == themeday.ByEvaluation && r.Year == s.Year {
			v.Due, v.Last, v.Standing = j.local(r.Due), j.lastDay(r.Due), r.State.Chinese()
		}
	}
	return say(j, j.Texts.AwardBarred, v)
}

func (j job) awardRestored() (Rendered, error) {
	s, err := j.yearStanding()
	if err != nil {
		return Rendered{}, err
	}
	if s.Barred() {
		return nothing("it is barred again")
	}
	return say(j, j.Texts.AwardRestored, templates.AwardRestoredView{
		Head: j.head, ID: j.post.Branch, Year: s.Year, Strikes: s.Strikes(), Floor: j.Desk.Rules.SatisfactionFloor, Most: j.Desk.Rules.Strikes,
	})
}

// yearStanding is the standing of the year that the post is about.
func (j job) yearStanding() (themeday.YearStanding, error) {
	year, err := strconv.Atoi(j.post.Arg)
	if err != nil {
		return themeday.YearStanding{}, err
	}
	return j.Desk.Standing(j.tx, j.post.Branch, year, j.at)
}

// rectification is the one that the post is about.
func (j job) rectification() (r themeday.Rectification, v templates.RectifyView, err error) {
	number, err := strconv.Atoi(j.post.Arg)
	if err != nil {
		return r, v, err
	}
	all, err := j.tx.Rectifications(j.post.Branch)
	for _, each := range all {
		if each.Number == number {
			r = each
		}
	}
	v = templates.RectifyView{Head: j.head, ID: j.post.Branch, Number: number, Due: j.local(r.Due), Last: j.lastDay(r.Due), Text: r.Text, State: string(r.State)}
	if r.Source == themeday.ByEvaluation {
		v.Text, v.Grounds = "", r.Text
	}
	if len(r.Steps) > 0 {
		v.Words = r.Steps[len(r.Steps)-1].Text
	}
	return r, v, err
}

func (j job) rectifyOpened() (Rendered, error) {
	r, v, err := j.rectification()
	if err != nil || !r.Open() {
		return Rendered{Why: "it is done"}, err
	}
	return say(j, j.Texts.RectifyOpened, v)
}

func (j job) rectifyHanded() (Rendered, error) {
	r, v, err := j.rectification()
	if err != nil || r.State != themeday.RectifyHanded {
		return Rendered{Why: "nothing waits for the committee"}, err
	}
	return say(j, j.Texts.RectifyHanded, v)
}

func (j job) rectifyDecided() (Rendered, error) {
	r, v, err := j.rectification()
	if err != nil || r.State != themeday.RectifyClosed && r.State != themeday.RectifyReturned {
		return Rendered{Why: "measures were handed in anew"}, err
	}
	v.Closed = r.State == themeday.RectifyClosed
	return say(j, j.Texts.RectifyDecided, v)
}

func (j job) rectifyDue() (Rendered, error) {
	r, v, err := j.rectification()
	if err != nil || !r.Waits() {
		return Rendered{Why: "the branch has nothing to do about it"}, err
	}
	v.Days = j.daysTo(v.Last)
	return say(j, j.Texts.RectifyDue, v)
}

func (j job) rectifyOverdue() (Rendered, error) {
	if j.post.Branch == "" {
		return j.ofAllBranches()
	}
	r, v, err := j.rectification()
	if err != nil || !r.Waits() {
		return Rendered{Why: "the branch has nothing to do about it"}, err
	}
	v.Days = themeday.RecordOverdueDays(j.at, r.Due, j.Desk.Zone)
	return say(j, j.Texts.RectifyOverdue, v)
}
