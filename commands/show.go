package commands

import (
	"fmt"
	"strings"

	"themeday"
	"themeday/templates"
)

var showActivity = Command{
	Words: []string{"活动"}, Usage: "活动", Help: "看最近一次主题党日的安排", Who: Member, Month: true, Bare: true, Everyday: true, Run: runShowActivity,
}

var list = Command{
	Words: []string{"名单"}, Usage: "名单", Help: "看名单、编号和到会、请假情况", Who: Host, Month: true, Bare: true, Aside: true, Everyday: true, Run: runList,
}

var forecast = Command{
	Words: []string{"预测"}, Usage: "预测", Help: "按请假情况估算到会率", Who: Secretary, Month: true, Bare: true, Aside: true, Everyday: true, Run: runForecast,
}

var progress = Command{
	Words: []string{"进度"}, Usage: "进度 %s", Help: "看九个步骤走到哪一步", Who: Secretary, Month: true, Bare: true, Everyday: true, Run: runProgress,
}

func runShowActivity(c *Call) (themeday.Reply, error) {
	a, ok, err := c.Next(c.Tx, c.Branch.ID, c.Message.At)
	if c.Month != nil {
		a, err = c.OfMonth(c.Tx, c.Branch.ID, *c.Month)
		ok = a.Dated()
	}
	switch {
	case err != nil:
		return themeday.Reply{}, err
	case !ok && c.Month != nil:
		return say(c.month(*c.Month) + "还没有排定主题党日"), nil
	case !ok:
		return say("近期还没有排定主题党日"), nil
	}
	if !c.Message.Private() || !c.secretary(c.Actor) && !c.Actor.Person.Committee {
		if a, _, err = c.ForGroup(c.Tx, a, c.Message.At); err != nil {
			return themeday.Reply{}, err
		}
	}
	v := templates.ActivityView{
		Branch: c.Branch.Name, Month: c.month(a.Month), Over: a.Over(c.Message.At), Starts: c.Local(a.Starts), Ends: c.Local(a.Ends), Place: a.Place,
		Topics: a.Topics, Agenda: a.Agenda, Approved: a.Approved(), Host: c.host(a), Opens: c.Local(a.SignInOpens(c.For(a).Rules)),
	}
	text, err := c.Texts.Activity(v)
	return say(text), err
}

// host is the name of who hosts (R19).
func (c *Call) host(a themeday.Activity) string {
	if who, ok := c.Roster.Find(a.Host); ok && a.Host != 0 {
		return who.Name
	}
	if s, ok := c.Roster.Secretary(); ok {
		return s.Name
	}
	return ""
}

func runList(c *Call) (themeday.Reply, error) {
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.nearest1)
	if err != nil {
		return themeday.Reply{}, err
	}
	roster := c.Roster
	if a.Dated() {
		if roster, err = c.RosterOf(c.Tx, a); err != nil {
			return themeday.Reply{}, err
		}
	}
	states, err := c.states(a)
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.ListView{Branch: c.Branch.Name, Month: c.month(a.Month)}
	for _, who := range roster {
		v.Lines = append(v.Lines, templates.ListLine{Number: who.Number, Name: who.Name, Role: roleOf(who), State: states[who.ID]})
	}
	text, err := c.Texts.List(v)
	return themeday.Reply{Text: text, Short: "名单请私信我查看"}, err
}

// nearest1 is the activity of today, else the next one, else the last.
func (c *Call) nearest1(tx themeday.Tx, b themeday.BranchID, at timeAt) (themeday.Activity, error) {
	if a, err := c.Today(tx, b, at); err == nil {
		return a, nil
	}
	return c.Planned(tx, b, at)
}

func roleOf(who themeday.Comrade) string {
	role := who.Offices.String()
	if role == string(themeday.Member) || role == "" {
		role = ""
	}
	switch {
	case who.Category != themeday.Formal && role != "":
		role += "、" + string(who.Category)
	case who.Category != themeday.Formal:
		role = string(who.Category)
	}
	if who.Frail {
		role = strings.TrimPrefix(role+"、年老体弱", "、")
	}
	return role
}

