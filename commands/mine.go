package commands

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"themeday"
	"themeday/commands/fold"
	"themeday/templates"
)

var showMine = Command{
	Words: []string{"我的"}, Usage: "我的", Help: "看存了自己的哪些记录、谁看过；更详细：我的 全部", Who: Member, Bare: true, Everyday: true, Aside: true, Anywhere: true, Run: runMine,
}

// wholeOf asks for the long form of one's own record.
const wholeOf = "全部"

func runMine(c *Call) (themeday.Reply, error) {
	m := mine{Call: c, whole: fold.Command(strings.TrimSpace(c.Args)) == wholeOf, names: map[themeday.PersonID]string{themeday.Bot: "管理员"}}
	v, err := m.view()
	if err != nil {
		return themeday.Reply{}, err
	}
	text, err := c.Texts.Mine(v)
	return themeday.Reply{Text: text, Short: "请私信我“我的”查看"}, err
}

// mine is somebody's own record while it is put together.
type mine struct {
	*Call
	whole      bool
	names      map[themeday.PersonID]string
	objections []themeday.Objection
	makeups    []themeday.Makeup
	pictures   int
	places     []themeday.Membership        // on lists, also those that are over
	left       map[themeday.BranchID]string // the branches that are told of besides the call's
	year       []themeday.Activity          // this year's, of those branches
}

// activities are those of the branch, and of those that he has left as long as he was on their lists, by month.
func (m *mine) activities(from, to themeday.YearMonth) ([]themeday.Activity, error) {
	all, err := m.Tx.Activities(m.Branch.ID, from, to)
	if err != nil {
		return nil, err
	}
	for _, b := range m.leftBranches(m.places) {
		theirs, err := m.Tx.Activities(b, from, to)
		if err != nil {
			return nil, err
		}
		before := len(all)
		for _, a := range theirs {
			if m.wasThere(m.places, a) {
				all = append(all, a)
			}
		}
		if len(all) == before {
			continue
		}
		branch, err := m.Desk.Branch(m.Tx, b)
		if err != nil {
			return nil, err
		}
		m.left[b] = branch.Name
		objections, err := m.Tx.Objections(b)
		if err != nil {
			return nil, err
		}
		m.objections = append(m.objections, objections...)
	}
	slices.SortStableFunc(all, func(a, b themeday.Activity) int {
		return cmp.Or(cmp.Compare(a.Month.Year, b.Month.Year), cmp.Compare(a.Month.Month, b.Month.Month))
	})
	return all, nil
}

// elsewhere tells whether an activity was held without him because he was not on the branch's list that day, and nothing else is recorded.
func (m *mine) elsewhere(a themeday.Activity, line templates.MineLine) bool {
	if len(m.places) == 0 || m.wasThere(m.places, a) {
		return false
	}
	return (line.State == "缺席" || line.State == "未签到") && line.Makeup == "" && line.Objection == "" && len(line.More) == 0
}

func (m *mine) view() (templates.MineView, error) {
	now := m.Day(m.Message.At).MonthOf()
	v := templates.MineView{Name: m.Actor.Name, Branch: m.Branch.Name, Year: now.Year, Whole: m.whole, More: !m.whole}
	if err := m.read(); err != nil {
		return v, err
	}
	all, err := m.activities(themeday.YearMonth{Year: now.Year, Month: 1}, now.Add(1))
	if err != nil {
		return v, err
	}
	m.year = all
	for _, a := range all {
		line, past, err := m.month(a)
		if err != nil {
			return v, err
		}
		if past && m.elsewhere(a, line) {
			continue
		}
		of := line.Month
		if a.Branch != m.Branch.ID {
			of, line.Month = m.left[a.Branch]+" "+of, m.left[a.Branch]+line.Month
		}
		if past {
			v.Last = of
			if m.Named {
				v.Last = m.Branch.Name + " " + of
			}
		}
		if past || len(line.More) > 0 {
			v.Months = append(v.Months, line)
		}
	}
	v.Pictures, v.Identity = m.pictures, m.identity()
	if v.Coming, err = m.myNext(); err != nil {
		return v, err
	}
	if v.Looks, v.Looked, err = m.looks(now.Year); err != nil {
		return v, err
	}
	v.Stored, err = m.stored(now.Year)
	return v, err
}

// read takes in what is looked at for every month.
func (m *mine) read() error {
	people, err := m.Tx.People()
	if err != nil {
		return err
	}
	for _, p := range people {
		m.names[p.ID] = p.Name
	}
	if m.objections, err = m.Tx.Objections(m.Branch.ID); err != nil {
		return err
	}
	m.left = map[themeday.BranchID]string{}
	if m.places, err = m.everOn(m.Actor.ID); err != nil {
		return err
	}
	m.makeups, err = m.Tx.MakeupsOf(m.Actor.ID)
	return err
}

