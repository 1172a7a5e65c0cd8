package commands

import (
	"errors"
	"fmt"
	"strings"

	"themeday"
	"themeday/commands/fold"
)

var changeDate = Command{
	Words: []string{"改期"}, Usage: "改期 %s %s20日 14:00 事由", Help: "当月内改日期，写明事由，自动报备", Who: Secretary, Month: true, Run: runChangeDate,
}

var keepClear = Command{
	Words: []string{"忙时"}, Usage: "忙时 %s25日-%s30日 月末结账", Help: "记下业务忙的日子，排到那几天会提醒", Who: Secretary, Run: runKeepClear,
}

var delegate = Command{
	Words: []string{"委托主持"}, Usage: "委托主持 %s 李四 事由", Help: "委托副书记或支委主持，写明事由", Who: Secretary, Month: true, Run: runDelegate,
}

var recorder = Command{
	Words: []string{"记录员"}, Usage: "记录员 %s 张三", Help: "指定这次的记录员", Who: Secretary, Month: true, Everyday: true, Run: runRecorder,
}

var invite = Command{
	Words: []string{"列席"}, Usage: "列席 %s 姓名 积极分子", Help: "请积极分子、群众代表、联系领导等列席", Who: Secretary, Month: true, Everyday: true, Run: runInvite,
}

// runChangeDate reads 改期 [3月] 3月20日 14:00[-18:00] 事由 [确认]. The first month may be left out: the date names it.
func runChangeDate(c *Call) (themeday.Reply, error) {
	now := c.Day(c.Message.At).MonthOf()
	day, rest, ok := cutDay(c.Args, now)
	if !ok && c.Month != nil {
		day, rest, ok = cutDayOf(c.Args, *c.Month)
	}
	if !ok {
		return themeday.Reply{}, c.wrongDay(now)
	}
	from, to, why, timed := cutTimes(rest)
	if c.Month == nil {
		m := day.MonthOf()
		c.Month = &m
	}
	a, err := c.OfMonth(c.Tx, c.Branch.ID, *c.Month)
	if err != nil {
		return themeday.Reply{}, err
	}
	if !timed {
		if why = rest; !a.Dated() || timeLike.MatchString(rest) {
			return themeday.Reply{}, c.usage()
		}
		local := c.Local(a.Starts)
		from = themeday.TimeOfDay(local.Hour()*60 + local.Minute())
		to = from
	}
	why, confirmed := strings.CutSuffix(strings.TrimSpace(why), "确认")
	if !confirmed {
		why, confirmed = strings.CutSuffix(why, "確認")
	}
	n := themeday.NewDate{Day: day, From: from, To: to, Why: strings.Trim(why, " ,，。"), Confirmed: confirmed}
	a, cancelled, err := c.ChangeDate(c.Tx, c.Cause, a, n)
	if err != nil {
		return themeday.Reply{}, err
	}
	c.replan()
	text, err := c.moved(a, cancelled)
	if err != nil {
		return themeday.Reply{}, err
	}
	names, err := c.leadersIn(a, n.Why)
	if len(names) > 0 {
		text += "\n" + withheldWords(names)
	}
	if posted, err2 := c.groupReadsMove(a); len(names) > 0 || posted {
		return themeday.Reply{Text: text, Aside: true, Short: "改期已记下，请看我私信的说明"}, errors.Join(err, err2)
	}
	return say(text), err
}

// groupReadsMove tells whether the group is told of a change of date at once by a post of its own: then the answer is not one more.
func (c *Call) groupReadsMove(a themeday.Activity) (bool, error) {
	for _, k := range []themeday.Kind{themeday.DateChanged, themeday.Notice} {
		posts, err := c.Tx.ActivityPosts(a.ID, k)
		if err != nil {
			return false, err
		}
		for _, p := range posts {
			if p.State == themeday.Waiting && !p.Due.After(c.Message.At) {
				return true, nil
			}
		}
	}
	return false, nil
}

// wrongDay is the refusal of what stands where a day should: a day that there is not, or none at all.
func (c *Call) wrongDay(now themeday.YearMonth) error {
	args := c.Args
	if c.Month != nil && lateDay.MatchString(fold.Text(args)) {
		now, args = *c.Month, fmt.Sprintf("%d月%s", c.Month.Month, fold.Text(args))
	}
	if text := noSuchDay(args, now); text != "" {
		return themeday.Refuse(themeday.Invalid, themeday.R05, "%s，请核对日期", text)
	}
	return c.usage()
}

func (c *Call) moved(a themeday.Activity, cancelled int) (string, error) {
	text := fmt.Sprintf("%s主题党日改到%s-%s，已向机关党委报备", c.month(a.Month), c.When(a.Starts), c.Local(a.Ends).Format("15:04"))
	if cancelled > 0 {
		text += fmt.Sprintf("。已有%d人签到作废，新日子重新签到", cancelled)
	}
	if !a.Approved() {
		return text + "。审定后按新日期发预告", nil
	}
	at, err := c.NoticeAt(c.Tx, a)
	asked := c.For(a).Rules.NoticeDays
	switch ahead := themeday.DaysAhead(c.Message.At, a.Starts, c.Zone); {
	case ahead < asked:
		return text + fmt.Sprintf("。离活动不足%d天，预告马上发出并注明逾期", asked), err
	case at.IsZero():
		return text, err
	case !at.After(c.Message.At):
		return text + "。预告时间已过，预告马上发出并注明逾期", err
	}
	return text + "。" + c.WhenFrom(at, c.Message.At) + "按新日期发预告", err
}

