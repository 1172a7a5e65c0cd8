package commands

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"themeday"
	"themeday/commands/fold"
	"themeday/templates"
)

var shared = Command{
	Words: []string{"案例"}, Usage: "案例 发布 %s", Help: "看可以借用的案例；案例 23 看一个；案例 发布 3月，案例 收回 23", Who: Secretary, Everyday: true, Aside: true, Anywhere: true, Run: runShared,
}

var borrow = Command{
	Words: []string{"借用"}, Usage: "借用 23 %s", Help: "把案例的主题、内容、议程借到自己的月份，只填空着的", Who: Secretary, Everyday: true, Aside: true, Run: runBorrow,
}

var caseNumber = regexp.MustCompile(`^(?:案例)?第?(\d{1,6})[号號]?(?:[\s,，:：、]+|$)`)

// cutNumber cuts the number of a published activity off the front.
func cutNumber(args string) (number int, rest string, ok bool) {
	folded := fold.Text(args)
	hit := caseNumber.FindStringSubmatch(folded)
	if hit == nil {
		return 0, args, false
	}
	number, _ = strconv.Atoi(hit[1])
	return number, strings.TrimSpace(folded[len(hit[0]):]), true
}

// runShared lists what was published, shows one, publishes and takes back.
func runShared(c *Call) (themeday.Reply, error) {
	word, rest := cutWord(c.Args)
	switch fold.Command(word) {
	case "发布":
		return c.publish(rest)
	case "收回":
		return c.unpublish(rest)
	case "":
		return c.published("")
	}
	number, rest, ok := cutNumber(c.Args)
	switch {
	case ok && rest == "":
		s, err := themeday.SharedNumber(c.Tx, number)
		if err != nil {
			return themeday.Reply{}, err
		}
		return c.showShared(s, false)
	case !c.Message.Private():
		return themeday.Reply{}, nil // talk of a case
	}
	return c.published(c.Args)
}

func (c *Call) publish(args string) (themeday.Reply, error) {
	if c.Branch.ID == "" || !c.secretary(c.Actor) {
		return themeday.Reply{}, themeday.Refuse(themeday.Forbidden, themeday.R29, "案例由办活动的支部书记发布，请书记发：案例 发布 %s", c.Day(c.Message.At).MonthOf().Chinese())
	}
	args, err := c.ownBranch(args)
	if err != nil {
		return themeday.Reply{}, err
	}
	m, rest, err := c.cutMonthOf(args)
	if err != nil {
		return themeday.Reply{}, err
	}
	if rest != "" {
		return themeday.Reply{}, c.usage()
	}
	a, err := c.Choose(c.Tx, c.Branch.ID, m, c.Message.At, c.Held)
	if err != nil {
		return themeday.Reply{}, err
	}
	s, err := c.ShareActivity(c.Tx, c.Cause, a)
	if err != nil {
		return themeday.Reply{}, err
	}
	return c.showShared(s, true)
}

func (c *Call) unpublish(args string) (themeday.Reply, error) {
	number, rest, ok := cutNumber(args)
	if !ok || rest != "" {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R29, "请写编号，例如：案例 收回 23。看全部请发：案例")
	}
	s, err := themeday.SharedNumber(c.Tx, number)
	if err != nil {
		return themeday.Reply{}, err
	}
	if own := s.Branch() == c.Branch.ID && c.secretary(c.Actor); !own && !c.Actor.Committee {
		return themeday.Reply{}, themeday.Refuse(themeday.Forbidden, themeday.R29, "案例%d由发布它的支部书记或机关党委收回", number)
	}
	if err := c.UnshareActivity(c.Tx, c.Cause, s); err != nil {
		return themeday.Reply{}, err
	}
	return private1(fmt.Sprintf("案例%d已收回，已经借用的不受影响", number)), nil
}

