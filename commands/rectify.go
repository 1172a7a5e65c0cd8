package commands

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"themeday"
	"themeday/commands/fold"
	"themeday/templates"
)

var rectify = Command{
	Words: []string{"整改"}, Usage: "整改 措施 ……", Help: "看要办的整改；书记交措施。机关党委：整改 第一支部 通过，退回 事由，30天 事由", Who: Secretary, Everyday: true, Aside: true, Anywhere: true, Run: runRectify,
}

var (
	numberWord = regexp.MustCompile(`^第?(\d{1,3})[号號]\s*`)
	daysWord   = regexp.MustCompile(`^(\d{1,3})天(?:[内內])?(?:[\s,，:：、]+|$)`)
)

// runRectify shows what is to be put right, takes measures, and takes the committee's word on them.
func runRectify(c *Call) (themeday.Reply, error) {
	number, args := 0, c.Args
	if hit := numberWord.FindStringSubmatch(fold.Text(args)); hit != nil {
		number, _ = strconv.Atoi(hit[1])
		args = strings.TrimSpace(fold.Text(args)[len(hit[0]):])
	}
	word, rest := cutWord(args)
	switch fold.Command(word) {
	case "":
		return c.rectifications()
	case "措施":
		return c.handIn(number, rest)
	case "巡查":
		return c.answerFinding(rest)
	case "通过":
		return c.decide(number, rest, false)
	case "退回":
		return c.decide(number, rest, true)
	}
	due, text, ok := c.cutDeadline(args)
	switch {
	case ok:
		return c.openByHand(due, text)
	case !c.Message.Private():
		return themeday.Reply{}, nil // talk of what was put right
	}
	return themeday.Reply{}, c.rectifyUsage()
}

func (c *Call) rectifyUsage() error {
	if c.Actor.Committee {
		return themeday.Refuse(themeday.Invalid, themeday.R28, "请这样写：整改 第一支部 通过，整改 第一支部 退回 事由，整改 第一支部 %d天 事由。只发“整改”看全部", c.Rules.RectifyDays)
	}
	return themeday.Refuse(themeday.Invalid, themeday.R28, "请这样写：整改 措施 做了什么。只发“整改”看要办的整改")
}

// cutDeadline cuts a deadline off the front: 30天, 7月5日; the day itself still counts.
func (c *Call) cutDeadline(args string) (due time.Time, rest string, ok bool) {
	folded, today := fold.Text(args), c.Day(c.Message.At)
	if hit := daysWord.FindStringSubmatch(folded); hit != nil {
		n, _ := strconv.Atoi(hit[1])
		return today.AddDays(n + 1).Start(c.Zone), strings.TrimSpace(folded[len(hit[0]):]), n > 0
	}
	day, rest, ok := cutDay(args, today.MonthOf())
	return day.AddDays(1).Start(c.Zone), strings.TrimSpace(strings.TrimPrefix(rest, "前")), ok
}

func (c *Call) openByHand(due time.Time, text string) (themeday.Reply, error) {
	if err := c.mustBeCommittee("提出"); err != nil {
		return themeday.Reply{}, err
	}
	r, err := c.OpenRectification(c.Tx, c.Cause, c.Branch.ID, themeday.ByCommittee, text, due)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return private1(fmt.Sprintf("已请%s整改（第%d号），%s前完成，已告诉书记", c.Branch.Name, r.Number, c.Deadline(r.Due))), nil
}

func (c *Call) handIn(number int, text string) (themeday.Reply, error) {
	if c.Branch.ID == "" || !c.secretary(c.Actor) {
		return themeday.Reply{}, themeday.Refuse(themeday.Forbidden, themeday.R28, "整改措施由支部书记来交，您可以请书记发：整改 措施 做了什么")
	}
	r, err := c.rectification(number, themeday.Rectification.Waits)
	if err != nil {
		return themeday.Reply{}, err
	}
	if r, err = c.HandInMeasures(c.Tx, c.Cause, r, text); err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return private1(fmt.Sprintf("整改措施（第%d号）已交机关党委复查。有补充可以再发", r.Number)), nil
}

func (c *Call) decide(number int, rest string, back bool) (themeday.Reply, error) {
	if err := c.mustBeCommittee("复查"); err != nil {
		return themeday.Reply{}, err
	}
	if !back && rest != "" {
		return themeday.Reply{}, c.rectifyUsage()
	}
	r, err := c.rectification(number, func(r themeday.Rectification) bool { return r.State == themeday.RectifyHanded })
	if err != nil {
		return themeday.Reply{}, err
	}
	done := "通过"
	if back {
		done = "退回"
		r, err = c.ReturnRectification(c.Tx, c.Cause, r, rest)
	} else {
		r, err = c.CloseRectification(c.Tx, c.Cause, r)
	}
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	return private1(fmt.Sprintf("%s的整改（第%d号）已%s，已告诉书记", c.Branch.Name, r.Number, done)), nil
}

