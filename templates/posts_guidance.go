package templates

import (
	"fmt"
	"time"

	"themeday"
)

// CommentGivenView tells the secretary what a leader who came said (R27).
type CommentGivenView struct {
	Head     `json:"-"`
	Activity themeday.ActivityID `json:"activity"`
	Leader   string              `json:"leader"`
	Text     string              `json:"-"`
	At       time.Time           `json:"at"`
}

// CommentGiven tells the secretary what a leader who came said.
func (p *Posts) CommentGiven(v CommentGivenView) (string, error) {
	return p.set.Text("comment_given", v)
}

// OpenLine is a guided branch that was not visited in the quarter.
type OpenLine struct {
	Branch string `json:"branch"`
	Guides string `json:"-"`
}

// GuidanceDueView tells a leader, or the committee in one line, which guided branches were not visited in the quarter (R10).
type GuidanceDueView struct {
	Head    `json:"-"`
	Quarter string      `json:"quarter"`
	Days    int         `json:"days"` // left
	Target  int         `json:"-"`
	Open    []OpenLine  `json:"branches"`
	Next    []NextVisit `json:"-"`
}

// GuidanceDue tells which guided branches were not visited in the quarter.
func (p *Posts) GuidanceDue(v GuidanceDueView) (string, error) { return p.set.Text("guidance_due", v) }

// NextVisit is what a guided branch does next.
type NextVisit struct {
	Branch, When, Place, Topic string
	Approved                   bool
	Later                      bool // not in the quarter any more
}

// OwnLine is a leader's attendance in his own branch.
type OwnLine struct {
	Branch    string
	Came, Due int
	Months    []string
}

// GuidedLine are a leader's visits of a branch that he guides.
type GuidedLine struct {
	Branch   string
	Visits   [4]int
	Comments int
}

// Quarters are the visits of the four quarters.
func (l GuidedLine) Quarters() string {
	return fmt.Sprintf("%d、%d、%d、%d", l.Visits[0], l.Visits[1], l.Visits[2], l.Visits[3])
}

// LeaderLine is one leader.
type LeaderLine struct {
	Name      string
	Own       []OwnLine
	Guided    []GuidedLine
	Elsewhere int
	Comments  int
}

// Told tells whether there is anything to say of him.
func (l LeaderLine) Told() bool {
	return len(l.Own) > 0 || len(l.Guided) > 0 || l.Elsewhere > 0 || l.Comments > 0
}

// LeadersView answers 领导 and 指导.
type LeadersView struct {
	Year    int
	All     bool // the committee's view
	Target  int
	Leaders []LeaderLine
	Quarter string // the one that runs; empty in another year
	Days    int    // left in it
	Open    []OpenLine
	Next    []NextVisit
}

// Leaders shows leaders' two lives.
func (p *Posts) Leaders(v LeadersView) (string, error) { return p.set.Text("leaders", v) }

func guidanceSamples() map[string]any {
	next := []NextVisit{{Branch: "第一支部", When: "3月27日 周五 14:30-18:30", Place: "党员活动室", Topic: "学习党章", Approved: true}, {Branch: "第三支部", When: "4月10日 周五 14:00-18:00", Later: true}, {Branch: "第四支部"}}
	return map[string]any{
		"comment_given": CommentGivenView{Head: sampleHead(), Activity: sampleActivity, Leader: "陈国华", Text: "优点：准备充分；不足：讨论少；方向：多联系工作", At: sampleAt(13, 19, 0)},
		"guidance_due":  GuidanceDueView{Quarter: "第1季度", Days: 15, Target: 1, Open: []OpenLine{{Branch: "第一支部", Guides: "陈国华"}, {Branch: "第三支部", Guides: "陈国华"}}, Next: next},
		"leaders": LeadersView{
			Year: 2026, Target: 1, Quarter: "第1季度", Days: 12, Open: []OpenLine{{Branch: "第三支部", Guides: "陈国华"}}, Next: next,
			Leaders: []LeaderLine{{
				Name: "陈国华", Own: []OwnLine{{Branch: "第二支部", Came: 2, Due: 3, Months: []string{"1月到会", "2月请假", "3月到会"}}},
				Guided: []GuidedLine{{Branch: "第一支部", Visits: [4]int{1}, Comments: 1}, {Branch: "第三支部"}}, Elsewhere: 1, Comments: 1,
			}},
		},
	}
}
