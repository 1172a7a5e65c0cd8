package templates

import (
	"time"

	"themeday"
)

// EvaluationLowView tells the secretary in private that an evaluation was under the floor, and what helps (R28).
type EvaluationLowView struct {
	Head        `json:"-"`
	Activity    themeday.ActivityID `json:"activity"`
	RatePercent int                 `json:"rate_percent"`
	Strikes     int                 `json:"strikes"` // how many of the year were, this one included
	Weakest     string              `json:"weakest"` // the dimension that was rated lowest; empty of too few ballots
	Raters      int                 `json:"-"`
	Satisfied   int                 `json:"-"`
	Floor       int                 `json:"-"`
	Most        int                 `json:"-"` // how many bar from awards
	Few         int                 `json:"-"` // from how many ballots on the dimension is told
	Advice      string              `json:"-"`
}

// Left is how many more bar from awards.
func (v EvaluationLowView) Left() int { return v.Most - v.Strikes }

// EvaluationLow tells the secretary of an evaluation under the floor.
func (p *Posts) EvaluationLow(v EvaluationLowView) (string, error) {
	return p.set.Text("evaluation_low", v)
}

// AwardBarredView tells secretary and committee that a branch is barred from a year's awards and has to put right why (R28).
type AwardBarredView struct {
	Head       `json:"-"`
	ID         themeday.BranchID     `json:"branch"`
	Year       int                   `json:"year"`
	Strikes    int                   `json:"strikes"`
	Activities []themeday.ActivityID `json:"activities"`
	Due        time.Time             `json:"due"` // of the rectification: the first instant that is too late
	Last       time.Time             `json:"-"`   // its last day
	Rates      []string              `json:"-"`   // the activities with their figures
	Floor      int                   `json:"-"`
	Standing   string                `json:"-"` // of the rectification
}

// AwardBarred tells of a bar.
func (p *Posts) AwardBarred(v AwardBarredView) (string, error) { return p.set.Text("award_barred", v) }

// AwardRestoredView tells that a bar fell away because the figures were corrected.
type AwardRestoredView struct {
	Head    `json:"-"`
	ID      themeday.BranchID `json:"branch"`
	Year    int               `json:"year"`
	Strikes int               `json:"strikes"`
	Floor   int               `json:"-"`
	Most    int               `json:"-"`
}

// AwardRestored tells that a bar fell away.
func (p *Posts) AwardRestored(v AwardRestoredView) (string, error) {
	return p.set.Text("award_restored", v)
}

// RectifyView is what every post about a rectification tells (R28).
type RectifyView struct {
	Head    `json:"-"`
	ID      themeday.BranchID `json:"branch"`
	Number  int               `json:"number"`
	Due     time.Time         `json:"due"`
	State   string            `json:"state"`
	Days    int               `json:"days,omitempty"` // until the last day, or overdue
	Last    time.Time         `json:"-"`
	Text    string            `json:"-"` // what is to be put right, as somebody wrote it
	Grounds string            `json:"-"` // the same in the bot's words, where it follows from evaluations
	Words   string            `json:"-"` // the last measures, or why they were sent back
	Closed  bool              `json:"-"`
}

// What is what is to be put right.
func (v RectifyView) What() string { return v.Grounds + v.Text }

// RectifyOpened tells the secretary of a rectification that was opened by hand.
func (p *Posts) RectifyOpened(v RectifyView) (string, error) { return p.set.Text("rectify_opened", v) }

// RectifyHanded tells the committee of measures.
func (p *Posts) RectifyHanded(v RectifyView) (string, error) { return p.set.Text("rectify_handed", v) }

// RectifyDecided tells the secretary what the committee said of his measures.
func (p *Posts) RectifyDecided(v RectifyView) (string, error) {
	return p.set.Text("rectify_decided", v)
}

// RectifyDue reminds of a rectification.
func (p *Posts) RectifyDue(v RectifyView) (string, error) { return p.set.Text("rectify_due", v) }

// RectifyOverdue says that a rectification is overdue.
func (p *Posts) RectifyOverdue(v RectifyView) (string, error) {
	return p.set.Text("rectify_overdue", v)
}

func consequenceSamples() map[string]any {
	h := sampleHead()
	r := RectifyView{
		Head: h, ID: "第一支部", Number: 1, Due: sampleAt(31, 0, 0), Last: sampleAt(30, 0, 0), State: "open", Days: 7,
		Text: "2026年3次主题党日满意率低于60%", Words: "请党员提前点题，4月改为现场教学",
	}
	return map[string]any{
		"evaluation_low": EvaluationLowView{
			Head: h, Activity: sampleActivity, RatePercent: 55, Strikes: 1, Weakest: "方式灵活生动", Raters: 9, Satisfied: 5, Floor: 60, Most: 3, Few: 5,
			Advice: "请少用单向宣讲，安排讨论、参观、志愿服务或请党员轮流主讲",
		},
		"evaluation_remarks": EvaluationRemarksView{Head: h, Activity: sampleActivity, Remarks: 2, Own: []string{"讲得生动，时间再短些", "下次想去社区"}, From: 5},
		"award_barred": AwardBarredView{
			Head: h, ID: "第一支部", Year: 2026, Strikes: 3, Activities: []themeday.ActivityID{"第一支部/2026-01", "第一支部/2026-02", sampleActivity}, Floor: 60,
			Rates: []string{"1月55%（5/9票，11人参加）", "2月50%（5/10票，12人参加）", "3月40%（4/10票，12人参加）"}, Due: sampleAt(31, 0, 0), Last: sampleAt(30, 0, 0), Standing: "待整改",
		},
		"award_restored":  AwardRestoredView{Head: h, ID: "第一支部", Year: 2026, Strikes: 2, Floor: 60, Most: 3},
		"rectify_opened":  r,
		"rectify_handed":  r,
		"rectify_decided": r,
		"rectify_due":     r,
		"rectify_overdue": r,
	}
}

// consequenceVariants are the other cases of the same.
func consequenceVariants() map[string]any {
	all, committee := consequenceSamples(), sampleHead()
	committee.Committee = true
	few := all["evaluation_low"].(EvaluationLowView)
	few.Weakest, few.Raters, few.Satisfied, few.RatePercent, few.Strikes, few.Advice = "", 4, 2, 50, 2, "请下月活动前听听党员想讲什么、想做什么"
	barred, restored := all["award_barred"].(AwardBarredView), all["award_restored"].(AwardRestoredView)
	barred.Head, restored.Head = committee, committee
	remarks := all["evaluation_remarks"].(EvaluationRemarksView)
	remarks.Remarks, remarks.Outside = 3, []string{"接地气"}
	closed, tomorrow, chased := all["rectify_decided"].(RectifyView), all["rectify_due"].(RectifyView), all["rectify_overdue"].(RectifyView)
	closed.Closed, tomorrow.Days, chased.Head = true, 1, committee
	return map[string]any{
		"evaluation_low.few": few, "evaluation_remarks.outside": remarks, "award_barred.committee": barred, "award_restored.committee": restored,
		"rectify_decided.closed": closed, "rectify_due.tomorrow": tomorrow, "rectify_overdue.committee": chased,
	}
}
