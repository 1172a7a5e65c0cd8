package commands

import (
	"fmt"
	"strings"

	"themeday"
	"themeday/commands/fold"
	"themeday/templates"
)

var linkTo = Command{
	Words: []string{"结合"}, Usage: "结合 %s 两学一做、党课", Help: "写活动和哪项工作结合、同时计入哪种会议；看全年：结合 2026", Who: Secretary, Month: true, Everyday: true, Run: runLinkTo,
}

var checkup = Command{
	Words: []string{"体检"}, Usage: "体检 2026", Help: "把全年计划先过一遍：节假日、顺延余地、冲突、缺的主题", Who: Secretary, Anywhere: true, Everyday: true, Aside: true, Run: runCheckup,
}

// runLinkTo reads 结合 3月 两学一做、党课 and 结合 3月 无; 结合 2026 shows the year's balance.
func runLinkTo(c *Call) (themeday.Reply, error) {
	if year, rest := cutYear(c.Args, c.Day(c.Message.At).Year); c.Month == nil && rest == "" {
		return c.linkYear(year)
	}
	if c.Actor.Branch != c.Branch.ID || c.Args == "" {
		if c.Args == "" {
			return themeday.Reply{}, c.usage()
		}
		return themeday.Reply{}, themeday.Refuse(themeday.Forbidden, themeday.R17, "结合内容由支部书记来写；看全年请发：结合 %s %d", c.Branch.Name, c.Day(c.Message.At).Year)
	}
	l, err := c.linksSaid()
	if err != nil {
		return themeday.Reply{}, err
	}
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.Planned)
	if err != nil {
		return themeday.Reply{}, err
	}
	if a, err = c.SetLinks(c.Tx, c.Cause, a, l); err != nil {
		return themeday.Reply{}, err
	}
	return say(c.linked(a)), nil
}

// linksSaid reads what is said behind 结合; 无 is nothing.
func (c *Call) linksSaid() (themeday.Linked, error) {
	if w := fold.Command(c.Args); w == "无" || w == "没有" {
		return themeday.Linked{}, nil
	}
	return c.ReadLinks(splitList(c.Args, "、，,；;\n +和"))
}

// ofYear tells whether the line asks for a year's balance, which a closed branch still answers.
func (c *Call) ofYear() bool {
	_, rest := cutYear(c.Args, 0)
	return c.name() == linkTo.Words[0] && c.Month == nil && rest == ""
}

func (c *Call) linked(a themeday.Activity) string {
	text := c.month(a.Month) + "主题党日"
	if len(a.Links)+len(a.Meetings) == 0 {
		return text + "没有结合内容"
	}
	if len(a.Links) > 0 {
		text += "结合：" + strings.Join(a.Links, "、")
	}
	if len(a.Meetings) > 0 {
		text += "；同时计入：" + strings.Join(a.Meetings, "、")
	}
	return strings.Replace(text, "主题党日；", "主题党日", 1) + "。已写进纪实表和台账"
}

func (c *Call) linkYear(year int) (themeday.Reply, error) {
	y, err := c.LinkYear(c.Tx, c.Branch.ID, year)
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.LinkYearView{Branch: c.Branch.Name, Year: year, Month: c.Day(c.Message.At).MonthOf().Chinese(), Never: y.Never()}
	lines := func(all []themeday.LinkUse) (out []templates.LinkLine) {
		for _, u := range all {
			l := templates.LinkLine{Name: u.Name}
			for _, m := range u.Months {
				l.Months = append(l.Months, m.Chinese())
			}
			out = append(out, l)
		}
		return out
	}
	v.Links, v.Meetings = lines(y.Links), lines(y.Meetings)
	text, err := c.Texts.LinkYear(v)
	return say(text), err
}

// runCheckup shows the secretary what his year's plan may come to grief on, and the committee that of all branches that have something.
func runCheckup(c *Call) (themeday.Reply, error) {
	this := c.Day(c.Message.At).Year
	year, rest := cutYear(c.Args, this)
	if rest != "" && c.Branch.ID == "" {
		all, err := c.Tx.Branches()
		if err != nil {
			return themeday.Reply{}, err
		}
		c.Branch, rest, _ = cutBranch(all, rest, c.Day(c.Message.At))
		if err := c.stillOpen(); err != nil {
			return themeday.Reply{}, err
		}
	}
	if rest != "" && fold.Command(rest) != "计划" {
		return themeday.Reply{}, c.notCheckup(this)
	}
	if year < this || year > this+1 {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R04, "只体检今年和明年的计划，例如：体检 %d", this)
	}
	all, err := c.Checkups(c.Tx, year, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.CheckupView{Branch: c.Branch.Name, Year: year}
	for _, one := range all {
		if c.Branch.ID == one.Branch.ID {
			for _, r := range one.Risks {
				v.Lines = append(v.Lines, riskLine(r))
			}
		}
	}
	if c.Branch.ID == "" {
		v.Lines = risksOfAll(all)
	}
	text, err := c.Texts.Checkup(v)
	return themeday.Reply{Text: text, Short: "体检结果请私信我查看"}, err
}

// notCheckup answers ordinary talk of a check-up with nothing in a group.
func (c *Call) notCheckup(this int) error {
	if !c.Message.Private() {
		return themeday.Refuse(themeday.Forbidden, "", "")
	}
	return themeday.Refuse(themeday.Invalid, themeday.R04, "“体检”后面只写年份，例如：体检 %d", this)
}

// risksOfAll are the risks of all branches, each said once: what several share stands in one line with their names, and what two are told of
// with one of them.
func risksOfAll(all []themeday.BranchRisks) (lines []templates.CheckupLine) {
	type same struct {
		month themeday.YearMonth
		rule  themeday.Rule
		what  string
	}
	var order []same
	of, told := map[same][]string{}, map[string]bool{}
	line := map[same]templates.CheckupLine{}
	for _, one := range all {
		for _, r := range one.Risks {
			k := same{r.Month, r.Rule, r.What}
			if r.Both != "" && told[r.Both] {
				continue
			}
			told[r.Both] = true
			if len(of[k]) == 0 {
				order = append(order, k)
				line[k] = riskLine(r)
			}
			of[k] = append(of[k], one.Branch.Name)
		}
	}
	for _, k := range order {
		l := line[k]
		if who := strings.Join(of[k], "、"); len(of[k]) == len(all) && len(all) > 3 {
			l.Of = fmt.Sprintf("全部%d个支部%s", len(all), l.Of)
		} else {
			l.Of = who + l.Of
		}
		if unknown := k.rule == themeday.R03 && k.month == (themeday.YearMonth{}); unknown { // concerns the house
			l.Of = "全年："
			lines = append([]templates.CheckupLine{l}, lines...)
			continue
		}
		l.Type = ""
		lines = append(lines, l)
	}
	return lines
}

func riskLine(r themeday.Risk) templates.CheckupLine {
	of := "全年："
	if r.Month != (themeday.YearMonth{}) {
		of = fmt.Sprintf("%s：", r.Month.Chinese())
	}
	return templates.CheckupLine{Of: of, What: r.What, Rule: r.Rule.Clause() + "·" + string(r.Rule), Type: r.Type}
}
