package commands

import (
	"fmt"
	"strings"

	"themeday"
	"themeday/commands/fold"
	"themeday/templates"
)

var bestCase = Command{
	Words: []string{"最佳案例"}, Usage: "最佳案例 申报 %s 亮点……", Help: "申报最佳案例，看申报；机关党委：最佳案例 2026，选 第一支部 3月 评语，撤 第一支部 3月 事由",
	Who: Secretary, Everyday: true, Aside: true, Anywhere: true, Run: runBestCase,
}

var praise = Command{
	Words: []string{"表扬"}, Usage: "表扬 第一支部 第一小组 事由", Help: "表扬党小组，发到它的支部群", Who: Committee, Everyday: true, Aside: true, Run: runPraise,
}

// runBestCase nominates, chooses and withdraws, and shows the year's nominations.
func runBestCase(c *Call) (themeday.Reply, error) {
	word, rest := cutWord(c.Args)
	switch fold.Command(word) {
	case "申报":
		return c.nominate(rest)
	case "选", "评选":
		return c.chooseCase(rest)
	case "撤", "撤下", "撤销":
		return c.withdrawCase(rest)
	}
	year, rest := cutYear(c.Args, c.Day(c.Message.At).Year)
	switch this := c.Day(c.Message.At).Year; {
	case strings.TrimSpace(rest) != "" && !c.Message.Private():
		return themeday.Reply{}, nil // talk of a best case
	case strings.TrimSpace(rest) != "":
		return themeday.Reply{}, c.caseUsage()
	case year > this || year < 2000:
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R29, "没有%d年的申报，请发：最佳案例 %d", year, this)
	}
	return c.cases(year)
}

func (c *Call) caseUsage() error {
	m := c.Day(c.Message.At).MonthOf().Chinese()
	if c.Actor.Committee {
		return themeday.Refuse(themeday.Invalid, themeday.R29, "请这样写：最佳案例 选 第一支部 %s 评语，最佳案例 撤 第一支部 %s 事由。看申报请发：最佳案例 %d", m, m, c.Day(c.Message.At).Year)
	}
	return themeday.Refuse(themeday.Invalid, themeday.R29, "请这样写：最佳案例 申报 %s 亮点。只发“最佳案例”看申报", m)
}

// cutMonthOf cuts a month off the front; one that there is not is refused.
func (c *Call) cutMonthOf(args string) (*themeday.YearMonth, string, error) {
	m, rest := cutMonth(args, c.Day(c.Message.At).MonthOf(), Secretary)
	if hit := monthLike.FindStringSubmatch(fold.Text(args)); m == nil && hit != nil {
		return nil, rest, themeday.Refuse(themeday.Invalid, "", "没有%s月，请写1月到12月：%s", hit[2], c.form())
	}
	return m, rest, nil
}

// cutConfirm cuts the last word off that says that it is meant.
func cutConfirm(text string) (string, bool) {
	text = strings.TrimSpace(text)
	for _, word := range []string{"确认", "確認"} {
		rest, ok := strings.CutSuffix(text, word)
		if trimmed := strings.TrimRight(rest, " ,，。；;、:：\n"); ok && (rest == "" || trimmed != rest) {
			return trimmed, true
		}
	}
	return text, false
}

// ownBranch cuts the name of the call's branch off the front of the arguments; another one's is refused.
func (c *Call) ownBranch(args string) (string, error) {
	branches, err := c.Tx.Branches()
	if err != nil {
		return args, err
	}
	b, rest, ok := cutBranch(branches, args, c.Day(c.Message.At))
	switch {
	case !ok:
		return args, nil
	case b.ID != c.Branch.ID:
		return args, themeday.Refuse(themeday.Forbidden, themeday.R08, "您不是%s的书记，只能办自己支部（%s）的", b.Name, c.Branch.Name)
	}
	return rest, nil
}

