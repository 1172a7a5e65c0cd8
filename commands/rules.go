package commands

import (
	"fmt"
	"slices"
	"strings"

	"themeday"
	"themeday/commands/fold"
)

var rules = Command{
	Words: []string{"规则", "规定"}, Usage: "规则 R12", Help: "看规定里的数字从哪天起怎么定；规则 R12 看一条", Who: Member, NoBranch: true, Everyday: true, Aside: true, Run: runRules,
}

// runRules shows a rule with its figure and since when; without a number those rules that hold figures.
func runRules(c *Call) (themeday.Reply, error) {
	today := c.Day(c.Message.At)
	if asked := strings.ToUpper(fold.Command(c.Args)); asked != "" {
		rule := themeday.Rule(asked)
		if !strings.HasPrefix(asked, "R") {
			rule = themeday.Rule(fmt.Sprintf("R%02s", asked))
		}
		if rule.Gist() == "" {
			if !c.Message.Private() {
				return themeday.Reply{}, nil
			}
			return themeday.Reply{}, themeday.Refuse(themeday.NotFound, "", "没有这一条。规则从 R01 到 R33，例如：规则 R12")
		}
		return themeday.Reply{Text: c.ruleLine(c.RuleStands(rule, today)), Short: "规则请私信我查看"}, nil
	}
	lines := []string{"【现行规定里的数字】"}
	for _, rule := range themeday.Figured() {
		lines = append(lines, "· "+c.ruleLine(c.RuleStands(rule, today)))
	}
	lines = append(lines, "", "看其他各条请发：规则 R01 到 规则 R33。每次活动按当天的规定算。")
	return themeday.Reply{Text: strings.Join(lines, "\n"), Short: "规则请私信我查看"}, nil
}

// ruleLine is a rule in a line: what it asks, its clause, since when, and from when otherwise.
func (c *Call) ruleLine(s themeday.RuleStand) string {
	line := fmt.Sprintf("%s（%s·%s）", s.Text, s.Rule.Clause(), s.Rule)
	if s.Since != (themeday.Date{}) {
		line += "，" + c.dayYear(s.Since) + "起"
	}
	if s.Since == (themeday.Date{}) && s.Then == "" && slices.Contains(themeday.Figured(), s.Rule) {
		line += "，启用以来一直如此"
	}
	if s.Then != "" {
		line += fmt.Sprintf("；%s起改为：%s", c.dayYear(s.From), s.Then)
	}
	return line
}

// dayYear writes a day with its year.
func (c *Call) dayYear(d themeday.Date) string { return fmt.Sprintf("%d年%s", d.Year, d.Chinese()) }
