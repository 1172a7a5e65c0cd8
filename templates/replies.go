package templates

import "time"

// PlanLine is a month of a plan.
type PlanLine struct{ Month, When, Topic, Remark string }

// FixedDayView answers 固定日.
type FixedDayView struct {
	Branch, Rule, First string
	Dates               []PlanLine
	Remarks             []string
	Kept                []string // dates that stay, though the rule gives another day
	KeptMonth           string   // the first of them
}

// FixedDay tells the dates that a fixed day gives.
func (p *Posts) FixedDay(v FixedDayView) (string, error) { return p.set.Text("fixed_day", v) }

// YearPlanView answers 年度计划.
type YearPlanView struct {
	Branch, Rule, Filed string
	Receipt             string // 第一支部-2026-1; empty: not filed
	Changed             bool   // since it was filed
	Year                int
	Months              []PlanLine
	Remarks             []string
}

// YearPlan lists a year's plan.
func (p *Posts) YearPlan(v YearPlanView) (string, error) { return p.set.Text("year_plan", v) }

// PendingLine is an activity that waits for approval.
type PendingLine struct {
	Branch, Month, When, Topic, Content string
	Days                                int
}

// PendingView answers 待审.
type PendingView struct{ Items []PendingLine }

// Pending lists what waits for approval.
func (p *Posts) Pending(v PendingView) (string, error) { return p.set.Text("pending", v) }

// FilingLine is a branch's filing of a year's plan.
type FilingLine struct {
	Branch, At string
	Late       bool
	Receipt    string
	Changes    int
	Months     []string // of the changes of date
}

// FilingsView answers 备案.
type FilingsView struct {
	Year  int
	Lines []FilingLine
}

// Filings lists the branches' filings.
func (p *Posts) Filings(v FilingsView) (string, error) { return p.set.Text("filings", v) }

// ActivityView answers 活动.
type ActivityView struct {
	Branch, Month, Place, Host string
	Starts, Ends, Opens        time.Time
	Topics, Agenda             []string
	Approved, Over             bool
}

// Activity shows an activity's arrangement.
func (p *Posts) Activity(v ActivityView) (string, error) { return p.set.Text("activity", v) }

// ListLine is a person on the list.
type ListLine struct {
	Number            int
	Name, Role, State string
}

// ListView answers 名单.
type ListView struct {
	Branch, Month string
	Lines         []ListLine
}

// List shows a branch's roster with its numbers.
func (p *Posts) List(v ListView) (string, error) { return p.set.Text("list", v) }

// OutlookView answers 预测.
type OutlookView struct {
	Month, When                                  string
	Due, Leave, Expected, Need, Missing, Percent int
	AtRisk                                       bool
	OnLeave                                      []string
}

// Outlook answers the question how many will come.
func (p *Posts) Outlook(v OutlookView) (string, error) { return p.set.Text("outlook", v) }

// StepLine is one of the nine steps.
type StepLine struct {
	Mark, Name, At, Who string
	Done, Next          bool
}

// StepsView answers 进度.
type StepsView struct {
	Branch, Month, When, Topic, Filed, Minutes string
	Steps                                      []StepLine
	Corrected                                  bool // since it was filed
}

// Steps draws the nine steps.
func (p *Posts) Steps(v StepsView) (string, error) { return p.set.Text("steps", v) }

// NextView answers 下一步.
type NextView struct {
	What, Deadline, Rule, Gist, Type string
	Committee                        string // what the committee may type instead
	Wait                             bool   // nothing to do but wait
	Also                             string // what is open beside it
}

// Next names the one next action.
func (p *Posts) Next(v NextView) (string, error) { return p.set.Text("next", v) }

// FormView answers 纪实表.
type FormView struct {
	Branch, Month string
	Version       int
	Filed         time.Time // zero until 上报
	Current       bool      // this version was filed
	Missing       []string
	File          string // what the secretary types to file it
}

// Form says how a record form stands that goes with it.
func (p *Posts) Form(v FormView) (string, error) { return p.set.Text("form", v) }

// MineLine is a month of somebody's own record.
type MineLine struct {
	Month, State, By, Makeup, Due, Objection string
	More                                     []string // in the long form
}

