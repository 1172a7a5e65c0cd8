package commands

import (
	"fmt"
	"strings"

	"themeday"
	"themeday/commands/fold"
	"themeday/templates"
)

var fixedDay = Command{
	Words: []string{"固定日"}, Usage: "固定日 每月第2个周五 14:00-18:00 党员活动室", Help: "定下每月固定的主题党日，全年日期随之排好", Who: Secretary, Run: runFixedDay,
}

var yearPlan = Command{
	Words: []string{"年度计划"}, Usage: "年度计划 2026", Help: "看全年计划；报机关党委备案用：年度计划 2026 报备", Who: Secretary, Run: runYearPlan,
}

var planFiles = Command{
	Words: []string{"计划"}, Usage: "计划 2026", Help: "看全年计划，并要计划表和手机日历文件", Who: Secretary, Everyday: true, Aside: true, Run: runPlanFiles,
}

var topics = Command{
	Words: []string{"主题"}, Usage: "主题 %s 学习党章；缅怀先烈", Help: "写支委会定的主题，几个主题用分号隔开", Who: Secretary, Month: true, Everyday: true, Run: runTopics,
}

var content = Command{
	Words: []string{"内容"}, Usage: "内容 %s 政治学习、党性锻炼", Help: "写活动内容，政治学习和党性锻炼至少有一项", Who: Secretary, Month: true, Everyday: true, Run: runContent,
}

var agenda = Command{
	Words: []string{"议程"}, Usage: "议程 %s 1.重温誓词 2.学习讨论", Help: "写议程", Who: Secretary, Month: true, Everyday: true, Run: runAgenda,
}

var submit = Command{
	Words: []string{"报审"}, Usage: "报审 %s", Help: "把当月安排报机关党委审定", Who: Secretary, Month: true, Bare: true, Run: runSubmit,
}

func runFixedDay(c *Call) (themeday.Reply, error) {
	if c.Args == "" {
		return themeday.Reply{}, c.usage()
	}
	f, err := themeday.ParseFixedDay(plainTimes(fold.Text(c.Args)))
	if err != nil {
		return themeday.Reply{}, err
	}
	dated, kept, err := c.SetFixedDay(c.Tx, c.Cause, c.Branch.ID, f)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	v := templates.FixedDayView{Branch: c.Branch.Name, Rule: f.String()}
	for _, a := range dated {
		l, err := c.planLine(f, a)
		if err != nil {
			return themeday.Reply{}, err
		}
		v.Dates = append(v.Dates, l)
	}
	if len(dated) > 0 {
		v.First = c.month(dated[0].Month)
	}
	v.Remarks = c.unknownYears(dated)
	for _, a := range kept {
		v.Kept = append(v.Kept, c.whenYear(a.Starts))
	}
	if len(kept) > 0 {
		v.KeptMonth = c.month(kept[0].Month)
	}
	text, err := c.Texts.FixedDay(v)
	if err != nil {
		return themeday.Reply{}, err
	}
	if names, err := c.leadersIn(themeday.Activity{}, f.Place); err != nil || len(names) > 0 {
		return themeday.Reply{Text: text + "\n" + withheldWords(names), Aside: true, Short: "固定日已定下，请看我私信的说明"}, err
	}
	return say(text), nil
}

// planLine is one month of a plan, with what moved its date.
func (c *Call) planLine(f themeday.FixedDay, a themeday.Activity) (templates.PlanLine, error) {
	var err error
	if !c.Message.Private() {
		a, _, err = c.ForGroup(c.Tx, a, c.Message.At)
	}
	l := templates.PlanLine{Month: c.month(a.Month), When: c.whenYear(a.Starts), Topic: strings.Join(a.Topics, "；")}
	p := f.In(a.Month, c.Calendar)
	if p.Date == c.Day(a.Starts) && p.Date != p.Nominal && p.Known {
		l.Remark = p.Remark()
	}
	return l, err
}

// whenYear writes an instant, with its year when that is not this one.
func (c *Call) whenYear(at timeAt) string {
	if y := c.Day(at).Year; y != c.Day(c.Message.At).Year {
		return fmt.Sprintf("%d年%s", y, c.When(at))
	}
	return c.When(at)
}

