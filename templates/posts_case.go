package templates

import "themeday"

// CaseView tells of a best case: which branch's, of which month, its topic, and the committee's words; nobody's name and no figure (R29).
type CaseView struct {
	Head     `json:"-"`
	ID       themeday.BranchID   `json:"branch"` // whose case it is
	Activity themeday.ActivityID `json:"activity"`
	Topic    string              `json:"topic"`
	Lender   string              `json:"-"` // the name of that branch
	Of       string              `json:"-"` // the month, with its year where that is not this one
	Words    string              `json:"-"`
	Own      bool                `json:"-"` // for its secretary, in private
	Publish  string              `json:"-"` // the command that publishes it
	Number   int                 `json:"-"` // under which it is published; 0: it is not
}

// CaseChosen announces a best case to a group, or tells its secretary.
func (p *Posts) CaseChosen(v CaseView) (string, error) { return p.set.Text("case_chosen", v) }

// CaseWithdrawn tells the secretary that the committee took a nomination or a choice back.
func (p *Posts) CaseWithdrawn(v CaseView) (string, error) { return p.set.Text("case_withdrawn", v) }

// GroupPraisedView is the committee's praise of a party group.
type GroupPraisedView struct {
	Head       `json:"-"`
	ID         themeday.BranchID `json:"branch"`
	PartyGroup string            `json:"party_group"`
	Text       string            `json:"-"`
}

// GroupPraised tells a branch's group of praise.
func (p *Posts) GroupPraised(v GroupPraisedView) (string, error) {
	return p.set.Text("group_praised", v)
}

func caseSamples() map[string]any {
	k := CaseView{
		Head: sampleHead(), ID: "第一支部", Activity: sampleActivity, Topic: "学习党章", Lender: "第一支部", Of: "3月", Words: "联系实际紧，人人发言，当场认领任务", Publish: "案例 发布 3月",
	}
	back := k
	back.Words = "纪实表与签到册不符"
	return map[string]any{
		"case_chosen": k, "case_withdrawn": back,
		"group_praised": GroupPraisedView{Head: sampleHead(), ID: "第一支部", PartyGroup: "第一小组", Text: "全员到会，人人发言"},
		"cases":         CasesView{Year: 2026, Committee: true, Quota: "第1季度已评1个（1个为宜）", Items: []CaseLine{sampleCase(), {Branch: "第二支部", Month: "2月", Topic: "重温入党誓词", State: "已评为最佳案例", Highlights: "现场教学", Words: "评语：形式新", Rate: "没有满意率", Attendance: "到会8/10人", Borrowed: 0}}},
		"shared": SharedListView{Items: []SharedLine{
			{Number: 23, Topic: "学习党章", Branch: "第一支部", Month: "3月", Content: "政治学习", Borrowed: 2, Best: true}, {Number: 7, Topic: "缅怀先烈", Branch: "第二支部", Month: "2025年9月", Content: "党性锻炼"},
		}},
		"shared_one": sampleShared(),
	}
}

func sampleCase() CaseLine {
	return CaseLine{
		Branch: "第一支部", Month: "3月", Topic: "学习党章", State: "已申报", Highlights: "老党员讲入党故事", Rate: "满意率90%（9/10票）", Attendance: "到会11/12人", Borrowed: 2,
		Number: 23, After: "借用后满意率86%（1次有结果，12/14票）", Choose: "最佳案例 选 第一支部 3月 评语",
	}
}

func sampleShared() SharedView {
	return SharedView{
		SharedLine: SharedLine{Number: 23, Topic: "学习党章", Branch: "第一支部", Month: "3月", Content: "政治学习、党性锻炼", Borrowed: 2},
		Agenda:     []string{"重温誓词", "老党员讲入党故事", "讨论"}, Agreed: []string{"每季度一次志愿服务"}, Short: "讨论时间偏短", Next: "4月",
	}
}

// caseVariants are the other cases of the same.
func caseVariants() map[string]any {
	all := caseSamples()
	own := all["case_chosen"].(CaseView)
	own.Own = true
	shared := own
	shared.Number = 23
	bare := SharedView{SharedLine: SharedLine{Number: 7, Topic: "缅怀先烈", Branch: "第二支部", Month: "2月"}, Next: "4月"}
	out := sampleShared()
	out.Published = true
	mine := sampleCase()
	mine.Choose = ""
	secretary := CasesView{Year: 2026, Branch: "第一支部", Items: []CaseLine{mine}}
	return map[string]any{
		"case_chosen.own": own, "case_chosen.shared": shared, "shared.none": SharedListView{}, "shared_one.bare": bare, "shared_one.published": out,
		"cases.own": secretary, "cases.none": CasesView{Year: 2026, Committee: true}, "cases.own_none": CasesView{Year: 2026, Branch: "第一支部"},
	}
}
