package templates

import (
	"time"

	"themeday"
)

// TopicOpen is a compulsory topic and the branches that have not planned it.
type TopicOpen struct {
	Month    string   `json:"-"`
	Topic    string   `json:"topic"`
	Branches []string `json:"branches"`
}

// TopicView tells a secretary of a compulsory topic, or the committee in one line who has not planned those whose last day it is (R16).
type TopicView struct {
	Head      `json:"-"`
	ID        themeday.BranchID `json:"branch,omitempty"`
	MonthID   string            `json:"month,omitempty"`
	Topic     string            `json:"topic,omitempty"`
	Due       string            `json:"due"` // 2026-03-21, the last day
	Last      time.Time         `json:"-"`
	Days      int               `json:"-"`
	Planned   bool              `json:"-"`
	Approved  bool              `json:"-"`
	Withdrawn bool              `json:"withdrawn,omitempty"`
	Year      int               `json:"-"`
	Open      []TopicOpen       `json:"open,omitempty"`
}

// TopicRequired tells a secretary of a compulsory topic, or that it was withdrawn.
func (p *Posts) TopicRequired(v TopicView) (string, error) { return p.set.Text("topic_required", v) }

// TopicDue reminds of a compulsory topic that is not planned.
func (p *Posts) TopicDue(v TopicView) (string, error) { return p.set.Text("topic_due", v) }

// RequiredLine is a compulsory topic as the committee's list shows it.
type RequiredLine struct {
	Month, Topic, Due, Only string
	Of                      int
	Open                    []string
}

// RequiredView answers 必选主题 2026.
type RequiredView struct {
	Title, Example string
	Items          []RequiredLine
}

// RequiredTopics lists compulsory topics and who has not planned them.
func (p *Posts) RequiredTopics(v RequiredView) (string, error) {
	return p.set.Text("required_topics", v)
}

// MenuView answers 主题菜单.
type MenuView struct {
	Categories []themeday.TopicCategory
	Month      string
}

// TopicMenu shows the topics by their categories.
func (p *Posts) TopicMenu(v MenuView) (string, error) { return p.set.Text("topic_menu", v) }

// LinkLine is a link and the months that have it.
type LinkLine struct {
	Name   string
	Months []string
}

// LinkYearView answers 结合 2026.
type LinkYearView struct {
	Branch, Month   string
	Year            int
	Links, Meetings []LinkLine
	Never           []string
}

// LinkYear shows the balance of a year's links.
func (p *Posts) LinkYear(v LinkYearView) (string, error) { return p.set.Text("link_year", v) }

// CheckupLine is one risk of a plan.
type CheckupLine struct{ Of, What, Rule, Type string }

// CheckupView answers 体检.
type CheckupView struct {
	Branch string
	Year   int
	Lines  []CheckupLine
}

// Checkup lists what a year's plan may come to grief on.
func (p *Posts) Checkup(v CheckupView) (string, error) { return p.set.Text("checkup", v) }

func sampleTopic() TopicView {
	return TopicView{Head: sampleHead(), ID: "第一支部", MonthID: "2026-03", Topic: "学习全会精神", Due: "2026-03-21", Last: sampleAt(21, 0, 0), Days: 7}
}

func topicSamples() map[string]any {
	line := CheckupLine{Of: "5月：", What: "固定日5月1日遇劳动节放假，自动换到5月6日（周三），请早点告诉大家", Rule: "第二条·R03", Type: "改期 5月 日期 14:00 事由"}
	return map[string]any{
		"topic_required":  sampleTopic(),
		"topic_due":       sampleTopic(),
		"required_topics": RequiredView{Title: "2026年必选主题", Items: []RequiredLine{{Month: "3月", Topic: "学习全会精神", Due: "3月21日", Of: 3, Open: []string{"第二支部"}}, {Month: "5月", Topic: "重温入党誓词", Due: "5月21日", Only: "只要第一支部", Of: 1}}},
		"topic_menu":      MenuView{Categories: themeday.TopicCategories, Month: "3月"},
		"link_year":       LinkYearView{Branch: "第一支部", Year: 2026, Month: "3月", Links: []LinkLine{{"两学一做", []string{"1月", "3月"}}, {"中心工作", nil}}, Meetings: []LinkLine{{"党课", []string{"3月"}}}, Never: []string{"中心工作"}},
		"checkup":         CheckupView{Branch: "第一支部", Year: 2026, Lines: []CheckupLine{line}},
	}
}

func topicVariants() map[string]any {
	planned, approved, withdrawn := sampleTopic(), sampleTopic(), sampleTopic()
	planned.Planned, approved.Approved, withdrawn.Withdrawn = true, true, true
	late := sampleTopic()
	late.Days, late.Approved = 1, true
	all := TopicView{Head: Head{Committee: true}, Due: "2026-03-21", Last: sampleAt(21, 0, 0), Year: 2026, Open: []TopicOpen{{"3月", "学习全会精神", []string{"第二支部", "第三支部"}}, {"4月", "重温入党誓词", []string{"第二支部"}}}}
	again := PlanFiledView{Head: sampleHead(), ID: "第一支部", Year: 2026, Late: true, Receipt: "第一支部-2026-2", Version: 2, Changed: []string{"3月主题定为学习党章", "5月由5月8日 周五 14:00改到5月15日 周五 14:00"}}
	return map[string]any{
		"topic_required.planned": planned, "topic_required.approved": approved, "topic_required.withdrawn": withdrawn,
		"topic_due.approved": late, "topic_due.committee": all, "plan_filed.again": again,
		"required_topics.none": RequiredView{Title: "2026年必选主题", Example: "3月"},
		"checkup.none":         CheckupView{Branch: "第一支部", Year: 2026},
	}
}
