package templates

// AwardLine is a branch's line of 评先.
type AwardLine struct {
	Branch string `json:"branch"`
	State  string `json:"state"` // 可评, 不能评, 没有结果
	Low    int    `json:"strikes"`
	Text   string `json:"-"` // the derivation
}

// AwardsView answers 评先 (R28).
type AwardsView struct {
	Year        int         `json:"year"`
	Floor, Need int         `json:"-"`
	Lines       []AwardLine `json:"branches"`
}

// Barred is how many may not be chosen.
func (v AwardsView) Barred() (n int) {
	for _, l := range v.Lines {
		if l.State == AwardNo {
			n++
		}
	}
	return n
}

// The states of a branch in 评先.
const (
	AwardYes     = "可评"
	AwardNo      = "不能评"
	AwardUnknown = "没有结果"
	AwardClosed  = "已撤销"
)

// Awards answers 评先.
func (p *Posts) Awards(v AwardsView) (string, error) { return p.set.Text("awards", v) }

// AwardWhyView answers 为什么 评先: the facts behind a branch's line.
type AwardWhyView struct {
	Branch, State string
	Year          int
	Floor, Need   int
	SatisfiedFrom int
	Low           int
	Rated         []string // 3月：9票中5票满意，5÷9=55%，低于60%（第1次）；12人参加
	Without       []string // why a month has no result
	Attended      []string
	Rectified     []string
}

// AwardWhy answers 为什么 评先.
func (p *Posts) AwardWhy(v AwardWhyView) (string, error) { return p.set.Text("award_why", v) }

// RankLine is a branch's place in 排名.
type RankLine struct {
	Place       int    `json:"place"`
	Branch      string `json:"branch"`
	Lower       string `json:"lower_percent"` // one decimal
	Rate        int    `json:"rate_percent"`
	Satisfied   int    `json:"satisfied"`
	Raters      int    `json:"raters"`
	Activities  int    `json:"activities"`
	Attendance  int    `json:"attendance_percent"`
	Recommended bool   `json:"recommended"`
	Barred      bool   `json:"barred"`
}

// FewLine is a branch that is not ranked.
type FewLine struct {
	Branch     string `json:"branch"`
	Activities int    `json:"activities"`
	Raters     int    `json:"raters"`
}

// RankingView answers 排名 (R28); it is the committee's alone.
type RankingView struct {
	Year    int        `json:"year"`
	Ranked  []RankLine `json:"ranked"`
	Few     []FewLine  `json:"few"`
	Results int        `json:"-"` // fewer results are not ranked
	Ballots int        `json:"-"` // nor fewer ballots
	Quorum  int        `json:"-"`
}

// Recommended are the branches to be recommended.
func (v RankingView) Recommended() (names []string) {
	for _, l := range v.Ranked {
		if l.Recommended {
			names = append(names, l.Branch)
		}
	}
	return names
}

// Ranking answers 排名.
func (p *Posts) Ranking(v RankingView) (string, error) { return p.set.Text("ranking", v) }

// RectifyLine is a rectification in 整改.
type RectifyLine struct {
	Branch, Source, State, Last, Text string
	Number, Overdue                   int
	Steps                             []string
}

// RectifyListView answers 整改.
type RectifyListView struct {
	Branch    string // empty: of all branches
	Committee bool
	Decide    string // the branch whose measures wait for who asks
	HandIn    bool   // his own wait for him
	Items     []RectifyLine
}

// RectifyList answers 整改.
func (p *Posts) RectifyList(v RectifyListView) (string, error) { return p.set.Text("rectify_list", v) }

func consequenceReplies() map[string]any {
	return map[string]any{
		"awards": AwardsView{Year: 2026, Floor: 60, Need: 3, Lines: []AwardLine{
			{Branch: "第一支部", State: AwardNo, Low: 3, Text: "1月55%（5/9票，11人参加）、2月50%（5/10票，12人参加）、3月40%（4/10票，12人参加）；低于60%3次；整改待复查，4月30日前完成"},
			{Branch: "第二支部", State: AwardYes, Text: "1月88%（8/9票，9人参加）；低于60%0次；无整改；只有1次结果"},
			{Branch: "第三支部", State: AwardUnknown, Text: "今年还没有公布过的测评结果；无整改"},
		}},
		"award_why": AwardWhyView{
			Branch: "第一支部", State: AwardNo, Year: 2026, Floor: 60, Need: 3, SatisfiedFrom: 4, Low: 3,
			Rated:   []string{"1月：9票中5票满意，5÷9=55%，低于60%（第1次）；11人参加"},
			Without: []string{"4月：收回2票，不足3票，不算结果"}, Attended: []string{"1月11/12人"}, Rectified: []string{"第1号（测评）待整改，4月30日前完成"},
		},
		"ranking": RankingView{
			Year: 2026, Results: 3, Ballots: 10, Quorum: 80,
			Ranked: []RankLine{
				{Place: 1, Branch: "第二支部", Lower: "84.1", Rate: 93, Satisfied: 56, Raters: 60, Activities: 6, Attendance: 95, Recommended: true},
				{Place: 2, Branch: "第一支部", Lower: "31.4", Rate: 48, Satisfied: 14, Raters: 29, Activities: 3, Attendance: 97, Barred: true},
			},
			Few: []FewLine{{Branch: "第三支部", Activities: 1, Raters: 4}},
		},
		"rectify_list": RectifyListView{Branch: "第一支部", Committee: true, Decide: "第一支部", Items: []RectifyLine{
			{Branch: "第一支部", Source: "测评", State: "待复查", Last: "4月30日", Text: "2026年3次主题党日满意率低于60%", Number: 1, Steps: []string{"4月10日 措施 王强：请党员提前点题"}},
		}},
	}
}

// consequenceReplyVariants are the other cases of the same.
func consequenceReplyVariants() map[string]any {
	all := consequenceReplies()
	list, ranking := all["rectify_list"].(RectifyListView), all["ranking"].(RankingView)
	list.Committee, list.Decide, list.HandIn = false, "", true
	list.Items = []RectifyLine{{Branch: "第一支部", Source: "机关党委", State: "退回重改", Last: "4月30日", Text: "学习内容空泛", Number: 2, Overdue: 3}}
	ranking.Ranked = nil
	return map[string]any{
		"rectify_list.own": list, "rectify_list.none": RectifyListView{Branch: "第一支部"}, "rectify_list.nowhere": RectifyListView{Committee: true}, "ranking.none": ranking,
		"award_why.none": AwardWhyView{Branch: "第三支部", State: AwardUnknown, Year: 2026, Floor: 60, Need: 3, SatisfiedFrom: 4},
	}
}
