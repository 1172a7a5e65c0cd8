package templates

import (
	"strings"
	"time"

	"themeday"
)

// DigestLine is something that needs the reader: how long he has, and what he types.
type DigestLine struct {
	Branch  string        `json:"branch"`
	What    string        `json:"what"`
	Rule    themeday.Rule `json:"rule"`
	Hours   *int          `json:"hours_left"` // negative: overdue; null: it is never due
	Command string        `json:"command"`
	Stand   string        `json:"-"` // 还有31小时
	Named   bool          `json:"-"` // the branch is named
}

// Note is the rule and how it stands, for brackets.
func (l DigestLine) Note() string {
	note := l.Rule.Clause() + "·" + string(l.Rule)
	if l.Stand != "" {
		note += "，" + l.Stand
	}
	return note
}

// Act is what the reader does: a command to type, or plain words.
func (l DigestLine) Act() string {
	if strings.HasPrefix(l.Command, "请") || strings.Contains(l.Command, "管理员") {
		return l.Command
	}
	return "请发：" + l.Command
}

// LineOf is a line of a digest, for the secretary or for the committee.
func LineOf(p themeday.Pending, committee bool, at time.Time) DigestLine {
	l := DigestLine{Branch: p.Branch.Name, What: p.What, Rule: p.Rule, Command: p.Do, Stand: p.Stand(at)}
	if committee {
		if l.Command = p.Above; l.Command == "" {
			l.Command = "请支部办理"
		}
		l.Named = true
	}
	if n, ok := p.Left(at); ok {
		l.Hours = &n
	}
	return l
}

// digestLines is how many lines a digest has at most.
const digestLines = 10

// DigestView is the one word of a day on what needs the reader (情况).
type DigestView struct {
	Head  `json:"-"`
	ID    themeday.BranchID `json:"branch,omitempty"` // the secretary's; none for the committee
	Date  time.Time         `json:"-"`
	Items []DigestLine      `json:"items"`
	Own   []DigestView      `json:"own,omitempty"` // of the branches that a reader of the committee leads himself
}

// Shown are the lines that stand in the text.
func (v DigestView) Shown() []DigestLine { return v.Items[:min(len(v.Items), digestLines)] }

// More is how many do not.
func (v DigestView) More() int { return len(v.Items) - len(v.Shown()) }

// Digest says what needs the reader.
func (p *Posts) Digest(v DigestView) (string, error) { return p.set.Text("digest", v) }

// WeeklyView says that the bot lives, and what it did in seven days.
type WeeklyView struct {
	Head     `json:"-"`
	ID       themeday.BranchID `json:"branch,omitempty"`
	Branches int               `json:"branches"`
	Posts    int               `json:"posts"`
	SignIns  int               `json:"signins"`
	Leaves   int               `json:"leaves"`
	Forms    int               `json:"forms"`
	Approved int               `json:"approved"`
	Hours    int               `json:"approval_hours"` // on average
	Slow     int               `json:"slow_approvals"` // over 48 hours
	Open     int               `json:"open"`
	Ledger   string            `json:"ledger_head,omitempty"` // for the committee: the ledger's head goes where the operator cannot rewrite it
	Entry    int64             `json:"ledger_entry,omitempty"`
	Own      []WeeklyView      `json:"own,omitempty"` // of the branches that a reader of the committee leads himself
}

// Weekly says that the bot lives.
func (p *Posts) Weekly(v WeeklyView) (string, error) { return p.set.Text("weekly", v) }

// SituationGroup is a branch and what is open there.
type SituationGroup struct {
	Branch string
	Lines  []DigestLine
}

// SituationView answers 情况.
type SituationView struct {
	Branch string // empty: of all, for the committee
	Groups []SituationGroup
	Quiet  int // branches of which there is nothing to say
	Why    string
}

// Situation answers 情况.
func (p *Posts) Situation(v SituationView) (string, error) { return p.set.Text("situation", v) }

// WhyLine is something open with the facts behind it.
type WhyLine struct {
	What, Rule, Gist, Stand string
	Facts                   []string
}

// SituationWhyView answers 为什么 情况.
type SituationWhyView struct {
	Branch string
	Lines  []WhyLine
}

// SituationWhy answers 为什么 情况.
func (p *Posts) SituationWhy(v SituationWhyView) (string, error) {
	return p.set.Text("situation_why", v)
}

// BurdenView answers 负担.
type BurdenView struct {
	Branch, Month  string
	Group, Private int
	Above          int
	Members        int
	Signed, Rated  int
	Office         int
	Answers        int
	Twice          int
	What           []string
	Head           int // members, to divide by
}

// Each is how many messages a member sent on average, with one decimal.
func (v BurdenView) Each() float64 {
	if v.Head == 0 {
		return 0
	}
	return float64(v.Members) / float64(v.Head)
}

// Burden answers 负担.
func (p *Posts) Burden(v BurdenView) (string, error) { return p.set.Text("burden", v) }

// ReviewWhyView answers 为什么 述职: the formulas of the review's figures and what they are reckoned from.
type ReviewWhyView struct {
	Branch       string
	Year         int
	Attendance   []string
	Satisfaction []string
	Punctuality  []string
	Attended     string
	Satisfied    string
	Punctual     string
	From, Few    int
	Rest         string // what shows the other figures
}

