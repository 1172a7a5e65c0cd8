package templates

import (
	"strings"

	"themeday"
)

// DutyLine is something open of a branch, as one line.
type DutyLine struct {
	What, By, Type, Rule string
	Who                  []string
}

// DutyLines are open things as lines; whom they concern is for the branch's secretary alone.
func DutyLines(all []themeday.Duty, named bool) []DutyLine {
	var out []DutyLine
	for _, d := range all {
		l := DutyLine{What: d.What, By: d.By, Rule: d.Rule.Clause() + "·" + string(d.Rule)}
		if named {
			l.Type = d.Type
			for _, w := range d.Who {
				if w != "" {
					l.Who = append(l.Who, w)
				}
			}
		}
		out = append(out, l)
	}
	return out
}

// Names are those whom the line concerns.
func (l DutyLine) Names() string { return strings.Join(l.Who, "、") }

// HandoverView is what every post about a handing over tells (移交).
type HandoverView struct {
	Head   `json:"-"`
	ID     themeday.BranchID      `json:"branch"`
	Number int                    `json:"number"`
	State  themeday.HandoverState `json:"state"`
	Open   int                    `json:"open"` // how many things are open
	From   string                 `json:"-"`
	To     string                 `json:"-"`
	Day    string                 `json:"-"` // on which it was decided
	Why    string                 `json:"-"`
	Days   int                    `json:"-"` // how long it has been waiting
	New    bool                   `json:"-"` // the reader is who takes over
	Duties []DutyLine             `json:"-"`
}

// HandoverAsked asks the committee, or reminds it.
func (p *Posts) HandoverAsked(v HandoverView) (string, error) {
	return p.set.Text("handover_asked", v)
}

// HandoverTold tells the two whom it concerns how it stands.
func (p *Posts) HandoverTold(v HandoverView) (string, error) { return p.set.Text("handover_told", v) }

// Handover hands the new secretary everything that is open.
func (p *Posts) Handover(v HandoverView) (string, error) { return p.set.Text("handover", v) }

// BranchChangedView tells the secretaries and the committee that his branch was renamed, closed or merged.
type BranchChangedView struct {
	Head `json:"-"`
	ID   themeday.BranchID `json:"branch"`
	What string            `json:"what"` // rename, close, merge, reopen
	Old  string            `json:"-"`
	Into string            `json:"-"`
	Why  string            `json:"-"`
	By   string            `json:"-"` // who of the committee did it; empty: the operator
}

// BranchChanged tells of a renamed, closed or merged branch.
func (p *Posts) BranchChanged(v BranchChangedView) (string, error) {
	return p.set.Text("branch_changed", v)
}

// BranchAskView asks whether a branch is really to be renamed, closed or merged, and shows what becomes of it.
type BranchAskView struct {
	What, Branch    string // rename, close, merge, reopen
	Name, Group     string // after it
	Into, Why, Type string
	Members         []string // on its list, with their offices; of a reopened one who comes back
	Away            []string // who does not come back, and where he is
	Staying         int      // who of them is on the other list already
	Lapsing         int      // dated activities to come that are not held
	Duties          []DutyLine
}

// BranchAsk answers 支部 撤销 第一支部 事由.
func (p *Posts) BranchAsk(v BranchAskView) (string, error) { return p.set.Text("branch_ask", v) }

// HandoverAskView asks whether the office is really to be handed over, and shows what goes with it.
type HandoverAskView struct {
	Branch, To, Type string
	Committee        bool // it holds at once
	Duties           []DutyLine
}

// HandoverAsk answers 移交 李四.
func (p *Posts) HandoverAsk(v HandoverAskView) (string, error) { return p.set.Text("handover_ask", v) }

// BranchLine is a branch in the list of all.
type BranchLine struct {
	ID        themeday.BranchID
	Name      string
	Secretary string // empty: none
	Members   int
	State     string
}

// BranchesView answers 支部.
type BranchesView struct{ Lines []BranchLine }

// Branches answers 支部.
func (p *Posts) Branches(v BranchesView) (string, error) { return p.set.Text("branches", v) }

// BranchCardView answers 支部 第一支部.
type BranchCardView struct {
	BranchLine
	Group   string
	Gone    bool
	Why     string
	Former  []string
	Offices []string
	Guides  []string
	Duties  []DutyLine
}

// BranchCard answers 支部 第一支部.
func (p *Posts) BranchCard(v BranchCardView) (string, error) { return p.set.Text("branch_card", v) }

// PartyGroupLine is a party group with its year.
type PartyGroupLine struct {
	Name      string
	Members   []string
	Months    []string // 3月4/5
	Came, Due int
}

// Percent is the year's attendance, rounded down.
func (l PartyGroupLine) Percent() int { return 100 * l.Came / max(l.Due, 1) }

// PartyGroupsView answers 党小组 (R29, R30).
type PartyGroupsView struct {
	Branch string
	Year   int
	Groups []PartyGroupLine
}