// month is what stands of the speaker in one activity, and whether it has begun and was held.
func (m *mine) month(a themeday.Activity) (line templates.MineLine, past bool, err error) {
	line.Month = a.Month.Chinese()
	past = a.Dated() && !a.BeginAt().After(m.Message.At) && a.Done(themeday.SigningIn)
	if past {
		line.State = "缺席"
		if !a.Over(m.Message.At) {
			line.State = "未签到"
		}
	}
	leaves, err := m.Tx.Leaves(a.ID)
	if err != nil {
		return line, past, err
	}
	for _, l := range leaves {
		if l.Person == m.Actor.ID {
			m.leave(&line, l, past)
		}
	}
	ins, err := m.Tx.SignIns(a.ID)
	if err != nil {
		return line, past, err
	}
	for _, s := range ins {
		if s.Person == m.Actor.ID {
			line.State = m.Local(s.At).Format("15:04") + " " + s.Way()
			if s.By != s.Person {
				line.By = m.names[s.By]
			}
		}
	}
	for _, k := range m.makeups {
		if k.Activity == a.ID {
			line.Makeup, line.Due = k.State.Chinese(), m.Day(k.Due.Add(-1)).Chinese()
		}
	}
	for _, o := range m.objections {
		if o.Activity == a.ID && o.Person == m.Actor.ID {
			m.objection(&line, o)
		}
	}
	return line, past, m.count(a)
}

func (m *mine) leave(line *templates.MineLine, l themeday.Leave, past bool) {
	if past && l.State != themeday.LeaveCancelled {
		line.State = "请假" + l.State.Chinese()
	}
	if !m.whole {
		return
	}
	text := fmt.Sprintf("请假：%s提出，%s", m.When(l.At), l.State.Chinese())
	if name := m.names[l.By]; l.By != themeday.Bot && l.By != l.Person {
		text += "（" + name + "）"
	}
	if l.NoLongerKept() {
		l.Reason = themeday.NoLongerKept
	}
	for _, what := range []struct{ name, text string }{{"事由", l.Reason}, {"不准的说明", l.Refusal}} {
		if what.text != "" {
			text += "；" + what.name + "：" + what.text
		}
	}
	line.More = append(line.More, text)
}

func (m *mine) objection(line *templates.MineLine, o themeday.Objection) {
	line.Objection = o.State.Chinese()
	if !m.whole {
		return
	}
	text := "异议：" + o.Text
	if !o.Open() {
		text += fmt.Sprintf("；%s答复：%s。%s", m.names[o.By], o.State.Chinese(), o.Answer)
	}
	line.More = append(line.More, text)
}

// count adds the pictures that he sent.
func (m *mine) count(a themeday.Activity) error {
	all, err := m.Tx.Pictures(a.ID)
	for _, p := range all {
		if p.Person == m.Actor.ID {
			m.pictures++
		}
	}
	return err
}

// identity says how sure the bot is that the speaker is he, and since when it has known him.
func (m *mine) identity() string {
	how := "凭群昵称认出"
	since := m.Message.At
	for b := range m.Scene.Bonds(m.Actor.ID) {
		if b.At.Before(since) {
			since = b.At
		}
		if b.Session == m.Session && b.Sighting == m.Message.From.ID && b.Level == themeday.Certain {
			how = "已用绑定码确认"
		}
	}
	switch {
	case m.Scene.ByRemark(m.Message.From, m.Actor.ID):
		how = "按备注名确认"
	case m.Level == themeday.Assumed:
		how = "凭以前用过的名字认出"
	}
	return fmt.Sprintf("%s，%s起", how, m.day(m.Day(since)))
}

// shownLooks is how many looks the short form names; longLooks how many the long one.
const shownLooks, longLooks = 3, 30

// looks are the newest at his reasons for leave, and how many there were.
func (m *mine) looks(year int) ([]string, int, error) {
	all, err := m.LooksAt(m.Tx, m.Branch.ID, year, m.Actor.ID)
	most := shownLooks
	if m.whole {
		most = longLooks
	}
	var out []string
	for i := len(all) - 1; i >= 0 && len(out) < most; i-- {
		text := m.names[all[i].By] + " " + m.Day(all[i].At).Chinese()
		if m.whole {
			text = fmt.Sprintf("%s %s（%s）", m.names[all[i].By], m.When(all[i].At), all[i].What)
		}
		out = append(out, text)
	}
	return out, len(all), err
}

// myNext says how the speaker stands with the next activity.
func (c *Call) myNext() (string, error) {
	a, ok, err := c.Next(c.Tx, c.Branch.ID, c.Message.At)
	if err != nil || !ok {
		return "", err
	}
	text := fmt.Sprintf("下一次：%s %s", c.When(a.Starts), a.Place)
	states, err := c.states(a)
	if s, there := states[c.Actor.ID]; there {
		text += "，" + s
	}
	return text, err
}
