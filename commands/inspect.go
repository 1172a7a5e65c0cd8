package commands

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"themeday"
	"themeday/commands/fold"
	"themeday/templates"
)

var inspect = Command{
	Words: []string{"巡查"}, Usage: "巡查 第一支部 %s 现场 情况", Help: "记录巡查；问题 类别 说明；销号、重开、整改 编号；只发“巡查”看没销号的",
	Who: Committee, Month: true, NoBranch: true, Everyday: true, Aside: true, Run: runInspect,
}

var findingNumber = regexp.MustCompile(`^第?(\d{1,6})[号號]?(?:[\s,，:：、]+|$)`)

// runInspect lists what is open, records an inspection or a finding, and says what becomes of a finding.
func runInspect(c *Call) (themeday.Reply, error) {
	word, rest := cutWord(c.Args)
	switch fold.Command(word) {
	case "":
		if !c.branchNamed() && c.Month == nil {
			return c.inspections()
		}
	case "销号":
		return c.decideFinding(rest, c.CloseFinding, "销号")
	case "重开":
		return c.decideFinding(rest, c.ReopenFinding, "重开")
	case "整改":
		return c.rectifyFinding(rest)
	}
	group, args := c.cutPartyGroup(c.Args)
	if c.Month == nil {
		c.Month, args = cutMonth(args, c.Day(c.Message.At).MonthOf(), Committee)
	}
	m := c.Day(c.Message.At).MonthOf()
	if c.Month != nil {
		m = *c.Month
	}
	word, rest = cutWord(args)
	way, isWay := oneOf(word, themeday.Ways())
	problem := fold.Command(word) == "问题"
	switch {
	case !isWay && !problem && !c.Message.Private():
		return themeday.Reply{}, nil // talk of an inspection
	case !isWay && !problem, !c.branchNamed():
		return themeday.Reply{}, c.inspectUsage()
	case problem:
		return c.find(themeday.Found{Branch: c.Branch.ID, PartyGroup: group, Month: m}, rest)
	}
	i := themeday.Inspection{Branch: c.Branch.ID, PartyGroup: group, Month: m, Way: way, On: c.Day(c.Message.At), Text: rest}
	if day, after, ok := cutDay(rest, c.Day(c.Message.At).MonthOf()); ok {
		i.On, i.Text = day, after
	}
	i, err := c.Inspect(c.Tx, c.Cause, i)
	if err != nil {
		return themeday.Reply{}, err
	}
	text := fmt.Sprintf("已记下巡查第%d号：%s%s%s主题党日（%s，%s）", i.Number, c.Branch.Name, i.PartyGroup, c.month(i.Month), i.Way, c.day(i.On))
	held, err := c.HeldFrom(c.Tx, i.Branch, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	if i.Draw > 0 && !slices.Contains(held, c.Cause.By) { // who hears nothing of the draw is not told by this either
		text += "，算随机抽查"
	}
	own, err := c.OwnInspection(c.Tx, c.Cause.By, i.Branch, c.Message.At)
	if err != nil {
		return themeday.Reply{}, err
	}
	if own != "" {
		text += "。" + own + "，台账已注明"
	}
	return private1(text + fmt.Sprintf("\n发现问题请发：巡查 %s %s 问题 类别 说明", c.Branch.Name, i.Month.Chinese())), nil
}

func (c *Call) inspectUsage() error {
	b, m := "第一支部", c.Day(c.Message.At).MonthOf().Chinese()
	return themeday.Refuse(themeday.Invalid, themeday.R30, "请写明支部，这样写：巡查 %s %s 现场 情况（现场、资料、座谈、线上），或：巡查 %s %s 问题 擅自变更 说明。只发“巡查”看没销号的", b, m, b, m)
}

// branchNamed tells whether the branch stands in the message: what is recorded of a branch is of none that was only guessed.
func (c *Call) branchNamed() bool {
	return c.Branch.ID != "" && (c.Named || strings.Contains(fold.Command(c.Message.Text), fold.Command(c.Branch.Name)))
}

// cutPartyGroup cuts the name of one of the branch's party groups off the front.
func (c *Call) cutPartyGroup(args string) (group, rest string) {
	word, rest := cutWord(args)
	for _, g := range c.Roster.PartyGroups() {
		if fold.Command(g) == fold.Command(word) {
			return g, rest
		}
	}
	return "", args
}

// oneOf finds a word among others, in either script.
func oneOf(word string, words []string) (string, bool) {
	for _, w := range words {
		if fold.Command(w) == fold.Command(word) {
			return w, true
		}
	}
	return "", false
}

// find notes a finding: 问题 擅自变更 10天 说明.
func (c *Call) find(f themeday.Found, args string) (themeday.Reply, error) {
	word, rest := cutWord(args)
	for _, k := range themeday.FindingKinds() {
		if fold.Command(string(k)) == fold.Command(word) {
			f.Kind = k
		}
	}
	if fold.Command(word) == "以会代活动" {
		f.Kind = themeday.FoundMeeting
	}
	if f.Kind == "" {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R30, "问题的类别是擅自变更、缩减时间、以会代训、其他，例如：巡查 %s %s 问题 擅自变更 说明", c.Branch.Name, f.Month.Chinese())
	}
	if due, after, ok := c.cutDeadline(rest); ok {
		f.Due, rest = due, after
	}
	f.Text = rest
	f, err := c.Find(c.Tx, c.Cause, f)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return private1(fmt.Sprintf("已记下巡查问题第%d号（%s%s%s，%s·%s），限%s前整改，已私下告诉书记", f.Number, c.Branch.Name, f.PartyGroup, f.Kind, f.Kind.Rule().Clause(), f.Kind.Rule(), c.Deadline(f.Due))), nil
}

