package templates

// RankWhyLine is a branch's place in 排名 and from what it follows; 0: it is not ranked.
type RankWhyLine struct {
	Place  int
	Branch string
	Facts  []string
}

// RankingWhyView answers 为什么 排名.
type RankingWhyView struct {
	Year             int
	Branch           string // empty: of all
	Results, Ballots int    // fewer are not ranked
	Count, Places    int    // how many are ranked, and may be recommended
	Lines            []RankWhyLine
	Next             string // what shows one branch by month
}

// RankingWhy answers 为什么 排名.
func (p *Posts) RankingWhy(v RankingWhyView) (string, error) { return p.set.Text("ranking_why", v) }

// BurdenWhyPosts are the posts that went one way.
type BurdenWhyPosts struct {
	Name  string // 群里
	Count int
	Lines []string // 2条：活动前1天提醒大家参加（第二条·R06）
}

// BurdenWhyView answers 为什么 负担.
type BurdenWhyView struct {
	Branch, Period           string
	Posts                    []BurdenWhyPosts
	Members, Office, Answers int
	Gave, Handled            []string // 签到12
	Each                     string
	Twice                    int
	What                     []string
}

// BurdenWhy answers 为什么 负担.
func (p *Posts) BurdenWhy(v BurdenWhyView) (string, error) { return p.set.Text("burden_why", v) }

// ReviewFiguresView answers 为什么 述职 2026 其余.
type ReviewFiguresView struct {
	Branch string
	Year   int
	Lines  []string
	Burden string
}

// ReviewFigures answers 为什么 述职 2026 其余.
func (p *Posts) ReviewFigures(v ReviewFiguresView) (string, error) {
	return p.set.Text("review_figures", v)
}

// SituationAllView answers 为什么 情况 of the committee for all branches.
type SituationAllView struct {
	Lines []string
	Quiet int
}

// SituationAll answers 为什么 情况 of the committee for all branches.
func (p *Posts) SituationAll(v SituationAllView) (string, error) {
	return p.set.Text("situation_all", v)
}

func whySamples() map[string]any {
	return map[string]any{
		"ranking_why": RankingWhyView{Year: 2026, Results: 3, Ballots: 10, Count: 2, Places: 1, Next: "为什么 排名 第二支部 2026", Lines: []RankWhyLine{
			{Place: 1, Branch: "第二支部", Facts: []string{"满意率56÷60=93%，下限84.1%", "到会57÷60=95%", "推荐：2个支部里推荐1个，排在前面且符合条件"}},
			{Place: 2, Branch: "第一支部", Facts: []string{"满意率14÷29=48%，下限31.4%", "到会35÷36=97%", "不推荐：低于60%已有3次，不能评先"}},
			{Branch: "第三支部", Facts: []string{"1次结果，4票，样本太少不排"}},
		}},
		"situation_all": SituationAllView{Lines: []string{"第一支部2件，请发：为什么 情况 第一支部"}, Quiet: 2},
		"burden_why": BurdenWhyView{
			Branch: "第一支部", Period: "3月", Members: 25, Office: 8, Answers: 33, Gave: []string{"签到12", "请假2", "补学1", "测评10"}, Handled: []string{"安排和步骤5", "会前检查1", "记录2"}, Each: "每人平均2.1条＝25÷12",
			Posts: []BurdenWhyPosts{
				{Name: "群里", Count: 2, Lines: []string{"1条：活动安排审定后，在活动前5天公示（第二条·R06）", "1条：活动前1天提醒大家参加（第二条·R06）"}},
				{Name: "私信", Count: 1, Lines: []string{"1条：会前检查还有没打勾的，提醒书记（第六条·R23）"}},
			},
		},
		"review_figures": ReviewFiguresView{Branch: "第一支部", Year: 2026, Lines: []string{"开展2次＝1月（1月10日）、2月（2月10日）", "照片3张＝1月（2）、2月（1）"}, Burden: "为什么 负担 第一支部 2026"},
	}
}