// MineView answers 我的.
type MineView struct {
	Name, Branch, Coming string
	Last                 string // the month of the last record; empty when there is none
	Year                 int
	Months               []MineLine
	Whole                bool     // the long form
	More                 bool     // there is a long one
	Pictures             int      // that he sent this year
	Identity             string   // how he was recognised, and since when
	Looks                []string // who looked at his reasons for leave, newest first
	Looked               int      // how often
	Stored               []string // what else is kept of him, in the long form
}

// Mine shows somebody his own record.
func (p *Posts) Mine(v MineView) (string, error) { return p.set.Text("mine", v) }

// HelpLine is a command as help shows it.
type HelpLine struct{ Type, Help string }

// HelpView answers 帮助.
type HelpView struct {
	Group                        bool
	Member, Secretary, Committee []HelpLine
}

// Help lists what may be typed.
func (p *Posts) Help(v HelpView) (string, error) { return p.set.Text("help", v) }

// replySamples are the values with which the reply templates are tried when they are loaded.
func replySamples() map[string]any {
	at := time.Date(2026, 3, 13, 14, 0, 0, 0, time.FixedZone("CST", 8*3600))
	line := []PlanLine{{Month: "3月", When: "3月13日 周五 14:00", Topic: "学习党章", Remark: "逢节假日"}}
	help := []HelpLine{{Type: "签到", Help: "签到"}}
	return map[string]any{
		"fixed_day": FixedDayView{Branch: "第一支部", Rule: "每月第2个周五", First: "3月", Dates: line, Remarks: []string{"说明"}},
		"year_plan": YearPlanView{Branch: "第一支部", Rule: "每月第2个周五", Filed: "1月10日", Receipt: "第一支部-2026-1", Changed: true, Year: 2026, Months: line},
		"pending":   PendingView{Items: []PendingLine{{Branch: "第一支部", Month: "3月", When: "3月13日", Topic: "学习党章", Content: "政治学习", Days: 5}}},
		"filings":   FilingsView{Year: 2026, Lines: []FilingLine{{Branch: "第一支部", At: "1月10日", Late: true, Receipt: "第一支部-2026-2", Changes: 3, Months: []string{"3月2次", "5月"}}, {Branch: "第二支部"}}},
		"activity":  ActivityView{Branch: "第一支部", Month: "3月", Place: "党员活动室", Host: "王强", Starts: at, Ends: at.Add(4 * time.Hour), Opens: at, Topics: []string{"学习党章"}, Agenda: []string{"重温誓词"}, Approved: true},
		"list":      ListView{Branch: "第一支部", Month: "3月", Lines: []ListLine{{Number: 1, Name: "王强", Role: "书记", State: "14:00 本人"}, {Number: 2, Name: "李四"}}},
		"outlook":   OutlookView{Month: "3月", When: "3月13日", Due: 12, Leave: 1, Expected: 11, Need: 10, Percent: 80, OnLeave: []string{"李四"}},
		"steps":     StepsView{Branch: "第一支部", Month: "3月", When: "3月13日", Topic: "学习党章", Filed: "3月15日", Minutes: "记录1条", Steps: []StepLine{{Mark: "①", Name: "定主题", Done: true, At: "3月1日"}, {Mark: "②", Name: "审定", Next: true, Who: "机关党委"}, {Mark: "③", Name: "预告"}}},
		"next":      NextView{What: "报审", Deadline: "3月7日前", Rule: "第六条·R18", Gist: "九个步骤", Type: "报审 3月"},
		"form":      FormView{Branch: "第一支部", Month: "3月", Version: 2, Filed: at, Missing: []string{"共识", "照片"}, File: "上报 3月"},
		"mine":      MineView{Name: "张三", Last: "2月", Branch: "第一支部", Coming: "下一次：3月13日", Year: 2026, Pictures: 2, Identity: "按备注名确认，1月5日起", Looks: []string{"李敏 3月11日", "王强 3月10日"}, Looked: 5, More: true, Months: []MineLine{{Month: "1月", State: "14:00 代签", By: "王强", Objection: "待答复"}, {Month: "2月", State: "缺席", Makeup: "待补学", Due: "2月27日"}}},
		"help":      HelpView{Member: help, Secretary: help, Committee: help},
	}
}