// mustBeCommittee: what decides on a rectification is the committee's, of a branch that it names.
func (c *Call) mustBeCommittee(what string) error {
	switch {
	case !c.Actor.Committee:
		return themeday.Refuse(themeday.Forbidden, themeday.R33, "整改由机关党委%s，书记交措施请发：整改 措施 做了什么", what)
	case c.Branch.ID == "":
		return themeday.Refuse(themeday.Invalid, themeday.R28, "请写明是哪个支部，例如：整改 第一支部 通过")
	}
	return nil
}

// rectification is the one that is meant: of the number, else the only open one, else the only one that fits.
func (c *Call) rectification(number int, fits func(themeday.Rectification) bool) (themeday.Rectification, error) {
	all, err := c.Tx.Rectifications(c.Branch.ID)
	if err != nil {
		return themeday.Rectification{}, err
	}
	var open, fitting []themeday.Rectification
	var numbers []string
	for _, r := range all {
		if r.Number == number {
			return r, nil
		}
		if !r.Open() {
			continue
		}
		open = append(open, r)
		numbers = append(numbers, fmt.Sprintf("%d号", r.Number))
		if fits(r) {
			fitting = append(fitting, r)
		}
	}
	switch {
	case number != 0 || len(open) == 0:
		return themeday.Rectification{}, themeday.Refuse(themeday.NotFound, themeday.R28, "%s没有要办的这项整改。发“整改”看全部", c.Branch.Name)
	case len(fitting) == 1:
		return fitting[0], nil
	case len(open) == 1 || len(fitting) == 0:
		return open[0], nil
	}
	return themeday.Rectification{}, themeday.Refuse(themeday.Invalid, themeday.R28, "%s有几项整改（%s），请写编号，例如：整改 %s %s 通过；书记交措施：整改 %s 措施 做了什么",
		c.Branch.Name, strings.Join(numbers, "、"), c.Branch.Name, numbers[0], numbers[0])
}

// rectifications are those of the branch; of all for the committee, when it names none.
func (c *Call) rectifications() (themeday.Reply, error) {
	v := templates.RectifyListView{Branch: c.Branch.Name, Committee: c.Actor.Committee}
	branches := []themeday.Branch{c.Branch}
	if line := fold.Parse(c.Message.Text); c.Actor.Committee && line.Word == c.name() && line.Rest == "" {
		v.Branch = ""
		var err error
		if branches, err = c.Tx.Branches(); err != nil {
			return themeday.Reply{}, err
		}
	}
	for _, b := range branches {
		own := b.ID == c.Branch.ID && c.secretary(c.Actor)
		open, err := c.OpenRectificationsOf(c.Tx, b.ID)
		if err != nil {
			return themeday.Reply{}, err
		}
		for _, r := range open {
			l, err := c.rectifyLine(b, r)
			if err != nil {
				return themeday.Reply{}, err
			}
			v.Items = append(v.Items, l)
			if r.State == themeday.RectifyHanded && c.Actor.Committee && !own && v.Decide == "" {
				v.Decide = b.Name
			}
			v.HandIn = v.HandIn || r.Waits() && own
		}
	}
	text, err := c.Texts.RectifyList(v)
	if err != nil || v.Branch == "" {
		return private1(text), err
	}
	found, err := c.ownFindings()
	switch {
	case found != "" && len(v.Items) == 0:
		text = found
	case found != "":
		text += "\n\n" + found
	}
	return private1(text), err
}

func (c *Call) rectifyLine(b themeday.Branch, r themeday.Rectification) (templates.RectifyLine, error) {
	l := templates.RectifyLine{
		Branch: b.Name, Number: r.Number, Source: r.Source, State: r.State.Chinese(), Text: r.Text,
		Last: c.day(c.Day(r.Due.Add(-1))),
	}
	if r.Waits() {
		l.Overdue = themeday.RecordOverdueDays(c.Message.At, r.Due, c.Zone)
	}
	people, err := c.Tx.People()
	for _, s := range r.Steps {
		by := "机器人"
		for _, p := range people {
			if p.ID == s.By {
				by = p.Name
			}
		}
		step := c.day(c.Day(s.At)) + " " + s.Chinese() + " " + by
		if s.Text != "" {
			step += "：" + s.Text
		}
		l.Steps = append(l.Steps, step)
	}
	return l, err
}

// private1 is an answer that no group reads.
func private1(text string) themeday.Reply {
	return themeday.Reply{Text: text, Aside: true, Short: "请私信我查看"}
}

// withRectification names an open rectification beside the next action, or instead of waiting.
func (c *Call) withRectification(v templates.NextView) (templates.NextView, error) {
	open, err := c.OpenRectificationsOf(c.Tx, c.Branch.ID)
	if err != nil {
		return v, err
	}
	for _, r := range open {
		if !r.Waits() {
			continue
		}
		own := action("整改第"+fmt.Sprint(r.Number)+"号："+themeday.Shown(r.Text), c.Deadline(r.Due)+"前", r.Rule(), fmt.Sprintf("整改 %d号 措施 做了什么", r.Number))
		if r.State == themeday.RectifyReturned {
			own.What = "改好重交，" + own.What
		}
		if v.Wait {
			return own, nil
		}
		v.Also = fmt.Sprintf("另有%s，%s完成。请发：%s", own.What, own.Deadline, own.Type)
		return v, nil
	}
	return v, nil
}