// runKeepClear reads 忙时 3月25日[-3月31日] 事由.
func runKeepClear(c *Call) (themeday.Reply, error) {
	now := c.Day(c.Message.At).MonthOf()
	from, rest, ok := cutDay(c.Args, now)
	if !ok {
		return themeday.Reply{}, c.wrongDay(now)
	}
	to, rest := untilDay(from, rest)
	if rest == "" {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R07, "请写原因，例如：%s", c.form())
	}
	if err := c.KeepClear(c.Tx, c.Cause, themeday.Blackout{Branch: c.Branch.ID, From: from, To: to, Why: rest}); err != nil {
		return themeday.Reply{}, err
	}
	return say(fmt.Sprintf("已记下业务忙时：%s至%s，%s。排到这几天我会提醒", c.day(from), c.day(to), themeday.Shown(rest))), nil
}

// untilDay cuts the last day of a span off the front, if there is one. It lies in the year of the first, or, when its month comes long before
// that one, in the year after: 12月25日-1月5日.
func untilDay(from themeday.Date, args string) (themeday.Date, string) {
	later := strings.TrimLeft(args, "-—–~至到 ")
	if later == args {
		return from, args
	}
	d, rest, ok := cutDay(later, from.MonthOf())
	if !ok {
		d, rest, ok = cutDayOf(later, from.MonthOf())
	}
	if !ok {
		return from, args
	}
	if !strings.HasPrefix(fold.Text(later), "20") {
		if d.Year = from.Year; from.Month-d.Month > 6 {
			d.Year++
		}
	}
	return d, rest
}

func runDelegate(c *Call) (themeday.Reply, error) {
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.Planned)
	if err != nil {
		return themeday.Reply{}, err
	}
	who, why, err := c.person()
	if err != nil {
		return themeday.Reply{}, err
	}
	if a, err = c.Delegate(c.Tx, c.Cause, a, who, why); err != nil {
		return themeday.Reply{}, err
	}
	return say(fmt.Sprintf("%s主题党日委托%s主持", c.month(a.Month), who.Name)), nil
}

func runRecorder(c *Call) (themeday.Reply, error) {
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.Planned)
	if err != nil {
		return themeday.Reply{}, err
	}
	who, _, err := c.person()
	if err != nil {
		return themeday.Reply{}, err
	}
	if a, err = c.NameRecorder(c.Tx, c.Cause, a, who); err != nil {
		return themeday.Reply{}, err
	}
	return say(fmt.Sprintf("%s主题党日由%s记录", c.month(a.Month), who.Name)), nil
}

func runInvite(c *Call) (themeday.Reply, error) {
	a, err := c.Choose(c.Tx, c.Branch.ID, c.Month, c.Message.At, c.Planned)
	if err != nil {
		return themeday.Reply{}, err
	}
	name, kind := cutWord(c.Args)
	name = themeday.CleanName(name)
	if n := len([]rune(name)); n < 2 || n > 20 {
		return themeday.Reply{}, c.usage()
	}
	g, err := c.Invite(c.Tx, c.Cause, a, c.asOnTheList(name), fold.Command(kind))
	if themeday.CodeOf(err) == themeday.Invalid && kind == "" {
		return themeday.Reply{}, c.usage()
	}
	if err != nil {
		return themeday.Reply{}, err
	}
	if g.Discreet() { // where leaders are going is nothing for a group
		return c.invitedLeader(a, g), nil
	}
	text := fmt.Sprintf("%s（%s）列席%s主题党日，可在群里签到、测评，不计入到会率", g.Name, g.Kind, c.month(a.Month))
	same, err := c.namesake(g)
	switch elsewhere, err := c.onAnotherList(g); {
	case err != nil:
		return themeday.Reply{}, err
	case elsewhere != "" && !same:
		text += "。就是" + elsewhere + "的" + g.Name + "，用本人的微信即可"
	case elsewhere != "":
		text += fmt.Sprintf("。%s也有一位%s，按两个人记；就是他本人的请先发：撤销，再发：列席 %s %s 其他支部党员", elsewhere, g.Name, c.month(a.Month), g.Name)
	case same:
		text += "。名册上另有同名的同志，按两个人记"
	}
	return say(text), err
}

// asOnTheList writes a name in the script in which the roster or the leaders' list has it.
func (c *Call) asOnTheList(name string) string {
	if who, err := c.came(name); err == nil {
		return who.Name
	}
	return name
}

// invitedLeader is answered in private; a group reads neither who is to come nor when.
func (c *Call) invitedLeader(a themeday.Activity, g themeday.Guest) themeday.Reply {
	text := fmt.Sprintf("%s（%s）列席%s主题党日，到场后可签到、点评、测评，不计入到会率。到场之前不会在群里提", g.Name, g.Kind, c.month(a.Month))
	return themeday.Reply{Text: text, Short: "已记下", Aside: true}
}

// onAnotherList is the branch on whose list today stands somebody of a guest's name; empty for none, and for several.
func (c *Call) onAnotherList(g themeday.Guest) (string, error) {
	p, err := c.Anybody(c.Tx, c.Cause, g.Name, "")
	if err != nil {
		if themeday.CodeOf(err) != "" {
			err = nil
		}
		return "", err
	}
	places, err := c.Tx.Memberships()
	for _, m := range places {
		if m.Person == p.ID && m.Branch != c.Branch.ID && m.On(c.Day(c.Message.At)) && m.Category.Counts() {
			b, err := c.Desk.Branch(c.Tx, m.Branch)
			return b.Name, err
		}
	}
	return "", err
}

// namesake tells whether somebody else who has a place in the house bears a guest's name.
func (c *Call) namesake(g themeday.Guest) (bool, error) {
	p, err := c.Anybody(c.Tx, c.Cause, g.Name, "")
	switch themeday.CodeOf(err) {
	case themeday.NotFound:
		return false, nil
	case themeday.Conflict:
		return true, nil
	}
	return p.ID != g.Person, err
}