// published lists what may be taken over, by topic; with a word only what has it in topic or content.
func (c *Call) published(about string) (themeday.Reply, error) {
	all, err := c.Tx.SharedActivities()
	if err != nil {
		return themeday.Reply{}, err
	}
	var v templates.SharedListView
	for _, s := range all {
		l, err := c.sharedLine(s)
		if err != nil {
			return themeday.Reply{}, err
		}
		if s.Withdrawn.IsZero() && strings.Contains(fold.Command(l.Topic+l.Content), fold.Command(about)) {
			v.Items = append(v.Items, l)
		}
	}
	if about != "" && len(v.Items) == 0 {
		return themeday.Reply{}, themeday.Refuse(themeday.NotFound, themeday.R29, "没有主题或内容是“%s”的案例。看全部请发：案例", themeday.Shown(about))
	}
	slices.SortStableFunc(v.Items, func(a, b templates.SharedLine) int { return cmp.Compare(a.Topic, b.Topic) })
	text, err := c.Texts.Shared(v)
	return private1(text), err
}

func (c *Call) sharedLine(s themeday.SharedActivity) (templates.SharedLine, error) {
	b, err := c.Desk.Branch(c.Tx, s.Branch())
	if err != nil {
		return templates.SharedLine{}, err
	}
	k, _, err := c.Tx.Case(s.Activity)
	return templates.SharedLine{
		Number: s.Number, Topic: strings.Join(s.Topics, "；"), Branch: b.Name, Month: c.month(s.Month()), Content: strings.Join(s.Content, "、"), Borrowed: len(s.ByOthers()),
		Best: k.State == themeday.CaseChosen,
	}, err
}

func (c *Call) showShared(s themeday.SharedActivity, fresh bool) (themeday.Reply, error) {
	l, err := c.sharedLine(s)
	if err != nil {
		return themeday.Reply{}, err
	}
	text, err := c.Texts.SharedOne(templates.SharedView{
		SharedLine: l, Agenda: s.Agenda, Agreed: s.Agreed, Short: s.Short, Next: c.month(c.Day(c.Message.At).MonthOf().Next()), Published: fresh,
	})
	return private1(text), err
}

// runBorrow reads 借用 23 [5月] [确认].
func runBorrow(c *Call) (themeday.Reply, error) {
	number, rest, ok := cutNumber(c.Args)
	if !ok {
		if !c.Message.Private() {
			return themeday.Reply{}, nil // talk of borrowing something
		}
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R29, "请写案例编号和月份，例如：%s。看全部请发：案例", c.form())
	}
	rest, over := cutConfirm(rest)
	m, rest, err := c.cutMonthOf(rest)
	if err != nil {
		return themeday.Reply{}, err
	}
	switch {
	case rest != "" && !c.Message.Private():
		return themeday.Reply{}, nil
	case rest != "":
		return themeday.Reply{}, c.usage()
	case m != nil && m.Year > c.Day(c.Message.At).Year+1:
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R04, "只能安排今年和明年的，不能是%d年", m.Year)
	}
	s, err := themeday.SharedNumber(c.Tx, number)
	if err != nil {
		return themeday.Reply{}, err
	}
	a, err := c.Choose(c.Tx, c.Branch.ID, m, c.Message.At, c.Planned)
	if err != nil {
		return themeday.Reply{}, err
	}
	got, err := c.Borrow(c.Tx, c.Cause, s, a, over)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	text := fmt.Sprintf("已借用案例%d：%s写进%s", number, strings.Join(got.Taken, "、"), c.month(a.Month))
	if len(got.Kept) > 0 {
		text += fmt.Sprintf("。%s已有，没有改；要换成案例的请发：借用 %d %s 确认", strings.Join(got.Kept, "、"), number, c.month(a.Month))
	}
	if got.Activity.Submitted.IsZero() {
		text += "\n可以再改，下一步请发：" + c.typed(submit, a.Month)
	}
	names, err := c.leadersIn(got.Activity)
	if len(names) > 0 {
		text += "\n" + withheldWords(names)
	}
	return private1(text), err
}
