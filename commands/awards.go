package commands

import (
	"fmt"
	"slices"
	"strings"

	"themeday"
	"themeday/templates"
)

var awards = Command{
	Words: []string{"评先"}, Usage: "评先 2026", Help: "看各支部能不能评先选优和依据", Who: Committee, NoBranch: true, Everyday: true, Aside: true, Run: runAwards,
}

var ranking = Command{
	Words: []string{"排名"}, Usage: "排名 2026", Help: "看各支部满意率排名，供推荐参考", Who: Committee, NoBranch: true, Everyday: true, Aside: true, Run: runRanking,
}

// runAwards prints every branch with its derivation (R28).
func runAwards(c *Call) (themeday.Reply, error) {
	year, all, err := c.standings()
	if err != nil || year == 0 {
		return themeday.Reply{}, err
	}
	v := templates.AwardsView{Year: year, Floor: c.Rules.SatisfactionFloor, Need: c.Rules.Strikes}
	for _, s := range all {
		line := templates.AwardLine{Branch: s.Branch.Name, State: awardState(s), Low: s.Strikes(), Text: c.derivation(s)}
		if s.Branch.Gone(c.Day(c.Message.At)) {
			line.State = templates.AwardClosed
		}
		v.Lines = append(v.Lines, line)
	}
	if len(v.Lines) == 0 {
		return private1("还没有支部，先导入名册"), nil
	}
	text, err := c.Texts.Awards(v)
	r := private1(text)
	r.Data = v
	return r, err
}

func awardState(s themeday.YearStanding) string {
	switch {
	case s.Barred():
		return templates.AwardNo
	case len(s.Rated) == 0:
		return templates.AwardUnknown
	}
	return templates.AwardYes
}

// derivation is from what a branch's line follows: months, rates, how often under the floor, rectification.
func (c *Call) derivation(s themeday.YearStanding) string {
	parts := []string{"没有公布过的测评结果"}
	if len(s.Rated) > 0 {
		parts = []string{themeday.Monthly(s.Rated), fmt.Sprintf("低于%d%%%d次", c.Rules.SatisfactionFloor, s.Strikes())}
	}
	mending := c.mending(s)
	if len(mending) == 0 {
		mending = []string{"无整改"}
	}
	parts = append(parts, mending...)
	if n := len(s.Rated); n > 0 && n < c.Rules.RankResults {
		parts = append(parts, fmt.Sprintf("只有%d次结果", n))
	}
	return strings.Join(parts, "；")
}

// mending are the rectifications of the standing's year, and those that are open still.
func (c *Call) mending(s themeday.YearStanding) (out []string) {
	for _, r := range s.Rectifications {
		if r.Year != s.Year && !r.Open() {
			continue
		}
		line := fmt.Sprintf("整改第%d号（%s）%s", r.Number, r.Source, r.State.Chinese())
		if r.Open() {
			line += "，" + c.day(c.Day(r.Due.Add(-1))) + "前完成"
			if n := themeday.RecordOverdueDays(c.Message.At, r.Due, c.Zone); r.Waits() && n > 0 {
				line += fmt.Sprintf("，已逾期%d天", n)
			}
		} else {
			line += "，" + c.day(c.Day(r.Ended()))
		}
		out = append(out, line)
	}
	return out
}

// standings are those of all branches in the year that was asked for; in a group anything but a year behind the word is talk, of year 0.
func (c *Call) standings() (int, []themeday.YearStanding, error) {
	year, rest := cutYear(c.Args, c.Day(c.Message.At).Year)
	if rest != "" && !c.Message.Private() {
		return 0, nil, nil
	}
	if err := c.awardYear(year, rest); err != nil {
		return 0, nil, err
	}
	branches, err := c.Tx.Branches()
	if err != nil {
		return 0, nil, err
	}
	var all []themeday.YearStanding
	for _, b := range branches {
		s, err := c.Standing(c.Tx, b.ID, year, c.Message.At)
		if err != nil {
			return 0, nil, err
		}
		all = append(all, s)
	}
	return year, all, nil
}

func (c *Call) awardYear(year int, rest string) error {
	this := c.Day(c.Message.At).Year
	switch {
	case rest != "":
		return themeday.Refuse(themeday.Invalid, themeday.R28, "请这样写：%s %d", c.name(), this)
	case year > this || year < 2000:
		return themeday.Refuse(themeday.Invalid, themeday.R28, "没有%d年的测评，请发：%s %d", year, c.name(), this)
	}
	return nil
}