// findingOf cuts the number of a finding off the front and gives the finding; the call is of its branch from there on.
func (c *Call) findingOf(args, word string) (themeday.Found, string, error) {
	hit := findingNumber.FindStringSubmatch(fold.Text(args))
	if hit == nil {
		return themeday.Found{}, "", themeday.Refuse(themeday.Invalid, themeday.R30, "请写问题的编号，例如：巡查 %s 3 说明。只发“巡查”看编号", word)
	}
	n, _ := strconv.Atoi(hit[1])
	all, err := c.Tx.Findings("")
	if err != nil {
		return themeday.Found{}, "", err
	}
	if n < 1 || n > len(all) {
		return themeday.Found{}, "", themeday.Refuse(themeday.NotFound, themeday.R30, "没有巡查问题第%d号。只发“巡查”看编号", n)
	}
	f := all[n-1]
	if err := c.toBranch(f.Branch); err != nil {
		return f, "", err
	}
	return f, strings.TrimSpace(fold.Text(args)[len(hit[0]):]), nil
}

func (c *Call) toBranch(id themeday.BranchID) (err error) {
	c.Branch, err = c.Desk.Branch(c.Tx, id)
	c.Cause.Branch = id
	return err
}

func (c *Call) decideFinding(args string, decide func(themeday.Tx, themeday.Cause, themeday.Found, string) (themeday.Found, error), word string) (themeday.Reply, error) {
	f, text, err := c.findingOf(args, word)
	if err != nil {
		return themeday.Reply{}, err
	}
	if f, err = decide(c.Tx, c.Cause, f, text); err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return private1(fmt.Sprintf("%s的巡查问题第%d号%s，已告诉书记", c.Branch.Name, f.Number, f.State.Chinese())), nil
}

// rectifyFinding turns a finding into a rectification: 巡查 整改 3 30天.
func (c *Call) rectifyFinding(args string) (themeday.Reply, error) {
	f, rest, err := c.findingOf(args, "整改")
	if err != nil {
		return themeday.Reply{}, err
	}
	due := themeday.RecordDue(c.Message.At, c.Rules.RectifyDays, c.Zone)
	if day, _, ok := c.cutDeadline(rest); ok {
		due = day
	}
	f, r, err := c.RectifyFinding(c.Tx, c.Cause, f, due)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return private1(fmt.Sprintf("巡查问题第%d号已转为%s的整改第%d号，%s前完成，已告诉书记", f.Number, c.Branch.Name, r.Number, c.Deadline(r.Due))), nil
}

// inspections are what is open: branches that were drawn and not seen yet, and findings.
func (c *Call) inspections() (themeday.Reply, error) {
	v := templates.InspectionsView{Committee: true}
	await, err := themeday.AwaitingVisit(c.Tx)
	if err != nil {
		return themeday.Reply{}, err
	}
	branches, err := c.Tx.Branches()
	if err != nil {
		return themeday.Reply{}, err
	}
	for _, b := range await {
		held, err := c.HeldFrom(c.Tx, b, c.Message.At)
		if err != nil {
			return themeday.Reply{}, err
		}
		if slices.Contains(held, c.Cause.By) {
			continue
		}
		v.Await = append(v.Await, branchOf(branches, b).Name)
	}
	open, err := themeday.OpenFindings(c.Tx, "")
	if err != nil {
		return themeday.Reply{}, err
	}
	for _, f := range open {
		l, err := c.findingLine(branchOf(branches, f.Branch), f)
		if err != nil {
			return themeday.Reply{}, err
		}
		v.Findings = append(v.Findings, l)
		if f.State == themeday.FindingHanded && v.Close == 0 {
			v.Close = f.Number
		}
	}
	text, err := c.Texts.Inspections(v)
	return private1(text), err
}