// PartyGroups answers 党小组.
func (p *Posts) PartyGroups(v PartyGroupsView) (string, error) { return p.set.Text("party_groups", v) }

func branchSamples() map[string]any {
	h := sampleHead()
	duties := []DutyLine{
		{What: "3月主题党日：3月13日 周五 14:30，下一步③预告", Type: "进度 3月", Rule: "第六条·R18"},
		{What: "2月纪实表还没有上报", By: "3月15日 24:00", Type: "上报 2月", Rule: "第六条·R22"},
		{What: "2月补学2人没有交", By: "3月27日 24:00", Who: []string{"张三", "赵六"}, Rule: "第六条·R20"},
	}
	over := HandoverView{Head: h, ID: "第一支部", Number: 1, State: themeday.HandoverOpen, Open: 3, From: "王强", To: "李四", Day: "3月12日", Duties: duties}
	done := over
	done.State, done.New = themeday.HandoverAgreed, true
	line := BranchLine{ID: "第一支部", Name: "第一支部", Secretary: "王强", Members: 12, State: "3月：3月13日 周五 14:30"}
	return map[string]any{
		"handover_asked": over, "handover_told": done, "handover": done,
		"handover_ask":   HandoverAskView{Branch: "第一支部", To: "李四", Type: "移交 李四 确认", Duties: duties},
		"branch_changed": BranchChangedView{Head: h, ID: "第一支部", What: "rename", Old: "老一支部", By: "林海"},
		"branch_ask":     BranchAskView{What: "close", Branch: "第一支部", Why: "机构调整", Members: []string{"王强（书记）", "张三"}, Lapsing: 2, Duties: duties, Type: "支部 撤销 第一支部 机构调整 确认"},
		"branches":       BranchesView{Lines: []BranchLine{line, {ID: "第二支部", Name: "第二支部", State: "3月10日并入第一支部"}}},
		"branch_card":    BranchCardView{BranchLine: line, Group: "一支部群", Former: []string{"老一支部"}, Offices: []string{"李敏（副书记）"}, Guides: []string{"高峰"}, Duties: DutyLines(nil, false)},
		"party_groups": PartyGroupsView{Branch: "第一支部", Year: 2026, Groups: []PartyGroupLine{
			{Name: "一组", Members: []string{"王强", "张三"}, Months: []string{"2月2/2", "3月1/2"}, Came: 3, Due: 4}, {Name: "未分组", Members: []string{"赵六"}},
		}},
	}
}

// branchVariants are the other cases of the same.
func branchVariants() map[string]any {
	all := branchSamples()
	asked, told := all["handover_asked"].(HandoverView), all["handover_told"].(HandoverView)
	late, free, offered, against, withdrawn := asked, all["handover"].(HandoverView), told, told, told
	late.Days, free.Duties, free.Open, free.From = 7, nil, 0, ""
	offered.State, against.State, withdrawn.State = themeday.HandoverOpen, themeday.HandoverRefused, themeday.HandoverWithdrawn
	against.Why = "待换届后再办"
	old := told
	old.New = false
	card := all["branch_card"].(BranchCardView)
	card.Gone, card.Why, card.State, card.Secretary = true, "机构调整", "3月10日撤销", ""
	none := all["handover_ask"].(HandoverAskView)
	none.Committee, none.Duties, none.Type = true, nil, "移交 第一支部 李四 确认"
	closed := all["branch_changed"].(BranchChangedView)
	closed.What, closed.Why = "close", "机构调整"
	merged := closed
	merged.What, merged.Into = "merge", "第二支部"
	ask := all["branch_ask"].(BranchAskView)
	mergeAsk, renameAsk := ask, ask
	mergeAsk.What, mergeAsk.Into, mergeAsk.Staying, mergeAsk.Type = "merge", "第二支部", 1, "支部 合并 第一支部 到 第二支部 机构调整 确认"
	renameAsk.What, renameAsk.Name, renameAsk.Group, renameAsk.Type = "rename", "机关支部", "一支部群", "支部 更名 第一支部 机关支部 确认"
	renameAsk.Duties, renameAsk.Lapsing = nil, 0
	reopenAsk := BranchAskView{What: "reopen", Branch: "第一支部", Into: "第二支部", Members: ask.Members, Away: []string{"赵六（已在第三支部）"}, Type: "支部 恢复 第一支部 确认"}
	reopened := all["branch_changed"].(BranchChangedView)
	reopened.What = "reopen"
	return map[string]any{
		"branch_ask.merge": mergeAsk, "branch_ask.rename": renameAsk, "branch_ask.reopen": reopenAsk, "branch_changed.reopen": reopened,
		"handover_asked.late": late, "handover.free": free, "handover_told.offered": offered, "handover_told.refused": against,
		"handover_told.withdrawn": withdrawn, "handover_told.old": old, "branch_card.gone": card, "handover_ask.committee": none,
		"branch_changed.close": closed, "branch_changed.merge": merged,
	}
}