// runRanking orders the branches for recommendation; it is the committee's alone.
func runRanking(c *Call) (themeday.Reply, error) {
	year, all, err := c.standings()
	if err != nil || year == 0 {
		return themeday.Reply{}, err
	}
	all = slices.DeleteFunc(all, func(s themeday.YearStanding) bool { return s.Branch.Gone(c.Day(c.Message.At)) })
	ranked := themeday.Rank(year, all, c.Rules)
	v := templates.RankingView{Year: year, Results: c.Rules.RankResults, Ballots: c.Rules.RankBallots, Quorum: c.Rules.QuorumPercent}
	for i, s := range ranked.Ranked {
		t := s.Pooled()
		v.Ranked = append(v.Ranked, templates.RankLine{
			Place: i + 1, Branch: s.Branch.Name, Lower: fmt.Sprintf("%.1f", 100*s.Lower), Rate: t.RatePercent(), Satisfied: t.Satisfied, Raters: t.Raters,
			Activities: len(s.Rated), Attendance: s.AttendancePercent(), Recommended: s.Recommended, Barred: s.Barred(),
		})
	}
	for _, s := range ranked.Few {
		v.Few = append(v.Few, templates.FewLine{Branch: s.Branch.Name, Activities: len(s.Rated), Raters: s.Pooled().Raters})
	}
	text, err := c.Texts.Ranking(v)
	r := private1(text)
	r.Data = v
	return r, err
}

// whyAwards answers 为什么 评先 第一支部 2026 with the facts behind the line: to the committee, and to a secretary of his own branch.
func (c *Call) whyAwards(args string) (themeday.Reply, error) {
	branches, err := c.Tx.Branches()
	if err != nil {
		return themeday.Reply{}, err
	}
	b, rest, ok := cutBranch(branches, args, c.Day(c.Message.At))
	if !ok {
		b, rest = c.Branch, args
	}
	own := b.ID == c.Branch.ID && c.secretary(c.Actor)
	switch {
	case !own && !c.Actor.Committee:
		return themeday.Reply{}, themeday.Refuse(themeday.Forbidden, themeday.R28, "评先的依据由机关党委查，支部书记只能查自己支部的")
	case c.Level < themeday.Certain:
		return themeday.Reply{}, c.office(true, "")
	case b.ID == "":
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R28, "请写明是哪个支部，例如：为什么 评先 第一支部 %d", c.Day(c.Message.At).Year)
	}
	year, rest := cutYear(rest, c.Day(c.Message.At).Year)
	if this := c.Day(c.Message.At).Year; rest != "" || year > this || year < 2000 {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R28, "请这样写：为什么 评先 %s %d", b.Name, this)
	}
	s, err := c.Standing(c.Tx, b.ID, year, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	v := c.awardFacts(s)
	if s.Branch.Gone(c.Day(c.Message.At)) {
		v.State = templates.AwardClosed
	}
	text, err := c.Texts.AwardWhy(v)
	return private1(text), err
}

// awardFacts are each evaluation with its figures, what has none and why, attendance and rectifications.
func (c *Call) awardFacts(s themeday.YearStanding) templates.AwardWhyView {
	v := templates.AwardWhyView{
		Branch: s.Branch.Name, State: awardState(s), Year: s.Year, Floor: c.Rules.SatisfactionFloor, Need: c.Rules.Strikes, SatisfiedFrom: c.Rules.SatisfiedFrom, Low: s.Strikes(),
	}
	low := 0
	for _, a := range s.Rated {
		t, verdict := a.Tally, fmt.Sprintf("不低于%d%%", c.Rules.SatisfactionFloor)
		if a.Under {
			low++
			verdict = fmt.Sprintf("低于%d%%（第%d次）", c.Rules.SatisfactionFloor, low)
		}
		v.Rated = append(v.Rated, fmt.Sprintf("%s：%d票中%d票满意，%d÷%d=%d%%，%s；%d人参加", a.Month.Chinese(), t.Raters, t.Satisfied, t.Satisfied, t.Raters, t.RatePercent(), verdict, a.Participants))
	}
	for _, a := range s.Untold {
		v.Without = append(v.Without, fmt.Sprintf("%s：收回%d票，不足%d票，不算结果", a.Month.Chinese(), a.Tally.Raters, max(c.Rules.ResultBallots, 1)))
	}
	for _, m := range s.Open {
		v.Without = append(v.Without, m.Chinese()+"："+c.untold(m))
	}
	for _, m := range s.Missed {
		v.Without = append(v.Without, m.Chinese()+"：没有开展")
	}
	for _, a := range s.Attended {
		v.Attended = append(v.Attended, fmt.Sprintf("%s%d/%d人", a.Month.Chinese(), a.Came, a.Due))
	}
	v.Rectified = c.mending(s)
	for i := range v.Rectified {
		v.Rectified[i] = strings.TrimPrefix(v.Rectified[i], "整改")
	}
	return v
}