// planRemarks adds to a month how often its date was changed, and which compulsory topics it lacks.
func (c *Call) planRemarks(l *templates.PlanLine, a themeday.Activity) error {
	changes, err := c.Tx.Changes(a.ID)
	if err != nil {
		return err
	}
	lacking, err := c.LackingTopics(c.Tx, a)
	said := []string{}
	if l.Remark != "" {
		said = append(said, l.Remark)
	}
	if len(changes) > 0 {
		said = append(said, fmt.Sprintf("改期%d次", len(changes)))
	}
	for _, t := range lacking {
		said = append(said, "缺必选主题："+t.Text)
	}
	l.Remark = strings.Join(said, "；")
	return err
}

// unknownYears says once which years' holidays are not known yet.
func (c *Call) unknownYears(dated []themeday.Activity) []string {
	var out []string
	said := map[int]bool{}
	for _, a := range dated {
		y := a.Month.Year
		if !c.Calendar.Knows(y) && !said[y] {
			said[y] = true
			out = append(out, fmt.Sprintf("%d年放假安排尚未收录，还没有避开节假日，公布后请核对", y))
		}
	}
	return out
}

func runYearPlan(c *Call) (themeday.Reply, error) {
	this := c.Day(c.Message.At).Year
	year, rest := cutYear(c.Args, this)
	if year > this+1 {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R04, "只有今年和明年的计划，例如：年度计划 %d", this)
	}
	switch fold.Command(rest) {
	case "报备", "备案":
		return c.filePlan(year)
	case "":
	default:
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R04, "看计划请发：年度计划 %d，报备请发：年度计划 %d 报备", year, year)
	}
	v := templates.YearPlanView{Branch: c.Branch.Name, Year: year}
	f, fixed, err := c.Tx.FixedDay(c.Branch.ID)
	if err != nil {
		return themeday.Reply{}, err
	}
	if fixed {
		v.Rule = f.String()
	}
	all, err := c.YearPlan(c.Tx, c.Branch.ID, year, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	for _, a := range all {
		l, err := c.planLine(f, a)
		if err != nil {
			return themeday.Reply{}, err
		}
		l.When = c.When(a.Starts) // the year stands above
		if err := c.planRemarks(&l, a); err != nil {
			return themeday.Reply{}, err
		}
		v.Months = append(v.Months, l)
	}
	v.Remarks = c.unknownYears(all)
	if len(v.Months) == 0 {
		return themeday.Reply{}, themeday.Refuse(themeday.Missing, themeday.R03, "%d年还没有排日期。请发：%s", year, fixedDay.Usage)
	}
	if err := c.filed(&v, all); err != nil {
		return themeday.Reply{}, err
	}
	text, err := c.Texts.YearPlan(v)
	return say(text), err
}

// runPlanFiles answers as 年度计划 does; in private the year goes with it, as a sheet to fill in and for calendars.
func runPlanFiles(c *Call) (themeday.Reply, error) {
	year, rest := cutYear(c.Args, c.Day(c.Message.At).Year)
	reply, err := runYearPlan(c)
	if err == nil && strings.TrimSpace(rest) == "" && c.Message.Private() {
		for _, kind := range []themeday.DocumentKind{themeday.PlanDocument, themeday.DatesDocument} {
			reply.Documents = append(reply.Documents, themeday.Document{Kind: kind, Branch: c.Branch.ID, Year: year})
		}
	}
	return reply, err
}

// filed says when a plan was filed, by which receipt, and whether it has changed since.
func (c *Call) filed(v *templates.YearPlanView, plan []themeday.Activity) error {
	all, err := c.Tx.Filings(v.Year)
	for _, f := range all {
		if f.Branch != c.Branch.ID {
			continue
		}
		last, _, err := themeday.LatestPlan(c.Tx, f)
		if err != nil {
			return err
		}
		v.Filed, v.Receipt = c.Day(last.At).Chinese(), last.Receipt()
		v.Changed = c.ChangedSince(last, plan)
	}
	return err
}