func (c *Call) findingLine(b themeday.Branch, f themeday.Found) (templates.FindingLine, error) {
	l := templates.FindingLine{
		Branch: b.Name, Kind: string(f.Kind), Target: f.PartyGroup + c.month(f.Month), Text: f.Text, State: f.State.Chinese(), Last: c.day(c.Day(f.Due.Add(-1))),
		Number: f.Number, Rectification: f.Rectification,
	}
	if f.Rectification == 0 {
		l.Overdue = themeday.RecordOverdueDays(c.Message.At, f.Due, c.Zone)
	}
	people, err := c.Tx.People()
	for _, s := range f.Steps {
		by := "机器人"
		for _, p := range people {
			if p.ID == s.By {
				by = p.Name
			}
		}
		l.Steps = append(l.Steps, c.day(c.Day(s.At))+" "+s.Chinese()+" "+by+"："+s.Text)
	}
	return l, err
}

// answerFinding takes a secretary's measures on a finding: 整改 巡查 3 措施 ……; the number may be left out where one alone waits.
func (c *Call) answerFinding(args string) (themeday.Reply, error) {
	if c.Branch.ID == "" || !c.secretary(c.Actor) {
		return themeday.Reply{}, themeday.Refuse(themeday.Forbidden, themeday.R30, "巡查问题由支部书记来答，您可以请书记发：整改 巡查 编号 措施 做了什么")
	}
	f, rest, err := c.ownFinding(args)
	if err != nil {
		return themeday.Reply{}, err
	}
	if word, after := cutWord(rest); fold.Command(word) == "措施" {
		rest = after
	}
	if f, err = c.AnswerFinding(c.Tx, c.Cause, f, rest); err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return private1(fmt.Sprintf("巡查问题第%d号的整改措施已交机关党委复查。有补充可以再发", f.Number)), nil
}

// ownFinding is the branch's finding of the number, or its only open one.
func (c *Call) ownFinding(args string) (themeday.Found, string, error) {
	open, err := themeday.OpenFindings(c.Tx, c.Branch.ID)
	if err != nil {
		return themeday.Found{}, "", err
	}
	hit := findingNumber.FindStringSubmatch(fold.Text(args))
	if hit == nil && len(open) == 1 {
		return open[0], args, nil
	}
	var numbers []string
	for _, f := range open {
		numbers = append(numbers, fmt.Sprint(f.Number))
		if hit != nil && fmt.Sprint(f.Number) == strings.TrimLeft(hit[1], "0") {
			return f, strings.TrimSpace(fold.Text(args)[len(hit[0]):]), nil
		}
	}
	if len(numbers) == 0 {
		return themeday.Found{}, "", themeday.Refuse(themeday.NotFound, themeday.R30, "%s没有要答的巡查问题。发“整改”看要办的", c.Branch.Name)
	}
	return themeday.Found{}, "", themeday.Refuse(themeday.Invalid, themeday.R30, "%s没有销号的巡查问题是第%s号，请写编号，例如：整改 巡查 %s 措施 做了什么", c.Branch.Name, strings.Join(numbers, "、"), numbers[0])
}

// ownFindings are what inspections found in the branch and is not closed, behind its rectifications; empty of none.
func (c *Call) ownFindings() (string, error) {
	open, err := themeday.OpenFindings(c.Tx, c.Branch.ID)
	if err != nil || len(open) == 0 {
		return "", err
	}
	v := templates.InspectionsView{}
	for _, f := range open {
		l, err := c.findingLine(c.Branch, f)
		if err != nil {
			return "", err
		}
		v.Findings = append(v.Findings, l)
		if f.Waits() && v.Answer == 0 {
			v.Answer = f.Number
		}
	}
	return c.Texts.Inspections(v)
}

// withFinding names a finding that waits for the secretary beside the next action, or instead of waiting.
func (c *Call) withFinding(v templates.NextView) (templates.NextView, error) {
	open, err := themeday.OpenFindings(c.Tx, c.Branch.ID)
	for _, f := range open {
		if !f.Waits() || v.Also != "" {
			continue
		}
		own := action(fmt.Sprintf("答复巡查问题第%d号：%s", f.Number, themeday.Shown(f.Text)), c.Deadline(f.Due)+"前", themeday.R30, fmt.Sprintf("整改 巡查 %d 措施 做了什么", f.Number))
		if v.Wait {
			return own, err
		}
		v.Also = fmt.Sprintf("另有%s，%s完成。请发：%s", own.What, own.Deadline, own.Type)
	}
	return v, err
}

// span writes the span of an activity.
func (c *Call) span(from, to time.Time) string {
	return c.When(from) + "-" + c.Local(to).Format("15:04")
}