// ReviewWhy answers 为什么 述职.
func (p *Posts) ReviewWhy(v ReviewWhyView) (string, error) { return p.set.Text("review_why", v) }

func digestSamples() map[string]any {
	hours, over := 31, -50
	lines := []DigestLine{
		{Branch: "第一支部", What: "3月纪实表还没有上报", Rule: themeday.R22, Hours: &hours, Command: "上报 3月", Stand: "还有31小时"},
		{Branch: "第一支部", What: "李四请3月的假，等批", Rule: themeday.R13, Hours: &over, Command: "准假 李四（或不准 李四 事由）", Stand: "已等2小时"},
	}
	return map[string]any{
		"digest":    DigestView{Head: sampleHead(), ID: "第一支部", Date: sampleAt(14, 8, 0), Items: lines},
		"weekly":    WeeklyView{Head: sampleHead(), ID: "第一支部", Branches: 1, Posts: 12, SignIns: 10, Leaves: 2, Forms: 1},
		"situation": SituationView{Branch: "第一支部", Groups: []SituationGroup{{Branch: "第一支部", Lines: lines}}, Why: "为什么 情况"},
		"situation_why": SituationWhyView{Branch: "第一支部", Lines: []WhyLine{
			{What: "3月纪实表还没有上报", Rule: "第六条·R22", Gist: "活动后2日内上报纪实表", Stand: "还有31小时", Facts: []string{"3月13日 18:30结束，3月15日 24:00前上报", "还缺⑨总结提升"}},
		}},
		"burden": BurdenView{Branch: "第一支部", Month: "3月", Group: 6, Private: 9, Above: 4, Members: 25, Signed: 12, Rated: 10, Office: 8, Answers: 33, Head: 12},
		"review_why": ReviewWhyView{
			Branch: "第一支部", Year: 2026, Attended: "83%", Satisfied: "90%", Punctual: "100%", From: 4, Few: 3, Attendance: []string{"3月：（10+0）÷12=83%"},
			Rest: "为什么 述职 2026 其余", Satisfaction: []string{"3月：9÷10=90%"}, Punctuality: []string{"3月：预告按时、日期未改、纪实表按时，3÷3=100%"},
		},
	}
}

func digestVariants() map[string]any {
	hours, over := 31, -50
	above := sampleHead()
	above.Committee, above.Branch = true, ""
	lines := []DigestLine{
		{Branch: "第二支部", What: "3月纪实表还没有上报", Rule: themeday.R22, Hours: &over, Command: "进度 第二支部 3月", Stand: "已逾期3天", Named: true},
		{Branch: "第一支部", What: "3月安排待审定", Rule: themeday.R18, Hours: &hours, Command: "审定 第一支部 3月", Stand: "还有31小时，已等20小时", Named: true},
		{Branch: "第三支部", What: "没有书记，计划和请假没有人办", Rule: themeday.R19, Command: "名册补上书记后由管理员重新导入", Named: true},
	}
	many := append([]DigestLine{}, lines...)
	for len(many) < 14 {
		many = append(many, lines[1])
	}
	return map[string]any{
		"digest.committee":    DigestView{Head: above, Items: lines},
		"digest.many":         DigestView{Head: above, Items: many},
		"weekly.committee":    WeeklyView{Head: above, Branches: 50, Posts: 600, SignIns: 480, Leaves: 20, Forms: 40, Approved: 12, Hours: 9, Slow: 1, Open: 3, Ledger: "3fa2-91c0-77de", Entry: 2150},
		"digest.both":         DigestView{Head: above, Items: lines[:1], Own: []DigestView{{Head: Head{Branch: "第三支部"}, ID: "第三支部", Items: lines[1:2]}}},
		"digest.own":          DigestView{Head: above, Items: []DigestLine{}, Own: []DigestView{{Head: Head{Branch: "第三支部"}, ID: "第三支部", Items: lines[1:2]}}},
		"weekly.both":         WeeklyView{Head: above, Branches: 50, Posts: 600, Open: 3, Own: []WeeklyView{{Head: Head{Branch: "第三支部"}, ID: "第三支部", Branches: 1, Posts: 12, SignIns: 9, Open: 1}}},
		"weekly.idle":         WeeklyView{Head: above, Branches: 2},
		"situation.committee": SituationView{Groups: []SituationGroup{{Branch: "第二支部", Lines: lines[:1]}, {Branch: "第一支部", Lines: lines[1:2]}}, Quiet: 48, Why: "为什么 情况 第二支部"},
		"situation.none":      SituationView{Branch: "第一支部"},
		"situation.all_quiet": SituationView{Quiet: 50},
		"situation_why.none":  SituationWhyView{Branch: "第一支部"},
		"burden.twice":        BurdenView{Branch: "第一支部", Month: "3月", Twice: 1, What: []string{"3月20日 makeup.due"}},
		"review_why.none":     ReviewWhyView{Branch: "第一支部", Year: 2026, Attended: "—", Satisfied: "—", Punctual: "—"},
	}
}