func (c *Call) filePlan(year int) (themeday.Reply, error) {
	if !c.Actor.Offices.Has(themeday.Secretary) {
		return themeday.Reply{}, themeday.Refuse(themeday.Forbidden, themeday.R04, "报备由支部书记来办")
	}
	if this := c.Day(c.Message.At).Year; year < this {
		return themeday.Reply{}, themeday.Refuse(themeday.TooLate, themeday.R04, "%d年已经过去，不用再报备", year)
	}
	f, err := c.FilePlan(c.Tx, c.Cause, c.Branch.ID, year)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	text := fmt.Sprintf("%d年度计划已报机关党委备案（%s），备案回执 %s", year, c.When(f.At), f.Receipt())
	if f.Version > 1 {
		return themeday.Reply{Text: text + "。与上一版相比：\n" + strings.Join(f.Changed, "\n"), Aside: true, Short: text}, nil
	}
	if f.Late {
		text += fmt.Sprintf("，超过%d月%d日期限，按逾期登记", c.Rules.FilingMonth, c.Rules.FilingDay)
	}
	return say(text), nil
}

func runTopics(c *Call) (themeday.Reply, error) {
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.Planned)
	if err != nil {
		return themeday.Reply{}, err
	}
	if said, marked := c.compulsoryTopics(); marked {
		a, err = c.PlanCompulsory(c.Tx, c.Cause, a, said)
	} else {
		a, err = c.SetTopics(c.Tx, c.Cause, a, splitList(c.Args, "；;\n"))
	}
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	lacking, err := c.lacking(a)
	if err != nil {
		return themeday.Reply{}, err
	}
	text := fmt.Sprintf("%s主题：%s", c.month(a.Month), a.Topic())
	if len(a.Content) == 0 {
		if guess := themeday.ContentOf(a.Topics); len(guess) > 0 {
			text += fmt.Sprintf("\n内容按主题记为：%s；要改请发：%s", strings.Join(guess, "、"), c.typed(content, a.Month))
		} else {
			text += lacking + "\n下一步请发：" + c.typed(content, a.Month)
			return c.kept(a, text)
		}
	}
	if text += lacking; a.Approved() {
		return c.kept(a, text)
	}
	return c.kept(a, text+"\n下一步请发："+c.typed(submit, a.Month))
}

func runContent(c *Call) (themeday.Reply, error) {
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.Planned)
	if err != nil {
		return themeday.Reply{}, err
	}
	if a, err = c.SetContent(c.Tx, c.Cause, a, splitList(c.Args, "、，,；;\n ")); err != nil {
		return themeday.Reply{}, err
	}
	return say(fmt.Sprintf("%s内容：%s", c.month(a.Month), strings.Join(a.Content, "、"))), nil
}

func runAgenda(c *Call) (themeday.Reply, error) {
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.Planned)
	if err != nil {
		return themeday.Reply{}, err
	}
	if a, err = c.SetAgenda(c.Tx, c.Cause, a, agendaItems(c.Args)); err != nil {
		return themeday.Reply{}, err
	}
	return c.kept(a, fmt.Sprintf("%s议程已记下，共%d项", c.month(a.Month), len(a.Agenda)))
}

func runSubmit(c *Call) (themeday.Reply, error) {
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.Planned)
	if err != nil {
		return themeday.Reply{}, err
	}
	before := len(a.Content)
	if a, err = c.Submit(c.Tx, c.Cause, a); err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	text := fmt.Sprintf("%s主题党日已报机关党委审定", c.month(a.Month))
	if before == 0 {
		text += "，内容按主题记为：" + strings.Join(a.Content, "、")
	}
	lacking, err := c.lacking(a)
	return say(text + "。审定后我会按时发预告" + lacking), err
}

// typed is how a command is typed for a month.
func (c *Call) typed(cmd Command, m themeday.YearMonth) string {
	return strings.ReplaceAll(cmd.Usage, "%s", c.month(m))
}

func month(usage string, m themeday.YearMonth) string {
	return strings.ReplaceAll(usage, "%s", m.Chinese())
}