// states says of each person where he stands with an activity.
func (c *Call) states(a themeday.Activity) (map[themeday.PersonID]string, error) {
	out := map[themeday.PersonID]string{}
	leaves, err := c.Tx.Leaves(a.ID)
	if err != nil {
		return nil, err
	}
	for _, l := range leaves {
		if l.State != themeday.LeaveCancelled {
			out[l.Person] = "请假" + l.State.Chinese()
		}
	}
	ins, err := c.Tx.SignIns(a.ID)
	for _, s := range ins {
		out[s.Person] = c.Local(s.At).Format("15:04") + " " + s.How.Chinese()
	}
	return out, err
}

func runForecast(c *Call) (themeday.Reply, error) {
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.Planned)
	if err != nil {
		return themeday.Reply{}, err
	}
	if !a.Dated() {
		return themeday.Reply{}, themeday.Refuse(themeday.Missing, themeday.R03, "%s还没有日期，没法预测", a.Month.Chinese())
	}
	t, err := c.Tally(c.Tx, a)
	if err != nil {
		return themeday.Reply{}, err
	}
	judged := c.For(a).Rules
	f := themeday.Expect(t, judged)
	v := templates.OutlookView{
		Month: a.Month.Chinese(), When: c.When(a.Starts), Due: f.Due, Leave: f.Leave, Expected: f.Expected, Need: f.Need,
		Missing: f.Need - f.Expected, AtRisk: f.AtRisk, Percent: judged.QuorumPercent, OnLeave: nameList(t.OnLeave),
	}
	text, err := c.Texts.Outlook(v)
	return themeday.Reply{Text: text, Short: "预测请私信我查看"}, err
}

func nameList(cs []themeday.Comrade) []string {
	out := make([]string, len(cs))
	for i, c := range cs {
		out[i] = c.Name
	}
	return out
}

func runProgress(c *Call) (themeday.Reply, error) {
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.going)
	if err != nil {
		return themeday.Reply{}, err
	}
	v := templates.StepsView{Branch: c.Branch.Name, Month: c.month(a.Month), Filed: c.stamp(a.Filed)}
	if a.Dated() {
		shown := a
		if !c.Message.Private() {
			if shown, _, err = c.ForGroup(c.Tx, a, c.Message.At); err != nil {
				return themeday.Reply{}, err
			}
		}
		v.When, v.Topic = c.When(a.Starts), shown.Topic()
	}
	missing := false
	for i, row := range themeday.StepTable() {
		done := a.Steps[i]
		line := templates.StepLine{Mark: row.Mark, Name: row.Name, Done: !done.At.IsZero(), At: c.stamp(done.At), Who: row.Who}
		if row.Step == themeday.Evaluating && c.For(a).Rules.NoEvaluation {
			line.Name += "（按规定不安排）"
		}
		line.Next = !line.Done && !missing
		missing = missing || !line.Done
		v.Steps = append(v.Steps, line)
	}
	minutes, err := c.Tx.Minutes(a.ID)
	if err != nil {
		return themeday.Reply{}, err
	}
	count := map[themeday.MinuteKind]int{}
	for _, m := range minutes {
		count[m.Kind]++
	}
	if a.Done(themeday.SigningIn) {
		v.Minutes = fmt.Sprintf("记录%d条，共识%d条，任务%d条", count[themeday.Noted], count[themeday.Agreed], count[themeday.Assigned])
	}
	corrected, err := c.Unfiled(c.Tx, a)
	if err != nil {
		return themeday.Reply{}, err
	}
	v.Corrected = len(corrected) > 0
	text, err := c.Texts.Steps(v)
	return say(text), err
}

// going is the activity in the works: the last one until its form is filed, else the next.
func (c *Call) going(tx themeday.Tx, b themeday.BranchID, at timeAt) (themeday.Activity, error) {
	last, had, err := c.Last(tx, b, at)
	if err != nil {
		return last, err
	}
	if had && last.Filed.IsZero() && last.Done(themeday.Convening) {
		return last, nil
	}
	if corrected, err := c.Unfiled(tx, last); err != nil || len(corrected) > 0 {
		return last, err
	}
	return c.Planned(tx, b, at)
}

func (c *Call) stamp(at timeAt) string {
	if at.IsZero() {
		return ""
	}
	return c.Day(at).Chinese() + c.Local(at).Format(" 15:04")
}
