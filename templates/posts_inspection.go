package templates

import (
	"slices"
	"strings"
	"time"

	"themeday"
)

// FindingView is what every post about a finding tells (R30).
type FindingView struct {
	Head         `json:"-"`
	ID           themeday.BranchID `json:"branch"`
	Number       int               `json:"number"`
	Kind         string            `json:"kind"`
	Due          time.Time         `json:"due"`
	State        string            `json:"state"`
	Days         int               `json:"days,omitempty"` // until the last day; negative once it is overdue
	Last         time.Time         `json:"-"`
	FindingMonth string            `json:"-"`
	PartyGroup   string            `json:"-"`
	Text         string            `json:"-"` // what was found
	Standing     string            `json:"-"` // the state in words
	Words        string            `json:"-"` // of the last step
	Rule         themeday.Rule     `json:"-"`
	Closed       bool              `json:"-"`
	Handed       bool              `json:"-"` // the committee's word is waited for
}

// Overdue is how many days the finding is overdue; 0 while it is not.
func (v FindingView) Overdue() int { return max(-v.Days, 0) }

// Clause is the clause of the rule that was not kept.
func (v FindingView) Clause() string { return v.Rule.Clause() + "·" + string(v.Rule) }

// InspectionFinding tells the secretary what an inspection found.
func (p *Posts) InspectionFinding(v FindingView) (string, error) {
	return p.set.Text("inspection_finding", v)
}

// InspectionHanded tells the committee of measures.
func (p *Posts) InspectionHanded(v FindingView) (string, error) {
	return p.set.Text("inspection_handed", v)
}

// InspectionDecided tells the secretary what the committee said of his measures.
func (p *Posts) InspectionDecided(v FindingView) (string, error) {
	return p.set.Text("inspection_decided", v)
}

// InspectionDue reminds of a finding.
func (p *Posts) InspectionDue(v FindingView) (string, error) {
	return p.set.Text("inspection_due", v)
}

// InspectionSeedView publishes a commitment.
type InspectionSeedView struct {
	Number     int       `json:"number"`
	Commitment string    `json:"commitment"`
	From       time.Time `json:"from"` // from when on it may be drawn with
}

// InspectionSeed publishes what a secret seed commits to.
func (p *Posts) InspectionSeed(v InspectionSeedView) (string, error) {
	return p.set.Text("inspection_seed", v)
}

// DrawLine is a branch of a draw.
type DrawLine struct {
	Branch string            `json:"-"`
	ID     themeday.BranchID `json:"branch"`
	Weight int               `json:"weight"`
	Since  string            `json:"-"`
	Place  int               `json:"place,omitempty"`
}

// DrawView tells a draw with every figure from which it follows.
type DrawView struct {
	Number     int           `json:"number"`
	Commitment string        `json:"commitment"`
	Seed       string        `json:"seed"`
	Head       string        `json:"head"`
	HeadSeq    int64         `json:"head_seq"`
	On         themeday.Date `json:"date"`
	Key        string        `json:"-"`
	Sum        int           `json:"-"`
	By         string        `json:"-"`
	Committed  string        `json:"-"`
	Lines      []DrawLine    `json:"branches"`
	Picked     []DrawLine    `json:"-"`
	Wrong      []string      `json:"-"` // what does not agree
	Hidden     bool          `json:"-"` // until the branches that were drawn have been inspected: see Hide
	With       string        `json:"-"` // who knows all of it meanwhile
	Alone      string        `json:"-"` // why who drew did it for his own branch too
	Seal       string        `json:"-"`

	all []string // the candidates
}

// Hide keeps back what tells who was drawn, but for some branches that the reader may know of.
func (v DrawView) Hide(shown []themeday.Candidate, with []themeday.Person) DrawView {
	var picked []DrawLine
	for _, l := range v.Picked {
		if slices.ContainsFunc(shown, func(c themeday.Candidate) bool { return c.Branch == l.ID }) {
			picked = append(picked, DrawLine{Branch: l.Branch, ID: l.ID})
		}
	}
	v.Hidden, v.Seed, v.Head, v.HeadSeq, v.Key, v.Sum, v.Lines, v.Picked = true, "", "", 0, "", 0, []DrawLine{}, picked
	var names []string
	for _, p := range with {
		names = append(names, p.Name)
	}
	v.With = strings.Join(names, "、")
	wrong := slices.Clone(v.Wrong)
	for i, w := range wrong {
		for _, l := range v.all {
			if l != "" && strings.Contains(w, l) { // it names who was drawn
				wrong[i] = "重算的结果与登记的不同"
			}
		}
	}
	v.Wrong = slices.Compact(wrong)
	return v
}

// NewDrawView is a draw as people see it.
func NewDrawView(x themeday.Draw, branches []themeday.Branch) DrawView {
	names := map[themeday.BranchID]string{}
	for _, b := range branches {
		names[b.ID] = b.Name
	}
	v := DrawView{Number: x.Number, Commitment: x.Commitment, Seed: x.Seed, Head: x.Head, HeadSeq: x.HeadSeq, On: x.On, Key: themeday.DrawKey(x.Seed, x.Head, x.On), Seal: x.Seal(), Lines: []DrawLine{}}
	line := func(c themeday.Candidate) DrawLine {
		l := DrawLine{Branch: names[c.Branch], ID: c.Branch, Weight: c.Weight, Place: c.Place}
		if c.Since != (themeday.Date{}) {
			l.Since = c.Since.String()
		}
		return l
	}
	for _, c := range x.Candidates {
		v.all = append(v.all, names[c.Branch])
		v.Lines = append(v.Lines, line(c))
		v.Sum += c.Weight
	}
	for _, c := range x.Picked() {
		v.Picked = append(v.Picked, line(c))
	}
	return v
}