func (c *Call) nominate(args string) (themeday.Reply, error) {
	if c.Branch.ID == "" || !c.secretary(c.Actor) {
		return themeday.Reply{}, themeday.Refuse(themeday.Forbidden, themeday.R29, "最佳案例由支部书记申报，请书记发：最佳案例 申报 %s 亮点", c.Day(c.Message.At).MonthOf().Chinese())
	}
	args, err := c.ownBranch(args)
	if err != nil {
		return themeday.Reply{}, err
	}
	m, highlights, err := c.cutMonthOf(args)
	if err != nil {
		return themeday.Reply{}, err
	}
	a, err := c.Choose(c.Tx, c.Branch.ID, m, c.Message.At, c.Held)
	if err != nil {
		return themeday.Reply{}, err
	}
	if _, err = c.Nominate(c.Tx, c.Cause, a, highlights); err != nil {
		return themeday.Reply{}, err
	}
	return private1(fmt.Sprintf("%s主题党日已申报最佳案例。评选前可以再发一次改亮点，不报了请发：最佳案例 撤 %s", c.month(a.Month), c.month(a.Month))), nil
}

// caseNamed is the activity that somebody decides on: of the branch and the month that he names.
func (c *Call) caseNamed(args string) (themeday.Activity, themeday.Branch, string, error) {
	branches, err := c.Tx.Branches()
	if err != nil {
		return themeday.Activity{}, themeday.Branch{}, "", err
	}
	b, rest, ok := cutBranch(branches, args, c.Day(c.Message.At))
	if !ok {
		if b, rest = c.Branch, args; !c.branchNamed() {
			return themeday.Activity{}, b, "", c.caseUsage()
		}
	}
	m, rest, err := c.cutMonthOf(rest)
	if err != nil {
		return themeday.Activity{}, b, "", err
	}
	if m == nil {
		return themeday.Activity{}, b, "", c.caseUsage()
	}
	a, err := c.OfMonth(c.Tx, b.ID, *m)
	return a, b, rest, err
}

func (c *Call) chooseCase(args string) (themeday.Reply, error) {
	if !c.Actor.Committee {
		return themeday.Reply{}, themeday.Refuse(themeday.Forbidden, themeday.R29, "最佳案例由机关党委评选，书记申报请发：最佳案例 申报 %s 亮点", c.Day(c.Message.At).MonthOf().Chinese())
	}
	a, b, words, err := c.caseNamed(args)
	if err != nil {
		return themeday.Reply{}, err
	}
	words, confirmed := cutConfirm(words)
	if _, err := c.ChooseCase(c.Tx, c.Cause, a, words, confirmed); err != nil {
		return themeday.Reply{}, err
	}
	return private1(fmt.Sprintf("%s%s主题党日已评为最佳案例，会发到各支部群，也告诉它的书记", b.Name, c.month(a.Month))), nil
}

// withdrawCase takes a nomination back: his own as secretary, where the month alone is named; any as one of the committee.
func (c *Call) withdrawCase(args string) (themeday.Reply, error) {
	m, why, err := c.cutMonthOf(args)
	if err != nil {
		return themeday.Reply{}, err
	}
	if m != nil && c.Branch.ID != "" && c.secretary(c.Actor) {
		return c.takeBackCase(*m, why)
	}
	if !c.Actor.Committee {
		return themeday.Reply{}, c.caseUsage()
	}
	a, b, why, err := c.caseNamed(args)
	if err != nil {
		return themeday.Reply{}, err
	}
	if _, err := c.WithdrawCase(c.Tx, c.Cause, a, why, true); err != nil {
		return themeday.Reply{}, err
	}
	return private1(fmt.Sprintf("已撤下%s%s主题党日的最佳案例，已告诉书记", b.Name, c.month(a.Month))), nil
}

func (c *Call) takeBackCase(m themeday.YearMonth, why string) (themeday.Reply, error) {
	a, err := c.OfMonth(c.Tx, c.Branch.ID, m)
	if err != nil {
		return themeday.Reply{}, err
	}
	if _, err := c.WithdrawCase(c.Tx, c.Cause, a, why, false); err != nil {
		return themeday.Reply{}, err
	}
	return private1(fmt.Sprintf("已撤回%s主题党日的最佳案例申报", c.month(a.Month))), nil
}