// because are the facts behind a post about absences, low evaluations or rectifications; empty of others, and for who may not read them.
func (c *Call) because(p themeday.Post) (string, error) {
	if c.Level < themeday.Certain || !c.Message.Private() {
		return "", nil
	}
	switch p.Kind {
	case themeday.AbsencePost:
		return c.absencesBehind(p.Activity)
	case themeday.EvaluationLow, themeday.AwardBarred, themeday.AwardRestored:
		_, m := p.Activity.Parts()
		if p.Activity == "" {
			m.Year, _ = cutYear(p.Arg, 0)
		}
		s, err := c.Standing(c.Tx, p.Branch, m.Year, c.Message.At)
		if err != nil {
			return "", err
		}
		return "\n" + s.Branch.Name + fmt.Sprintf("%d年：", m.Year) + c.derivation(s) + fmt.Sprintf("\n逐次看请发：为什么 评先 %s %d", s.Branch.Name, m.Year), nil
	}
	return c.rectificationBehind(p)
}

// rectificationBehind are the facts behind a post about a rectification (R28): from what it follows, by when, and how it went; where it follows
// from evaluations, those too. Empty of other posts.
func (c *Call) rectificationBehind(p themeday.Post) (string, error) {
	switch p.Kind {
	case themeday.RectifyOpened, themeday.RectifyHandedPost, themeday.RectifyDecided, themeday.RectifyDuePost, themeday.RectifyOverdue:
	default:
		return "", nil
	}
	if p.Branch == "" { // of several branches
		return "\n逐项请发：为什么 情况 支部名", nil
	}
	all, err := c.Tx.Rectifications(p.Branch)
	if err != nil {
		return "", err
	}
	for _, r := range all {
		if fmt.Sprint(r.Number) != p.Arg {
			continue
		}
		b, err := c.Desk.Branch(c.Tx, p.Branch)
		if err != nil {
			return "", err
		}
		l, err := c.rectifyLine(b, r)
		if err != nil {
			return "", err
		}
		text := fmt.Sprintf("\n%s整改第%d号（来源：%s，%s·%s）：%s\n%s提出，%s前完成，现在：%s", b.Name, r.Number, r.Source, r.Rule().Clause(), r.Rule(), r.Text, c.day(c.Day(r.Opened)), l.Last, l.State)
		if l.Overdue > 0 {
			text += fmt.Sprintf("，已逾期%d天", l.Overdue)
		}
		for _, s := range l.Steps {
			text += "\n" + s
		}
		if r.Source != themeday.ByEvaluation {
			return text, nil
		}
		s, err := c.Standing(c.Tx, p.Branch, r.Year, c.Message.At)
		if err != nil {
			return "", err
		}
		return text + fmt.Sprintf("\n%d年：", r.Year) + c.derivation(s) + fmt.Sprintf("\n逐次看请发：为什么 评先 %s %d", b.Name, r.Year), nil
	}
	return "", nil
}

func (c *Call) absencesBehind(id themeday.ActivityID) (string, error) {
	a, ok, err := c.Tx.Activity(id)
	if err != nil || !ok {
		return "", err
	}
	cases, err := c.TooOften(c.Tx, a)
	if err != nil {
		return "", err
	}
	people, err := c.Tx.People()
	text := fmt.Sprintf("\n连续%d次或一年%d次无故缺席的列出；请假、送学不算缺席，换过支部的把前后连起来算。", c.Rules.AbsentInRow, c.Rules.AbsentInYear)
	for _, one := range cases {
		for _, p := range people {
			if p.ID == one.Person {
				text += "\n" + p.Name + "：" + one.Reason(c.Rules)
			}
		}
	}
	return text, err
}

// untold says why a month has no result of an evaluation.
func (c *Call) untold(m themeday.YearMonth) string {
	if c.For(themeday.Activity{Month: m}).Rules.NoEvaluation {
		return "按规定不安排测评"
	}
	return "测评结果还没有公布，不计"
}