// InspectionDrawn tells the committee what was drawn.
func (p *Posts) InspectionDrawn(v DrawView) (string, error) {
	return p.set.Text("inspection_drawn", v)
}

func inspectionSamples() map[string]any {
	f := FindingView{
		Head: sampleHead(), ID: "第一支部", Number: 3, Kind: "擅自变更", FindingMonth: "3月", Text: "改到20日没有报备", Due: sampleAt(29, 0, 0), Last: sampleAt(28, 0, 0), Days: 3,
		State: "open", Standing: "待整改", Words: "已补报备，今后改期先发改期", Rule: themeday.R05,
	}
	return map[string]any{
		"inspection_finding": f, "inspection_handed": f, "inspection_decided": f, "inspection_due": f,
		"inspection_seed":  InspectionSeedView{Number: 1, Commitment: sampleDraw().Commitment, From: sampleAt(13, 10, 0)},
		"inspection_drawn": sampleDraw(), "draw": sampleDraw(), "draw_check": sampleDraw(),
		"check_card": sampleCard(),
		"oddities": OdditiesView{Branch: "第一支部", Items: []OddLine{
			{What: "照片与另一次活动的相似", This: "第一支部3月的照片（张三，3月13日 15:00发）", That: "第二支部2月的照片"},
		}},
		"inspections": InspectionsView{
			Await:    []string{"第二支部"},
			Findings: []FindingLine{{Branch: "第一支部", Number: 3, Kind: "擅自变更", Target: "3月", Text: "改到20日没有报备", State: "待复查", Last: "3月28日", Overdue: 2, Steps: []string{"3月20日 措施 王强：已补报备"}}},
			Close:    3, Committee: true,
		},
	}
}

func sampleDraw() DrawView {
	v := NewDrawView(themeday.Draw{
		Number: 1, Commitment: themeday.SeedCommitment(sampleSeed), Seed: sampleSeed, Head: sampleHash, HeadSeq: 412, On: themeday.Date{Year: 2026, Month: time.March, Day: 13},
		Candidates: []themeday.Candidate{
			{Branch: "第一支部", Weight: 120, Since: themeday.Date{Year: 2025, Month: time.November, Day: 13}, Place: 2},
			{Branch: "第二支部", Weight: 365, Place: 1},
			{Branch: "第三支部", Weight: 30, Since: themeday.Date{Year: 2026, Month: time.February, Day: 11}},
		},
	}, []themeday.Branch{{ID: "第一支部", Name: "第一支部"}, {ID: "第二支部", Name: "第二支部"}, {ID: "第三支部", Name: "第三支部"}})
	v.By, v.Committed = "林海", "2026-03-12 09:00"
	return v
}

const (
	sampleSeed = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
	sampleHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
)

func sampleCard() CheckCardView {
	return CheckCardView{
		Branch: "第一支部", FixedDay: "每月第2个周五 14:00-18:00 会议室", When: "3月13日 周五 14:00-18:00", Place: "会议室", Topic: "学习党章",
		Last: "2月13日 周五：应到12人，实到10人，送学1人，请假1人，缺席0人", Open: []string{"3月：下一步②机关党委审定"}, Due: []string{"巡查问题第3号（擅自变更）待整改"},
		Questions: []OddLine{{What: "测评全是满分", This: "第一支部2月12票满意率100%，四项均分都是5.0", That: "同一活动的记录和总结"}},
	}
}

// inspectionVariants are the other cases of the same.
func inspectionVariants() map[string]any {
	all, committee := inspectionSamples(), sampleHead()
	committee.Committee = true
	due := all["inspection_due"].(FindingView)
	late, chased, handed := due, due, due
	late.Days, chased.Days, handed.Days = -2, -2, -1
	chased.Head, handed.Head = committee, committee
	handed.Handed, handed.Standing = true, "待复查"
	group := all["inspection_finding"].(FindingView)
	group.PartyGroup, group.Kind, group.Rule, group.Text = "第一小组", "以会代训", themeday.R30, "只开了会"
	closed := all["inspection_decided"].(FindingView)
	closed.Closed = true
	wrong := sampleDraw()
	wrong.Wrong = []string{"种子与事先公布的承诺不符"}
	hidden := sampleDraw().Hide(nil, []themeday.Person{{Name: "林海"}})
	own := sampleDraw().Hide([]themeday.Candidate{{Branch: "第二支部"}}, []themeday.Person{{Name: "何军"}})
	alone := sampleDraw()
	alone.Alone = "抽取人在第一支部任职，机关党委只有他一人"
	bare := CheckCardView{Branch: "第一支部"}
	list := all["inspections"].(InspectionsView)
	list.Await, list.Committee, list.Close, list.Answer = nil, false, 0, 3
	return map[string]any{
		"inspection_due.late": late, "inspection_due.committee": chased, "inspection_due.handed": handed, "inspection_finding.group": group, "inspection_decided.closed": closed,
		"draw_check.wrong": wrong, "draw_check.hidden": hidden, "inspection_drawn.hidden": hidden, "inspection_drawn.some": own, "draw.hidden": own, "draw.alone": alone, "check_card.bare": bare, "oddities.none": OdditiesView{Branch: "第一支部"}, "inspections.none": InspectionsView{Committee: true}, "inspections.own": list,
		"oddities.all": OdditiesView{Counts: []OddCount{{Branch: "第一支部", Count: 2}}}, "oddities.nowhere": OdditiesView{All: true},
	}
}