// cases are a year's nominations: of all branches with their figures for the committee, of his own without for a secretary.
func (c *Call) cases(year int) (themeday.Reply, error) {
	all, err := c.CaseFigures(c.Tx, year)
	if err != nil {
		return themeday.Reply{}, err
	}
	branches, err := c.Tx.Branches()
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.CasesView{Year: year, Committee: c.Actor.Committee}
	if !v.Committee {
		v.Branch = c.Branch.Name
	}
	offered := false
	for _, f := range all {
		if !v.Committee && f.Case.Branch() != c.Branch.ID {
			continue
		}
		l := c.caseLine(f, branchOf(branches, f.Case.Branch()))
		if v.Committee && f.State == themeday.CaseNominated && !offered {
			offered = true
			l.Choose = fmt.Sprintf("最佳案例 选 %s %s 评语", l.Branch, l.Month)
		}
		v.Items = append(v.Items, l)
	}
	if v.Committee {
		if v.Quota, err = c.quotas(all); err != nil {
			return themeday.Reply{}, err
		}
	}
	text, err := c.Texts.Cases(v)
	return private1(text), err
}

func (c *Call) caseLine(f themeday.CaseFigures, b themeday.Branch) templates.CaseLine {
	l := templates.CaseLine{
		Branch: b.Name, Month: c.month(f.Month()), Topic: f.Activity.Topic(), State: f.State.Chinese(), Highlights: f.Highlights,
		Rate: "没有满意率", Attendance: fmt.Sprintf("到会%d/%d人", f.Tally.Present+f.Tally.Remote, f.Tally.Due), Number: f.Shared, Borrowed: f.Borrowed,
	}
	if t := f.Rated.Tally; t.Raters > 0 {
		l.Rate = fmt.Sprintf("满意率%d%%（%d/%d票）", t.RatePercent(), t.Satisfied, t.Raters)
	}
	if t := f.After; f.Results > 0 {
		l.After = fmt.Sprintf("借用后满意率%d%%（%d次有结果，%d/%d票）", t.RatePercent(), f.Results, t.Satisfied, t.Raters)
	}
	switch f.State {
	case themeday.CaseChosen:
		l.Words = "评语：" + f.Words
	case themeday.CaseWithdrawn:
		if f.Words != "" {
			l.Words = "事由：" + f.Words
		}
	}
	return l
}

// quotas say of every quarter of which something was nominated how many were chosen and how many should be.
func (c *Call) quotas(all []themeday.CaseFigures) (string, error) {
	var parts []string
	seen := map[themeday.Quarter]bool{}
	for _, f := range all {
		q := f.Month().Quarter()
		if seen[q] {
			continue
		}
		seen[q] = true
		most, chosen, err := c.CaseQuota(c.Tx, q, c.Message.At)
		if err != nil {
			return "", err
		}
		parts = append(parts, fmt.Sprintf("%s已评%d个（%d个为宜）", q.Chinese(), chosen, most))
	}
	return strings.Join(parts, "，"), nil
}

// runPraise praises a party group in its branch's group.
func runPraise(c *Call) (themeday.Reply, error) {
	group, text := c.cutPartyGroup(c.Args)
	switch {
	case !c.Message.Private() && group == "":
		return themeday.Reply{}, nil // talk in praise of somebody
	case c.Branch.ID == "" || c.Message.Private() && !c.branchNamed() || c.Args == "":
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R29, "请写明支部和党小组，例如：表扬 第一支部 第一小组 全员到会，人人发言")
	case group == "":
		group, text = cutWord(c.Args)
	}
	p, err := c.PraiseGroup(c.Tx, c.Cause, c.Branch, group, text)
	if err != nil {
		return themeday.Reply{}, err
	}
	return private1(fmt.Sprintf("表扬%s%s的话会发到%s群", c.Branch.Name, p.PartyGroup, c.Branch.Name)), nil
}
